"""The page on people's own templates: every name it lists is in the data, every name in the data is listed."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from cxworkshop.domain.instruments import Option, Scale
from cxworkshop.domain.session import Session
from cxworkshop.report.press import Press
from cxworkshop.report.sandbox import FILTERS, rendered
from cxworkshop.report.template_bounds import filters_for
from report.room import NOON, Box, box, full_box, full_session, session

PAGE = (Path(__file__).parents[2] / "docs" / "templates.md").read_text(encoding="utf-8")
PRESS = Press(lambda: NOON)
_ROW = re.compile(r"^\| `(\w+)` \| ([^|]+?) \| [^|]*\|$", re.MULTILINE)

SHAPES: dict[str, dict[str, str]] = {
    title: dict(_ROW.findall(chapter))
    for title, _, chapter in (part.partition("\n") for part in PAGE.partition("## The names")[2].split("\n### ")[1:])
}
PLAIN: dict[str, type | tuple[type, ...]] = {
    "text": str,
    "texts": str,
    "whole number": int,
    "whole numbers": int,
    "number": (int, float),
    "numbers": (int, float),
    "yes or no": bool,
}


def nine_points() -> Session:
    """A session with an item of nine points, which panels know."""
    test = session().content.instruments[0]
    nine = Scale("nine", tuple(Option(str(number)) for number in range(1, 10)))
    items = tuple(replace(item, scale=nine) if item.id == "Q1" else item for item in test.items)
    held = tuple(held for held in session().rounds if held.key != "2")
    return replace(
        session(), content=replace(session().content, instruments=(replace(test, items=items),)), rounds=held
    )


def documents() -> list[dict[str, Any]]:
    """Plan and report as templates are given them: full, and with as little as there can be."""
    bare = replace(session(), discussion={}, candidates={}, actions={}, closing=replace(session().closing, repeat=None))
    silent = Box({"1": [replace(ballot, answers={}) for ballot in box().held["1"]]})
    alone = Box({"1": [replace(one, answers={"Q1": 1 + 2 * (not place)}) for place, one in enumerate(box().held["1"])]})
    of_one_unit = Box({key: [replace(one, unit="", level="") for one in held] for key, held in box().held.items()})
    rooms = (
        (full_session(), full_box()),
        (session(), box()),
        (bare, silent),
        (session(), alone),
        (nine_points(), box()),
        (session(), of_one_unit),
    )
    return [json.loads(PRESS.render(*room, which, "json")) for room in rooms for which in ("plan", "report")]


class Checked:
    """Holds data to the shapes of the page, and keeps which names were met with a value."""

    def __init__(self) -> None:
        self.met: set[tuple[str, str]] = set()

    def document(self, data: dict[str, Any]) -> None:
        own = data["document"].capitalize()
        names = SHAPES["Both documents"] | SHAPES[own]
        assert set(data) == set(names), f"of {own}"
        for name, value in data.items():
            self._value(own if name in SHAPES[own] else "Both documents", name, value)

    def _shape(self, shape: str, data: dict[str, Any]) -> None:
        names = SHAPES[shape]
        always = {name for name, holds in names.items() if ", if " not in holds}
        assert set(data) <= set(names), f"{shape} has more than is listed"
        assert set(data) >= always, f"{shape} has less than is listed"
        for name, value in data.items():
            self._value(shape, name, value)

    def _value(self, shape: str, name: str, value: Any) -> None:
        holds = SHAPES[shape][name].partition(", if ")[0]
        if value is None:
            assert holds.endswith(" or nothing"), f"{name} of {shape} may be nothing"
            return
        self.met.add((shape, name))
        self._kind(holds.removesuffix(" or nothing"), value, f"{name} of {shape}")

    def _kind(self, holds: str, value: Any, where: str) -> None:
        if holds.startswith("list of "):
            assert isinstance(value, list), where
            for part in value:
                self._kind(holds.removeprefix("list of "), part, where)
        elif holds.endswith(" by name"):
            for part in value.values():
                self._kind(holds.removesuffix(" by name"), part, where)
        elif holds in PLAIN:
            assert isinstance(value, PLAIN[holds]), where
            assert holds == "yes or no" or not isinstance(value, bool), where
        else:
            self._shape(holds, value)


def test_the_names_on_the_page_are_the_names_there_are() -> None:
    checked = Checked()
    for data in documents():
        checked.document(data)
    listed = {(shape, name) for shape, names in SHAPES.items() for name in names}
    assert listed == checked.met


def test_the_example_on_the_page_gives_what_it_says() -> None:
    example, gives = (re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)[0] for kind in ("jinja", "markdown"))
    data = json.loads(PRESS.render(session(), box(), "plan", "json"))
    assert rendered(example, "minutes.md.j2", data) == gives


def test_the_filters_on_the_page_are_those_there_are() -> None:
    listed = PAGE.partition("- Filters of ours:")[2].partition("- Functions:")[0]
    names = {name.partition("(")[0] for name in re.findall(r"`([^`]+)`", listed)}
    assert names | {"d", "e"} == FILTERS | set(filters_for(str))  # type: ignore[arg-type]
