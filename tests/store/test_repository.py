import errno
import json
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any

import pytest

from cxworkshop.domain.errors import (
    DamagedSession,
    NewerSession,
    NotSaved,
    NotStorable,
    ReadOnlySession,
    SessionMissing,
    StoreError,
)
from cxworkshop.domain.session import SCHEMA, Participant, Privacy, Session
from cxworkshop.facilitation.ports import SessionStore, Transaction
from cxworkshop.facilitation.voting import Answers, Voter, cast_ballot
from cxworkshop.store.catalogue import FolderCatalogue
from cxworkshop.store.codec import Writes, encode_ballot
from cxworkshop.store.database import Database
from cxworkshop.store.lines import as_json
from cxworkshop.store.repository import SessionRepository
from cxworkshop.store.tables import document
from cxworkshop.store.upgrades import StoredTables
from store.disks import CountingDisk, FailingDisk
from store.samples import PEOPLE, ballot, new_session, rich_session, voting_session

DATA = Path(__file__).parent / "data"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a session that takes ballots."""
    made = FolderCatalogue(tmp_path).create(voting_session())
    made.close()
    return tmp_path / made.session.about.id


@pytest.fixture
def store(folder: Path) -> Iterator[SessionRepository]:
    opened = SessionRepository(folder)
    yield opened
    opened.close()


def retitled(session: Session, title: str) -> Session:
    return replace(session, about=replace(session.about, title=title))


def vote(store: SessionStore, code: str, participant: str | None, round_key: str = "1") -> None:
    with store.transaction() as transaction:
        transaction.box.put(ballot(code, round_key), participant)


def close(store: SessionStore, key: str = "1") -> None:
    with store.transaction() as transaction:
        session = transaction.session
        transaction.save(session.with_round(replace(session.round(key), state="closed")))
        transaction.box.unlink(key)


def reveal(store: SessionStore, key: str = "1") -> None:
    with store.transaction() as transaction:
        session = transaction.session
        transaction.save(session.with_round(replace(session.round(key), state="revealed")))
        transaction.seal()


# Saving and reading


def test_a_session_is_read_back_whole(tmp_path: Path) -> None:
    catalogue = FolderCatalogue(tmp_path)
    catalogue.create(rich_session()).close()
    opened: SessionStore = catalogue.open("2026-11-21-aurora")
    assert opened.session == rich_session()
    assert list(opened.session.participants) == list(PEOPLE)
    assert not opened.read_only
    assert opened.warnings == ()


def test_what_is_saved_is_there_for_others_once_they_refresh(folder: Path, store: SessionRepository) -> None:
    other = SessionRepository(folder)
    before = other.session
    with store.transaction() as transaction:
        transaction.save(replace(transaction.session, units=("Sales",)))
        assert transaction.session.units == ("Sales",)
    assert store.session.units == ("Sales",)

    assert other.session is before
    assert other.box.count("1") == 0  # reading ballots takes in the tail, yet the session stays until refresh
    assert other.session is before
    revision = other.revision
    assert other.refresh()
    assert other.session.units == ("Sales",)
    assert other.revision >= revision
    after = other.session
    assert not other.refresh()
    assert other.session is after


def test_what_did_not_change_is_the_same_object_afterwards(folder: Path, store: SessionRepository) -> None:
    other = SessionRepository(folder)
    before = other.session
    with store.transaction() as transaction:
        transaction.save(retitled(transaction.session, "Another"))
    other.refresh()
    assert other.session.about.title == "Another"
    assert other.session.content is before.content
    assert other.session.participants is before.participants


def test_a_changed_participant_leaves_the_others_as_they_were(folder: Path, store: SessionRepository) -> None:
    other = SessionRepository(folder)
    before = other.session.participants
    with store.transaction() as transaction:
        people = transaction.session.participants
        renamed = replace(people["p-omid"], name="Omid")
        transaction.save(replace(transaction.session, participants={**people, "p-omid": renamed}))
    other.refresh()
    assert other.session.participants["p-omid"].name == "Omid"
    assert other.session.participants["p-ana"] is before["p-ana"]


def test_an_error_within_a_transaction_changes_nothing(folder: Path, store: SessionRepository) -> None:
    journal = (folder / "session.journal").read_bytes()

    class Refused(Exception):
        pass

    def attempt() -> None:
        with store.transaction() as transaction:
            transaction.save(retitled(transaction.session, "Lost"))
            transaction.box.put(ballot("KITE-42"), "p-ana")
            assert store.box.has_voted("1", "p-ana")
            assert store.box.ballots("1") == (ballot("KITE-42"),)
            raise Refused

    with pytest.raises(Refused):
        attempt()
    assert (folder / "session.journal").read_bytes() == journal
    assert store.session == SessionRepository(folder).session
    assert store.box.count("1") == 0
    assert store.box.ballots("1") == ()
    assert not store.box.voted("1")


def test_a_value_that_could_not_be_opened_again_is_refused(folder: Path, store: SessionRepository) -> None:
    journal = (folder / "session.journal").read_bytes()
    with pytest.raises(NotStorable), store.transaction() as transaction:
        transaction.save(replace(transaction.session, units=(3,)))  # type: ignore[arg-type]
    with pytest.raises(NotStorable), store.transaction() as transaction:
        transaction.save(retitled(transaction.session, "half a \ud800 pair"))
    assert (folder / "session.journal").read_bytes() == journal
    vote(store, "KITE-42", "p-ana")
    assert store.box.count("1") == 1


def test_after_a_disk_that_refused_the_next_try_goes_through(folder: Path) -> None:
    disk = FailingDisk(at=0, error=OSError(errno.EIO, "input/output error"))
    store = SessionRepository(folder, disk=disk)
    vote(store, "FIRST-10", "p-omid")

    def attempt() -> None:
        with store.transaction() as transaction:
            transaction.box.put(ballot("KITE-42"), "p-ana")
            transaction.save(retitled(transaction.session, "Lost"))
            disk.armed = True

    with pytest.raises(NotSaved, match="input/output error"):
        attempt()
    disk.armed = False
    assert store.box.voted("1") == {"p-omid"}
    assert store.session.about.title == "Aurora Telecom CX"
    vote(store, "KITE-42", "p-ana")
    assert SessionRepository(folder).box.voted("1") == {"p-ana", "p-omid"}


# Several processes

ADD_UNITS = """
import sys
from dataclasses import replace
from pathlib import Path
from cxworkshop.store.repository import SessionRepository

