"""Dates as people type them: quick forms here, the rest by dateparser."""

import calendar
import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from cxworkshop.domain.errors import CxWorkshopError
from cxworkshop.domain.text import clean_line

_LONGEST = 40
_LAST_YEAR = 2200
_LANGUAGES = ["en", "de", "fr", "es", "it", "nl"]
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTHS_IN = {"m": 1, "q": 3, "y": 12}
_YEAR = r"(?:,?\s*(\d{4}))?"
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "twelve": 12}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_DAY_MONTH = re.compile(r"(\d{1,2})\s*([/.-])\s*(\d{1,2})(?:\s*[/.-]\s*(\d{4}|\d{2}))?\.?", re.ASCII)
_AHEAD = re.compile(
    rf"(?:\+|in )\s*(\d{{1,3}}|{'|'.join(_NUMBERS)})\s*(d|w|m|q|y|days?|weeks?|months?|quarters?|years?)", re.ASCII
)
_WEEKDAY = re.compile(r"(?:(?:next|on|this)\s+)?([a-z]{3,9})", re.ASCII)
_DAY_NAMED = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?\s*(?:of\s+)?([a-z]{{3,9}})\.?{_YEAR}", re.ASCII)
_NAMED_DAY = re.compile(rf"([a-z]{{3,9}})\.?\s*(\d{{1,2}})(?:st|nd|rd|th)?{_YEAR}", re.ASCII)
_QUARTER = re.compile(rf"(?:(?:end|close) of\s+)?q([1-4]){_YEAR}", re.ASCII)
_END_NAMED = re.compile(rf"(?:the )?end of\s+([a-z]{{3,9}}){_YEAR}", re.ASCII)
_END_OF = re.compile(r"(?:the )?end of (?:(the|this|next)\s+)?(week|month|quarter|year)", re.ASCII)


class DateRefused(CxWorkshopError):
    """A date is not understood, not there in the calendar, or past."""


def read_date(text: str, today: date, *, day_first: bool = True) -> date:
    """Read a date as it is said: `2027-03-31`, `31/3`, `31 March`, `in 6 weeks`, `+1m`, `next friday`, `end of Q1`.

    A day without a year is the next one to come. A weekday, with or without "next", is the next such day after today.
    Months are counted by the calendar, ending on its last day where the day is missing. A quarter (`Q2`) and the end of
    a month, quarter or year mean its last day, the end of a week its Friday. "by" may stand before any of them.

    Args:
        text: What was typed.
        today: The day it is counted from.
        day_first: In `4/5` and `4-5` the day comes before the month. Where one of the two numbers can be no month,
            they are read in the order that makes sense; between dots the day always comes first.

    Raises:
        DateRefused: It is not understood, names no full day (`March`), or is past.
    """
    typed = clean_line(text, _LONGEST).casefold().removeprefix("by ").strip()
    found = _quick(typed, today, day_first=day_first) or _spoken(typed, today, day_first=day_first)
    if found is None:
        shown = f"“{clean_line(text, _LONGEST)}” is not understood as a date" if typed else "No date was typed"
        example = "31/3" if day_first else "3/31"
        raise DateRefused(f"{shown}; write 2027-03-31, {example}, in 6 weeks, next friday or end of march.")
    if found.year > _LAST_YEAR:
        raise DateRefused(f"{found.isoformat()} is too far ahead; write a year up to {_LAST_YEAR}.")
    if found < today:
        raise DateRefused(f"{found.isoformat()} is past; write a date from today on.")
    return found


def _quick(typed: str, today: date, *, day_first: bool) -> date | None:
    try:
        found = _counted(typed, today, day_first=day_first) or _day_of_month(typed, today)
    except (ValueError, OverflowError):
        order = "the day" if day_first else "the month"
        raise DateRefused(f"“{typed}” is not in the calendar; check day and month ({order} comes first).") from None
    if typed in ("today", "tomorrow"):
        return today + timedelta(days=("today", "tomorrow").index(typed))
    return found or _end_of(typed, today) or _weekday(typed, today)


def _counted(typed: str, today: date, *, day_first: bool) -> date | None:
    if match := _ISO.fullmatch(typed):
        return date(*map(int, match.groups()))
    if match := _DAY_MONTH.fullmatch(typed):
        return _of_numbers(match, today, day_first=day_first or match[2] == ".")
    if match := _AHEAD.fullmatch(typed):
        return _ahead(_NUMBERS[match[1]] if match[1] in _NUMBERS else int(match[1]), match[2][0], today)
    return None


