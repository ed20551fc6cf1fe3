"""Which groups of a breakdown may be shown without giving anybody away, by how many people there are.

Behind every number of a group stand at least `minimum` valid answers. Since the room's total is on the screen too, what
is hidden must not follow from what is shown: a hidden group never stands alone, and a group of one breakdown taken away
from groups of the other never leaves fewer than `minimum` people. Everything here works on how many people there are
and how many of the room gave no answer, which everybody knows; so it tells nothing, and its cost does not grow with the
room. What medians, bands and bars tell beyond that is looked for in `lookalikes`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

COMMENTS_FROM = 5
"""Fewest ballots of a round from which its comments are shown, and then never by group."""

MINIMUM_GROUP = 5
"""Fewest valid answers behind a group's median and band; a session may raise it, never lower it."""

MINIMUM_BARS = 8
"""Fewest valid answers behind a group's distribution."""

Part = int
"""Which of the two breakdowns is meant: their places in a pair (unit, level)."""

UNITS: Part = 0
LEVELS: Part = 1

Cells = Mapping[tuple[str, str], int]
"""How many valid answers came from each pair (unit, level)."""


@dataclass(frozen=True, slots=True)
class Suppression:
    """Which groups of one breakdown may be shown.

    `shown` and `hidden` are names in order; a group without answers is in neither. `pooled` is how many answers the
    hidden ones hold together, which may be shown as "other". Both are empty where there is one group only.
    """

    shown: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    pooled: int = 0


@dataclass(frozen=True, slots=True)
class Release:
    """What may be shown of an item's two breakdowns; the bars are never wider than the breakdown itself."""

    units: Suppression = Suppression()
    levels: Suppression = Suppression()
    unit_bars: frozenset[str] = frozenset()
    level_bars: frozenset[str] = frozenset()

    @property
    def any(self) -> bool:
        """Whether any group is shown."""
        return bool(self.units.shown or self.levels.shown)


def suppress(sizes: Mapping[str, int], minimum: int = MINIMUM_GROUP) -> Suppression:
    """Hide small groups of one breakdown, and as many others as it takes that none can be worked out from the total.

    Args:
        sizes: Valid answers of each group; groups of 0 count as absent.
        minimum: Fewest answers of a group that is shown, and of all hidden groups together.

    Equally small groups are hidden in the order of their names.
    """
    present = {name: size for name, size in sizes.items() if size}
    return _closed(present, {name for name, size in present.items() if size < minimum}, minimum)


def _closed(sizes: Mapping[str, int], hidden: Iterable[str], minimum: int) -> Suppression:
    """Hide the smallest groups as well, until two or more are hidden and hold `minimum` answers together."""
    concealed = set(hidden)
    shown = sorted(sizes.keys() - concealed, key=lambda name: (-sizes[name], _reversed_order(name)))
    pooled = sum(sizes[name] for name in concealed)
    while shown and concealed and (pooled < minimum or len(concealed) == 1):
        smallest = shown.pop()
        concealed.add(smallest)
        pooled += sizes[smallest]
    if len(sizes) == 1 and not concealed:
        return Suppression()
    return Suppression(tuple(sorted(shown)), tuple(sorted(concealed)), pooled)


def _reversed_order(name: str) -> tuple[int, ...]:
    """A sort key that puts names in reverse, so that the first of equals stands last."""
    return (*(-ord(character) for character in name), 1)


def suppress_two(cells: Cells, minimum: int = MINIMUM_GROUP) -> tuple[Suppression, Suppression]:
    """Suppress units and levels that are shown side by side: units first, levels give way.

    Every set of people that can be worked out from both breakdowns and the total is a union S of groups of one of them
    without the groups T of the other that lie wholly inside S. Where such a set is not empty and smaller than
    `minimum`, the smallest shown level inside S is hidden (or, with only the pooled rest inside, the smallest shown
    level that the set touches), and others with it until they cannot be worked out either.

    Args:
        cells: Valid answers of each pair (unit, level).
        minimum: As for `suppress`.
    """
    return _suppress_two(tuple(sorted((pair, count) for pair, count in cells.items() if count)), minimum)


