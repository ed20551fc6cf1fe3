"""Every command has help, and the page of commands says the same."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from cxworkshop.cli.frame import cxworkshop
from cxworkshop.cli.table_of_contents import COMMANDS
from cxworkshop.cli.terminals import NEEDED_COLUMNS, NEEDED_ROWS

ROOT = Path(__file__).parents[2]


def every_command(path: str = "cxworkshop", command: click.Command = cxworkshop) -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for word in command.list_commands(context):
            inner = command.get_command(context, word)
            assert inner is not None
            yield from every_command(f"{path} {word}", inner)


def test_every_command_and_option_has_help() -> None:
    for path, command in every_command():
        assert command.help, path
        for parameter in command.params:
            assert not isinstance(parameter, click.Option) or parameter.help, f"{path} {parameter.name}"


def test_every_command_takes_the_folder_of_sessions() -> None:
    for path, command in every_command():
        assert "--sessions" in {word for parameter in command.params for word in parameter.opts}, path


def test_the_commands_of_the_contract_are_there_under_their_words() -> None:
    needed = {
        *("rehearse", "sheet", "new", "list", "run", "vote", "screen", "import"),
        *("close-round", "reopen-round", "results", "export", "packs"),
    }
    assert needed <= set(COMMANDS) <= needed | {"screen", "backup", "restore", "doctor", "keys"}
    for word, command in ((path.split()[1], command) for path, command in every_command() if path.count(" ") == 1):
        assert command.name == word


def test_the_page_of_commands_is_current() -> None:
    checked = subprocess.run([sys.executable, ROOT / "docs" / "make_commands.py", "--check"], check=False)
    assert checked.returncode == 0, "run: python docs/make_commands.py"


def test_the_screens_need_the_size_that_the_command_line_asks_for() -> None:
    from cxworkshop.tui.app import CxApp

    assert CxApp.NEEDED_SIZE == (NEEDED_COLUMNS, NEEDED_ROWS)
