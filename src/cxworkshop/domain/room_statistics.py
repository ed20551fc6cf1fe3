"""Measures of the whole room for readers who know them, as in the report's appendix; nothing of it is by group."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cxworkshop.domain import measures, rounds
from cxworkshop.domain.disclosure import MINIMUM_GROUP
from cxworkshop.domain.published import BallotsOf, flow_since_first, matched_answers
from cxworkshop.domain.results import ItemResult, RoundResult
from cxworkshop.domain.session import Session


@dataclass(frozen=True, slots=True)
class ItemMeasures:
    """The secondary measures of one item (see `measures`); each is None where it is not defined."""

    result: ItemResult
    window_share: float | None
    deviation: float | None
    """AD_Md, in steps."""
    practical: bool | None
    """Whether the deviation is at most K/6, which Burke et al. call practical agreement."""
    leik: float | None
    van_der_eijk: float | None
    tastle_wierman: float | None
    r_wg: float | None


@dataclass(frozen=True, slots=True)
class ScaleMeasures:
    """The measures of all items of round 1 that have the same number of options; stage items are not among them."""

    options: int
    items: int
    alpha: float | None
    """Krippendorff's, ordinal."""
    concordance: measures.Concordance | None
    """Kendall's W; items of direction "bad" are mirrored. None where fewer people answered all than may be told of."""


@dataclass(frozen=True, slots=True)
class RoundMeasures:
    """How the people matched over two rounds moved on one item."""

    result: ItemResult
    number: int
    unchanged: float | None
    kappa: float | None
    wilcoxon: measures.SignedRanks | None


def measures_of(result: ItemResult) -> ItemMeasures:
    """The secondary measures of one item."""
    counts = result.counts
    deviation = measures.deviation_from_median(counts)
    return ItemMeasures(
        result,
        measures.window_share(counts),
        deviation,
        None if deviation is None else deviation <= len(counts) / 6,
        measures.leik(counts),
        measures.van_der_eijk(counts),
        measures.tastle_wierman(counts),
        measures.r_wg(counts),
    )


def scales_of(session: Session, ballots_of: BallotsOf, result: RoundResult) -> tuple[ScaleMeasures, ...]:
    """The measures over items, for each number of options that two or more items of a revealed round share."""
    held = rounds.revealed_round(session, result.number)
    answers = [ballot.answers for ballot in ballots_of(held.key)] if held.method == "ballots" else []
    found = []
    asked = [item for item in result.items if not item.item.is_stage_item]
    for options in sorted({len(item.counts) for item in asked}):
        own = [item for item in asked if len(item.counts) == options]
        if len(own) > 1:
            rows = ([_favourable(item, given.get(item.item.id, 0)) for item in own] for given in answers)
            agreed = _told(measures.kendall_w(rows), session.rules.minimum_group)
            alpha = measures.krippendorff_alpha([item.counts for item in own])
            found.append(ScaleMeasures(options, len(own), alpha, agreed))
    return tuple(found)


def rounds_of(
    session: Session, ballots_of: BallotsOf, first: ItemResult, later: Iterable[tuple[int, ItemResult]]
) -> tuple[RoundMeasures, ...]:
    """How people moved from round 1 to later rounds, where it may be told who moved at all (see `flow_since_first`)."""
    return tuple(
        _round_measures(session, ballots_of, first, number)
        for number, result in later
        if flow_since_first(session, ballots_of, first, (number, result)) is not None
    )


def _round_measures(session: Session, ballots_of: BallotsOf, first: ItemResult, number: int) -> RoundMeasures:
    pairs: Sequence[tuple[int, int]] = matched_answers(session, ballots_of, (1, number), first.item.id)
    return RoundMeasures(
        first, number, measures.share_unchanged(pairs), measures.weighted_kappa(pairs), measures.wilcoxon(pairs)
    )


def _favourable(result: ItemResult, answer: int) -> int | None:
    """An answer read so that high is good; None where no option was chosen."""
    if not answer:
        return None
    return len(result.counts) + 1 - answer if result.item.direction == "bad" else answer


def _told(found: measures.Concordance | None, minimum: int = MINIMUM_GROUP) -> measures.Concordance | None:
    return found if found is not None and found.people >= minimum else None
