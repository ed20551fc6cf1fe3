"""The commands that carry a whole session from one place to another."""

from pathlib import Path

import click

from cxworkshop.cli.frame import command
from cxworkshop.cli.output import note, say
from cxworkshop.cli.wiring import workshop

_CONFIDENTIAL = (
    "It is confidential until the reveal: it holds ballots that nobody may see yet, and who has voted. "
    "Only you may read the file; remove it once the round is revealed."
)
_AFTERWARDS = "It holds every single ballot, so keep it as you keep the session itself."


@command("backup")
@click.argument("session")
@click.argument("file")
def backup(session: str, file: str) -> None:
    """Write the whole of SESSION to a new FILE, from which restore makes it again."""
    from cxworkshop.store.backup import take_backup, write_backup  # noqa: PLC0415 - loads the store

    taken = take_backup(workshop().folder_of(session))
    for warning in taken.warnings:
        note(warning)
    path = write_backup(taken, Path(file))
    note(f"Written to {path}. {_CONFIDENTIAL if taken.is_confidential else _AFTERWARDS}")


@command("restore")
@click.argument("file")
def restore(file: str) -> None:
    """Make a session of a backup FILE, and print its id: the one it had, or the next free one."""
    from cxworkshop.store import backup as backups  # noqa: PLC0415 - loads the store
    from cxworkshop.store.catalogue import FolderCatalogue  # noqa: PLC0415 - as above
    from cxworkshop.store.folders import rehearsals_folder  # noqa: PLC0415 - as above

    parts = workshop()
    read = backups.read_backup(Path(file))
    if read.is_rehearsal:
        folder = rehearsals_folder()
        note("It is a practice session, so it goes to the others of its kind.")
    else:
        folder = parts.folder
        parts.warn_of_folder()
    made = backups.restore(read, FolderCatalogue(folder))
    if made != read.session:
        note(f"There is a session {read.session} already, so this one is called {made}.")
    say(made)
