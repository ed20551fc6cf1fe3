"""Which voting terminals are alive, and what each is doing: a small file per terminal beside the journal.

None of it is history, so it stays out of the journal and costs no commit anything: `terminals/terminal-2.json` holds
`{"doing":"voting","since":…}`, padded to one length, written without waiting for the disk, and only when it changes.
No name, answer or code is ever in it. A terminal holds a lock on its file while it lives; the kernel frees the lock of
one that dies, and whoever looks next removes the file. A change also touches the folder, so that a look at an unchanged
one is a single call. A terminal that waits for the facilitator is released by a file
`terminal-2.next`, which it removes. The console leaves a sign of life, the time of an empty file `running`: after a
crash it tells how long the clock of the sitting ran without anybody.

These files may be missing, unreadable or unwritable without harm: no error leaves this module, and nothing goes through
`Disk`, whose calls are those that a session's safety rests on.
"""

import json
import os
import re
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread
from typing import Final, Protocol, get_args

from cxworkshop.domain.terminals import TerminalDoing, TerminalStatus

if os.name == "posix":
    import fcntl

FOLDER_NAME: Final = "terminals"
_RELEASE = ".next"
_RUNNING = "running"
_NAME = re.compile(r"(terminal|console)-([1-9][0-9]{0,2})\.json")
_MOST = 999
_LENGTH = 96
_LONGEST = 512
_PRIVATE_FILE = 0o600
_PRIVATE_FOLDER = 0o700
_BINARY = getattr(os, "O_BINARY", 0)

LOOK_CLOSELY = 1.0
"""Seconds after which files are read though their folder is unchanged: a terminal that dies touches nothing."""

BEAT = 2.0
"""Seconds between signs of life where there is no lock to hold."""

SILENCE = 10.0
"""Seconds without a sign of life after which a terminal counts as dead there."""


class Life(Protocol):
    """How a terminal shows that it lives."""

    def take(self, path: Path) -> int | None:
        """Make a file one's own and give its descriptor; None where it is somebody's. Raises `OSError`."""
        ...

    def clear_if_dead(self, path: Path, descriptor: int) -> bool:
        """Tell whether the terminal of an open file is dead, and remove the file if so. Raises `OSError`."""
        ...

    def end(self) -> None:
        """Show no life any more."""
        ...


