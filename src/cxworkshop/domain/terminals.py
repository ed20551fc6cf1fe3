"""What may be known of a voting terminal."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

TerminalDoing: TypeAlias = Literal["free", "voting", "covered", "waiting"]
"""What a voting terminal is doing: free for the next person, taking a ballot, hiding one nobody goes on with, or
waiting until the facilitator lets the next person begin."""


@dataclass(frozen=True, slots=True)
class TerminalStatus:
    """A voting terminal that is alive: never who sits there, nor what was chosen."""

    number: int
    """From 1; consoles that were handed over have numbers of their own."""
    doing: TerminalDoing
    since: datetime
    """When it began to do that."""
    console: bool = False
    """It is a console that was handed over."""
    here: bool = False
    """It is this process's own."""
