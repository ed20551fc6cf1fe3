from collections.abc import Callable
from dataclasses import replace

import pytest

from cxworkshop.domain import rounds
from cxworkshop.domain.ballots import Ballot, Tally
from cxworkshop.domain.errors import (
    AlreadyRevealed,
    AnswerOutOfRange,
    CxWorkshopError,
    InvalidValue,
    NoOpenRound,
    NothingToReveal,
    NotRevealed,
    RoundAlreadyOpen,
    RoundNotClosed,
    RoundNotRevealed,
    UnknownItem,
    VotedAgainAlready,
)
from cxworkshop.domain.session import Candidate, Session
from examples import example_session


def revealed() -> Session:
    session = rounds.close_round(rounds.open_first_round(example_session(6)))
    return rounds.reveal_round(session, ballots_in=6)


def test_round_one_covers_all_items_and_goes_from_open_to_revealed() -> None:
    session = rounds.open_first_round(example_session())
    assert session.open_round is not None
    assert session.open_round.items == ("ladder-stage", "fix", "listen", "blame")
    session = rounds.close_round(session)
    assert session.open_round is None
    assert rounds.reveal_round(session, ballots_in=1).revealed_rounds[0].key == "1"


def test_closing_can_be_taken_back_and_revealing_cannot() -> None:
    closed = rounds.close_round(rounds.open_first_round(example_session()))
    assert rounds.reopen_round(closed).open_round is not None
    with pytest.raises(AlreadyRevealed):
        rounds.reopen_round(revealed())
    with pytest.raises(AlreadyRevealed):
        rounds.reveal_round(revealed(), ballots_in=6)


def test_only_one_round_is_open_at_a_time() -> None:
    session = rounds.open_first_round(example_session())
    for open_another in (rounds.open_first_round, rounds.open_feedback):
        with pytest.raises(RoundAlreadyOpen, match="Round 1 is open"):
            open_another(session)


def test_nothing_is_revealed_without_ballots_or_while_voting_goes_on() -> None:
    with pytest.raises(RoundNotClosed):
        rounds.reveal_round(rounds.open_first_round(example_session()), ballots_in=3)
    with pytest.raises(NothingToReveal):
        rounds.reveal_round(rounds.close_round(rounds.open_first_round(example_session())), ballots_in=0)
    with pytest.raises(RoundNotClosed):
        rounds.reveal_round(example_session(), ballots_in=0)


def test_no_round_is_held_over_one_that_waits_for_its_reveal() -> None:
    candidates = {key: Candidate(key, key, "own") for key in ("a", "b")}
    session = replace(rounds.close_round(rounds.open_first_round(example_session(6))), candidates=candidates)
    holding: tuple[Callable[[], Session], ...] = (
        lambda: rounds.open_vote_again(session, ["fix"]),
        lambda: rounds.record_hands(session, {"fix": Tally((1, 0, 0, 0, 0))}),
        lambda: rounds.open_dots(session),
        lambda: rounds.record_dots(session, {"a": 1}),
        lambda: rounds.open_feedback(session),
    )
    for hold in holding:
        with pytest.raises(RoundNotRevealed, match="Round 1 is closed but not revealed"):
            hold()


def test_results_are_refused_until_the_reveal() -> None:
    with pytest.raises(NotRevealed, match="has not been revealed"):
        rounds.revealed_round(rounds.open_first_round(example_session()))
    with pytest.raises(NotRevealed, match="no round 2"):
        rounds.revealed_round(revealed(), 2)


def test_an_item_is_put_to_the_vote_again_once_and_round_one_stays() -> None:
    before = revealed()
    session = rounds.open_vote_again(before, ["fix"])
    assert session.open_round is not None
    assert (session.open_round.key, session.open_round.items) == ("2", ("fix",))
    assert session.round("1") == before.round("1")
    session = rounds.reveal_round(rounds.close_round(session), ballots_in=6)
    with pytest.raises(VotedAgainAlready):
        rounds.open_vote_again(session, ["fix"])
    assert rounds.open_vote_again(session, ["listen"]).rounds[-1].key == "3"


def test_a_vote_again_is_called_by_the_votes_on_its_items_and_not_by_the_rounds_between() -> None:
    session = rounds.record_hands(revealed(), {"fix": Tally((1, 0, 0, 4, 1))})
    session = rounds.record_hands(session, {"listen": Tally((1, 0, 0, 4, 1))})
    first, second, third = session.rounds
    assert [rounds.vote_title(session, held) for held in session.rounds] == [
        "Round 1",
        "The second vote",
        "The second vote",
    ]
    assert rounds.vote_on_item(session, third.number, "listen") == "second vote"
    both = replace(third, items=("fix", "listen"))
    assert rounds.vote_title(replace(session, rounds=(first, second, both)), both) == "The vote again"


