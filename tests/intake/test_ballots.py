"""Ballots from CSV: everything right is taken as it stands, anything wrong refuses the whole file in plain words."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxworkshop.domain.ballots import ImportedBallot
from cxworkshop.domain.instruments import Item, Option, Scale
from cxworkshop.intake.ballots import read_ballots
from cxworkshop.intake.tables import FileRefused

DATA = Path(__file__).parent.parent / "domain" / "data"


def scale(options: int) -> Scale:
    return Scale(f"points-{options}", tuple(Option(str(number)) for number in range(1, options + 1)))


def items(*ids: str, options: int = 5) -> tuple[Item, ...]:
    return tuple(Item(item_id, f"About {item_id}", scale(options)) for item_id in ids)


ITEMS = items("Q01", "Q02", "Q03")


def read(text: str, known: tuple[Item, ...] = ITEMS) -> tuple[ImportedBallot, ...]:
    return read_ballots(text.encode(), "votes.csv", known)


def refusal(text: str | bytes, known: tuple[Item, ...] = ITEMS) -> str:
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(FileRefused) as refused:
        read_ballots(data, "votes.csv", known)
    sentence = str(refused.value)
    assert "votes.csv" in sentence
    assert len(sentence.splitlines()) <= 5
    assert not any(ord(character) < 0x20 and character != "\n" for character in sentence)
    return sentence


def test_long_form_gives_a_ballot_per_person() -> None:
    ballots = read(
        "participant,unit,level,item,answer,comment,round\n"
        'Ann,Sales,Staff,Q01,4,"We say ""no"",\nand leave",1\n'
        "Bob,Support,Head,Q01,DK,,1\n"
        "Ann,Sales,Staff,Q02,,,1\n"
        "Ann,Sales,Staff,Q03,5,,1\n"
    )
    assert ballots == (
        ImportedBallot("Ann", "Sales", "Staff", 1, {"Q01": 4, "Q03": 5}, {"Q01": 'We say "no",\nand leave'}, 2),
        ImportedBallot("Bob", "Support", "Head", 1, {"Q01": 0}, {}, 4),
    )


def test_wide_form_says_the_same() -> None:
    assert read("q02,Participant,UNIT,level,Q01\n3,Ann,Sales,Staff,1\n,Bob,,,?\n") == (
        ImportedBallot("Ann", "Sales", "Staff", None, {"Q02": 3, "Q01": 1}, {}, 2),
        ImportedBallot("Bob", "", "", None, {"Q01": 0}, {}, 3),
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_delimiters_line_ends_and_byte_order_mark_do_not_matter(delimiter: str, line_end: str, start: str) -> None:
    rows = [["participant", "unit", "level", "Q01"], ["Ann", "Sales", "Staff", "2"], ["", "", "", ""]]
    text = start + line_end.join(delimiter.join(row) for row in rows) + line_end
    assert read(text) == (ImportedBallot("Ann", "Sales", "Staff", None, {"Q01": 2}, {}, 2),)


@pytest.mark.parametrize("written", ["DK", "dk", "?", "0", " dk "])
def test_every_spelling_of_dont_know(written: str) -> None:
    assert read(f"participant,Q01\nAnn,{written}\n")[0].answers == {"Q01": 0}


@pytest.mark.parametrize(
    "written", ["6", "-1", "4.0", "५", "5_0", "three", "1e0", "+1", "100", "４", "99999999999", "0x1"]
)
def test_answers_that_are_no_option_name_line_column_and_what_is_accepted(written: str) -> None:
    sentence = refusal(f"participant,unit,level,item,answer\nAnn,S,T,Q02,1\nAnn,S,T,Q01,{written}\n")
    assert "line 3, column answer" in sentence
    assert "1 to 5, DK for don’t know, or leave it blank" in sentence


def test_a_scale_with_numbers_of_its_own_is_answered_by_them() -> None:
    likely = Item("Q01", "How likely?", Scale("likely", tuple(Option(f"{number}") for number in range(11))))
    ballots = read("participant,Q01\na,0\nb,10\nc,dk\n", (likely,))
    assert [ballot.answers["Q01"] for ballot in ballots] == [1, 11, 0]
    assert "write 0 to 10, DK" in refusal("participant,Q01\na,11\n", (likely,))


def test_the_scale_of_each_item_counts() -> None:
    known = (*items("A", options=7), *items("B", options=2))
    assert read("participant,A,B\nAnn,7,2\n", known)[0].answers == {"A": 7, "B": 2}
    assert "line 2, column b: “7” is no answer to B; write 1 to 2" in refusal("participant,A,B\nAnn,7,7\n", known)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ["empty"]),
        ("participant,item,answer\n", ["no ballots"]),
        ("a,b,c\n1,2,3\n", ["line 1", "no column “participant”"]),
        ("participant,item,answr\nAnn,Q01,1\n", ["no column “answer”", "“answr”"]),
        ("participant,item,answer,item\nAnn,Q01,1,Q02\n", ["two columns are called “item”"]),
        ("participant,Q01,Q07\nAnn,1,1\n", ["line 1", "“Q07” is no item", "nearest is Q0"]),
        ("participant,item,answer\nAnn,Q1,1\n", ["line 2, column item", "“Q1”", "nearest is Q01"]),
        ("participant,item,answer\nAnn,,1\n", ["line 2, column item", "no item is named"]),
        ("participant,unit\nAnn,S\n", ["no column of answers"]),
        ("participant,item,answer\nAnn,Q01,4\nAnn,Q01,4\n", ["line 3, column item", "answered Q01 on line 2"]),
        ("participant,Q01\nAnn,4\nAnn,4\n", ["line 3, column participant", "on line 2 already"]),
        ("participant,Q01\nAnn,4\nANN,4\n", ["line 3, column participant", "reads the same as “Ann” on line 2"]),
        ("participant,Q01\nﬁn,4\nfin,4\n", ["reads the same"]),
        ("participant,unit,Q01\nAnn,Sales,4\nBob,sales,4\n", ["line 3, column unit", "reads the same as “Sales”"]),
        (
            "participant,unit,item,answer\nAnn,A,Q01,4\nAnn,B,Q02,4\n",
            ["line 3, column unit", "“B” here and “A” on line 2"],
        ),
        ("participant,level,item,answer\nAnn,A,Q01,4\nAnn,,Q02,4\n", ["line 3, column level"]),
        ("participant,Q01\n,4\n", ["line 2, column participant", "nobody is named"]),
        ("participant,Q01,Q02\nAnn,4\n", ["line 2", "2 cells where the header has 3"]),
        ("participant,Q01\nAnn,4,5\n", ["line 2", "3 cells where the header has 2"]),
        ('participant,Q01\n"Ann,4\nBob,3\n', ["line 2", "never ends"]),
        ('participant,Q01\n"Ann"x,4\n', ["line 2", "after a closing quote"]),
        ("participant,Q01\n" + "x" * 200_000 + ",4\n", ["line 2", "far too long"]),
        ("participant,Q01\n" + "x" * 81 + ",4\n", ["line 2, column participant", "names hold 80"]),
        ("participant,item,answer,comment\nAnn,Q01,4," + "x" * 2001 + "\n", ["line 2, column comment", "2000"]),
        ("participant,Q01\nAn\0n,4\n", ["line 2", "NUL"]),
        ("participant,Q01,round\nAnn,4,1\nBob,4,\n", ["line 3, column round", "on all lines or on none"]),
        ("participant,Q01,round\nAnn,4,x\n", ["line 2, column round", "“x” is no round"]),
        ("participant,Q01,round\nAnn,4,0\n", ["line 2, column round"]),
        ("participant,Q01\nAnn,\x1b[31m\n", ["line 2, column q01", "␛"]),
    ],
)
def test_faults_are_named_in_plain_words(text: str, parts: list[str]) -> None:
    sentence = refusal(text)
    for part in parts:
        assert part in sentence


@pytest.mark.parametrize(
    ("data", "part"),
    [
        ("participant,Q01\nZoë,4\n".encode("latin-1"), "line 2: this is not UTF-8"),
        ("participant,Q01\nAnn,4\n".encode("utf-16"), "UTF-16"),
        (b"PK\x03\x04rest of a workbook", "workbook"),
        (b"x" * (10 * 1024 * 1024 + 1), "larger than 10 MB"),
    ],
)
def test_files_that_are_not_utf8_tables_are_refused(data: bytes, part: str) -> None:
    assert part in refusal(data)


def test_all_faults_are_kept_and_the_sentence_stays_short() -> None:
    text = "participant,Q01\n" + "".join(f"P{number},9\n" for number in range(20))
    with pytest.raises(FileRefused) as refused:
        read(text)
    assert len(refused.value.faults) == 20
    sentence = refusal(text)
    assert "20 faults" in sentence
    assert "And 17 more, on lines 5, 6, 7" in sentence


def test_the_same_person_may_vote_in_two_rounds() -> None:
    ballots = read("participant,Q01,round\nAnn,4,1\nAnn,5,2\n")
    assert [(ballot.round, ballot.answers) for ballot in ballots] == [(1, {"Q01": 4}), (2, {"Q01": 5})]


def test_two_different_people_stay_two() -> None:
    assert len(read("participant,Q01\nO'Brien,4\nOBrien,5\n0012,1\n12,2\n")) == 4


def test_right_to_left_names_and_emoji_come_through() -> None:
    names = ["می‌خواهم", "דנה", "👨‍👩‍👧"]
    ballots = read("participant,Q01\n" + "".join(f"{name},1\n" for name in names))
    assert [ballot.participant for ballot in ballots] == names


@pytest.mark.parametrize(
    ("file_name", "options", "people", "item_ids"),
    [
        ("tafe_small.csv", 5, 24, [f"Q{number:02}" for number in range(1, 31)]),
        ("uppsala_speaks.csv", 7, 96, [f"C{number}" for number in range(1, 43)]),
    ],
)
def test_real_rooms_come_in_with_their_very_counts(
    file_name: str, options: int, people: int, item_ids: list[str]
) -> None:
    data = (DATA / file_name).read_bytes()
    with (DATA / file_name).open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    answered = Counter((row["round"], row["item"], row["answer"]) for row in rows if row["answer"])
    ballots = read_ballots(data, file_name, items(*item_ids, options=options))
    assert len(ballots) == people
    assert answered == Counter(
        (str(ballot.round), item, str(answer) if answer else "DK")
        for ballot in ballots
        for item, answer in ballot.answers.items()
    )


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_does_more_than_be_read_or_refused(header: str, row: str) -> None:
    data = f"participant,item,answer{header}\nAnn,Q01,1\n{row}\n".encode("utf-8", "surrogatepass")
    try:
        ballots = read_ballots(data, "votes.csv", ITEMS)
    except FileRefused as error:
        ballots, faults = (), error.faults
    else:
        faults = ()
    assert bool(ballots) != bool(faults)
    assert all(0 <= answer <= 5 for ballot in ballots for answer in ballot.answers.values())


def test_codes_come_in_both_forms() -> None:
    long = "participant,item,answer,code\nAnn,Q01,1,KITE-42\nAnn,Q02,2,KITE-42\nBob,Q01,3,\n"
    wide = "participant,code,Q01\nAnn,KITE-42,1\nBob,,3\n"
    for text in (long, wide):
        assert [each.code for each in read(text)] == ["KITE-42", ""]


def test_a_person_has_one_code() -> None:
    with pytest.raises(FileRefused, match="line 3, column code"):
        read("participant,item,answer,code\nAnn,Q01,1,KITE-42\nAnn,Q02,2,KITE-43\n")
