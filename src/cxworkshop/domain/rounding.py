"""How figures are rounded where people read them: alike on every screen and in every document; scripts get them exact.

Halves go away from zero, as people round, where Python's own formats take the even one: 12.5 in a hundred is 13, and
the 62.5 beside it is 63. A figure that would read as all or none is not rounded to it.
"""

from decimal import ROUND_HALF_UP, Decimal


def in_places(value: float, places: int = 0) -> str:
    """A figure with just so many decimals: "0.13" for 0.125 in two, "-1" for -0.5 in none."""
    # The shortest decimal that stands for the value: 1.45 is meant where the nearest binary number is a hair below.
    found = Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return str(found or abs(found))


def whole(value: float) -> int:
    """The nearest whole number."""
    return int(in_places(value))


def shown_agreement(agreement: float) -> int:
    """Agreement as it is shown: 100 only where all answered alike, 0 only with half the room at each end."""
    if agreement in (0, 100):
        return int(agreement)
    return min(max(whole(agreement), 1), 99)


def share_in_words(percent: float) -> str:
    """A share as it is shown: "62 %", but "< 1 %" of somebody and "> 99 %" of fewer than all."""
    if 0 < percent < 1 and not whole(percent):
        return "< 1 %"
    if percent < 100 and whole(percent) == 100:
        return "> 99 %"
    return f"{whole(percent)} %"
