"""Reading workbooks: what a sheet says, and every kind of file that is none."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxworkshop.domain.instruments import Item, Option, Scale
from cxworkshop.intake.ballots import read_ballots
from cxworkshop.intake.rosters import read_roster
from cxworkshop.intake.tables import FileRefused
from cxworkshop.intake.workbooks import is_workbook, workbook_records
from workbook_files import Calculated, Cells, packed, workbook

AGREE = Scale("agree", tuple(map(Option, ("Never", "Rarely", "Sometimes", "Mostly", "Always"))))
FIRST, SECOND = (Item(item_id, f"About {item_id}", AGREE) for item_id in ("Q01", "Q02"))
WIDE: list[Cells] = [("participant", "unit", "Q01", "Q02"), ("Ann", "Sales", 4, "DK"), (12, "Support", 5.0, None)]


def refusal(data: bytes, sheet: str = "") -> str:
    with pytest.raises(FileRefused) as refused:
        list(workbook_records(data, "votes.xlsx", sheet))
    return str(refused.value)


def test_rows_keep_their_numbers_and_cells_read_as_in_a_text_file() -> None:
    data = workbook({"Answers": [("a", 1, 2.5, True, None), (), ("ü", 0, None, False, "x")]})
    found = [(record.line, record.cells) for record in workbook_records(data, "votes.xlsx")]
    assert found == [(1, ("a", "1", "2.5", "TRUE", "")), (3, ("ü", "0", "", "FALSE", "x"))]


def test_ballots_come_out_of_a_workbook_as_out_of_text() -> None:
    items = [FIRST, SECOND]
    text = "participant,unit,Q01,Q02\nAnn,Sales,4,DK\n12,Support,5,\n"
    assert read_ballots(workbook({"S": WIDE}), "v.xlsx", items) == read_ballots(text.encode(), "v.csv", items)


def test_a_sheet_is_chosen_by_its_name() -> None:
    data = workbook({"Notes": [("nothing",)], "Answers": WIDE})
    items = [FIRST, SECOND]
    assert len(read_ballots(data, "v.xlsx", items, sheet="Answers")) == 2
    assert "“Notes”, “Answers”" in refusal(data, "Results")


def test_a_fault_names_the_row_of_the_sheet() -> None:
    data = workbook({"S": [("participant", "Q01"), (), ("Ann", 9)]})
    with pytest.raises(FileRefused, match="line 3, column q01"):
        read_ballots(data, "v.xlsx", [FIRST])


def test_errors_and_formulas_without_a_result_are_not_taken_for_answers_left_out() -> None:
    lost = (Calculated("<v>#N/A</v>", "e"), Calculated("<f>B1+1</f><v/>"), Calculated("<f>A1</f>"))
    rows: list[Cells] = [("participant", "Q01", "Q02"), *((f"P{place}", 3, cell) for place, cell in enumerate(lost))]
    data = workbook({"Other": [("x",)], "S": rows})
    with pytest.raises(FileRefused) as refused:
        read_ballots(data, "v.xlsx", [FIRST, SECOND], sheet="S")
    assert len(refused.value.faults) == 3
    assert "line 2, column q02: “#N/A” is no answer to Q02" in str(refused.value)
    assert "“=B1+1” is no answer" in str(refused.value)


def test_what_a_formula_gave_is_read() -> None:
    rows: list[Cells] = [
        ("participant", "Q01", "Q02"),
        ("Ann", Calculated("<f>1+2</f><v>3</v>"), Calculated('<f>""</f><v></v>', "str")),
    ]
    (ballot,) = read_ballots(workbook({"S": rows}), "v.xlsx", [FIRST, SECOND])
    assert dict(ballot.answers) == {"Q01": 3}


def test_a_roster_may_be_a_workbook() -> None:
    data = workbook({"People": [("name", "unit", "level"), ("Ann Example", "Sales", "Staff")]})
    assert read_roster(data, "people.xlsx") == (("Ann Example", "Sales", "Staff"),)


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"PK\x03\x04 and no more", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "password"),
        (packed({"word/document.xml": b"<w/>"}), "no XLSX workbook"),
        (packed({"xl/workbook.xml": b"<workbook"}), "damaged"),
        (packed({"xl/workbook.xml": b"<workbook/>", "big": bytes(70 * 1024 * 1024)}), "64 MB"),
        (workbook({"S": WIDE})[:-40], "damaged"),
    ],
)
def test_what_is_no_workbook_is_refused_in_a_sentence(data: bytes, part: str) -> None:
    assert is_workbook(data)
    assert part in refusal(data)


def test_a_formula_is_not_run() -> None:
    data = workbook({"S": [("participant", "Q01"), ("=1+1", 3)]})
    assert [ballot.participant for ballot in read_ballots(data, "v.xlsx", [FIRST])] == ["=1+1"]


@settings(max_examples=150)
@given(st.data())
def test_a_damaged_workbook_is_read_or_refused_and_never_more(data: st.DataObject) -> None:
    whole = bytearray(workbook({"S": WIDE}))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with suppress(FileRefused):
        read_ballots(bytes(whole), "v.xlsx", [FIRST, SECOND])
