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


def repeats_due(summaries: Iterable[SessionSummary], today: date) -> frozenset[str]:
    """Ids of the sessions whose repeat has come, and whose organisation has held no later session; without rehearsals.

    A session without an organisation stands for one of its own.
    """
    real = [summary for summary in summaries if not summary.rehearsal and not summary.problem]
    last: dict[str, date] = {}
    for summary in real:
        whose = name_key(summary.organisation) or summary.id
        last[whose] = max(summary.held, last.get(whose, summary.held))
    return frozenset(
        summary.id
        for summary in real
        if summary.repeat is not None
        and summary.repeat <= today
        and last[name_key(summary.organisation) or summary.id] == summary.held
    )
