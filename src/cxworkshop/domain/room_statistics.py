"""Measures of the whole room for readers who know them, as in the report's appendix; nothing of it is by group."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from cxworkshop.domain import measures, measures_over_items, measures_over_rounds, outlines, rand_ucla, rounds
from cxworkshop.domain.agreement import one_vote_bound
from cxworkshop.domain.between_rounds import comparable
from cxworkshop.domain.disclosure import shows_groups
from cxworkshop.domain.intraclass import OneWay, TwoWay, one_way, two_way
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
class FurtherMeasures:
    """Measures of one item that are asked for more seldom (see `measures`, `outlines`); None where not defined."""

    result: ItemResult
    blair_lacy_l: float | None
    ordinal_variation: float | None
    polarisation: float | None
    esteban_ray: float | None
    """With α = 1."""
    deviation_from_mean: float | None
    a_wg: float | None
    entropy: float | None
    modes: outlines.Modes | None
    second_modes: outlines.Modes | None
    letter: outlines.Letter | None


@dataclass(frozen=True, slots=True)
class PanelMeasures:
    """RAND/UCLA's reading of an item of nine points; None where there is no rule for so few or so many people."""

    result: ItemResult
    rule: rand_ucla.PanelRule | None
    range: rand_ucla.AdjustedRange | None


@dataclass(frozen=True, slots=True)
class ScaleMeasures:
    """The measures of all items of round 1 that have the same number of options; stage items are not among them.

    Where order or distance from item to item counts, items of direction "bad" are mirrored. What goes by whole ballots
    (`concordance`, `absolute`) is None where answers could follow from it: where units or levels have people enough for
    figures of them, where fewer people answered all than may be told of, and where some, but so few, left something
    out.
    """

    options: int
    items: int
    alpha: float | None
    """Krippendorff's, ordinal."""
    alpha_interval: float | None
    concordance: measures_over_items.Concordance | None
    """Kendall's W."""
    between_items: OneWay | None
    absolute: TwoWay | None
    r_wg: float | None
    lindell: float | None
    alike: float | None
    """The share of items on which all gave the same answer."""
    nearly_alike: float | None
    """The share of items on which all answers are within a step."""


@dataclass(frozen=True, slots=True)
class RoundMeasures:
    """How the people matched over two rounds moved on one item."""

    result: ItemResult
    number: int
    unchanged: float | None
    net_change: float | None
    kappa: float | None
    wilcoxon: measures_over_rounds.SignedRanks | None
    course: outlines.Course | None
    """How agreement went over the last three votes on the item, where there were three."""


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


def further_measures_of(result: ItemResult) -> FurtherMeasures:
    """The measures of one item that are asked for more seldom."""
    counts = result.counts
    outline = outlines.outline_of(counts, outlines.fitting_tolerance(result.n))
    return FurtherMeasures(
        result=result,
        blair_lacy_l=measures.blair_lacy_l(counts),
        ordinal_variation=measures.ordinal_variation(counts),
        polarisation=measures.polarisation(counts),
        esteban_ray=measures.esteban_ray(counts),
        deviation_from_mean=measures.deviation_from_mean(counts),
        a_wg=measures.a_wg(counts),
        entropy=measures.entropy(counts),
        modes=outlines.modes_of(counts),
        second_modes=outlines.second_modes_of(counts),
        letter=None if outline is None else outline.letter,
    )


def panels_of(result: RoundResult) -> tuple[PanelMeasures, ...]:
    """RAND/UCLA's reading of each item of nine points, for which alone it was made."""
    return tuple(
        PanelMeasures(item, rand_ucla.panel_rule(item.counts), rand_ucla.adjusted_range(item.counts))
        for item in result.items
        if len(item.counts) == rand_ucla.POINTS
    )


