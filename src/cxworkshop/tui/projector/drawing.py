"""The views of the projector as lines of a given width."""

from collections.abc import Sequence

from rich.cells import cell_len

from cxworkshop.tui.console.steps.compare import model_lines, theme_lines
from cxworkshop.tui.projector.views import (
    Closing,
    Comparison,
    Items,
    Levels,
    Map,
    OneItem,
    Plan,
    PlannedAction,
    Priority,
    Stages,
    View,
    Waiting,
    Welcome,
)
from cxworkshop.tui.widgets.charts.agreement_map import sheet_lines
from cxworkshop.tui.widgets.charts.distribution import Choice, Pass, distribution_lines, tail
from cxworkshop.tui.widgets.charts.effort_map import rated_lines
from cxworkshop.tui.widgets.charts.flow import flow_lines
from cxworkshop.tui.widgets.charts.glyphs import Glyphs
from cxworkshop.tui.widgets.charts.group_strips import group_lines
from cxworkshop.tui.widgets.charts.ink import Ink, Line, Part, fit, paragraph, wrap
from cxworkshop.tui.widgets.charts.item_list import header_line, ordered, row_line
from cxworkshop.tui.widgets.charts.level_gaps import gap_lines
from cxworkshop.tui.widgets.charts.stage_chart import stage_lines
from cxworkshop.tui.widgets.charts.trend import trend_lines

_BULLET = "· "
_CHOSEN, _NOT_CHOSEN = "★", "·"


def head_of(view: View, width: int) -> list[Line]:
    """What stands above every page of a view."""
    if isinstance(view, Items):
        return [header_line(width)]
    if isinstance(view, OneItem):
        heading = paragraph(view.heading, width, ink=Ink.MUTED) if view.heading else []
        return [*heading, *paragraph(view.picture.text, width, ink=Ink.STRONG), ()]
    return []


def lines_of(view: View, width: int, height: int, glyphs: Glyphs) -> list[Line]:
    """The rest of a view; an empty line is a good place to turn the page.

    Args:
        view: What is shown; an open vote is shown by a widget of its own and has no lines.
        width: Cells to fill.
        height: Lines on the screen, for charts that fill it.
        glyphs: Characters to draw with.
    """
    match view:
        case Welcome():
            lines = _welcome(view, width)
        case Waiting():
            lines = _waiting(view, width)
        case Stages():
            lines = _joined([stage_lines(picture, width, glyphs) for picture in view.pictures])
        case Map() | Levels():
            lines = _overview(view, width, height, glyphs)
        case Items():
            rows = [row_line(row, width, glyphs) for row in ordered(view.rows, "disagreement")]
            lines = [*rows, (), *paragraph(view.summary, width)]
        case OneItem():
            lines = _item(view, width, glyphs)
        case Comparison():
            lines = _comparison(view, width, glyphs)
        case Plan():
            lines = _plan(view, width, height, glyphs)
        case Closing():
            lines = _closing(view, width, glyphs)
        case _:
            lines = []
    return lines


