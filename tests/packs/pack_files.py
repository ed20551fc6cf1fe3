"""Small pack files for the tests of this room."""

from pathlib import Path

HEAD = """
[pack]
id = "tiny"
title = "Tiny"
version = 1

[scales.agree]
options = ["No", "Partly", "Yes"]
"""

ITEM = """
[[items]]
id = "Q1"
text = "We listen."
scale = "agree"
"""

MODEL = """
[[models]]
id = "ladder"
title = "A ladder"

[[models.stages]]
name = "Low"
summary = "Nothing yet."

[[models.stages]]
name = "High"
"""


def written(folder: Path, text: str, name: str = "tiny.toml") -> Path:
    """A pack file with a text."""
    path = folder / name
    path.write_text(text, "utf-8")
    return path
