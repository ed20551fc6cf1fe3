"""Taking over a real (pseudo-)terminal, or refusing to."""

import os
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pyte
import pytest

from command_line import program

if sys.platform == "win32":
    pytest.skip("needs pseudo-terminals", allow_module_level=True)

import fcntl
import pty
import select
import termios


class Ended(NamedTuple):
    """What stood in the terminal, and the exit code."""

    shown: str
    code: int


class Terminal:
    """The program in a pseudo-terminal; where it is `controlling`, its window's size and end are told by signals."""

    def __init__(
        self,
        folder: Path,
        *words: str,
        columns: int = 100,
        rows: int = 30,
        controlling: bool = False,
        without: Sequence[str] = (),
        **environment: str,
    ) -> None:
        self._outer, inner = pty.openpty()
        self._set_size(columns, rows)
        surroundings = {**_without_size(os.environ), **places(folder), "TERM": "xterm-256color", **environment}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "cxworkshop", *words],
            stdin=inner,
            stdout=inner,
            stderr=inner,
            start_new_session=True,
            preexec_fn=_take_terminal if controlling else None,  # noqa: PLW1509 - one system call, no lock
            env={name: value for name, value in surroundings.items() if name not in without},
        )
        os.close(inner)
        self._shown = b""

    def wait_until(self, reached: Callable[[], object]) -> None:
        """Read what comes until something is so, as told by other means than the terminal."""
        deadline = time.monotonic() + 30
        while not reached():
            assert time.monotonic() < deadline, self._shown[-2000:]
            self._read(time.monotonic() + 0.05)

    def wait_for(self, text: str) -> None:
        """Read until a text came."""
        deadline = time.monotonic() + 30
        while text.encode() not in self._shown:
            assert self._read(deadline), self._shown
        assert text.encode() in self._shown

    def wait_for_new(self, text: str) -> None:
        """Forget what came, and read until a text came."""
        self._shown = b""
        self.wait_for(text)

    def press(self, keys: str) -> None:
        """Type something, however long, while what comes is read."""
        left = keys.encode()
        os.set_blocking(self._outer, False)
        while left:
            select.select([], [self._outer], [], 30)
            try:
                left = left[os.write(self._outer, left[:4096]) :]
            except BlockingIOError:
                self._read(time.monotonic() + 0.05)
        os.set_blocking(self._outer, True)

    def resize(self, columns: int, rows: int) -> None:
        """Make the window this large."""
        self._set_size(columns, rows)
        self._read(time.monotonic())

    def painted(self, columns: int, rows: int) -> list[str]:
        """What a window of this size shows of everything that came, line by line."""
        screen = pyte.Screen(columns, rows)
        pyte.ByteStream(screen).feed(self._shown)
        return [line.rstrip() for line in screen.display]

    @property
    def process(self) -> int:
        """The program's number."""
        return self._process.pid

    @property
    def echoes(self) -> bool:
        """Whether the terminal shows what is typed, as a shell expects."""
        return bool(termios.tcgetattr(self._outer)[3] & termios.ECHO)

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._outer, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def end(self) -> Ended:
        """Read until the program ends."""
        deadline = time.monotonic() + 30
        while self._read(deadline):
            pass
        try:
            code = self._process.wait(timeout=10)
        finally:
            self._process.kill()
            os.close(self._outer)
        return Ended(self._shown.decode(errors="replace"), code)

    def vanish(self) -> int:
        """Take the terminal away, which is told by a signal where it is `controlling`; gives the exit code."""
        os.close(self._outer)
        try:
            return self._process.wait(timeout=30)
        finally:
            self._process.kill()

    def signal(self, number: int) -> None:
        """Send the program a signal."""
        self._process.send_signal(number)

    def kill(self) -> None:
        """End the program as a power cut would, at once and with the terminal."""
        self._process.kill()
        self._process.wait(timeout=30)
        os.close(self._outer)

    def _read(self, deadline: float) -> bool:
        """Take in what comes; False at the end."""
        if not select.select([self._outer], [], [], max(0.0, deadline - time.monotonic()))[0]:
            return False
        try:
            piece = os.read(self._outer, 1 << 16)
        except OSError:
            return False
        self._shown += piece
        return bool(piece)


def _take_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _without_size(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment without the variables that overrule the size of a terminal."""
    return {name: value for name, value in environment.items() if name not in ("COLUMNS", "LINES")}


def places(folder: Path) -> dict[str, str]:
    return {
        "CXWORKSHOP_SESSIONS": str(folder / "sessions"),
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_CONFIG_HOME": str(folder / "config"),
    }


@pytest.fixture
def session(tmp_path: Path) -> str:
    return program("new", "Terminal test", environment=places(tmp_path)).stdout.decode().strip()


@pytest.mark.parametrize("words", [(), ("rehearse",), ("run",), ("vote",)], ids=" ".join)
def test_a_terminal_that_is_too_small_is_told_what_is_needed(
    tmp_path: Path, session: str, words: tuple[str, ...]
) -> None:
    named = (*words, session) if words in {("run",), ("vote",)} else words
    ended = Terminal(tmp_path, *named, columns=79, rows=24).end()
    assert ended.code == 1
    assert "80 columns by 24 rows" in ended.shown
    assert "79 by 24" in ended.shown


def test_a_terminal_that_cannot_place_text_is_refused_and_voters_are_shown_the_plain_way(
    tmp_path: Path, session: str
) -> None:
    ended = Terminal(tmp_path, "vote", session, TERM="dumb").end()
    assert ended.code == 1
    assert "vote --plain" in ended.shown


def test_the_console_opens_and_ends_and_no_log_of_keys_is_kept(tmp_path: Path, session: str) -> None:
    log = tmp_path / "keys.log"
    console = Terminal(tmp_path, "run", session, TEXTUAL_LOG=str(log), TEXTUAL="devtools,debug")
    console.wait_for("Terminal test")
    console.press("\x11")
    ended = console.end()
    assert ended.code == 0
    assert "Traceback" not in ended.shown
    assert not log.exists()


def test_a_terminal_that_goes_away_without_a_signal_takes_the_program_along(tmp_path: Path, session: str) -> None:
    console = Terminal(tmp_path, "run", session)
    console.wait_for("Prepare")
    assert console.vanish() == 1


def test_a_window_that_is_closed_at_its_first_frame_ends_the_program_as_the_signal_asks(
    tmp_path: Path, session: str
) -> None:
    console = Terminal(tmp_path, "run", session, controlling=True)
    console.wait_for("Terminal test")
    assert console.vanish() == 128 + signal.SIGHUP
