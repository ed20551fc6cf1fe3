"""The lines of a journal: how a commit is written down, and how a whole one is told from a damaged one.

A journal is text in UTF-8. Its first line is `HEADER`: the name of the format and its version. Every other line is one
commit::

    <crc32, 8 hex digits> <number> <length of the JSON in bytes> <JSON>

The checksum is taken over everything after it. Numbers follow each other without a gap, so that a lost, doubled or
swapped line shows; the first line may carry any number, because sealing starts a new file and counts on. The JSON
holds the changed documents, by table and id: `{"ballots": {"x7f": {...}, "k2m": null}}`. `null` in the place of a
document says that it was removed, in the place of a table that the table was dropped.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeAlias
from zlib import crc32

from cxworkshop.domain.errors import NewerSession, NotStorable

FORMAT_VERSION = 1
HEADER = b"cxworkshop-journal %d\n" % FORMAT_VERSION
_HEADER = re.compile(rb"cxworkshop-journal ([1-9][0-9]{0,5})")

Fields: TypeAlias = dict[str, Any]
"""One document as JSON gives it back."""
TableChanges: TypeAlias = Mapping[str, Fields | None]
"""The changed documents of a table by id; None for a removed one."""
Changes: TypeAlias = Mapping[str, TableChanges | None]
"""The changes of a commit by table; None for a table that was dropped."""

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
_decode = json.JSONDecoder().decode


_AS_THEY_ARE = frozenset({str, int, float, bool, type(None)})
_TEXT = {str}
_ORIGINS: dict[type, Callable[[Any], Any]] = {str: str.__str__, int: int, float: float}


def plain(value: Any) -> Any:
    """A copy of a value, as deep as it goes, in the types that JSON gives back: what is stored, and what is handed out.

    Other mappings than dict become one, tuples become lists, and subclasses of text and numbers what they derive from.

    Raises:
        NotStorable: it holds something that JSON has no form for, or a key that is not text.
    """
    kind = type(value)
    if kind is dict or isinstance(value, Mapping):
        if not {*map(type, value)} <= _TEXT:
            raise NotStorable("This cannot be stored, because it has keys that are not text.")
        return {key: item if type(item) in _AS_THEY_ARE else plain(item) for key, item in value.items()}
    if kind is list or kind is tuple:
        return [item if type(item) in _AS_THEY_ARE else plain(item) for item in value]
    if kind in _AS_THEY_ARE:
        return value
    for derived, origin in _ORIGINS.items():
        if isinstance(value, derived):
            return origin(value)
    raise NotStorable(f"This cannot be stored, because it holds {kind.__name__!r}, for which a file has no form.")


class Commit(NamedTuple):
    """One line of a journal, read back."""

    number: int
    changes: Changes


def encode(number: int, changes: Changes) -> bytes:
    """Write a commit down as one line, its newline included.

    Raises:
        NotStorable: a document holds something that JSON has no form for: a date, a set, NaN, half a surrogate pair.
    """
    try:
        body = _encode(changes).encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise NotStorable(f"This cannot be stored, because a file has no form for it: {error}.") from error
    rest = b"%d %d %b" % (number, len(body), body)
    return b"%08x %b\n" % (crc32(rest), rest)


def decode(line: bytes) -> Commit | None:
    """Read a line, given without its newline; None where it is not whole."""
    rest = line[9:]
    if line[:9] != b"%08x " % crc32(rest):
        return None
    try:
        number, length, body = rest.split(b" ", 2)
        commit = Commit(int(number), _decode(body.decode()))
    except (ValueError, RecursionError):
        return None
    return commit if len(body) == int(length) and _is_sound(commit.changes) else None


def _is_sound(changes: object) -> bool:
    """Whether decoded JSON has the shape of changes: tables of documents, each a mapping or null."""
    return isinstance(changes, dict) and all(
        table is None
        or (isinstance(table, dict) and all(fields is None or isinstance(fields, dict) for fields in table.values()))
        for table in changes.values()
    )


def is_header(line: bytes) -> bool:
    """Whether a file's first line, without its newline, is that of a journal that can be read here.

    Raises:
        NewerSession: it is the header of a later format.
    """
    match = _HEADER.fullmatch(line)
    if match is None:
        return False
    version = int(match[1])
    if version > FORMAT_VERSION:
        raise NewerSession(
            f"This session was written by a newer cxworkshop (journal format {version}, known here: {FORMAT_VERSION})."
            " Update cxworkshop to open it."
        )
    return version == FORMAT_VERSION
