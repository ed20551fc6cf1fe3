"""A whole session in one file, and a session made of such a file.

The file is text, one JSON value a line::

    {"cxworkshop-backup":1,"schema":1,"session":"2026-11-21-aurora","documents":57}
    ["session","about",{"schema":1,"id":"2026-11-21-aurora",...}]
    ["ballots","1:KITE-42",{...}]
    {"sha256":"..."}

The first line says what it is, then comes a line per document with its table and id, and the last line holds the
checksum of everything before it, so that a file that was cut off shows. The same session always gives the same bytes;
ballots and roll marks come in the order of their ids, which tells nothing of who voted when.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Any, Final

from cxworkshop.domain.errors import CxWorkshopError, DamagedSession, NewerSession, NotSaved, StoreError
from cxworkshop.domain.session import SCHEMA
from cxworkshop.store.ballot_box import round_of
from cxworkshop.store.catalogue import FolderCatalogue, is_session_id, session_id
from cxworkshop.store.codec import BALLOTS, ROLL, SESSION, TABLES, Document, decode_ballot, decode_section, schema_of
from cxworkshop.store.database import Database
from cxworkshop.store.disk import CREATE_NEW, Disk
from cxworkshop.store.fresh import JOURNAL_NAME, LOCK_NAME, AllTables, write_whole
from cxworkshop.store.repository import SessionRepository

FORMAT_VERSION: Final = 1
_MARK: Final = "cxworkshop-backup"
_LONGEST_HEAD: Final = 4096

_write = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Backup:
    """A session as a backup holds it."""

    session: str
    """The session's id."""
    schema: int
    documents: AllTables
    warnings: tuple[str, ...] = field(default=(), compare=False)
    """What was found torn in the session, in a sentence each: it is in no backup."""

    @property
    def is_rehearsal(self) -> bool:
        """Whether it is a practice session, which lies apart from the real ones."""
        return self.documents.get(SESSION, {}).get("about", {}).get("rehearsal") is True

    @property
    def is_confidential(self) -> bool:
        """Whether it holds what the room may not see yet: nothing was revealed, or ballots wait for their reveal."""
        fields = decode_section("rounds", self.documents.get(SESSION, {}).get("rounds", {"rounds": []}))
        revealed = {held.key for held in fields["rounds"] if held.state == "revealed"}
        return not revealed or any(round_of(key) not in revealed for key in self.documents.get(BALLOTS, {}))


def take_backup(folder: Path) -> Backup:
    """The backup of the session in a folder, as of one moment.

    Raises:
        SessionMissing: there is no session in the folder.
        DamagedSession: it has damaged lines, which a backup would leave out without a word.
        NewerSession: a later version wrote it.
    """
    database = Database(folder)
    try:
        with database.reading():
            tables = database.storage.read() or {}
            ordered = {name: dict(_rows(name, tables[name])) for name in _in_order(tables) if tables[name]}
        if database.read_only:
            raise DamagedSession(
                f"The session in {folder} is damaged, so a backup of it would not be whole. Copy the folder as it is."
            )
        warnings = database.damage
    finally:
        database.close()
    section = ordered.get(SESSION, {}).get("about", {})
    schema = schema_of(section)
    _refuse_newer(f"The session in {folder}", schema)
    about = decode_section("about", section)["about"]
    own = about.id if is_session_id(about.id) else session_id(about.held, about.title)
    return Backup(own, schema, ordered, warnings)


def write_backup(backup: Backup, file: Path, disk: Disk | None = None) -> Path:
    """Write a backup to a new file that only the user may read: whole, and on the disk, or not at all.

    Returns:
        The file's full path.

    Raises:
        StoreError: there is something of that name already, or there is no such folder.
        NotSaved: the disk refused; nothing is left behind.
    """
    disk = disk or Disk()
    target = file.absolute()
    _refuse_taken(target)
    unfinished = target.with_name(f".{target.name}.{token_hex(4)}.new")
    try:
        with _gone_if_refused(unfinished, disk):
            _write_file(unfinished, encode(backup), disk)
            _name(unfinished, target, disk)
        with _gone_if_refused(target, disk):
            with suppress(FileNotFoundError):
                disk.unlink(unfinished)
            disk.sync_folder(target.parent)
    except FileExistsError:
        _refuse_taken(target)
        raise
    except FileNotFoundError as error:
        raise StoreError(f"There is no folder {target.parent} to put the backup in. Make it first.") from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise NotSaved(f"The backup could not be written to {target} ({reason}). Name another place.") from error
    return target


def encode(backup: Backup) -> bytes:
    """A backup as the bytes of its file."""
    count = sum(len(rows) for rows in backup.documents.values())
    head = {_MARK: FORMAT_VERSION, "schema": backup.schema, "session": backup.session, "documents": count}
    lines = [_line(head)]
    lines += [_line([name, key, fields]) for name, rows in backup.documents.items() for key, fields in rows.items()]
    body = b"".join(lines)
    return body + _line({"sha256": sha256(body).hexdigest()})


def read_backup(file: Path) -> Backup:
    """A backup read from its file.

    Raises:
        DamagedSession: it is not as it was written, or no backup at all.
        NewerSession: a later version wrote it.
        StoreError: it cannot be read.
    """
    try:
        with file.open("rb") as opened:
            head = opened.readline(_LONGEST_HEAD)
            if not head.startswith(b'{"%b":' % _MARK.encode()):
                raise DamagedSession(f"{file} is no backup of a session, so nothing was restored. Name another file.")
            return decode(head + opened.read(), str(file))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StoreError(f"{file} cannot be read ({reason}), so nothing was restored.") from error


