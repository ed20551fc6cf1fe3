"""Figures as people read them: halves, and what is not quite all or nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxworkshop.domain.agreement import agreement
from cxworkshop.domain.rounding import in_places, share_in_words, shown_agreement, whole


@pytest.mark.parametrize(
    ("value", "places", "said"),
    [
        (12.5, 0, "13"),
        (62.5, 0, "63"),
        (-0.5, 0, "-1"),
        (1.45, 1, "1.5"),
        (0.25, 1, "0.3"),
        (-0.125, 2, "-0.13"),
        (-0.004, 2, "0.00"),
        (2.0, 1, "2.0"),
        (1e-17, 3, "0.000"),
    ],
)
def test_halves_go_away_from_zero(value: float, places: int, said: str) -> None:
    assert in_places(value, places) == said


@pytest.mark.parametrize(
    ("part", "of", "said"),
    [
        (0, 12, "0 %"),
        (12, 12, "100 %"),
        (10, 16, "63 %"),
        (1, 8, "13 %"),
        (1, 200, "1 %"),
        (1, 201, "< 1 %"),
        (199, 200, "> 99 %"),
        (198, 200, "99 %"),
    ],
)
def test_nobody_and_all_are_said_of_nobody_and_all(part: int, of: int, said: str) -> None:
    assert share_in_words(100 * part / of) == said


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((0, 0, 0, 200, 0), 100),
        ((0, 0, 0, 199, 1), 99),
        ((100, 0, 0, 0, 100), 0),
        ((100, 0, 0, 1, 99), 1),
        ((5, 0, 0, 0, 6), 1),
        ((1, 7), 56),
    ],
)
def test_agreement_is_full_or_none_only_where_it_is_so(counts: tuple[int, ...], said: int) -> None:
    assert shown_agreement(agreement(counts) or 0.0) == said


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_a_share_is_rounded_as_by_hand(part: int, of: int) -> None:
    part %= of + 1
    by_hand = (200 * part + of) // (2 * of)
    assert whole(100 * part / of) == by_hand
    said = share_in_words(100 * part / of)
    assert said.removesuffix(" %") in (str(by_hand), "< 1", "> 99")
    assert (said == "0 %") == (part == 0)
    assert (said == "100 %") == (part == of)
