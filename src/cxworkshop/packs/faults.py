"""What is wrong with a pack, said so that its author can put it right."""

from dataclasses import dataclass

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
        place = f"{self.file}: {self.key}" if self.key else self.file
        return f"{place}: {self.wrong}; {self.right}"


class UnusablePack(CxWorkshopError):
    """A pack has faults; `faults` holds every one of them, the sentence names the first few."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        named = [str(fault) for fault in faults[:_NAMED_IN_A_SENTENCE]]
        more = len(faults) - len(named)
        rest = f" | and {more} more, named by `cxworkshop packs check`" if more else ""
        super().__init__("The pack cannot be used. " + " | ".join(named) + rest)


class UnknownPack(CxWorkshopError):
    """No pack answers to this id or file."""


class UnknownAgenda(CxWorkshopError):
    """No agenda answers to this id."""


class UnfitPack(CxWorkshopError):
    """A pack cannot serve in this session: it has no self-test, or shares ids with another."""
