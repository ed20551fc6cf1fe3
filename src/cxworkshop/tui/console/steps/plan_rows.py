"""The lines of step 7: priorities, plan, what the next stage needs, the gate of strategies, and what is missing."""

from collections.abc import Container, Mapping, Sequence
from datetime import date
from typing import TypeAlias

from cxworkshop.domain import plan
from cxworkshop.domain.maturity import NextStage
from cxworkshop.domain.plan import Gap
from cxworkshop.domain.priorities import Dotted
from cxworkshop.domain.ratings import Rated
from cxworkshop.domain.ratings_in_words import place_in_words, rated_in_words
from cxworkshop.domain.session import Action, Candidate, CandidateOrigin, ResourceState, Session
from cxworkshop.domain.wording import counted
from cxworkshop.tui.console.steps.reviewing import ACTION_SIGNS
from cxworkshop.tui.keymap import with_keys
from cxworkshop.tui.widgets.sheet import Row

ORIGINS: Mapping[CandidateOrigin, str] = {
    "weakness": "weakness",
    "unsettled": "unsettled",
    "obstacle": "obstacle",
    "own": "the room's own",
}

RESOURCE_STATES: Mapping[ResourceState | None, str] = {
    "have": "● we have it",
    "partly": "◐ in part",
    "missing": "○ missing",
    None: "– not rated",
}

Voted: TypeAlias = Sequence[Dotted] | Sequence[Rated]
"""The candidates by the newest vote on them."""

_CHOSEN = "★"
_NOT_CHOSEN = "·"


def plan_rows(
    session: Session,
    ways: Sequence[NextStage],
    voted: Voted,
    waiting: int,
    *,
    today: date,
    apart: Container[str] = (),
) -> list[Row]:
    """Every line of the sheet.

    Args:
        session: The session.
        ways: The way to the next stage per maturity model; empty before the reveal.
        voted: The candidates by the newest vote on them; empty where none was revealed.
        waiting: How many candidates the session could still put forward by itself.
        today: The day, for what is overdue.
        apart: Ids of the maturity models in which the room is not aligned, so that its median may stand for nobody.
    """
    return [
        *_candidate_rows(session, voted, waiting),
        *_action_rows(session, today),
        *_stage_rows(session, ways, apart),
        *_gate_rows(session),
        *_gap_rows(session, ways, today),
    ]


def _candidate_rows(session: Session, voted: Voted, waiting: int) -> list[Row]:
    if not session.candidates:
        said = (
            with_keys(f"[p:candidate.propose] proposes {waiting} from the vote and the talk")
            if waiting
            else with_keys("[a:candidate.add] adds one")
        )
        return [Row("", "Priorities"), Row("propose:", "No candidates yet", "", said)]
    rows = [Row("", f"Priorities ({_CHOSEN} chosen)")]
    if waiting:
        rows.append(Row("propose:", f"{waiting} more could be taken in", "", "p"))
    places = {each.candidate.id: each for each in voted}
    listed = [each.candidate for each in voted]
    listed += [candidate for candidate in session.candidates.values() if candidate.id not in places]
    return [*rows, *(_candidate_row(session.candidates[each.id], places.get(each.id)) for each in listed)]


def _candidate_row(candidate: Candidate, voted: Dotted | Rated | None) -> Row:
    mark = _CHOSEN if candidate.chosen else _NOT_CHOSEN
    said, reason = "", candidate.reason or ORIGINS[candidate.origin]
    if isinstance(voted, Rated):
        said, reason = place_in_words(voted), f"{rated_in_words(voted)}. {reason}"
    elif voted is not None:
        said = f"{counted(voted.dots, 'dot')}, place {voted.place}{', tied' if voted.tied else ''}"
    return Row(f"candidate:{candidate.id}", f"{mark} {candidate.title}", said, reason)


