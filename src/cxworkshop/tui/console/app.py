"""The facilitator's console as an application."""

from textual import events

from cxworkshop.facilitation.ports import Services, SessionStore
from cxworkshop.tui.app import CxApp, run_app
from cxworkshop.tui.console.screen import ConsoleScreen


class ConsoleApp(CxApp[None]):
    """One session, run by its facilitator."""

    TITLE = "cxworkshop"

    def __init__(self, services: Services, store: SessionStore) -> None:
        super().__init__(services)
        self.store = store
        self.console_screen = ConsoleScreen(services, store)

    def get_default_screen(self) -> ConsoleScreen:
        """The frame is the only screen below dialogs."""
        return self.console_screen

    async def on_event(self, event: events.Event) -> None:
        """Pass an event on; a key or a paste waits until the step that is being entered can take it."""
        if isinstance(event, (events.Key, events.Paste)) and not event.is_forwarded:
            await self.console_screen.has_entered()
        await super().on_event(event)

    async def action_quit(self) -> None:
        """Leave; while a round is open only after a question, which says that nothing is lost."""
        held = self.store.session.open_round
        if held is None:
            self._leave()
            return
        from cxworkshop.tui.widgets.choosing import ConfirmDialog  # noqa: PLC0415 (met at the end only)

        if isinstance(self.screen, ConfirmDialog):
            return
        count = self.store.box.count(held.key)
        self.push_screen(
            ConfirmDialog(
                "Leave while voting is open?",
                f"{count} {'ballot is' if count == 1 else 'ballots are'} in and saved. The round stays open: other "
                "terminals go on, and the console comes back to this place.",
                yes="Leave",
            ),
            lambda sure: self._leave() if sure else None,
        )

    def _leave(self) -> None:
        self.console_screen.rest()
        self.exit()


def run_console(services: Services, store: SessionStore) -> int:
    """Run the console until its facilitator leaves.

    Returns:
        The exit code: 0, or 1 after a fault of the program.
    """
    return run_app(ConsoleApp(services, store))[1]
