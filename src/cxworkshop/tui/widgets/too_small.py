"""What covers a screen while the window is too small to work in."""

from typing import Any

from textual import events
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget


class TooSmallNote(Widget):
    """Says how large the window has to be and how large it is, over all that the screen shows.

    It is a part of the screen that it covers and no screen of its own, so that whatever is opened and left meanwhile
    (by a clock, say) is opened and left as ever. What had the focus has it again once the note is taken away.
    """

    DEFAULT_CSS = """
    TooSmallNote {
        layer: _loading; dock: top; width: 100%; height: 100%; background: $background; color: $foreground;
        content-align: center middle; text-align: center;
    }
    """

    def __init__(self, columns: int, rows: int, focused: Widget | None) -> None:
        super().__init__()
        self._needed = (columns, rows)
        self._focused = focused

    def on_resize(self, _event: events.Resize) -> None:
        """Tell the present size."""
        self.refresh()

    def render(self) -> Content:
        """One sentence."""
        columns, rows = self._needed
        present = self.app.size
        return Content(
            f"The window needs {columns} × {rows} characters; it has {present.width} × {present.height}. "
            "Make it larger, or its letters smaller; nothing is lost."
        )

    async def lift(self) -> None:
        """Show the screen again, with the focus where it was."""
        screen = self.screen
        await self.remove()
        screen.remove_class("-too-small")
        # A widget for which a small window had no place lost the focus.
        if screen.focused is None and self._focused is not None and self._focused.is_attached:
            screen.set_focus(self._focused)


async def cover(screen: Screen[Any], columns: int, rows: int) -> None:
    """Put the note over a screen, where it is not there yet.

    Args:
        screen: A screen that has been mounted.
        columns: Columns the window has to have.
        rows: Rows the window has to have.
    """
    if not noted(screen):
        screen.add_class("-too-small")
        await screen.mount(TooSmallNote(columns, rows, screen.focused))


def noted(screen: Screen[Any]) -> list[TooSmallNote]:
    """The note over a screen, or none."""
    return [child for child in screen.children if isinstance(child, TooSmallNote)]
