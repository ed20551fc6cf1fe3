"""The gap between those who lead and those at the front line: how far apart both ends of the hierarchy see an item."""

from collections.abc import Sequence
from dataclasses import dataclass

from cxworkshop.domain.breakdowns import GroupResult
from cxworkshop.domain.results import ItemResult, RoundResult


@dataclass(frozen=True, slots=True)
class LevelGap:
    """One item as both ends of the hierarchy see it."""

    item: ItemResult
    senior: GroupResult
    front: GroupResult

    @property
    def steps(self) -> float:
        """Steps of the scale by which the most senior level is more favourable than the front line; negative if less.

        On an item of direction "bad" a lower answer is the more favourable one.
        """
        higher = self.senior.median - self.front.median
        return -higher if self.item.item.direction == "bad" else higher

    @property
    def width(self) -> float:
        """The gap as a share of the whole scale, 0 to 1, so that scales can be compared."""
        return abs(self.steps) / (len(self.item.counts) - 1)


@dataclass(frozen=True, slots=True)
class LevelGaps:
    """All items on which both ends may be shown, widest gap first, and how many on which they may not."""

    senior: str
    """Name of the most senior level."""
    front: str
    """Name of the level nearest to the customer."""
    gaps: tuple[LevelGap, ...]
    not_shown: int


def level_gaps(levels: Sequence[str], result: RoundResult) -> LevelGaps | None:
    """The gap between the first and the last declared level, item by item.

    Args:
        levels: The levels as they were declared, most senior first.
        result: A round; only what may be shown of its levels is looked at.

    Returns:
        The gaps, the widest for its scale first and of equals in the order of the round; None with fewer than two
        levels.
    """
    if len(levels) < 2:
        return None
    senior, front = levels[0], levels[-1]
    found: list[LevelGap] = []
    for item in result.items:
        ends = item.levels.get(senior), item.levels.get(front)
        if isinstance(ends[0], GroupResult) and isinstance(ends[1], GroupResult):
            found.append(LevelGap(item, ends[0], ends[1]))
    found.sort(key=lambda gap: -gap.width)
    return LevelGaps(senior, front, tuple(found), len(result.items) - len(found))
