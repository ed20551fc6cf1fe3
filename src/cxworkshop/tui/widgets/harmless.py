"""The last thing every painted line goes through: nothing in it that a terminal would obey.

Text is cleaned where it enters the program. This is for what came in otherwise, say in the file of a session that
somebody edited: Textual itself passes control characters on as they are.
"""

import re

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Control characters, and those that turn the direction of writing; none of them has a cell of its own."""


class Harmless(LineFilter):
    """Leaves out what would be obeyed, which changes no width."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The line without it."""
        del background
        if all(segment.text.isprintable() for segment in segments):
            return segments
        return [
            segment if segment.control else Segment(_OBEYED.sub("", segment.text), segment.style)
            for segment in segments
        ]
