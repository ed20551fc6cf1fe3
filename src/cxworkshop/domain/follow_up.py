"""Taking up the last session of the same organisation: its open actions, and what the room says now beside then.

The open actions become actions of the later session, which is where they are reviewed; the earlier session stays as it
was. Results are compared like for like: an item under the same id whose words and options are the same, round 1 beside
round 1, the whole room beside the whole room. Groups are not compared over time: who joined or left a group between two
sessions could be singled out by it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from cxworkshop.domain.agreement import agreement, median
from cxworkshop.domain.between_rounds import Change, change_by_counts
from cxworkshop.domain.errors import AlreadyReviewed, InvalidValue
from cxworkshop.domain.instruments import Item
from cxworkshop.domain.last_time import EarlierAnswers, LastTime
from cxworkshop.domain.patterns import one_step_moves
from cxworkshop.domain.plan import items_behind
from cxworkshop.domain.results import ItemResult, RoundResult
from cxworkshop.domain.session import Action, Session

Course = Literal["better", "worse", "same"]
"""Where an item's median went, read through the item's direction; a change that one person can make is none."""


@dataclass(frozen=True, slots=True)
class ItemCourse:
    """An item now beside the same item last time."""

    now: ItemResult
    then: EarlierAnswers
    course: Course | None
    """None where nobody answered in one of the two."""
    change: Change
    """Of agreement and median, by the counts of the two rooms: nobody is matched."""

    @property
    def median_then(self) -> float | None:
        """The median of last time; None without answers."""
        return median(self.then.counts)

    @property
    def agreement_then(self) -> float | None:
        """The agreement of last time; None below two answers."""
        return agreement(self.then.counts)

    @property
    def changed(self) -> bool:
        """Whether level or agreement changed by more than one person can do."""
        return self.course in ("better", "worse") or self.change.movement in ("closer", "apart")


@dataclass(frozen=True, slots=True)
class Trend:
    """What the room says now beside last time."""

    last: LastTime
    items: tuple[ItemCourse, ...]
    """Items that are the same in both, in the order of the self-test."""
    other_words: tuple[Item, ...] = ()
    """Items under the same id whose words, options or direction are others now: not compared."""
    new: int = 0
    """Items that were not asked last time."""
    gone: int = 0
    """Items that were asked last time only."""


def last_time_of(session: Session, first: RoundResult | None) -> LastTime:
    """What a later session keeps of this one.

    Args:
        session: The session that was held.
        first: Its round 1; None where that was not revealed.
    """
    about = session.about
    if first is None:
        return LastTime(about.id, about.title, about.held)
    instruments = {item.id: instrument for instrument in session.content.instruments for item in instrument.items}
    answers = {
        found.item.id: EarlierAnswers(
            found.item.text,
            tuple(option.label for option in found.item.scale.options),
            found.counts,
            found.dont_know,
            found.item.direction,
            instruments[found.item.id].id,
            instruments[found.item.id].version,
        )
        for found in first.items
    }
    return LastTime(about.id, about.title, about.held, first.ballots, answers)


def open_actions_of(session: Session) -> tuple[Action, ...]:
    """The actions that a session leaves to the next one, in the order of its plan.

    The priority an action serves stays behind; the items behind it come along.
    """
    return tuple(
        replace(
            action,
            state="open",
            candidate="",
            items=tuple(item.id for item in items_behind(session, action)),
            since=action.since or session.about.held,
        )
        for action in session.plan
        if action.undone
    )


def follow(session: Session, last: LastTime, actions: Iterable[Action]) -> Session:
    """The session that takes up an earlier one, with its open actions before its own.

    Args:
        session: The later session; what it took up before is let go of.
        last: The earlier one.
        actions: The earlier one's open actions.

    Raises:
        InvalidValue: The earlier session is this one, or was held after it.
        AlreadyReviewed: Actions of an earlier choice have been reviewed.
    """
    if last.id == session.about.id:
        raise InvalidValue("A session cannot take itself up again; choose an earlier one.")
    if last.held > session.about.held:
        raise InvalidValue(
            f"That session is of {last.held.isoformat()}, which is after this one; choose an earlier one."
        )
    own = _without_taken_over(session)
    ordered = [*(action for action in actions if action.id not in own), *sorted(own.values(), key=_place)]
    placed = {action.id: replace(action, position=place) for place, action in enumerate(ordered, 1)}
    return replace(session, last_time=last, actions=placed)


def follow_nothing(session: Session) -> Session:
    """The session without an earlier one.

    Raises:
        AlreadyReviewed: As for `follow`.
    """
    return replace(session, last_time=None, actions=_without_taken_over(session))


def taken_over(session: Session) -> tuple[Action, ...]:
    """The actions of the last session, in the order of the plan."""
    return tuple(action for action in session.plan if action.since is not None)


def unreviewed(session: Session) -> tuple[Action, ...]:
    """The actions of the last session of which nobody has said yet what became of them."""
    return tuple(action for action in taken_over(session) if action.state == "open")


def trend(session: Session, first: RoundResult) -> Trend | None:
    """Round 1 beside that of the last session; None where there is no last one, or it has no results.

    Args:
        session: The session.
        first: Its round 1.
    """
    last = session.last_time
    if last is None or not last.answers:
        return None
    asked = {found.item.id for found in first.items}
    both = [(found, last.answers[found.item.id]) for found in first.items if found.item.id in last.answers]
    return Trend(
        last,
        tuple(
            ItemCourse(now, then, _course(now, then), change_by_counts(then.counts, now.counts))
            for now, then in both
            if _like_for_like(now.item, then)
        ),
        tuple(now.item for now, then in both if not _like_for_like(now.item, then)),
        new=len(first.items) - len(both),
        gone=len(last.answers.keys() - asked),
    )


def _like_for_like(item: Item, then: EarlierAnswers) -> bool:
    options = tuple(option.label for option in item.scale.options)
    return (item.text, options, item.direction) == (then.text, then.options, then.direction)


def _course(now: ItemResult, then: EarlierAnswers) -> Course | None:
    if not now.n or not sum(then.counts):
        return None
    before, after = _medians_within_one_vote(then.counts), _medians_within_one_vote(now.counts)
    if before[0] <= after[1] and after[0] <= before[1]:
        return "same"
    higher = after[0] > before[1]
    return "better" if higher == (now.item.direction == "good") else "worse"


def _medians_within_one_vote(counts: tuple[int, ...]) -> tuple[float, float]:
    """The lowest and highest median if any one person had answered a step differently; of one answer or more."""
    found = [median(moved) or 0.0 for moved in (counts, *one_step_moves(counts))]
    return min(found), max(found)


def _without_taken_over(session: Session) -> Mapping[str, Action]:
    # A note tells nothing here: it may have come along from a review of last time.
    reviewed = [action for action in taken_over(session) if action.state != "open"]
    if reviewed:
        raise AlreadyReviewed(
            f"It is noted already what became of “{reviewed[0].title}”; set such actions back to open at Welcome first."
        )
    return {action.id: action for action in session.actions.values() if action.since is None}


def _place(action: Action) -> tuple[int, str]:
    return action.position, action.id
