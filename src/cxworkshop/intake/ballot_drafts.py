"""Ballots while the rows of a file come in, with everything that is wrong about them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from cxworkshop.domain.ballots import ImportedBallot
from cxworkshop.domain.instruments import DONT_KNOW, Item
from cxworkshop.domain.text import NAME_LIMIT, NOTE_LIMIT, clean, clean_line, name_key
from cxworkshop.intake.forms import option_of
from cxworkshop.intake.tables import Faults, Record, fitted, quoted

_MOST_BALLOTS = 20_000
_NUMBER = re.compile(r"0|[1-9][0-9]?", re.ASCII)
_DONT_KNOW_WORDS = ("dk", "?", "0")


@dataclass(frozen=True, slots=True)
class BallotRow:
    """The cells of a row by column."""

    line: int
    cells: Mapping[str, str]

    def cell(self, name: str) -> str:
        """What stands in a column, without white space around it; empty where there is none."""
        return self.cells.get(name, "").strip()


@dataclass(slots=True)
class BallotDraft:
    """A ballot while its rows come in."""

    participant: str
    unit: str
    level: str
    round: int | None
    line: int
    code: str = ""
    answers: dict[str, int] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def finished(self) -> ImportedBallot:
        """The ballot, once all rows have come in."""
        return ImportedBallot(
            self.participant, self.unit, self.level, self.round, self.answers, self.comments, self.line, self.code
        )


@dataclass(slots=True)
class _Spelling:
    """How a name was written first, and on which line."""

    written: str
    line: int


@dataclass(slots=True)
class BallotDrafts:
    """The ballots of a file as they come in, with what is wrong about them."""

    faults: Faults
    items: Mapping[str, Item]
    drafts: dict[tuple[str, int | None], BallotDraft] = field(default_factory=dict)
    spellings: dict[tuple[str, str], _Spelling] = field(default_factory=dict)
    groups: dict[str, BallotDraft] = field(default_factory=dict)
    cleaned: dict[str, str] = field(default_factory=dict)
    nearest: dict[str, str] = field(default_factory=dict)
    folded: dict[str, str] = field(init=False)
    """Item ids by the form in which they are looked up."""
    accepted: dict[str, dict[str, int]] = field(init=False)
    """The answers to each item by what may be written for them; option numbers from 1."""
    rounds_named: bool | None = None

    def __post_init__(self) -> None:
        self.folded = {item_id.casefold(): item_id for item_id in self.items}
        self.accepted = {item_id: _accepted(item) for item_id, item in self.items.items()}

    def finished(self) -> tuple[ImportedBallot, ...]:
        """All ballots, in the order of the file."""
        return tuple(draft.finished() for draft in self.drafts.values())

    def row(self, record: Record, width: int, places: Mapping[str, int]) -> BallotRow | None:
        """A row by columns; None, and a fault, where it has other cells than the header."""
        cells = fitted(record.cells, width)
        if len(cells) != width:
            had = f"there {'is' if len(cells) == 1 else 'are'} {len(cells)} cell{'' if len(cells) == 1 else 's'}"
            self.faults.add(record.line, "", f"{had} where the header has {width}")
            return None
        return BallotRow(record.line, {name: cells[place] for name, place in places.items()})

    def item(self, row: BallotRow, written: str) -> Item | None:
        """The item of an id; None, and a fault that names the nearest, where there is none."""
        wanted = written.strip()
        item = self.items.get(wanted)
        if item is not None:
            return item
        wanted_key = wanted.casefold()
        if wanted_key in self.folded:
            return self.items[self.folded[wanted_key]]
        what = f"{quoted(wanted)} is no item of this session" if wanted else "no item is named"
        self.faults.add(row.line, "item" if "item" in row.cells else "", f"{what}{self._nearest(wanted_key)}")
        return None

    def _nearest(self, wanted_key: str) -> str:
        """The end of a sentence that names the item written most alike; looked for once per spelling."""
        if wanted_key not in self.nearest:
            near = get_close_matches(wanted_key[:NAME_LIMIT], self.folded, n=1, cutoff=0.0)
            self.nearest[wanted_key] = f"; the nearest is {self.folded[near[0]]}" if near else ""
        return self.nearest.get(wanted_key, "")

    def draft(self, row: BallotRow) -> BallotDraft | None:
        """The ballot that a row belongs to; None, and faults, where it does not say so properly."""
        before = len(self.faults.found)
        participant = self._name(row, "participant")
        unit, level = self._name(row, "unit"), self._name(row, "level")
        code, round_number = self._name(row, "code"), self._round(row)
        if not row.cell("participant"):
            self.faults.add(row.line, "participant", "nobody is named; write a name, a number or a code")
        if len(self.faults.found) > before:
            return None
        draft = self.drafts.get((participant, round_number))
        if draft is None:
            if len(self.drafts) == _MOST_BALLOTS:
                self.faults.add(
                    row.line, "", f"there are more than {_MOST_BALLOTS:,} ballots; check that this is the right file"
                )
                self.faults.refuse_if_any()
            draft = BallotDraft(participant, unit, level, round_number, row.line, code)
            self.drafts[participant, round_number] = draft
        first = self.groups.setdefault(participant, draft)
        given = (("unit", unit, first.unit), ("level", level, first.level), ("code", code, first.code))
        for column, here, there in given:
            if here != there:
                sentence = (
                    f"{quoted(participant)} has {quoted(here)} here and {quoted(there)} on line {first.line}; keep one"
                )
                self.faults.add(row.line, column, sentence)
        return draft

    def answer(self, draft: BallotDraft, row: BallotRow, item: Item, column: str) -> None:
        """Take an answer in, or note what would be accepted."""
        written = row.cell(column)
        if not written:
            return
        answer = self.accepted[item.id].get(written.casefold())
        if answer is not None:
            draft.answers[item.id] = answer
        else:
            numbers = [each.number for each in item.scale.called]
            accepted = f"write {min(numbers)} to {max(numbers)}, DK for don’t know, or leave it blank"
            self.faults.add(row.line, column, f"{quoted(written)} is no answer to {item.id}; {accepted}")

    def form_answer(self, draft: BallotDraft, row: BallotRow, item: Item, heading: str) -> None:
        """Take in an answer as a form writes it: the option's label, its number, or both."""
        written = row.cell(item.id)
        if not written:
            return
        option = option_of(written, item)
        if option is None:
            labels = ", ".join(quoted(option.label) for option in item.scale.options)
            accepted = f"accepted are {labels}, their numbers, and DK for don’t know"
            self.faults.add(
                row.line, clean_line(heading, NAME_LIMIT), f"{quoted(written)} is no answer to {item.id}; {accepted}"
            )
        else:
            draft.answers[item.id] = option

    def comment(self, draft: BallotDraft, row: BallotRow, item: Item, column: str = "comment") -> None:
        """Take a comment in, whole or not at all."""
        written = row.cell(column)
        if not written:
            return
        comment = clean(written, len(written) * 10)
        if len(comment) > NOTE_LIMIT:
            self.faults.add(row.line, column, f"it has {len(comment)} characters; a comment holds {NOTE_LIMIT}")
        else:
            draft.comments[item.id] = comment

    def _round(self, row: BallotRow) -> int | None:
        """The round a row belongs to; where some rows name one, all must."""
        written = row.cell("round")
        named = bool(written)
        if self.rounds_named is None:
            self.rounds_named = named
        if named != self.rounds_named:
            self.faults.add(
                row.line, "round", "some lines name a round and some do not; name it on all lines or on none"
            )
        if not named:
            return None
        if not _NUMBER.fullmatch(written) or written == "0":
            self.faults.add(row.line, "round", f"{quoted(written)} is no round; write 1, 2 and so on")
            return None
        return int(written)

    def _name(self, row: BallotRow, column: str) -> str:
        """A cleaned name; a fault where it is too long or was written differently before."""
        written = row.cell(column)
        name = self.cleaned.get(written)
        if name is None:
            name = self.cleaned[written] = clean_line(written, len(written) * 10)
        if len(name) > NAME_LIMIT:
            self.faults.add(row.line, column, f"{quoted(name)} has {len(name)} characters; names hold {NAME_LIMIT}")
            return name
        first = self.spellings.setdefault((column, name_key(name)), _Spelling(name, row.line))
        if first.written != name:
            sentence = (
                f"{quoted(name)} reads the same as {quoted(first.written)} on line {first.line}; write it one way"
            )
            self.faults.add(row.line, column, sentence)
        return name


def _accepted(item: Item) -> dict[str, int]:
    """The answers to an item by what may be written for them: an option's number goes before a 0 for don't know."""
    options = {str(each.number): place for place, each in enumerate(item.scale.called, start=1)}
    return dict.fromkeys(_DONT_KNOW_WORDS, DONT_KNOW) | options
