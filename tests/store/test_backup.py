import errno
import json
import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cxworkshop.domain.errors import CxWorkshopError, DamagedSession, NewerSession, NotSaved, StoreError
from cxworkshop.domain.session import Privacy, Round, Session
from cxworkshop.facilitation.revealing import close_round, reveal_round
from cxworkshop.store.backup import decode, encode, read_backup, restore, take_backup, write_backup
from cxworkshop.store.catalogue import FolderCatalogue
from cxworkshop.store.fresh import JOURNAL_NAME
from cxworkshop.store.repository import SessionRepository
from store.disks import FailingDisk
from store.samples import ballot, rich_session, voting_session


@pytest.fixture
def catalogue(tmp_path: Path) -> FolderCatalogue:
    return FolderCatalogue(tmp_path / "sessions")


@pytest.fixture
def elsewhere(tmp_path: Path) -> FolderCatalogue:
    return FolderCatalogue(tmp_path / "elsewhere")


def made(catalogue: FolderCatalogue, session: Session, ballots: int = 0) -> Path:
    """The folder of a session with some ballots in round 1."""
    store = catalogue.create(session)
    for number in range(ballots):
        with store.transaction() as transaction:
            transaction.box.put(ballot(f"KITE-{9 - number}", answer=number % 5 + 1), f"p{number}")
    store.close()
    return catalogue.folder / store.session.about.id


def carried(folder: Path, catalogue: FolderCatalogue, file: Path) -> Path:
    """The folder of the session that a backup of another one was restored to."""
    write_backup(take_backup(folder), file)
    return catalogue.folder / restore(read_backup(file), catalogue)


# The whole of it


@pytest.mark.parametrize("privacy", list(Privacy))
def test_backup_restore_backup_gives_the_same_bytes(
    catalogue: FolderCatalogue, elsewhere: FolderCatalogue, tmp_path: Path, privacy: Privacy
) -> None:
    folder = made(catalogue, voting_session(privacy), ballots=5)
    again = carried(folder, elsewhere, tmp_path / "first")
    write_backup(take_backup(again), tmp_path / "second")
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()
    assert again.name == folder.name


def test_a_restored_session_is_the_same_in_every_part(
    catalogue: FolderCatalogue, elsewhere: FolderCatalogue, tmp_path: Path
) -> None:
    folder = made(catalogue, rich_session(), ballots=3)
    first, second = SessionRepository(folder), SessionRepository(carried(folder, elsewhere, tmp_path / "file"))
    assert second.session == first.session
    assert second.box.ballots("1") == first.box.ballots("1")
    assert second.box.voted("1") == first.box.voted("1") == {"p0", "p1", "p2"}
    assert not second.warnings
    first.close()
    second.close()


def test_voting_goes_on_in_a_restored_session(
    catalogue: FolderCatalogue, elsewhere: FolderCatalogue, tmp_path: Path
) -> None:
    store = SessionRepository(carried(made(catalogue, voting_session(), ballots=2), elsewhere, tmp_path / "file"))
    own = store.box.ballot_of("1", "p1")
    assert own is not None
    assert own.code == "KITE-8"
    with store.transaction() as transaction:
        transaction.box.put(ballot("NEW-1"), "p9")
    assert store.box.count("1") == 3
    store.close()


def test_where_the_id_is_taken_the_session_gets_the_next_one(catalogue: FolderCatalogue, tmp_path: Path) -> None:
    folder = made(catalogue, voting_session(), ballots=2)
    second = carried(folder, catalogue, tmp_path / "file")
    assert second.name == f"{folder.name}-2"
    store = SessionRepository(second)
    assert store.session.about.id == second.name
    store.close()
    assert [summary.problem for summary in catalogue.summaries()] == ["", ""]


def test_the_order_of_votes_is_not_told(catalogue: FolderCatalogue) -> None:
    folder = made(catalogue, voting_session(), ballots=5)
    documents = take_backup(folder).documents
    for table in ("ballots", "roll"):
        assert list(documents[table]) == sorted(documents[table])


