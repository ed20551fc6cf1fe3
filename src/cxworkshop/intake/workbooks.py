"""Workbooks (XLSX): the rows of a sheet as records. Formulas and macros are not run; what they gave last is read."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NoReturn, TypeAlias
from xml.etree.ElementTree import ParseError

from cxworkshop.intake.lost_cells import lost_cells
from cxworkshop.intake.tables import LARGEST_FILE, Fault, FileRefused, Record, quoted

LARGEST_UNPACKED = 64 * 1024 * 1024
"""The most bytes a workbook may come to when it is unpacked."""

_ZIP = b"PK\x03\x04"
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_ROWS = 100_000
_MOST_CELLS = 5_000_000
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
"""What unpacking raises where an archive is not sound."""

_TABLE_OF_CONTENTS = "xl/workbook.xml"

_Cell: TypeAlias = int | float | str | bool | time | date | datetime | timedelta


def is_workbook(data: bytes) -> bool:
    """Whether a file is a workbook or an archive rather than text, told from its first bytes."""
    return data.startswith((_ZIP, _OLD_OR_LOCKED))


def workbook_records(data: bytes, file_name: str, sheet: str = "") -> Iterator[Record]:
    """The rows of a sheet that are not blank, each with its number in the sheet.

    Whole numbers come without a point, dates as `2027-03-31`, ticks as TRUE and FALSE, empty cells as empty text.
    Errors and formulas without a result come as they are shown, so that nobody takes them for cells left blank.

    Args:
        data: The file's bytes.
        file_name: What it is called, for messages.
        sheet: The name of the sheet; empty for the first.

    Raises:
        FileRefused: It is no XLSX workbook, locked with a password, damaged, too large, or has no such sheet.
    """
    _refuse_unless_small(data, file_name)
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - only workbooks need it

    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            if not workbook.sheet_names:
                _refuse(file_name, "it has no sheets")
            named = sheet or workbook.sheet_names[0]
            if named not in workbook.sheet_names:
                listed = ", ".join(quoted(name) for name in workbook.sheet_names[:10])
                _refuse(file_name, f"it has no sheet {quoted(named)}; its sheets are {listed}")
            found = workbook.get_sheet_by_name(named)
            if found.total_height > _MOST_ROWS or found.total_height * found.total_width > _MOST_CELLS:
                _refuse(file_name, f"its sheet {quoted(named)} is far too large; keep only the answers on it")
            rows = found.to_python(skip_empty_area=False)
        lost = lost_cells(data, named)
    except (CalamineError, ParseError, LookupError, *_DAMAGED):
        _refuse(file_name, "this workbook is damaged or of a kind that is not read; save it as XLSX again, or as CSV")
    for number, row in enumerate(rows, start=1):
        cells = tuple(_written(cell) or lost.get((number, column), "") for column, cell in enumerate(row))
        if any(cell.strip() for cell in cells):
            yield Record(number, cells)


def _refuse_unless_small(data: bytes, file_name: str) -> None:
    """Refuse what is no XLSX workbook, or would come to more than memory should be given for."""
    if len(data) > LARGEST_FILE:
        _refuse(file_name, "it is larger than 10 MB; split it by round or by unit")
    if data.startswith(_OLD_OR_LOCKED):
        _refuse(file_name, "it is an old workbook (.xls) or locked with a password; save it as XLSX without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if _TABLE_OF_CONTENTS not in archive.namelist():
                _refuse(file_name, "it is an archive, but no XLSX workbook; save it as XLSX or as CSV")
            # What the archive says of sizes may be a lie, so each part is unpacked as far as it may go.
            room = LARGEST_UNPACKED
            for part in archive.infolist():
                with archive.open(part) as unpacked:
                    while piece := unpacked.read(1024 * 1024):
                        room -= len(piece)
                        if room < 0:
                            _refuse(file_name, "unpacked it is larger than 64 MB; keep only the sheet with the answers")
    except _DAMAGED:
        _refuse(file_name, "this workbook is damaged or locked; save it as XLSX again, or as CSV")


def _written(cell: _Cell) -> str:
    """A cell as it would stand in a CSV file."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def _refuse(file_name: str, sentence: str) -> NoReturn:
    raise FileRefused(file_name, [Fault(0, "", sentence)])
