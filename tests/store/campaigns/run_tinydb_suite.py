# ruff: noqa: T201 - a script, which prints what it found
"""Run TinyDB's own tests over our tables and storage.

Usage: python tests/store/campaigns/run_tinydb_suite.py SOURCE

SOURCE is a checkout of TinyDB or a source distribution (`pip download --no-deps --no-binary :all: tinydb`). Nothing of
it is kept. Wherever its tests make a database on a file or in memory, they get one of ours, with counted ids, which
TinyDB's tests rely on and our sessions do without. Ends with 0 when the only failures are those expected below.
"""

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

EXPECTED = {
    "test_query_cache": "asks whether results are kept, which they must not be: another process may have written",
    "test_lru_cache": "as before",
    "test_search": "as before",
    "test_search_path": "as before",
    "test_repr": "wants the class to be called TinyDB",
    "test_table_repr": "wants the class to be called Table",
    "test_access_storage": "wants TinyDB's storage in memory, and gets ours",
    "test_storage_access": "as before",
}
"""Tests that must fail, by name, and why."""

PYTEST = [sys.executable, "-m", "pytest", "-q", "-rfE", "-p", "no:cacheprovider", "-c", "pytest.ini"]

PLUGIN = """
from pathlib import Path

import pytest
import tinydb
from tinydb.storages import JSONStorage, MemoryStorage
from tinydb.table import Table

from cxworkshop.store.database import Database
from cxworkshop.store.tables import JournalTable


class CountedTable(JournalTable):
    document_id_class = int
    _get_next_id = Table._get_next_id


class CountedDatabase(Database):
    table_class = CountedTable


@pytest.fixture(autouse=True)
def ours(request, tmp_path, monkeypatch):
    numbers = iter(range(1000))

    def opened(path=None, *positional, storage=JSONStorage, **options):
        if storage not in (JSONStorage, MemoryStorage):
            return tinydb.TinyDB(*([path] if path else []), *positional, storage=storage, **options)
        folder = Path(str(path) + "-session") if path else tmp_path / f"memory-{next(numbers)}"
        if not folder.exists():
            CountedDatabase.create(folder).close()
        return CountedDatabase(folder)

    monkeypatch.setattr(request.module, "TinyDB", opened, raising=False)
    return opened


@pytest.fixture
def db(ours):
    database = ours()
    database.drop_tables()
    database.insert_multiple({"int": 1, "char": c} for c in "abc")
    yield database
    database.close()
"""


def unpacked(source: Path, place: Path) -> Path:
    """The folder with the tests, copied from a checkout or taken out of an archive."""
    if source.is_dir():
        shutil.copytree(source / "tests", place / "tests")
        return place / "tests"
    with tarfile.open(source) as archive:
        archive.extractall(place, filter="data")
    return next(place.glob("*/tests"))


def main(source: Path) -> int:
    """Run the suite; 0 when all but the expected pass."""
    with tempfile.TemporaryDirectory() as name:
        tests = unpacked(source, Path(name))
        (tests / "conftest.py").write_text(PLUGIN, encoding="utf-8")
        (tests / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
        run = subprocess.run(
            [*PYTEST, "test_tables.py", "test_tinydb.py", "test_operations.py"],
            cwd=tests,
            env={**os.environ, "PYTHONWARNINGS": "ignore"},
            capture_output=True,
            text=True,
            check=False,
        )
    failed = set(re.findall(r"^(?:FAILED|ERROR) \S+::(\w+)", run.stdout, re.MULTILINE))
    print(run.stdout.splitlines()[-1])
    for test in sorted(failed & set(EXPECTED)):
        print(f"expected to fail: {test}: {EXPECTED[test]}")
    for test in sorted(failed - set(EXPECTED)):
        print(f"FAILED: {test}")
    if failed - set(EXPECTED) or " passed" not in run.stdout:
        print(run.stdout[-6000:], run.stderr[-2000:])
        return 1
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1])))
