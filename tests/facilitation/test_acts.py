from dataclasses import replace
from random import Random

import pytest

from cxworkshop.domain import discussion, flow, plan, preparation, priorities, roster, rounds
from cxworkshop.domain.errors import InvalidName, NoOpenRound, NothingToUndo, RulesAreFixed
from cxworkshop.domain.session import Candidate, Rules, Step
from cxworkshop.facilitation.acts import UndoStack, apply
from cxworkshop.facilitation.ports import SessionStore
from cxworkshop.facilitation.revealing import close_round, drop_round, reopen_round, reveal_round
from cxworkshop.facilitation.voting import Answers, Voter, cast_ballot
from examples import NOW


def test_what_an_act_changed_is_taken_back_and_named(store: SessionStore) -> None:
    undo = UndoStack()
    undo.perform(store, "the note", lambda session: discussion.add_note(session, "fix", "One"))
    undo.perform(store, "settling", lambda session: discussion.settle(session, "fix"))
    assert undo.undo(store) == "settling"
    assert store.session.discussion["fix"].outcome == "open"
    assert undo.undo(store) == "the note"
    assert store.session.discussion == {}
    with pytest.raises(NothingToUndo):
        undo.undo(store)


def test_what_others_did_meanwhile_stays(store: SessionStore) -> None:
    undo = UndoStack()
    undo.perform(store, "the note", lambda session: discussion.add_note(session, "fix", "One"))
    apply(store, lambda session: discussion.add_note(session, "listen", "Theirs"))
    undo.undo(store)
    assert list(store.session.discussion) == ["listen"]


def test_what_somebody_changed_again_is_not_undone(store: SessionStore) -> None:
    undo = UndoStack()
    undo.perform(store, "the note", lambda session: discussion.add_note(session, "fix", "One"))
    apply(store, lambda session: discussion.add_note(session, "fix", "Two"))
    with pytest.raises(NothingToUndo, match="another terminal"):
        undo.undo(store)
    assert store.session.discussion["fix"].notes == ("One", "Two")


def test_going_back_over_a_step_keeps_the_account_of_time(store: SessionStore) -> None:
    undo = UndoStack()
    apply(store, lambda session: flow.go_to(session, Step.WELCOME, NOW))
    undo.perform(store, "the step", lambda session: flow.go_to(session, Step.REVEAL, NOW))
    undo.undo(store)
    assert store.session.live.step is Step.WELCOME
    assert store.session.live.since == NOW


def test_an_opened_round_is_undone_only_through_its_ballots(store: SessionStore, random: Random) -> None:
    undo = UndoStack()
    undo.perform(store, "opening round 1", rounds.open_first_round)
    cast_ballot(store, "1", Voter("p0"), Answers({"fix": 1}), random=random)
    with pytest.raises(NothingToUndo):
        undo.undo(store)
    assert store.box.count("1") == 1


def test_an_act_that_changes_nothing_or_is_refused_is_not_remembered(store: SessionStore) -> None:
    undo = UndoStack()
    undo.perform(store, "nothing", replace)
    with pytest.raises(InvalidName):
        undo.perform(store, "refused", lambda session: roster.add_participant(session, "x", ""))
    assert undo.acts == []


def test_the_rules_a_ballot_was_given_under_are_not_undone(store: SessionStore, random: Random) -> None:
    undo = UndoStack()
    raised = Rules(minimum_group=8)
    undo.perform(store, "the minimum group", lambda session: preparation.set_rules(session, raised, ballots_in=0))
    apply(store, rounds.open_first_round)
    cast_ballot(store, "1", Voter("p0"), Answers({"fix": 1}), random=random)
    with pytest.raises(NothingToUndo, match="hang on this"):
        undo.undo(store)
    assert store.session.rules.minimum_group == 8


def test_the_rules_a_vote_was_opened_under_are_not_undone_on_another_console(store: SessionStore) -> None:
    undo = UndoStack()
    undo.perform(
        store, "the rule", lambda session: preparation.set_rules(session, Rules(minimum_group=8), ballots_in=0)
    )
    apply(store, rounds.open_first_round)
    with pytest.raises(RulesAreFixed, match="promised"):
        undo.undo(store)
    assert store.session.rules.minimum_group == 8