store = SessionRepository(Path(sys.argv[1]))
for number in range(int(sys.argv[3])):
    with store.transaction() as transaction:
        session = transaction.session
        transaction.save(replace(session, units=(*session.units, f"{sys.argv[2]}-{number}")))
"""

CAST = """
import sys
from pathlib import Path
from cxworkshop.domain.ballots import Ballot
from cxworkshop.store.repository import SessionRepository

store = SessionRepository(Path(sys.argv[1]))
with store.transaction() as transaction:
    transaction.box.put(Ballot("1", sys.argv[2], {"Q01": 3}), sys.argv[3])
print(store.box.count("1"), store.session.about.title)
"""


def start(script: str, *arguments: object) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_two_processes_see_each_other(folder: Path, store: SessionRepository) -> None:
    with store.transaction() as transaction:
        transaction.save(retitled(transaction.session, "Seen"))
        transaction.box.put(ballot("KITE-42"), "p-ana")
    output, errors = start(CAST, folder, "LION-10", "p-omid").communicate(timeout=60)
    assert (output, errors) == ("2 Seen\n", "")
    assert store.refresh()
    assert store.box.voted("1") == {"p-ana", "p-omid"}
    found = store.box.ballot("1", "LION-10")
    assert found is not None
    assert found.answers == {"Q01": 3}


def test_every_transaction_builds_on_the_state_as_it_is_then(folder: Path, store: SessionRepository) -> None:
    writers = [start(ADD_UNITS, folder, name, 15) for name in "abc"]
    for number in range(15):
        with store.transaction() as transaction:
            session = transaction.session
            transaction.save(replace(session, units=(*session.units, f"here-{number}")))
    for writer in writers:
        _, errors = writer.communicate(timeout=60)
        assert errors == ""
    store.refresh()
    expected = {f"{name}-{number}" for name in ("a", "b", "c", "here") for number in range(15)}
    assert set(store.session.units) == expected | {"Sales", "Support"}
    assert len(store.session.units) == len(expected) + 2


# The ballot box


def test_a_ballot_and_its_mark_are_put_in_together(store: SessionRepository) -> None:
    with store.transaction() as transaction:
        transaction.box.put(ballot("KITE-42"), "p-ana")
        assert transaction.box.count("1") == 1
        assert transaction.box.ballot_of("1", "p-ana") == ballot("KITE-42")
    assert store.box.ballot("1", "KITE-42") == ballot("KITE-42")
    assert store.box.ballot_of("1", "p-ana") == ballot("KITE-42")
    assert store.box.ballots("1") == (ballot("KITE-42"),)
    assert store.box.has_voted("1", "p-ana")
    assert not store.box.has_voted("1", "p-omid")
    assert not store.box.has_voted("11", "p-ana")
    assert store.box.ballot("1", "LION-10") is None
    assert store.box.ballot_of("1", "p-omid") is None


def test_rounds_are_kept_apart_also_where_one_key_begins_another(store: SessionRepository) -> None:
    for key in ("1", "11", "dots-1"):
        vote(store, "KITE-42", "p-ana", key)
    assert [store.box.count(key) for key in ("1", "11", "dots-1", "dots", "2")] == [1, 1, 1, 0, 0]
    assert store.box.ballots("11") == (ballot("KITE-42", "11"),)


def test_a_count_follows_what_comes_and_goes_and_is_written_anew(folder: Path, store: SessionRepository) -> None:
    other = SessionRepository(folder)
    assert other.box.count("1") == 0
    for code in ("KITE-42", "LION-10", "ZEBRA-11"):
        vote(store, code, code.lower())
        vote(store, code, code.lower(), "2")
        assert other.box.count("1") == other.box.count("2") == len(other.box.voted("1"))
    with store.transaction() as transaction:
        transaction.box.remove("1", "KITE-42", "kite-42")
    assert (other.box.count("1"), other.box.count("2")) == (2, 3)
    close(store)
    assert other.box.voted("1") == {"lion-10", "zebra-11"}
    reveal(store)
    assert (other.box.count("1"), other.box.count("2")) == (2, 3)
    Database(folder).drop_table("ballots")
    assert (other.box.count("1"), other.box.count("2")) == (0, 0)


def test_a_changed_ballot_takes_the_place_of_the_first(store: SessionRepository) -> None:
    vote(store, "KITE-42", "p-ana")
    changed = replace(ballot("KITE-42"), answers={"Q02": 1}, comments={})
    with store.transaction() as transaction:
        transaction.box.put(changed, None)
    assert store.box.ballots("1") == (changed,)
    assert store.box.ballot_of("1", "p-ana") == changed


def test_a_ballot_taken_out_takes_its_mark_along(store: SessionRepository) -> None:
    vote(store, "KITE-42", "p-ana")
    vote(store, "LION-10", "p-omid")
    with store.transaction() as transaction:
        transaction.box.remove("1", "KITE-42", "p-ana")
        transaction.box.remove("1", "LION-10", None)
        transaction.box.remove("1", "NONE-00", "nobody")
    assert store.box.count("1") == 0
    assert store.box.voted("1") == {"p-omid"}


def test_ballots_come_in_the_order_of_their_codes_not_of_voting(store: SessionRepository) -> None:
    for code, person in (("ZEBRA-11", "p-1"), ("AMBER-99", "p-2"), ("LION-10", "p-3")):
        vote(store, code, person)
    assert [each.code for each in store.box.ballots("1")] == ["AMBER-99", "LION-10", "ZEBRA-11"]


def test_screens_get_the_same_ballots_until_one_changes(folder: Path, store: SessionRepository) -> None:
    vote(store, "KITE-42", "p-ana")
    before = store.box.ballots("1")
    with store.transaction() as transaction:
        transaction.save(retitled(transaction.session, "Another"))
    assert store.box.ballots("1") is before
    other = SessionRepository(folder)
    vote(other, "LION-10", "p-omid")
    assert len(store.box.ballots("1")) == len(before) + 1
    assert store.box.count("1") == 2


# Closing and sealing


def test_closing_forgets_whose_ballots_are(store: SessionRepository) -> None:
    vote(store, "KITE-42", "p-ana")
    vote(store, "AMBER-11", "p-omid")
    vote(store, "KITE-42", "p-ana", "dots-1")
    close(store)
    assert store.box.ballot_of("dots-1", "p-ana") == ballot("KITE-42", "dots-1")
    assert store.box.voted("1") == {"p-ana", "p-omid"}
    assert store.box.count("1") == 2
    assert store.box.ballot_of("1", "p-ana") is None
    assert store.box.ballot("1", "KITE-42") == ballot("KITE-42")


def test_a_closing_is_written_in_an_order_that_tells_nothing(folder: Path, store: SessionRepository) -> None:
    people = {f"p-{number}": f"CODE-{97 - 7 * number}" for number in range(6)}
    for person, code in people.items():
        vote(store, code, person)
    close(store)
    changes = json.loads((folder / "session.journal").read_text().splitlines()[-1].split(" ", 3)[3])
    assert list(changes["ballots"]) == sorted(changes["ballots"])
    assert changes["roll"] == {f"1:{person}": {} for person in sorted(people)}


def test_with_open_names_a_persons_ballot_is_known_for_good(tmp_path: Path) -> None:
    store = FolderCatalogue(tmp_path).create(voting_session(Privacy.OPEN))
    named = ballot("KITE-42", participant="p-ana")
    with store.transaction() as transaction:
        transaction.box.put(named, "p-ana")
    close(store)
    assert store.box.ballot_of("1", "p-ana") == named
    reveal(store)
    assert store.box.ballot_of("1", "p-ana") == named


def test_after_the_sealing_nothing_in_the_folder_leads_from_a_name_to_a_ballot(
    folder: Path, store: SessionRepository
) -> None:
    other = SessionRepository(folder)
    votes = {"p-ana": "ZEBRA-42", "p-omid": "AMBER-11"}
    for person, code in votes.items():
        with store.transaction() as transaction:
            transaction.box.put(ballot(code, participant=person), person)  # a name that slipped in goes, too
    (folder / "session.journal.torn-3").write_bytes(b'"1:p-ana":{"code":"ZEBRA-42"')
    close(store)
    assert any(b"p-ana" in line and b"ZEBRA-42" in line for line in lines_in(folder))
    reveal(store)

    for line in lines_in(folder):
        assert not (
            any(who.encode() in line for who in votes) and any(code.encode() in line for code in votes.values())
        )
    assert {path.name for path in folder.iterdir()} == {"session.journal", "session.lock"}
    assert lines_in(folder).index(line_with(folder, b"AMBER-11")) < lines_in(folder).index(line_with(folder, b"ZEBRA"))
    assert stat.S_IMODE((folder / "session.journal").stat().st_mode) == 0o600

    assert other.refresh()
    assert other.session == store.session == SessionRepository(folder).session
    assert other.session.round("1").state == "revealed"
    assert other.box.voted("1") == set(votes)
    assert other.box.ballots("1") == (ballot("AMBER-11"), ballot("ZEBRA-42"))
    vote(other, "LION-10", None, "2")
    store.refresh()
    assert store.box.count("2") == 1


def lines_in(folder: Path) -> list[bytes]:
    return [line for path in sorted(folder.iterdir()) for line in path.read_bytes().splitlines()]


def line_with(folder: Path, text: bytes) -> bytes:
    return next(line for line in lines_in(folder) if text in line)


def test_a_later_sealing_forgets_a_code_that_pairs_two_rounds(folder: Path, store: SessionRepository) -> None:
    vote(store, "ZEBRA-42", "p-ana")
    close(store)
    reveal(store)
    with store.transaction() as transaction:
        second = replace(transaction.session.round("1"), key="2", items=("Q01",), state="open")
        transaction.save(transaction.session.with_round(second))
    vote(store, "ZEBRA-42", "p-ana", "2")
    assert store.box.ballot_of("2", "p-ana") == ballot("ZEBRA-42", "2")
    close(store, "2")
    reveal(store, "2")
    assert store.box.ballot("1", "ZEBRA-42") == ballot("ZEBRA-42")
    assert store.box.voted("2") == {"p-ana"}
    assert not any(b"p-ana" in line and b"ZEBRA-42" in line for line in lines_in(folder))


def test_sealing_forgets_whose_ballots_are_also_where_closing_did_not(store: SessionRepository) -> None:
    vote(store, "KITE-42", "p-ana")
    reveal(store)
    assert store.box.voted("1") == {"p-ana"}
    assert store.box.ballot_of("1", "p-ana") is None


def test_sealing_leaves_the_marks_of_a_round_that_is_open(store: SessionRepository) -> None:
    vote(store, "KITE-42", "p-ana")
    with store.transaction() as transaction:
        transaction.seal()
    assert store.box.ballot_of("1", "p-ana") == ballot("KITE-42")


# What cannot be written, or not be read


def stored(folder: Path, table: str, key: str, change: Callable[[dict[str, Any]], None]) -> None:
    """Change a document behind the program's back."""
    database = Database(folder)
    database.table(table).update(change, doc_ids=[key])  # type: ignore[arg-type]
    database.close()


