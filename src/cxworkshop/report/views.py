"""What documents say, as plain data for templates and JSON: the parts that the plan and the report share.

Everything comes through `domain.published`, so that a document can show no more than a screen may. Figures are
unrounded; words stand beside them.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from cxworkshop.domain import change_wording, stage_wording, wording
from cxworkshop.domain.between_rounds import Flow
from cxworkshop.domain.breakdowns import Breakdown, Suppressed
from cxworkshop.domain.instruments import Item, Source
from cxworkshop.domain.maturity import NextStage
from cxworkshop.domain.published import BallotsOf, change_since_first, flow_since_first, later_results
from cxworkshop.domain.results import ItemResult, ModelResult, RoundResult
from cxworkshop.domain.rounds import vote_on_item
from cxworkshop.domain.session import Session

Plain = dict[str, Any]
"""Plain data: text, numbers, lists and dictionaries."""


def heading(session: Session, written: date) -> Plain:
    """What stands at the top of every document."""
    about = session.about
    return {
        "title": about.title,
        "organisation": about.organisation,
        "held": about.held.isoformat(),
        "facilitator": about.facilitator,
        "rehearsal": about.rehearsal,
        "written": written.isoformat(),
    }


def options(result: ItemResult) -> list[Plain]:
    """The options of an item with their answers; a share is of those who chose an option."""
    return [
        {
            "number": each.number,
            "label": each.words or option.label,
            "count": count,
            "percent": 100 * count / result.n if result.n else 0.0,
        }
        for each, option, count in zip(result.item.scale.called, result.item.scale.options, result.counts, strict=True)
    ]


def evidence(session: Session, ballots_of: BallotsOf, result: ItemResult) -> Plain:
    """An item's result in short, with what came of it."""
    return {
        "id": result.item.id,
        "text": without_stop(result.item.text),
        "n": result.n,
        "options": options(result),
        "median": result.median,
        "mark": _mark(result),
        "median_told": result.item.scale.called_at(result.median),
        "agreement": result.agreement,
        "pattern": wording.pattern_in_words(result),
        "summary": wording.item_summary(result),
        "again": voted_again(session, ballots_of, result),
        "discussion": discussion(session, result.item),
    }


def voted_again(session: Session, ballots_of: BallotsOf, first: ItemResult) -> list[Plain]:
    """What later rounds say of an item, and what changed since round 1."""
    found = []
    for number, later in later_results(session, ballots_of, first.item.id):
        hands = session.round(str(number)).method == "hands"
        change = change_since_first(session, ballots_of, first, (number, later))
        found.append(
            {
                "round": number,
                "vote": vote_on_item(session, number, first.item.id).capitalize(),
                "method": "a show of hands" if hands else "ballots",
                "options": options(later),
                "summary": wording.item_summary(later),
                "change": change_wording.change_in_words(change),
                "flow": _flow(flow_since_first(session, ballots_of, first, (number, later))),
            }
        )
    return found


def _flow(found: Flow | None) -> Plain:
    """Who moved, in words, and for each option where its people went; no words and no ways where it is not told."""
    if found is None:
        return {"summary": "", "ways": []}
    ways = [{"told": row is not None, "counts": list(row or ())} for row in found.rows]
    return {"summary": change_wording.flow_in_words(found), "ways": ways}


def discussion(session: Session, item: Item) -> Plain:
    """What came of talking about an item; outcome and notes are empty where it was not talked about."""
    present = session.discussion.get(item.id)
    if present is None:
        return {"outcome": "", "notes": [], "positions": []}
    decided = present.outcome != "open"
    return {
        "outcome": wording.OUTCOME_NAMES[present.outcome] if decided else "",
        "notes": list(present.notes),
        "positions": list(present.positions),
    }


