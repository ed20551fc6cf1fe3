"""Secondary measures of one item, for the report only.

The room sees agreement (see `agreement`); these stand beside it for readers who know them. `counts` holds the number of
answers per option, option 1 first; "don't know" and items left out are not among them. Every measure is None where it
is not defined, without answers and with one above all. Of two answers, two alike give what full agreement gives, and
one at each end what half the room at each end gives, unless a measure says otherwise.
"""

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, combinations

from cxworkshop.domain.agreement import lsquared, median
from cxworkshop.domain.patterns import window_width


def blair_lacy_l(counts: Sequence[int]) -> float | None:
    """Blair & Lacy's l (2000): the root of l², which is the distance itself; 1 one answer from all, 0 half at each end.

    It puts items into the same order as l² and is kinder to split ones.
    """
    squared = lsquared(counts)
    return None if squared is None else math.sqrt(squared)


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


def polarisation(counts: Sequence[int]) -> float | None:
    """(1-A)/2 of van der Eijk's A, turned round: 0 one answer from all, 1/2 as many on each option, 1 half at each end.

    None below two answers or three options.
    """
    alike = van_der_eijk(counts)
    return None if alike is None else (1 - alike) / 2


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


def entropy(counts: Sequence[int]) -> float | None:
    """Shannon's entropy (1948) in bits, -Σ p·log2 p: 0 one answer from all, log2 K as many on each of K options.

    It knows no order of options: half at each end is as good to it as half each on neighbours. None below two answers.
    """
    answers = sum(counts)
    if answers < 2:
        return None
    return sum(count / answers * math.log2(answers / count) for count in counts if count)


def variance(counts: Sequence[int]) -> float:
    """The variance of the option numbers, with n-1, which takes equal steps for granted; two answers or more."""
    answers = sum(counts)
    total = sum(option * count for option, count in enumerate(counts))
    squares = sum(option * option * count for option, count in enumerate(counts))
    return (answers * squares - total * total) / (answers * (answers - 1))


def r_wg(counts: Sequence[int]) -> float | None:
    """James, Demaree & Wolf's r_wg (1984) against a flat spread, cut at 0: no guide to the order of split items."""
    if sum(counts) < 2 or len(counts) < 2:
        return None
    return max(0.0, 1 - variance(counts) * 12 / (len(counts) ** 2 - 1))


def a_wg(counts: Sequence[int]) -> float | None:
    """Brown & Hauenstein's a_wg (2005): 1 - 2s²/s²max, against the most spread that goes with the mean.

    s²max = ((L+H)M - M² - LH)·n/(n-1) for a mean M on options L to H. 1 one answer from all, 0 half of that spread, -1
    all of it: half at each end. None below two answers, and where the mean is nearer to an end than one answer at the
    other end puts it, so also where all chose the first or the last option. Two answers alike inside the scale give 1.
    """
    answers, options = sum(counts), len(counts)
    total = sum(option * count for option, count in enumerate(counts, start=1))
    if answers < 2 or options < 2 or not answers - 1 + options <= total <= (answers - 1) * options + 1:
        return None
    most = (1 + options) * total * answers - total * total - options * answers * answers
    return 1 - 2 * variance(counts) * answers * (answers - 1) / most


def coefficient_of_variation(counts: Sequence[int]) -> float | None:
    """The standard deviation of the option numbers, with n-1, over their mean; 0 one answer from all.

    No document shows it: a share of the mean needs a ratio scale, and options have no zero, so that turning a scale
    round changes the figure. It is here for comparison with Delphi studies that report it. None below two answers.
    """
    answers = sum(counts)
    if answers < 2:
        return None
    mean = sum(option * count for option, count in enumerate(counts, start=1)) / answers
    return math.sqrt(variance(counts)) / mean


def esteban_ray(counts: Sequence[int], sensitivity: float = 1.0) -> float | None:
    """Esteban & Ray's polarisation (1994) as a share of that of half at each end: 0 one answer from all, 1 two ends.

    Args:
        counts: Answers per option.
        sensitivity: α, above 0 and up to 1.6: how much it matters that groups are large. There is no right one.
    """
    raw, options = esteban_ray_raw(counts, sensitivity), len(counts)
    if raw is None:
        return None
    ends = esteban_ray_raw((1, *(0,) * (options - 2), 1), sensitivity)
    return raw / ends if ends else None


def esteban_ray_raw(counts: Sequence[int], sensitivity: float = 1.0) -> float | None:
    """The same as published, ΣΣ π_i^(1+α)·π_j·|i-j|: from 0 to (K-1)/2^(1+α); None below two answers or options."""
    answers = sum(counts)
    if answers < 2 or len(counts) < 2:
        return None
    shares = [count / answers for count in counts]
    return float(
        sum(
            own ** (1 + sensitivity) * other * abs(here - there)
            for here, own in enumerate(shares)
            for there, other in enumerate(shares)
            if own and other
        )
    )
