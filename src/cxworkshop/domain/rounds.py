"""Rounds: passes of voting, from opening over closing to the reveal.

Closing stops voting and can be undone; revealing cannot. Round 1 covers all items and never changes afterwards; later
rounds hold the items put to the vote again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cxworkshop.domain.ballots import Ballot, Tally
from cxworkshop.domain.content import Content
from cxworkshop.domain.errors import (
    AlreadyRevealed,
    AnswerOutOfRange,
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
from cxworkshop.domain.instruments import DONT_KNOW
from cxworkshop.domain.ratings import DIMENSIONS, OPTIONS, candidates_in, rating_id
from cxworkshop.domain.session import Round, RoundKind, Session
from cxworkshop.domain.text import clean

FEEDBACK_ITEM = "feedback"
FEEDBACK_OPTIONS = ("Not worth it", "Hardly worth it", "Partly worth it", "Worth it", "Very much worth it")
"""The closing question asks whether the sitting was worth the time."""

MOST_DOTS = 20

_ORDINALS = ("first", "second", "third", "fourth", "fifth")


def open_first_round(session: Session) -> Session:
    """The session with round 1 open over all items.

    Raises:
        RoundAlreadyOpen: A round is open, or round 1 was held already.
        UnknownItem: The session has no items to vote on.
    """
    _refuse_second_open(session)
    if self_test_rounds(session):
        raise RoundAlreadyOpen(
            "Round 1 was held already; reopen it before the reveal, or put single items to the vote."
        )
    items = tuple(item.id for item in session.content.items)
    if not items:
        raise UnknownItem("The session has no self-test; choose one in Prepare.")
    return session.with_round(Round("1", "self_test", items))


def open_vote_again(session: Session, items: Sequence[str]) -> Session:
    """The session with the next round open, by ballots, over the items put to the vote again.

    Raises:
        RoundAlreadyOpen: A round is open.
        RoundNotRevealed: A round is closed and waits for its reveal.
        UnknownItem: An item is not in round 1.
        VotedAgainAlready: An item was put to the vote again as often as the rules allow.
    """
    _refuse_second_open(session)
    _refuse_unrevealed(session)
    return session.with_round(_vote_again(session, items))


def record_hands(session: Session, tallies: Mapping[str, Tally]) -> Session:
    """The session with a show of hands keyed in as the next round; it is seen at once.

    Raises:
        RoundAlreadyOpen: A round is open.
        RoundNotRevealed: A round is closed and waits for its reveal.
        UnknownItem: An item is not in round 1.
        VotedAgainAlready: An item was put to the vote again as often as the rules allow.
        AnswerOutOfRange: A tally has more or fewer options than its item, a negative count, or no hands at all.
    """
    _refuse_second_open(session)
    _refuse_unrevealed(session)
    for item_id, tally in tallies.items():
        check_tally(session.content, item_id, tally)
    held = _vote_again(session, tuple(tallies))
    return session.with_round(replace(held, method="hands", state="revealed", tallies=dict(tallies)))


def open_dots(session: Session) -> Session:
    """The session with a round of dots open over its candidates.

    Raises:
        RoundAlreadyOpen: A round is open.
        RoundNotRevealed: A round is closed and waits for its reveal.
        UnknownItem: There are fewer than two candidates.
    """
    _refuse_second_open(session)
    _refuse_unrevealed(session)
    candidates = tuple(session.candidates)
    if len(candidates) < 2:
        raise UnknownItem("Dots need at least two candidates; add some to the list of priorities first.")
    return session.with_round(Round(_next_key(session, "dots"), "dots", candidates))


def record_dots(session: Session, dots: Mapping[str, int]) -> Session:
    """The session with dots counted from the wall keyed in as a round that is seen at once.

    Raises:
        RoundAlreadyOpen: A round is open.
        RoundNotRevealed: A round is closed and waits for its reveal.
        UnknownItem: A candidate is not on the list.
        AnswerOutOfRange: A number of dots is negative, or there are none at all.
    """
    _refuse_second_open(session)
    _refuse_unrevealed(session)
    unknown = [candidate for candidate in dots if candidate not in session.candidates]
    if unknown:
        raise UnknownItem("One of the candidates is not on the list any more; look at the list again.")
    if any(count < 0 for count in dots.values()) or not sum(dots.values()):
        raise AnswerOutOfRange("Give the number of dots of each candidate, 0 or more, with at least one dot in all.")
    tallies = {candidate: Tally((dots.get(candidate, 0),)) for candidate in session.candidates}
    key = _next_key(session, "dots")
    return session.with_round(Round(key, "dots", tuple(session.candidates), "revealed", "hands", tallies))


def open_ratings(session: Session) -> Session:
    """The session with a rating of impact and effort open over its candidates.

    Raises:
        RoundAlreadyOpen: A round is open.
        RoundNotRevealed: A round is closed and waits for its reveal.
        UnknownItem: There are fewer than two candidates.
    """
    _refuse_second_open(session)
    _refuse_unrevealed(session)
    return session.with_round(Round(_next_key(session, "ratings"), "ratings", _entries_to_rate(session)))


def record_ratings(session: Session, tallies: Mapping[str, Tally]) -> Session:
    """The session with shows of hands on impact and effort keyed in as a round that is seen at once.

    Args:
        session: The session as it is now.
        tallies: Hands by entry (`ratings.rating_id`), five numbers each; an entry may be missing or without hands.

    Raises:
        RoundAlreadyOpen: A round is open.
        RoundNotRevealed: A round is closed and waits for its reveal.
        UnknownItem: There are fewer than two candidates, or one that was rated is not on the list.
        AnswerOutOfRange: There are not five numbers, one is negative, or there are no hands at all.
    """
    _refuse_second_open(session)
    _refuse_unrevealed(session)
    entries = _entries_to_rate(session)
    if set(tallies) - set(entries):
        raise UnknownItem("One of the candidates is not on the list any more; look at the list again.")
    for tally in tallies.values():
        if len(tally.counts) != OPTIONS:
            raise AnswerOutOfRange(f"Give {OPTIONS} numbers of hands, one for each answer from lowest to highest.")
        if min(*tally.counts, tally.dont_know) < 0:
            raise AnswerOutOfRange("Numbers of hands are 0 or more.")
    if not any(sum(tally.counts) for tally in tallies.values()):
        raise AnswerOutOfRange("Give the hands of at least one candidate.")
    key = _next_key(session, "ratings")
    return session.with_round(Round(key, "ratings", entries, "revealed", "hands", dict(tallies)))


def open_feedback(session: Session) -> Session:
    """The session with the closing question open.

    Raises:
        RoundAlreadyOpen: A round is open.
        RoundNotRevealed: A round is closed and waits for its reveal.
    """
    _refuse_second_open(session)
    _refuse_unrevealed(session)
    return session.with_round(Round(_next_key(session, "feedback"), "feedback", (FEEDBACK_ITEM,)))


def close_round(session: Session) -> Session:
    """The session with its open round closed.

    Raises:
        NoOpenRound: No round is open.
    """
    present = session.open_round
    if present is None:
        raise NoOpenRound("No round is open, so there is nothing to close.")
    return session.with_round(replace(present, state="closed"))


def reopen_round(session: Session) -> Session:
    """The session with its last closed round open again; the ballots that are in stay in.

    Raises:
        RoundAlreadyOpen: A round is open.
        AlreadyRevealed: The last round was revealed, which is final.
        NoOpenRound: No round was held yet.
    """
    _refuse_second_open(session)
    if not session.rounds:
        raise NoOpenRound("No round was held yet; open the first one.")
    last = session.rounds[-1]
    if last.state == "revealed":
        raise AlreadyRevealed("The last round was revealed and its ballots are sealed; put items to the vote again.")
    return session.with_round(replace(last, state="open"))


def reveal_round(session: Session, *, ballots_in: int) -> Session:
    """The session with its last closed round revealed.

    Raises:
        RoundNotClosed: A round is open, or none is closed.
        AlreadyRevealed: The last round was revealed before.
        NothingToReveal: The round has no ballots.
    """
    if session.open_round is not None:
        raise RoundNotClosed("Close the round first; then it can be revealed.")
    if not session.rounds:
        raise RoundNotClosed("No round was held yet, so there is nothing to reveal.")
    last = session.rounds[-1]
    if last.state == "revealed":
        raise AlreadyRevealed("The round was revealed already.")
    if not ballots_in:
        raise NothingToReveal("No ballot is in, so there is nothing to reveal; reopen the round.")
    return session.with_round(replace(last, state="revealed"))


def drop_round(session: Session, *, ballots_in: int) -> Session:
    """The session without its open round, for a round opened by mistake.

    Raises:
        NoOpenRound: No round is open.
        InvalidValue: Ballots are in; the round can be closed, not dropped.
    """
    present = session.open_round
    if present is None:
        raise NoOpenRound("No round is open, so there is none to drop.")
    if ballots_in:
        raise InvalidValue(f"Ballots are in ({ballots_in}), so the round cannot be dropped; close it instead.")
    return replace(session, rounds=tuple(found for found in session.rounds if found.key != present.key))


def self_test_rounds(session: Session) -> tuple[Round, ...]:
    """The self-test rounds held or open, in order."""
    return tuple(found for found in session.rounds if found.kind == "self_test")


def times_voted_again(session: Session, item_id: str) -> int:
    """How often an item was put to the vote after round 1."""
    return sum(item_id in found.items for found in self_test_rounds(session)[1:])


def revealed_round(session: Session, number: int = 1) -> Round:
    """A self-test round whose results may be seen.

    Raises:
        NotRevealed: There is no such round, or it is not revealed yet.
    """
    for found in session.revealed_rounds:
        if found.number == number:
            return found
    if any(found.number == number for found in self_test_rounds(session)):
        raise NotRevealed(f"Round {number} has not been revealed, so nothing of it is shown yet.")
    raise NotRevealed(f"There is no round {number} in this session.")


def check_ballot(session: Session, held: Round, ballot: Ballot) -> Ballot:
    """The ballot as it may be put in: only entries of the round's items, comments cleaned, empty ones dropped.

    Raises:
        AnswerOutOfRange: An answer is on no item of the round, is no option of it, or there are more dots than allowed.
    """
    highest_answers = _highest_answers(session, held)
    for item_id, answer in ballot.answers.items():
        highest = highest_answers.get(item_id)
        if highest is None:
            raise AnswerOutOfRange(_strange(held, item_id))
        if not DONT_KNOW <= answer <= highest:
            raise AnswerOutOfRange(_out_of_range(held, item_id, highest))
    if held.kind == "dots" and sum(ballot.answers.values()) > session.rules.dots:
        dots = session.rules.dots
        raise AnswerOutOfRange(f"There {'is 1 dot' if dots == 1 else f'are {dots} dots'} to place; take some back.")
    if strange := set(ballot.comments) - set(held.items):
        raise AnswerOutOfRange(_strange(held, min(strange)))
    comments = {item: text for item, comment in ballot.comments.items() if (text := clean(comment))}
    return replace(ballot, answers=dict(ballot.answers), comments=comments)


def _strange(held: Round, item_id: str) -> str:
    """What is said of an answer to what is not asked; ids of candidates are for nobody's eyes."""
    if candidates_in(held):
        return "One of the candidates of this ballot is not voted on now; begin the ballot anew."
    return f"“{item_id}” is not an item of this round."


