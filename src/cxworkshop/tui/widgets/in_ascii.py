"""Drawing without Unicode: every border, bar, mark and sign of ours as the ASCII sign that comes nearest.

Charts choose their signs themselves (`charts.glyphs`), since bars that differ by form must still differ. All else is
changed where painted lines leave for the terminal, cell by cell, so that no widget has to know. Letters of any script,
which only people write, stay as they are.
"""

import unicodedata
from collections.abc import Iterator, Mapping

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

ASCII_CLASS = "-ascii"
"""The class of an application that draws so."""

_SIGNS: Mapping[str, str] = {
    # Sentences
    **dict.fromkeys("“”„«»″", '"'),
    **dict.fromkeys("‘’‚′", "'"),
    **dict.fromkeys("–—‐‑−", "-"),
    "…": ".",
    "·": "-",
    "•": "*",
    "×": "x",
    "½": "%",
    # Marks
    "✓": "+",
    "✗": "x",
    "✕": "-",
    "☑": "x",
    "☐": "o",
    "●": "*",
    "◐": "~",
    "○": "o",
    "◉": "@",
    "★": "*",
    "◆": "*",
    "■": "#",
    "‖": "=",
    "↻": "@",
    "⭘": "o",
    "🔎": "> ",
    # Arrows and pointers
    **dict.fromkeys("→▶▸►", ">"),
    **dict.fromkeys("←◀◂◄", "<"),
    **dict.fromkeys("↑▲△", "^"),
    **dict.fromkeys("↓▼▽", "v"),
    "␣": "_",
}
_BOXES = range(0x2500, 0x2580)
_BLOCKS = range(0x2580, 0x25A0)
_SHAPES = range(0x25A0, 0x2600)
_PALE = frozenset("░")


def _table() -> Iterator[tuple[int, str]]:
    for code in _BOXES:
        name = unicodedata.name(chr(code))
        across = "HORIZONTAL" in name or "LEFT" in name or "RIGHT" in name
        down = "VERTICAL" in name or "UP" in name or "DOWN" in name
        yield code, "+" if (across and down) or "DIAGONAL" in name or "ARC" in name else "-" if across else "|"
    for code in _BLOCKS:
        name = unicodedata.name(chr(code))
        sign = "." if chr(code) in _PALE else "|" if "LEFT" in name or "RIGHT" in name else "#"
        # The lowest and the highest eighth are edges of boxes and fields.
        yield code, "_" if name == "LOWER ONE EIGHTH BLOCK" else "-" if name == "UPPER ONE EIGHTH BLOCK" else sign
    # Two of the shapes are emoji and take two cells; only people write them.
    yield from ((code, "*") for code in _SHAPES if cell_len(chr(code)) == 1)
    yield from ((ord(sign), plain) for sign, plain in _SIGNS.items())


IN_ASCII: Mapping[int, str] = dict(_table())
"""What is changed, for `str.translate`: as many cells as before, always."""


class InAscii(LineFilter):
    """Changes painted lines."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The line with nothing of ours beyond ASCII."""
        del background
        return [
            segment
            if segment.text.isascii()
            else Segment(segment.text.translate(IN_ASCII), segment.style, segment.control)
            for segment in segments
        ]
