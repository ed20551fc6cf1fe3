"""Days in words."""

from datetime import date, timedelta

import pytest

from cxworkshop.domain.days import day_and_distance, distance_in_words

TODAY = date(2026, 11, 25)


def test_a_day_is_said_in_full_with_its_distance() -> None:
    assert day_and_distance(date(2027, 3, 31), TODAY) == "Wednesday 31 March 2027, in 18 weeks"


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "today"),
        (1, "tomorrow"),
        (-1, "yesterday"),
        (2, "in 2 days"),
        (13, "in 13 days"),
        (14, "in 2 weeks"),
        (42, "in 6 weeks"),
        (-10, "10 days ago"),
        (-21, "3 weeks ago"),
        (183, "in 26 weeks"),
        (365, "in 12 months"),
        (800, "in 26 months"),
    ],
)
def test_distances(days: int, said: str) -> None:
    assert distance_in_words(TODAY + timedelta(days=days), TODAY) == said