def test_hands_are_keyed_in_as_the_next_round() -> None:
    session = rounds.record_hands(revealed(), {"fix": Tally((1, 0, 0, 4, 1), 1)})
    assert session.revealed_rounds[-1].tallies["fix"].counts == (1, 0, 0, 4, 1)


@pytest.mark.parametrize(
    ("tallies", "error"),
    [
        ({"fix": Tally((1, 2))}, AnswerOutOfRange),
        ({"fix": Tally((0, 0, 0, 0, 0))}, AnswerOutOfRange),
        ({"fix": Tally((-1, 2, 0, 0, 0))}, AnswerOutOfRange),
        ({"what": Tally((1,))}, UnknownItem),
        ({}, UnknownItem),
    ],
)
def test_hands_that_do_not_fit_are_refused(tallies: dict[str, Tally], error: type[CxWorkshopError]) -> None:
    with pytest.raises(error):
        rounds.record_hands(revealed(), tallies)


def test_a_vote_again_needs_round_one_and_its_items() -> None:
    with pytest.raises(NotRevealed):
        rounds.open_vote_again(example_session(), ["fix"])
    with pytest.raises(UnknownItem):
        rounds.open_vote_again(revealed(), ["what"])


@pytest.mark.parametrize(
    ("answers", "named"),
    [({"fix": 6}, "1 to 5"), ({"fix": -1}, "1 to 5"), ({"ladder-stage": 4}, "1 to 3"), ({"what": 1}, "what")],
)
def test_an_answer_that_is_no_option_is_refused_by_naming_the_range(answers: dict[str, int], named: str) -> None:
    session = rounds.open_first_round(example_session())
    with pytest.raises(AnswerOutOfRange, match=named):
        rounds.check_ballot(session, session.rounds[0], Ballot("1", "KITE-42", answers))


def test_a_ballot_may_leave_out_or_not_know_and_its_comments_are_cleaned() -> None:
    session = rounds.open_first_round(example_session())
    ballot = Ballot("1", "KITE-42", {"fix": 0}, {"fix": " a\x1b ", "listen": "  "})
    assert rounds.check_ballot(session, session.rounds[0], ballot).comments == {"fix": "a␛"}
    with pytest.raises(AnswerOutOfRange):
        rounds.check_ballot(session, session.rounds[0], Ballot("1", "KITE-42", {}, {"what": "x"}))


def test_no_more_dots_are_placed_than_there_are() -> None:
    session = example_session()
    candidates = {key: Candidate(key, key, "own") for key in ("a", "b")}
    session = rounds.open_dots(Session(session.about, session.content, candidates=candidates))
    held = session.rounds[0]
    assert held.key == "dots-1"
    rounds.check_ballot(session, held, Ballot("dots-1", "KITE-42", {"a": 2, "b": 1}))
    with pytest.raises(AnswerOutOfRange, match="3 dots"):
        rounds.check_ballot(session, held, Ballot("dots-1", "KITE-42", {"a": 2, "b": 2}))


def test_dots_need_something_to_choose_from() -> None:
    with pytest.raises(UnknownItem, match="two candidates"):
        rounds.open_dots(example_session())


def test_a_round_opened_by_mistake_is_dropped_only_while_it_is_empty() -> None:
    session = rounds.open_first_round(example_session())
    assert rounds.drop_round(session, ballots_in=0).rounds == ()
    with pytest.raises(InvalidValue):
        rounds.drop_round(session, ballots_in=1)
    with pytest.raises(NoOpenRound):
        rounds.drop_round(example_session(), ballots_in=0)


@pytest.mark.parametrize("answers", [{"0fd48e6e": 9}, {"0fd48e6e": -1}, {"b7013c22": 1}])
def test_a_refused_vote_by_dots_speaks_of_candidates_and_dots_only(answers: dict[str, int]) -> None:
    candidates = {key: Candidate(key, key, "own") for key in ("0fd48e6e", "f1")}
    session = rounds.open_dots(replace(example_session(), candidates=candidates))
    with pytest.raises(AnswerOutOfRange, match="candidate") as refused:
        rounds.check_ballot(session, session.rounds[0], Ballot("dots-1", "KITE-42", answers))
    assert "don't know" not in str(refused.value)
    assert not any(key in str(refused.value) for key in answers)
