"""Taking in a file of ballots on a screen: what its columns hold, what would come in, and then all of it or nothing."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

from cxworkshop.domain.instruments import Item
from cxworkshop.facilitation.importing import ImportSummary, import_ballots, import_in_words
from cxworkshop.facilitation.ports import FormColumn, Services, SessionStore
from cxworkshop.tui.app import CxApp
from cxworkshop.tui.widgets.choosing import Choice, ConfirmDialog
from cxworkshop.tui.widgets.finding import FindDialog

FILE_HINT = "~/ballots.csv; → completes a name. Blank sheets for people who are not there: cxworkshop sheet SESSION."

_MOST_HEADING = 120
_ABOUT_PEOPLE = (
    ("-", "Leave it out", "It is no answer: a time, an address, a name."),
    ("participant", "Who answered", "A name or a number for each person."),
    ("unit", "Their unit", ""),
    ("level", "Their level", ""),
    ("code", "Their own code", "It pairs the rounds; it must not say who somebody is."),
    ("round", "The round", ""),
)


class TakingIn:
    """Takes a file of ballots into a session, settling first what is not known of the columns of a form's export.

    Args:
        app: Where dialogs are shown.
        services: Reads files, remembers what columns hold.
        opened: Gives the session's store for as long as it is needed.
        named: What the session is called in the question.
        then: Told what came in.
    """

    def __init__(
        self,
        app: CxApp[Any],
        services: Services,
        opened: Callable[[], AbstractContextManager[SessionStore]],
        named: str,
        then: Callable[[str], None],
    ) -> None:
        self._app = app
        self._services = services
        self._opened = opened
        self._named = named
        self._then = then
        self._settled: dict[str, str] = {}

    def take(self, typed: str) -> None:
        """Take in the file that was typed; nothing changes before the last question is answered."""
        found = self._app.attempt(lambda: self._columns(typed))
        if found is not None:
            self._settle(typed, *found)

    def _columns(self, typed: str) -> tuple[list[FormColumn], Sequence[Item]]:
        """The columns of which it is not known what they hold, and the items."""
        with self._opened() as store:
            items = store.session.content.items
            columns = self._services.files.columns(typed, items)
        return [column for column in columns if column.holds is None], items

    def _settle(self, typed: str, unknown: list[FormColumn], items: Sequence[Item]) -> None:
        """Ask for one column after the other, then go on."""
        if not unknown:
            self._try(typed)
            return
        column, *rest = unknown

        def answered(holds: str | None) -> None:
            if holds is not None:
                self._settled[column.heading] = holds
                self._settle(typed, rest, items)

        heading = column.heading[:_MOST_HEADING]
        left = f"{len(rest)} more after this one. " if rest else ""
        said = f"{left}What you say is remembered for the form's next export once this one is in; Esc takes nothing in."
        dialog = FindDialog(
            f"What does this column hold? {heading}",
            list(_choices(column, items)),
            first=len(column.near) + len(_ABOUT_PEOPLE),
            said=said,
        )
        self._app.push_screen(dialog, answered)

    def _try(self, typed: str) -> None:
        """Check everything, and ask with what would come in."""
        done = self._app.attempt(lambda: self._taken_in(typed, dry_run=True))
        if done is None:
            return

        def answered(sure: bool | None) -> None:
            taken = self._app.attempt(lambda: self._taken_in(typed, dry_run=False)) if sure else None
            if taken is not None:
                self._app.attempt(self._remember)
                self._then(import_in_words(taken))

        question = f"Take {done.ballots} ballots into {self._named}?"
        self._app.push_screen(
            ConfirmDialog(question, import_in_words(done, dry_run=True), yes="Take them in"), answered
        )

    def _taken_in(self, typed: str, *, dry_run: bool) -> ImportSummary:
        with self._opened() as store:
            ballots = self._services.files.ballots(typed, store.session.content.items, self._held)
            return import_ballots(store, ballots, random=self._services.random, dry_run=dry_run)

    def _remember(self) -> bool:
        if self._settled:
            self._services.files.remember(self._held)
        return True

    @property
    def _held(self) -> Mapping[str, str]:
        return dict(self._settled)


def _choices(column: FormColumn, items: Sequence[Item]) -> list[Choice[str]]:
    """Items with words like the heading's first, then what is no answer, then every other item."""
    texts = {item.id: item.text for item in items}
    near = [Choice(item_id, texts[item_id], item_id) for item_id in column.near]
    people = [Choice(holds, label, detail) for holds, label, detail in _ABOUT_PEOPLE]
    others = [Choice(item.id, item.text, item.id) for item in items if item.id not in column.near]
    comments = [Choice(f"comment:{item.id}", f"A comment on: {item.text}", item.id) for item in items]
    return [*near, *people, *others, *comments]
