"""Charts of pages: bars as long as their counts, numbers that can be told apart, and nothing of what is not shown."""

from itertools import combinations, pairwise
from random import Random
from typing import Any

import pytest

from cxworkshop.report.charts.agreement_map import agreement_map
from cxworkshop.report.charts.bars import bars, two_rounds
from cxworkshop.report.charts.diverging import diverging, scales_of
from cxworkshop.report.charts.flow import ribbons
from cxworkshop.report.charts.groups import small_multiples
from cxworkshop.report.charts.marks import WIDTH, Area, Bar, Drawing, Stroke, Words, fitted, length_of, on_pages
from cxworkshop.report.charts.two_places import levels_beside, then_and_now

NAMES = {"protect": "protect", "act": "act", "clarify": "clarify", "reach": "who is not reached?"}
LABELS = ("Never", "Rarely", "Sometimes", "Mostly", "Always")
LONG = "A label that goes on and on without ever coming to an end, as some do"


def options(*counts: int, labels: tuple[str, ...] = LABELS) -> list[dict[str, Any]]:
    numbered = enumerate(zip(labels, counts, strict=False), start=1)
    return [{"number": number, "label": label, "count": count} for number, (label, count) in numbered]


def item(number: int, *counts: int, stage: bool = False) -> dict[str, Any]:
    n = sum(counts)
    return {"number": number, "text": LONG, "n": n, "options": options(*counts), "shown_above": stage}


def drawn(drawing: Drawing, look: str) -> list[Bar]:
    return [mark for mark in drawing.marks if isinstance(mark, Bar) and look in mark.look.split()]


def said(drawing: Drawing) -> list[str]:
    return [mark.text for mark in drawing.marks if isinstance(mark, Words)]


def inside(drawing: Drawing) -> bool:
    """Whether every mark lies on the sheet, words by their estimated length."""
    for mark in drawing.marks:
        if isinstance(mark, Bar):
            left, right, bottom = mark.x, mark.x + mark.width, mark.y + mark.height
        elif isinstance(mark, Words):
            length = length_of(mark.text)
            left = mark.x - {"start": 0, "middle": length / 2, "end": length}[mark.anchor]
            right, bottom = left + length, mark.y
        else:
            continue
        if left < -0.01 or right > WIDTH + 0.01 or bottom > drawing.height + 0.01:
            return False
    return True


def test_bars_are_as_long_as_their_counts_and_say_where_the_median_lies() -> None:
    drawing = bars("a", "Answers", options(3, 0, 6, 12, 0), median=3.5, agreed=4)
    lengths = [bar.width for bar in drawn(drawing, "bar")]
    assert lengths == [length * lengths[3] / 12 for length in (3, 0, 6, 12, 0)]
    assert [word for word in said(drawing) if "median" in word] == ["6 ↓ median", "12 ↑ median ★ agreed"]
    assert drawing.description == "1 Never 3; 2 Rarely 0; 3 Sometimes 6; 4 Mostly 12; 5 Always 0."
    assert inside(drawing)


def test_nobody_answering_draws_no_bar() -> None:
    assert not any(bar.width for bar in drawn(bars("a", "Answers", options(0, 0, 0)), "bar"))


def test_two_rounds_share_one_measure() -> None:
    drawing = two_rounds("a", "Rounds", options(4, 2), options(1, 8), "second vote")
    assert [bar.width / 160 for bar in drawn(drawing, "bar")] == [4 / 8, 1 / 8, 2 / 8, 8 / 8]
    assert [bar.look for bar in drawn(drawing, "bar")] == ["bar hollow", "bar"] * 2


def test_pieces_lean_to_the_side_of_the_answers() -> None:
    drawing = diverging("a", "All", [item(1, 4, 2, 2, 0, 4), item(2, 0, 0, 0, 0, 12)])
    first = drawn(drawing, "piece")[:4]
    assert all(before.x + before.width == pytest.approx(after.x) for before, after in pairwise(first))
    assert [piece.width / first[0].width for piece in first] == pytest.approx([1, 0.5, 0.5, 1])
    assert first[2].x + first[2].width / 2 == pytest.approx(WIDTH / 2), "half of the middle answers on each side"
    assert drawn(drawing, "piece")[4].x == pytest.approx(WIDTH / 2)
    assert [word for word in said(drawing) if word.isdigit()] == ["1", "2", "3", "5", "5"]
    titles = [mark.y for mark in drawing.marks if isinstance(mark, Words) and mark.text[:3] in ("1. ", "2. ")]
    middles = [(mark.y, mark.to_y) for mark in drawing.marks if isinstance(mark, Stroke)]
    assert len(titles) == len(middles) == 2
    assert not [y for y in titles for top, bottom in middles if top <= y <= bottom], "no line runs through words"
    assert inside(drawing)


def test_items_of_one_scale_stand_together_as_many_as_a_page_holds() -> None:
    others = {**item(90, 1, 2), "options": options(1, 2, labels=("No", "Yes"))}
    items = [item(1, 1, 1, stage=True), item(2, 0, 0), others, *(item(number, 1, 1) for number in range(3, 43))]
    found = scales_of(items)
    assert [len(part) for part in found] == [1, 13, 13, 14]
    assert [each["number"] for part in found[1:] for each in part] == list(range(3, 43))