def test_a_session_of_a_later_schema_can_be_looked_at_only(folder: Path, store: SessionRepository) -> None:
    stored(folder, "session", "about", lambda about: about.update(schema=SCHEMA + 1, mood="fine"))
    journal = (folder / "session.journal").read_bytes()
    opened = SessionRepository(folder)
    assert opened.read_only
    (warning,) = opened.warnings
    assert f"schema {SCHEMA + 1}" in warning
    assert f"up to schema {SCHEMA}" in warning
    assert opened.session.about.title == "Aurora Telecom CX"
    for either in (opened, store):  # one opened before the later version came along learns of it, too
        with pytest.raises(ReadOnlySession, match=f"schema {SCHEMA + 1}"):
            vote(either, "KITE-42", "p-ana")
    assert (folder / "session.journal").read_bytes() == journal


def test_a_session_of_a_later_schema_that_makes_no_sense_here_is_not_called_damaged(folder: Path) -> None:
    def rebuilt(live: dict[str, Any]) -> None:
        live["step"] = {"name": "plan"}

    stored(folder, "session", "about", lambda about: about.update(schema=SCHEMA + 1))
    stored(folder, "session", "live", rebuilt)
    with pytest.raises(NewerSession, match=f"schema {SCHEMA + 1}.*up to schema {SCHEMA}"):
        SessionRepository(folder)


