"""Moving through the eight steps, and the clock of the sitting.

The facilitator moves forward and back freely; no step checks anything on entry and going back never destroys.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from cxworkshop.domain.errors import InvalidValue
from cxworkshop.domain.session import STEPS, Session, Step, Timer

LONGEST_TIMER = 4 * 60 * 60
"""The longest countdown, in seconds."""

_RESTART = timedelta(minutes=2)
"""What a console that died may take to be opened again in a sitting that goes on."""

_WORTH_SAYING = 1.0
"""Minutes from which a step's loss is told."""


def go_to(session: Session, step: Step, now: datetime) -> Session:
    """The session standing at a step; the time spent at the step that is left is added to its account."""
    if step is session.live.step and session.live.since is not None:
        return session
    used = {**session.live.used}
    spent = seconds_at_present_step(session, now)
    if spent:
        used[session.live.step] = used.get(session.live.step, 0.0) + spent
    return replace(session, live=replace(session.live, step=step, since=now, used=used, timer=None, page=None))


def rest(session: Session, now: datetime) -> Session:
    """The session with its clock stopped, for when it is left: the time so far is on the account of the present step.

    A countdown goes on. `go_on`, or entering a step, lets the clock run again.
    """
    if session.live.since is None:
        return session
    step = session.live.step
    used = {**session.live.used, step: seconds_used(session, step, now)}
    return replace(session, live=replace(session.live, used=used, since=None))


def go_on(session: Session, now: datetime, lived: datetime | None = None) -> Session:
    """The session with its clock running at the present step; where it runs already nothing changes.

    Args:
        session: The session.
        now: The present time.
        lived: When a console was last seen running, if that is known. A clock that was left running by one that died is
            put right: what came after counts no more than a pause between two openings, see `unattended`.
    """
    if unattended(session, now, lived):
        since = session.live.since
        session = rest(session, max(lived, since) if lived and since else now)
    if session.live.since is not None:
        return session
    return replace(session, live=replace(session.live, since=now))


def unattended(session: Session, now: datetime, lived: datetime | None) -> timedelta | None:
    """How long the clock ran without a console; None where it did not, or so short that the room waited meanwhile."""
    if session.live.since is None or lived is None or now - lived < _RESTART:
        return None
    return now - max(lived, session.live.since)


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


@dataclass(frozen=True, slots=True)
class StepTime:
    """What the agenda planned for a step, what was used of it, and what is left to it now."""

    step: Step
    planned: int
    """Minutes the agenda gives to it."""
    used: float
    """Minutes spent there so far."""
    wanted: float
    """Minutes that it still wants by the plan; 0 for a step that was passed."""
    left: float
    """Minutes that it gets from now on: what it wants, or less where the sitting runs late."""

    @property
    def is_cut(self) -> bool:
        """Whether it gets noticeably less from now on than its plan has left."""
        return self.wanted - self.left >= _WORTH_SAYING


def timetable(session: Session, now: datetime) -> tuple[StepTime, ...]:
    """The steps of the sitting with their time, Prepare left out, since it is done before people arrive.

    Where more was used than planned, the present step and those ahead get what is left of the whole, each in proportion
    to what it still wants. Time that was saved serves a present step that takes longer, and is otherwise given to none,
    so that a sitting may end early.
    """
    sitting = STEPS[1:]
    present = session.live.step if session.live.step in sitting else sitting[0]
    planned = {step: session.content.agenda.minutes_of(step) for step in sitting}
    used = {step: seconds_used(session, step, now) / 60 for step in sitting}
    wanted = {step: max(0.0, planned[step] - used[step]) for step in sitting if step.number >= present.number}
    until_here = sum(planned[step] - used[step] for step in sitting if step.number <= present.number)
    wanted[present] = max(wanted[present], min(planned[present], until_here))
    whole = max(0.0, sum(planned.values()) - sum(used.values()))
    share = min(1.0, whole / needed) if (needed := sum(wanted.values())) else 0.0
    return tuple(
        StepTime(step, planned[step], used[step], wanted.get(step, 0.0), wanted.get(step, 0.0) * share)
        for step in sitting
    )


def minutes_over(session: Session, now: datetime) -> float:
    """Minutes by which the sitting runs behind its agenda; 0 where it does not, and while it is being prepared.

    These are the minutes that the steps from here on want beyond what is left of the whole.
    """
    if session.live.step is Step.PREPARE:
        return 0.0
    times = timetable(session, now)
    left = sum(time.planned - time.used for time in times)
    return max(0.0, sum(time.wanted for time in times) - left)


def focus(session: Session, item: str) -> Session:
    """The session with an item in focus; empty text takes the focus off."""
    return replace(session, live=replace(session.live, item=item, page=None))


def look(session: Session, view: str) -> Session:
    """The session with what of the reveal is looked at, so that the projector shows the same."""
    return replace(session, live=replace(session.live, view=view, page=None))


def turn_page(session: Session, by: int) -> Session:
    """The session with the projector held at the page so many on from the one chosen last, from its first one else.

    It is held until something else is looked at.
    """
    page = 0 if session.live.page is None else session.live.page + by
    return replace(session, live=replace(session.live, page=page))


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
