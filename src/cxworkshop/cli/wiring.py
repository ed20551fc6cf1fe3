"""What the commands are given: the rooms put together, each part loaded when it is first asked for."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from random import Random, SystemRandom
from typing import TYPE_CHECKING

import click

from cxworkshop.cli.files import BroughtFiles
from cxworkshop.cli.frame import SESSIONS
from cxworkshop.cli.on_demand import LibraryOnDemand, PressOnDemand
from cxworkshop.cli.output import note
from cxworkshop.domain.errors import CxWorkshopError, UnknownSession
from cxworkshop.facilitation.ports import DocumentPress, Services, SessionCatalogue, SessionStore

if TYPE_CHECKING:
    from cxworkshop.packs.library import PackLibrary


def now() -> datetime:
    """The present time in the time zone of this machine."""
    return datetime.now(UTC).astimezone()


class Workshop:
    """The parts of one call of the program.

    Args:
        sessions: The folder that `--sessions` named, if any.
        random: The source of ids and codes; a seeded one for rehearsals that are to be the same again.
    """

    def __init__(self, sessions: Path | None, random: Random | None = None) -> None:
        self.clock = now
        self.random = random or SystemRandom()
        self._sessions = sessions

    @cached_property
    def folder(self) -> Path:
        """The folder of sessions."""
        from cxworkshop.store.folders import sessions_folder  # noqa: PLC0415 - each part is loaded where it is used

        return sessions_folder(self._sessions, os.environ, Path.cwd())

    @cached_property
    def catalogue(self) -> SessionCatalogue:
        """The sessions."""
        from cxworkshop.store.catalogue import FolderCatalogue  # noqa: PLC0415 - as above

        return FolderCatalogue(self.folder)

    @cached_property
    def rehearsals(self) -> SessionCatalogue:
        """The practice sessions, which lie apart."""
        from cxworkshop.store.catalogue import FolderCatalogue  # noqa: PLC0415 - as above
        from cxworkshop.store.folders import rehearsals_folder  # noqa: PLC0415 - as above

        return FolderCatalogue(rehearsals_folder())

    @cached_property
    def library(self) -> "PackLibrary":
        """The packs that came with the program."""
        from cxworkshop.packs.library import shipped_library  # noqa: PLC0415 - as above

        return shipped_library()

    @cached_property
    def press(self) -> DocumentPress:
        """What renders and writes documents."""
        from cxworkshop.report.press import Press  # noqa: PLC0415 - as above

        return Press(self.clock)

    def read_date(self, text: str, today: date) -> date:
        """The date that somebody typed; see `cxworkshop.intake.dates`.

        Raises:
            CxWorkshopError: It is not understood or past, or the file of settings cannot be used.
        """
        from cxworkshop.intake import dates  # noqa: PLC0415 - as above

        return dates.read_date(text, today, day_first=self._day_first)

    @cached_property
    def _day_first(self) -> bool:
        from cxworkshop.cli.date_order import day_comes_first  # noqa: PLC0415 - as above
        from cxworkshop.cli.settings import read_settings, settings_file  # noqa: PLC0415 - as above

        settled = read_settings(settings_file()).day_first
        return day_comes_first(os.environ) if settled is None else settled

    @property
    def services(self) -> Services:
        """Everything the applications are given."""
        from cxworkshop.store.folders import rehearsals_folder  # noqa: PLC0415 - as above

        return Services(
            self.catalogue,
            self.rehearsals,
            LibraryOnDemand(lambda: self.library),
            PressOnDemand(lambda: self.press),
            self.read_date,
            self.clock,
            self.random,
            BroughtFiles(lambda: self.folder, rehearsals_folder),
        )

    def warn_of_folder(self) -> None:
        """Say on stderr where the folder of sessions is no good place for them."""
        from cxworkshop.store.folders import folder_warnings  # noqa: PLC0415 - as above

        for warning in folder_warnings(self.folder):
            note(warning)

    @contextmanager
    def opened(self, named: str | None) -> Iterator[SessionStore]:
        """A session opened, telling on stderr what was found damaged, and closed at the end.

        Args:
            named: Its id or the beginning of it; None for the one open session. A rehearsal is found by its id too,
                where no session answers to it.

        Raises:
            CxWorkshopError: There is no such session, or it cannot be read.
        """
        with closing(self._open(named)) as store:
            for warning in store.warnings:
                note(warning)
            yield store

    def folder_of(self, named: str) -> Path:
        """The folder of a session, named as for `opened`.

        Raises:
            UnknownSession: There is none, or more than one.
        """
        from cxworkshop.store.folders import rehearsals_folder  # noqa: PLC0415 - as above

        catalogue, found = self._find(named)
        return (self.folder if catalogue is self.catalogue else rehearsals_folder()) / found

    def _open(self, named: str | None) -> SessionStore:
        if named is None:
            try:
                return self.catalogue.open(self.catalogue.the_open_one())
            except UnknownSession as unknown:
                raise UnknownSession(f"{unknown}{self._open_rehearsal()}") from None
        catalogue, found = self._find(named)
        return catalogue.open(found)

    def _open_rehearsal(self) -> str:
        """How a rehearsal that is open is named, to follow another sentence; empty where none is, or more than one."""
        try:
            found = self.rehearsals.the_open_one()
        except CxWorkshopError:
            return ""
        return f" A rehearsal is open; name it: {found}"

    def _find(self, named: str) -> tuple[SessionCatalogue, str]:
        """Where a session is, and its full id."""
        try:
            return self.catalogue, self.catalogue.find(named)
        except UnknownSession:
            try:
                found = self.rehearsals.find(named)
            except UnknownSession:
                found = ""
            if not found:
                raise
        return self.rehearsals, found


def workshop(random: Random | None = None) -> Workshop:
    """The parts for the command that is running, with the folder that `--sessions` named."""
    named: str | None = click.get_current_context().meta.get(SESSIONS)
    return Workshop(None if named is None else Path(named), random)
