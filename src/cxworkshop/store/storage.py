"""TinyDB's storage over a journal, and the transactions that write to it."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from threading import Lock, get_ident, local
from types import MappingProxyType
from typing import Any

from tinydb.storages import Storage

from cxworkshop.domain.errors import StoreError
from cxworkshop.store.disk import Disk
from cxworkshop.store.fresh import AllTables
from cxworkshop.store.journal import Journal
from cxworkshop.store.lines import Fields, plain
from cxworkshop.store.lock import PATIENCE, busy
from cxworkshop.store.replay import Tables
from cxworkshop.store.tables import Overlay, TableView

_DROPPED = None


class _Still(local):
    """Whether this thread wants to see one state for a while."""

    held = False


class JournalStorage(Storage):
    """The tables of a session's journal, safe between threads and processes.

    `read` takes in what others have written and gives the live documents for reading; within a transaction, as they
    will be once it is written. Writes go through `record`; `write` is there for TinyDB's dropping of tables.
    """

    def __init__(self, folder: Path, disk: Disk) -> None:
        self._folder = folder
        self._disk = disk
        self._turn = Lock()
        self._still = _Still()
        self._owner: int | None = None
        self._changes: dict[str, dict[str, Fields | None] | None] = {}
        self._sealed: Tables | None = None
        self._closed = False
        self.journal = Journal(folder, disk)

    # Reading

    def read(self) -> dict[str, Any] | None:
        """The documents by table and id, with what others have written; None where there are no tables."""
        if not self._in_transaction():
            self.refresh()
        with self.journal.state:
            tables = {name: found for name in self._names() if (found := self._table(name)) is not None}
        return tables or None

    def read_table(self, name: str) -> Mapping[str, Fields]:
        """The live documents of one table by id, with what others have written; empty where there is no such table."""
        if not self._in_transaction():
            self.refresh()
        found = self._table(name)
        return {} if found is None else found  # asking an overlay whether it is empty would have it count

    def _names(self) -> dict[str, None]:
        """The names a table may have for this thread."""
        ours = (*self._changes, *(self._sealed or ())) if self._in_transaction() else ()
        return dict.fromkeys((*self.journal.tables, *ours))

    def _table(self, name: str) -> Mapping[str, Fields] | None:
        """A table as this thread is to see it, not to be changed through what is returned."""
        if not self._in_transaction():
            found = self.journal.tables.get(name)
            return None if found is None else MappingProxyType(found)
        if self._sealed is not None:
            return self._sealed.get(name)
        base, changes = self.journal.tables.get(name), self._changes.get(name, {})
        if changes is _DROPPED or (base is None and name not in self._changes):
            return None
        return Overlay(base or {}, changes)

    def refresh(self) -> bool:
        """Take in what others have written; tells whether the state has changed.

        Nothing within a transaction, where the state is that of its beginning, nor while another thread writes.
        """
        if self._in_transaction() or self._still.held or not self._turn.acquire(blocking=False):
            return False
        try:
            self._refuse_closed()
            return self.journal.refresh()
        finally:
            self._turn.release()

    def steady(self) -> AbstractContextManager[Any]:
        """Keep other threads from changing the state while it is read."""
        return self.journal.state

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Take in what others have written, then keep the state as it is for the reads inside."""
        self.refresh()
        with self.still():
            yield

    @contextmanager
    def still(self) -> Iterator[None]:
        """Keep the state as it was read last for the reads inside, whether or not the file can be read now."""
        with self.journal.state:
            before, self._still.held = self._still.held, True
            try:
                yield
            finally:
                self._still.held = before

    # Writing

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the session for writing, on the state as it is now, and write all changes in one commit at the end.

        Raises:
            RuntimeError: this thread is in a transaction or a reading already.
            StoreError: as `Journal.locked` and `Journal.append` do.
        """
        if self._in_transaction() or self._still.held:
            raise RuntimeError("A transaction does not nest in another, nor in a reading.")
        if not self._turn.acquire(timeout=PATIENCE):
            raise busy(self.journal.path)
        try:
            self._refuse_closed()
            with self.journal.locked():
                self._owner = get_ident()
                yield
                self._commit()
        finally:
            self._owner = None
            self._changes = {}
            self._sealed = None
            self._turn.release()

    def joined(self) -> AbstractContextManager[None]:
        """The transaction that this thread is in, or else one of its own."""
        return nullcontext() if self._in_transaction() else self.transaction()

    def record(self, table: str, changes: Mapping[str, Mapping[str, Any] | None]) -> None:
        """Note changed documents for the commit. A table that is not there yet comes into being, even without any.

        Raises:
            NotStorable: a document has no form in JSON; none of them is noted.
        """
        self._refuse_sealed()
        storable = {key: None if fields is None else plain(fields) for key, fields in changes.items()}
        noted = self._changes.setdefault(table, {})
        if noted is _DROPPED:
            noted = self._changes[table] = dict.fromkeys(self.journal.tables.get(table, {}))
        noted.update(storable)

    def seal(self, documents: AllTables) -> None:
        """Let the commit be a fresh file with these documents and nothing else; only within a transaction."""
        if not self._in_transaction():
            raise RuntimeError("Sealing happens within a transaction.")
        self._refuse_sealed()
        self._sealed = {name: {key: plain(found) for key, found in table.items()} for name, table in documents.items()}

    def write(self, data: Mapping[str, Mapping[Any, Mapping[str, Any]]]) -> None:
        """Make the state what `data` says, by writing what differs."""
        with self.joined():
            before = self.read() or {}
            for name in before:
                if name not in data:
                    self._changes[name] = _DROPPED
            for name, table in data.items():
                view = TableView(before.get(name, {}))
                gone = [key for key in view if key not in table]
                for key in gone:
                    del view[key]
                for key, fields in table.items():
                    view[key] = dict(fields)
                self.record(name, view.changes())

    def _commit(self) -> None:
        if self._sealed is not None:
            self.journal.replace(self._sealed)
            return
        tables = self.journal.tables
        changes = {name: found for name, found in self._changes.items() if found or (name in tables) == (found is None)}
        if changes:
            self.journal.append(changes)

    def _in_transaction(self) -> bool:
        return self._owner == get_ident()

    def _refuse_sealed(self) -> None:
        if self._sealed is not None:
            raise RuntimeError("Nothing is written after the sealing in its transaction.")

    # Opening and closing

    def reopen(self) -> None:
        """Begin anew with the file as it is, as after a failed write."""
        with self._turn:
            revision = self.journal.revision
            self.journal.close()
            self.journal = Journal(self._folder, self._disk)
            self.journal.revision += revision
            self._closed = False

    def close(self) -> None:
        """Close the files. Nothing is held back: what was acknowledged is on the disk.

        Raises:
            RuntimeError: this thread is in a transaction.
        """
        if self._in_transaction():
            raise RuntimeError("A session is not closed within a transaction.")
        with self._turn:
            self._closed = True
            self.journal.close()

    def _refuse_closed(self) -> None:
        if self._closed:
            raise StoreError(f"The session in {self._folder} was closed. Open it again.")
