"""Reading what a facilitator types into a dialog: numbers and lists of people."""

import re

from cxworkshop.domain.errors import InvalidName, InvalidValue
from cxworkshop.domain.ratings import OPTIONS
from cxworkshop.facilitation.preparing import Person

_SEPARATOR = re.compile(r"\s*[\t;,]\s*")
_BETWEEN_HANDS = re.compile(r"[\s,;/]+")
_MOST_PARTS = 3


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


def read_people(text: str) -> tuple[Person, ...]:
    """People from lines of name, unit and level, with tabs, semicolons or commas between; the last two may be missing.

    Raises:
        InvalidName: There is nobody, a line has no name, or it has more than three parts; the line is named.
    """
    people: list[Person] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        name, *groups = _SEPARATOR.split(line.strip())
        if not name:
            raise InvalidName(f"Line {number} has no name; write name, unit, level.")
        if len(groups) >= _MOST_PARTS:
            raise InvalidName(f"Line {number} has more than three parts; write name, unit, level.")
        people.append(Person(name, *groups))
    if not people:
        raise InvalidName("Type at least one line: name, unit, level.")
    return tuple(people)
