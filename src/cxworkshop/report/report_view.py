"""What the report says, as plain data: everything that may be shown of a session."""

from collections.abc import Sequence
from datetime import date

from cxworkshop.domain import promises, rounds, wording
from cxworkshop.domain.content import Benchmark, Figure, RatedBy, StageShare
from cxworkshop.domain.errors import NotRevealed
from cxworkshop.domain.instruments import Instrument
from cxworkshop.domain.level_gap import level_gaps
from cxworkshop.domain.published import (
    BallotsOf,
    comments_on,
    comments_on_sitting,
    feedback_of,
    results_of,
    standing,
)
from cxworkshop.domain.results import Corner, ItemResult, RoundResult, strengths, weaknesses
from cxworkshop.domain.session import STEPS, Session
from cxworkshop.report import views
from cxworkshop.report.last_time_view import last_plan, since_last_time
from cxworkshop.report.results_json import results_document
from cxworkshop.report.summary_view import summary_view
from cxworkshop.report.views import Plain

_NAMED = 5
_QUALIFIERS = {"": "", "under": "under ", "over": "over ", "about": "about "}
_RATERS: tuple[RatedBy, ...] = ("self_placed", "scored", "unstated", "consumers")
_CORNERS: tuple[Corner, ...] = ("protect", "act", "clarify", "reach")


def report_view(session: Session, ballots_of: BallotsOf, written: date) -> Plain:
    """The report.

    Args:
        session: The session.
        ballots_of: The ballots of a round by its key.
        written: The day on which the document is made.

    Raises:
        NotRevealed: Round 1 has not been revealed, so there is nothing to report.
    """
    result = results_of(session, ballots_of)
    again = views.voted_again_on(result, standing(session, ballots_of))
    return {
        **views.heading(session, written),
        "summary": summary_view(session, ballots_of, result),
        "vote": _vote(session, ballots_of, result),
        "agreement_explained": wording.AGREEMENT_EXPLAINED,
        "models": [views.model(session, model, result, again.get(model.id)) for model in result.models],
        "map": {
            "summary": wording.map_summary(result),
            "corners": _corners(result),
            "points": _points(result),
            "names": dict(wording.CORNER_NAMES),
        },
        "strengths": [_short(item) for item in strengths(result)[:_NAMED]],
        "weaknesses": [_short(item) for item in weaknesses(result)[:_NAMED]],
        "ranking": [_ranked(result, result.item(item_id)) for item_id in result.ranking],
        "instruments": [
            _instrument(session, ballots_of, result, instrument) for instrument in session.content.instruments
        ],
        "since_last_time": since_last_time(session, result),
        "last_plan": last_plan(session),
        "benchmarks": [_benchmark(benchmark) for benchmark in _fitting(session)],
        "notes": _notes(session),
        "feedback": _feedback(session, ballots_of),
        "feedback_comments": list(comments_on_sitting(session, ballots_of)),
        "levels": _levels(session, result),
        "statistics": _statistics(session, ballots_of, result),
        "credits": views.credits_of(views.sources_of(session)),
    }


def results_of_all_rounds(session: Session, ballots_of: BallotsOf) -> list[Plain]:
    """The results of every revealed self-test round, in the form of `results --json`."""
    return [results_document(session, results_of(session, ballots_of, held.number)) for held in session.revealed_rounds]


def _vote(session: Session, ballots_of: BallotsOf, result: RoundResult) -> Plain:
    """How the vote was done: what was promised, by which rules, and how many took part."""
    promise = promises.promise(session.rules)
    return {
        "ballots": result.ballots,
        "on_the_roster": len(session.participants),
        "privacy": promises.PRIVACY_NAMES[session.rules.privacy],
        "kept": list(promise.kept),
        "not_kept": list(promise.not_kept),
        "consensus": promises.consensus_rule(session.rules),
        "minimum_group": session.rules.minimum_group,
        "rounds": [
            {
                "round": held.number,
                "method": "a show of hands" if held.method == "hands" else "ballots",
                "items": len(held.items),
                "ballots": results_of(session, ballots_of, held.number).ballots,
            }
            for held in session.revealed_rounds
        ],
    }


def _levels(session: Session, result: RoundResult) -> Plain:
    """Leaders beside the front line, as far as both may be shown; no ends where fewer than two levels are declared."""
    found = level_gaps(session.levels, result)
    if found is None:
        return {"senior": "", "front": "", "summary": "", "gaps": []}
    gaps = [
        {
            "text": gap.item.item.text,
            "options": len(gap.item.counts),
            "senior": gap.senior.median,
            "front": gap.front.median,
            "told": [gap.item.item.scale.called_at(end.median) for end in (gap.senior, gap.front)],
            "steps": gap.steps,
            "words": wording.level_gap_in_words(gap, found.senior, found.front),
        }
        for gap in found.gaps
    ]
    summary = wording.level_gaps_in_words(found)
    return {"senior": found.senior, "front": found.front, "summary": summary, "gaps": gaps}