@pytest.mark.parametrize("part", ["live", "about", "content"])
def test_a_damaged_part_is_refused_by_its_name(folder: Path, part: str) -> None:
    def spoiled(fields: dict[str, Any]) -> None:
        fields.update({key: ["spoiled"] for key in fields} | ({"schema": SCHEMA} if part == "about" else {}))

    stored(folder, "session", part, spoiled)
    with pytest.raises(DamagedSession, match=f"“{part}” is damaged.*backup"):
        SessionRepository(folder)


@pytest.mark.parametrize("part", ["about", "content"])
def test_a_part_that_is_missing_is_refused_by_its_name(folder: Path, part: str) -> None:
    database = Database(folder)
    database.table("session").remove(doc_ids=[part])
    database.close()
    with pytest.raises(DamagedSession, match="schema" if part == "about" else f"“{part}” is missing"):
        SessionRepository(folder)


def test_a_damaged_participant_is_refused(folder: Path) -> None:
    stored(folder, "participants", "p-ana", lambda person: person.update(unit=7))
    with pytest.raises(DamagedSession, match="“p-ana” among the participants"):
        SessionRepository(folder)


def test_what_is_left_of_a_damaged_file_can_be_looked_at(folder: Path) -> None:
    journal = folder / "session.journal"
    data = journal.read_bytes()
    journal.write_bytes(data.replace(b'"rules"', b'"rulez"', 1))
    opened = SessionRepository(folder)
    assert opened.read_only
    assert "damaged" in opened.warnings[0]
    assert opened.session.participants == PEOPLE
    assert opened.session.rules.privacy is Privacy.CONFIDENTIAL
    with pytest.raises(DamagedSession):
        vote(opened, "KITE-42", "p-ana")