def decode(data: bytes, name: str) -> Backup:
    """A backup from the bytes of its file; `name` is what the file is called in refusals.

    Raises:
        DamagedSession: the bytes are not as they were written.
        NewerSession: a later version wrote them.
    """
    try:
        first, _, _ = data.partition(b"\n")
        head = json.loads(first)
        version, schema, session, count = (head[key] for key in (_MARK, "schema", "session", "documents"))
        if isinstance(version, int) and version > FORMAT_VERSION:
            raise NewerSession(f"{name} was written by a newer cxworkshop. Update cxworkshop to restore it.")
        body, last = _without_last_line(data)
        if version != FORMAT_VERSION or json.loads(last) != {"sha256": sha256(body).hexdigest()}:
            raise _damaged(name)
        _refuse_newer(name, schema)
        documents = _documents(json.loads(line) for line in body.split(b"\n")[1:-1])
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise _damaged(name) from error
    if sum(map(len, documents.values())) != count or not isinstance(session, str) or not is_session_id(session):
        raise _damaged(name)
    return Backup(session, schema, documents)


def restore(backup: Backup, catalogue: FolderCatalogue) -> str:
    """Make a session of a backup.

    Returns:
        Its id: the one it had, with `-2`, `-3`, … where that is taken.

    Raises:
        DamagedSession: its documents do not make a session; nothing is left behind.
        FolderUnusable: the folder cannot be made or written.
        StoreError: the disk refuses.
    """
    folder = catalogue.free_folder(backup.session)
    try:
        Database.create(folder, _renamed(backup, folder.name)).close()
        _check(folder, backup)
    except BaseException:
        _remove(folder)
        raise
    return folder.name


def _check(folder: Path, backup: Backup) -> None:
    """Refuse documents that could not be read later, when nobody looks for a better backup any more."""
    try:
        SessionRepository(folder).close()
        for fields in backup.documents.get(BALLOTS, {}).values():
            decode_ballot(fields)
    except CxWorkshopError as error:
        raise DamagedSession("The backup does not hold a whole session, so nothing was restored.") from error


def _remove(folder: Path) -> None:
    for name in (JOURNAL_NAME, LOCK_NAME):
        with suppress(OSError):
            (folder / name).unlink()
    with suppress(OSError):
        folder.rmdir()


def _renamed(backup: Backup, name: str) -> AllTables:
    """The documents, with the session's own id where it had to be changed."""
    sections = backup.documents.get(SESSION, {})
    if name == backup.session or "about" not in sections:
        return backup.documents
    about = {**sections["about"], "id": name}
    return {**backup.documents, SESSION: {**sections, "about": about}}


def _in_order(tables: Mapping[str, Any]) -> Iterator[str]:
    """The names of tables, those of the codec first."""
    yield from (name for name in TABLES if name in tables)
    yield from sorted(set(tables) - set(TABLES))


def _rows(name: str, rows: Mapping[str, Document]) -> Iterable[tuple[str, Document]]:
    return sorted(rows.items()) if name in (BALLOTS, ROLL) else rows.items()


def _documents(rows: Iterable[Any]) -> AllTables:
    documents: dict[str, dict[str, Any]] = {}
    for name, key, fields in rows:
        if not (isinstance(name, str) and isinstance(key, str) and isinstance(fields, dict)):
            raise TypeError
        documents.setdefault(name, {})[key] = fields
    return documents


def _without_last_line(data: bytes) -> tuple[bytes, bytes]:
    start = data.rfind(b"\n", 0, len(data) - 1) + 1
    return data[:start], data[start:]


def _line(value: object) -> bytes:
    return _write(value).encode() + b"\n"


def _refuse_taken(target: Path) -> None:
    if target.is_dir():
        raise StoreError(f"{target} is a folder. Name a file in it.")
    if target.exists() or target.is_symlink():
        raise StoreError(f"{target} is there already and is not overwritten. Name another file.")


def _refuse_newer(what: str, schema: object) -> None:
    if not isinstance(schema, int) or isinstance(schema, bool):
        raise TypeError
    if schema > SCHEMA:
        raise NewerSession(
            f"{what} has schema {schema}, and this version of cxworkshop knows up to schema {SCHEMA}. "
            "Update cxworkshop first."
        )


def _damaged(name: str) -> DamagedSession:
    return DamagedSession(f"{name} is not as it was written, so nothing was restored. Use another copy of the backup.")


def _write_file(path: Path, data: bytes, disk: Disk) -> None:
    descriptor = disk.open(path, CREATE_NEW)
    try:
        write_whole(disk, descriptor, data)
        disk.sync_file(descriptor)
    finally:
        disk.close(descriptor)


@contextmanager
def _gone_if_refused(path: Path, disk: Disk) -> Iterator[None]:
    """Leave nothing behind of a file that could not be brought to its end."""
    try:
        yield
    except BaseException:
        with suppress(OSError):
            disk.unlink(path)
        raise


def _name(unfinished: Path, target: Path, disk: Disk) -> None:
    """Give a finished file its name, and fail where somebody has it: a second name does that, a rename would not.

    Sticks and some network folders know no second names. There the name is taken by an empty file first.
    """
    if os.name == "posix":
        try:
            os.link(unfinished, target)
        except FileExistsError:
            raise
        except OSError:
            disk.close(disk.open(target, CREATE_NEW))
            with _gone_if_refused(target, disk):
                disk.replace(unfinished, target)
    else:
        unfinished.rename(target)
