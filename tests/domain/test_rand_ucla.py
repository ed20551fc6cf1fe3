import pytest

from cxworkshop.domain.rand_ucla import adjusted_range, panel_rule


@pytest.mark.parametrize(("people", "outside"), [(8, 2), (10, 2), (11, 3), (13, 3), (14, 4), (16, 4), (25, 7)])
def test_how_many_may_be_outside_is_that_of_the_manual(people: int, outside: int) -> None:
    agreed = panel_rule((0, 0, 0, outside, 0, 0, 0, people - outside, 0))
    one_more = panel_rule((0, 0, 0, outside + 1, 0, 0, 0, people - outside - 1, 0))
    assert agreed is not None
    assert one_more is not None
    assert agreed.agreement
    assert not one_more.agreement
    at_odds = panel_rule((outside + 1, 0, 0, 0, 0, 0, 0, 0, people - outside - 1))
    nearly = panel_rule((outside, 0, 0, 0, 0, 0, 0, 0, people - outside))
    assert at_odds is not None
    assert nearly is not None
    assert at_odds.disagreement
    assert not nearly.disagreement


def test_a_median_between_two_thirds_belongs_to_the_upper_one() -> None:
    found = panel_rule((0, 0, 0, 0, 0, 4, 4, 0, 0))
    assert found is not None
    assert found.median == 6.5
    assert not found.agreement
    split = panel_rule((0, 0, 4, 4, 1, 0, 0, 0, 0))
    assert split is not None
    assert not split.agreement


def test_other_scales_and_panels_have_no_rule() -> None:
    assert panel_rule((0, 0, 9, 0, 0)) is None
    assert panel_rule((0, 0, 7, 0, 0, 0, 0, 0, 0)) is None
    assert panel_rule((0, 0, 26, 0, 0, 0, 0, 0, 0)) is None
    assert panel_rule((0,) * 9) is None
    assert adjusted_range((0, 0, 9, 0, 0)) is None
    assert adjusted_range((0,) * 9) is None
    assert adjusted_range((0, 0, 1, 0, 0, 0, 0, 0, 0)) is None
    two = adjusted_range((1, 0, 0, 0, 0, 0, 0, 0, 1))
    assert two is not None
    assert two.disagreement
