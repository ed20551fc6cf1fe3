"""The outline of a distribution, and of a course over three rounds, in words of the literature; for the report only.

The room hears patterns (see `patterns`), which know scale and size of the room; an outline only sees where counts rise
and fall. `counts` holds the number of answers per option, option 1 first; missing answers are not among them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

Letter = Literal["A", "J", "U", "S", "F", "L"]
"""A one peak inside, J rising to the upper end, L falling from the lower, U two ends, S several peaks, F flat."""

_FEWEST_OPTIONS = 3


@dataclass(frozen=True, slots=True)
class Outline:
    """A distribution in Galtung's letters.

    `steps` says of each option but the first whether it holds more answers than the one before (1), fewer (-1) or as
    many (0). `letter` is None where the strict system, which knows neither F nor L, has no letter. `skew` is that of
    agrmt: it compares the answers up to option m with those from m on, where m is K/2 rounded half to even. The halves
    are of different size where K is odd, and a flat room of five options leans up by it, so no document shows it.
    """

    letter: Letter | None
    skew: int
    steps: tuple[int, ...]


def outline_of(counts: Sequence[float], tolerance: float, *, strict: bool = False) -> Outline | None:
    """The outline after Galtung's AJUS (1969), with F and L as Ruedin's agrmt adds them; None below three options.

    Without answers, and with as many on each option, it is F; one answer is a peak, unless the tolerance flattens it.

    Args:
        counts: Answers per option.
        tolerance: By how many answers neighbours may differ and count as equal; see `fitting_tolerance`.
        strict: Only A, J, U and S, where J is a peak at either end.
    """
    if len(counts) < _FEWEST_OPTIONS:
        return None
    steps = tuple(_step(one, other, tolerance) for one, other in pairwise(counts))
    middle = round(len(counts) / 2)
    skew = _step(sum(counts[:middle]), sum(counts[middle - 1 :]), tolerance)
    turns = [step for step, _ in groupby(filter(None, steps))]
    if not turns and not _step(counts[0], counts[-1], tolerance):
        return Outline(None if strict else "F", skew, steps)
    if 1 not in turns and turns:
        return Outline("J" if strict else "L", -1, steps)
    if -1 not in turns:
        return Outline("J", 1, steps)
    letter: Letter = "A" if turns == [1, -1] else "U" if turns == [-1, 1] else "S"
    return Outline(letter, skew, steps)


def fitting_tolerance(answers: int) -> float:
    """A tolerance for rooms: one answer, or a twentieth of them. Without it nearly every small room is an S."""
    return max(1.0, answers / 20)


def _step(one: float, other: float, tolerance: float) -> int:
    """1 up, -1 down, 0 where the two differ by no more than the tolerance."""
    return 0 if abs(other - one) <= tolerance else 1 if other > one else -1


@dataclass(frozen=True, slots=True)
class Modes:
    """The options with most answers, how many each of them got at most, and whether they are neighbours."""

    options: tuple[int, ...]
    answers: int
    contiguous: bool


def modes_of(counts: Sequence[int], tolerance: float = 0) -> Modes | None:
    """The modes: every option within the tolerance of the fullest one; None without answers."""
    return _fullest(dict(enumerate(counts, start=1)), tolerance) if any(counts) else None


def second_modes_of(counts: Sequence[int], tolerance: float = 0) -> Modes | None:
    """The modes of what is left without the modes; None where nothing is left or nobody chose it."""
    first = modes_of(counts, tolerance)
    if first is None:
        return None
    rest = {option: count for option, count in enumerate(counts, start=1) if option not in first.options}
    return _fullest(rest, tolerance) if any(rest.values()) else None


def _fullest(counts: dict[int, int], tolerance: float) -> Modes:
    most = max(counts.values())
    options = tuple(option for option, count in counts.items() if most - count <= tolerance)
    return Modes(options, most, options[-1] - options[0] < len(options))


@dataclass(frozen=True, slots=True)
class Course:
    """A course over three points in time: 1 up, 0 flat, -1 down, first and then."""

    first: int
    then: int

    @property
    def number(self) -> int:
        """Its number among the nine types of the ISD system: 1 up and up, 5 flat and flat, 9 down and down."""
        return 3 * (1 - self.first) + (1 - self.then) + 1


def course_of(before: float, between: float, after: float, tolerance: float) -> Course:
    """The course of a figure over three points in time, after the ISD system (increase, stable, decrease) of agrmt.

    Args:
        before: The figure at the first point; a point without a figure makes no course.
        between: The second.
        after: The third.
        tolerance: By how much two figures may differ and count as equal.
    """
    return Course(_step(before, between, tolerance), _step(between, after, tolerance))
