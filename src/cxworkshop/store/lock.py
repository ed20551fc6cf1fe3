"""The lock under which a session is written, shared by all processes on the machine.

It lies on a file of its own that the program never replaces or removes, and belongs to an open file: the kernel frees
it when its holder dies, so there is no stale lock to clear.
"""

import os
import time
from contextlib import suppress
from pathlib import Path

from cxworkshop.domain.errors import SessionBusy
from cxworkshop.store.disk import Disk

if os.name == "posix":
    import fcntl

PATIENCE = 10.0
"""Seconds to wait for a lock before giving up."""
_FIRST_PAUSE = 0.0002
_LONGEST_PAUSE = 0.001
_OPEN_LOCK = os.O_RDWR | os.O_CREAT


def busy(path: Path) -> SessionBusy:
    """The refusal for a lock that somebody else holds for too long."""
    return SessionBusy(
        f"The session in {path.parent} is held by another window that does not let go. "
        "Look for a cxworkshop that hangs or was stopped, close it, and try again."
    )


class HeldFileLock:
    """A lock on a file that is kept open between uses (flock).

    Keeping the file open makes a lock and its release three system calls; opening it each time, as filelock does, costs
    a third of a whole commit. One of the three looks whether the file is still there: whoever locks one that was
    removed keeps nobody out. Waiting is by trying again after short pauses, so that it can end at a deadline.
    """

    def __init__(self, path: Path, disk: Disk) -> None:
        self._path = path
        self._disk = disk
        self._descriptor: int | None = None
        self._identity = (0, 0)

    def acquire(self, patience: float) -> None:
        """Take the lock; raises `SessionBusy` after `patience` seconds and `OSError` where it cannot be had at all."""
        deadline = time.monotonic() + patience
        while True:
            self._lock_file(deadline)
            try:
                if self._is_current():
                    return
            except BaseException:
                self.close()
                raise
            self.close()

    def _lock_file(self, deadline: float) -> None:
        """Lock the file that is open, or else the one that has the name now."""
        if self._descriptor is None:
            self._descriptor = self._disk.open(self._path, _OPEN_LOCK)
            self._identity = _identity(self._disk.stat(self._descriptor))
        pause = _FIRST_PAUSE
        while True:
            try:
                return fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise busy(self._path) from None
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    def _is_current(self) -> bool:
        """Whether the locked file is still the one that others find under its name."""
        with suppress(FileNotFoundError):
            return _identity(self._disk.stat(self._path)) == self._identity
        return False

    def release(self) -> None:
        """Let the lock go; nothing where it is not held."""
        if self._descriptor is not None:
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def close(self) -> None:
        """Close the file, which frees the lock."""
        if self._descriptor is not None:
            descriptor, self._descriptor = self._descriptor, None
            with suppress(OSError):  # the descriptor is gone in any case, and the lock with it
                self._disk.close(descriptor)


def _identity(found: os.stat_result) -> tuple[int, int]:
    return found.st_dev, found.st_ino


class OpenedFileLock:
    """The same lock through filelock, opened for each use: for systems without flock."""

    def __init__(self, path: Path) -> None:
        from filelock import FileLock  # noqa: PLC0415 - only where it is needed

        self._path = path
        self._lock = FileLock(path, mode=0o600, poll_interval=_LONGEST_PAUSE)

    def acquire(self, patience: float) -> None:
        """Take the lock; raises `SessionBusy` after `patience` seconds and `OSError` where it cannot be had at all."""
        from filelock import Timeout  # noqa: PLC0415 - as above

        try:
            self._lock.acquire(timeout=patience)
        except Timeout:
            raise busy(self._path) from None

    def release(self) -> None:
        """Let the lock go."""
        self._lock.release()

    def close(self) -> None:
        """Free the lock, where it is held."""
        self._lock.release(force=True)


def session_lock(path: Path, disk: Disk) -> HeldFileLock | OpenedFileLock:
    """The lock that goes with a disk: held open where files may stay open."""
    return HeldFileLock(path, disk) if disk.keeps_open else OpenedFileLock(path)
