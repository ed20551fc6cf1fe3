"""Start-up: how long until people see something, as ratios to the least that could be done.

Console and ballot are compared with a bare Textual app of Header, Static and Footer, `--version` and `--help` with an
interpreter that does nothing. Everything is started in turn, round by round, so that a machine which grows slower
slows all alike; a figure is the median of the ratios within a round.

    python benchmarks/startup.py [--rounds N] [--columns 120] [--rows 34]

Exit code 1 where a bar is missed. Needs a Unix (pseudo-terminals) and the development extras (pyte).
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from terminal import PROGRAM, Frame, bare_frame, environment, seconds_to_first_frame

FIRST_FRAME_BAR = 1.3
"""Console and ballot to the bare Textual app."""

COMMAND_BAR = 5.0
"""`--version` and `--help` to a bare interpreter."""


def seconds_to_end(command: Sequence[str | Path], surroundings: Mapping[str, str]) -> float:
    """How long a command takes from start to end, without a terminal."""
    started = time.perf_counter()
    subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=surroundings, check=True)
    return time.perf_counter() - started


def measure(rounds: int, columns: int, rows: int, folder: Path) -> Mapping[str, tuple[float, float, float, float]]:
    """Everything, round by round.

    Returns:
        By name: median of the ratios, the lowest and highest of them, and the median in milliseconds.
    """
    surroundings = environment(folder / "sessions")
    session = _session(folder, surroundings)
    frames = {
        "bare app": bare_frame(folder),
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
            taken[name].append(seconds_to_first_frame(frame, columns, rows, surroundings))
        for name, command in commands.items():
            taken[name].append(seconds_to_end(command, surroundings))
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


def _session(folder: Path, surroundings: Mapping[str, str]) -> str:
    """A session of the usual agenda with a roster and one open round, as a room meets it."""
    roster = folder / "roster.csv"
    people = "".join(f"Person {number:02},{('Sales', 'Support')[number % 2]},Staff\n" for number in range(16))
    roster.write_text(people, encoding="utf-8")

    def run(*words: str | Path) -> str:
        return subprocess.run(
            [PROGRAM, *words], env=surroundings, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True
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
