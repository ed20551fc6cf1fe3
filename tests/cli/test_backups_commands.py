"""Carrying a session from one folder to another."""

import stat
from dataclasses import replace
from datetime import date

from command_line import CommandLine
from cxworkshop.domain.session import About
from cxworkshop.store.catalogue import FolderCatalogue
from cxworkshop.store.folders import rehearsals_folder
from store.samples import new_session

WIDE: list[list[str | int]] = [["participant", "unit", "level", "Q1", "Q2"]]
WIDE += [[f"p{number}", "A", "Team", number % 5 + 1, 3] for number in range(6)]


def voted(cli: CommandLine) -> str:
    session = cli.done("new", "Aurora", "--pack", cli.pack(["Q1", "Q2"])).strip()
    cli.done("import", session, cli.table("ballots.csv", WIDE))
    return session


def test_a_session_is_carried_to_another_folder(cli: CommandLine) -> None:
    session = voted(cli)
    first, second = cli.folder / "first", cli.folder / "second"
    assert cli.done("backup", session, first) == ""
    elsewhere = CommandLine(cli.folder / "elsewhere", cli._capture)
    assert elsewhere.done("restore", first).strip() == session
    elsewhere.done("backup", session, second)
    assert first.read_bytes() == second.read_bytes()
    cli.done("close-round", session, "--reveal")
    elsewhere.done("close-round", session, "--reveal")
    assert cli.done("results", session, "--json") == elsewhere.done("results", session, "--json")


def test_a_backup_before_the_reveal_says_that_it_is_confidential(cli: CommandLine) -> None:
    session = voted(cli)
    file = cli.folder / "file"
    said = cli("backup", session, file)
    assert str(file) in said.err
    assert "confidential until the reveal" in said.err
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    cli.done("close-round", session, "--reveal")
    assert "confidential" not in cli("backup", session, cli.folder / "later").err


def test_a_restored_session_stands_beside_the_one_of_the_same_id(cli: CommandLine) -> None:
    session = voted(cli)
    cli.done("backup", session, cli.folder / "file")
    said = cli("restore", cli.folder / "file")
    assert said.out == f"{session}-2\n"
    assert f"{session} already" in said.err
    assert f"{session}-2" in cli.done("list")


def test_what_is_refused(cli: CommandLine) -> None:
    session = voted(cli)
    file = cli.folder / "file"
    cli.done("backup", session, file)
    assert "already" in cli.refused("backup", session, file)
    assert "no session" in cli.refused("backup", "nothing", cli.folder / "other")
    file.write_bytes(file.read_bytes()[:-100])
    assert "nothing was restored" in cli.refused("restore", file)
    assert "cannot be read" in cli.refused("restore", cli.folder / "missing")
    assert cli.done("list").count(session) == 1


def test_a_practice_session_stays_apart_from_the_real_ones(cli: CommandLine) -> None:
    practice = FolderCatalogue(rehearsals_folder()).create(
        replace(new_session("Practice"), about=About("", "Practice", date(2026, 11, 21), rehearsal=True))
    )
    practice.close()
    name = practice.session.about.id
    cli.done("backup", name, cli.folder / "file")
    said = cli("restore", cli.folder / "file")
    assert said.out == f"{name}-2\n"
    assert "practice" in said.err
    assert "Practice" not in cli.done("list")
