"""Taking up an earlier session of the same organisation, which is read once and never changed."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date

from cxworkshop.domain.errors import NotRevealed
from cxworkshop.domain.follow_up import last_time_of, open_actions_of
from cxworkshop.domain.last_time import LastTime
from cxworkshop.domain.published import results_of
from cxworkshop.domain.session import Action, Rules, Session
from cxworkshop.domain.summaries import followers
from cxworkshop.domain.text import name_key
from cxworkshop.facilitation.ports import SessionCatalogue, SessionSummary

_UNREVEALED = (
    "Round 1 of that session was never revealed, so its answers will not be compared. Reveal it there first, "
    "and choose it again at Prepare, if they should be."
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a later session needs of an earlier one."""

    session: Session
    """As it stands; a later one may be prepared like it."""
    last: LastTime
    actions: tuple[Action, ...]
    """Those that are open."""
    warnings: tuple[str, ...] = ()
    """What of it is not taken up, in a sentence each: parts found damaged or torn, answers that nobody has seen."""

    @property
    def rules(self) -> Rules:
        """Its rules, without its key phrase."""
        return replace(self.session.rules, key_phrase="")


def read_earlier(catalogue: SessionCatalogue, session_id: str) -> Earlier:
    """An earlier session, as far as a later one takes it up.

    Raises:
        CxWorkshopError: There is no such session, or it cannot be read.
    """
    with closing(catalogue.open(session_id)) as store:
        session = store.session
        try:
            first, told = results_of(session, store.box.ballots), store.warnings
        except NotRevealed:
            first, told = None, (*store.warnings, *([_UNREVEALED] if session.rounds else []))
        return Earlier(session, last_time_of(session, first), open_actions_of(session), tuple(told))


def earlier_sessions(catalogue: SessionCatalogue, session: Session) -> tuple[SessionSummary, ...]:
    """The sessions that could be taken up, those of the same organisation first, and of each the newest first.

    Args:
        catalogue: Where sessions lie.
        session: The later one; it is not among them, nor are sessions that take it up, or that were held after it, or
            that are without ballots and actions.
    """
    about, listed = session.about, catalogue.summaries()
    later = followers(listed, about.id)
    found = [
        summary
        for summary in listed
        if about.id not in summary.names
        and summary.id not in later
        and summary.held <= about.held
        and not summary.problem
        and (summary.ballots or summary.open_actions)
    ]
    return tuple(sorted(found, key=lambda summary: not same_organisation(summary, about.organisation)))


def same_organisation(summary: SessionSummary, organisation: str) -> bool:
    """Whether a session is of an organisation, in any spelling of case and spaces; none is of no organisation."""
    return bool(organisation) and name_key(summary.organisation) == name_key(organisation)


def newest_of(summaries: Sequence[SessionSummary], organisation: str, before: date) -> SessionSummary | None:
    """The newest of some sessions that is of an organisation and was held before a day."""
    own = (each for each in summaries if same_organisation(each, organisation) and each.held < before)
    return max(own, key=lambda each: each.held, default=None)
