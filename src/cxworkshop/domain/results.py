"""What a round says: the result of each item, of each maturity model, and the order of disagreement.

Everything that leaves this module has passed disclosure control: groups come from `breakdowns`, and one that may not be
shown carries no figure at all. The room's own distribution is always there, however few answered; the least number of
answers holds for breakdowns. Counts are as they were given; an item's direction is read through `favourable_median`.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from cxworkshop.domain.agreement import (
    agreement,
    lower_median,
    mean_pair_gap,
    median,
    one_vote_bound,
    quartiles,
)
from cxworkshop.domain.ballots import Ballot, Tally
from cxworkshop.domain.breakdowns import Breakdown, Breakdowns, Cell, breakdowns_of
from cxworkshop.domain.disclosure import LEVELS, MINIMUM_GROUP, UNITS
from cxworkshop.domain.groups import GroupPattern, GroupTest
from cxworkshop.domain.instruments import DONT_KNOW, Item
from cxworkshop.domain.patterns import CONSENSUS_SHARE, Shape, ShapeLabel, one_vote_from, shape_of

PatternLabel = ShapeLabel | GroupPattern
Corner = Literal["protect", "act", "clarify", "reach"]
"""Where an item stands on the agreement map: agreed and strong, agreed and weak, split and weak, split and strong."""

AlignmentVerdict = Literal["aligned", "partly", "not_aligned"]

MAP_CUT = 50.0
"""The agreement from which the room counts as agreed on the map."""

_MANY_DONT_KNOW = 0.25
_LEFT_OUT = -1
_TIE_ORDER: Mapping[ShapeLabel, int] = {"two_camps": 0, "spread": 1, "leaning": 2}


@dataclass(frozen=True, slots=True)
class ItemResult:
    """What a round says about one item.

    `pattern` is the shape's label, or the group pattern that explains it; `one_vote_from` the shapes that one person
    answering a step differently would give. `unit_test` and `level_test` hold the verdict on groups that may be shown,
    and its figures only where the bars of these groups may be shown as well.
    """

    item: Item
    n: int
    dont_know: int
    left_out: int
    counts: tuple[int, ...]
    median: float | None
    quartiles: tuple[float, float] | None
    agreement: float | None
    """0 to 100; None below two answers."""
    mean_pair_gap: float | None
    shape: Shape
    pattern: PatternLabel
    one_vote_from: frozenset[ShapeLabel] = frozenset()
    units: Breakdown = field(default_factory=dict)
    levels: Breakdown = field(default_factory=dict)
    unit_test: GroupTest = GroupTest("not_tested")
    level_test: GroupTest = GroupTest("not_tested")

    @property
    def many_dont_know(self) -> bool:
        """Whether a quarter or more of those who answered said that they don't know."""
        answered = self.n + self.dont_know
        return answered > 0 and self.dont_know >= _MANY_DONT_KNOW * answered

    @property
    def favourable_median(self) -> float | None:
        """The median read so that high is good: mirrored for an item of direction "bad"; None without answers."""
        if self.median is None or self.item.direction == "good":
            return self.median
        return len(self.counts) + 1 - self.median

    @property
    def strength(self) -> float | None:
        """The favourable median on a scale of 0 (the worst option) to 1 (the best), so that scales can be compared."""
        favourable = self.favourable_median
        return None if favourable is None else (favourable - 1) / (len(self.counts) - 1)

    @property
    def corner(self) -> Corner | None:
        """The corner of the agreement map; an item at the midpoint counts as weak. None with too few answers."""
        if self.agreement is None or self.strength is None or self.shape.label == "too_few":
            return None
        if self.agreement >= MAP_CUT:
            return "protect" if self.strength > 0.5 else "act"
        return "reach" if self.strength > 0.5 else "clarify"


@dataclass(frozen=True, slots=True)
class Alignment:
    """Whether the room places the organisation in one stage, and how each unit and level does."""

    verdict: AlignmentVerdict | None
    """None with too few answers for a pattern."""
    agreement: float | None
    by_unit: Breakdown
    by_level: Breakdown


@dataclass(frozen=True, slots=True)
class ModelResult:
    """Where the room places the organisation in a maturity model."""

    id: str
    """The maturity model's id."""
    item: str
    """The stage item's id."""
    stages: tuple[str, ...]
    counts: tuple[int, ...]
    median_stage: int | None
    """From 1; a median between two stages counts as the lower. None without answers."""
    alignment: Alignment

    @property
    def middle_stages(self) -> tuple[int, ...]:
        """Where pictures mark the room: the median's stage, or the two it lies between; none between two camps."""
        middle = median(self.counts)
        if middle is None or shape_of(self.counts).lies_between_camps(middle):
            return ()
        return (int(middle),) if middle == int(middle) else (int(middle), int(middle) + 1)


