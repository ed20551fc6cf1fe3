"""A disk in memory that knows what a power cut may leave of it.

Bytes are sure once their file was synced, names once their folder was. Of what came later a cut may leave any part: a
write may be there, be missing, be there in part, or have made room that holds zeros; of several changed names any may
be kept while others are lost. A rename, once it is there, is whole.
"""

import errno
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain, combinations, product
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple, cast

from cxworkshop.store.disk import Disk
from cxworkshop.store.fresh import LOCK_NAME

_FIRST_DESCRIPTOR = 1_000_000


class Change(NamedTuple):
    """A change of a file's bytes that no sync has made sure yet."""

    offset: int
    data: bytes | None
    """What was written there; None where the file was cut off."""


@dataclass
class Content:
    """A file, whatever it is called."""

    number: int
    now: bytes = b""
    sure: bytes = b""
    unsure: list[Change] = field(default_factory=list)

    def apply(self, change: Change) -> None:
        self.now = applied(self.now, change)
        self.unsure.append(change)

    def after_cut(self) -> set[bytes]:
        """The bytes that a power cut may leave."""
        left = {self.sure, self.now}
        for changes in subsets(self.unsure):
            whole = self.sure
            for change in changes[:-1]:
                whole = applied(whole, change)
            for last in partial(changes[-1]) if changes else ():
                left.add(applied(whole, last))
        return left


class Rename(NamedTuple):
    """A change of a folder that no sync has made sure yet: a name given to a file, a name taken away, or both."""

    given: str | None
    content: Content | None
    taken: str | None


def applied(before: bytes, change: Change) -> bytes:
    if change.data is None:
        return before[: change.offset].ljust(change.offset, b"\0")
    return (
        before[: change.offset].ljust(change.offset, b"\0") + change.data + before[change.offset + len(change.data) :]
    )


