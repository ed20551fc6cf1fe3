"""Rosters: who is in the room, from a file or from lines typed or pasted."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from cxworkshop.domain.text import NAME_LIMIT, clean_line, name_key
from cxworkshop.intake.tables import Faults, Record, column_name, fitted, quoted, reader_fault, records, text_of
from cxworkshop.intake.workbooks import is_workbook, workbook_records

_COLUMNS = ("name", "unit", "level")
_OTHER_WORDS = {"participant": "name"}


class Person(NamedTuple):
    """Somebody on a roster; unit and level are empty where they are not stated."""

    name: str
    unit: str = ""
    level: str = ""


def read_roster(data: bytes, file_name: str) -> tuple[Person, ...]:
    """Read a roster file: UTF-8 CSV, or the first sheet of an XLSX workbook, of name, unit and level.

    Unit and level are optional.

    A first line that names the columns may put them in any order; without it they stand in this order.

    Args:
        data: The file's bytes.
        file_name: What it is called, for messages.

    Raises:
        FileRefused: Anything is not as it should be, or somebody is on it twice. All faults are named.
    """
    if is_workbook(data):
        return _people(workbook_records(data, file_name), Faults(file_name))
    return _people(_rows(text_of(data, file_name)), Faults(file_name))


def read_roster_lines(text: str) -> tuple[Person, ...]:
    """Read a roster as typed or pasted, one person a line, such as `Ann Example, Sales, Staff`.

    Raises:
        FileRefused: As for `read_roster`.
    """
    return _people(_rows(text), Faults("The roster"))


def _rows(text: str) -> Iterator[Record]:
    # Told from the first line alone: a semicolon in somebody's name further down parts no columns.
    first = next((line for line in text.splitlines() if line.strip()), "")
    return records(text, next((delimiter for delimiter in ("\t", ";") if delimiter in first), ","))


def _people(rows: Iterator[Record], faults: Faults) -> tuple[Person, ...]:
    columns: Sequence[str] = _COLUMNS
    people: dict[str, tuple[Person, int]] = {}
    line = 0
    try:
        for record in rows:
            if line == 0 and (header := _header(record)):
                columns = header
            elif (person := _person(record, columns, faults)) is not None:
                _enter(people, person, record.line, faults)
            line = record.line
    except csv.Error as error:
        faults.add(line + 1, "", reader_fault(error))
    faults.refuse_if_any()
    if not people:
        faults.add(0, "", "nobody is on it; write one person a line: name, unit, level")
    faults.refuse_if_any()
    return tuple(person for person, _ in people.values())


def _header(record: Record) -> tuple[str, ...]:
    """The columns that a first line names; empty where it names a person instead."""
    names = [column_name(cell) for cell in record.cells]
    columns = tuple(_OTHER_WORDS.get(name, name) for name in names)
    return columns if "name" in columns and set(columns) <= {*_COLUMNS, ""} else ()


def _person(record: Record, columns: Sequence[str], faults: Faults) -> Person | None:
    cells = fitted(record.cells, len(columns))
    if len(cells) > len(columns):
        faults.add(record.line, "", f"there are {len(cells)} cells; a person has a name, a unit and a level")
        return None
    stated: Mapping[str, str] = {
        column: clean_line(cell, len(cell) * 10) for column, cell in zip(columns, cells, strict=False)
    }
    if not stated.get("name"):
        faults.add(record.line, "name", "the name is missing")
        return None
    for column in _COLUMNS:
        if len(stated.get(column, "")) > NAME_LIMIT:
            faults.add(record.line, column, f"{quoted(stated[column])} is too long; names hold {NAME_LIMIT} characters")
    return Person(stated["name"], stated.get("unit", ""), stated.get("level", ""))


def _enter(people: dict[str, tuple[Person, int]], person: Person, line: int, faults: Faults) -> None:
    key = name_key(person.name)
    if key in people:
        other, other_line = people[key]
        sentence = f"{quoted(person.name)} reads the same as {quoted(other.name)} on line {other_line}; tell them apart"
        faults.add(line, "name", sentence)
    else:
        people[key] = person, line
