"""Ballots from CSV files and workbooks, long, wide or as a form exports them: all of a file is taken, or nothing of it.

Long has one answer a row (`participant,unit,level,item,answer[,comment][,round][,code]`), wide one participant a row
(`participant,unit,level,<item id>,…[,round][,code]`); columns come in any order, and unit and level may be missing.
A form's export is wide, with the words of a question where the id of an item would be; see `forms`.
"""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from types import MappingProxyType

from cxworkshop.domain.ballots import ImportedBallot
from cxworkshop.domain.instruments import DONT_KNOW, Item
from cxworkshop.domain.text import NAME_LIMIT, NOTE_LIMIT, clean, clean_line, name_key
from cxworkshop.intake.forms import COMMENT, LEFT_OUT, Column, ColumnsUnsettled, is_form, option_of, settle
from cxworkshop.intake.tables import (
    Fault,
    Faults,
    FileRefused,
    Record,
    column_name,
    delimiter_of,
    fitted,
    quoted,
    reader_fault,
    records,
    text_of,
)
from cxworkshop.intake.workbooks import is_workbook, workbook_records

_NOTHING: Mapping[str, str] = MappingProxyType({})
_LONG_COLUMNS = ("participant", "unit", "level", "item", "answer", "comment", "round", "code")
_WIDE_COLUMNS = ("participant", "unit", "level", "round", "code")
_MOST_COLUMNS = 1000
_MOST_BALLOTS = 20_000
_NUMBER = re.compile(r"0|[1-9][0-9]?", re.ASCII)
_DONT_KNOW_WORDS = ("dk", "?", "0")


def read_ballots(
    data: bytes, file_name: str, items: Sequence[Item], *, sheet: str = "", known: Mapping[str, str] = _NOTHING
) -> tuple[ImportedBallot, ...]:
    """Read every ballot of a file.

    Args:
        data: The file's bytes: text in UTF-8 with commas, semicolons or tabs, or an XLSX workbook.
        file_name: What it is called, for messages.
        items: The items that may be answered.
        sheet: The sheet of a workbook; empty for the first.
        known: What headings of forms were settled to hold, as `forms.settle` takes it.

    Returns:
        A ballot per participant and round, in the order of the file; `round` is None where the file names none. An
        answer left blank is left out; a person who left out everything has a ballot without answers.

    Raises:
        FileRefused: Anything in the file is not as it should be. All faults are named.
        ColumnsUnsettled: It is a form's, and it is not known of some columns what they hold.
    """
    faults = Faults(file_name)
    ballots = _Ballots(faults, {item.id: item for item in items})
    take: Callable[[Record], None] | None = None
    last_line = 0
    try:
        for record in _records(data, file_name, sheet):
            last_line = record.line + sum(cell.count("\n") for cell in record.cells)
            if take is None:
                take = _form_rows(record, ballots, known) if is_form(record.cells) else _row_reader(record, ballots)
                faults.refuse_if_any()
            else:
                take(record)
    except csv.Error as error:
        faults.add(last_line + 1, "", reader_fault(error))
    if take is None:
        faults.add(0, "", "it is empty; it needs a header line and a line for each answer or participant")
    elif not ballots.drafts:
        faults.add(0, "", "it holds a header and no ballots")
    faults.refuse_if_any()
    return ballots.finished()


def columns_of(
    data: bytes, file_name: str, items: Sequence[Item], *, sheet: str = "", known: Mapping[str, str] = _NOTHING
) -> tuple[Column, ...]:
    """What the columns of a form's export hold, as far as that is settled; empty where the file is no form's.

    Arguments and errors as for `read_ballots`, of which only the first row is looked at.
    """
    try:
        header = next(_records(data, file_name, sheet), None)
    except csv.Error:
        header = None
    if header is None or not is_form(header.cells):
        return ()
    return settle(fitted(header.cells, 0), items, known)


