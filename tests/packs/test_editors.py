"""The schema that editors complete from: it takes what the check takes, and stops at what it would name."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from cxworkshop.packs.editors import json_schema
from cxworkshop.packs.scaffold import scaffold
from packs.pack_files import HEAD, ITEM

CONTENT = Path(__file__).parents[2] / "content"
SCHEMA = Draft202012Validator(json_schema())


def faults(text: str) -> list[str]:
    return [error.message for error in SCHEMA.iter_errors(tomllib.loads(text))]


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(json_schema())


@pytest.mark.parametrize("pack", sorted(CONTENT.glob("*.toml")), ids=lambda pack: pack.stem)
def test_every_pack_that_comes_with_the_program_fits(pack: Path) -> None:
    assert not faults(pack.read_text(encoding="utf-8"))


def test_a_pack_just_begun_fits() -> None:
    assert not faults(scaffold("house", "House"))


@pytest.mark.parametrize(
    "text",
    [
        HEAD + ITEM + 'them = "x"',
        HEAD.replace("= 1", '= "1"') + ITEM,
        HEAD.replace('"tiny"', '"a b"') + ITEM,
        HEAD.replace('title = "Tiny"', "") + ITEM,
    ],
)
def test_what_the_check_names_is_underlined(text: str) -> None:
    assert faults(text)


def test_every_key_says_what_to_write_there() -> None:
    tables: dict[str, Any] = json_schema()["$defs"]
    needed = [(name, key) for name, table in tables.items() for key in table.get("required", ())]
    assert needed
    assert [each for each in needed if not tables[each[0]]["properties"][each[1]].get("description")] == []
