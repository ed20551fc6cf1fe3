"""What a session's database promises to those who build on it."""

import json
import os
import stat
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tinydb import where

from cxworkshop.domain.errors import NotStorable, ReadOnlySession, SessionMissing, StoreError
from cxworkshop.store.database import Database
from cxworkshop.store.tables import document

Open = Callable[[], Database]


def test_what_was_written_is_there_after_opening_again(
    database: Database, opened: Open, ballot: dict[str, Any]
) -> None:
    database.table("ballots").insert(document("b1", ballot))
    database.table("ballots").upsert(document("b2", {"answers": {"culture-01": 5}}))
    database.table("ballots").upsert(document("b2", {"comment": "لا بأس 😀"}))
    database.close()
    ballots = opened().table("ballots")
    assert ballots.get(doc_id="b1") == ballot
    assert ballots.get(doc_id="b2") == {"answers": {"culture-01": 5}, "comment": "لا بأس 😀"}
    assert len(ballots) == 2


def test_other_handles_see_a_change_at_their_next_read(database: Database, opened: Open) -> None:
    other = opened()
    database.table("participants").update({"voted": True}, doc_ids=["p1"])
    assert other.table("participants").search(where("voted") == True)[0]["name"] == "Zed"  # noqa: E712 - TinyDB's language


def test_a_watcher_is_told_of_a_change_once(database: Database, opened: Open) -> None:
    watcher = opened()
    assert not watcher.changed()
    before = watcher.revision
    database.table("participants").insert(document("p2", {"name": "Ada"}))
    assert watcher.changed()
    assert watcher.refresh()
    assert watcher.revision > before
    assert not watcher.changed()
    assert not watcher.refresh()


def test_own_writes_raise_the_revision_and_need_no_refresh(database: Database) -> None:
    before = database.revision
    database.table("participants").insert(document("p2", {"name": "Ada"}))
    assert database.revision > before
    assert not database.changed()


def test_two_handles_take_turns_without_losing_anything(database: Database, opened: Open) -> None:
    other = opened()
    for number in range(20):
        (database, other)[number % 2].table("ballots").insert(document(f"b{number}", {"n": number}))
    assert len(database.table("ballots")) == len(other.table("ballots")) == len(opened().table("ballots")) == 20


def test_a_transaction_is_one_commit_across_tables(database: Database, folder: Path, opened: Open) -> None:
    lines = (folder / "session.journal").read_bytes().count(b"\n")
    with database.transaction():
        database.table("ballots").insert(document("b1", {"answers": {}}))
        database.table("participants").update({"voted": True}, doc_ids=["p1"])
        assert database.table("participants").get(doc_id="p1") == {"name": "Zed", "voted": True}
        assert len(database.table("ballots")) == 1
        assert len(opened().table("ballots")) == 0
    assert (folder / "session.journal").read_bytes().count(b"\n") == lines + 1
    assert opened().table("participants").get(doc_id="p1") == {"name": "Zed", "voted": True}


def test_an_exception_in_a_transaction_leaves_nothing_behind(database: Database, folder: Path) -> None:
    before = (folder / "session.journal").read_bytes()
    with pytest.raises(ZeroDivisionError), database.transaction():  # noqa: PT012 - all of it must be undone
        database.table("ballots").insert(document("b1", {"answers": {}}))
        database.table("participants").update({"voted": True}, doc_ids=["p1"])
        raise ZeroDivisionError
    assert (folder / "session.journal").read_bytes() == before
    assert len(database.table("ballots")) == 0
    assert database.table("participants").get(doc_id="p1") == {"name": "Zed", "voted": False}
    database.table("ballots").insert(document("b2", {}))
    assert [str(found.doc_id) for found in database.table("ballots")] == ["b2"]


def test_an_update_that_fails_half_way_leaves_nothing_in_the_transaction_around_it(database: Database) -> None:
    ballots = database.table("ballots")
    with database.transaction():
        with pytest.raises(ValueError, match="already exists"):
            ballots.insert_multiple([document("b1", {}), document("b2", {}), document("b1", {})])
        ballots.insert(document("b3", {}))
    assert [str(found.doc_id) for found in ballots] == ["b3"]


