"""The press: renders documents and writes them, whole or not at all."""

import errno
import json
import os
import re
import secrets
import stat
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol

from cxworkshop.domain.ballots import Ballot
from cxworkshop.domain.errors import CxWorkshopError, WrongUsage
from cxworkshop.domain.published import results_of
from cxworkshop.domain.session import Session
from cxworkshop.report.calendars import plan_calendar
from cxworkshop.report.plan_view import plan_view
from cxworkshop.report.report_view import report_view, results_of_all_rounds
from cxworkshop.report.tables import Preset, plan_table, results_table
from cxworkshop.report.views import Plain

DOCUMENT_SCHEMA = 1
"""The version of the form of documents in JSON."""

FORMS = ("markdown", "html", "json", "csv", "ics")
"""The forms documents come in."""

_TEMPORARY = ".cxworkshop-"
_LEFTOVER = re.compile(re.escape(_TEMPORARY) + "[0-9a-f]{12}")
_LEFT_BEHIND_AFTER = 3600.0
"""Seconds after which nobody is writing a temporary file any more."""

_DOCUMENTS = ("plan", "report")
_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EACCES: "this folder may not be written to",
    errno.EPERM: "this folder may not be written to",
    errno.EROFS: "this disk is read-only",
    errno.ENAMETOOLONG: "the name is too long",
    errno.ELOOP: "it is a link that leads back to itself",
    errno.ENOTDIR: "a part of the path is a file and not a folder",
}


class CouldNotWrite(CxWorkshopError):
    """A file could not be written, or would have overwritten another; nothing was changed."""


class _Ballots(Protocol):
    """All that documents need of the ballot box."""

    def ballots(self, round_key: str) -> Sequence[Ballot]:
        """All ballots of a round."""
        ...