def test_a_folder_without_a_session_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SessionMissing):
        SessionRepository(tmp_path / "nowhere")


def test_screens_see_what_was_read_last_while_the_folder_is_away(folder: Path, store: SessionRepository) -> None:
    with store.transaction() as transaction:
        transaction.box.put(ballot("KITE-42"), "p1")
    away = folder.rename(folder.with_name("away"))
    assert store.box.count("1") == 1
    assert store.box.voted("1") == {"p1"}
    assert store.box.has_voted("1", "p1")
    assert [each.code for each in store.box.ballots("1")] == ["KITE-42"]
    assert store.box.ballot_of("1", "p1") == store.box.ballot("1", "KITE-42") == ballot("KITE-42")
    with pytest.raises(SessionMissing):
        store.refresh()
    with pytest.raises(StoreError), store.transaction() as transaction:
        transaction.box.put(ballot("FOX-77"), "p2")
    away.rename(folder)
    store.refresh()
    assert store.box.count("1") == 1


def test_a_closed_session_says_so(store: SessionRepository) -> None:
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.refresh()


# Older schemas


def older(tmp_path: Path) -> Path:
    """A session as a made-up schema 0 had it: the title was called name."""
    FolderCatalogue(tmp_path).create(voting_session()).close()
    folder = next(tmp_path.iterdir())

    def as_schema_0(about: dict[str, Any]) -> None:
        about["schema"] = 0
        about["name"] = about.pop("title")

    stored(folder, "session", "about", as_schema_0)
    return folder