def centred(text: str, width: int, ink: Ink = Ink.TEXT) -> list[Line]:
    """A wrapped text, each line in the middle."""
    return [(Part(" " * max((width - cell_len(line)) // 2, 0)), Part(line, ink)) for line in wrap(text, width - 2)]


def _welcome(view: Welcome, width: int) -> list[Line]:
    top = [*centred(view.title, width, Ink.MARK), *centred(view.about, width), *centred(view.headcount, width)]
    meant = [line for sentence in view.sentences for line in centred(sentence, width, Ink.STRONG)]
    return _joined(
        [
            top,
            _last_plan(view, width),
            meant,
            _listed("We promise", view.kept, width),
            _listed("What nobody can promise", view.not_kept, width, Ink.MUTED),
        ]
    )


def _last_plan(view: Welcome, width: int) -> list[Line]:
    """What was planned last time: it is looked at before anything new is begun."""
    if not view.last_plan or view.last_held is None:
        return []
    heading = f"Planned last time, {view.last_held.day} {view.last_held:%B %Y}"
    return _actions(view.last_plan, width, heading=heading, brief=True)


def _waiting(view: Waiting, width: int) -> list[Line]:
    said = [line for sentence in view.sentences for line in centred(sentence, width)]
    return [*centred(view.heading, width, Ink.MARK), (), *said]


def _overview(view: Map | Levels, width: int, height: int, glyphs: Glyphs) -> list[Line]:
    return _map(view, width, height, glyphs) if isinstance(view, Map) else gap_lines(view.picture, width, glyphs)


def _map(view: Map, width: int, height: int, glyphs: Glyphs) -> list[Line]:
    beneath = paragraph(view.summary, width)
    return [*sheet_lines(view.points, width, max(height - len(beneath), 12), glyphs), *beneath]


def _item(view: OneItem, width: int, glyphs: Glyphs) -> list[Line]:
    picture = view.picture
    lines = distribution_lines(picture.choices, picture.passes, width, glyphs)
    if len(picture.passes) == 1:
        lines.append((Part(f" {tail(picture.passes[0])}", Ink.MUTED),))
    if picture.flow is not None:
        lines += flow_lines(picture.flow, width, glyphs)
    for verdict in picture.verdicts:
        lines += paragraph(verdict, width, ink=Ink.MARK)
    for remark in picture.remarks:
        lines += paragraph(remark, width)
    groups = [group_lines(title, rows, width, glyphs, options=len(picture.choices)) for title, rows in picture.groups]
    return _joined([lines, [line for each in groups for line in each]])


def _comparison(view: Comparison, width: int, glyphs: Glyphs) -> list[Line]:
    models = [model_lines(each, view.known[each.result.id], width, glyphs) for each in view.models]
    since = [] if view.trend is None else trend_lines(view.trend, width, glyphs)
    return _joined([since, *models, *(theme_lines(theme, width, glyphs) for theme in view.themes)])


def _plan(view: Plan, width: int, height: int, glyphs: Glyphs) -> list[Line]:
    """Priorities and actions; while there are no actions, a rating is shown as its map and list."""
    if view.rated and not view.actions:
        heading = (Part(f" Priorities by impact and effort ({_CHOSEN} chosen)", Ink.STRONG),)
        return [heading, *rated_lines(view.rated, width, height - 1, glyphs)]
    return _joined([_priorities(view.priorities, width), _actions(view.actions, width)])


def _priorities(priorities: Sequence[Priority], width: int) -> list[Line]:
    if not priorities:
        return centred("Priorities come from what was voted and talked about.", width)
    lines: list[Line] = [(Part(f" Priorities ({_CHOSEN} chosen)", Ink.STRONG),)]
    for each in priorities:
        mark = _CHOSEN if each.chosen else _NOT_CHOSEN
        said = f"  {each.said}" if each.said else ""
        title = fit(each.title, width - 3 - len(said))
        lines.append((Part(f" {mark} ", Ink.MARK), Part(title), Part(said, Ink.STRONG)))
    return lines


def _actions(actions: Sequence[PlannedAction], width: int, *, heading: str = "Plan", brief: bool = False) -> list[Line]:
    if not actions:
        return [(Part(" Plan", Ink.STRONG),), *paragraph("No actions yet.", width, indent=3, ink=Ink.MUTED)]
    lines: list[Line] = [(Part(f" {heading}", Ink.STRONG),)]
    for place, action in enumerate(actions, 1):
        lines += _numbered(place, action.title, width)
        who = f"owner: {action.owner or 'nobody yet'}"
        due = f"due: {'no date yet' if action.due is None else action.due.isoformat()}"
        lines += paragraph(" · ".join(filter(None, (who, due, action.state))), width, indent=5, ink=Ink.MARK)
        if action.measure and not brief:
            lines += paragraph(f"measure: {action.measure}", width, indent=5, ink=Ink.MUTED)
        if action.first_step and not brief:
            lines += paragraph(f"first step: {action.first_step}", width, indent=5, ink=Ink.MUTED)
    return lines


def _numbered(place: int, text: str, width: int) -> list[Line]:
    return [
        (Part(f" {place:>2}  " if not row else "     ", Ink.STRONG), Part(piece, Ink.STRONG))
        for row, piece in enumerate(wrap(text, width - 6))
    ]


def _closing(view: Closing, width: int, glyphs: Glyphs) -> list[Line]:
    day = "no date yet" if view.repeat is None else f"{view.repeat.day} {view.repeat:%B %Y}"
    ahead = [
        *paragraph(f"We take the self-test again: {day}", width, ink=Ink.MARK),
        *paragraph(f"The strategy for customer experience is owned by: {view.strategy_owner or 'nobody yet'}", width),
    ]
    feedback: list[Line] = []
    if view.feedback:
        counts = Pass(view.feedback)
        feedback = [
            (Part(" Was it worth the time?", Ink.STRONG),),
            *distribution_lines([Choice(option) for option in view.options], [counts], width, glyphs),
            (Part(f" {tail(counts)}", Ink.MUTED),),
        ]
    return _joined([ahead, feedback, _actions(view.actions, width)])


def _listed(title: str, sentences: Sequence[str], width: int, ink: Ink = Ink.TEXT) -> list[Line]:
    lines: list[Line] = [(Part(f" {title}", Ink.STRONG),)]
    for sentence in sentences:
        for row, piece in enumerate(wrap(sentence, width - 4)):
            lines.append((Part(f" {_BULLET}" if not row else "   ", Ink.MARK), Part(piece, ink)))
    return lines if sentences else []


def _joined(sections: Sequence[Sequence[Line]]) -> list[Line]:
    """Sections with an empty line between; empty ones are left out."""
    lines: list[Line] = []
    for section in sections:
        if section and lines:
            lines.append(())
        lines += section
    return lines


def pages_of(lines: Sequence[Line], height: int) -> list[list[Line]]:
    """Lines dealt out to pages of at most `height` lines, turned at empty lines where that is possible."""
    pages: list[list[Line]] = [[]]
    for block in _blocks(lines):
        page = pages[-1]
        gap = 1 if page else 0
        if len(page) + gap + len(block) <= height:
            page += [()] * gap + block
            continue
        if page:
            pages.append([])
        for start in range(0, len(block), height):
            if start:
                pages.append([])
            pages[-1] += block[start : start + height]
    return pages


def _blocks(lines: Sequence[Line]) -> list[list[Line]]:
    blocks: list[list[Line]] = [[]]
    for line in lines:
        if line:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]
