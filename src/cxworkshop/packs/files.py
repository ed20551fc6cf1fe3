"""Reading a pack's file without being harmed by it.

A pack comes from anywhere. Python's TOML parser recurses with nesting and takes time and memory that grow with the
square of a key's parts, so size, nesting and length of keys are looked at before anything is parsed.
"""

import os
import re
import stat
import tomllib
from pathlib import Path
from typing import Any

from cxworkshop.domain.text import clean_line
from cxworkshop.packs.faults import Fault, UnusablePack

LARGEST_FILE = 256 * 1024
"""The most bytes of a pack file."""

DEEPEST_NESTING = 20
"""The most brackets within brackets, and the most parts of a dotted key."""

_LONGEST_NUMBER = 400

_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\(?:.|\Z)|"(?!""))*(?:"{3,5}|\Z)'
    r"|'''(?:[^']|'(?!''))*(?:'{3,5}|\Z)"
    r'|"(?:[^"\\\n]|\\(?:.|\Z))*(?:"|(?=\n)|\Z)'
    r"|'[^'\n]*(?:'|(?=\n)|\Z)"
    r"|\#[^\n]*"
    r"|[0-9_]{2,}"
    r"|[\[\]{}.,=\n]",
    re.DOTALL,
)
_POSITION = re.compile(r"\s*\(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)\s*$")


def read_document(path: Path) -> dict[str, Any]:
    """Read a TOML file into plain values.

    Args:
        path: A regular file named `*.toml`, in UTF-8 (with or without a byte order mark), of at most `LARGEST_FILE`
            bytes. Links, devices and pipes are refused.

    Raises:
        UnusablePack: It is none of that, or not TOML; the fault names the line where there is one.
    """
    return _parsed(path, _text(path))


def name_of(path: Path) -> str:
    """The file as messages name it, with nothing in it that a terminal would obey."""
    return clean_line(str(path))


def _fault(path: Path, key: str, wrong: str, right: str) -> UnusablePack:
    return UnusablePack((Fault(name_of(path), key, wrong, right),))


def _text(path: Path) -> str:
    if path.suffix.lower() != ".toml":
        raise _fault(path, "", "is not a pack file", "packs are TOML files whose name ends in .toml")
    try:
        data = _bytes(path)
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or "it has no usable name"
        raise _fault(path, "", f"cannot be read ({reason.lower()})", "name a file that is there and readable") from None
    if len(data) > LARGEST_FILE:
        raise _fault(path, "", "is too large", f"a pack has at most {LARGEST_FILE // 1024} kB")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _fault(path, f"line {line}", "is not UTF-8", "save the file as UTF-8") from None


def _bytes(path: Path) -> bytes:
    """The content of a regular file, at most one byte more than allowed."""
    if not stat.S_ISREG(path.lstat().st_mode):
        raise OSError(0, "not a regular file")
    # Between looking and opening the name may come to mean a pipe or a link: neither is followed or waited for.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(0, "not a regular file")
        return file.read(LARGEST_FILE + 1)


def _parsed(path: Path, text: str) -> dict[str, Any]:
    text = text.replace("\r\n", "\n")
    _refuse_hostile_shape(path, text)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        position = _POSITION.search(message)
        what = clean_line(message[: position.start()] if position else message)
        if position and position["line"]:
            key = f"line {position['line']}, column {position['column']}"
        else:
            key = f"line {text.count(chr(10)) + 1}, the end"
        raise _fault(path, key, f"is not TOML ({what[:1].lower() + what[1:]})", "correct the line") from None
    except (ValueError, RecursionError, MemoryError):
        raise _fault(path, "", "has a value that is too long or too deep to read", "shorten it") from None


def _refuse_hostile_shape(path: Path, text: str) -> None:
    """Refuse nesting, dotted keys and numbers of a size that no pack needs and that would choke the parser."""
    depth = parts = line = 0
    for token in _TOKEN.finditer(text):
        word = token.group()
        if word in "[{":
            depth, parts = depth + 1, 0
        elif word in "]}":
            depth, parts = max(0, depth - 1), 0
        elif word == ".":
            parts += 1
        elif word in ",=\n":
            parts = 0
        if depth > DEEPEST_NESTING or parts > DEEPEST_NESTING or _too_long_a_number(word):
            line = text.count("\n", 0, token.start()) + 1
            wrong = "has a number that is too long" if _too_long_a_number(word) else "is nested too deeply"
            raise _fault(
                path, f"line {line}", wrong, f"a pack nests at most {DEEPEST_NESTING} deep, with short numbers"
            )


def _too_long_a_number(word: str) -> bool:
    return len(word) > _LONGEST_NUMBER and word[0].isdigit()
