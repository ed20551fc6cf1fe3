"""Which voting terminals are alive, told by files that may be lost without harm."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cxworkshop.domain.terminals import TerminalStatus
from cxworkshop.store.backup import take_backup
from cxworkshop.store.catalogue import FolderCatalogue
from cxworkshop.store.terminals import LOOK_CLOSELY, SILENCE, BeatingLife, FolderTerminals
from store.samples import ballot, voting_session

NOW = datetime(2026, 11, 21, 9, 42, tzinfo=UTC)
POSIX = pytest.mark.skipif(os.name != "posix", reason="needs flock and SIGKILL")


class Seconds:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def pass_by(self) -> None:
        """So long that everybody looks closely again."""
        self.now += LOOK_CLOSELY


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def terminal(tmp_path: Path, seconds: Seconds) -> Iterator[Callable[[], FolderTerminals]]:
    """Makes terminals of one session as other processes would."""
    made: list[FolderTerminals] = []

    def another() -> FolderTerminals:
        made.append(FolderTerminals(tmp_path, seconds=seconds))
        return made[-1]

    yield another
    for each in made:
        each.withdraw()


def said(terminals: FolderTerminals) -> list[tuple[int, str]]:
    return [(status.number, status.doing) for status in terminals.present()]


def test_each_terminal_has_a_number_and_says_what_it_is_doing(terminal: Callable[[], FolderTerminals]) -> None:
    console, one, two = terminal(), terminal(), terminal()
    assert console.present() == ()
    one.announce("free", NOW)
    two.announce("free", NOW)
    assert said(console) == [(1, "free"), (2, "free")]
    two.announce("covered", NOW + timedelta(seconds=5))
    assert console.present()[1] == TerminalStatus(2, "covered", NOW + timedelta(seconds=5))


def test_a_terminal_that_ends_is_gone_and_its_number_is_free_again(
    terminal: Callable[[], FolderTerminals], seconds: Seconds
) -> None:
    console, one, two, three = (terminal() for _ in range(4))
    one.announce("free", NOW)
    two.announce("voting", NOW)
    one.withdraw()
    one.withdraw()
    seconds.pass_by()
    assert said(console) == [(2, "voting")]
    three.announce("free", NOW)
    seconds.pass_by()
    assert said(console) == [(1, "free"), (2, "voting")]


def test_a_console_that_was_handed_over_knows_itself_and_comes_last(terminal: Callable[[], FolderTerminals]) -> None:
    console, one = terminal(), terminal()
    console.announce("voting", NOW, console=True)
    one.announce("free", NOW)
    assert [(status.console, status.here) for status in console.present()] == [(False, False), (True, True)]
    assert [(status.console, status.here) for status in one.present()] == [(False, True), (True, False)]
    console.withdraw()
    assert said(console) == [(1, "free")]


def test_what_is_no_news_is_not_written(tmp_path: Path, terminal: Callable[[], FolderTerminals]) -> None:
    one = terminal()
    one.announce("free", NOW)
    file = next((tmp_path / "terminals").iterdir())
    before = file.stat().st_mtime_ns, file.read_bytes()
    one.announce("free", NOW + timedelta(minutes=1))
    assert (file.stat().st_mtime_ns, file.read_bytes()) == before


def test_an_unchanged_folder_is_not_read_again_within_a_second(
    tmp_path: Path, terminal: Callable[[], FolderTerminals], seconds: Seconds
) -> None:
    console, one = terminal(), terminal()
    one.announce("free", NOW)
    assert said(console) == [(1, "free")]
    file = tmp_path / "terminals" / "terminal-1.json"
    file.write_bytes(file.read_bytes().replace(b"free", b"voting"))
    assert said(console) == [(1, "free")]
    seconds.pass_by()
    assert said(console) == [(1, "voting")]


@POSIX
def test_the_files_are_private_and_hold_nothing_but_what_and_when(
    tmp_path: Path, terminal: Callable[[], FolderTerminals]
) -> None:
    one = terminal()
    one.announce("covered", NOW)
    folder = tmp_path / "terminals"
    file = folder / "terminal-1.json"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text().rstrip() == f'{{"doing":"covered","since":{NOW.timestamp()}}}'


OTHER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from cxworkshop.store.terminals import FolderTerminals

terminals = FolderTerminals(Path(sys.argv[1]))
terminals.announce("voting", datetime.now(UTC))
print("here", flush=True)
sys.stdin.read()
"""


