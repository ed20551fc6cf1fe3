"""Whether the day or the month comes first where a date is typed in numbers."""

import locale
from collections.abc import Mapping

_MONTH_FIRST = frozenset(
    ("US", "AS", "FM", "GU", "MH", "MP", "PH", "PR", "PW", "UM", "VI", "CN", "HU", "JP", "KP", "KR", "MN", "TW")
)
"""Territories that write the month before the day, those that begin with the year among them."""

_SPELLED_OUT = frozenset(("United States", "China", "Hungary", "Japan", "Korea", "Philippines", "Taiwan"))
"""The same as Windows names them."""


def day_comes_first(environment: Mapping[str, str]) -> bool:
    """Whether the locale of the terminal writes the day first; so it is taken to be where nothing tells.

    Args:
        environment: The environment variables, of which `LC_ALL`, `LC_TIME` and `LANG` tell, in this order.
    """
    named = next((value for name in ("LC_ALL", "LC_TIME", "LANG") if (value := environment.get(name))), None)
    territory = (named or locale.getlocale()[0] or "").partition(".")[0].partition("@")[0].partition("_")[2]
    return territory not in _MONTH_FIRST | _SPELLED_OUT
