"""Screens that only show a text."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from cxworkshop.tui.widgets.dialog import Dialog

_KEYS = "↑ ↓ scroll · Esc closes"


class TextScreen(Dialog[None]):
    """Shows a text that scrolls by the arrows; Esc or Enter closes it."""

    DEFAULT_CSS = """
    TextScreen > #dialog { width: 92; border-subtitle-color: $text-muted; border-subtitle-align: left; }
    TextScreen #buttons { display: none; }
    """
    BINDINGS = [Binding("enter,q", "back_out", show=False)]

    def __init__(self, title: str, text: Content | Widget) -> None:
        super().__init__(title)
        self._text = text

    def body(self) -> ComposeResult:
        """The text."""
        yield self._text if isinstance(self._text, Widget) else Static(self._text, id="text")

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        box = self.query_one("#dialog")
        box.can_focus = True
        box.border_subtitle = _KEYS
        box.focus()


class MarkdownScreen(Dialog[None]):
    """Shows a Markdown document; Esc closes it."""

    DEFAULT_CSS = """
    MarkdownScreen > #dialog {
        width: 104; height: 96%; border-subtitle-color: $text-muted; border-subtitle-align: left;
    }
    MarkdownScreen #buttons { display: none; }
    """
    BINDINGS = [Binding("q", "back_out", show=False)]

    def __init__(self, title: str, markdown: str) -> None:
        super().__init__(title)
        self._markdown = markdown

    def body(self) -> ComposeResult:
        """The document; links lead nowhere."""
        from textual.widgets import Markdown  # noqa: PLC0415 (its parser is loaded only where a document is shown)

        yield Markdown(self._markdown, open_links=False)

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        box = self.query_one("#dialog")
        box.can_focus = True
        box.border_subtitle = _KEYS
        box.focus()
