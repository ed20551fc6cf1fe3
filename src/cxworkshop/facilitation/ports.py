"""What the use cases and screens need from outside, as protocols that other rooms fulfil by shape."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from random import Random
from typing import Literal, Protocol

from cxworkshop.domain.ballots import Ballot
from cxworkshop.domain.ballots import ImportedBallot as ImportedBallot  # noqa: PLC0414 - the use cases name it from here
from cxworkshop.domain.content import Agenda, Content, Pack
from cxworkshop.domain.content import PackListing as PackListing  # noqa: PLC0414 - screens name it from here
from cxworkshop.domain.instruments import Item
from cxworkshop.domain.session import Session
from cxworkshop.domain.summaries import SessionSummary as SessionSummary  # noqa: PLC0414 - as above
from cxworkshop.domain.terminals import TerminalDoing as TerminalDoing  # noqa: PLC0414 - as above
from cxworkshop.domain.terminals import TerminalStatus as TerminalStatus  # noqa: PLC0414 - as above

Clock = Callable[[], datetime]
"""Gives the present time, with a time zone."""


class BallotBox(Protocol):
    """Where ballots lie. Everything is per round, named by the round's key."""

    def count(self, round_key: str) -> int:
        """How many ballots are in."""
        ...

    def voted(self, round_key: str) -> frozenset[str]:
        """Ids of the participants who have voted."""
        ...

    def has_voted(self, round_key: str, participant_id: str) -> bool:
        """Whether a participant's roll mark is set; the same cost with 10 and with 10,000 ballots."""
        ...

    def ballot(self, round_key: str, code: str) -> Ballot | None:
        """The ballot that a code leads to; the same cost with 10 and with 10,000 ballots."""
        ...

    def ballot_of(self, round_key: str, participant_id: str) -> Ballot | None:
        """A participant's ballot: known only until the round is closed first, and in the open privacy mode."""
        ...

    def ballots(self, round_key: str) -> Sequence[Ballot]:
        """All ballots, in an order that tells nothing of who voted when."""
        ...


class WritableBallotBox(BallotBox, Protocol):
    """The ballot box inside a transaction."""

    def put(self, ballot: Ballot, participant_id: str | None, *, linked: bool = True) -> None:
        """Put a ballot in, or in place of the one with the same round and code, and set the roll mark.

        Unless `linked`, the mark says that the participant has voted, but leads to no ballot.
        """
        ...

    def mark(self, round_key: str, participant_id: str) -> None:
        """Set a roll mark that leads to no ballot."""
        ...

    def remove(self, round_key: str, code: str, participant_id: str | None) -> None:
        """Take a ballot out and the roll mark off."""
        ...

    def unlink(self, round_key: str) -> None:
        """Forget which ballot is whose, leaving the roll marks: what closing a round does."""
        ...


class Transaction(Protocol):
    """One change of a session, on its state as it is now; written as one commit or not at all."""

    @property
    def session(self) -> Session:
        """The session as it is now, with what was saved in this transaction."""
        ...

    @property
    def box(self) -> WritableBallotBox:
        """The ballot box."""
        ...

    def save(self, session: Session) -> None:
        """Let the session be this one once the transaction ends; only what differs is written."""
        ...

    def seal(self) -> None:
        """At the end of the transaction write the whole session afresh and remove every older copy."""
        ...


class Terminals(Protocol):
    """The voting terminals that are alive now. Nothing of this is kept, and nothing of it is ever refused."""

    def announce(self, doing: TerminalDoing, now: datetime, *, console: bool = False) -> None:
        """Let the others know what this terminal is doing from now on; costs nothing where that is no news."""
        ...

    def withdraw(self) -> None:
        """Be no voting terminal any more."""
        ...

    def release(self, terminal: TerminalStatus) -> None:
        """Let the next person begin at a terminal that waits; nothing happens at any other."""
        ...

    def released(self) -> bool:
        """Whether this terminal was released since it began to wait; it tells that once."""
        ...

    def present(self) -> Sequence[TerminalStatus]:
        """Every terminal that is alive, by number, consoles last; cheap enough for twenty looks a second."""
        ...

    def console_lives(self, now: datetime) -> None:
        """Leave a sign that a console is running, to be left anew every now and then."""
        ...

    def console_lived(self) -> datetime | None:
        """When a console was last seen running; None where nothing tells."""
        ...


class SessionStore(Protocol):
    """One open session, shared with any number of other processes."""

    @property
    def session(self) -> Session:
        """The newest session read so far; the same object until `refresh` finds a newer one."""
        ...

    @property
    def box(self) -> BallotBox:
        """The ballot box, for reading."""
        ...

    @property
    def terminals(self) -> Terminals:
        """The voting terminals of the session."""
        ...

    @property
    def revision(self) -> int:
        """Grows with every commit that was read."""
        ...

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was found damaged or set aside on opening, in plain sentences."""
        ...

    @property
    def read_only(self) -> bool:
        """Whether the session can be looked at only (damaged, or of a newer version)."""
        ...

    def refresh(self) -> bool:
        """Take in what others have written; cheap where nothing is new. Tells whether anything was."""
        ...

    def transaction(self) -> AbstractContextManager[Transaction]:
        """A transaction under the session's lock; leaving it by an error changes nothing."""
        ...

    def close(self) -> None:
        """Let go of the files."""
        ...


