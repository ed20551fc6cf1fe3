"""The characters charts are drawn with: one set for terminals that have block elements, one in plain ASCII."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True, eq=False)
class Glyphs:
    """One set of characters.

    `low`, `middle` and `high` fill the sides of a diverging bar and differ by form, `parts` are the beginnings of a
    cell from an eighth up, `heights` the bars of a strip from none to all.
    """

    full: str
    parts: str
    low: str
    middle: str
    high: str
    earlier: str
    axis: str
    line: str
    cross: str
    tick: str
    heights: str
    cursor: str
    median: str
    mirrored: str
    corner: str
    held: str
    up: str
    down: str
    moved: str
    tied: str
    near: str
    option: str
    senior: str
    front: str
    both: str


BLOCKS = Glyphs(
    full="█",
    parts="▏▎▍▌▋▊▉",
    low="▒",
    middle="░",
    high="█",
    earlier="▒",
    axis="│",
    line="─",
    cross="┼",
    tick="┤",
    heights="▁▂▃▄▅▆▇█",
    cursor="▶",
    median="◀",
    mirrored="▼",
    corner="└",
    held="═",
    up="▲",
    down="▼",
    moved="◆",
    tied="=",
    near="~",
    option="·",
    senior="●",
    front="○",
    both="◉",
)
"""For terminals with block elements, which are nearly all."""

ASCII = Glyphs(
    full="#",
    parts="",
    low="-",
    middle=".",
    high="=",
    earlier="=",
    axis="|",
    line="-",
    cross="+",
    tick="+",
    heights="_.:-=+*#",
    cursor=">",
    median="<",
    mirrored="v",
    corner="+",
    held="=",
    up="^",
    down="v",
    moved="*",
    tied="=",
    near="~",
    option=".",
    senior="L",
    front="F",
    both="X",
)
"""For terminals whose fonts break lines and blocks."""


def bar(share: float, cells: int, glyphs: Glyphs) -> str:
    """A bar that grows to the right, as long as `share` (0 to 1) of `cells`, to an eighth of a cell where possible.

    A share above nothing always shows; none at all is the thinnest line, so that its place is seen.
    """
    steps = len(glyphs.parts) + 1
    eighths = round(max(0.0, min(share, 1.0)) * cells * steps)
    if not eighths:
        thinnest = glyphs.parts[0] if glyphs.parts else ""
        return (glyphs.parts[1] if share > 0 else thinnest) if glyphs.parts else (glyphs.full if share > 0 else "")
    full, rest = divmod(eighths, steps)
    return glyphs.full * full + (glyphs.parts[rest - 1] if rest else "")


def strip_of(counts: Sequence[int], glyphs: Glyphs) -> str:
    """A row of small bars, one per option; only an option that nobody chose stands at the lowest height."""
    most = max(counts, default=0)
    highest = len(glyphs.heights) - 1
    return "".join(glyphs.heights[max(1, round(count * highest / most)) if count else 0] for count in counts)


@lru_cache(maxsize=512)
def diverging(counts: tuple[int, ...], half: int, glyphs: Glyphs, numbers: tuple[int, ...] = ()) -> tuple[str, str]:
    """A stacked bar around the middle of the scale, as its two halves of `half` cells each.

    Low options lie left of the middle, high ones right, the middle option of an odd scale across it. Every option's
    run begins with its number, so that it reads without colour; `half` cells stand for the whole room on one side.
    Options are called by `numbers`, else by their places from 1.
    """
    answers = sum(counts)
    if not answers:
        return " " * half, " " * half
    options = len(counts)
    left = sum(counts[: options // 2]) + (counts[options // 2] / 2 if options % 2 else 0)
    cells = [" "] * (2 * half)
    before = 0
    for option, count in enumerate(counts, start=1):
        start, end = (round(half + (place - left) * half / answers) for place in (before, before + count))
        before += count
        doubled = 2 * option - options - 1
        fill = glyphs.low if doubled < 0 else glyphs.high if doubled > 0 else glyphs.middle
        number = str(numbers[option - 1] if numbers else option)
        run = (number + fill * (end - start))[: end - start] if end - start >= len(number) else fill
        cells[start:end] = list(run[: end - start])
    return "".join(cells[:half]), "".join(cells[half:])
