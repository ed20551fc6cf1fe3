"""Priorities: what the group could work on, where each candidate comes from, and how the room voted on it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from cxworkshop.domain.ballots import Ballot
from cxworkshop.domain.errors import InvalidName, RulesAreFixed, UnknownItem
from cxworkshop.domain.maturity import NextStage, next_stage
from cxworkshop.domain.ratings import candidates_in
from cxworkshop.domain.results import RoundResult, weaknesses
from cxworkshop.domain.session import Candidate, Round, Session
from cxworkshop.domain.text import clean_line, name_key
from cxworkshop.domain.wording import median_in_words

MOST_WEAKNESSES = 8
"""How many weaknesses are proposed: a longer list is not chosen from but given up on."""


@dataclass(frozen=True, slots=True)
class Dotted:
    """A candidate with its dots; candidates with the same number share the place."""

    candidate: Candidate
    dots: int
    place: int
    tied: bool


def stages_ahead(session: Session, result: RoundResult) -> tuple[NextStage, ...]:
    """The way to the next stage of every maturity model the room placed itself on.

    The stage agreed in discussion stands before the vote's median; a model without answers is left out.
    """
    found = []
    for model in result.models:
        present = session.closing.stage.get(model.id, model.median_stage)
        if present is not None:
            found.append(next_stage(session.content.model(model.id), present))
    return tuple(found)


def proposed(session: Session, result: RoundResult) -> tuple[Candidate, ...]:
    """What the session itself puts forward: weaknesses, unsettled items and the obstacles to the next stages.

    What is on the list of candidates already is not proposed again. Ids are made of what they stand for, so that the
    same proposal has the same id on every terminal.
    """
    found = [*_from_obstacles(session, result), *_from_unsettled(session, result), *_from_weaknesses(result)]
    unique: dict[str, Candidate] = {}
    covered = {item for candidate in session.candidates.values() for item in candidate.items}
    for candidate in found:
        if candidate.id not in session.candidates and not covered.intersection(candidate.items):
            unique.setdefault(candidate.id, candidate)
            covered.update(candidate.items)
    return tuple(unique.values())


def add_candidates(session: Session, candidates: Iterable[Candidate]) -> Session:
    """The session with more candidates at the end of its list.

    Raises:
        InvalidName: A candidate has no words, or the same words as another.
        RulesAreFixed: The room is voting on the candidates.
    """
    _refuse_while_voting(session)
    added = dict(session.candidates)
    for candidate in candidates:
        title = clean_line(candidate.title)
        if not title:
            raise InvalidName("Say in a few words what could be worked on.")
        if name_key(title) in {name_key(present.title) for present in added.values()}:
            raise InvalidName(f"“{title}” is on the list already.")
        added[candidate.id] = replace(candidate, title=title, reason=clean_line(candidate.reason))
    return replace(session, candidates=added)


def remove_candidate(session: Session, candidate_id: str) -> Session:
    """The session without a candidate.

    Raises:
        UnknownItem: It is not on the list.
        RulesAreFixed: The room is voting on the candidates, or voted on this one, or actions serve it.
    """
    _refuse_while_voting(session)
    present = _candidate(session, candidate_id)
    if any(candidate_id in candidates_in(held) for held in session.rounds):
        raise RulesAreFixed(f"“{present.title}” was voted on, so it stays on the list.")
    if any(action.candidate == candidate_id for action in session.actions.values()):
        raise RulesAreFixed(f"Actions serve “{present.title}”; move them to another priority first.")
    return replace(session, candidates={key: kept for key, kept in session.candidates.items() if key != candidate_id})


def choose(session: Session, candidate_id: str, *, chosen: bool) -> Session:
    """The session with a candidate made a priority, or no longer one.

    Raises:
        UnknownItem: It is not on the list.
    """
    changed = replace(_candidate(session, candidate_id), chosen=chosen)
    return replace(session, candidates={**session.candidates, candidate_id: changed})


def chosen(session: Session) -> tuple[Candidate, ...]:
    """The priorities, in the order of the list."""
    return tuple(candidate for candidate in session.candidates.values() if candidate.chosen)


def last_dots(session: Session) -> Round | None:
    """The newest vote by dots that may be seen."""
    return next((held for held in reversed(session.rounds) if held.kind == "dots" and held.state == "revealed"), None)


def last_vote(session: Session) -> Round | None:
    """The newest vote on the candidates that may be seen, by dots or by ratings; it orders the list."""
    return next((held for held in reversed(session.rounds) if candidates_in(held) and held.state == "revealed"), None)


def last_ratings(session: Session) -> Round | None:
    """The newest rating of impact and effort that may be seen."""
    return next(
        (held for held in reversed(session.rounds) if held.kind == "ratings" and held.state == "revealed"), None
    )


def counted(session: Session, held: Round, ballots: Sequence[Ballot]) -> tuple[Dotted, ...]:
    """The candidates of a vote by dots, most dots first; of equals, in the order of the list, marked as tied."""
    dots: Mapping[str, int]
    if held.method == "hands":
        dots = {candidate: tally.counts[0] for candidate, tally in held.tallies.items()}
    else:
        dots = {item: sum(ballot.answers.get(item, 0) for ballot in ballots) for item in held.items}
    listed = [candidate for key in held.items if (candidate := session.candidates.get(key)) is not None]
    ordered = sorted(listed, key=lambda candidate: -dots.get(candidate.id, 0))
    numbers = [dots.get(candidate.id, 0) for candidate in ordered]
    return tuple(
        Dotted(candidate, number, numbers.index(number) + 1, numbers.count(number) > 1)
        for candidate, number in zip(ordered, numbers, strict=True)
    )


def _from_obstacles(session: Session, result: RoundResult) -> Iterable[Candidate]:
    for way in stages_ahead(session, result):
        stage = way.model.stage(way.present)
        if way.obstacle:
            where = f"{way.model.title}: the obstacle to leaving “{stage.name}”"
            if way.following is None:
                where = f"{way.model.title}: the obstacle to staying in “{stage.name}”"
            yield Candidate(f"obstacle-{way.model.id}-{way.present}", way.obstacle, "obstacle", where)


def _from_unsettled(session: Session, result: RoundResult) -> Iterable[Candidate]:
    for found in result.items:
        discussed = session.discussion.get(found.item.id)
        if discussed is None or found.item.is_stage_item:
            continue
        if discussed.outcome == "parked":
            yield _candidate_of(found.item.id, found.item.text, "Parked with both positions recorded.")
        elif discussed.outcome == "follow_up":
            yield _candidate_of(found.item.id, found.item.text, "To be followed up after the discussion.")


def _from_weaknesses(result: RoundResult) -> Iterable[Candidate]:
    for found in weaknesses(result)[:MOST_WEAKNESSES]:
        median = median_in_words(found.item, found.median)
        yield Candidate(
            f"item-{found.item.id}",
            clean_line(found.item.text),
            "weakness",
            f"{median[:1].upper()}{median[1:]} ({found.n} answers).",
            (found.item.id,),
        )


def _candidate_of(item_id: str, text: str, reason: str) -> Candidate:
    return Candidate(f"item-{item_id}", clean_line(text), "unsettled", reason, (item_id,))


def _candidate(session: Session, candidate_id: str) -> Candidate:
    try:
        return session.candidates[candidate_id]
    except KeyError:
        raise UnknownItem("That candidate is not on the list any more; look at the list again.") from None


def _refuse_while_voting(session: Session) -> None:
    present = session.open_round
    if present is not None and candidates_in(present):
        raise RulesAreFixed("The room is voting on the list, so it stays as it is until the vote is closed.")
