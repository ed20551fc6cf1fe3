"""How the answers to one item lie over its options, in one round or in two beside each other."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from cxworkshop.tui.widgets.charts.chart import Chart
from cxworkshop.tui.widgets.charts.glyphs import BLOCKS, Glyphs, bar
from cxworkshop.tui.widgets.charts.ink import Ink, Line, Part, fit, paragraph

_WIDEST_BAR = 40
_FEWEST_ANCHOR_CELLS = 36
_FEWEST_BAR_CELLS = 14
"""Bars keep as many before labels get more than a third of the width."""

_FEWEST_FULL = 4
"""A bar is full from this many answers on, so that two lone answers do not look like a crowd."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An option as a chart names it."""

    label: str
    anchor: str = ""
    number: int | None = None
    """What it is called by; its place from 1 where nothing is given."""


@dataclass(frozen=True, slots=True)
class Pass:
    """The counts of one round, option 1 first, and what was not an answer; None where that may not be said."""

    counts: tuple[int, ...]
    title: str = ""
    dont_know: int | None = None
    left_out: int | None = None

    @property
    def answers(self) -> int:
        """How many gave an answer."""
        return sum(self.counts)


def distribution_lines(
    choices: Sequence[Choice],
    passes: Sequence[Pass],
    width: int,
    glyphs: Glyphs = BLOCKS,
    *,
    medians: Collection[int] = (),
    median_word: str = "median",
) -> list[Line]:
    """One line per option: number, label, bar and count per round, and the anchor where there is room.

    Args:
        choices: The options, lowest first.
        passes: One round, or the earlier and the later one of which the earlier is drawn in another pattern.
        width: Cells to fill.
        glyphs: Characters to draw with.
        medians: Options to mark as where the median is, as for the stage of a model: one, or the two it lies between.
        median_word: What the mark says.
    """
    numbers = [str(place if each.number is None else each.number) for place, each in enumerate(choices, start=1)]
    digits = max(map(len, numbers), default=1)
    most = max((max(each.counts, default=0) for each in passes), default=0)
    count_cells = len(str(most))
    mark = f" {glyphs.median} {median_word}" if medians else ""
    besides = 1 + digits + 1 + 2 + len(mark)
    beyond = width - besides - len(passes) * (_FEWEST_BAR_CELLS + count_cells + 3)
    longest = max((cell_len(choice.label) for choice in choices), default=1)
    labels = min(longest, max(width * 35 // 100, 14, beyond))
    room = (width - besides - labels) // max(len(passes), 1) - count_cells - 3
    halved = max(room // 2, 8)
    anchors = len(passes) == 1 and any(choice.anchor for choice in choices) and room - halved >= _FEWEST_ANCHOR_CELLS
    bars = max(4, min(halved if anchors else room, _WIDEST_BAR))
    anchor_cells = room - bars if anchors else 0
    lines: list[Line] = []
    if len(passes) > 1:
        titles = "".join(fit(f"{each.title} · {each.answers}", bars + count_cells + 3) for each in passes)
        lines.append((Part(" " * (1 + digits + 1 + labels + 2)), Part(titles.rstrip(), Ink.MUTED)))
    for position, choice in enumerate(choices):
        line = [
            Part(f" {fit(numbers[position], digits, 'right')} ", Ink.STRONG),
            Part(fit(choice.label, labels) + "  "),
        ]
        for order, each in enumerate(passes):
            earlier = len(passes) > 1 and order == 0
            count = each.counts[position]
            share = count / max(most, _FEWEST_FULL)
            drawn = glyphs.earlier * max(round(share * bars), count > 0) if earlier else bar(share, bars, glyphs)
            rest = bars - cell_len(drawn) + 2
            line += [
                Part(drawn, Ink.EARLIER if earlier else Ink.BAR),
                Part(f" {count:>{count_cells}}", Ink.STRONG),
                Part(" " * rest),
            ]
        if mark:
            line.append(Part(mark if position + 1 in medians else " " * len(mark), Ink.MARK))
        if anchor_cells:
            line.append(Part("  " + fit(choice.anchor, anchor_cells - 2), Ink.MUTED))
        lines.append(tuple(line))
    return lines


def tail(one: Pass) -> str:
    """How many stand behind a distribution, and how many gave no answer: "12 answers · 2 don't know · 1 left out"."""
    parts = [f"{one.answers} {'answer' if one.answers == 1 else 'answers'}"]
    if one.dont_know:
        parts.append(f"{one.dont_know} don't know")
    if one.left_out:
        parts.append(f"{one.left_out} left out")
    return " · ".join(parts)


class Distribution(Chart):
    """The distribution of one item, with a second round beside it where there is one."""

    def __init__(
        self,
        choices: Sequence[Choice] = (),
        passes: Sequence[Pass] = (),
        summary: str = "",
        *,
        ascii: bool = False,  # noqa: A002  as in the base
        id: str | None = None,  # noqa: A002  as every widget names it
        classes: str | None = None,
    ) -> None:
        super().__init__(ascii=ascii, id=id, classes=classes)
        self._choices, self._passes, self._summary = tuple(choices), tuple(passes), summary

    def show(self, choices: Sequence[Choice], passes: Sequence[Pass], summary: str = "") -> None:
        """Show another item, or newer counts."""
        self._choices, self._passes, self._summary = tuple(choices), tuple(passes), summary
        self.redraw()

    def lines(self, width: int) -> list[Line]:
        """The bars, what stands behind them, and the sentence beneath."""
        if not self._passes:
            return []
        lines = distribution_lines(self._choices, self._passes, width, self.glyphs)
        if len(self._passes) == 1:
            lines.append((Part(f" {tail(self._passes[0])}", Ink.MUTED),))
        lines += paragraph(self._summary, width)
        return lines
