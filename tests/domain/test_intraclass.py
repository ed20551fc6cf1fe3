from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxworkshop.domain.intraclass import one_way, two_way

ROWS = st.lists(st.lists(st.integers(1, 5), min_size=3, max_size=3), min_size=2, max_size=6)


def test_intraclass_correlations_are_silent_where_they_are_not_defined() -> None:
    assert one_way([]) is None
    assert one_way([(3, 2, 0)]) is None
    assert one_way([(1, 0, 0), (0, 0, 1)]) is None
    assert one_way([(2, 0), (3, 0)]) is None
    assert two_way([]) is None
    assert two_way([(1, 2)]) is None
    assert two_way([(1,), (2,)]) is None
    assert two_way([(1, 2), (None, 2)]) is None
    assert two_way([(2, 2), (2, 2)]) is None
    assert two_way([(1, 2), (2, 1)]) is None


def test_items_that_all_answer_alike_correlate_fully() -> None:
    found, both = one_way([(0, 0, 4), (4, 0, 0), (0, 0, 0)]), two_way([(1, 3), (1, 3), (1, 3), (None, 1)])
    assert found is not None
    assert (found.icc1, found.icc2, found.eta_squared) == (1, 1, 1)
    assert both is not None
    assert (both.icc, both.people, both.items) == (1, 3, 2)


def test_items_that_differ_less_than_their_answers_correlate_negatively() -> None:
    found = one_way([(2, 0, 2), (2, 0, 2)])
    assert found is not None
    assert found.icc1 == pytest.approx(-1 / 3)
    assert found.icc2 is None
    assert found.eta_squared == 0


@given(ROWS, st.randoms(use_true_random=False))
def test_people_may_be_permuted_and_bounds_hold(people: list[list[int]], chance: Random) -> None:
    shuffled = chance.sample(people, len(people))
    assert two_way(shuffled) == two_way(people)
    found = one_way([[column.count(option) for option in range(1, 6)] for column in zip(*people, strict=True)])
    if found is not None:
        assert -1 / (len(people) - 1) - 1e-12 <= found.icc1 <= 1 + 1e-12
        assert found.icc2 is None or found.icc2 <= 1 + 1e-12
        assert 0 <= found.eta_squared <= 1
