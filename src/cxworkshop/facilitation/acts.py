"""Applying a transition of the domain to a shared session, taking it back, and doing it again.

A transition is a function from session to session. It is applied inside one transaction to the session as it is then,
not as some screen last saw it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from cxworkshop.domain import preparation
from cxworkshop.domain.errors import CxWorkshopError, NothingToUndo, StoreError
from cxworkshop.domain.ratings import candidates_in
from cxworkshop.domain.session import About, Closing, Live, Rules, Session
from cxworkshop.facilitation.ports import SessionStore, Transaction

Transition = Callable[[Session], Session]

UseCase = Callable[[SessionStore], Any]

_MOST_ACTS = 100

_GOES_ON = frozenset({"used", "since", "draft", "draft_item", "page"})
"""What undo leaves alone of where the sitting stands: time, the note being typed, the projector's page."""

_CHANGED_SINCE = "That was changed again on another terminal, so it stays; undo again takes back the act before it."
_BALLOTS_HANG_ON_IT = "Ballots are in that hang on this, so it stays; undo again takes back the act before it."


def apply(store: SessionStore, transition: Transition) -> Session:
    """Change a session by a transition; gives the session afterwards.

    Raises:
        CxWorkshopError: The transition refuses, or the session cannot be written; nothing has changed then.
    """
    with store.transaction() as transaction:
        transaction.save(transition(transaction.session))
        return transaction.session


@dataclass(frozen=True, slots=True)
class Act:
    """Something the facilitator did, with the session before and after."""

    label: str
    """What was done, as it completes "Undone: …"."""
    before: Session
    after: Session

    def take_back(self, store: SessionStore) -> None:
        """Change back what it changed, leaving alone what others have changed meanwhile."""
        self._change(store, self)

    def do_again(self, store: SessionStore) -> None:
        """Change anew what it changed."""
        self._change(store, Act(self.label, self.after, self.before))

    @staticmethod
    def _change(store: SessionStore, act: "Act") -> None:
        with store.transaction() as transaction:
            back = taken_back(transaction.session, act)
            _refuse_where_ballots_hang_on_it(transaction, back)
            transaction.save(back)


@dataclass(frozen=True, slots=True)
class Deed:
    """Something the facilitator did that touches ballots, with the use cases that take it back and do it again."""

    label: str
    """As of an `Act`."""
    back: UseCase
    again: UseCase

    def take_back(self, store: SessionStore) -> None:
        """Run the one that takes it back."""
        self.back(store)

    def do_again(self, store: SessionStore) -> None:
        """Run it anew."""
        self.again(store)


@dataclass(slots=True)
class UndoStack:
    """The facilitator's own acts, newest last; ballots and the reveal are never among them."""

    acts: list[Act | Deed] = field(default_factory=list)
    undone: list[Act | Deed] = field(default_factory=list)
    """What was taken back and can be done again, newest last; empty again with the next act."""

    def perform(self, store: SessionStore, label: str, transition: Transition) -> Session:
        """Apply a transition and remember how to take it back; an act that changes nothing is not remembered.

        Raises:
            CxWorkshopError: As `apply`.
        """
        with store.transaction() as transaction:
            before = transaction.session
            after = transition(before)
            transaction.save(after)
        if after != before:
            self.remember(Act(label, before, after))
        return after

    def remember(self, act: Act | Deed) -> None:
        """Remember something that was done."""
        self.acts.append(act)
        del self.acts[:-_MOST_ACTS]
        self.undone.clear()

    def forget(self) -> None:
        """Let go of everything, after an act that is final."""
        self.acts.clear()
        self.undone.clear()

    def undo(self, store: SessionStore) -> str:
        """Take back the newest act, leaving alone what others have changed meanwhile; gives its label.

        An act that cannot be taken back any more is let go of, so that it does not stand in the way of those before it.

        Raises:
            NothingToUndo: There is no act, the very thing it changed was changed again by somebody else, or ballots
                hang on it.
            CxWorkshopError: It cannot be taken back as the session is now, or the session cannot be written.
        """
        if not self.acts:
            raise NothingToUndo("There is nothing to undo.")
        act = _moved(self.acts, lambda newest: newest.take_back(store))
        self.undone.append(act)
        return act.label

    def redo(self, store: SessionStore) -> str:
        """Do again what was taken back last; gives its label.

        Raises:
            NothingToUndo: Nothing was taken back since the last act, or it does not go as the session is now.
            CxWorkshopError: As for `undo`.
        """
        if not self.undone:
            raise NothingToUndo("There is nothing to do again: nothing was taken back since the last act.")
        act = _moved(self.undone, lambda newest: newest.do_again(store))
        self.acts.append(act)
        return act.label


