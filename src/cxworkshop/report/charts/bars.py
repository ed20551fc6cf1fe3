"""Bars: one for each answer, and one for each answer in either of two rounds."""

from collections.abc import Sequence

from cxworkshop.report.charts.marks import WIDTH, Bar, Drawing, Mark, Stroke, Words, fitted, length_of, listed
from cxworkshop.report.views import Plain

_BARS_FROM = 148.0
_LONGEST = 160.0
_ROW = 24.0
_PAIR = 38.0


def bars(
    place: str,
    title: str,
    options: Sequence[Plain],
    *,
    median: float | None = None,
    agreed: int | None = None,
) -> Drawing:
    """A bar for each option, with its count at the end.

    Args:
        place: The chart's id.
        title: What it is of.
        options: Label and count of each; a number where they have one.
        median: The option at which a mark for the median stands, or that between two.
        agreed: The option on which the room agreed in discussion.
    """
    most = max((option["count"] for option in options), default=0)
    ends = [
        " ".join([str(option["count"]), *_signs(row, median, agreed)]) for row, option in enumerate(options, start=1)
    ]
    longest = min(_LONGEST, WIDTH - _BARS_FROM - 6 - max(map(length_of, ends), default=0))
    marks: list[Mark] = []
    for row, (option, end) in enumerate(zip(options, ends, strict=True)):
        top = row * _ROW
        length = _length(option["count"], most, longest)
        name = _name(option)
        marks += [
            Words(_BARS_FROM - 8, top + 16, fitted(name, _BARS_FROM - 8), anchor="end"),
            Bar(_BARS_FROM, top + 3, length, _ROW - 6, says=f"{name}: {option['count']}"),
        ]
        marks.append(Words(_BARS_FROM + length + 6, top + 16, end, "words strong"))
    height = _ROW * len(options)
    marks.append(Stroke(_BARS_FROM, 0, _BARS_FROM, height, "axis"))
    told = [f"{_name(option)} {option['count']}" for option in options]
    return Drawing(place, title, listed(told), height, tuple(marks))


def two_rounds(place: str, title: str, first: Sequence[Plain], later: Sequence[Plain], vote: str) -> Drawing:
    """Two bars for each option: hollow of the first vote, full of a later one.

    Args:
        place: The chart's id.
        title: What it is of.
        first: Number, label and count of each option in the first vote.
        later: The same in the later one.
        vote: What the later one is called, as "second vote".
    """
    most = max((option["count"] for option in (*first, *later)), default=0)
    marks: list[Mark] = []
    for row, (before, after) in enumerate(zip(first, later, strict=True)):
        top = row * _PAIR
        marks.append(Words(_BARS_FROM - 8, top + 22, fitted(_name(before), _BARS_FROM - 8), anchor="end"))
        for option, held, y, look in ((before, "first vote", top + 3, "bar hollow"), (after, vote, top + 18, "bar")):
            length = _length(option["count"], most)
            says = f"{_name(option)}, {held}: {option['count']}"
            marks.append(Bar(_BARS_FROM, y, length, 13, look, says))
            marks.append(Words(_BARS_FROM + length + 6, y + 11, f"{option['count']} in the {held}", "words small"))
    height = _PAIR * len(first)
    marks.append(Stroke(_BARS_FROM, 0, _BARS_FROM, height, "axis"))
    told = [
        f"{_name(before)} {before['count']} in the first vote, {after['count']} in the {vote}"
        for before, after in zip(first, later, strict=True)
    ]
    return Drawing(place, title, listed(told), height, tuple(marks))


def _name(option: Plain) -> str:
    number, label = str(option.get("number", "")), str(option["label"])
    return label if label == number else f"{number} {label}".strip()


def _length(count: int, most: int, longest: float = _LONGEST) -> float:
    return longest * count / most if most else 0.0


def _signs(number: int, median: float | None, agreed: int | None) -> list[str]:
    """What stands behind an option's count: that the median is here or half a step on, that the room agreed on it."""
    signs = []
    if median is not None and int(median) == number:
        signs.append("◂ median" if median == number else "↓ median")
    elif median is not None and median > number - 1 and median < number:
        signs.append("↑ median")
    if agreed == number:
        signs.append("★ agreed")
    return signs
