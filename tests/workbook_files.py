"""Workbooks made by hand, as small as the format allows."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr


@dataclass(frozen=True)
class Calculated:
    """A cell with a formula or an error, by what stands within it."""

    inside: str
    kind: str = ""


Cell = str | float | bool | Calculated | None
Cells = Sequence[Cell]

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def workbook(sheets: Mapping[str, Sequence[Cells]]) -> bytes:
    """An XLSX file of some sheets: texts, numbers, ticks, what is calculated, and None for an empty cell."""
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{place}" r:id="r{place}"/>'
        for place, name in enumerate(sheets, start=1)
    )
    linked = "".join(
        f'<Relationship Id="r{place}" Type="{_LINKS}/worksheet" Target="worksheets/sheet{place}.xml"/>'
        for place in range(1, len(sheets) + 1)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r" '
        f'Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{linked}</Relationships>',
    }
    for place, rows in enumerate(sheets.values(), start=1):
        lines = "".join(_row(number, cells) for number, cells in enumerate(rows, start=1))
        parts[f"xl/worksheets/sheet{place}.xml"] = (
            f'<worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData></worksheet>'
        )
    return packed({name: text.encode() for name, text in parts.items()})


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A zip file of some parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def _row(number: int, cells: Cells) -> str:
    return f'<row r="{number}">{"".join(_cell(_place(at, number), cell) for at, cell in enumerate(cells))}</row>'


def _place(at: int, row: int) -> str:
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def _cell(place: str, cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Calculated):
        return f'<c r="{place}" t="{cell.kind or "n"}">{cell.inside}</c>'
    if isinstance(cell, bool):
        return f'<c r="{place}" t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, str):
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
    return f'<c r="{place}"><v>{cell}</v></c>'
