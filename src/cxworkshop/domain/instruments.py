"""Instruments: self-tests made of items, each answered on an ordinal scale."""

from collections.abc import Iterable
from dataclasses import dataclass
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
class Scale:
    """The ordered options of an item, lowest first; 2 to 11 of them."""

    id: str
    options: tuple[Option, ...]

    def __len__(self) -> int:
        return len(self.options)


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
