"""Real sessions in a folder of the test's own."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from cxworkshop.domain.session import Privacy, Rules
from cxworkshop.facilitation.ports import SessionStore
from cxworkshop.store.catalogue import FolderCatalogue
from examples import OpenSession, example_session


@pytest.fixture
def random() -> Random:
    return Random(7)


@pytest.fixture
def make_store(tmp_path: Path) -> Iterator[OpenSession]:
    """Makes a stored session; the keyword arguments are `people` and `privacy`."""
    opened: list[SessionStore] = []

    def make(*, people: int = 6, privacy: Privacy = Privacy.CONFIDENTIAL) -> SessionStore:
        session = example_session(0 if privacy is Privacy.ANONYMOUS else people, Rules(privacy=privacy))
        opened.append(FolderCatalogue(tmp_path).create(session))
        return opened[-1]

    yield make
    for store in opened:
        store.close()


@pytest.fixture
def store(make_store: OpenSession) -> SessionStore:
    return make_store()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the sessions of the test lie."""
    return tmp_path
