"""The facilitator's console as an application."""

import asyncio
from time import monotonic
from typing import Any

from textual import events
from textual._context import active_message_pump

from cxworkshop.facilitation.ports import Services, SessionStore
from cxworkshop.tui.app import CxApp, run_app
from cxworkshop.tui.console.screen import ConsoleScreen
from cxworkshop.tui.looks import USUAL, Looks

LONGEST_WAY = 0.5
"""Seconds for which a key waits at most for the one pressed before it."""


class ConsoleApp(CxApp[None]):
    """One session, run by its facilitator."""

    TITLE = "cxworkshop"

    def __init__(self, services: Services, store: SessionStore, looks: Looks = USUAL) -> None:
        super().__init__(services, looks)
        self.store = store
        self.console_screen = ConsoleScreen(services, store)
        self._key_out: events.Key | None = None
        self._sent = 0.0

    def get_default_screen(self) -> ConsoleScreen:
        """The frame is the only screen below dialogs."""
        return self.console_screen

    def push_screen(self, *arguments: Any, **options: Any) -> Any:
        """Open a screen; what it gives is taken in by the console, whatever opened it.

        Textual leaves an answer to the widget that asked, and loses it where that widget is gone by then: a step's view
        is, once another console has gone on.
        """
        asking = active_message_pump.set(self.console_screen)
        try:
            return super().push_screen(*arguments, **options)
        finally:
            active_message_pump.reset(asking)

    async def on_event(self, event: events.Event) -> None:
        """Pass an event on, keys in the order in which they were pressed.

        A key or a paste waits until the step that is being entered can take it. A key goes by the widget with the
        focus before it comes back here and does something, but a paging key does its act at once: it waits too.
        """
        if not isinstance(event, (events.Key, events.Paste)):
            await super().on_event(event)
        elif event.is_forwarded:
            await super().on_event(event)
            if event is self._key_out:
                self._key_out = None
        elif self._waits_for_another:
            # At the end of the queue it stands behind the key that is coming back, and before those pressed later.
            await asyncio.sleep(0)
            self.post_message(event)
        else:
            await self.console_screen.has_entered()
            await super().on_event(event)
            if isinstance(event, events.Key):
                self._key_out, self._sent = event, monotonic()

    @property
    def _waits_for_another(self) -> bool:
        """Whether a key pressed before is on its way through the console; text fields keep theirs."""
        if self._key_out is None or not self._key_out.is_forwarded:
            return False
        if self.screen is not self.console_screen or self.console_screen.typing:
            return False
        return monotonic() - self._sent < LONGEST_WAY

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


def run_console(services: Services, store: SessionStore, looks: Looks = USUAL) -> int:
    """Run the console until its facilitator leaves.

    Returns:
        The exit code: 0, or 1 after a fault of the program.
    """
    return run_app(ConsoleApp(services, store, looks))[1]
