"""A scaffold passes the check as it stands, whatever it is called."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cxworkshop.domain.text import clean_line
from cxworkshop.packs.check import check
from cxworkshop.packs.consistency import Known
from cxworkshop.packs.faults import UnfitPack
from cxworkshop.packs.scaffold import id_from, scaffold
from cxworkshop.packs.schema import is_id
from packs.pack_files import written


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(
    pack_id=st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", fullmatch=True),
    title=st.text(max_size=400).filter(lambda text: clean_line(text) != ""),
)
def test_every_scaffold_passes_the_check(tmp_path: Path, pack_id: str, title: str) -> None:
    text = scaffold(pack_id, title)

    assert check(written(tmp_path, text), Known()) == ()
    assert tomllib.loads(text)["pack"]["id"] == pack_id


def test_it_explains_itself_and_shows_a_model(tmp_path: Path) -> None:
    text = scaffold("our-survey", 'Our "survey"')

    assert "# The self-test." in text
    commented_out = [
        line.removeprefix("# ") if line.startswith(("# [", "# id", "# t", "# s", "# n", "# m", "# o", "# r")) else line
        for line in text.splitlines()
    ]
    assert "[[models.stages]]" in commented_out


@pytest.mark.parametrize(("pack_id", "title"), [("a b", "T"), ("", "T"), ("x" * 65, "T"), ("-x", "T"), ("x", " ")])
def test_an_unusable_id_or_title_is_refused(pack_id: str, title: str) -> None:
    with pytest.raises(UnfitPack):
        scaffold(pack_id, title)


@given(st.text(max_size=120))
def test_any_name_gives_an_id(name: str) -> None:
    assert is_id(id_from(name))


def test_an_id_reads_like_its_name() -> None:
    assert id_from("Our Survey, 2026!") == "our-survey-2026"
    assert id_from("日本") == "pack"
