"""Propagation: how soon a ballot that one process commits is seen in another, and whether watchers slow the voter.

Projector and console run in pseudo-terminals on a session with 30 and on one with 10,000 stored ballots, all at once.
Ballots are cast in both in turn at random moments; the clock starts when the commit is acknowledged and stops at the
piece of output after which the new count stands on the screen. Then twenty voting terminals are started on one session,
and let run and stopped in turn while ballots are cast in it.

    python benchmarks/propagation.py [--quick]

Exit code 1 where a bar is missed. Needs a Unix (pseudo-terminals) and the development extras (pyte).
"""

import argparse
import os
import select
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import cycle
from pathlib import Path
from random import Random, SystemRandom
from typing import NamedTuple

from figures import Report, percentile, ratios, settle_memory
from sittings import Sitting, ballots, make_sitting
from terminal import PROGRAM, Piece, Terminal, environment

from cxworkshop.facilitation.voting import Answers, Voter, cast_ballot
from cxworkshop.store.repository import SessionRepository
from cxworkshop.tui.projector.screen import BUSY_PERIOD

MIDDLE_BAR = 0.8
SLOWEST_BAR = 2.0
"""In polling periods, from the acknowledged commit to the painted count."""

SIZE_BAR = 1.1
"""Ten thousand stored ballots to thirty."""

WATCHED_BAR = 1.2
"""A commit that twenty terminals watch to one that nobody watches."""

WATCHERS = 20
SIZES = (30, 10_000)
WORDS = {"screen": "projector", "run": "console"}
_PATIENCE = 5.0
_QUIET = 2 * BUSY_PERIOD


class Voters:
    """People of a session who vote one after the other."""

    def __init__(self, sitting: Sitting) -> None:
        self.store = SessionRepository(sitting.folder)
        self.people = len(self.store.session.participants)
        self.count = self.store.box.count("1")
        self._left = iter(sitting.voters)
        self._answers = cycle([Answers(ballot.answers, ballot.comments) for ballot in ballots(64)])
        self._random = SystemRandom()

    def vote(self) -> tuple[float, float]:
        """Cast a ballot; gives the times just before and after."""
        voter, answers = Voter(participant=next(self._left)), next(self._answers)
        before = time.perf_counter()
        cast_ballot(self.store, "1", voter, answers, random=self._random)
        self.count += 1
        return before, time.perf_counter()


class Seen(NamedTuple):
    """How long a ballot took to be painted by one terminal."""

    name: str
    stored: int
    seconds: float


def measure_seen(folder: Path, events: int) -> list[Seen]:
    """Cast so many ballots in each session, and watch all terminals of it."""
    surroundings = environment(folder)
    random = Random(events)
    found: list[Seen] = []
    with ExitStack() as running:
        rooms: dict[int, tuple[Voters, dict[str, Terminal]]] = {}
        for stored in SIZES:
            sitting = make_sitting(folder, stored, "open", to_come=events + 5)
            terminals = {
                name: running.enter_context(Terminal([PROGRAM, word, sitting.id], surroundings))
                for word, name in WORDS.items()
            }
            rooms[stored] = Voters(sitting), terminals
        for voters, terminals in rooms.values():
            for terminal in terminals.values():
                terminal.wait_for(f"{voters.count} of {voters.people} are in")
                terminal.until_quiet(1.5, longest=4)
        settle_memory()
        for _ in range(events):
            for stored, (voters, terminals) in rooms.items():
                time.sleep(BUSY_PERIOD * random.uniform(0.5, 2.5))
                found += _seen(stored, voters, terminals)
    return found


def _seen(stored: int, voters: Voters, terminals: dict[str, Terminal]) -> Iterator[Seen]:
    _, acknowledged = voters.vote()
    shown = f"{voters.count} of {voters.people} are in"
    for name, painted in _painted(terminals, shown).items():
        yield Seen(name, stored, painted - acknowledged)


def _painted(terminals: dict[str, Terminal], shown: str) -> dict[str, float]:
    """When each of several terminals first showed a text.

    Raises:
        RuntimeError: One did not show it.
    """
    found: dict[str, float] = {}
    end = time.perf_counter() + _PATIENCE
    while missing := terminals.keys() - found.keys():
        # Replaying takes time, in which output would be read late: it is done when nothing more comes for a while.
        pieces = _read_until_quiet(terminals, min(_QUIET, end - time.perf_counter()))
        for name, own in pieces.items():
            painted = terminals[name].feed(own, lambda text: shown in text)
            if painted is not None:
                found.setdefault(name, painted)
        if time.perf_counter() > end:
            raise RuntimeError(f"{sorted(missing)} did not show “{shown}”")
    return found


