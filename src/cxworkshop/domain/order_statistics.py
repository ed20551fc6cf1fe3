"""Quantiles and ranks of ordinal answers.

`counts` holds the number of answers per option, option 1 first; options are numbered from 1.
"""

from collections.abc import Sequence
from itertools import accumulate
from typing import Literal

QuantileType = Literal[2, 6, 7]
"""Which of Hyndman & Fan's definitions (1996): 7 is that of R and spreadsheets, 6 that of SPSS, 2 that of SAS."""


def quantile(counts: Sequence[int], percent: int, kind: QuantileType = 7) -> float | None:
    """The option number below which so many percent of the answers lie; None without answers.

    Types 7 and 6 go linearly between two answers, at (n-1)p and (n+1)p-1 of the sorted answers counted from 0; type 2
    halves the way where p·n is whole, else it takes the next answer. With one answer it is that answer.

    Args:
        counts: Answers per option.
        percent: From 0 to 100.
        kind: The definition; they differ in small rooms, so say which was used.
    """
    answers = sum(counts)
    if not answers:
        return None
    last = answers - 1
    if kind == 2:
        position, rest = divmod(answers * percent, 100)
        upper = _answer_at(counts, min(position, last))
        return float(upper if rest else (_answer_at(counts, max(position - 1, 0)) + upper) / 2)
    place = last * percent if kind == 7 else (answers + 1) * percent - 100
    position, rest = divmod(min(max(place, 0), 100 * last), 100)
    lower = _answer_at(counts, position)
    return float(lower if not rest else lower + (_answer_at(counts, position + 1) - lower) * rest / 100)


def _answer_at(counts: Sequence[int], position: int) -> int:
    """The option at a position of the sorted answers, counted from 0."""
    for option, below in enumerate(accumulate(counts), start=1):
        if position < below:
            return option
    raise IndexError(position)


def doubled_midranks(values: Sequence[float]) -> list[int]:
    """Twice the rank of each value from 1, equal values sharing theirs; twice, since midranks may end in a half."""
    ordered = sorted(values)
    places = {value: 2 * ordered.index(value) + ordered.count(value) + 1 for value in set(values)}
    return [places[value] for value in values]
