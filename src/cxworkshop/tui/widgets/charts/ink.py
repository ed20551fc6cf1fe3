"""What the charts are drawn of: parts of lines with an ink, cut and wrapped by the cells a terminal gives them.

A chart is first laid out as lines of parts, a pure function of plain data, a width and a set of glyphs, and only then
painted. So a test reads the very characters, and meaning never hangs on a colour alone.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import lru_cache
from typing import Literal, NamedTuple

from rich.cells import cell_len, chop_cells, set_cell_size

from cxworkshop.domain.text import clean_line
from cxworkshop.domain.wording import figure


class Ink(StrEnum):
    """What a part of a line is; each ink is a component class `chart--<ink>` of the widgets."""

    TEXT = "text"
    STRONG = "strong"
    MUTED = "muted"
    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"
    BAR = "bar"
    EARLIER = "earlier"
    MARK = "mark"


class Part(NamedTuple):
    """A run of characters in one ink."""

    text: str
    ink: Ink = Ink.TEXT


Line = tuple[Part, ...]
"""One line of a chart."""


def text_of(lines: Iterable[Line]) -> list[str]:
    """The bare characters of lines, without white space at their ends."""
    return ["".join(part.text for part in line).rstrip() for line in lines]


def width_of(line: Line) -> int:
    """The cells a line takes."""
    return sum(cell_len(part.text) for part in line)


@lru_cache(maxsize=1024)
def fit(text: str, width: int, align: Literal["left", "right"] = "left") -> str:
    """A text from anywhere in exactly `width` cells: made harmless, cut with "…" where too long, else padded.

    Kept from one painting to the next, since making a text harmless looks at every character of it.
    """
    if width <= 0:
        return ""
    shown = clean_line(text)
    cells = cell_len(shown)
    if cells > width:
        return set_cell_size(set_cell_size(shown, width - 1).rstrip() + "…", width)
    return " " * (width - cells) + shown if align == "right" else shown + " " * (width - cells)


def wrap(text: str, width: int) -> list[str]:
    """A text from anywhere in lines of at most `width` cells, broken between words where that is possible."""
    return list(_kept_lines(text, max(width, 8)))


@lru_cache(maxsize=256)
def _kept_lines(text: str, width: int) -> tuple[str, ...]:
    """The lines of a text, kept from one painting to the next as those of `fit` are."""
    return tuple(_wrapped(clean_line(text, limit=2000), width))


def _wrapped(text: str, width: int) -> Iterator[str]:
    line = ""
    pieces = (piece for word in text.split() for piece in chop_cells(word, width))
    for piece in pieces:
        if line and cell_len(line) + 1 + cell_len(piece) > width:
            yield line
            line = piece
        else:
            line = f"{line} {piece}" if line else piece
    if line:
        yield line


def paragraph(text: str, width: int, *, indent: int = 1, ink: Ink = Ink.TEXT) -> list[Line]:
    """A wrapped text as lines of one ink, indented."""
    return [(Part(" " * indent), Part(line, ink)) for line in wrap(text, width - indent)]


def number(value: float | None) -> str:
    """A median or an agreement as people read it: no decimals where there are none, a dash where there is no value."""
    if value is None:
        return "–"
    return figure(value)
