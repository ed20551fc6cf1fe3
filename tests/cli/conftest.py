from collections.abc import Callable
from pathlib import Path

import pytest

from command_line import CommandLine
from cxworkshop.cli.edge import run
from cxworkshop.cli.frame import cxworkshop


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """The program with folders of its own for sessions and rehearsals."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("CXWORKSHOP_SESSIONS", raising=False)
    return CommandLine(tmp_path, capsys)


@pytest.fixture
def bare(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """The program without `--sessions`; gives what it printed."""

    def call(*words: str) -> str:
        assert run(cxworkshop, words) == 0
        return capsys.readouterr().out

    return call
