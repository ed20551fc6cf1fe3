"""Beginning a session on the home screen: what it is, and whether it takes up an earlier one."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from cxworkshop.domain.content import Agenda, Content
from cxworkshop.domain.errors import InvalidValue
from cxworkshop.domain.session import Rules, Session
from cxworkshop.domain.wording import counted
from cxworkshop.facilitation.ports import Services, SessionStore, SessionSummary
from cxworkshop.facilitation.preparing import Preparation, new_session
from cxworkshop.facilitation.taking_up import Earlier, newest_of, read_earlier
from cxworkshop.tui.app import CxApp, refusal_of
from cxworkshop.tui.said_days import day_said
from cxworkshop.tui.widgets.choosing import ConfirmDialog
from cxworkshop.tui.widgets.typing_dialogs import Field, FormDialog

USUAL_MINUTES = 90
"""The length of the agenda that is offered."""


class Beginning:
    """Asks what a session is, and makes it.

    Args:
        app: Where dialogs are shown.
        services: Agendas, dates, the clock and the folder of sessions.
        then: Given what makes the session and opens it; tells why where that is refused.
    """

    def __init__(self, app: CxApp[Any], services: Services, then: Callable[[Callable[[], SessionStore]], None]) -> None:
        self._app = app
        self._services = services
        self._then = then

    def ask(self, earlier: Earlier | None) -> None:
        """Ask for title, organisation, date and so on, beginning with those of an earlier session that is taken up."""

        def take(typed: dict[str, str] | None) -> None:
            if typed is None:
                return
            found = None if earlier is not None else self._offered(typed)
            if found is None:
                self._make(typed, earlier)
            else:
                self._offer(typed, found)

        dialog = FormDialog(
            "A new session" if earlier is None else "Taking up a session",
            self._fields(earlier),
            said="All of it can be changed at Prepare." if earlier is None else _takes_up(earlier),
            draft="new-session" if earlier is None else "",
            check=lambda typed: refusal_of(lambda: self._session(typed, earlier)),
        )
        self._app.push_screen(dialog, take)
        self._warn(() if earlier is None else earlier.warnings)

    def _fields(self, earlier: Earlier | None) -> Sequence[Field]:
        agendas = self._services.library.agendas()
        lengths = tuple(str(agenda.minutes) for agenda in agendas)
        usual = str(USUAL_MINUTES) if str(USUAL_MINUTES) in lengths else next(iter(lengths), "")
        before = None if earlier is None else earlier.session
        today = self._services.clock().date().isoformat()

        def said(text: str) -> str:
            return day_said(text, self._services)

        minutes = str(before.content.agenda.minutes) if before else usual
        return (
            Field("title", "Title", before.about.title if before else "CX maturity"),
            Field("organisation", "Organisation", before.about.organisation if before else ""),
            Field("held", "Date", today, "2027-03-31, next friday", echo=said),
            Field("facilitator", "Facilitator", before.about.facilitator if before else ""),
            Field("agenda", f"Minutes: {', '.join(lengths)}", minutes, suggestions=lengths),
            Field("units", "Units, with commas between", _joined(before.units if before else ()), "Sales, Support"),
            Field(
                "levels",
                "Levels, the most senior first",
                _joined(before.levels if before else ()),
                "Management, Lead, Team",
            ),
        )

    def _offered(self, typed: Mapping[str, str]) -> SessionSummary | None:
        """The last session of the same organisation, if there is one to take up."""
        listed = self._app.attempt(self._services.catalogue.summaries) or ()
        held = self._services.dates(typed["held"], self._services.clock().date())
        return newest_of([each for each in listed if each.ballots or each.open_actions], typed["organisation"], held)

    def _offer(self, typed: Mapping[str, str], found: SessionSummary) -> None:
        def answered(sure: bool | None) -> None:
            if not sure:
                self._make(typed, None)
                return
            earlier = self._app.attempt(lambda: read_earlier(self._services.catalogue, found.id))
            if earlier is not None:
                self._make(typed, earlier)

        question = f"Take up the session of {found.held.isoformat()}, “{found.title}”?"
        detail = (
            f"Its {counted(found.open_actions, 'open action')} would come first at Welcome, and its results stand "
            "beside the new ones at Compare. Prepare can choose it later as well."
        )
        self._app.push_screen(ConfirmDialog(question, detail, yes="Take it up", no="Begin afresh"), answered)
        self._warn((found.warning,) if found.warning else ())

    def _warn(self, warnings: Iterable[str]) -> None:
        """Tell what of the earlier session was found damaged, above the question whether it is taken up."""
        for warning in warnings:
            self._app.notify(warning, severity="warning", timeout=12)

    def _make(self, typed: Mapping[str, str], earlier: Earlier | None) -> None:
        self._then(lambda: self._services.catalogue.create(self._session(typed, earlier)))

    def _session(self, typed: Mapping[str, str], earlier: Earlier | None) -> Session:
        before = None if earlier is None else earlier.session
        prepared = Preparation(
            typed["title"],
            self._services.dates(typed["held"], self._services.clock().date()),
            self._content(typed["agenda"], earlier),
            typed["organisation"],
            typed["facilitator"],
            _names(typed["units"], before.units if before else ()),
            _names(typed["levels"], before.levels if before else ()),
            Rules() if earlier is None else earlier.rules,
            earlier=earlier,
        )
        return new_session(prepared, random=self._services.random)

    def _content(self, minutes: str, earlier: Earlier | None) -> Content:
        """The agenda's self-tests; those of an earlier session of the same length, so that they can be compared."""
        library = self._services.library
        agenda = chosen_agenda(library.agendas(), minutes)
        if earlier is not None and earlier.session.content.agenda.id == agenda.id:
            return earlier.session.content
        return library.content(agenda.id)


def _takes_up(earlier: Earlier) -> str:
    held = earlier.last.held.isoformat()
    actions = counted(len(earlier.actions), "open action")
    return f"It takes up the session of {held}, with {actions}. All of it can be changed at Prepare."


def _joined(names: Sequence[str]) -> str:
    return ", ".join(names)


def chosen_agenda(agendas: Sequence[Agenda], text: str) -> Agenda:
    """The agenda meant by its minutes or its id.

    Raises:
        InvalidValue: None is.
    """
    wanted = text.strip().removesuffix("min").strip()
    for agenda in agendas:
        if wanted in (str(agenda.minutes), agenda.id):
            return agenda
    raise InvalidValue(f"Choose how many minutes: {', '.join(str(agenda.minutes) for agenda in agendas)}.")


def _names(text: str, offered: Sequence[str]) -> tuple[str, ...]:
    """The names typed; those offered where they were left as they are, since a name may have a comma in it."""
    if text == _joined(offered):
        return tuple(offered)
    return tuple(name for part in text.split(",") if (name := part.strip()))
