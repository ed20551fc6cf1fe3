"""The folder of sessions: what is there, by which names, and new ones."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeAlias

from cxworkshop.domain.errors import CxWorkshopError, StoreError, UnknownSession
from cxworkshop.domain.session import SCHEMA, Action, Session, Step
from cxworkshop.domain.summaries import SessionSummary
from cxworkshop.store.codec import (
    ACTIONS,
    BALLOTS,
    SESSION,
    Document,
    decode_members,
    decode_section,
    schema_of,
    writes_for,
)
from cxworkshop.store.database import Database
from cxworkshop.store.folders import make_private, unusable
from cxworkshop.store.fresh import JOURNAL_NAME, AllTables
from cxworkshop.store.reading import newer_sentence
from cxworkshop.store.repository import SessionRepository

_ID = re.compile(r"\d{4}-\d{2}-\d{2}-[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_SLUG = 48
_FIRST_ROUND = "1:"
_NAMED_AT_MOST = 5


_Signature: TypeAlias = tuple[int, int, int, int]


def session_id(held: date, title: str) -> str:
    """The id a session would like: its date and its title in plain letters, safe as a folder's name on any system."""
    # Case is folded before the accents fall, so that ß becomes ss.
    folded = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall(r"[a-z0-9]+", folded))
    if len(slug) > _LONGEST_SLUG:
        slug = slug[: _LONGEST_SLUG + 1].rpartition("-")[0] or slug[:_LONGEST_SLUG]
    return f"{held.isoformat()}-{slug or 'session'}"


def is_session_id(text: str) -> bool:
    """Whether a text has the form of an id, and so is safe as a folder's name."""
    return _ID.fullmatch(text) is not None


class FolderCatalogue:
    """The sessions in a folder.

    Args:
        folder: The folder; it is made when the first session is.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._seen: dict[str, tuple[_Signature, SessionSummary]] = {}

    def summaries(self) -> Sequence[SessionSummary]:
        """Every session, newest first; those that cannot be opened with their problem, damaged ones with a warning.

        Raises:
            FolderUnusable: the folder cannot be read.
        """
        found = [self._summary(name) for name in self._ids()]
        return tuple(sorted(found, key=lambda summary: (summary.held, summary.saved, summary.id), reverse=True))

    def find(self, id_or_prefix: str) -> str:
        """The full id of a session named by its id or unique prefix; case does not matter.

        Raises:
            UnknownSession: no session, or more than one, answers to that.
        """
        ids = self._ids()
        if id_or_prefix in ids:
            return id_or_prefix
        wanted = id_or_prefix.strip().casefold()
        matching = [each for each in ids if wanted and each.casefold().startswith(wanted)]
        if len(matching) == 1:
            return matching[0]
        if matching:
            raise UnknownSession(
                f"“{id_or_prefix}” is the beginning of {_listed(matching)}. Type more of the one meant."
            )
        close = get_close_matches(wanted, ids, _NAMED_AT_MOST, cutoff=0.5) or [
            each for each in ids if wanted and wanted in each.casefold()
        ]
        hint = f"Near to it: {_listed(close)}." if close else _what_there_is(ids)
        raise UnknownSession(f"There is no session “{id_or_prefix}” in {self.folder}. {hint}")

    def the_open_one(self) -> str:
        """The id of the one session that takes ballots, else of the only one not at its close.

        Raises:
            UnknownSession: there is none, or more than one.
        """
        usable = [summary for summary in self.summaries() if not summary.problem]
        voting = [summary.id for summary in usable if summary.takes_ballots]
        unfinished = [summary.id for summary in usable if summary.step is not Step.CLOSE]
        for candidates in (voting, unfinished):
            if len(candidates) == 1:
                return candidates[0]
            if candidates:
                raise UnknownSession(f"More than one session is open: {_listed(candidates)}. Name the one meant.")
        raise UnknownSession(f"No session in {self.folder} is open. {_what_there_is([each.id for each in usable])}")

    def create(self, session: Session) -> SessionRepository:
        """Make the folder of a new session and open it.

        Args:
            session: The session. An id that has the form of one is kept, any other is made from date and title; where
                it is taken, `-2`, `-3`, … is added.

        Raises:
            FolderUnusable: the folder cannot be made or written.
            StoreError: the disk refuses.
        """
        wanted = session.about.id if is_session_id(session.about.id) else ""
        folder = self.free_folder(wanted or session_id(session.about.held, session.about.title))
        named = replace(session, about=replace(session.about, id=folder.name))
        try:
            Database.create(folder, _documents(named)).close()
        except StoreError:
            # An empty folder would only take the name away.
            with suppress(OSError):
                folder.rmdir()
            raise
        return SessionRepository(folder)

    def open(self, session_id: str) -> SessionRepository:
        """Open a session by its full id.

        Raises:
            UnknownSession: it is not there.
            StoreError: it cannot be read.
        """
        if session_id not in self._ids():
            raise UnknownSession(f"There is no session “{session_id}” in {self.folder}. {_what_there_is(self._ids())}")
        return SessionRepository(self.folder / session_id)

    def _ids(self) -> list[str]:
        """The names of the folders that hold a session, in order; only these are ever joined to the folder's path."""
        try:
            found = [place.name for place in self.folder.iterdir() if (place / JOURNAL_NAME).is_file()]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise unusable(self.folder, error) from error
        return sorted(found)

    def free_folder(self, wanted: str) -> Path:
        """A folder made new under a name that nobody had, also while others are choosing one.

        Args:
            wanted: The id a session would like; where it is taken, `-2`, `-3`, … is added.

        Raises:
            FolderUnusable: the folder of sessions cannot be made or written.
        """
        make_private(self.folder)
        folder = self.folder / wanted
        number = 1
        while True:
            try:
                folder.mkdir(mode=0o700)
            except FileExistsError:
                number += 1
                folder = self.folder / f"{wanted}-{number}"
            except OSError as error:
                raise unusable(self.folder, error) from error
            else:
                return folder

    def _summary(self, name: str) -> SessionSummary:
        """The summary of a session, kept until its journal changes."""
        try:
            found = (self.folder / name / JOURNAL_NAME).stat()
        except OSError as error:
            reason = error.strerror or type(error).__name__
            return _unreadable(name, datetime.fromtimestamp(0, UTC), f"It cannot be read: {reason}.")
        signature = (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)
        seen = self._seen.get(name)
        if seen is None or seen[0] != signature:
            saved = datetime.fromtimestamp(found.st_mtime, UTC)
            seen = self._seen[name] = (signature, _read_summary(self.folder / name, saved))
        return seen[1]


