"""How far a room agrees: Blair & Lacy's l² as the one primary measure, with the order statistics shown beside it.

Everywhere `counts` holds the number of answers per option, option 1 first, "don't know" and items left out not among
them; options are numbered from 1. All sums are kept in whole numbers, so that each figure is rounded once.
"""

from collections.abc import Sequence
from itertools import accumulate
from typing import Literal

from cxworkshop.domain.order_statistics import quantile

Band = Literal["close", "mixed", "apart"]
"""How close a group is, coarse enough not to give anybody's answer away."""

_CLOSE_AT_MOST = (2, 5)
_APART_AT_LEAST = (7, 10)


def _split_pairs(counts: Sequence[int]) -> tuple[int, int]:
    """The answers n, and the sum over all cuts between two options of (answers below) x (answers above)."""
    below = tuple(accumulate(counts))
    answers = below[-1] if below else 0
    return answers, sum(part * (answers - part) for part in below)


def lsquared(counts: Sequence[int]) -> float | None:
    """Blair & Lacy's l² (2000): 1 - 4/(K-1) · Σ F(1-F) over the cumulative shares F.

    1 when everybody gave the same answer, 0 with half the room at each end (1/n² where n is odd). None below two
    answers or two options, where there is nothing to agree about.
    """
    answers, pairs = _split_pairs(counts)
    if answers < 2 or len(counts) < 2:
        return None
    whole = (len(counts) - 1) * answers * answers
    return (whole - 4 * pairs) / whole


def agreement(counts: Sequence[int]) -> float | None:
    """100 · l²: 100 is one answer from all, 0 half the room at each end; None below two answers or two options."""
    answers, pairs = _split_pairs(counts)
    if answers < 2 or len(counts) < 2:
        return None
    whole = (len(counts) - 1) * answers * answers
    return 100 * (whole - 4 * pairs) / whole


def one_vote_bound(answers: int, options: int) -> float:
    """The most points of agreement that one person moving one step can change: 400(n-1)/((K-1)n²).

    Items closer than this count as tied, and a change between rounds below it as no change. 0 below two answers or
    two options.
    """
    if answers < 2 or options < 2:
        return 0.0
    return 400 * (answers - 1) / ((options - 1) * answers * answers)


def adjusted_disagreement(counts: Sequence[int]) -> float | None:
    """D* = min(1, (1-l²) · n/(n-1)): disagreement freed of the drift of small groups, to compare groups of any size.

    0 is full agreement, 1 half at each end; None below two answers or two options.
    """
    answers, pairs = _split_pairs(counts)
    if answers < 2 or len(counts) < 2:
        return None
    return min(1.0, 4 * pairs / ((len(counts) - 1) * answers * (answers - 1)))


def band(counts: Sequence[int]) -> Band | None:
    """A group's closeness in a word, by D*: close up to 0.4, apart from 0.7, else mixed; None below two answers."""
    answers, pairs = _split_pairs(counts)
    if answers < 2 or len(counts) < 2:
        return None
    distance, full = 4 * pairs, (len(counts) - 1) * answers * (answers - 1)
    if distance * _CLOSE_AT_MOST[1] <= full * _CLOSE_AT_MOST[0]:
        return "close"
    return "apart" if distance * _APART_AT_LEAST[1] >= full * _APART_AT_LEAST[0] else "mixed"


def mean_pair_gap(counts: Sequence[int]) -> float | None:
    """By how many steps two people differ on average, over all pairs of different people; None below two answers."""
    answers, pairs = _split_pairs(counts)
    return None if answers < 2 else 2 * pairs / (answers * (answers - 1))


def median(counts: Sequence[int]) -> float | None:
    """The median option number, halfway where it falls between two; None without answers."""
    return quantile(counts, 50)


def quartiles(counts: Sequence[int]) -> tuple[float, float] | None:
    """The first and third quartile of the option numbers, by quantile type 7 (as R and numpy); None without answers."""
    first, third = quantile(counts, 25), quantile(counts, 75)
    return None if first is None or third is None else (first, third)


def lower_median(counts: Sequence[int]) -> int | None:
    """The stage at which a room stands: its median, or the stage below a median that lies between two stages.

    A room that is unsure between two stages has not reached the higher one. None without answers.
    """
    middle = median(counts)
    return None if middle is None else int(middle)
