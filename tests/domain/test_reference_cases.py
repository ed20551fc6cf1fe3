"""Every published case of every measure, at the tolerance it was given with."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from cxworkshop.domain import (
    agreement,
    groups,
    intraclass,
    measures,
    measures_over_items,
    measures_over_rounds,
    outlines,
    rand_ucla,
)
from cxworkshop.domain.order_statistics import QuantileType, quantile
from domain.reference_cases import DATA, counts_of, every_case, tallied

Case = Mapping[str, Any]
Measure = Callable[[Sequence[int]], object]


def of_counts(measure: Measure) -> Callable[[Case], object]:
    """A measure of one item. Shares given in tenths are brought to whole numbers, which changes none of these."""

    def measured(case: Case) -> object:
        counts = counts_of(case)
        factor = 1 if all(isinstance(count, int) for count in counts) else 10
        return measure([round(count * factor) for count in counts])

    return measured


def of_two_groups(measure: Callable[[Sequence[int], Sequence[int]], object]) -> Callable[[Case], object]:
    def measured(case: Case) -> object:
        one, other = case["input"]["a"], case["input"]["b"]
        options = max(one + other)
        return measure(tallied(one, options), tallied(other, options))

    return measured


def pairs_of(case: Case) -> list[tuple[int, int]]:
    """Before and after of each person, from two lists or from a table of both."""
    given = case["input"]
    if "crosstab" in given:
        return [
            (before, after)
            for before, row in enumerate(given["crosstab"], start=1)
            for after, people in enumerate(row, start=1)
            for _ in range(people)
        ]
    return list(zip(given["before"], given["after"], strict=True))


def of_pairs(measure: Callable[[list[tuple[int, int]]], object]) -> Callable[[Case], object]:
    return lambda case: measure(pairs_of(case))


def groups_of(case: Case) -> list[tuple[int, ...]]:
    values, names = case["input"]["values"], case["input"]["groups"]
    both = list(zip(values, names, strict=True))
    return [tallied([value for value, own in both if own == name], max(values)) for name in sorted(set(names))]


def items_of(columns: Sequence[Sequence[int | None]], options: int) -> list[tuple[int, ...]]:
    return [tallied([value for value in column if value is not None], options) for column in columns]


def outline(case: Case) -> object:
    found = outlines.outline_of(
        counts_of(case), case["params"]["tolerance"], strict=case["params"]["variant"] == "strict"
    )
    assert found is not None
    return {"type": found.letter, "skew": found.skew, "pattern": list(found.steps)}


def modes(case: Case) -> object:
    found = outlines.modes_of(counts_of(case), case["params"]["tolerance"])
    assert found is not None
    only = found.options[0] if len(found.options) == 1 else list(found.options)
    return {"positions": only, "contiguous": found.contiguous}


def second_modes(case: Case) -> object:
    counts, tolerance = counts_of(case), case["params"]["tolerance"]
    first, second = outlines.modes_of(counts, tolerance), outlines.second_modes_of(counts, tolerance)
    assert first is not None
    assert second is not None
    return {"first": first.options[0], "second_mode_count": second.answers}


def course(case: Case) -> object:
    before, between, after = case["input"]["series"]
    found = outlines.course_of(before, between, after, case["params"]["tolerance"])
    words = {1: "increase", 0: "flat", -1: "decrease"}
    return {"type": found.number, "description": f"{words[found.first]}, {words[found.then]}"}


def quartiles(case: Case) -> object:
    counts = counts_of(case)
    ends = agreement.quartiles(counts)
    assert ends is not None

    def width(kind: QuantileType) -> float:
        first, third = quantile(counts, 25, kind), quantile(counts, 75, kind)
        assert first is not None
        assert third is not None
        return third - first

    return {
        "q1": ends[0],
        "median": agreement.median(counts),
        "q3": ends[1],
        "iqr_type7": width(7),
        "iqr_type6": width(6),
        "iqr_type2": width(2),
    }


def kruskal_wallis(case: Case) -> object:
    found, raw = groups.kruskal_wallis(groups_of(case)), intraclass.one_way(groups_of(case))
    assert found is not None
    assert raw is not None
    return {
        "H": found.h,
        "df": found.degrees,
        "p_chi2": found.p,
        "epsilon_squared": found.epsilon_squared,
        "eta_squared_H": found.eta_squared,
        "eta_squared_raw": raw.eta_squared,
    }


def kendall_w(case: Case) -> object:
    found = measures_over_items.kendall_w(list(zip(*case["input"]["matrix_items_by_raters"], strict=True)))
    assert found is not None
    return {"W": found.w, "chi2": found.chi_square, "p": found.p}


def krippendorff_alpha(case: Case) -> object:
    units = list(zip(*case["input"]["raters_by_units"], strict=True))
    return measures_over_items.krippendorff_alpha(items_of(units, 5), case["params"]["level"])


def intraclass_correlation(case: Case) -> object:
    items, params = case["input"]["matrix_items_by_raters"], case["params"]
    if params["model"] == "twoway":
        both = intraclass.two_way(list(zip(*items, strict=True)))
        assert both is not None
        return both.icc
    found = intraclass.one_way(items_of(items, 10))
    assert found is not None
    return found.icc1 if params["unit"] == "single" else found.icc2


def intraclass_of_groups(case: Case) -> object:
    found = intraclass.one_way(groups_of(case))
    assert found is not None
    return {"icc1": found.icc1, "icc2": found.icc2}


def r_wg_of_items(case: Case) -> object:
    items = items_of(list(zip(*case["input"]["participants_by_items"], strict=True)), case["params"]["k"])
    return {"rwg_j": measures_over_items.r_wg_of_items(items), "r_star_wg_j": measures_over_items.lindell(items)}


def percent_alike(case: Case) -> object:
    items = items_of(case["input"]["matrix_items_by_raters"], 5)
    share = measures_over_items.share_alike(items, case["params"]["tolerance"])
    assert share is not None
    return 100 * share


def esteban_ray(case: Case) -> object:
    counts, sensitivity = counts_of(case), case["params"]["alpha"]
    return {
        "raw": measures.esteban_ray_raw(counts, sensitivity),
        "normalised": measures.esteban_ray(counts, sensitivity),
    }


def wilcoxon(case: Case) -> object:
    found = measures_over_rounds.wilcoxon(pairs_of(case))
    assert found is not None
    return {"V_first_minus_second": found.v, "n_nonzero": found.moved, "p_exact": found.p}


def net_change(case: Case) -> object:
    sides = zip(*pairs_of(case), strict=True)
    before, after = (tallied(list(side), case["params"]["k"]) for side in sides)
    return measures_over_rounds.net_change(before, after)


def panel_rule(case: Case) -> object:
    found = rand_ucla.panel_rule(counts_of(case))
    assert found is not None
    return {"disagreement": found.disagreement, "agreement": found.agreement, "median": found.median}


def adjusted_range(case: Case) -> object:
    found = rand_ucla.adjusted_range(tallied(case["input"]["values"], 9))
    assert found is not None
    return {
        "median": found.median,
        "p30": found.low,
        "p70": found.high,
        "ipr": found.width,
        "iprcp": found.centre,
        "asymmetry_index": found.asymmetry,
        "ipras": found.adjusted,
        "disagreement_index": found.index,
        "disagreement": found.disagreement,
        "types_agree": found.same_by_type_2,
    }


def vargha_delaney(one: Sequence[int], other: Sequence[int]) -> float:
    delta = groups.cliffs_delta(one, other)
    assert delta is not None
    return (delta + 1) / 2


MEASURES: Mapping[str, Callable[[Case], object]] = {
    "ad_m_mean": of_counts(measures.deviation_from_mean),
    "ad_md_median": of_counts(measures.deviation_from_median),
    "ajus": outline,
    "awg": of_counts(measures.a_wg),
    "berry_mielke_IOV": of_counts(measures.ordinal_variation),
    "blair_lacy_l": of_counts(measures.blair_lacy_l),
    "blair_lacy_lsquared": of_counts(agreement.lsquared),
    "cliffs_delta": of_two_groups(groups.cliffs_delta),
    "coefficient_of_variation": of_counts(measures.coefficient_of_variation),
    "esteban_ray": esteban_ray,
    "icc": intraclass_correlation,
    "icc1_icc2_anova": intraclass_of_groups,
    "iqr_median": quartiles,
    "isd": course,
    "kendall_W_ties": kendall_w,
    "krippendorff_alpha": krippendorff_alpha,
    "kruskal_wallis": kruskal_wallis,
    "leik_D": of_counts(measures.leik),
    "mann_whitney_exact_p": of_two_groups(groups.mann_whitney_p),
    "mean_pair_gap": of_counts(agreement.mean_pair_gap),
    "modes": modes,
    "percent_identical_all_raters": percent_alike,
    "polarization_vdE": of_counts(measures.polarisation),
    "rand_ucla_classic": panel_rule,
    "rand_ucla_ipras": adjusted_range,
    "rwg_j": r_wg_of_items,
    "rwg_uniform": of_counts(measures.r_wg),
    "scheibe_net_change": net_change,
    "second_modes": second_modes,
    "shannon_entropy_bits": of_counts(measures.entropy),
    "share_unchanged": of_pairs(measures_over_rounds.share_unchanged),
    "tastle_wierman_consensus": of_counts(measures.tastle_wierman),
    "van_der_eijk_A": of_counts(measures.van_der_eijk),
    "vargha_delaney_A": of_two_groups(vargha_delaney),
    "weighted_kappa": of_pairs(measures_over_rounds.weighted_kappa),
    "wilcoxon_signed_rank": wilcoxon,
}


@pytest.mark.parametrize("case", every_case("agreement-cases.json"), ids=lambda case: f"{case['measure']}-{case['id']}")
def test_a_measure_gives_the_published_figures(case: Case) -> None:
    found, wanted = MEASURES[case["measure"]](case), case["expected"]
    if wanted is None:
        assert found is None
    elif isinstance(wanted, dict) and not all(isinstance(value, int | float) for value in wanted.values()):
        assert found == wanted  # letters, words and lists
    else:
        assert found == pytest.approx(wanted, abs=case["tolerance"], rel=0)


def test_no_case_of_our_own_rules_is_passed_over() -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in DATA.parent.glob("test_*.py"))
    measured = {case["measure"] for case in every_case("pattern-cases.json")}
    assert {name for name in measured if f'cases("pattern-cases.json", "{name}")' in tests} == measured