def _documents(session: Session) -> AllTables:
    """All documents of a new session."""
    return {
        table: {key: document for key, document in documents.items() if document is not None}
        for table, documents in writes_for(None, session).items()
    }


def _read_summary(folder: Path, saved: datetime) -> SessionSummary:
    try:
        database = Database(folder)
    except CxWorkshopError as error:
        return _unreadable(folder.name, saved, str(error))
    try:
        tables = database.storage.read() or {}
        summary = _summarised(folder.name, saved, tables)
        told = " ".join(database.damage)
        if summary.problem and database.read_only:  # that a part is missing is no news in a damaged file
            return replace(summary, problem=told)
        return summary if summary.problem else replace(summary, warning=told)
    except CxWorkshopError as error:
        return _unreadable(folder.name, saved, str(error))
    finally:
        database.close()


def _summarised(name: str, saved: datetime, tables: Mapping[str, Mapping[str, Document]]) -> SessionSummary:
    """A summary from the few documents it needs; content, participants and ballots are not decoded."""
    sections = tables.get(SESSION, {})
    schema = schema_of(sections.get("about", {}))
    try:
        fields: dict[str, Any] = {}
        for section in ("about", "live", "rounds", "closing", "last_time"):
            fields |= decode_section(section, sections.get(section, {}))
        actions = decode_members(ACTIONS, tables.get(ACTIONS, {})).values()
    except CxWorkshopError as error:
        return _unreadable(name, saved, newer_sentence(schema) if schema > SCHEMA else str(error))
    about, last = fields["about"], fields["last_time"]
    undone = [action for action in actions if action.undone]
    return SessionSummary(
        id=name,
        title=about.title,
        organisation=about.organisation,
        held=about.held,
        step=fields["live"].step,
        ballots=sum(key.startswith(_FIRST_ROUND) for key in tables.get(BALLOTS, {})),
        open_actions=len(undone),
        next_due=min(_dues(undone), default=None),
        rehearsal=about.rehearsal,
        saved=saved,
        takes_ballots=any(found.state == "open" for found in fields["rounds"]),
        repeat=fields["closing"].repeat,
        last_time="" if last is None else last.id,
        made_as=about.id,
    )


def _dues(actions: Sequence[Action]) -> Iterator[date]:
    return (action.due for action in actions if action.due is not None)


def _unreadable(name: str, saved: datetime, problem: str) -> SessionSummary:
    """What is known of a session that cannot be read: its folder's name, and the date in it."""
    try:
        held = date.fromisoformat(name[:10])
    except ValueError:
        held = saved.date()
    return SessionSummary(name, name, "", held, Step.PREPARE, 0, 0, None, rehearsal=False, saved=saved, problem=problem)


def _listed(ids: Sequence[str]) -> str:
    more = len(ids) - _NAMED_AT_MOST
    return ", ".join(ids[:_NAMED_AT_MOST]) + (f" and {more} more" if more > 0 else "")


def _what_there_is(ids: Sequence[str]) -> str:
    newest_first = sorted(ids, reverse=True)
    if ids:
        return f"There is: {_listed(newest_first)}."
    return (
        "There is none yet: make one with `cxworkshop new TITLE`. One that was made in a checkout is found only from "
        "there: go to its folder by `cd`, or name its folder of sessions by `--sessions DIR`."
    )
