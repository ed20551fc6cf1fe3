"""Measures of several items that share a scale: how far people agree over them, and whether they order them alike.

For the report only. `items` holds the counts of each item: the number of answers per option, option 1 first. Every
measure is None where it is not defined.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations
from typing import Literal

from cxworkshop.domain.groups import chi_square_p
from cxworkshop.domain.measures import variance
from cxworkshop.domain.order_statistics import doubled_midranks

Level = Literal["ordinal", "interval"]
"""What is made of the distance of two options: how many answers lie between them, or how many steps."""


def r_wg_of_items(items: Sequence[Sequence[int]]) -> float | None:
    """r_wg(j) (James, Demaree & Wolf 1984): r_wg of several items of one scale together; 0 none to 1 full agreement.

    J(1-q)/(J(1-q)+q), where q is the mean variance over that of a flat spread. It rises with the number of items alone;
    `lindell` does not. None without items, or with one below two answers; 0 from a flat spread on.
    """
    share = _share_of_flat(items)
    if share is None:
        return None
    return 0.0 if share > 1 else len(items) * (1 - share) / (len(items) * (1 - share) + share)


def lindell(items: Sequence[Sequence[int]]) -> float | None:
    """Lindell, Brandt & Whitney's r*_wg(j) (1999): 1-q as in `r_wg_of_items`, without the gain by more items.

    1 full agreement, 0 a flat spread, below 0 more than that, down to about -2 with half at each end of a long scale.
    """
    share = _share_of_flat(items)
    return None if share is None else 1 - share


def _share_of_flat(items: Sequence[Sequence[int]]) -> float | None:
    """The mean variance of the items over that of a flat spread over as many options."""
    if not items or any(sum(counts) < 2 or len(counts) < 2 for counts in items):
        return None
    return sum(map(variance, items)) / len(items) * 12 / (len(items[0]) ** 2 - 1)


def share_alike(items: Iterable[Sequence[int]], steps: int = 0) -> float | None:
    """The share of items on which all answers lie within so many steps; 0 to 1. Raw agreement, not freed of chance.

    An item counts with the answers it has, one below two answers not at all; None where none is left.
    """
    spans = [_span(counts) for counts in items if sum(counts) >= 2]
    return sum(span <= steps for span in spans) / len(spans) if spans else None


def _span(counts: Sequence[int]) -> int:
    """How many steps lie between the lowest and the highest answer."""
    given = [option for option, count in enumerate(counts) if count]
    return given[-1] - given[0]


def krippendorff_alpha(items: Sequence[Sequence[int]], level: Level = "ordinal") -> float | None:
    """Krippendorff's α over all items of a session that share a scale: 1 all alike, 0 as by chance, below 0 worse.

    1 - D_o/D_e with δ(c,k) = (Σ n_g from c to k - (n_c+n_k)/2)² for ordinal answers, (c-k)² for equal steps. People may
    leave items out: an item counts with the answers it has, one with a single answer not at all. Low values are normal
    where people rate one organisation. None where all answers are equal or none can be paired.
    """
    paired = [counts for counts in items if sum(counts) >= 2]
    if not paired:
        return None
    totals = [sum(column) for column in zip(*paired, strict=True)]
    everything = sum(totals)
    below = [0, *accumulate(totals)]
    observed = by_chance = 0.0
    for low, high in combinations(range(len(totals)), 2):
        between = below[high + 1] - below[low] - (totals[low] + totals[high]) / 2
        distance = between**2 if level == "ordinal" else (high - low) ** 2
        observed += distance * sum(counts[low] * counts[high] / (sum(counts) - 1) for counts in paired)
        by_chance += distance * totals[low] * totals[high]
    return 1 - (everything - 1) * observed / by_chance if by_chance else None


@dataclass(frozen=True, slots=True)
class Concordance:
    """Kendall's W: how alike people order the items, from 0 to 1, by those `people` who answered all of them."""

    w: float
    people: int
    items: int
    chi_square: float
    p: float


def kendall_w(rows: Iterable[Sequence[int | None]]) -> Concordance | None:
    """Kendall's coefficient of concordance, corrected for ties: 12S/(m²(N³-N) - mΣ(t³-t)).

    Args:
        rows: One row for each person with an answer to each item, None where there is none. Incomplete rows are left
            out, so say how many people were used.

    None below two complete rows or two items, or where everybody gave all items the same answer.
    """
    complete = [[value for value in row if value is not None] for row in rows if None not in row]
    if len(complete) < 2 or len(complete[0]) < 2:
        return None
    people, items = len(complete), len(complete[0])
    ranks = [doubled_midranks(row) for row in complete]
    sums = [sum(column) for column in zip(*ranks, strict=True)]
    mean = people * (items + 1)
    spread = 3 * sum((own - mean) ** 2 for own in sums)
    ties = sum(count**3 - count for row in complete for count in map(row.count, set(row)))
    possible = people**2 * (items**3 - items) - people * ties
    if not possible:
        return None
    w = spread / possible
    chi_square = people * (items - 1) * w
    return Concordance(w, people, items, chi_square, chi_square_p(chi_square, items - 1))
