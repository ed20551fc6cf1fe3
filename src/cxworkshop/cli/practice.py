"""The command that makes a practice session."""

from contextlib import closing
from random import Random

import click

from cxworkshop.cli.frame import screen_command
from cxworkshop.cli.looks import wished_looks
from cxworkshop.cli.terminals import require_terminal
from cxworkshop.cli.wiring import workshop
from cxworkshop.facilitation import preparing, rehearsal

_AGENDA = "90"


@screen_command("rehearse")
@click.option(
    "--people",
    metavar="N",
    type=int,
    default=rehearsal.USUAL_PEOPLE,
    show_default=True,
    help="How many simulated people take part.",
)
@click.option("--seed", metavar="S", type=int, help="A number that makes the rehearsal the same each time.")
def rehearse(people: int, seed: int | None) -> int:
    """Practise: a session with simulated people, kept apart from real ones, opened in the console."""
    parts = workshop(None if seed is None else Random(seed))  # noqa: S311 - simulated people need no secrecy
    prepared = rehearsal.rehearsal(parts.library.content(_AGENDA), people, parts.clock().date())
    session = preparing.new_session(prepared, random=parts.random)
    require_terminal()
    looks = wished_looks()
    from cxworkshop.tui.console.app import run_console  # noqa: PLC0415 - loads Textual

    with closing(parts.rehearsals.create(session)) as store:
        return run_console(parts.services, store, looks)
