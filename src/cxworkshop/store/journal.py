"""The file of a session: an append-only journal that any number of processes read and write as equals.

A session folder holds

- `session.journal`, the state: a header and one line per commit (see `lines`);
- `session.lock`, which every writer locks; it is empty and never replaced;
- `session.journal.torn-<n>`, where a commit was torn: bytes found at the end of the journal that do not make a whole
  line, set aside by the next writer. <n> is the number the commit would have had;
- `session.journal.new`, for a moment, while a fresh journal is written.

Writing: take the lock, take in what others appended, append one line in one write, wait for the disk, let the lock go.
Because the disk is waited for under the lock, only the very last line can ever be torn. Reading takes no lock: whole
lines are taken in, a replaced file is noticed by its identity and read anew. The last line that was read without the
lock is compared with the file before anything is built on it, since its writer may have had to take it back.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import RLock

from cxworkshop.domain.errors import (
    CxWorkshopError,
    DamagedSession,
    NotSaved,
    SaveUncertain,
)
from cxworkshop.store.disk import CREATE_OR_APPEND, READ, READ_AND_APPEND, Disk
from cxworkshop.store.fresh import (
    FRESH_NAME,
    JOURNAL_NAME,
    LOCK_NAME,
    TORN_PREFIX,
    AllTables,
    fresh_lines,
    refusal,
    write_fresh,
    write_whole,
)
from cxworkshop.store.lines import Changes, encode
from cxworkshop.store.lock import PATIENCE, SessionLock
from cxworkshop.store.replay import Replay, Tables

_REPLACE_PATIENCE = 2.5
_REPLACE_PAUSE = 0.05

Identity = tuple[int, int]


def _reason(error: BaseException) -> str:
    """What the system says about a failure, in a few words."""
    return getattr(error, "strerror", None) or type(error).__name__


class Journal:
    """An open journal: the state as last read, and the one way to change it.

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
        self._lock = SessionLock(folder / LOCK_NAME, disk)
        self._replay = Replay()
        self._identity: Identity = (0, 0)
        self._seen: tuple[Identity, int] | None = None
        self._unconfirmed = b""
        self._descriptor: int | None = None
        self._may_append = False
        self._untidy = True
        self._torn: set[str] = set()
        self._leftover = ""
        self._failure = ""
        with self._plainly():
            self._read_anew(locked=False)

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
        lines = (self.damaged_sentence(),) if self._replay.damage else ()
        torn = (
            f"A change was cut short while it was being saved, as by a power cut, and never confirmed to anybody. "
            f"The session goes on without it; its bytes are kept in {self.folder / name}."
            for name in sorted(self._torn)
        )
        return (*lines, *torn, *((self._leftover,) if self._leftover else ()))

    @property
    def is_damaged(self) -> bool:
        """Whether lines of the journal are damaged, so that it may only be read."""
        return bool(self._replay.damage)

    def damaged_sentence(self) -> str:
        """What to say about damaged lines."""
        bad = self._replay.damage
        where = f"line {bad[0]}" if len(bad) == 1 else f"lines {', '.join(map(str, bad[:5]))}{' …' * (len(bad) > 5)}"
        return (
            f"The file {self.path} is damaged at {where}, so nothing is written to it any more. "
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
        with self._plainly():
            return self._take_in(locked=False)

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
            replaced = not self._disk.keeps_open and self._identify(descriptor) != identity
            data = self._read(descriptor, position - len(self._unconfirmed), size)
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

    def _identify(self, descriptor: int) -> Identity:
        found = self._disk.stat(descriptor)
        return found.st_dev, found.st_ino

    def _read_anew(self, *, locked: bool) -> bool:
        """Read the whole file, as at the first opening."""
        self._close_file()
        with self._opened(READ) as descriptor:
            found = self._disk.stat(descriptor)
            data = self._read(descriptor, 0, found.st_size)
        replay = Replay()
        replay.feed(data)
        if replay.position == 0 or (replay.damage and not replay.lines):
            raise DamagedSession(
                f"Nothing can be read from {self.path}. Bring back a backup of the session; the file is left as it is."
            )
        self._torn = {name for name in self._disk.names(self.folder) if name.startswith(TORN_PREFIX)}
        self._untidy = True
        with self.state:
            self._replay = replay
            self._identity = (found.st_dev, found.st_ino)
            self._seen = (self._identity, found.st_size)
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

    # Writing

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the lock, with the state as it is now and the file in order.

        Raises:
            SessionBusy: somebody else holds the lock and does not let go.
            ReadOnlySession: the folder cannot be written.
            DamagedSession: the journal has damaged lines.
            NotSaved: an earlier write of this journal failed, or the disk refuses.
        """
        if self._failure:
            raise NotSaved(self._failure)
        with self._plainly():
            self._acquire()
        try:
            yield
        finally:
            self._lock.release()

    def _acquire(self) -> None:
        """Take the lock and the tail, and put the file in order.

        Where the folder was put back from elsewhere, the lock is a new file, too.
        """
        while True:
            self._lock.acquire(PATIENCE)
            try:
                known = self._identity
                self._take_in(locked=True)
                if self._identity == known or self._lock.is_current():
                    return self._put_in_order()
            except BaseException:
                self._lock.release()
                raise
            self._lock.close()

    def _put_in_order(self) -> None:
        if self._replay.damage:
            raise DamagedSession(self.damaged_sentence())
        if self._seen is not None and self._seen[1] > self._replay.position:
            self._set_torn_bytes_aside(self._seen[1])
        if self._untidy:
            self._tidy()
        if not self._may_append:
            with self._opened(READ_AND_APPEND):
                return

    def append(self, changes: Changes) -> None:
        """Write a commit; on return it is on the disk. Only within `locked`.

        Raises:
            NotStorable: a document has no form in JSON; nothing was written.
            NotSaved: the disk refused; nothing is kept, and this journal must be opened again before the next try.
            SaveUncertain: as before, but the bytes could not be taken back.
        """
        line = encode(self._replay.number + 1, changes)
        with self._opened(READ_AND_APPEND) as descriptor:
            try:
                write_whole(self._disk, descriptor, line)
                self._disk.sync_data(descriptor)
            except BaseException as error:
                self._take_back(descriptor, error)
                if isinstance(error, OSError | MemoryError):
                    raise NotSaved(self._failure) from error
                raise
        with self.state:
            self._replay.append(line, changes)
            self.revision += 1
        self._seen = (self._identity, self._replay.position)

    def _take_back(self, descriptor: int, error: BaseException) -> None:
        """Cut off what was written of a commit that failed. The disk is not asked again to keep it.

        After a failed sync a system may take the bytes for written, so a second sync proves nothing.
        """
        reason = _reason(error)
        self._failure = (
            f"The last change could not be saved in {self.folder} ({reason}), so it was taken back. "
            "See that the disk has room and works, and try again."
        )
        try:
            self._disk.truncate(descriptor, self._replay.position)
            self._disk.sync_file(descriptor)
        except (OSError, MemoryError) as second:
            self._failure = (
                f"The last change could not be saved in {self.folder} ({reason}), and it is not certain that it was "
                "taken back. Open the session again and look whether it is there before entering it anew."
            )
            raise SaveUncertain(self._failure) from second

    def _set_torn_bytes_aside(self, size: int) -> None:
        """Copy what follows the last whole line to a file of its own, and only then cut it off."""
        position = self._replay.position
        aside = self.folder / f"{TORN_PREFIX}{self._replay.number + 1}"
        with self._opened(READ_AND_APPEND) as descriptor:
            torn = self._read(descriptor, position, size)
            copy = self._disk.open(aside, CREATE_OR_APPEND)
            try:
                write_whole(self._disk, copy, torn)
                self._disk.sync_file(copy)
            finally:
                self._disk.close(copy)
            self._disk.sync_folder(self.folder)
            self._disk.truncate(descriptor, position)
            self._disk.sync_file(descriptor)
        self._seen = (self._identity, position)
        self._torn.add(aside.name)

    # Sealing

    def replace(self, documents: AllTables) -> None:
        """Put a fresh file with this complete state in the place of the journal, and remove every older byte.

        Only within `locked`. Where older bytes could not be removed, `damage` says so, and every next writer tries
        again.

        Raises:
            NotStorable: a document has no form in JSON; nothing was written.
            NotSaved: the disk refused; the journal is as it was.
            SaveUncertain: the new file is there, but perhaps not after a power cut.
        """
        content = fresh_lines(max(2, self._replay.number + 1), documents)
        with self._plainly():
            write_fresh(self.folder, content, self._disk)
        try:
            self._put_in_place()
            self._disk.sync_folder(self.folder)
        except BaseException as error:
            self._give_up_replacing(error)
            raise
        with suppress(OSError, MemoryError):  # it is done; where it cannot be read just now, the next look will
            self._read_anew(locked=True)
            self._tidy()

    def _put_in_place(self) -> None:
        """Rename the fresh file to the journal.

        Where open files stand in the way of a rename (a virus scanner's will do), it is tried again for some seconds.
        """
        self._close_file()
        deadline = time.monotonic() + _REPLACE_PATIENCE
        while True:
            try:
                return self._disk.replace(self.folder / FRESH_NAME, self.path)
            except PermissionError:
                if self._disk.keeps_open or time.monotonic() >= deadline:
                    raise
            time.sleep(_REPLACE_PAUSE)

    def _give_up_replacing(self, error: BaseException) -> None:
        """Say what a failure means: where the journal is still the old one, nothing has happened."""
        with suppress(OSError, MemoryError):
            if self._look()[0] == self._identity:
                self._tidy()
                if isinstance(error, OSError):
                    raise refusal(self.folder, error) from error
                return
        self._failure = (
            f"The session in {self.folder} could not be rewritten safely ({_reason(error)}). "
            "Open it again and look in which state it is before going on."
        )
        if isinstance(error, OSError | MemoryError):
            raise SaveUncertain(self._failure) from error

    def _tidy(self) -> None:
        """Remove what a writer that died has left.

        That is a fresh file that was never put in place, and bytes set aside before a sealing.
        """
        try:
            stale = [name for name in self._disk.names(self.folder) if self._is_stale(name)]
            for name in stale:
                with suppress(FileNotFoundError):
                    self._disk.unlink(self.folder / name)
            if stale:
                self._disk.sync_folder(self.folder)
            self._torn.difference_update(stale)
        except (OSError, MemoryError) as error:
            self._leftover = (
                f"Older bytes of the session could not be removed from {self.folder} ({_reason(error)}). "
                f"Remove by hand what is called {TORN_PREFIX}… or {FRESH_NAME} there."
            )
        else:
            self._leftover = ""
            self._untidy = False

    def _is_stale(self, name: str) -> bool:
        if name == FRESH_NAME:
            return True
        number = name.removeprefix(TORN_PREFIX)
        sealed = self._replay.first > 1
        return sealed and number != name and number.isdecimal() and int(number) <= self._replay.first

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
        """Close the files; the lock, where held, is freed."""
        self._close_file()
        self._lock.close()

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        """Turn what the system says into a sentence."""
        try:
            yield
        except CxWorkshopError:
            raise
        except OSError as error:
            raise refusal(self.folder, error) from error
