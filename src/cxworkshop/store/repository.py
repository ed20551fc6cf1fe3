"""One open session over its database: the session value, the ballot box, transactions and sealing."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from cxworkshop.domain.errors import DamagedSession, NotSaved, NotStorable, ReadOnlySession, StoreError
from cxworkshop.domain.session import SCHEMA, Privacy, Session
from cxworkshop.store.ballot_box import OpenBallotBox, RememberingBallotBox, round_of, unlinked
from cxworkshop.store.codec import BALLOTS, ROLL, TABLES, Document, Writes, writes_for
from cxworkshop.store.database import Database
from cxworkshop.store.disk import Disk
from cxworkshop.store.folders import folder_warnings
from cxworkshop.store.fresh import JOURNAL_NAME, AllTables
from cxworkshop.store.reading import SessionReading, newer_sentence
from cxworkshop.store.tables import document
from cxworkshop.store.terminals import FolderTerminals
from cxworkshop.store.upgrades import STEPS, Upgrade, upgrade


class SessionTransaction:
    """One change of a session; what `SessionRepository.transaction` gives."""

    def __init__(self, database: Database, session: Session) -> None:
        self.box = OpenBallotBox(database)
        """The ballot box, with what was put in during this transaction."""
        self._database = database
        self._before = session
        self._after = session
        self._seals = False

    @property
    def session(self) -> Session:
        """The session as it is now, with what was saved in this transaction."""
        return self._after

    def save(self, session: Session) -> None:
        """Let the session be this one once the transaction ends; only what differs is written."""
        self._after = session

    def seal(self) -> None:
        """At the end of the transaction write the whole session afresh and remove every older copy."""
        self._seals = True

    def finish(self) -> None:
        """Hand over to the database what has to be written."""
        _put(self._database, writes_for(self._before, self._after))
        if self._seals:
            self._database.seal(sealed(self._database.storage.read() or {}, self._after))


class SessionRepository:
    """A session that is shared with any number of other processes.

    May be used from several threads; a transaction belongs to the thread that began it.

    Args:
        folder: The session's folder.
        steps: The upgrades for sessions of older schemas; others than the real ones for tests.
        disk: The calls on files; others than the real ones for tests.

    Raises:
        SessionMissing: there is no session in the folder.
        DamagedSession: it cannot be read.
        NewerSession: a later version wrote it in a form that cannot be read here.
        StoreError: it cannot be read, or is of an older schema and cannot be written.
    """

    def __init__(self, folder: Path, *, steps: Mapping[int, Upgrade] = STEPS, disk: Disk | None = None) -> None:
        self._folder = folder.parent
        self._database = Database(folder, disk=disk)
        self._reading = SessionReading()
        self._may_write = os.access(folder / JOURNAL_NAME, os.W_OK) and os.access(folder, os.W_OK)
        self._unwritable = f"The session in {folder} may not be changed by you, so it can be looked at only."
        try:
            self._upgrade(steps)
            self._session = self._reading.read(self._database.storage.journal)
        except BaseException:
            self._database.close()
            raise
        self._revision_told = self._database.revision
        self.box = RememberingBallotBox(self._database)
        """The ballot box, for reading."""
        self.terminals = FolderTerminals(folder)
        """The voting terminals of the session."""

    @property
    def session(self) -> Session:
        """The newest session read so far: as of opening, of the last `refresh`, or of a transaction made here since."""
        return self._session

    @property
    def revision(self) -> int:
        """Grows with every commit that was read."""
        return self._database.revision

    @property
    def read_only(self) -> bool:
        """Whether the session can be looked at only: it is damaged, of a later schema, or may not be written."""
        return self._database.read_only or self._reading.schema > SCHEMA or not self._may_write

    @property
    def warnings(self) -> tuple[str, ...]:
        """Plain sentences of caution: why the session is read-only, what was found damaged, and an unsafe place."""
        newer = (newer_sentence(self._reading.schema),) if self._reading.schema > SCHEMA else ()
        unwritable = () if self._may_write else (self._unwritable,)
        return (*newer, *unwritable, *self._database.damage, *folder_warnings(self._folder))

    def refresh(self) -> bool:
        """Take in what others have written: one look at the file where nothing is new.

        Returns:
            Whether anything has changed since the last time, by others or in a transaction made here.

        Raises:
            StoreError: the session was moved, deleted or cannot be read.
        """
        self._database.refresh()
        revision = self._database.revision
        if revision == self._revision_told:
            return False
        self._session = self._reading.read(self._database.storage.journal)
        self._revision_told = revision
        return True

    @contextmanager
    def transaction(self) -> Iterator[SessionTransaction]:
        """A transaction under the session's lock, on the state as it is now; leaving it by an error changes nothing.

        After a write that failed the files are opened again, so that it can be tried once more.

        Raises:
            ReadOnlySession: the session can be looked at only.
            SessionBusy: another process holds the session and does not let go.
            NotSaved: the disk refused; nothing is kept, or the sentence says that this is not certain.
        """
        try:
            with self._database.transaction():
                session = self._reading.read(self._database.storage.journal)
                self._refuse_newer()
                running = SessionTransaction(self._database, session)
                yield running
                running.finish()
        except BaseException as error:
            self.box.forget()
            if isinstance(error, NotSaved) and not isinstance(error, NotStorable):
                with suppress(StoreError):
                    self._database.reopen()
            raise
        self._session = self._reading.read(self._database.storage.journal)

    def close(self) -> None:
        """Let go of the files. Nothing is held back: what was saved is on the disk."""
        self.terminals.withdraw()
        self._database.close()

    def _refuse_newer(self) -> None:
        if self._reading.schema > SCHEMA:
            raise ReadOnlySession(newer_sentence(self._reading.schema))

    def _upgrade(self, steps: Mapping[int, Upgrade]) -> None:
        """Bring a session of an older schema to the present one, in one commit."""
        if not upgrade(self._database.storage.read() or {}, steps):
            return
        if self._database.read_only:
            raise DamagedSession(
                "The session is of an older version and damaged, so it cannot be brought up to date. "
                "Restore it from a backup."
            )
        with self._database.transaction():
            _replace(self._database, upgrade(self._database.storage.read() or {}, steps))


def sealed(tables: Mapping[str, Mapping[str, Document]], session: Session) -> AllTables:
    """All documents of a session in the form in which they are sealed.

    Ballots and roll marks come in the order of their ids, so that nothing tells who voted when. Marks lead to no
    ballot, but those of a round that is open; ballots bear no name, but where the room agreed that they do.

    Args:
        tables: All documents, by table and id.
        session: The session they belong to.
    """
    ordered: dict[str, dict[str, Any]] = {name: {} for name in TABLES}
    for name, documents in tables.items():
        ids = sorted(documents) if name in (BALLOTS, ROLL) else list(documents)
        ordered[name] = {key: dict(documents[key]) for key in ids}
    open_key = session.open_round.key if session.open_round else ""
    ordered[ROLL] = {
        key: dict(mark if round_of(key) == open_key else unlinked(mark)) for key, mark in ordered[ROLL].items()
    }
    if session.rules.privacy is not Privacy.OPEN:
        ordered[BALLOTS] = {key: {**ballot, "participant": ""} for key, ballot in ordered[BALLOTS].items()}
    return ordered


def _put(database: Database, writes: Writes) -> None:
    """Write documents that have all their fields."""
    for name, documents in writes.items():
        table = database.table(name)
        gone = [key for key, fields in documents.items() if fields is None]
        if gone:
            table.remove(doc_ids=gone)
        for key, fields in documents.items():
            if fields is not None:
                table.upsert(document(key, fields))


def _replace(database: Database, writes: Writes) -> None:
    """Write documents in place of those that are there, so that a field that is gone is gone."""
    for name, documents in writes.items():
        table = database.table(name)
        table.remove(doc_ids=[key for key in documents if table.contains(doc_id=key)])
        table.insert_multiple(document(key, fields) for key, fields in documents.items() if fields is not None)
