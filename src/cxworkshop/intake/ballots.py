"""Ballots from CSV files and workbooks, long, wide or as a form exports them: all of a file is taken, or nothing of it.

Long has one answer a row (`participant,unit,level,item,answer[,comment][,round][,code]`), wide one participant a row
(`participant,unit,level,<item id>,…[,round][,code]`); columns come in any order, and unit and level may be missing.
A form's export is wide, with the words of a question where the id of an item would be; see `forms`.
"""

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from cxworkshop.domain.ballots import ImportedBallot
from cxworkshop.domain.instruments import Item
from cxworkshop.intake.ballot_drafts import BallotDrafts, BallotRow
from cxworkshop.intake.forms import COMMENT, LEFT_OUT, Column, ColumnsUnsettled, is_form, settle
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
    ballots = BallotDrafts(faults, {item.id: item for item in items})
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


def _form_rows(header: Record, ballots: BallotDrafts, known: Mapping[str, str]) -> Callable[[Record], None]:
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


def _form_columns(header: Record, ballots: BallotDrafts, known: Mapping[str, str]) -> tuple[Column, ...]:
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


def _row_reader(header: Record, ballots: BallotDrafts) -> Callable[[Record], None]:
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


def _long_rows(header: Record, names: Sequence[str], ballots: BallotDrafts) -> Callable[[Record], None]:
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


def _wide_rows(header: Record, names: Sequence[str], ballots: BallotDrafts) -> Callable[[Record], None]:
    columns: dict[str, Item] = {}
    for name, cell in zip(names, header.cells, strict=False):
        if name not in _WIDE_COLUMNS:
            item = ballots.item(BallotRow(header.line, {name: cell}), cell)
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
