"""The command palette, made safe for keys that come faster than it opens and closes."""

from dataclasses import replace
from typing import ClassVar

from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.command import CommandInput, CommandList, CommandPalette

from cxworkshop.domain.text import LINE_LIMIT
from cxworkshop.tui.widgets.closing import ClosesOnce


def _nothing() -> None:
    """What is done by a choice that comes after one was made."""


class Palette(CommandPalette, ClosesOnce[None]):
    """The command palette of all applications."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "turn_page('down')", show=False),
        Binding("pageup", "turn_page('up')", show=False),
    ]

    _chose = False

    def on_mount(self) -> None:
        """Let the field take no more than a line, since every key looks for all of it in every command."""
        self.query_one(CommandInput).max_length = LINE_LIMIT

    def action_turn_page(self, way: str) -> None:
        """Go a page up or down in the commands, once they are laid out."""
        listed = self.query_one(CommandList)
        # Where nothing is laid out, the list fails to find the line of its cursor.
        if listed.scrollable_content_region:
            self._action_command_list(f"page_{way}")

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close; what was chosen first is done, however often Enter was pressed meanwhile."""
        if self._chose and self._selected_command is not None:
            self._selected_command = replace(self._selected_command, command=_nothing)
        self._chose = True
        return super().dismiss(result)
