from collections.abc import Callable, Mapping, Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cxworkshop.domain.measures import (
    a_wg,
    blair_lacy_l,
    coefficient_of_variation,
    deviation_from_mean,
    deviation_from_median,
    entropy,
    esteban_ray,
    esteban_ray_raw,
    leik,
    ordinal_variation,
    polarisation,
    r_wg,
    tastle_wierman,
    van_der_eijk,
    window_share,
)
from domain.reference_cases import expected_items

IN_ROOMS = {
    "van_der_eijk_A": van_der_eijk,
    "leik_D": leik,
    "consensus_TW": tastle_wierman,
    "IOV": ordinal_variation,
    "ad_md": deviation_from_median,
    "rwg": r_wg,
}
Measure = Callable[[Sequence[int]], float | None]
AGREED_AND_SPLIT: Mapping[Measure, tuple[float, float]] = {
    blair_lacy_l: (1, 0),
    deviation_from_mean: (0, 2),
    deviation_from_median: (0, 2),
    entropy: (0, 1),
    esteban_ray: (0, 1),
    esteban_ray_raw: (0, 1),
    leik: (0, 1),
    ordinal_variation: (0, 1),
    polarisation: (0, 1),
    r_wg: (1, 0),
    tastle_wierman: (1, 0),
    van_der_eijk: (1, -1),
}
"""What a measure gives where all of five options' answers are alike, and where half are at each end."""


def test_two_real_rooms_give_the_figures_of_r() -> None:
    for name, figures in expected_items():
        for measure, function in IN_ROOMS.items():
            assert function(figures["overall"]["counts"]) == pytest.approx(figures["overall"][measure], abs=1e-9), name


@pytest.mark.parametrize("measure", AGREED_AND_SPLIT, ids=lambda measure: measure.__name__)
def test_a_measure_ends_where_it_says_and_is_silent_below_two_answers(measure: Measure) -> None:
    agreed, split = AGREED_AND_SPLIT[measure]
    assert measure((0, 0, 0, 0, 0)) is None
    assert measure((0, 0, 1, 0, 0)) is None
    for people in (2, 12):
        assert measure((0, 0, 0, people, 0)) == pytest.approx(agreed, abs=1e-12)
        assert measure((people // 2, 0, 0, 0, people // 2)) == pytest.approx(split, abs=1e-12)


def test_a_wg_is_silent_where_the_mean_leaves_no_room() -> None:
    assert a_wg((0, 0, 0, 0, 0)) is None
    assert a_wg((0, 0, 1, 0, 0)) is None
    assert a_wg((0, 0, 0, 0, 4)) is None
    assert a_wg((0, 0, 0, 1, 6)) is None  # seven answers of which one is low put the mean at 4.4 or below
    assert a_wg((1, 0, 0, 0, 6)) == pytest.approx(-1)  # just there
    assert a_wg((0, 0, 4, 0, 0)) == 1
    assert a_wg((2, 0, 0, 0, 2)) == -1


def test_measures_of_three_options_and_more_say_nothing_of_two() -> None:
    assert van_der_eijk((3, 4)) is None
    assert polarisation((3, 4)) is None


def test_the_coefficient_of_variation_depends_on_which_end_is_first() -> None:
    assert coefficient_of_variation((0, 1, 0)) is None
    assert coefficient_of_variation((0, 0, 2)) == 0
    low, high = coefficient_of_variation((2, 2, 0, 0, 0)), coefficient_of_variation((0, 0, 0, 2, 2))
    assert low is not None
    assert high is not None
    assert low == pytest.approx(3 * high)


def test_window_share_is_what_the_rule_of_consensus_reads() -> None:
    assert window_share((1, 0, 0, 8, 3)) == pytest.approx(11 / 12)
    assert window_share((2, 1, 2)) == pytest.approx(2 / 5)
    assert window_share((0, 0, 0)) is None


@given(st.lists(st.integers(0, 9), min_size=3, max_size=9))
def test_measures_stay_within_their_bounds_and_read_both_ends_alike(counts: list[int]) -> None:
    assume(sum(counts) >= 2)
    for function in (*AGREED_AND_SPLIT, window_share):
        found, mirrored = function(counts), function(counts[::-1])
        assert found is not None
        assert found == pytest.approx(mirrored, abs=1e-9)
    for function, lowest in (
        (blair_lacy_l, 0),
        (esteban_ray, 0),
        (leik, 0),
        (ordinal_variation, 0),
        (polarisation, 0),
        (r_wg, 0),
        (tastle_wierman, 0),
        (van_der_eijk, -1),
        (window_share, 0),
    ):
        found = function(counts)
        assert found is not None
        assert lowest - 1e-9 <= found <= 1 + 1e-9
    within = a_wg(counts)
    assert within is None or -1 - 1e-9 <= within <= 1 + 1e-9
    assert within == pytest.approx(a_wg(counts[::-1]), abs=1e-9)
