"""Where people went between two rounds, as ribbons from answers to answers, as far as that may be told."""

from collections.abc import Sequence

from cxworkshop.report.charts.marks import WIDTH, Area, Bar, Drawing, Mark, Words, fitted, listed
from cxworkshop.report.views import Plain

_SIDE = 140.0
_NODE = 7.0
_TALL = 150.0
_LEAST = 20.0
"""Room for an option that few or none chose, so that its words do not stand on others'."""

_HEAD = 24.0


def ribbons(place: str, title: str, options: Sequence[Plain], ways: Sequence[Plain], vote: str) -> Drawing | None:
    """A ribbon for each way that people took, as wide as they are many.

    Args:
        place: The chart's id.
        title: What it is of.
        options: Number and label of each option.
        ways: For each option of the first vote whether it is told where its people went, and the counts by option.
        vote: What the later vote is called, as "second vote".

    Returns:
        The chart; None where nothing may be told.
    """
    went = [(old, new, count) for old, way in enumerate(ways) for new, count in enumerate(way["counts"]) if count]
    people = sum(count for _, _, count in went)
    if not people:
        return None
    unit = _TALL / people
    left = _stacked([sum(way["counts"]) * unit for way in ways])
    right = _stacked([sum(count for _, new, count in went if new == each) * unit for each in range(len(options))])
    marks: list[Mark] = [
        Words(_SIDE, 14, "first vote", "words quiet", "end"),
        Words(WIDTH - _SIDE, 14, vote, "words quiet"),
    ]
    begun, ended = [top for top, _ in left], [top for top, _ in right]
    for old, new, count in went:
        says = f"{count} from {_name(options[old])} to {_name(options[new])}"
        look = "ribbon held" if old == new else "ribbon"
        marks.append(Area(_ribbon(begun[old], ended[new], count * unit), look, says))
        begun[old] += count * unit
        ended[new] += count * unit
    for option, way, start, end in zip(options, ways, left, right, strict=True):
        marks += _node(_SIDE, start, _told(option, sum(way["counts"]) if way["told"] else None), "end")
        marks += _node(WIDTH - _SIDE - _NODE, end, _told(option, round(end[1] / unit)), "start")
    tall = max(top + max(height, _LEAST) for top, height in (*left, *right))
    told = [f"{count} from {_name(options[old])} to {_name(options[new])}" for old, new, count in went]
    return Drawing(place, title, listed(told), tall + 2, tuple(marks))


def _name(option: Plain) -> str:
    return f"{option['number']} {option['label']}"


def _told(option: Plain, people: int | None) -> tuple[str, str]:
    """An option's name, and how many of the people that are drawn it has."""
    return _name(option), "not told" if people is None else str(people)


def _stacked(heights: Sequence[float]) -> list[tuple[float, float]]:
    """Top and height of each option's place, one under the other."""
    found, top = [], _HEAD
    for height in heights:
        found.append((top, height))
        top += max(height, _LEAST) + 4
    return found


def _node(x: float, place: tuple[float, float], words: tuple[str, str], anchor: str) -> list[Mark]:
    top, height = place
    name, people = words
    at = x - 6 if anchor == "end" else x + _NODE + 6
    room = _SIDE - 12 - 7 * len(people) - 7
    text = f"{fitted(name, room)} · {people}"
    middle = top + max(height, _LEAST) / 2 + 4.5
    return [Bar(x, top, _NODE, max(height, 1), "bar"), Words(at, middle, text, anchor=anchor)]


def _ribbon(left: float, right: float, height: float) -> str:
    start, end = _SIDE + _NODE, WIDTH - _SIDE - _NODE
    middle = (start + end) / 2
    return (
        f"M{start:.1f} {left:.1f}C{middle:.1f} {left:.1f} {middle:.1f} {right:.1f} {end:.1f} {right:.1f}"
        f"v{height:.1f}C{middle:.1f} {right + height:.1f} {middle:.1f} {left + height:.1f} {start:.1f} "
        f"{left + height:.1f}z"
    )
