"""The agreement map: each item by how good its median is and how far the room agrees, in four named corners."""

from collections.abc import Mapping, Sequence

from cxworkshop.domain.rounding import shown_agreement
from cxworkshop.report.charts.marks import WIDTH, Bar, Drawing, Mark, Stroke, Words, length_of, listed
from cxworkshop.report.views import Plain

_LEFT, _RIGHT = 40.0, WIDTH - 4
_TOP, _BOTTOM = 6.0, 286.0
_MIDDLE, _CUT = (_LEFT + _RIGHT) / 2, (_TOP + _BOTTOM) / 2
_NUMBER = 17.0
"""How high a number's box is."""

_NAME_ROOM = 22.0
"""Kept free for the corners' names, at the top of the upper and at the bottom of the lower ones."""

_STEP = 5.0
_PLACES = sorted(
    ((across * _STEP, down * _STEP) for across in range(-30, 31) for down in range(-24, 25)),
    key=lambda offset: (offset[0] ** 2 + 2 * offset[1] ** 2, offset),
)
"""From a number's own place to others, nearest first; rather beside it than above or below."""

_Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def agreement_map(place: str, title: str, points: Sequence[Plain], names: Mapping[str, str]) -> Drawing:
    """Each item's number at its place; one whose place is taken stands at the nearest free one in its corner.

    A number that finds no free place is left to the table.

    Args:
        place: The chart's id.
        title: What it is of.
        points: Number, text, agreement (0 to 100), strength (0 to 1) and corner of each item.
        names: What the corners are called.
    """
    marks: list[Mark] = [
        Bar(_LEFT, _TOP, _RIGHT - _LEFT, _BOTTOM - _TOP, "frame"),
        Stroke(_MIDDLE, _TOP, _MIDDLE, _BOTTOM, "axis dashed"),
        Stroke(_LEFT, _CUT, _RIGHT, _CUT, "axis dashed"),
        Words(_LEFT + 6, _TOP + 15, names["act"], "words corner"),
        Words(_RIGHT - 6, _TOP + 15, names["protect"], "words corner", "end"),
        Words(_LEFT + 6, _BOTTOM - 7, names["clarify"], "words corner"),
        Words(_RIGHT - 6, _BOTTOM - 7, names["reach"], "words corner", "end"),
        Words(_LEFT - 6, _TOP + 9, "100", "words small", "end"),
        Words(_LEFT - 6, _CUT + 4, "50", "words small", "end"),
        Words(_LEFT - 6, _BOTTOM, "0", "words small", "end"),
        Words(_LEFT, _BOTTOM + 15, "weak", "words small"),
        Words(_MIDDLE, _BOTTOM + 15, "agreement upwards, strength to the right", "words small", "middle"),
        Words(_RIGHT, _BOTTOM + 15, "strong", "words small", "end"),
    ]
    taken: list[_Box] = []
    for point in sorted(points, key=lambda each: (-each["agreement"], each["number"])):
        box = _free(taken, point)
        if box is not None:
            left, top, right, bottom = box
            taken.append(box)
            marks.append(Bar(left, top, right - left, bottom - top, "number-box", f"{point['number']} {point['text']}"))
            marks.append(Words((left + right) / 2, bottom - 4.5, str(point["number"]), "words strong", "middle"))
    told = [
        f"{point['number']} {point['text']}: {names[point['corner']]}, agreement {shown_agreement(point['agreement'])}"
        for point in points
    ]
    return Drawing(place, title, listed(told), _BOTTOM + 20, tuple(marks))


def _free(taken: Sequence[_Box], point: Plain) -> _Box | None:
    """The free place nearest to a point's own, in its corner and clear of the corner's name."""
    right, upper = point["corner"] in ("protect", "reach"), point["corner"] in ("protect", "act")
    width = length_of(str(point["number"])) + 7
    left_edge, right_edge = (_MIDDLE, _RIGHT) if right else (_LEFT, _MIDDLE)
    top_edge, bottom_edge = (_TOP + _NAME_ROOM, _CUT) if upper else (_CUT, _BOTTOM - _NAME_ROOM)
    x = _LEFT + (_RIGHT - _LEFT) * point["strength"] - width / 2
    y = _TOP + (_BOTTOM - _TOP) * (100 - point["agreement"]) / 100 - _NUMBER / 2
    x = min(max(x, left_edge + 2), right_edge - 2 - width)
    y = min(max(y, top_edge + 2), bottom_edge - 2 - _NUMBER)
    for across, down in _PLACES:
        box = (x + across, y + down, x + across + width, y + down + _NUMBER)
        inside = left_edge < box[0] and box[2] < right_edge and top_edge < box[1] and box[3] < bottom_edge
        if inside and not any(_meet(box, other) for other in taken):
            return box
    return None


def _meet(first: _Box, second: _Box) -> bool:
    return first[0] < second[2] and second[0] < first[2] and first[1] < second[3] and second[1] < first[3]
