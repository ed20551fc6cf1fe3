"""Where the two ends of the hierarchy stand on each item, on one line of the scale, the widest gap first."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from cxworkshop.domain.wording import figure
from cxworkshop.tui.widgets.charts.chart import Chart
from cxworkshop.tui.widgets.charts.glyphs import BLOCKS, Glyphs
from cxworkshop.tui.widgets.charts.ink import Ink, Line, Part, fit, number, paragraph

_FIGURES = 19
"""Cells of both medians and the gap."""

_NUMBER = 5


@dataclass(frozen=True, slots=True)
class GapRow:
    """An item with the medians of both ends; `steps` is how much more favourable the senior one is."""

    number: int
    text: str
    options: int
    senior: float
    front: float
    steps: float
    low_is_good: bool = False
    told: str = ""
    """Both medians in the numbers of the item's scale; in places from 1 where nothing is given."""


@dataclass(frozen=True, slots=True)
class GapPicture:
    """All items with a gap to show, and the sentence that says what they show."""

    senior: str = ""
    front: str = ""
    rows: tuple[GapRow, ...] = ()
    summary: str = ""


def scale_line(row: GapRow, glyphs: Glyphs) -> str:
    """The scale as dots two cells apart, with a sign for each end and a line between them."""
    cells = [" "] * (2 * row.options - 1)
    cells[::2] = [glyphs.option] * row.options
    here, there = (round(2 * (median - 1)) for median in (row.senior, row.front))
    for place in range(min(here, there), max(here, there)):
        cells[place] = glyphs.line
    cells[there] = glyphs.front
    cells[here] = glyphs.senior if here != there else glyphs.both
    return "".join(cells)


def gap_lines(picture: GapPicture, width: int, glyphs: Glyphs = BLOCKS) -> list[Line]:
    """The sentence, what the signs mean, and a line for each item; the sentence first, since the list may be long."""
    lines = paragraph(picture.summary, width)
    if picture.rows:
        scale = max(2 * row.options - 1 for row in picture.rows)
        text = max(width - _NUMBER - scale - 2 - _FIGURES, 8)
        lines.append(_legend(picture, _NUMBER + text + 1 + scale, glyphs))
        lines += [_row_line(row, text, scale, glyphs) for row in picture.rows]
    return lines


def _legend(picture: GapPicture, width: int, glyphs: Glyphs) -> Line:
    """Which sign is whose, and over the figures what they are."""
    each = max((width - 16) // 2, 4)
    senior, front = (fit(name, min(cell_len(name), each)).rstrip() for name in (picture.senior, picture.front))
    signs = f" {glyphs.senior} {senior}   {glyphs.front} {front}   {glyphs.both} both"
    return (Part(signs + " " * (width - cell_len(signs)), Ink.MUTED), Part("   medians     gap", Ink.MUTED))


def _row_line(row: GapRow, text: int, scale: int, glyphs: Glyphs) -> Line:
    medians = row.told or f"{number(row.senior)} | {number(row.front)}"
    return (
        Part(f" {row.number:>2}", Ink.STRONG),
        Part(f"{glyphs.mirrored if row.low_is_good else ' '} ", Ink.MUTED),
        Part(fit(row.text, text) + " "),
        Part(scale_line(row, glyphs).ljust(scale), Ink.BAR),
        Part(f" {medians:^11}", Ink.TEXT),
        Part(f"{'+' * (row.steps > 0)}{figure(row.steps)}".rjust(6) if row.steps else "     0", Ink.STRONG),
    )


class LevelGapChart(Chart):
    """The gap between leaders and front line, item by item."""

    can_focus = True

    def __init__(
        self,
        picture: GapPicture | None = None,
        *,
        ascii: bool = False,  # noqa: A002  as in the base
        id: str | None = None,  # noqa: A002  as every widget names it
        classes: str | None = None,
    ) -> None:
        super().__init__(ascii=ascii, id=id, classes=classes)
        self._picture = picture or GapPicture()

    def show(self, picture: GapPicture) -> None:
        """Show other figures; the same ones are not painted again."""
        if picture != self._picture:
            self._picture = picture
            self.redraw()

    def lines(self, width: int) -> Sequence[Line]:
        """The picture."""
        return gap_lines(self._picture, width, self.glyphs)
