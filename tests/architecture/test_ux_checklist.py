"""The checklist of the screens names tests that are there, and has a line for every point."""

import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "ux-checklist.md"
_NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
_LINE = re.compile(r"^\| (\d+) \|.*\| (.+) \|$", re.MULTILINE)
_WAITING = {13, 22, 23, 43}


def test_every_test_that_the_checklist_names_is_there() -> None:
    named = _NAMED.findall(PAGE.read_text(encoding="utf-8"))
    assert len(named) > 60
    missing = [
        (path, test)
        for path, test in named
        if not (PAGE.parents[1] / path).is_file()
        or f"def {test}(" not in (PAGE.parents[1] / path).read_text(encoding="utf-8")
    ]
    assert missing == []


def test_every_point_is_held_by_something() -> None:
    held = {int(number): by for number, by in _LINE.findall(PAGE.read_text(encoding="utf-8"))}
    assert sorted(held) == list(range(1, 46))
    assert {number for number, by in held.items() if not ("`tests/" in by or "looked at" in by)} == _WAITING
