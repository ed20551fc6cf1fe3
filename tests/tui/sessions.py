"""A small session and its services, for the tests of the screens: a real store in a folder of the test's own."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from cxworkshop.cli.files import BroughtFiles
from cxworkshop.domain.ballots import Ballot
from cxworkshop.domain.content import Agenda, AgendaStep, Content, Pack, Prompt, Role, SelfTestChoice, Strategy
from cxworkshop.domain.errors import CxWorkshopError, InvalidValue
from cxworkshop.domain.instruments import Instrument, Item, Option, Scale, Source
from cxworkshop.domain.maturity import MaturityModel, Stage
from cxworkshop.domain.session import About, Participant, Rules, Session
from cxworkshop.facilitation.ports import BallotBox, PackListing, Services, SessionStore, SessionSummary
from cxworkshop.store.codec import writes_for
from cxworkshop.store.database import Database
from cxworkshop.store.repository import SessionRepository

NOON = datetime(2026, 11, 21, 9, 42, tzinfo=UTC)
HOSTILE = "Zed [/b] [bold]x[/italic] [0] [@click=app.quit]quit[/]"
"""A name that ends a program which reads it as markup."""

AGREE = Scale("agree", tuple(Option(label) for label in ("Never", "Rarely", "Sometimes", "Mostly", "Always")))
STAGES = Scale("six", tuple(Option(name) for name in ("Ignore", "Explore", "Mobilize", "Operate", "Align", "Embed")))
ITEMS = (
    Item("stage", "Where do we stand?", STAGES, theme="Stage", model="six"),
    Item("q1", "Frontline people may fix a customer’s problem on the spot.", AGREE, theme="Culture"),
    Item("q2", "Nobody owns the customer’s journey.", AGREE, theme="Journey", direction="bad"),
    Item("q3", "We ask customers what they expect of us.", AGREE, theme="Listening"),
)
HOUSE = Instrument("house", "House survey", ITEMS, source=Source("A. Author", "A title", year=2026))
AGENDA = Agenda(
    "short",
    "Short, 45 minutes",
    45,
    tuple(
        AgendaStep(step, minutes)
        for step, minutes in (
            ("welcome", 5),
            ("self_test", 10),
            ("reveal", 5),
            ("disagreements", 12),
            ("compare", 3),
            ("plan", 8),
            ("close", 2),
        )
    ),
    (SelfTestChoice("house"),),
)
LONG = replace(AGENDA, id="long", title="All, 180 minutes", minutes=180)
CONTENT = Content(
    (HOUSE,),
    AGENDA,
    models=(MaturityModel("six", "Six stages", "stage", tuple(Stage(str(option.label)) for option in STAGES.options)),),
    prompts=(
        Prompt(
            "step:welcome",
            say=("Customer experience is what people remember of dealing with us.", "It is made by all of us."),
            do=("Let everybody say a name and one wish.",),
            ask=("What shall be different tomorrow?",),
        ),
        Prompt("step:self_test", say=("Answer alone, from what you have seen.",)),
        Prompt("step:close", say=("Thank the room.",)),
    ),
    roles=(
        Role("lead", "CX lead", "business", ("the customer’s view",)),
        Role("cio", "CIO", "technology", ("systems and data",)),
    ),
    strategies=(Strategy("cx", "Customer experience", 1),),
)
UNITS = ("Sales", "Support")
LEVELS = ("Team", "Lead")


def people(count: int = 4) -> dict[str, Participant]:
    """Participants in turn from the units; the last two lead."""
    names = ("Ana Šimić", "Ben", "Chloé", "امید", "Eve", "Finn", "Gus", "Hana", "Ivo", "Jo", "Kim", "Lee")
    return {
        f"p{place}": Participant(f"p{place}", name, UNITS[place % 2], LEVELS[place >= count - 2])
        for place, name in enumerate(names[:count])
    }


def prepared(**changes: object) -> Session:
    """A session as it stands before the sitting."""
    session = Session(
        About("2026-11-21-aurora", "CX maturity", date(2026, 11, 21), "Aurora Telecom", "Mia"),
        CONTENT,
        Rules(),
        UNITS,
        LEVELS,
        people(),
    )
    return replace(session, **changes)  # type: ignore[arg-type]


def stored(folder: Path, session: Session | None = None) -> SessionRepository:
    """A session in a folder, open."""
    session = session or prepared()
    writes = writes_for(None, session)
    tables = {
        name: {key: fields for key, fields in rows.items() if fields is not None} for name, rows in writes.items()
    }
    Database.create(folder / session.about.id, tables).close()
    return SessionRepository(folder / session.about.id)


def vote(store: SessionStore, participant_id: str, **answers: int) -> None:
    """Put a ballot into the open round's box, as a voting terminal would."""
    held = store.session.open_round
    if held is None:
        raise InvalidValue("no round is open")
    with store.transaction() as transaction:
        transaction.box.put(Ballot(held.key, f"KITE-{participant_id}", answers), participant_id)


