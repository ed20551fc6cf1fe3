"""The console shows the voting terminals: what each is doing, never what was chosen nor who sits there."""

from datetime import timedelta
from itertools import cycle
from pathlib import Path
from statistics import median
from time import monotonic

import pytest

from cxworkshop.domain import rounds
from cxworkshop.domain.session import Live, Session, Step
from cxworkshop.domain.terminals import TerminalDoing, TerminalStatus
from cxworkshop.store.repository import SessionRepository
from cxworkshop.tui.ballot.app import VoteApp
from cxworkshop.tui.ballot.hand_over import HandOverScreen
from cxworkshop.tui.ballot.lines import Lines
from cxworkshop.tui.ballot.plain import vote_plain
from cxworkshop.tui.ballot.questions import QuestionPage
from cxworkshop.tui.ballot.screen import COVERED_AFTER, BallotScreen
from cxworkshop.tui.console.app import ConsoleApp
from cxworkshop.tui.console.screen import BUSY_PERIOD
from cxworkshop.tui.console.terminals_line import in_brief, in_full
from tui.driving import NARROW, WIDE, press, shown
from tui.sessions import NOON, Clock, prepared, services, stored, vote

DOING: dict[TerminalDoing, str] = {"free": "Terminal 1 free", "voting": "Terminal 1 somebody is voting"}


def open_at(step: Step = Step.SELF_TEST) -> Session:
    return rounds.open_first_round(prepared(live=Live(step)))


def another(store: SessionRepository, folder: Path) -> SessionRepository:
    """The session as another process has it."""
    return SessionRepository(folder / store.session.about.id)


def doing(store: SessionRepository) -> list[str]:
    return [status.doing for status in store.terminals.present()]


@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize("step", [Step.SELF_TEST, Step.DISAGREEMENTS, Step.PLAN])
async def test_wherever_a_vote_is_open_each_terminal_is_shown(
    tmp_path: Path, size: tuple[int, int], step: Step
) -> None:
    clock = Clock()
    app = ConsoleApp(services(tmp_path, clock), stored(tmp_path, open_at(step)))
    one, two = (another(app.store, tmp_path) for _ in range(2))  # type: ignore[arg-type]
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert "Terminal" not in shown(app)
        one.terminals.announce("free", NOON)
        two.terminals.announce("covered", NOON)
        clock.move(seconds=40)
        app.console_screen.poll()
        await pilot.pause()
        assert "Terminal 1 free · Terminal 2 covered since 40 s" in shown(app)
        one.terminals.announce("voting", NOON)
        app.console_screen.poll()
        await pilot.pause()
        assert "Terminal 1 somebody is voting · Terminal 2 covered" in shown(app)
        one.close()
        two.close()
        app.console_screen.poll()
        await pilot.pause()
        assert "Terminal 1" not in shown(app)
        assert "Terminal 2" not in shown(app)


async def test_terminals_and_ballots_show_by_themselves_well_within_a_fifth_of_a_second(tmp_path: Path) -> None:
    app = ConsoleApp(services(tmp_path), stored(tmp_path, open_at()))
    other = another(app.store, tmp_path)  # type: ignore[arg-type]
    waits: list[float] = []
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert app.console_screen._period == BUSY_PERIOD == 1 / 20
        for count, (person, doing) in enumerate(zip(app.store.session.participants, cycle(DOING)), 1):
            other.terminals.announce(doing, NOON)
            vote(other, person)
            began = monotonic()
            while f"{count} of" not in shown(app) or DOING[doing] not in shown(app):
                await pilot.pause(BUSY_PERIOD / 10)
                assert monotonic() - began < 10
            waits.append(monotonic() - began)
    other.close()
    assert len(waits) >= 4
    assert median(waits) < 0.2


async def test_where_nothing_is_open_they_are_shown_before_the_self_test_only(tmp_path: Path) -> None:
    app = ConsoleApp(services(tmp_path), stored(tmp_path, prepared(live=Live(Step.SELF_TEST))))
    one = another(app.store, tmp_path)  # type: ignore[arg-type]
    one.terminals.announce("free", NOON)
    async with app.run_test(size=WIDE) as pilot:
        app.console_screen.poll()
        await pilot.pause()
        assert "Terminal 1 free" in shown(app)
        await press(pilot, "pagedown")
        app.console_screen.poll()
        await pilot.pause()
        assert "Terminal 1" not in shown(app)
    one.close()


