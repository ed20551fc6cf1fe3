"""What terminals, window managers and people do to a program: signals, holding, resizing, poor terminals, pastes."""

import random
import re
import signal
import sys
from pathlib import Path
from typing import Any

import pytest

from command_line import program

if sys.platform == "win32":
    pytest.skip("needs pseudo-terminals", allow_module_level=True)

from cli.test_terminals import Terminal, places
from cxworkshop.domain import rounds
from cxworkshop.domain.session import Rules
from cxworkshop.facilitation import key_phrase
from tui.sessions import prepared, stored

CONTROL_Q, PAGE_DOWN, ESCAPE, DOWN = "\x11", "\x1b[6~", "\x1b", "\x1b[B"
GIVEN_BACK = ("\x1b[?1049l", "\x1b[?25h", "\x1b[?1003l", "\x1b[?2004l", "\x1b[<u")
"""The alternate screen, the cursor, the mouse, marks around a paste and the keyboard's protocol."""

SCROLLED_OFF = "\x1b[3J"
"""Takes away what can be scrolled back to."""

SCREENS = ("run", "vote", "screen")
SIZES = ((1, 1), (40, 10), (79, 24), (80, 23), (80, 24), (100, 30), (120, 34), (200, 60))


@pytest.fixture
def session(tmp_path: Path) -> str:
    return program("new", "Rough", environment=places(tmp_path)).stdout.decode().strip()


def given_back(written: str) -> bool:
    """Whether the terminal is as a shell expects it."""
    return all(code in written for code in GIVEN_BACK)


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT"])
def test_a_signal_ends_the_console_in_order_and_the_exit_code_names_it(tmp_path: Path, session: str, name: str) -> None:
    console = Terminal(tmp_path, "run", session)
    console.wait_for("Rough")
    number = getattr(signal, name)
    console.signal(number)
    ended = console.end()
    assert ended.code == 128 + number
    assert given_back(ended.shown)
    assert "Traceback" not in ended.shown


def test_a_held_program_leaves_the_terminal_usable_and_paints_all_of_it_when_it_goes_on(
    tmp_path: Path, session: str
) -> None:
    console = Terminal(tmp_path, "run", session)
    console.wait_for("Rough")
    console.wait_until(lambda: not console.echoes)
    console.signal(signal.SIGTSTP)
    console.wait_until(lambda: _state_of(console.process) == "T")
    console.wait_for("\x1b[?1049l")
    assert console.echoes
    console.signal(signal.SIGCONT)
    console.wait_for_new("\x1b[?1049h")
    console.wait_for_new("Rough")
    console.wait_for("PgDn")
    assert not console.echoes
    console.press(CONTROL_Q)
    assert console.end().code == 0


@pytest.mark.parametrize("words", [("run",), ("vote",), ("screen",), ("rehearse",), ()], ids=" ".join)
def test_a_terminal_that_only_writes_on_is_refused_by_every_screen(
    tmp_path: Path, session: str, words: tuple[str, ...]
) -> None:
    ended = Terminal(tmp_path, *words, *([session] if set(words) & set(SCREENS) else []), TERM="dumb").end()
    assert ended.code == 1
    assert "TERM=dumb" in ended.shown
    assert "\x1b" not in ended.shown


def test_people_vote_line_by_line_where_a_terminal_only_writes_on(tmp_path: Path, session: str) -> None:
    voting = Terminal(tmp_path, "vote", session, "--plain", TERM="dumb")
    voting.wait_for("No vote is open yet")
    voting.press("\x04")
    ended = voting.end()
    assert ended.code == 0
    assert "\x1b" not in ended.shown


def test_line_by_line_the_next_person_cannot_scroll_back_and_the_key_phrase_is_not_seen(tmp_path: Path) -> None:
    rules = Rules(key_phrase=key_phrase.hashed("blue door", random=random.Random(1)))
    room = prepared(rules=rules)
    (tmp_path / "sessions").mkdir()
    stored(tmp_path / "sessions", rounds.open_first_round(room)).close()
    voting = Terminal(tmp_path, "vote", room.about.id, "--plain")
    for asked, typed in (("begin", ""), ("Your name", "Ana"), ("yes or no", "yes"), ("Your answer", "stop")):
        voting.wait_for(asked)
        voting.press(f"{typed}\n")
    voting.wait_for("Nothing was sent.")
    voting.press("facilitator\n")
    voting.wait_for("The key phrase")
    voting.wait_until(lambda: not voting.echoes)
    voting.press("blue door\n")
    ended = voting.end()
    assert ended.code == 0
    answered, forgotten, said = map(ended.shown.index, ("Your answer", SCROLLED_OFF, "Nothing was sent."))
    assert answered < forgotten < said
    assert "blue door" not in ended.shown


