"""Measures of change on one item between two rounds, of the same people where they are matched.

For the report, and for whether an item has settled. Every measure is None where it is not defined.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cxworkshop.domain.order_statistics import doubled_midranks

_MOST_EXACT_PAIRS = 60


@dataclass(frozen=True, slots=True)
class SignedRanks:
    """Wilcoxon's signed rank test: the rank sum of those who went down, how many moved at all, two-sided p."""

    v: float
    moved: int
    p: float


def wilcoxon(pairs: Iterable[tuple[float, float]]) -> SignedRanks | None:
    """Wilcoxon's signed rank test of before and after, without those who did not move, ties at midranks.

    Exact, given the ties, up to 60 people who moved; by the normal curve above. None where nobody moved.
    """
    steps = [before - after for before, after in pairs if before != after]
    if not steps:
        return None
    ranks = doubled_midranks([abs(step) for step in steps])
    down = sum(rank for rank, step in zip(ranks, steps, strict=True) if step > 0)
    chance = _chance_exact(ranks, down) if len(ranks) <= _MOST_EXACT_PAIRS else _chance_normal(ranks, down)
    return SignedRanks(down / 2, len(steps), chance)


def _chance_exact(ranks: Sequence[int], down: int) -> float:
    """The two-sided chance of a rank sum this far out, over all ways to give the ranks a sign."""
    total = sum(ranks)
    ways = [1] + [0] * total
    reached = 0
    for rank in ranks:
        reached += rank
        for place in range(reached, rank - 1, -1):
            ways[place] += ways[place - rank]
    tail = sum(ways[: min(down, total - down) + 1])
    return min(1.0, 2 * tail / (1 << len(ranks)))


def _chance_normal(ranks: Sequence[int], down: int) -> float:
    """The same by the normal curve."""
    away = abs(down - sum(ranks) / 2)
    return math.erfc(away / math.sqrt(sum(rank * rank for rank in ranks) / 2))


def weighted_kappa(pairs: Sequence[tuple[int, int]]) -> float | None:
    """Cohen's κ (1968) with quadratic weights between two rounds of the same people.

    It falls to 0 as a room converges, so no words go with it. None where all answers of both rounds are equal.
    """
    if not pairs:
        return None
    apart = sum((before - after) ** 2 for before, after in pairs) * len(pairs)
    by_chance = sum((before - after) ** 2 for before, _ in pairs for _, after in pairs)
    return 1 - apart / by_chance if by_chance else None


def share_unchanged(pairs: Sequence[tuple[int, int]]) -> float | None:
    """The share of people who gave the same answer in both rounds; None without people."""
    return sum(before == after for before, after in pairs) / len(pairs) if pairs else None


def net_change(before: Sequence[int], after: Sequence[int]) -> float | None:
    """Scheibe, Skutsch & Schofer's net change (1975): ½ Σ |difference of shares| between two rounds' counts.

    Swaps cancel, so it says how much the picture changed, not how many people did. None where a round has no answers.
    """
    people, people_after = sum(before), sum(after)
    if not people or not people_after:
        return None
    moved = sum(abs(new * people - old * people_after) for old, new in zip(before, after, strict=True))
    return moved / (2 * people * people_after)