@POSIX
def test_a_terminal_that_was_killed_is_seen_as_dead_and_cleared_away(
    tmp_path: Path, terminal: Callable[[], FolderTerminals], seconds: Seconds
) -> None:
    console = terminal()
    other = subprocess.Popen(
        [sys.executable, "-c", OTHER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"here\n"
        assert said(console) == [(1, "voting")]
        seconds.pass_by()
        assert said(console) == [(1, "voting")]
        other.send_signal(signal.SIGKILL)
        other.wait()
    seconds.pass_by()
    assert console.present() == ()
    assert list((tmp_path / "terminals").iterdir()) == []


@POSIX
def test_a_number_left_behind_by_a_dead_terminal_is_taken_by_the_next(
    tmp_path: Path, terminal: Callable[[], FolderTerminals]
) -> None:
    folder = tmp_path / "terminals"
    folder.mkdir()
    (folder / "terminal-1.json").write_text('{"doing":"covered","since":0}')
    one = terminal()
    one.announce("free", NOW)
    assert said(one) == [(1, "free")]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b'{"doing":"free"}',
        b'{"doing":"free","since":"now"}',
        b'{"doing":"free","since":1e300}',
        b'{"doing":["free"],"since":1}',
        b'{"doing":"watching","since":1}',
    ],
)
def test_a_file_that_says_nothing_sensible_is_passed_over(
    tmp_path: Path, terminal: Callable[[], FolderTerminals], content: bytes
) -> None:
    console, one, two = terminal(), terminal(), terminal()
    one.announce("free", NOW)
    two.announce("free", NOW)
    (tmp_path / "terminals" / "terminal-1.json").write_bytes(content)
    (tmp_path / "terminals" / "notes.txt").write_text("not ours")
    assert said(console) == [(2, "free")]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_only_be_read_shows_no_terminals_and_refuses_nothing(
    tmp_path: Path, terminal: Callable[[], FolderTerminals]
) -> None:
    tmp_path.chmod(0o500)
    try:
        one = terminal()
        one.announce("free", NOW)
        assert one.present() == ()
    finally:
        tmp_path.chmod(0o700)


def test_something_else_of_that_name_shows_no_terminals_and_refuses_nothing(
    tmp_path: Path, terminal: Callable[[], FolderTerminals]
) -> None:
    (tmp_path / "terminals").write_text("a file")
    one = terminal()
    one.announce("free", NOW)
    assert one.present() == ()


def test_where_there_is_no_lock_a_terminal_lives_as_long_as_its_file_is_touched(tmp_path: Path) -> None:
    wall = datetime.now(UTC).timestamp()
    later = [0.0]
    seconds = Seconds()
    one, two = (FolderTerminals(tmp_path, life=BeatingLife(), seconds=seconds) for _ in range(2))
    console = FolderTerminals(tmp_path, life=BeatingLife(lambda: wall + later[0]), seconds=seconds)
    one.announce("free", NOW)
    two.announce("voting", NOW)
    assert said(console) == [(1, "free"), (2, "voting")]
    later[0] = SILENCE + 60
    os.utime(tmp_path / "terminals" / "terminal-2.json", (wall + later[0], wall + later[0]))
    seconds.pass_by()
    assert said(console) == [(2, "voting")]
    one.withdraw()
    two.withdraw()
    assert list((tmp_path / "terminals").iterdir()) == []


def test_a_console_leaves_a_sign_by_which_the_next_knows_until_when_it_was_there(
    tmp_path: Path, terminal: Callable[[], FolderTerminals]
) -> None:
    console = terminal()
    assert console.console_lived() is None
    console.console_lives(NOW)
    console.console_lives(NOW + timedelta(seconds=20))
    assert terminal().console_lived() == NOW + timedelta(seconds=20)
    assert console.present() == (), "it is no voting terminal"
    assert (tmp_path / "terminals" / "running").read_bytes() == b""


def test_sealing_backup_and_the_list_of_sessions_pass_the_folder_over(tmp_path: Path) -> None:
    catalogue = FolderCatalogue(tmp_path)
    store = catalogue.create(voting_session())
    store.terminals.announce("voting", NOW)
    name = store.session.about.id
    with store.transaction() as running:
        running.box.put(ballot("KITE-42"), None)
        running.seal()
    other = catalogue.open(name)
    assert other.warnings == ()
    assert said(other.terminals) == [(1, "voting")]
    assert [summary.problem for summary in catalogue.summaries()] == [""]
    documents = take_backup(tmp_path / name).documents
    assert "terminals" not in documents
    assert other.revision == store.revision
    store.close()
    assert list((tmp_path / name / "terminals").iterdir()) == []
    other.close()


def test_a_terminal_that_waits_is_released_once(terminal: Callable[[], FolderTerminals]) -> None:
    console, one, two = terminal(), terminal(), terminal()
    one.announce("waiting", NOW)
    two.announce("waiting", NOW)
    assert not one.released()
    console.release(console.present()[0])
    assert one.released()
    assert not one.released(), "a release is for one person"
    assert not two.released()


def test_a_release_that_came_before_is_not_for_the_wait_that_follows(terminal: Callable[[], FolderTerminals]) -> None:
    console, one = terminal(), terminal()
    one.announce("waiting", NOW)
    status = console.present()[0]
    one.announce("free", NOW)
    console.release(status)
    one.announce("voting", NOW)
    one.announce("waiting", NOW)
    assert not one.released()


def test_a_release_without_a_folder_harms_nobody(terminal: Callable[[], FolderTerminals]) -> None:
    terminal().release(TerminalStatus(1, "waiting", NOW))
    assert not terminal().released()
