"""Moving through the eight steps, and the clock of the sitting.

The facilitator moves forward and back freely; no step checks anything on entry and going back never destroys.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from cxworkshop.domain.errors import InvalidValue
from cxworkshop.domain.session import STEPS, Session, Step, Timer

LONGEST_TIMER = 4 * 60 * 60
"""The longest countdown, in seconds."""


def go_to(session: Session, step: Step, now: datetime) -> Session:
    """The session standing at a step; the time spent at the step that is left is added to its account."""
    if step is session.live.step and session.live.since is not None:
        return session
    used = {**session.live.used}
    spent = seconds_at_present_step(session, now)
    if spent:
        used[session.live.step] = used.get(session.live.step, 0.0) + spent
    return replace(session, live=replace(session.live, step=step, since=now, used=used, timer=None))


def rest(session: Session, now: datetime) -> Session:
    """The session with its clock stopped, for when it is left: the time so far is on the account of the present step.

    A countdown goes on. `go_on`, or entering a step, lets the clock run again.
    """
    if session.live.since is None:
        return session
    step = session.live.step
    used = {**session.live.used, step: seconds_used(session, step, now)}
    return replace(session, live=replace(session.live, used=used, since=None))


def go_on(session: Session, now: datetime) -> Session:
    """The session with its clock running at the present step; where it runs already nothing changes."""
    if session.live.since is not None:
        return session
    return replace(session, live=replace(session.live, since=now))


def next_step(session: Session, now: datetime) -> Session:
    """One step on; the last step stays."""
    return go_to(session, STEPS[min(session.live.step.number, len(STEPS) - 1)], now)


def previous_step(session: Session, now: datetime) -> Session:
    """One step back; the first step stays."""
    return go_to(session, STEPS[max(session.live.step.number - 2, 0)], now)


def seconds_at_present_step(session: Session, now: datetime) -> float:
    """Seconds since the present step was entered; 0 before the start, and where the clock was set back."""
    if session.live.since is None:
        return 0.0
    return max(0.0, (now - session.live.since).total_seconds())


def seconds_used(session: Session, step: Step, now: datetime) -> float:
    """Seconds spent at a step in all, the present visit included."""
    present = seconds_at_present_step(session, now) if step is session.live.step else 0.0
    return session.live.used.get(step, 0.0) + present


def minutes_over(session: Session, now: datetime) -> float:
    """Minutes by which the sitting runs behind its agenda (negative where it runs ahead).

    What counts is the time used in all steps but Prepare, against what the agenda gives to the steps up to the present
    one; at the present step only time beyond its share counts. 0 while the sitting is being prepared.
    """
    if session.live.step is Step.PREPARE:
        return 0.0
    sitting = STEPS[1:]
    used = sum(seconds_used(session, step, now) for step in sitting) / 60
    before = [step for step in sitting if step.number < session.live.step.number]
    planned_before = sum(session.content.agenda.minutes_of(step) for step in before)
    planned_here = session.content.agenda.minutes_of(session.live.step)
    behind = used - planned_before - planned_here
    ahead = used - planned_before
    return behind if behind > 0 else min(0.0, ahead)


def focus(session: Session, item: str) -> Session:
    """The session with an item in focus; empty text takes the focus off."""
    return replace(session, live=replace(session.live, item=item))


def look(session: Session, view: str) -> Session:
    """The session with what of the reveal is looked at, so that the projector shows the same."""
    return replace(session, live=replace(session.live, view=view))


def blank(session: Session, *, blank: bool) -> Session:
    """The session with the projector blanked or shown."""
    return replace(session, live=replace(session.live, blank=blank))


def draft(session: Session, text: str, item: str) -> Session:
    """The session keeping a note that is being typed on an item; empty text lets go of it."""
    return replace(session, live=replace(session.live, draft=text, draft_item=item if text else ""))


def start_timer(session: Session, seconds: float, now: datetime) -> Session:
    """The session with a countdown running.

    Raises:
        InvalidValue: The time is not between one second and four hours.
    """
    if not 1 <= seconds <= LONGEST_TIMER:
        raise InvalidValue("The timer takes between one second and four hours; give a time like 5 or 2:30.")
    return _with_timer(session, Timer(deadline=now + timedelta(seconds=seconds)))


def pause_timer(session: Session, now: datetime) -> Session:
    """The countdown held, or going on where it was held; without one nothing changes."""
    timer = session.live.timer
    if timer is None:
        return session
    if timer.remaining is not None:
        return _with_timer(session, Timer(deadline=now + timedelta(seconds=timer.remaining)))
    return _with_timer(session, Timer(remaining=seconds_left(timer, now)))


def extend_timer(session: Session, seconds: float, now: datetime) -> Session:
    """The countdown with more time; one that has run out starts anew with just that time, and so does none at all."""
    timer = session.live.timer
    left = 0.0 if timer is None else max(0.0, seconds_left(timer, now))
    held = timer is not None and timer.remaining is not None
    total = min(left + seconds, LONGEST_TIMER)
    return _with_timer(session, Timer(remaining=total) if held else Timer(deadline=now + timedelta(seconds=total)))


def stop_timer(session: Session) -> Session:
    """The session without a countdown."""
    return _with_timer(session, None)


def seconds_left(timer: Timer, now: datetime) -> float:
    """Seconds left of a countdown; negative once it has run out."""
    if timer.deadline is not None:
        return (timer.deadline - now).total_seconds()
    return timer.remaining or 0.0


def _with_timer(session: Session, timer: Timer | None) -> Session:
    return replace(session, live=replace(session.live, timer=timer))