def _out_of_range(held: Round, item_id: str, highest: int) -> str:
    if held.kind == "dots":
        return f"A candidate gets 0 to {highest} dots."
    if held.kind == "ratings":
        return f"Impact and effort are rated from 1 to {highest}, or 0 for don't know."
    return f"The answer to “{item_id}” must be 1 to {highest}, or 0 for don't know."


def check_tally(content: Content, item_id: str, tally: Tally) -> None:
    """Refuse a tally that does not fit its item.

    Raises:
        UnknownItem: There is no such item.
        AnswerOutOfRange: It has more or fewer options than the item, a negative count, or no hands at all.
    """
    try:
        options = len(content.item(item_id).scale)
    except KeyError:
        raise UnknownItem(f"“{item_id}” is not an item of this session.") from None
    if len(tally.counts) != options:
        raise AnswerOutOfRange(f"Give {options} numbers of hands, one for each option of the item.")
    if min(tally.counts) < 0 or tally.dont_know < 0 or not sum(tally.counts):
        raise AnswerOutOfRange("Numbers of hands are 0 or more, with at least one hand in all.")


def _highest_answers(session: Session, held: Round) -> dict[str, int]:
    """The highest answer to each item of a round."""
    kinds: dict[RoundKind, int] = {
        "dots": session.rules.dots,
        "ratings": OPTIONS,
        "feedback": len(FEEDBACK_OPTIONS),
    }
    if held.kind in kinds:
        return dict.fromkeys(held.items, kinds[held.kind])
    asked = frozenset(held.items)
    return {item.id: len(item.scale) for item in session.content.items if item.id in asked}


