import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from operator import attrgetter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxworkshop.domain.agreement import median, one_vote_bound
from cxworkshop.domain.ballots import Ballot, Tally
from cxworkshop.domain.breakdowns import GroupResult, Suppressed
from cxworkshop.domain.disclosure import LEVELS, UNITS, bar_heights, release, release_one
from cxworkshop.domain.groups import GroupTest, compare_groups, group_pattern
from cxworkshop.domain.instruments import Direction, Item, Option, Scale
from cxworkshop.domain.later_rounds import beside_earlier, overlaid
from cxworkshop.domain.results import (
    RoundResult,
    results_of_ballots,
    results_of_hands,
    strengths,
    weaknesses,
)
from domain.reference_cases import ROOMS, cases, expected, rows, tallied


def scale(options: int) -> Scale:
    return Scale("scale", tuple(Option(f"option {number}") for number in range(1, options + 1)))


def item(name: str, options: int = 5, direction: Direction = "good", model: str = "") -> Item:
    return Item(name, f"The statement {name}", scale(options), direction=direction, model=model)


def ballots_of(values: Sequence[int], units: Sequence[str] = (), levels: Sequence[str] = ()) -> list[Ballot]:
    return [
        Ballot(
            "1", str(number), {"Q": value}, unit=units[number] if units else "", level=levels[number] if levels else ""
        )
        for number, value in enumerate(values)
    ]


def room_of(counts: Sequence[int]) -> list[Ballot]:
    return ballots_of([option for option, count in enumerate(counts, start=1) for _ in range(count)])


def result_of(*rooms: Sequence[int], options: int = 5) -> RoundResult:
    """A round of items A, B, … with the given counts."""
    names = "ABCDEFG"[: len(rooms)]
    tallies = {name: Tally(tuple(counts)) for name, counts in zip(names, rooms, strict=True)}
    return results_of_hands(1, [item(name, options) for name in names], tallies)


def ballots_of_room(room: str, number: str) -> tuple[list[Item], list[Ballot]]:
    """The ballots of a real room, as it answered."""
    answers: dict[str, dict[str, int]] = {}
    groups: dict[str, tuple[str, str]] = {}
    for row in rows(room):
        if row["round"] != number:
            continue
        own = answers.setdefault(row["participant"], {})
        groups[row["participant"]] = (row["unit"], row["level"])
        if row["answer"]:
            own[row["item"]] = 0 if row["answer"] == "DK" else int(row["answer"])
    ids = sorted({row["item"] for row in rows(room)})
    ballots = [Ballot(number, who, given, unit=groups[who][0], level=groups[who][1]) for who, given in answers.items()]
    return [item(name, expected(room)["scale"][1]) for name in ids], ballots


@pytest.mark.parametrize(("room", "number"), [(room, number) for room in ROOMS for number in expected(room)["rounds"]])
def test_a_real_room_gives_the_figures_of_r(room: str, number: str) -> None:
    items, ballots = ballots_of_room(room, number)
    wanted = expected(room)["rounds"][number]["items"]
    result = results_of_ballots(int(number), items, ballots)
    assert result.ballots == expected(room)["participants"]
    for found in result.items:
        figures = wanted[found.item.id]
        overall = figures["overall"]
        assert found.counts == tuple(overall["counts"])
        assert (found.n, found.dont_know, found.left_out) == (overall["n"], figures["dont_know"], figures["missing"])
        assert found.median == overall["median"]
        assert found.agreement == pytest.approx(100 * overall["lsquared"], abs=1e-6)
        assert found.shape.label == figures["shape"]["label"]
        assert found.pattern == figures["pattern"]
        shown = {name for name, group in found.units.items() if isinstance(group, GroupResult)}
        assert shown == set(figures["suppression_m5"]["units_shown"])
        levels = {name for name, group in found.levels.items() if isinstance(group, GroupResult)}
        assert levels <= set(figures["suppression_m5"]["levels_shown"])
        for name, group in found.units.items():
            if isinstance(group, GroupResult):
                assert group.n in (None, figures["by_unit"][name]["n"])
                assert (group.n is None) == bool(found.dont_know or found.left_out)
                assert group.median == figures["by_unit"][name]["median"]


