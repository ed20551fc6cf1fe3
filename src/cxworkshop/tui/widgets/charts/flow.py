"""Who held firm and who moved between two rounds: a bar of the people and, where it may be told, each option's."""

from collections.abc import Sequence
from dataclasses import dataclass

from cxworkshop.tui.widgets.charts.chart import Chart
from cxworkshop.tui.widgets.charts.glyphs import BLOCKS, Glyphs
from cxworkshop.tui.widgets.charts.ink import Ink, Line, Part, fit, paragraph

_WIDEST = 40
_NARROWEST = 12
_LABEL_CELLS = 12


@dataclass(frozen=True, slots=True)
class FlowPicture:
    """The people of both rounds by where they went.

    `up` and `down` are None where the direction may not be told; `rows` has for each option of the earlier round where
    its people went, None where that is not told; `summary` is the sentence beneath.
    """

    matched: int
    held: int
    up: int | None
    down: int | None
    rows: Sequence[tuple[int, ...] | None] = ()
    summary: str = ""
    numbers: tuple[int, ...] = ()
    """What the options are called by; their places from 1 where nothing is given."""


def flow_lines(picture: FlowPicture, width: int, glyphs: Glyphs = BLOCKS) -> list[Line]:
    """One bar for all who answered twice, a line for each option whose people may be followed, the sentence."""
    parts = _parts(picture, glyphs)
    legend = " · ".join(f"{glyph} {count} {word}" for glyph, count, word in parts)
    beside = width - len(legend) - 4
    cells = min(_WIDEST, beside if beside >= _NARROWEST else width - 1)
    drawn = "".join(_run(glyph, start, count, picture.matched, cells) for glyph, start, count in _placed(parts))
    bar = (Part(" "), Part(drawn, Ink.BAR))
    lines: list[Line] = [(*bar, Part("   "), Part(legend, Ink.STRONG))]
    if beside < _NARROWEST:
        lines = [bar, *paragraph(legend, width, ink=Ink.STRONG)]
    for option, row in enumerate(picture.rows, start=1):
        if row is not None and any(row):
            lines += _row_lines(option, row, width, glyphs, picture.numbers or range(1, len(row) + 1))
    return [*lines, *paragraph(picture.summary, width)]


def _parts(picture: FlowPicture, glyphs: Glyphs) -> list[tuple[str, int, str]]:
    held = (glyphs.held, picture.held, "held firm")
    if picture.up is None or picture.down is None:
        return [held, (glyphs.moved, picture.matched - picture.held, "moved")]
    return [held, (glyphs.up, picture.up, "moved up"), (glyphs.down, picture.down, "moved down")]


def _placed(parts: list[tuple[str, int, str]]) -> list[tuple[str, int, int]]:
    placed, start = [], 0
    for glyph, count, _ in parts:
        placed.append((glyph, start, count))
        start += count
    return placed


def _run(glyph: str, start: int, count: int, everybody: int, cells: int) -> str:
    first, last = (round(place * cells / max(everybody, 1)) for place in (start, start + count))
    return glyph * (last - first)


def _row_lines(option: int, row: tuple[int, ...], width: int, glyphs: Glyphs, numbers: Sequence[int]) -> list[Line]:
    """Where the people of one option went, most of them first."""
    words = []
    for target, count in sorted(enumerate(row, start=1), key=lambda went: (-went[1], went[0])):
        if not count:
            continue
        if target == option:
            words.append(f"{glyphs.held} {count} stayed")
        else:
            words.append(f"{glyphs.up if target > option else glyphs.down} {count} to {numbers[target - 1]}")
    label = fit(f"of {sum(row)} at {numbers[option - 1]}", _LABEL_CELLS)
    told = paragraph(" · ".join(words), max(width - _LABEL_CELLS - 1, 8), indent=0)
    return [
        (Part(f" {label if not place else ' ' * _LABEL_CELLS}", Ink.MUTED), *line) for place, line in enumerate(told)
    ]


class FlowChart(Chart):
    """The flow between two rounds on one item."""

    def __init__(
        self,
        picture: FlowPicture | None = None,
        *,
        ascii: bool = False,  # noqa: A002  as in the base
        id: str | None = None,  # noqa: A002  as every widget names it
        classes: str | None = None,
    ) -> None:
        super().__init__(ascii=ascii, id=id, classes=classes)
        self._picture = picture

    def show(self, picture: FlowPicture | None) -> None:
        """Show another flow, or none."""
        self._picture = picture
        self.redraw()

    def lines(self, width: int) -> list[Line]:
        """The flow."""
        return [] if self._picture is None else flow_lines(self._picture, width, self.glyphs)
