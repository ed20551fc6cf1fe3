"""The power goes at any moment, and the disk keeps whatever it may keep."""

from pathlib import Path

import pytest

from cxworkshop.store.database import Database
from cxworkshop.store.fresh import JOURNAL_NAME
from cxworkshop.store.tables import document
from store.campaigns.history import BEGINNING, History, complaint, complaint_of_successor, history
from store.campaigns.power import MemoryDisk

FOLDER = Path("session")
SUCCESSOR_EVERY = 3


class PowerCuts:
    """Goes through a history and looks at every state that a cut may leave behind after each change.

    Now and then somebody else writes on from such a state, and the power goes again while that is under way.

    Attributes:
        states: how many were looked at.
        bad: what was wrong with them.
    """

    def __init__(self, done: History, lacks: frozenset[str] = frozenset()) -> None:
        self.states = 0
        self.bad: list[str] = []
        self._done = done
        self._acknowledged = -1
        self._lacks = lacks
        disk = MemoryDisk(after=lambda disk: self._look(disk, again=True), lacks=lacks)
        done.run(FOLDER, disk, self._acknowledge)
        disk.finish()

    def _acknowledge(self, number: int) -> None:
        self._acknowledged = number

    def _look(self, disk: MemoryDisk, *, again: bool) -> None:
        for left in disk.after_cut():
            if self.bad:
                return
            self.states += 1
            wrong = self._complaint(left)
            if not wrong and again and self.states % SUCCESSOR_EVERY == 0:
                wrong = self._complaint_of_successor(left)
            if wrong:
                self.bad.append(f"{wrong}, from {left}")

    def _complaint(self, left: dict[str, bytes]) -> str:
        after = MemoryDisk(left)
        try:
            return complaint(self._done, self._acknowledged, FOLDER, after)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what we look for
            return repr(error)
        finally:
            after.finish()

    def _complaint_of_successor(self, left: dict[str, bytes]) -> str:
        after = MemoryDisk(left, after=lambda disk: self._look(disk, again=False), lacks=self._lacks)
        try:
            return complaint_of_successor(self._done, self._acknowledged, FOLDER, after)
        except Exception as error:  # noqa: BLE001 - as above
            return repr(error)
        finally:
            after.finish()


def campaign(seeds: range, length: int, lacks: frozenset[str] = frozenset()) -> tuple[int, list[str]]:
    cuts = [PowerCuts(history(seed, length), lacks) for seed in seeds]
    return sum(each.states for each in cuts), [wrong for each in cuts for wrong in each.bad]


def test_a_power_cut_at_any_moment_costs_nothing_that_was_acknowledged() -> None:
    states, bad = campaign(range(4), 8)
    assert bad == []
    assert states > 1000


@pytest.mark.campaign
def test_twenty_thousand_states_after_a_power_cut_are_sound() -> None:
    states, bad = campaign(range(200, 230), 12)
    assert bad == []
    assert states >= 20_000


def test_torn_bytes_are_never_nowhere() -> None:
    """They are cut off only once the copy of them is there to stay."""
    disk = MemoryDisk()
    Database.create(FOLDER, BEGINNING, disk=disk).close()
    torn = b'00000000 3 99 {"ballots":{"torn":{"of":"somebody"}'
    files = {name: content.now for name, content in disk.names_now.items()}
    disk.finish()
    states = 0

    def look(now: MemoryDisk) -> None:
        nonlocal states
        for left in now.after_cut():
            states += 1
            assert any(torn in content for content in left.values())

    recovering = MemoryDisk({**files, JOURNAL_NAME: files[JOURNAL_NAME] + torn}, after=look)
    database = Database(FOLDER, disk=recovering)
    database.table("ballots").insert(document("b1", {}))
    database.close()
    recovering.finish()
    assert states > 50


@pytest.mark.parametrize("lacking", ["sync_file", "sync_folder", "replace"])
def test_a_store_that_lacks_one_of_its_precautions_is_found_out(lacking: str) -> None:
    _, bad = campaign(range(3), 5, frozenset({lacking}))
    assert bad
