"""Do units, or levels, see an item differently: rank tests between groups, and the verdict of a breakdown.

Groups are given as counts of answers per option, option 1 first.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations
from typing import Literal

from cxworkshop.domain.agreement import median
from cxworkshop.domain.disclosure import MINIMUM_GROUP

Verdict = Literal["against", "may_differ", "no", "not_tested"]
GroupPattern = Literal["unit_against_unit", "level_against_level"]

_MOST_EXACT_PEOPLE = 60

# One false alarm in a hundred items and factors, in simulation; 5 in a hundred would mean three in a workshop.
_FIRM_P = 0.01
_DOUBTFUL_P = 0.05
_LARGE_EPSILON_SQUARED = 0.14  # Tomczak & Tomczak 2014
_LARGE_DELTA = 0.474  # Romano et al. 2006


@dataclass(frozen=True, slots=True)
class KruskalWallis:
    """A Kruskal-Wallis test of so many answers: tie-corrected H, its degrees of freedom, chi-square p, ε² = H/(n-1)."""

    h: float
    degrees: int
    p: float
    epsilon_squared: float
    answers: int

    @property
    def eta_squared(self) -> float:
        """η²_H = (H-k+1)/(n-k) of k groups: ε² freed of what k groups show by chance, so below 0 where that is all.

        No verdict reads it; it is here to compare with studies that report it. 0 where each group is one person.
        """
        left = self.answers - self.degrees - 1
        return (self.h - self.degrees) / left if left else 0.0


@dataclass(frozen=True, slots=True)
class GroupTest:
    """What a breakdown says about an item.

    `against` is a firm difference, `may_differ` one to be spoken of with care, `no` none that shows, `not_tested` means
    fewer than two groups that are large enough. `largest_delta` is Cliff's δ without its sign, of the two groups in
    `pair` that are furthest apart.
    """

    verdict: Verdict
    groups: tuple[str, ...] = ()
    test: KruskalWallis | None = None
    largest_delta: float | None = None
    pair: tuple[str, str] | None = None


def chi_square_p(statistic: float, degrees: int) -> float:
    """The chance of a chi-square value at least this large: the regularised upper gamma function Q(degrees/2, x/2).

    Summed from its closed forms at 1/2 (erfc) and 1 (exp) by Q(a+1, x) = Q(a, x) + x^a e^-x / Γ(a+1).
    """
    if statistic <= 0 or degrees < 1:
        return 1.0
    x = statistic / 2
    order, total = (0.5, math.erfc(math.sqrt(x))) if degrees % 2 else (1.0, math.exp(-x))
    while order < degrees / 2:
        total += math.exp(order * math.log(x) - x - math.lgamma(order + 1))
        order += 1
    return min(1.0, total)


def kruskal_wallis(groups: Sequence[Sequence[int]]) -> KruskalWallis | None:
    """Kruskal & Wallis' rank test with midranks, for groups that share a scale; empty groups are left out.

    H is 0 where all answers are equal. None with fewer than two groups.
    """
    answered = [counts for counts in groups if any(counts)]
    if len(answered) < 2:
        return None
    totals = [sum(column) for column in zip(*answered, strict=True)]
    people = sum(totals)
    # Twice the distance of each option's midrank from the mean rank, which is a whole number.
    ranks: list[int] = []
    below = 0
    for total in totals:
        ranks.append(2 * below + total - people)
        below += total
    spread = sum(total * rank * rank for total, rank in zip(totals, ranks, strict=True))
    sums = ((sum(map(int.__mul__, counts, ranks)), sum(counts)) for counts in answered)
    between = sum(rank_sum * rank_sum / size for rank_sum, size in sums)
    epsilon_squared = between / spread if spread else 0.0
    h, degrees = epsilon_squared * (people - 1), len(answered) - 1
    return KruskalWallis(h, degrees, chi_square_p(h, degrees), epsilon_squared, people)


def cliffs_delta(one: Sequence[int], other: Sequence[int]) -> float | None:
    """Cliff's δ: the chance that somebody of `one` answers higher than somebody of `other`, minus the reverse.

    From -1 to 1; Vargha & Delaney's A is (δ+1)/2. None where a group is empty.
    """
    pairs = sum(one) * sum(other)
    if not pairs:
        return None
    higher, below, above = 0, 0, sum(other)
    for own, theirs in zip(one, other, strict=True):
        above -= theirs
        higher += own * (below - above)
        below += theirs
    return higher / pairs


def mann_whitney_p(one: Sequence[int], other: Sequence[int]) -> float | None:
    """Mann & Whitney's two-sided p with midranks: exact, given the ties, up to 60 people, by the normal curve above.

    The chance that a rank sum lies at least this far from what is expected, if the answers fell to the two groups at
    random; 1 where all answers are equal. None where a group is empty; of one person each it is 1. No verdict reads it,
    since that has to hold for any number of groups, and figures of tests between groups are shown nowhere.
    """
    size, people = sum(one), sum(one) + sum(other)
    if not size or size == people:
        return None
    totals = [own + theirs for own, theirs in zip(one, other, strict=True)]
    # Twice the distance of each option's midrank from the mean rank, as for Kruskal and Wallis.
    ranks = [2 * below - total - people for below, total in zip(accumulate(totals), totals, strict=True)]
    away = abs(sum(map(int.__mul__, one, ranks)))
    if people <= _MOST_EXACT_PEOPLE:
        ways = _rank_sums(totals, ranks, size)
        return sum(count for rank_sum, count in ways.items() if abs(rank_sum) >= away) / math.comb(people, size)
    spread = sum(total * rank * rank for total, rank in zip(totals, ranks, strict=True))
    variance = size * (people - size) * spread / (people * (people - 1))
    return math.erfc(away / math.sqrt(2 * variance)) if variance else 1.0


def _rank_sums(totals: Sequence[int], ranks: Sequence[int], size: int) -> Mapping[int, int]:
    """In how many ways so many people out of all can reach each sum of ranks."""
    ways: dict[tuple[int, int], int] = {(0, 0): 1}
    for total, rank in zip(totals, ranks, strict=True):
        further: dict[tuple[int, int], int] = defaultdict(int)
        for (taken, rank_sum), count in ways.items():
            for more in range(min(total, size - taken) + 1):
                further[taken + more, rank_sum + more * rank] += count * math.comb(total, more)
        ways = further
    return {rank_sum: count for (taken, rank_sum), count in ways.items() if taken == size}


def compare_groups(groups: Mapping[str, Sequence[int]], minimum: int = MINIMUM_GROUP) -> GroupTest:
    """The verdict on one breakdown of one item.

    "against" takes a Kruskal-Wallis p up to 0.01, ε² from 0.14, and two groups with |δ| from 0.474 whose medians lie a
    step or more apart; the same with a p up to 0.05 is "may_differ".

    Args:
        groups: Counts of each group that may be shown; a nameless group is people without a unit or level.
        minimum: Groups with fewer answers are left out of the test.
    """
    large = {name: counts for name, counts in groups.items() if name and sum(counts) >= minimum}
    test = kruskal_wallis(tuple(large.values()))
    if test is None:
        return GroupTest("not_tested", tuple(large))
    largest, pair, opposed = -1.0, None, False
    for one, other in combinations(large, 2):
        delta = abs(cliffs_delta(large[one], large[other]) or 0.0)
        opposed = opposed or (delta >= _LARGE_DELTA and _a_step_apart(large[one], large[other]))
        if delta > largest:
            largest, pair = delta, (one, other)
    verdict: Verdict = "no"
    if opposed and test.epsilon_squared >= _LARGE_EPSILON_SQUARED and test.p <= _DOUBTFUL_P:
        verdict = "against" if test.p <= _FIRM_P else "may_differ"
    return GroupTest(verdict, tuple(large), test, largest, pair)


def _a_step_apart(one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether the medians of two groups lie at least one option apart."""
    here, there = median(one), median(other)
    return here is not None and there is not None and abs(here - there) >= 1


def group_pattern(units: GroupTest, levels: GroupTest) -> GroupPattern | None:
    """Which breakdown explains an item: the one with a firm difference; of two, the one with the larger ε²."""
    unit_effect = units.test.epsilon_squared if units.test and units.verdict == "against" else -1.0
    level_effect = levels.test.epsilon_squared if levels.test and levels.verdict == "against" else -1.0
    if max(unit_effect, level_effect) < 0:
        return None
    return "unit_against_unit" if unit_effect >= level_effect else "level_against_level"
