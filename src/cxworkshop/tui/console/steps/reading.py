"""Reading numbers that a facilitator types into a dialog."""

import re

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
