"""Commits: what it costs to have a ballot on the disk, as ratios to writing as many bytes and waiting for the disk.

Every commit is timed in turn with one `os.write` of 1 KB and one `fdatasync` on a file of its own, so that a disk which
grows slower slows both alike. SQLite (write-ahead log, synchronous=FULL) takes the same ballot in the same turns.
TinyDB's own storage and the atomic replacing of a file stand in turns of their own, since they write megabytes.

    python benchmarks/commits.py [--quick] [--folder DIR]

Exit code 1 where a bar is missed. Needs a Unix.
"""

import argparse
import json
import multiprocessing
import os
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from itertools import cycle, islice
from pathlib import Path
from random import Random, SystemRandom
from typing import Any

from figures import Report, in_turn, percentile, ratios, settle_memory
from sittings import Sitting, ballots, make_sitting
from tinydb import TinyDB

from cxworkshop.facilitation.voting import Answers, Voter, cast_ballot, change_ballot
from cxworkshop.store.codec import BALLOTS, ROLL, encode_ballot
from cxworkshop.store.database import Database
from cxworkshop.store.repository import SessionRepository
from cxworkshop.store.tables import document

COMMIT_BAR = 1.5
GROWTH_BAR = 1.15
SLOWEST_BAR = 2.0
REVISION_BAR = 1.75
WRITERS_BAR = 0.5

WRITERS = 8
SIZES = (10, 1_000, 10_000)
_BYTES = 1024


class Floor:
    """The least that could be done: one write at the end of a file, and waiting for the disk."""

    def __init__(self, folder: Path) -> None:
        self._descriptor = os.open(folder / "floor", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
        self._bytes = b"x" * (_BYTES - 1) + b"\n"

    def commit(self) -> None:
        """Write 1 KB for good."""
        os.write(self._descriptor, self._bytes)
        os.fdatasync(self._descriptor)


class OurDatabase:
    """A ballot and its roll mark in one commit, through the tables of a session's database."""

    def __init__(self, folder: Path, number: int) -> None:
        self.database = Database(folder)
        self._new = _fresh_ballots(number)
        self._ids = cycle(sorted((self.database.storage.read() or {})[BALLOTS])[:200])
        self._random = Random(number)

    def commit(self) -> None:
        """Put a new ballot in."""
        key, fields = next(self._new)
        with self.database.transaction():
            self.database.table(BALLOTS).insert(document(f"1:{key}", fields))
            self.database.table(ROLL).insert(document(f"1:{key}", {"code": key}))

    def insert(self) -> None:
        """Put a new ballot in without a roll mark: one document, one call."""
        key, fields = next(self._new)
        self.database.table(BALLOTS).insert(document(f"1:{key}", fields))

    def revise(self) -> None:
        """Change the answers of a ballot by its id."""
        answers = {f"item-{number:02}": self._random.randint(1, 5) for number in range(1, 40)}
        self.database.table(BALLOTS).update({"answers": answers}, doc_ids=[next(self._ids)])


class Product:
    """The use cases of voting, as a terminal calls them when somebody sends a ballot."""

    def __init__(self, sitting: Sitting) -> None:
        self.store = SessionRepository(sitting.folder)
        self._random = SystemRandom()
        self._voters = iter(sitting.voters)
        self._answers = cycle([Answers(ballot.answers, ballot.comments) for ballot in ballots(64)])
        self._codes: list[str] = []
        self.cast()

    def cast(self) -> None:
        """Cast a ballot."""
        given = cast_ballot(
            self.store, "1", Voter(participant=next(self._voters)), next(self._answers), random=self._random
        )
        self._codes.append(given.code)

    def change(self) -> None:
        """Change the ballot that was cast last."""
        change_ballot(self.store, "1", self._codes[-1], next(self._answers))


class Sqlite:
    """A ballot as a row, in a write-ahead log that is waited for."""

    def __init__(self, folder: Path, stored: int) -> None:
        self._connection = sqlite3.connect(folder / "sqlite", isolation_level=None)
        self._connection.execute("pragma journal_mode=wal")
        self._connection.execute("pragma synchronous=off")
        self._connection.execute("create table ballots (id text primary key, fields text)")
        self._new = _fresh_ballots(stored)
        self._connection.execute("begin")
        for key, fields in islice(self._new, stored):
            self._connection.execute("insert into ballots values (?, ?)", (key, json.dumps(fields)))
        self._connection.execute("commit")
        self._connection.execute("pragma wal_checkpoint(truncate)")
        self._connection.execute("pragma synchronous=full")

    def commit(self) -> None:
        """Put a new ballot in."""
        key, fields = next(self._new)
        self._connection.execute("insert into ballots values (?, ?)", (key, json.dumps(fields)))


class StockTinyDB:
    """TinyDB as it comes: the whole file is written anew, and nothing is waited for."""

    def __init__(self, folder: Path, stored: int) -> None:
        self._database = TinyDB(folder / "tinydb.json")
        self._new = _fresh_ballots(stored)
        self._table = self._database.table(BALLOTS)
        self._table.insert_multiple(fields for _, fields in islice(self._new, stored))

    def commit(self) -> None:
        """Put a new ballot in."""
        self._table.insert(next(self._new)[1])


class AtomicReplace:
    """The whole state as a new file, waited for, and put in the place of the old."""

    def __init__(self, folder: Path, stored: int) -> None:
        self._path = folder / "atomic.json"
        self._new = _fresh_ballots(stored)
        self._state = dict(islice(self._new, stored))

    def commit(self) -> None:
        """Put a new ballot in."""
        key, fields = next(self._new)
        self._state[key] = fields
        fresh = self._path.with_suffix(".new")
        with fresh.open("w", encoding="utf-8") as file:
            json.dump(self._state, file)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._path)
        folder = os.open(self._path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)


