"""Waiting for the medium as macOS wants it, on any Unix."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from cxworkshop.store import disk as calls
from cxworkshop.store.disk import Disk

fcntl = pytest.importorskip("fcntl", reason="Windows knows no such call")

FULL_SYNC = 51
"""The number of F_FULLFSYNC on macOS."""

SYNCS: list[Callable[[Disk, Path, int], None]] = [
    lambda disk, _folder, descriptor: disk.sync_data(descriptor),
    lambda disk, _folder, descriptor: disk.sync_file(descriptor),
    lambda disk, folder, _descriptor: disk.sync_folder(folder),
]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the system is asked for; the drive's own memory is `fsync`, the medium `full`."""
    made: list[str] = []
    monkeypatch.setattr(calls, "_FULL_SYNC", FULL_SYNC)
    monkeypatch.setattr(fcntl, "fcntl", lambda _descriptor, call: made.append("full" if call == FULL_SYNC else "?"))
    monkeypatch.setattr(os, "fsync", lambda _descriptor: made.append("fsync"))
    return made


def wait(sync: Callable[[Disk, Path, int], None], folder: Path) -> None:
    with (folder / "file").open("wb") as file:
        sync(Disk(), folder, file.fileno())


@pytest.mark.parametrize("sync", SYNCS)
def test_on_macos_bytes_and_names_are_waited_for_until_they_are_on_the_medium(
    tmp_path: Path, asked: list[str], sync: Callable[[Disk, Path, int], None]
) -> None:
    wait(sync, tmp_path)
    assert asked == ["full"]


@pytest.mark.parametrize(("number", "falls_back"), [(errno.ENOTSUP, True), (errno.ENOTTY, True), (errno.EIO, False)])
def test_a_file_system_that_does_not_offer_it_is_asked_for_less_and_a_failure_is_a_failure(
    tmp_path: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch, number: int, *, falls_back: bool
) -> None:
    def refuse(_descriptor: int, _call: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fcntl, "fcntl", refuse)
    if falls_back:
        wait(SYNCS[1], tmp_path)
    else:
        with pytest.raises(OSError, match=os.strerror(number)):
            wait(SYNCS[1], tmp_path)
    assert asked == (["fsync"] if falls_back else [])
