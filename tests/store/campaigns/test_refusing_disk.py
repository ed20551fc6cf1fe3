"""Every call on files fails in turn, in every way, once or from then on."""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Literal

import pytest

from cxworkshop.domain.errors import SaveUncertain, StoreError
from cxworkshop.store.database import Database
from cxworkshop.store.disk import Disk
from store.campaigns.history import BEGINNING, History, State, history, state_of, tidy
from store.disks import FailingDisk, WatchedDisk

NUMBERS = (errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES, errno.EMFILE, errno.EINTR)
WAYS: tuple[Callable[[], BaseException] | None, ...] = (
    *(lambda number=number: OSError(number, os.strerror(number)) for number in NUMBERS),
    MemoryError,
    None,
)
"""How a call fails; None for a write that takes half of the bytes."""
LASTING: tuple[Literal["", "call", "disk"], ...] = ("", "call", "disk")
TORN = b'00000000 9 40 {"ballots":{"torn":{}'


class Run:
    """A history on a disk that refuses one of its calls, looked at step by step as its user would.

    Attributes:
        uncertain: how often a step ended with the word that it is not certain.
    """

    def __init__(self, done: History, folder: Path, disk: FailingDisk) -> None:
        self.uncertain = 0
        self._done = done
        self._folder = folder
        self._disk = disk

    def go(self) -> None:
        database = self._created()
        for number, step in enumerate(self._done.steps, 1):
            before, after = self._done.states[number - 1 : number + 1]
            if number == 2:
                with (self._folder / "session.journal").open("ab") as file:
                    file.write(TORN)
            self._disk.armed = True
            try:
                step.on(database)
            except (StoreError, MemoryError) as error:
                self._disk.armed = False
                database = self._after_refusal(database, error, before, after)
                if self._seen() == tidy(before):
                    step.on(database)
            self._disk.armed = False
            self._expect(after)
            assert self._in_memory(database) == tidy(after)
        database.close()

    def _created(self) -> Database:
        self._disk.armed = True
        try:
            return Database.create(self._folder, BEGINNING, disk=self._disk)
        except (StoreError, MemoryError) as error:
            self._check_sentence(error)
            self._disk.armed = False
            if state_of(self._folder) is not None:
                self._expect(BEGINNING)
                return Database(self._folder, disk=self._disk)
            return Database.create(self._folder, BEGINNING, disk=self._disk)
        finally:
            self._disk.armed = False

    def _after_refusal(self, database: Database, error: BaseException, before: State, after: State) -> Database:
        """Nothing was kept, unless it was said that this is not certain; the next try begins by reopening."""
        self._check_sentence(error)
        if isinstance(error, SaveUncertain):
            self.uncertain += 1
            assert self._seen() in (tidy(before), tidy(after))
        else:
            self._expect(before)
            assert self._in_memory(database) == tidy(before)
        database.reopen()
        return database

    def _check_sentence(self, error: BaseException) -> None:
        if isinstance(error, StoreError):
            assert str(error).endswith((".", "there."))
            assert len(str(error)) > 40

    def _expect(self, state: State) -> None:
        assert self._seen() == tidy(state)

    def _seen(self) -> State:
        found = state_of(self._folder)
        assert found is not None
        assert found[1], "the session may only be read"
        return found[0]

    def _in_memory(self, database: Database) -> State:
        return tidy(
            {name: {str(each.doc_id): dict(each) for each in database.table(name)} for name in database.tables()}
        )


def calls(done: History, folder: Path) -> list[str]:
    """The calls that a history makes, by name."""
    made: list[str] = []

    class Listing(WatchedDisk):
        def around(self, name: str, arguments: tuple[Any, ...], call: Callable[[], Any]) -> Any:
            made.append(name)
            return call()

    done.run(folder, Listing(), lambda number: None)
    return made


def injections(count: int) -> Iterator[FailingDisk]:
    """Every way in which one of so many calls can fail."""
    for at in range(count):
        for way in WAYS:
            for lasting in LASTING:
                for effect_first in (False, True):
                    yield FailingDisk(at, way() if way else None, lasting, effect_first=effect_first)


def campaign(place: Path, seeds: range, every: int = 1) -> tuple[int, int]:
    injected = uncertain = 0
    for seed in seeds:
        done = history(seed, 6)
        count = len(calls(done, place / "whole"))
        for disk in islice(injections(count), 0, None, every):
            folder = place / "refused"
            run = Run(done, folder, disk)
            try:
                run.go()
            except BaseException as error:
                error.add_note(f"seed {seed}, {disk}")
                raise
            injected += bool(disk.struck)
            uncertain += run.uncertain
            shutil.rmtree(folder)
        shutil.rmtree(place / "whole")
    return injected, uncertain


def test_whatever_call_fails_nothing_is_lost_and_nothing_appears(tmp_path: Path) -> None:
    injected, uncertain = campaign(tmp_path, range(1), 7)
    assert injected > 300
    assert 0 < uncertain < injected / 10


@pytest.mark.campaign
def test_every_call_fails_in_every_way(tmp_path: Path) -> None:
    injected, _ = campaign(tmp_path, range(300, 303))
    assert injected >= 3000


def test_the_list_of_calls_is_complete() -> None:
    from store.disks import CALLS

    assert set(CALLS) == {name for name in vars(Disk) if not name.startswith("_") and callable(getattr(Disk, name))}
