"""A journal as it is read, without the lock, while others write to it.

Whole lines are taken in; a replaced file is noticed by its identity and read anew. The last line that was read without
the lock is compared with the file before anything is built on it, since its writer may have had to take it back: the
disk is waited for under the lock, so every line before the last is there to stay.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import RLock
from typing import TypeAlias

from cxworkshop.domain.errors import DamagedSession
from cxworkshop.store.disk import READ, READ_AND_APPEND, Disk
from cxworkshop.store.fresh import JOURNAL_NAME, TORN_PREFIX, refusal
from cxworkshop.store.replay import Replay, Tables

Identity: TypeAlias = tuple[int, int]
"""What tells one file from another of the same name."""


def torn_sentence(kept: Path) -> str:
    """What to say about bytes at the end of a journal that make no whole line, with where they are kept.

    It does not say that nobody was told of that change: a file that was cut or damaged later may look the same.
    """
    return (
        "The last change in the session's file is not whole, so the session goes on without it. Most likely it was cut "
        "short while it was being saved, as by a power cut, before anybody was told that it is saved; but it may have "
        "been damaged later. Look whether what was entered last is there, and enter it anew where it is not. "
        f"Its bytes are kept in {kept}."
    )


class JournalReader:
    """A journal as it is read: the state, and whether there is more to take in.

    Not safe between threads by itself, but for `tables`, `revision` and `damage` read under `state`;
    `JournalStorage` sees to the rest.

    Args:
        folder: the session's folder, which must exist and hold a journal.
        disk: the calls on files.

    Raises:
        SessionMissing: the folder or its journal is not there.
        NewerSession: a later version wrote it.
        DamagedSession: nothing of it can be read.
    """

    def __init__(self, folder: Path, disk: Disk) -> None:
        self.folder = folder
        self.path = folder / JOURNAL_NAME
        self.state = RLock()
        """Held while the state changes, and by whoever reads more than one document of it."""
        self.revision = 0
        """Grows whenever the state has changed."""
        self._disk = disk
        self._replay = Replay()
        self._identity: Identity = (0, 0)
        self._seen: tuple[Identity, int] | None = None
        self._unconfirmed = b""
        self._descriptor: int | None = None
        self._may_append = False
        self._torn: set[str] = set()
        try:
            self._read_anew(locked=False)
        except OSError as error:
            raise refusal(folder, error) from error

    @property
    def tables(self) -> Tables:
        """The live documents of all tables: to be read, never to be changed."""
        return self._replay.tables

    def version(self, table: str) -> tuple[Tables, int]:
        """A mark of a table that changes with it: the state, by identity, and the number of its changes so far."""
        return self._replay.tables, len(self._replay.touched.get(table, ()))

    def changed_since(self, table: str, times: int) -> Sequence[str]:
        """The ids of a table's documents that were changed after the first so many changes of a `version`."""
        return self._replay.touched.get(table, [])[times:]

    @property
    def damage(self) -> tuple[str, ...]:
        """What was found wrong with the files, one sentence each; empty where all is well."""
        lines = (self.damaged_sentence(),) if self.is_damaged else ()
        return (*lines, *(torn_sentence(self.folder / name) for name in sorted(self._torn)))

    @property
    def is_damaged(self) -> bool:
        """Whether lines of the journal are damaged or missing, so that it may only be read."""
        return bool(self._replay.bad_lines)

    def damaged_sentence(self) -> str:
        """What to say about lines that are damaged or missing."""
        bad, missing = self._replay.bad_lines, self._replay.missing
        where = f"line {bad[0]}" if len(bad) == 1 else f"lines {', '.join(map(str, bad[:5]))}{' …' * (len(bad) > 5)}"
        short = f" (it ends there, {missing} line{'s' * (missing > 1)} too early)" if missing else ""
        return (
            f"The file {self.path} is damaged at {where}{short}, so nothing is written to it any more. "
            f"The other {self._replay.lines} changes can be read: export them, or bring back a backup of the session."
        )

    # Reading

    def changed(self) -> bool:
        """Whether the file is another, or of another size, than when last looked at. One system call."""
        try:
            return self._look() != self._seen
        except OSError:
            return True

    def refresh(self) -> bool:
        """Take in what other processes have written, without the lock; tells whether the state has changed.

        Raises:
            SessionMissing: the journal is gone.
            StoreError: it could not be read.
        """
        try:
            return self._take_in(locked=False)
        except OSError as error:
            raise refusal(self.folder, error) from error

    def _look(self) -> tuple[Identity, int]:
        found = self._disk.stat(self.path)
        return (found.st_dev, found.st_ino), found.st_size

    def _take_in(self, *, locked: bool) -> bool:
        """Take in what was appended; tells whether the state has changed."""
        identity, size = self._look()
        position = self._replay.position
        if identity != self._identity or size < position:
            return self._read_anew(locked=locked)
        if size == position and not (locked and self._unconfirmed):
            self._seen = (identity, size)
            return False
        with self._opened(READ) as descriptor:
            data = self._read(descriptor, position - len(self._unconfirmed), size)
        replaced = not self._disk.keeps_open and self._look()[0] != identity
        if replaced or not data.startswith(self._unconfirmed):
            return self._read_anew(locked=locked)
        commits, damage = self._fold(data[len(self._unconfirmed) :])
        if damage and not locked:
            # Read while a writer took its line back, perhaps: the whole file is asked before damage is spoken of.
            return self._read_anew(locked=locked)
        if locked:
            self._unconfirmed = b""
        elif commits:
            self._unconfirmed = self._replay.last
        self._seen = (identity, size)
        return commits > 0

    def _fold(self, data: bytes) -> tuple[int, int]:
        """Take lines into the state; tells how many commits and how many damaged lines there were."""
        replay = self._replay
        commits, damage = replay.lines, len(replay.damage)
        try:
            with self.state:
                replay.feed(data)
                self.revision += replay.lines - commits
        except BaseException:
            self._identity = (0, 0)  # half taken in: the next look reads the file anew
            raise
        return replay.lines - commits, len(replay.damage) - damage

    def _read_anew(self, *, locked: bool) -> bool:
        """Read the whole file, as at the first opening."""
        seen: tuple[Identity, int] | None = None
        data = b""
        while seen is None or self._look()[0] != seen[0]:  # it may be replaced between looking and opening
            seen = self._look()
            self._close_file()
            with self._opened(READ) as descriptor:
                data = self._read(descriptor, 0, seen[1])
        replay = Replay()
        replay.feed(data)
        if not replay.lines:
            raise DamagedSession(
                f"Nothing can be read from {self.path}. Bring back a backup of the session; the file is left as it is."
            )
        self._torn = {name for name in self._disk.names(self.folder) if name.startswith(TORN_PREFIX)}
        with self.state:
            self._replay = replay
            self._identity, _ = self._seen = seen
            self._unconfirmed = b"" if locked else replay.last
            self.revision = max(self.revision + 1, replay.lines)
        return True

    def _read(self, descriptor: int, start: int, end: int) -> bytes:
        """Read the bytes from `start` to `end`, or to the end of the file where that comes first."""
        data = self._disk.read(descriptor, end - start, start)
        while data and len(data) < end - start:
            more = self._disk.read(descriptor, end - start - len(data), start + len(data))
            if not more:
                break
            data += more
        return data

    # The open file

    @contextmanager
    def _opened(self, flags: int) -> Iterator[int]:
        """The journal's descriptor, open at least for what `flags` say."""
        if self._descriptor is None or (flags == READ_AND_APPEND and not self._may_append):
            self._close_file()
            self._descriptor = self._disk.open(self.path, flags)
            self._may_append = flags == READ_AND_APPEND
        try:
            yield self._descriptor
        finally:
            if not self._disk.keeps_open:
                self._close_file()

    def _close_file(self) -> None:
        if self._descriptor is not None:
            descriptor, self._descriptor = self._descriptor, None
            self._may_append = False
            with suppress(OSError):  # all that counts was synced; the descriptor is gone in any case
                self._disk.close(descriptor)

    def close(self) -> None:
        """Close the file."""
        self._close_file()
