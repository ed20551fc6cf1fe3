"""What may be said of the units and levels of an item: all that is shown of groups is made here, through disclosure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import comb

from cxworkshop.domain.agreement import Band, band, median
from cxworkshop.domain.disclosure import MINIMUM_GROUP, bar_heights, could_be_all, countable, release
from cxworkshop.domain.groups import GroupPattern, GroupTest, compare_groups, group_pattern

_MOST_DISTRIBUTIONS = 6000


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A group of which nothing may be shown, not even how many answered."""


@dataclass(frozen=True, slots=True)
class GroupResult:
    """What may be shown of one unit or level: n, median and a coarse band, and its bars where they may be shown.

    Nothing of it says how many of the group did not know, and nothing that all of it gave the same answer.
    """

    n: int | None
    """Valid answers; None where the roll would tell with them how many of the group gave none."""
    median: float
    band: Band | None
    """None where it would leave, with n and median, only one way in which the group can have answered."""
    bars: tuple[int, ...] | None = None
    """Height of each option's bar, 0 to `HIGHEST_BAR`."""
    least: int = MINIMUM_GROUP
    """How many answers there are at least."""

    @property
    def stage(self) -> int:
        """The median as a stage: the lower one where it lies between two."""
        return int(self.median)


Breakdown = Mapping[str, GroupResult | Suppressed]
"""Groups by name, in the order of names; empty where there is no second group to compare with."""


@dataclass(frozen=True, slots=True)
class Breakdowns:
    """The breakdowns of one item, what tests between groups say, and the pattern that explains the item, if any."""

    units: Breakdown
    levels: Breakdown
    unit_test: GroupTest
    level_test: GroupTest
    explains: GroupPattern | None


def breakdowns_of(
    cells: Mapping[tuple[str, str], tuple[int, ...]],
    people: Mapping[tuple[str, str], int],
    minimum_group: int = MINIMUM_GROUP,
) -> Breakdowns:
    """What may be said of the units and levels of an item.

    Args:
        cells: Answers per option of each pair (unit, level).
        people: How many ballots came from each pair.
        minimum_group: Fewest valid answers behind any number of a group.
    """
    answered = {pair: sum(counts) for pair, counts in cells.items()}
    shown = release(answered, minimum_group)
    known_units, known_levels = countable(people, answered, shown, minimum_group)
    units, levels = _grouped(cells, 0), _grouped(cells, 1)
    unit_test = compare_groups({name: units[name] for name in shown.units.shown}, minimum_group)
    level_test = compare_groups({name: levels[name] for name in shown.levels.shown}, minimum_group)
    unit_bars = _bars(units, _headcount(people, 0), shown.unit_bars, known_units)
    level_bars = _bars(levels, _headcount(people, 1), shown.level_bars, known_levels)
    if _all_alike(units, shown.unit_bars) or _all_alike(levels, shown.level_bars):
        unit_bars, level_bars = {}, {}
    return Breakdowns(
        _breakdown(units, shown.units.shown, unit_bars, known_units, minimum_group),
        _breakdown(levels, shown.levels.shown, level_bars, known_levels, minimum_group),
        _published(unit_test, known_units.intersection(unit_bars)),
        _published(level_test, known_levels.intersection(level_bars)),
        group_pattern(unit_test, level_test),
    )


def _grouped(cells: Mapping[tuple[str, str], tuple[int, ...]], part: int) -> dict[str, tuple[int, ...]]:
    """Counts of each group of one breakdown, in the order of names."""
    found: dict[str, list[tuple[int, ...]]] = {}
    for pair, counts in cells.items():
        found.setdefault(pair[part], []).append(counts)
    return {name: tuple(map(sum, zip(*own, strict=True))) for name, own in sorted(found.items())}


def _headcount(people: Mapping[tuple[str, str], int], part: int) -> dict[str, int]:
    """How many ballots came from each group of one breakdown."""
    found: dict[str, int] = {}
    for pair, count in people.items():
        found[pair[part]] = found.get(pair[part], 0) + count
    return found


def _bars(
    groups: Mapping[str, tuple[int, ...]], people: Mapping[str, int], allowed: Iterable[str], known: frozenset[str]
) -> dict[str, tuple[int, ...]]:
    """The bars of the groups that may have them, but for those whose heights would tell a number that is kept back."""
    return {
        name: bar_heights(groups[name]) for name in allowed if name in known or could_be_all(groups[name], people[name])
    }


def _all_alike(groups: Mapping[str, tuple[int, ...]], names: Iterable[str]) -> bool:
    """Whether in one of the groups everybody gave the same answer.

    Then no bars are shown at all: those of the other groups, taken away from the room's, would be that group's.
    """
    return any(max(groups[name]) == sum(groups[name]) for name in names)


def _published(test: GroupTest, known: frozenset[str]) -> GroupTest:
    """The verdict on groups that may be shown, with its figures only where numbers and bars of all of them are known.

    The figures follow from the groups' full distributions, and would let those of small groups be worked out.
    """
    return test if known.issuperset(test.groups) else GroupTest(test.verdict, test.groups)


def _breakdown(
    groups: Mapping[str, tuple[int, ...]],
    shown: Iterable[str],
    bars: Mapping[str, tuple[int, ...]],
    known: frozenset[str],
    minimum_group: int,
) -> Breakdown:
    """What may be shown of each group; people without a unit or level count in the suppression and are not named."""
    if len(groups) < 2:
        return {}
    open_groups = frozenset(shown)

    def result(name: str, counts: tuple[int, ...]) -> GroupResult | Suppressed:
        middle, closeness = median(counts), band(counts)
        if name not in open_groups or middle is None or closeness is None:
            return Suppressed()
        told = None if (middle, closeness) in _telling(sum(counts), len(counts)) else closeness
        return GroupResult(sum(counts) if name in known else None, middle, told, bars.get(name), minimum_group)

    return {name: result(name, counts) for name, counts in groups.items() if name}


@lru_cache(maxsize=256)
def _telling(answers: int, options: int) -> frozenset[tuple[float, Band]]:
    """Medians and bands that so many answers can have in one way only, so that the two together tell every answer.

    On two options and five to nine answers "close" means that all agree. Looked up for as many answers as have at most
    a few thousand distributions; above, no median and band belong to a single one.
    """
    if comb(answers + options - 1, options - 1) > _MOST_DISTRIBUTIONS:
        return frozenset()
    found = Counter((median(counts), band(counts)) for counts in _distributions(answers, options))
    return frozenset(
        (middle, closeness)
        for (middle, closeness), ways in found.items()
        if ways == 1 and middle is not None and closeness is not None
    )


def _distributions(answers: int, options: int) -> Iterator[tuple[int, ...]]:
    """Every way in which so many answers can lie over the options."""
    if options == 1:
        yield (answers,)
        return
    for first in range(answers + 1):
        for rest in _distributions(answers - first, options - 1):
            yield (first, *rest)
