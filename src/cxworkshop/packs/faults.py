"""What is wrong with a pack, said so that its author can put it right."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from cxworkshop.domain.errors import CxWorkshopError

_NAMED_IN_A_SENTENCE = 3


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a pack file."""

    file: str
    key: str
    """A key path such as `items[3] (Q03).scale`, counted from 1, or `line 4`; empty where the whole file is meant."""
    wrong: str
    right: str
    """What would be right instead."""

    def __str__(self) -> str:
        """The fault in one line: file, place, what is wrong; what would be right."""
        return f"{self.file}: {self.explanation}"

    @property
    def explanation(self) -> str:
        """The fault without the name of the file."""
        place = f"{self.key}: " if self.key else ""
        return f"{place}{self.wrong}; {self.right}"


class UnusablePack(CxWorkshopError):
    """A pack has faults; `faults` holds every one of them, the sentence names the first few."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        named = [fault.explanation for fault in faults[:_NAMED_IN_A_SENTENCE]]
        more = len(faults) - len(named)
        rest = f" | and {more} more, which `cxworkshop packs check` names" if more else ""
        super().__init__(f"The pack {faults[0].file} cannot be used: " + " | ".join(named) + rest)


class UnknownPack(CxWorkshopError):
    """No pack answers to this id or file."""


class UnknownAgenda(CxWorkshopError):
    """No agenda answers to this id."""


class UnfitPack(CxWorkshopError):
    """A pack cannot serve in this session: it has no self-test, or shares ids with another."""


def nearest(word: str, words: Sequence[str]) -> str:
    """What somebody who wrote `word` may have meant, as the second half of a fault."""
    close = get_close_matches(word[:64], words, n=1, cutoff=0.65)
    if close:
        return f'did you mean "{close[0]}"?'
    return "known here: " + ", ".join(words) if words else "none is known here"
