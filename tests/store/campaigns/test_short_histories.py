"""All short histories, each cut by a power failure at some moments and taken up again from what is left.

Most faults of stores that crash show within three operations after a sync, so every one of those histories is tried.
"""

import random
from itertools import product
from pathlib import Path

import pytest

from cxworkshop.store.database import Database
from store.campaigns.history import BEGINNING, History, Step, complaint, state_of, tidy
from store.campaigns.power import MemoryDisk

FOLDER = Path("session")
KINDS = ("cast", "revise", "remove", "both", "several", "give up", "seal", "drop", "note", "reopen")


class PowerCut(BaseException):
    """The end of everything that was under way."""


class CutDisk(MemoryDisk):
    """Loses its power after the change with the number `at`, counted from 1, and keeps what chance lets it keep."""

    def __init__(self, at: int, chance: random.Random) -> None:
        super().__init__(after=self._count_change)
        self.changes = 0
        self.left: dict[str, bytes] | None = None
        self._at = at
        self._chance = chance

    def _count_change(self, _disk: MemoryDisk) -> None:
        self.changes += 1
        if self.changes == self._at:
            self.left = self._chance.choice(list(self.after_cut()))
            raise PowerCut


def go_on(done: History, number: int, disk: MemoryDisk) -> None:
    """Take a history up after the step with this number; -1 for from before its beginning."""
    database = Database.create(FOLDER, BEGINNING, disk=disk) if number < 0 else Database(FOLDER, disk=disk)
    for each in done.steps[max(0, number) :]:
        each.on(database)
    database.close()


def cut_and_resume(done: History, at: int, chance: random.Random) -> None:
    """Cut a history, look at what is left, go on from there, and compare with the history as it should have been."""
    acknowledged = -1

    def acknowledge(number: int) -> None:
        nonlocal acknowledged
        acknowledged = number

    disk = CutDisk(at, chance)
    with pytest.raises(PowerCut):
        done.run(FOLDER, disk, acknowledge)
    disk.finish()
    assert disk.left is not None
    after = MemoryDisk(disk.left)
    assert not complaint(done, acknowledged, FOLDER, after)
    found = state_of(FOLDER, after)
    number = -1 if found is None else next(n for n in done.allowed(acknowledged) if tidy(done.states[n]) == found[0])
    go_on(done, number, after)
    assert state_of(FOLDER, after) == (tidy(done.states[-1]), True)
    after.finish()


def step(kind: str, place: int, chance: random.Random) -> Step:
    """A step that may touch what an earlier one has touched, but for inserting the same twice."""
    return Step(kind, chance.choice("ab") + (str(place) if kind == "several" else ""), chance.randrange(1, 9))


def test_all_short_histories_survive_a_power_cut() -> None:
    sequences = [sequence for length in (1, 2, 3) for sequence in product(KINDS, repeat=length)]
    assert len(sequences) > 1000
    for number, sequence in enumerate(sequences):
        chance = random.Random(number)
        done = History(tuple(step(kind, place, chance) for place, kind in enumerate(sequence)))
        whole = CutDisk(0, chance)
        done.run(FOLDER, whole, lambda _number: None)
        whole.finish()
        for at in sorted(chance.sample(range(1, whole.changes + 1), 3)):
            cut_and_resume(done, at, chance)
