"""Rosters as files and as pasted lines."""

import pytest

from cxworkshop.intake.rosters import Person, read_roster, read_roster_lines
from cxworkshop.intake.tables import FileRefused

ANN, BOB = Person("Ann Example", "Sales", "Staff"), Person("Bob", "Support")


@pytest.mark.parametrize(
    "text",
    [
        "Ann Example, Sales, Staff\nBob, Support",
        "\n  Ann Example ,Sales,Staff\r\n\r\nBob,Support,\r\n",
        "name,unit,level\nAnn Example,Sales,Staff\nBob,Support,",
        "Level;Unit;Name\nStaff;Sales;Ann Example\n;Support;Bob",
        "Ann Example\tSales\tStaff\nBob\tSupport",
        "participant,unit,level\nAnn Example,Sales,Staff\nBob,Support,\n",
    ],
)
def test_one_person_a_line_in_any_of_the_usual_ways(text: str) -> None:
    assert read_roster_lines(text) == (ANN, BOB)
    assert read_roster(b"\xef\xbb\xbf" + text.encode(), "roster.csv") == (ANN, BOB)


def test_names_alone_will_do() -> None:
    assert read_roster_lines("Ann\nBob\n") == (Person("Ann"), Person("Bob"))


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "nobody is on it"),
        ("name,unit,level\n", "nobody is on it"),
        ("Ann\nann\n", "line 2, column name: “ann” reads the same as “Ann” on line 1"),
        ("Ann,Sales,Staff,extra\n", "line 1: there are 4 cells"),
        (",Sales\n", "the name is missing"),
        ("x" * 81, "names hold 80"),
        ("Ann," + "x" * 81, "column unit"),
        ('Ann\n"Bob\n', "line 2: a quoted cell begins here"),
    ],
)
def test_faults_are_named(text: str, part: str) -> None:
    with pytest.raises(FileRefused, match="nothing was changed") as refused:
        read_roster_lines(text)
    assert part in str(refused.value)
    assert ("nobody is on it" in str(refused.value)) == (part == "nobody is on it")


def test_control_characters_are_made_visible() -> None:
    assert read_roster_lines("Bob\x1b]0;x\n")[0].name == "Bob␛]0"


def test_the_first_line_alone_tells_what_parts_the_columns() -> None:
    people = read_roster(b"name,unit,level\nMeier; Ann,Sales,Lead\nBob,Sales,Lead\n", "people.csv")
    assert [tuple(person) for person in people] == [("Meier; Ann", "Sales", "Lead"), ("Bob", "Sales", "Lead")]
