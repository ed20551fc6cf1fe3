"""Close: the documents, the owner, the repeat, and the closing question."""

from datetime import date
from pathlib import Path

import pytest

from cxworkshop.domain import rounds
from cxworkshop.domain.maturity import next_stage
from cxworkshop.domain.session import Action, Candidate, Live, Session, Step
from cxworkshop.tui.ballot.hand_over import HandOverScreen
from cxworkshop.tui.console.app import ConsoleApp
from cxworkshop.tui.console.steps.close import close_rows
from cxworkshop.tui.widgets.choosing import ConfirmDialog
from cxworkshop.tui.widgets.sheet import Sheet
from cxworkshop.tui.widgets.showing import MarkdownScreen, TextScreen
from examples import LADDER
from tui.driving import NARROW, WIDE, now, press, shown, told, type_text
from tui.sessions import prepared, services, stored, vote


def console(folder: Path, session: Session | None = None) -> ConsoleApp:
    """The console at Close."""
    return ConsoleApp(services(folder), stored(folder, session or prepared(live=Live(Step.CLOSE))))


def go_to_line(app: ConsoleApp, line: str) -> None:
    """Put the cursor on a line of the sheet."""
    sheet = app.screen.query_one(Sheet)
    sheet.highlighted = [row.id for row in sheet.rows].index(line)


def test_an_obstacle_that_nothing_answers_is_named_before_everybody_leaves(tmp_path: Path) -> None:
    session = prepared(actions={"a": Action("a", "Ask ten customers")})
    rows = close_rows(session, stored(tmp_path, session).box, (next_stage(LADDER, 2),))
    assert "No action answers the obstacle to the next stage: Nobody decides" in [row.label for row in rows]


async def test_the_owner_of_the_strategy_is_named_and_offered_from_the_roster(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "enter")
        await type_text(pilot, "chl")
        await pilot.pause()
        await app.workers.wait_for_complete()
        await press(pilot, "right", "enter")
        assert now(app).closing.strategy_owner == "Chloé"


