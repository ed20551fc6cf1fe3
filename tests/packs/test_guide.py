"""The guide for authors says what is true."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cxworkshop.packs import schema
from cxworkshop.packs.check import check
from cxworkshop.packs.consistency import Known
from cxworkshop.packs.library import PackLibrary
from packs.pack_files import written

GUIDE = (Path(__file__).parents[2] / "docs" / "writing-packs.md").read_text("utf-8")
TABLES = [value for value in vars(schema).values() if isinstance(value, type) and issubclass(value, schema.Table)]


def _examples() -> Iterator[str]:
    return (match[1] for match in re.finditer(r"```toml\n(.*?)```", GUIDE, re.DOTALL))


def test_its_example_passes_the_check_and_can_be_used(tmp_path: Path) -> None:
    (example,) = _examples()
    path = written(tmp_path, example)

    assert check(path, Known()) == ()
    assert len(PackLibrary(tmp_path).content("30").items) == 3


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__)
def test_it_names_every_key(table: type[schema.Table]) -> None:
    for key in table.model_fields:
        assert f"`{key}`" in GUIDE or f"[{key}" in GUIDE, key


def test_it_names_every_moment() -> None:
    for moment in schema.MOMENTS:
        assert f"`{moment.partition(':')[2]}`" in GUIDE


def test_its_example_shows_every_section() -> None:
    (example,) = _examples()
    for section in schema.PackFile.model_fields:
        assert f"[{section}" in example, section
