"""Cells of a workbook that show something and give no value: errors such as #N/A, and formulas never worked out.

The library that reads workbooks gives empty text for them, as for cells that were left blank.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

_WORKBOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_MAY_HOLD_ONE = re.compile(rb"""\st=["']e["']|<([A-Za-z]+:)?f[\s>/]""")

Place = tuple[int, int]
"""A row from 1 and a column from 0."""


def lost_cells(data: bytes, sheet: str) -> Mapping[Place, str]:
    """What such cells of a sheet show, by their places: "#N/A", "=1+2"; empty where there are none.

    Args:
        data: The bytes of an XLSX workbook that was found sound and small enough.
        sheet: The sheet's name.

    Raises:
        xml.etree.ElementTree.ParseError: A part is no XML.
        LookupError: A part or a sheet is missing, or a part is of no known encoding.
        Exception: What `zipfile` raises where the archive is damaged.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        part = archive.read(_part_of(archive, sheet))
    # Most sheets hold neither errors nor formulas, and need not be read a second time.
    return dict(_lost(part)) if _MAY_HOLD_ONE.search(part) else {}


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """The path of a sheet within the workbook."""
    named = (each for each in _elements(archive.read(_WORKBOOK), "sheet") if each.get("name") == sheet)
    link = next((value for each in named for key, value in each.items() if key.endswith("}id")), "")
    targets = {each.get("Id"): each.get("Target", "") for each in _elements(archive.read(_LINKS), "Relationship")}
    target = targets[link]
    return target.removeprefix("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")


def _lost(part: bytes) -> Iterator[tuple[Place, str]]:
    for cell in _elements(part, "c"):
        place = _PLACE.fullmatch(cell.get("r", ""))
        inside = {_name(child): child.text or "" for child in cell}
        kind, value = cell.get("t", ""), inside.get("v", "")
        if place is None:
            continue
        if kind == "e":
            yield _placed(place), value or "#N/A"
        elif "f" in inside and not value and kind != "str":
            # A formula whose result is empty text says so by its kind.
            yield _placed(place), f"={inside['f']}"


def _placed(place: re.Match[str]) -> Place:
    column = 0
    for letter in place[1]:
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(place[2]), column - 1


def _elements(part: bytes, name: str) -> Iterator[ET.Element]:
    """All elements of a name, whatever their prefix; each is emptied once it was seen."""
    # Python's parser refuses entities that grow without end.
    for _, element in ET.iterparse(io.BytesIO(part)):  # noqa: S314
        if _name(element) == name:
            yield element
            element.clear()


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]