@lru_cache(maxsize=1024)
def _suppress_two(cells: tuple[tuple[tuple[str, str], int], ...], minimum: int) -> tuple[Suppression, Suppression]:
    """`suppress_two` of sorted cells, kept because most items of a round are answered by the same people."""
    unit_sizes: dict[str, int] = {}
    level_sizes: dict[str, int] = {}
    for (unit, level), count in cells:
        unit_sizes[unit] = unit_sizes.get(unit, 0) + count
        level_sizes[level] = level_sizes.get(level, 0) + count
    units, levels = suppress(unit_sizes, minimum), suppress(level_sizes, minimum)
    while levels.shown:
        involved = _levels_giving_away(cells, units, levels, minimum)
        if not involved:
            break
        smallest = min(involved, key=lambda name: (level_sizes[name], name))
        levels = _closed(level_sizes, {*levels.hidden, smallest}, minimum)
    return units, levels


def _levels_giving_away(
    cells: tuple[tuple[tuple[str, str], int], ...], units: Suppression, levels: Suppression, minimum: int
) -> tuple[str, ...]:
    """The shown levels involved in the first small set of people that could be worked out; none if there is none.

    All hidden groups of a breakdown count as one, since their sum is what the shown ones leave of the total.
    """
    rows = {name: row for row, name in enumerate(units.shown, start=1)}
    columns = {name: column for column, name in enumerate(levels.shown, start=1)}
    people = [[0] * (len(columns) + 1) for _ in range(len(rows) + 1)]
    for (unit, level), count in cells:
        people[rows.get(unit, 0)][columns.get(level, 0)] += count
    touching = [[row for row, line in enumerate(people) if line[column]] for column in range(len(columns) + 1)]
    for row, line in enumerate(people):
        for column, count in enumerate(line):
            if 0 < count < minimum:
                inside = _smallest_set(people, touching, row, column, minimum)
                if inside is not None:
                    kept, touched = inside
                    shown = (kept - {0}) or (touched - {0})
                    return tuple(levels.shown[number - 1] for number in sorted(shown))
    return ()


def _smallest_set(
    people: list[list[int]], touching: list[list[int]], row: int, column: int, minimum: int
) -> tuple[frozenset[int], frozenset[int]] | None:
    """The smallest set of people that holds one cell and can be worked out, if it has fewer than `minimum`.

    Such a set is a choice of rows S and of columns T whose people all lie in S: it holds the people of S outside T, and
    the smallest one with a given cell is a minimum cut between that cell's row and column, where going back from a
    column to any row it touches costs nothing. At most `minimum` rounds of augmenting find it, whatever the number of
    groups.

    Returns:
        The columns inside (T), and the columns that the set touches; None if no such set is that small.
    """
    spare = [line.copy() for line in people]
    flow = 0
    while True:
        came_from, columns_reached = _reachable(touching, spare, row, column)
        if column not in columns_reached:
            rows_reached = came_from.keys()
            inside = frozenset(columns_reached)
            touched = (other for line in rows_reached for other, count in enumerate(people[line]) if count)
            return inside, frozenset(touched) - inside
        path: list[tuple[int, int]] = []
        here = column
        while True:
            up = columns_reached[here]
            path.append((up, here))
            if up == row:
                break
            here = came_from[up]
        push = min(spare[line][to] for line, to in path)
        flow += push
        if flow >= minimum:
            return None
        for position, (line, to) in enumerate(path):
            spare[line][to] -= push
            if position:
                spare[path[position - 1][0]][to] += push


def _reachable(
    touching: list[list[int]], spare: list[list[int]], row: int, column: int
) -> tuple[dict[int, int], dict[int, int]]:
    """All rows and columns reachable from a row, each with where it was reached from; stops early at the column."""
    rows: dict[int, int] = {row: -1}
    columns: dict[int, int] = {}
    waiting = [row]
    for line in waiting:
        for to, room in enumerate(spare[line]):
            if room <= 0 or to in columns:
                continue
            columns[to] = line
            if to == column:
                return rows, columns
            for other in touching[to]:
                if other not in rows:
                    rows[other] = to
                    waiting.append(other)
    return rows, columns


def release(people: Cells, silent: int = 0, minimum: int = MINIMUM_GROUP, bars_minimum: int = MINIMUM_BARS) -> Release:
    """What may be shown of both breakdowns of one item side by side, by who is in the room.

    Bars are suppressed in a pass of their own, since the bars of some groups and of the room give away the bars of
    others; they stand only beside groups whose median may be shown, so a `minimum` above `bars_minimum` holds for both.

    Args:
        people: How many gave a ballot, of each pair (unit, level).
        silent: How many of the room gave no valid answer to the item; where there are such, a group needs one more.
        minimum: Fewest valid answers of a group that is shown.
        bars_minimum: Fewest valid answers of a group of which bars are shown.
    """
    spare = 1 if silent else 0
    units, levels = suppress_two(people, minimum + spare)
    unit_bars, level_bars = suppress_two(people, max(minimum, bars_minimum) + spare)
    return Release(
        units,
        levels,
        frozenset(unit_bars.shown).intersection(units.shown),
        frozenset(level_bars.shown).intersection(levels.shown),
    )