@pytest.mark.parametrize("seed", range(3))
def test_numbers_on_the_map_stay_apart_and_in_their_corner(seed: int) -> None:
    random = Random(seed)
    points: list[dict[str, Any]] = [
        {
            "number": number,
            "text": "An item",
            "agreement": random.choice([0, 48, 50, 52, 100]),
            "strength": random.choice([0, 0.25, 0.5, 0.75, 1]),
        }
        for number in range(1, 41)
    ]
    for point in points:
        strong, agreed = point["strength"] > 0.5, point["agreement"] >= 50
        point["corner"] = ("protect" if strong else "act") if agreed else ("reach" if strong else "clarify")
    drawing = agreement_map("map", "Map", points, NAMES)
    boxes = {int(box.says.split()[0]): box for box in drawn(drawing, "number-box")}
    assert set(boxes) == set(range(1, 41))
    for one, other in combinations(boxes.values(), 2):
        beside = one.x + one.width <= other.x or other.x + other.width <= one.x
        assert beside or one.y + one.height <= other.y or other.y + other.height <= one.y
    frame = drawn(drawing, "frame")[0]
    for point in points:
        box = boxes[point["number"]]
        assert (box.x >= frame.x + frame.width / 2) == (point["strength"] > 0.5)
        assert (box.y + box.height <= frame.y + frame.height / 2) == (point["agreement"] >= 50)
    assert inside(drawing)


def test_of_groups_that_may_not_be_shown_nothing_is_drawn() -> None:
    shown = {
        "name": LONG,
        "shown": True,
        "answers": "8",
        "median": "2.5",
        "at": 2.5,
        "told": 1.5,
        "scale": [0, 1, 2],
        "band": "mixed",
    }
    groups = [{**shown, "bars": [0, 7, 3]}, {**shown, "bars": []}, {"name": "Tiny", "shown": False}]
    drawing = small_multiples("a", "By unit", groups, 3)
    assert drawing is not None
    assert [bar.height for bar in drawn(drawing, "bar")] == [24, pytest.approx(24 * 3 / 7)]
    assert said(drawing)[-2:] == ["Tiny", "not shown"]
    assert {"0", "2", "median 1.5"} <= set(said(drawing)), "in the numbers of the scale"
    assert sum(isinstance(mark, Area) for mark in drawing.marks) == 2
    assert "Tiny: not shown." in drawing.description
    assert small_multiples("a", "By unit", groups[2:], 3) is None


def test_ribbons_show_the_ways_that_may_be_told_and_no_others() -> None:
    untold = {"told": False, "counts": []}
    ways = [{"told": True, "counts": [4, 2, 0]}, untold, {"told": True, "counts": [0, 5, 0]}]
    drawing = ribbons("a", "Ways", options(6, 9, 5), ways, "second vote")
    assert drawing is not None
    assert [mark.says for mark in drawing.marks if isinstance(mark, Area)] == [
        "4 from 1 Never to 1 Never",
        "2 from 1 Never to 2 Rarely",
        "5 from 3 Sometimes to 2 Rarely",
    ]
    assert "2 Rarely · not told" in said(drawing)
    assert inside(drawing)
    assert ribbons("a", "Ways", options(6, 9, 5), [untold] * 3, "second vote") is None


def test_two_places_stand_where_their_figures_are() -> None:
    gap = {"text": LONG, "options": 5, "senior": 5.0, "front": 3.0, "told": [5.0, 3.0]}
    drawing = levels_beside("a", "Levels", [gap, {**gap, "options": 3, "senior": 1.0}], "Board", "Staff")
    line = next(mark for mark in drawing.marks if isinstance(mark, Stroke))
    middles = [bar.x + bar.width / 2 for bar in drawn(drawing, "bar")[2:]]
    assert middles == pytest.approx([line.to_x, (line.x + line.to_x) / 2, line.x, line.to_x])
    assert [bar.says for bar in drawn(drawing, "bar")[2:4]] == ["Board: median 5", "Staff: median 3"]
    assert inside(drawing)


def test_an_item_without_agreement_has_no_place() -> None:
    items = [{"text": LONG, "then": {"agreement": None}, "now": {"agreement": 50.0}}]
    drawing = then_and_now("a", "Trend", items)
    assert [bar.says for bar in drawn(drawing, "bar")[2:]] == ["now: agreement 50"]
    assert drawing.description == f"{LONG}: last time no agreement, now agreement 50."
    assert inside(drawing)


def test_rows_are_parted_evenly() -> None:
    assert [len(part) for part in on_pages(range(31))] == [10, 10, 11]
    assert on_pages(()) == []


def test_words_are_cut_where_there_is_no_room() -> None:
    assert fitted("Short", 100) == "Short"
    assert length_of(fitted(LONG, 100)) <= 100
    assert fitted(LONG, 100).endswith("…")
    assert len(fitted("調" * 40, 100)) < len(fitted("x" * 40, 100)), "wide characters take two places"
