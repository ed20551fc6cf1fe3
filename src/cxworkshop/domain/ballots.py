"""Ballots: one participant's answers in one round, and tallies keyed in from a show of hands."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Ballot:
    """One participant's answers in one round.

    An answer is an option number from 1, or `DONT_KNOW` (0); an item without an entry was left out. In a round of dots
    the number is how many dots the candidate got.
    """

    round: str
    """The key of the round it belongs to."""
    code: str
    """The ballot's own short code: it leads its owner back to the ballot and pairs rounds, and stands on no roll."""
    answers: Mapping[str, int]
    comments: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    level: str = ""
    participant: str = ""
    """Whose it is, in the open privacy mode only; empty in every other."""


@dataclass(frozen=True, slots=True)
class Tally:
    """A show of hands on one item: how many hands each option got, option 1 first."""

    counts: tuple[int, ...]
    dont_know: int = 0


@dataclass(frozen=True, slots=True)
class ImportedBallot:
    """A ballot read from a file, before it meets a session."""

    participant: str
    unit: str
    level: str
    round: int | None
    answers: Mapping[str, int]
    comments: Mapping[str, str]
    line: int
    """The line of the file (from 1) where it begins, for messages."""
    code: str = ""
    """The participant's own code, or one that a form gave: the same in every round. Empty where there is none."""
