"""Making a session, and what of it may change until the first ballot."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from cxworkshop.domain import preparation, roster
from cxworkshop.domain.content import Content
from cxworkshop.domain.follow_up import follow
from cxworkshop.domain.session import About, Participant, Rules, Session
from cxworkshop.domain.text import NAME_LIMIT, clean_line
from cxworkshop.facilitation.ids import new_id
from cxworkshop.facilitation.ports import SessionStore
from cxworkshop.facilitation.taking_up import Earlier


@dataclass(frozen=True, slots=True)
class Person:
    """A line of a roster before it is in a session."""

    name: str
    unit: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class Preparation:
    """What is known of a session before it exists."""

    title: str
    held: date
    content: Content
    organisation: str = ""
    facilitator: str = ""
    units: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    rules: Rules = Rules()
    people: tuple[Person, ...] = ()
    rehearsal: bool = False
    earlier: Earlier | None = None
    """The last session of the same organisation, to take up."""


def new_session(prepared: Preparation, *, random: Random) -> Session:
    """A session ready to be created; its id is the folder name that the store will make unique.

    Raises:
        CxWorkshopError: A name, rule or line of the roster is not usable.
    """
    title = preparation.checked_title(prepared.title)
    preparation.check_rules(prepared.rules)
    about = About(
        "",
        title,
        prepared.held,
        clean_line(prepared.organisation, NAME_LIMIT),
        clean_line(prepared.facilitator, NAME_LIMIT),
        prepared.rehearsal,
    )
    session = Session(about, prepared.content, prepared.rules)
    session = roster.set_groups(session, "unit", prepared.units, ballots_in=0)
    session = roster.set_groups(session, "level", prepared.levels, ballots_in=0)
    if prepared.earlier is not None:
        session = follow(session, prepared.earlier.last, prepared.earlier.actions)
    return with_roster(session, prepared.people, random=random)


def with_roster(session: Session, people: Sequence[Person], *, random: Random) -> Session:
    """The session with a list of people on its roster, all or none; units and levels of theirs are declared.

    That is done where the session has declared none, in the order of the list. What is declared already is strict.

    Raises:
        InvalidName: As for `with_people`.
    """
    if people:
        session = roster.declare_groups(session, (each.unit for each in people), (each.level for each in people))
    return with_people(session, people, random=random)


def with_people(session: Session, people: Sequence[Person], *, random: Random) -> Session:
    """The session with people added to its roster, all or none.

    Raises:
        InvalidName: A name is empty or taken, or a unit or level is not declared.
    """
    added = [Participant(new_id(random), person.name, person.unit, person.level) for person in people]
    return roster.add_participants(session, added) if added else session


def with_codes(session: Session, count: int, *, random: Random) -> Session:
    """The anonymous session with that many more one-use codes to hand out.

    Raises:
        InvalidName: The session is not anonymous.
    """
    return roster.hand_out_codes(session, [new_id(random) for _ in range(count)], random.choice)


def ballots_in(store: SessionStore) -> int:
    """How many ballots are in, over all rounds and at least 1 where a show of hands was keyed in."""
    session = store.session
    tallied = sum(held.method == "hands" for held in session.rounds)
    return tallied + sum(store.box.count(held.key) for held in session.rounds)
