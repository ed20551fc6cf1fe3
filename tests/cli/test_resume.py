"""After the end of everything by force, the session is offered where it stood."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from command_line import ITEM, SMALL_PACK, program
from cxworkshop.domain.session import Session, Step
from cxworkshop.store.repository import SessionRepository

if sys.platform == "win32":
    pytest.skip("needs pseudo-terminals", allow_module_level=True)

from cli.test_terminals import Terminal, places

ITEMS = ("one", "two", "three")
PEOPLE = ("Ana", "Ben", "Chloe", "Dave", "Eve", "Finn")
PAGE_DOWN = "\x1b[6~"
RIGHT = "\x1b[C"
CONTROL_S = "\x13"


@pytest.fixture
def session(tmp_path: Path) -> str:
    """A session of three items, six people on its roster."""
    pack = tmp_path / "house.toml"
    items = "".join(ITEM.format(id=item, text=f"Statement {item} holds for us.") for item in ITEMS)
    pack.write_text(SMALL_PACK.format(id="house", items=items))
    roster = tmp_path / "roster.csv"
    roster.write_text("\n".join(["name", *PEOPLE]))
    made = program("new", "Resumed", "--pack", pack, "--roster", roster, environment=places(tmp_path))
    assert made.returncode == 0, made.stderr
    return made.stdout.decode().strip()


@pytest.fixture
def watched(tmp_path: Path, session: str) -> Iterator[SessionRepository]:
    """The session as somebody else has it."""
    with closing(SessionRepository(tmp_path / "sessions" / session)) as store:
        yield store


def reveal(folder: Path, session: str) -> None:
    """Six ballots that disagree on every item, revealed."""
    rows = [f"{name},{item},{1 + 4 * (place % 2)}" for place, name in enumerate(PEOPLE) for item in ITEMS]
    ballots = folder / "ballots.csv"
    ballots.write_text("\n".join(["participant,item,answer", *rows]))
    for words in (("import", session, ballots), ("close-round", session, "--reveal")):
        done = program(*words, environment=places(folder))
        assert done.returncode == 0, done.stderr


def test_a_console_killed_in_the_middle_of_a_note_comes_back_with_step_timer_item_and_note(
    tmp_path: Path, session: str, watched: SessionRepository
) -> None:
    reveal(tmp_path, session)

    def is_so(tells: Callable[[Session], object]) -> Callable[[], bool]:
        def look() -> bool:
            watched.refresh()
            return bool(tells(watched.session))

        return look

    console = Terminal(tmp_path, "run", session)
    console.wait_for("Resumed")
    console.press(PAGE_DOWN * 3)
    console.wait_until(is_so(lambda now: now.live.step is Step.REVEAL))
    console.press("3")
    console.wait_until(is_so(lambda now: now.live.view == "items"))
    console.press(PAGE_DOWN)
    console.wait_until(is_so(lambda now: now.live.step is Step.DISAGREEMENTS))
    console.press(RIGHT)
    console.wait_until(is_so(lambda now: now.live.item))
    console.press("t")
    console.wait_for("▸ ")
    console.press("n")
    console.wait_for("Note on this item")
    console.press("half a thought")
    console.wait_until(is_so(lambda now: now.live.draft == "half a thought"))
    console.kill()
    left = watched.session.live

    again = Terminal(tmp_path)
    again.wait_for("Enter resumes Resumed: step 5 Disagreements, saved ")
    again.press("\r")
    again.wait_for(watched.session.content.item(left.item).text)
    again.wait_for("▸ ")
    again.wait_for("A note on an item was begun")
    again.press("n")
    again.wait_for("half a thought")
    assert watched.refresh() is False, "coming back changes nothing"
    again.press(f", whole now{CONTROL_S}")
    again.wait_until(is_so(lambda now: now.discussion and not now.live.draft))
    assert watched.session.discussion[left.item].notes == ("half a thought, whole now",)
    assert watched.session.live.item == left.item
    assert watched.session.live.timer == left.timer
    again.press("\x1b[5~")
    again.wait_until(is_so(lambda now: now.live.step is Step.REVEAL))
    again.wait_for("[3 Items]")
    again.kill()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_console_that_is_asked_to_end_keeps_the_last_keys_of_a_note(
    tmp_path: Path, session: str, watched: SessionRepository, number: signal.Signals
) -> None:
    reveal(tmp_path, session)
    console = Terminal(tmp_path, "run", session)
    console.wait_for("Resumed")
    console.press(PAGE_DOWN * 4)
    console.wait_until(lambda: watched.refresh() and watched.session.live.step is Step.DISAGREEMENTS)
    console.wait_for("holds for us.")
    console.press("n")
    console.wait_for("Note on this item")
    console.press("abc")
    console.wait_for("abc")
    console.signal(number)
    assert console.end().code == 128 + number
    watched.refresh()
    assert watched.session.live.draft == "abc"
    assert watched.warnings == ()


class PlainTerminal:
    """A voting terminal in line mode, driven through pipes."""

    def __init__(self, folder: Path, session: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "cxworkshop", "vote", session, "--plain"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=places(folder),
            text=True,
        )

    def type(self, *lines: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write("".join(f"{line}\n" for line in lines))
        self._process.stdin.flush()

    def says(self, text: str) -> None:
        """Read lines until one has a text in it."""
        assert self._process.stdout is not None
        assert any(text in line for line in self._process.stdout), text

    def kill(self) -> None:
        """End it at once."""
        with self._process:
            self._process.kill()


def test_a_ballot_half_filled_in_dies_with_its_terminal_and_a_sent_one_is_there(
    tmp_path: Path, session: str, watched: SessionRepository
) -> None:
    open_the_vote(tmp_path, session, watched)
    terminal = PlainTerminal(tmp_path, session)
    terminal.type("", "Ana", "yes", "4", "2")
    terminal.says("Question 3 of 3.")
    assert [status.doing for status in watched.terminals.present()] == ["voting"]
    terminal.kill()
    watched.refresh()
    assert watched.box.count("1") == 0

    other = PlainTerminal(tmp_path, session)
    other.type("", "Ana", "yes", "1", "2", "3", "send")
    other.says("Thank you, your code is ")
    other.kill()
    watched.refresh()
    assert [dict(ballot.answers) for ballot in watched.box.ballots("1")] == [{"one": 1, "two": 2, "three": 3}]
    assert len(watched.box.voted("1")) == 1
    end = time.monotonic() + 10
    while watched.terminals.present():
        assert time.monotonic() < end
    assert watched.warnings == ()


def open_the_vote(folder: Path, session: str, watched: SessionRepository) -> None:
    """Open round 1 in a console, and kill that."""
    console = Terminal(folder, "run", session)
    console.wait_for("Resumed")
    console.press(PAGE_DOWN + PAGE_DOWN)
    console.wait_until(lambda: watched.refresh() and watched.session.live.step is Step.SELF_TEST)
    console.press("o")
    console.wait_until(lambda: watched.refresh() and watched.session.open_round is not None)
    console.kill()
