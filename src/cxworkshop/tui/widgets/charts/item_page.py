"""One item on a page: its text, the distribution, the breakdowns beside it, what is to be said, asked and noted."""

from dataclasses import dataclass

from cxworkshop.tui.widgets.charts.chart import Chart
from cxworkshop.tui.widgets.charts.distribution import Choice, Pass, distribution_lines, tail
from cxworkshop.tui.widgets.charts.flow import FlowPicture, flow_lines
from cxworkshop.tui.widgets.charts.glyphs import BLOCKS, Glyphs
from cxworkshop.tui.widgets.charts.group_strips import Group, beside, groupings_lines
from cxworkshop.tui.widgets.charts.ink import Ink, Line, Part, fit, paragraph, wrap

_BESIDE_FROM = 84
"""Cells from which the breakdowns stand beside the distribution."""

_LABEL = 7


@dataclass(frozen=True, slots=True)
class ItemPicture:
    """An item with everything that is shown of it.

    `passes` are round 1 and, where there was one, a later round. `verdicts` stand with the breakdowns (agreement,
    pattern), `script` are pairs of a word and a text ("Ask", "What have you seen…"), `listed` pairs of a heading and
    its lines (notes, positions, comments).
    """

    text: str
    choices: tuple[Choice, ...]
    passes: tuple[Pass, ...]
    groups: tuple[tuple[str, tuple[Group, ...]], ...] = ()
    verdicts: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    script: tuple[tuple[str, str], ...] = ()
    listed: tuple[tuple[str, tuple[str, ...]], ...] = ()
    summary: str = ""
    flow: FlowPicture | None = None
    """Who moved between the two rounds."""


def item_lines(picture: ItemPicture, width: int, glyphs: Glyphs = BLOCKS) -> list[Line]:
    """The page in lines: side by side where there is room, else beneath each other."""
    lines = paragraph(picture.text, width, ink=Ink.STRONG)
    if width >= _BESIDE_FROM:
        lines.append(())
        left_width = width * (56 if len(picture.passes) > 1 else 52) // 100
        left = _left(picture, left_width, glyphs)
        right = _right(picture, width - left_width - 1, glyphs)
        lines += beside(left, right, left_width + 1)
    else:
        lines += [*_left(picture, width, glyphs), *_right(picture, width, glyphs)]
    if picture.flow is not None:
        lines += flow_lines(picture.flow, width, glyphs)
    if picture.summary:
        lines += paragraph(picture.summary, width)
    for remark in picture.remarks:
        lines += paragraph(remark, width, ink=Ink.MUTED)
    return [*lines, *_told(picture, width)]


def _left(picture: ItemPicture, width: int, glyphs: Glyphs) -> list[Line]:
    lines = distribution_lines(picture.choices, picture.passes, width, glyphs)
    if len(picture.passes) == 1:
        lines.append((Part(f" {tail(picture.passes[0])}", Ink.MUTED),))
    return lines


def _right(picture: ItemPicture, width: int, glyphs: Glyphs) -> list[Line]:
    verdicts = picture.verdicts if width < _BESIDE_FROM // 2 else (" · ".join(picture.verdicts),)
    lines = [line for verdict in verdicts if verdict for line in paragraph(verdict, width, ink=Ink.MARK)]
    return [*lines, *groupings_lines(picture.groups, width, glyphs, options=len(picture.choices))]


def _told(picture: ItemPicture, width: int) -> list[Line]:
    lines: list[Line] = []
    if picture.script:
        lines.append(())
    for word, text in picture.script:
        for place, piece in enumerate(wrap(text, width - _LABEL - 1)):
            lines.append((Part(f" {fit(word if not place else '', _LABEL)}", Ink.MARK), Part(piece)))
    for heading, entries in picture.listed:
        lines += [(), (Part(" " + fit(heading, width - 1).rstrip(), Ink.MUTED),)]
        for entry in entries:
            for place, piece in enumerate(wrap(entry, width - 4)):
                lines.append((Part(" · " if not place else "   ", Ink.MUTED), Part(piece)))
    return lines


class ItemPage(Chart):
    """One item, scrolled by the arrows where it is longer than the screen."""

    can_focus = True
    DEFAULT_CSS = """
    ItemPage { height: 1fr; }
    """

    def __init__(self, *, ascii: bool = False, id: str | None = None) -> None:  # noqa: A002  as in the base
        super().__init__(ascii=ascii, id=id)
        self._picture: ItemPicture | None = None

    def show(self, picture: ItemPicture) -> None:
        """Show an item; the same picture is not painted again, another item begins at its top."""
        if picture == self._picture:
            return
        another = self._picture is None or picture.text != self._picture.text
        self._picture = picture
        self.redraw(layout=False)
        if another and self.is_attached:
            self.scroll_to(y=0, animate=False, force=True)

    def lines(self, width: int) -> list[Line]:
        """The page."""
        return [] if self._picture is None else item_lines(self._picture, width, self.glyphs)
