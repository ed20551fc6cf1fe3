"""The lines of a journal: how a commit is written down, and how a whole one is told from a damaged one.

A journal is text in UTF-8. Its first line is the head::

    cxworkshop-journal <version of the format> <first> <last> <crc32 of what stands before, 8 hex digits>

`first` and `last` are the numbers of the commits that were written together with the head, before the file had its
name: each of them has to be there, so that it shows where the file was cut off among them. What follows was appended
later. Every other line is one commit::

    <crc32, 8 hex digits> <number> <length of the JSON in bytes> <JSON>

The checksum is taken over everything after it. Numbers follow each other without a gap, so that a lost, doubled or
swapped line shows; the first may be any number, because sealing starts a new file and counts on. The JSON
holds the changed documents, by table and id: `{"ballots": {"x7f": {...}, "k2m": null}}`. `null` in the place of a
document says that it was removed, in the place of a table that the table was dropped.
"""

import re
from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any, NamedTuple, TypeAlias
from zlib import crc32

import msgspec

from cxworkshop.domain.errors import NewerSession, NotStorable

FORMAT_VERSION = 1
_HEAD = re.compile(rb"(cxworkshop-journal ([1-9][0-9]{0,5}) ([1-9][0-9]{0,17}) ([1-9][0-9]{0,17})) ([0-9a-f]{8})")
_VERSION = re.compile(rb"cxworkshop-journal ([1-9][0-9]{0,5})(?: .*)?")

Fields: TypeAlias = dict[str, Any]
"""One document as JSON gives it back."""
TableChanges: TypeAlias = Mapping[str, Fields | None]
"""The changed documents of a table by id; None for a removed one."""
Changes: TypeAlias = Mapping[str, TableChanges | None]
"""The changes of a commit by table; None for a table that was dropped."""

DEEPEST = 40
"""How many lists and mappings may stand inside each other, so that whoever reads them does not run out of stack."""

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(dict[str, dict[str, dict[str, Any] | None] | None]).decode
_AS_THEY_ARE = frozenset({str, int, bool, type(None)})
_TEXT = {str}
_ORIGINS: dict[type, Callable[[Any], Any]] = {str: str.__str__, int: int, float: float}


def plain(value: Any, room: int = DEEPEST) -> Any:
    """A copy of a value, as deep as it goes, in the types that JSON gives back: what is stored, and what is handed out.

    Other mappings than dict become one, tuples become lists, and subclasses of text and numbers what they derive from.

    Raises:
        NotStorable: it holds something that JSON has no form for, or a key that is not text, or goes too deep.
    """
    kind = type(value)
    if kind in _AS_THEY_ARE:
        return value
    if room == 0:
        raise NotStorable(f"This cannot be stored, because it goes deeper than {DEEPEST} levels.")
    if kind is dict or isinstance(value, Mapping):
        if not {*map(type, value)} <= _TEXT:
            raise NotStorable("This cannot be stored, because it has keys that are not text.")
        return {key: item if type(item) in _AS_THEY_ARE else plain(item, room - 1) for key, item in value.items()}
    if kind is list or kind is tuple:
        return [item if type(item) in _AS_THEY_ARE else plain(item, room - 1) for item in value]
    if kind is float and isfinite(value):
        return value
    for derived, origin in _ORIGINS.items():
        if isinstance(value, derived) and kind is not float:
            return plain(origin(value))
    raise NotStorable(f"This cannot be stored, because it holds {value!r:.80}, for which a file has no form.")


class Head(NamedTuple):
    """The first line of a journal, read back: the numbers of the commits that came into being with the file."""

    first: int
    last: int


class Commit(msgspec.Struct, frozen=True):
    """One line of a journal, read back."""

    number: int
    changes: Changes


def as_json(value: Any) -> bytes:
    """Write a `plain` value down as JSON, whose text has no line break in it.

    Raises:
        NotStorable: a text holds half a surrogate pair, or a number has thousands of digits.
    """
    try:
        return _encode(value)
    except ValueError as error:
        raise NotStorable(f"This cannot be stored, because a file has no form for it: {error}.") from error


def encode(number: int, changes: Mapping[str, Mapping[str, Any] | None]) -> bytes:
    """Write a commit of `plain` documents, or of such that are JSON already, down as one line, its newline included.

    Raises:
        NotStorable: as `as_json` does.
    """
    body = as_json(changes)
    rest = b"%d %d %b" % (number, len(body), body)
    return b"%08x %b\n" % (crc32(rest), rest)


def decode(line: bytes) -> Commit | None:
    """Read a line, given without its newline; None where it is not whole."""
    rest = line[9:]
    if line[:9] != b"%08x " % crc32(rest):
        return None
    try:
        number, length, body = rest.split(b" ", 2)
        return Commit(int(number), _decode(body)) if len(body) == int(length) else None
    except (ValueError, RecursionError):
        return None


def encode_head(head: Head) -> bytes:
    """Write the first line of a journal down, its newline included."""
    words = b"cxworkshop-journal %d %d %d" % (FORMAT_VERSION, *head)
    return b"%b %08x\n" % (words, crc32(words))


def decode_head(line: bytes) -> Head | None:
    """Read a file's first line, given without its newline; None where it is not the whole head of a journal.

    Raises:
        NewerSession: it is the head of a later format.
    """
    named = _VERSION.fullmatch(line)
    version = int(named[1]) if named else 0
    if version > FORMAT_VERSION:
        raise NewerSession(
            f"This session was written by a newer cxworkshop (journal format {version}, known here: {FORMAT_VERSION})."
            " Update cxworkshop to open it."
        )
    match = _HEAD.fullmatch(line)
    if match is None or match[5] != b"%08x" % crc32(match[1]):
        return None
    return Head(int(match[3]), int(match[4])) if version == FORMAT_VERSION else None
