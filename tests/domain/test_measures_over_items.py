from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxworkshop.domain.measures_over_items import (
    kendall_w,
    krippendorff_alpha,
    lindell,
    r_wg_of_items,
    share_alike,
)
from domain.reference_cases import ROOMS, expected, rows


@pytest.mark.parametrize(("room", "number"), [(room, number) for room in ROOMS for number in expected(room)["rounds"]])
def test_a_whole_session_gives_the_figures_of_r(room: str, number: str) -> None:
    wanted = expected(room)["rounds"][number]
    alpha = krippendorff_alpha([figures["overall"]["counts"] for figures in wanted["items"].values()])
    assert alpha == pytest.approx(wanted["krippendorff_alpha_ordinal"], abs=1e-6)
    answers: dict[str, dict[str, int | None]] = {}
    for row in rows(room):
        if row["round"] == number:
            valid = int(row["answer"]) if row["answer"].isdigit() else None
            answers.setdefault(row["participant"], {})[row["item"]] = valid
    found = kendall_w([[own.get(item) for item in wanted["items"]] for own in answers.values()])
    assert found is not None
    assert found.w == pytest.approx(wanted["kendall_W_ties"]["W"], abs=1e-6)
    assert found.people == wanted["kendall_W_ties"]["complete_participants"]


def test_measures_over_items_are_silent_where_they_are_not_defined() -> None:
    assert krippendorff_alpha([(3, 0, 0), (4, 0, 0)]) is None
    assert krippendorff_alpha([(1, 0, 0)]) is None
    assert krippendorff_alpha([], "interval") is None
    assert kendall_w([]) is None
    assert kendall_w([(1, 2, None), (1, 2, 3)]) is None
    assert kendall_w([(2, 2, 2), (3, 3, 3)]) is None
    for function in (r_wg_of_items, lindell):
        assert function([]) is None
        assert function([(1, 0, 0), (2, 0, 0)]) is None
    assert share_alike([]) is None
    assert share_alike([(0, 1, 0), (0, 0, 0)]) is None


def test_several_items_agree_as_far_as_they_say() -> None:
    split, agreed = (5, 0, 0, 0, 5), (0, 0, 10, 0, 0)
    assert r_wg_of_items([split]) == 0
    assert r_wg_of_items([agreed, agreed]) == lindell([agreed]) == 1
    found = lindell([split])
    assert found is not None
    assert found < 0
    half = (0, 5, 0, 5, 0)
    few, many = r_wg_of_items([half]), r_wg_of_items([half] * 9)
    assert few is not None
    assert many is not None
    assert few < many
    assert lindell([half]) == pytest.approx(lindell([half] * 9))


def test_an_item_is_alike_by_the_answers_it_has() -> None:
    items = [(0, 3, 0, 0), (0, 2, 2, 0), (1, 0, 1, 0), (0, 0, 1, 0)]
    assert [share_alike(items, steps) for steps in (0, 1, 2)] == [pytest.approx(part / 3) for part in (1, 2, 3)]


@given(st.lists(st.lists(st.integers(1, 4), min_size=3, max_size=3), min_size=2, max_size=4))
def test_people_may_be_permuted(people: list[list[int]]) -> None:
    found = kendall_w(people)
    for order in permutations(people):
        again = kendall_w(order)
        if found is None:
            assert again is None
        else:
            assert again is not None
            assert again.w == pytest.approx(found.w, abs=1e-12)
            assert -1e-12 <= again.w <= 1 + 1e-12
