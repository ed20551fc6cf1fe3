"""Reading numbers that a facilitator types into a dialog."""

import re
from collections.abc import Callable, Mapping

from cxworkshop.domain.errors import InvalidValue
from cxworkshop.domain.ratings import OPTIONS

_BETWEEN_HANDS = re.compile(r"[\s,;/]+")


def read_number(text: str, least: float, most: float) -> float:
    """A number, with or without a percent sign.

    Raises:
        InvalidValue: It is none, or out of range.
    """
    plain = text.strip().removesuffix("%").strip().replace(",", ".")
    if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]+)?", plain) or not least <= float(plain) <= most:
        raise InvalidValue(f"Give a number from {least:g} to {most:g}.")
    return float(plain)


def read_hands(text: str) -> tuple[int, ...]:
    """Numbers of hands, one for each answer, with spaces or signs between: `0 2 5 3 1`.

    Raises:
        InvalidValue: There are not five whole numbers.
    """
    parts = [part for part in _BETWEEN_HANDS.split(text.strip()) if part]
    if len(parts) != OPTIONS or not all(re.fullmatch(r"[0-9]{1,4}", part) for part in parts):
        raise InvalidValue(f"Give {OPTIONS} numbers of hands, for 1 to {OPTIONS}, such as 0 2 5 3 1.")
    return tuple(map(int, parts))


Check = Callable[[Mapping[str, str]], str | None]
"""Tells why what was typed into a form cannot be taken, in a sentence, or None where it can."""


def doubted_once(doubt: Check) -> Check:
    """A check that says a doubt about what was typed, and lets it pass when it is taken once more as it is."""
    said: list[Mapping[str, str]] = []

    def check(typed: Mapping[str, str]) -> str | None:
        sentence = doubt(typed)
        if sentence is None or dict(typed) in said:
            return None
        said.append(dict(typed))
        return f"{sentence} Count again, or take it once more if it is right."

    return check
