"""Exports of forms: which column is which item, and which option a cell names."""

import pytest

from cxworkshop.domain.instruments import DONT_KNOW, Item, Option, Scale
from cxworkshop.intake.ballots import columns_of, read_ballots
from cxworkshop.intake.forms import (
    LEFT_OUT,
    Column,
    ColumnsUnsettled,
    columns_text,
    heading_key,
    option_of,
    read_columns,
    settle,
    settled_holds,
)
from cxworkshop.intake.tables import FileRefused
from examples import AGREE, BLAME, FIX, LISTEN

ITEMS = (FIX, LISTEN, BLAME)


def held(*headings: str, known: dict[str, str] | None = None) -> list[str | None]:
    return [column.holds for column in settle(headings, ITEMS, known or {})]


def test_a_question_is_known_by_its_words_whatever_stands_around_them() -> None:
    headings = (
        FIX.text,
        "2. we ask customers, and act on it",
        "True? [Departments blame each other]",
        "FIX",
    )
    assert held(*headings) == ["fix", "listen", "blame", "fix"]


def test_what_forms_add_of_times_and_people_is_left_out() -> None:
    assert held("ID", "Start time", "Email", "Name", "IP address") == ["participant", *[LEFT_OUT] * 4]


def test_words_that_are_only_alike_are_offered_and_not_taken() -> None:
    (column,) = settle(["Frontline people can fix a problem on the spot?"], ITEMS, {})
    assert (column.holds, column.near) == (None, ("fix",))


def test_two_items_with_the_same_words_are_never_guessed() -> None:
    twins = (Item("a", "We listen.", AGREE), Item("b", "We listen", AGREE))
    assert [column.holds for column in settle(["We listen"], twins, {})] == [None]


def test_what_was_settled_before_goes_first_but_only_for_items_that_are_there() -> None:
    known = {heading_key("Our question"): "listen", heading_key(FIX.text): LEFT_OUT, heading_key("Old"): "gone"}
    assert held("Our question", FIX.text, "Old", known=known) == ["listen", LEFT_OUT, None]


@pytest.mark.parametrize(
    ("cell", "option"),
    [
        ("Mostly", 4),
        ("  mostly ", 4),
        ("4", 4),
        ("4 - Mostly", 4),
        ("4 = Mostly", 4),
        ("(4) Mostly", 4),
        ("4. Mostly", 4),
        ("2 - Mostly", None),
        ("6", None),
        ("Often", None),
        ("DK", DONT_KNOW),
        ("Don’t know", DONT_KNOW),
        ("I don't know", DONT_KNOW),
        ("?", DONT_KNOW),
    ],
)
def test_an_answer_is_an_options_words_its_number_or_both(cell: str, option: int | None) -> None:
    assert option_of(cell, FIX) == option


def test_labels_that_are_numbers_go_before_places() -> None:
    years = Item("years", "For how many years?", Scale("years", tuple(map(Option, ("3", "2", "1")))))
    assert option_of("3", years) == 1


def test_a_form_becomes_ballots_without_times_and_names() -> None:
    text = (
        f"ID,Start time,Email,Name,Department,{FIX.text},{LISTEN.text},Why?\n"
        "1,2026-11-21 09:00,ann@example.org,Ann Example,Sales,Mostly,5 - Always,Because\n"
        "2,2026-11-21 09:05,bo@example.org,Bo Example,Support,Don't know,,\n"
    )
    known = {heading_key("Why?"): "comment:fix"}
    ballots = read_ballots(text.encode(), "form.csv", ITEMS, known=known)
    assert [(found.participant, found.unit, dict(found.answers), dict(found.comments)) for found in ballots] == [
        ("1", "Sales", {"fix": 4, "listen": 5}, {"fix": "Because"}),
        ("2", "Support", {"fix": DONT_KNOW}, {}),
    ]


def test_what_is_not_known_refuses_the_file_and_names_the_columns() -> None:
    with pytest.raises(ColumnsUnsettled, match=r"line 1: .*“Anything else\?”"):
        read_ballots(f"ID,{FIX.text},Anything else?\n1,4,x\n".encode(), "form.csv", ITEMS)


@pytest.mark.parametrize(
    ("header", "part"),
    [
        (f"{FIX.text}", "no column “participant”"),
        ("ID,Name", "no column of answers"),
        (f"ID,{FIX.text},fix", "2 columns hold “fix”"),
    ],
)
def test_columns_that_make_no_ballots_are_refused(header: str, part: str) -> None:
    with pytest.raises(FileRefused, match=part):
        read_ballots(f"{header}\n1,2,3\n".encode(), "form.csv", ITEMS)


def test_an_answer_that_is_no_option_says_what_would_be() -> None:
    with pytest.raises(FileRefused, match=r"line 2, column .*“Often” is no answer to fix; accepted are “Never”"):
        read_ballots(f"ID,{FIX.text}\n1,Often\n".encode(), "form.csv", ITEMS)


@pytest.mark.parametrize(
    ("cell", "option"),
    [("0", 1), ("10", 11), ("10 - Surely", 11), ("surely", 11), ("never", 1), ("3", 4), ("11", None), ("?", 0)],
)
def test_a_scale_with_numbers_of_its_own_is_answered_by_them(cell: str, option: int | None) -> None:
    labels = ("0 Never", *(str(number) for number in range(1, 10)), "10 Surely")
    assert option_of(cell, Item("q", "How likely?", Scale("likely", tuple(map(Option, labels))))) == option


def test_our_own_tables_are_no_forms() -> None:
    assert columns_of(b"participant,fix\nAnn,4\n", "v.csv", ITEMS) == ()


@pytest.mark.parametrize(
    ("typed", "holds"),
    [("FIX", "fix"), ("-", LEFT_OUT), ("Unit", "unit"), ("comment: fix", "comment:fix"), ("nothing", None)],
)
def test_what_is_typed_of_a_column(typed: str, holds: str | None) -> None:
    assert settled_holds(typed, ITEMS) == holds


def test_a_list_of_columns_comes_back_as_it_was_written() -> None:
    columns = [Column("Our “question”\\ = 1", "fix"), Column("Start time", LEFT_OUT), Column("New", None, ("listen",))]
    text = columns_text(columns)
    assert "perhaps listen" in text
    read = read_columns(text.encode(), "columns.toml")
    assert read == {heading_key("Our “question”\\ = 1"): "fix", heading_key("Start time"): LEFT_OUT}


@pytest.mark.parametrize("data", [b"\xff", b"[columns", b"columns = 3", b"[columns]\na = 1", b"x" * 2_000_000, b""])
def test_what_is_no_list_of_columns_is_refused(data: bytes) -> None:
    with pytest.raises(FileRefused):
        read_columns(data, "columns.toml")
