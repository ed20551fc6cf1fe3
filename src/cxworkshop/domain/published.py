"""What may be seen of a session's rounds: nothing before the reveal, and everything after it through disclosure.

Screens, exports and commands all come here, so that none of them can show more than another. Each function is given
the session and `ballots_of`, which gives the ballots of a round by its key (the ballot box's `ballots`).
"""

from collections.abc import Callable, Iterable, Sequence

from cxworkshop.domain import priorities, rounds
from cxworkshop.domain.ballots import Ballot
from cxworkshop.domain.between_rounds import (
    NOT_COMPARED,
    Change,
    Flow,
    change_by_ballots,
    change_by_counts,
    comparable,
    flow_by_ballots,
    paired_answers,
)
from cxworkshop.domain.disclosure import COMMENTS_FROM
from cxworkshop.domain.errors import NotRevealed, VotedAgainAlready
from cxworkshop.domain.instruments import Item
from cxworkshop.domain.later_rounds import beside_earlier, overlaid, tells_of_nobody
from cxworkshop.domain.priorities import Dotted
from cxworkshop.domain.ratings import Rated, rated
from cxworkshop.domain.results import (
    ItemResult,
    RoundResult,
    results_of_ballots,
    results_of_hands,
)
from cxworkshop.domain.session import Round, Session

BallotsOf = Callable[[str], Sequence[Ballot]]


def results_of(session: Session, ballots_of: BallotsOf, number: int = 1) -> RoundResult:
    """The results of a revealed self-test round.

    Raises:
        NotRevealed: There is no such round, or it has not been revealed.
    """
    held = rounds.revealed_round(session, number)
    return _results(session, ballots_of, held)


def standing(session: Session, ballots_of: BallotsOf) -> RoundResult:
    """Where the room stands now: round 1, with later rounds in place of what was voted on again.

    Raises:
        NotRevealed: Round 1 has not been revealed.
    """
    first = results_of(session, ballots_of)
    return overlaid(first, [_results(session, ballots_of, held) for held in session.revealed_rounds[1:]])


def later_results(session: Session, ballots_of: BallotsOf, item_id: str) -> tuple[tuple[int, ItemResult], ...]:
    """An item's results in the rounds after round 1, with their numbers; empty where it was not voted on again."""
    return tuple(
        (held.number, _results(session, ballots_of, held).item(item_id))
        for held in session.revealed_rounds[1:]
        if item_id in held.items
    )


def change_since_first(
    session: Session, ballots_of: BallotsOf, first: ItemResult, later: tuple[int, ItemResult]
) -> Change:
    """What changed on an item between round 1 and a later revealed round.

    People are matched by their own codes where both rounds were held by ballots; else the counts alone are compared.

    Args:
        session: The session.
        ballots_of: The ballots of a round.
        first: The item's result in round 1.
        later: The later round's number, and the item's result in it.
    """
    return _change(session, ballots_of, (1, first), later)


def flow_since_first(
    session: Session, ballots_of: BallotsOf, first: ItemResult, later: tuple[int, ItemResult]
) -> Flow | None:
    """Who held firm and who moved between round 1 and a later revealed round; None where that may not be shown.

    Arguments as for `change_since_first`; a show of hands matches nobody.
    """
    number, result = later
    if not comparable(first.counts, result.counts) or not _may_pair(session, ballots_of, (1, number), first.item):
        return None
    pairs = matched_answers(session, ballots_of, (1, number), first.item.id)
    return flow_by_ballots(first.counts, result.counts, pairs, session.rules.minimum_group)


def settled_in_camps(session: Session, ballots_of: BallotsOf, item_id: str) -> bool:
    """Whether the last two votes on an item have settled, and the room stays in two camps: a result in itself."""
    numbers = [held.number for held in session.revealed_rounds if item_id in held.items][-2:]
    if len(numbers) < 2:
        return False
    earlier, later = ((number, results_of(session, ballots_of, number).item(item_id)) for number in numbers)
    return later[1].shape.label == "two_camps" and bool(_change(session, ballots_of, earlier, later).settled)


def refuse_settled_camps(session: Session, ballots_of: BallotsOf, items: Iterable[str]) -> None:
    """Refuse another vote on items whose votes have settled in two camps, however often the rules allow one.

    Raises:
        VotedAgainAlready: One of the items is such a one.
    """
    if any(settled_in_camps(session, ballots_of, item_id) for item_id in items):
        raise VotedAgainAlready(
            "The room has settled in two camps on this item, which is a result: park it with both positions."
        )


def _change(
    session: Session, ballots_of: BallotsOf, earlier: tuple[int, ItemResult], later: tuple[int, ItemResult]
) -> Change:
    before, after = earlier[1].counts, later[1].counts
    if not comparable(before, after):
        return NOT_COMPARED
    if not _may_pair(session, ballots_of, (earlier[0], later[0]), later[1].item):
        return change_by_counts(before, after)
    pairs = matched_answers(session, ballots_of, (earlier[0], later[0]), later[1].item.id)
    return change_by_ballots(before, after, pairs, session.rules.minimum_group)


