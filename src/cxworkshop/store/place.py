"""What there is to know of the place where sessions are to live, found out by trying it."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from cxworkshop.domain.errors import SessionBusy
from cxworkshop.store.disk import Disk
from cxworkshop.store.folders import folder_warnings
from cxworkshop.store.lock import session_lock

LockCondition = Literal["excludes", "lets in", "unknown"]
"""Whether a second process is kept out while one holds the lock; unknown where nothing can be written."""

_OTHERS = 0o077
_HELD = 3
_TRY = f"""
import sys
from pathlib import Path
from cxworkshop.domain.errors import SessionBusy
from cxworkshop.store.disk import Disk
from cxworkshop.store.lock import session_lock
try:
    session_lock(Path(sys.argv[1]), Disk()).acquire(0)
except SessionBusy:
    sys.exit({_HELD})
"""
_PATIENCE = 30.0

SecondProcess = Callable[[Path], bool | None]
"""Tells whether a process of its own was kept out of a lock; None where it could not be tried."""


@dataclass(frozen=True, slots=True)
class PlaceCondition:
    """What was found: `reason` says why nothing can be written, and is empty where something can."""

    folder: Path
    exists: bool
    reason: str
    private: bool
    warnings: tuple[str, ...]
    lock: LockCondition
    free_bytes: int | None


def examine_place(folder: Path, second_process: SecondProcess | None = None) -> PlaceCondition:
    """Try a sessions folder; nothing that was not there before stays behind.

    Args:
        folder: It need not exist; then the nearest folder above it is tried in its place.
        second_process: How another process tries the lock; None to start one.
    """
    there = next((place for place in (folder, *folder.parents) if place.exists()), Path(folder.anchor))
    reason, lock = _try_writing(there, second_process or _kept_out)
    return PlaceCondition(
        folder=folder,
        exists=folder.is_dir(),
        reason=reason,
        private=_is_private(folder),
        warnings=folder_warnings(folder),
        lock=lock,
        free_bytes=_free_bytes(there),
    )


def _try_writing(place: Path, second_process: SecondProcess) -> tuple[str, LockCondition]:
    if not place.is_dir():
        return f"{place} is not a folder", "unknown"
    try:
        with tempfile.TemporaryDirectory(prefix=".cxworkshop-", dir=place) as name:
            return "", _try_lock(Path(name) / "lock", second_process)
    except OSError as error:
        return error.strerror or type(error).__name__, "unknown"


def _try_lock(path: Path, second_process: SecondProcess) -> LockCondition:
    lock = session_lock(path, Disk())
    try:
        lock.acquire(0)
    except SessionBusy:
        return "unknown"
    try:
        kept_out = second_process(path)
    finally:
        lock.close()
    if kept_out is None:
        return "unknown"
    return "excludes" if kept_out else "lets in"


def _kept_out(path: Path) -> bool | None:
    try:
        tried = subprocess.run(  # noqa: S603 - our own interpreter on our own text
            [sys.executable, "-c", _TRY, str(path)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return {_HELD: True, 0: False}.get(tried.returncode)


def _is_private(folder: Path) -> bool:
    """Whether nobody else may enter; true where the system knows no such modes, or there is no folder yet."""
    try:
        return os.name != "posix" or not folder.stat().st_mode & _OTHERS
    except OSError:
        return True


def _free_bytes(place: Path) -> int | None:
    try:
        return shutil.disk_usage(place).free
    except OSError:
        return None
