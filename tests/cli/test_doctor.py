"""What the doctor says of terminals and places, and that it leaves nothing behind."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cli.test_terminals import Terminal
from command_line import CommandLine, program
from cxworkshop.cli import place_findings, terminal_findings
from cxworkshop.cli.characters import why_ascii
from cxworkshop.cli.findings import Finding, as_lines, worst
from cxworkshop.store.place import PlaceCondition, examine_place

ALL = {"stdin": True, "stdout": True, "stderr": True}
OTHER_MODES = b"\x1b[?1049h\x1b[?1003h\x1b[?2004h\x1b[?25l\x1b="


def nothing_installed(name: str) -> None:
    del name


@pytest.mark.parametrize(
    ("terminals", "term", "verdict"),
    [
        (ALL, "xterm-256color", "ok"),
        ({**ALL, "stdout": False}, "xterm", "ok"),
        ({**ALL, "stdin": False}, "xterm", "will not work"),
        (ALL, "dumb", "will not work"),
        (ALL, "", "look at this"),
    ],
)
def test_a_terminal_is_judged_by_its_streams_and_its_name(
    terminals: Mapping[str, bool], term: str, verdict: str
) -> None:
    found = terminal_findings.streams(terminals, term, posix=True)
    assert found.verdict == verdict
    assert bool(found.change) == (verdict != "ok")


def test_a_terminal_that_only_writes_on_is_sent_to_the_plain_way() -> None:
    assert "vote --plain" in terminal_findings.streams(ALL, "dumb").change


@pytest.mark.parametrize(
    ("size", "verdict"), [((80, 24), "ok"), ((79, 24), "will not work"), ((80, 23), "will not work")]
)
def test_the_size_is_held_against_what_is_needed(size: tuple[int, int], verdict: str) -> None:
    found = terminal_findings.size(*size)
    assert found.verdict == verdict
    assert f"{size[0]} columns by {size[1]} rows" in found.said


@pytest.mark.parametrize(
    ("environment", "said", "verdict"),
    [
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, "16 million", "ok"),
        ({"TERM": "xterm-256color"}, "256 colours", "ok"),
        ({"TERM": "xterm"}, "16 colours", "look at this"),
        ({"TERM": "xterm", "NO_COLOR": "1"}, "greys only", "ok"),
    ],
)
def test_the_colours_are_counted_as_the_screens_count_them(
    environment: Mapping[str, str], said: str, verdict: str
) -> None:
    found = terminal_findings.colours(environment)
    assert said in found.said
    assert found.verdict == verdict


@pytest.mark.parametrize(
    ("environment", "ascii_only"),
    [
        ({}, False),
        ({"LANG": "en_GB.UTF-8"}, False),
        ({"LC_ALL": "C.utf8", "LANG": "C"}, False),
        ({"LC_ALL": "C", "LANG": "en_GB.UTF-8"}, True),
        ({"LC_ALL": "C", "CXWORKSHOP_ASCII": "0"}, False),
        ({"LANG": "de_DE.ISO-8859-1"}, True),
        ({"TERM": "linux", "LANG": "en_GB.UTF-8"}, True),
        ({"LANG": "en_GB.UTF-8", "CXWORKSHOP_ASCII": "1"}, True),
    ],
)
def test_ascii_is_drawn_where_the_surroundings_know_no_unicode_or_somebody_asks(
    environment: Mapping[str, str], ascii_only: bool
) -> None:
    assert bool(why_ascii(environment)) == ascii_only
    assert ("ASCII only" in terminal_findings.characters(environment).said) == ascii_only


def test_a_copy_is_never_said_to_have_arrived() -> None:
    found = terminal_findings.clipboard({"DISPLAY": ":0"}, lambda name: f"/usr/bin/{name}" if name == "xclip" else None)
    assert "xclip" in found.said
    assert found.verdict != "ok"
    far = terminal_findings.clipboard({"DISPLAY": ":0", "SSH_TTY": "/dev/pts/1"}, lambda name: name)
    assert "xclip" not in far.said


def test_keys_that_did_not_come_are_named() -> None:
    assert terminal_findings.keys(("F1", "PgDn"), frozenset({"F1", "PgDn"})).verdict == "ok"
    found = terminal_findings.keys(("F1", "PgDn"), frozenset({"F1"}))
    assert found.verdict == "look at this"
    assert "not PgDn" in found.said


def place(**changes: object) -> PlaceCondition:
    settled: dict[str, object] = {
        "folder": Path("/here"),
        "exists": True,
        "reason": "",
        "private": True,
        "warnings": (),
        "lock": "excludes",
        "free_bytes": 10**9,
    }
    return PlaceCondition(**{**settled, **changes})  # type: ignore[arg-type]


def test_a_good_place_is_all_well() -> None:
    good = place()
    assert worst([*place_findings.folder(good), place_findings.lock(good), place_findings.disk(good)]) == "ok"


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"reason": "Permission denied"}, "will not work"),
        ({"warnings": ("It is copied elsewhere. Name another.",)}, "look at this"),
        ({"private": False}, "look at this"),
    ],
)
def test_what_is_wrong_with_a_folder_is_said_with_a_way_out(changes: dict[str, object], verdict: str) -> None:
    assert worst(place_findings.folder(place(**changes))) == verdict


@pytest.mark.parametrize(("lock", "verdict"), [("lets in", "will not work"), ("unknown", "look at this")])
def test_a_lock_that_does_nothing_is_found(lock: str, verdict: str) -> None:
    assert place_findings.lock(place(lock=lock)).verdict == verdict


@pytest.mark.parametrize(
    ("free", "verdict"), [(10**6, "will not work"), (10**8, "look at this"), (10**9, "ok"), (None, "look at this")]
)
def test_a_full_disk_is_said_before_people_vote(free: int | None, verdict: str) -> None:
    assert place_findings.disk(place(free_bytes=free)).verdict == verdict


@pytest.mark.parametrize(("year", "verdict"), [(2026, "ok"), (1970, "look at this"), (2106, "look at this")])
def test_a_clock_that_cannot_be_right_is_told(year: int, verdict: str) -> None:
    found = place_findings.clock(datetime(year, 1, 1, 12, tzinfo=UTC))
    assert found.verdict == verdict
    assert str(year) in found.said
    assert "UTC+00:00" in found.said


def test_libraries_are_named_with_their_versions() -> None:
    assert place_findings.libraries(lambda name: "8.2.8").verdict == "ok"
    assert place_findings.libraries(lambda name: "9.0" if name == "textual" else "1").verdict == "look at this"
    assert "Missing: textual, tinydb" in place_findings.libraries(nothing_installed).said


def test_a_real_folder_is_tried_with_a_second_process_and_left_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "sessions"
    folder.mkdir(mode=0o700)
    found = examine_place(folder)
    assert found.lock == "excludes"
    assert found.private
    assert not found.reason
    assert not list(folder.iterdir())


def test_a_folder_that_is_not_there_yet_is_not_made(tmp_path: Path) -> None:
    found = examine_place(tmp_path / "a" / "b", lambda path: False)
    assert not found.exists
    assert found.lock == "lets in"
    assert not list(tmp_path.iterdir())


def test_a_file_in_the_place_of_the_folder_is_found(tmp_path: Path) -> None:
    taken = tmp_path / "sessions"
    taken.touch()
    assert "not a folder" in examine_place(taken, lambda path: True).reason


def test_scripts_get_json_and_a_true_exit_code(cli: CommandLine) -> None:
    said = cli("doctor", "--json")
    told = json.loads(said.out)
    assert told["schema"] == 1
    assert said.code == (1 if told["verdict"] == "will_not_work" else 0)
    assert {finding["subject"] for finding in told["findings"]} >= {"terminal", "folder", "lock", "disk", "clock"}
    assert all({"subject", "verdict", "said", "change"} == set(finding) for finding in told["findings"])


def test_lines_fit_their_window_and_say_what_to_change() -> None:
    lines = list(as_lines([Finding("clock", "look at this", "word " * 40, "Set it. " * 12)], 80))
    assert max(map(len, lines)) <= 80
    assert lines[0].startswith("look at this   clock")
    assert any("-> Set it." in line for line in lines)


def test_a_broken_terminal_is_given_back(tmp_path: Path) -> None:
    import pyte

    ended = Terminal(tmp_path, "doctor", "--reset-terminal").end()
    assert ended.code == 0
    screen = pyte.Screen(100, 30)
    stream = pyte.ByteStream(screen)
    stream.feed(OTHER_MODES + ended.shown.encode())
    assert not screen.cursor.hidden
    assert not {mode >> 5 for mode in screen.mode} & {1003, 1049, 2004}
    assert any("restored" in line for line in screen.display)


def test_without_a_terminal_there_is_none_to_restore() -> None:
    said = program("doctor", "--reset-terminal", start_new_session=True)
    assert said.returncode == 1
    assert b"no terminal to restore" in said.stderr
