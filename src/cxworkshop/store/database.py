"""The database of one session: TinyDB over a journal.

::

    Database.create(folder, {"session": {"session": {...}}})   # a new session
    database = Database(folder)                                # an existing one, shared with other processes
    database.table("participants").get(doc_id="k2m")
    with database.transaction():                               # across tables, in one commit
        database.table("ballots").upsert(document("x7f", {...}))
        database.table("participants").update({"voted": True}, doc_ids=["k2m"])
    if database.changed():                                     # by a timer: one system call
        database.refresh()

A write outside a transaction is one of its own. When a write or a transaction returns, it is on the disk; when it
raises, nothing of it is kept, in memory or on the disk.
"""

from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Any, cast

from tinydb import TinyDB

from cxworkshop.domain.errors import StoreError
from cxworkshop.store.disk import Disk
from cxworkshop.store.fresh import AllTables, create_journal
from cxworkshop.store.storage import JournalStorage
from cxworkshop.store.tables import JournalTable

__all__ = ["Database"]


class Database(TinyDB):
    """A session's tables, shared with any number of other processes on the machine.

    May be used from several threads: a transaction belongs to the thread that began it, others wait for its end or read
    the state before it.

    Args:
        folder: the session's folder.
        disk: the calls on files; others than the real ones for tests.

    Raises:
        SessionMissing: there is no session in the folder.
        DamagedSession: nothing of it can be read.
        NewerSession: a later version wrote it.
        StoreError: it cannot be read.
    """

    table_class = JournalTable
    default_storage_class = JournalStorage  # type: ignore[assignment]

    def __init__(self, folder: Path, *, disk: Disk | None = None) -> None:
        super().__init__(folder, disk or Disk())

    def __repr__(self) -> str:
        return f"<Database {self.storage.journal.folder}>"

    @classmethod
    def create(cls, folder: Path, documents: AllTables | None = None, *, disk: Disk | None = None) -> "Database":
        """Make a session and open it.

        Args:
            folder: where; it is made, its parent must exist.
            documents: what the session holds from the beginning, by table and id. It is there with the session or not
                at all.
            disk: as for opening.

        Raises:
            StoreError: there is a session already, or the disk refuses.
            NotStorable: a document has no form in JSON.
        """
        create_journal(folder, documents or {}, disk or Disk())
        return cls(folder, disk=disk)

    @property
    def storage(self) -> JournalStorage:
        """The storage under the tables."""
        return cast("JournalStorage", self._storage)

    def table(self, name: str, **options: Any) -> JournalTable:
        """A table by name; it comes into being with its first document."""
        return cast("JournalTable", super().table(name, **options))

    def transaction(self) -> AbstractContextManager[None]:
        """Hold the session for writing, and write all changes in one commit at the end.

        The state is taken in anew at the beginning. An exception inside leaves nothing behind. Reading inside shows the
        changes made so far; other threads and processes see all of them or none.

        Raises:
            RuntimeError: this thread is in a transaction or a reading already.
            SessionBusy: another process holds the session and does not let go.
            ReadOnlySession: the folder cannot be written.
            DamagedSession: the file is damaged.
            NotStorable: a document has no form in JSON.
            NotSaved: the disk refused. `reopen` before the next try.
            SaveUncertain: the disk refused, and the change may be there nevertheless. `reopen` and look.
        """
        return self.storage.transaction()

    def seal(self, documents: AllTables) -> None:
        """Let the running transaction write a fresh file with these documents, and remove every older byte.

        Args:
            documents: the complete state of all tables, in the order in which it is to be written. It is taken in the
                place of everything before, and nothing is written after it in the same transaction.

        Raises:
            RuntimeError: no transaction is running, or it has sealed already.
        """
        self.storage.seal(documents)

    @property
    def revision(self) -> int:
        """A number that grows whenever this database's state has changed. Not the same number in every process."""
        return self.storage.journal.revision

    def changed(self) -> bool:
        """Whether there is something that `refresh` would take in, told by one look at the file's identity and size."""
        return self.storage.journal.changed()

    def refresh(self) -> bool:
        """Take in what others have written; tells whether the state has changed. Every read does this, too.

        Raises:
            SessionMissing: the session was moved or deleted.
            StoreError: it cannot be read.
        """
        return self.storage.refresh()

    def reading(self) -> AbstractContextManager[Any]:
        """Read several tables as of one moment: the state is taken in anew, then stays as it is."""
        return self.storage.reading()

    def last_read(self) -> AbstractContextManager[Any]:
        """As `reading`, but where the session cannot be read now, the state is that of the last reading."""
        with suppress(StoreError):
            self.refresh()
        return self.storage.still()

    @property
    def damage(self) -> tuple[str, ...]:
        """What was found wrong with the session's files, one sentence each with what can be done; empty if nothing."""
        return self.storage.journal.damage

    @property
    def read_only(self) -> bool:
        """Whether writing is refused because the file is damaged."""
        return self.storage.journal.is_damaged

    def reopen(self) -> None:
        """Begin anew with the files as they are: after a failed write, or when a folder was put back.

        Raises:
            StoreError: as for opening.
        """
        self.storage.reopen()