def scales_of(session: Session, ballots_of: BallotsOf, result: RoundResult) -> tuple[ScaleMeasures, ...]:
    """The measures over items, for each number of options that two or more items of a revealed round share."""
    held = rounds.revealed_round(session, result.number)
    least = session.rules.minimum_group
    ballots = ballots_of(held.key) if held.method == "ballots" else ()
    whole = not shows_groups(Counter((ballot.unit, ballot.level) for ballot in ballots), least)
    answers = [ballot.answers for ballot in ballots] if whole else []
    found = []
    asked = [item for item in result.items if not item.item.is_stage_item]
    for options in sorted({len(item.counts) for item in asked}):
        own = [item for item in asked if len(item.counts) == options]
        if len(own) > 1:
            rows = [[_favourable(item, given.get(item.item.id, 0)) for item in own] for given in answers]
            found.append(_scale_measures(own, _tellable(rows, least)))
    return tuple(found)


def _scale_measures(items: Sequence[ItemResult], rows: Sequence[Sequence[int | None]]) -> ScaleMeasures:
    counts = [item.counts for item in items]
    read = [item.counts[::-1] if item.item.direction == "bad" else item.counts for item in items]
    return ScaleMeasures(
        options=len(counts[0]),
        items=len(counts),
        alpha=measures_over_items.krippendorff_alpha(counts),
        alpha_interval=measures_over_items.krippendorff_alpha(counts, "interval"),
        concordance=measures_over_items.kendall_w(rows),
        between_items=one_way(read),
        absolute=two_way(rows),
        r_wg=measures_over_items.r_wg_of_items(counts),
        lindell=measures_over_items.lindell(counts),
        alike=measures_over_items.share_alike(counts),
        nearly_alike=measures_over_items.share_alike(counts, steps=1),
    )


def _tellable(rows: Sequence[Sequence[int | None]], minimum: int) -> Sequence[Sequence[int | None]]:
    """The rows without a gap; none where they, or those left out, are some but too few to tell anything of."""
    complete = [row for row in rows if None not in row]
    few = len(complete) < minimum or 0 < len(rows) - len(complete) < minimum
    return () if few else complete


def rounds_of(
    session: Session, ballots_of: BallotsOf, first: ItemResult, later: Sequence[tuple[int, ItemResult]]
) -> tuple[RoundMeasures, ...]:
    """How people moved from round 1 to later rounds, where it may be told who moved at all (see `flow_since_first`)."""
    votes = [first, *(result for _, result in later)]
    return tuple(
        _round_measures(session, ballots_of, (first, number), votes[: place + 1])
        for place, (number, result) in enumerate(later, start=1)
        if flow_since_first(session, ballots_of, first, (number, result)) is not None
    )


def _round_measures(
    session: Session, ballots_of: BallotsOf, voted: tuple[ItemResult, int], votes: Sequence[ItemResult]
) -> RoundMeasures:
    first, number = voted
    pairs = matched_answers(session, ballots_of, (1, number), first.item.id)
    sides = [tuple(map(side.count, range(1, len(first.counts) + 1))) for side in zip(*pairs, strict=True)]
    return RoundMeasures(
        result=first,
        number=number,
        unchanged=measures_over_rounds.share_unchanged(pairs),
        net_change=measures_over_rounds.net_change(*sides) if sides else None,
        kappa=measures_over_rounds.weighted_kappa(pairs),
        wilcoxon=measures_over_rounds.wilcoxon(pairs),
        course=_course(votes[-3:]),
    )


def _course(votes: Sequence[ItemResult]) -> outlines.Course | None:
    """How agreement went over three votes that can be compared; one person moving one step counts as flat."""
    points = [vote.agreement for vote in votes if vote.agreement is not None]
    if len(points) < 3 or not all(comparable(one.counts, other.counts) for one, other in pairwise(votes)):
        return None
    bound = max(one_vote_bound(vote.n, len(vote.counts)) for vote in votes)
    before, between, after = points
    return outlines.course_of(before, between, after, bound)


def _favourable(result: ItemResult, answer: int) -> int | None:
    """An answer read so that high is good; None where no option was chosen."""
    if not answer:
        return None
    return len(result.counts) + 1 - answer if result.item.direction == "bad" else answer
