"""Making a journal: a new one for a new session, or a fresh one to take the place of an older."""

import errno
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeAlias

from msgspec import Raw

from cxworkshop.domain.errors import NotSaved, ReadOnlySession, SessionMissing, StoreError
from cxworkshop.store.disk import CREATE_NEW, Disk
from cxworkshop.store.lines import Head, as_json, encode, encode_head, plain
from cxworkshop.store.lock import PATIENCE, session_lock

JOURNAL_NAME = "session.journal"
LOCK_NAME = "session.lock"
FRESH_NAME = JOURNAL_NAME + ".new"
TORN_PREFIX = JOURNAL_NAME + ".torn-"

_PAGE = 4096
"""Bytes that a system writes, and a disk may lose, together."""
_TOGETHER = 16
"""Documents that share a line at most."""
_MANY = 200
"""Documents of a table from which they share lines in a fresh file."""

_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}

AllTables: TypeAlias = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""A complete state: all documents of all tables, by table and id, in the order they are to be written in."""


def refusal(folder: Path, error: OSError) -> StoreError:
    """The sentence for a system call that failed before anything was changed."""
    reason = error.strerror or str(error)
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return SessionMissing(f"There is no session in {folder}; it may have been moved or deleted.")
    if error.errno in _FORBIDDEN:
        return ReadOnlySession(
            f"The session in {folder} cannot be used as asked ({reason}). Check who owns the folder and whether it may "
            "be changed, or move it somewhere that is yours."
        )
    return NotSaved(f"The session in {folder} cannot be used just now ({reason}). Nothing was changed; try again.")


def fresh_lines(first: int, documents: AllTables) -> bytes:
    """The whole content of a new journal: a head and the commits numbered from `first` on.

    The head says which numbers there are, so that a file cut off between two lines does not pass for a whole one.

    Raises:
        NotStorable: a document has no form in JSON.
    """
    commits = [{name: line} for name, table in documents.items() for line in _shared_out(table)]
    commits = commits or [{}]  # so that the numbering shows in any case
    lines = [encode(number, changes) for number, changes in enumerate(commits, first)]
    return encode_head(Head(first, first + len(lines) - 1)) + b"".join(lines)


def _shared_out(table: Mapping[str, Mapping[str, Any]]) -> Iterator[dict[str, Raw]]:
    """A table's documents as they go on lines; one empty line where there are none.

    A line each, so that a damaged spot costs one document. Where there are many, up to sixteen, as far
    as they fill a page, which may be lost together anyhow: thousands of lines are slow to read.
    """
    room = _PAGE if len(table) > _MANY else 0
    line: dict[str, Raw] = {}
    size = 0
    for key, fields in table.items():
        written = as_json(plain(fields))
        if line and (size + len(written) > room or len(line) == _TOGETHER):
            yield line
            line, size = {}, 0
        line[key] = Raw(written)
        size += len(key) + len(written)
    yield line


def write_whole(disk: Disk, descriptor: int, data: bytes) -> None:
    """Write in one call; a disk that takes only a part is full, or as good as full, and fails."""
    if disk.write(descriptor, data) != len(data):
        raise OSError(errno.ENOSPC, "the disk took only a part")


def write_fresh(fresh: Path, content: bytes, disk: Disk) -> None:
    """Write what is to take a file's place, and wait until it is on the disk; nothing remains of a failed one."""
    with suppress(FileNotFoundError):
        disk.unlink(fresh)
    descriptor = disk.open(fresh, CREATE_NEW)
    try:
        try:
            write_whole(disk, descriptor, content)
            disk.sync_file(descriptor)
        finally:
            disk.close(descriptor)
    except BaseException:
        with suppress(OSError):
            disk.unlink(fresh)
        raise


def create_journal(folder: Path, documents: AllTables, disk: Disk) -> None:
    """Make a session: its folder, where it is missing, and a journal with these documents; all of it or none.

    Raises:
        StoreError: there is a session in the folder already, or the disk refuses.
        NotStorable: a document has no form in JSON.
    """
    content = fresh_lines(1, documents)
    lock = session_lock(folder / LOCK_NAME, disk)
    try:
        with suppress(FileExistsError):
            disk.make_folder(folder)
        disk.sync_folder(folder.parent)
        lock.acquire(PATIENCE)
        if JOURNAL_NAME in disk.names(folder):
            raise StoreError(f"There is a session in {folder} already. Choose another title, date or folder.")
        write_fresh(folder / FRESH_NAME, content, disk)
        disk.replace(folder / FRESH_NAME, folder / JOURNAL_NAME)
        disk.sync_folder(folder)
    except FileNotFoundError as error:
        raise StoreError(f"There is no folder {folder.parent} to put the session in. Make it first.") from error
    except OSError as error:
        raise refusal(folder, error) from error
    finally:
        lock.close()
