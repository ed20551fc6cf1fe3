"""The results of a round for scripts: a contract, so keys and meanings stay. Figures are unrounded."""

from typing import Any

from cxworkshop.domain.breakdowns import Breakdown, GroupResult, Suppressed
from cxworkshop.domain.results import ItemResult, ModelResult, RoundResult
from cxworkshop.domain.session import Session
from cxworkshop.report.last_time_view import trend_document

RESULTS_SCHEMA = 1
"""The version of the form of results."""


def results_document(session: Session, result: RoundResult) -> dict[str, Any]:
    """The results of a revealed round as plain data.

    Medians, quartiles and agreement are null where there are too few answers. `dissent` is null but for lone voices,
    `provisional` null with too few answers. A group that may not be shown is `{"suppressed": true}`; the `n` of one
    that may is null where it would tell with the roll how many of the group gave no valid answer. Where a last
    session is taken up and has results, round 1 carries what it said of the same items as `last_time`.
    """
    instruments = {item.id: instrument.id for instrument in session.content.instruments for item in instrument.items}
    last = trend_document(session, result) if result.number == 1 else None
    return {
        "schema": RESULTS_SCHEMA,
        "session": session.about.id,
        "round": result.number,
        "ballots": result.ballots,
        "items": [_item(item, instruments[item.item.id]) for item in result.items],
        "models": [_model(model) for model in result.models],
        "ranking": list(result.ranking),
        **({} if last is None else {"last_time": last}),
    }


def _item(result: ItemResult, instrument: str) -> dict[str, Any]:
    return {
        "id": result.item.id,
        "instrument": instrument,
        "text": result.item.text,
        "options": [option.label for option in result.item.scale.options],
        "n": result.n,
        "dont_know": result.dont_know,
        "left_out": result.left_out,
        "counts": list(result.counts),
        "median": result.median,
        "iqr": None if result.quartiles is None else list(result.quartiles),
        "agreement": result.agreement,
        "pattern": {
            "label": result.pattern,
            "shape": result.shape.label,
            "region": result.shape.region,
            "provisional": result.shape.provisional,
            "dissent": result.shape.dissent,
        },
        "units": _groups(result.units),
        "levels": _groups(result.levels),
    }


def _model(result: ModelResult) -> dict[str, Any]:
    return {
        "id": result.id,
        "stages": list(result.stages),
        "counts": list(result.counts),
        "median_stage": result.median_stage,
        "alignment": {
            "verdict": result.alignment.verdict,
            "agreement": result.alignment.agreement,
            "by_unit": _groups(result.alignment.by_unit),
            "by_level": _groups(result.alignment.by_level),
        },
    }


def _groups(breakdown: Breakdown) -> dict[str, dict[str, Any]]:
    return {name: _group(group) for name, group in breakdown.items()}


def _group(group: GroupResult | Suppressed) -> dict[str, Any]:
    if isinstance(group, Suppressed):
        return {"suppressed": True}
    return {"n": group.n, "median": group.median, "band": group.band}
