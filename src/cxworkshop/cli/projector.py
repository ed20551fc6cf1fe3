"""The command that turns a terminal into the projector."""

import click

from cxworkshop.cli.frame import screen_command
from cxworkshop.cli.looks import wished_looks
from cxworkshop.cli.terminals import require_terminal
from cxworkshop.cli.wiring import workshop


@screen_command("screen")
@click.argument("session", required=False)
def screen(session: str | None) -> int:
    """Show what the room may see of SESSION, following the console; read-only."""
    parts = workshop()
    with parts.opened(session) as store:
        require_terminal()
        from cxworkshop.tui.projector.app import run_projector  # noqa: PLC0415 - loads Textual

        return run_projector(parts.services, store, wished_looks())