def from_0(tables: StoredTables) -> Writes:
    about = dict(tables["session"]["about"])
    about["title"] = about.pop("name")
    return {"session": {"about": about}, "participants": {"p-omid": None}}


def test_a_session_of_an_older_schema_is_brought_up_to_date_in_one_commit(tmp_path: Path) -> None:
    folder = older(tmp_path)
    before = (folder / "session.journal").read_bytes()
    opened = SessionRepository(folder, steps={0: from_0})
    assert opened.session.about.title == "Aurora Telecom CX"
    assert set(opened.session.participants) == {"p-ana"}
    after = (folder / "session.journal").read_bytes()
    assert after.startswith(before)
    assert after.count(b"\n") == before.count(b"\n") + 1
    about = Database(folder).table("session").get(doc_id="about")
    assert about is not None
    assert "name" not in about
    assert SessionRepository(folder).session == opened.session


def test_an_upgrade_that_fails_leaves_the_session_as_it_was(tmp_path: Path) -> None:
    folder = older(tmp_path)
    before = (folder / "session.journal").read_bytes()
    with pytest.raises(DamagedSession, match="schema 0"):
        SessionRepository(folder, steps={})
    assert (folder / "session.journal").read_bytes() == before


def test_a_damaged_session_of_an_older_schema_is_not_upgraded(tmp_path: Path) -> None:
    folder = older(tmp_path)
    journal = folder / "session.journal"
    journal.write_bytes(journal.read_bytes().replace(b'"rules"', b'"rulez"', 1))
    with pytest.raises(DamagedSession, match="older version and damaged"):
        SessionRepository(folder, steps={0: from_0})


def test_a_session_written_under_schema_1_still_opens(tmp_path: Path) -> None:
    shutil.copytree(DATA / "session-schema-1", tmp_path / "s")
    (tmp_path / "s").chmod(0o700)
    opened = SessionRepository(tmp_path / "s")
    session = opened.session
    assert not opened.read_only
    assert opened.warnings == ()
    assert (session.about.id, session.about.organisation) == ("2026-11-21-aurora", "Aurora Telecom")
    assert session.participants["p-omid"].name == "امید"
    assert [held.key for held in session.rounds] == ["1", "2", "dots-1"]
    assert session.rounds[1].tallies["Q01"].counts == (1, 0, 2, 0, 3)
    assert session.content.item("Q02").direction == "bad"
    assert session.actions["a1"].due == date(2027, 3, 31)
    assert session.closing.resources == {"budget": "partly"}
    assert [each.code for each in opened.box.ballots("1")] == ["AMBER-11", "ZEBRA-42"]
    assert opened.box.voted("1") == {"p-ana", "p-omid"}
    vote(opened, "LION-10", "p-ana", "dots-1")


