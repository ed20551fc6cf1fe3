"""A session in a folder of its own, and ballots to put into it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cxworkshop.store.database import Database


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the session is: it holds one participant, and no ballots yet."""
    made = tmp_path / "2026-11-21-aurora"
    Database.create(made, {"participants": {"p1": {"name": "Zed", "voted": False}}}).close()
    return made


@pytest.fixture
def opened(folder: Path) -> Iterator[Callable[[], Database]]:
    """Opens the session as another process would; all are closed at the end."""
    databases: list[Database] = []

    def another() -> Database:
        databases.append(Database(folder))
        return databases[-1]

    yield another
    for database in databases:
        database.close()


@pytest.fixture
def database(opened: Callable[[], Database]) -> Database:
    return opened()


@pytest.fixture
def ballot() -> dict[str, Any]:
    """Forty answers and a comment: about 900 bytes."""
    return {
        "answers": {f"culture-{number:02}": number % 5 + 1 for number in range(40)},
        "unit": "Sales",
        "level": "Manager",
        "comment": "Nobody told us what was promised. " * 6,
    }
