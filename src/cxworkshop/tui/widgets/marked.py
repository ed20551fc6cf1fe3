"""The sign before the line at the cursor, so that it is found without colour."""

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

CURSOR = "▶ "
ELSEWHERE = " " * len(CURSOR)


class Marked(Visual):
    """An entry of a list with the sign before it while the cursor is on it.

    Lists draw the entry at the cursor in bold and no other, which is how it is known.
    """

    def __init__(self, entry: Content) -> None:
        self._entry = entry

    def __str__(self) -> str:
        return self._entry.plain

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """The entry, all its lines moved in by the width of the sign."""
        strips = self._entry.render_strips(max(1, width - len(CURSOR)), height, style, options)
        signs = [CURSOR if style.bold else ELSEWHERE, *[ELSEWHERE] * (len(strips) - 1)]
        return [
            Strip.join([*Content(sign).render_strips(len(CURSOR), 1, style, options), strip])
            for sign, strip in zip(signs, strips, strict=True)
        ]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """As wide as the entry and the sign."""
        return self._entry.get_optimal_width(rules, container_width) + len(CURSOR)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """As high as the entry in what the sign leaves."""
        return self._entry.get_height(rules, max(1, width - len(CURSOR)))
