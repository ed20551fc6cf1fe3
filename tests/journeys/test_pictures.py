"""The pictures of the documentation are what the program shows today."""

import subprocess
import sys
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def test_the_pictures_are_current() -> None:
    done = subprocess.run(
        [sys.executable, DOCS / "take_pictures.py", "--check"], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_pictures_load_nothing_from_elsewhere() -> None:
    drawn = sorted((DOCS / "pictures").glob("*.svg"))
    assert [path.stem for path in drawn] == [
        "ballot",
        "disagreements",
        "map",
        "pack-ballot",
        "pack-stages",
        "plan",
        "reveal",
    ]
    for path in drawn:
        text = path.read_text(encoding="utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert "http" not in text, path.name
        assert "url(#" in text or "url(" not in text, path.name
