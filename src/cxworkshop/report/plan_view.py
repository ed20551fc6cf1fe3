"""What the action plan says, as plain data."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from cxworkshop.domain import plan, priorities, wording
from cxworkshop.domain.errors import NotRevealed
from cxworkshop.domain.maturity import NextStage
from cxworkshop.domain.priorities import Dotted
from cxworkshop.domain.published import BallotsOf, dots_of, ratings_of, results_of, standing
from cxworkshop.domain.ratings import Rated
from cxworkshop.domain.ratings_in_words import QUADRANT_NAMES, place_in_words, rated_in_words
from cxworkshop.domain.results import RoundResult
from cxworkshop.domain.session import Action, Candidate, Session
from cxworkshop.report import views
from cxworkshop.report.last_time_view import last_plan
from cxworkshop.report.views import Plain

_STATE_NAMES = {"open": "", "done": "done", "moved": "goes on", "dropped": "dropped"}


def plan_view(session: Session, ballots_of: BallotsOf, written: date) -> Plain:
    """The plan with the evidence behind it; before the reveal there is no evidence, and nothing else is missing.

    Args:
        session: The session.
        ballots_of: The ballots of a round by its key.
        written: The day on which the document is made.
    """
    first, result = _first_round(session, ballots_of), _standing(session, ballots_of)
    ways = () if result is None else priorities.stages_ahead(session, result)
    return {
        **views.heading(session, written),
        "ballots": 0 if result is None else result.ballots,
        "revealed": result is not None,
        "last_plan": last_plan(session),
        "stages": _stages(session, result, ways),
        "priorities": priorities_view(session, ballots_of),
        "actions": [_action(session, ballots_of, first, action) for action in session.plan],
        "gaps": [gap.sentence for gap in plan.gaps(session, ways, today=written) if gap.kind != "strategy_first"],
        "left_open": _left_open(session),
        "gate": _gate(session),
        "owner": session.closing.strategy_owner,
        "absent": _absent(session),
        "asked_later": list(session.closing.asked_later),
        "repeat": "" if session.closing.repeat is None else session.closing.repeat.isoformat(),
        "credits": views.credits_of(views.sources_of(session)),
    }


def _standing(session: Session, ballots_of: BallotsOf) -> RoundResult | None:
    """Where the room stands now; None before the reveal."""
    try:
        return standing(session, ballots_of)
    except NotRevealed:
        return None


def _first_round(session: Session, ballots_of: BallotsOf) -> RoundResult | None:
    try:
        return results_of(session, ballots_of)
    except NotRevealed:
        return None


def _stages(session: Session, result: RoundResult | None, ways: tuple[NextStage, ...]) -> list[Plain]:
    if result is None:
        return []
    placed = {model.id: model for model in result.models}
    return [
        {**views.way_ahead(session, way), "vote": views.model(session, placed[way.model.id], result)} for way in ways
    ]


def priorities_view(session: Session, ballots_of: BallotsOf) -> Plain:
    """What was chosen and what was considered, with the dots and ratings it got, in the order of the newest vote."""
    dots, ratings = _dots(session, ballots_of), _ratings(session, ballots_of)
    listed: list[Plain] = [
        {
            "title": views.without_stop(candidate.title),
            "origin": wording.ORIGIN_NAMES[candidate.origin],
            "reason": views.without_stop(candidate.reason),
            "dots": None if candidate.id not in dots else dots[candidate.id].dots,
            "tied": candidate.id in dots and dots[candidate.id].tied,
            "rating": None if candidate.id not in ratings else _rating(ratings[candidate.id]),
            "chosen": candidate.chosen,
        }
        for candidate in _in_order(session, dots, ratings)
    ]
    return {
        "chosen": [found for found in listed if found["chosen"]],
        "considered": [found for found in listed if not found["chosen"]],
    }


def _in_order(session: Session, dots: Mapping[str, Dotted], ratings: Mapping[str, Rated]) -> Sequence[Candidate]:
    last = priorities.last_vote(session)
    voted = ratings if last is not None and last.kind == "ratings" else dots
    return [
        *(session.candidates[key] for key in voted),
        *(each for each in session.candidates.values() if each.id not in voted),
    ]


def _dots(session: Session, ballots_of: BallotsOf) -> Mapping[str, Dotted]:
    try:
        return {found.candidate.id: found for found in dots_of(session, ballots_of)}
    except NotRevealed:
        return {}


def _ratings(session: Session, ballots_of: BallotsOf) -> Mapping[str, Rated]:
    try:
        return {found.candidate.id: found for found in ratings_of(session, ballots_of)}
    except NotRevealed:
        return {}


def _rating(rated: Rated) -> Plain:
    return {
        "impact": rated.impact.median,
        "effort": rated.effort.median,
        "impact_counts": list(rated.impact.counts),
        "effort_counts": list(rated.effort.counts),
        "field": "" if rated.quadrant is None else QUADRANT_NAMES[rated.quadrant],
        "place": rated.place,
        "tied": rated.tied,
        "summary": rated_in_words(rated),
        "placed": place_in_words(rated),
    }


def _action(session: Session, ballots_of: BallotsOf, result: RoundResult | None, action: Action) -> Plain:
    candidate = session.candidates.get(action.candidate)
    strategies = {strategy.id: strategy.name for strategy in session.content.strategies}
    warnings = {warning.action: warning.sentence for warning in plan.gate_warnings(session)}
    return {
        "id": action.id,
        "title": views.without_stop(action.title),
        "owner": action.owner,
        "due": "" if action.due is None else action.due.isoformat(),
        "measure": action.measure,
        "baseline": action.baseline,
        "target": action.target,
        "first_step": action.first_step,
        "state": _STATE_NAMES[action.state],
        "serves": "" if candidate is None else views.without_stop(candidate.title),
        "obstacle": action.obstacle,
        "resources": list(action.resources),
        "strategy": strategies.get(action.strategy, ""),
        "warning": warnings.get(action.id, ""),
        "note": action.note,
        "since": "" if action.since is None else action.since.isoformat(),
        "evidence": _evidence(session, ballots_of, result, action),
    }


def _evidence(session: Session, ballots_of: BallotsOf, result: RoundResult | None, action: Action) -> list[Plain]:
    if result is None:
        return []
    voted = {found.item.id: found for found in result.items}
    return [
        views.evidence(session, ballots_of, voted[item.id])
        for item in plan.items_behind(session, action)
        if item.id in voted
    ]


def _left_open(session: Session) -> list[Plain]:
    """Items on which the room did not come to one view: parked with their positions, or to be followed up."""
    return [
        {"text": views.without_stop(item.text), **views.discussion(session, item)}
        for item in session.content.items
        if item.id in session.discussion and session.discussion[item.id].outcome in ("parked", "follow_up")
    ]


def _gate(session: Session) -> dict[str, Any]:
    """What the room said of its first strategy, and whether actions wait for it."""
    ordered = sorted(session.content.strategies, key=lambda strategy: strategy.order)
    first = ordered[0].name if ordered else ""
    return {
        "strategy": first,
        "stands": session.closing.strategy_stands,
        "waiting": len(plan.gate_warnings(session)),
        "order": [strategy.name for strategy in ordered],
    }


def _absent(session: Session) -> list[Plain]:
    roles = {role.id: role for role in session.content.roles}
    return [
        {"title": roles[role_id].title, "brings": list(roles[role_id].brings)}
        for role_id in session.closing.absent_roles
        if role_id in roles
    ]