def _vote_again(session: Session, items: Sequence[str]) -> Round:
    held = self_test_rounds(session)
    if not held:
        raise NotRevealed("Hold round 1 first; then items can be put to the vote again.")
    if not items:
        raise UnknownItem("Name at least one item to put to the vote again.")
    for item_id in items:
        if item_id not in held[0].items:
            raise UnknownItem(f"“{item_id}” was not in round 1, so it cannot be put to the vote again.")
        if times_voted_again(session, item_id) >= session.rules.votes_again:
            raise VotedAgainAlready(
                "This item was put to the vote again already; stable disagreement is a finding too: settle or park it."
            )
    return Round(str(held[-1].number + 1), "self_test", tuple(items))


def _entries_to_rate(session: Session) -> tuple[str, ...]:
    if len(session.candidates) < 2:
        raise UnknownItem("A rating needs at least two candidates; add some to the list of priorities first.")
    return tuple(rating_id(dimension, key) for key in session.candidates for dimension in DIMENSIONS)


def _refuse_second_open(session: Session) -> None:
    present = session.open_round
    if present is not None:
        raise RoundAlreadyOpen(f"{round_title(present)} is open; close it first.")


def _refuse_unrevealed(session: Session) -> None:
    """Keep a closed round the last one, so that it can still be reopened or revealed."""
    closed = next((held for held in session.rounds if held.state == "closed"), None)
    if closed is not None:
        raise RoundNotRevealed(f"{round_title(closed)} is closed but not revealed; reveal it or reopen it first.")


def round_title(held: Round) -> str:
    """What a round is called where rounds are counted, as files and commands do: "Round 2", "The vote by dots"."""
    titles: dict[RoundKind, str] = {
        "dots": "The vote by dots",
        "ratings": "The rating of impact and effort",
        "feedback": "The closing question",
    }
    return titles.get(held.kind, f"Round {held.number}")


def vote_title(session: Session, held: Round) -> str:
    """What a round is called before the room: as `round_title`, but a vote again is "The second vote" on its items."""
    if held.kind != "self_test" or held.number == 1:
        return round_title(held)
    votes = {vote_on_item(session, held.number, item) for item in held.items}
    return f"The {votes.pop()}" if len(votes) == 1 else "The vote again"


def vote_on_item(session: Session, number: int, item_id: str) -> str:
    """Which vote on an item a round of votes is: "second vote" also where rounds on other items lie between."""
    votes = 1 + sum(item_id in before.items for before in self_test_rounds(session) if before.number < number)
    return f"{_ORDINALS[votes - 1]} vote" if votes <= len(_ORDINALS) else f"vote {votes}"


def _next_key(session: Session, kind: RoundKind) -> str:
    return f"{kind}-{sum(found.kind == kind for found in session.rounds) + 1}"