class LockedLife:
    """A lock held on the file (flock). A file is removed by nobody but the holder of the lock on it."""

    def take(self, path: Path) -> int | None:
        """Lock a file, new or left behind by a dead terminal."""
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, _PRIVATE_FILE)
        with suppress(BlockingIOError, FileNotFoundError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(path.stat(), os.fstat(descriptor)):
                return descriptor
        os.close(descriptor)
        return None

    def clear_if_dead(self, path: Path, descriptor: int) -> bool:
        """A lock that can be had is a dead terminal's."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        with suppress(OSError):  # in a folder that may only be read the file stays
            if os.path.samestat(path.stat(), os.fstat(descriptor)):
                path.unlink()
        return True

    def end(self) -> None:
        """Closing the file frees the lock."""


class BeatingLife:
    """A file touched every few seconds, for systems without flock.

    Args:
        wall: The present time in seconds since 1970, as files are stamped.
    """

    def __init__(self, wall: Callable[[], float] = time.time) -> None:
        self._wall = wall
        self._ended = Event()

    def take(self, path: Path) -> int | None:
        """Make a file that is not there, and begin to touch it."""
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | _BINARY
        try:
            descriptor = os.open(path, flags, _PRIVATE_FILE)
        except FileExistsError:
            return None
        self._ended = Event()
        Thread(target=self._beat, args=(path, self._ended), daemon=True).start()
        return descriptor

    def clear_if_dead(self, path: Path, descriptor: int) -> bool:
        """A file that was not touched for a while is a dead terminal's."""
        if self._wall() - os.fstat(descriptor).st_mtime <= SILENCE:
            return False
        with suppress(OSError):  # open files cannot be removed on Windows; it is left out all the same
            path.unlink()
        return True

    def end(self) -> None:
        """Stop touching it."""
        self._ended.set()

    @staticmethod
    def _beat(path: Path, ended: Event) -> None:
        while not ended.wait(BEAT):
            with suppress(OSError):
                os.utime(path)


@dataclass(frozen=True, slots=True)
class _Own:
    """The file of this process."""

    path: Path
    descriptor: int
    console: bool


class FolderTerminals:
    """The voting terminals of the session in a folder.

    Args:
        session: The session's folder.
        life: How terminals show that they live; the system's own way if None.
        seconds: A running clock.
    """

    def __init__(
        self, session: Path, *, life: Life | None = None, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self._folder = session / FOLDER_NAME
        self._life: Life = life or (LockedLife() if os.name == "posix" else BeatingLife())
        self._seconds = seconds
        self._own: _Own | None = None
        self._said: TerminalDoing | None = None
        self._stamp = 0
        self._look_at = 0.0
        self._present: tuple[TerminalStatus, ...] = ()

    def announce(self, doing: TerminalDoing, now: datetime, *, console: bool = False) -> None:
        """Let the others know what this terminal is doing from now on; nothing is written where that is no news."""
        if self._own is not None and self._own.console is not console:
            self.withdraw()
        if doing == self._said:
            return
        with suppress(OSError):
            self._own = self._own or self._taken("console" if console else "terminal")
            if self._own is not None:
                self.released()  # a release that came before is not for the wait that may begin now
                said = json.dumps({"doing": doing, "since": now.timestamp()}, separators=(",", ":"))
                os.lseek(self._own.descriptor, 0, os.SEEK_SET)
                # One write of always the same length: a reader never meets a half of it.
                os.write(self._own.descriptor, said.encode().ljust(_LENGTH))
                self._said = doing
                # The system's own stamps move in steps of milliseconds, within which a reader would miss this one.
                os.utime(self._folder, ns=(stamp := time.time_ns(), stamp))

    def withdraw(self) -> None:
        """Be no voting terminal any more."""
        self.released()
        own, self._own, self._said = self._own, None, None
        if own is None:
            return
        self._life.end()
        # A file that cannot be removed while it is open is left to the others, who find it dead.
        with suppress(OSError):
            if os.path.samestat(own.path.stat(), os.fstat(own.descriptor)):
                own.path.unlink()
        with suppress(OSError):
            os.close(own.descriptor)

    def release(self, terminal: TerminalStatus) -> None:
        """Let the next person begin at a terminal that waits; where it does not, it forgets this when it begins to."""
        kind = "console" if terminal.console else "terminal"
        with suppress(OSError):
            descriptor = os.open(
                self._folder / f"{kind}-{terminal.number}{_RELEASE}", os.O_WRONLY | os.O_CREAT, _PRIVATE_FILE
            )
            os.close(descriptor)

    def released(self) -> bool:
        """Whether this terminal was released since it began to wait; it tells that once."""
        if self._own is None:
            return False
        try:
            self._own.path.with_suffix(_RELEASE).unlink()
        except OSError:
            return False
        return True

    def present(self) -> tuple[TerminalStatus, ...]:
        """Every terminal that is alive, by number, consoles last; one look at the folder where nothing is new."""
        try:
            stamp = self._folder.stat().st_mtime_ns
        except OSError:
            self._present = ()
            return ()
        now = self._seconds()
        if stamp != self._stamp or now >= self._look_at:
            self._stamp, self._look_at = stamp, now + LOOK_CLOSELY
            self._present = self._read_all()
        return self._present

    def console_lives(self, now: datetime) -> None:
        """Leave a sign that a console is running, to be left anew every now and then."""
        path, stamp = self._folder / _RUNNING, now.timestamp()
        with suppress(OSError):
            try:
                os.utime(path, (stamp, stamp))
            except FileNotFoundError:
                self._make_folder()
                os.close(os.open(path, os.O_WRONLY | os.O_CREAT, _PRIVATE_FILE))
                os.utime(path, (stamp, stamp))

    def console_lived(self) -> datetime | None:
        """When a console was last seen running; None where nothing tells."""
        try:
            return datetime.fromtimestamp((self._folder / _RUNNING).stat().st_mtime, UTC)
        except (OSError, OverflowError, ValueError):
            return None

    def _make_folder(self) -> None:
        with suppress(FileExistsError):
            self._folder.mkdir(mode=_PRIVATE_FOLDER)

    def _taken(self, kind: str) -> _Own | None:
        """The first file of a kind that is nobody's."""
        self._make_folder()
        for number in range(1, _MOST + 1):
            path = self._folder / f"{kind}-{number}.json"
            descriptor = self._life.take(path)
            if descriptor is not None:
                return _Own(path, descriptor, kind == "console")
        return None

    def _read_all(self) -> tuple[TerminalStatus, ...]:
        try:
            names = [file.name for file in self._folder.iterdir()]
        except OSError:
            return ()
        found = [status for name in names if (status := self._read(name)) is not None]
        return tuple(sorted(found, key=lambda status: (status.console, status.number)))

    def _read(self, name: str) -> TerminalStatus | None:
        """What a file says; None where it is not one of ours, its terminal is dead, or it says nothing yet."""
        matched = _NAME.fullmatch(name)
        if matched is None:
            return None
        path = self._folder / name
        try:
            descriptor = os.open(path, os.O_RDONLY | _BINARY)
        except OSError:
            return None
        try:
            if self._life.clear_if_dead(path, descriptor):
                return None
            said = _said(os.read(descriptor, _LONGEST))
        except OSError:
            return None
        finally:
            os.close(descriptor)
        if said is None:
            return None
        here = self._own is not None and self._own.path == path
        return TerminalStatus(int(matched[2]), *said, console=matched[1] == "console", here=here)


def _said(content: bytes) -> tuple[TerminalDoing, datetime] | None:
    """What a terminal is doing, and since when; None where the bytes do not say it."""
    try:
        fields = json.loads(content)
        since = datetime.fromtimestamp(float(fields["since"]), UTC)
        doing = next(each for each in get_args(TerminalDoing) if each == fields["doing"])
    except (ValueError, TypeError, KeyError, OverflowError, OSError, StopIteration):
        return None
    return doing, since
