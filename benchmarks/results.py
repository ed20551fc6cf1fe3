"""Results: what it takes to work out everything a round says, as a ratio to only counting its answers.

40 items, 8 units, 4 levels: patterns, groups, disclosure control, ranking and alignment (`domain.published.results_of`)
of ballots that are in memory, in turn with one pass that counts the same answers with `collections.Counter`. Processor
time is taken, which other programs of the machine change less than they change the time of the day.

    python benchmarks/results.py [--quick]

Exit code 1 where a bar is missed.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from figures import Report, Timed, in_turn, ratios, settle_memory
from sittings import forty_items, make_sitting

from cxworkshop.domain.ballots import Ballot
from cxworkshop.domain.published import results_of
from cxworkshop.domain.results import RoundResult
from cxworkshop.domain.session import Session
from cxworkshop.store.repository import SessionRepository

MILLISECONDS_BAR = 100.0
"""For 1,000 ballots on the class of machine named in the README of the benchmarks."""

GROWTH_BAR = 1.0
"""Ten times the ballots to ten times the time."""

SIZES = (1_000, 10_000)


def counted(items: Sequence[str], ballots: Sequence[Ballot]) -> list[Counter[int]]:
    """How often each answer was given to each item: the least that has to be done."""
    rows = ([ballot.answers.get(item, -1) for item in items] for ballot in ballots)
    return [Counter(column) for column in zip(*rows, strict=True)]


def _worked_out(session: Session, ballots: Sequence[Ballot]) -> RoundResult:
    return results_of(session, lambda _: ballots, 1)


def main() -> int:
    """Measure, print, and hold the figures to their bars."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="few repeats: to see that it runs, not to judge by")
    options = parser.parse_args()
    times = 3 if options.quick else 15
    items = [item.id for item in forty_items()]
    report = Report(f"Results: 40 items, 8 units, 4 levels, {times} times in turn")
    acts: dict[str, Timed] = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            with_ballots = SessionRepository(make_sitting(Path(folder), size, "revealed").folder)
            session, ballots = with_ballots.session, with_ballots.box.ballots("1")
            with_ballots.close()
            acts[f"results {size}"] = partial(_worked_out, session, ballots)
            acts[f"counting {size}"] = partial(counted, items, ballots)
    settle_memory()
    in_turn(acts, 1)
    taken = in_turn(acts, times, clock=time.process_time)
    for size in SIZES:
        report.heading(f"{size:,} ballots")
        own, least = taken[f"results {size}"], taken[f"counting {size}"]
        bar = MILLISECONDS_BAR if size == SIZES[0] else None
        report.line("all results", [1000 * one for one in own], unit="ms", bar=bar)
        report.line("÷ counting the same answers", ratios(own, least))
    report.heading("growth")
    small, large = (taken[f"results {size}"] for size in SIZES)
    per_ballot = [one / 10 for one in ratios(large, small)]
    report.line("10,000 ballots ÷ ten times 1,000", per_ballot, bar=GROWTH_BAR)
    fixed = statistics.median(small) - (statistics.median(large) - statistics.median(small)) / 9
    print(f"of 1,000 ballots' time {100 * fixed / statistics.median(small):.0f} % does not depend on their number")
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
