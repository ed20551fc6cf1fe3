"""Attacks on what is shown of groups, by somebody who knows who is in which group and the room's own figures.

Every room is looked for that shows the same. Somebody is given away whose answer is the same in all of them, and so are
one to four people whose answers are, taken together.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, combinations_with_replacement, product

import pytest

from cxworkshop.domain.breakdowns import Breakdowns, Cell, GroupResult, breakdowns_of
from cxworkshop.domain.disclosure import LEVELS, UNITS, Part
from cxworkshop.domain.lookalikes import Counts
from domain.reference_cases import tallied

Room = tuple[Counts, ...]
"""The answers of each cell; the last place counts those who don't know."""


def units(*sizes: int) -> dict[Cell, int]:
    return {(f"unit {place}", ""): size for place, size in enumerate(sizes)}


def beside_others(*sizes: int, others: int) -> dict[Cell, int]:
    """Units beside people without one."""
    return {**units(*sizes), ("", ""): others}


def crossed(*rows: Sequence[int]) -> dict[Cell, int]:
    return {
        (f"unit {unit}", f"level {level}"): size
        for unit, row in enumerate(rows)
        for level, size in enumerate(row)
        if size
    }


def rooms(people: dict[Cell, int], options: int, *, dont_know: bool = False) -> Iterator[Room]:
    """Everything that the people can answer, who of a cell answers what aside."""
    last = options + 1 if dont_know else options
    every = {
        size: [tallied(list(given), options + 1) for given in combinations_with_replacement(range(1, last + 1), size)]
        for size in set(people.values())
    }
    return product(*(every[size] for size in people.values()))


def shown(people: dict[Cell, int], room: Room, preferred: Part = UNITS) -> Breakdowns:
    cells = {cell: counts[:-1] for cell, counts in zip(people, room, strict=True)}
    return breakdowns_of(cells, people, preferred=preferred)


def any_shown(seen: Breakdowns) -> bool:
    return any(isinstance(group, GroupResult) for group in (*seen.units.values(), *seen.levels.values()))


def together(room: Room, cells: Sequence[int]) -> Counts:
    return tuple(map(sum, zip(*(room[place] for place in cells), strict=True)))


@dataclass
class Attack:
    """What follows from the rooms that look alike."""

    people: dict[Cell, int]

    def few(self) -> list[tuple[int, ...]]:
        """All sets of whole cells that hold one to four people."""
        sizes = tuple(self.people.values())
        places = range(len(sizes))
        return [
            few
            for count in range(1, 5)
            for few in combinations(places, count)
            if sum(sizes[at] for at in few) <= 4 and count < len(sizes)
        ]

    def given_away(self, alike: Sequence[Room]) -> list[object]:
        found: list[object] = []
        for place, cell in enumerate(self.people):
            answers = {room[place] for room in alike}
            if len({max(range(len(own)), key=own.__getitem__) for own in answers if max(own) == sum(own)}) == 1 and all(
                max(own) == sum(own) for own in answers
            ):
                found.append(cell)
        found += [few for few in self.few() if len({together(room, few) for room in alike}) == 1]
        return found


def attacked(
    people: dict[Cell, int], options: int, *, dont_know: bool = False, preferred: Part = UNITS
) -> tuple[int, list[object]]:
    """How many rooms are shown with some figure of a group, and who is given away by anything.

    The attacker knows the rules as well: rooms look alike only if the rules let the same be shown of them. Where the
    room's own counts show one answer, nothing of a group is needed.
    """
    alike: dict[tuple[Counts, str], list[Room]] = defaultdict(list)
    with_figures = 0
    for room in rooms(people, options, dont_know=dont_know):
        seen = shown(people, room, preferred)
        with_figures += any_shown(seen)
        alike[together(room, range(len(room))), repr(seen)].append(room)
    attack = Attack(people)
    return with_figures, [
        (who, view, same[0])
        for view, same in alike.items()
        if sum(map(bool, view[0][:-1])) > 1
        for who in attack.given_away(same)
    ]


QUICK = [
    (units(5, 5), 3, False),
    (units(5, 6), 2, True),
    (units(6, 7), 2, True),
    (units(1, 5, 6), 2, True),
    (units(8, 9), 2, False),
    (units(5, 5, 5), 2, False),
    (units(2, 3, 5), 3, False),
    *((units(*sizes), 2, False) for sizes in ((2, 3, 5), (1, 4, 5), (1, 4, 6, 7), (2, 3, 5, 5))),
    (beside_others(5, 6, others=5), 2, False),
]


