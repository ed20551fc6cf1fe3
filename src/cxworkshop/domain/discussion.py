"""Talking about the items that are worth it: the queue, what came of each, and what to ask."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from cxworkshop.domain import flow
from cxworkshop.domain.errors import InvalidName, InvalidValue, UnknownItem
from cxworkshop.domain.instruments import Item
from cxworkshop.domain.results import RoundResult
from cxworkshop.domain.session import Discussion, Outcome, Session, Step
from cxworkshop.domain.text import clean


def add_note(session: Session, item_id: str, note: str) -> Session:
    """The session with a note on an item.

    Raises:
        UnknownItem: There is no such item.
        InvalidName: The note is empty.
    """
    cleaned, present = _note(note), discussion_of(session, item_id)
    return _with(session, replace(present, notes=(*present.notes, cleaned)))


def begin(session: Session) -> Session:
    """The session in which the talk begins with the worthiest item, whichever was looked at before.

    Once anything was talked about the place in the queue is kept.
    """
    if has_talked(session) or not session.live.item:
        return session
    return replace(session, live=replace(session.live, item=""))


def add_step_note(session: Session, step: Step, note: str) -> Session:
    """The session with a note taken at a step, on no item in particular.

    Raises:
        InvalidName: The note is empty.
    """
    notes = {**session.closing.notes, step.value: (*session.closing.notes.get(step, ()), _note(note))}
    return replace(session, closing=replace(session.closing, notes=notes))


def has_talked(session: Session) -> bool:
    """Whether anything was recorded of the room's talk about its own result: a note, an outcome, a vote again."""
    discussed = session.discussion.values()
    recorded = any(each.outcome != "open" or each.notes or each.positions for each in discussed)
    voted_again = any(held.kind == "self_test" and held.number > 1 for held in session.rounds)
    return recorded or voted_again or bool(session.closing.notes.get(Step.DISAGREEMENTS))


def _note(typed: str) -> str:
    cleaned = clean(typed)
    if not cleaned:
        raise InvalidName("The note is empty; type something, or press Esc to leave it.")
    return cleaned


def remove_note(session: Session, item_id: str, index: int) -> Session:
    """The session without one note of an item, counted from 0.

    Raises:
        UnknownItem: There is no such item or note.
    """
    present = discussion_of(session, item_id)
    if not 0 <= index < len(present.notes):
        raise UnknownItem("That note is not there any more.")
    return _with(session, replace(present, notes=present.notes[:index] + present.notes[index + 1 :]))


def settle(session: Session, item_id: str) -> Session:
    """The session with an item settled.

    Raises:
        UnknownItem: There is no such item.
    """
    return _with_outcome(session, item_id, "settled")


def follow_up(session: Session, item_id: str) -> Session:
    """The session with an item to be followed up after the sitting.

    Raises:
        UnknownItem: There is no such item.
    """
    return _with_outcome(session, item_id, "follow_up")


def to_vote_again(session: Session, item_id: str) -> Session:
    """The session with an item marked as put to the vote again.

    Raises:
        UnknownItem: There is no such item.
    """
    return _with_outcome(session, item_id, "vote_again")


def after_voting_again(session: Session, items: Iterable[str]) -> Session:
    """The session in which items of a round wait for their outcome, and no more for another vote.

    Args:
        session: The session, its round revealed or dropped.
        items: What was voted on; ids of anything but items change nothing.
    """
    for item_id in items:
        if _outcome(session, item_id) == "vote_again":
            session = reopen(session, item_id)
    return session


def reopen(session: Session, item_id: str) -> Session:
    """The session with an item's outcome taken off; its notes stay.

    Raises:
        UnknownItem: There is no such item.
    """
    return _with_outcome(session, item_id, "open")


def park(session: Session, item_id: str, positions: Sequence[str]) -> Session:
    """The session with an item parked, its positions recorded so that nobody has lost.

    Raises:
        UnknownItem: There is no such item.
        InvalidName: Fewer than two positions are given.
    """
    recorded = tuple(text for position in positions if (text := clean(position)))
    if len(recorded) < 2:
        raise InvalidName("Record both positions, one a line, before the item is parked.")
    return _with(session, replace(discussion_of(session, item_id), outcome="parked", positions=recorded))


