"""What every output says of a session made to give people away: nothing that it must not.

All people of one unit answer alike, a unit is too small, another hides a don't-know, and a level lies inside a unit so
that the rest of that could be worked out.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from cxworkshop.cli.results_table import results_table
from cxworkshop.domain.ballots import Ballot
from cxworkshop.domain.published import results_of
from cxworkshop.domain.session import Round, Session
from cxworkshop.report.press import Press
from cxworkshop.report.results_json import results_document
from cxworkshop.tui.widgets.charts.group_strips import groupings_lines
from cxworkshop.tui.widgets.charts.ink import text_of
from cxworkshop.tui.widgets.charts.level_gaps import gap_lines
from cxworkshop.tui.widgets.charts.pictures import gap_picture, groupings_of, stage_picture
from cxworkshop.tui.widgets.charts.stage_chart import stage_lines
from examples import CONTENT, example_session
from report.room import Box

PRESS = Press(lambda: datetime(2026, 11, 22, 12, tzinfo=UTC))

ALIKE, SILENT, TINY, FEW, MIXED = "Alike", "Silent", "Tiny", "Few", "Mixed"
"""Everybody answers the same; one does not know; three people, and four; answers of all kinds."""

ITEMS = tuple(item.id for item in CONTENT.items)
PEOPLE = [
    *((ALIKE, "Board") for _ in range(6)),
    *((ALIKE, "Staff") for _ in range(3)),  # Alike without the Board would be these three
    *((SILENT, "Staff") for _ in range(8)),
    *((TINY, "Staff") for _ in range(3)),
    *((FEW, "Staff") for _ in range(4)),
    *((MIXED, "Staff") for _ in range(12)),
]


def answer(place: int, unit: str, highest: int) -> int:
    if unit == ALIKE:
        return highest
    silent = unit == SILENT and place == PEOPLE.index((SILENT, "Staff"))
    return 0 if silent else 1 + place % highest


def ballots() -> list[Ballot]:
    return [
        Ballot(
            "1",
            f"KITE-{place}",
            {item.id: answer(place, unit, len(item.scale)) for item in CONTENT.items},
            unit=unit,
            level=level,
        )
        for place, (unit, level) in enumerate(PEOPLE)
    ]


@pytest.fixture
def session() -> Session:
    return replace(
        example_session(),
        units=(ALIKE, SILENT, TINY, FEW, MIXED),
        levels=("Board", "Staff"),
        participants={},
        rounds=(Round("1", "self_test", ITEMS, "revealed"),),
    )


@pytest.fixture
def box() -> Box:
    return Box({"1": ballots()})


def groups_in(data: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """All that looks like a group, at any depth of a document."""
    if isinstance(data, dict):
        for key, value in data.items():
            if isinstance(value, dict) and key in (*{unit for unit, _ in PEOPLE}, "Board", "Staff"):
                yield key, value
            yield from groups_in(value)
        if data.get("name") in {name for pair in PEOPLE for name in pair}:
            yield data["name"], data
    elif isinstance(data, list):
        for value in data:
            yield from groups_in(value)


ALLOWED = {"n", "median", "at", "told", "scale", "band", "bars", "suppressed", "name", "shown", "answers"}


def test_no_document_says_more_of_a_group_than_it_may(session: Session, box: Box) -> None:
    sizes = Counter(name for pair in PEOPLE for name in pair)
    documents: list[Any] = [results_document(session, results_of(session, box.ballots))]
    documents += [json.loads(PRESS.render(session, box, which, "json")) for which in ("plan", "report")]
    seen = Counter[str]()
    for name, group in (found for document in documents for found in groups_in(document)):
        seen[name] += 1
        assert set(group) <= ALLOWED, "no counts, extremes, agreement or don't-knows"
        if name in (TINY, FEW):
            assert group in ({"suppressed": True}, {"name": name, "shown": False})
        if "n" in group:
            assert group["n"] in (None, sizes[name]), "a smaller number tells of silent people"
        if name == SILENT:
            assert group.get("n") is None
        assert not group.get("bars"), "of any group here they would tell what a unit said"
    assert {ALIKE, SILENT, TINY, FEW, MIXED, "Board", "Staff"} == set(seen)


def test_an_item_shows_its_levels_in_turn_and_no_units_where_one_answers_alike_beside_hidden_ones(
    session: Session, box: Box
) -> None:
    turns = []
    for found in results_document(session, results_of(session, box.ballots))["items"]:
        shown = {name for name, group in found["units"].items() if "suppressed" not in group}
        levels = {name for name, group in found["levels"].items() if "suppressed" not in group}
        assert (shown, levels) in ((set(), set()), (set(), {"Board", "Staff"})), "Alike, beside Tiny and Few"
        turns.append(bool(levels))
    assert set(turns) == {False, True}


def drawn(session: Session, box: Box) -> str:
    """Everything of groups that console and projector draw, and what the commands print."""
    result = results_of(session, box.ballots)
    lines = [results_table(session, result)]
    for found in result.items:
        lines += text_of(groupings_lines(groupings_of(found.item, found.units, found.levels), 100))
    models = {model.id: model for model in session.content.models}
    for model in result.models:
        lines += text_of(stage_lines(stage_picture(models[model.id], model, result.item(model.item)), 100))
    lines += text_of(gap_lines(gap_picture(session.levels, result), 100))
    lines += [PRESS.render(session, box, which, "markdown") for which in ("plan", "report")]
    return "\n".join(lines)


def test_a_unit_that_answers_alike_is_never_drawn_or_called_unanimous(session: Session, box: Box) -> None:
    said = drawn(session, box)
    bars = re.compile(r"[▁▂▃▄▅▆▇█]{3,}")
    lines = [line for line in said.splitlines() if ALIKE in line]
    assert lines
    for line in lines:
        assert not bars.search(line)
        assert "100" not in line
        assert not re.search("unanim|everybody|all of", line)
    strips = [line for line in said.splitlines() if MIXED in line and bars.search(line)]
    assert not strips, "bars of the others, taken from the room's, would be the unit's"


def test_no_screen_counts_the_don_t_knows_of_a_unit(session: Session, box: Box) -> None:
    for line in drawn(session, box).splitlines():
        if SILENT in line and "not shown" not in line:
            assert not re.search(r"\b[78]\b(?! or more)(?!\+)", line), line
        assert not (TINY in line and re.search(r"median \d", line.split(TINY)[1].split("·")[0]))


def test_the_report_sets_leaders_beside_the_front_line(session: Session) -> None:
    """The same people, with a level of leaders in every unit."""
    people = [
        replace(ballot, unit="", level="Board" if place % 3 == 0 else "Staff", answers={**ballot.answers, "fix": 2})
        for place, ballot in enumerate(ballots())
    ]
    people = [
        replace(ballot, answers={**ballot.answers, "fix": 4}) if ballot.level == "Board" else ballot
        for ballot in people
    ]
    report = PRESS.render(session, Box({"1": people}), "report", "markdown")
    section = report.split("### Board beside Staff")[1].split("## ")[0]
    assert "Board and Staff are a step or more apart on 2 of 4 items." in section
    assert "| 4 | 2 | Board rates it 2 steps better than Staff |" in section