@pytest.mark.parametrize(("people", "options", "dont_know"), QUICK, ids=str)
def test_nobody_is_given_away_by_what_every_room_may_show(
    people: dict[Cell, int],
    options: int,
    dont_know: bool,
) -> None:
    with_figures, found = attacked(people, options, dont_know=dont_know)
    assert with_figures, "nothing was shown, so nothing was tried"
    assert not found, found[0]


LONG = [
    *((beside_others(*sizes, others=5), 3, False) for sizes in ((5,), (5, 5), (5, 6))),
    *((beside_others(*sizes, others=6), 2, True) for sizes in ((6,), (6, 6))),
    (beside_others(5, 5, 6, others=5), 2, False),
    *((units(*sizes), 3, False) for sizes in ((2, 3, 5, 5), (6, 6, 7))),
    *(
        (units(*sizes), options, False)
        for sizes in combinations_with_replacement((5, 6), 2)
        for options in (2, 3, 4, 5)
    ),
    *((units(*sizes), 2, True) for sizes in ((8, 9), (9, 9), (1, 6, 6), (2, 5, 7), (6, 6, 6))),
    *((units(*sizes), 3, True) for sizes in combinations_with_replacement((5, 6, 7), 2)),
    (units(5, 5, 5), 3, False),
    (units(5, 6, 7), 2, False),
    (units(5, 5, 5, 5), 2, False),
    (units(8, 12), 3, False),
    (units(9, 10), 3, False),
    (units(5, 8), 4, False),
]


@pytest.mark.campaign
@pytest.mark.parametrize(("people", "options", "dont_know"), LONG, ids=str)
def test_nobody_is_given_away_in_larger_rooms(
    people: dict[Cell, int],
    options: int,
    dont_know: bool,
) -> None:
    with_figures, found = attacked(people, options, dont_know=dont_know)
    assert with_figures
    assert not found, found[0]


@pytest.mark.campaign
def test_nobody_who_does_not_know_is_given_away_where_units_cross_levels() -> None:
    with_figures, found = attacked(crossed((6, 6), (6,)), 2, dont_know=True)
    assert with_figures
    assert not found, found[0]


@pytest.mark.campaign
@pytest.mark.parametrize("options", [2, 3, 4, 5])
def test_all_that_two_groups_of_one_to_six_can_answer(options: int) -> None:
    for sizes in combinations_with_replacement(range(1, 7), 2):
        _, found = attacked(units(*sizes), options)
        assert not found, found[0]


@pytest.mark.parametrize("preferred", [UNITS, LEVELS])
def test_nobody_is_given_away_where_units_cross_levels(preferred: Part) -> None:
    for people in (crossed((3, 2), (2, 3)), crossed((5, 5), (5,)), crossed((5, 1), (1, 5))):
        with_figures, found = attacked(people, 2, preferred=preferred)
        assert with_figures
        assert not found, found[0]


CROSSED = [
    (crossed((3, 2), (2, 3)), 3),
    (crossed((5, 1), (1, 5)), 3),
    (crossed((3, 3), (2, 3)), 3),
    (crossed((5, 5), (5,)), 2),
    (crossed((4, 4), (4, 4)), 2),
    (crossed((6, 6), (6, 6)), 2),
    (crossed((5, 5), (5, 5)), 3),
    (crossed((3, 2), (2, 3), (2, 2)), 2),
    (crossed((1, 1, 3), (2, 2, 1), (2, 2, 1)), 2),
]


@pytest.mark.campaign
@pytest.mark.parametrize("preferred", [UNITS, LEVELS])
@pytest.mark.parametrize(("people", "options"), CROSSED, ids=str)
def test_nobody_is_given_away_where_more_units_cross_more_levels(
    people: dict[Cell, int], options: int, preferred: Part
) -> None:
    with_figures, found = attacked(people, options, preferred=preferred)
    assert with_figures
    assert not found, found[0]


def test_both_breakdowns_are_shown_where_each_meeting_of_a_unit_and_a_level_has_enough_people() -> None:
    people = crossed((6, 5), (5, 7))
    seen = shown(people, ((3, 2, 1, 0), (1, 2, 2, 0), (2, 2, 1, 0), (0, 4, 3, 0)))
    assert all(isinstance(group, GroupResult) for group in (*seen.units.values(), *seen.levels.values()))
    one_less = shown(people, ((3, 2, 1, 0), (1, 2, 2, 0), (1, 4, 0, 0), (0, 4, 3, 0)))
    assert all(isinstance(group, GroupResult) for group in one_less.units.values())
    assert not any(isinstance(group, GroupResult) for group in one_less.levels.values())


