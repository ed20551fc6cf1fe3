"""The first page of the report, as plain data: the sitting in short."""

from collections.abc import Sequence

from cxworkshop.domain import in_short
from cxworkshop.domain.published import BallotsOf, change_since_first, later_results, standing
from cxworkshop.domain.results import ItemResult, RoundResult, strengths, weaknesses
from cxworkshop.domain.session import Session
from cxworkshop.domain.wording import item_summary, pattern_in_words
from cxworkshop.report import views
from cxworkshop.report.plan_view import priorities_view
from cxworkshop.report.views import Plain


def summary_view(session: Session, ballots_of: BallotsOf, result: RoundResult) -> Plain:
    """The sitting in short, from round 1 and what came of it; the rest of the report has the whole of each part.

    Stages, strengths and weaknesses are told as they stand now, what was voted on again by its later vote.
    """
    split, doing = in_short.disagreements(session, result), in_short.to_be_done(session)
    now = standing(session, ballots_of)
    voted_again = views.voted_again_on(result, now)
    return {
        "took_part": in_short.took_part_in_words(session, result),
        "stages": [
            {
                "title": session.content.model(model.id).title,
                "sentence": in_short.model_in_words(
                    session.content.model(model.id),
                    model,
                    session.closing.stage.get(model.id),
                    voted_again.get(model.id),
                ),
            }
            for model in result.models
        ],
        "last_time": list(in_short.last_time_in_words(session, result)),
        "strengths": _named(strengths(now)),
        "weaknesses": _named(weaknesses(now)),
        "disagreements": [
            {
                "text": views.without_stop(found.item.text),
                "pattern": pattern_in_words(found),
                "ending": _ending(session, ballots_of, found),
            }
            for found in split[: in_short.MOST_DISAGREEMENTS]
        ],
        "more_disagreements": max(0, len(split) - in_short.MOST_DISAGREEMENTS),
        "priorities": [
            found["title"] for found in priorities_view(session, ballots_of)["chosen"][: in_short.MOST_NAMED]
        ],
        "actions": [
            {
                "title": views.without_stop(action.title),
                "owner": action.owner,
                "due": "" if action.due is None else action.due.isoformat(),
            }
            for action in doing[: in_short.MOST_ACTIONS]
        ],
        "more_actions": max(0, len(doing) - in_short.MOST_ACTIONS),
        "cautions": list(in_short.cautions(session, result)),
    }


def _named(items: Sequence[ItemResult]) -> list[Plain]:
    return [
        {"text": views.without_stop(found.item.text), "summary": item_summary(found)}
        for found in items[: in_short.MOST_NAMED]
    ]


def _ending(session: Session, ballots_of: BallotsOf, found: ItemResult) -> str:
    later = later_results(session, ballots_of, found.item.id)
    change = change_since_first(session, ballots_of, found, later[-1]) if later else None
    return in_short.ending_in_words(session.discussion.get(found.item.id), change)
