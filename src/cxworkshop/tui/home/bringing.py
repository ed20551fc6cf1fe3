"""Taking in a file on the home screen: a backup becomes a session, ballots go into one."""

from collections.abc import Callable
from contextlib import closing
from typing import Any

from cxworkshop.facilitation.ports import Services, SessionSummary
from cxworkshop.tui.app import CxApp, refusal_of
from cxworkshop.tui.ballot_files import FILE_HINT, TakingIn
from cxworkshop.tui.home.rows import REHEARSAL, SESSION
from cxworkshop.tui.keymap import with_keys
from cxworkshop.tui.widgets.choosing import Choice, PickDialog
from cxworkshop.tui.widgets.paths import PathSuggester
from cxworkshop.tui.widgets.typing_dialogs import TextDialog

_SAID = (
    "A backup becomes a session of its own. A file of ballots (CSV, XLSX or a form's export) goes into the session "
    "that you choose: all of it, or nothing."
)


class Bringing:
    """Asks which file, into which session, and whether it shall be done.

    Args:
        app: Where dialogs are shown.
        services: Reads files, opens sessions.
        then: Told the line of the list that a file went to, and what was done.
    """

    def __init__(self, app: CxApp[Any], services: Services, then: Callable[[str, str], None]) -> None:
        self._app = app
        self._services = services
        self._then = then

    def ask(self, at: str) -> None:
        """Ask for the file; `at` is the id of the session under the cursor, if any."""
        files = self._services.files

        def take(typed: str | None) -> None:
            if typed is not None and files.is_backup(typed):
                self._restore(typed)
            elif typed is not None:
                self._choose(typed, at)

        self._app.push_screen(
            TextDialog(
                "Import which file?",
                said=_SAID,
                hint=FILE_HINT,
                suggestions=PathSuggester(),
                draft="import-file",
                check=lambda typed: refusal_of(lambda: files.is_backup(typed)),
            ),
            take,
        )

    def _restore(self, typed: str) -> None:
        restored = self._app.attempt(lambda: self._services.files.restore(typed))
        if restored is not None:
            prefix = REHEARSAL if restored.rehearsal else SESSION
            self._then(
                f"{prefix}{restored.id}",
                f"Restored as {restored.id}. " + with_keys("[Enter:home.resume] goes on with it."),
            )

    def _choose(self, typed: str, at: str) -> None:
        listed = self._app.attempt(self._services.catalogue.summaries) or ()
        open_ones = [summary for summary in listed if not summary.problem]
        if not open_ones:
            self._app.notify(
                with_keys("There is no session yet that ballots could go into: [n:home.new] begins one."),
                severity="warning",
            )
            return
        choices = [Choice(each.id, _named(each), f"{each.id}, {each.ballots} in") for each in open_ones]
        dialog = PickDialog("Into which session do these ballots go?", choices, at=at or None)
        self._app.push_screen(dialog, lambda chosen: None if chosen is None else self._take(typed, chosen))

    def _take(self, typed: str, session: str) -> None:
        TakingIn(
            self._app,
            self._services,
            lambda: closing(self._services.catalogue.open(session)),
            session,
            lambda sentence: self._then(f"{SESSION}{session}", sentence),
        ).take(typed)


def _named(summary: SessionSummary) -> str:
    return " · ".join(part for part in (summary.organisation, summary.title) if part) or summary.id
