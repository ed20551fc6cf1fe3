"""The help screen: every key, by heading."""

from collections.abc import Sequence

from textual.binding import Binding
from textual.content import Content

from cxworkshop.tui.acts import Act, grouped, key_text
from cxworkshop.tui.widgets.showing import TextScreen

_KEY_COLUMN = 14


class HelpScreen(TextScreen):
    """Lists acts with their keys and what they do; Esc, Enter or `?` closes it, arrows scroll."""

    BINDINGS = [Binding("question_mark,f1", "back_out", show=False)]

    def __init__(self, title: str, acts: Sequence[Act]) -> None:
        super().__init__(title, help_text(acts))


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
