"""Putting an item to the vote again, until the room has settled."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest

from cxworkshop.domain import rounds
from cxworkshop.domain.ballots import Ballot, ImportedBallot, Tally
from cxworkshop.domain.errors import VotedAgainAlready
from cxworkshop.domain.published import settled_in_camps
from cxworkshop.domain.session import Rules
from cxworkshop.facilitation.acts import apply
from cxworkshop.facilitation.importing import import_ballots
from cxworkshop.facilitation.ports import SessionStore
from cxworkshop.facilitation.revealing import close_round, reveal_round
from cxworkshop.facilitation.voting_again import show_of_hands, vote_again
from examples import OpenSession

CAMPS = [1] * 6 + [5] * 6


def hold(store: SessionStore, answers: Sequence[int]) -> None:
    """Let everybody vote on "fix" in the open round, and reveal it."""
    held = store.session.open_round
    assert held is not None
    with store.transaction() as transaction:
        for person, answer in zip(transaction.session.participants.values(), answers, strict=True):
            transaction.box.put(Ballot(held.key, f"KITE-{person.id}", {"fix": answer}), person.id)
    close_round(store)
    reveal_round(store)


@pytest.fixture
def split(make_store: OpenSession) -> SessionStore:
    """Twelve people in two camps on "fix", who may vote again three times."""
    store = make_store(people=12)
    apply(store, lambda session: replace(session, rules=Rules(votes_again=3)))
    apply(store, rounds.open_first_round)
    hold(store, CAMPS)
    return store


def test_two_camps_that_have_settled_end_the_voting_on_an_item(split: SessionStore) -> None:
    assert not settled_in_camps(split.session, split.box.ballots, "fix")
    apply(split, vote_again(split.box, ["fix"]))
    assert split.session.discussion["fix"].outcome == "vote_again"
    hold(split, [1] * 5 + [2] + [5] * 6)
    assert settled_in_camps(split.session, split.box.ballots, "fix")
    with pytest.raises(VotedAgainAlready, match="settled in two camps"):
        apply(split, vote_again(split.box, ["fix"]))
    with pytest.raises(VotedAgainAlready, match="settled in two camps"):
        apply(split, show_of_hands(split.box, {"fix": Tally((6, 0, 0, 0, 6))}))
    with pytest.raises(VotedAgainAlready, match="settled in two camps"):
        import_ballots(split, [ImportedBallot("P", "", "", 3, {"fix": 1}, {}, 2)], random=Random(1))
    assert len(split.session.rounds) == 2
    apply(split, vote_again(split.box, ["listen"]))


def test_a_room_that_still_moves_may_go_on(split: SessionStore) -> None:
    apply(split, vote_again(split.box, ["fix"]))
    hold(split, [1] * 3 + [2] * 3 + [4] * 3 + [5] * 3)
    apply(split, vote_again(split.box, ["fix"]))
    assert split.session.open_round is not None


def test_after_a_show_of_hands_nobody_knows_whether_people_have_settled(split: SessionStore) -> None:
    apply(split, show_of_hands(split.box, {"fix": Tally((6, 0, 0, 0, 6))}))
    assert not settled_in_camps(split.session, split.box.ballots, "fix")
    apply(split, vote_again(split.box, ["fix"]))
