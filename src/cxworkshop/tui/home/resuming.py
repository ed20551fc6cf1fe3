"""Which session is offered to go on with, and where it stood."""

from collections.abc import Sequence
from datetime import datetime

from cxworkshop.domain.wording import step_title
from cxworkshop.facilitation.ports import SessionSummary
from cxworkshop.tui.keymap import with_keys


def last_left(sessions: Sequence[SessionSummary]) -> SessionSummary | None:
    """The session that was saved last among those that can be opened; of equals the first."""
    return max((each for each in sessions if not each.problem), key=lambda each: each.saved, default=None)


def resume_sentence(summary: SessionSummary, now: datetime) -> str:
    """What Enter does: "Enter resumes Aurora · CX maturity: step 5 Disagreements, saved 14:32."."""
    name = " · ".join(part for part in (summary.organisation, summary.title) if part) or summary.id
    return f"{with_keys('[Enter:home.resume]')} resumes {name}: step {step_title(summary.step)}, {saved(summary, now)}."


def saved(summary: SessionSummary, now: datetime) -> str:
    """When it was last written: the time where that was today, else the day."""
    written = summary.saved.astimezone(now.tzinfo)
    return f"saved {written:%H:%M}" if written.date() == now.date() else f"saved {written:%Y-%m-%d}"
