"""The lock under which a session is written."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from cxworkshop.domain.errors import SessionBusy
from cxworkshop.store.disk import Disk
from cxworkshop.store.lock import HeldFileLock, OpenedFileLock
from store.disks import FailingDisk

pytestmark = pytest.mark.skipif(os.name != "posix", reason="compares with flock")

Lock = Callable[[Path], HeldFileLock | OpenedFileLock]


def held(path: Path) -> HeldFileLock:
    return HeldFileLock(path, Disk())


BOTH = [held, OpenedFileLock]


@pytest.mark.parametrize("first", BOTH)
@pytest.mark.parametrize("second", BOTH)
def test_whoever_comes_second_waits_and_is_told_in_the_end(tmp_path: Path, first: Lock, second: Lock) -> None:
    path = tmp_path / "session.lock"
    holder, other = first(path), second(path)
    holder.acquire(0)
    with pytest.raises(SessionBusy, match="another window"):
        other.acquire(0.01)
    holder.release()
    other.acquire(0)
    other.close()
    holder.acquire(0)
    holder.close()


@pytest.mark.parametrize("replaced", [False, True])
def test_those_who_kept_a_file_open_that_is_gone_lock_the_same_as_those_who_come_later(
    tmp_path: Path, *, replaced: bool
) -> None:
    path = tmp_path / "session.lock"
    early, other = held(path), held(path)
    for lock in (early, other):
        lock.acquire(0)
        lock.release()
    path.unlink()
    if replaced:
        path.touch()
    early.acquire(0)
    for late in (other, held(path)):
        with pytest.raises(SessionBusy):
            late.acquire(0)
        late.close()
    early.close()


def test_a_lock_that_cannot_be_looked_at_is_let_go(tmp_path: Path) -> None:
    path = tmp_path / "session.lock"
    disk = FailingDisk(0, OSError(5, "Input/output error"))
    lock, other = HeldFileLock(path, disk), held(path)
    lock.acquire(0)
    lock.release()
    disk.armed = True
    with pytest.raises(OSError, match="Input/output"):
        lock.acquire(0)
    other.acquire(0)
    other.close()
    lock.close()
