"""The plan as a calendar file: a day for each action that is due, and the day of the next self-test."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from cxworkshop.domain.errors import CxWorkshopError
from cxworkshop.report.views import Plain

if TYPE_CHECKING:
    from icalendar import Event

_AHEAD = timedelta(days=14)
_OVER: Mapping[str, str] = {"done": "Done", "dropped": "Dropped"}
"""The states in which an action is due no more, and how that is said before its title."""

_MAKER = "-//cxworkshop//plan//EN"


class NothingDated(CxWorkshopError):
    """There is no day to put in a calendar."""


def plan_calendar(view: Plain, session: str, now: datetime) -> str:
    """A calendar (iCalendar, RFC 5545) with whole-day events, each with a reminder two weeks before.

    The ids of the events stay the same from export to export, and those of actions also in the session that takes them
    up, so that a calendar that takes the file in again moves them instead of doubling them. The day of an action that
    was done or dropped is in it as cancelled, so that it goes from a calendar that has it already.

    Args:
        view: The plan as `plan_view` gives it.
        session: The session's id.
        now: When the file is made.

    Raises:
        NothingDated: No action has a due date, and no repeat is set.
    """
    from icalendar import Calendar  # noqa: PLC0415 - loaded only where a calendar is made

    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    whose = " · ".join(filter(None, (view["organisation"], view["title"])))
    for action in view["actions"]:
        if action["due"]:
            about = [f"Owner: {action['owner']}", f"Measure: {action['measure']}", whose]
            told = "\n".join(line for line in about if not line.endswith(": "))
            over = _OVER.get(action["state"])
            title = f"{over}: {action['title']}" if over else action["title"]
            calendar.add_component(
                _event(f"{action['id']}@cxworkshop", action["due"], title, told, now, cancelled=over is not None)
            )
    if view["repeat"]:
        title = f"Take the self-test again: {whose}"
        told = "The same items as last time show what has moved."
        calendar.add_component(_event(f"repeat@{session}.cxworkshop", view["repeat"], title, told, now))
    if not calendar.subcomponents:
        raise NothingDated("There is nothing to put in a calendar yet: give an action a due date, or set the repeat.")
    made: bytes = calendar.to_ical()
    return made.decode()


def _event(uid: str, day: str, title: str, told: str, now: datetime, *, cancelled: bool = False) -> "Event":
    from icalendar import Alarm, Event  # noqa: PLC0415 - as above

    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", now)
    event.add("dtstart", date.fromisoformat(day))
    event.add("dtend", date.fromisoformat(day) + timedelta(days=1))
    event.add("summary", title)
    event.add("description", told)
    event.add("transp", "TRANSPARENT")
    if cancelled:
        event.add("status", "CANCELLED")
        return event
    reminder = Alarm()
    reminder.add("action", "DISPLAY")
    reminder.add("description", title)
    reminder.add("trigger", -_AHEAD)
    event.add_component(reminder)
    return event
