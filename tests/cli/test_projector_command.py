"""The projector in a real (pseudo-)terminal: it opens by itself on the open session, and ends in order."""

import signal
import sys
from pathlib import Path

import pytest

from command_line import program

if sys.platform == "win32":
    pytest.skip("needs pseudo-terminals", allow_module_level=True)

from cli.test_terminals import Terminal, places

LEAVES_THE_SCREEN = "\x1b[?1049l"
SHOWS_THE_CURSOR = "\x1b[?25h"


@pytest.fixture
def session(tmp_path: Path) -> str:
    made = program("new", "Projected sitting", environment=places(tmp_path))
    return made.stdout.decode().strip()


def test_without_a_terminal_it_is_refused(tmp_path: Path, session: str) -> None:
    said = program("screen", session, environment=places(tmp_path))
    assert said.returncode == 1
    assert b"needs a terminal" in said.stderr
    assert not said.stdout


def test_it_opens_on_the_one_open_session_and_is_left_after_a_question(tmp_path: Path, session: str) -> None:
    terminal = Terminal(tmp_path, "screen")
    terminal.wait_for("We promise")
    terminal.press("q")
    terminal.wait_for("Leave the projector?")
    terminal.press("\t\r")
    ended = terminal.end()
    assert ended.code == 0
    assert "Projected sitting" in ended.shown


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_leaves_a_usable_terminal(tmp_path: Path, session: str, number: signal.Signals, code: int) -> None:
    terminal = Terminal(tmp_path, "screen", session)
    terminal.wait_for("We promise")
    terminal._process.send_signal(number)
    ended = terminal.end()
    assert ended.code == code
    assert LEAVES_THE_SCREEN in ended.shown
    assert ended.shown.rindex(SHOWS_THE_CURSOR) > ended.shown.index("We promise")
    assert "Traceback" not in ended.shown