def _statistics(session: Session, ballots_of: BallotsOf, result: RoundResult) -> Plain:
    from cxworkshop.report.statistics_view import statistics_view  # noqa: PLC0415 - only the report needs it

    return statistics_view(session, ballots_of, result)


def _short(result: ItemResult) -> Plain:
    return {
        "id": result.item.id,
        "text": result.item.text,
        "agreement": result.agreement,
        "summary": wording.item_summary(result),
    }


def _ranked(result: RoundResult, found: ItemResult) -> Plain:
    placed = found.shape.label != "too_few"
    return {**_short(found), "tied": found.item.id in result.tied, "placed": placed}


def _corners(result: RoundResult) -> list[Plain]:
    """The agreement map in words: each corner with its items."""
    placed = [item for item in result.items if not item.item.is_stage_item]
    return [
        {
            "explained": wording.CORNERS_EXPLAINED[corner],
            "items": [item.item.text for item in placed if item.corner == corner],
        }
        for corner in _CORNERS
    ]


def _points(result: RoundResult) -> list[Plain]:
    """The places of the items that have one on the map, with the number by which the room knows each."""
    return [
        {
            "number": number,
            "id": found.item.id,
            "text": views.without_stop(found.item.text),
            "median": found.item.scale.called_at(found.median),
            "strength": found.strength,
            "agreement": found.agreement,
            "corner": found.corner,
        }
        for number, found in enumerate(result.items, start=1)
        if found.corner is not None and not found.item.is_stage_item
    ]


def _instrument(session: Session, ballots_of: BallotsOf, result: RoundResult, instrument: Instrument) -> Plain:
    voted = {found.item.id: found for found in result.items}
    numbers = {found.item.id: number for number, found in enumerate(result.items, start=1)}
    items = [
        {**_item(session, ballots_of, voted[item.id]), "number": numbers[item.id]}
        for item in instrument.items
        if item.id in voted
    ]
    return {"title": instrument.title, "source": str(instrument.source), "items": items}


def _item(session: Session, ballots_of: BallotsOf, result: ItemResult) -> Plain:
    return {
        **views.evidence(session, ballots_of, result),
        "theme": result.item.theme,
        "shown_above": result.item.is_stage_item,
        "gap": wording.gap_in_words(result.mean_pair_gap),
        "near": wording.one_vote_in_words(result),
        "remarks": list(wording.group_remarks(result)),
        "units": views.groups(result.item, result.units),
        "levels": views.groups(result.item, result.levels),
        "comments": list(comments_on(session, ballots_of, result.item.id)),
    }


def _fitting(session: Session) -> list[Benchmark]:
    """The benchmarks that may stand beside what was asked, those in which people rated their own company first."""
    models = {item.model for item in session.content.items}
    themes = {item.theme for item in session.content.items}
    fitting = [
        benchmark
        for benchmark in session.content.benchmarks
        if models.intersection(benchmark.models) or themes.intersection(benchmark.themes)
    ]
    return sorted(fitting, key=lambda benchmark: _RATERS.index(benchmark.rated_by))


def _benchmark(benchmark: Benchmark) -> Plain:
    return {
        "statement": benchmark.statement,
        "origin": wording.benchmark_in_words(benchmark),
        "caution": benchmark.caution,
        "figures": _figures(benchmark.figures, benchmark.shares),
    }


def _figures(figures: Sequence[Figure], shares: Sequence[StageShare]) -> list[Plain]:
    """The printed figures; a share over several stages stays one."""
    return [
        *(
            {"label": figure.label, "value": f"{_QUALIFIERS[figure.qualifier]}{figure.value:g} {figure.unit}".strip()}
            for figure in figures
        ),
        *(
            {"label": " and ".join(share.stages), "value": f"{_QUALIFIERS[share.qualifier]}{share.percent:g} %"}
            for share in shares
        ),
    ]


def _notes(session: Session) -> list[Plain]:
    """What was noted on no item in particular, in the order of the steps."""
    notes = session.closing.notes
    return [{"step": wording.STEP_NAMES[step], "notes": list(notes[step])} for step in STEPS if notes.get(step)]


def _feedback(session: Session, ballots_of: BallotsOf) -> list[Plain]:
    """The answers to the closing question; empty where it was not asked."""
    try:
        counts = feedback_of(session, ballots_of)
    except NotRevealed:
        return []
    return [{"label": label, "count": count} for label, count in zip(rounds.FEEDBACK_OPTIONS, counts, strict=True)]
