"""The rooms import what they may, and what is cheap stays cheap."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

HEAVY = ("textual", "rich", "pydantic", "tinydb", "jinja2", "msgspec", "dateparser", "filelock", "asyncio")


def loaded_by(code: str) -> set[str]:
    """The top-level modules that a fresh interpreter holds after running some code."""
    told = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules, file=sys.stderr)"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stderr
    return {name.partition(".")[0] for name in told.split()}


def command(*words: str) -> str:
    return f"from cxworkshop.cli.edge import run\nfrom cxworkshop.cli.frame import cxworkshop\nrun(cxworkshop, {words})"


def test_the_import_contracts_hold() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    told = subprocess.run(
        [program, "--no-cache"], cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stdout + told.stderr


@pytest.mark.parametrize("words", [("--version",), ("--help",), ("no-such-command",)], ids=" ".join)
def test_help_and_version_load_nothing_heavy(words: tuple[str, ...]) -> None:
    assert not loaded_by(command(*words)).intersection({*HEAVY, "importlib_metadata", "pathlib", "json"})


@pytest.mark.parametrize("word", ["new", "run", "vote", "import", "results", "export", "sheet", "packs"])
def test_the_help_of_a_command_loads_no_library_of_another_room(word: str) -> None:
    assert not loaded_by(command(word, "--help")).intersection(HEAVY)


def test_the_domain_loads_no_library() -> None:
    names = ", ".join(
        f"cxworkshop.domain.{path.stem}" for path in sorted((ROOT / "src/cxworkshop/domain").glob("[!_]*.py"))
    )
    assert not loaded_by(f"import {names}").intersection(HEAVY)


def test_use_cases_load_no_library() -> None:
    names = ", ".join(
        f"cxworkshop.facilitation.{path.stem}"
        for path in sorted((ROOT / "src/cxworkshop/facilitation").glob("[!_]*.py"))
    )
    assert not loaded_by(f"import {names}").intersection(HEAVY)


def test_listing_sessions_loads_no_screens_packs_or_templates(tmp_path: Path) -> None:
    loaded = loaded_by(command("list", "--sessions", str(tmp_path)))
    assert not loaded.intersection({"textual", "rich", "pydantic", "jinja2", "dateparser"})


def test_voting_line_by_line_loads_no_screens(tmp_path: Path) -> None:
    folder = ("--sessions", str(tmp_path))
    loaded_by(command("new", "x", *folder))
    loaded = loaded_by(command("vote", "--plain", *folder))
    assert "cxworkshop" in loaded
    assert not loaded.intersection({"textual", "rich", "pydantic", "jinja2"})
