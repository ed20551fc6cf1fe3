"""A newcomer who does nothing but what the coach says comes through a whole practice session."""

from pathlib import Path
from random import Random

import pytest
from textual.widgets import OptionList, TextArea

from cxworkshop.cli.wiring import Workshop
from cxworkshop.domain.session import Step
from cxworkshop.facilitation.preparing import new_session
from cxworkshop.facilitation.rehearsal import rehearsal
from cxworkshop.tui.acts import find_act
from cxworkshop.tui.console.app import ConsoleApp
from cxworkshop.tui.console.coach import advice, named_acts
from cxworkshop.tui.widgets.choosing import ConfirmDialog
from cxworkshop.tui.widgets.dialog import Dialog
from cxworkshop.tui.widgets.showing import TextScreen
from journeys.driving import Facilitator, at_console
from journeys.room import NINE, StandingClock
from tui.driving import NARROW, WIDE

MOST_TURNS = 120


def practice(folder: Path) -> ConsoleApp:
    """A practice session of the 45-minute agenda, as the home screen makes one."""
    parts = Workshop(folder / "sessions", Random(5))
    parts.clock = StandingClock()
    prepared = rehearsal(parts.library.content("45"), 6, NINE.date())
    return ConsoleApp(parts.services, parts.catalogue.create(new_session(prepared, random=parts.random)))


async def answers_what_is_asked(newcomer: Facilitator) -> None:
    """Whatever dialog an act has opened is answered in the plainest way."""
    for _ in range(4):
        dialog = newcomer.app.screen
        if not isinstance(dialog, Dialog):
            return
        if isinstance(dialog, ConfirmDialog):
            await newcomer.presses("tab", "enter")
        elif dialog.query(OptionList):
            await newcomer.presses("enter")
        elif dialog.query(TextArea):
            await newcomer.writes("That is what was said.")
        elif isinstance(dialog, TextScreen):
            await newcomer.presses("escape")
        else:
            await newcomer.fills_in("Answer every call", "Mia", "2027-03-31")


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x34"])
async def test_who_follows_the_coach_comes_to_the_end(tmp_path: Path, size: tuple[int, int]) -> None:
    app = practice(tmp_path)
    async with at_console(app, size) as newcomer:
        steps, done = [], set[str]()
        for _ in range(MOST_TURNS):
            session = newcomer.session
            await newcomer.stands_at(session.live.step)
            if session.live.step not in steps:
                steps.append(session.live.step)
                done.clear()
            held = session.rounds[-1] if session.rounds else None
            said = advice(session, newcomer.store.box.count(held.key) if held is not None else 0)
            acts = named_acts(said)
            if session.live.step is Step.CLOSE:
                break
            if not acts or "Wait" in said:
                app.console_screen.simulate()
                app.console_screen.poll()
                await newcomer.settles_down()
                continue
            # Of what is offered, what was not done at this step yet; the last is what leads on.
            act = next((each for each in acts if each not in done), acts[-1])
            done.add(act)
            await newcomer.presses(find_act(app.console_screen.acts, act).keys[0])
            await answers_what_is_asked(newcomer)
        session = newcomer.session
        assert steps == list(Step)
        assert [held.state for held in session.rounds] == ["revealed"] * len(session.rounds)
        assert {held.kind for held in session.rounds} == {"self_test", "dots"}
        assert session.discussion
        assert session.actions
        await newcomer.sees("PRACTICE", "Coach")
