"""Would what is shown of groups tell somebody's answer: looked for as another room that looks the same from outside.

Medians, bands and bars are no sums, so no rule on group sizes keeps them from telling: where the room's answers are all
alike but one, "close together" and "mixed" say in which unit the one sits and what everybody else answered. What is
shown is safe where each person's answer could be exchanged with another one's and everything shown stayed as it is.
"""

from collections.abc import Hashable, Iterator, Mapping
from typing import Protocol

Counts = tuple[int, ...]
"""Answers per option, option 1 first."""

Cell = tuple[str, str]
"""The people of one unit and one level; an empty name stands for all groups of which nothing is shown, together."""

Groups = Mapping[str, Counts]

_FEW = 4
"""The most people of whom nothing may follow even together."""


class View(Protocol):
    """What is shown of the groups of an item; equal values look equal from outside."""

    def of_group(self, part: int, name: str, counts: Counts) -> Hashable:
        """What is shown of one unit (part 0) or level (part 1) with these answers."""
        ...

    def of_all(self, units: Groups, levels: Groups) -> Hashable:
        """What is said of the groups together."""
        ...


def tells(cells: Mapping[Cell, Counts], view: View) -> bool:
    """Whether what is shown tells somebody's answer, or would if one answer lay elsewhere.

    The second is looked at as well, since whoever knows the rule could else conclude from what is kept back that it
    would have told; and where a whole group answers alike, the room that looks the same must be one that may be shown.

    Args:
        cells: Valid answers of each pair of groups that are shown.
        view: What is shown of them.

    A room that answers alike is told by its own counts; nothing of that is found here.
    """
    room = _Room(cells, view)
    return room.nearly_tells or not all(
        any(not after.nearly_tells for after in room.lookalikes(part, name)) for part, name in room.groups_alike()
    )


class _Room:
    """The answers of a room, by cell and by group."""

    def __init__(self, cells: Mapping[Cell, Counts], view: View) -> None:
        self.cells = {cell: counts for cell, counts in cells.items() if any(counts)}
        self._view = view
        self._groups = (self._summed(0), self._summed(1))

    @property
    def nearly_tells(self) -> bool:
        """Whether what is shown of the room, or of one that differs by one exchange, tells an answer."""
        if self._alike:
            return False
        fragile = (cell for cell, counts in self.cells.items() if sum(counts) <= _FEW or _alike(counts))
        if not all(map(self._could_differ, fragile)):
            return True
        return any(
            not all(after._could_differ(cell) for cell in after.cells if cell[part] == name)  # noqa: SLF001 - its own kind
            for part, name, after in self._nearly_alike()
        )

    @property
    def _alike(self) -> bool:
        """Whether everybody gave the same answer."""
        return sum(any(counts[place] for counts in self.cells.values()) for place in self._options) < 2

    @property
    def _options(self) -> range:
        return range(len(next(iter(self.cells.values()), ())))

    def groups_alike(self) -> Iterator[tuple[int, str]]:
        """The groups in which everybody gave the same answer, unless all of the room did."""
        if not self._alike:
            for part, groups in enumerate(self._groups):
                if len(groups) > 1:
                    yield from ((part, name) for name, counts in groups.items() if _alike(counts))

    def lookalikes(self, part: int, name: str) -> Iterator["_Room"]:
        """Rooms that look the same and in which a group does not answer alike."""
        for cell, own in self.cells.items():
            if cell[part] == name:
                given = own.index(max(own))
                for other, taken in self._unseen(cell, given):
                    if other[part] != name:
                        yield _Room(_exchanged(self.cells, cell, given, other, taken), self._view)

    def _nearly_alike(self) -> Iterator[tuple[int, str, "_Room"]]:
        """Every room that differs by one exchange and in which a group answers alike that does not here."""
        for part, groups in enumerate(self._groups):
            for name, counts in groups.items():
                most = max(counts)
                if sum(counts) != most + 1 or len(groups) < 2:
                    continue
                usual, other = counts.index(most), _other(counts)
                inside = next(cell for cell, own in self.cells.items() if cell[part] == name and own[other])
                for outside, own in self.cells.items():
                    if outside[part] != name and own[usual]:
                        yield part, name, _Room(_exchanged(self.cells, inside, other, outside, usual), self._view)

    def _could_differ(self, cell: Cell) -> bool:
        """Whether an answer of a cell can be exchanged for another one unseen."""
        own = self.cells[cell]
        return any(
            own[given] and (self._in_a_square(cell, given) or any(self._unseen(cell, given))) for given in self._options
        )

    def _in_a_square(self, cell: Cell, given: int) -> bool:
        """Whether two exchanges that undo each other in every unit and level change the cell, unseen."""
        unit, level = cell
        for other, counts in self.cells.items():
            if other[0] == unit or other[1] == level or not counts[given]:
                continue
            beside, below = self.cells.get((unit, other[1])), self.cells.get((other[0], level))
            if beside and below and any(beside[at] and below[at] for at in self._options if at != given):
                return True
        return False

    def _unseen(self, cell: Cell, given: int) -> Iterator[tuple[Cell, int]]:
        """The other cells and answers with which an answer can be exchanged so that everything shown stays as it is."""
        for other, counts in self.cells.items():
            if other != cell:
                for taken in self._options:
                    if taken != given and counts[taken] and self._looks_the_same(cell, given, other, taken):
                        yield other, taken

    def _looks_the_same(self, one: Cell, given: int, other: Cell, taken: int) -> bool:
        after: list[Groups] = []
        for part, groups in enumerate(self._groups):
            here, there = one[part], other[part]
            if here == there:
                after.append(groups)
                continue
            changed = {here: _moved(groups[here], given, taken), there: _moved(groups[there], taken, given)}
            if any(
                name and self._view.of_group(part, name, counts) != self._view.of_group(part, name, groups[name])
                for name, counts in changed.items()
            ):
                return False
            after.append({**groups, **changed})
        return self._view.of_all(*after) == self._view.of_all(*self._groups)

    def _summed(self, part: int) -> dict[str, Counts]:
        found: dict[str, Counts] = {}
        for cell, counts in self.cells.items():
            before = found.get(cell[part])
            found[cell[part]] = counts if before is None else tuple(map(int.__add__, before, counts))
        return found


def _alike(counts: Counts) -> bool:
    return max(counts) == sum(counts)


def _other(counts: Counts) -> int:
    """The place of the one answer that is not the usual one."""
    usual = counts.index(max(counts))
    return next(place for place, count in enumerate(counts) if count and place != usual)


def _moved(counts: Counts, away: int, to: int) -> Counts:
    """Counts with one answer moved."""
    changed = list(counts)
    changed[away] -= 1
    changed[to] += 1
    return tuple(changed)


def _exchanged(cells: Mapping[Cell, Counts], one: Cell, given: int, other: Cell, taken: int) -> dict[Cell, Counts]:
    """The cells with an answer of one exchanged for an answer of another."""
    return {**cells, one: _moved(cells[one], given, taken), other: _moved(cells[other], taken, given)}
