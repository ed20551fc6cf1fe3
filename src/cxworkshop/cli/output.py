"""What the commands print: data to stdout, everything else to stderr, and nothing that a terminal would obey."""

import re
from pathlib import Path

import click

from cxworkshop.domain.errors import CxWorkshopError

LARGEST_FILE = 16 * 1024 * 1024
"""The most bytes read of a file that somebody brings; what is taken in sets its own, lower limits."""

_OBEYED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]|\r(?!\n)")


class Unreadable(CxWorkshopError):
    """A file that somebody named cannot be read."""


def harmless(text: str) -> str:
    """The text with every character that a terminal would obey replaced; line ends and tabs stay."""
    return _OBEYED.sub("\N{REPLACEMENT CHARACTER}", text)


def say(text: str, *, as_it_is: bool = False) -> None:
    """Print data to stdout, ending in one line end, or in those that it has."""
    click.echo(harmless(text) if as_it_is else harmless(text).rstrip("\r\n"), nl=not as_it_is)


def note(sentence: str) -> None:
    """Tell something on stderr."""
    click.echo(harmless(sentence), err=True)


def bytes_of(path: str) -> bytes:
    """What a file that somebody named holds.

    Raises:
        Unreadable: It cannot be read.
    """
    try:
        with Path(path).open("rb") as file:
            return file.read(LARGEST_FILE)
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or "it has no usable name"
        raise Unreadable(f"{path} cannot be read: {reason}.") from error