# The cost of a ballot


def crowded(folder: Path, people: int) -> SessionRepository:
    """A session with so many people, of whom all but two have voted; the ballots could not be decoded."""
    crowd = {f"p-{number}": Participant(f"p-{number}", f"Person {number}") for number in range(people)}
    store = FolderCatalogue(folder).create(replace(voting_session(), participants=crowd))
    unreadable = {**encode_ballot(ballot("X-1")), "answers": "not to be read"}
    database = Database(folder / store.session.about.id)
    with database.transaction():
        database.table("ballots").insert_multiple(document(f"1:C-{n}", unreadable) for n in range(people - 2))
        database.table("roll").insert_multiple(document(f"1:p-{n}", {"code": f"C-{n}"}) for n in range(people - 2))
    database.close()
    store.refresh()
    return store


def calls_of(act: Callable[[], object]) -> int:
    """How many Python calls, generators and comprehensions included, something takes."""
    made = 0

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal made
        made += event in {"call", "c_call"}

    sys.setprofile(note)
    try:
        act()
    finally:
        sys.setprofile(None)
    return made


def cast_one(store: SessionRepository, code: str, person: str) -> None:
    with store.transaction() as transaction:
        assert transaction.session.participants[person].name
        assert not transaction.box.has_voted("1", person)
        assert transaction.box.ballot("1", code) is None
        transaction.box.put(ballot(code), person)


def vote_and_count(store: SessionRepository, code: str) -> None:
    vote(store, code, None)
    store.box.count("1")


def test_a_ballot_costs_the_same_in_a_crowd(tmp_path: Path) -> None:
    made: dict[int, int] = {}
    counted: dict[int, int] = {}
    for people in (10, 10_000):
        store = crowded(tmp_path / str(people), people)
        participants = store.session.participants
        cast_one(store, "WARM-10", f"p-{people - 1}")
        made[people] = calls_of(partial(cast_one, store, "KITE-42", f"p-{people - 2}"))
        assert store.session.participants is participants
        assert store.box.ballot("1", "KITE-42") == ballot("KITE-42")
        assert store.box.count("1") == people
        counted[people] = calls_of(partial(vote_and_count, store, "LION-10"))
        with pytest.raises(DamagedSession):
            store.box.ballots("1")
    assert made[10_000] == made[10]
    assert counted[10_000] == counted[10]


@pytest.mark.parametrize("people", [10, 10_000])
def test_a_ballot_with_its_mark_is_one_write_and_one_sync_in_any_crowd(tmp_path: Path, people: int) -> None:
    crowded(tmp_path, people).close()
    disk = CountingDisk()
    store = SessionRepository(next(tmp_path.iterdir()), disk=disk)
    cast_ballot(store, "1", Voter(f"p-{people - 1}"), Answers({"Q01": 3}), random=Random(1))
    disk.calls.clear()
    disk.written = 0
    receipt = cast_ballot(
        store, "1", Voter(f"p-{people - 2}"), Answers({"Q01": 3}, {"Q01": "ü" * 300}), random=Random(2)
    )
    assert sorted(disk.calls) == ["stat", "stat", "sync_data", "write"]
    cast = encode_ballot(store.box.ballot("1", receipt.code) or ballot(""))
    marked = {"ballots": {f"1:{receipt.code}": cast}, "roll": {f"1:p-{people - 2}": {"code": receipt.code}}}
    assert disk.written <= 1.1 * len(as_json(marked))
    store.close()


def test_looking_for_news_is_one_look_at_the_file(folder: Path) -> None:
    disk = CountingDisk()
    store = SessionRepository(folder, disk=disk)
    disk.calls.clear()
    assert not store.refresh()
    assert disk.calls == ["stat"]


def test_a_place_that_is_copied_elsewhere_is_among_the_warnings(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    store = FolderCatalogue(tmp_path / "Dropbox").create(new_session())
    (told,) = store.warnings
    assert "copied elsewhere by Dropbox" in told
    store.close()


def test_the_repository_fits_the_port(store: SessionRepository) -> None:
    port: SessionStore = store
    with port.transaction() as transaction:
        inner: Transaction = transaction
        inner.save(new_session())
    assert port.session == new_session()