def test_the_order_of_candidates_is_kept(
    catalogue: FolderCatalogue, elsewhere: FolderCatalogue, tmp_path: Path
) -> None:
    session = rich_session()
    listed = {name: replace(session.candidates["c1"], id=name, title=name) for name in ("zed", "c1", "mid")}
    store = SessionRepository(carried(made(catalogue, replace(session, candidates=listed)), elsewhere, tmp_path / "f"))
    assert list(store.session.candidates) == ["zed", "c1", "mid"]
    store.close()


# The file


def test_the_file_is_the_users_alone_and_says_what_it_is(catalogue: FolderCatalogue, tmp_path: Path) -> None:
    path = write_backup(take_backup(made(catalogue, voting_session(), ballots=1)), tmp_path / "file")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    head = json.loads(path.read_text().splitlines()[0])
    assert head["schema"] == 1
    assert head["session"] == "2026-11-21-aurora-telecom-cx"
    assert {path.name for path in tmp_path.iterdir()} == {"sessions", "file"}


def test_nothing_is_overwritten(catalogue: FolderCatalogue, tmp_path: Path) -> None:
    taken = take_backup(made(catalogue, voting_session()))
    file = tmp_path / "file"
    file.write_text("mine")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    with pytest.raises(StoreError, match="is there already"):
        write_backup(taken, file)
    with pytest.raises(StoreError, match="is there already"):
        write_backup(taken, tmp_path / "dangling")
    with pytest.raises(StoreError, match="is a folder"):
        write_backup(taken, tmp_path)
    with pytest.raises(StoreError, match="no folder"):
        write_backup(taken, tmp_path / "missing" / "file")
    assert file.read_text() == "mine"


