"""The coach of a practice session: one line, true at every state, that hides nothing and can be switched off."""

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from cxworkshop.domain import flow, rounds
from cxworkshop.domain.session import STEPS, Session, Step
from cxworkshop.facilitation.preparing import new_session
from cxworkshop.facilitation.rehearsal import rehearsal
from cxworkshop.store.repository import SessionRepository
from cxworkshop.tui.acts import find_act
from cxworkshop.tui.console import voters
from cxworkshop.tui.console.app import ConsoleApp
from cxworkshop.tui.console.coach import LONGEST, advice, coached, named_acts
from cxworkshop.tui.console.common_acts import COMMON_ACTS
from cxworkshop.tui.console.steps.catalogue import view_class
from tui.driving import NARROW, WIDE, now, press, shown, told
from tui.sessions import CONTENT, NOON, services, stored
from tui.test_acts import STATES


def practice() -> Session:
    """A practice session of four."""
    made = new_session(rehearsal(CONTENT, 4, NOON.date()), random=Random(1))
    return replace(made, about=replace(made.about, id="practice"))


def console(folder: Path, session: Session | None = None) -> ConsoleApp:
    return ConsoleApp(services(folder), stored(folder, session or practice()))


@pytest.mark.parametrize("ballots", [0, 99], ids=["voting", "all in"])
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("step", STEPS)
def test_what_the_coach_says_can_be_done_and_fits_into_a_line(step: Step, state: str, ballots: int) -> None:
    session = flow.go_to(STATES[state], step, NOON)
    acts = (*view_class(step).ACTS, *COMMON_ACTS)
    said = advice(session, ballots)
    assert [act for act in named_acts(said) if find_act(acts, act).refusal(session) is not None] == []
    assert len(coached(session, ballots, acts)) <= LONGEST


async def test_what_is_told_covers_no_line_that_names_the_next_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voters, "SIMULATED_PERIOD", 3600.0)
    app = console(tmp_path)
    terminal = SessionRepository(tmp_path / app.store.session.about.id)  # which lives as long as somebody holds it
    terminal.terminals.announce("free", NOON)
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        await press(pilot, "pagedown", "pagedown", "o")
        app.console_screen.tell_terminals()
        await press(pilot)
        at_foot = shown(app).splitlines()[-3:]
        assert "Terminal 1" in at_foot[0]
        assert "Coach" in at_foot[1]
        await press(pilot, "b", "b", "b")
        assert shown(app).splitlines()[-3:] == at_foot
        await press(pilot, "x")
        assert "The projector is blank." in shown(app)
        assert "Cancel" in shown(app)
        assert "Close" in shown(app)
    terminal.close()


async def test_the_coach_goes_on_with_what_is_done_and_hides_nothing(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=NARROW) as pilot:
        await press(pilot, "pagedown", "pagedown")
        lines = shown(app).splitlines()
        assert lines[-2].strip() == "Coach  Now press o to open the vote; practice people vote alone."
        assert "? help" in lines[-1]
        assert lines[-3].startswith("╰")
        await press(pilot, "o")
        for _ in range(4):
            app.console_screen.simulate()
        app.console_screen.poll()
        await pilot.pause()
        assert "All are in. Now press x to close" in shown(app)
        await press(pilot, "x", "pagedown")
        assert "Now press r, then Tab and Enter" in shown(app)


async def test_the_coach_can_be_silenced_and_comes_back(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert "Coach" in shown(app)
        await press(pilot, "f4")
        assert "Coach" not in shown(app)
        await press(pilot, "f4")
        assert "Coach" in shown(app)


async def test_outside_practice_there_is_no_coach(tmp_path: Path) -> None:
    session = practice()
    app = console(tmp_path, replace(session, about=replace(session.about, rehearsal=False)))
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        await press(pilot, "f4")
        assert "Coach " not in shown(app)
        assert told(app)[-1].startswith("The coach speaks in practice sessions")
        assert not now(app).about.rehearsal


async def test_practice_is_said_on_every_page_that_voters_see(tmp_path: Path) -> None:
    app = console(tmp_path, rounds.open_first_round(flow.go_to(practice(), Step.SELF_TEST, NOON)))
    async with app.run_test(size=NARROW) as pilot:
        await press(pilot, "h")
        assert "PRACTICE" in shown(app)
        await press(pilot, "enter")
        assert "PRACTICE" in shown(app).splitlines()[0]