def _moved(acts: list[Act | Deed], move: Callable[[Act | Deed], None]) -> Act | Deed:
    """The newest of some acts, moved and taken off the list; where it is refused for good it is taken off too."""
    act = acts[-1]
    try:
        move(act)
    except StoreError:
        raise
    except CxWorkshopError:
        acts.pop()
        raise
    acts.pop()
    return act


def taken_back(now: Session, act: Act) -> Session:
    """The session without what an act changed in it.

    Raises:
        NothingToUndo: What the act changed has been changed again since.
    """
    back: Session = _fields_taken_back(now, act.before, act.after)
    return back


def _refuse_where_ballots_hang_on_it(transaction: Transaction, back: Session) -> None:
    """Keep what ballots were given under: their round, their voters, and the rules and groups of the sitting."""
    now, box = transaction.session, transaction.box
    voted = frozenset[str]().union(*(box.voted(held.key) for held in now.rounds))
    kept = {held.key for held in back.rounds}
    dropped = any(held.key not in kept and box.count(held.key) for held in now.rounds)
    moved = _grounds(now) != _grounds(back)
    changed = {key for key in voted if _group(now, key) != _group(back, key)}
    voted_on = {candidate for held in now.rounds for candidate in candidates_in(held)}
    if dropped or (voted and moved) or changed or voted_on - set(back.candidates):
        raise NothingToUndo(_BALLOTS_HANG_ON_IT)
    preparation.refuse_fixed_rules(now, back.rules, ballots_in=0)


def _grounds(session: Session) -> tuple[Any, ...]:
    """What ballots are given under; how terminals are taken back and handed on is not of it."""
    return replace(session.rules, key_phrase="", supervised=False), session.units, session.levels, session.content


def _group(session: Session, participant_id: str) -> tuple[str, str] | None:
    person = session.participants.get(participant_id)
    return None if person is None else (person.unit, person.level)


def _part_taken_back(now: Any, before: Any, after: Any) -> Any:
    if now == before:
        return now
    if isinstance(now, Mapping):
        return _mapping_taken_back(now, before, after)
    if isinstance(now, (About, Closing, Live, Rules)):
        return _fields_taken_back(now, before, after)
    if now != after:
        raise NothingToUndo(_CHANGED_SINCE)
    return before


def _fields_taken_back(now: Any, before: Any, after: Any) -> Any:
    """A value with those of its fields changed back that differ; others may have changed the rest."""
    changes: dict[str, Any] = {}
    for part in fields(now):
        was, became = getattr(before, part.name), getattr(after, part.name)
        if was != became and part.name not in _GOES_ON:
            changes[part.name] = _part_taken_back(getattr(now, part.name), was, became)
    return replace(now, **changes)


def _mapping_taken_back(now: Mapping[str, Any], before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    result = dict(now)
    for key in {*before, *after}:
        if before.get(key) == after.get(key) or now.get(key) == before.get(key):
            continue
        if now.get(key) != after.get(key):
            raise NothingToUndo(_CHANGED_SINCE)
        if key in before:
            result[key] = before[key]
        else:
            del result[key]
    return result