@pytest.mark.parametrize("case", cases("pattern-cases.json", "pattern_with_groups"), ids=lambda case: case["id"])
def test_the_pattern_of_the_reference_cases(case: dict[str, Any]) -> None:
    given_ = case["input"]
    ballots = ballots_of(given_["values"], given_["unit"], given_["level"])
    found = results_of_ballots(1, [item("Q")], ballots).item("Q")
    shown = release(Counter((ballot.unit, ballot.level) for ballot in ballots))
    units, levels = (
        compare_groups(
            {name: tallied([ballot.answers["Q"] for ballot in ballots if named(ballot) == name], 5) for name in names}
        )
        for names, named in ((shown.units.shown, attrgetter("unit")), (shown.levels.shown, attrgetter("level")))
    )
    assert (units.verdict, levels.verdict) == tuple(case["expected"][part]["verdict"] for part in ("unit", "level"))
    explained = None if found.shape.label in ("consensus", "too_few") else group_pattern(units, levels)
    assert (explained or found.shape.label) == case["expected"]["pattern"]
    assert found.shape.label == case["expected"]["shape"]
    assert found.pattern == case["expected"]["pattern"]


def test_dont_know_and_left_out_are_counted_apart() -> None:
    ballots = [Ballot("1", "1", {"Q": 4}), Ballot("1", "2", {"Q": 0}), Ballot("1", "3", {}), Ballot("1", "4", {"Q": 4})]
    found = results_of_ballots(1, [item("Q")], ballots).item("Q")
    assert (found.n, found.dont_know, found.left_out) == (2, 1, 1)
    assert found.counts == (0, 0, 0, 2, 0)
    assert found.many_dont_know
    assert found.pattern == "too_few"
    assert found.units == {}


def test_a_round_without_ballots_says_nothing() -> None:
    result = results_of_ballots(1, [item("Q", model="six-stages")], [])
    found = result.item("Q")
    assert found.counts == (0, 0, 0, 0, 0)
    assert (found.median, found.quartiles, found.agreement, found.corner) == (None, None, None, None)
    assert result.models[0].median_stage is None
    assert result.ranking == ("Q",)


def test_a_suppressed_group_carries_nothing() -> None:
    ballots = ballots_of([3, 4] * 6 + [3] * 9 + [2, 4], ["Sales"] * 12 + ["Support"] * 8 + ["Board"] * 3)
    found = results_of_ballots(1, [item("Q")], ballots).item("Q")
    assert found.units == {
        "Board": Suppressed(),
        "Sales": GroupResult(12, 3.5, "close", (0, 0, 7, 7, 0)),
        "Support": Suppressed(),
    }


def test_bars_are_shown_from_eight_and_never_give_others_away() -> None:
    ballots = ballots_of([3, 4, 4] * 9, ["A"] * 12 + ["B"] * 9 + ["C"] * 6)
    units = results_of_ballots(1, [item("Q")], ballots).item("Q").units
    assert {name: group.bars is not None for name, group in units.items() if isinstance(group, GroupResult)} == {
        "A": True,
        "B": False,
        "C": False,
    }


@pytest.mark.parametrize("third", [3, 2])
def test_no_bars_nor_bands_are_shown_where_a_unit_answers_alike_or_all_but_one(third: int) -> None:
    answers = [3] * 8 + [third] + [1, 2, 3] * 6
    two = results_of_ballots(1, [item("Q")], ballots_of(answers[:18], ["A"] * 9 + ["B"] * 9)).item("Q").units
    assert two == {name: GroupResult(9, middle, None) for name, middle in (("A", 3), ("B", 2))}
    three = results_of_ballots(1, [item("Q")], ballots_of(answers, ["A"] * 9 + ["B"] * 9 + ["C"] * 9)).item("Q").units
    assert three == dict.fromkeys("ABC", Suppressed()), "with three the sight of any of it could tell"


def test_a_number_is_kept_back_where_it_would_tell_who_does_not_know() -> None:
    values = [1, 2, 3, 4] * 6
    values[0] = 0
    found = results_of_ballots(1, [item("Q")], ballots_of(values, ["A"] * 8 + ["B"] * 8 + ["C"] * 8)).item("Q")
    numbers = [(group.n, group.least) for group in found.units.values() if isinstance(group, GroupResult)]
    assert numbers == [(None, 7)] * 3
    assert (found.n, found.dont_know) == (23, 1)


def test_a_single_unit_is_no_breakdown() -> None:
    assert results_of_ballots(1, [item("Q")], ballots_of([3] * 9, ["Sales"] * 9)).item("Q").units == {}


def test_people_without_a_unit_are_not_named_but_protected() -> None:
    units = results_of_ballots(1, [item("Q")], ballots_of([3] * 12, ["Sales"] * 10 + [""] * 2)).item("Q").units
    assert units == {"Sales": Suppressed()}


