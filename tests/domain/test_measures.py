from collections.abc import Callable, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxworkshop.domain.measures import (
    deviation_from_mean,
    deviation_from_median,
    esteban_ray,
    kendall_w,
    krippendorff_alpha,
    leik,
    net_change,
    ordinal_variation,
    r_wg,
    r_wg_of_items,
    share_unchanged,
    tastle_wierman,
    van_der_eijk,
    weighted_kappa,
    wilcoxon,
    window_share,
)
from domain.reference_cases import (
    NOT_SHOWN,
    ROOMS,
    cases,
    counts_of,
    expected,
    expected_items,
    measures_in,
    rows,
    tallied,
)

MEASURES: dict[str, Callable[[Sequence[int]], float | None]] = {
    "van_der_eijk_A": van_der_eijk,
    "leik_D": leik,
    "tastle_wierman_consensus": tastle_wierman,
    "berry_mielke_IOV": ordinal_variation,
    "rwg_uniform": r_wg,
    "ad_md_median": deviation_from_median,
    "ad_m_mean": deviation_from_mean,
}
IN_ROOMS = {
    "van_der_eijk_A": van_der_eijk,
    "leik_D": leik,
    "consensus_TW": tastle_wierman,
    "IOV": ordinal_variation,
    "ad_md": deviation_from_median,
    "rwg": r_wg,
}
PAIRS = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=9)


def pairs_of(case: dict[str, Any]) -> list[tuple[int, int]]:
    """Before and after of each person, from two lists or from a table of both."""
    given_ = case["input"]
    if "crosstab" in given_:
        return [
            (before, after)
            for before, row in enumerate(given_["crosstab"], start=1)
            for after, people in enumerate(row, start=1)
            for _ in range(people)
        ]
    return list(zip(given_["before"], given_["after"], strict=True))


@pytest.mark.parametrize(
    ("name", "case"),
    [(name, case) for name in MEASURES for case in cases("agreement-cases.json", name)],
    ids=lambda value: value["id"] if isinstance(value, dict) else value,
)
def test_a_measure_of_one_item_as_published(name: str, case: dict[str, Any]) -> None:
    # Shares given in tenths are brought to whole numbers, which changes none of these measures.
    factor = 1 if all(isinstance(count, int) for count in counts_of(case)) else 10
    found = MEASURES[name]([round(count * factor) for count in counts_of(case)])
    if case["expected"] is None:
        assert found is None
    else:
        assert found == pytest.approx(case["expected"], abs=case["tolerance"])


def test_two_real_rooms_give_the_figures_of_r() -> None:
    for name, figures in expected_items():
        for measure, function in IN_ROOMS.items():
            assert function(figures["overall"]["counts"]) == pytest.approx(figures["overall"][measure], abs=1e-9), name


@pytest.mark.parametrize("case", cases("agreement-cases.json", "esteban_ray"), ids=lambda case: case["id"])
def test_esteban_and_ray_as_published(case: dict[str, Any]) -> None:
    found = esteban_ray(counts_of(case), case["params"]["alpha"])
    assert found == pytest.approx(case["expected"]["normalised"], abs=case["tolerance"])


@pytest.mark.parametrize("case", cases("agreement-cases.json", "rwg_j"), ids=lambda case: case["id"])
def test_r_wg_of_several_items_as_published(case: dict[str, Any]) -> None:
    columns = zip(*case["input"]["participants_by_items"], strict=True)
    found = r_wg_of_items([tallied(list(column), case["params"]["k"]) for column in columns])
    assert found == pytest.approx(case["expected"]["rwg_j"], abs=case["tolerance"])


@pytest.mark.parametrize(
    "case",
    [case for case in cases("agreement-cases.json", "krippendorff_alpha") if case["params"]["level"] == "ordinal"],
    ids=lambda case: case["id"],
)
def test_krippendorffs_alpha_as_published(case: dict[str, Any]) -> None:
    units = zip(*case["input"]["raters_by_units"], strict=True)
    found = krippendorff_alpha([tallied([value for value in unit if value], 5) for unit in units])
    assert found == pytest.approx(case["expected"], abs=case["tolerance"])


@pytest.mark.parametrize("case", cases("agreement-cases.json", "kendall_W_ties"), ids=lambda case: case["id"])
def test_kendalls_w_as_published(case: dict[str, Any]) -> None:
    found, wanted = kendall_w(list(zip(*case["input"]["matrix_items_by_raters"], strict=True))), case["expected"]
    assert found is not None
    assert found.w == pytest.approx(wanted["W"], abs=case["tolerance"])
    assert found.chi_square == pytest.approx(wanted["chi2"], abs=case["tolerance"])
    assert found.p == pytest.approx(wanted["p"], abs=case["tolerance"])


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


@pytest.mark.parametrize("case", cases("agreement-cases.json", "wilcoxon_signed_rank"), ids=lambda case: case["id"])
def test_wilcoxon_as_published(case: dict[str, Any]) -> None:
    found, wanted = wilcoxon(pairs_of(case)), case["expected"]
    assert found is not None
    assert found.v == wanted["V_first_minus_second"]
    assert found.moved == wanted["n_nonzero"]
    assert found.p == pytest.approx(wanted["p_exact"], abs=case["tolerance"])


@pytest.mark.parametrize("case", cases("agreement-cases.json", "weighted_kappa"), ids=lambda case: case["id"])
def test_weighted_kappa_as_published(case: dict[str, Any]) -> None:
    assert weighted_kappa(pairs_of(case)) == pytest.approx(case["expected"], abs=case["tolerance"])


