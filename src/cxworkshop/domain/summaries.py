"""What the list of sessions says of each."""

from dataclasses import dataclass
from datetime import date, datetime

from cxworkshop.domain.session import Step


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
