"""What the list of sessions says of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from cxworkshop.domain.session import Step
from cxworkshop.domain.text import name_key


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """A line of the list of sessions."""

    id: str
    title: str
    organisation: str
    held: date
    step: Step
    ballots: int
    """Ballots in round 1."""
    open_actions: int
    next_due: date | None
    rehearsal: bool
    saved: datetime
    """When it was last written."""
    problem: str = ""
    """Why it cannot be opened, in a sentence; empty where it can."""
    takes_ballots: bool = False
    """Whether a round is open."""
    warning: str = ""
    """What was found damaged or torn in a session that can be opened nevertheless, in sentences; else empty."""
    repeat: date | None = None
    """The day on which the self-test is to be taken again, where one is set."""
    last_time: str = ""
    """Id of the session it takes up again, with that one's open actions; empty where it takes up none."""
    made_as: str = ""
    """The id it was made under, by which a later session knows it; another than `id` where its folder was renamed."""

    @property
    def names(self) -> frozenset[str]:
        """What a later session may know it by."""
        return frozenset((self.id, self.made_as or self.id))


DUE_SOON_DAYS = 14
"""An action is due soon from two weeks before its day."""


def is_due_soon(summary: SessionSummary, today: date) -> bool:
    """Whether the next day of an open action is at most two weeks away, and not past."""
    return summary.next_due is not None and 0 <= (summary.next_due - today).days <= DUE_SOON_DAYS


def taken_up(summaries: Iterable[SessionSummary]) -> frozenset[str]:
    """Ids of the sessions whose open actions a later one has taken over: what is due of them is due there."""
    listed = [summary for summary in summaries if not summary.problem]
    last = {summary.last_time for summary in listed if summary.last_time}
    return frozenset(summary.id for summary in listed if last & summary.names)


def followers(summaries: Iterable[SessionSummary], session_id: str) -> frozenset[str]:
    """Ids of the sessions that take up a session, themselves or over others; it can take up none of them."""
    listed, found, known = list(summaries), set[str](), {session_id}
    while more := [each for each in listed if each.last_time in known and each.id not in found]:
        found.update(each.id for each in more)
        known = known.union(*(each.names for each in more))
    return frozenset(found)


def repeats_due(summaries: Iterable[SessionSummary], today: date) -> frozenset[str]:
    """Ids of the sessions whose repeat has come, and whose organisation has held no later session; without rehearsals.

    A later session that is only prepared answers no repeat: it has no ballots yet. A session without an organisation
    stands for one of its own.
    """
    real = [summary for summary in summaries if not summary.rehearsal and not summary.problem]
    last: dict[str, date] = {}
    for summary in real:
        whose = name_key(summary.organisation) or summary.id
        if summary.ballots or summary.repeat is not None:
            last[whose] = max(summary.held, last.get(whose, summary.held))
    return frozenset(
        summary.id
        for summary in real
        if summary.repeat is not None
        and summary.repeat <= today
        and last[name_key(summary.organisation) or summary.id] == summary.held
    )
