"""Screens that close once, however often they are told to."""

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import Screen

Result = TypeVar("Result")


class ClosesOnce(Screen[Result]):
    """A screen whose `dismiss` closes this screen, and no other one in its place.

    Keys come faster than a screen goes: a second Enter may press a button that has done its work. Textual's own
    `dismiss` takes away whatever screen is in front then.
    """

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Close, with all that stands in front of this screen; where it is closed already nothing happens."""
        if self not in self.app.screen_stack:
            return AwaitComplete()
        while self.app.screen is not self:
            self.app.screen.dismiss()
        return super().dismiss(result)