async def test_the_repeat_is_proposed_six_months_on(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        assert "2027-05-21 would be usual" in shown(app)
        go_to_line(app, "repeat:")
        await press(pilot, "enter", "enter")
        assert now(app).closing.repeat == date(2027, 5, 21)
        await press(pilot, "u")
        assert now(app).closing.repeat is None


async def test_a_repeat_before_the_sitting_is_refused(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        go_to_line(app, "repeat:")
        await press(pilot, "enter", "home", "shift+end", "delete")
        await type_text(pilot, "2020-01-01")
        await press(pilot, "enter")
        assert "has to come after this session" in shown(app)


async def test_the_plan_is_read_as_it_will_be_written(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=NARROW) as pilot:
        await press(pilot, "v", "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, MarkdownScreen)
        assert "plan of CX maturity" in shown(app)
        await press(pilot, "escape")
        assert not isinstance(app.screen, MarkdownScreen)


async def test_every_form_can_be_read_before_it_is_written(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=NARROW) as pilot:
        await press(pilot, "v", "down", "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, MarkdownScreen)
        assert "one file for any browser" in shown(app)
        assert "plan of CX maturity" in shown(app)
        await press(pilot, "escape", "v", "down", "down", "enter")
        assert isinstance(app.screen, TextScreen)
        assert "plan of CX maturity" in shown(app)
        assert not (tmp_path / "2026-11-21-aurora-plan.csv").exists()


async def test_a_calendar_is_written_under_a_name_of_its_own(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "e", *["down"] * 6, "enter", "enter")
        assert (tmp_path / "2026-11-21-aurora-plan.ics").exists()


async def test_the_plan_is_exported_and_never_overwritten_unasked(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await press(pilot, "e", "enter", "enter")
        written = tmp_path / "2026-11-21-aurora-plan.md"
        assert written.read_text().startswith("# plan of CX maturity")
        assert str(written) in told(app)[-1]
        written.write_text("mine")
        await press(pilot, "e", "enter", "enter")
        assert "is there already" in shown(app)
        await press(pilot, "enter")
        assert written.read_text() == "mine"
        await press(pilot, "e", "enter", "enter", "tab", "enter")
        assert written.read_text().startswith("# plan")


@pytest.mark.parametrize(("step", "opens", "closes"), [(Step.CLOSE, "f", "x"), (Step.PLAN, "v", "x")])
async def test_a_vote_without_a_ballot_is_taken_back_and_can_be_opened_again(
    tmp_path: Path, step: Step, opens: str, closes: str
) -> None:
    candidates = {key: Candidate(key, key, "own") for key in ("one", "two")}
    app = console(tmp_path, prepared(live=Live(step), candidates=candidates))
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        await press(pilot, opens, closes)
        assert "Take this vote back?" in shown(app)
        await press(pilot, "tab", "enter")
        assert now(app).rounds == ()
        await press(pilot, opens)
        assert now(app).open_round is not None


async def test_the_closing_question_is_asked_closed_and_shown(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await press(pilot, "r")
        assert "not asked yet" in told(app)[-1]
        await press(pilot, "f")
        vote(app.store, "p0", feedback=4)
        vote(app.store, "p1", feedback=4)
        app.console_screen.poll()
        await pilot.pause()
        assert "2 of 4 are in; x closes it, then r shows it" in shown(app)
        await press(pilot, "h")
        assert isinstance(app.screen, HandOverScreen)
        await press(pilot, "k", "tab", "enter")
        await press(pilot, "x")
        assert "Close the vote with 2 of 4 missing?" in shown(app)
        await press(pilot, "tab", "enter")
        assert "closed with 2 ballots" in shown(app)
        assert "Worth it" not in shown(app)
        await press(pilot, "r")
        assert isinstance(app.screen, ConfirmDialog)
        asked = " ".join(shown(app).replace("│", " ").split())
        assert "Only 2 people have voted: their answers can be guessed." in asked
        assert "nameless" not in asked
        await press(pilot, "enter")
        assert now(app).rounds[-1].state == "closed"
        await press(pilot, "r", "tab", "enter")
        assert f"2 × {rounds.FEEDBACK_OPTIONS[3]}" in shown(app)
        await press(pilot, "home", "down", "down", "enter")
        assert isinstance(app.screen, TextScreen)
        assert f"0 × {rounds.FEEDBACK_OPTIONS[0]}" in shown(app)
        await press(pilot, "escape")
        await press(pilot, "u")
        assert told(app)[-1] == "There is nothing to undo."


async def test_gaps_of_the_plan_are_named(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        assert "The plan has no actions yet." in shown(app)


async def test_a_long_title_among_the_gaps_cuts_nothing_of_what_stands_beside_the_other_lines(tmp_path: Path) -> None:
    action = Action("a1", "Give middle managers a goal for their customers that is looked at every month", position=1)
    app = console(tmp_path, prepared(live=Live(Step.CLOSE), actions={"a1": action}))
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        assert "not asked yet; f asks the room" in shown(app)
        assert "has no owner" in shown(app)


async def test_another_vote_is_not_closed_from_here(tmp_path: Path) -> None:
    app = console(tmp_path, rounds.open_first_round(prepared(live=Live(Step.CLOSE))))
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await press(pilot, "x")
        assert told(app)[-1] == "Round 1 is open; close it first, at step 3 Self-test (g goes there)."
        assert now(app).open_round is not None


async def test_a_vote_that_was_closed_without_a_ballot_is_taken_back_where_it_would_be_shown(tmp_path: Path) -> None:
    asked = rounds.open_feedback(prepared(live=Live(Step.CLOSE)))
    app = console(tmp_path, rounds.close_round(asked))
    async with app.run_test(size=NARROW) as pilot:
        await press(pilot, "r")
        assert "Take this vote back?" in shown(app)
        await press(pilot, "tab", "enter")
        assert now(app).rounds == ()