def test_a_file_made_at_the_last_moment_is_not_overwritten_either(
    catalogue: FolderCatalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken, file = take_backup(made(catalogue, voting_session())), tmp_path / "file"
    link = os.link

    def too_late(source: Path, target: Path) -> None:
        target.write_text("mine")
        link(source, target)

    monkeypatch.setattr(os, "link", too_late)
    with pytest.raises(StoreError, match="is there already"):
        write_backup(taken, file)
    assert file.read_text() == "mine"
    assert {path.name for path in tmp_path.iterdir()} == {"sessions", "file"}


def test_a_disk_without_second_names_will_do(
    catalogue: FolderCatalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(source: Path, target: Path) -> None:
        raise PermissionError(source, target)

    monkeypatch.setattr(os, "link", refused)
    taken = take_backup(made(catalogue, voting_session(), ballots=1))
    assert read_backup(write_backup(taken, tmp_path / "file")) == taken
    assert {path.name for path in tmp_path.iterdir()} == {"sessions", "file"}


@pytest.mark.parametrize("at", range(6))
def test_a_disk_that_refuses_leaves_nothing_behind_of_the_name(
    catalogue: FolderCatalogue, tmp_path: Path, at: int
) -> None:
    taken = take_backup(made(catalogue, voting_session()))
    disk = FailingDisk(at, OSError(errno.EIO, "Input/output error"), armed=True)
    with pytest.raises(NotSaved, match="could not be written"):
        write_backup(taken, tmp_path / "file", disk)
    assert disk.struck
    assert not (tmp_path / "file").exists()
    if disk.struck != "unlink":
        assert [path.name for path in tmp_path.iterdir()] == ["sessions"]


# Confidential


def test_a_backup_is_confidential_until_the_reveal(catalogue: FolderCatalogue) -> None:
    folder = made(catalogue, voting_session(), ballots=5)
    assert take_backup(folder).is_confidential
    store = SessionRepository(folder)
    close_round(store)
    assert take_backup(folder).is_confidential
    reveal_round(store)
    assert not take_backup(folder).is_confidential
    with store.transaction() as transaction:
        transaction.save(transaction.session.with_round(Round("2", "self_test", ("Q01",))))
        transaction.box.put(ballot("KITE-1", "2"), "p1")
    assert take_backup(folder).is_confidential
    store.close()


def test_after_the_reveal_it_leads_from_no_name_to_a_ballot(catalogue: FolderCatalogue) -> None:
    folder = made(catalogue, voting_session(), ballots=5)
    store = SessionRepository(folder)
    close_round(store)
    reveal_round(store)
    store.close()
    documents = take_backup(folder).documents
    assert all(not mark for mark in documents["roll"].values())
    assert all(not fields.get("participant") for fields in documents["ballots"].values())


# Refused


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(data=st.data())
def test_any_damage_is_found(catalogue: FolderCatalogue, data: st.DataObject) -> None:
    folder = catalogue.folder / "2026-11-21-aurora-telecom-cx"
    if not folder.exists():
        made(catalogue, voting_session(), ballots=2)
    whole = encode(take_backup(folder))
    place = data.draw(st.integers(0, len(whole) - 1))
    kind = data.draw(st.sampled_from(["cut", "flip", "drop", "double"]))
    bad = {
        "cut": whole[:place],
        "flip": whole[:place] + bytes([whole[place] ^ data.draw(st.integers(1, 255))]) + whole[place + 1 :],
        "drop": whole[:place] + whole[place + 1 :],
        "double": whole[:place] + whole[place : place + 1] + whole[place:],
    }[kind]
    try:
        read = decode(bad, "file")
    except (DamagedSession, NewerSession):
        return
    # Only white space at the very end, or the same byte twice over, may pass.
    assert encode(read) == whole


@pytest.mark.parametrize(
    "text", ["", "\n", "{}", "PK\x03\x04", '{"cxworkshop-backup":', "[" * 4000, '{"cxworkshop-backup":1}']
)
def test_other_files_are_no_backups(tmp_path: Path, text: str) -> None:
    file = tmp_path / "file"
    file.write_text(text)
    with pytest.raises(DamagedSession, match="nothing was restored"):
        read_backup(file)


def test_a_file_that_is_not_there_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be read"):
        read_backup(tmp_path / "nothing")


@pytest.mark.parametrize("field", ["schema", "cxworkshop-backup"])
def test_newer_backups_are_refused(catalogue: FolderCatalogue, tmp_path: Path, field: str) -> None:
    file = write_backup(take_backup(made(catalogue, voting_session())), tmp_path / "file")
    if field == "schema":
        taken = read_backup(file)
        file.write_bytes(encode(replace(taken, schema=99)))
    else:
        file.write_bytes(file.read_bytes().replace(b'"cxworkshop-backup":1', b'"cxworkshop-backup":2', 1))
    with pytest.raises(NewerSession, match="Update cxworkshop"):
        read_backup(file)


@pytest.mark.parametrize("part", ["about", "content", "ballot"])
def test_a_backup_without_a_whole_session_leaves_nothing_behind(
    catalogue: FolderCatalogue, elsewhere: FolderCatalogue, tmp_path: Path, part: str
) -> None:
    taken = take_backup(made(catalogue, voting_session(), ballots=1))
    documents = {name: dict(rows) for name, rows in taken.documents.items()}
    if part == "ballot":
        documents["ballots"]["1:KITE-9"] = {"round": 1}
    else:
        del documents["session"][part]
    with pytest.raises(DamagedSession, match="nothing was restored"):
        restore(replace(taken, documents=documents), elsewhere)
    assert list(elsewhere.folder.iterdir()) == []


@pytest.mark.parametrize("name", ["../../evil", "", "a", "2026-11-21-x/../../y", "2026-11-21-"])
def test_a_backup_cannot_name_a_place(catalogue: FolderCatalogue, tmp_path: Path, name: str) -> None:
    taken = take_backup(made(catalogue, voting_session()))
    with pytest.raises(DamagedSession):
        decode(encode(replace(taken, session=name)), "file")


def test_a_damaged_session_is_not_backed_up_as_if_it_were_whole(catalogue: FolderCatalogue) -> None:
    folder = made(catalogue, voting_session(), ballots=3)
    journal = folder / JOURNAL_NAME
    lines = journal.read_bytes().splitlines(keepends=True)
    lines[4] = lines[4].replace(b'"', b"'", 1)
    journal.write_bytes(b"".join(lines))
    with pytest.raises(CxWorkshopError, match="is damaged"):
        take_backup(folder)