def weigh(session: Session, item_id: str, importance: int) -> Session:
    """The session with another importance of an item, for the order and the minutes of the queue.

    Raises:
        UnknownItem: There is no such item.
        InvalidValue: The importance is not 1, 2 or 3.
    """
    if importance not in (1, 2, 3):
        raise InvalidValue("An item's importance is 1, 2 or 3.")
    return _with(session, replace(discussion_of(session, item_id), importance=importance))


def importance_of(session: Session, item: Item) -> int:
    """How important an item is, 1 to 3: as weighed in the room, else as its pack says."""
    present = session.discussion.get(item.id)
    return item.importance if present is None or present.importance is None else present.importance


def minutes_left(session: Session, now: datetime) -> float:
    """Minutes the agenda leaves for the disagreements, less where the sitting runs late; never below 0."""
    return next(time.left for time in flow.timetable(session, now) if time.step is Step.DISAGREEMENTS)


def discussion_of(session: Session, item_id: str) -> Discussion:
    """What came of an item so far; an empty discussion where it was not talked about.

    Raises:
        UnknownItem: There is no such item.
    """
    try:
        session.content.item(item_id)
    except KeyError:
        raise UnknownItem(f"“{item_id}” is not an item of this session.") from None
    return session.discussion.get(item_id, Discussion(item_id))


def outcomes(discussion: Mapping[str, Discussion], items: Sequence[str]) -> Mapping[Outcome, int]:
    """How many of the items ended with each outcome; those not talked about count as open."""
    counts: dict[Outcome, int] = {"open": 0, "settled": 0, "vote_again": 0, "parked": 0, "follow_up": 0}
    for item_id in items:
        present = discussion.get(item_id)
        counts["open" if present is None else present.outcome] += 1
    return counts


def _with_outcome(session: Session, item_id: str, outcome: Outcome) -> Session:
    return _with(session, replace(discussion_of(session, item_id), outcome=outcome))


def _with(session: Session, changed: Discussion) -> Session:
    return replace(session, discussion={**session.discussion, changed.item: changed})


@dataclass(frozen=True, slots=True)
class Queued:
    """An item in the queue: how much talking about it is worth, and the minutes it is given."""

    item: str
    weight: float
    minutes: float


def queue(session: Session, result: RoundResult, *, minutes: float | None = None) -> tuple[Queued, ...]:
    """The items worth talking about, the worthiest first.

    Worth is disagreement (100 - agreement) times importance; consensus and items with too few answers are left out, and
    equals keep the order of the round's ranking. Minutes are shared out by worth over the items not yet settled.

    Args:
        session: The session, for the outcomes so far.
        result: Round 1; later rounds do not change the queue, so that nobody loses the place.
        minutes: Minutes to share out, for example `minutes_left`; by default what the agenda gives to the step.
    """
    places = {item_id: place for place, item_id in enumerate(result.ranking)}
    worth = {
        found.item.id: (100 - found.agreement) * importance_of(session, found.item)
        for found in result.items
        if found.agreement is not None and found.shape.label not in ("consensus", "too_few")
    }
    ordered = sorted(worth, key=lambda item_id: (-worth[item_id], places[item_id]))
    due = [item_id for item_id in ordered if _outcome(session, item_id) in ("open", "vote_again")]
    total = sum(worth[item_id] for item_id in due)
    given = session.content.agenda.minutes_of(Step.DISAGREEMENTS) if minutes is None else minutes
    return tuple(
        Queued(item_id, worth[item_id], max(0.0, given) * worth[item_id] / total if item_id in due and total else 0.0)
        for item_id in ordered
    )


def _outcome(session: Session, item_id: str) -> Outcome:
    present = session.discussion.get(item_id)
    return "open" if present is None else present.outcome
