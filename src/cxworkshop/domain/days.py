"""Days in words, as they are said back to somebody who typed one."""

from datetime import date

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAYS_TOLD = 14
_WEEKS_TOLD = 27
_WEEK, _MONTH = 7, 365.25 / 12


def day_in_full(day: date) -> str:
    """A day that cannot be mistaken: "Wednesday 31 March 2027"."""
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def day_and_distance(day: date, today: date) -> str:
    """A day with how far off it is: "Wednesday 31 March 2027, in 18 weeks"."""
    return f"{day_in_full(day)}, {distance_in_words(day, today)}"


def distance_in_words(day: date, today: date) -> str:
    """How far a day is from today, to the nearest day, week or month: "in 18 weeks", "3 days ago", "tomorrow"."""
    days = (day - today).days
    if days in (-1, 0, 1):
        return ("yesterday", "today", "tomorrow")[days + 1]
    far = abs(days)
    if far < _DAYS_TOLD:
        size, unit = far, "days"
    elif far < _WEEKS_TOLD * _WEEK:
        size, unit = round(far / _WEEK), "weeks"
    else:
        size, unit = round(far / _MONTH), "months"
    return f"in {size} {unit}" if days > 0 else f"{size} {unit} ago"