@dataclass(frozen=True, slots=True)
class RoundResult:
    """Everything that may be shown of one round."""

    number: int
    ballots: int
    items: tuple[ItemResult, ...]
    models: tuple[ModelResult, ...]
    ranking: tuple[str, ...]
    """Ids of all items, most disagreement first; items with too few answers last."""
    tied: frozenset[str] = frozenset()
    """Ids of items that one person answering a step differently could put before the item ranked above them."""

    def item(self, item_id: str) -> ItemResult:
        """The result of an item.

        Raises:
            KeyError: The item was not in the round.
        """
        for found in self.items:
            if found.item.id == item_id:
                return found
        raise KeyError(item_id)


def results_of_ballots(
    number: int,
    items: Sequence[Item],
    ballots: Iterable[Ballot],
    *,
    minimum_group: int = MINIMUM_GROUP,
    consensus_share: float = CONSENSUS_SHARE,
    by_level: Collection[str] = (),
) -> RoundResult:
    """The results of a round held by ballots.

    Args:
        number: The round's number, from 1.
        items: The items of the round, in order.
        ballots: All ballots of the round, with answers within the items' scales; ones on other items are not looked at.
        minimum_group: Fewest valid answers behind any number of a breakdown.
        consensus_share: The share of answers in neighbouring options that counts as consensus.
        by_level: Ids of the items that show levels where units and levels may not both be shown.
    """
    cells: dict[Cell, list[Mapping[str, int]]] = {}
    for ballot in ballots:
        cells.setdefault((ballot.unit, ballot.level), []).append(ballot.answers)
    counted = {pair: _counted(items, cell) for pair, cell in sorted(cells.items())}
    held = sum(len(cell) for cell in cells.values())
    rules = _Rules(minimum_group, consensus_share, frozenset(by_level))
    results = tuple(
        _item_result(item, held, {pair: columns[place] for pair, columns in counted.items()}, rules)
        for place, item in enumerate(items)
    )
    return round_result(number, held, results)


def results_of_hands(
    number: int, items: Sequence[Item], tallies: Mapping[str, Tally], *, consensus_share: float = CONSENSUS_SHARE
) -> RoundResult:
    """The results of a round held by show of hands, which knows no groups.

    Args:
        number: The round's number, from 1.
        items: The items of the round, in order; those without a tally are left out.
        tallies: Hands for each option, by item id.
        consensus_share: As for `results_of_ballots`.

    `ballots` is the largest number of hands counted for an item; nobody is known to have left an item out.
    """
    results = tuple(
        _room_result(item, tallies[item.id].counts, tallies[item.id].dont_know, 0, consensus_share)
        for item in items
        if item.id in tallies
    )
    return round_result(number, max((result.n + result.dont_know for result in results), default=0), results)


def strengths(result: RoundResult) -> tuple[ItemResult, ...]:
    """Items on the good side of their scale, best first and of equals the most agreed; stage items are not among them.

    Items with too few answers are left out, and so are those over which the room is in two camps or spread: half a room
    that sees no strength there would not recognise it as one.
    """
    strong = (
        item
        for item in _placed(result)
        if (item.strength or 0.0) > 0.5 and item.shape.label not in ("two_camps", "spread")
    )
    return tuple(sorted(strong, key=lambda item: (-(item.strength or 0.0), -(item.agreement or 0.0))))


def weaknesses(result: RoundResult) -> tuple[ItemResult, ...]:
    """Items on the bad side of their scale, worst first and of equals the most agreed; as `strengths` otherwise."""
    weak = (item for item in _placed(result) if (item.strength or 0.0) < 0.5)
    return tuple(sorted(weak, key=lambda item: (item.strength or 0.0, -(item.agreement or 0.0))))


def _placed(result: RoundResult) -> Iterable[ItemResult]:
    """The items that can be called strong or weak."""
    return (item for item in result.items if item.corner is not None and not item.item.is_stage_item)


def _counted(items: Sequence[Item], answers: Sequence[Mapping[str, int]]) -> tuple[Counter[int], ...]:
    """How often each answer was given to each item, by the people of one unit and level."""
    ids = [item.id for item in items]
    return tuple(Counter([given.get(item_id, _LEFT_OUT) for given in answers]) for item_id in ids)


@dataclass(frozen=True, slots=True)
class _Rules:
    """What was settled before the round was opened; fields as the arguments of `results_of_ballots`."""

    minimum_group: int
    consensus_share: float
    by_level: frozenset[str]


