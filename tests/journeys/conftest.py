"""Every journey gets a room of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from journeys.room import Room


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    """A folder, a clock, chance; the working folder is the test's own, since exports are written there."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("CXWORKSHOP_SESSIONS", raising=False)
    monkeypatch.chdir(tmp_path)
    made = Room(tmp_path)
    yield made
    made.close()
