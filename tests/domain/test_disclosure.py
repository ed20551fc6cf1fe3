import random
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import chain, combinations, combinations_with_replacement, product
from typing import Any

import pytest

from cxworkshop.domain.agreement import band, median
from cxworkshop.domain.disclosure import (
    UNITS,
    Suppression,
    bar_heights,
    could_be_of,
    hides_silence,
    release,
    release_one,
    suppress,
    suppress_two,
)
from domain.reference_cases import cases, tallied

People = list[tuple[str, str]]
View = tuple[int, int, tuple[int, ...], tuple[tuple[str, float | None, str | None], ...]]


def derivable(shown: Iterable[frozenset[int]], others: Iterable[frozenset[int]], room: frozenset[int]) -> set[int]:
    """The sizes of all sets of people that follow from shown groups of two breakdowns and the room's total.

    Every union of one side (the rest of the room pooled counts as a group) is compared with every union of the other;
    where one holds the other, what is left of it can be worked out.
    """

    def unions(groups: Iterable[frozenset[int]]) -> set[frozenset[int]]:
        own = list(groups)
        parts = [*own, room.difference(*own)] if own else [room]
        every = chain.from_iterable(combinations(parts, size) for size in range(len(parts) + 1))
        return {frozenset().union(*chosen) for chosen in every}

    first, second = unions(shown), unions(others)
    return {len(one - other) for one, other in chain(product(first, second), product(second, first)) if other <= one}


def sizes_that_follow(people: People, units: Suppression, levels: Suppression) -> set[int]:
    def members(names: Iterable[str], part: int) -> list[frozenset[int]]:
        return [frozenset(who for who, groups in enumerate(people) if groups[part] == name) for name in names]

    room = frozenset(range(len(people)))
    return derivable(members(units.shown, 0), members(levels.shown, 1), room)


@pytest.mark.parametrize("case", cases("pattern-cases.json", "suppress_partition"), ids=lambda case: case["id"])
def test_suppression_of_the_reference_cases(case: dict[str, Any]) -> None:
    found, wanted = suppress(case["input"]["sizes"], case["params"]["m"]), case["expected"]
    assert found == Suppression(tuple(wanted["shown"]), tuple(wanted["hidden"]), wanted["pooled_hidden_n"])


@pytest.mark.parametrize("case", cases("pattern-cases.json", "suppress_two_breakdowns"), ids=lambda case: case["id"])
def test_two_breakdowns_of_the_reference_cases(case: dict[str, Any]) -> None:
    unit, level = case["input"]["unit"], case["input"]["level"]
    units, levels = suppress_two(Counter((unit[who], level[who]) for who in unit), case["params"]["m"])
    assert list(units.shown) == case["expected"]["units_shown"]
    assert list(levels.shown) == case["expected"]["levels_shown"]


def test_of_equally_small_groups_the_first_by_name_is_hidden() -> None:
    assert suppress({"C": 6, "B": 6, "A": 6, "D": 2}).hidden == ("A", "D")


def test_no_groups_show_nothing() -> None:
    assert suppress({}) == suppress({"A": 0}) == Suppression()
    assert suppress_two({}) == (Suppression(), Suppression())


