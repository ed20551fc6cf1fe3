"""Two places on one line for each item: leaders beside the front line, last time beside now."""

from collections.abc import Sequence
from dataclasses import dataclass

from cxworkshop.domain.rounding import shown_agreement
from cxworkshop.report.charts.marks import WIDTH, Bar, Drawing, Mark, Stroke, Words, fitted, listed
from cxworkshop.report.views import Plain

_FROM, _TO = 12.0, WIDTH - 12
_HEAD = 24.0
_ROW = 42.0
_SIDE = 9.0


@dataclass(frozen=True, slots=True)
class _Pair:
    """An item with two places, each from 0 to 1 along its line and with its figure; None where there is none."""

    text: str
    first: float | None
    second: float | None
    first_told: str
    second_told: str


def levels_beside(place: str, title: str, gaps: Sequence[Plain], senior: str, front: str) -> Drawing:
    """The medians of the two ends of the hierarchy, each on its item's scale."""
    pairs = [
        _Pair(
            gap["text"],
            *((gap[end] - 1) / (gap["options"] - 1) for end in ("senior", "front")),
            *(f"median {median:g}" for median in gap["told"]),
        )
        for gap in gaps
    ]
    return _two_places(place, title, pairs, (senior, front), ("the lowest answer", "the highest"))


def then_and_now(place: str, title: str, items: Sequence[Plain]) -> Drawing:
    """How far the room agreed on each item last time and now."""

    def told(agreement: float | None) -> str:
        return "no agreement" if agreement is None else f"agreement {shown_agreement(agreement)}"

    def spot(agreement: float | None) -> float | None:
        return None if agreement is None else agreement / 100

    agreements = [(item["text"], item["then"]["agreement"], item["now"]["agreement"]) for item in items]
    pairs = [_Pair(text, spot(then), spot(now), told(then), told(now)) for text, then, now in agreements]
    return _two_places(place, title, pairs, ("last time", "now"), ("agreement 0", "100"))


def _two_places(
    place: str, title: str, pairs: Sequence[_Pair], names: tuple[str, str], ends: tuple[str, str]
) -> Drawing:
    """A line for each pair, with a hollow square at its first place and a full one at its second.

    `names` are what these places are of, `ends` the left and the right ends of every line.
    """
    half = WIDTH / 2 - 30
    marks: list[Mark] = [
        Bar(_FROM - _SIDE / 2, 3, _SIDE, _SIDE, "bar hollow"),
        Words(_FROM + 10, 12, fitted(names[0], half)),
        Bar(WIDTH / 2, 3, _SIDE, _SIDE, "bar"),
        Words(WIDTH / 2 + 14, 12, fitted(names[1], half)),
    ]
    for row, pair in enumerate(pairs):
        top = _HEAD + row * _ROW
        line = top + 26
        marks += [Words(4, top + 13, fitted(pair.text, WIDTH - 8)), Stroke(_FROM, line, _TO, line, "axis thin")]
        spots = [None if part is None else _FROM + (_TO - _FROM) * part for part in (pair.first, pair.second)]
        if spots[0] is not None and spots[1] is not None:
            marks.append(Stroke(spots[0], line, spots[1], line, "between"))
        marks += [
            Bar(x - side / 2, line - side / 2, side, side, look, says)
            for x, side, look, says in (
                (spots[0], _SIDE + 2, "bar hollow", f"{names[0]}: {pair.first_told}"),
                (spots[1], _SIDE - 2, "bar", f"{names[1]}: {pair.second_told}"),
            )
            if x is not None
        ]
    bottom = _HEAD + _ROW * len(pairs)
    marks += [
        Words(_FROM - 8, bottom + 12, fitted(ends[0], half), "words small"),
        Words(_TO + 8, bottom + 12, fitted(ends[1], half), "words small", "end"),
    ]
    told = [f"{pair.text}: {names[0]} {pair.first_told}, {names[1]} {pair.second_told}" for pair in pairs]
    return Drawing(place, title, listed(told), bottom + 16, tuple(marks))
