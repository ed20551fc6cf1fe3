"""Text with a word or a key before it, wrapped so that the text stays in its own column."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from cxworkshop.tui.widgets.charts.ink import wrap


@dataclass(frozen=True, slots=True)
class Hung:
    """A sentence and what stands before it; without a sentence it is a heading. Texts may come from people."""

    lead: str
    text: str = ""


class HangingText(Widget):
    """Sentences below each other, each in the column right of its lead."""

    DEFAULT_CSS = """
    HangingText { height: auto; width: 1fr; color: $foreground; }
    """

    def __init__(self, indent: int, hung: Sequence[Hung] = (), *, id: str | None = None) -> None:  # noqa: A002
        """Set up a text.

        Args:
            indent: The column, in cells, at which sentences begin.
            hung: What it shows at first.
            id: Textual's own.
        """
        super().__init__(id=id)
        self._indent = indent
        self._hung = tuple(hung)

    def show(self, hung: Sequence[Hung]) -> None:
        """Put these sentences there; where nothing differs nothing is painted."""
        if tuple(hung) != self._hung:
            self._hung = tuple(hung)
            self.display = bool(self._hung)
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the sentences take at a width."""
        del container, viewport
        return len(self._lines(width))

    def render(self) -> Content:
        """The lines."""
        return Content("\n").join(self._lines(self.content_size.width))

    def _lines(self, width: int) -> list[Content]:
        lines: list[Content] = []
        for hung in self._hung:
            if not hung.text:
                lines.append(Content(hung.lead).stylize("bold $primary"))
                continue
            wrapped = wrap(hung.text, width - self._indent) or [""]
            lead = f"{hung.lead} ".ljust(self._indent)
            lines.append(Content.assemble((lead, "bold $accent"), Content(wrapped[0])))
            lines += [Content(f"{' ' * self._indent}{line}") for line in wrapped[1:]]
        return lines
