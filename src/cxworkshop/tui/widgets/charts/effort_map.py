"""The map of impact and effort: each candidate in one of four named fields, with the ranked list beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cxworkshop.domain.ratings import OPTIONS, QUADRANTS, Quadrant, Rated
from cxworkshop.domain.ratings_in_words import QUADRANTS_EXPLAINED
from cxworkshop.tui.widgets.charts.chart import Chart
from cxworkshop.tui.widgets.charts.glyphs import BLOCKS, Glyphs
from cxworkshop.tui.widgets.charts.grid import nearest_free, runs, write
from cxworkshop.tui.widgets.charts.ink import Ink, Line, Part, fit, number, paragraph

FIELD_WORDS: Mapping[Quadrant, str] = {
    "quick_win": "QUICK WINS",
    "big_bet": "BIG BETS",
    "fill_in": "FILL-INS",
    "not_now": "NOT NOW",
}

_FRAME = 3
"""Cells of the scale of impact at the left."""


@dataclass(frozen=True, slots=True)
class RatedPoint:
    """A candidate on the map; `quadrant` and medians are None where it was not rated."""

    place: int
    tied: bool
    title: str
    impact: float | None
    effort: float | None
    answers: int
    quadrant: Quadrant | None
    chosen: bool = False


def points_of(rated: Sequence[Rated]) -> list[RatedPoint]:
    """The candidates of a rating as points of the map, in the order of the list."""
    return [
        RatedPoint(
            each.place,
            each.tied,
            each.candidate.title,
            each.impact.median,
            each.effort.median,
            min(each.impact.n, each.effort.n),
            each.quadrant,
            each.candidate.chosen,
        )
        for each in rated
    ]


def placed(points: Sequence[RatedPoint], columns: int, rows: int) -> dict[tuple[int, int], str]:
    """Where the numbers of the list stand: (column, row) from the left and the top, each in its own field.

    One whose place is taken moves to the nearest free one in its field; one that finds none is left to the list.
    """
    taken: dict[tuple[int, int], str] = {}
    half_columns, half_rows = columns // 2, rows // 2
    for line, point in enumerate(points, 1):
        if point.quadrant is None or point.impact is None or point.effort is None:
            continue
        label = str(line)
        right, upper = point.quadrant in ("big_bet", "not_now"), point.quadrant in ("quick_win", "big_bet")
        left_edge, right_edge = (half_columns + 1, columns - len(label)) if right else (1, half_columns - len(label))
        top, bottom = (1, half_rows - 1) if upper else (half_rows + 2, rows - 1)
        column = min(max(round((point.effort - 1) / (OPTIONS - 1) * (columns - 1)), left_edge), right_edge)
        row = min(max(round((OPTIONS - point.impact) / (OPTIONS - 1) * (rows - 1)), top), bottom)
        spot = nearest_free(taken, (column, row), label, (left_edge, right_edge, top, bottom))
        if spot is not None:
            taken[spot] = label
    return taken


def effort_map_lines(points: Sequence[RatedPoint], columns: int, rows: int, glyphs: Glyphs = BLOCKS) -> list[Line]:
    """The map itself, `columns` by `rows` cells in a frame: impact upwards, effort to the right."""
    half_columns, half_rows = columns // 2, rows // 2
    grid = [[" "] * columns for _ in range(rows)]
    inks = [[Ink.MUTED] * columns for _ in range(rows)]
    for row in range(rows):
        grid[row][half_columns] = glyphs.axis
    grid[half_rows] = [glyphs.line] * columns
    grid[half_rows][half_columns] = glyphs.cross
    corners: Mapping[Quadrant, tuple[int, int]] = {
        "quick_win": (1, 0),
        "big_bet": (half_columns + 2, 0),
        "fill_in": (1, half_rows + 1),
        "not_now": (half_columns + 2, half_rows + 1),
    }
    for field, place in corners.items():
        write(grid, inks, place, FIELD_WORDS[field], Ink.HIGH if field == "quick_win" else Ink.LOW)
    for place, label in placed(points, columns, rows).items():
        write(grid, inks, place, label, Ink.STRONG)
    scale = {0: str(OPTIONS), half_rows: number((1 + OPTIONS) / 2), rows - 1: "1"}
    lines: list[Line] = [(Part("impact", Ink.MUTED),)]
    lines += [
        (Part(f"{scale.get(row, ''):>1} {glyphs.axis}", Ink.MUTED), *runs(grid[row], inks[row])) for row in range(rows)
    ]
    lines.append((Part(f"  {glyphs.corner}{glyphs.line * columns}", Ink.MUTED),))
    middle = "effort".center(columns - 2)
    lines.append((Part(" " * _FRAME), Part(f"1{middle}{OPTIONS}", Ink.MUTED)))
    return lines


def ranked_lines(points: Sequence[RatedPoint], width: int) -> list[Line]:
    """The list: every candidate under its field, numbered as on the map, with its medians; ties have a "="."""
    lines: list[Line] = []
    for field in (*QUADRANTS, None):
        inside = [(line, point) for line, point in enumerate(points, 1) if point.quadrant == field]
        if not inside:
            continue
        heading = "NOT RATED" if field is None else f"{FIELD_WORDS[field]} · {QUADRANTS_EXPLAINED[field]}"
        lines.append((Part(fit(heading, width), Ink.HIGH if field == "quick_win" else Ink.LOW),))
        for line, point in inside:
            star = " ★" if point.chosen else ""
            mark = "=" if point.tied else " "
            lines.append((Part(f"{line:>2}{mark}", Ink.STRONG), Part(fit(f"{point.title}{star}", width - 3))))
            if field is not None:
                tied = f" · tied at {point.place}" if point.tied else ""
                figures = f"impact {number(point.impact)} · effort {number(point.effort)} · n {point.answers}{tied}"
                lines.append((Part("   " + fit(figures, width - 3), Ink.MUTED),))
    return lines


def rated_lines(points: Sequence[RatedPoint], width: int, height: int, glyphs: Glyphs = BLOCKS) -> list[Line]:
    """Map on the left and list on the right of a sheet of `width` cells; the map takes at most `height` lines."""
    rows = min(max(height - 3, 9), 19)
    rows -= 1 - rows % 2
    columns = min(max(width * 2 // 5 - _FRAME, 25), 51)
    columns -= 1 - columns % 2
    drawn = effort_map_lines(points, columns, rows, glyphs)
    listed = ranked_lines(points, width - columns - _FRAME - 2)
    lines: list[Line] = []
    for row in range(max(len(drawn), len(listed))):
        left = drawn[row] if row < len(drawn) else ()
        used = sum(len(part.text) for part in left)
        gap = Part(" " * (columns + _FRAME + 2 - used))
        lines.append((*left, gap, *(listed[row] if row < len(listed) else ())))
    return lines


class EffortMap(Chart):
    """Map and list for the height of the window; the list scrolls where it is longer."""

    can_focus = True
    DEFAULT_CSS = """
    EffortMap { height: 1fr; }
    """

    def __init__(self, points: Sequence[RatedPoint], said: str, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._points, self._said = tuple(points), said

    def on_resize(self) -> None:
        """Draw for the new height as well."""
        self._laid_out = None
        self._fit_height()

    def lines(self, width: int) -> list[Line]:
        """A sentence on how it is read, then the sheet."""
        said = paragraph(self._said, width, indent=0, ink=Ink.MUTED)
        return [*said, *rated_lines(self._points, width, (self.size.height or 20) - len(said), self.glyphs)]
