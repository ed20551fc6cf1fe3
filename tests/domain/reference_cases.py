"""The reference cases beside the tests: published values, and two rooms whose figures were computed in R."""

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
ROOMS = ("tafe_small", "uppsala_speaks")

NOT_SHOWN = {
    "ajus": "a name for a shape that our patterns name otherwise",
    "awg": "undefined where the mean is too near an end for so few people",
    "blair_lacy_l": "the squared form is the one that ranks",
    "coefficient_of_variation": "needs a ratio scale",
    "icc": "is of groups, not of items",
    "icc1_icc2_anova": "is of groups, not of items",
    "isd": "a name for a shape that our patterns name otherwise",
    "mann_whitney_exact_p": "groups are tested by Kruskal and Wallis, of any number",
    "modes": "two camps are told by their valley",
    "percent_identical_all_raters": "is of items that all people answer alike",
    "polarization_vdE": "another form of van der Eijk's A",
    "rand_ucla_classic": "made for nine points",
    "rand_ucla_ipras": "made for nine points",
    "second_modes": "two camps are told by their valley",
    "shannon_entropy_bits": "ignores the order of options",
}
"""Measures of which there are cases and which the product does not show, and why."""


def cases(file: str, measure: str) -> list[dict[str, Any]]:
    """The cases of one measure in one of the two case files."""
    every: list[dict[str, Any]] = json.loads((DATA / file).read_text(encoding="utf-8"))
    found = [case for case in every if case["measure"] == measure]
    assert found, measure
    return found


def measures_in(file: str) -> set[str]:
    """Every measure of which there are cases."""
    return {case["measure"] for case in json.loads((DATA / file).read_text(encoding="utf-8"))}


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
