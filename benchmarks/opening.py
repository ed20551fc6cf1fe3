"""Opening: how long until a session with many ballots stands on the screen, as ratios to a bare Textual app.

Console and projector are started in a pseudo-terminal on sessions of 30, 1,000 and 10,000 stored ballots, while voting
is open and after the reveal (where the results of 40 items have to be worked out first), in turn with a bare app of
Header, Static and Footer.

    python benchmarks/opening.py [--quick] [--rounds N]

Exit code 1 where a bar is missed. Needs a Unix (pseudo-terminals) and the development extras (pyte).
"""

import argparse
import sys
import tempfile
from pathlib import Path

from figures import Report, ratios
from sittings import State, make_sitting
from terminal import COLUMNS, PROGRAM, ROWS, Frame, bare_frame, environment, seconds_to_first_frame

BARS = {30: None, 1_000: 1.6, 10_000: 2.0}
"""By stored ballots, on the bare app."""

STATES: tuple[State, ...] = ("open", "revealed")
_SHOWS = {
    ("run", "open"): ("{stored} of {people} are in", "help"),
    ("run", "revealed"): ("pattern", "{stored} ballots", "help"),
    ("screen", "open"): ("{stored} of {people} are in", "Nobody sees"),
    ("screen", "revealed"): ("pattern",),
    ("vote", "open"): ("{stored} of {people} are in", "Enter"),
}
_TO_COME = 20
_QUIET = 0.4


def frames(sessions: Path) -> dict[str, Frame]:
    """Everything that is started, by name."""
    found = {"bare app": bare_frame(sessions.parent)}
    for stored in BARS:
        for state in STATES:
            sitting = make_sitting(sessions, stored, state, to_come=_TO_COME)
            for (word, shown_in), texts in _SHOWS.items():
                if shown_in == state:
                    shows = [text.format(stored=stored, people=stored + _TO_COME) for text in texts]
                    found[f"{word}, {state}, {stored:,} stored"] = Frame([PROGRAM, word, sitting.id], shows)
    return found


def main() -> int:
    """Measure, print a table, and hold the figures to their bars."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="few rounds: to see that it runs, not to judge by")
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    rounds = 2 if options.quick else options.rounds
    with tempfile.TemporaryDirectory() as folder:
        sessions = Path(folder, "sessions")
        sessions.mkdir()
        started = frames(sessions)
        surroundings = environment(sessions)
        taken: dict[str, list[float]] = {name: [] for name in started}
        report = Report(f"Opening: first full frame ÷ that of a bare app, {rounds} rounds, {COLUMNS}x{ROWS}")
        # The first round fills the caches of the disk and of compiled modules.
        for number in range(rounds + 1):
            for name, frame in started.items():
                found = seconds_to_first_frame(frame, COLUMNS, ROWS, surroundings, quiet=_QUIET)
                if number:
                    taken[name].append(found)
    floor = taken.pop("bare app")
    report.line("bare app", [1000 * one for one in floor], unit="ms")
    bars = {f"{stored:,}": bar for stored, bar in BARS.items()}
    for name, times in taken.items():
        stored = name.rpartition(", ")[2].removesuffix(" stored")
        report.line(name, ratios(times, floor), bar=bars[stored])
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
