from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxworkshop.domain.measures_over_rounds import net_change, share_unchanged, weighted_kappa, wilcoxon
from domain.reference_cases import expected, rows

PAIRS = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=9)


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


def test_measures_over_rounds_are_silent_where_they_are_not_defined() -> None:
    assert wilcoxon([]) is None
    assert wilcoxon([(3, 3), (4, 4)]) is None
    assert weighted_kappa([(3, 3), (3, 3)]) is None
    assert weighted_kappa([]) is None
    assert share_unchanged([]) is None
    assert net_change((0, 0), (1, 0)) is None


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
