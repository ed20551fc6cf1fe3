"""Applying a transition of the domain to a shared session, and taking it back.

A transition is a function from session to session. It is applied inside one transaction to the session as it is then,
not as some screen last saw it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from cxworkshop.domain.errors import NothingToUndo
from cxworkshop.domain.session import Live, Session
from cxworkshop.facilitation.ports import SessionStore, Transaction

Transition = Callable[[Session], Session]

_MOST_ACTS = 100


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


@dataclass(slots=True)
class UndoStack:
    """The facilitator's own acts, newest last; ballots and the reveal are never among them."""

    acts: list[Act] = field(default_factory=list)

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
            self.acts.append(Act(label, before, after))
            del self.acts[:-_MOST_ACTS]
        return after

    def forget(self) -> None:
        """Let go of everything, after an act that is final."""
        self.acts.clear()

    def undo(self, store: SessionStore) -> str:
        """Take back the newest act, leaving alone what others have changed meanwhile; gives its label.

        Raises:
            NothingToUndo: There is no act, the very thing it changed was changed again by somebody else, or ballots
                hang on it.
        """
        if not self.acts:
            raise NothingToUndo("There is nothing to undo.")
        act = self.acts[-1]
        with store.transaction() as transaction:
            back = taken_back(transaction.session, act)
            _refuse_where_ballots_hang_on_it(transaction, back)
            transaction.save(back)
        self.acts.pop()
        return act.label


def taken_back(now: Session, act: Act) -> Session:
    """The session without what an act changed in it.

    Raises:
        NothingToUndo: What the act changed has been changed again since.
    """
    changes: dict[str, Any] = {}
    for part in fields(Session):
        before, after = getattr(act.before, part.name), getattr(act.after, part.name)
        if before != after:
            changes[part.name] = _part_taken_back(getattr(now, part.name), before, after)
    return replace(now, **changes)


def _refuse_where_ballots_hang_on_it(transaction: Transaction, back: Session) -> None:
    """Keep what ballots were given under: their round, their voters, and the rules and groups of the sitting."""
    now, box = transaction.session, transaction.box
    voted = frozenset[str]().union(*(box.voted(held.key) for held in now.rounds))
    kept = {held.key for held in back.rounds}
    dropped = any(held.key not in kept and box.count(held.key) for held in now.rounds)
    grounds = ("rules", "units", "levels", "content")
    moved = any(getattr(now, name) != getattr(back, name) for name in grounds)
    changed = {key for key in voted if _group(now, key) != _group(back, key)}
    dotted = {item for held in now.rounds if held.kind == "dots" for item in held.items}
    if dropped or (voted and moved) or changed or dotted - set(back.candidates):
        raise NothingToUndo("Ballots are in that hang on this, so it is not undone.")


def _group(session: Session, participant_id: str) -> tuple[str, str] | None:
    person = session.participants.get(participant_id)
    return None if person is None else (person.unit, person.level)


def _part_taken_back(now: Any, before: Any, after: Any) -> Any:
    if isinstance(now, Mapping):
        return _mapping_taken_back(now, before, after)
    if isinstance(now, Live):
        # The place in the flow goes back; the account of time and the note being typed go on.
        return replace(now, step=before.step, item=before.item, timer=before.timer, blank=before.blank)
    if now != after:
        raise NothingToUndo("That was changed again on another terminal, so it is not undone.")
    return before


def _mapping_taken_back(now: Mapping[str, Any], before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    result = dict(now)
    for key in {*before, *after}:
        if before.get(key) == after.get(key):
            continue
        if now.get(key) != after.get(key):
            raise NothingToUndo("That was changed again on another terminal, so it is not undone.")
        if key in before:
            result[key] = before[key]
        else:
            del result[key]
    return result
