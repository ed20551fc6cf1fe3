"""All items that share a scale, each as one bar that leans to the left or right of the middle of the scale."""

from collections.abc import Sequence
from itertools import groupby

from cxworkshop.report.charts.marks import WIDTH, Bar, Drawing, Mark, Stroke, Words, fitted, length_of, listed, on_pages
from cxworkshop.report.views import Plain

_MIDDLE = WIDTH / 2
_HALF = WIDTH / 2 - 4
_HEAD = 22.0
_ROW = 44.0
_BAR = 20.0


def scales_of(items: Sequence[Plain]) -> list[list[Plain]]:
    """The items that got answers, those with one scale together, as many as fit on a page of paper.

    Stage items are not among them; they stand elsewhere.
    """

    def scale(item: Plain) -> list[str]:
        return [option["label"] for option in item["options"]]

    placed = [item for item in items if item["n"] and not item["shown_above"]]
    order: list[list[str]] = []
    for item in placed:
        if scale(item) not in order:
            order.append(scale(item))
    placed.sort(key=lambda item: order.index(scale(item)))
    found = [list(together) for _, together in groupby(placed, key=scale)]
    return [part for together in found for part in on_pages(together)]


def diverging(place: str, title: str, items: Sequence[Plain]) -> Drawing:
    """Stacked bars, a piece for each option with its number; low answers to the left, high ones to the right.

    Args:
        place: The chart's id.
        title: What it is of.
        items: Number, text, n and options of each, all of one scale and with answers.
    """
    options = items[0]["options"]
    widest = max(max(_sides(item)) for item in items)
    scale = _HALF / widest
    low, high = (f"{option['number']} {option['label']}" for option in (options[0], options[-1]))
    bottom = _HEAD + _ROW * len(items)
    marks: list[Mark] = [
        Words(4, 12, fitted(f"◂ {low}", _HALF - 10), "words quiet"),
        Words(WIDTH - 4, 12, fitted(f"{high} ▸", _HALF - 10), "words quiet", "end"),
    ]
    for row, item in enumerate(items):
        top = _HEAD + row * _ROW
        marks.append(Words(4, top + 13, fitted(f"{item['number']}. {item['text']}", WIDTH - 8)))
        # Beside the bar alone: it must not run through the words above.
        marks.append(Stroke(_MIDDLE, top + 17, _MIDDLE, top + 19 + _BAR, "axis dashed"))
        marks += _pieces(item, top + 18, scale)
    told = [
        f"{item['text']}: {', '.join(str(option['count']) for option in item['options'])}, from {low} to {high}"
        for item in items
    ]
    return Drawing(place, title, listed(told), bottom + 2, tuple(marks))


def _sides(item: Plain) -> tuple[float, float]:
    """The shares of answers to the left and right of the middle; those of the middle option lie half on each side."""
    counts = [option["count"] for option in item["options"]]
    half, odd = divmod(len(counts), 2)
    middle = counts[half] / 2 if odd else 0
    return (sum(counts[:half]) + middle) / item["n"], (sum(counts[half + odd :]) + middle) / item["n"]


def _pieces(item: Plain, top: float, scale: float) -> list[Mark]:
    marks: list[Mark] = []
    start = _MIDDLE - _sides(item)[0] * scale
    for option, look in zip(item["options"], _looks(len(item["options"])), strict=True):
        if not option["count"]:
            continue
        width = option["count"] / item["n"] * scale
        says = f"{option['number']} {option['label']}: {option['count']}"
        marks.append(Bar(start, top, width, _BAR, f"piece {look}", says))
        number = str(option["number"])
        if length_of(number) + 3 <= width:
            marks.append(Words(start + width / 2, top + 14.5, number, f"words in-{look}", "middle"))
        start += width
    return marks


def _looks(options: int) -> list[str]:
    """From the lowest option to the highest: the outermost stands out, the others of its side do less."""
    half, odd = divmod(options, 2)
    low = ["lowest", *["low"] * (half - 1)]
    high = [*["high"] * (half - 1), "highest"]
    return [*low, *["middle"] * odd, *high]
