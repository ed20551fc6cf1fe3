"""Making and listing sessions from the command line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from command_line import CommandLine
from cxworkshop import __version__
from cxworkshop.cli.wiring import Workshop
from cxworkshop.domain.session import Privacy


def test_new_prints_the_id_and_nothing_else(cli: CommandLine) -> None:
    said = cli("new", "Aurora Telecom", "--organisation", "Aurora")
    assert said.code == 0
    assert said.err == ""
    session = said.out.strip()
    assert session.endswith("-aurora-telecom")
    assert (cli.sessions / session).is_dir()


def test_the_folder_may_be_named_before_or_after_the_command(cli: CommandLine, tmp_path: Path) -> None:
    other = tmp_path / "other"
    session = cli.done("new", "Elsewhere", "--sessions", other).strip()
    assert (other / session).is_dir()
    assert not cli.sessions.exists()
    assert session in cli.done("list", "--sessions", other)


def test_list_tells_title_step_and_counts(cli: CommandLine) -> None:
    session = cli.done("new", "Aurora", "--organisation", "Aurora Telecom").strip()
    listed = json.loads(cli.done("list", "--json"))
    assert [found["id"] for found in listed] == [session]
    assert listed[0]["title"] == "Aurora"
    assert listed[0]["step"] == "prepare"
    assert listed[0]["ballots"] == 0
    assert listed[0]["problem"] is None
    assert "Aurora Telecom" in cli.done("list")


def test_an_empty_folder_is_an_empty_list_with_a_hint(cli: CommandLine) -> None:
    assert json.loads(cli.done("list", "--json")) == []
    said = cli("list")
    assert (said.code, said.out) == (0, "")
    assert "cxworkshop new TITLE" in said.err


def test_a_damaged_session_is_listed_with_its_problem(cli: CommandLine) -> None:
    broken = cli.done("new", "Broken").strip()
    whole = cli.done("new", "Whole").strip()
    for file in (cli.sessions / broken).iterdir():
        if file.stat().st_size:
            file.write_bytes(b"not a journal\n" * 3)
    listed = {found["id"]: found["problem"] for found in json.loads(cli.done("list", "--json"))}
    assert listed[broken]
    assert listed[whole] is None


@pytest.mark.parametrize("harm", ["cut", "flip", "torn"])
def test_every_command_tells_of_a_file_that_is_not_whole(cli: CommandLine, harm: str) -> None:
    session = cli.done("new", "Cut", "--agenda", "45", "--pack", cli.pack(["H1"])).strip()
    answers = cli.table("a.csv", [("participant", "unit", "level", "H1"), *((f"P{n}", "U", "L", 4) for n in range(12))])
    journal = cli.sessions / session / "session.journal"
    cli.done("import", session, answers)
    whole = journal.read_bytes()
    if harm == "flip":
        journal.write_bytes(whole[:-30] + bytes([whole[-30] ^ 1]) + whole[-29:])
    elif harm == "torn":
        journal.write_bytes(whole[:-1])
    else:
        cli.done("close-round", session, "--reveal")
        lines = journal.read_bytes().splitlines(keepends=True)
        sixth = [number for number, line in enumerate(lines) if b'"ballots":{"1:' in line][5]
        journal.write_bytes(b"".join(lines[:sixth]))
    sentence = "is not whole" if harm == "torn" else "damaged at line"
    listed = cli("list", "--json")
    assert sentence in listed.err
    assert sentence in json.loads(listed.out)[0]["warning"]
    commands: list[list[str | Path]] = [
        ["results", session],
        ["export", session],
        ["new", "Later", "--follows", session],
        ["import", session, answers],
        ["close-round", session],
    ]
    for words in commands:
        assert sentence in cli(*words).err
    assert ("not whole" if harm == "torn" else "damaged, so a backup") in cli(
        "backup", session, cli.folder / "kept"
    ).err


def test_packs_replace_the_self_tests_of_the_agenda(cli: CommandLine) -> None:
    pack = cli.pack(["H1", "H2"])
    session = cli.done("new", "House", "--agenda", "45", "--pack", pack).strip()
    answers = cli.table("answers.csv", [("participant", "H1", "H2"), ("Ann", 4, "DK")])
    assert "1 ballot with 2 answers" in cli.done("import", session, answers)


def test_a_roster_file_brings_its_people(cli: CommandLine) -> None:
    pack = cli.pack(["H1"])
    roster = cli.file("people.csv", "name,unit,level\nAnn Example,Sales,Staff\nBo Example,Support,Lead\n")
    made = cli("new", "House", "--pack", pack, "--roster", roster)
    session = made.out.strip()
    assert "Units taken from the roster: Sales, Support." in made.err
    assert "Levels taken from the roster: Staff, Lead." in made.err
    assert "The first level counts as the most senior" in made.err
    answers = cli.table("answers.csv", [("participant", "unit", "level", "H1"), ("Ann Example", "Sales", "Staff", 4)])
    assert "roster" not in cli.done("import", session, answers)


REFUSALS: list[tuple[list[str], str]] = [
    (["new", "x", "--pack", "no-such-pack"], "no-such-pack"),
    (["new", "x", "--min-group", "3"], "never lowered"),
    (["new", "   "], "title"),
    (["new", "x", "--roster", "/nowhere/people.csv"], "/nowhere/people.csv"),
    (["new", "x", "--unit", "Sales", "--unit", "sales"], "twice"),
    (["new", "x", "--unit", ""], "needs a name"),
    (["results", "no-such-session"], "no-such-session"),
    (["run", "no-such-session"], "no-such-session"),
    (["vote"], "open"),
    (["close-round", "\x1b]0;owned\x07"], "\N{SYMBOL FOR ESCAPE}"),
]


@pytest.mark.parametrize(("words", "named"), REFUSALS, ids=lambda value: str(value)[:40])
def test_what_cannot_be_done_is_one_plain_sentence_and_changes_nothing(
    cli: CommandLine, words: list[str], named: str
) -> None:
    refusal = cli.refused(*words)
    assert named in refusal
    assert "\x1b" not in refusal
    assert not cli.sessions.exists()


WRONG: list[list[str]] = [
    ["new"],
    ["new", "x", "--agenda", "60"],
    ["new", "x", "--privacy", "secret"],
    ["new", "x", "--min-group", "many"],
    ["import", "session", "file", "--round", "0"],
    ["no-such-command"],
    ["list", "--no-such-option"],
    ["packs"],
    ["packs", "check"],
]


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_wrong_usage_tells_how_to_use_it(cli: CommandLine, words: list[str]) -> None:
    said = cli(*words)
    assert (said.code, said.out) == (2, "")
    assert "--help" in said.err
    assert not cli.sessions.exists()


def test_a_roster_and_the_anonymous_mode_exclude_each_other(cli: CommandLine) -> None:
    roster = cli.file("people.csv", "Ann Example\n")
    assert "codes" in cli.refused("new", "x", "--privacy", "anonymous", "--roster", roster)
    assert not cli.sessions.exists()


def test_a_folder_that_cannot_be_written_is_named(cli: CommandLine) -> None:
    in_the_way = cli.file("in-the-way", "a file")
    refusal = cli.refused("new", "x", "--sessions", in_the_way)
    assert str(in_the_way) in refusal
    assert "--sessions" in refusal


def test_the_environment_names_the_folder_where_the_option_does_not(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch, bare: Callable[..., str]
) -> None:
    session = cli.done("new", "Named by the environment").strip()
    monkeypatch.setenv("CXWORKSHOP_SESSIONS", str(cli.sessions))
    assert session in bare("list")


def test_the_version_is_told(cli: CommandLine) -> None:
    assert cli.done("--version") == f"cxworkshop {__version__}\n"


def test_hostile_titles_reach_no_terminal(cli: CommandLine) -> None:
    cli.done("new", "\x1b]0;owned\x07 Aurora \u202e[/bold]")
    listed = cli.done("list")
    assert not {"\x1b", "\x07", "\u202e"} & set(listed)
    assert "[/bold]" in listed


def test_a_session_that_follows_another_is_prepared_like_it(cli: CommandLine) -> None:
    named = ("--agenda", "45", "--unit", "Sales", "--unit", "Service", "--privacy", "open", "--min-group", "7")
    first = cli.done("new", "Spring", "--organisation", "Aurora", *named).strip()
    later = cli.done("new", "Autumn", "--follows", first[:-2]).strip()
    own = cli.done("new", "Winter", "--follows", first, "--agenda", "90", "--privacy", "confidential").strip()
    with Workshop(cli.sessions).opened(later) as store, Workshop(cli.sessions).opened(own) as other:
        session = store.session
        assert session.last_time is not None
        assert session.last_time.id == first
        assert (session.about.organisation, session.units) == ("Aurora", ("Sales", "Service"))
        assert (session.rules.privacy, session.rules.minimum_group) == (Privacy.OPEN, 7)
        assert session.content.agenda.minutes == 45
        assert (other.session.rules.privacy, other.session.rules.minimum_group) == (Privacy.CONFIDENTIAL, 7)
        assert other.session.content.agenda.minutes == 90
    assert not cli("new", "Fourth", "--follows", first).err
    cli.done("import", first, cli.table("a.csv", [("participant", "temkin-stage"), ("Ann", 2)]))
    assert "never revealed" in cli("new", "Fifth", "--follows", first).err
    stranger = cli("new", "Other", "--organisation", "Borealis", "--follows", first)
    assert stranger.code == 0
    assert stranger.err.endswith(f"{first} is of another organisation: Aurora.\n")
    refused = cli("new", "Nobody", "--follows", "2020")
    assert (refused.code, refused.out) == (1, "")
    assert "There is no session" in refused.err or "2020" in refused.err
    assert len(json.loads(cli.done("list", "--json"))) == 6
