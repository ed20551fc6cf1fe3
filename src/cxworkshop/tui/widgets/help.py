"""The help screen: every key, by heading."""

from collections.abc import Sequence

from textual.binding import Binding

from cxworkshop.tui.acts import Act, grouped, key_text
from cxworkshop.tui.widgets.hanging import HangingText, Hung
from cxworkshop.tui.widgets.showing import TextScreen

_KEY_COLUMN = 14
_CLOSING = "Esc backs out everywhere and keeps what was typed. Shift with the mouse selects text."


class HelpScreen(TextScreen):
    """Lists acts with their keys and what they do; Esc, Enter or `?` closes it, arrows scroll."""

    BINDINGS = [Binding("question_mark,f1", "back_out", show=False)]

    def __init__(self, title: str, acts: Sequence[Act]) -> None:
        super().__init__(title, HangingText(_KEY_COLUMN, help_lines(acts)))


def help_lines(acts: Sequence[Act]) -> list[Hung]:
    """Headings, and under each the keys and sentences."""
    lines: list[Hung] = []
    for heading, members in grouped(acts):
        lines.append(Hung(heading))
        lines += [Hung("  " + " ".join(key_text(key) for key in act.keys), act.tooltip) for act in members]
    return [*lines, Hung("Everywhere"), Hung("  Esc", _CLOSING)]
