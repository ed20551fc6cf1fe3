"""Filling, closing and revealing rounds from the command line."""

import json
from pathlib import Path

import pytest

from command_line import CommandLine

ITEMS = ("H1", "H2")


@pytest.fixture
def session(cli: CommandLine) -> str:
    return cli.done("new", "House", "--pack", cli.pack(ITEMS)).strip()


def twelve(cli: CommandLine, name: str = "answers.csv") -> Path:
    """A wide file of twelve people in two units: half say 1, half 5, and all say 4 to the second item."""
    rows = [
        (f"Person {number}", ("Sales", "Support")[number % 2], "Staff", 5 if number % 2 else 1, 4)
        for number in range(12)
    ]
    return cli.table(name, [("participant", "unit", "level", *ITEMS), *rows])


def test_import_says_what_it_took(cli: CommandLine, session: str) -> None:
    told = cli.done("import", session, twelve(cli))
    assert "12 ballots with 24 answers went into round 1" in told
    assert "12 people" in told
    assert "Sales, Support" in told
    assert json.loads(cli.done("list", "--json"))[0]["ballots"] == 12


def test_a_dry_run_changes_nothing(cli: CommandLine, session: str) -> None:
    told = cli.done("import", session, twelve(cli), "--dry-run")
    assert "would go" in told
    assert json.loads(cli.done("list", "--json"))[0]["ballots"] == 0
    assert "No round is open" in cli.refused("close-round", session)


def test_a_bad_row_refuses_the_whole_file_and_names_its_place(cli: CommandLine, session: str) -> None:
    rows = [("participant", "unit", "level", "item", "answer"), ("Ann", "A", "B", "H1", 4), ("Bo", "A", "B", "H1", 9)]
    refusal = cli.refused("import", session, cli.table("bad.csv", rows))
    assert "line 3" in refusal
    assert "answer" in refusal
    assert "1 to 5" in refusal
    assert json.loads(cli.done("list", "--json"))[0]["ballots"] == 0


@pytest.mark.parametrize("option", [(), ("--reveal",)])
def test_closing_needs_an_open_round(cli: CommandLine, session: str, option: tuple[str, ...]) -> None:
    cli.refused("close-round", session, *option)


def test_closing_then_revealing_apart(cli: CommandLine, session: str) -> None:
    cli.done("import", session, twelve(cli))
    said = cli("close-round", session)
    assert (said.code, said.out) == (0, "")
    assert "Round 1 is closed with 12 ballots." in said.err
    assert "not been revealed" in cli.refused("results", session)
    assert "revealed" in cli("close-round", session, "--reveal").err
    assert "revealed" in cli.refused("close-round", session, "--reveal")


def test_a_closing_can_be_taken_back_until_the_reveal(cli: CommandLine, session: str) -> None:
    cli.done("import", session, twelve(cli))
    cli.done("close-round", session)
    cli.done("reopen-round", session)
    late = cli.table("late.csv", [("participant", "unit", "level", *ITEMS), ("Late", "Sales", "Staff", 2, "")])
    assert "round 1" in cli.done("import", session, late)
    cli.done("close-round", session, "--reveal")
    assert "sealed" in cli.refused("reopen-round", session)


def test_a_second_ballot_of_the_same_person_is_refused(cli: CommandLine, session: str) -> None:
    cli.done("import", session, twelve(cli))
    again = cli.table("again.csv", [("participant", "H1"), ("person 3", 2)])
    assert "Person 3" in cli.refused("import", session, again)
    assert json.loads(cli.done("list", "--json"))[0]["ballots"] == 12


def test_after_the_reveal_an_import_is_the_next_round_with_its_items_only(cli: CommandLine, session: str) -> None:
    cli.done("import", session, twelve(cli))
    cli.done("close-round", session, "--reveal")
    rows = [("participant", "unit", "level", "H1"), *((f"Person {n}", "", "", 4) for n in range(12))]
    assert "round 2" in cli.done("import", session, cli.table("again.csv", rows))
    cli.done("close-round", session, "--reveal")
    second = json.loads(cli.done("results", session, "--round", "2", "--json"))
    assert [item["id"] for item in second["items"]] == ["H1"]
    first = json.loads(cli.done("results", session, "--json"))
    assert first["round"] == 1
    assert first["items"][0]["counts"] == [6, 0, 0, 0, 6]


def test_a_file_that_mixes_rounds_wants_one_named(cli: CommandLine, session: str) -> None:
    rows = [("participant", "item", "answer", "round"), ("Ann", "H1", 4, 1), ("Ann", "H1", 5, 2)]
    mixed = cli.table("mixed.csv", rows)
    assert "--round" in cli.refused("import", session, mixed)
    assert "1 ballot with 1 answer went into round 1" in cli.done("import", session, mixed, "--round", "1")


def test_few_ballots_are_revealed_only_where_that_is_wished_and_can_be_opened_again(
    cli: CommandLine, session: str
) -> None:
    cli.done("import", session, cli.table("one.csv", [("participant", "H1"), ("Ann", 3)]))
    refusal = cli.refused("close-round", session, "--reveal")
    assert "Only 1 person has voted, and it is known who" in refusal
    assert "--although-few" in refusal
    more = cli.table("more.csv", [("participant", "H1"), ("Bo", 3), ("Cy", 4), ("Di", 4)])
    assert "round 1" in cli.done("import", session, more), "the refusal closed nothing"
    cli.done("close-round", session)
    assert "Only 4 people have voted: their answers can be guessed." in cli.refused("close-round", session, "--reveal")
    cli.done("reopen-round", session)
    assert "is revealed" in cli("close-round", session, "--reveal", "--although-few").err


def test_a_reveal_without_ballots_is_refused_before_anything_is_closed(cli: CommandLine, session: str) -> None:
    nobody = cli.table("nobody.csv", [("participant", "H1"), ("Ann", 3)])
    cli.done("import", session, nobody)
    cli.done("close-round", session, "--reveal", "--although-few")
    refusal = cli.refused("close-round", session)
    assert "No round is open" in refusal


def test_a_file_that_is_not_there_is_named(cli: CommandLine, session: str) -> None:
    assert "nowhere.csv" in cli.refused("import", session, "/nowhere.csv")


def test_a_session_is_found_by_the_beginning_of_its_id(cli: CommandLine, session: str) -> None:
    assert "No round is open" in cli.refused("close-round", session[:12])
    cli.done("new", "Horse")
    refusal = cli.refused("close-round", session[:12])
    assert session in refusal
