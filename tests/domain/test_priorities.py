from dataclasses import replace

import pytest

from cxworkshop.domain import discussion, plan, priorities, rounds
from cxworkshop.domain.ballots import Ballot
from cxworkshop.domain.errors import InvalidName, RulesAreFixed
from cxworkshop.domain.published import dots_of, results_of
from cxworkshop.domain.results import RoundResult
from cxworkshop.domain.session import Action, Candidate, Session
from examples import example_session

WEAK_FIX = {"fix": 1, "listen": 4, "blame": 5, "ladder-stage": 2}


def revealed() -> tuple[Session, RoundResult]:
    session = rounds.close_round(rounds.open_first_round(example_session(6)))
    session = rounds.reveal_round(session, ballots_in=6)
    ballots = [Ballot("1", f"CODE-{place}", WEAK_FIX) for place in range(6)]
    return session, results_of(session, lambda _key: ballots)


def listed() -> Session:
    session, result = revealed()
    return priorities.add_candidates(session, priorities.proposed(session, result))


def test_the_list_comes_from_the_obstacle_the_weaknesses_and_what_is_unsettled() -> None:
    session, result = revealed()
    session = discussion.park(session, "listen", ["yes", "no"])
    found = {candidate.id: candidate.origin for candidate in priorities.proposed(session, result)}
    assert found == {
        "obstacle-ladder-2": "obstacle",
        "item-listen": "unsettled",
        "item-fix": "weakness",
        "item-blame": "weakness",
    }


def test_every_candidate_says_why_it_is_there() -> None:
    session, result = revealed()
    assert all(candidate.reason for candidate in priorities.proposed(session, result))


def test_what_is_listed_is_not_proposed_again() -> None:
    session, result = revealed()
    session = priorities.add_candidates(session, priorities.proposed(session, result))
    assert priorities.proposed(session, result) == ()


def test_the_stage_agreed_in_the_room_decides_on_the_obstacle() -> None:
    session, result = revealed()
    agreed = plan.agree_stage(session, "ladder", 1)
    assert priorities.proposed(agreed, result)[0].title == "Nobody asks"


def test_own_candidates_need_words_of_their_own() -> None:
    session = listed()
    with pytest.raises(InvalidName):
        priorities.add_candidates(session, [Candidate("x", " ", "own")])
    with pytest.raises(InvalidName, match="already"):
        priorities.add_candidates(session, [Candidate("x", "nobody DECIDES", "own")])


def test_the_list_is_fixed_while_dots_are_placed_and_keeps_what_was_voted_on() -> None:
    session = rounds.open_dots(listed())
    with pytest.raises(RulesAreFixed):
        priorities.add_candidates(session, [Candidate("x", "Own", "own")])
    closed = rounds.close_round(session)
    with pytest.raises(RulesAreFixed):
        priorities.remove_candidate(closed, "item-fix")


def test_a_candidate_that_actions_serve_stays() -> None:
    session = plan.add_action(listed(), Action("a", "Do it", candidate="item-fix"))
    with pytest.raises(RulesAreFixed):
        priorities.remove_candidate(session, "item-fix")
    assert "item-blame" not in priorities.remove_candidate(session, "item-blame").candidates


def test_dots_are_counted_and_ties_share_their_place() -> None:
    session = rounds.open_dots(listed())
    ballots = [
        Ballot("dots-1", "A-1", {"item-fix": 2, "item-blame": 1}),
        Ballot("dots-1", "B-2", {"item-blame": 1, "obstacle-ladder-2": 1}),
    ]
    session = rounds.reveal_round(rounds.close_round(session), ballots_in=2)
    counted = dots_of(session, lambda _key: ballots)
    assert [(dotted.candidate.id, dotted.dots, dotted.place, dotted.tied) for dotted in counted] == [
        ("item-fix", 2, 1, True),
        ("item-blame", 2, 1, True),
        ("obstacle-ladder-2", 1, 3, False),
    ]


def test_dots_from_the_wall_are_keyed_in() -> None:
    session = rounds.record_dots(listed(), {"item-fix": 7, "item-blame": 2})
    assert [dotted.dots for dotted in dots_of(session, lambda _key: [])] == [7, 2, 0]


def test_choosing_can_be_taken_back() -> None:
    session = priorities.choose(listed(), "item-fix", chosen=True)
    assert [candidate.id for candidate in priorities.chosen(session)] == ["item-fix"]
    back = priorities.choose(session, "item-fix", chosen=False)
    assert back == replace(session, candidates=back.candidates)
    assert priorities.chosen(back) == ()
