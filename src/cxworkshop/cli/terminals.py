"""The commands that take over the terminal: home, console, voting terminal."""

import gc
import os
import shutil
import sys

import click

from cxworkshop.cli.frame import screen_command
from cxworkshop.cli.looks import wished_looks
from cxworkshop.cli.wiring import workshop
from cxworkshop.domain.errors import CxWorkshopError

NEEDED_COLUMNS, NEEDED_ROWS = 80, 24
"""The smallest terminal the applications fit in."""

CANNOT_PLACE_TEXT = frozenset({"dumb", "unknown"})
"""What TERM says of a terminal that only writes on."""

_HARMLESS = frozenset(
    {
        "TEXTUAL_ANIMATIONS",
        "TEXTUAL_COLOR_SYSTEM",
        "TEXTUAL_DIM_FACTOR",
        "TEXTUAL_DISABLE_KITTY_KEY",
        "TEXTUAL_FPS",
        "TEXTUAL_SMOOTH_SCROLL",
    }
)
"""The switches of Textual that change how a screen is drawn or keys are asked for, and nothing else."""


class UnfitTerminal(CxWorkshopError):
    """The screens cannot be shown here."""


def require_terminal(*, otherwise: str = "") -> None:
    """Refuse to open an application where it cannot be seen or used.

    Args:
        otherwise: A sentence that says what works without a full terminal.

    Raises:
        UnfitTerminal: A stream is no terminal, the terminal cannot place text, or it is too small.
    """
    hint = f" {otherwise}" if otherwise else ""
    # Textual draws on stderr, so a redirected stderr would swallow the screen.
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise UnfitTerminal(
            "This needs a terminal: run it by hand in a terminal window, without pipes or redirection." + hint
        )
    if (term := os.environ.get("TERM", "")) in CANNOT_PLACE_TEXT:
        raise UnfitTerminal(
            f"This terminal (TERM={term}) cannot place text on the screen; use another terminal window." + hint
        )
    columns, rows = shutil.get_terminal_size()
    if columns < NEEDED_COLUMNS or rows < NEEDED_ROWS:
        raise UnfitTerminal(
            f"The terminal window is too small: {NEEDED_COLUMNS} columns by {NEEDED_ROWS} rows are needed, "
            f"here are {columns} by {rows}. Enlarge it or choose a smaller font." + hint
        )
    # Developers' switches of Textual would write keys or pictures of ballots to files, or send them away.
    for name in [name for name in os.environ if name.startswith("TEXTUAL") and name not in _HARMLESS]:
        del os.environ[name]


def open_home() -> int:
    """Open the home screen, and what is chosen there, until it is left; gives the exit code."""
    require_terminal(otherwise="What works without is listed by: cxworkshop --help")
    from cxworkshop.tui.home.app import run_home  # noqa: PLC0415 - loads Textual

    return run_home(workshop().services, wished_looks())


@screen_command("run")
@click.argument("session")
def run(session: str) -> int:
    """Open the facilitator's console on SESSION."""
    parts = workshop()
    with parts.opened(session) as store:
        require_terminal()
        from cxworkshop.tui.console.app import run_console  # noqa: PLC0415 - loads Textual

        return run_console(parts.services, store, wished_looks())


@screen_command("vote")
@click.argument("session", required=False)
@click.option("--plain", is_flag=True, help="Ask line by line, for screen readers and simple terminals.")
def vote(session: str | None, plain: bool) -> int:
    """Make this terminal a shared voting terminal for SESSION."""
    parts = workshop()
    with parts.opened(session) as store:
        if plain:
            from cxworkshop.tui.ballot.plain import run_plain  # noqa: PLC0415 - the other way is not needed then

            # The screens do this themselves once they are shown; see `cxworkshop.__main__`.
            gc.enable()
            return run_plain(parts.services, store)
        require_terminal(otherwise="Line by line it works with: cxworkshop vote --plain")
        from cxworkshop.tui.ballot.app import run_vote  # noqa: PLC0415 - loads Textual

        return run_vote(parts.services, store, wished_looks())