@pytest.mark.parametrize("case", cases("agreement-cases.json", "share_unchanged"), ids=lambda case: case["id"])
def test_share_unchanged_as_published(case: dict[str, Any]) -> None:
    assert share_unchanged(pairs_of(case)) == pytest.approx(case["expected"], abs=case["tolerance"])


@pytest.mark.parametrize("case", cases("agreement-cases.json", "scheibe_net_change"), ids=lambda case: case["id"])
def test_net_change_as_published(case: dict[str, Any]) -> None:
    before, after = (tallied(list(side), case["params"]["k"]) for side in zip(*pairs_of(case), strict=True))
    assert net_change(before, after) == pytest.approx(case["expected"], abs=case["tolerance"])


def test_the_change_between_two_real_rounds_is_that_of_r() -> None:
    answers: dict[tuple[str, str], dict[str, int]] = {}
    for row in rows("uppsala_speaks"):
        answers.setdefault((row["round"], row["item"]), {})[row["participant"]] = int(row["answer"])
    compared = 0
    for item, wanted in expected("uppsala_speaks")["between_rounds"].items():
        first, second = answers["1", item], answers["2", item]
        pairs = [(first[who], second[who]) for who in first]
        assert share_unchanged(pairs) == pytest.approx(wanted["share_unchanged"], abs=1e-9), item
        # R closes the gap where an option was chosen in neither round; by definition it stays a step of the scale.
        chosen = {answer for pair in pairs for answer in pair}
        if chosen == set(range(min(chosen), max(chosen) + 1)):
            compared += 1
            assert weighted_kappa(pairs) == pytest.approx(wanted["kappa_quadratic"], abs=1e-9), item
        found = wilcoxon(pairs)
        assert found is not None
        assert found.v == wanted["wilcoxon_V"], item
        assert found.p == pytest.approx(wanted["wilcoxon_p_exact"], abs=1e-9), item
    assert compared > 30


def test_window_share_is_what_the_rule_of_consensus_reads() -> None:
    assert window_share((1, 0, 0, 8, 3)) == pytest.approx(11 / 12)
    assert window_share((2, 1, 2)) == pytest.approx(2 / 5)
    assert window_share((0, 0, 0)) is None


def test_a_measure_is_silent_where_it_is_not_defined() -> None:
    for function in MEASURES.values():
        assert function((0, 0, 0, 0, 0)) is None
        assert function((0, 0, 1, 0, 0)) is None
    assert van_der_eijk((3, 4)) is None
    assert krippendorff_alpha([(3, 0, 0), (4, 0, 0)]) is None
    assert krippendorff_alpha([(1, 0, 0)]) is None
    assert kendall_w([(1, 2, None), (1, 2, 3)]) is None
    assert kendall_w([(2, 2, 2), (3, 3, 3)]) is None
    assert wilcoxon([(3, 3), (4, 4)]) is None
    assert weighted_kappa([(3, 3), (3, 3)]) is None
    assert weighted_kappa([]) is None
    assert net_change((0, 0), (1, 0)) is None
    assert r_wg_of_items([]) is None
    assert r_wg_of_items([(5, 0, 0, 0, 5)]) == 0


def test_wilcoxon_of_many_people_nears_the_exact_figure() -> None:
    pairs = [(1, 2)] * 35 + [(3, 1)] * 25
    exact, near = wilcoxon(pairs), wilcoxon([*pairs, (2, 3)])
    assert exact is not None
    assert near is not None
    assert (exact.moved, near.moved) == (60, 61)
    assert near.p == pytest.approx(exact.p, abs=0.05)


@given(PAIRS)
def test_wilcoxon_counts_all_ways_to_move(pairs: list[tuple[int, int]]) -> None:
    found = wilcoxon(pairs)
    steps = sorted(abs(before - after) for before, after in pairs if before != after)
    if found is None:
        assert not steps
        return
    ranks = [sum(other < step for other in steps) + (steps.count(step) + 1) / 2 for step in steps]
    sums = [
        sum(rank for rank, down in zip(ranks, signs, strict=True) if down)
        for signs in product((False, True), repeat=len(ranks))
    ]
    out = sum(abs(value - sum(ranks) / 2) >= abs(found.v - sum(ranks) / 2) for value in sums) / len(sums)
    assert found.p == pytest.approx(out, abs=1e-12)


@given(st.lists(st.integers(0, 9), min_size=3, max_size=9).filter(lambda counts: sum(counts) >= 2))
def test_measures_stay_within_their_bounds_and_read_both_ends_alike(counts: list[int]) -> None:
    for function in (*MEASURES.values(), esteban_ray, window_share):
        found, mirrored = function(counts), function(counts[::-1])
        assert found is not None
        assert found == pytest.approx(mirrored, abs=1e-9)
    for function, lowest in ((leik, 0), (ordinal_variation, 0), (r_wg, 0), (tastle_wierman, 0), (van_der_eijk, -1)):
        found = function(counts)
        assert found is not None
        assert lowest - 1e-9 <= found <= 1 + 1e-9


@pytest.mark.parametrize("file", ["agreement-cases.json", "pattern-cases.json"])
def test_no_case_is_passed_over_silently(file: str) -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    tried = {name for name in measures_in(file) if f'"{name}"' in tests}
    assert measures_in(file) - tried == set(NOT_SHOWN) & measures_in(file)
