"""The agreement map: each item by how good its median is and how far the room agrees, in four named corners."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from cxworkshop.tui.widgets.charts.chart import Chart
from cxworkshop.tui.widgets.charts.glyphs import BLOCKS, Glyphs
from cxworkshop.tui.widgets.charts.grid import nearest_free, runs, write
from cxworkshop.tui.widgets.charts.ink import Ink, Line, Part, fit, paragraph

Corner = Literal["protect", "act", "clarify", "reach"]
CORNER_WORDS: dict[Corner, str] = {
    "protect": "PROTECT",
    "act": "ACT",
    "clarify": "CLARIFY",
    "reach": "WHO IS NOT REACHED?",
}
CORNER_MEANINGS: dict[Corner, str] = {
    "act": "agreed and weak",
    "clarify": "split and weak",
    "reach": "split and strong",
    "protect": "agreed and strong",
}
"""What each corner means, in the order of the legend."""

_SHORT_REACH = "NOT REACHED?"
_CUT = 50
_FRAME = 6
"""Cells of the scale of agreement at the left."""


@dataclass(frozen=True, slots=True)
class MapPoint:
    """An item on the map."""

    number: int
    text: str
    agreement: float
    level: float
    """How good the median is, from 0 to 1, read through the item's direction."""
    corner: Corner


def placed(points: Sequence[MapPoint], columns: int, rows: int) -> dict[tuple[int, int], str]:
    """Where each item's number stands: (column, row) of its first cell, from the left and from the top.

    Numbers keep to their own corner; one whose place is taken moves to the nearest free one in it, and a number that
    finds none is left to the legend.
    """
    taken: dict[tuple[int, int], str] = {}
    half_columns, half_rows = columns // 2, rows // 2
    for point in sorted(points, key=lambda each: each.number):
        label = str(point.number)
        right, upper = point.corner in ("protect", "reach"), point.corner in ("protect", "act")
        left_edge, right_edge = (half_columns + 1, columns - len(label)) if right else (1, half_columns - len(label))
        top, bottom = (1, half_rows - 1) if upper else (half_rows + 2, rows - 1)
        column = min(max(round(point.level * (columns - 1)), left_edge), right_edge)
        row = min(max(round((100 - point.agreement) / 100 * (rows - 1)), top), bottom)
        spot = nearest_free(taken, (column, row), label, (left_edge, right_edge, top, bottom))
        if spot is not None:
            taken[spot] = label
    return taken


def map_lines(points: Sequence[MapPoint], columns: int, rows: int, glyphs: Glyphs = BLOCKS) -> list[Line]:
    """The map itself: `columns` by `rows` cells within a frame, with the corners named and the scales written on it."""
    spots = placed(points, columns, rows)
    half_columns, half_rows = columns // 2, rows // 2
    grid = [[" "] * columns for _ in range(rows)]
    inks = [[Ink.MUTED] * columns for _ in range(rows)]
    for row in range(rows):
        grid[row][half_columns] = glyphs.axis
    grid[half_rows] = [glyphs.line] * columns
    grid[half_rows][half_columns] = glyphs.cross
    corners: dict[Corner, tuple[int, int]] = {
        "act": (1, 0),
        "protect": (half_columns + 2, 0),
        "clarify": (1, half_rows + 1),
        "reach": (half_columns + 2, half_rows + 1),
    }
    for corner, (column, row) in corners.items():
        name = CORNER_WORDS[corner] if len(CORNER_WORDS[corner]) < half_columns else _SHORT_REACH
        write(grid, inks, (column, row), name, Ink.HIGH if corner == "protect" else Ink.LOW)
    for (column, row), label in spots.items():
        write(grid, inks, (column, row), label, Ink.STRONG)
    scale = {0: "100", half_rows: str(_CUT), rows - 1: "0"}
    lines = [
        (Part(f"{scale.get(row, ''):>4} {glyphs.axis}", Ink.MUTED), *runs(grid[row], inks[row])) for row in range(rows)
    ]
    foot = fit("weak", half_columns) + fit("strong", columns - half_columns, "right")
    lines.append((Part(f"     {glyphs.corner}{glyphs.line * columns}", Ink.MUTED),))
    lines.append((Part(" " * _FRAME), Part(foot, Ink.MUTED)))
    return lines


