"""The report's appendix for readers who know the measures, as plain data."""

from cxworkshop.domain.published import BallotsOf, later_results
from cxworkshop.domain.results import RoundResult
from cxworkshop.domain.room_statistics import (
    ItemMeasures,
    RoundMeasures,
    ScaleMeasures,
    measures_of,
    rounds_of,
    scales_of,
)
from cxworkshop.domain.session import Session
from cxworkshop.report.views import Plain


def statistics_view(session: Session, ballots_of: BallotsOf, result: RoundResult) -> Plain:
    """Measures of each item, of all items that share a scale, and of those voted on again; figures are unrounded."""
    again = [
        found
        for item in result.items
        for found in rounds_of(session, ballots_of, item, later_results(session, ballots_of, item.item.id))
    ]
    return {
        "items": [_item(measures_of(item)) for item in result.items if item.n],
        "scales": [_scale(found) for found in scales_of(session, ballots_of, result)],
        "rounds": [_round(found) for found in again],
    }


def _item(found: ItemMeasures) -> Plain:
    result = found.result
    return {
        "id": result.item.id,
        "text": result.item.text,
        "n": result.n,
        "dont_know": result.dont_know,
        "median": result.median,
        "iqr": None if result.quartiles is None else result.quartiles[1] - result.quartiles[0],
        "l_squared": None if result.agreement is None else result.agreement / 100,
        "window_share": found.window_share,
        "ad_md": found.deviation,
        "practical": found.practical,
        "leik": found.leik,
        "van_der_eijk": found.van_der_eijk,
        "tastle_wierman": found.tastle_wierman,
        "r_wg": found.r_wg,
    }


def _scale(found: ScaleMeasures) -> Plain:
    agreed = found.concordance
    return {
        "options": found.options,
        "items": found.items,
        "alpha": found.alpha,
        "w": None if agreed is None else agreed.w,
        "people": None if agreed is None else agreed.people,
        "p": None if agreed is None else agreed.p,
    }


def _round(found: RoundMeasures) -> Plain:
    test = found.wilcoxon
    return {
        "text": found.result.item.text,
        "round": found.number,
        "unchanged": found.unchanged,
        "kappa": found.kappa,
        "v": None if test is None else test.v,
        "moved": None if test is None else test.moved,
        "p": None if test is None else test.p,
    }
