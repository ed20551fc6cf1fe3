"""Dates as people type them: quick forms here, the rest by dateparser."""

import calendar
import re
from datetime import date, datetime, timedelta

from cxworkshop.domain.errors import CxWorkshopError
from cxworkshop.domain.text import clean_line

_LONGEST = 40
_LAST_YEAR = 2200
_LANGUAGES = ["en", "de", "fr", "es", "it", "nl"]
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_DAY_MONTH = re.compile(r"(\d{1,2})\s*[/.]\s*(\d{1,2})(?:\s*[/.]\s*(\d{4}|\d{2}))?\.?", re.ASCII)
_AHEAD = re.compile(r"(?:\+|in )\s*(\d{1,3}|an?|one)\s*(d|w|m|q|y|days?|weeks?|months?|quarters?|years?)", re.ASCII)
_WEEKDAY = re.compile(r"(?:(?:next|on|this)\s+)?([a-z]{3,9})", re.ASCII)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS_IN = {"m": 1, "q": 3, "y": 12}


class DateRefused(CxWorkshopError):
    """A date is not understood, not there in the calendar, or past."""


def read_date(text: str, today: date) -> date:
    """Read a date: `2027-03-31`, `31/3`, `31/3/2027`, `in 6 weeks`, `+2w`, `+1m`, `+1q`, `next friday`, `31 March`.

    Day goes before month. A day without a year is the next one to come. A weekday, with or without "next", is the next
    such day after today. Months are counted by the calendar, ending on its last day where the day is missing.

    Args:
        text: What was typed.
        today: The day it is counted from.

    Raises:
        DateRefused: It is not understood, names no full day (`March`), or is past.
    """
    typed = clean_line(text, _LONGEST).casefold()
    found = _quick(typed, today) or _spoken(typed, today)
    if found is None:
        shown = f"“{clean_line(text, _LONGEST)}” is not understood as a date" if typed else "No date was typed"
        raise DateRefused(f"{shown}; write 2027-03-31, 31/3, in 6 weeks, +2w or next friday.")
    if found.year > _LAST_YEAR:
        raise DateRefused(f"{found.isoformat()} is too far ahead; write a year up to {_LAST_YEAR}.")
    if found < today:
        raise DateRefused(f"{found.isoformat()} is past; write a date from today on, or with its year.")
    return found


def _quick(typed: str, today: date) -> date | None:
    try:
        if match := _ISO.fullmatch(typed):
            return date(*map(int, match.groups()))
        if match := _DAY_MONTH.fullmatch(typed):
            day, month, year = match.groups()
            if not year:
                return _next_such_day(int(month), int(day), today)
            return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
        if match := _AHEAD.fullmatch(typed):
            return _ahead(int(match[1]) if match[1].isdigit() else 1, match[2][0], today)
    except (ValueError, OverflowError):
        raise DateRefused(f"“{typed}” is not in the calendar; check day and month (the day comes first).") from None
    if typed in ("today", "tomorrow"):
        return today + timedelta(days=("today", "tomorrow").index(typed))
    return _weekday(typed, today)


def _next_such_day(month: int, day: int, today: date) -> date:
    """The next day of that month and day; 29 February may be years away."""
    for year in range(today.year, today.year + 9):
        if day <= calendar.monthrange(year, month)[1] and date(year, month, day) >= today:
            return date(year, month, day)
    raise ValueError(day)


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


def _spoken(typed: str, today: date) -> date | None:
    """What dateparser makes of it, where day and month are both said; it takes a moment to load."""
    if not any(map(str.isalpha, typed)) or not all(
        character.isalnum() or character in " .,/-’'" for character in typed
    ):
        return None
    import dateparser  # type: ignore[import-untyped]  # noqa: PLC0415 - large, and seldom needed

    settings = {
        "DATE_ORDER": "DMY",
        "PREFER_DATES_FROM": "future",
        "REQUIRE_PARTS": ["day", "month"],
        "RELATIVE_BASE": datetime.combine(today, datetime.min.time()),
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    found: datetime | None = dateparser.parse(typed, languages=_LANGUAGES, settings=settings)
    return None if found is None else found.date()
