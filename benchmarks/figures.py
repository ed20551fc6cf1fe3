"""Figures as all benchmarks report them: a median with its spread, beside a bar, and the exit code at the end."""

import gc
import os
import platform
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from random import Random

Timed = Callable[[], object]

_NAME, _FIGURE = 52, 9


def percentile(values: Sequence[float], share: float) -> float:
    """The value that a share of all values does not exceed, as the nearest one that was measured."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def ratios(own: Sequence[float], floor: Sequence[float]) -> list[float]:
    """What was measured, repeat by repeat, to what was measured beside it."""
    return [one / least for one, least in zip(own, floor, strict=True)]


def in_turn(
    acts: Mapping[str, Timed], times: int, *, clock: Callable[[], float] = time.perf_counter
) -> dict[str, list[float]]:
    """Time several acts in turn, so that a machine which grows slower slows all alike.

    Args:
        acts: What is timed, by name.
        times: How often each.
        clock: Tells the seconds.

    The order is drawn anew for each turn: what an act leaves behind, in caches or on the disk, is met by all others.

    Returns:
        The seconds of every call, by name.
    """
    taken: dict[str, list[float]] = {name: [] for name in acts}
    random, order = Random(times), list(acts)
    for _ in range(times):
        random.shuffle(order)
        for name in order:
            started = clock()
            acts[name]()
            taken[name].append(clock() - started)
    return taken


def settle_memory() -> None:
    """Put what was made so far out of the garbage collector's sight, as the applications do after their first frame."""
    gc.collect()
    gc.freeze()


class Report:
    """A table that is printed line by line, and counts the bars that were missed."""

    def __init__(self, title: str) -> None:
        self.missed = 0
        load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
        print(f"{title}\nPython {platform.python_version()}, {os.cpu_count()} cores, load before {load}")

    def heading(self, text: str) -> None:
        """A line above what follows."""
        print(f"\n{text}")

    def line(
        self,
        name: str,
        values: Sequence[float],
        *,
        unit: str = "x",
        bar: float | None = None,
        at_least: bool = False,
        beside: str = "",
    ) -> float:
        """Print the median of some repeats, their range, and whether it holds its bar.

        Args:
            name: What was measured.
            values: One figure per repeat.
            unit: What the figure is counted in; a ratio by default.
            bar: The figure to reach; None where it only stands there for comparison.
            at_least: Whether the bar is a lower bound.
            beside: Anything else to say in the line.

        Returns:
            The median.
        """
        middle = statistics.median(values)
        text = f"{name:{_NAME}} {middle:{_FIGURE}.2f} {unit:3} ({min(values):.2f} to {max(values):.2f})"
        if bar is not None:
            holds = middle >= bar if at_least else middle <= bar
            self.missed += not holds
            text += f"   bar {'≥' if at_least else '≤'} {bar:g} {'holds' if holds else 'MISSED'}"
        print(f"{text}   {beside}" if beside else text, flush=True)
        return middle

    def end(self) -> int:
        """The exit code: 1 where a bar was missed."""
        print(f"\n{self.missed} bars missed." if self.missed else "\nEvery bar holds.")
        return 1 if self.missed else 0
