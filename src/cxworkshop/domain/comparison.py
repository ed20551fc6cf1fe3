"""Which published figures stand beside what the room said, and in which order.

A vote in which people place their own organisation is compared with surveys in which people did the same, before
scores and before what consumers said.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cxworkshop.domain.content import Benchmark, Content, RatedBy
from cxworkshop.domain.results import ItemResult, ModelResult, RoundResult

_ORDER: Mapping[RatedBy, int] = {"self_placed": 0, "scored": 1, "unstated": 2, "consumers": 3}


@dataclass(frozen=True, slots=True)
class ModelComparison:
    """The room's place on a maturity model, beside published places on it or on a like one."""

    result: ModelResult
    benchmarks: tuple[Benchmark, ...]


@dataclass(frozen=True, slots=True)
class ThemeComparison:
    """The room's items of a theme, weakest first, beside published figures on it."""

    theme: str
    items: tuple[ItemResult, ...]
    benchmarks: tuple[Benchmark, ...]


def compared_models(content: Content, result: RoundResult) -> tuple[ModelComparison, ...]:
    """Every model the room voted on, with the figures that may stand beside it; a model without any is kept."""
    ordered = _in_order(content.benchmarks)
    return tuple(
        ModelComparison(model, tuple(figure for figure in ordered if model.id in figure.models))
        for model in result.models
    )


def compared_themes(content: Content, result: RoundResult) -> tuple[ThemeComparison, ...]:
    """Every theme on which there are both answers and figures, in the order of the items; each figure stands once."""
    used: set[str] = set()
    ordered = _in_order(content.benchmarks)
    found = []
    for theme in dict.fromkeys(item.item.theme for item in result.items if item.item.theme):
        items = [item for item in result.items if item.item.theme == theme and item.median is not None]
        figures = [
            figure for figure in ordered if theme in figure.themes and figure.id not in used and not figure.models
        ]
        if items and figures:
            used.update(figure.id for figure in figures)
            weakest = sorted(items, key=lambda item: item.strength or 0.0)
            found.append(ThemeComparison(theme, tuple(weakest), tuple(figures)))
    return tuple(found)


def _in_order(benchmarks: Iterable[Benchmark]) -> list[Benchmark]:
    """The same stages before like ones, self-placed before scored before consumers, newest first."""
    return sorted(benchmarks, key=lambda each: (not each.same_stages, _ORDER[each.rated_by], -(each.year or 0)))
