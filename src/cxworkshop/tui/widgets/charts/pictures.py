"""From results to what the charts draw. Only what the results may show gets here; nothing is worked out anew."""

from collections.abc import Sequence

from cxworkshop.domain.breakdowns import Breakdown, Suppressed
from cxworkshop.domain.instruments import Item
from cxworkshop.domain.level_gap import level_gaps
from cxworkshop.domain.maturity import MaturityModel
from cxworkshop.domain.results import ItemResult, ModelResult, RoundResult
from cxworkshop.domain.stage_wording import alignment_in_words, model_summary
from cxworkshop.domain.wording import PATTERN_NAMES, dont_know_in_words, group_remarks, level_gaps_in_words
from cxworkshop.tui.widgets.charts.agreement_map import MapPoint
from cxworkshop.tui.widgets.charts.distribution import Choice, Pass
from cxworkshop.tui.widgets.charts.group_strips import Group
from cxworkshop.tui.widgets.charts.ink import number
from cxworkshop.tui.widgets.charts.item_list import ItemRow
from cxworkshop.tui.widgets.charts.level_gaps import GapPicture, GapRow
from cxworkshop.tui.widgets.charts.stage_chart import StagePicture

Groupings = tuple[tuple[str, tuple[Group, ...]], ...]
"""The breakdowns of an item: title and groups of each."""

_GROUPS_DIFFER = {"unit_against_unit": "units differ", "level_against_level": "levels differ"}

_MOST_NAMED = 4

UNSURE = "?"
"""Stands after a pattern that fewer than twenty answers only look like."""


def choices_of(item: Item) -> tuple[Choice, ...]:
    """The options of an item."""
    options = zip(item.scale.called, item.scale.options, strict=True)
    return tuple(Choice(each.words, option.anchor, each.number) for each, option in options)


def pass_of(result: ItemResult, title: str = "") -> Pass:
    """The counts of one round."""
    return Pass(result.counts, title, result.dont_know, result.left_out)


def groups_of(item: Item, breakdown: Breakdown, order: Sequence[str] = ()) -> tuple[Group, ...]:
    """Units or levels of an item as far as they may be shown; those named in `order` first, in its order."""
    places = {name: place for place, name in enumerate(order)}
    ordered = sorted(breakdown.items(), key=lambda named: places.get(named[0], len(places)))
    return tuple(
        Group(name, hidden=True)
        if isinstance(group, Suppressed)
        else Group(
            name,
            group.least if group.n is None else group.n,
            item.scale.called_at(group.median),
            group.bars,
            group.band or "",
            at_least=group.n is None,
        )
        for name, group in ordered
    )


def groupings_of(
    item: Item, units: Breakdown, levels: Breakdown, seniority: Sequence[str] = (), *, of_round: str = ""
) -> Groupings:
    """Units and levels of an item under their titles; one that is empty is left out.

    Args:
        item: The item.
        units: What may be shown of units.
        levels: What may be shown of levels.
        seniority: The declared levels, most senior first, in whose order they stand.
        of_round: Which round they are of, in words, where there is more than one.
    """
    behind = f", {of_round}" if of_round else ""
    both = ((f"By unit{behind}", groups_of(item, units)), (f"By level{behind}", groups_of(item, levels, seniority)))
    return tuple((title, groups) for title, groups in both if groups)


def short_pattern(result: ItemResult) -> str:
    """The pattern in a few words for a list: "two camps?", "consensus high"."""
    if result.pattern in _GROUPS_DIFFER:
        return f"{_GROUPS_DIFFER[result.pattern]}{UNSURE if result.shape.looks_like else ''}"
    region = "" if result.shape.region is None or result.pattern != result.shape.label else f" {result.shape.region}"
    return f"{PATTERN_NAMES[result.pattern]}{region}{UNSURE if result.shape.looks_like else ''}"


