"""Asking line by line: a question until it has an answer that can be taken, with a way out at any time."""

from cxworkshop.domain.instruments import DONT_KNOW
from cxworkshop.domain.text import clean, clean_line
from cxworkshop.tui.ballot.lines import Lines

_DIGITS = 6
"""The longest number that is read as one; Python refuses to read very long ones."""


class Stopped(Exception):
    """The voter left the ballot without sending it."""


class Asking:
    """Says lines and asks for some; `stop` leaves whatever is asked."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines

    def say(self, *lines: str) -> None:
        """Say lines, made harmless."""
        for line in lines:
            for part in clean(line).split("\n"):
                self._lines.say(part)

    def _ask(self, prompt: str) -> str:
        typed = self._lines.ask(prompt)
        if typed.strip().casefold() == "stop":
            raise Stopped
        return typed

    def _number(self, prompt: str, most: int) -> int:
        while True:
            number = number_in(self._ask(prompt).strip())
            if number is not None and number <= most:
                return number
            self.say(f"Type a number from {DONT_KNOW} to {most}.")

    def _agreed(self, prompt: str) -> bool:
        while (typed := self._ask(clean_line(prompt) + " ").strip().casefold()) not in ("y", "yes", "n", "no"):
            self.say("Type yes or no.")
        return typed in ("y", "yes")


def number_in(typed: str) -> int | None:
    """The number that was typed; None for anything else, and for more digits than any number asked for has."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= _DIGITS else None
