"""Text files that hold a table: how they are decoded, split into records, and refused."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cxworkshop.domain.errors import CxWorkshopError
from cxworkshop.domain.text import clean_line

LARGEST_FILE = 10 * 1024 * 1024
"""The most bytes a file may have."""

DELIMITERS = (",", ";", "\t")

_SHOWN_FAULTS = 3
_NAMED_LINES = 10
_KEPT_FAULTS = 1000
_QUOTED_LENGTH = 40
_HOW_TO_SAVE = "save it as “CSV UTF-8” in the spreadsheet and try again"
_READER_FAULTS = (
    ("unexpected end of data", 'a quoted cell begins here and never ends; close its quote, or write " twice inside it'),
    ("expected after", 'there is text after a closing quote; write " twice inside a quoted cell'),
    ("field limit", "a cell is far too long; comments hold 2,000 characters"),
)


class FileRefused(CxWorkshopError):
    """A file is not what it should be; nothing of it was taken.

    Attributes:
        faults: Every fault found (the first thousand), each a sentence that names line and column. `str()` gives the
            first few and the lines of more.
    """

    def __init__(self, file_name: str, faults: Sequence["Fault"]) -> None:
        self.faults = tuple(str(fault) for fault in faults)
        super().__init__(_summary(clean_line(file_name, 120), faults))


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a file: the line (from 1; 0 for the whole file), the column's name, and what to do."""

    line: int
    column: str
    sentence: str

    def __str__(self) -> str:
        place = ", ".join(
            part
            for part in (f"line {self.line}" if self.line else "", f"column {self.column}" if self.column else "")
            if part
        )
        return f"{place}: {self.sentence}" if place else self.sentence


@dataclass(slots=True)
class Faults:
    """The faults of a file as they are found."""

    file_name: str
    found: list[Fault] = field(default_factory=list)

    def add(self, line: int, column: str, sentence: str) -> None:
        """Note a fault.

        Raises:
            FileRefused: It is the thousandth; the rest of the file is not worth reading.
        """
        self.found.append(Fault(line, column, sentence))
        if len(self.found) >= _KEPT_FAULTS:
            self.refuse_if_any()

    def refuse_if_any(self) -> None:
        """Refuse the file where a fault was noted.

        Raises:
            FileRefused: There is one.
        """
        if self.found:
            raise FileRefused(self.file_name, self.found)


@dataclass(frozen=True, slots=True)
class Record:
    """One row: the line (from 1) where it begins, and its cells as written."""

    line: int
    cells: tuple[str, ...]


def text_of(data: bytes, file_name: str) -> str:
    """The text of a file.

    Raises:
        FileRefused: It is over 10 MB, not UTF-8 (a byte order mark is accepted), or holds NUL characters.
    """
    if len(data) > LARGEST_FILE:
        raise FileRefused(file_name, [Fault(0, "", "it is larger than 10 MB; split it by round or by unit")])
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileRefused(file_name, [Fault(0, "", f"it is UTF-16 text, not UTF-8; {_HOW_TO_SAVE}")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FileRefused(file_name, [Fault(line, "", f"this is not UTF-8 text; {_HOW_TO_SAVE}")]) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise FileRefused(
            file_name, [Fault(line, "", f"there is a NUL character, so this is not plain text; {_HOW_TO_SAVE}")]
        )
    return text


def delimiter_of(text: str, known: frozenset[str]) -> str:
    """The delimiter under which the first line has most cells, preferring one that shows a known column name."""

    def rank(delimiter: str) -> tuple[bool, int]:
        try:
            first = next(records(text, delimiter), Record(1, ()))
        except csv.Error:
            return False, 0
        return any(column_name(cell) in known for cell in first.cells), len(first.cells)

    return max(DELIMITERS, key=rank)


def records(text: str, delimiter: str) -> Iterator[Record]:
    """The rows of a table that are not blank.

    Raises:
        csv.Error: A quote is left open, or a cell is far too long; `reader_fault` says it in words.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield Record(begins, tuple(cells))
        begins = reader.line_num + 1


def reader_fault(error: csv.Error) -> str:
    """What the CSV reader could not make sense of, in words."""
    return next(
        (sentence for sign, sentence in _READER_FAULTS if sign in str(error)),
        "this line cannot be read as CSV; check its quotes",
    )


def column_name(cell: str) -> str:
    """A header cell in the form in which columns are looked up."""
    return cell.strip().casefold()


def fitted(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    """The cells without blank ones beyond a width, as spreadsheets leave them."""
    last = len(cells)
    while last > width and not cells[last - 1].strip():
        last -= 1
    return cells[:last]


def quoted(cell: str) -> str:
    """A cell as it is shown in a sentence: cleaned, short, in quotation marks."""
    return f"“{clean_line(cell, _QUOTED_LENGTH)}”"


def _summary(file_name: str, faults: Sequence[Fault]) -> str:
    """At most five lines: what happened, the first faults, and where more are."""
    shown, rest = faults[:_SHOWN_FAULTS], faults[_SHOWN_FAULTS:]
    if len(faults) == 1:
        return f"{file_name} was not read, nothing was changed: {shown[0]}."
    lines = [
        f"{file_name} was not read, nothing was changed. {_count(len(faults))} faults:",
        *(f"  {fault}." for fault in shown),
    ]
    if rest:
        numbers = sorted({fault.line for fault in rest})
        named = ", ".join(str(number) for number in numbers[:_NAMED_LINES])
        lines.append(f"  And {len(rest)} more, on lines {named}{', …' if len(numbers) > _NAMED_LINES else ''}.")
    return "\n".join(lines)


def _count(number: int) -> str:
    return str(number) if number < _KEPT_FAULTS else "A thousand or more"