def _fresh_ballots(stored: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Ballots under ids that nobody has."""
    random = Random(stored)
    documents = cycle([dict(encode_ballot(ballot)) for ballot in ballots(64)])
    while True:
        code = f"NEW-{random.getrandbits(64):x}"
        yield code, {**next(documents), "code": code}


@contextmanager
def _folder(parent: Path | None) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=parent) as folder:
        yield Path(folder)


Measured = dict[int, list[dict[str, list[float]]]]
"""Seconds of every call by name, for each repeat, by number of stored ballots."""


def measure_commits(sittings: Mapping[int, Sitting], parent: Path | None, repeats: int, times: int) -> Measured:
    """Commits in turn with the floor; sizes change within a repeat, so that all see the same machine."""
    found: Measured = {size: [] for size in sittings}
    for _ in range(repeats):
        for size, sitting in sittings.items():
            with _folder(parent) as folder:
                found[size].append(in_turn(_contenders(folder, size, sitting), times))
    return found


def _contenders(folder: Path, size: int, sitting: Sitting) -> dict[str, Callable[[], None]]:
    copies = [shutil.copytree(sitting.folder, folder / name) for name in ("tables", "product")]
    ours = OurDatabase(copies[0], size)
    product = Product(Sitting(sitting.id, copies[1], sitting.voters))
    acts: dict[str, Callable[[], None]] = {
        "floor": Floor(folder).commit,
        "commit": ours.commit,
        "insert": ours.insert,
        "sqlite": Sqlite(folder, size).commit,
        "revise": ours.revise,
        "cast": product.cast,
        "change": product.change,
    }
    settle_memory()
    # What was written to prepare must not be waited for by what is measured.
    os.sync()
    in_turn(acts, 5)
    return acts


def measure_rewriting(size: int, parent: Path | None, times: int) -> dict[str, list[float]]:
    """What rewrites the whole file, in turn with the floor."""
    with _folder(parent) as folder:
        acts = {
            "floor": Floor(folder).commit,
            "stock": StockTinyDB(folder, size).commit,
            "atomic": AtomicReplace(folder, size).commit,
        }
        return in_turn(acts, times)


def measure_writers(sitting: Sitting, parent: Path | None, window: float) -> tuple[float, float]:
    """Commits a second of one writer and of eight, none of which pauses."""
    rates = []
    for writers in (1, WRITERS):
        with _folder(parent) as folder:
            copy = shutil.copytree(sitting.folder, folder / "session")
            context = multiprocessing.get_context("spawn")
            ready = context.Barrier(writers)
            counts = context.Queue()
            started = [
                context.Process(target=_write, args=(copy, number, window, ready, counts)) for number in range(writers)
            ]
            for process in started:
                process.start()
            rates.append(sum(counts.get() for _ in started) / window)
            for process in started:
                process.join()
    return rates[0], rates[1]


def _write(folder: Path, number: int, window: float, ready: Any, counts: Any) -> None:
    ours = OurDatabase(folder, number)
    with closing(ours.database):
        ours.commit()
        ready.wait()
        end = time.monotonic() + window
        done = 0
        while time.monotonic() < end:
            ours.commit()
            done += 1
        counts.put(done)


def report_commits(report: Report, measured: Measured) -> None:
    """The table of single commits."""
    shown = {
        "commit": ("ballot and roll mark, tables", COMMIT_BAR),
        "insert": ("ballot alone, table", None),
        "sqlite": ("sqlite3, WAL, synchronous=FULL", None),
        "cast": ("ballot cast by the use case", None),
        "revise": ("ballot revised by id, tables", REVISION_BAR),
        "change": ("ballot changed by the use case", None),
    }
    middles: dict[str, dict[int, list[float]]] = {name: {} for name in shown}
    for size, repeats in measured.items():
        report.heading(f"{size:,} stored, one commit ÷ one write of 1 KB + fdatasync (medians)")
        floors = [percentile(taken["floor"], 0.5) for taken in repeats]
        report.line("write + fdatasync", [1000 * one for one in floors], unit="ms")
        for name, (title, bar) in shown.items():
            middles[name][size] = ratios([percentile(taken[name], 0.5) for taken in repeats], floors)
            report.line(title, middles[name][size], bar=bar)
        ahead = ratios(middles["commit"][size], middles["sqlite"][size])
        report.line("ours ÷ sqlite3", ahead, bar=1.0)
        slow = ratios(
            [percentile(taken["commit"], 0.99) for taken in repeats],
            [percentile(taken["floor"], 0.99) for taken in repeats],
        )
        report.line("p99 of ours ÷ p99 of write + fdatasync", slow, bar=SLOWEST_BAR)
    smallest, largest = min(measured), max(measured)
    report.heading(f"growth of the ratio from {smallest} to {largest:,} stored")
    bars = {"commit": GROWTH_BAR}
    for name, (title, _) in shown.items():
        grown = ratios(middles[name][largest], middles[name][smallest])
        report.line(title, grown, bar=bars.get(name))


def report_rewriting(report: Report, parent: Path | None, *, quick: bool) -> None:
    """The table of what rewrites the whole file."""
    for size in SIZES:
        report.heading(f"{size:,} stored, beside it: the whole file written anew ÷ write + fdatasync")
        taken = measure_rewriting(size, parent, 5 if quick or size > 1000 else 40)
        floor = percentile(taken["floor"], 0.5)
        report.line("TinyDB's JSONStorage (not waited for)", [one / floor for one in taken["stock"]])
        report.line("atomic replace", [one / floor for one in taken["atomic"]])


def main() -> int:
    """Measure, print, and hold the figures to their bars."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="few repeats: to see that it runs, not to judge by")
    parser.add_argument("--folder", type=Path, help="where to write; the disk under it is what is measured")
    options = parser.parse_args()
    repeats, times = (2, 40) if options.quick else (7, 200)
    report = Report("Commits: a ballot on the disk")
    with _folder(options.folder) as folder:
        sittings = {size: make_sitting(folder, size, "open", to_come=times + 20) for size in SIZES}
        report_commits(report, measure_commits(sittings, options.folder, repeats, times))
        report_rewriting(report, options.folder, quick=options.quick)
        report.heading(f"{WRITERS} writers without a pause ÷ one (commits a second, 30 stored at the start)")
        sitting = make_sitting(folder, 30, "open")
        window, rounds = (0.5, 2) if options.quick else (2.0, 5)
        pairs = [measure_writers(sitting, options.folder, window) for _ in range(rounds)]
        report.line("one writer", [one for one, _ in pairs], unit="/s")
        report.line(
            f"{WRITERS} writers",
            ratios([all_ for _, all_ in pairs], [one for one, _ in pairs]),
            bar=WRITERS_BAR,
            at_least=True,
        )
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
