"""The list of the reveal: from a key to the end of its frame, as ratios to an app with one Static.

40 items, each with its distribution. Our list stands alone in an app, and in the console as people use it; beside it
the same rows in a DataTable and in one Static per item. All run at once, each in a pseudo-terminal, and get a key in
turn; the clock stops at the end of the last frame that follows. `j` moves the cursor, `u` (in the console `o`, the
list's other order) repaints everything with other figures.

    python benchmarks/reveal_list.py [--quick]

Exit code 1 where a bar is missed. Needs Linux and the development extras (pyte).
"""

import argparse
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from figures import Report
from sittings import make_sitting
from terminal import FRAME_END, PROGRAM, Terminal, environment, processor_seconds

CURSOR_BAR = 1.3
REPAINT_BAR = 3.0

APPS = {
    "static": "an app with one Static",
    "list": "our list alone",
    "console": "our list in the console",
    "statics": "one Static per item",
    "table": "DataTable",
}
_QUIET = 0.06
"""Seconds without output after which a key has had its effect."""


class Reaction(NamedTuple):
    """What a key led to."""

    seconds: float
    """Until the end of the last frame."""
    processor: float
    """Seconds on a processor."""


def react(terminal: Terminal, key: bytes) -> Reaction:
    """Press a key, and wait for all that it repaints.

    Raises:
        RuntimeError: Nothing was repainted.
    """
    before = processor_seconds(terminal.process)
    pressed = terminal.press(key)
    pieces = terminal.until_quiet(_QUIET, longest=2.0)
    frames = [piece.seconds for piece in pieces if FRAME_END in piece.data]
    if not frames:
        raise RuntimeError(f"{terminal.command}: nothing was repainted after {key!r}")
    return Reaction(frames[-1] - pressed, processor_seconds(terminal.process) - before)


def cursor_keys(count: int) -> list[bytes]:
    """Down and up again, as far as needs no scrolling."""
    return [b"j" if place // 10 % 2 == 0 else b"k" for place in range(count)]


def measure(terminals: Mapping[str, Terminal], keys: int) -> dict[str, dict[str, list[Reaction]]]:
    """Each key in every app in turn: reactions by kind of key and app."""
    repaints = {name: b"o" if name == "console" else b"u" for name in terminals}
    presses = {
        "repaint": [repaints] * keys,
        "cursor": [dict.fromkeys(terminals, key) for key in cursor_keys(keys)],
    }
    return {kind: _reactions(terminals, given) for kind, given in presses.items()}


def _reactions(terminals: Mapping[str, Terminal], presses: Sequence[Mapping[str, bytes]]) -> dict[str, list[Reaction]]:
    found: dict[str, list[Reaction]] = {name: [] for name in terminals}
    for press in presses:
        for name, terminal in terminals.items():
            found[name].append(react(terminal, press[name]))
    return found


def main() -> int:
    """Measure, print, and hold the figures to their bars."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="few keys: to see that it runs, not to judge by")
    options = parser.parse_args()
    keys, repeats = (10, 2) if options.quick else (40, 4)
    report = Report(f"The list of the reveal: {repeats} times {keys} keys of each kind")
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        sessions = Path(folder, "sessions")
        sessions.mkdir()
        sitting = make_sitting(sessions, 30, "revealed")
        surroundings = environment(sessions)
        script = Path(__file__).with_name("list_apps.py")
        terminals = {
            name: running.enter_context(
                Terminal(
                    [PROGRAM, "run", sitting.id] if name == "console" else [sys.executable, script, name],
                    surroundings,
                )
            )
            for name in APPS
        }
        for terminal in terminals.values():
            terminal.until_quiet(2.0)
        rounds = [measure(terminals, keys) for _ in range(repeats)]
    for kind, bar in (("cursor", CURSOR_BAR), ("repaint", REPAINT_BAR)):
        title = {"cursor": "the cursor moves", "repaint": "all is repainted"}[kind]
        report.heading(f"{title}: key to frame ÷ that of an app with one Static (medians)")
        floors = [_middle(found[kind]["static"]) for found in rounds]
        report.line(APPS["static"], [1000 * floor.seconds for floor in floors], unit="ms")
        for name, title_of in APPS.items():
            if name != "static":
                own = [_middle(found[kind][name]) for found in rounds]
                walls = [one.seconds / floor.seconds for one, floor in zip(own, floors, strict=True)]
                cores = [one.processor / floor.processor for one, floor in zip(own, floors, strict=True)]
                held = bar if name in ("list", "console") else None
                report.line(title_of, walls, bar=held, beside=f"processor {statistics.median(cores):.2f} x")
    return report.end()


def _middle(reactions: list[Reaction]) -> Reaction:
    return Reaction(
        statistics.median(found.seconds for found in reactions),
        statistics.median(found.processor for found in reactions),
    )


if __name__ == "__main__":
    sys.exit(main())
