"""The agenda on the console: minutes planned and used at each step, and what an over-run leaves to those ahead."""

from pathlib import Path

from cxworkshop.domain.session import Live, Step
from cxworkshop.tui.console.app import ConsoleApp
from cxworkshop.tui.console.header import HeaderLine
from tui.driving import NARROW, WIDE, press, shown
from tui.sessions import Clock, prepared, services, stored

LATE = Live(Step.REVEAL, used={Step.WELCOME: 60 * 9, Step.SELF_TEST: 60 * 14})
"""Eight minutes late at the third of the steps, which plan 5, 10, 5, 12, 3, 8 and 2 minutes."""


def late(folder: Path) -> ConsoleApp:
    return ConsoleApp(services(folder, Clock()), stored(folder, prepared(live=LATE)))


async def test_the_rail_shows_minutes_planned_used_and_what_is_left_to_the_steps_ahead(tmp_path: Path) -> None:
    app = late(tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        rail = [line.split("│")[1].strip() for line in shown(app).splitlines() if line.startswith("│")]
        assert rail[1:8] == [
            "✓ 2 Welcome          9/5",
            "✓ 3 Self-test      14/10",
            "▶ 4 Reveal           0/5",
            "5 Disagreements   12→9",
            "6 Compare            3",
            "7 Plan             8→6",
            "8 Close              2",
        ]
        assert "8 min over: the steps ahead share what is left." in " ".join(rail)
        assert app.screen.query_one(HeaderLine).parts[2].endswith("8 min over")


async def test_in_a_low_window_the_steps_list_says_the_same_in_words(tmp_path: Path) -> None:
    app = late(tmp_path)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        assert "▶4 Reveal · 0/5" in shown(app)
        await press(pilot, "g")
        text = shown(app)
    assert "8 min over: the steps ahead share what is left." in text
    for words in ("10 min planned, 14 used", "5 min planned, 0 used, 4 left", "12 min planned, 9 from now on"):
        assert words in text


async def test_when_all_is_used_up_that_is_said(tmp_path: Path) -> None:
    live = Live(Step.COMPARE, used={Step.WELCOME: 60 * 50})
    app = ConsoleApp(services(tmp_path, Clock()), stored(tmp_path, prepared(live=live)))
    async with app.run_test(size=NARROW) as pilot:
        await press(pilot, "g")
        assert "18 min over: nothing is left for the steps ahead." in shown(app)


async def test_the_next_step_s_first_words_stand_in_the_rail(tmp_path: Path) -> None:
    app = ConsoleApp(services(tmp_path), stored(tmp_path, prepared(live=Live(Step.WELCOME))))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        rail = " ".join(line.split("│")[1].strip() for line in shown(app).splitlines() if line.startswith("│"))
        assert "Next, Self-test: Answer alone, from what you have seen." in rail
