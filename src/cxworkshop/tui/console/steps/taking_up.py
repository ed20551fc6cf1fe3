"""Choosing, at Prepare, the earlier session that this one takes up."""

from typing import Any, cast

from cxworkshop.domain.session import Session
from cxworkshop.domain.wording import counted
from cxworkshop.facilitation.ports import SessionCatalogue, SessionSummary
from cxworkshop.tui.app import CxApp
from cxworkshop.tui.console.steps.base import StepView
from cxworkshop.tui.widgets.sheet import Row

LAST_SESSION = "last:"
"""The line of the sheet."""

_SAID = "Its open actions come first at Welcome, and its results stand beside the new ones at Compare."
_NONE_THERE = "There is no earlier session with ballots or actions yet; the next one can take up this one."


class TakingUp(StepView):
    """The line of the last session, and what Enter does on it."""

    def _change_last(self, _key: str) -> None:
        from cxworkshop.facilitation.taking_up import earlier_sessions  # noqa: PLC0415 (not for the first frame)
        from cxworkshop.tui.widgets.choosing import Choice, PickDialog  # noqa: PLC0415 (dialogs are loaded when met)

        found = self._base.attempt(lambda: earlier_sessions(self._sessions, self.session))
        if found is None:
            return
        last = self.session.last_time
        if not found and last is None:
            self.notify(_NONE_THERE, markup=False)
            return
        choices = [Choice(each.id, _named(each), _facts(each)) for each in found]
        if last is not None:
            choices.append(Choice("", "None", "Begin afresh, without an earlier session."))
        dialog = PickDialog("Which session does this one take up?", choices, said=_SAID, at=last.id if last else None)
        self.app.push_screen(dialog, self._take_up)

    def _take_up(self, chosen: str | None) -> None:
        if chosen is None:
            return
        from cxworkshop.domain.follow_up import follow, follow_nothing  # noqa: PLC0415 (not for the first frame)

        if not chosen:
            self.change("last session let go of", follow_nothing)
            return
        from cxworkshop.facilitation.taking_up import read_earlier  # noqa: PLC0415 (not for the first frame)

        earlier = self._base.attempt(lambda: read_earlier(self._sessions, chosen))
        if earlier is not None:
            for warning in earlier.warnings:
                self.notify(warning, severity="warning", timeout=12, markup=False)
            self.change("last session chosen", lambda session: follow(session, earlier.last, earlier.actions))

    @property
    def _base(self) -> CxApp[Any]:
        return cast("CxApp[Any]", self.app)

    @property
    def _sessions(self) -> SessionCatalogue:
        """Practice sessions take up practice sessions."""
        return self.services.rehearsals if self.session.about.rehearsal else self.services.catalogue


def last_session_row(session: Session) -> Row:
    """The line that says which session is taken up."""
    last = session.last_time
    if last is None:
        return Row(LAST_SESSION, "Last session", "none", "Enter takes up an earlier one")
    actions = counted(sum(action.since is not None for action in session.actions.values()), "open action")
    results = f"{counted(last.ballots, 'ballot')} to compare with" if last.answers else "no results to compare with"
    return Row(LAST_SESSION, "Last session", f"{last.held.isoformat()} {last.title}", f"{actions}, {results}")


def _named(summary: SessionSummary) -> str:
    return " · ".join(part for part in (summary.held.isoformat(), summary.organisation, summary.title) if part)


def _facts(summary: SessionSummary) -> str:
    return f"{counted(summary.ballots, 'ballot')}, {counted(summary.open_actions, 'open action')}"
