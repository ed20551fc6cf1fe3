"""The agenda in words: minutes planned, used and left of each step, and what comes next."""

from datetime import datetime

from cxworkshop.domain.flow import StepTime, minutes_over, timetable
from cxworkshop.domain.session import STEPS, Session, Step

_WORTH_SAYING = 1.0
"""Minutes behind the agenda from which it is said."""


def step_name(step: Step) -> str:
    """What a step is called, as the catalogue of sentences has it; that one is too large for the first frame."""
    return step.value.replace("_", "-").capitalize()


def step_minutes(time: StepTime, present: Step) -> str:
    """A step's minutes in few signs: `6/5` used of planned, `25→22` planned and what it gets now, `15` planned."""
    if time.step is present or time.used >= _WORTH_SAYING:
        return f"{int(time.used)}/{time.planned}"
    if time.is_cut:
        return f"{time.planned}→{round(time.left)}"
    return f"{time.planned}" if time.planned else ""


def step_words(time: StepTime, present: Step) -> str:
    """The same as a sentence without an end: for a list of the steps."""
    said = [f"{time.planned} min planned"]
    if time.used >= _WORTH_SAYING or time.step is present:
        said.append(f"{int(time.used)} used")
    if time.step.number >= present.number and time.planned:
        said.append(f"{round(time.left)} left" if time.step is present else f"{round(time.left)} from now on")
    return ", ".join(said) if time.planned or time.used >= _WORTH_SAYING else ""


def over_words(session: Session, now: datetime) -> str:
    """That the sitting runs late, and what becomes of the steps ahead; empty where it does not."""
    over = minutes_over(session, now)
    if over < _WORTH_SAYING:
        return ""
    late = f"{over:.0f} min over"
    ahead = [time for time in timetable(session, now) if time.step.number > session.live.step.number]
    if not any(time.is_cut for time in ahead):
        return f"{late}."
    if sum(time.left for time in ahead) < _WORTH_SAYING:
        return f"{late}: nothing is left for the steps ahead."
    return f"{late}: the steps ahead share what is left."


def next_words(session: Session) -> tuple[str, str]:
    """The next step's name and the first words to say there; both empty at the last step."""
    following = STEPS[session.live.step.number :]
    if not following:
        return "", ""
    return step_name(following[0]), next(iter(session.content.prompt(f"step:{following[0]}").say), "")
