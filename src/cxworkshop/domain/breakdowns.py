"""What may be said of the units and levels of an item: all that is shown of groups is made here, through disclosure."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from cxworkshop.domain.agreement import Band, band, median
from cxworkshop.domain.disclosure import (
    LEVELS,
    MINIMUM_BARS,
    MINIMUM_GROUP,
    UNITS,
    Part,
    Release,
    bar_heights,
    could_be_of,
    hides_silence,
    release,
    release_one,
)
from cxworkshop.domain.groups import GroupPattern, GroupTest, compare_groups, group_pattern
from cxworkshop.domain.lookalikes import Counts, Groups, all_mixed, tells

Cell = tuple[str, str]
"""The people of one unit and one level."""


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A group of which nothing may be shown, not even how many answered."""


@dataclass(frozen=True, slots=True)
class GroupResult:
    """What may be shown of one unit or level: n, median and a coarse band, and its bars where they may be shown.

    Nothing of it says how many of the group did not know, and nothing that all of it gave the same answer.
    """

    n: int | None
    """Valid answers; None where anybody of the room gave none, since the roll would tell of which group."""
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

    @classmethod
    def of_nobody(cls, units: Iterable[str], levels: Iterable[str]) -> "Breakdowns":
        """What is said where nothing may be shown of any group, whatever kept it back: their names."""
        untested = GroupTest("not_tested")
        return cls(_hidden(units), _hidden(levels), untested, untested, None)


def _hidden(names: Iterable[str]) -> Breakdown:
    return {name: Suppressed() for name in names}


@dataclass(frozen=True, slots=True)
class _Detail:
    """How much is told of an item's groups besides their medians."""

    bars: bool = False
    bands: bool = False
    tests: bool = False


_TWO_PARTS = 2
"""With more parts of a room to be told apart, nothing is shown where one is not mixed."""

_EVERYTHING = _Detail(bars=True, bands=True, tests=True)
_LESS_AND_LESS = (_EVERYTHING, _Detail(bands=True, tests=True), _Detail(tests=True), _Detail())


def breakdowns_of(
    cells: Mapping[Cell, Counts],
    people: Mapping[Cell, int],
    minimum_group: int = MINIMUM_GROUP,
    *,
    preferred: Part = UNITS,
) -> Breakdowns:
    """What may be said of the units and levels of an item: as much as tells nobody's answer.

    Both are shown where there are people enough in each meeting of a unit and a level, and answers of more than one
    kind; else one of them. Which one follows from nothing that anybody answered, so that it says nothing.

    Args:
        cells: Answers per option of each pair (unit, level).
        people: How many ballots came from each pair.
        minimum_group: Fewest valid answers behind any number of a group.
        preferred: Which breakdown is shown where only one of them may be, unless none of its groups may.
    """
    shown = released(cells, people, minimum_group, preferred=preferred)
    parts = merged(cells, shown)
    if all_mixed(parts.values(), minimum_group):
        return _View(_EVERYTHING, shown, cells, people, minimum_group).published()
    groups = {unit or level: counts for (unit, level), counts in parts.items()}
    too_few = any(sum(counts) < minimum_group for counts in groups.values())
    if not too_few and len(groups) <= _TWO_PARTS:
        telling: list[_View] = []
        for detail in _LESS_AND_LESS if shown.any else ():
            view = _View(detail, shown, cells, people, minimum_group)
            if not tells(groups, view, telling):
                return view.published()
            telling.append(view)
    return Breakdowns.of_nobody(_names(cells, UNITS), _names(cells, LEVELS))


def released(
    cells: Mapping[Cell, Counts],
    people: Mapping[Cell, int],
    minimum_group: int = MINIMUM_GROUP,
    *,
    preferred: Part = UNITS,
) -> Release:
    """Of which units and levels of an item there may be figures at all; arguments as for `breakdowns_of`."""
    silent = sum(people.values()) - sum(map(sum, cells.values()))
    both = release(people, silent, minimum_group)
    hidden = both.units.shown and both.levels.shown and _hides_silence(people, both, silent, minimum_group)
    if hidden and all_mixed(merged(cells, both).values(), minimum_group):
        return both
    alone = (release_one(people, part, silent, minimum_group) for part in (preferred, 1 - preferred))
    return next(
        (found for found in alone if found.any and _hides_silence(people, found, silent, minimum_group)), Release()
    )


def merged(cells: Mapping[Cell, Counts], shown: Release) -> dict[Cell, Counts]:
    """The answers of the parts of a room that are told apart: the cells with all groups that are not shown made one."""
    units, levels = frozenset(shown.units.shown), frozenset(shown.levels.shown)
    found: dict[Cell, Counts] = {}
    for (unit, level), counts in cells.items():
        pair = (unit if unit in units else "", level if level in levels else "")
        before = found.get(pair)
        found[pair] = counts if before is None else tuple(map(int.__add__, before, counts))
    return found


