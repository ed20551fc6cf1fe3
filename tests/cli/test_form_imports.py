"""Bringing in a form's export from the command line: what is asked, and what is remembered."""

import json
import stat
import sys
from pathlib import Path

import pytest

from command_line import CommandLine
from workbook_files import workbook

ASKED = "Statement H1 holds for us."
NEW = "Do we keep promises?"
PEOPLE = 6


@pytest.fixture
def session(cli: CommandLine) -> str:
    return cli.done("new", "House", "--pack", cli.pack(("H1", "H2"))).strip()


def form(cli: CommandLine, second: str = NEW) -> Path:
    path = cli.folder / "form.xlsx"
    rows = [(number, "2026-11-21", f"p{number}@example.org", "Agree", "4 - Agree") for number in range(PEOPLE)]
    path.write_bytes(workbook({"Form1": [("ID", "Start time", "Email", ASKED, second), *rows]}))
    return path


def ballots(cli: CommandLine) -> list[int]:
    return [found["ballots"] for found in json.loads(cli.done("list", "--json"))]


def test_without_anybody_to_ask_unknown_columns_are_refused_and_listed_on_request(
    cli: CommandLine, session: str
) -> None:
    refusal = cli.refused("import", session, form(cli))
    assert f"“{NEW}”" in refusal
    said = cli("import", session, form(cli), "--dry-run")
    assert (said.code, ballots(cli)) == (1, [0])
    assert f'"{NEW}" = ""' in said.out
    assert f'"{ASKED}" = "H1"' in said.out


def test_a_list_of_columns_settles_a_form_and_its_next_export_needs_none(cli: CommandLine, session: str) -> None:
    listed = cli.file("columns.toml", f'[columns]\n"{NEW}" = "H2"\n')
    told = cli.done("import", session, form(cli), "--columns", listed)
    assert f"{PEOPLE} ballots with {2 * PEOPLE} answers went into round 1" in told
    later = cli.done("new", "House again", "--pack", cli.folder / "house-survey.toml").strip()
    cli.done("import", later, form(cli))
    assert ballots(cli) == [PEOPLE, PEOPLE]


def test_what_is_remembered_is_private_and_holds_nothing_of_the_answers(cli: CommandLine, session: str) -> None:
    cli.done("import", session, form(cli, "Statement H2 holds for us"))
    (kept,) = cli.sessions.glob("*.toml")
    text = kept.read_text(encoding="utf-8")
    assert "example.org" not in text
    assert "Agree" not in text
    if sys.platform != "win32":
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_a_dry_run_remembers_nothing(cli: CommandLine, session: str) -> None:
    cli.done("import", session, form(cli, "Statement H2 holds for us"), "--dry-run")
    assert not list(cli.sessions.glob("*.toml"))


def test_a_damaged_memory_is_told_of_and_nothing_is_taken(cli: CommandLine, session: str) -> None:
    (cli.sessions / "form-columns.toml").write_text("[columns", encoding="utf-8")
    assert "form-columns.toml" in cli.refused("import", session, form(cli, "Statement H2 holds for us"))
    assert ballots(cli) == [0]


def test_a_sheet_of_text_is_refused(cli: CommandLine, session: str) -> None:
    file = cli.table("answers.csv", [("participant", "H1"), ("Ann", 4)])
    assert "--sheet" in cli.refused("import", session, file, "--sheet", "Form1")
