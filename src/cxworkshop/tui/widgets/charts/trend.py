"""The room now beside the last session: where each item's middle answer stood, and where it stands."""

from rich.cells import cell_len

from cxworkshop.domain.follow_up import ItemCourse, Trend
from cxworkshop.domain.follow_up_wording import BETTER_INFORMED, NOBODY_MATCHED, course_in_words, trend_summary
from cxworkshop.domain.rounding import shown_agreement
from cxworkshop.domain.wording import median_in_words
from cxworkshop.tui.widgets.charts.glyphs import Glyphs
from cxworkshop.tui.widgets.charts.ink import Ink, Line, Part, fit, number, paragraph, width_of

_LABEL = 11
_CELLS_PER_STEP = 4


def trend_lines(trend: Trend, width: int, glyphs: Glyphs) -> list[Line]:
    """A summary, then stage items and every item that changed by more than one person can do; the rest is counted.

    Then and now stand on lines of their own with their words, so nothing hangs on the colour or the mark.
    """
    day = f"{trend.last.held.day} {trend.last.held:%B %Y}"
    lines: list[Line] = [(Part(" "), Part(fit(f"Since last time, {day}", width - 2).rstrip(), Ink.STRONG))]
    lines += paragraph(trend_summary(trend), width, indent=3)
    told = [course for course in trend.items if course.changed or course.now.item.is_stage_item]
    for course in told:
        lines += [(), *_course_lines(course, width, glyphs)]
    lines.append(())
    if len(trend.items) > len(told):
        rest = len(trend.items) - len(told)
        lines += paragraph(f"Of {rest} more nothing changed by more than one person; the report has them all.", width)
    lines += paragraph(NOBODY_MATCHED, width, ink=Ink.MUTED)
    if any(course.course == "worse" for course in trend.items):
        lines += paragraph(BETTER_INFORMED, width, ink=Ink.MUTED)
    return lines


def _course_lines(course: ItemCourse, width: int, glyphs: Glyphs) -> list[Line]:
    earlier, present = _standing(course, course.median_then), _standing(course, course.now.median)
    then = _scale(course, earlier, glyphs.front, glyphs)
    now = _scale(course, present, glyphs.senior, glyphs)
    before = _facts(course, earlier, course.agreement_then, sum(course.then.counts))
    after = _facts(course, present, course.now.agreement, course.now.n)
    return [
        *paragraph(course.now.item.text, width, indent=3),
        *_told((Part("   "), Part(fit("last time", _LABEL), Ink.MUTED), Part(then, Ink.EARLIER)), before, width),
        *_told((Part("   "), Part(fit("now", _LABEL), Ink.MUTED), Part(now, Ink.BAR)), after, width),
        *paragraph(_sentence(course), width, indent=3, ink=Ink.MARK),
    ]


def _standing(course: ItemCourse, median: float | None) -> float | None:
    """Where the room stood: a median between two stages counts as the lower, as everywhere."""
    return median if median is None or not course.now.item.is_stage_item else float(int(median))


def _scale(course: ItemCourse, median: float | None, mark: str, glyphs: Glyphs) -> str:
    """The item's options in a row, with a mark where the median stands."""
    cells = [glyphs.line] * ((len(course.now.counts) - 1) * _CELLS_PER_STEP + 1)
    for step in range(len(course.now.counts)):
        cells[step * _CELLS_PER_STEP] = glyphs.option
    if median is not None:
        cells[round((median - 1) * _CELLS_PER_STEP)] = mark
    return "".join(cells)


def _told(drawn: Line, facts: str, width: int) -> list[Line]:
    """What is drawn, with its facts beside it, or below where they do not fit."""
    if width_of(drawn) + 2 + cell_len(facts) <= width:
        return [(*drawn, Part(f"  {facts}"))]
    return [drawn, *paragraph(facts, width, indent=3 + _LABEL)]


def _facts(course: ItemCourse, median: float | None, agreement: float | None, answers: int) -> str:
    words = median_in_words(course.now.item, median) or "no answers"
    return f"{words} · n {answers} · agreement {number(None if agreement is None else shown_agreement(agreement))}"


def _sentence(course: ItemCourse) -> str:
    words = course_in_words(course)
    return f"{words[:1].upper()}{words[1:]}."
