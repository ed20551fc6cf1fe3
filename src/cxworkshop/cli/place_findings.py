"""What the doctor finds out about the machine: folder, lock, disk, clock and libraries."""

import platform
from collections.abc import Callable
from datetime import datetime

from cxworkshop.cli.findings import Finding
from cxworkshop.store.place import PlaceCondition

_MEGABYTE = 1024 * 1024
_LEAST_FREE = 20 * _MEGABYTE
"""Below it a sitting might not be saved: a large one takes a few megabytes, and a sealing writes it anew."""
_COMFORTABLE = 200 * _MEGABYTE
_FIRST_YEAR, _LAST_YEAR = 2025, 2099
_LEAST_PYTHON = (3, 11)
_LIBRARIES = ("textual", "tinydb", "jinja2", "click", "pydantic", "msgspec", "filelock", "platformdirs")
_DRAWN_BY = "8.2."
"""The minor version of Textual that the screens are made for."""


def folder(place: PlaceCondition) -> tuple[Finding, ...]:
    """Whether sessions can be written and nobody else reads them."""
    if place.reason:
        return (
            Finding(
                "folder",
                "will not work",
                f"{place.folder} cannot be written: {place.reason}.",
                "Give yourself the right to write there, or name another place with --sessions DIR.",
            ),
        )
    found = [Finding("folder", "look at this", warning) for warning in place.warnings]
    if not place.private:
        found.append(
            Finding(
                "folder",
                "look at this",
                f"Others on this machine may look into {place.folder}; the sessions in it are private by themselves.",
                f"chmod 700 '{place.folder}'",
            )
        )
    if not found:
        made = "" if place.exists else "; it is made with the first session"
        found.append(Finding("folder", "ok", f"{place.folder}{made}"))
    return tuple(found)


def lock(place: PlaceCondition) -> Finding:
    """Whether two programs can share a session."""
    if place.lock == "excludes":
        return Finding("lock", "ok", "A second process is kept out while one writes.")
    if place.lock == "lets in":
        return Finding(
            "lock",
            "will not work",
            f"Locks do nothing in {place.folder}: with several terminals ballots would be lost.",
            "Name a folder on a disk of this machine with --sessions DIR.",
        )
    return Finding(
        "lock",
        "look at this",
        "It could not be tried whether a second process is kept out.",
        "" if not place.reason else "See to the folder first.",
    )


def disk(place: PlaceCondition) -> Finding:
    """Whether there is room for a sitting."""
    if place.free_bytes is None:
        return Finding("disk", "look at this", "The system does not say how much is free.")
    said = f"{place.free_bytes // _MEGABYTE:,} MB free; a sitting takes a few."
    if place.free_bytes < _LEAST_FREE:
        return Finding("disk", "will not work", said, "Make room before people vote.")
    return Finding("disk", "look at this" if place.free_bytes < _COMFORTABLE else "ok", said)


def clock(now: datetime) -> Finding:
    """Whether the date can be right; only who looks at it can tell whether it is."""
    offset = now.strftime("%z")
    said = f"{now:%A %Y-%m-%d %H:%M}, {now.tzname()} (UTC{offset[:3]}:{offset[3:5]})."
    if not _FIRST_YEAR <= now.year <= _LAST_YEAR:
        return Finding("clock", "look at this", said, "Set the date: sessions are named by it, and due dates count on.")
    return Finding("clock", "ok", said)


def libraries(version_of: Callable[[str], str | None]) -> Finding:
    """Whether everything the program stands on is there.

    Args:
        version_of: The installed version of a distribution, None where it is missing.
    """
    versions = {name: version_of(name) for name in _LIBRARIES}
    missing = [name for name, version in versions.items() if version is None]
    python = platform.python_version()
    said = f"Python {python}; " + ", ".join(f"{name} {version}" for name, version in versions.items() if version)
    if missing or tuple(map(int, platform.python_version_tuple()[:2])) < _LEAST_PYTHON:
        wanting = f"Missing: {', '.join(missing)}. " if missing else ""
        return Finding("libraries", "will not work", wanting + said, "Install it anew: pip install cxworkshop")
    if not str(versions["textual"]).startswith(_DRAWN_BY):
        return Finding("libraries", "look at this", said, f"The screens are made for textual {_DRAWN_BY}x.")
    return Finding("libraries", "ok", said)
