from datetime import timedelta

import pytest

from cxworkshop.domain import discussion, flow, rounds
from cxworkshop.domain.ballots import Ballot
from cxworkshop.domain.errors import InvalidName, InvalidValue, UnknownItem
from cxworkshop.domain.published import results_of
from cxworkshop.domain.results import RoundResult
from cxworkshop.domain.session import Session, Step
from examples import NOW, example_session


def revealed(answers: dict[str, list[int]]) -> tuple[Session, RoundResult]:
    """A session of round 1 with the answers given, one list per item, and its result."""
    people = max(map(len, answers.values()))
    session = rounds.close_round(rounds.open_first_round(example_session(people)))
    session = rounds.reveal_round(session, ballots_in=people)
    ballots = [
        Ballot("1", f"CODE-{place}", {item: given[place] for item, given in answers.items()}) for place in range(people)
    ]
    return session, results_of(session, lambda _key: ballots)


CAMPS = [1, 1, 1, 1, 5, 5, 5, 5]
MILD = [1, 2, 3, 3, 4, 4, 5, 5]
AGREED = [4] * 8


def test_the_queue_starts_where_disagreement_times_importance_is_highest() -> None:
    session, result = revealed({"fix": MILD, "listen": MILD, "blame": AGREED, "ladder-stage": [1, 1, 1, 1, 3, 3, 3, 3]})
    assert [queued.item for queued in discussion.queue(session, result)] == ["fix", "ladder-stage", "listen"]


def test_consensus_is_not_queued() -> None:
    session, result = revealed({"fix": AGREED, "listen": AGREED, "blame": AGREED, "ladder-stage": [2] * 8})
    assert discussion.queue(session, result) == ()


def test_minutes_are_shared_by_worth_over_what_is_still_due() -> None:
    session, result = revealed({"fix": CAMPS, "listen": CAMPS, "blame": AGREED, "ladder-stage": [2] * 8})
    minutes = {queued.item: queued.minutes for queued in discussion.queue(session, result)}
    assert minutes == pytest.approx({"fix": 20, "listen": 10})
    session = discussion.settle(session, "fix")
    minutes = {queued.item: queued.minutes for queued in discussion.queue(session, result, minutes=12)}
    assert minutes == pytest.approx({"fix": 0, "listen": 12})


def test_parking_needs_both_positions() -> None:
    with pytest.raises(InvalidName, match="both positions"):
        discussion.park(example_session(), "fix", ["only one", "  "])
    parked = discussion.park(example_session(), "fix", ["they may", "they may not"])
    assert parked.discussion["fix"].positions == ("they may", "they may not")
    assert discussion.outcomes(parked.discussion, ["fix", "listen"])["parked"] == 1


def test_notes_stay_whatever_the_outcome() -> None:
    session = discussion.settle(discussion.add_note(example_session(), "fix", "Sales\nsaw it"), "fix")
    assert session.discussion["fix"].notes == ("Sales\nsaw it",)
    assert discussion.reopen(session, "fix").discussion["fix"].notes == ("Sales\nsaw it",)
    assert discussion.remove_note(session, "fix", 0).discussion["fix"].notes == ()


def test_empty_notes_and_strange_items_are_refused() -> None:
    with pytest.raises(InvalidName):
        discussion.add_note(example_session(), "fix", " \n ")
    with pytest.raises(UnknownItem):
        discussion.settle(example_session(), "what")
    with pytest.raises(UnknownItem):
        discussion.remove_note(example_session(), "fix", 0)


def test_the_facilitator_may_weigh_an_item_otherwise_than_its_pack() -> None:
    session, result = revealed({"fix": MILD, "listen": MILD, "blame": AGREED, "ladder-stage": [2] * 8})
    assert [queued.item for queued in discussion.queue(session, result)] == ["fix", "listen"]
    session = discussion.weigh(session, "listen", 3)
    assert [queued.item for queued in discussion.queue(session, result)] == ["listen", "fix"]
    with pytest.raises(InvalidValue):
        discussion.weigh(session, "listen", 4)


def test_minutes_shrink_when_the_session_runs_late() -> None:
    session = flow.go_to(example_session(), Step.WELCOME, NOW)
    session = flow.go_to(session, Step.DISAGREEMENTS, NOW + timedelta(minutes=40))
    assert discussion.minutes_left(session, NOW + timedelta(minutes=40)) == 30
    assert discussion.minutes_left(session, NOW + timedelta(minutes=55)) == 15
    assert discussion.minutes_left(session, NOW + timedelta(minutes=90)) == 0


def test_time_saved_before_is_not_spent_on_the_disagreements() -> None:
    session = flow.go_to(example_session(), Step.WELCOME, NOW)
    session = flow.go_to(session, Step.DISAGREEMENTS, NOW + timedelta(minutes=5))
    assert discussion.minutes_left(session, NOW + timedelta(minutes=5)) == 30


def test_the_talk_begins_with_the_worthiest_item_and_keeps_its_place_afterwards() -> None:
    session, _ = revealed({"fix": CAMPS, "listen": MILD})
    looked_at = flow.focus(session, "listen")
    assert discussion.begin(looked_at).live.item == ""
    talked = discussion.add_note(looked_at, "fix", "Two views.")
    assert discussion.begin(talked).live.item == "listen"


def test_an_item_that_was_voted_on_again_waits_for_its_outcome() -> None:
    session, _ = revealed({"fix": CAMPS, "listen": MILD})
    voted = discussion.to_vote_again(discussion.settle(session, "listen"), "fix")
    again = rounds.close_round(rounds.open_vote_again(voted, ["fix", "listen"]))
    shown = discussion.after_voting_again(rounds.reveal_round(again, ballots_in=8), again.rounds[-1].items)
    assert discussion.discussion_of(shown, "fix").outcome == "open"
    assert discussion.discussion_of(shown, "listen").outcome == "settled"
