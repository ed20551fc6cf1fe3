"""A long sitting: memory and open files of console and voting terminal after hours of use, in minutes.

Each is driven by keys through what an hour brings: for the facilitator every step, view and dialog, with notes, timers
and a blanked projector; for the voting terminal thirty ballots of forty items. Memory and descriptors are read from the
system after everything was met once, since screens are loaded when they are first met, and after each further hour.

    python benchmarks/soak.py [--quick]

Exit code 1 where a bar is missed. Needs Linux and the development extras (pyte).
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from figures import Report
from sittings import ITEMS, Sitting, make_sitting
from terminal import PROGRAM, Terminal, environment, resident_megabytes

from cxworkshop.store.repository import SessionRepository

GROWTH_BAR = 1.10
"""Memory after an hour to that at its beginning."""

ACTS_AN_HOUR = 12
"""Walks through all steps in an hour: with what is done at each, an act every few seconds."""

BALLOTS_AN_HOUR = 30

_ENTER, _ESCAPE, _DOWN, _PAGE_DOWN, _PAGE_UP = b"\r", b"\x1b", b"\x1b[B", b"\x1b[6~", b"\x1b[5~"
_PALETTE = b"\x10"
_SETTLED = 2.0
_FIRST_TIMES = 3
"""Walks, and ballots, until everything was loaded and caches of a fixed size are full."""
_QUIET = 0.04

_EVERYWHERE = (b"?", _ESCAPE, b"i", _ESCAPE, b"g", _ESCAPE, b"b", b"b", b"t", _ESCAPE, _PALETTE, b"timer", _ESCAPE)
_AT_STEPS: dict[int, Sequence[bytes]] = {
    0: (_DOWN, _DOWN, _ENTER, _ESCAPE),
    3: (b"2", b"3", _DOWN, _DOWN, b"4", b"5", b"1"),
    4: (b"n", b"A note on what was said.", b"\x13", b"v", _ESCAPE, b"u"),
    6: (b"n", _ESCAPE, _DOWN, _DOWN),
    7: (b"v", _ESCAPE),
}
"""What is pressed at a step, by its place."""


def soak(report: Report, word: str, sitting: Sitting, hours: int, folder: Path) -> None:
    """Use an application for so many hours, and hold its memory and descriptors to where they were."""
    with Terminal([PROGRAM, word, sitting.id], environment(folder), columns=120, rows=34) as terminal:
        name = {"run": "console", "vote": "voting terminal"}[word]
        terminal.until_quiet(_SETTLED)
        fresh = resident_megabytes(terminal.process)
        use = _ballots if word == "vote" else _walks
        voters = iter(range(len(sitting.voters)))
        use(terminal, _FIRST_TIMES, voters)
        begun, files = resident_megabytes(terminal.process), _descriptors(terminal.process)
        after = []
        for _ in range(hours):
            use(terminal, BALLOTS_AN_HOUR if word == "vote" else ACTS_AN_HOUR, voters)
            terminal.until_quiet(_SETTLED, _SETTLED)
            after.append(resident_megabytes(terminal.process))
        beside = f"{fresh:.1f} MB at the first frame, {begun:.1f} once all was met, {after[-1]:.1f} at the end"
        report.line(f"{name}: memory after an hour", [after[0] / begun], bar=GROWTH_BAR, beside=beside)
        report.line(f"{name}: memory after {hours} hours", [after[-1] / begun], bar=GROWTH_BAR)
        if word == "vote":
            report.line(
                "ballots in",
                [_stored(sitting, folder)],
                unit="",
                bar=_FIRST_TIMES + BALLOTS_AN_HOUR * hours,
                at_least=True,
            )
        report.line(f"{name}: open files more", [_descriptors(terminal.process) - files], unit="", bar=0)


def _walks(terminal: Terminal, count: int, _voters: Iterator[int]) -> None:
    """Walk through all steps and back, doing at each what can be done without changing the plan."""
    for _ in range(count):
        for place in range(8):
            for keys in (*_AT_STEPS.get(place, ()), *_EVERYWHERE):
                _press(terminal, keys)
            _press(terminal, _PAGE_DOWN)
        for _ in range(8):
            _press(terminal, _PAGE_UP)


def _ballots(terminal: Terminal, count: int, voters: Iterator[int]) -> None:
    """Let so many people vote, one after the other."""
    for _ in range(count):
        person = next(voters)
        _press(terminal, _ENTER)
        _press(terminal, f"Person {person:05}".encode())
        for _ in range(2):
            _press(terminal, _ENTER)
        for _ in range(ITEMS):
            _press(terminal, b"2")
            _press(terminal, _ENTER)
        terminal.press(_ENTER)
        terminal.wait_for("your code is")
        _press(terminal, b" ")


def _press(terminal: Terminal, keys: bytes) -> None:
    """Send keys, and take in what is painted until nothing comes for a moment."""
    terminal.press(keys)
    while terminal.read(_QUIET) is not None:
        pass


def _stored(sitting: Sitting, folder: Path) -> int:
    """How many ballots are in the box: that the keys did what they are to do."""
    store = SessionRepository(folder / sitting.id)
    count = store.box.count("1")
    store.close()
    return count


def _descriptors(process: int) -> int:
    return len(list(Path(f"/proc/{process}/fd").iterdir()))


def main() -> int:
    """Use both, print, and hold the figures to their bars."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="one hour: to see that it runs")
    options = parser.parse_args()
    hours = 1 if options.quick else 4
    report = Report("A long sitting: memory and open files")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        revealed = make_sitting(folder, 30, "revealed")
        soak(report, "run", revealed, hours, folder)
        opened = make_sitting(folder, 0, "open", to_come=BALLOTS_AN_HOUR * hours + _FIRST_TIMES)
        soak(report, "vote", opened, hours, folder)
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
