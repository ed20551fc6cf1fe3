"""The reference cases beside the tests: published values, and two rooms whose figures were computed in R."""

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
ROOMS = ("tafe_small", "uppsala_speaks")


def cases(file: str, measure: str) -> list[dict[str, Any]]:
    """The cases of one measure in one of the two case files."""
    found = [case for case in every_case(file) if case["measure"] == measure]
    assert found, measure
    return found


def every_case(file: str) -> list[dict[str, Any]]:
    """All cases of one of the two case files."""
    loaded: list[dict[str, Any]] = json.loads((DATA / file).read_text(encoding="utf-8"))
    return loaded


def expected(room: str) -> dict[str, Any]:
    """The figures of one room."""
    loaded: dict[str, Any] = json.loads((DATA / f"{room}_expected.json").read_text(encoding="utf-8"))
    return loaded


def expected_items() -> list[tuple[str, dict[str, Any]]]:
    """Every item of every round of both rooms, named."""
    return [
        (f"{room} round {number} {item}", figures)
        for room in ROOMS
        for number, round_ in expected(room)["rounds"].items()
        for item, figures in round_["items"].items()
    ]


def rows(room: str) -> list[Mapping[str, str]]:
    """The answers of one room, one row for each participant, round and item."""
    with (DATA / f"{room}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def counts_of(case: Mapping[str, Any]) -> tuple[int, ...]:
    """The counts per option of a case, given as counts or as single values."""
    given = case["input"]
    if "counts" in given:
        return tuple(given["counts"])
    return tallied(given["values"], case["params"].get("k", max(given["values"])))


def tallied(values: list[int], options: int) -> tuple[int, ...]:
    """How often each option stands in a list of answers."""
    return tuple(values.count(option) for option in range(1, options + 1))
