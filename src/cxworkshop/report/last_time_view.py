"""What documents say of the last session, as plain data."""

from cxworkshop.domain.follow_up import ItemCourse, Trend, taken_over, trend
from cxworkshop.domain.follow_up_wording import (
    BETTER_INFORMED,
    NOBODY_MATCHED,
    course_in_words,
    review_in_words,
    trend_summary,
)
from cxworkshop.domain.results import RoundResult
from cxworkshop.domain.session import Session
from cxworkshop.report.views import Plain, without_stop


def last_plan(session: Session) -> Plain | None:
    """What became of the last session's open actions; None where no session is taken up."""
    last = session.last_time
    if last is None:
        return None
    return {
        "session": last.id,
        "title": last.title,
        "held": last.held.isoformat(),
        "review": review_in_words(session),
        "actions": len(taken_over(session)),
    }


def since_last_time(session: Session, first: RoundResult) -> Plain | None:
    """Round 1 beside that of the last session; None where there is nothing to compare with."""
    found = trend(session, first)
    if found is None:
        return None
    return {
        "session": found.last.id,
        "title": found.last.title,
        "held": found.last.held.isoformat(),
        "ballots": found.last.ballots,
        "summary": trend_summary(found),
        "cautions": [NOBODY_MATCHED, *([BETTER_INFORMED] if _any_worse(found) else [])],
        "items": [_course(course) for course in found.items],
        "other_words": [without_stop(item.text) for item in found.other_words],
    }


def trend_document(session: Session, first: RoundResult) -> Plain | None:
    """The same for scripts: figures unrounded, no words; None as for `since_last_time`."""
    found = trend(session, first)
    if found is None:
        return None
    return {
        "session": found.last.id,
        "held": found.last.held.isoformat(),
        "ballots": found.last.ballots,
        "items": [
            {
                "id": course.now.item.id,
                "n": sum(course.then.counts),
                "dont_know": course.then.dont_know,
                "counts": list(course.then.counts),
                "median": course.median_then,
                "agreement": course.agreement_then,
                "course": course.course,
                "movement": course.change.movement,
            }
            for course in found.items
        ],
        "other_words": [item.id for item in found.other_words],
        "new": found.new,
        "gone": found.gone,
    }


def _any_worse(found: Trend) -> bool:
    return any(course.course == "worse" for course in found.items)


def _course(course: ItemCourse) -> Plain:
    scale = course.now.item.scale
    return {
        "id": course.now.item.id,
        "text": without_stop(course.now.item.text),
        "then": {
            "n": sum(course.then.counts),
            "median": scale.called_at(course.median_then),
            "agreement": course.agreement_then,
        },
        "now": {"n": course.now.n, "median": scale.called_at(course.now.median), "agreement": course.now.agreement},
        "words": course_in_words(course),
    }