def _records(data: bytes, file_name: str, sheet: str) -> Iterator[Record]:
    """The rows of a workbook or of text."""
    if is_workbook(data):
        return workbook_records(data, file_name, sheet)
    if sheet:
        raise FileRefused(file_name, [Fault(0, "", "it is no workbook, so it has no sheets; leave --sheet out")])
    text = text_of(data, file_name)
    return records(text, delimiter_of(text, frozenset(_LONG_COLUMNS)))


def _form_rows(header: Record, ballots: "_Ballots", known: Mapping[str, str]) -> Callable[[Record], None]:
    """What takes in the rows of a form's export."""
    columns = _form_columns(header, ballots, known)
    places = {str(column.holds): place for place, column in enumerate(columns) if column.holds != LEFT_OUT}
    asked = {holds: ballots.items[holds] for holds in places if holds in ballots.items}
    commented = [item for item_id, item in ballots.items.items() if COMMENT + item_id in places]

    def take(record: Record) -> None:
        row = ballots.row(record, len(columns), places)
        draft = None if row is None else ballots.draft(row)
        if row is None or draft is None:
            return
        if draft.line != row.line:
            sentence = f"{quoted(draft.participant)} is on line {draft.line} already; each line needs its own number"
            ballots.faults.add(row.line, columns[places["participant"]].heading, sentence)
            return
        for holds, item in asked.items():
            ballots.form_answer(draft, row, item, columns[places[holds]].heading)
        for item in commented:
            ballots.comment(draft, row, item, COMMENT + item.id)

    return take


def _form_columns(header: Record, ballots: "_Ballots", known: Mapping[str, str]) -> tuple[Column, ...]:
    """What the columns of a form's export hold, with a fault where ballots cannot be made of them."""
    headings = fitted(header.cells, 0)
    if len(headings) > _MOST_COLUMNS:
        ballots.faults.add(header.line, "", f"there are {len(headings)} columns; at most {_MOST_COLUMNS} are read")
        ballots.faults.refuse_if_any()
    columns = settle(headings, list(ballots.items.values()), known)
    if any(column.holds is None for column in columns):
        raise ColumnsUnsettled(ballots.faults.file_name, header.line, columns)
    times = Counter(str(column.holds) for column in columns if column.holds != LEFT_OUT)
    for holds in (holds for holds, number in times.items() if number > 1):
        ballots.faults.add(header.line, "", f"{times[holds]} columns hold {quoted(holds)}; leave all but one out")
    if "participant" not in times:
        ballots.faults.add(
            header.line, "", "there is no column “participant”, nor one with the number that a form gives an answer"
        )
    if not times.keys() & ballots.items.keys():
        ballots.faults.add(header.line, "", "there is no column of answers; head one by an item’s id or its words")
    return columns


def _row_reader(header: Record, ballots: "_Ballots") -> Callable[[Record], None]:
    """What takes in the rows under a header: long where it has the columns item and answer, else wide."""
    names = [column_name(cell) for cell in header.cells]
    while names and not names[-1]:
        names.pop()
    faults = ballots.faults
    if len(names) > _MOST_COLUMNS:
        faults.add(header.line, "", f"there are {len(names)} columns; at most {_MOST_COLUMNS} are read")
    for name in (name for name, times in Counter(names).items() if times > 1):
        faults.add(header.line, "", f"two columns are called {quoted(name)}; each may be there once")
    if "participant" not in names:
        faults.add(
            header.line, "", "there is no column “participant”; the header is participant,unit,level,item,answer"
        )
    faults.refuse_if_any()
    if "item" in names or "answer" in names:
        return _long_rows(header, names, ballots)
    return _wide_rows(header, names, ballots)


