"""What people bring to the screens: backups and ballots, told apart by how they begin, and rosters."""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cxworkshop.cli.output import bytes_of
from cxworkshop.domain.ballots import ImportedBallot
from cxworkshop.domain.instruments import Item
from cxworkshop.facilitation.ports import FormColumn, Restored

if TYPE_CHECKING:
    from cxworkshop.store.backup import Backup

_BACKUP = b'{"cxworkshop-backup"'


class BroughtFiles:
    """Reads what is named on a screen.

    Args:
        sessions: Gives the folder that a restored session goes to.
        rehearsals: Gives the one for practice sessions.
    """

    def __init__(self, sessions: Callable[[], Path], rehearsals: Callable[[], Path]) -> None:
        self._sessions = sessions
        self._rehearsals = rehearsals

    def is_backup(self, typed: str) -> bool:
        """Whether a file is the backup of a session."""
        return bytes_of(path_of(typed)).startswith(_BACKUP)

    def roster(self, typed: str) -> Sequence[tuple[str, str, str]]:
        """The people of a CSV file or a workbook."""
        from cxworkshop.intake.rosters import read_roster  # noqa: PLC0415 - each part is loaded where it is used

        path = path_of(typed)
        return read_roster(bytes_of(path), path)

    def roster_lines(self, text: str) -> Sequence[tuple[str, str, str]]:
        """The people of a list as typed."""
        from cxworkshop.intake.rosters import read_roster_lines  # noqa: PLC0415 - as above

        return read_roster_lines(text)

    def restore(self, typed: str) -> Restored:
        """Make a session of a backup."""
        from cxworkshop.store.backup import read_backup, restore  # noqa: PLC0415 - as above
        from cxworkshop.store.catalogue import FolderCatalogue  # noqa: PLC0415 - as above

        read: Backup = read_backup(Path(path_of(typed)))
        folder = self._rehearsals() if read.is_rehearsal else self._sessions()
        return Restored(restore(read, FolderCatalogue(folder)), rehearsal=read.is_rehearsal)

    def columns(self, typed: str, items: Sequence[Item]) -> Sequence[FormColumn]:
        """The columns of a form's export, by their headings and by what was settled in earlier imports."""
        from cxworkshop.cli.form_columns import remembered_columns  # noqa: PLC0415 - as above
        from cxworkshop.intake.ballots import columns_of  # noqa: PLC0415 - as above

        path = path_of(typed)
        return columns_of(bytes_of(path), path, items, known=remembered_columns(self._sessions()))

    def remember(self, settled: Mapping[str, str]) -> None:
        """Keep what columns were settled to hold beside the sessions."""
        from cxworkshop.cli.form_columns import remember_columns, remembered_columns  # noqa: PLC0415 - as above

        folder = self._sessions()
        remember_columns(folder, {**remembered_columns(folder), **_by_key(settled)})

    def ballots(
        self, typed: str, items: Sequence[Item], settled: Mapping[str, str] | None = None
    ) -> Sequence[ImportedBallot]:
        """The ballots of a CSV file or a workbook; of a form's export, by the columns settled in earlier imports."""
        from cxworkshop.cli.form_columns import remembered_columns  # noqa: PLC0415 - as above
        from cxworkshop.intake.ballots import read_ballots  # noqa: PLC0415 - as above

        path = path_of(typed)
        known = {**remembered_columns(self._sessions()), **_by_key(settled or {})}
        return read_ballots(bytes_of(path), path, items, known=known)


def _by_key(settled: Mapping[str, str]) -> dict[str, str]:
    """What columns hold, by the form in which headings are compared."""
    from cxworkshop.intake.forms import heading_key  # noqa: PLC0415 - as above

    return {heading_key(heading): holds for heading, holds in settled.items()}


def path_of(typed: str) -> str:
    """The path meant by what was typed, or dropped into the terminal: quotes go, `~` is the home folder."""
    text = typed.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1]
    elif os.sep == "/":
        text = text.replace("\\ ", " ")
    return str(Path(text).expanduser()) if text.startswith("~") else text
