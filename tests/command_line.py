"""Calling the program as a shell does, in this process and in another one."""

import csv
import io
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from cxworkshop.cli.edge import run
from cxworkshop.cli.frame import cxworkshop

Row = Sequence[Any]
"""A row of a table: texts and numbers."""

SMALL_PACK = """
[pack]
id = "{id}"
title = "House survey"
version = 1
[pack.source]
author = "Ann Example"
title = "House survey"
publisher = "The house"
year = 2026

[scales.agree]
options = ["Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree"]

{items}
"""

ITEM = """
[[items]]
id = "{id}"
text = "{text}"
scale = "agree"
"""


class Said(NamedTuple):
    """What the program printed, and its exit code."""

    code: int
    out: str
    err: str


class CommandLine:
    """The program with a folder of sessions of its own."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.sessions = folder / "sessions"
        self._capture = capture

    def __call__(self, *words: str | Path) -> Said:
        """Run a command in this process."""
        self._capture.readouterr()
        code = run(cxworkshop, ["--sessions", str(self.sessions), *map(str, words)])
        out, err = self._capture.readouterr()
        return Said(code, out, err)

    def done(self, *words: str | Path) -> str:
        """Run a command that must succeed; what it printed on stdout."""
        said = self(*words)
        assert said.code == 0, said
        return said.out

    def refused(self, *words: str | Path) -> str:
        """Run a command that must be refused, in plain words on stderr and with nothing on stdout."""
        said = self(*words)
        assert said.code == 1, said
        assert not said.out, said
        assert "Traceback" not in said.err
        assert said.err.rstrip()[-1] in ".?", said
        return said.err

    def file(self, name: str, text: str) -> Path:
        """A file beside the sessions."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8", newline="")
        return path

    def pack(self, items: Iterable[str], name: str = "house-survey") -> Path:
        """A pack with a five-point self-test of these items."""
        body = "".join(ITEM.format(id=item, text=f"Statement {item} holds for us.") for item in items)
        return self.file(f"{name}.toml", SMALL_PACK.format(id=name, items=body))

    def table(self, name: str, rows: Iterable[Row]) -> Path:
        """A CSV file."""
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        return self.file(name, text.getvalue())


def program(
    *words: str | Path, environment: Mapping[str, str] | None = None, **settings: object
) -> subprocess.CompletedProcess[bytes]:
    """Run the program in a process of its own, without a terminal."""
    given: dict[str, object] = {"capture_output": True, "timeout": 60, **settings}
    if "input" not in given:
        given["stdin"] = subprocess.DEVNULL
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        [sys.executable, "-m", "cxworkshop", *map(str, words)],
        env={**os.environ, **(environment or {})},
        check=False,
        **given,
    )
