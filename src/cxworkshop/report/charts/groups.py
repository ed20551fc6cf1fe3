"""Small multiples: the shape of each unit's or level's answers, as far as it may be shown."""

from collections.abc import Sequence

from cxworkshop.report.charts.marks import WIDTH, Area, Bar, Drawing, Mark, Stroke, Words, fitted, listed
from cxworkshop.report.views import Plain

_HIGHEST = 7
"""Of the heights in which bars of groups come; they have no other scale."""

_FROM, _TO = 148.0, 300.0
_ROW = 46.0
_TALLEST = 24.0


def small_multiples(place: str, title: str, groups: Sequence[Plain], options: int) -> Drawing | None:
    """A line for each group: its bars where they may be drawn, else the scale alone, and a mark at its median.

    Args:
        place: The chart's id.
        title: What it is of.
        groups: Groups as in documents, of which some may be hidden.
        options: How many options the item has.

    Returns:
        The chart; None where no group may be shown.
    """
    if not any(group["shown"] for group in groups):
        return None
    marks: list[Mark] = []
    for row, group in enumerate(groups):
        marks += _row(group, row * _ROW, options)
    told = [
        f"{group['name']}: median {group['median']}, {group['answers']} answers, {group['band']}"
        if group["shown"]
        else f"{group['name']}: not shown"
        for group in groups
    ]
    return Drawing(place, title, listed(told), _ROW * len(groups), tuple(marks))


def _row(group: Plain, top: float, options: int) -> list[Mark]:
    ground = top + _TALLEST + 6
    name = Words(_FROM - 12, ground, fitted(group["name"], _FROM - 12), anchor="end")
    if not group["shown"]:
        return [name, Words(_FROM, ground, "not shown", "words quiet")]
    width = (_TO - _FROM) / options
    marks: list[Mark] = [name]
    for place, height in enumerate(group["bars"]):
        if height:
            tall = _TALLEST * height / _HIGHEST
            marks.append(Bar(_FROM + place * width + 1.5, ground - tall, width - 3, tall))
    marks.append(Stroke(_FROM, ground, _TO, ground, "axis"))
    marks += [
        Words(_FROM + (place - 0.5) * width, ground + 12, str(group["scale"][place - 1]), "words small", "middle")
        for place in (range(1, options + 1) if options <= 7 else (1, options))
    ]
    middle = _FROM + (group["at"] - 0.5) * width
    marks.append(Area(f"M{middle:.1f} {ground + 1:.1f}l-5 -8h10z", "sign", f"median {group['median']}"))
    marks.append(Words(_TO + 10, ground, fitted(f"median {group['told']:g}", WIDTH - _TO - 10), "words strong"))
    return marks