def _day_of_month(typed: str, today: date) -> date | None:
    if (match := _DAY_NAMED.fullmatch(typed)) and (month := _month(match[2])):
        return _dated(int(match[1]), month, match[3], today)
    if (match := _NAMED_DAY.fullmatch(typed)) and (month := _month(match[1])):
        return _dated(int(match[2]), month, match[3], today)
    return None


def _of_numbers(match: re.Match[str], today: date, *, day_first: bool) -> date:
    first, second = int(match[1]), int(match[3])
    day, month = (first, second) if day_first else (second, first)
    if month > 12 >= day:
        day, month = month, day
    year = match[4]
    return _dated(day, month, f"20{year}" if year and len(year) == 2 else year, today)


def _dated(day: int, month: int, year: str | None, today: date) -> date:
    return date(int(year), month, day) if year else _next_such_day(month, day, today)


def _next_such_day(month: int, day: int, today: date) -> date:
    """The next day of that month and day; 29 February may be years away."""
    for year in range(today.year, today.year + 9):
        if day <= calendar.monthrange(year, month)[1] and date(year, month, day) >= today:
            return date(year, month, day)
    raise ValueError(day)


def _month(name: str) -> int:
    """The month of an English name or its beginning; 0 where it is none."""
    return next((place for place, month in enumerate(_MONTHS, 1) if month.startswith(name)), int(name == "sept") * 9)


def _end_of(typed: str, today: date) -> date | None:
    """The last day of a quarter, a named month, or the period that is running or comes next."""
    if match := _QUARTER.fullmatch(typed):
        return _last_day_to_come(3 * int(match[1]), match[2], today)
    if (match := _END_NAMED.fullmatch(typed)) and (month := _month(match[1])):
        return _last_day_to_come(month, match[2], today)
    if match := _END_OF.fullmatch(typed):
        return _end_of_period(match[2][0], today, periods_on=int(match[1] == "next"))
    return None


def _last_day_to_come(month: int, year: str | None, today: date) -> date:
    if year:
        return _last_day(int(year), month)
    this_year = _last_day(today.year, month)
    return this_year if this_year >= today else _last_day(today.year + 1, month)


def _end_of_period(unit: str, today: date, *, periods_on: int) -> date:
    if unit == "w":
        friday = today + timedelta(days=(4 - today.weekday()) % 7)
        return friday + timedelta(weeks=periods_on)
    length = _MONTHS_IN[unit]
    months = today.year * 12 + (today.month - 1) // length * length + length - 1 + periods_on * length
    return _last_day(months // 12, months % 12 + 1)


def _last_day(year: int, month: int) -> date:
    # Years that no calendar has are refused with those that are too far ahead.
    year = max(1, min(year, date.max.year))
    return date(year, month, calendar.monthrange(year, month)[1])


def _ahead(number: int, unit: str, today: date) -> date:
    if unit in _MONTHS_IN:
        months = today.year * 12 + today.month - 1 + number * _MONTHS_IN[unit]
        year, month = divmod(months, 12)
        return date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))
    return today + timedelta(days=number * (7 if unit == "w" else 1))


def _weekday(typed: str, today: date) -> date | None:
    match = _WEEKDAY.fullmatch(typed)
    named = [day for day, name in enumerate(_WEEKDAYS) if match and name.startswith(match[1])]
    return today + timedelta(days=(named[0] - today.weekday() - 1) % 7 + 1) if named else None


def _spoken(typed: str, today: date, *, day_first: bool) -> date | None:
    """What dateparser makes of it, where day and month are both said; it takes a moment to load."""
    if not any(map(str.isalpha, typed)) or not all(
        character.isalnum() or character in " .,/-’'" for character in typed
    ):
        return None
    import dateparser  # type: ignore[import-untyped]  # noqa: PLC0415 - large, and seldom needed

    settings: Mapping[str, object] = {
        "DATE_ORDER": "DMY" if day_first else "MDY",
        "PREFER_DATES_FROM": "future",
        "REQUIRE_PARTS": ["day", "month"],
        "RELATIVE_BASE": datetime.combine(today, datetime.min.time()),
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    found: datetime | None = dateparser.parse(typed, languages=_LANGUAGES, settings=settings)
    return None if found is None else found.date()
