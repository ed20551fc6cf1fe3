"""Every number in every form of the report is that of `results --json`, which has passed disclosure control."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from random import Random
from typing import Any, Literal

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from cxworkshop.domain.ballots import Ballot
from cxworkshop.domain.published import results_of
from cxworkshop.domain.rounding import in_places, shown_agreement
from cxworkshop.domain.session import Action, Round, Session
from cxworkshop.domain.wording import figure
from cxworkshop.report.press import Press
from cxworkshop.report.results_json import results_document
from examples import CONTENT, example_session
from report.room import NOON, Box

PRESS = Press(lambda: NOON)
UNITS, LEVELS = ("Sales", "Support", "Stores", "Tiny"), ("Board", "Staff")
ROOMS = range(6)
Rows = list[list[str]]


@cache
def room(seed: int) -> tuple[Session, Box]:
    """A room of 9 to 60 people who answer by chance, leave out and do not know, and vote again on two items."""
    random = Random(seed)
    people = random.choice((9, 14, 30, 60))
    tendency = {item.id: random.choice(range(len(item.scale))) for item in CONTENT.items}

    def answers(ids: tuple[str, ...]) -> dict[str, int]:
        found: dict[str, int] = {}
        for item in CONTENT.items:
            if item.id in ids and random.random() > 0.03:
                near = min(max(1 + tendency[item.id] + random.choice((-1, 0, 0, 0, 1)), 1), len(item.scale))
                found[item.id] = 0 if random.random() < 0.03 else near
        return found

    groups = [(UNITS[min(place % 3 + 3 * (place < 2), 3)], LEVELS[place % 4 > 0]) for place in range(people)]
    rounds = {"1": tuple(item.id for item in CONTENT.items), "2": ("fix", "blame")}
    held: dict[str, Sequence[Ballot]] = {
        key: [
            Ballot(key, f"C{place}", answers(ids), unit=unit, level=level) for place, (unit, level) in enumerate(groups)
        ]
        for key, ids in rounds.items()
    }
    session = replace(
        example_session(),
        units=UNITS,
        levels=LEVELS,
        participants={},
        rounds=tuple(Round(key, "self_test", ids, "revealed") for key, ids in rounds.items()),
        actions={"a1": Action("a1", "Act", items=tuple(item.id for item in CONTENT.items))},
    )
    return session, Box(held)


@cache
def results(seed: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Rounds 1 and 2 as `results --json` prints them."""
    session, box = room(seed)
    first, second = (results_document(session, results_of(session, box.ballots, number)) for number in (1, 2))
    return json.loads(json.dumps(first)), json.loads(json.dumps(second))


def document(seed: int, which: Literal["plan", "report"], form: str) -> str:
    return PRESS.render(*room(seed), which, form)


def test_the_rooms_hide_and_show() -> None:
    """Else the tests below would say little."""
    groups = [group for seed in ROOMS for item in results(seed)[0]["items"] for group in item["units"].values()]
    assert any("suppressed" in group for group in groups)
    assert any(group.get("n") for group in groups)
    assert any("n" in group and group["n"] is None for group in groups)


@pytest.mark.parametrize("seed", ROOMS)
def test_json_has_them_unrounded(seed: int) -> None:
    report, plan = (json.loads(document(seed, which, "json")) for which in ("report", "plan"))
    first, second = results(seed)
    assert report["results"] == [first, second]
    expected = {item["id"]: item for item in first["items"]}
    shown = [item for instrument in report["instruments"] for item in instrument["items"]]
    for item in (*shown, *plan["actions"][0]["evidence"]):
        same = expected[item["id"]]
        assert [option["count"] for option in item["options"]] == same["counts"]
        assert [option["label"] for option in item["options"]] == same["options"]
        assert (item["n"], item["median"], item["agreement"]) == (same["n"], same["median"], same["agreement"])
        again = {each["id"]: each for each in second["items"]}.get(item["id"])
        assert [[option["count"] for option in each["options"]] for each in item["again"]] == (
            [] if again is None else [again["counts"]]
        )
    assert [item["id"] for item in report["ranking"]] == first["ranking"]
    for item in report["ranking"]:
        assert item["agreement"] == expected[item["id"]]["agreement"]
    for model, same in zip(report["models"], first["models"], strict=True):
        assert [option["count"] for option in model["options"]] == same["counts"]
        assert model["median_stage"] == same["median_stage"]
    for item in report["statistics"]["items"]:
        same = expected[item["id"]]
        assert (item["n"], item["dont_know"], item["median"]) == (same["n"], same["dont_know"], same["median"])