def _action_rows(session: Session, today: date) -> list[Row]:
    rows = [Row("", "Plan")]
    if not session.actions:
        return [
            *rows,
            Row(
                "add-action:",
                "No actions yet",
                "",
                with_keys("[n:action.add] adds one, [s:action.suggest] takes up a suggestion"),
            ),
        ]
    return [*rows, *(_action_row(action, today) for action in session.plan)]


def _action_row(action: Action, today: date) -> Row:
    due = "no date" if action.due is None else action.due.isoformat()
    overdue = action.undone and action.due is not None and action.due < today
    warning = "overdue" if overdue else "no owner" if action.undone and not action.owner else ""
    who = action.owner or "–"
    since = "" if action.since is None else f"since {action.since.isoformat()}"
    return Row(
        f"action:{action.id}",
        f"{ACTION_SIGNS[action.state]} {action.position} {action.title}",
        f"{due} · {who}",
        " · ".join(part for part in (since, action.note if action.since else "", action.measure) if part),
        warning,
    )


def _stage_rows(session: Session, ways: Sequence[NextStage], apart: Container[str]) -> list[Row]:
    rows: list[Row] = []
    for way in ways:
        word = way.model.stage_word
        present = way.model.stage(way.present).name
        following = way.model.stage(way.following).name if way.following else "the last one, to be held"
        rows.append(Row("", f"{way.model.title}: {word} {way.present} {present} → {following}"))
        split = ", but the room is not aligned: Enter agrees on one" if way.model.id in apart else ""
        agreed = "agreed in the room" if way.model.id in session.closing.stage else f"the vote's median{split}"
        # Without a value beside it a label has the whole line, which these sentences need at 80 columns.
        rows.append(Row(f"model:{way.model.id}", f"Our {word}: {way.present} {present}", "", agreed))
        if way.obstacle:
            rows.append(Row(f"obstacle:{way.model.id}", f"Key obstacle: {way.obstacle}"))
        if way.challenge:
            rows.append(Row(f"challenge:{way.model.id}", f"Key challenge: {way.challenge}"))
        rows += [_resource_row(session, resource) for resource in way.resources]
    return rows


def _resource_row(session: Session, resource: str) -> Row:
    state = session.closing.resources.get(resource)
    return Row(f"resource:{resource}", resource, RESOURCE_STATES[state], "Enter rates it")


def _gate_rows(session: Session) -> list[Row]:
    strategies = sorted(session.content.strategies, key=lambda strategy: strategy.order)
    if not strategies:
        return []
    answers = {True: "yes, it is written", False: "no, not yet", None: "not asked yet"}
    order = " → ".join(strategy.name for strategy in strategies)
    question = f"Does our {strategies[0].name} strategy stand?"
    return [Row("", "Order of strategies"), Row("gate:", question, answers[session.closing.strategy_stands], order)]


def _gap_rows(session: Session, ways: Sequence[NextStage], today: date) -> list[Row]:
    found = plan.gaps(session, tuple(ways), today=today)
    if not found:
        return [Row("", "Nothing is missing from the plan")]
    return [
        Row("", f"Still missing ({len(found)})"),
        *(gap_row(session, f"gap:{place}:{gap.action}", gap) for place, gap in enumerate(found)),
    ]


def gap_row(session: Session, row_id: str, gap: Gap) -> Row:
    """A line on what is missing; what an action lacks stands beside its title, which may be long."""
    if gap.lack and gap.action in session.actions:
        return Row(row_id, session.actions[gap.action].title, gap.lack)
    return Row(row_id, gap.sentence)


def candidate_of(session: Session, row: Row | None) -> Candidate | None:
    """The candidate on a line."""
    kind, _, key = (row.id if row else "").partition(":")
    return session.candidates.get(key) if kind == "candidate" else None


def action_of(session: Session, row: Row | None) -> Action | None:
    """The action on a line, or the one a gap is about."""
    kind, _, key = (row.id if row else "").partition(":")
    if kind == "gap":
        key = key.partition(":")[2]
    return session.actions.get(key) if kind in ("action", "gap") else None
