"""Two consoles on one session: neither takes away what is being done, or was done, on the other."""

from pathlib import Path

from textual.widgets import Input

from cxworkshop.domain import flow
from cxworkshop.domain.session import Live, Step
from cxworkshop.facilitation.acts import apply
from cxworkshop.store.repository import SessionRepository
from cxworkshop.tui.console.app import ConsoleApp
from cxworkshop.tui.widgets.choosing import ChecklistDialog
from cxworkshop.tui.widgets.typing_dialogs import FormDialog, TextDialog
from tui.driving import NARROW, press, type_text
from tui.sessions import NOON, prepared, services, stored


async def test_what_is_typed_here_is_taken_though_the_other_console_went_on(tmp_path: Path) -> None:
    app = ConsoleApp(services(tmp_path), stored(tmp_path, prepared(live=Live(Step.PLAN))))
    other = SessionRepository(tmp_path / app.store.session.about.id)
    async with app.run_test(size=NARROW) as pilot:
        await press(pilot, "n")
        assert isinstance(app.screen, FormDialog)
        await type_text(pilot, "Answer the phone")
        apply(other, lambda session: flow.go_to(session, Step.CLOSE, NOON))
        app.console_screen.poll()
        await pilot.pause()
        await pilot.pause()
        assert app.console_screen.session.live.step is Step.CLOSE
        assert app.screen.query(Input)[0].value == "Answer the phone"
        await press(pilot, *["enter"] * len(app.screen.query(Input)))
        await pilot.pause()
        other.refresh()
        assert [action.title for action in other.session.actions.values()] == ["Answer the phone"]


async def test_a_chain_of_questions_is_finished_though_the_other_console_went_on(tmp_path: Path) -> None:
    app = ConsoleApp(services(tmp_path), stored(tmp_path))
    other = SessionRepository(tmp_path / app.store.session.about.id)
    async with app.run_test(size=NARROW) as pilot:
        await press(pilot, "m")
        assert isinstance(app.screen, ChecklistDialog)
        apply(other, lambda session: flow.go_to(session, Step.WELCOME, NOON))
        app.console_screen.poll()
        await press(pilot, "enter")
        await pilot.pause()
        assert isinstance(app.screen, TextDialog)
        await press(pilot, "enter")
        await pilot.pause()
        other.refresh()
        assert other.session.units == ("Sales and Support",)
        assert len(app.console_screen.query("#step-welcome")) == 1


async def test_the_clock_goes_on_when_one_of_two_consoles_is_left(tmp_path: Path) -> None:
    app = ConsoleApp(services(tmp_path), stored(tmp_path, prepared(live=Live(Step.WELCOME))))
    other = SessionRepository(tmp_path / app.store.session.about.id)
    async with app.run_test(size=NARROW) as pilot:
        app.console_screen.begin()
        apply(other, lambda session: flow.rest(session, NOON))
        app.console_screen.poll()
        await pilot.pause()
        assert app.store.session.live.since == NOON
        await press(pilot, "ctrl+q")
    other.refresh()
    assert other.session.live.since is None, "the last one that is left stops it"
