"""The file of a session: an append-only journal that any number of processes read and write as equals.

A session folder holds

- `session.journal`, the state: a head and one line per commit (see `lines`);
- `session.lock`, which every writer locks; it is empty and never replaced;
- `session.journal.torn-<n>`, where a commit was torn: bytes found at the end of the journal that do not make a whole
  line, set aside by the next writer. <n> is the number the commit would have had;
- `session.journal.new`, for a moment, while a fresh journal is written.

Writing: take the lock, take in what others appended, append one line in one write, wait for the disk, let the lock go.
Because the disk is waited for under the lock, only the very last line can ever be torn, and none of those that came
into being with the file. Reading takes no lock, but for a moment where the end of the file is not whole: to tell a line
in the writing from a torn one.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cxworkshop.domain.errors import DamagedSession, NotSaved, SaveUncertain, SessionBusy
from cxworkshop.store.disk import CREATE_OR_APPEND, READ, READ_AND_APPEND, Disk
from cxworkshop.store.fresh import (
    FRESH_NAME,
    LOCK_NAME,
    TORN_PREFIX,
    AllTables,
    fresh_lines,
    refusal,
    write_fresh,
    write_whole,
)
from cxworkshop.store.lines import Changes, encode
from cxworkshop.store.lock import PATIENCE, session_lock
from cxworkshop.store.reader import Identity, JournalReader, torn_sentence
from cxworkshop.store.replay import is_left_alone

_REPLACE_PATIENCE = 2.5
_REPLACE_PAUSE = 0.05
_PATIENCE_WITH_A_TAIL = 0.5


def _reason(error: BaseException) -> str:
    """What the system says about a failure, in a few words."""
    return getattr(error, "strerror", None) or type(error).__name__


class Journal(JournalReader):
    """An open journal: the state as last read, and the one way to change it.

    Args:
        folder: the session's folder, which must exist and hold a journal.
        disk: the calls on files.

    Raises:
        StoreError: as `JournalReader` does.
    """

    def __init__(self, folder: Path, disk: Disk) -> None:
        self._lock = session_lock(folder / LOCK_NAME, disk)
        self._tidied: Identity | None = None
        self._leftover = ""
        self._failure = ""
        super().__init__(folder, disk)

    @property
    def damage(self) -> tuple[str, ...]:
        """What was found wrong with the files, one sentence each; empty where all is well."""
        tail = (torn_sentence(self.path),) if self._ends_torn() else ()
        return (*super().damage, *tail, *((self._leftover,) if self._leftover else ()))

    def _ends_torn(self) -> bool:
        """Whether the file, whose lines are otherwise whole, ends in bytes that nobody is writing any more.

        The lock is tried through a descriptor of its own, since that of the journal may hold it in another thread.
        """
        seen, position = self._seen, self._replay.position
        if seen is None or seen[1] <= position or self.is_damaged:
            return False
        lock = session_lock(self.folder / LOCK_NAME, self._disk)
        try:
            if LOCK_NAME in self._disk.names(self.folder):
                lock.acquire(_PATIENCE_WITH_A_TAIL)
            return self._look() == seen and self._is_left_alone(position, seen[1])
        except SessionBusy:
            return False  # somebody writes: the next writer, if not this one, finds out
        except OSError:
            return True
        finally:
            lock.close()

    def _is_left_alone(self, start: int, end: int) -> bool:
        """Whether what stands in the file from `start` to `end` makes no line to take in."""
        descriptor = self._disk.open(self.path, READ)
        try:
            return is_left_alone(self._read(descriptor, start, end))
        finally:
            self._disk.close(descriptor)

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
        try:
            self._acquire()
        except OSError as error:
            raise refusal(self.folder, error) from error
        try:
            yield
        finally:
            self._lock.release()

    def _acquire(self) -> None:
        """Take the lock and the tail, and put the file in order."""
        self._lock.acquire(PATIENCE)
        try:
            self._take_in(locked=True)
            self._put_in_order()
        except BaseException:
            self._lock.release()
            raise

    def _put_in_order(self) -> None:
        if self.is_damaged:
            self._read_anew(locked=True)  # without the lock it may have been read in the middle of a change
        if self.is_damaged:
            raise DamagedSession(self.damaged_sentence())
        if self._seen is not None and self._seen[1] > self._replay.position:
            self._set_torn_bytes_aside(self._seen[1])
        if self._tidied != self._identity:
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
        try:
            with self._opened(READ_AND_APPEND) as descriptor:
                self._write(descriptor, line)
        except OSError as error:
            raise refusal(self.folder, error) from error
        with self.state:
            self._replay.append(line, changes)
            self.revision += 1
        self._seen = (self._identity, self._replay.position)

    def _write(self, descriptor: int, line: bytes) -> None:
        try:
            write_whole(self._disk, descriptor, line)
            self._disk.sync_data(descriptor)
        except BaseException as error:
            self._take_back(descriptor, error)
            if isinstance(error, OSError | MemoryError):
                raise NotSaved(self._failure) from error
            raise

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
        self._tidied = None
        content = fresh_lines(max(2, self._replay.number + 1), documents)
        try:
            write_fresh(self.folder / FRESH_NAME, content, self._disk)
        except OSError as error:
            raise refusal(self.folder, error) from error
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
            self._tidied = self._identity

    def _is_stale(self, name: str) -> bool:
        if name == FRESH_NAME:
            return True
        number = name.removeprefix(TORN_PREFIX)
        sealed = self._replay.first > 1
        return sealed and number != name and number.isdecimal() and int(number) <= self._replay.first

    def close(self) -> None:
        """Close the files; the lock, where held, is freed."""
        super().close()
        self._lock.close()