def test_a_terminal_without_a_name_is_taken_for_an_xterm(tmp_path: Path, session: str) -> None:
    console = Terminal(tmp_path, "run", session, without=("TERM",))
    console.wait_for("Rough")
    console.press(CONTROL_Q)
    assert console.end().code == 0


def test_a_locale_without_unicode_gets_ascii(tmp_path: Path, session: str) -> None:
    console = Terminal(tmp_path, "run", session, LC_ALL="C")
    console.wait_for("PgDn")
    console.press(PAGE_DOWN)
    console.wait_for("Who is in the room")
    console.press(CONTROL_Q)
    ended = console.end()
    assert ended.code == 0
    assert ended.shown.isascii()


@pytest.mark.parametrize(
    ("settings", "sent"),
    [
        ("COLORTERM=truecolor", "38;2;124;184;255"),
        ("TERM=xterm-256color", "38;5;111"),
        ("TERM=xterm", "1;97;100"),
        ("NO_COLOR=1", "38;5;248"),
    ],
)
def test_no_more_colours_are_sent_than_a_terminal_knows(tmp_path: Path, session: str, settings: str, sent: str) -> None:
    name, _, value = settings.partition("=")
    poorer = () if name == "COLORTERM" else ("COLORTERM",)
    environment: dict[str, Any] = {name: value}
    console = Terminal(tmp_path, "run", session, without=poorer, **environment)
    console.wait_for("PgDn")
    console.press(CONTROL_Q)
    codes = set(re.findall(r"\x1b\[([0-9;]+)m", console.end().shown))
    assert any(sent in code for code in codes), codes
    assert any("38;2;" in code for code in codes) == (name == "COLORTERM")
    assert any("38;5;" in code for code in codes) == (settings in ("TERM=xterm-256color", "NO_COLOR=1"))
    if name == "NO_COLOR":
        assert {int(grey) for code in codes for grey in re.findall(r"[34]8;5;(\d+)", code)} <= set(range(232, 256))


def test_a_window_is_dragged_about_and_the_layout_is_that_of_the_last_size(tmp_path: Path, session: str) -> None:
    drag(tmp_path, session, 40)


@pytest.mark.campaign
def test_a_window_is_dragged_about_five_hundred_times(tmp_path: Path, session: str) -> None:
    drag(tmp_path, session, 500)


def drag(folder: Path, session: str, times: int) -> None:
    """Resize a console so many times while a note is typed; nothing typed is lost, and all is in its place then."""
    console = Terminal(folder, "run", session, controlling=True)
    console.wait_for("PgDn")
    chance = random.Random(3)
    for _ in range(times):
        console.resize(*chance.choice(SIZES))
    # The last size but one differs, so that everything is painted anew.
    console.resize(110, 30)
    console.resize(100, 30)
    console.wait_until(lambda: console.painted(100, 30)[-1].endswith("? help"))
    lines = console.painted(100, 30)
    assert lines[1].startswith("╭"), lines
    assert lines[1].endswith("╮")
    assert len(lines[1]) == 100
    console.press(CONTROL_Q)
    assert console.end().code == 0


def test_a_long_paste_and_a_held_key_are_taken_or_refused_in_words(tmp_path: Path, session: str) -> None:
    console = Terminal(tmp_path, "run", session, columns=80, rows=24)
    console.wait_for("PgDn")
    console.press("\r")
    console.wait_for("Title")
    console.press("\x1b[200~" + "A paste. " * 22_000 + "\x1b[201~")
    console.wait_for("198,000")
    console.press(ESCAPE)
    console.wait_for_new("Prepare")
    console.press(DOWN * 300)
    console.press(PAGE_DOWN)
    console.wait_for("Who is in the room")
    console.press(CONTROL_Q)
    ended = console.end()
    assert ended.code == 0
    assert given_back(ended.shown)


def _state_of(process: int) -> str:
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
