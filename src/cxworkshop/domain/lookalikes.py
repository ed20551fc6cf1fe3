"""Would what is shown of groups tell somebody's answer: looked for as another room that looks the same from outside.

Medians, bands and bars are no sums, so no rule on group sizes keeps them from telling: where the room's answers are all
alike but one, "close together" and "mixed" say in which group the one sits and what everybody else answered. What is
shown is safe where each person's answer could be exchanged with another one's and everything shown stayed as it was.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

Counts = tuple[int, ...]
"""Answers per option, option 1 first."""

Groups = Mapping[str, Counts]
"""The answers of each group of one breakdown; an empty name stands for all of which nothing is shown, together."""

_OTHER_ANSWERS = 2
"""Answers other than its commonest by which nobody of a group can be told, whatever is shown of it."""


class View(Protocol):
    """What is shown of the groups of an item; equal values look equal from outside."""

    def of_group(self, name: str, counts: Counts) -> Hashable:
        """What is shown of one group with these answers."""
        ...

    def of_all(self, groups: Groups) -> Hashable:
        """What is said of the groups together."""
        ...


def all_mixed(parts: Iterable[Counts], minimum: int) -> bool:
    """Whether nobody could be told though every answer of every one of these disjoint parts of a room were shown.

    So it is where each part has at least `minimum` answers, and two or more that are not its commonest one: any people
    fewer than `minimum` could have exchanged answers with somebody of their own part. One such answer would not do.
    Whoever sees that less is shown knows then that some part answers alike but for one at most; and that room can
    always be changed by an exchange that leaves it one of these, so that it says nothing of anybody either.
    """
    return all(sum(counts) >= minimum and sum(counts) - max(counts) >= _OTHER_ANSWERS for counts in parts)


def tells(groups: Groups, view: View, more: Sequence[View] = ()) -> bool:
    """Whether what is shown tells that a group answers alike, or would if one answer lay elsewhere.

    The second is looked at as well, since whoever knows the rule could else conclude from what is kept back that it
    would have told; and where a group does answer alike, the room that looks the same must be one that may be shown as
    much of, and no more.

    Args:
        groups: Valid answers of each group that is shown, and of all others together.
        view: What is shown of them.
        more: Views that show more, and that would tell.

    A room that answers alike is told by its own counts; nothing of that is found here.
    """
    room = _Room(groups, view)
    return room.nearly_tells or not all(
        any(
            not after.nearly_tells and all(tells(after.groups, each) for each in more)
            for after in room.lookalikes(name)
        )
        for name in room.alike
    )


class _Room:
    """The answers of a room, by group."""

    def __init__(self, groups: Groups, view: View) -> None:
        self.groups = {name: counts for name, counts in groups.items() if any(counts)}
        self._view = view
        self._options = range(len(next(iter(self.groups.values()), ())))

    @property
    def alike(self) -> tuple[str, ...]:
        """The groups in which everybody gave the same answer, unless all of the room did."""
        if sum(any(counts[place] for counts in self.groups.values()) for place in self._options) < 2:
            return ()
        return tuple(name for name, counts in self.groups.items() if _others(counts) == 0)

    @property
    def nearly_tells(self) -> bool:
        """Whether what is shown of the room, or of one that differs by one exchange, tells that a group is alike."""
        if not all(map(self._could_differ, self.alike)):
            return True
        return not all(after._could_differ(name) for name, after in self._nearly_alike())  # noqa: SLF001 - its own kind

    def lookalikes(self, name: str) -> Iterator["_Room"]:
        """Rooms that look the same and in which a group does not answer alike."""
        counts = self.groups[name]
        given = counts.index(max(counts))
        for other, taken in self._unseen(name, given):
            yield self._after(name, given, other, taken)

    def _nearly_alike(self) -> Iterator[tuple[str, "_Room"]]:
        """Every room that differs by one exchange and in which a group answers alike that does not here."""
        for name, counts in self.groups.items():
            if _others(counts) != 1:
                continue
            usual = counts.index(max(counts))
            other = next(place for place in self._options if counts[place] and place != usual)
            for outside, own in self.groups.items():
                if outside != name and own[usual]:
                    after = self._after(name, other, outside, usual)
                    if name in after.alike:
                        yield name, after

    def _could_differ(self, name: str) -> bool:
        """Whether an answer of a group that answers alike can be exchanged for another one unseen."""
        counts = self.groups[name]
        return any(self._unseen(name, counts.index(max(counts))))

    def _unseen(self, name: str, given: int) -> Iterator[tuple[str, int]]:
        """The other groups and answers with which an answer can be exchanged with nothing shown changing."""
        for other, counts in self.groups.items():
            if other != name:
                for taken in self._options:
                    if taken != given and counts[taken] and self._looks_the_same(name, given, other, taken):
                        yield other, taken

    def _looks_the_same(self, name: str, given: int, other: str, taken: int) -> bool:
        changed = self._exchanged(name, given, other, taken)
        return all(
            not group or self._view.of_group(group, changed[group]) == self._view.of_group(group, self.groups[group])
            for group in (name, other)
        ) and self._view.of_all(changed) == self._view.of_all(self.groups)

    def _after(self, name: str, given: int, other: str, taken: int) -> "_Room":
        return _Room(self._exchanged(name, given, other, taken), self._view)

    def _exchanged(self, name: str, given: int, other: str, taken: int) -> Groups:
        """The groups with an answer of one exchanged for an answer of another."""
        changed = {name: _moved(self.groups[name], given, taken), other: _moved(self.groups[other], taken, given)}
        return {**self.groups, **changed}


def _others(counts: Counts) -> int:
    """How many answers are not the commonest one."""
    return sum(counts) - max(counts)


def _moved(counts: Counts, away: int, to: int) -> Counts:
    """Counts with one answer moved."""
    changed = list(counts)
    changed[away] -= 1
    changed[to] += 1
    return tuple(changed)
