"""Step 6, Compare: published figures beside the room's own result, after the room has talked."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.widget import Widget

from cxworkshop.domain.comparison import (
    ModelComparison,
    ThemeComparison,
    compared_models,
    compared_themes,
    figures_shown,
    show_figures,
)
from cxworkshop.domain.content import Benchmark, StageShare
from cxworkshop.domain.follow_up import Trend, trend
from cxworkshop.domain.maturity import MaturityModel
from cxworkshop.domain.rounding import share_in_words
from cxworkshop.domain.session import Session, Step
from cxworkshop.domain.wording import RATED_BY_NAMES, counted, median_in_words
from cxworkshop.tui.acts import Act
from cxworkshop.tui.console.kept_results import KeptResults
from cxworkshop.tui.console.steps.base import StepView
from cxworkshop.tui.keymap import with_keys
from cxworkshop.tui.widgets.charts.chart import Chart
from cxworkshop.tui.widgets.charts.glyphs import Glyphs, bar
from cxworkshop.tui.widgets.charts.ink import Ink, Line, Part, fit, number, paragraph
from cxworkshop.tui.widgets.charts.trend import trend_lines

_LABEL = 30
_FOLDED = "[f:figures.show] shows all."
_WIDEST_BAR = 40
_VALUE = len("about 40 % together")
"""Cells kept for what stands after a bar, the same for all, so that equal shares have equal bars."""

_NOT_YET = (
    "Nothing to compare yet: published figures are shown once round 1 is revealed and the room has talked about its "
    "own result, so that they do not anchor it."
)
_NOT_TALKED = (
    "Nothing is recorded yet of a talk about the room's own result, and others' figures would lead it. "
    "[PgUp:step.previous] goes back to the disagreements; [f:figures.show] shows the published figures all the same."
)
_AFTER = "Published figures come last on purpose: first what we said, then what others found."


def _nothing_revealed(session: Session) -> str | None:
    return None if session.revealed_rounds else "Published figures are shown once round 1 is revealed."


class CompareView(StepView):
    """One scrolling page: each maturity model, then each theme, with the figures that fit."""

    STEP = Step.COMPARE
    TITLE = "Compare"
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act(
            "figures.show",
            ("f",),
            "all figures",
            "Show the published figures, and those that were got in other ways than the room's own.",
            priority=5,
            refusal=_nothing_revealed,
        ),
    )
    DEFAULT_CSS = """
    CompareView { overflow-y: hidden; }
    CompareView ComparisonPage { height: 1fr; }
    """

    def __init__(self, session: Session, screen: object) -> None:
        super().__init__(session, screen)  # type: ignore[arg-type]
        self._results = KeptResults()

    def compose(self) -> ComposeResult:
        """The page."""
        yield ComparisonPage(id="comparison")

    def first_focus(self) -> Widget:
        """The page, so that arrows scroll it."""
        return self.query_one(ComparisonPage)

    def paint(self, session: Session) -> None:
        """The comparison as the session stands."""
        result = self._results.first(session, self.box)
        page = self.query_one(ComparisonPage)
        if result is None:
            page.show((), (), {}, with_keys(f"{_NOT_YET} [PgUp:step.previous] goes back."))
            return
        if not figures_shown(session):
            page.show_trend(None)
            page.show((), (), {}, with_keys(_NOT_TALKED))
            return
        page.show_trend(trend(session, result))
        models = {model.id: model for model in session.content.models}
        page.show(compared_models(session.content, result), compared_themes(session.content, result), models, _AFTER)

    def do_figures_show(self) -> None:
        """Show the figures; once they are shown, unfold those of other kinds, or fold them again."""
        page = self.query_one(ComparisonPage)
        if figures_shown(self.session) and not page.has_others:
            self.notify("There are no other published figures on what was voted on here.")
        elif figures_shown(self.session):
            page.fold()
        else:
            self.change("published figures shown", show_figures)


class ComparisonPage(Chart):
    """The comparison as lines: what the room said, then each figure with its source and caution."""

    can_focus = True
    DEFAULT_CSS: ClassVar[str] = """
    ComparisonPage { overflow-y: auto; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  as every widget names it
        super().__init__(id=id)
        self._models: Sequence[ModelComparison] = ()
        self._themes: Sequence[ThemeComparison] = ()
        self._known: dict[str, MaturityModel] = {}
        self._said = ""
        self._trend: Trend | None = None
        self._folded = True

    def show_trend(self, found: Trend | None) -> None:
        """Show what changed since the last session, above what was published."""
        if found != self._trend:
            self._trend = found
            self.redraw()

    @property
    def has_others(self) -> bool:
        """Whether there are figures that were got in other ways than the room's own."""
        held = [(each.benchmarks, each.nearest) for each in self._models]
        held += [(each.benchmarks, each.nearest) for each in self._themes]
        return any(len(published) > len(nearest) for published, nearest in held)

    def fold(self) -> None:
        """Show the figures that were got in other ways, or only those that were got as the room's own."""
        self._folded = not self._folded
        self.redraw()

    def show(
        self,
        models: Sequence[ModelComparison],
        themes: Sequence[ThemeComparison],
        known: dict[str, MaturityModel],
        said: str,
    ) -> None:
        """Show a comparison; where nothing differs nothing is painted."""
        if (models, themes, said) == (self._models, self._themes, self._said):
            return
        self._models, self._themes, self._known, self._said = models, themes, known, said
        self.redraw()

    def lines(self, width: int) -> list[Line]:
        """The whole page."""
        lines = [] if self._trend is None else [*trend_lines(self._trend, width, self.glyphs), ()]
        # Where nothing is shown yet, the sentence is all there is to read.
        lines += paragraph(self._said, width, ink=Ink.MUTED if self._models else Ink.TEXT)
        for compared in self._models:
            lines += [(), *model_lines(compared, self._known[compared.result.id], width, self.glyphs, self._fold)]
        for theme in self._themes:
            lines += [(), *theme_lines(theme, width, self.glyphs, self._fold)]
        return lines

    @property
    def _fold(self) -> str:
        return with_keys(_FOLDED) if self._folded else ""


def model_lines(
    compared: ModelComparison, model: MaturityModel, width: int, glyphs: Glyphs, fold: str = ""
) -> list[Line]:
    """The room's shares over a model's stages, then the published ones.

    With `fold`, those that were got in other ways are counted only; it says how they are seen.
    """
    result = compared.result
    answers = sum(result.counts)
    lines: list[Line] = [(Part(" "), Part(fit(model.title, width - 2).rstrip(), Ink.STRONG))]
    lines.append((Part("   "), Part(f"This room ({answers} answers)", Ink.MARK)))
    for place, (stage, count) in enumerate(zip(result.stages, result.counts, strict=True), 1):
        mark = f"  {glyphs.median} the room" if place in result.middle_stages else ""
        share = 100 * count / answers if answers else 0
        lines.append(_share_line(f"{place} {stage}", share, f"{share_in_words(share)}{mark}", width, glyphs, own=True))
    if not compared.benchmarks:
        lines += paragraph("No published distribution on this model is known to us.", width, indent=3, ink=Ink.MUTED)
    for benchmark in compared.nearest:
        lines += benchmark_lines(benchmark, width, glyphs, like=not benchmark.same_stages)
    others = [benchmark for benchmark in compared.benchmarks if benchmark not in compared.nearest]
    return [*lines, *_other_lines(others, width, glyphs, fold)]


def theme_lines(theme: ThemeComparison, width: int, glyphs: Glyphs, fold: str = "") -> list[Line]:
    """The room's medians on a theme, then the published figures; `fold` as for `model_lines`."""
    lines: list[Line] = [(Part(" "), Part(fit(theme.theme, width - 2).rstrip(), Ink.STRONG))]
    for result in theme.items:
        said = f"  {median_in_words(result.item, result.median)} · n {result.n}"
        lines += paragraph(result.item.text, width, indent=3)
        lines.append((Part("   "), Part(fit(said, width - 4).rstrip(), Ink.MARK)))
    for benchmark in theme.nearest:
        lines += benchmark_lines(benchmark, width, glyphs)
    others = [benchmark for benchmark in theme.benchmarks if benchmark not in theme.nearest]
    return [*lines, *_other_lines(others, width, glyphs, fold)]


def _other_lines(others: Sequence[Benchmark], width: int, glyphs: Glyphs, fold: str) -> list[Line]:
    """The figures that were got in other ways than the room's own; folded, how many there are."""
    if not others:
        return []
    if fold:
        said = f"▸ {counted(len(others), 'more figure')}, got in another way or on other stages; {fold}"
        return [(), *paragraph(said, width, indent=3, ink=Ink.MARK)]
    lines: list[Line] = [(), (Part("   Got in another way, or on other stages:", Ink.MARK),)]
    for place, benchmark in enumerate(others):
        told = benchmark_lines(benchmark, width, glyphs, like=bool(benchmark.shares) and not benchmark.same_stages)
        # The projector turns its page at empty lines: the heading must not be left behind on the page before.
        lines += told if place else told[1:]
    return lines


def benchmark_lines(benchmark: Benchmark, width: int, glyphs: Glyphs, *, like: bool = False) -> list[Line]:
    """A published figure: what it says, its shares as bars or bands, where it comes from, what to mind."""
    lines: list[Line] = [()]
    lines += paragraph(benchmark.statement, width, indent=3)
    lines += share_lines(benchmark, width, glyphs)
    for figure in benchmark.figures:
        value = f"{_sign(figure.qualifier)}{number(figure.value)} {figure.unit}"
        if figure.unit == "%":
            lines.append(_share_line(figure.label, figure.value, value, width, glyphs))
        else:
            lines.append((Part(f"   {fit(figure.label, _LABEL)} {value}"),))
    lines += paragraph(" · ".join(source_parts(benchmark)), width, indent=3, ink=Ink.MUTED)
    mind = "Other stages than ours. " if like else ""
    lines += paragraph(f"Mind: {mind}{benchmark.caution}", width, indent=3, ink=Ink.MUTED)
    return lines


def share_lines(benchmark: Benchmark, width: int, glyphs: Glyphs) -> list[Line]:
    """Published shares over the publisher's stages: a share over several is one band, what is not published says so."""
    known = benchmark.stage_names
    if any(stage not in known for share in benchmark.shares for stage in share.stages):
        return [_band_line(share, width, glyphs, " + ".join(share.stages)) for share in benchmark.shares]
    lines: list[Line] = []
    for stage in known if benchmark.shares else ():
        share = next((each for each in benchmark.shares if stage in each.stages), None)
        if share is None:
            lines.append((Part(f"   {fit(stage, _LABEL)} "), Part("not published", Ink.MUTED)))
        elif stage == share.stages[-1]:
            lines.append(_band_line(share, width, glyphs, stage))
        else:
            bracket = "┐" if stage == share.stages[0] else "┤"
            lines.append((Part(f"   {fit(stage, _LABEL)} {bracket}"),))
    return lines


def _band_line(share: StageShare, width: int, glyphs: Glyphs, label: str) -> Line:
    percent = _qualified(share.qualifier, share.percent)
    if len(share.stages) == 1 or label not in share.stages:
        return _share_line(label, share.percent, percent, width, glyphs)
    start, name, _, *drawn = _share_line(label, share.percent, f"{percent} together", width - 2, glyphs)
    return (start, name, Part(" ┘ "), *drawn)


def source_parts(benchmark: Benchmark) -> Iterable[str]:
    """Publisher, title, year, n, population, who rated and how sure we are; what is not known says so."""
    yield f"{benchmark.publisher}, {benchmark.title}"
    yield "year not stated" if benchmark.year is None else str(benchmark.year)
    yield "n not stated" if benchmark.n is None else f"n = {benchmark.n:,}"
    yield benchmark.population
    yield RATED_BY_NAMES[benchmark.rated_by]
    yield f"confidence {benchmark.confidence}"


def _share_line(label: str, percent: float, value: str, width: int, glyphs: Glyphs, *, own: bool = False) -> Line:
    """A labelled bar of a share; the room's own bars and published ones differ in pattern, not in colour alone."""
    room = max(8, min(_WIDEST_BAR, width - _LABEL - _VALUE - 6))
    drawn = bar(percent / 100, room, glyphs) if own else glyphs.earlier * round(percent / 100 * room)
    ink = Ink.BAR if own else Ink.EARLIER
    return (Part("   "), Part(fit(label, _LABEL)), Part(" "), Part(drawn, ink), Part(f" {value}"))


def _qualified(qualifier: str, percent: float) -> str:
    return f"{_sign(qualifier)}{number(percent)} %"


def _sign(qualifier: str) -> str:
    return {"under": "< ", "over": "> ", "about": "about "}.get(qualifier, "")
