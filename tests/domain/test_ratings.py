"""Impact and effort: the second way of choosing priorities."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from cxworkshop.domain import priorities, rounds
from cxworkshop.domain.ballots import Ballot, Tally
from cxworkshop.domain.errors import AnswerOutOfRange, NotRevealed, RulesAreFixed, UnknownItem
from cxworkshop.domain.published import dots_of, ratings_of
from cxworkshop.domain.ratings import Rated, Rating, candidates_in
from cxworkshop.domain.ratings_in_words import place_in_words, rated_in_words
from cxworkshop.domain.session import Candidate, Session
from examples import example_session

ONE_EACH: Mapping[int, tuple[int, ...]] = {place: tuple(int(place == at) for at in range(1, 6)) for place in range(6)}


def listed(*names: str) -> Session:
    return priorities.add_candidates(example_session(), [Candidate(name, f"Do {name}", "own") for name in names])


def by_hands(**medians: tuple[int, int]) -> tuple[Rated, ...]:
    """The list after one hand each on impact and effort; 0 is no hand at all."""
    tallies = {
        f"{dimension}:{name}": Tally(ONE_EACH[given])
        for name, both in medians.items()
        for dimension, given in zip(("impact", "effort"), both, strict=True)
    }
    return ratings_of(rounds.record_ratings(listed(*medians), tallies), lambda _key: ())


def test_the_list_goes_by_field_then_impact_then_effort() -> None:
    found = by_hands(wait=(2, 5), bet=(5, 4), fill=(2, 1), win=(4, 2), best=(5, 2), none=(0, 3))
    assert [(each.candidate.id, each.quadrant) for each in found] == [
        ("best", "quick_win"),
        ("win", "quick_win"),
        ("bet", "big_bet"),
        ("fill", "fill_in"),
        ("wait", "not_now"),
        ("none", None),
    ]


@pytest.mark.parametrize(
    ("impact", "effort", "quadrant"),
    [(4, 3, "big_bet"), (3, 2, "fill_in"), (3, 3, "not_now"), (4, 2, "quick_win"), (1, 5, "not_now")],
)
def test_in_the_middle_the_less_favourable_holds(impact: int, effort: int, quadrant: str) -> None:
    found = {each.candidate.id: each.quadrant for each in by_hands(a=(impact, effort), b=(1, 1))}
    assert found["a"] == quadrant


def test_ties_share_their_place_and_are_said() -> None:
    found = by_hands(a=(4, 2), b=(5, 1), c=(4, 2))
    assert [(each.candidate.id, each.place, each.tied) for each in found] == [
        ("b", 1, False),
        ("a", 2, True),
        ("c", 2, True),
    ]
    assert place_in_words(found[1]) == "place 2, tied: quick win"


def test_numbers_of_answers_come_in_the_order_of_the_ratings_and_a_rating_alone_is_told() -> None:
    found, _ = by_hands(a=(4, 2), b=(1, 2))
    more = replace(found, impact=Rating((0, 0, 0, 12, 0)), effort=Rating((0, 9, 0, 0, 0)))
    assert rated_in_words(more) == "impact 4, effort 2 (12 and 9 answers)"
    alone = replace(found, impact=Rating((0, 0, 0, 12, 0)), effort=Rating((0, 0, 0, 0, 0)))
    assert rated_in_words(alone) == "impact 4 (12 answers), effort not rated"
    assert place_in_words(alone) == "without a place"


def test_ballots_are_counted_with_what_was_not_known_apart() -> None:
    session = rounds.open_ratings(listed("a", "b"))
    held = session.open_round
    assert held is not None
    assert candidates_in(held) == ("a", "b")
    given = [{"impact:a": 5, "effort:a": 2}, {"impact:a": 1, "effort:a": 2}, {"impact:a": 0}]
    ballots = [Ballot(held.key, f"C-{place}", answers) for place, answers in enumerate(given)]
    with pytest.raises(NotRevealed):
        ratings_of(session, lambda _key: ballots)
    session = rounds.reveal_round(rounds.close_round(session), ballots_in=3)
    first, second = ratings_of(session, lambda _key: ballots)
    assert (first.impact.counts, first.impact.dont_know, first.impact.n) == ((1, 0, 0, 0, 1), 1, 2)
    assert rated_in_words(first) == "impact 3, effort 2 (2 answers); the room is apart on impact"
    assert rated_in_words(second) == place_in_words(second) == "not rated"


@pytest.mark.parametrize("answers", [{"impact:a": 6}, {"impact:z": 1}, {"a": 1}])
def test_a_ballot_holds_ratings_of_the_round_only(answers: dict[str, int]) -> None:
    session = rounds.open_ratings(listed("a", "b"))
    with pytest.raises(AnswerOutOfRange):
        rounds.check_ballot(session, session.rounds[0], Ballot("ratings-1", "C", answers))


@pytest.mark.parametrize(
    "tallies",
    [
        {},
        {"impact:a": Tally((0, 0, 0, 0, 0))},
        {"impact:a": Tally((1, 0, 0, 0))},
        {"impact:a": Tally((2, -1, 0, 0, 0))},
    ],
)
def test_hands_that_do_not_fit_are_refused(tallies: dict[str, Tally]) -> None:
    with pytest.raises(AnswerOutOfRange):
        rounds.record_ratings(listed("a", "b"), tallies)


def test_a_rating_needs_two_candidates_that_are_on_the_list() -> None:
    with pytest.raises(UnknownItem):
        rounds.open_ratings(listed("a"))
    with pytest.raises(UnknownItem):
        rounds.record_ratings(listed("a", "b"), {"impact:z": Tally(ONE_EACH[1])})


def test_the_list_stays_as_it_is_while_it_is_rated_and_keeps_what_was_rated() -> None:
    session = rounds.open_ratings(listed("a", "b"))
    with pytest.raises(RulesAreFixed):
        priorities.add_candidates(session, [Candidate("c", "Do c", "own")])
    closed = rounds.reveal_round(rounds.close_round(session), ballots_in=1)
    with pytest.raises(RulesAreFixed):
        priorities.remove_candidate(closed, "a")


def test_the_newest_vote_orders_the_list_and_the_older_one_stays() -> None:
    session = rounds.record_dots(listed("a", "b"), {"a": 3})
    session = rounds.record_ratings(session, {"impact:b": Tally(ONE_EACH[5]), "effort:b": Tally(ONE_EACH[1])})
    newest = priorities.last_vote(session)
    assert newest is not None
    assert newest.kind == "ratings"
    assert dots_of(session, lambda _key: ())[0].candidate.id == "a"
    reordered = replace(session, rounds=session.rounds[::-1])
    assert priorities.last_vote(reordered) == session.rounds[0]