@pytest.mark.parametrize("seed", ROOMS)
def test_csv_has_them_unrounded(seed: int) -> None:
    rows = list(csv.DictReader(io.StringIO(document(seed, "report", "csv").removeprefix("\ufeff"), newline="")))
    expected = [
        {
            "round": str(result["round"]),
            **{key: item[key] for key in ("instrument", "text")},
            "item": item["id"],
            "option": str(place),
            "label": label,
            "answers": str(item["counts"][place - 1]),
            **{key: str(item[key]) for key in ("n", "dont_know", "left_out")},
            **{key: "" if item[key] is None else repr(item[key]) for key in ("median", "agreement")},
            "q1": repr(item["iqr"][0]) if item["iqr"] else "",
            "q3": repr(item["iqr"][1]) if item["iqr"] else "",
            "pattern": item["pattern"]["label"],
        }
        for result in results(seed)
        for item in result["items"]
        for place, label in enumerate(item["options"], start=1)
    ]
    assert rows == expected


@pytest.mark.parametrize("seed", ROOMS)
def test_markdown_has_them_rounded(seed: int) -> None:
    first, second = results(seed)
    chapters = dict(_tables(document(seed, "report", "markdown")))
    again = {item["id"]: item for item in second["items"]}
    titles = {model.id: model.title for model in room(seed)[0].content.models}
    stages = {model["id"]: model for model in first["models"]}
    for item in first["items"]:
        model = next((model for model in stages.values() if model["stages"] == item["options"]), None)
        chapter = chapters[item["text"].removesuffix(".") if model is None else titles[model["id"]]]
        tables = {table[0][1] if table[0][0] == "" else table[0][0]: table[1:] for table in chapter[:3]}
        options = tables.pop("Answer" if model is None else "Stage")
        assert options == [
            [str(place), label, str(count), f"{_percent(count, item['n'])} %"]
            for place, (label, count) in enumerate(zip(item["options"], item["counts"], strict=True), start=1)
        ]
        _check_groups(tables.get("Unit", []), item["units"])
        _check_groups(tables.get("Level", []), item["levels"])
        if item["id"] in again:
            voted_again = chapter[-1][1:]
            assert [int(row[2]) for row in voted_again] == item["counts"]
            assert [int(row[3]) for row in voted_again] == again[item["id"]]["counts"]
    (measured, *_) = chapters["Appendix: for statisticians"]
    for item, row in zip((item for item in first["items"] if item["n"]), measured[1:], strict=True):
        assert row[:3] == [item["text"], str(item["n"]), str(item["dont_know"])]
        assert row[3] == f"{item['median']:.1f}"
        assert row[5] == ("–" if item["agreement"] is None else in_places(item["agreement"] / 100, 2))


@pytest.mark.parametrize("seed", ROOMS)
def test_the_order_of_disagreement_is_the_same_in_markdown(seed: int) -> None:
    first, _ = results(seed)
    listed = document(seed, "report", "markdown").partition("### Most disagreement first\n\n")[2].partition("\n\n")[0]
    items = {item["id"]: item for item in first["items"]}
    for place, (line, item) in enumerate(zip(listed.splitlines(), map(items.get, first["ranking"]), strict=True), 1):
        assert item is not None
        told = "" if item["agreement"] is None else f" — {shown_agreement(item['agreement'])}"
        assert line.partition(" (too close")[0] == f"{place}. {item['text']}{told}"


def _percent(count: int, answers: int) -> int:
    """Halves upwards, as by hand; rooms here are too small for a share that is nearly all or nobody."""
    return (200 * count + answers) // (2 * answers) if answers else 0


def _check_groups(rows: Rows, groups: Mapping[str, Mapping[str, Any]]) -> None:
    """The rows of a table of groups against what may be shown of them: no figure where nothing may be."""
    assert [row[0] for row in rows] == list(groups)
    for row, group in zip(rows, groups.values(), strict=True):
        if "suppressed" in group:
            assert row[1:] == ["not shown", "–", "–"]
        else:
            told = re.fullmatch(r"(\d+)( or more)?", row[1])
            assert told is not None
            assert int(told[1]) >= 5
            assert (told[2] is not None) == (group["n"] is None)
            assert group["n"] in (None, int(told[1]))
            assert row[2].split(",")[0] == figure(group["median"])
            assert (
                row[3].split()[0]
                == {"close": "close", "mixed": "mixed", "apart": "far", None: "closeness"}[group["band"]]
            )


def _tables(markdown: str) -> Iterator[tuple[str, list[Rows]]]:
    """The tables under each heading, row by row, the head first."""
    heading, found = "", list[Rows]()
    tokens = iter(MarkdownIt("commonmark").enable("table").parse(markdown))
    for token in tokens:
        if token.type == "heading_open":
            if found:
                yield heading, found
            heading, found = _words(next(tokens)), []
        elif token.type == "table_open":
            found.append([])
        elif token.type == "tr_open":
            found[-1].append([])
        elif token.type in ("td_open", "th_open"):
            found[-1][-1].append(_words(next(tokens)))
    yield heading, found


def _words(token: Token) -> str:
    return "".join(child.content for child in token.children or ())