def stage_picture(
    model: MaturityModel, result: ModelResult, item: ItemResult, seniority: Sequence[str] = ()
) -> StagePicture:
    """A maturity model as the room sees it; levels stand in the order of `seniority`."""
    return StagePicture(
        model.title,
        choices_of(item.item),
        pass_of(item),
        result.middle_stages,
        model.stage_word,
        alignment_in_words(result) if item.n else "",
        groupings_of(item.item, result.alignment.by_unit, result.alignment.by_level, seniority),
        " ".join(
            (
                " · ".join(part for part in (model_summary(result), dont_know_in_words(item)) if part) + ".",
                *group_remarks(item),
            )
        ),
    )


def numbers_of(items: Sequence[Item]) -> dict[str, int]:
    """The number by which the room knows each item: its place in the self-test, from 1."""
    return {item.id: place for place, item in enumerate(items, start=1)}


def item_rows(result: RoundResult) -> tuple[ItemRow, ...]:
    """The items of a round as lines of the list."""
    ranks = {item_id: rank for rank, item_id in enumerate(result.ranking, start=1)}
    numbers = numbers_of([found.item for found in result.items])
    return tuple(
        ItemRow(
            found.item.id,
            numbers[found.item.id],
            found.item.text,
            found.counts,
            found.agreement,
            short_pattern(found),
            found.item.scale.called_at(found.median),
            ranks[found.item.id],
            found.strength,
            found.item.direction == "bad",
            found.item.id in result.tied,
            bool(found.one_vote_from) and found.shape.label != "too_few",
            tuple(each.number for each in found.item.scale.called),
        )
        for found in result.items
    )


def list_remarks(rows: Sequence[ItemRow], result: RoundResult) -> str:
    """What the marks of the list mean, as far as there are any, and of which items many don't know."""
    unsure = any(UNSURE in row.pattern for row in rows)
    marks = ["“?” only looks like it, with fewer than twenty answers"] if unsure else []
    marks += ["“▼” a low answer is the good one"] if any(row.low_is_good for row in rows) else []
    tied = any(row.tied for row in rows)
    marks += ["“=” too close to the line above: one vote could turn them round"] if tied else []
    marks += ["“~” one vote would make it another pattern"] if any(row.near for row in rows) else []
    numbers = numbers_of([found.item for found in result.items])
    unknown = [
        f"item {numbers[found.item.id]} ({found.dont_know} of {found.n + found.dont_know})"
        for found in result.items
        if found.many_dont_know
    ]
    named = ", ".join(unknown[:_MOST_NAMED]) + (", …" if len(unknown) > _MOST_NAMED else "")
    sentences = (", ".join(marks), f"Many don't know: {named}" if unknown else "")
    return " ".join(f"{sentence}." for sentence in sentences if sentence)


def gap_picture(levels: Sequence[str], result: RoundResult) -> GapPicture:
    """The gap between the most senior level and the front line, as far as both may be shown."""
    found = level_gaps(levels, result)
    if found is None:
        return GapPicture(summary=level_gaps_in_words(None))
    numbers = numbers_of([each.item for each in result.items])
    rows = tuple(
        GapRow(
            numbers[gap.item.item.id],
            gap.item.item.text,
            len(gap.item.counts),
            gap.senior.median,
            gap.front.median,
            gap.steps,
            gap.item.item.direction == "bad",
            _medians(gap.item.item, gap.senior.median, gap.front.median),
        )
        for gap in found.gaps
    )
    return GapPicture(found.senior, found.front, rows, level_gaps_in_words(found))


def _medians(item: Item, senior: float, front: float) -> str:
    return " | ".join(number(item.scale.called_at(median)) for median in (senior, front))


def map_points(result: RoundResult) -> tuple[MapPoint, ...]:
    """The items that have a place on the agreement map; stage items, which ask where one stands, have none."""
    numbers = numbers_of([found.item for found in result.items])
    return tuple(
        MapPoint(numbers[found.item.id], found.item.text, found.agreement, found.strength, found.corner)
        for found in result.items
        if found.corner is not None
        and found.agreement is not None
        and found.strength is not None
        and not found.item.is_stage_item
    )
