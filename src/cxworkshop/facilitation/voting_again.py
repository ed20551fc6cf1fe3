"""Putting items to the vote again, which hangs on what the votes on them have said so far."""

from collections.abc import Mapping, Sequence

from cxworkshop.domain import discussion, rounds
from cxworkshop.domain.ballots import Tally
from cxworkshop.domain.published import refuse_settled_camps
from cxworkshop.domain.session import Session
from cxworkshop.facilitation.acts import Transition
from cxworkshop.facilitation.ports import BallotBox


def vote_again(box: BallotBox, items: Sequence[str]) -> Transition:
    """The transition that opens the next round, by ballots, over some items.

    It raises what `rounds.open_vote_again` raises, and `VotedAgainAlready` where the room has settled in two camps.
    """

    def open_round(session: Session) -> Session:
        opened = rounds.open_vote_again(session, items)
        refuse_settled_camps(session, box.ballots, items)
        for item_id in items:
            opened = discussion.to_vote_again(opened, item_id)
        return opened

    return open_round


def show_of_hands(box: BallotBox, tallies: Mapping[str, Tally]) -> Transition:
    """The transition that keys in a show of hands as the next round.

    It raises what `rounds.record_hands` raises, and `VotedAgainAlready` where the room has settled in two camps.
    """

    def record(session: Session) -> Session:
        recorded = rounds.record_hands(session, tallies)
        refuse_settled_camps(session, box.ballots, tallies)
        return recorded

    return record
