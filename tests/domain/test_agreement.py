import math
from itertools import combinations_with_replacement

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cxworkshop.domain.agreement import (
    adjusted_disagreement,
    agreement,
    band,
    lower_median,
    lsquared,
    mean_pair_gap,
    median,
    one_vote_bound,
    quartiles,
)
from domain.reference_cases import expected_items, tallied

ROOMS = st.lists(st.integers(0, 12), min_size=2, max_size=11).filter(lambda counts: sum(counts) >= 2)


def test_two_real_rooms_give_the_figures_of_r() -> None:
    for name, figures in expected_items():
        for group in (figures["overall"], *figures["by_unit"].values(), *figures.get("by_level", {}).values()):
            counts = tuple(group["counts"])
            if not group["n"]:
                assert median(counts) is None
                continue
            assert median(counts) == group["median"], name
            assert quartiles(counts) == (group["q1"], group["q3"]), name
            if group["n"] >= 2:
                assert lsquared(counts) == pytest.approx(group["lsquared"], abs=1e-9), name
                assert mean_pair_gap(counts) == pytest.approx(group["mean_pair_gap"], abs=1e-9), name


@pytest.mark.parametrize("counts", [(0, 0, 0, 0, 0), (0, 0, 1, 0, 0), (7,), ()])
def test_agreement_is_silent_where_nobody_can_agree(counts: tuple[int, ...]) -> None:
    assert lsquared(counts) is None
    assert agreement(counts) is None
    assert adjusted_disagreement(counts) is None
    assert band(counts) is None


def test_median_and_quartiles_are_silent_without_answers() -> None:
    assert median((0, 0, 0)) is None
    assert quartiles((0, 0, 0)) is None
    assert lower_median((0, 0, 0)) is None
    assert mean_pair_gap((0, 1, 0)) is None


def test_the_middle_voter_of_a_perfect_split_leaves_one_part_in_n_squared() -> None:
    assert agreement((6, 0, 0, 0, 6)) == 0
    assert agreement((2, 0, 0, 1, 2)) == pytest.approx(100 / 25)


@pytest.mark.parametrize(
    ("counts", "stage"),
    [((0, 5, 5, 0, 0, 0), 2), ((0, 5, 6, 0, 0, 0), 3), ((4, 0, 0, 0, 0, 4), 3), ((0, 0, 0, 0, 0, 3), 6)],
)
def test_a_median_between_two_stages_counts_as_the_lower(counts: tuple[int, ...], stage: int) -> None:
    assert lower_median(counts) == stage


@pytest.mark.parametrize(("answers", "points"), [(8, 10.9), (12, 7.6), (20, 4.8), (30, 3.2)])
def test_one_vote_bound_as_published(answers: int, points: float) -> None:
    assert one_vote_bound(answers, 5) == pytest.approx(points, abs=0.06)
    assert one_vote_bound(1, 5) == one_vote_bound(0, 5) == one_vote_bound(9, 1) == 0


@pytest.mark.parametrize(
    ("counts", "word"),
    [
        ((0, 0, 1, 7, 4), "close"),
        ((3, 0, 2), "apart"),
        ((6, 0, 0, 0, 6), "apart"),
        ((1, 2, 4, 2, 1), "mixed"),
        ((3, 0, 0, 0, 12), "mixed"),
        ((1, 1, 1, 1, 1), "apart"),  # 1, freed of the drift of a small group
        ((1, 9), "close"),  # exactly 0.4
        ((6, 0, 0, 0, 1), "mixed"),
    ],
)
def test_band_says_how_close_a_group_is(counts: tuple[int, ...], word: str) -> None:
    assert band(counts) == word


@given(ROOMS)
def test_agreement_stays_within_its_bounds(counts: list[int]) -> None:
    value = agreement(counts)
    assert value is not None
    assert 0 <= value <= 100
    assert (value == 100) == (sum(count > 0 for count in counts) == 1)


@given(ROOMS)
def test_agreement_is_how_far_two_random_people_are_apart(counts: list[int]) -> None:
    people = [option for option, count in enumerate(counts) for _ in range(count)]
    gap = sum(abs(one - other) for one in people for other in people) / len(people) ** 2
    assert agreement(counts) == pytest.approx(100 * (1 - gap / ((len(counts) - 1) / 2)), abs=1e-9)


@given(ROOMS)
def test_agreement_reads_the_scale_the_same_from_both_ends(counts: list[int]) -> None:
    assert agreement(counts) == agreement(counts[::-1])
    middle, mirrored = median(counts), median(counts[::-1])
    assert middle is not None
    assert mirrored == len(counts) + 1 - middle


@given(ROOMS, st.data())
def test_a_vote_moving_away_from_the_median_never_raises_agreement(counts: list[int], data: st.DataObject) -> None:
    middle = median(counts)
    assert middle is not None
    outwards = [
        (option, option + step)
        for option in range(1, len(counts) + 1)
        for step in (-1, 1)
        if counts[option - 1]
        and 1 <= option + step <= len(counts)
        and abs(option + step - middle) > abs(option - middle)
        and (option - middle) * step >= 0
    ]
    assume(outwards)
    source, target = data.draw(st.sampled_from(outwards))
    moved = list(counts)
    moved[source - 1] -= 1
    moved[target - 1] += 1
    before, after = agreement(counts), agreement(moved)
    assert before is not None
    assert after is not None
    assert after <= before
    assert before - after <= one_vote_bound(sum(counts), len(counts)) + 1e-9


def test_no_vote_of_any_small_room_raises_agreement_by_moving_away_from_the_median() -> None:
    tried = 0
    for people in range(2, 8):
        for answers in combinations_with_replacement(range(1, 6), people):
            middle = (answers[(people - 1) // 2] + answers[people // 2]) / 2
            before = agreement(tallied(list(answers), 5))
            for place, option in enumerate(answers):
                for target in (option - 1, option + 1):
                    if 1 <= target <= 5 and (option - middle) * (target - option) >= 0:
                        after = agreement(tallied([*answers[:place], target, *answers[place + 1 :]], 5))
                        assert before is not None
                        assert after is not None
                        assert after <= before
                        tried += 1
    assert tried > 3000


@given(ROOMS)
def test_adjusted_disagreement_corrects_for_the_size_of_the_group(counts: list[int]) -> None:
    plain, answers = lsquared(counts), sum(counts)
    assert plain is not None
    adjusted = adjusted_disagreement(counts)
    assert adjusted == pytest.approx(min(1, (1 - plain) * answers / (answers - 1)), abs=1e-12)
    assert adjusted is not None
    assert not math.isnan(adjusted)
    word = "close" if adjusted <= 0.4 else "apart" if adjusted >= 0.7 else "mixed"
    assert band(counts) == word