def _names(cells: Mapping[Cell, Counts], part: Part) -> tuple[str, ...]:
    """The groups of one breakdown that have a name; none where there is no second one to compare with."""
    names = {pair[part] for pair in cells}
    return tuple(sorted(names - {""})) if len(names) > 1 else ()


class _View:
    """What is shown of the groups of an item in a certain detail."""

    def __init__(
        self,
        detail: _Detail,
        shown: Release,
        cells: Mapping[Cell, Counts],
        people: Mapping[Cell, int],
        minimum_group: int,
    ) -> None:
        self._detail, self._cells, self._minimum = detail, cells, minimum_group
        self._shown = frozenset(shown.units.shown), frozenset(shown.levels.shown)
        self._bars = (shown.unit_bars, shown.level_bars) if detail.bars else (frozenset[str](), frozenset[str]())
        self._silent = sum(people.values()) - sum(map(sum, cells.values()))
        self._headcounts = _headcount(people, UNITS), _headcount(people, LEVELS)

    @property
    def _part(self) -> Part:
        """The breakdown that is shown, where it is one only."""
        return UNITS if self._shown[UNITS] else LEVELS

    def of_group(self, name: str, counts: Counts) -> Hashable:
        """What is shown of a group of the one breakdown: median, band, bars."""
        return self._result(self._part, name, counts)

    def of_all(self, groups: Groups) -> Hashable:
        """What a test between the groups of the one breakdown says."""
        return self._without_figures(self._part, self._test(self._part, groups))

    def published(self) -> Breakdowns:
        """Everything that leaves; people without a unit or level count in the suppression and are not named."""
        units, levels = _grouped(self._cells, UNITS), _grouped(self._cells, LEVELS)
        tests = self._test(UNITS, units), self._test(LEVELS, levels)
        return Breakdowns(
            self._breakdown(UNITS, units),
            self._breakdown(LEVELS, levels),
            self._without_figures(UNITS, tests[UNITS]),
            self._without_figures(LEVELS, tests[LEVELS]),
            group_pattern(*tests),
        )

    def _breakdown(self, part: Part, groups: Groups) -> Breakdown:
        if len(groups) < 2:
            return {}
        return {name: self._result(part, name, counts) for name, counts in groups.items() if name}

    def _result(self, part: Part, name: str, counts: Counts) -> GroupResult | Suppressed:
        middle, closeness = _middle(counts)
        if name not in self._shown[part] or middle is None:
            return Suppressed()
        return GroupResult(
            None if self._silent else sum(counts),
            middle,
            closeness if self._detail.bands else None,
            self._bars_of(part, name, counts),
            max(self._minimum, self._headcounts[part][name] - self._silent) if self._silent else self._minimum,
        )

    def _bars_of(self, part: Part, name: str, counts: Counts) -> Counts | None:
        """Bars where they may be shown, but for those whose heights would tell how many gave no answer."""
        if name not in self._bars[part]:
            return None
        if self._silent:
            everybody = self._headcounts[part][name]
            fewest = max(everybody - self._silent, MINIMUM_BARS)
            if sum(counts) < fewest or not (could_be_of(counts, everybody) and could_be_of(counts, fewest)):
                return None
        return bar_heights(counts)

    def _test(self, part: Part, groups: Groups) -> GroupTest:
        if not self._detail.tests:
            return GroupTest("not_tested")
        return compare_groups({name: groups[name] for name in sorted(self._shown[part])}, self._minimum)

    def _without_figures(self, part: Part, test: GroupTest) -> GroupTest:
        """The verdict; which two are furthest apart is said where the bars of all of them may be shown."""
        pair = test.pair if not self._silent and self._bars[part].issuperset(test.groups) else None
        return GroupTest(test.verdict, test.groups, pair=pair)


@lru_cache(maxsize=4096)
def _middle(counts: Counts) -> tuple[float | None, Band | None]:
    """The median and the band of a group, kept because the same groups are asked for again and again."""
    return median(counts), band(counts)


def _hides_silence(people: Mapping[Cell, int], shown: Release, silent: int, minimum_group: int) -> bool:
    """Whether it stays open how many gave no answer, of all that is shown and of the others together."""
    parts: dict[Cell, int] = {}
    for (unit, level), count in people.items():
        pair = (unit if unit in shown.units.shown else "", level if level in shown.levels.shown else "")
        parts[pair] = parts.get(pair, 0) + count
    return hides_silence(parts.values(), silent, minimum_group)


def _grouped(cells: Mapping[Cell, Counts], part: Part) -> dict[str, Counts]:
    """Counts of each group of one breakdown, in the order of names."""
    found: dict[str, list[Counts]] = {}
    for pair, counts in cells.items():
        found.setdefault(pair[part], []).append(counts)
    return {name: tuple(map(sum, zip(*own, strict=True))) for name, own in sorted(found.items())}


def _headcount(people: Mapping[Cell, int], part: Part) -> dict[str, int]:
    """How many ballots came from each group of one breakdown."""
    found: dict[str, int] = {}
    for pair, count in people.items():
        found[pair[part]] = found.get(pair[part], 0) + count
    return found
