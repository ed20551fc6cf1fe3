"""Tables, compared with TinyDB's own."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tinydb import TinyDB, where
from tinydb.storages import MemoryStorage
from tinydb.table import Table

from cxworkshop.store.database import Database
from cxworkshop.store.tables import Overlay, TableView, document, identical

KEYS = st.sampled_from("abcd")
FIELDS = st.dictionaries(st.sampled_from(["n", "m"]), st.integers(0, 2), max_size=2)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("upsert"), KEYS, FIELDS),
        st.tuples(st.just("update"), KEYS, FIELDS),
        st.tuples(st.just("update where"), KEYS, FIELDS),
        st.tuples(st.just("remove"), KEYS, FIELDS),
        st.tuples(st.just("remove where"), KEYS, FIELDS),
        st.tuples(st.just("truncate"), KEYS, FIELDS),
    ),
    max_size=12,
)


class TextTable(Table):
    document_id_class = str  # type: ignore[assignment]


def do(table: Any, step: str, key: str, fields: dict[str, int]) -> Any:
    match step:
        case "upsert":
            return table.upsert(document(key, fields))
        case "update":
            return table.update(fields, doc_ids=[key, "nobody"])
        case "update where":
            return table.update(fields, where("n") == 1)
        case "remove":
            return table.remove(doc_ids=[key, "nobody"])
        case "remove where":
            return table.remove(where("n") == 1)
        case _:
            return table.truncate()


def contents(table: Any) -> dict[str, dict[str, Any]]:
    return {str(found.doc_id): dict(found) for found in table}


def in_order(found: list[Any]) -> list[tuple[str, dict[str, Any]]]:
    """Documents by id: one that is removed and put in again keeps its place here, and comes last in TinyDB."""
    return sorted(((str(each.doc_id), dict(each)) for each in found), key=lambda one: one[0])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, together=st.booleans())
def test_tables_do_what_those_of_tinydb_do(
    database: Database, steps: list[tuple[str, str, dict[str, int]]], together: bool
) -> None:
    theirs = TextTable(TinyDB(storage=MemoryStorage).storage, "ballots", cache_size=0)
    ours = database.table("ballots")
    ours.truncate()
    if together:
        with database.transaction():
            for step in steps:
                assert do(ours, *step) == do(theirs, *step)
                assert contents(ours) == contents(theirs)
                assert len(ours) == len(theirs)
    else:
        for step in steps:
            assert do(ours, *step) == do(theirs, *step)
    again = Database(database.storage.journal.folder)
    assert contents(ours) == contents(theirs) == contents(again.table("ballots"))
    again.close()
    for condition in (where("n") == 1, where("m").exists()):
        assert in_order(ours.search(condition)) == in_order(theirs.search(condition))
        assert ours.count(condition) == theirs.count(condition)
        assert ours.contains(condition) == theirs.contains(condition)
        first = ours.get(condition)
        assert first in theirs.search(condition) if first is not None else theirs.get(condition) is None
    asked = ["a", "b", "nobody"]
    assert in_order(ours.get(doc_ids=asked)) == in_order(theirs.get(doc_ids=asked))


def test_an_upsert_by_condition_is_one_commit(database: Database, folder: Path) -> None:
    ballots = database.table("ballots")
    ballots.insert_multiple([document("b1", {"n": 1}), document("b2", {"n": 1}), document("b3", {"n": 2})])
    lines = (folder / "session.journal").read_bytes().count(b"\n")
    assert ballots.upsert({"seen": True}, where("n") == 1) == ["b1", "b2"]
    assert (folder / "session.journal").read_bytes().count(b"\n") == lines + 1
    assert ballots.get(doc_id="b3") == {"n": 2}


def test_a_table_can_be_made_to_be_there_without_documents(database: Database, folder: Path) -> None:
    database.table("actions", persist_empty=True)
    assert Database(folder).tables() == {"participants", "actions"}


def test_a_table_that_was_dropped_in_a_transaction_can_be_filled_anew_in_it(database: Database, folder: Path) -> None:
    database.table("ballots").insert(document("b1", {}))
    with database.transaction():
        database.drop_table("ballots")
        assert "ballots" not in database.tables()
        database.table("ballots").insert(document("b2", {}))
        assert list(contents(database.table("ballots"))) == ["b2"]
    assert list(contents(Database(folder).table("ballots"))) == ["b2"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (1, True, False),
        (1, 1.0, False),
        ({"a": [1]}, {"a": [1]}, True),
        ({"a": [1]}, {"a": [True]}, False),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, True),
        ([1, 2], [1], False),
        (None, None, True),
    ],
)
def test_values_are_identical_when_they_are_written_alike(one: object, other: object, same: bool) -> None:
    assert identical(one, other) is same


def test_an_overlay_counts_and_lists_what_it_shows() -> None:
    overlay = Overlay({"a": {"n": 1}, "b": {"n": 2}}, {"b": None, "c": {"n": 3}, "d": None})
    assert list(overlay) == ["a", "c"]
    assert len(overlay) == 2
    assert "b" not in overlay
    assert "c" in overlay
    with pytest.raises(KeyError):
        overlay["b"]


def test_a_view_copies_only_what_is_touched() -> None:
    base = {"a": {"n": [1]}, "b": {"n": [2]}}
    view = TableView(base)
    view["a"]["n"].append(9)
    assert "b" in view
    assert base == {"a": {"n": [1]}, "b": {"n": [2]}}
    assert view.changes() == {"a": {"n": [1, 9]}}
    with pytest.raises(KeyError):
        del view["x"]
    del view["b"]
    assert view.changes() == {"a": {"n": [1, 9]}, "b": None}