def _read_until_quiet(terminals: dict[str, Terminal], quiet: float) -> dict[str, list[Piece]]:
    names = {terminal.descriptor: name for name, terminal in terminals.items()}
    pieces: dict[str, list[Piece]] = {name: [] for name in terminals}
    while ready := select.select(list(names), [], [], max(quiet, 0))[0]:
        for descriptor in ready:
            piece = terminals[names[descriptor]].read(0)
            if piece is not None:
                pieces[names[descriptor]].append(piece)
    return pieces


@contextmanager
def _drained(terminals: Sequence[Terminal]) -> Iterator[None]:
    """Read and drop what terminals write, so that none waits for a reader."""
    over = threading.Event()

    def drain() -> None:
        while not over.is_set():
            for terminal in terminals:
                terminal.read(0)
            over.wait(0.05)

    thread = threading.Thread(target=drain)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def measure_watched(folder: Path, repeats: int, votes: int) -> list[tuple[list[float], list[float]]]:
    """Seconds of each commit while twenty terminals watch, and while they are stopped, repeat by repeat."""
    sitting = make_sitting(folder, 100, "open", to_come=2 * repeats * votes + 10)
    surroundings = environment(folder)
    voters = Voters(sitting)
    found = []
    with ExitStack() as running:
        terminals = [
            running.enter_context(Terminal([PROGRAM, "vote", sitting.id], surroundings)) for _ in range(WATCHERS)
        ]
        for terminal in terminals:
            terminal.wait_for(" are in", patience=60)
        settle_memory()
        with _drained(terminals):
            for _ in range(repeats):
                watched = _votes(voters, votes)
                _signal(terminals, signal.SIGSTOP)
                alone = _votes(voters, votes)
                _signal(terminals, signal.SIGCONT)
                # They have to catch up.
                time.sleep(1.0)
                found.append((watched, alone))
    return found


def _votes(voters: Voters, votes: int) -> list[float]:
    taken = []
    for _ in range(votes):
        # At a moment of its own, not at one that the last vote's watchers have set.
        time.sleep(0.11)
        before, after = voters.vote()
        taken.append(after - before)
    return taken


def _signal(terminals: Sequence[Terminal], number: int) -> None:
    for terminal in terminals:
        os.kill(terminal.process, number)


def report_seen(report: Report, repeats: Sequence[Sequence[Seen]]) -> None:
    """The table of what was seen, in polling periods."""
    periods = f"polling periods of {1000 * BUSY_PERIOD:.0f} ms"
    report.heading(f"commit acknowledged to count painted, in {periods} ({len(repeats[0]) // 4} ballots a repeat)")
    shares: tuple[tuple[str, float, float], ...] = (("p50", 0.5, MIDDLE_BAR), ("p99", 0.99, SLOWEST_BAR))
    middles: dict[tuple[str, int], list[float]] = {}
    for name in WORDS.values():
        for stored in SIZES:
            chosen: Callable[[Seen], bool] = lambda seen, name=name, stored=stored: seen[:2] == (name, stored)  # type: ignore[misc]  # noqa: E731
            times = [[seen.seconds / BUSY_PERIOD for seen in found if chosen(seen)] for found in repeats]
            for title, share, bar in shares:
                values = [percentile(one, share) for one in times]
                report.line(f"{name}, {stored:,} stored, {title}", values, unit="", bar=bar)
            middles[name, stored] = [percentile(one, 0.5) for one in times]
        small, large = (middles[name, stored] for stored in SIZES)
        report.line(f"{name}, 10,000 stored ÷ 30 stored, p50", ratios(large, small), bar=SIZE_BAR)


def report_watched(report: Report, pairs: Sequence[tuple[Sequence[float], Sequence[float]]]) -> None:
    """The table of what watchers cost the voter."""
    report.heading(f"a ballot cast while {WATCHERS} voting terminals watch ÷ while they are stopped")
    watched = [percentile(one, 0.5) for one, _ in pairs]
    alone = [percentile(one, 0.5) for _, one in pairs]
    report.line("cast, terminals stopped", [1000 * one for one in alone], unit="ms")
    report.line("p50", ratios(watched, alone), bar=WATCHED_BAR)
    slow = ratios([percentile(one, 0.99) for one, _ in pairs], [percentile(one, 0.99) for _, one in pairs])
    report.line("p99", slow)


def main() -> int:
    """Measure, print, and hold the figures to their bars."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="few ballots: to see that it runs, not to judge by")
    options = parser.parse_args()
    report = Report("Propagation: from the commit to another terminal")
    repeats, events, votes = (1, 20, 20) if options.quick else (3, 100, 40)
    with tempfile.TemporaryDirectory() as name:
        folders = [Path(name, str(number)) for number in range(repeats + 1)]
        for folder in folders:
            folder.mkdir()
        report_seen(report, [measure_seen(folder, events) for folder in folders[1:]])
        report_watched(report, measure_watched(folders[0], 2 if options.quick else 7, votes))
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