def release_one(
    people: Cells, part: Part, silent: int = 0, minimum: int = MINIMUM_GROUP, bars_minimum: int = MINIMUM_BARS
) -> Release:
    """What may be shown of one breakdown where nothing is shown of the other; other arguments as for `release`."""
    sizes: dict[str, int] = {}
    for pair, count in people.items():
        sizes[pair[part]] = sizes.get(pair[part], 0) + count
    spare = 1 if silent else 0
    shown, with_bars = suppress(sizes, minimum + spare), suppress(sizes, max(minimum, bars_minimum) + spare)
    bars = frozenset(with_bars.shown).intersection(shown.shown)
    return Release(units=shown, unit_bars=bars) if part == UNITS else Release(levels=shown, level_bars=bars)


def shows_groups(people: Cells, minimum: int = MINIMUM_GROUP) -> bool:
    """Whether there are people enough in any unit or level for figures of it to be shown; arguments as for `release`.

    Where there are not, no item shows anything of any group, whatever is answered.
    """
    return any(release_one(people, part, minimum=minimum).any for part in (UNITS, LEVELS))


def hides_silence(parts: Iterable[int], silent: int, minimum: int = MINIMUM_GROUP) -> bool:
    """Whether it stays open how many of each part of a room gave no answer, whether or not the parts are shown.

    Everybody knows who belongs to a group and who has voted. That a group is shown says that at most all but `minimum`
    of it gave no answer; that nothing is shown may say that more of some group did not. Neither may settle the number.

    Args:
        parts: How many people each part has: the groups that are shown, and all others together.
        silent: How many of the room gave no valid answer to the item.
        minimum: Fewest valid answers of a part; where one has fewer, nothing is shown.
    """
    most = [people - minimum for people in parts]
    if not silent:
        return True
    if min(most, default=0) < 1:
        return False
    settled_by_showing = any(min(own, silent) <= silent - (sum(most) - own) for own in most)
    could_have_more = [own for own in most if own < silent]
    settled_by_hiding = could_have_more == [silent - 1]
    return not settled_by_showing and not settled_by_hiding


def differing(before: Sequence[int], after: Sequence[int]) -> int:
    """How many answers at least differ between two votes of people who cannot be matched, by answers per option."""
    gone = sum(max(0, old - new) for old, new in zip(before, after, strict=True))
    come = sum(max(0, new - old) for old, new in zip(before, after, strict=True))
    return max(gone, come)


HIGHEST_BAR = 7
"""The height of a group's fullest option; the others stand in proportion, and any answer at all at 1."""


def bar_heights(counts: Sequence[int]) -> tuple[int, ...]:
    """A group's distribution as heights of bars, 0 to `HIGHEST_BAR`: its picture, without its numbers."""
    most = max(counts, default=0)
    return tuple(max(1, (2 * HIGHEST_BAR * count + most) // (2 * most)) if count else 0 for count in counts)


def could_be_of(counts: Sequence[int], people: int) -> bool:
    """Whether the bars of a group could as well be those of so many answers."""
    heights = [height for height in bar_heights(counts) if height]
    if not heights:
        return False
    # Beside too small a fullest option the others cannot be as many as are left over; there is no need to look there.
    share = sum(min(2 * height + 1, 2 * HIGHEST_BAR) for height in heights)
    for most in range(max(1, -(-2 * HIGHEST_BAR * people // share)), people + 1):
        ranges = [_counts_of_height(height, most) for height in heights]
        if sum(low for low, _ in ranges) - _counts_of_height(HIGHEST_BAR, most)[0] + most > people:
            return False
        if people <= sum(high for _, high in ranges) and all(low <= high for low, high in ranges):
            return True
    return False


def _counts_of_height(height: int, most: int) -> tuple[int, int]:
    """The fewest and the most answers that give a bar its height beside a fullest option of `most`."""
    double = 2 * HIGHEST_BAR
    low = 1 if height == 1 else -(-(2 * height - 1) * most // double)
    return low, min(most, -(-(2 * height + 1) * most // double) - 1)
