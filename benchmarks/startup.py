"""Start-up: how long until people see something, as ratios to the least that could be done.

Console and ballot are compared with a bare Textual app of Header, Static and Footer, `--version` and `--help` with an
interpreter that does nothing. Everything is started in turn, round by round, so that a machine which grows slower
slows all alike; a figure is the median of the ratios within a round.

    python benchmarks/startup.py [--rounds N] [--columns 120] [--rows 34]

Exit code 1 where a bar is missed. Needs a Unix (pseudo-terminals) and the development extras (pyte).
"""

import argparse
import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pyte

FIRST_FRAME_BAR = 1.3
"""Console and ballot to the bare Textual app."""

COMMAND_BAR = 5.0
"""`--version` and `--help` to a bare interpreter."""

PROGRAM = Path(sys.executable).with_name("cxworkshop")

_LONGEST = 20.0
_QUIET = 0.8
"""Seconds without output after which nothing more is expected of a first frame."""

_BARE_APP = """
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


class Frame(NamedTuple):
    """A program to start, and the texts that its first full frame shows, its last line among them."""

    command: Sequence[str | Path]
    shows: Sequence[str]


def seconds_to_first_frame(frame: Frame, columns: int, rows: int, environment: Mapping[str, str]) -> float:
    """Start a program in a pseudo-terminal; seconds until every text of its first full frame stands on the screen.

    Raises:
        RuntimeError: The texts did not appear.
    """
    started = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        os.execve(frame.command[0], [str(word) for word in frame.command], environment)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    try:
        pieces = _output(terminal, started)
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(terminal)
    return _when_shown(frame, pieces, columns, rows)


def _output(terminal: int, started: float) -> list[tuple[float, bytes]]:
    """What a program writes until it falls quiet, each piece with its seconds since the start."""
    pieces: list[tuple[float, bytes]] = []
    while time.perf_counter() - started < _LONGEST:
        ready, _, _ = select.select([terminal], [], [], _QUIET if pieces else _LONGEST)
        if not ready:
            break
        try:
            piece = os.read(terminal, 1 << 20)
        except OSError:
            # The other end of a pseudo-terminal was closed: the program has ended.
            break
        pieces.append((time.perf_counter() - started, piece))
    return pieces


def _when_shown(frame: Frame, pieces: Sequence[tuple[float, bytes]], columns: int, rows: int) -> float:
    """Replay the output on a screen; the time of the piece after which all texts stand there."""
    screen = pyte.Screen(columns, rows)
    stream = pyte.ByteStream(screen)
    for seconds, piece in pieces:
        stream.feed(piece)
        shown = "\n".join(screen.display)
        if all(text in shown for text in frame.shows):
            return seconds
    shown = "\n".join(screen.display)
    raise RuntimeError(f"{frame.command}: {frame.shows} did not appear, but:\n{shown}")


def seconds_to_end(command: Sequence[str | Path], environment: Mapping[str, str]) -> float:
    """How long a command takes from start to end, without a terminal."""
    started = time.perf_counter()
    subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=environment, check=True)
    return time.perf_counter() - started


def measure(rounds: int, columns: int, rows: int, folder: Path) -> Mapping[str, tuple[float, float, float, float]]:
    """Everything, round by round.

    Returns:
        By name: median of the ratios, the lowest and highest of them, and the median in milliseconds.
    """
    environment = {**os.environ, "CXWORKSHOP_SESSIONS": str(folder / "sessions"), "TERM": "xterm-256color"}
    environment.pop("TEXTUAL_LOG", None)
    session = _session(folder, environment)
    bare_app = folder / "bare.py"
    bare_app.write_text(_BARE_APP, encoding="utf-8")
    frames = {
        "bare app": Frame([sys.executable, bare_app], ("bare title", "bare body", "leave it")),
        "console": Frame([PROGRAM, "run", session], ("Start-up", "1 Prepare", "The sitting", "help")),
        "ballot": Frame([PROGRAM, "vote", session], ("Start-up", "Next person", "facilitator", "help")),
    }
    commands: dict[str, Sequence[str | Path]] = {
        "interpreter": [sys.executable, "-c", "pass"],
        "--version": [PROGRAM, "--version"],
        "--help": [PROGRAM, "--help"],
    }
    taken: dict[str, list[float]] = {name: [] for name in (*frames, *commands)}
    for number in range(rounds + 1):
        for name, frame in frames.items():
            taken[name].append(seconds_to_first_frame(frame, columns, rows, environment))
        for name, command in commands.items():
            taken[name].append(seconds_to_end(command, environment))
        if number == 0:
            # The first round fills the caches of the disk and of compiled modules.
            for times in taken.values():
                times.clear()
    compared = {"console": "bare app", "ballot": "bare app", "--version": "interpreter", "--help": "interpreter"}
    found = {name: _ratios(taken[name], taken[floor]) for name, floor in compared.items()}
    floors = {floor: _ratios(taken[floor], taken[floor]) for floor in ("bare app", "interpreter")}
    return {**floors, **found}


def _ratios(times: Sequence[float], floor: Sequence[float]) -> tuple[float, float, float, float]:
    ratios = [own / least for own, least in zip(times, floor, strict=True)]
    return statistics.median(ratios), min(ratios), max(ratios), 1000 * statistics.median(times)


def _session(folder: Path, environment: Mapping[str, str]) -> str:
    """A session of the usual agenda with a roster and one open round, as a room meets it."""
    roster = folder / "roster.csv"
    people = "".join(f"Person {number:02},{('Sales', 'Support')[number % 2]},Staff\n" for number in range(16))
    roster.write_text(people, encoding="utf-8")

    def run(*words: str | Path) -> str:
        return subprocess.run(
            [PROGRAM, *words], env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True
        ).stdout

    session = run("new", "Start-up", "--roster", roster).strip()
    ballots = folder / "ballots.csv"
    ballots.write_text("participant,item,answer\nPerson 00,temkin-stage,2\n", encoding="utf-8")
    run("import", session, ballots)
    return session


def main() -> int:
    """Measure, print a table, and hold the figures to their bars."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--columns", type=int, default=120)
    parser.add_argument("--rows", type=int, default=34)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(options.rounds, options.columns, options.rows, Path(folder))
    bars = {"console": FIRST_FRAME_BAR, "ballot": FIRST_FRAME_BAR, "--version": COMMAND_BAR, "--help": COMMAND_BAR}
    print(f"{options.rounds} rounds, {options.columns}x{options.rows}, Python {sys.version.split()[0]}")
    missed = 0
    for name, (ratio, lowest, highest, milliseconds) in figures.items():
        line = f"{name:12} {milliseconds:7.0f} ms   {ratio:5.2f} ({lowest:.2f} to {highest:.2f})"
        if name in bars:
            verdict = "holds" if ratio <= bars[name] else "MISSED"
            missed += ratio > bars[name]
            line += f"   bar {bars[name]:.1f} {verdict}"
        print(line)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
