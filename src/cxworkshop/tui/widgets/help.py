"""The help screen: every key, by heading."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from cxworkshop.tui.acts import Act, grouped, key_text
from cxworkshop.tui.widgets.dialog import Dialog

_KEY_COLUMN = 14


class HelpScreen(Dialog[None]):
    """Lists acts with their keys and what they do; Esc, Enter or `?` closes it, arrows scroll."""

    DEFAULT_CSS = """
    HelpScreen > #dialog { width: 92; }
    HelpScreen #buttons { display: none; }
    """
    BINDINGS = [Binding("enter,question_mark,f1,q", "back_out", show=False)]

    def __init__(self, title: str, acts: Sequence[Act]) -> None:
        super().__init__(title)
        self._acts = tuple(acts)

    def body(self) -> ComposeResult:
        """One text."""
        yield Static(help_text(self._acts), id="keys")

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        box = self.query_one("#dialog")
        box.can_focus = True
        box.focus()


def help_text(acts: Sequence[Act]) -> Content:
    """Headings, and under each the keys, labels and sentences."""
    lines: list[Content] = []
    for heading, members in grouped(acts):
        lines.append(Content.styled(heading, "bold $primary"))
        for act in members:
            keys = " ".join(key_text(key) for key in act.keys)
            lines.append(Content.assemble("  ", (f"{keys:<{_KEY_COLUMN}}", "bold $accent"), act.tooltip))
        lines.append(Content(""))
    closing = "Esc backs out everywhere and keeps what was typed. Shift with the mouse selects text."
    lines.append(Content.styled(closing, "$text-muted"))
    return Content("\n").join(lines)