class Press:
    """Renders and writes the documents a room leaves with.

    Args:
        clock: Gives the present time; its day stands in every document.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock

    def render(
        self,
        session: Session,
        box: _Ballots,
        document: Literal["plan", "report"],
        form: str,
        *,
        preset: Preset = "generic",
        month_first: bool = False,
    ) -> str:
        """A document as text.

        Args:
            session: The session.
            box: Its ballots; only revealed rounds are looked at.
            document: The action plan, or everything that may be shown.
            form: `markdown`, `html`, `json`, `csv`, or `ics` for the plan's days.
            preset: Whose columns a plan in CSV has.
            month_first: In CSV, due dates as 03/31/2027.

        Raises:
            NotRevealed: It is the report, and round 1 has not been revealed.
            NothingDated: It is a calendar, and there is no day to put in it.
            WrongUsage: There is no such document or form, or not of this document.
        """
        if document not in _DOCUMENTS:
            raise WrongUsage(f"“{document}” is not a document; there are {' and '.join(_DOCUMENTS)}.")
        if form not in FORMS:
            raise WrongUsage(f"“{form}” is not a form of documents; there are {', '.join(FORMS)}.")
        if document == "report" and (form == "ics" or preset != "generic" or month_first):
            raise WrongUsage("Calendars, due dates and other tools' columns are of the plan; leave --document out.")
        now = self._clock()
        if document == "report" and form == "csv":
            results_of(session, box.ballots)  # refuses where nothing was revealed
            return results_table(results_of_all_rounds(session, box.ballots))
        view = (plan_view if document == "plan" else report_view)(session, box.ballots, now.date())
        if form == "json":
            return _as_json(session, box, document, view)
        if form == "csv":
            return plan_table(view, preset, month_first=month_first)
        if form == "ics":
            return plan_calendar(view, session.about.id, now)
        if form == "html":
            from cxworkshop.report.html import rendered_page  # noqa: PLC0415 - loads the template engine

            return rendered_page(f"{document}.html.j2", view)
        from cxworkshop.report.markdown import rendered  # noqa: PLC0415 - as above

        return rendered(f"{document}.md.j2", view)

    def write(self, text: str, path: str, *, force: bool) -> str:
        """Write a text to a file, whole or not at all; gives the full path.

        The text goes to a new file beside it, which takes the name once it is safe on disk.

        Args:
            text: What to write.
            path: Where; `~` is the home folder.
            force: Overwrite a file that is there.

        Raises:
            CouldNotWrite: The file is there and `force` is off, the path is no plain file, or it cannot be written.
        """
        if not path.strip():
            raise CouldNotWrite("No file is named to write to; name one.")
        try:
            target = Path(os.path.realpath(Path(path).expanduser()))
            _refuse_unless_plain(target, path, force=force)
            _write_whole(target, text.encode(), force=force)
        except FileExistsError:
            raise CouldNotWrite(_there_already(path)) from None
        except OSError as error:
            reason = _REASONS.get(error.errno or 0, (error.strerror or "the system refused it").lower())
            raise CouldNotWrite(f"{path} was not written: {reason}. Choose another place.") from error
        except (ValueError, RuntimeError) as error:
            raise CouldNotWrite("That is not a usable file name; choose another.") from error
        return str(target)


def _as_json(session: Session, box: _Ballots, document: str, view: Plain) -> str:
    content = {"schema": DOCUMENT_SCHEMA, "document": document, "session": session.about.id, **view}
    if document == "report":
        content["results"] = results_of_all_rounds(session, box.ballots)
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _there_already(path: str) -> str:
    return f"{path} is there already and was left as it is; choose another name, or overwrite it (--force)."


def _refuse_unless_plain(target: Path, path: str, *, force: bool) -> None:
    """Refuse what is not a plain file to be made or overwritten in an existing folder."""
    try:
        found = target.lstat()
    except FileNotFoundError:
        if not target.parent.is_dir():
            raise CouldNotWrite(f"There is no folder {Path(path).parent} to write to; make it first.") from None
        return
    if stat.S_ISDIR(found.st_mode):
        raise CouldNotWrite(f"{path} is a folder; name a file in it.")
    if stat.S_ISLNK(found.st_mode):
        raise CouldNotWrite(f"{path} is a link that leads nowhere; choose another name.")
    if not stat.S_ISREG(found.st_mode):
        raise CouldNotWrite(f"{path} is not a plain file; choose another name.")
    if not force:
        raise CouldNotWrite(_there_already(path))
    if not found.st_mode & stat.S_IWUSR:
        raise CouldNotWrite(f"{path} is read-only and was left as it is; choose another name.")


def _write_whole(target: Path, content: bytes, *, force: bool) -> None:
    temporary = target.with_name(f"{_TEMPORARY}{secrets.token_hex(6)}")
    try:
        # Readable as any document one writes, unlike the session's own files.
        with os.fdopen(
            os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666), "wb"
        ) as file:
            _keep_mode(temporary, target, force=force)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _remove_leftovers(temporary)
        if force:
            temporary.replace(target)
        else:
            _take_free_name(temporary, target)
        _settle_folder(target.parent)
    finally:
        temporary.unlink(missing_ok=True)


def _remove_leftovers(temporary: Path) -> None:
    """Remove what a program left behind that was killed while it wrote: files named as ours, an hour older."""
    with suppress(OSError):
        before = temporary.stat().st_mtime - _LEFT_BEHIND_AFTER
        for found in temporary.parent.glob(f"{_TEMPORARY}*"):
            with suppress(OSError):
                kept = found.lstat()
                if _LEFTOVER.fullmatch(found.name) and stat.S_ISREG(kept.st_mode) and kept.st_mtime < before:
                    found.unlink()


def _keep_mode(temporary: Path, target: Path, *, force: bool) -> None:
    """Let a file that is overwritten stay as private as it was."""
    if force and target.exists():
        temporary.chmod(stat.S_IMODE(target.stat().st_mode))


def _take_free_name(temporary: Path, target: Path) -> None:
    """Give the file its name unless somebody has taken it in the meantime."""
    try:
        target.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if target.exists():
            raise FileExistsError(target) from None
        temporary.rename(target)


def _settle_folder(folder: Path) -> None:
    """Make the new name durable, where the system can."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)
