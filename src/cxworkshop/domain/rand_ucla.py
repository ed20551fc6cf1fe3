"""Agreement of panels on scales of nine points, by RAND/UCLA's appropriateness method; for the report only.

Its rules and constants were made for nine points and nothing else. `counts` holds the number of answers per option,
option 1 first; missing answers are not among them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cxworkshop.domain.agreement import median
from cxworkshop.domain.order_statistics import quantile

POINTS = 9

_THIRD = 3
_SMALLEST_PANEL, _LARGEST_PANEL = 8, 25
_MIDDLE = 5
_SYMMETRIC_RANGE = 2.35
_CORRECTION = 1.5


@dataclass(frozen=True, slots=True)
class PanelRule:
    """What the rule of thirds says of a panel; it may be neither at odds nor agreed."""

    median: float
    disagreement: bool
    agreement: bool


def panel_rule(counts: Sequence[int]) -> PanelRule | None:
    """The classic rule: at odds with a third of the panel in each outer third, agreed with fewer outside the median's.

    A third is n/3 rounded: 3 of 8 to 10 people, 4 of 11 to 13, 5 of 14 to 16, as in the manual (Fitch et al. 2001), and
    on as in a published key up to 25. A median between two thirds belongs to the upper one. None for another number of
    options, and for panels below 8 or above 25, for which no rule was published.
    """
    answers, middle = sum(counts), median(counts)
    if len(counts) != POINTS or middle is None or not _SMALLEST_PANEL <= answers <= _LARGEST_PANEL:
        return None
    third = round(answers / 3)
    thirds = [sum(counts[first : first + _THIRD]) for first in range(0, POINTS, _THIRD)]
    own = thirds[int((middle - 0.5) // _THIRD)]
    return PanelRule(middle, min(thirds[0], thirds[-1]) >= third, answers - own < third)


@dataclass(frozen=True, slots=True)
class AdjustedRange:
    """The range of the middle two fifths of a panel against what is to be expected so far from the scale's middle.

    `low` and `high` are the 30th and 70th percentile by type 7, `width` what lies between, `centre` its middle,
    `asymmetry` how far that is from 5. `adjusted` is IPRAS, and `index` = width/adjusted: a disagreement above 1.
    `same_by_type_2` says whether percentiles of type 2 are the same; which type RAND's own programs take is not known.
    """

    median: float
    low: float
    high: float
    width: float
    centre: float
    asymmetry: float
    adjusted: float
    index: float
    disagreement: bool
    same_by_type_2: bool


def adjusted_range(counts: Sequence[int]) -> AdjustedRange | None:
    """RAND's IPRAS (Fitch et al. 2001): p70 - p30 against 2.35 + 1.5·|5 - (p30+p70)/2|.

    None for another number of options, and below two answers. Two answers give a range like any other, which says
    little: panels have nine members and more.
    """
    middle, low, high = median(counts), quantile(counts, 30), quantile(counts, 70)
    if len(counts) != POINTS or sum(counts) < 2 or middle is None or low is None or high is None:
        return None
    centre = (low + high) / 2
    asymmetry = abs(_MIDDLE - centre)
    adjusted = _SYMMETRIC_RANGE + _CORRECTION * asymmetry
    return AdjustedRange(
        median=middle,
        low=low,
        high=high,
        width=high - low,
        centre=centre,
        asymmetry=asymmetry,
        adjusted=adjusted,
        index=(high - low) / adjusted,
        disagreement=high - low > adjusted,
        same_by_type_2=(low, high) == (quantile(counts, 30, 2), quantile(counts, 70, 2)),
    )
