"""The command palette, made safe for keys that come faster than it opens and closes."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.command import CommandInput, CommandList, CommandPalette

from cxworkshop.domain.text import LINE_LIMIT
from cxworkshop.tui.widgets.closing import ClosesOnce


class Palette(CommandPalette, ClosesOnce[None]):
    """The command palette of all applications."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "turn_page('down')", show=False),
        Binding("pageup", "turn_page('up')", show=False),
    ]

    def on_mount(self) -> None:
        """Let the field take no more than a line, since every key looks for all of it in every command."""
        self.query_one(CommandInput).max_length = LINE_LIMIT

    def action_turn_page(self, way: str) -> None:
        """Go a page up or down in the commands, once they are laid out."""
        listed = self.query_one(CommandList)
        # Where nothing is laid out, the list fails to find the line of its cursor.
        if listed.scrollable_content_region:
            self._action_command_list(f"page_{way}")
