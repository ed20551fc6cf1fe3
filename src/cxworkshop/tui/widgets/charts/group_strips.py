"""Small multiples: what each unit or level answered, as one small strip a line, as far as it may be shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from cxworkshop.tui.widgets.charts.chart import Chart
from cxworkshop.tui.widgets.charts.glyphs import BLOCKS, Glyphs, strip_of
from cxworkshop.tui.widgets.charts.ink import Ink, Line, Part, fit, number, paragraph, width_of

NOT_SHOWN = "not shown, so that nobody can be singled out"
_NOT_SHOWN_SHORT = "not shown"
_NO_BARS = "·"
_FEWEST_NAME_CELLS = 10
"""So much of a long name is to be seen before columns stand beneath each other, or closeness is left out."""


@dataclass(frozen=True, slots=True)
class Group:
    """One unit or level as it may be shown.

    `counts` are the heights of its bars, None where they are not shown; a group that is `hidden` gives nothing but its
    name.
    """

    name: str
    answers: int = 0
    median: float | None = None
    counts: tuple[int, ...] | None = None
    band: str = ""
    """How close the group is, in a word: close, mixed, apart."""
    hidden: bool = False
    at_least: bool = False
    """There are as many answers as said or more."""


def group_lines(
    title: str, groups: Sequence[Group], width: int, glyphs: Glyphs = BLOCKS, *, options: int = 5
) -> list[Line]:
    """A heading and one line per group: name, number of answers, strip, median, and closeness where there is room.

    A group too small for a strip has dots in its place; hidden groups say so in words. No groups give no lines. Where
    there is little room names give way, never figures.
    """
    if not groups:
        return []
    longest = max(cell_len(group.name) for group in groups)
    band_cells = max((3 + cell_len(group.band) for group in groups if group.band), default=0)
    room = width - _figure_cells(groups) - options
    with_band = room - band_cells >= min(longest, _FEWEST_NAME_CELLS)
    names = min(longest, max(room - band_cells if with_band else room, 4))
    lines: list[Line] = [(Part(" " + fit(title, width - 1).rstrip(), Ink.MUTED),)] if title else []
    for group in groups:
        if group.hidden:
            why = NOT_SHOWN if width >= names + 4 + len(NOT_SHOWN) else _NOT_SHOWN_SHORT
            lines.append((Part(f"  {fit(group.name, names)}  "), Part(why, Ink.MUTED)))
            continue
        drawn = strip_of(group.counts, glyphs) if group.counts is not None else _NO_BARS * options
        closeness = fit(group.band, cell_len(group.band)).rstrip()
        band = f" · {closeness}" if closeness and with_band else ""
        lines.append(
            (
                Part(f"  {fit(group.name, names)} "),
                Part(_answers(group), Ink.STRONG),
                Part("  "),
                Part(drawn, Ink.BAR if group.counts is not None else Ink.MUTED),
                Part(f"  median {number(group.median)}{band}"),
            )
        )
    return [_cut(line, width) for line in lines]


def _answers(group: Group) -> str:
    return f"{group.answers}{'+' * group.at_least}".rjust(3)


def _figure_cells(groups: Sequence[Group]) -> int:
    """Cells of a group's line besides its name and its strip: how many, the median, and the gaps."""
    told = [len(_answers(group)) + len(f"median {number(group.median)}") for group in groups if not group.hidden]
    return 7 + max(told, default=0)


def legend_of(groups: Sequence[Group], width: int, options: int) -> list[Line]:
    """What the dots in place of a strip and a + after a number mean; nothing where there are none."""
    lines: list[Line] = []
    if any(not group.hidden and group.counts is None for group in groups):
        lines.append((Part(f"  {_NO_BARS * options} no bars: too telling", Ink.MUTED),))
    least = min((group.answers for group in groups if group.at_least), default=None)
    if least is not None:
        lines.append((Part(f"  {least}+ at least {least}: the number would tell", Ink.MUTED),))
    return [_cut(line, width) for line in lines]


def groupings_lines(
    groupings: Sequence[tuple[str, Sequence[Group]]], width: int, glyphs: Glyphs = BLOCKS, *, options: int = 5
) -> list[Line]:
    """Units and levels: beside each other where there is room for two columns, else beneath."""
    every = [group for _, groups in groupings for group in groups]
    half = width // 2
    longest = max((cell_len(group.name) for group in every), default=0)
    if len(groupings) == 2 and half - 1 >= _figure_cells(every) + options + min(longest, _FEWEST_NAME_CELLS):
        left, right = (group_lines(title, groups, half - 1, glyphs, options=options) for title, groups in groupings)
        lines = beside(left, right, half)
    else:
        lines = [
            line for title, groups in groupings for line in group_lines(title, groups, width, glyphs, options=options)
        ]
    return [*lines, *legend_of(every, width, options)]


def beside(left: Sequence[Line], right: Sequence[Line], left_width: int) -> list[Line]:
    """Two blocks of lines side by side, the right one from `left_width` on."""
    lines: list[Line] = []
    for row in range(max(len(left), len(right))):
        first = left[row] if row < len(left) else ()
        gap = Part(" " * (left_width - width_of(first)))
        lines.append((*first, gap, *(right[row] if row < len(right) else ())))
    return lines


def _cut(line: Line, width: int) -> Line:
    """A line without what goes beyond the width."""
    kept: list[Part] = []
    for part in line:
        cells = cell_len(part.text)
        kept.append(part if cells <= width else Part(set_cell_size(part.text, width), part.ink))
        width -= min(cells, width)
    return tuple(part for part in kept if part.text)


class GroupStrips(Chart):
    """The breakdowns of one item: units, then levels."""

    def __init__(
        self,
        breakdowns: Sequence[tuple[str, Sequence[Group]]] = (),
        summary: str = "",
        *,
        options: int = 5,
        ascii: bool = False,  # noqa: A002  as in the base
        id: str | None = None,  # noqa: A002  as every widget names it
        classes: str | None = None,
    ) -> None:
        super().__init__(ascii=ascii, id=id, classes=classes)
        self._breakdowns, self._summary, self._options = tuple(breakdowns), summary, options

    def show(self, breakdowns: Sequence[tuple[str, Sequence[Group]]], summary: str = "", *, options: int = 5) -> None:
        """Show the groups of another item."""
        self._breakdowns, self._summary, self._options = tuple(breakdowns), summary, options
        self.redraw()

    def lines(self, width: int) -> list[Line]:
        """Each breakdown under its title, and the sentence beneath."""
        lines = groupings_lines(self._breakdowns, width, self.glyphs, options=self._options)
        return lines + (paragraph(self._summary, width) if self._summary else [])
