"""Which characters a terminal can show, told by what its surroundings say of it."""

from collections.abc import Mapping

VARIABLE = "CXWORKSHOP_ASCII"
"""The environment variable that asks for ASCII (1) or for lines and blocks (0) whatever the surroundings say."""

_YES = frozenset({"1", "yes", "true", "on"})
_NO = frozenset({"0", "no", "false", "off"})
_LOCALE = ("LC_ALL", "LC_CTYPE", "LANG")
"""The variables that name the encoding, the first that is set wins."""


def why_ascii(environment: Mapping[str, str], settled: bool | None = None) -> str:
    """Why screens are drawn with ASCII only, in words that complete "because …"; empty where they are not.

    Where no locale is named at all, Unicode is taken: containers and remote shells leave it out, and what shows their
    output is nearly always a terminal of our days.

    Args:
        environment: The environment.
        settled: What the user's settings say, if anything; the environment's own variable is asked before them.
    """
    asked = environment.get(VARIABLE, "").casefold()
    if asked in _YES:
        return f"{VARIABLE} asks for it"
    if asked in _NO:
        return ""
    if settled is not None:
        return "your settings ask for it" if settled else ""
    if environment.get("TERM", "") == "linux":
        return "the letters of the Linux console lack blocks and marks"
    name = next((variable for variable in _LOCALE if environment.get(variable)), "")
    if name and not _is_unicode(environment[name]):
        return f"{name}={environment[name]} knows no Unicode"
    return ""


def _is_unicode(locale: str) -> bool:
    return "utf-8" in locale.casefold() or "utf8" in locale.casefold()
