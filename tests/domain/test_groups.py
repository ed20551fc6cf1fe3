from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxworkshop.domain.groups import (
    chi_square_p,
    cliffs_delta,
    compare_groups,
    group_pattern,
    kruskal_wallis,
    mann_whitney_p,
)
from domain.reference_cases import cases, expected_items, tallied

GROUPS = st.lists(st.lists(st.integers(0, 9), min_size=5, max_size=5), min_size=2, max_size=5)


def by_group(values: list[int], names: list[str], options: int) -> dict[str, tuple[int, ...]]:
    return {
        name: tallied([value for value, own in zip(values, names, strict=True) if own == name], options)
        for name in sorted(set(names))
    }


@pytest.mark.parametrize("case", cases("pattern-cases.json", "pattern_with_groups"), ids=lambda case: case["id"])
def test_verdicts_of_the_reference_cases(case: dict[str, Any]) -> None:
    for breakdown in ("unit", "level"):
        wanted = case["expected"][breakdown]
        found = compare_groups(by_group(case["input"]["values"], case["input"][breakdown], case["params"]["k"]))
        assert found.verdict == wanted["verdict"]
        if found.test is not None:
            assert found.test.epsilon_squared == pytest.approx(wanted["epsilon_squared"], abs=case["tolerance"])
            assert found.test.p == pytest.approx(wanted["p_chi2"], abs=case["tolerance"])
            assert found.largest_delta == pytest.approx(wanted["largest_cliffs_delta"], abs=case["tolerance"])


def test_two_real_rooms_give_the_figures_of_r() -> None:
    words = {"possible": "may_differ"}
    for name, figures in expected_items():
        for breakdown in ("unit", "level"):
            wanted = figures.get(f"{breakdown}_test")
            if wanted is None:
                continue
            found = compare_groups({group: own["counts"] for group, own in figures[f"by_{breakdown}"].items()})
            assert found.verdict == words.get(wanted["verdict"], wanted["verdict"]), name
            if found.test is None:
                continue
            assert list(found.groups) == wanted["groups_used"], name
            assert found.test.h == pytest.approx(wanted["H"], abs=1e-6), name
            assert found.test.p == pytest.approx(wanted["p_chi2"], abs=1e-6), name
            assert found.largest_delta == pytest.approx(wanted["largest_cliffs_delta"], abs=1e-6), name
            assert list(found.pair or ()) == wanted["pair"], name


@pytest.mark.parametrize(
    ("statistic", "degrees", "p"),
    [(3.841459, 1, 0.05), (5.991465, 2, 0.05), (11.344867, 3, 0.01), (30.7604419293991, 19, 0.0428834731269479)],
)
def test_chi_square_p_as_in_the_tables(statistic: float, degrees: int, p: float) -> None:
    assert chi_square_p(statistic, degrees) == pytest.approx(p, abs=1e-6)
    assert chi_square_p(0, degrees) == 1


def test_people_without_a_unit_are_no_unit() -> None:
    opposed = {"": (0, 0, 0, 0, 9), "Sales": (9, 0, 0, 0, 0)}
    assert compare_groups(opposed).verdict == "not_tested"
    assert compare_groups({**opposed, "Support": (0, 0, 0, 0, 9)}).verdict == "against"


def test_groups_that_answer_alike_do_not_differ() -> None:
    found = compare_groups({"A": (0, 0, 6), "B": (0, 0, 7)})
    assert found.verdict == "no"
    assert found.test is not None
    assert (found.test.h, found.test.p) == (0, 1)


def test_two_small_units_at_odds_in_a_large_room_do_not_explain_it() -> None:
    found = compare_groups({"A": (9, 0, 0, 0, 0), "B": (0, 0, 0, 0, 9), "C": (60, 60, 60, 60, 60)})
    assert found.test is not None
    assert found.test.p < 0.01
    assert found.largest_delta == 1
    assert found.verdict == "no"


def test_the_breakdown_with_the_larger_effect_names_the_pattern() -> None:
    apart = compare_groups({"A": (9, 0, 0, 0, 0), "B": (0, 0, 0, 0, 9)})
    less = compare_groups({"A": (9, 4, 0, 0, 0), "B": (0, 0, 3, 4, 5)})
    none = compare_groups({"A": (5, 0, 5), "B": (5, 0, 5)})
    assert less.verdict == "against"
    assert group_pattern(apart, less) == "unit_against_unit"
    assert group_pattern(less, apart) == "level_against_level"
    assert group_pattern(apart, apart) == "unit_against_unit"
    assert group_pattern(none, apart) == "level_against_level"
    assert group_pattern(none, none) is None


@given(GROUPS)
def test_a_mirrored_scale_changes_no_verdict(groups: list[list[int]]) -> None:
    named = {str(number): counts for number, counts in enumerate(groups)}
    found = compare_groups(named)
    mirrored = compare_groups({name: counts[::-1] for name, counts in named.items()})
    assert mirrored.verdict == found.verdict
    assert mirrored.largest_delta == found.largest_delta


@given(GROUPS)
def test_delta_counts_the_pairs(groups: list[list[int]]) -> None:
    for one, other in combinations(groups, 2):
        first = [option for option, count in enumerate(one) for _ in range(count)]
        second = [option for option, count in enumerate(other) for _ in range(count)]
        if first and second:
            pairs = sum((a > b) - (a < b) for a in first for b in second)
            assert cliffs_delta(one, other) == pairs / (len(first) * len(second))
        else:
            assert cliffs_delta(one, other) is None


def test_mann_and_whitneys_p_of_few_and_of_many() -> None:
    assert mann_whitney_p((0, 0, 0), (1, 2, 0)) is None
    assert mann_whitney_p((1, 0, 0), (0, 0, 1)) == 1
    assert mann_whitney_p((0, 9, 0), (0, 4, 0)) == mann_whitney_p((0, 40, 0), (0, 40, 0)) == 1
    exact, near = mann_whitney_p((20, 10, 0), (14, 10, 6)), mann_whitney_p((20, 11, 0), (14, 10, 6))
    assert exact == pytest.approx(near, abs=0.01)


def test_effects_that_chance_alone_would_show_are_none() -> None:
    found = kruskal_wallis([(5, 0, 5), (5, 0, 5)])
    assert found is not None
    assert found.epsilon_squared == 0
    assert found.eta_squared < 0
    single = kruskal_wallis([(1, 0), (0, 1)])
    assert single is not None
    assert single.eta_squared == 0
