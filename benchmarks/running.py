"""Running: what the applications take while nothing happens, and what memory ten thousand ballots take.

Console, projector and voting terminal run at once with a bare Textual app, on a session in preparation and on one that
takes ballots; what of a core each uses is read from the system to the nanosecond. Memory is compared with the same
application on an empty session.

    python benchmarks/running.py [--quick]

Exit code 1 where a bar is missed. Needs Linux and the development extras (pyte).
"""

import argparse
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from figures import Report
from sittings import Sitting, State, make_sitting
from terminal import PROGRAM, Terminal, bare_frame, environment, processor_seconds, resident_megabytes

IDLE_BAR = 0.6
"""Percent of a core while no round is open."""

VOTING_BAR = 1.0
"""Percent of a core while voting is open and nobody votes just now."""

MEMORY_BAR = 2.0
MANY = 10_000

WORDS = {"run": "console", "screen": "projector", "vote": "voting terminal"}
_SETTLED = 3.0
"""Seconds after which what is done once after the first frame is over."""


def measure_idle(report: Report, folder: Path, windows: int, window: float) -> None:
    """All applications side by side, window by window."""
    sessions = folder / "idle"
    sessions.mkdir()
    surroundings = environment(sessions)
    sittings: dict[str, tuple[Sitting, float]] = {
        "no round open": (make_sitting(sessions, 0, "prepared", to_come=30), IDLE_BAR),
        "voting open": (make_sitting(sessions, 30, "open", to_come=10), VOTING_BAR),
        "voting open, 10,000 stored": (make_sitting(sessions, MANY, "open", to_come=10), VOTING_BAR),
    }
    with ExitStack() as running:
        bare = running.enter_context(Terminal(bare_frame(folder).command, surroundings))
        terminals: list[tuple[str, Terminal, float | None]] = [("bare Textual app", bare, None)]
        for state, (sitting, highest) in sittings.items():
            for word, name in WORDS.items():
                terminal = running.enter_context(Terminal([PROGRAM, word, sitting.id], surroundings))
                terminals.append((f"{name}, {state}", terminal, highest))
        for _, terminal, _ in terminals:
            terminal.until_quiet(_SETTLED)
        taken: dict[str, list[float]] = {name: [] for name, _, _ in terminals}
        for _ in range(windows):
            before = [processor_seconds(terminal.process) for _, terminal, _ in terminals]
            started = time.perf_counter()
            time.sleep(window)
            passed = time.perf_counter() - started
            for (name, terminal, _), earlier in zip(terminals, before, strict=True):
                taken[name].append(100 * (processor_seconds(terminal.process) - earlier) / passed)
                terminal.until_quiet(0.01, longest=0.05)
    report.heading(f"percent of a core, {windows} windows of {window:g} s, all at once")
    for name, _, bar in terminals:
        report.line(name, taken[name], unit="%", bar=bar)


def measure_memory(report: Report, folder: Path, times: int) -> None:
    """Each application with many ballots and with none, one after the other."""
    sessions = folder / "memory"
    sessions.mkdir()
    surroundings = environment(sessions)
    states: tuple[State, ...] = ("open", "revealed")
    empty = make_sitting(sessions, 0, "open", to_come=30)
    report.heading(f"memory with {MANY:,} ballots ÷ memory of the same with none")
    for state in states:
        full = make_sitting(sessions, MANY, state, to_come=10)
        for word, name in WORDS.items():
            pairs = [
                (_megabytes(word, full.id, surroundings), _megabytes(word, empty.id, surroundings))
                for _ in range(times)
            ]
            ratios = [one / none for one, none in pairs]
            beside = f"{pairs[0][0]:.0f} and {pairs[0][1]:.0f} MB"
            report.line(f"{name}, {state}", ratios, bar=MEMORY_BAR, beside=beside)


def _megabytes(word: str, session: str, surroundings: dict[str, str]) -> float:
    with Terminal([PROGRAM, word, session], surroundings) as terminal:
        terminal.until_quiet(_SETTLED)
        return resident_megabytes(terminal.process)


def main() -> int:
    """Measure, print, and hold the figures to their bars."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="short windows: to see that it runs, not to judge by")
    options = parser.parse_args()
    report = Report("Running: processor and memory")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        measure_idle(report, folder, *((2, 3.0) if options.quick else (7, 10.0)))
        measure_memory(report, folder, 1 if options.quick else 3)
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
