"""What may be said of the units and levels of an item: all that is shown of groups is made here, through disclosure."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from cxworkshop.domain.agreement import Band, band, median
from cxworkshop.domain.disclosure import MINIMUM_GROUP, Release, bar_heights, could_be_all, countable, release
from cxworkshop.domain.groups import GroupPattern, GroupTest, compare_groups, group_pattern
from cxworkshop.domain.lookalikes import Cell, Counts, Groups, tells


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
    """None where the bands of the item's groups would tell somebody's answer."""
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
    """The breakdowns of one item, what tests between groups say, and the pattern that explains the item, if any.

    The tests come without their figures, which follow from the groups' full distributions.
    """

    units: Breakdown
    levels: Breakdown
    unit_test: GroupTest
    level_test: GroupTest
    explains: GroupPattern | None


@dataclass(frozen=True, slots=True)
class _Detail:
    """How much is told of an item's groups besides their medians."""

    bars: bool = False
    """Of the first breakdown that has any; those of two cross, and tell of people who are few in both."""
    bands: bool = False
    tests: bool = False
    parts: tuple[int, ...] = (0, 1)
    """Which breakdowns are shown: units (0), levels (1)."""


_LESS_AND_LESS = (
    _Detail(bars=True, bands=True, tests=True),
    _Detail(bands=True, tests=True),
    _Detail(tests=True),
    _Detail(),
    _Detail(bands=True, tests=True, parts=(0,)),
    _Detail(tests=True, parts=(0,)),
    _Detail(parts=(0,)),
)
_NOTHING = _Detail(parts=())


def breakdowns_of(
    cells: Mapping[Cell, Counts], people: Mapping[Cell, int], minimum_group: int = MINIMUM_GROUP
) -> Breakdowns:
    """What may be said of the units and levels of an item: as much as tells nobody's answer.

    Args:
        cells: Answers per option of each pair (unit, level).
        people: How many ballots came from each pair.
        minimum_group: Fewest valid answers behind any number of a group.
    """
    answered = {pair: sum(counts) for pair, counts in cells.items()}
    shown = release(answered, minimum_group)
    known = countable(people, answered, shown, minimum_group)
    headcounts = _headcount(people, 0), _headcount(people, 1)
    tried = ""
    for detail in _LESS_AND_LESS:
        view = _View(detail, shown, known, headcounts, minimum_group)
        if view.shows_nothing:
            break
        if view.scope == tried:
            continue
        tried = view.scope
        if not tells(_merged(cells, view), view):
            return view.published(_grouped(cells, 0), _grouped(cells, 1))
    nothing = _View(_NOTHING, shown, known, headcounts, minimum_group)
    return nothing.published(_grouped(cells, 0), _grouped(cells, 1))


class _View:
    """What is shown of the groups of an item in a certain detail."""

    def __init__(
        self,
        detail: _Detail,
        shown: Release,
        known: tuple[frozenset[str], frozenset[str]],
        headcounts: tuple[Mapping[str, int], Mapping[str, int]],
        minimum_group: int,
    ) -> None:
        self._known, self._headcounts, self._minimum = known, headcounts, minimum_group
        units = shown.units.shown if 0 in detail.parts else ()
        levels = shown.levels.shown if 1 in detail.parts else ()
        self.shown = frozenset(units), frozenset(levels)
        unit_bars = shown.unit_bars if detail.bars and units else frozenset[str]()
        level_bars = shown.level_bars if detail.bars and not unit_bars else frozenset[str]()
        self._bars = unit_bars, level_bars
        self._bands, self._tests_told = detail.bands, detail.tests
        self.scope = repr((*map(sorted, (*self.shown, *self._bars)), self._bands, self._tests_told))
        """What is told of whom, in a form that can be compared."""

    @property
    def shows_nothing(self) -> bool:
        """Whether no group is shown at all."""
        return not any(self.shown)

    def of_group(self, part: int, name: str, counts: Counts) -> Hashable:
        """What is shown of a group: median, band, bars; nothing of one that is not shown."""
        return self._result(part, name, counts) if name in self.shown[part] else None

    def of_all(self, units: Groups, levels: Groups) -> Hashable:
        """What tests between the groups say."""
        return self._tests(units, levels)

    def published(self, units: Groups, levels: Groups) -> Breakdowns:
        """Everything that leaves; people without a unit or level count in the suppression and are not named."""
        return Breakdowns(self._breakdown(0, units), self._breakdown(1, levels), *self._tests(units, levels))

    def _breakdown(self, part: int, groups: Groups) -> Breakdown:
        if len(groups) < 2:
            return {}
        return {name: self._result(part, name, counts) for name, counts in groups.items() if name}

    def _result(self, part: int, name: str, counts: Counts) -> GroupResult | Suppressed:
        middle, closeness = _middle(counts)
        if name not in self.shown[part] or middle is None:
            return Suppressed()
        return GroupResult(
            sum(counts) if name in self._known[part] else None,
            middle,
            closeness if self._bands else None,
            self._bars_of(part, name, counts),
            self._minimum,
        )

    def _bars_of(self, part: int, name: str, counts: Counts) -> Counts | None:
        """Bars where they may be shown, but for those whose heights would tell a number that is kept back."""
        if name not in self._bars[part]:
            return None
        if name in self._known[part] or could_be_all(counts, self._headcounts[part][name]):
            return bar_heights(counts)
        return None

    def _tests(self, units: Groups, levels: Groups) -> tuple[GroupTest, GroupTest, GroupPattern | None]:
        found = self._test(0, units), self._test(1, levels)
        return self._without_figures(0, found[0]), self._without_figures(1, found[1]), group_pattern(*found)

    def _test(self, part: int, groups: Groups) -> GroupTest:
        if not self._tests_told:
            return GroupTest("not_tested")
        return compare_groups({name: groups[name] for name in sorted(self.shown[part])}, self._minimum)

    def _without_figures(self, part: int, test: GroupTest) -> GroupTest:
        """The verdict; which two are furthest apart is said where the bars of all of them may be shown."""
        pair = test.pair if self._bars[part].intersection(self._known[part]).issuperset(test.groups) else None
        return GroupTest(test.verdict, test.groups, pair=pair)


@lru_cache(maxsize=4096)
def _middle(counts: Counts) -> tuple[float | None, Band | None]:
    """The median and the band of a group, kept because the same groups are asked for again and again."""
    return median(counts), band(counts)


def _merged(cells: Mapping[Cell, Counts], view: _View) -> dict[Cell, Counts]:
    """The cells with all groups that are not shown made one."""
    found: dict[Cell, Counts] = {}
    for (unit, level), counts in cells.items():
        pair = (unit if unit in view.shown[0] else "", level if level in view.shown[1] else "")
        before = found.get(pair)
        found[pair] = counts if before is None else tuple(map(int.__add__, before, counts))
    return found


def _grouped(cells: Mapping[Cell, Counts], part: int) -> dict[str, Counts]:
    """Counts of each group of one breakdown, in the order of names."""
    found: dict[str, list[Counts]] = {}
    for pair, counts in cells.items():
        found.setdefault(pair[part], []).append(counts)
    return {name: tuple(map(sum, zip(*own, strict=True))) for name, own in sorted(found.items())}


def _headcount(people: Mapping[Cell, int], part: int) -> dict[str, int]:
    """How many ballots came from each group of one breakdown."""
    found: dict[str, int] = {}
    for pair, count in people.items():
        found[pair[part]] = found.get(pair[part], 0) + count
    return found