def partial(change: Change) -> Iterator[Change]:
    """What may be left of one change."""
    yield change
    if change.data:
        size = len(change.data)
        for part in {1, size - 1, *(size * eighth // 8 for eighth in range(1, 8))}:
            yield change._replace(data=change.data[:part])
            yield change._replace(data=change.data[:part] + bytes(size - part))
            yield change._replace(data=bytes(part) + change.data[part:])
        yield change._replace(data=bytes(size))


def subsets(changes: list[Any]) -> Iterator[tuple[Any, ...]]:
    """All selections in their order; of many changes only those that lack at most one, or all from some point on."""
    if len(changes) <= 4:
        yield from chain.from_iterable(combinations(changes, size) for size in range(len(changes) + 1))
        return
    for end in range(len(changes) + 1):
        yield tuple(changes[:end])
        yield (*changes[:end], *changes[end + 1 :])


class MemoryDisk(Disk):
    """One folder of files in memory; the lock file alone is a real one, since the kernel keeps locks.

    Args:
        files: what is there, and sure, at the beginning.
        after: called after every change.
        lacks: names of calls that do not do what they should, to see whether that is noticed. `replace` then copies
            the bytes, as one would who knows of no rename.
    """

    def __init__(
        self,
        files: dict[str, bytes] | None = None,
        after: Callable[["MemoryDisk"], None] = lambda disk: None,
        lacks: frozenset[str] = frozenset(),
    ) -> None:
        self._after = after
        self._lacks = lacks
        self._count = 0
        self.names_now: dict[str, Content] = {}
        for name, data in (files or {}).items():
            self.names_now[name] = Content(self._next(), data, data)
        self._sure = dict(self.names_now)
        self._unsure: list[Rename] = []
        self._open: dict[int, tuple[Content, int]] = {}
        self._lock: Path | None = None
        self._real: set[int] = set()

    def _next(self) -> int:
        self._count += 1
        return _FIRST_DESCRIPTOR + self._count

    def finish(self) -> None:
        """Let the lock file go, also where a power cut left it open."""
        while self._real:
            os.close(self._real.pop())
        if self._lock is not None:
            self._lock.unlink()

    def after_cut(self) -> Iterator[dict[str, bytes]]:
        """What a power cut at this moment may leave, each as bytes by name."""
        seen = set()
        for changes in subsets(self._unsure):
            names = dict(self._sure)
            for change in changes:
                if change.taken is not None:
                    names.pop(change.taken, None)
                if change.given is not None and change.content is not None:
                    names[change.given] = change.content
            for contents in product(*(content.after_cut() for content in names.values())):
                left = tuple(sorted(zip(names, contents, strict=True)))
                if left not in seen:
                    seen.add(left)
                    yield dict(left)

    def _rename(self, change: Rename) -> None:
        if change.taken is not None:
            del self.names_now[change.taken]
        if change.given is not None and change.content is not None:
            self.names_now[change.given] = change.content
        self._unsure.append(change)
        self._after(self)

    def _named(self, path: Path) -> Content:
        if path.name not in self.names_now:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
        return self.names_now[path.name]

    def open(self, path: Path, flags: int) -> int:
        if path.name == LOCK_NAME:
            if self._lock is None:
                descriptor, name = tempfile.mkstemp(prefix=LOCK_NAME)
                self._lock = Path(name)
            else:
                descriptor = os.open(self._lock, os.O_RDWR)
            self._real.add(descriptor)
            return descriptor
        if path.name not in self.names_now and flags & os.O_CREAT:
            self._rename(Rename(path.name, Content(self._next()), None))
        elif flags & os.O_EXCL:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
        descriptor = self._next()
        self._open[descriptor] = (self._named(path), flags)
        return descriptor

    def close(self, descriptor: int) -> None:
        if descriptor < _FIRST_DESCRIPTOR:
            self._real.discard(descriptor)
            os.close(descriptor)
        else:
            del self._open[descriptor]

    def stat(self, target: Path | int) -> os.stat_result:
        if isinstance(target, int) and target < _FIRST_DESCRIPTOR:
            return os.fstat(target)
        if isinstance(target, Path) and target.name == LOCK_NAME and self._lock is not None:
            return self._lock.stat()
        content = self._open[target][0] if isinstance(target, int) else self._named(target)
        return cast("os.stat_result", SimpleNamespace(st_dev=1, st_ino=content.number, st_size=len(content.now)))

    def read(self, descriptor: int, size: int, offset: int) -> bytes:
        return self._open[descriptor][0].now[offset : offset + size]

    def write(self, descriptor: int, data: bytes) -> int:
        content, _ = self._open[descriptor]
        content.apply(Change(len(content.now), data))
        self._after(self)
        return len(data)

    def sync_data(self, descriptor: int) -> None:
        self.sync_file(descriptor)

    def sync_file(self, descriptor: int) -> None:
        if "sync_file" not in self._lacks:
            content, _ = self._open[descriptor]
            content.sure = content.now
            content.unsure.clear()
        self._after(self)

    def sync_folder(self, folder: Path) -> None:
        if "sync_folder" not in self._lacks:
            self._sure = dict(self.names_now)
            self._unsure.clear()
        self._after(self)

    def truncate(self, descriptor: int, size: int) -> None:
        self._open[descriptor][0].apply(Change(size, None))
        self._after(self)

    def replace(self, source: Path, target: Path) -> None:
        if "replace" not in self._lacks or target.name not in self.names_now:
            self._rename(Rename(target.name, self._named(source), source.name))
            return
        content = self._named(target)
        for change in (Change(0, None), Change(0, self._named(source).now)):
            content.apply(change)
            self._after(self)
        content.sure = content.now
        content.unsure.clear()
        self._after(self)
        self.unlink(source)

    def unlink(self, path: Path) -> None:
        self._named(path)
        self._rename(Rename(None, None, path.name))

    def names(self, folder: Path) -> list[str]:
        return list(self.names_now)

    def make_folder(self, folder: Path) -> None:
        """The folder is there from the beginning; its own making is left to the tests on a real disk."""
