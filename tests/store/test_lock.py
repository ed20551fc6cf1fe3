"""The lock under which a session is written."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from cxworkshop.domain.errors import SessionBusy
from cxworkshop.store.disk import Disk
from cxworkshop.store.lock import HeldFileLock, OpenedFileLock

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
    assert other.is_current()
    other.close()
    holder.acquire(0)
    holder.close()


def test_a_lock_knows_when_its_file_was_replaced(tmp_path: Path) -> None:
    path = tmp_path / "session.lock"
    lock = HeldFileLock(path, Disk())
    assert not lock.is_current()
    lock.acquire(0)
    assert lock.is_current()
    path.unlink()
    assert not lock.is_current()
    path.touch()
    assert not lock.is_current()
    lock.close()
