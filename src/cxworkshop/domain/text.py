"""The one edge at which text from people and files is cleaned.

Terminals obey control characters and layouts break on direction marks, so both are made visible here, once, when text
enters the program. What people really write (Persian joiners, Hebrew, emoji sequences) comes through unchanged.
Escaping for Markdown, HTML or CSV is not done here: each output escapes for itself.
"""

import re
import unicodedata

NAME_LIMIT = 80
"""Longest name of a person, unit, level or organisation, in characters."""

LINE_LIMIT = 300
"""Longest single-line text (titles, actions, measures), in characters."""

NOTE_LIMIT = 2000
"""Longest note or comment, in characters."""

_MARKS_PER_BASE = 8
_BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_INVISIBLE = frozenset(
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060\u2061\u2062\u2063\u2064\u3164\ufeff\uffa0"
)
_HIDDEN = re.compile("|".join(rf"\\u{ord(sign):04x}" for sign in sorted(_INVISIBLE | _BIDI_CONTROLS)))
"""What stands in a cleaned text for a sign that nobody sees."""

_JOINER, _NON_JOINER = "\u200d", "\u200c"
_JOINERS = frozenset({_JOINER, _NON_JOINER})
_VIRAMA = 9
"""The combining class of the sign after which letters of Indian scripts are joined."""


def clean(text: str, limit: int = NOTE_LIMIT) -> str:
    r"""Clean a text that may have several lines.

    Args:
        text: Whatever came in.
        limit: The most characters kept; a longer text ends in "…".

    Returns:
        The text in NFC with line ends as a newline, tabs as a space, control, direction and invisible characters
        shown as `␛` or `\u202e`, at most eight combining marks on a base, and no white space at its ends.
    """
    return _clean(text.replace("\r\n", "\n").replace("\r", "\n"), limit, keep="\n")


def clean_line(text: str, limit: int = LINE_LIMIT) -> str:
    """Clean a text that is one line: as `clean`, with every run of white space as one space."""
    return _clean(" ".join(text.split()), limit, keep="")


def same_name(first: str, second: str) -> bool:
    """Tell whether two cleaned names would be read as the same name in a room: compatibility forms and case aside."""
    return name_key(first) == name_key(second)


def name_key(name: str) -> str:
    """The form in which names are compared: NFKC, case folded, single spaces, joiners and unseen signs left out."""
    folded = unicodedata.normalize("NFKC", _HIDDEN.sub("", name)).casefold()
    return " ".join("".join(character for character in folded if character not in _JOINERS).split())


def search_key(name: str) -> str:
    """The form in which names are looked for: as `name_key`, and without marks, so that `chloe` finds Chloé."""
    parts = unicodedata.normalize("NFKD", name_key(name))
    return "".join(character for character in parts if not unicodedata.combining(character))


def _clean(text: str, limit: int, *, keep: str) -> str:
    visible: list[str] = []
    marks = 0
    for position, character in enumerate(normalized := unicodedata.normalize("NFC", text)):
        if unicodedata.combining(character) or unicodedata.category(character) == "Me":
            marks += 1
            if marks > _MARKS_PER_BASE:
                continue
        else:
            marks = 0
        visible.append(character if character in keep else _visible(character, normalized, position))
    cleaned = "".join(visible).strip()
    return cleaned if len(cleaned) <= limit else cleaned[: limit - 1].rstrip() + "…"


def _shapes(joiner: str, text: str, position: int) -> bool:
    """Whether a joiner shapes the letters or emoji beside it; anywhere else it hides, and lines are measured wrong."""
    if not 0 < position < len(text) - 1:
        return False
    before, after = text[position - 1], text[position + 1]
    if before.isspace() or after.isspace() or after in _JOINERS:
        return False
    if joiner == _NON_JOINER or unicodedata.combining(before) == _VIRAMA or unicodedata.bidirectional(before) == "AL":
        return True
    # A heart or a skin comes with a sign of its own between the emoji and the joiner.
    return unicodedata.category(after) == "So" and unicodedata.category(before) in ("So", "Sk", "Mn")


def _visible(character: str, text: str, position: int) -> str:
    """The character itself where it is harmless, a visible stand-in where it is not."""
    if character in _JOINERS:
        return character if _shapes(character, text, position) else ""
    if character == "\t":
        return " "
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    category = unicodedata.category(character)
    tag = 0xE0000 <= code <= 0xE007F
    if category in ("Cc", "Cs", "Co", "Zl", "Zp") or character in _BIDI_CONTROLS or character in _INVISIBLE or tag:
        return f"\\u{code:04x}"
    return character
