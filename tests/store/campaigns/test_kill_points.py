"""A process is killed at every call that changes something, and in the middle of each write."""

import os
import shutil
import signal
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cxworkshop.store.disk import Disk
from store.campaigns.history import History, complaint, complaint_of_successor, history
from store.disks import WatchedDisk

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

CHANGING = {"open", "write", "sync_data", "sync_file", "sync_folder", "truncate", "replace", "unlink", "make_folder"}
PARTS = (0.0, 0.25, 0.5, 0.75, 1.0)
"""How much of a call is done when death comes: of other calls than writing, nothing or all."""


@dataclass
class DeadlyDisk(WatchedDisk):
    """Kills its process at the changing call with the number `at`, after `part` of it; -1 for never."""

    at: int
    part: float = 0.0
    count: int = 0
    writes: int = 0

    def around(self, name: str, arguments: tuple[Any, ...], call: Callable[[], Any]) -> Any:
        if name not in CHANGING:
            return call()
        number, self.count = self.count, self.count + 1
        if number == self.at:
            if name == "write":
                data = arguments[1]
                Disk.write(self, arguments[0], data[: int(len(data) * self.part)])
            elif self.part >= 0.5:
                with suppress(FileNotFoundError):
                    call()
            os.kill(os.getpid(), signal.SIGKILL)
        return call()


def points(done: History, folder: Path) -> Iterator[tuple[int, float]]:
    """Every place where a history can be cut."""
    calls: list[str] = []

    class Listing(WatchedDisk):
        def around(self, name: str, arguments: tuple[Any, ...], call: Callable[[], Any]) -> Any:
            if name in CHANGING:
                calls.append(name)
            return call()

    done.run(folder, Listing(), lambda number: None)
    for number, name in enumerate(calls):
        for part in PARTS if name == "write" else (0.0, 1.0):
            yield number, part


def cut(done: History, folder: Path, at: int, part: float) -> int:
    """Run a history in a process that dies on the way; tells how many steps it acknowledged."""
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:

        def tell(_number: int) -> None:
            os.write(writing, b".")

        try:
            done.run(folder, DeadlyDisk(at, part), tell)
        finally:
            os._exit(3)
    os.close(writing)
    acknowledged = 0
    while chunk := os.read(reading, 1000):
        acknowledged += len(chunk)
    os.close(reading)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the child was to be killed"
    return acknowledged - 1


def campaign(place: Path, seeds: range) -> int:
    cuts = 0
    for seed in seeds:
        done = history(seed)
        for at, part in list(points(done, place / "whole")):
            folder = place / "cut"
            acknowledged = cut(done, folder, at, part)
            wrong = complaint(done, acknowledged, folder) or complaint_of_successor(done, acknowledged, folder)
            assert not wrong, (seed, at, part, wrong)
            shutil.rmtree(folder, ignore_errors=True)
            cuts += 1
        shutil.rmtree(place / "whole")
    return cuts


def test_a_kill_anywhere_costs_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    assert campaign(tmp_path, range(3)) > 150


@pytest.mark.campaign
def test_many_kills_anywhere_cost_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    assert campaign(tmp_path, range(100, 145)) >= 2000