def legend_lines(points: Sequence[MapPoint], width: int, rows: int) -> list[Line]:
    """Number and text of each item under the name of its corner; where they are too many, the rest is counted."""
    corners = [
        (corner, sorted((point for point in points if point.corner == corner), key=lambda point: point.number))
        for corner in CORNER_MEANINGS
    ]
    filled = [(corner, inside) for corner, inside in corners if inside]
    most = max((len(inside) for _, inside in filled), default=0)
    while most > 1 and sum(_legend_rows(len(inside), most) for _, inside in filled) > rows:
        most -= 1
    lines: list[Line] = []
    for corner, inside in filled:
        ink = Ink.HIGH if corner == "protect" else Ink.LOW
        name, meaning = CORNER_WORDS[corner], CORNER_MEANINGS[corner]
        if corner == "reach" and len(f"{name} · {meaning}") > width:
            name = _SHORT_REACH
        lines.append((Part(fit(f"{name} · {meaning}", width), ink),))
        shown = inside if len(inside) <= most else inside[: most - 1]
        lines += [(Part(f"{point.number:>2} ", Ink.STRONG), Part(fit(point.text, width - 3))) for point in shown]
        if len(shown) < len(inside):
            lines.append((Part("   " + fit(f"and {len(inside) - len(shown)} more", width - 3), Ink.MUTED),))
    return lines


def _legend_rows(items: int, most: int) -> int:
    """Lines a corner takes: its name, and at most `most` more."""
    return 1 + min(items, most)


class AgreementMap(Chart):
    """The map with a legend at its right, made for the height it is given."""

    can_focus = True
    DEFAULT_CSS = """
    AgreementMap { height: 1fr; }
    """

    def __init__(
        self,
        points: Sequence[MapPoint] = (),
        summary: str = "",
        *,
        ascii: bool = False,  # noqa: A002  as in the base
        id: str | None = None,  # noqa: A002  as every widget names it
        classes: str | None = None,
    ) -> None:
        super().__init__(ascii=ascii, id=id, classes=classes)
        self._points, self._summary = tuple(points), summary

    def show(self, points: Sequence[MapPoint], summary: str = "") -> None:
        """Show other items, or newer results; the same map is not painted again."""
        if (tuple(points), summary) == (self._points, self._summary):
            return
        self._points, self._summary = tuple(points), summary
        self.redraw(layout=False)

    def on_resize(self) -> None:
        """Draw for the new height as well."""
        self._laid_out = None
        self._fit_height()

    def lines(self, width: int) -> list[Line]:
        """Map and legend side by side, the sentence beneath."""
        beneath = paragraph(self._summary, width) if self._summary else []
        height = max((self.size.height or 20) - len(beneath), 12)
        return [*sheet_lines(self._points, width, height, self.glyphs), *beneath]


def sheet_lines(points: Sequence[MapPoint], width: int, height: int, glyphs: Glyphs = BLOCKS) -> list[Line]:
    """The map on the left of a sheet of `width` by `height` cells, its legend on the right."""
    rows = min(height - 2, 25)
    rows -= 1 - rows % 2
    columns = min(width * 55 // 100 - _FRAME, 61)
    columns -= 1 - columns % 2
    drawn = map_lines(points, columns, rows, glyphs)
    legend = legend_lines(points, width - columns - _FRAME - 2, height)
    lines: list[Line] = []
    for row in range(max(len(drawn), len(legend))):
        left = drawn[row] if row < len(drawn) else (Part(" " * (columns + _FRAME)),)
        used = sum(len(part.text) for part in left)
        gap = Part(" " * (columns + _FRAME + 2 - used))
        lines.append((*left, gap, *(legend[row] if row < len(legend) else ())))
    return lines