def groups(item: Item, breakdown: Breakdown) -> list[Plain]:
    """The groups of a breakdown; one that may not be shown carries no figure.

    `median` is in words, `at` a place on the scale from 1, `told` the same in the scale's own numbers, which are in
    `scale`; `bars` are heights from 0 to 7 without any other scale, empty where they may not be drawn.
    """
    found: list[Plain] = []
    for name, group in breakdown.items():
        if isinstance(group, Suppressed):
            found.append({"name": name, "shown": False})
        else:
            median = wording.median_in_words(item, group.median).removeprefix("median ")
            band = wording.band_in_words(group.band)
            answers = wording.group_answers_in_words(group)
            found.append(
                {
                    "name": name,
                    "shown": True,
                    "n": group.n,
                    "answers": answers,
                    "median": median,
                    "at": group.median,
                    "told": item.scale.called_at(group.median),
                    "scale": [each.number for each in item.scale.called],
                    "band": band,
                    "bars": list(group.bars or ()),
                }
            )
    return found


def _mark(result: ItemResult) -> float | None:
    """Where a picture marks the median: nowhere where it lies between two camps, since it stands for nobody."""
    return None if result.shape.lies_between_camps(result.median) else result.median


def voted_again_on(first: RoundResult, now: RoundResult) -> dict[str, ModelResult]:
    """The maturity models on which the room stands otherwise by a later vote than by round 1, by their ids."""
    before = {found.id: found.counts for found in first.models}
    return {found.id: found for found in now.models if found.counts != before[found.id]}


def model(session: Session, result: ModelResult, round_result: RoundResult, again: ModelResult | None = None) -> Plain:
    """Where the room placed itself in a maturity model, and where it does by a later vote."""
    content = session.content.model(result.id)
    stage_item = round_result.item(result.item)
    agreed = session.closing.stage.get(result.id)
    return {
        "id": result.id,
        "title": content.title,
        "stage_word": content.stage_word,
        "options": options(stage_item),
        "summary": stage_wording.model_summary(result),
        "alignment": stage_wording.alignment_in_words(result),
        "again": "" if again is None else f"Voted again: {stage_wording.model_summary(again)}.",
        "pattern": wording.pattern_in_words(stage_item),
        "median_stage": result.median_stage,
        "mark": _mark(stage_item),
        "median_name": "" if result.median_stage is None else result.stages[result.median_stage - 1],
        "agreed_stage": agreed,
        "agreed_name": "" if agreed is None else content.stage(agreed).name,
        "units": groups(stage_item.item, result.alignment.by_unit),
        "levels": groups(stage_item.item, result.alignment.by_level),
    }


def way_ahead(session: Session, way: NextStage) -> Plain:
    """The way to the next stage: obstacle, challenge, and the resources with the room's rating of them."""
    ratings = session.closing.resources
    return {
        "model": way.model.title,
        "stage_word": way.model.stage_word,
        "present": way.present,
        "present_name": way.model.stage(way.present).name,
        "agreed": way.model.id in session.closing.stage,
        "following": way.following,
        "following_name": "" if way.following is None else way.model.stage(way.following).name,
        "obstacle": way.obstacle,
        "challenge": way.challenge,
        "resources": [
            {"name": name, "state": wording.RESOURCE_NAMES[ratings[name]] if name in ratings else "not rated"}
            for name in way.resources
        ],
    }


def without_stop(text: str) -> str:
    """A sentence without its full stop, for where words follow it; other punctuation stays."""
    before = text[-2:-1]
    return text[:-1] if text.endswith(".") and (before.isalnum() or before in (")", "”")) else text


def credits_of(sources: Iterable[Source]) -> list[str]:
    """Each source once, as one line of credit, in the order of the document."""
    return list(dict.fromkeys(line for source in sources if (line := str(source))))


def sources_of(session: Session) -> Sequence[Source]:
    """The sources of what the session is made of: self-tests, models, roles, strategies, suggestions taken up."""
    content = session.content
    taken = {action.suggestion for action in session.actions.values()}
    absent = set(session.closing.absent_roles)
    gate = session.closing.strategy_stands is not None or any(action.strategy for action in session.actions.values())
    return (
        *(instrument.source for instrument in content.instruments),
        *(found.source for found in content.models),
        *(role.source for role in content.roles if role.id in absent),
        *(strategy.source for strategy in content.strategies if gate),
        *(suggestion.source for suggestion in content.suggestions if suggestion.id in taken),
    )
