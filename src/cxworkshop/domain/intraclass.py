"""Intraclass correlations: how much of the difference between answers is between items, and how much between people.

They take equal steps for granted and are read from option numbers. Low or negative values are usual where people rate
one organisation, since most of its items are answered much alike.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

FEWEST = 2
"""Fewest items, and fewest people, between whom anything can be compared."""


@dataclass(frozen=True, slots=True)
class OneWay:
    """A one-way analysis of variance of answers in groups, which are the items here.

    `icc1` is ICC(1) = (MSB - MSW)/(MSB + (g-1)·MSW) with g the mean size of a group: 1 where all answers of a group are
    alike, below 0 where groups differ less than their members, down to -1/(g-1). `icc2` is ICC(2) = (MSB - MSW)/MSB,
    how far the groups' means can be told apart: up to 1 and without a lower end, None where all means are equal.
    `eta_squared` is the share of the whole variance that is between groups, 0 to 1. With groups of one size the first
    two are Shrout & Fleiss' ICC(1,1) and ICC(1,k) (1979).
    """

    icc1: float
    icc2: float | None
    eta_squared: float


def one_way(groups: Iterable[Sequence[int]]) -> OneWay | None:
    """The analysis of groups given as counts of answers per option of one scale (Bliese 2000).

    A missing answer is simply not counted, and a group without answers is left out. None with fewer than two groups,
    with no group of two answers, or where all answers are equal.
    """
    answered = [counts for counts in groups if any(counts)]
    sizes = [sum(counts) for counts in answered]
    people = sum(sizes)
    if len(answered) < FEWEST or people == len(answered):
        return None
    totals = [sum(option * count for option, count in enumerate(counts)) for counts in answered]
    squares = sum(option * option * count for counts in answered for option, count in enumerate(counts))
    by_group = sum(Fraction(total * total, size) for total, size in zip(totals, sizes, strict=True))
    middle = Fraction(sum(totals) ** 2, people)
    if squares == middle:
        return None
    between = (by_group - middle) / (len(answered) - 1)
    within = (squares - by_group) / (people - len(answered))
    size = Fraction(people, len(answered))
    return OneWay(
        icc1=float((between - within) / (between + (size - 1) * within)),
        icc2=float((between - within) / between) if between else None,
        eta_squared=float((by_group - middle) / (squares - middle)),
    )


@dataclass(frozen=True, slots=True)
class TwoWay:
    """Shrout & Fleiss' ICC(2,1) (1979): absolute agreement of single answers, by the people who answered all items."""

    icc: float
    people: int
    items: int


def two_way(rows: Iterable[Sequence[int | None]]) -> TwoWay | None:
    """ICC(2,1) = (MSR - MSE)/(MSR + (k-1)·MSE + k·(MSC - MSE)/n) of n items answered by k people; at most 1.

    Args:
        rows: One row for each person with an answer to each item, None where there is none. Incomplete rows are left
            out, so say how many people were used.

    None below two complete rows or two items, where all answers are equal, and where two people cross on two items.
    """
    complete = [[value for value in row if value is not None] for row in rows if None not in row]
    if len(complete) < FEWEST or len(complete[0]) < FEWEST:
        return None
    people, items = len(complete), len(complete[0])
    middle = Fraction(sum(map(sum, complete)) ** 2, people * items)
    by_item = Fraction(sum(sum(column) ** 2 for column in zip(*complete, strict=True)), people) - middle
    by_person = Fraction(sum(sum(row) ** 2 for row in complete), items) - middle
    rest = sum(value * value for row in complete for value in row) - middle - by_item - by_person
    of_items, of_people = by_item / (items - 1), by_person / (people - 1)
    error = rest / ((items - 1) * (people - 1))
    spread = of_items + (people - 1) * error + people * (of_people - error) / items
    return TwoWay(float((of_items - error) / spread), people, items) if spread else None