def test_verdicts_on_groups_come_without_figures_and_not_where_they_would_tell() -> None:
    small = results_of_ballots(1, [item("Q")], ballots_of([1] * 5 + [5] * 5, ["A"] * 5 + ["B"] * 5)).item("Q")
    answers = [*([1] * 8), 2, *([5] * 8), 4]
    large = results_of_ballots(1, [item("Q")], ballots_of(answers, ["A"] * 9 + ["B"] * 9)).item("Q")
    assert (small.pattern, small.unit_test) == ("two_camps", GroupTest("not_tested"))
    assert (large.pattern, large.unit_test) == ("unit_against_unit", GroupTest("against", ("A", "B"), pair=("A", "B")))


def test_consensus_is_not_replaced_by_a_group_pattern() -> None:
    ballots = ballots_of([3, *[4] * 9, *[5] * 9, 4], ["A"] * 10 + ["B"] * 10)
    found = results_of_ballots(1, [item("Q")], ballots).item("Q")
    assert found.unit_test.verdict == "against"
    assert found.pattern == "consensus"


@pytest.mark.parametrize(
    ("counts", "verdict", "stage"),
    [
        ((0, 1, 9, 2, 0, 0), "aligned", 3),
        ((6, 0, 0, 0, 0, 6), "not_aligned", 3),
        ((2, 2, 2, 2, 2, 2), "not_aligned", 3),
        ((0, 1, 3, 3, 3, 0), "partly", 4),
        ((0, 0, 5, 5, 0, 0), "aligned", 3),
        ((1, 0, 0, 0, 7, 4), "partly", 5),
    ],
)
def test_alignment_of_a_stage_item(counts: tuple[int, ...], verdict: str, stage: int) -> None:
    result = results_of_ballots(1, [item("Q", 6, model="six-stages")], room_of(counts))
    (model,) = result.models
    assert (model.id, model.item, model.median_stage, model.counts) == ("six-stages", "Q", stage, counts)
    assert model.alignment.verdict == verdict
    assert model.stages[0] == "option 1"


def test_units_that_place_the_company_in_different_stages_are_not_aligned() -> None:
    ballots = ballots_of([1, 2, 2, 2, 3, 2, 4, 5, 5, 5, 5, 4], ["A"] * 6 + ["B"] * 6)
    (model,) = results_of_ballots(1, [item("Q", 6, model="six-stages")], ballots).models
    assert model.alignment.verdict == "not_aligned"
    stages = {name: group.stage for name, group in model.alignment.by_unit.items() if isinstance(group, GroupResult)}
    assert stages == {"A": 2, "B": 5}


def test_an_items_direction_decides_what_is_strong() -> None:
    items = [item("good"), item("bad", direction="bad"), item("middle"), item("stage", model="six-stages")]
    counts = {"good": (0, 0, 0, 3, 9), "bad": (0, 0, 0, 9, 3), "middle": (0, 0, 9, 0, 0), "stage": (9, 0, 0, 0, 0)}
    result = results_of_hands(1, items, {name: Tally(own) for name, own in counts.items()})
    assert [found.item.id for found in strengths(result)] == ["good"]
    assert [found.item.id for found in weaknesses(result)] == ["bad"]
    bad = result.item("bad")
    assert (bad.median, bad.favourable_median, bad.strength, bad.counts) == (4, 2, 0.25, counts["bad"])
    assert [found.corner for found in result.items] == ["protect", "act", "act", "act"]


def test_the_map_has_four_corners() -> None:
    result = result_of((0, 0, 1, 8, 3), (3, 8, 1, 0, 0), (6, 4, 0, 0, 6), (6, 0, 0, 5, 6), (1, 0, 0, 0, 1))
    assert [found.corner for found in result.items] == ["protect", "act", "clarify", "reach", None]


def test_ranking_puts_most_disagreement_first_and_too_few_last() -> None:
    result = result_of((0, 0, 0, 12, 0), (2, 2, 2, 2, 2), (6, 0, 0, 0, 6), (1, 0, 0, 0, 1))
    assert result.ranking == ("C", "B", "A", "D")


def test_what_one_vote_could_turn_round_is_marked_as_tied() -> None:
    result = result_of((2, 2, 2, 2, 2), (2, 2, 1, 3, 2), (6, 0, 0, 0, 6), (0, 0, 0, 12, 0), (1, 0, 0, 0, 1))
    assert [result.item(name).agreement for name in ("C", "B", "A", "D")] == pytest.approx([0, 19, 20, 100])
    assert one_vote_bound(10, 5) == pytest.approx(9)
    assert result.ranking == ("C", "B", "A", "D", "E")
    assert result.tied == {"A"}