def _item_result(item: Item, held: int, cells: Mapping[Cell, Counter[int]], rules: _Rules) -> ItemResult:
    """The result of one item from its answers by unit and level."""
    options = range(1, len(item.scale) + 1)
    valid = {pair: tuple(map(counter.__getitem__, options)) for pair, counter in cells.items()}
    counts = _summed(valid.values(), len(options))
    dont_know = sum(counter[DONT_KNOW] for counter in cells.values())
    people = {pair: sum(counter.values()) for pair, counter in cells.items()}
    room = _room_result(item, counts, dont_know, held - sum(counts) - dont_know, rules.consensus_share)
    preferred = LEVELS if item.id in rules.by_level else UNITS
    return _with_groups(room, breakdowns_of(valid, people, rules.minimum_group, preferred=preferred))


def _summed(rows: Iterable[tuple[int, ...]], options: int) -> tuple[int, ...]:
    """Counts added up option by option."""
    total = tuple(map(sum, zip(*rows, strict=True)))
    return total or (0,) * options


def _room_result(
    item: Item, counts: tuple[int, ...], dont_know: int, left_out: int, consensus_share: float
) -> ItemResult:
    """The result of one item for the room as a whole."""
    shape = shape_of(counts, consensus_share)
    return ItemResult(
        item=item,
        n=sum(counts),
        dont_know=dont_know,
        left_out=left_out,
        counts=counts,
        median=median(counts),
        quartiles=quartiles(counts),
        agreement=agreement(counts),
        mean_pair_gap=mean_pair_gap(counts),
        shape=shape,
        pattern=shape.label,
        one_vote_from=one_vote_from(counts, consensus_share),
    )


def without_groups(result: ItemResult) -> ItemResult:
    """The result with every group kept back, exactly as where its own round lets nothing be shown of any."""
    return _with_groups(result, Breakdowns.of_nobody(result.units, result.levels))


def _with_groups(room: ItemResult, found: Breakdowns) -> ItemResult:
    """The room's result with its breakdowns, their verdicts, and the pattern that they explain."""
    explained = None if room.shape.label in ("consensus", "too_few") else found.explains
    return replace(
        room,
        pattern=explained or room.shape.label,
        units=found.units,
        levels=found.levels,
        unit_test=found.unit_test,
        level_test=found.level_test,
    )


def round_result(number: int, held: int, results: tuple[ItemResult, ...]) -> RoundResult:
    """The result of a round from those of its items."""
    models = tuple(_model_result(result) for result in results if result.item.is_stage_item)
    ranked = _ranking(results)
    tied = frozenset(after.item.id for before, after in pairwise(ranked) if _tied(before, after))
    return RoundResult(number, held, results, models, tuple(found.item.id for found in ranked), tied)


def _model_result(result: ItemResult) -> ModelResult:
    """Where the room stands in the maturity model that a stage item asks for."""
    verdict: AlignmentVerdict | None = "partly"
    if result.pattern == "too_few":
        verdict = None
    elif result.pattern == "consensus":
        verdict = "aligned"
    elif result.pattern in ("two_camps", "spread", "unit_against_unit", "level_against_level"):
        verdict = "not_aligned"
    return ModelResult(
        id=result.item.model,
        item=result.item.id,
        stages=tuple(option.label for option in result.item.scale.options),
        counts=result.counts,
        median_stage=lower_median(result.counts),
        alignment=Alignment(verdict, result.agreement, result.units, result.levels),
    )


def _ranking(results: Sequence[ItemResult]) -> tuple[ItemResult, ...]:
    """The items, most disagreement first; of equals two camps before spread before leaning, then more answers first.

    Items with too few answers come last, in the order of the round.
    """
    enough = [result for result in results if result.shape.label != "too_few"]
    few = [result for result in results if result.shape.label == "too_few"]
    return (*sorted(enough, key=_disagreement), *few)


def _disagreement(result: ItemResult) -> tuple[float, int, int]:
    # Rounded, so that equal counts in another order stay equal whatever the last binary digit.
    return (
        round(result.agreement or 0.0, 9),
        _TIE_ORDER.get(result.shape.label, len(_TIE_ORDER)),
        -result.n,
    )


def _tied(first: ItemResult, other: ItemResult) -> bool:
    """Whether one vote less or more could close the gap between two items of enough answers."""
    if "too_few" in (first.shape.label, other.shape.label):
        return False
    bound = max(one_vote_bound(result.n, len(result.counts)) for result in (first, other))
    return (other.agreement or 0.0) - (first.agreement or 0.0) < bound
