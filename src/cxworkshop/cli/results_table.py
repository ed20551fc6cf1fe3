"""The results of a round as a plain table for people: most disagreement first, figures before words."""

from collections.abc import Iterator

from cxworkshop.domain.breakdowns import Breakdown, GroupResult, Suppressed
from cxworkshop.domain.instruments import Item
from cxworkshop.domain.results import ItemResult, ModelResult, RoundResult
from cxworkshop.domain.rounding import shown_agreement
from cxworkshop.domain.session import Session
from cxworkshop.domain.stage_wording import ALIGNMENT_NAMES, median_stage_in_words
from cxworkshop.domain.wording import HIDDEN_GROUP, PATTERN_NAMES, band_in_words, figure, group_answers_in_words

_NO_FIGURE = "–"


def results_table(session: Session, result: RoundResult) -> str:
    """Everything `results --json` says that helps in a glance, in lines that need no wide terminal.

    Args:
        session: Whose results they are.
        result: What may be shown of a revealed round.
    """
    return "\n".join(_lines(session, result))


def _lines(session: Session, result: RoundResult) -> Iterator[str]:
    yield f"{session.about.title} · round {result.number} · ballots: {result.ballots}"
    if result.models:
        yield from ("", "Where the room stands")
        for model in result.models:
            yield from _model(session, model)
    yield from ("", "Most disagreement first")
    yield f"{'agreement':>9}  {'median':>6}  {'n':>4}  {'pattern':20}  item"
    for item_id in result.ranking:
        yield from _item(result.item(item_id))
    if any(item.shape.provisional for item in result.items):
        yield from ("", "* provisional: fewer than ten answered")


def _model(session: Session, model: ModelResult) -> Iterator[str]:
    yield f"  {session.content.model(model.id).title}"
    if model.median_stage is None:
        yield "    nobody named a stage"
    else:
        verdict = model.alignment.verdict
        yield f"    median {median_stage_in_words(model)}{f' · {ALIGNMENT_NAMES[verdict]}' if verdict else ''}"
    counts = " · ".join(f"{name} {count}" for name, count in zip(model.stages, model.counts, strict=True))
    yield f"    {counts}"


def _item(result: ItemResult) -> Iterator[str]:
    agreement = _NO_FIGURE if result.agreement is None else str(shown_agreement(result.agreement))
    called = result.item.scale.called_at(result.median)
    median = _NO_FIGURE if called is None else figure(called)
    pattern = PATTERN_NAMES[result.pattern] + (" *" if result.shape.provisional else "")
    yield f"{agreement:>9}  {median:>6}  {result.n:4}  {pattern:20}  {result.item.id}  {result.item.text}"
    for groups in (result.units, result.levels):
        if groups:
            yield f"{'':23}  {_groups(result.item, groups)}"


def _groups(item: Item, groups: Breakdown) -> str:
    return " · ".join(f"{name}: {_group(item, group)}" for name, group in groups.items())


def _group(item: Item, group: GroupResult | Suppressed) -> str:
    if isinstance(group, Suppressed):
        return HIDDEN_GROUP
    median = figure(item.scale.called_at(group.median) or 0)
    return f"median {median}, {band_in_words(group.band)} (n {group_answers_in_words(group)})"