def test_of_equals_camps_come_before_spread_before_leaning_and_then_more_answers() -> None:
    equals = result_of((1, 1, 4, 1, 1), (0, 1, 3, 1, 3), (0, 1, 2, 1, 4), (2, 2, 8, 2, 2))
    labels = [found.shape.label for found in equals.items]
    assert labels == ["leaning", "two_camps", "spread", "leaning"]
    assert {found.agreement for found in equals.items} == {40.625}
    assert equals.ranking == ("B", "C", "D", "A")


@given(st.lists(st.tuples(*[st.integers(0, 6)] * 5), min_size=1, max_size=7))
def test_the_ranking_is_by_agreement(rooms: list[tuple[int, ...]]) -> None:
    result = result_of(*rooms)
    assert sorted(result.ranking) == sorted(found.item.id for found in result.items)
    ranked = [result.item(name) for name in result.ranking if result.item(name).n >= 4]
    assert all((before.agreement or 0) <= (after.agreement or 0) + 1e-9 for before, after in pairwise(ranked))


def test_a_band_that_would_tell_every_answer_of_a_group_is_not_said() -> None:
    values = [2] * 6 + [1, 2, 1, 2, 1, 2, 2]
    ballots = ballots_of(values, ["A"] * 6 + ["B"] * 7)
    found = results_of_ballots(1, [item("Q", 2)], ballots).item("Q").units["A"]
    assert isinstance(found, GroupResult)
    assert (found.median, found.band) == (2, None)


def test_where_the_room_stands_is_what_it_said_last() -> None:
    first = result_of((6, 0, 0, 0, 6), (0, 0, 0, 12, 0))
    again = results_of_hands(2, [item("A")], {"A": Tally((0, 0, 0, 9, 3))})
    now = overlaid(first, [again])
    assert [now.item(name).median for name in ("A", "B")] == [4, 4]
    assert now.ranking == ("A", "B")
    assert first.item("A").median == 3, "round 1 never changes"


@pytest.mark.parametrize(("people", "stands"), [(1, False), (5, False), (6, True)])
def test_a_round_of_less_than_half_the_room_stands_in_no_place(people: int, stands: bool) -> None:
    first = result_of((6, 0, 0, 0, 6))
    few = results_of_hands(2, [item("A")], {"A": Tally((0, 0, 0, 0, people))})
    assert (overlaid(first, [few]).item("A").n == people) == stands
    of_the_later = results_of_hands(3, [item("A")], {"A": Tally((3, 0, 0, 0, 0))})
    assert overlaid(first, [few, of_the_later]).item("A").n == (3 if stands else 12)


def test_a_show_of_hands_knows_no_groups() -> None:
    result = results_of_hands(2, [item("Q"), item("R")], {"Q": Tally((0, 1, 2, 3, 4), dont_know=2)})
    assert (result.number, result.ballots) == (2, 12)
    found = result.item("Q")
    assert (found.n, found.dont_know, found.left_out, found.units) == (10, 2, 0, {})
    with pytest.raises(KeyError):
        result.item("R")


def random_round(seed: int) -> tuple[list[Item], list[Ballot]]:
    chance = random.Random(seed)
    items = [item(f"Q{number}", chance.randint(2, 7)) for number in range(4)]
    ballots = []
    for number in range(chance.randint(0, 60)):
        answers = {own.id: chance.randint(0, len(own.scale)) for own in items if chance.random() < 0.9}
        groups = chance.choice(["North", "South", "East", ""]), chance.choice(["Board", "Staff"])
        ballots.append(Ballot("1", str(number), answers, unit=groups[0], level=groups[1]))
    return items, ballots


@pytest.mark.parametrize("seed", range(30))
def test_counting_by_cells_is_counting_people(seed: int) -> None:
    items, ballots = random_round(seed)
    for found in results_of_ballots(1, items, ballots).items:
        given_ = [ballot.answers.get(found.item.id) for ballot in ballots]
        options = range(1, len(found.item.scale) + 1)
        assert found.counts == tuple(given_.count(option) for option in options)
        assert (found.dont_know, found.left_out) == (given_.count(0), given_.count(None))
        for name, group in found.units.items():
            own = [ballot.answers.get(found.item.id) for ballot in ballots if ballot.unit == name]
            counts = tuple(own.count(option) for option in options)
            if isinstance(group, GroupResult):
                assert group.median == median(counts)
                assert group.n in (None, sum(counts))
                assert group.least <= sum(counts)
                assert group.n is None or len(ballots) == found.n, "no number where anybody of the room was silent"
                assert sum(counts) >= 5
                assert group.bars in (None, bar_heights(counts))
                assert group.bars is None or (sum(counts) >= 8 and max(counts) < sum(counts))


