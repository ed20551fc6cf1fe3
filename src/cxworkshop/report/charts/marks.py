"""What charts are made of: marks on a sheet 400 wide, printed as SVG by a template. Looks are classes of the style."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar, TypeVar

WIDTH = 400.0
"""Of every chart, in the units of its marks; a character of its words is about 7 wide and 12 high."""

_CHARACTER = 7.0
_PAGE = 15

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle; `says` is told where somebody points at it."""

    kind: ClassVar[str] = "bar"

    x: float
    y: float
    width: float
    height: float
    look: str = "bar"
    says: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """One line of words, of which `x` is the start, middle or end."""

    kind: ClassVar[str] = "words"

    x: float
    y: float
    text: str
    look: str = "words"
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line."""

    kind: ClassVar[str] = "stroke"

    x: float
    y: float
    to_x: float
    to_y: float
    look: str = "rule"


@dataclass(frozen=True, slots=True)
class Area:
    """A shape with a border of lines and curves, in the words of SVG's paths."""

    kind: ClassVar[str] = "area"

    path: str
    look: str
    says: str = ""


Mark = Bar | Words | Stroke | Area


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart.

    Its title says what it is of, its description what it shows to whoever cannot see it. The id is ours, and stands
    once in a page.
    """

    id: str
    title: str
    description: str
    height: float
    marks: tuple[Mark, ...]


def fitted(text: str, width: float) -> str:
    """Text cut to a width, ending in "…" where it was longer."""
    room = width / _CHARACTER
    if length_of(text) <= width:
        return text
    kept = ""
    for character in text:
        if (length_of(kept) + length_of(character)) / _CHARACTER > room - 1:
            break
        kept += character
    return f"{kept.rstrip()}…"


def length_of(text: str) -> float:
    """About how wide a text is drawn."""
    return _CHARACTER * sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def listed(parts: Sequence[str]) -> str:
    """Parts of a description as one sentence; empty where there are none."""
    return f"{'; '.join(parts)}." if parts else ""


def on_pages(rows: Sequence[T]) -> list[list[T]]:
    """Rows in parts of about the same length, none taller in a chart than a page of paper."""
    parts = -(-len(rows) // _PAGE)
    ends = [len(rows) * part // parts for part in range(parts + 1)] if parts else []
    return [list(rows[start:end]) for start, end in pairwise(ends)]
