"""How the screens look and by which keys they are worked, as their user wants it."""

from dataclasses import dataclass, field

from cxworkshop.tui.keymap import Keymap


@dataclass(frozen=True, slots=True)
class Looks:
    """What an application is given of its user's wishes.

    `theme` is one of the words in `cxworkshop.tui.themes.BY_WORD`, or empty for the application's own; `ascii` draws
    borders, bars and marks without Unicode.
    """

    theme: str = ""
    ascii: bool = False
    keys: Keymap = field(default_factory=Keymap)


USUAL = Looks()
"""Nothing wished."""