def test_transactions_do_not_nest(database: Database) -> None:
    with database.transaction(), pytest.raises(RuntimeError, match="nest"), database.transaction():
        pass
    with database.reading(), pytest.raises(RuntimeError, match="reading"), database.transaction():
        pass


def test_a_session_is_not_closed_within_a_transaction(database: Database) -> None:
    with database.transaction(), pytest.raises(RuntimeError, match="closed"):
        database.close()


def test_a_transaction_starts_from_the_state_as_it_is_now(database: Database, opened: Open) -> None:
    other = opened()
    for _ in range(5):
        for each in (database, other):
            with each.transaction():
                found = each.table("participants").get(doc_id="p1")
                assert found is not None
                each.table("participants").update({"seen": found.get("seen", 0) + 1}, doc_ids=["p1"])
    assert opened().table("participants").get(doc_id="p1") == {"name": "Zed", "voted": False, "seen": 10}


def test_threads_of_one_process_take_turns(database: Database) -> None:
    def cast(number: int) -> None:
        for each in range(10):
            with database.transaction():
                found = database.table("participants").get(doc_id="p1")
                assert found is not None
                database.table("participants").update({"seen": found.get("seen", 0) + 1}, doc_ids=["p1"])
                database.table("ballots").insert(document(f"b{number}-{each}", {}))

    threads = [threading.Thread(target=cast, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        seen = [str(found.doc_id) for found in database.table("ballots")]
        assert len(seen) == len(set(seen))
    for thread in threads:
        thread.join()
    assert len(database.table("ballots")) == 40
    assert database.table("participants").get(doc_id="p1") == {"name": "Zed", "voted": False, "seen": 40}


def test_several_reads_can_be_of_one_moment(database: Database, opened: Open) -> None:
    other = opened()
    with database.reading():
        assert len(database.table("ballots")) == 0
        other.table("ballots").insert(document("b1", {}))
        assert len(database.table("ballots")) == 0
    assert len(database.table("ballots")) == 1


def test_what_is_read_belongs_to_the_reader(database: Database) -> None:
    ballots = database.table("ballots")
    ballots.insert(document("b1", {"answers": {"culture-01": 5}, "marks": [[1]]}))
    for found in (ballots.get(doc_id="b1"), ballots.all()[0], ballots.search(where("marks").exists())[0]):
        assert found is not None
        found["answers"]["culture-01"] = 1
        found["marks"][0].append(2)
        found["new"] = True
    assert ballots.get(doc_id="b1") == {"answers": {"culture-01": 5}, "marks": [[1]]}


def test_what_is_written_is_cut_off_from_the_writer(database: Database) -> None:
    answers = {"culture-01": 5}
    database.table("ballots").insert(document("b1", {"answers": answers}))
    answers["culture-01"] = 1
    assert database.table("ballots").get(doc_id="b1") == {"answers": {"culture-01": 5}}


@pytest.mark.parametrize("value", [{1, 2}, object(), float("nan"), float("inf"), "half a pair \ud800", b"bytes"])
def test_what_json_has_no_form_for_is_refused_before_anything_is_written(
    database: Database, folder: Path, value: object
) -> None:
    before = (folder / "session.journal").read_bytes()
    with pytest.raises(NotStorable), database.transaction():  # noqa: PT012 - all of it must be undone
        database.table("participants").update({"voted": True}, doc_ids=["p1"])
        database.table("ballots").insert(document("b1", {"answer": value}))
    assert (folder / "session.journal").read_bytes() == before
    database.table("ballots").insert(document("b1", {"answer": 1}))
    assert database.table("participants").get(doc_id="p1") == {"name": "Zed", "voted": False}


def test_true_is_not_taken_for_one(database: Database, opened: Open) -> None:
    database.table("ballots").insert(document("b1", {"voted": 1}))
    database.table("ballots").update({"voted": True}, doc_ids=["b1"])
    found = opened().table("ballots").get(doc_id="b1")
    assert found is not None
    assert found["voted"] is True


def test_a_write_that_changes_nothing_writes_nothing(database: Database, folder: Path) -> None:
    before = (folder / "session.journal").read_bytes()
    database.table("participants").upsert(document("p1", {"name": "Zed", "voted": False}))
    database.table("participants").remove(doc_ids=["nobody"])
    database.table("ballots").remove(doc_ids=["nothing"])
    with database.transaction():
        pass
    assert (folder / "session.journal").read_bytes() == before


def test_documents_need_an_id(database: Database) -> None:
    with pytest.raises(ValueError, match="id"):
        database.table("ballots").insert({"answers": {}})


def test_dropping_tables_is_written_too(database: Database, opened: Open) -> None:
    other = opened()
    database.table("ballots").insert(document("b1", {}))
    database.drop_table("ballots")
    assert other.tables() == {"participants"}
    database.drop_tables()
    assert other.tables() == set()
    assert opened().tables() == set()


@pytest.mark.skipif(os.name != "posix", reason="permission bits")
def test_files_and_folder_are_private(database: Database, folder: Path) -> None:
    database.table("ballots").insert(document("b1", {}))
    with database.transaction():
        database.seal({"ballots": {"b1": {}}})
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_a_session_is_not_made_over_another(folder: Path) -> None:
    before = (folder / "session.journal").read_bytes()
    with pytest.raises(StoreError, match="already"):
        Database.create(folder)
    assert (folder / "session.journal").read_bytes() == before


def test_a_missing_session_is_refused_and_not_made(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for missing in (tmp_path / "gone", tmp_path / "empty"):
        with pytest.raises(SessionMissing, match="moved or deleted"):
            Database(missing)
    assert list((tmp_path / "empty").iterdir()) == []


def test_a_session_that_was_moved_away_while_open_is_not_made_anew(database: Database, folder: Path) -> None:
    folder.rename(folder.with_name("elsewhere"))
    with pytest.raises(SessionMissing):
        database.table("ballots").insert(document("b1", {}))
    assert not folder.exists()
    folder.with_name("elsewhere").rename(folder)
    database.table("ballots").insert(document("b1", {}))
    assert len(database.table("ballots")) == 1


def test_a_folder_that_was_put_back_is_locked_anew(database: Database, folder: Path, opened: Open) -> None:
    database.table("ballots").insert(document("b1", {}))
    content = (folder / "session.journal").read_bytes()
    for path in folder.iterdir():
        path.unlink()
    (folder / "session.journal").write_bytes(content)
    with database.transaction():
        assert database.table("ballots").contains(doc_id="b1")
        assert lock_is_taken(folder / "session.lock")


def lock_is_taken(path: Path) -> bool:
    from filelock import FileLock, Timeout

    try:
        FileLock(path).acquire(timeout=0).lock.release()
    except Timeout:
        return True
    return False


def test_a_closed_session_says_so(database: Database) -> None:
    database.close()
    with pytest.raises(StoreError, match="closed"):
        database.table("participants").all()
    with pytest.raises(StoreError, match="closed"):
        database.table("ballots").insert(document("b1", {}))
    database.reopen()
    assert len(database.table("participants")) == 1


def test_every_line_is_json_that_another_program_can_read(database: Database, folder: Path) -> None:
    database.table("ballots").insert(document("b1", {"comment": "é"}))
    head, *lines = (folder / "session.journal").read_text("utf-8").splitlines()
    assert head.startswith("cxworkshop-journal 1 1 1 ")
    bodies = [json.loads(line.split(" ", 3)[3]) for line in lines]
    assert bodies[-1] == {"ballots": {"b1": {"comment": "é"}}}


def test_a_session_that_may_not_be_written_can_be_read_and_says_why(folder: Path, opened: Open) -> None:
    (folder / "session.journal").chmod(0o400)
    folder.chmod(0o500)
    try:
        if os.access(folder, os.W_OK):
            pytest.skip("permissions do not bind this user")
        database = opened()
        assert len(database.table("participants")) == 1
        with pytest.raises(ReadOnlySession, match="owns the folder"):
            database.table("ballots").insert(document("b1", {}))
        with pytest.raises(ReadOnlySession, match="owns the folder"):
            Database.create(folder / "inside")
    finally:
        folder.chmod(0o700)
