"""Programs in pseudo-terminals, watched and timed from outside."""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

import pyte

PROGRAM = Path(sys.executable).with_name("cxworkshop")

COLUMNS, ROWS = 120, 34

BARE_APP = """
from textual.app import App, ComposeResult
from textual.widgets import Footer, Header, Static


class Bare(App[None]):
    TITLE = "bare title"
    BINDINGS = [("q", "quit", "leave it")]

    def compose(self) -> ComposeResult:
        yield Header()
        yield Static("bare body")
        yield Footer()


Bare().run()
"""
"""The least that a Textual app of this kind does: what the applications are compared with."""

_LONGEST = 20.0
_QUIET = 0.8
"""Seconds without output after which nothing more is expected of a first frame."""

_ASKS_FOR_FRAMES, _HAS_FRAMES = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
"""Textual marks the beginning and end of its frames where a terminal says that it knows the marks."""

FRAME_END = b"\x1b[?2026l"


class Frame(NamedTuple):
    """A program to start, and the texts that its first full frame shows, its last line among them."""

    command: Sequence[str | Path]
    shows: Sequence[str]


class Piece(NamedTuple):
    """Some output, and when it was read, by the clock of `time.perf_counter`."""

    seconds: float
    data: bytes


def bare_frame(folder: Path) -> Frame:
    """The bare Textual app, as a script in a folder."""
    script = folder / "bare.py"
    script.write_text(BARE_APP, encoding="utf-8")
    return Frame([sys.executable, script], ("bare title", "bare body", "leave it"))


def environment(sessions: Path) -> dict[str, str]:
    """What programs are started with.

    Python may keep compiled modules, as it does for whoever installs the program: where that is switched off for a
    checkout, ours would be compiled at every start, and those of the bare app, which pip has compiled, would not.
    """
    found = {**os.environ, "CXWORKSHOP_SESSIONS": str(sessions), "TERM": "xterm-256color"}
    for name in ("TEXTUAL_LOG", "PYTHONDONTWRITEBYTECODE"):
        found.pop(name, None)
    return found


class Terminal:
    """A program in a pseudo-terminal of its own, killed on leaving.

    Args:
        command: The program and its words.
        surroundings: Its environment.
        columns: The terminal's width.
        rows: Its height.
    """

    def __init__(
        self,
        command: Sequence[str | Path],
        surroundings: Mapping[str, str],
        columns: int = COLUMNS,
        rows: int = ROWS,
    ) -> None:
        self.command = command
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.started = time.perf_counter()
        self.process, self.descriptor = pty.fork()
        if self.process == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.execve(command[0], [str(word) for word in command], surroundings)
        fcntl.ioctl(self.descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def read(self, patience: float) -> Piece | None:
        """The next output; None where nothing comes in so many seconds, or the program has ended."""
        ready, _, _ = select.select([self.descriptor], [], [], patience)
        if not ready:
            return None
        try:
            data = os.read(self.descriptor, 1 << 20)
        except OSError:
            # The other end of a pseudo-terminal was closed: the program has ended.
            return None
        piece = Piece(time.perf_counter(), data)
        if _ASKS_FOR_FRAMES in data:
            os.write(self.descriptor, _HAS_FRAMES)
        return piece

    def until_quiet(self, quiet: float = _QUIET, longest: float = _LONGEST) -> list[Piece]:
        """All output until nothing comes for a while; for the first piece it is waited as long as may be."""
        end = time.perf_counter() + longest
        pieces: list[Piece] = []
        while (left := end - time.perf_counter()) > 0:
            piece = self.read(min(quiet, left) if pieces else left)
            if piece is None:
                break
            pieces.append(piece)
        return pieces

    def press(self, keys: bytes) -> float:
        """Send keys; gives the time just before."""
        now = time.perf_counter()
        os.write(self.descriptor, keys)
        return now

    def feed(self, pieces: Sequence[Piece], shown: Callable[[str], bool]) -> float | None:
        """Replay output on the screen; the time of the piece after which it first shows what is looked for."""
        found = None
        for piece in pieces:
            self._stream.feed(piece.data)
            if found is None and shown(self.text):
                found = piece.seconds
        return found

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(self.screen.display)

    def wait_for(self, *texts: str, patience: float = _LONGEST) -> float:
        """Read on until all texts stand on the screen; gives the time of the piece that completed them.

        Raises:
            RuntimeError: They did not appear.
        """
        end = time.perf_counter() + patience
        while (left := end - time.perf_counter()) > 0:
            piece = self.read(left)
            if piece is None:
                break
            found = self.feed([piece], lambda shown: all(text in shown for text in texts))
            if found is not None:
                return found
        raise RuntimeError(f"{self.command}: {texts} did not appear, but:\n{self.text}")

    def kill(self) -> None:
        """End the program."""
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        os.close(self.descriptor)


def seconds_to_first_frame(
    frame: Frame, columns: int, rows: int, surroundings: Mapping[str, str], *, quiet: float = _QUIET
) -> float:
    """Start a program in a pseudo-terminal; seconds until every text of its first full frame stands on the screen.

    Raises:
        RuntimeError: The texts did not appear.
    """
    with Terminal(frame.command, surroundings, columns, rows) as terminal:
        # Replaying takes time from the program, so it is done when nothing more comes.
        while pieces := terminal.until_quiet(quiet):
            found = terminal.feed(pieces, lambda shown: all(text in shown for text in frame.shows))
            if found is not None:
                return found - terminal.started
        raise RuntimeError(f"{frame.command}: {frame.shows} did not appear, but:\n{terminal.text}")


def processor_seconds(process: int) -> float:
    """How long all threads of a process have run on a processor, to the nanosecond; Linux only."""
    tasks = Path(f"/proc/{process}/task").iterdir()
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9


def resident_megabytes(process: int) -> float:
    """How much memory a process holds; Linux only."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError(f"the memory of process {process} is not told")
