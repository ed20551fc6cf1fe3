"""What a user settled once: read from one file, refused in a sentence, never in the way otherwise."""

from pathlib import Path

import pytest

from cli.test_terminals import Terminal, places
from command_line import CommandLine, program
from cxworkshop.cli.date_order import day_comes_first
from cxworkshop.cli.settings import Settings, UnusableSettings, read_settings

GOOD = 'theme = "light"\nascii = true\n[keys]\n"timer.toggle" = ["f5", "z"]\n"app.undo" = "f6"\n'


def settings(folder: Path, text: str) -> Path:
    path = folder / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_the_file_says_is_taken(tmp_path: Path) -> None:
    found = read_settings(settings(tmp_path, GOOD))
    assert found == Settings("light", ascii=True, keys={"timer.toggle": ("f5", "z"), "app.undo": ("f6",)})


def test_the_order_of_dates_may_be_settled(tmp_path: Path) -> None:
    assert read_settings(settings(tmp_path, 'date_order = "month first"')).day_first is False
    assert read_settings(settings(tmp_path, 'date_order = "day first"')).day_first is True


@pytest.mark.parametrize(
    ("environment", "first"),
    [
        ({}, True),
        ({"LANG": "C.UTF-8"}, True),
        ({"LANG": "en_GB.UTF-8"}, True),
        ({"LANG": "en_US.UTF-8"}, False),
        ({"LANG": "en_US.UTF-8", "LC_TIME": "de_DE@euro"}, True),
        ({"LANG": "de_DE.UTF-8", "LC_TIME": "en_GB.UTF-8", "LC_ALL": "en_US"}, False),
        ({"LANG": "English_United States.1252"}, False),
    ],
)
def test_without_it_the_locale_tells_whether_the_day_comes_first(environment: dict[str, str], *, first: bool) -> None:
    assert day_comes_first({"LC_ALL": "", **(environment or {"LANG": "C"})}) is first


def test_no_file_settles_nothing(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "none.toml") == Settings()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("theme = ", "no TOML"),
        ('theme = "pink"', "dark, light, projector"),
        ("ascii = 1", "true or false"),
        ("colour = 1", "“colour” is not known"),
        ('date_order = "month"', "day first, month first"),
        ("date_order = [1]", "day first, month first"),
        ("keys = 3", "a table"),
        ("[keys]\na = 3", "list of names"),
        ("[keys]\na = [3]", "list of names"),
        ("x" * 70_000, "too large"),
        ("a = " + "[" * 30_000, "TOML"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(tmp_path: Path, text: str, said: str) -> None:
    path = settings(tmp_path, text)
    with pytest.raises(UnusableSettings) as refused:
        read_settings(path)
    assert said in str(refused.value)
    assert str(path) in str(refused.value)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes('theme = "ü"'.encode("latin-1"))
    with pytest.raises(UnusableSettings, match="TOML"):
        read_settings(path)


def test_keys_are_listed_in_the_form_in_which_they_are_changed(cli: CommandLine) -> None:
    listed = cli.done("keys")
    again = cli.file("mine.toml", listed)
    said = cli("keys", again)
    assert said.code == 0
    assert "can be used" in said.err
    assert said.out.splitlines()[5:] == listed.splitlines()[5:]
    assert '"round.close" = ["x"]' in listed


def test_a_changed_key_is_listed_as_changed(cli: CommandLine) -> None:
    said = cli("keys", cli.file("mine.toml", GOOD))
    assert '"timer.toggle" = ["f5", "z"]' in said.out
    assert "gives 2 acts other keys" in said.err


@pytest.mark.parametrize("text", ['[keys]\n"timer.toggle" = ["ctrl+h"]', "theme =", '[keys]\n"round.open" = ["t"]'])
def test_a_file_with_unusable_keys_is_refused_by_the_check(cli: CommandLine, text: str) -> None:
    cli.refused("keys", cli.file("mine.toml", text))


def test_a_file_that_is_not_there_is_refused_by_the_check(cli: CommandLine) -> None:
    assert "no file" in cli.refused("keys", "nowhere.toml")


def test_screens_do_not_open_with_keys_that_cannot_be_and_say_why(tmp_path: Path) -> None:
    session = program("new", "Keys", environment=places(tmp_path)).stdout.decode().strip()
    folder = tmp_path / "config" / "cxworkshop"
    folder.mkdir(parents=True)
    settings(folder, '[keys]\n"timer.toggle" = ["u"]')
    ended = Terminal(tmp_path, "run", session).end()
    assert ended.code == 1
    assert "app.undo" in ended.shown
    assert "\x1b[?1049h" not in ended.shown


def test_screens_are_drawn_as_settled(tmp_path: Path) -> None:
    session = program("new", "Plain lines", environment=places(tmp_path)).stdout.decode().strip()
    folder = tmp_path / "config" / "cxworkshop"
    folder.mkdir(parents=True)
    settings(folder, 'ascii = true\n[keys]\n"timer.toggle" = ["f5"]')
    console = Terminal(tmp_path, "run", session, columns=140)
    console.wait_for("F5")
    console.press("\x11")
    ended = console.end()
    assert ended.code == 0
    assert ended.shown.isascii()
