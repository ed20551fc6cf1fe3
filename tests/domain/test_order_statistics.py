import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxworkshop.domain.order_statistics import doubled_midranks, quantile


def test_quantiles_of_few_answers() -> None:
    for kind in (2, 6, 7):
        assert quantile((0, 0, 0), 30, kind) is None
        assert quantile((0, 1, 0), 30, kind) == 2
        assert (quantile((1, 0, 1), 0, kind), quantile((1, 0, 1), 100, kind)) == (1, 3)
    assert quantile((1, 0, 1), 25) == 1.5
    assert quantile((1, 0, 1), 25, 6) == quantile((1, 0, 1), 25, 2) == 1


@given(st.lists(st.integers(1, 7), min_size=2, max_size=30))
def test_quantiles_are_those_of_the_standard_library(answers: list[int]) -> None:
    counts = [answers.count(option) for option in range(1, 8)]
    inclusive, exclusive = (statistics.quantiles(answers, n=10, method=way) for way in ("inclusive", "exclusive"))
    for place, percent in enumerate(range(10, 100, 10)):
        assert quantile(counts, percent) == pytest.approx(inclusive[place], abs=1e-9)
        # Where type 6 would go beyond the outermost answers, the library does and R does not.
        within = min(max(exclusive[place], min(answers)), max(answers))
        assert quantile(counts, percent, 6) == pytest.approx(within, abs=1e-9)
    assert quantile(counts, 50, 2) == statistics.median(answers)


def test_equal_values_share_their_ranks() -> None:
    assert doubled_midranks([3, 1, 3, 2]) == [7, 2, 7, 4]
    assert doubled_midranks([]) == []
