"""Disks for tests: one that counts its calls, one that fails at a call of choice, one that works as Windows does."""

import errno
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from cxworkshop.store.disk import Disk

CALLS = (
    "open",
    "close",
    "stat",
    "read",
    "write",
    "sync_data",
    "sync_file",
    "sync_folder",
    "truncate",
    "replace",
    "unlink",
    "names",
    "make_folder",
)
"""The methods of a `Disk`."""


class WatchedDisk(Disk):
    """The real disk, each call of which goes through `around(name, arguments, call)`."""

    def around(self, name: str, arguments: tuple[Any, ...], call: Callable[[], Any]) -> Any:
        """Do what the call does; overridden by what watches or disturbs it."""
        return call()


def _watched(name: str) -> Any:
    real = getattr(Disk, name)

    def method(self: WatchedDisk, *arguments: Any) -> Any:
        return self.around(name, arguments, lambda: real(self, *arguments))

    return method


for _name in CALLS:
    setattr(WatchedDisk, _name, _watched(_name))


@dataclass
class CountingDisk(WatchedDisk):
    """Remembers what was called, and the bytes written."""

    calls: list[str] = field(default_factory=list)
    written: int = 0

    def around(self, name: str, arguments: tuple[Any, ...], call: Callable[[], Any]) -> Any:
        self.calls.append(name)
        if name == "write":
            self.written += len(arguments[1])
        return call()


@dataclass
class FailingDisk(WatchedDisk):
    """Fails at the call with the number `at`, counted from 0.

    Attributes:
        error: what is raised; None for a write that takes only half of the bytes, in the place of an error.
        lasting: what fails from then on: "" for nothing more, "call" for calls of the same name, "disk" for all.
        armed: whether calls are counted and disturbed.
        effect_first: whether the call does its work before it fails.
    """

    at: int
    error: BaseException | None
    lasting: Literal["", "call", "disk"] = ""
    armed: bool = False
    effect_first: bool = False
    count: int = 0
    struck: str = ""

    def around(self, name: str, arguments: tuple[Any, ...], call: Callable[[], Any]) -> Any:
        if not self.armed:
            return call()
        number, self.count = self.count, self.count + 1
        if number != self.at and not self._lasts(name):
            return call()
        self.struck = self.struck or name
        if self.error is None:
            if name != "write":
                return call()
            return Disk.write(self, arguments[0], arguments[1][: len(arguments[1]) // 2])
        if name == "write" and self.effect_first:
            Disk.write(self, arguments[0], arguments[1][: len(arguments[1]) // 2])
        elif self.effect_first or name == "close":
            call()
        raise self.error

    def _lasts(self, name: str) -> bool:
        return self.struck != "" and (self.lasting == "disk" or (self.lasting == "call" and self.struck == name))


class SparingDisk(WatchedDisk):
    """Reads a few bytes at a time, as a disk may."""

    def around(self, name: str, arguments: tuple[Any, ...], call: Callable[[], Any]) -> Any:
        if name == "read":
            descriptor, size, offset = arguments
            return Disk.read(self, descriptor, min(size, 7), offset)
        return call()


@dataclass
class WindowsDisk(WatchedDisk):
    """Refuses to replace or remove a file that is open through this disk, or while `held` is above 0."""

    keeps_open = False
    held: int = 0
    refused: int = 0
    paths: dict[int, Path] = field(default_factory=dict)

    def around(self, name: str, arguments: tuple[Any, ...], call: Callable[[], Any]) -> Any:
        if name in {"replace", "unlink"}:
            target = arguments[-1]
            if target in self.paths.values() or (name == "replace" and self.held > 0):
                self.held -= 1
                self.refused += 1
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
        result = call()
        if name == "open":
            self.paths[result] = arguments[0]
        elif name == "close":
            self.paths.pop(arguments[0], None)
        return result
