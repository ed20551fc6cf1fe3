"""The program as click sees it: the root, its options, and commands that are loaded when they are called."""

from collections.abc import Callable
from importlib import import_module
from typing import Any, TypeVar

import click

from cxworkshop import __version__
from cxworkshop.cli.looks import looks_options
from cxworkshop.cli.table_of_contents import COMMANDS

Function = TypeVar("Function", bound=Callable[..., Any])

SESSIONS = "cxworkshop.sessions"
"""The key under which the folder named by `--sessions` is kept in click's context."""


def _keep_sessions(context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        context.meta[SESSIONS] = value


def _sessions_option() -> click.Option:
    return click.Option(
        ["--sessions"],
        metavar="DIR",
        expose_value=False,
        callback=_keep_sessions,
        help="The folder of sessions; before or after the command.",
    )


class Command(click.Command):
    """A command that takes `--sessions` like every other."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.params.append(_sessions_option())


class Group(click.Group):
    """A command with commands of its own, which all take `--sessions`."""

    command_class = Command

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.params.append(_sessions_option())


class Program(Group):
    """The root: its commands are listed from the table of contents, and loaded only to be called."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.params += looks_options()

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The words of all commands, in the order of a session."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a word, loading its module; None where there is none."""
        del ctx
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        found: click.Command = getattr(import_module(f"cxworkshop.cli.{entry.module}"), entry.name)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands with their lines, without loading any."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(word, entry.line) for word, entry in COMMANDS.items()])


class ScreenCommand(Command):
    """A command that shows a screen and takes the options on its looks."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.params += looks_options()


def screen_command(word: str) -> Callable[[Callable[..., Any]], Command]:
    """Make a function the command of a word in the table of contents; it shows a screen."""
    return click.command(word, cls=ScreenCommand, short_help=COMMANDS[word].line)


def command(word: str) -> Callable[[Callable[..., Any]], Command]:
    """Make a function the command of a word in the table of contents."""
    return click.command(word, cls=Command, short_help=COMMANDS[word].line)


@click.group(
    cls=Program,
    invoke_without_command=True,
    epilog="SESSION is an id or its beginning; where it may be left out, the one open session is meant.",
)
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.pass_context
def cxworkshop(context: click.Context) -> int:
    """Run a live group session on customer experience from a terminal.

    Without a command the home screen opens: resume, new, rehearse, packs.
    """
    if context.invoked_subcommand is not None:
        return 0
    from cxworkshop.cli.terminals import open_home  # noqa: PLC0415 - loads the screens, which no other command needs

    return open_home()
