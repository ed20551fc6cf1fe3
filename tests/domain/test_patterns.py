from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cxworkshop.domain.patterns import far_steps, one_vote_from, region_of, shape_of, window_width
from domain.reference_cases import cases, expected_items

ROOMS = st.lists(st.integers(0, 12), min_size=2, max_size=11)


@pytest.mark.parametrize("case", cases("pattern-cases.json", "classify_shape"), ids=lambda case: case["id"])
def test_shape_of_the_reference_cases(case: dict[str, Any]) -> None:
    shape = shape_of(case["input"]["counts"])
    assert {key: getattr(shape, key) for key in case["expected"]} == case["expected"]


def test_shape_of_every_item_of_two_real_rooms() -> None:
    for name, figures in expected_items():
        shape, wanted = shape_of(figures["overall"]["counts"]), figures["shape"]
        assert shape.label == wanted["label"], name
        assert shape.region == wanted["region"], name
        assert shape.provisional == wanted["provisional"], name
        assert shape.dissent == wanted.get("dissent"), name
        assert shape.window == tuple(wanted["window"]), name
        assert shape.in_window == wanted["in_window"], name
        assert shape.far == wanted.get("far", shape.far), name
        if "camps" in wanted:
            camps, answers = shape.camps, wanted["camps"]
            assert camps is not None
            assert (camps.low, camps.high) == (answers["low"][1], answers["high"][0]), name
            assert camps.low_answers == answers["n_low"], name
            assert camps.between_answers == answers["n_between"], name
            assert camps.high_answers == answers["n_high"], name


@pytest.mark.parametrize(
    ("counts", "label", "region"),
    [
        ((1, 2, 3, 10, 8), "consensus", "high"),
        ((0, 4, 6, 8, 0), "consensus", "mid"),
        ((0, 6, 0, 14, 0), "two_camps", None),
        ((7, 0, 2, 0, 7), "two_camps", None),
        ((2, 2, 1, 2, 2), "spread", None),
        ((0, 0, 4, 4, 4), "leaning", "high"),
        ((0, 1, 5, 9, 3, 0), "consensus", "mid"),
        ((0, 4, 1, 1, 4, 0), "two_camps", None),
        ((0, 1, 0, 3, 0), "leaning", "high"),  # with four people all four have to be in the window
        ((9, 0), "consensus", "low"),
        ((5, 5), "spread", None),  # two options leave no room for a valley
        ((5, 0, 5), "two_camps", None),
        ((1, 1, 0, 2, 2), "spread", None),  # the valley is empty, but only one vote lower
    ],
)
def test_shape_of_the_specified_examples(counts: tuple[int, ...], label: str, region: str | None) -> None:
    shape = shape_of(counts)
    assert (shape.label, shape.region) == (label, region)


def test_all_far_answers_of_lone_voices_together_number_one_to_three() -> None:
    assert shape_of((1, 0, 0, 15, 6)).far == 1
    assert shape_of((3, 0, 0, 15, 6)).dissent == "few"
    assert shape_of((4, 0, 0, 15, 6)).dissent == "minority"
    assert shape_of((4, 0, 0, 25, 16)).label == "consensus"
    assert shape_of((1, 0, 1, 1, 2, 10, 10)).dissent == "few"  # one of the three stands alone
    assert shape_of((0, 1, 1, 1, 2, 10, 10)).label == "consensus"  # none does


def test_of_several_ways_to_part_two_camps_the_emptiest_then_the_widest_valley_counts() -> None:
    emptiest, widest = shape_of((5, 0, 1, 0, 5)).camps, shape_of((6, 0, 0, 0, 6)).camps
    assert emptiest is not None
    assert widest is not None
    assert emptiest.between_answers == 0
    assert (widest.low, widest.high) == (1, 5)


@pytest.mark.parametrize(
    ("answers", "provisional", "looks_like"), [(4, True, True), (9, True, True), (10, False, True), (20, False, False)]
)
def test_small_rooms_are_spoken_of_with_care(answers: int, provisional: bool, looks_like: bool) -> None:
    shape = shape_of((0, 0, 0, answers, 0))
    assert (shape.provisional, shape.looks_like) == (provisional, looks_like)


def test_the_rule_of_consensus_is_the_sessions_own() -> None:
    counts = (0, 1, 2, 5, 2)
    assert shape_of(counts, 0.70).label == "consensus"
    assert shape_of(counts, 0.75).label == "leaning"
    assert shape_of((0, 0, 4, 4, 4), 2 / 3).label == "consensus"  # exactly 8 of 12
    assert shape_of((0, 0, 1, 5, 1, 0), 0.85).label == "consensus"  # 6 of 7
    assert shape_of((0, 0, 1, 5, 1, 0), 0.86).label == "leaning"


@pytest.mark.parametrize(
    ("options", "regions"), [(2, "lh"), (3, "lmh"), (4, "llhh"), (5, "llmhh"), (6, "llmmhh"), (9, "lllmmmhhh")]
)
def test_thirds_of_a_scale(options: int, regions: str) -> None:
    assert "".join(region_of(option, options)[0] for option in range(1, options + 1)) == regions


@pytest.mark.parametrize(
    ("options", "width", "steps"), [(2, 1, 2), (3, 1, 2), (5, 2, 2), (7, 2, 2), (8, 3, 2), (11, 4, 3)]
)
def test_window_and_distance_grow_with_the_scale(options: int, width: int, steps: int) -> None:
    assert (window_width(options), far_steps(options)) == (width, steps)


def test_one_vote_from_names_what_one_person_could_change() -> None:
    assert one_vote_from((0, 0, 0, 0, 12)) == frozenset()
    assert one_vote_from((0, 1, 0, 8, 3)) == {"consensus"}
    assert one_vote_from((1, 0, 0, 8, 3)) == frozenset()  # wherever the one goes in a step, it stays alone


@given(ROOMS)
def test_one_vote_from_is_what_every_single_move_gives(counts: list[int]) -> None:
    labels = set()
    for source in range(len(counts)):
        for target in (source - 1, source + 1):
            if counts[source] and 0 <= target < len(counts):
                moved = list(counts)
                moved[source] -= 1
                moved[target] += 1
                labels.add(shape_of(moved).label)
    assert one_vote_from(counts) == labels - {shape_of(counts).label}


@given(ROOMS)
def test_a_mirrored_scale_mirrors_the_region(counts: list[int]) -> None:
    # Ties between windows are broken towards the lower end, so only rooms with a single best window are mirrored.
    width = window_width(len(counts))
    held = [sum(counts[first : first + width]) for first in range(len(counts) - width + 1)]
    assume(held.count(max(held)) == 1)
    shape, mirrored = shape_of(counts), shape_of(counts[::-1])
    assert mirrored.label == shape.label
    assert mirrored.dissent == shape.dissent
    assert mirrored.region == {"low": "high", "mid": "mid", "high": "low", None: None}[shape.region]


@given(ROOMS)
def test_a_shape_never_says_more_than_its_answers_carry(counts: list[int]) -> None:
    shape = shape_of(counts)
    assert shape.answers == sum(counts)
    if sum(counts) < 4:
        assert shape.label == "too_few"
        assert shape.provisional is None
    if shape.label == "consensus":
        assert shape.in_window >= 0.75 * shape.answers
    if shape.label == "two_camps":
        assert shape.camps is not None
        assert min(shape.camps.low_answers, shape.camps.high_answers) >= max(2, 0.25 * shape.answers)
    assert (shape.dissent is not None) == (shape.label == "lone_voices")
