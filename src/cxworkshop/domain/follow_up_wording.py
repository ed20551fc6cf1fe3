"""The part of the catalogue of sentences that is about the last session: what became of its plan, what changed."""

from collections.abc import Sequence

from cxworkshop.domain.between_rounds import Movement
from cxworkshop.domain.follow_up import Course, ItemCourse, Trend, taken_over
from cxworkshop.domain.session import ActionState, Session
from cxworkshop.domain.wording import counted

BETTER_INFORMED = (
    "A worse answer need not be a step back: people who have looked more closely often answer more strictly."
)
NOBODY_MATCHED = (
    "The rooms are compared as wholes, round 1 with round 1: other people may have sat in them, and a change that one "
    "person can make counts as none."
)

_STATES: Sequence[tuple[ActionState, str, str]] = (
    ("done", "is done", "are done"),
    ("moved", "goes on", "go on"),
    ("dropped", "is dropped", "are dropped"),
    ("open", "has not been reviewed", "have not been reviewed"),
)
_COURSES: dict[Course, str] = {
    "better": "better than last time",
    "worse": "worse than last time",
    "same": "about as last time",
}
_MOVEMENTS: dict[Movement, str] = {
    "closer": "the room is closer together",
    "apart": "the room is further apart",
    "unchanged": "",
}


def review_in_words(session: Session) -> str:
    """What became of the last plan: "Of 4 actions planned last time 2 are done, 1 goes on."; empty without one."""
    actions = taken_over(session)
    if not actions:
        return ""
    parts = []
    for state, one, many in _STATES:
        count = sum(action.state == state for action in actions)
        if count:
            parts.append(f"{count} {one if count == 1 else many}")
    return f"Of {counted(len(actions), 'action')} planned last time {', '.join(parts)}."


def course_in_words(course: ItemCourse) -> str:
    """What changed on an item since last time: "better than last time; the room is closer together (+22)"."""
    if course.course is None:
        return "too few answers to compare"
    parts = [_COURSES[course.course]]
    change = course.change
    if change.movement is not None and _MOVEMENTS[change.movement] and change.agreement_points is not None:
        parts.append(f"{_MOVEMENTS[change.movement]} ({change.agreement_points:+d})")
    return "; ".join(parts)


def trend_summary(trend: Trend) -> str:
    """How the items went since last time, and which are not compared, in two sentences at most."""
    counts = {course: sum(each.course == course for each in trend.items) for course in _COURSES}
    moved = {way: sum(each.change.movement == way for each in trend.items) for way in ("closer", "apart")}
    parts = [f"{counts['better']} better", f"{counts['worse']} worse", f"{counts['same']} about the same"]
    unknown = sum(each.course is None for each in trend.items)
    if unknown:
        parts.append(f"{unknown} with no answers to compare")
    sentence = f"Of {counted(len(trend.items), 'item')} asked both times: {', '.join(parts)}"
    if moved["closer"] or moved["apart"]:
        sentence += f"; closer together on {moved['closer']}, further apart on {moved['apart']}"
    left = []
    if trend.other_words:
        left.append(f"{len(trend.other_words)} asked in other words now")
    if trend.new:
        left.append(f"{trend.new} new")
    if trend.gone:
        left.append(f"{trend.gone} not asked any more")
    return f"{sentence}." + (f" Not compared: {', '.join(left)}." if left else "")
