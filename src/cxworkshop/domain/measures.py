"""Secondary measures, for the report only: other indices of one item, of a whole session, and of two rounds.

The room sees agreement (see `agreement`); these stand beside it for readers who know them. `counts` holds the number of
answers per option, option 1 first. Every measure is None where it is not defined, below two answers above all.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, combinations

from cxworkshop.domain.agreement import median
from cxworkshop.domain.groups import chi_square_p
from cxworkshop.domain.patterns import window_width

_MOST_EXACT_PAIRS = 60


def window_share(counts: Sequence[int]) -> float | None:
    """The largest share of answers that neighbouring options hold: two of five, as wide as a consensus may be."""
    answers, width = sum(counts), window_width(len(counts))
    if not answers:
        return None
    return max(sum(counts[first : first + width]) for first in range(len(counts) - width + 1)) / answers


def deviation_from_median(counts: Sequence[int]) -> float | None:
    """AD_Md (Burke et al. 1999): the mean distance from the median, in steps; up to K/6 is practical agreement."""
    middle = median(counts)
    if middle is None or sum(counts) < 2:
        return None
    return sum(count * abs(option - middle) for option, count in enumerate(counts, start=1)) / sum(counts)


def deviation_from_mean(counts: Sequence[int]) -> float | None:
    """AD_M (Burke et al. 1999): the mean distance from the mean, which takes equal steps for granted."""
    answers = sum(counts)
    if answers < 2:
        return None
    total = sum(option * count for option, count in enumerate(counts, start=1))
    distances = sum(count * abs(option * answers - total) for option, count in enumerate(counts, start=1))
    return distances / answers**2


def leik(counts: Sequence[int]) -> float | None:
    """Leik's D (1966): 2/(K-1) · Σ min(F, 1-F) over the cumulative shares; 0 one answer from all, 1 two ends."""
    answers = sum(counts)
    if answers < 2 or len(counts) < 2:
        return None
    return 2 * sum(min(below, answers - below) for below in accumulate(counts)) / ((len(counts) - 1) * answers)


def ordinal_variation(counts: Sequence[int]) -> float | None:
    """Berry & Mielke's IOV (1992): disagreement as a share of the most that this many people can reach."""
    answers, steps = sum(counts), len(counts) - 1
    if answers < 2 or steps < 1:
        return None
    pairs = sum(below * (answers - below) for below in accumulate(counts))
    return 4 * pairs / (steps * (answers**2 - answers % 2))


def van_der_eijk(counts: Sequence[int]) -> float | None:
    """Van der Eijk's A (2001): 1 one answer from all, 0 as many on each option, -1 half at each end.

    A negative A does not find camps that lie inside the scale: two camps at 2 and 4 of 5 give +0.17. None below two
    answers or three options.
    """
    answers = sum(counts)
    if answers < 2 or len(counts) < 3:
        return None
    rest, total = list(counts), 0.0
    while any(rest):
        height = min(count for count in rest if count)
        pattern = tuple(count > 0 for count in rest)
        total += height * sum(pattern) * _layer_agreement(pattern)
        rest = [count - height if count else 0 for count in rest]
    return total / answers


@lru_cache(maxsize=4096)
def _layer_agreement(pattern: tuple[bool, ...]) -> float:
    """Van der Eijk's A of one layer, which holds the same number of answers on some options and none on the others."""
    options, filled = len(pattern), sum(pattern)
    if filled == 1:
        return 1.0
    unimodal = bimodal = 0
    for low, middle, high in combinations(pattern, 3):
        unimodal += (low and middle and not high) or (not low and middle and high)
        bimodal += low and not middle and high
    if not unimodal + bimodal:
        return 0.0
    unimodality = ((options - 2) * unimodal - (options - 1) * bimodal) / ((options - 2) * (unimodal + bimodal))
    return unimodality * (1 - (filled - 1) / (options - 1))


def tastle_wierman(counts: Sequence[int]) -> float | None:
    """Tastle & Wierman's consensus (2007): 1 + Σ p·log2(1 - |i-mean|/(K-1)); 1 one answer from all, 0 half at each end.

    It goes through the mean, so it takes equal steps for granted.
    """
    answers, steps = sum(counts), len(counts) - 1
    if answers < 2 or steps < 1:
        return None
    mean = sum(option * count for option, count in enumerate(counts)) / answers
    return 1 + sum(
        count / answers * math.log2(1 - abs(option - mean) / steps) for option, count in enumerate(counts) if count
    )


def _variance(counts: Sequence[int]) -> float:
    """The variance of the option numbers, with n-1."""
    answers = sum(counts)
    total = sum(option * count for option, count in enumerate(counts))
    squares = sum(option * option * count for option, count in enumerate(counts))
    return (answers * squares - total * total) / (answers * (answers - 1))


def r_wg(counts: Sequence[int]) -> float | None:
    """James, Demaree & Wolf's r_wg (1984) against a flat spread, cut at 0: no guide to the order of split items."""
    if sum(counts) < 2 or len(counts) < 2:
        return None
    return max(0.0, 1 - _variance(counts) * 12 / (len(counts) ** 2 - 1))


def r_wg_of_items(items: Sequence[Sequence[int]]) -> float | None:
    """r_wg(j), the same for several items of one scale together; None without items, or with one below two answers."""
    if not items or any(sum(counts) < 2 or len(counts) < 2 for counts in items):
        return None
    flat = (len(items[0]) ** 2 - 1) / 12
    ratio = sum(map(_variance, items)) / len(items) / flat
    if ratio > 1:
        return 0.0
    return len(items) * (1 - ratio) / (len(items) * (1 - ratio) + ratio)


def esteban_ray(counts: Sequence[int], sensitivity: float = 1.0) -> float | None:
    """Esteban & Ray's polarisation (1994), as a share of that of half at each end; `sensitivity` α is in 0..1.6."""
    answers, steps = sum(counts), len(counts) - 1
    if answers < 2 or steps < 1:
        return None
    shares = [count / answers for count in counts]
    raw = sum(
        own ** (1 + sensitivity) * other * abs(here - there)
        for here, own in enumerate(shares)
        for there, other in enumerate(shares)
        if own and other
    )
    return float(raw / (2 * 0.5 ** (2 + sensitivity) * steps))


def krippendorff_alpha(items: Sequence[Sequence[int]]) -> float | None:
    """Krippendorff's α for ordinal answers, over all items of a session that share a scale.

    1 - D_o/D_e with δ(c,k) = (Σ n_g from c to k - (n_c+n_k)/2)². People may leave items out: an item counts with the
    answers it has, one with a single answer not at all. Low values are normal where people rate one organisation.
    None where all answers are equal or none can be paired.
    """
    paired = [counts for counts in items if sum(counts) >= 2]
    if not paired:
        return None
    totals = [sum(column) for column in zip(*paired, strict=True)]
    everything = sum(totals)
    below = [0, *accumulate(totals)]
    observed = by_chance = 0.0
    for low, high in combinations(range(len(totals)), 2):
        distance = (below[high + 1] - below[low] - (totals[low] + totals[high]) / 2) ** 2
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
    ranks = [_doubled_midranks(row) for row in complete]
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


def _doubled_midranks(values: Sequence[float]) -> list[int]:
    """Twice the rank of each value from 1, equal values sharing theirs."""
    ordered = sorted(values)
    places = {value: 2 * ordered.index(value) + ordered.count(value) + 1 for value in set(values)}
    return [places[value] for value in values]


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
    ranks = _doubled_midranks([abs(step) for step in steps])
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