def some_room(chance: random.Random) -> dict[Cell, Counts]:
    """A room of ten to forty people in units and levels, who lean to one answer, to two ends, or nowhere."""
    options = chance.choice((2, 3, 4, 5, 5, 5, 6, 7))
    names = [f"unit {place}" for place in range(chance.randint(1, 5))]
    levels = [f"level {place}" for place in range(chance.randint(1, 4))]
    unit_weights = [chance.random() ** 2 + 0.05 for _ in names]
    level_weights = {name: [chance.random() ** 2 + 0.02 for _ in levels] for name in names}
    peak = chance.randrange(options)
    leanings = {
        "peak": [3.0 if place == peak else 0.6 if abs(place - peak) == 1 else 0.03 for place in range(options)],
        "ends": [1.0, *[0.05] * (options - 2), 1.0],
        "flat": [1.0] * options,
    }
    weights = leanings[chance.choice(("peak", "peak", "ends", "flat"))]
    cells: dict[Cell, list[int]] = {}
    for _ in range(chance.randint(10, 40)):
        unit = chance.choices(names, unit_weights)[0]
        cell = (unit, chance.choices(levels, level_weights[unit])[0])
        cells.setdefault(cell, [0] * options)[chance.choices(range(options), weights)[0]] += 1
    return {cell: tuple(counts) for cell, counts in cells.items()}


def exchanged(chance: random.Random, cells: dict[Cell, Counts], one: Cell) -> dict[Cell, Counts]:
    """A room in which somebody of a cell has exchanged answers with somebody else.

    Half of the time two people who cross them, where there are such, make up for it in every unit and level; now and
    then others exchange theirs as well.
    """
    changed = {cell: list(counts) for cell, counts in cells.items()}

    def exchange(here: Cell, given: int, there: Cell, taken: int) -> None:
        for cell, away, to in ((here, given, taken), (there, taken, given)):
            changed[cell][away] -= 1
            changed[cell][to] += 1

    def anybody(cell: Cell) -> int:
        return chance.choices(range(len(changed[cell])), changed[cell])[0]

    other = chance.choice([cell for cell in changed if cell != one])
    given, taken = anybody(one), anybody(other)
    beside, below = (one[0], other[1]), (other[0], one[1])
    crossing = beside in changed and below in changed and one[0] != other[0] and one[1] != other[1]
    if crossing and chance.random() < 0.5:
        taken = anybody(beside)
        if changed[below][taken] and changed[other][given]:
            exchange(one, given, beside, taken)
            exchange(other, given, below, taken)
    else:
        exchange(one, given, other, taken)
    if chance.random() < 0.3:
        first, second = chance.sample(list(changed), 2)
        exchange(first, anybody(first), second, anybody(second))
    return {cell: tuple(counts) for cell, counts in changed.items()}


def total(cells: dict[Cell, Counts], few: tuple[Cell, ...]) -> Counts:
    return tuple(map(sum, zip(*(cells[cell] for cell in few), strict=True)))


def told_of(
    chance: random.Random, cells: dict[Cell, Counts], preferred: Part
) -> tuple[Breakdowns, list[tuple[Cell, ...]]]:
    """What is shown of a room, and of whom no other room was found of which the same is, by exchanging at random."""
    people = {cell: sum(counts) for cell, counts in cells.items()}
    names = tuple(cells)
    seen = breakdowns_of(cells, people, preferred=preferred)
    if len(names) < 2 or sum(map(any, zip(*cells.values(), strict=True))) < 2:
        return seen, []
    suspects: set[tuple[Cell, ...]] = {(cell,) for cell, counts in cells.items() if max(counts) == sum(counts)}
    suspects |= {tuple(names[place] for place in few) for few in Attack(people).few()}
    now = cells
    for _ in range(20_000):
        if not suspects:
            break
        after = exchanged(chance, now, chance.choice(chance.choice(sorted(suspects))))
        if breakdowns_of(after, people, preferred=preferred) == seen:
            now = after
            suspects -= {few for few in suspects if total(now, few) != total(cells, few)}
    return seen, sorted(suspects)


def check_rooms(chance: random.Random, count: int) -> None:
    with_figures = 0
    for _ in range(count):
        cells = some_room(chance)
        seen, found = told_of(chance, cells, chance.choice((UNITS, LEVELS)))
        with_figures += any_shown(seen)
        assert not found, (found, cells)
    assert with_figures > count / 2


def test_nobody_is_told_of_in_rooms_with_both_breakdowns() -> None:
    check_rooms(random.Random("both"), 60)


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(20))
def test_nobody_is_told_of_in_thousands_of_rooms_with_both_breakdowns(seed: int) -> None:
    check_rooms(random.Random(f"long {seed}"), 200)
