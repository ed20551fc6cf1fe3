"""The line that names the views of a step."""

from collections.abc import Sequence

from cxworkshop.tui.widgets.charts.chart import Chart
from cxworkshop.tui.widgets.charts.ink import Ink, Line, Part


class ViewNames(Chart):
    """The views by the digits that show them, the one that is shown in brackets, and a word on it.

    It is painted as charts are, since it changes with each repainting of a list and has to cost little.
    """

    DEFAULT_CSS = """
    ViewNames { height: 1; & > .chart--mark { color: $primary; text-style: bold; } }
    """

    def __init__(self, names: Sequence[str], *, id: str | None = None) -> None:  # noqa: A002 (Textual's own name)
        super().__init__(id=id)
        self._names = tuple(names)
        self._shown: tuple[int | None, str] = (None, "")

    def show(self, chosen: int | None, word: str = "") -> None:
        """Mark a view as the one that is shown, by its place from 0; None leaves the line empty."""
        if (chosen, word) != self._shown:
            self._shown = (chosen, word)
            self.redraw(layout=False)

    def lines(self, width: int) -> Sequence[Line]:  # noqa: ARG002 (it is cut where it is too long)
        """The one line."""
        chosen, word = self._shown
        if chosen is None:
            return ((),)
        names = (
            Part(f"[{place + 1} {name}]", Ink.MARK) if place == chosen else Part(f" {place + 1} {name}", Ink.MUTED)
            for place, name in enumerate(self._names)
        )
        return ((*names, Part(f"   {word}", Ink.MUTED)),)
