"""What a session keeps of the one before it, as frozen values.

It is a copy, so that the later session reads the same when the earlier one was moved, restored elsewhere or removed. It
holds nothing but what may be shown of the earlier one: the room as a whole, and no group.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from cxworkshop.domain.instruments import Direction


@dataclass(frozen=True, slots=True)
class EarlierAnswers:
    """How the room answered an item in round 1 of the last session, with what tells whether it is the same item now."""

    text: str
    options: tuple[str, ...]
    counts: tuple[int, ...]
    """Answers per option, option 1 first."""
    dont_know: int = 0
    direction: Direction = "good"
    instrument: str = ""
    version: int = 1
    """Of the instrument."""


@dataclass(frozen=True, slots=True)
class LastTime:
    """The last session of the same organisation, as far as a later one compares with it."""

    id: str
    title: str
    held: date
    ballots: int = 0
    """In round 1; 0 where it was never revealed, and there are no answers then."""
    answers: Mapping[str, EarlierAnswers] = field(default_factory=dict)
    """By item id."""
