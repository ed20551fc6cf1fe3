"""The report's appendix for readers who know the measures, as plain data."""

from cxworkshop.domain.outlines import Course, Modes
from cxworkshop.domain.published import BallotsOf, later_results
from cxworkshop.domain.results import RoundResult
from cxworkshop.domain.room_statistics import (
    FurtherMeasures,
    ItemMeasures,
    PanelMeasures,
    RoundMeasures,
    ScaleMeasures,
    further_measures_of,
    measures_of,
    panels_of,
    rounds_of,
    scales_of,
)
from cxworkshop.domain.session import Session
from cxworkshop.report.views import Plain

_WAYS = {1: "up", 0: "flat", -1: "down"}


def statistics_view(session: Session, ballots_of: BallotsOf, result: RoundResult) -> Plain:
    """Measures of each item, of all items that share a scale, and of those voted on again; figures are unrounded."""
    again = [
        found
        for item in result.items
        for found in rounds_of(session, ballots_of, item, later_results(session, ballots_of, item.item.id))
    ]
    return {
        "items": [_item(measures_of(item)) for item in result.items if item.n],
        "further": [_further(further_measures_of(item)) for item in result.items if item.n],
        "panels": [_panel(found) for found in panels_of(result) if found.result.n],
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
        "median": result.item.scale.called_at(result.median),
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


def _further(found: FurtherMeasures) -> Plain:
    return {
        "id": found.result.item.id,
        "text": found.result.item.text,
        "l": found.blair_lacy_l,
        "iov": found.ordinal_variation,
        "polarisation": found.polarisation,
        "esteban_ray": found.esteban_ray,
        "ad_m": found.deviation_from_mean,
        "a_wg": found.a_wg,
        "entropy": found.entropy,
        "modes": _modes(found.modes),
        "second_modes": _modes(found.second_modes),
        "ajus": found.letter,
    }


def _modes(found: Modes | None) -> list[int]:
    return [] if found is None else list(found.options)


def _panel(found: PanelMeasures) -> Plain:
    rule, adjusted = found.rule, found.range
    return {
        "text": found.result.item.text,
        "agreement": None if rule is None else rule.agreement,
        "disagreement": None if rule is None else rule.disagreement,
        "p30": None if adjusted is None else adjusted.low,
        "p70": None if adjusted is None else adjusted.high,
        "ipras": None if adjusted is None else adjusted.adjusted,
        "index": None if adjusted is None else adjusted.index,
        "same_by_type_2": None if adjusted is None else adjusted.same_by_type_2,
    }


def _scale(found: ScaleMeasures) -> Plain:
    agreed, between, absolute = found.concordance, found.between_items, found.absolute
    return {
        "options": found.options,
        "items": found.items,
        "alpha": found.alpha,
        "alpha_interval": found.alpha_interval,
        "w": None if agreed is None else agreed.w,
        "people": None if agreed is None else agreed.people,
        "p": None if agreed is None else agreed.p,
        "icc_1": None if between is None else between.icc1,
        "icc_2": None if between is None else between.icc2,
        "eta_squared": None if between is None else between.eta_squared,
        "icc_2_1": None if absolute is None else absolute.icc,
        "r_wg_j": found.r_wg,
        "lindell": found.lindell,
        "alike": found.alike,
        "nearly_alike": found.nearly_alike,
    }


def _round(found: RoundMeasures) -> Plain:
    test = found.wilcoxon
    return {
        "text": found.result.item.text,
        "round": found.number,
        "unchanged": found.unchanged,
        "net_change": found.net_change,
        "kappa": found.kappa,
        "v": None if test is None else test.v,
        "moved": None if test is None else test.moved,
        "p": None if test is None else test.p,
        "course": _course(found.course),
    }


def _course(found: Course | None) -> str:
    """The course in words with its number among the nine types; empty where there were no three votes."""
    return "" if found is None else f"{_WAYS[found.first]}, {_WAYS[found.then]} ({found.number})"
