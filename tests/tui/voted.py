"""Sessions in which simulated people have voted, for the tests of the reveal and of the disagreements."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from cxworkshop.domain import flow, rounds
from cxworkshop.domain.ballots import Ballot
from cxworkshop.domain.session import Participant, Session, Step
from cxworkshop.facilitation.acts import apply
from cxworkshop.facilitation.revealing import close_round, reveal_round
from cxworkshop.store.repository import SessionRepository
from cxworkshop.tui.console.app import ConsoleApp
from tui.sessions import NOON, Clock, prepared, services, stored

SIXTEEN = tuple(range(16))


def crowd() -> dict[str, Participant]:
    """Sixteen people, eight to a unit; the first five lead."""
    return {
        f"p{place}": Participant(
            f"p{place}", f"Person {place}", ("Sales", "Support")[place % 2], "Lead" if place < 5 else "Team"
        )
        for place in SIXTEEN
    }


def put_ballots(store: SessionRepository, answers: Sequence[Mapping[str, int]], comment: str = "") -> None:
    """One ballot per person in the open round, in the order of the roster."""
    held = store.session.open_round
    assert held is not None
    with store.transaction() as transaction:
        for person, given in zip(store.session.participants.values(), answers, strict=False):
            comments = {"q1": f"{comment} {person.id}"} if comment else {}
            ballot = Ballot(held.key, f"KITE-{person.id}", given, comments, person.unit, person.level)
            transaction.box.put(ballot, person.id)


def usual_answers() -> list[dict[str, int]]:
    """Units oppose each other on q1; q2 (low is good) and q3 are agreed; the stage leans low."""
    return [
        {
            "stage": 2 if place % 4 else 3,
            "q1": 5 - place % 4 // 2 if place % 2 == 0 else 1 + place % 4 // 2,
            "q2": 1 + place % 2,
            "q3": 1 if place % 8 else 2,
        }
        for place in SIXTEEN
    ]


def at(folder: Path, step: Step, session: Session | None = None) -> SessionRepository:
    """A store with sixteen people at a step."""
    present = session or prepared(participants=crowd())
    return stored(folder, flow.go_to(present, step, NOON))


def voted(folder: Path, step: Step, *, state: str = "revealed", session: Session | None = None) -> SessionRepository:
    """A store at a step with round 1 held by all sixteen: open, closed or revealed."""
    store = at(folder, step, session)
    apply(store, rounds.open_first_round)
    put_ballots(store, usual_answers(), "because")
    if state != "open":
        close_round(store)
    if state == "revealed":
        reveal_round(store)
    return store


def console(folder: Path, store: SessionRepository, clock: Clock | None = None) -> ConsoleApp:
    """The console over a store."""
    return ConsoleApp(services(folder, clock), store)