@pytest.mark.parametrize("seed", range(30))
def test_breakdowns_show_what_disclosure_control_allows_and_nothing_else(seed: int) -> None:
    items, ballots = random_round(seed)
    for found in results_of_ballots(1, items, ballots, minimum_group=6).items:
        people = Counter((ballot.unit, ballot.level) for ballot in ballots)
        units, levels = (release_one(people, part, len(ballots) - found.n, 6) for part in (UNITS, LEVELS))
        for groups, shown, bars in (
            (found.units, units.units.shown, units.unit_bars),
            (found.levels, levels.levels.shown, levels.level_bars),
        ):
            open_groups = {name: group for name, group in groups.items() if isinstance(group, GroupResult)}
            assert set(open_groups) <= set(shown) - {""}
            assert {name for name, group in open_groups.items() if group.bars is not None} <= bars


@given(st.permutations(range(24)))
def test_the_order_of_ballots_means_nothing(order: list[int]) -> None:
    items, ballots = random_round(7)
    shuffled = [ballots[place] for place in order if place < len(ballots)] + ballots[24:]
    assert results_of_ballots(1, items, shuffled) == results_of_ballots(1, items, ballots)


@pytest.mark.parametrize(("moved", "shown"), [(0, False), (4, False), (5, True)])
def test_a_later_round_shows_groups_only_where_enough_answers_differ(moved: int, shown: bool) -> None:
    units = ["A"] * 12 + ["B"] * 12
    before = ballots_of([1, 2, 3, 4] * 6, units)
    after = ballots_of([*[5] * moved, *([1, 2, 3, 4] * 3)[moved:], *[5] * 6, *([1, 2, 3, 4] * 3)[6:]], units)
    paired = beside_earlier(results_of_ballots(2, [item("Q")], after), after, [before])
    result = beside_earlier(
        results_of_ballots(2, [item("Q")], after), after, [[replace(each, code=f"x{each.code}") for each in before]]
    )
    assert paired == result
    found = result.item("Q").units
    assert set(found) == {"A", "B"}
    assert all(isinstance(group, GroupResult) == shown for group in found.values())
    assert result.item("Q").counts == results_of_ballots(2, [item("Q")], after).item("Q").counts
    assert beside_earlier(result, after, [ballots_of([], [])]).item("Q").units == result.item("Q").units


def test_groups_kept_back_look_the_same_whatever_keeps_them_back() -> None:
    units, levels = ["A", "B"] * 6, ["Board", "Staff", "Staff"] * 4
    mixed = ballots_of([1, 2] * 6, units, levels)
    too_few = ballots_of([0, 1, 0, *[1, 2] * 4, 3], units, levels)
    by_itself, beside = (
        results_of_ballots(2, [item("Q", model="six-stages")], too_few),
        beside_earlier(results_of_ballots(2, [item("Q", model="six-stages")], mixed), mixed, [mixed]),
    )
    assert by_itself.item("Q").units == {"A": Suppressed(), "B": Suppressed()}
    assert by_itself.item("Q").levels == {"Board": Suppressed(), "Staff": Suppressed()}
    for named in ("units", "levels", "unit_test", "level_test"):
        assert getattr(beside.item("Q"), named) == getattr(by_itself.item("Q"), named)
    assert beside.models[0].alignment.by_unit == by_itself.models[0].alignment.by_unit


@pytest.mark.parametrize(
    ("counts", "marked"),
    [
        ((3, 5, 8, 0, 0), (2, 3)),
        ((0, 12, 1, 0, 0), (2,)),
        ((8, 0, 0, 0, 8), ()),
        ((1, 5, 1, 5, 0), ()),
        ((0,) * 5, ()),
    ],
)
def test_a_room_is_marked_where_its_median_is_and_nowhere_between_camps(
    counts: tuple[int, ...], marked: tuple[int, ...]
) -> None:
    (found,) = results_of_hands(1, [item("Q", model="six-stages")], {"Q": Tally(counts)}).models
    assert found.middle_stages == marked
