"""Dates as people type them."""

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxworkshop.domain.errors import CxWorkshopError
from cxworkshop.intake.dates import read_date

TODAY = date(2026, 11, 21)  # a Saturday


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2027-03-31", date(2027, 3, 31)),
        (" 2027-3-1 ", date(2027, 3, 1)),
        ("31/3", date(2027, 3, 31)),
        ("21/11", TODAY),
        ("20/11", date(2027, 11, 20)),
        ("29/2", date(2028, 2, 29)),
        ("31/3/2028", date(2028, 3, 31)),
        ("31.3.28", date(2028, 3, 31)),
        ("1.12.", date(2026, 12, 1)),
        ("4/5", date(2027, 5, 4)),
        ("in 6 weeks", date(2027, 1, 2)),
        ("In a month", date(2026, 12, 21)),
        ("+2w", date(2026, 12, 5)),
        ("+10d", date(2026, 12, 1)),
        ("+1m", date(2026, 12, 21)),
        ("+1q", date(2027, 2, 21)),
        ("+1y", date(2027, 11, 21)),
        ("next friday", date(2026, 11, 27)),
        ("friday", date(2026, 11, 27)),
        ("Saturday", date(2026, 11, 28)),
        ("sun", date(2026, 11, 22)),
        ("today", TODAY),
        ("tomorrow", date(2026, 11, 22)),
        ("31 March", date(2027, 3, 31)),
        ("March 31st 2028", date(2028, 3, 31)),
        ("31st of March, 2028", date(2028, 3, 31)),
        ("31. März", date(2027, 3, 31)),
        ("in zwei Wochen", date(2026, 12, 5)),
        ("in six weeks", date(2027, 1, 2)),
        ("end of march", date(2027, 3, 31)),
        ("the end of February 2028", date(2028, 2, 29)),
        ("by end of november", date(2026, 11, 30)),
        ("end of the month", date(2026, 11, 30)),
        ("end of next month", date(2026, 12, 31)),
        ("end of week", date(2026, 11, 27)),
        ("end of next quarter", date(2027, 3, 31)),
        ("end of the year", date(2026, 12, 31)),
        ("Q2", date(2027, 6, 30)),
        ("q4", date(2026, 12, 31)),
        ("Q1 2028", date(2028, 3, 31)),
        ("end of Q1", date(2027, 3, 31)),
        ("by friday", date(2026, 11, 27)),
    ],
)
def test_what_people_type(typed: str, meant: date) -> None:
    assert read_date(typed, TODAY) == meant


@pytest.mark.parametrize(
    ("typed", "day_first", "month_first"),
    [
        ("4/5", date(2027, 5, 4), date(2027, 4, 5)),
        ("4-5-2027", date(2027, 5, 4), date(2027, 4, 5)),
        ("04/05/27", date(2027, 5, 4), date(2027, 4, 5)),
        ("31/3", date(2027, 3, 31), date(2027, 3, 31)),
        ("3/31", date(2027, 3, 31), date(2027, 3, 31)),
        ("3/31/2028", date(2028, 3, 31), date(2028, 3, 31)),
        ("4.5.", date(2027, 5, 4), date(2027, 5, 4)),
        ("2027-05-04", date(2027, 5, 4), date(2027, 5, 4)),
        ("4 May", date(2027, 5, 4), date(2027, 5, 4)),
        ("May 4, 2028", date(2028, 5, 4), date(2028, 5, 4)),
        ("next friday", date(2026, 11, 27), date(2026, 11, 27)),
        ("end of Q1", date(2027, 3, 31), date(2027, 3, 31)),
    ],
)
def test_two_orders_of_day_and_month(typed: str, day_first: date, month_first: date) -> None:
    assert read_date(typed, TODAY, day_first=True) == day_first
    assert read_date(typed, TODAY, day_first=False) == month_first


def test_months_end_on_their_last_day() -> None:
    assert read_date("+1m", date(2027, 1, 31)) == date(2027, 2, 28)
    assert read_date("+3m", date(2026, 11, 30)) == date(2027, 2, 28)


@pytest.mark.parametrize(
    "typed", ["", "March", "soon", "Q5", "end of days", "end of", "31", "2027", "3 oranges", "[/]", "\x1b[2J"]
)
def test_what_is_not_understood_says_what_would_be(typed: str) -> None:
    with pytest.raises(CxWorkshopError, match=r"write 2027-03-31, 31/3, in 6 weeks"):
        read_date(typed, TODAY)


@pytest.mark.parametrize("typed", ["31/2", "2027-02-29", "13/13", "0/1", "2027-00-10", "31 June", "30 feb 2027"])
def test_days_that_are_not_in_the_calendar(typed: str) -> None:
    with pytest.raises(CxWorkshopError, match="not in the calendar"):
        read_date(typed, TODAY)


@pytest.mark.parametrize("typed", ["2026-11-20", "20/11/2026", "yesterday", "1/1/1999", "Q1 2026"])
def test_past_days_are_refused(typed: str) -> None:
    with pytest.raises(CxWorkshopError, match="is past"):
        read_date(typed, TODAY)


@pytest.mark.parametrize("typed", ["9999-01-01", "+999y", "Q1 9999"])
def test_days_too_far_ahead_are_refused(typed: str) -> None:
    with pytest.raises(CxWorkshopError, match="too far ahead"):
        read_date(typed, TODAY)


@given(st.dates(min_value=TODAY, max_value=date(2200, 12, 31)))
def test_every_day_to_come_can_be_typed(day: date) -> None:
    assert read_date(day.isoformat(), TODAY) == day
    assert read_date(f"{day.day}/{day.month}/{day.year}", TODAY) == day


@given(st.integers(min_value=0, max_value=999))
def test_counting_days_ahead(days: int) -> None:
    assert read_date(f"in {days} days", TODAY) == TODAY + timedelta(days=days)


def test_the_quick_forms_load_no_date_library() -> None:
    program = (
        "import sys, datetime; from cxworkshop.intake.dates import read_date;"
        "[read_date(typed, datetime.date(2026, 11, 21)) for typed in ('next friday', '31 March', 'end of Q1')];"
        "sys.exit('dateparser' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