def rooms_of_two_groups() -> Iterable[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Everything that two groups of one to six people can answer on a scale of three."""
    groups = [answers for size in range(1, 7) for answers in combinations_with_replacement(range(1, 4), size)]
    return product(groups, groups)


def test_no_answer_of_a_small_group_follows_from_what_is_published() -> None:
    """Of all rooms that look alike from outside, no two small groups are forced to the same single answer.

    Published are the room's counts and size of each group, and of shown groups n, median and band.
    """
    possible: dict[View, dict[str, set[tuple[int, ...]]]] = {}
    for first, second in rooms_of_two_groups():
        found = release({("A", ""): len(first), ("B", ""): len(second)})
        answers = {"A": tallied(list(first), 3), "B": tallied(list(second), 3)}
        shown = tuple((name, median(answers[name]), band(answers[name])) for name in found.units.shown)
        published: View = (len(first), len(second), tallied([*first, *second], 3), shown)
        alike = possible.setdefault(published, {"A": set(), "B": set()})
        alike["A"].add(answers["A"])
        alike["B"].add(answers["B"])
    assert any(view[3] for view in possible)
    for view, groups in possible.items():
        everybody_the_same = sum(count > 0 for count in view[2]) == 1
        for name, size in (("A", view[0]), ("B", view[1])):
            if size < 5 and not everybody_the_same:
                assert len(groups[name]) > 1, view


def random_people(chance: random.Random) -> People:
    units = [f"unit {number}" for number in range(chance.randint(1, 5))]
    levels = [f"level {number}" for number in range(chance.randint(1, 4))]
    unit_weights = [chance.random() ** 2 + 0.01 for _ in units]
    level_weights = {unit: [chance.random() ** 3 + 0.001 for _ in levels] for unit in units}
    people: People = []
    for _ in range(chance.randint(1, 60)):
        unit = chance.choices(units, unit_weights)[0]
        people.append((unit, chance.choices(levels, level_weights[unit])[0]))
    return people


@pytest.mark.parametrize("minimum", [3, 5, 8])
def test_nobody_can_be_worked_out_in_a_thousand_random_rooms(minimum: int) -> None:
    chance = random.Random(f"rooms {minimum}")
    both_shown = 0
    for _ in range(1000):
        people = random_people(chance)
        units, levels = suppress_two(Counter(people), minimum)
        both_shown += bool(units.shown and levels.shown)
        leaks = {size for size in sizes_that_follow(people, units, levels) if 0 < size < min(minimum, len(people))}
        assert not leaks, (people, units, levels)
        assert len(units.hidden) != 1 or not units.shown
        assert len(levels.hidden) != 1 or not levels.shown
    assert both_shown > 100


def in_span(vectors: list[list[Fraction]], target: list[Fraction]) -> bool:
    """Whether a vector is a linear combination of others."""
    rows = [row.copy() for row in vectors]
    rest = target.copy()
    for column in range(len(target)):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        rows = [row for row in rows if row is not pivot]
        for row in (*rows, rest):
            factor = row[column] / pivot[column]
            for at, value in enumerate(pivot):
                row[at] -= factor * value
    return not any(rest)


def test_no_sum_or_difference_of_what_is_shown_gives_a_few_people_away() -> None:
    """By linear algebra over the cells, for any combination of shown groups and the total, not just differences."""
    chance = random.Random("linear")
    checked = 0
    for _ in range(1000):
        cells = Counter(random_people(chance))
        if len(cells) > 9:
            continue
        units, levels = suppress_two(cells)
        names = list(cells)
        known = [[Fraction(1)] * len(names)]
        known += [[Fraction(unit == name) for unit, _ in names] for name in units.shown]
        known += [[Fraction(level == name) for _, level in names] for name in levels.shown]
        for size in range(1, 5):
            for few in combinations(names, size):
                if sum(cells[name] for name in few) < min(5, cells.total()):
                    checked += 1
                    assert not in_span(known, [Fraction(name in few) for name in names]), (cells, few)
    assert checked > 1000


@pytest.mark.parametrize("minimum", [5])
def test_levels_are_hidden_only_where_they_would_give_people_away(minimum: int) -> None:
    chance = random.Random("nothing in vain")
    plain = 0
    for _ in range(300):
        people = random_people(chance)
        units = suppress(Counter(unit for unit, _ in people), minimum)
        levels = suppress(Counter(level for _, level in people), minimum)
        safe = not any(0 < size < minimum for size in sizes_that_follow(people, units, levels))
        if len(people) >= minimum and safe:
            plain += 1
            assert suppress_two(Counter(people), minimum) == (units, levels)
    assert plain > 50


def test_units_have_priority_over_levels() -> None:
    people = [("HQ", "Exec")] * 6 + [("HQ", "Staff")] * 2 + [("Plant", "Staff")] * 12
    units, levels = suppress_two(Counter(people))
    assert units.shown == ("HQ", "Plant")
    assert levels == Suppression((), ("Exec", "Staff"), 20)


def test_bars_need_eight_and_are_suppressed_on_their_own() -> None:
    people = [("A", "")] * 12 + [("B", "")] * 9 + [("C", "")] * 6
    found = release(Counter(people))
    assert found.units.shown == ("A", "B", "C")
    assert found.unit_bars == {"A"}  # the bars of B would give away those of C
    assert not found.levels.shown


def test_a_raised_minimum_holds_for_bars_too() -> None:
    people = [("A", "")] * 12 + [("B", "")] * 9
    assert release(Counter(people)).unit_bars == {"A", "B"}
    assert release(Counter(people), minimum=10).unit_bars == frozenset()
    assert release(Counter(people), minimum=10).units.shown == ()


def test_bars_stand_only_beside_groups_that_are_shown() -> None:
    chance = random.Random("bars")
    for _ in range(300):
        found = release(Counter(random_people(chance)))
        assert found.unit_bars <= set(found.units.shown)
        assert found.level_bars <= set(found.levels.shown)


def test_many_groups_are_decided_quickly() -> None:
    chance = random.Random("many")
    cells = {
        (f"unit {unit}", f"level {level}"): chance.choice((0, 1, 2, 9)) for unit in range(40) for level in range(20)
    }
    begin = time.perf_counter()
    units, levels = suppress_two(cells)
    assert time.perf_counter() - begin < 2
    assert len(units.shown) > 20
    assert len(levels.shown) + len(levels.hidden) == 20


def silences(parts: Sequence[int], total: int) -> list[tuple[int, ...]]:
    """All ways in which so many people of a room in parts can have given no answer."""
    ways: list[tuple[int, ...]] = [()]
    for people in parts:
        ways = [(*way, silent) for way in ways for silent in range(min(people, total - sum(way)) + 1)]
    return [way for way in ways if sum(way) == total]


@pytest.mark.parametrize("minimum", [3, 5])
def test_how_many_of_a_group_do_not_know_follows_neither_from_showing_groups_nor_from_hiding_them(minimum: int) -> None:
    """Shown is what everybody's silence leaves the least number of answers in each part, nothing where it does not."""
    open_rooms = 0
    for count in (2, 3):
        for parts in combinations_with_replacement(range(minimum, minimum + 7), count):
            for total in range(1, 7):
                if not hides_silence(parts, total, minimum):
                    continue
                open_rooms += 1
                alike: dict[bool, list[tuple[int, ...]]] = {}
                for way in silences(parts, total):
                    enough = all(people - silent >= minimum for people, silent in zip(parts, way, strict=True))
                    alike.setdefault(enough, []).append(way)
                for ways in alike.values():
                    assert all(len(set(told)) > 1 or told[0] == 0 for told in zip(*ways, strict=True)), (parts, total)
    assert open_rooms > 100


def test_a_group_of_the_least_number_is_not_shown_where_somebody_does_not_know() -> None:
    assert hides_silence((5, 9), 0)
    assert not hides_silence((5, 9), 1), "the other nine would have the one who does not know"
    assert hides_silence((6, 9), 1)
    assert not hides_silence((6, 6), 2), "each would have one"
    people = Counter({("A", ""): 5, ("B", ""): 9})
    assert release_one(people, UNITS).units.shown == ("A", "B")
    assert release_one(people, UNITS, silent=1).units.shown == ()


def test_bars_are_heights_and_tell_no_number() -> None:
    assert bar_heights((0, 0, 0)) == (0, 0, 0)
    assert bar_heights((12, 6, 1, 0)) == (7, 4, 1, 0)
    assert bar_heights((24, 12, 2, 0)) == bar_heights((12, 6, 1, 0))


def test_bars_of_a_part_are_shown_only_where_they_could_be_those_of_all() -> None:
    """Against the bars of every distribution that all of a group could have."""
    for people in range(8, 14):
        every = {
            bar_heights((first, second, people - first - second))
            for first in range(people + 1)
            for second in range(people + 1 - first)
        }
        for first in range(people):
            for second in range(people - first):
                counts = (first, second, people - 1 - first - second)
                assert could_be_of(counts, people) == (bar_heights(counts) in every), (counts, people)
