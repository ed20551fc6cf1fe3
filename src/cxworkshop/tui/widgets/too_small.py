"""What stands on the screen while the window is too small to work in."""

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static


class TooSmallScreen(ModalScreen[None]):
    """Says how large the window has to be and how large it is; goes away by itself, leaving all below as it was."""

    DEFAULT_CSS = """
    TooSmallScreen { align: center middle; background: $background; }
    TooSmallScreen > Static { width: 100%; text-align: center; }
    """

    def __init__(self, columns: int, rows: int) -> None:
        super().__init__()
        self.needed = (columns, rows)

    def compose(self) -> ComposeResult:
        """One sentence."""
        yield Static(self._sentence())

    def on_resize(self, event: events.Resize) -> None:
        """Tell the present size, or leave once it is large enough."""
        columns, rows = self.needed
        if event.size.width >= columns and event.size.height >= rows:
            if self.is_current:
                self.dismiss()
            return
        self.query_one(Static).update(self._sentence())

    def _sentence(self) -> Content:
        columns, rows = self.needed
        present = self.app.size
        return Content(
            f"The window needs {columns} × {rows} characters; it has {present.width} × {present.height}. "
            "Make it larger, or its letters smaller; nothing is lost."
        )
