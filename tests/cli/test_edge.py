"""What leaves the program when streams, terminals and people do not behave."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from command_line import program
from cxworkshop.cli.edge import run
from cxworkshop.cli.output import harmless


def sessions(folder: Path) -> dict[str, str]:
    return {"CXWORKSHOP_SESSIONS": str(folder / "sessions"), "XDG_DATA_HOME": str(folder / "data")}


@pytest.mark.parametrize("words", [(), ("rehearse",), ("run", "x"), ("vote",)], ids=" ".join)
def test_without_a_terminal_the_screens_are_refused_at_once(tmp_path: Path, words: tuple[str, ...]) -> None:
    program("new", "x", environment=sessions(tmp_path))
    session = next((tmp_path / "sessions").iterdir()).name
    told = program(*(session if word == "x" else word for word in words), environment=sessions(tmp_path))
    assert (told.returncode, told.stdout) == (1, b"")
    assert b"terminal" in told.stderr
    assert told.stderr.count(b"\n") == 1
    assert (b"--plain" in told.stderr) == ("vote" in words)


def test_a_refused_rehearsal_leaves_nothing_behind(tmp_path: Path) -> None:
    program("rehearse", environment=sessions(tmp_path))
    assert not list(tmp_path.rglob("*rehearsal*/*"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_behind_stdout_is_told() -> None:
    with Path("/dev/full").open("wb") as full:
        told = program("packs", "list", stdout=full, stderr=subprocess.PIPE, capture_output=False)
    assert told.returncode == 1
    assert told.stderr == b"The output could not be written: No space left on device.\n"


@pytest.mark.skipif(os.name != "posix", reason="needs a shell's redirections")
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
def test_closed_streams_stop_nothing(closed: str) -> None:
    shell = f"'{sys.executable}' -m cxworkshop packs show no-such-pack {closed}; echo $?"
    told = subprocess.run(["/bin/sh", "-c", shell], capture_output=True, check=False)
    assert told.stdout.strip() == b"1"
    assert b"Traceback" not in told.stderr


@pytest.mark.skipif(os.name != "posix", reason="needs a pipe that breaks")
def test_a_reader_who_leaves_is_told_nothing() -> None:
    read, write = os.pipe()
    os.close(read)
    told = program("packs", "list", stdout=write, stderr=subprocess.PIPE, capture_output=False)
    os.close(write)
    assert told.stderr == b""


@pytest.mark.parametrize(
    "setting", [{"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "ascii"}]
)
def test_any_name_can_be_printed_in_any_locale(tmp_path: Path, setting: dict[str, str]) -> None:
    environment = {**sessions(tmp_path), **setting}
    program("new", "Zürich 🙂 گفت‌وگو", environment={**sessions(tmp_path), "PYTHONUTF8": "1"})
    told = program("list", environment=environment)
    assert told.returncode == 0, told.stderr
    assert "Zürich 🙂 گفت‌وگو" in told.stdout.decode("utf-8")


@pytest.mark.parametrize("typed", [b"", b"\xff\xfe\n", b"\n" * 50], ids=["nothing", "no text", "empty lines"])
def test_voting_line_by_line_ends_with_its_input_whatever_that_is(tmp_path: Path, typed: bytes) -> None:
    environment = {**sessions(tmp_path), "PYTHONUTF8": "0", "PYTHONIOENCODING": "utf-8:strict"}
    session = program("new", "x", environment=environment).stdout.decode().strip()
    told = program("vote", session, "--plain", environment=environment, input=typed)
    assert told.returncode == 0, told.stderr
    assert b"Traceback" not in told.stderr


@pytest.mark.skipif(os.name != "posix", reason="needs a signal from the keyboard")
def test_control_c_ends_with_a_sentence(tmp_path: Path) -> None:
    pipe = tmp_path / "answers.csv"
    os.mkfifo(pipe)
    environment = {**os.environ, **sessions(tmp_path)}
    session = program("new", "x", environment=environment).stdout.decode().strip()
    # A shell starts what runs in the background with this signal ignored, and the tests may be such a thing.
    code = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        f"sys.argv = ['cxworkshop', 'import', {session!r}, {str(pipe)!r}]\n"
        "from cxworkshop.__main__ import main; sys.exit(main())"
    )
    with subprocess.Popen([sys.executable, "-c", code], env=environment, stderr=subprocess.PIPE) as waiting:
        try:
            with pipe.open("wb"):
                # Opening returns once the program has opened the other end, so it waits for our bytes now.
                waiting.send_signal(signal.SIGINT)
                _, told = waiting.communicate(timeout=30)
        finally:
            waiting.kill()
    assert waiting.returncode == 1
    assert told.decode().strip().startswith("Stopped from the keyboard.")


def test_a_fault_of_our_own_is_one_sentence_with_its_place_and_no_value(tmp_path: Path) -> None:
    code = (
        "import cxworkshop.cli.sessions as place\n"
        "def broken(*given, **named): raise ZeroDivisionError('a secret')\n"
        "place.preparing.new_session = broken\n"
        "import sys; sys.argv = ['cxworkshop', 'new', 'x']\n"
        "from cxworkshop.__main__ import main; sys.exit(main())"
    )
    environment = {**os.environ, **sessions(tmp_path)}
    told = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert told.returncode == 1
    assert "ZeroDivisionError" in told.stderr
    assert "Traceback" not in told.stderr
    assert "secret" not in told.stderr


def test_what_a_terminal_would_obey_is_replaced_on_the_way_out() -> None:
    assert harmless("a\x1b[2J\x9b1m\rb\u202e\x07") == "a�[2J�1m�b��"
    assert harmless("kept\ttab\r\nline گفت‌وگو 👩‍💻") == "kept\ttab\r\nline گفت‌وگو 👩‍💻"


def test_the_edge_gives_back_what_a_command_gives() -> None:
    import click

    assert run(click.Command("x", callback=lambda: 1), []) == 1
    assert run(click.Command("x", callback=lambda: None), []) == 0