def _long_rows(header: Record, names: Sequence[str], ballots: "_Ballots") -> Callable[[Record], None]:
    for missing in ("item", "answer"):
        if missing not in names:
            ballots.faults.add(header.line, "", f"there is no column “{missing}” beside the other one")
    for name in names:
        if name not in _LONG_COLUMNS:
            accepted = ", ".join(_LONG_COLUMNS)
            ballots.faults.add(header.line, "", f"column {quoted(name)} is not known; columns are {accepted}")
    places = {name: place for place, name in enumerate(names)}

    def take(record: Record) -> None:
        row = ballots.row(record, len(names), places)
        if row is None:
            return
        item = ballots.item(row, row.cell("item"))
        if item is None:
            return
        draft = ballots.draft(row)
        if draft is None:
            return
        if item.id in draft.lines:
            sentence = (
                f"{quoted(draft.participant)} answered {item.id} on line {draft.lines[item.id]} already; keep one"
            )
            ballots.faults.add(row.line, "item", sentence)
            return
        draft.lines[item.id] = row.line
        ballots.answer(draft, row, item, "answer")
        ballots.comment(draft, row, item)

    return take


def _wide_rows(header: Record, names: Sequence[str], ballots: "_Ballots") -> Callable[[Record], None]:
    columns: dict[str, Item] = {}
    for name, cell in zip(names, header.cells, strict=False):
        if name not in _WIDE_COLUMNS:
            item = ballots.item(_Row(header.line, {name: cell}), cell)
            if item is not None:
                columns[name] = item
    if not columns and not ballots.faults.found:
        ballots.faults.add(header.line, "", "there is no column of answers; name a column by an item’s id")
    places = {name: place for place, name in enumerate(names)}

    def take(record: Record) -> None:
        row = ballots.row(record, len(names), places)
        draft = None if row is None else ballots.draft(row)
        if row is None or draft is None:
            return
        if draft.line != row.line:
            sentence = (
                f"{quoted(draft.participant)} is on line {draft.line} already; keep one line per person and round"
            )
            ballots.faults.add(row.line, "participant", sentence)
            return
        for name, item in columns.items():
            ballots.answer(draft, row, item, name)

    return take


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of a row by column."""

    line: int
    cells: Mapping[str, str]

    def cell(self, name: str) -> str:
        return self.cells.get(name, "").strip()


@dataclass(slots=True)
class _Draft:
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
        return ImportedBallot(
            self.participant, self.unit, self.level, self.round, self.answers, self.comments, self.line, self.code
        )


@dataclass(slots=True)
class _Spelling:
    """How a name was written first, and on which line."""

    written: str
    line: int


@dataclass(slots=True)
class _Ballots:
    """The ballots of a file as they come in, with what is wrong about them."""

    faults: Faults
    items: Mapping[str, Item]
    drafts: dict[tuple[str, int | None], _Draft] = field(default_factory=dict)
    spellings: dict[tuple[str, str], _Spelling] = field(default_factory=dict)
    groups: dict[str, _Draft] = field(default_factory=dict)
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
        return tuple(draft.finished() for draft in self.drafts.values())

    def row(self, record: Record, width: int, places: Mapping[str, int]) -> _Row | None:
        """A row by columns; None, and a fault, where it has other cells than the header."""
        cells = fitted(record.cells, width)
        if len(cells) != width:
            had = f"there {'is' if len(cells) == 1 else 'are'} {len(cells)} cell{'' if len(cells) == 1 else 's'}"
            self.faults.add(record.line, "", f"{had} where the header has {width}")
            return None
        return _Row(record.line, {name: cells[place] for name, place in places.items()})

    def item(self, row: _Row, written: str) -> Item | None:
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

    def draft(self, row: _Row) -> _Draft | None:
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
            draft = _Draft(participant, unit, level, round_number, row.line, code)
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

    def answer(self, draft: _Draft, row: _Row, item: Item, column: str) -> None:
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

    def form_answer(self, draft: _Draft, row: _Row, item: Item, heading: str) -> None:
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

    def comment(self, draft: _Draft, row: _Row, item: Item, column: str = "comment") -> None:
        """Take a comment in, whole or not at all."""
        written = row.cell(column)
        if not written:
            return
        comment = clean(written, len(written) * 10)
        if len(comment) > NOTE_LIMIT:
            self.faults.add(row.line, column, f"it has {len(comment)} characters; a comment holds {NOTE_LIMIT}")
        else:
            draft.comments[item.id] = comment

    def _round(self, row: _Row) -> int | None:
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

    def _name(self, row: _Row, column: str) -> str:
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