@dataclass
class Clock:
    """A clock that moves when it is told to."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        """Let time pass."""
        self.now += timedelta(**by)


@dataclass
class Catalogue:
    """Sessions in a folder, opened by their real store."""

    folder: Path
    listed: list[SessionSummary] = field(default_factory=list)

    def summaries(self) -> Sequence[SessionSummary]:
        return tuple(self.listed)

    def find(self, id_or_prefix: str) -> str:
        return id_or_prefix

    def the_open_one(self) -> str:
        return self.listed[0].id

    def create(self, session: Session) -> SessionStore:
        return stored(self.folder, replace(session, about=replace(session.about, id="made")))

    def open(self, session_id: str) -> SessionStore:
        return SessionRepository(self.folder / session_id)


class Library:
    """Two agendas and one self-test."""

    def __init__(self) -> None:
        self.packs = (
            PackListing("house", "House survey", "house.toml", 4, Pack("house", "House survey", 1, instrument=HOUSE)),
            PackListing("broken", "", "broken.toml", 0, None, "broken.toml: items: there are none."),
        )

    def listings(self) -> Sequence[PackListing]:
        return self.packs

    def pack(self, id_or_file: str) -> Pack:
        if id_or_file != "house":
            raise InvalidValue(f"There is no pack “{id_or_file}”.")
        return Pack("house", "House survey", 1, instrument=HOUSE)

    def agendas(self) -> Sequence[Agenda]:
        return (AGENDA, LONG)

    def content(self, agenda_id: str, packs: Sequence[str] = ()) -> Content:
        del packs
        return replace(CONTENT, agenda=LONG if agenda_id == "long" else AGENDA)


@dataclass
class Press:
    """Renders a heading, and writes to a folder."""

    folder: Path

    def render(
        self, session: Session, box: BallotBox, document: str, form: str, *, preset: str = "", month_first: bool = False
    ) -> str:
        del box, form, preset, month_first
        return f"# {document} of {session.about.title}\n\n- [ ] **First** — owner: Mia\n"

    def write(self, text: str, path: str, *, force: bool) -> str:
        target = self.folder / path
        if target.exists() and not force:
            raise CxWorkshopError(f"{target.name} is there already.")
        target.write_text(text)
        return str(target)


def read_date(text: str, today: date) -> date:
    """Dates in their written form only."""
    del today
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise InvalidValue(f"“{text}” is not a date.") from None


def services(folder: Path, clock: Clock | None = None) -> Services:
    """Everything an application is given, with fixed clock and chance."""
    return Services(
        Catalogue(folder),
        Catalogue(folder),
        Library(),
        Press(folder),
        read_date,
        clock or Clock(),
        Random(7),
        BroughtFiles(lambda: folder, lambda: folder),
    )