def _may_pair(session: Session, ballots_of: BallotsOf, numbers: tuple[int, int], item: Item) -> bool:
    """Whether it may be told how the same people answered in two revealed rounds; never after a show of hands."""
    held = [rounds.revealed_round(session, number) for number in numbers]
    if any(each.method == "hands" for each in held):
        return False
    ballots = [ballots_of(each.key) for each in held]
    by_level = shown_by_level(session.content.items)
    return tells_of_nobody(item, ballots, session.rules.minimum_group, by_level=by_level)


def matched_answers(
    session: Session, ballots_of: BallotsOf, numbers: tuple[int, int], item_id: str
) -> tuple[tuple[int, int], ...]:
    """The answers of people matched over two revealed rounds by ballots: to work figures out of, never to be shown."""
    before, after = (ballots_of(rounds.revealed_round(session, number).key) for number in numbers)
    return paired_answers(before, after, item_id)


def comments_on(session: Session, ballots_of: BallotsOf, item_id: str) -> tuple[str, ...]:
    """The comments on an item, over all revealed rounds of at least five ballots, never by group.

    They come in the order of the alphabet, which tells neither who wrote them nor which of them, from item to item,
    come from one ballot.
    """
    held = [found.key for found in session.revealed_rounds if found.method == "ballots"]
    return _comments(map(ballots_of, held), item_id)


def comments_on_sitting(session: Session, ballots_of: BallotsOf) -> tuple[str, ...]:
    """The comments on the newest closing question once it is revealed, as `comments_on`; empty before."""
    held = _closing_question(session)
    return () if held is None else _comments([ballots_of(held.key)], rounds.FEEDBACK_ITEM)


def _comments(boxes: Iterable[Sequence[Ballot]], item_id: str) -> tuple[str, ...]:
    told = [ballot.comments for ballots in boxes if len(ballots) >= COMMENTS_FROM for ballot in ballots]
    found = [comments[item_id] for comments in told if item_id in comments]
    return tuple(sorted(found, key=lambda comment: (comment.casefold(), comment)))


def dots_of(session: Session, ballots_of: BallotsOf) -> tuple[Dotted, ...]:
    """The candidates by dots in the newest revealed vote by dots.

    Raises:
        NotRevealed: There is no such vote yet.
    """
    held = priorities.last_dots(session)
    if held is None:
        raise NotRevealed("No vote by dots has been revealed yet.")
    return priorities.counted(session, held, ballots_of(held.key))


def ratings_of(session: Session, ballots_of: BallotsOf) -> tuple[Rated, ...]:
    """The candidates by impact and effort in the newest revealed rating.

    Raises:
        NotRevealed: There is no such rating yet.
    """
    held = priorities.last_ratings(session)
    if held is None:
        raise NotRevealed("No rating of impact and effort has been revealed yet.")
    return rated(session, held, ballots_of(held.key))


def feedback_of(session: Session, ballots_of: BallotsOf) -> tuple[int, ...]:
    """How often each answer to the closing question was given, lowest first.

    Raises:
        NotRevealed: The closing question has not been revealed.
    """
    held = _closing_question(session)
    if held is None:
        raise NotRevealed("The closing question has not been revealed yet.")
    given = [ballot.answers.get(rounds.FEEDBACK_ITEM, 0) for ballot in ballots_of(held.key)]
    return tuple(given.count(option) for option in range(1, len(rounds.FEEDBACK_OPTIONS) + 1))


def _closing_question(session: Session) -> Round | None:
    """The newest closing question where it is revealed."""
    held = next((found for found in reversed(session.rounds) if found.kind == "feedback"), None)
    return held if held is not None and held.state == "revealed" else None


def shown_by_level(items: Sequence[Item]) -> frozenset[str]:
    """The items that show levels where units and levels of one item may not both be shown: in turn with the others.

    Who is in which turn is known before anybody votes, and the same in every round, so that it tells nothing; stage
    items have turns of their own.
    """
    stages = [item.id for item in items if item.is_stage_item]
    others = [item.id for item in items if not item.is_stage_item]
    return frozenset((*stages[1::2], *others[1::2]))


def _results(session: Session, ballots_of: BallotsOf, held: Round) -> RoundResult:
    items = [item for item in session.content.items if item.id in held.items]
    share = session.rules.consensus_share
    if held.method == "hands":
        return results_of_hands(held.number, items, held.tallies, consensus_share=share)
    ballots, least = ballots_of(held.key), session.rules.minimum_group
    by_level = shown_by_level(session.content.items)
    found = results_of_ballots(
        held.number, items, ballots, minimum_group=least, consensus_share=share, by_level=by_level
    )
    earlier = [each.key for each in session.revealed_rounds if each.number < held.number and each.method == "ballots"]
    return beside_earlier(found, ballots, map(ballots_of, earlier), least, by_level=by_level) if earlier else found
