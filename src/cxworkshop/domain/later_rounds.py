"""What a later round shows beside earlier ones: groups and people that moved, where the two together tell of nobody."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import attrgetter

from cxworkshop.domain.ballots import Ballot
from cxworkshop.domain.between_rounds import may_replace
from cxworkshop.domain.breakdowns import Cell, GroupResult, merged, released
from cxworkshop.domain.disclosure import LEVELS, MINIMUM_GROUP, UNITS, differing, hides_silence
from cxworkshop.domain.instruments import DONT_KNOW, Item
from cxworkshop.domain.lookalikes import Counts, all_mixed
from cxworkshop.domain.results import ItemResult, RoundResult, round_result, without_groups


def tells_of_nobody(
    item: Item,
    rounds: Iterable[Sequence[Ballot]],
    minimum_group: int = MINIMUM_GROUP,
    *,
    by_level: Collection[str] = (),
) -> bool:
    """Whether rounds by ballots may be told of together: who moved, and the later ones' groups.

    So it is where every part of the room that may be shown by itself, and all others together, has answers of more than
    one kind in every round (see `all_mixed`), or the whole room answers alike. Whoever knows all that is told could
    exchange anybody with somebody of the same part then, with the answers of all rounds, and nothing would change.
    Where a part is not so, or does not vote in one of the rounds, only the room's counts are told of the later round,
    which leave open whose answers they are.

    Args:
        item: What was voted on.
        rounds: The ballots of each round; one without an answer to the item does not count.
        minimum_group: Fewest valid answers behind any number of a group.
        by_level: As for `results_of_ballots`.
    """
    counted = [found for found in (_counted(item, ballots) for ballots in rounds) if any(map(any, found[0].values()))]
    preferred = LEVELS if item.id in by_level else UNITS
    for cells, people in counted:
        shown = released(cells, people, minimum_group, preferred=preferred)
        rooms = [merged(answers, shown) for answers, _ in counted]
        if shown.any and any(
            parts.keys() != rooms[0].keys() or not _tells_nothing(parts, minimum_group) for parts in rooms
        ):
            return False
    return True


def _tells_nothing(parts: Mapping[Cell, Counts], minimum_group: int) -> bool:
    """Whether nobody could be told by all answers of each part, or the room's own counts say them all."""
    alike = sum(map(any, zip(*parts.values(), strict=True))) < 2
    return alike or all_mixed(parts.values(), minimum_group)


def _counted(item: Item, ballots: Sequence[Ballot]) -> tuple[dict[Cell, Counts], dict[Cell, int]]:
    """Answers per option, and how many ballots, of each pair (unit, level)."""
    given: dict[Cell, Counter[int]] = {}
    for ballot in ballots:
        given.setdefault((ballot.unit, ballot.level), Counter())[ballot.answers.get(item.id, DONT_KNOW)] += 1
    options = range(1, len(item.scale) + 1)
    cells = {pair: tuple(own[option] for option in options) for pair, own in given.items()}
    return cells, {pair: own.total() for pair, own in given.items()}


def beside_earlier(
    result: RoundResult,
    ballots: Sequence[Ballot],
    earlier: Iterable[Sequence[Ballot]],
    minimum_group: int = MINIMUM_GROUP,
    *,
    by_level: Collection[str] = (),
) -> RoundResult:
    """A later round's results without the groups of items on which too few answers differ from an earlier round's.

    They are kept back as `breakdowns_of` keeps groups back, so that nobody sees what the round alone would have shown.

    Args:
        result: The later round.
        ballots: Its ballots.
        earlier: The ballots of every earlier round that is published by groups.
        minimum_group: Fewest answers by which a group must differ from what was published of it.
        by_level: As for `results_of_ballots`.
    """
    rounds = tuple(earlier)
    items = tuple(
        found
        if all(_may_stand_beside(found, before, ballots, minimum_group) for before in rounds)
        and tells_of_nobody(found.item, [*rounds, ballots], minimum_group, by_level=by_level)
        else without_groups(found)
        for found in result.items
    )
    return round_result(result.number, result.ballots, items)


def _may_stand_beside(found: ItemResult, before: Sequence[Ballot], after: Sequence[Ballot], minimum: int) -> bool:
    """Whether each part of a breakdown that is shown differs enough from an earlier round, if asked in it.

    Parts are the groups that are shown, and all others together. How many of the room gave the same answer again is
    told, so that showing groups or not must not settle how many of which part these are.
    """
    for named, breakdown in ((attrgetter("unit"), found.units), (attrgetter("level"), found.levels)):
        shown = {name for name, group in breakdown.items() if isinstance(group, GroupResult)}
        if not shown:
            continue
        parts: dict[str, tuple[int, int]] = {}
        asked = False
        for name in sorted({named(ballot) if named(ballot) in shown else "" for ballot in after}):
            old, new = (
                {
                    ballot.participant or ballot.code: ballot.answers.get(found.item.id, DONT_KNOW)
                    for ballot in ballots
                    if (named(ballot) if named(ballot) in shown else "") == name
                }
                for ballots in (before, after)
            )
            matched = old.keys() & new.keys()
            alone = (Counter(given[owner] for owner in given.keys() - matched) for given in (old, new))
            published, later = ([given[option] for option in range(1, len(found.counts) + 1)] for given in alone)
            changed = sum(old[owner] != new[owner] for owner in matched) + differing(published, later)
            parts[name] = len(new), min(changed, len(new))
            asked = asked or any(old.values())
        sizes, differ = zip(*parts.values(), strict=True)
        held = sum(sizes) - sum(differ)
        if asked and (min(differ) < minimum or not hides_silence(sizes, held, minimum)):
            return False
    return True


def overlaid(first: RoundResult, later: Iterable[RoundResult]) -> RoundResult:
    """Where the room stands now: round 1, with what later rounds say in place of the items voted on again.

    A later round that fewer than half as many people answered does not speak for the room, and stands in no place. What
    comes from a later round has no breakdowns: two of them on one item would give away who moved.
    """
    newest = {found.item.id: found for found in first.items}
    for found in (found for result in later for found in result.items):
        if may_replace(newest[found.item.id].n, found.n):
            newest[found.item.id] = without_groups(found)
    items = tuple(newest[found.item.id] for found in first.items)
    return round_result(first.number, first.ballots, items)
