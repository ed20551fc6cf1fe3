"""The line of keys at the foot of every screen."""

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from cxworkshop.tui.acts import END_ACTS, Act

_GAP = "  "


class KeyLine(Widget):
    """One line of keys and what they do; a click on one does it too. Acts that are refused now are shown dim."""

    DEFAULT_CSS = """
    KeyLine { height: 1; width: 1fr; background: $panel; color: $foreground; }
    """

    class Pressed(Message):
        """An act was clicked."""

        def __init__(self, act_id: str) -> None:
            super().__init__()
            self.act_id = act_id

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's own name)
        super().__init__(id=id)
        self._acts: tuple[Act, ...] = ()
        self._refused: frozenset[str] = frozenset()
        self._places: list[tuple[int, int, str]] = []

    @property
    def acts(self) -> tuple[Act, ...]:
        """The acts on the line, in order."""
        return self._acts

    def show(self, acts: Sequence[Act], refused: frozenset[str] = frozenset()) -> None:
        """Put these acts on the line; next step, palette and help stand at the right end.

        Args:
            acts: At most as many as fit, help last.
            refused: Ids of those that cannot be done now.
        """
        if (tuple(acts), refused) != (self._acts, self._refused):
            self._acts, self._refused = tuple(acts), refused
            self.refresh()

    def render(self) -> Content:
        """The line, as wide as the widget."""
        self._places = []
        parts: list[Content] = [Content(" ")]
        column = 1
        acts = fitting(self._acts, self.size.width)
        ending = sum(_width(act) + len(_GAP) for act in acts if act.id in END_ACTS) - len(_GAP)
        for place, act in enumerate(acts):
            entry = Content.assemble((act.key_text, "bold $accent"), " ", (act.label, self._label_style(act)))
            if place and act.id in END_ACTS and acts[place - 1].id not in END_ACTS:
                filler = " " * max(0, self.size.width - column - ending - 1)
                parts.append(Content(filler))
                column += len(filler)
            parts += [entry, Content(_GAP)]
            self._places.append((column, column + entry.cell_length, act.id))
            column += entry.cell_length + len(_GAP)
        return Content("").join(parts)

    def on_click(self, event: events.Click) -> None:
        """Do the act under the pointer."""
        for start, end, act_id in self._places:
            if start <= event.x < end:
                self.post_message(self.Pressed(act_id))

    def _label_style(self, act: Act) -> str:
        return "$text-disabled" if act.id in self._refused else "$foreground"


def fitting(acts: Sequence[Act], width: int) -> tuple[Act, ...]:
    """The acts that fit on a line: those at its right end always, of the others as many as there is room for."""
    ending = [act for act in acts if act.id in END_ACTS]
    others = [act for act in acts if act.id not in END_ACTS]
    while others and 1 + sum(_width(act) + len(_GAP) for act in (*others, *ending)) > width:
        others.pop()
    return (*others, *ending)


def _width(act: Act) -> int:
    return Content(f"{act.key_text} {act.label}").cell_length
