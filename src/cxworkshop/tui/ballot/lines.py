"""Lines that are asked and said: what voting line by line needs of standard input and output."""

import getpass
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from io import TextIOWrapper

from cxworkshop.domain.errors import WrongUsage

ReadLine = Callable[[str], str]
"""Asks with a prompt and gives the line typed; raises EOFError where there will be no more."""

WriteLine = Callable[[str], None]

_SCREENFUL = 60
"""Empty lines that push a ballot off any screen."""

_ALL_GONE = "\x1b[H\x1b[2J\x1b[3J"
"""Takes everything off a terminal, and out of what can be scrolled back to."""


@dataclass(frozen=True, slots=True)
class Lines:
    """A conversation by lines."""

    ask: ReadLine
    ask_secretly: ReadLine
    """As `ask`, for what bystanders must not read."""
    say: WriteLine
    """Says a line; texts of people were made harmless."""
    forget: Callable[[], None]
    """Takes what was said and typed so far out of the reach of the next person."""


def standard_lines() -> Lines:
    """Lines on standard input and output.

    A terminal that knows no control sequences (TERM=dumb) keeps what scrolled away; all others forget it.

    Raises:
        WrongUsage: Standard input or output is closed.
    """
    # Python has None for a stream that was closed before it began.
    open_streams: tuple[object, ...] = (sys.stdin, sys.stdout)
    if None in open_streams:
        raise WrongUsage(
            "Voting line by line reads standard input and writes standard output, and one of them is closed: "
            "run it in a terminal, or with pipes."
        )
    if isinstance(sys.stdin, TextIOWrapper):
        # Bytes that are no text must not end a ballot.
        sys.stdin.reconfigure(errors="replace")
    places_text = sys.stdout.isatty() and os.environ.get("TERM", "dumb") not in ("dumb", "")
    return Lines(_ask, _ask_secretly, _say, _forget_all if places_text else _scroll_away)


def _ask(prompt: str) -> str:
    try:
        return input(prompt)
    except OSError as gone:
        raise EOFError from gone


def _ask_secretly(prompt: str) -> str:
    """What is typed is not echoed on a terminal; from a pipe nobody reads along."""
    if not sys.stdin.isatty():
        return _ask(prompt)
    try:
        return getpass.getpass(prompt, stream=sys.stdout)
    except OSError as gone:
        raise EOFError from gone


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _scroll_away() -> None:
    for _ in range(_SCREENFUL):
        _say("")


def _forget_all() -> None:
    # A terminal that does not know the sequence is left with empty lines.
    _scroll_away()
    sys.stdout.write(_ALL_GONE)
    sys.stdout.flush()
