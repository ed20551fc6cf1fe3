"""Instruments: self-tests made of items, each answered on an ordinal scale."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

Direction = Literal["good", "bad"]
"""Whether a high answer is good (the default) or bad, as for a sign of something lacking."""

DONT_KNOW = 0
"""The answer "don't know"; options are numbered from 1, an item left out has no answer at all."""

SMALLEST_SCALE = 2
LARGEST_SCALE = 11


@dataclass(frozen=True, slots=True)
class Source:
    """Where content comes from; what a source does not state stays empty and is never guessed."""

    author: str = ""
    title: str = ""
    publisher: str = ""
    year: int | None = None
    url: str = ""

    def __str__(self) -> str:
        """One line of credit, in the order author, title, publisher, year; parts that are missing are left out."""
        year = "" if self.year is None else str(self.year)
        return ", ".join(part for part in (self.author, self.title, self.publisher, year) if part)


@dataclass(frozen=True, slots=True)
class Option:
    """One point of a scale: a short label and, where it helps, a sentence that anchors it."""

    label: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Called:
    """How an option is called where people answer: the number that names it, and the words that stand beside."""

    number: int
    words: str
    """The label, without the number that it begins with where that one names the option; it may be empty then."""


_NUMBERED_LABEL = re.compile(
    r"\(?([0-9]{1,2})(?:\)|(?![^\W_]|[%'’°]))"  # no "1st", no "5 %"
    r"\s*+(?:[-–—=:.)]\s*+)?+(?![0-9,/<>])(.*)",  # no "1-2 times", no "1.5"
    re.DOTALL,
)
_FIRST_NUMBER = re.compile(r"\W{0,2}([0-9]{1,4})")


@lru_cache(maxsize=256)
def called(options: tuple[Option, ...]) -> tuple[Called, ...]:
    """How each option is called where people answer.

    Where every label begins with a number, and these count one up or one down from option to option, as from 0 to 10 or
    from grade 6 to grade 1, the options are called by those. Else they are called by their places, from 1.
    """
    numbered = [_NUMBERED_LABEL.fullmatch(option.label.strip()) for option in options]
    own = [Called(int(found[1]), found[2].strip()) for found in numbered if found is not None]
    steps = {after.number - before.number for before, after in pairwise(own)}
    if len(own) == len(options) and steps in ({1}, {-1}):
        return tuple(own)
    return tuple(Called(place, option.label) for place, option in enumerate(options, start=1))


def misnumbered(options: tuple[Option, ...]) -> tuple[Option, int] | None:
    """The first option whose label begins with another number than the one it is called by, and that one, else None."""
    for option, each in zip(options, called(options), strict=True):
        begins = _FIRST_NUMBER.match(option.label.strip())
        if begins is not None and int(begins[1]) != each.number:
            return option, each.number
    return None


@dataclass(frozen=True, slots=True)
class Scale:
    """The ordered options of an item, lowest first; 2 to 11 of them."""

    id: str
    options: tuple[Option, ...]

    def __len__(self) -> int:
        return len(self.options)

    @property
    def called(self) -> tuple[Called, ...]:
        """How each option is called where people answer; what is stored are places from 1 all the same."""
        return called(self.options)

    def place_of(self, number: int) -> int | None:
        """The option, from 1, that is called by a number; None where none is."""
        return next((place for place, each in enumerate(self.called, start=1) if each.number == number), None)

    def called_at(self, place: float | None) -> float | None:
        """A place from 1, or one between two as a median may be, in the numbers that the options are called by."""
        first, second = self.called[:2]
        return None if place is None else first.number + (place - 1) * (second.number - first.number)


@dataclass(frozen=True, slots=True)
class Item:
    """One statement or question with an ordinal scale.

    A stage item (`model` is set) asks for a stage of that maturity model, and its scale is the model's stages.
    """

    id: str
    text: str
    scale: Scale
    theme: str = ""
    direction: Direction = "good"
    importance: int = 1
    """Weight in the order of discussion, 1 to 3."""
    help: str = ""
    model: str = ""
    stage: int | None = None
    """The stage (from 1) of which this item rates a sign, else None; `sign_of` names the model."""
    sign_of: str = ""

    @property
    def is_stage_item(self) -> bool:
        """Whether the item asks for a stage of a maturity model."""
        return bool(self.model)


@dataclass(frozen=True, slots=True)
class Instrument:
    """A self-test: ordered items from one source."""

    id: str
    title: str
    items: tuple[Item, ...]
    introduction: str = ""
    source: Source = Source()
    version: int = 1


def items_of(instruments: Iterable[Instrument]) -> tuple[Item, ...]:
    """All items of several instruments, in their order."""
    return tuple(item for instrument in instruments for item in instrument.items)