class SessionCatalogue(Protocol):
    """The folder of sessions."""

    def summaries(self) -> Sequence[SessionSummary]:
        """Every session, newest first; damaged ones with their problem."""
        ...

    def find(self, id_or_prefix: str) -> str:
        """The full id of a session named by its id or unique prefix.

        Raises:
            UnknownSession: No session, or more than one, answers to that.
        """
        ...

    def the_open_one(self) -> str:
        """The id of the one session that takes ballots, else of the only one not at its close.

        Raises:
            UnknownSession: There is none, or more than one.
        """
        ...

    def create(self, session: Session) -> SessionStore:
        """Make the folder of a new session and open it; the id is made unique where it is taken."""
        ...

    def open(self, session_id: str) -> SessionStore:
        """Open a session.

        Raises:
            CxWorkshopError: It is not there, or too damaged to be read.
        """
        ...


class PackLibrary(Protocol):
    """The packs that came with the program, and any file named."""

    def listings(self) -> Sequence[PackListing]:
        """Every pack, usable or not, in order of id."""
        ...

    def pack(self, id_or_file: str) -> Pack:
        """A usable pack by id or by file.

        Raises:
            CxWorkshopError: There is none, or it has faults (all are named).
        """
        ...

    def agendas(self) -> Sequence[Agenda]:
        """The agendas, shortest first."""
        ...

    def content(self, agenda_id: str, packs: Sequence[str] = ()) -> Content:
        """What a session keeps: the agenda's self-tests, or those of `packs` (ids or files) in their place.

        Raises:
            CxWorkshopError: Unknown agenda or pack, a pack without a self-test, or two packs sharing an item's id.
        """
        ...


DocumentName = Literal["plan", "report"]
DocumentForm = Literal["markdown", "html", "json", "csv", "ics"]
TablePreset = Literal["generic", "gitlab", "jira", "asana"]
"""Whose columns a plan in CSV has."""


class DocumentPress(Protocol):
    """Renders and writes the documents a room leaves with."""

    def render(
        self,
        session: Session,
        box: BallotBox,
        document: DocumentName,
        form: DocumentForm,
        *,
        preset: TablePreset = "generic",
        month_first: bool = False,
    ) -> str:
        """A document as text; a calendar, and the columns of other tools, of the plan alone.

        Raises:
            CxWorkshopError: There is nothing to show yet, or no such form of this document.
        """
        ...

    def write(self, text: str, path: str, *, force: bool) -> str:
        """Write a text to a file, whole or not at all; gives the full path.

        Raises:
            CxWorkshopError: The file is there already and `force` is off, or the folder cannot be written.
        """
        ...


class DateReader(Protocol):
    """Reads dates as people type them."""

    def __call__(self, text: str, today: date) -> date:
        """The date meant by `2027-03-31`, `31/3`, `in 6 weeks`, `next friday`, `+2w`.

        Raises:
            CxWorkshopError: It is not understood.
        """
        ...


@dataclass(frozen=True, slots=True)
class Restored:
    """A session that was made of a backup."""

    id: str
    rehearsal: bool
    """It is a practice session, and lies with those."""


class FormColumn(Protocol):
    """A column of the export of an online form."""

    @property
    def heading(self) -> str:
        """Its first cell, on one line."""
        ...

    @property
    def holds(self) -> str | None:
        """An item's id, `participant`, `unit`, `level`, `round`, `code`, `comment:` and an item's id, or `-` for none.

        None where that is not known.
        """
        ...

    @property
    def near(self) -> Sequence[str]:
        """Ids of items whose words are much like the heading, nearest first; where it is not known what it holds."""
        ...


class Files(Protocol):
    """Files that people bring, named as they are typed or dropped into a terminal."""

    def is_backup(self, typed: str) -> bool:
        """Whether a file is the backup of a session; ballots otherwise.

        Raises:
            CxWorkshopError: It cannot be read.
        """
        ...

    def roster(self, typed: str) -> Sequence[tuple[str, str, str]]:
        """Name, unit and level of everybody on the roster in a file, all or none; what is not stated is empty.

        Raises:
            CxWorkshopError: It cannot be read, or a row is bad, by line and column.
        """
        ...

    def roster_lines(self, text: str) -> Sequence[tuple[str, str, str]]:
        """As `roster`, of a list as it was typed or pasted.

        Raises:
            CxWorkshopError: A line is bad; it is named.
        """
        ...

    def restore(self, typed: str) -> Restored:
        """Make a session of a backup.

        Raises:
            CxWorkshopError: It cannot be read, is damaged, or the folder cannot be written; nothing is made then.
        """
        ...

    def columns(self, typed: str, items: Sequence[Item]) -> Sequence[FormColumn]:
        """The columns of a form's export, as far as it is known what they hold; none of any other file.

        Raises:
            CxWorkshopError: It cannot be read.
        """
        ...

    def remember(self, settled: Mapping[str, str]) -> None:
        """Keep what columns were settled to hold, by their headings, for the form's next export.

        Raises:
            CxWorkshopError: It cannot be written.
        """
        ...

    def ballots(
        self, typed: str, items: Sequence[Item], settled: Mapping[str, str] | None = None
    ) -> Sequence[ImportedBallot]:
        """The ballots of a file, all or none.

        Args:
            typed: The file.
            items: The items that may be answered.
            settled: What columns of a form hold, by their headings, besides what is remembered.

        Raises:
            CxWorkshopError: It cannot be read, or a row is bad, by line and column.
        """
        ...


@dataclass(frozen=True, slots=True)
class Services:
    """Everything the applications are given from outside."""

    catalogue: SessionCatalogue
    rehearsals: SessionCatalogue
    library: PackLibrary
    press: DocumentPress
    dates: DateReader
    clock: Clock
    random: Random
    files: Files
