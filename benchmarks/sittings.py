"""Sessions of any size for the benchmarks: 40 items, 8 units, 4 levels, made-up people and answers, always the same."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Literal

from cxworkshop.domain import flow, rounds
from cxworkshop.domain.ballots import Ballot
from cxworkshop.domain.codes import WORDS
from cxworkshop.domain.content import Content
from cxworkshop.domain.instruments import Instrument, Item, Option, Scale
from cxworkshop.domain.session import About, Participant, Session, Step
from cxworkshop.facilitation.acts import apply
from cxworkshop.facilitation.revealing import close_round, reveal_round
from cxworkshop.packs.library import shipped_library
from cxworkshop.store.catalogue import FolderCatalogue
from cxworkshop.store.disk import Disk
from cxworkshop.store.repository import SessionRepository

ITEMS = 40
UNITS = tuple(f"Unit {number}" for number in range(1, 9))
LEVELS = ("Leadership", "Management", "Staff", "Front line")

State = Literal["prepared", "open", "revealed"]

_AGREE = Scale("agree", tuple(Option(label) for label in ("Never", "Rarely", "Sometimes", "Mostly", "Always")))
_SEED = 20261121


@dataclass(frozen=True, slots=True)
class Sitting:
    """A session that was made."""

    id: str
    folder: Path
    """Its own folder."""
    voters: tuple[str, ...]
    """Ids of participants who have not voted yet."""


class _HurriedDisk(Disk):
    """A disk that is not waited for: for filling a session, which is not what is measured."""

    def sync_data(self, descriptor: int) -> None:
        """Leave it to the system."""

    def sync_file(self, descriptor: int) -> None:
        """As above."""


def forty_items() -> tuple[Item, ...]:
    """A stage item of the shipped maturity model and 39 statements of the length such statements have."""
    return _content().items


def ballots(count: int) -> Iterator[Ballot]:
    """So many ballots of round 1: most items answered, some left out or not known, one comment in four ballots.

    Items differ in how much people agree, units and levels in what they answer.
    """
    random = Random(_SEED)
    items = forty_items()
    for place in range(count):
        unit, level = place % len(UNITS), place // len(UNITS) % len(LEVELS)
        answers = {}
        for number, item in enumerate(items):
            drawn = random.random()
            if drawn < 0.04:
                continue
            middle = 1 + (number * 7 + unit * (number % 3) + level * (number % 5 == 0)) % len(item.scale)
            spread = random.choice((-1, 0, 0, 1)) if number % 2 else random.choice((-2, -1, 0, 1, 2))
            answers[item.id] = 0 if drawn < 0.08 else min(max(middle + spread, 1), len(item.scale))
        comments = {items[place % ITEMS].id: "Said as it is, in a dozen words or so."} if place % 4 == 0 else {}
        yield Ballot("1", f"{WORDS[place % len(WORDS)]}-{1000 + place}", answers, comments, UNITS[unit], LEVELS[level])


def make_sitting(folder: Path, stored: int, state: State, *, to_come: int = 0) -> Sitting:
    """Make a session and let people vote.

    Args:
        folder: The folder of sessions.
        stored: How many ballots are in.
        state: `prepared` (no round yet), `open` (round 1 takes ballots) or `revealed` (the list of items is looked at).
        to_come: How many people of the roster have not voted yet.
    """
    people = {
        f"p{place}": Participant(f"p{place}", f"Person {place:05}", UNITS[place % 8], LEVELS[place // 8 % 4])
        for place in range(stored + to_come)
    }
    now = datetime.now(UTC)
    session = Session(
        About("", f"Sitting of {stored} {state}", date(2026, 11, 21), "Example organisation"),
        _content(),
        units=UNITS,
        levels=LEVELS,
        participants=people,
    )
    session = flow.go_to(session, Step.PREPARE if state == "prepared" else Step.SELF_TEST, now)
    made = FolderCatalogue(folder).create(session)
    found = made.session.about.id
    made.close()
    store = SessionRepository(folder / found, disk=_HurriedDisk())
    if state != "prepared":
        apply(store, rounds.open_first_round)
        for person, ballot in zip(people, ballots(stored), strict=False):
            with store.transaction() as transaction:
                transaction.box.put(ballot, person)
    if state == "revealed":
        close_round(store)
        reveal_round(store)
        apply(store, lambda held: flow.look(flow.go_to(held, Step.REVEAL, now), "items"))
    store.close()
    return Sitting(found, folder / found, tuple(list(people)[stored:]))


def _content() -> Content:
    shipped = shipped_library().content("90")
    stage = next(item for item in shipped.items if item.is_stage_item)
    own = tuple(
        Item(
            f"item-{number:02}",
            f"Statement {number} on how customers are dealt with here, as said in the room.",
            _AGREE,
        )
        for number in range(1, ITEMS)
    )
    return replace(shipped, instruments=(Instrument("forty", "Forty questions", (stage, *own)),))