async def test_a_terminal_tells_what_it_is_doing_and_nothing_of_its_voter(tmp_path: Path) -> None:
    clock = Clock()
    store = stored(tmp_path, open_at())
    console = another(store, tmp_path)
    app = VoteApp(services(tmp_path, clock), store)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        assert doing(console) == ["free"]
        await press(pilot, "enter")
        assert doing(console) == ["voting"]
        await press(pilot, *"Ben", "enter")
        await press(pilot, "enter")
        ballot = app.screen
        assert isinstance(ballot, BallotScreen)
        assert isinstance(ballot.page, QuestionPage)
        await press(pilot, "4")
        clock.move(seconds=COVERED_AFTER + 1)
        await ballot.tick()
        assert doing(console) == ["covered"]
        assert console.terminals.present()[0].since == clock.now
        [file] = (tmp_path / store.session.about.id / "terminals").iterdir()
        assert file.read_text().rstrip() == f'{{"doing":"covered","since":{clock.now.timestamp()}}}'
        await press(pilot, "enter")
        assert doing(console) == ["voting"]
        await press(pilot, "enter", "enter", "enter", "enter")
        await press(pilot, "enter")
        assert console.refresh()
        assert console.box.count("1") == 1
        await press(pilot, "space")
        assert doing(console) == ["free"]
    store.close()
    console.close()


async def test_a_console_that_was_handed_over_is_shown_as_such_until_it_is_taken_back(tmp_path: Path) -> None:
    app = ConsoleApp(services(tmp_path), stored(tmp_path, open_at()))
    other = another(app.store, tmp_path)  # type: ignore[arg-type]
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "h")
        assert isinstance(app.screen, HandOverScreen)
        assert [(status.console, status.doing) for status in other.terminals.present()] == [(True, "free")]
        assert in_full(app.store.terminals.present(), NOON) == "this console, handed over"
        await press(pilot, "enter")
        assert doing(other) == ["voting"]
        await press(pilot, "escape")
        assert doing(other) == ["free"]
        app.screen.release_terminal()
        await pilot.pause()
        assert other.terminals.present() == ()
        app.console_screen.poll()
        await pilot.pause()
        assert "handed over" not in shown(app)
        await press(pilot, "k")
        assert isinstance(app.screen, HandOverScreen)
        assert other.terminals.present() == (), "keying in paper is no voting terminal"
    other.close()


def test_the_line_mode_tells_it_too(tmp_path: Path) -> None:
    store = stored(tmp_path, open_at())
    console = another(store, tmp_path)
    seen: list[tuple[str, list[str]]] = []
    lines = iter(["", "ana", "stop"])

    def read(prompt: str) -> str:
        seen.append((prompt.split(maxsplit=1)[0], doing(console)))
        line = next(lines, None)
        if line is None:
            raise EOFError
        return line

    vote_plain(store, services(tmp_path), Lines(read, read, lambda _: None, lambda: None))
    assert seen == [("Press", ["free"]), ("Your", ["voting"]), ("You", ["voting"]), ("Press", ["free"])]
    assert console.terminals.present() == ()


def terminals(count: int) -> list[TerminalStatus]:
    """A room full of them: the third is voting, the ninth and tenth are covered."""
    made = [TerminalStatus(number, "free", NOON) for number in range(1, count + 1)]
    made[2] = TerminalStatus(3, "voting", NOON)
    made[8:10] = [TerminalStatus(9, "covered", NOON), TerminalStatus(10, "covered", NOON + timedelta(minutes=2))]
    return made


def test_a_room_full_of_terminals_fits_on_the_line() -> None:
    later = NOON + timedelta(minutes=3)
    many = [*terminals(20), TerminalStatus(1, "voting", NOON, console=True, here=True)]
    brief = in_brief(many, later)
    assert brief == (
        "Terminals: 1 2 4–8 11–20 free · 3 voting · 9 10 covered since 3 min"
        " · this console, handed over, somebody is voting"
    )
    assert len(in_brief(terminals(20), later)) < 76
    assert "Terminal 20 free" in in_full(many, later)


def test_without_terminals_nothing_is_said() -> None:
    assert (in_full((), NOON), in_brief((), NOON)) == ("", "")
