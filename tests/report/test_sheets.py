"""Blank ballots for the absent: filled in, they come in again."""

import csv
import io
from dataclasses import replace

import pytest

from cxworkshop.domain.errors import WrongUsage
from cxworkshop.domain.instruments import Option, Scale
from cxworkshop.domain.session import Participant, Privacy, Round, Rules
from cxworkshop.intake.ballots import read_ballots
from cxworkshop.report.sheets import NoCodes, blank_sheet
from report.room import session


def test_a_line_under_the_wide_sheet_is_a_ballot() -> None:
    filled = blank_sheet(session(), "csv") + "Ann,North,Staff,1,DK,3\n"
    ballot = read_ballots(filled.encode(), "sheet.csv", session().content.items)[0]
    assert (ballot.participant, ballot.unit, ballot.level) == ("Ann", "North", "Staff")
    assert ballot.answers == {"S1": 1, "Q1": 0, "Q2": 3}


def test_the_long_sheet_filled_in_is_a_ballot() -> None:
    rows = list(csv.DictReader(io.StringIO(blank_sheet(session(), "csv-long"))))
    assert [row["item"] for row in rows] == ["S1", "Q1", "Q2"]
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0].keys())
    writer.writeheader()
    writer.writerows({**row, "participant": "Ann", "answer": "2"} for row in rows)
    ballots = read_ballots(text.getvalue().encode(), "sheet.csv", session().content.items)
    assert [ballot.answers for ballot in ballots] == [{"S1": 2, "Q1": 2, "Q2": 2}]


def test_while_items_are_voted_on_again_the_sheet_holds_only_them() -> None:
    again = replace(session(), rounds=(*session().rounds, Round("3", "self_test", ("Q2",))))
    assert blank_sheet(again, "csv") == "participant,unit,level,Q2\n"
    dots = replace(session(), rounds=(*session().rounds, Round("dots-2", "dots", ("c1", "c2"))))
    assert blank_sheet(dots, "csv") == "participant,unit,level,S1,Q1,Q2\n"


def test_the_printed_sheet_says_whom_to_return_it_to_and_what_is_promised() -> None:
    text = blank_sheet(session(), "markdown")
    assert "return this sheet to Fay" in text
    assert "Whoever keys in this sheet sees what is on it" in text
    assert text.count("- [ ] I don’t know") == 3
    numbered = [line[4:6] for line in text.splitlines() if line.startswith("### ")]
    assert numbered == ["1.", "2.", "3."], "as whoever keys it in is asked"


def test_the_printed_sheet_gives_options_the_numbers_by_which_they_are_keyed_in() -> None:
    present = session()
    (first, *others) = present.content.instruments
    scale = Scale("likely", tuple(map(Option, ("0 never", "1", "2 surely"))))
    items = (replace(first.items[0], scale=scale, model=""), *first.items[1:])
    content = replace(present.content, instruments=(replace(first, items=items), *others))
    text = blank_sheet(replace(present, content=content), "markdown")
    assert "- [ ] 0 never\n- [ ] 1\n- [ ] 2 surely\n- [ ] I don’t know" in text


def test_slips_hold_a_code_each_and_are_of_anonymous_sessions_alone() -> None:
    codes = {f"p{place}": Participant(f"p{place}", code=code) for place, code in enumerate(("KITE-42", "LION-7"))}
    anonymous = replace(session(), participants=codes, rules=Rules(privacy=Privacy.ANONYMOUS))
    text = blank_sheet(anonymous, "slips")
    assert (text.count("**KITE-42**"), text.count("**LION-7**"), text.count("- - -")) == (1, 1, 2)
    with pytest.raises(NoCodes, match="no codes"):
        blank_sheet(session(), "slips")


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(WrongUsage, match="there are csv"):
        blank_sheet(session(), "pdf")