def test_a_candidate_that_dots_are_placed_on_is_not_undone(store: SessionStore) -> None:
    undo = UndoStack()
    candidates = [Candidate(key, f"Candidate {key}", "own") for key in "xy"]
    undo.perform(store, "the candidates", lambda session: priorities.add_candidates(session, candidates))
    apply(store, rounds.open_dots)
    with pytest.raises(NothingToUndo, match="hang on this"):
        undo.undo(store)
    assert set(store.session.candidates) == {"x", "y"}


def test_an_undo_from_another_time_leaves_the_rounds_of_now_alone(store: SessionStore, random: Random) -> None:
    apply(store, rounds.open_feedback)
    cast_ballot(store, "feedback-1", Voter("p0"), Answers({"feedback": 4}), random=random)
    close_round(store)
    reveal_round(store)
    apply(store, rounds.open_first_round)
    with pytest.raises(NoOpenRound, match="another terminal"):
        drop_round(store, "feedback-1")
    with pytest.raises(NoOpenRound):
        close_round(store, "feedback-1")
    close_round(store, "1")
    with pytest.raises(NoOpenRound):
        reopen_round(store, "feedback-1")
    assert reopen_round(store, "1").key == "1"


def test_what_was_taken_back_can_be_done_again_until_the_next_act(store: SessionStore) -> None:
    undo = UndoStack()
    undo.perform(store, "the note", lambda session: discussion.add_note(session, "fix", "One"))
    undo.undo(store)
    assert undo.redo(store) == "the note"
    assert store.session.discussion["fix"].notes == ("One",)
    assert undo.undo(store) == "the note", "what was done again can be taken back again"
    undo.perform(store, "another", lambda session: discussion.add_note(session, "fix", "Two"))
    with pytest.raises(NothingToUndo):
        undo.redo(store)
    assert store.session.discussion["fix"].notes == ("Two",)


def test_an_act_that_cannot_be_taken_back_does_not_stand_in_the_way_of_those_before(store: SessionStore) -> None:
    undo = UndoStack()
    undo.perform(store, "the weight", lambda session: discussion.weigh(session, "listen", 3))
    undo.perform(store, "the note", lambda session: discussion.add_note(session, "fix", "One"))
    apply(store, lambda session: discussion.add_note(session, "fix", "Two"))
    with pytest.raises(NothingToUndo):
        undo.undo(store)
    assert undo.undo(store) == "the weight"
    assert store.session.discussion["fix"].notes == ("One", "Two")


def test_undo_of_one_part_leaves_the_parts_beside_it_alone(store: SessionStore) -> None:
    undo = UndoStack()
    undo.perform(store, "blanking", lambda session: flow.blank(session, blank=True))
    undo.perform(store, "the owner", lambda session: plan.set_strategy_owner(session, "Mia"))
    apply(store, lambda session: flow.go_to(session, Step.PLAN, NOW))
    apply(store, lambda session: plan.set_strategy_stands(session, stands=True))
    undo.undo(store)
    undo.undo(store)
    session = store.session
    assert (session.live.blank, session.live.step) == (False, Step.PLAN), "the place in the flow stays"
    assert (session.closing.strategy_owner, session.closing.strategy_stands) == ("", True)


def test_how_terminals_are_taken_back_can_be_undone_while_ballots_are_in(store: SessionStore, random: Random) -> None:
    undo = UndoStack()
    apply(store, rounds.open_first_round)
    cast_ballot(store, "1", Voter("p0"), Answers({"fix": 1}), random=random)
    ruled = replace(store.session.rules, supervised=True, key_phrase="hash")
    undo.perform(store, "the key phrase", lambda session: replace(session, rules=ruled))
    undo.undo(store)
    assert (store.session.rules.supervised, store.session.rules.key_phrase) == (False, "")
