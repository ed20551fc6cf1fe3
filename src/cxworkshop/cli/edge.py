"""The edge of the command line: what is refused becomes one plain sentence and an exit code, never a traceback.

Exit codes: 0 done, 1 refused, 2 wrong usage.
"""

import io
import os
import sys
from collections.abc import Sequence
from types import TracebackType

import click

from cxworkshop.domain.errors import CxWorkshopError

DONE, REFUSED, WRONG_USAGE = 0, 1, 2


def run(command: click.Command, arguments: Sequence[str]) -> int:
    """Run a command and tell of whatever it refuses on stderr.

    Args:
        command: The program.
        arguments: The words after its name.

    Returns:
        The exit code.
    """
    _take_any_character()
    try:
        code = _run(command, arguments)
        _flush()
    except BrokenPipeError:
        # Whoever read our output has gone: nothing is left to be told, and the last flush must not complain again.
        _point_away(sys.stdout)
        return REFUSED
    except OSError as error:
        _point_away(sys.stdout)
        return _refuse(f"{_reason(error)}.", REFUSED)
    return code


def _run(command: click.Command, arguments: Sequence[str]) -> int:
    try:
        code = command.main(list(arguments), prog_name="cxworkshop", standalone_mode=False)
    except CxWorkshopError as refused:
        return _refuse(str(refused), refused.exit_code)
    except click.UsageError as wrong:
        return _refuse(_usage(wrong), WRONG_USAGE)
    except click.ClickException as refused:
        return _refuse(refused.format_message(), REFUSED)
    except (click.Abort, KeyboardInterrupt):
        return _refuse("Stopped from the keyboard. What was done so far is kept.", REFUSED)
    return code or DONE


def _usage(wrong: click.UsageError) -> str:
    """How a command is used, and what was wrong; the whole help where a group of commands was called alone."""
    if wrong.ctx is None or isinstance(wrong, click.exceptions.NoArgsIsHelpError):
        return wrong.format_message()
    return f"{wrong.ctx.get_usage()}\n{wrong.format_message()}\nSee {wrong.ctx.command_path} --help."


def end_calmly_on_faults() -> None:
    """From now on let a fault of the program itself end it with one sentence instead of a traceback."""
    sys.excepthook = _tell_of_fault


def _tell_of_fault(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    place = "an unknown place"
    while traceback is not None:
        code = traceback.tb_frame.f_code
        place = f"{os.path.basename(code.co_filename)} line {traceback.tb_lineno}"  # noqa: PTH119 - pathlib may be what failed
        traceback = traceback.tb_next
    del error
    sentence = f"The program stopped because of a fault of its own ({kind.__name__}, {place}). What was saved is kept."
    _refuse(sentence, REFUSED)


def _refuse(sentence: str, code: int) -> int:
    """Tell why, with nothing in it that a terminal would obey; a stderr that takes nothing changes no exit code."""
    from cxworkshop.domain.text import clean  # noqa: PLC0415 - seldom needed

    try:
        click.echo(clean(sentence, limit=20_000), err=True)
    except OSError:
        _point_away(sys.stderr)
    return code


def _take_any_character() -> None:
    """Let no character stop the program: pipes and files get UTF-8, a terminal what it can show."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="replace")


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        # None where the program was started with the stream closed.
        if stream is not None:
            stream.flush()


def _point_away(stream: object) -> None:
    """Send what is still in a stream's buffer nowhere, since it would fail once more at the end."""
    if not isinstance(stream, io.TextIOWrapper):
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def _reason(error: OSError) -> str:
    what = error.strerror or type(error).__name__
    return f"{error.filename}: {what}" if error.filename else f"The output could not be written: {what}"
