"""Results for screens that are painted again and again: computed anew only when their ballots or rules differ."""

from collections.abc import Sequence

from cxworkshop.domain.ballots import Ballot
from cxworkshop.domain.errors import NotRevealed
from cxworkshop.domain.later_rounds import overlaid
from cxworkshop.domain.published import results_of
from cxworkshop.domain.results import RoundResult
from cxworkshop.domain.session import Round, Rules, Session
from cxworkshop.facilitation.ports import BallotBox


class KeptResults:
    """The results of revealed rounds, as last asked for."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[Round, Rules, Sequence[Ballot], RoundResult]] = {}

    def of(self, session: Session, box: BallotBox, number: int = 1) -> RoundResult:
        """The result of a revealed round.

        Raises:
            NotRevealed: There is no such round, or it has not been revealed.
        """
        held = next((found for found in session.revealed_rounds if found.number == number), None)
        if held is None:
            return results_of(session, box.ballots, number)
        ballots = box.ballots(held.key)
        kept = self._kept.get(number)
        if kept is None or kept[0] != held or kept[1] != session.rules or kept[2] is not ballots:
            kept = (held, session.rules, ballots, results_of(session, lambda _key: ballots, number))
            self._kept[number] = kept
        return kept[3]

    def standing(self, session: Session, box: BallotBox) -> RoundResult | None:
        """Where the room stands now, later rounds in place of what was voted on again; None before the reveal."""
        first = self.first(session, box)
        if first is None:
            return None
        return overlaid(first, [self.of(session, box, held.number) for held in session.revealed_rounds[1:]])

    def first(self, session: Session, box: BallotBox) -> RoundResult | None:
        """The result of round 1, or None before its reveal."""
        try:
            return self.of(session, box)
        except NotRevealed:
            return None
