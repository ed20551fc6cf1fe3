"""Which published figures stand beside what the room said, and in which order.

A vote in which people place their own organisation is compared with surveys in which people did the same, before
scores and before what consumers said.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from cxworkshop.domain.content import Benchmark, Content, RatedBy
from cxworkshop.domain.discussion import has_talked
from cxworkshop.domain.results import ItemResult, ModelResult, RoundResult
from cxworkshop.domain.session import Session

_ORDER: Mapping[RatedBy, int] = {"self_placed": 0, "scored": 1, "unstated": 2, "consumers": 3}


@dataclass(frozen=True, slots=True)
class ModelComparison:
    """The room's place on a maturity model, beside published places on it or on a like one."""

    result: ModelResult
    benchmarks: tuple[Benchmark, ...]

    @property
    def nearest(self) -> tuple[Benchmark, ...]:
        """The figures that were got as the room's own was; see `nearest_of`."""
        return nearest_of(self.benchmarks)


@dataclass(frozen=True, slots=True)
class ThemeComparison:
    """The room's items of a theme, weakest first, beside published figures on it."""

    theme: str
    items: tuple[ItemResult, ...]
    benchmarks: tuple[Benchmark, ...]

    @property
    def nearest(self) -> tuple[Benchmark, ...]:
        """The figures that were got as the room's own was; see `nearest_of`."""
        return nearest_of(self.benchmarks)


def figures_shown(session: Session) -> bool:
    """Whether published figures may be seen: the room has talked about its own result, or wants them all the same."""
    return session.live.figures or has_talked(session)


def show_figures(session: Session) -> Session:
    """The session with the published figures shown, whether or not the room has talked."""
    return replace(session, live=replace(session.live, figures=True))


def nearest_of(benchmarks: Sequence[Benchmark]) -> tuple[Benchmark, ...]:
    """The figures in which people placed their own organisation, as the room did; without any, the first one."""
    self_placed = tuple(each for each in benchmarks if each.rated_by == "self_placed")
    return self_placed or tuple(benchmarks[:1])


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
