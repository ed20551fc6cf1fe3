"""The file under the tables: what it survives, what it costs, what it forgets."""

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tinydb import where
from tinydb.table import Table

from cxworkshop.domain.errors import DamagedSession, NewerSession, NotSaved, SaveUncertain, StoreError
from cxworkshop.store import lines
from cxworkshop.store.database import Database
from cxworkshop.store.tables import JournalTable, document
from store.disks import CountingDisk, FailingDisk, SparingDisk, WatchedDisk, WindowsDisk

Open = Callable[[], Database]


def ids(database: Database) -> list[str]:
    return [str(found.doc_id) for found in database.table("ballots")]


def cast(database: Database, *names: str) -> None:
    for name in names:
        database.table("ballots").insert(document(name, {"answers": {"culture-01": 5}, "of": name}))


# A torn end


def test_a_tail_torn_at_any_byte_costs_nothing_that_was_confirmed(folder: Path, opened: Open) -> None:
    path = folder / "session.journal"
    cast(opened(), "b1")
    kept = path.read_bytes()
    cast(opened(), "b2")
    line = path.read_bytes()[len(kept) :]
    for cut in range(len(line)):
        for aside in folder.glob("*.torn-*"):
            aside.unlink()
        path.write_bytes(kept + line[:cut])
        reader, writer = Database(folder), Database(folder)
        assert ids(reader) == ["b1"]
        cast(writer, "b3")
        assert ids(reader) == ids(writer) == ["b1", "b3"]
        assert path.read_bytes().startswith(kept)
        assert b"".join(aside.read_bytes() for aside in folder.glob("*.torn-*")) == line[:cut]
        assert bool(writer.damage) == bool(cut)
        assert not writer.read_only
        reader.close()
        writer.close()


HOLES = [b"\0" * 300, b"\0" * 300 + b"\n", b"garbage", b'\0\0\0\0{"ballots":{"x":{}}}\n', b"garb\0ge\n"]


@pytest.mark.parametrize("garbage", HOLES)
def test_an_end_that_a_power_cut_may_have_left_is_set_aside_and_reported(
    folder: Path, opened: Open, garbage: bytes
) -> None:
    path = folder / "session.journal"
    database = opened()
    cast(database, "b1")
    kept = path.read_bytes()
    with path.open("ab") as file:
        file.write(garbage)
    assert ids(database) == ["b1"]
    assert path.read_bytes() == kept + garbage, "reading changes nothing"
    cast(database, "b2")
    assert ids(opened()) == ["b1", "b2"]
    (aside,) = folder.glob("*.torn-*")
    assert aside.read_bytes() == garbage
    for each in (database, opened()):
        (told,) = each.damage
        assert str(aside) in told
        assert "Look whether" in told, "whether it was confirmed cannot be known, so it is not said"


@pytest.mark.parametrize("garbage", HOLES)
def test_readers_tell_of_an_end_that_is_not_whole_and_change_nothing(
    folder: Path, opened: Open, garbage: bytes
) -> None:
    path = folder / "session.journal"
    whole = path.read_bytes()
    path.write_bytes(whole + garbage)
    for lock in (True, False):
        database = opened()
        (told,) = database.damage
        assert "Look whether" in told
        assert str(path) in told
        assert not database.read_only
        assert path.read_bytes() == whole + garbage
        if lock:
            (folder / "session.lock").unlink()
        else:
            assert not (folder / "session.lock").exists()


def test_a_line_that_is_just_being_written_is_not_called_torn(folder: Path, opened: Open) -> None:
    path = folder / "session.journal"
    whole = path.read_bytes()
    writer = opened()
    with writer.transaction():
        path.write_bytes(whole + b"1234abcd 2 ")
        assert opened().damage == ()
        path.write_bytes(whole)
    path.write_bytes(whole + b"1234abcd 2 ")
    reader = opened()
    path.write_bytes(whole + lines.encode(2, {}))
    assert reader.damage == (), "it was finished since"
    assert opened().damage == ()


@pytest.mark.skipif(os.name != "posix", reason="a lock that cannot be had")
def test_an_end_that_is_not_whole_is_told_where_nobody_may_lock(folder: Path) -> None:
    class Locked(WatchedDisk):
        def around(self, name: str, arguments: tuple[Any, ...], call: Callable[[], Any]) -> Any:
            if name == "open" and arguments[0].name == "session.lock":
                raise PermissionError(13, "Permission denied")
            return call()

    with (folder / "session.journal").open("ab") as file:
        file.write(b"1234abcd 2 ")
    with Database(folder, disk=Locked()) as database:
        assert len(database.damage) == 1


def test_a_reader_takes_a_line_in_only_when_all_of_it_is_there(folder: Path, opened: Open) -> None:
    path = folder / "session.journal"
    database = opened()
    cast(database, "b1")
    line = path.read_bytes().splitlines(keepends=True)[-1]
    path.write_bytes(path.read_bytes()[: -len(line)])
    reader = opened()
    for cut in range(1, len(line)):
        with path.open("ab") as file:
            file.write(line[cut - 1 : cut])
        assert ids(reader) == []
    with path.open("ab") as file:
        file.write(line[-1:])
    assert ids(reader) == ["b1"]


def test_a_disk_that_reads_a_few_bytes_at_a_time_is_asked_again(folder: Path, opened: Open) -> None:
    cast(opened(), "b1", "b2")
    with Database(folder, disk=SparingDisk()) as database:
        assert ids(database) == ["b1", "b2"]
        cast(opened(), "b3")
        assert ids(database) == ["b1", "b2", "b3"]


def test_a_file_that_is_replaced_while_it_is_opened_is_read_anew(folder: Path, opened: Open) -> None:
    cast(opened(), "b1")
    sealer = opened()

    class SealedMeanwhile(WatchedDisk):
        sealed = False

        def around(self, name: str, arguments: tuple[Any, ...], call: Callable[[], Any]) -> Any:
            result = call()
            if name == "stat" and not self.sealed:
                self.sealed = True
                with sealer.transaction():
                    sealer.seal({"ballots": {"z": {}}})
            return result

    with Database(folder, disk=SealedMeanwhile()) as database:
        assert ids(database) == ["z"]
        assert not database.changed()


def test_a_session_that_cannot_be_read_for_a_moment_is_told_in_a_sentence(folder: Path) -> None:
    disk = FailingDisk(0, OSError(5, "Input/output error"), "disk")
    database = Database(folder, disk=disk)
    disk.armed = True
    assert database.changed()
    with pytest.raises(NotSaved, match="Input/output error"):
        database.refresh()
    disk.armed = False
    assert not database.refresh()
    assert len(database.table("participants")) == 1
    database.close()


# Damage


@pytest.mark.parametrize("seals", [False, True])
def test_a_flipped_bit_anywhere_but_in_the_last_newline_is_told_and_nothing_is_overwritten(
    folder: Path, opened: Open, *, seals: bool
) -> None:
    path = folder / "session.journal"
    database = opened()
    cast(database, "b1", "b2", "b3")
    if seals:
        with database.transaction():
            database.seal({"ballots": {key: {"n": key} for key in ("b1", "b2", "b3")}})
    whole = path.read_bytes()
    last = whole.rindex(b"\n", 0, -1) + 1
    for at in range(len(whole) - 1):
        damaged = bytearray(whole)
        damaged[at] ^= 4
        path.write_bytes(damaged)
        try:
            database = Database(folder)
        except NewerSession:
            assert at < path.read_bytes().index(b"\n")
            continue
        assert database.read_only
        assert "damaged at line" in database.damage[0]
        assert "backup" in database.damage[0]
        assert ids(database)[-1] == ("b3" if at < last - 1 else "b1" if at == last - 1 else "b2")
        with pytest.raises(DamagedSession, match="backup"):
            cast(database, "b4")
        assert path.read_bytes() == damaged
        assert not list(folder.glob("*.torn-*"))
        database.close()


@pytest.mark.parametrize("garbage", [b"garbage\n", b"\xff\xfe\n", b"{}\n", b"\n"])
def test_a_last_line_that_was_ended_but_never_written_so_is_damage(folder: Path, opened: Open, garbage: bytes) -> None:
    path = folder / "session.journal"
    database = opened()
    cast(database, "b1")
    with path.open("ab") as file:
        file.write(garbage)
    assert ids(database) == ["b1"]
    assert opened().read_only
    with pytest.raises(DamagedSession, match="line 4"):
        cast(database, "b2")


@pytest.mark.parametrize("appended", [0, 1])
@pytest.mark.parametrize("seals", [False, True])
def test_a_file_cut_anywhere_in_what_came_into_being_with_it_may_only_be_read(
    tmp_path: Path, *, seals: bool, appended: int
) -> None:
    state = {"session": {"about": {"n": 0}}, "ballots": {f"b{n}": {"n": n} for n in range(4)}, "actions": {}}
    database = Database.create(tmp_path / "s", state)
    if seals:
        cast(database, "before")
        with database.transaction():
            database.seal(state)
    path = tmp_path / "s" / "session.journal"
    whole = path.read_bytes()
    cast(database, *["later"] * appended)
    database.close()
    for cut in range(len(whole)):
        path.write_bytes(whole[:cut])
        if whole[:cut].count(b"\n") < 2:
            with pytest.raises(DamagedSession, match="backup"):
                Database(path.parent)
            continue
        with Database(path.parent) as cut_off:
            (told,) = cut_off.damage
            number = whole[:cut].count(b"\n") + 1
            assert f"damaged at line {number} (it ends there, {8 - number} line" in told
            assert cut_off.read_only
            assert len(cut_off.table("ballots")) == max(0, min(number - 3, 4))
            with pytest.raises(DamagedSession, match="backup"):
                cast(cut_off, "more")
        assert path.read_bytes() == whole[:cut]
    assert not list(path.parent.glob("*.torn-*"))


@pytest.mark.parametrize("gone", [1, 2, 3])
def test_a_line_taken_out_of_what_came_into_being_with_the_file_is_missed(tmp_path: Path, gone: int) -> None:
    database = Database.create(tmp_path / "s", {"ballots": {f"b{n}": {} for n in range(3)}})
    cast(database, "later")
    database.close()
    path = tmp_path / "s" / "session.journal"
    content = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(content[:gone] + content[gone + 1 :]))
    with Database(path.parent) as without:
        assert without.read_only
        assert len(without.table("ballots")) == 3


def test_damage_that_was_only_seen_by_a_reader_does_not_stop_a_writer(folder: Path, opened: Open) -> None:
    path = folder / "session.journal"
    whole = path.read_bytes()
    path.write_bytes(whole + b"damage\n")
    database = opened()
    assert database.read_only
    path.write_bytes(whole)
    cast(database, "b1")
    assert not database.read_only
    assert ids(opened()) == ["b1"]


def lose(content: list[bytes]) -> list[bytes]:
    return content[:2] + content[3:]


def swap(content: list[bytes]) -> list[bytes]:
    return [*content[:2], content[3], content[2], *content[4:]]


def double(content: list[bytes]) -> list[bytes]:
    return [*content, content[-1]]


def headless(content: list[bytes]) -> list[bytes]:
    return content[1:]


def marked(content: list[bytes]) -> list[bytes]:
    return [b"\xef\xbb\xbf" + content[0], *content[1:]]


@pytest.mark.parametrize("harm", [lose, swap, double, headless, marked])
def test_lines_that_are_missing_or_in_the_wrong_place_are_told(
    folder: Path, opened: Open, harm: Callable[[list[bytes]], list[bytes]]
) -> None:
    path = folder / "session.journal"
    cast(opened(), "b1", "b2", "b3")
    path.write_bytes(b"".join(harm(path.read_bytes().splitlines(keepends=True))))
    database = opened()
    assert database.read_only
    with pytest.raises(DamagedSession):
        cast(database, "b4")


def test_a_line_that_comes_again_does_not_put_an_older_state_in_the_place_of_a_newer(
    folder: Path, opened: Open
) -> None:
    path = folder / "session.journal"
    database = opened()
    for answer in (1, 2, 3):
        database.table("ballots").upsert(document("b1", {"answer": answer}))
    content = path.read_bytes()
    path.write_bytes(content + content.splitlines(keepends=True)[-2])
    assert opened().read_only
    assert opened().table("ballots").get(doc_id="b1") == {"answer": 3}


@pytest.mark.parametrize("content", [b"", b"cxwork", b"\0" * 4096, b'{"_default": {}}\n', b"a\nb\nc\n"])
def test_a_file_of_which_nothing_can_be_read_is_refused_and_left_alone(folder: Path, content: bytes) -> None:
    (folder / "session.journal").write_bytes(content)
    with pytest.raises(DamagedSession, match="backup"):
        Database(folder)
    assert (folder / "session.journal").read_bytes() == content


def test_damage_that_comes_while_the_session_is_open_stops_writing(folder: Path, opened: Open) -> None:
    path = folder / "session.journal"
    database = opened()
    cast(database, "b1", "b2")
    content = path.read_bytes()
    path.write_bytes(content + b"damage\n" + content.splitlines(keepends=True)[-1])
    database.refresh()
    assert database.read_only
    assert ids(database) == ["b1", "b2"]
    with pytest.raises(DamagedSession):
        cast(database, "b3")


def test_a_later_format_is_refused_with_what_to_do(folder: Path) -> None:
    path = folder / "session.journal"
    path.write_bytes(path.read_bytes().replace(b"cxworkshop-journal 1", b"cxworkshop-journal 2"))
    with pytest.raises(NewerSession, match="Update cxworkshop"):
        Database(folder)


# Several processes


WRITER = """
import sys
from pathlib import Path
from cxworkshop.store.database import Database
from cxworkshop.store.tables import document
folder, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
database = Database(folder)
print("ready", flush=True)
sys.stdin.readline()
for number in range(count):
    database.table("ballots").insert(document(f"{name}-{number}", {"of": name}))
"""

HOLDER = """
import sys, time
from pathlib import Path
from cxworkshop.store.database import Database
from cxworkshop.store.tables import document
database = Database(Path(sys.argv[1]))
with database.transaction():
    database.table("ballots").insert(document("held", {}))
    print("holding", flush=True)
    sys.stdin.readline()
"""


def started(program: str, *arguments: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    process.stdout.readline()
    return process


def test_processes_that_write_at_once_lose_nothing(folder: Path, opened: Open) -> None:
    database = opened()
    processes = [started(WRITER, str(folder), name, "50") for name in ("x", "y")]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    for number in range(50):
        cast(database, f"own-{number}")
    for process in processes:
        process.communicate(timeout=30)
        assert process.returncode == 0
    expected = {f"{name}-{number}" for name in ("x", "y", "own") for number in range(50)}
    assert set(ids(database)) == set(ids(opened())) == expected


def test_a_lock_is_free_when_its_holder_is_killed(folder: Path, opened: Open) -> None:
    holder = started(HOLDER, str(folder))
    holder.send_signal(signal.SIGKILL)
    holder.communicate(timeout=30)
    database = opened()
    cast(database, "b1")
    assert ids(database) == ["b1"]


# Sealing


def test_sealing_leaves_no_older_byte_in_the_folder(folder: Path, opened: Open) -> None:
    database = opened()
    with database.transaction():
        database.table("ballots").insert(document("k2m", {"of": "Zed", "answers": {"culture-01": 4}}))
    with (folder / "session.journal").open("ab") as file:
        file.write(b'torn {"ballots":{"q":{"of":"Zed"')
    cast(database, "early")
    (folder / "session.journal.new").write_bytes(b'{"of":"Zed"}')
    assert any(b"Zed" in path.read_bytes() for path in folder.glob("*.torn-*"))
    with database.transaction():
        database.table("ballots").insert(document("late", {"of": "Zed"}))
        database.seal({"participants": {"p1": {"voted": True}}, "ballots": {"z": {"answers": {"culture-01": 4}}}})
        assert ids(database) == ["z"]
    assert {path.name for path in folder.iterdir()} == {"session.journal", "session.lock"}
    for path in folder.iterdir():
        assert not any(trace in path.read_bytes() for trace in (b"Zed", b"k2m", b"late", b"early"))
    assert ids(database) == ids(opened()) == ["z"]
    assert database.damage == opened().damage == ()


def test_a_writer_removes_a_fresh_file_that_was_never_put_in_place(folder: Path, opened: Open) -> None:
    (folder / "session.journal.new").write_bytes(b"Zed")
    cast(opened(), "b1")
    assert {path.name for path in folder.iterdir()} == {"session.journal", "session.lock"}


def test_sealing_an_empty_state_forgets_as_much(folder: Path, opened: Open) -> None:
    database = opened()
    with (folder / "session.journal").open("ab") as file:
        file.write(b"torn Zed")
    with database.transaction():
        database.seal({})
    assert {path.name for path in folder.iterdir()} == {"session.journal", "session.lock"}
    cast(database, "b1")
    assert ids(opened()) == ["b1"]


def test_others_notice_a_sealing_and_write_on(folder: Path, opened: Open) -> None:
    database, other = opened(), opened()
    cast(database, "b1", "b2")
    assert ids(other) == ["b1", "b2"]
    before = other.revision
    with database.transaction():
        database.seal({"ballots": {"z": {}}})
    assert other.changed()
    assert ids(other) == ["z"]
    assert other.revision > before
    cast(other, "b3")
    cast(database, "b4")
    assert ids(database) == ids(other) == ids(opened()) == ["z", "b3", "b4"]


def test_the_order_in_the_sealed_file_is_the_order_given(folder: Path, opened: Open) -> None:
    database = opened()
    cast(database, "b1", "b2", "b3")
    with database.transaction():
        database.seal({"ballots": {key: {"n": key} for key in ("m", "a", "z")}, "actions": {}})
    content = (folder / "session.journal").read_bytes()
    assert content.index(b'"m"') < content.index(b'"a"') < content.index(b'"z"')
    assert ids(opened()) == ["m", "a", "z"]
    assert opened().tables() == {"ballots", "actions"}


def test_a_crowds_documents_share_lines_and_a_damaged_one_costs_few_of_them(
    folder: Path, opened: Open, ballot: dict[str, Any]
) -> None:
    path = folder / "session.journal"
    crowd = {f"p{number}": {"code": f"KITE-{number}"} for number in range(1000)}
    ballots = {f"b{number}": ballot for number in range(1000)}
    database = opened()
    with database.transaction():
        database.seal({"roll": crowd, "ballots": ballots, "actions": {f"a{number}": {} for number in range(9)}})
    written = path.read_bytes().splitlines(keepends=True)
    marks = [line for line in written if b'"roll"' in line]
    votes = [line for line in written if b'"ballots"' in line]
    assert len(marks) == -(-1000 // 16)
    assert max(map(len, votes)) < 4096 + 500, "what takes much room stays within a page"
    assert 100 < len(votes) < 500
    assert len(written) == 1 + len(marks) + len(votes) + 9, "what is little in all has a line of its own"
    assert {str(found.doc_id): dict(found) for found in opened().table("roll")} == crowd
    at = path.read_bytes().index(b"KITE-500")
    path.write_bytes(path.read_bytes()[:at] + b"X" + path.read_bytes()[at + 1 :])
    damaged = opened()
    assert damaged.read_only
    assert len(damaged.table("roll")) == 1000 - 16
    assert len(damaged.table("ballots")) == 1000


def test_a_sealing_that_is_given_up_leaves_the_session_as_it_was(folder: Path, opened: Open) -> None:
    database = opened()
    cast(database, "b1")
    before = (folder / "session.journal").read_bytes()
    with pytest.raises(ZeroDivisionError), database.transaction():  # noqa: PT012 - all of it must be undone
        database.seal({})
        raise ZeroDivisionError
    assert (folder / "session.journal").read_bytes() == before
    assert ids(database) == ["b1"]


def test_sealing_wants_a_transaction_and_ends_its_writing(database: Database) -> None:
    with pytest.raises(RuntimeError):
        database.seal({})
    with database.transaction():
        database.seal({"ballots": {"z": {}}})
        with pytest.raises(RuntimeError):
            cast(database, "b1")
        with pytest.raises(RuntimeError):
            database.seal({})
    assert ids(database) == ["z"]


def test_a_writer_finishes_what_a_sealing_that_died_has_left(folder: Path, opened: Open) -> None:
    database = opened()
    cast(database, "b1")
    with database.transaction():
        database.seal({"ballots": {"z": {}}})
    (folder / "session.journal.torn-2").write_bytes(b"Zed")
    (folder / "session.journal.torn-9").write_bytes(b"later")
    other = opened()
    assert len(other.damage) == 2
    cast(other, "b2")
    assert {path.name for path in folder.glob("*.torn-*")} == {"session.journal.torn-9"}
    assert len(other.damage) == 1


def test_no_open_file_of_ours_stands_in_the_way_on_windows(folder: Path) -> None:
    disk = WindowsDisk()
    first, second = Database(folder, disk=disk), Database(folder, disk=disk)
    cast(first, "b1")
    assert ids(second) == ["b1"]
    disk.held = 2  # somebody else's, as a virus scanner's, for a moment
    with second.transaction():
        second.seal({"ballots": {"z": {}}})
    assert disk.refused == 2
    assert ids(first) == ids(second) == ["z"]
    cast(first, "b2")
    assert ids(second) == ["z", "b2"]
    first.close()
    second.close()


# A disk that refuses


@pytest.mark.parametrize("call", ["write", "sync_data"])
def test_what_could_not_be_saved_is_taken_back_and_the_journal_is_done_with(
    folder: Path, opened: Open, call: str
) -> None:
    before = (folder / "session.journal").read_bytes()
    database = Database(folder, disk=failing_at(call, OSError(28, "No space left on device")))
    with pytest.raises(NotSaved, match="No space left"):
        cast(database, "b1")
    assert (folder / "session.journal").read_bytes() == before
    with pytest.raises(NotSaved, match="taken back"):
        cast(database, "b1")
    assert ids(database) == []
    revision = database.revision
    database.reopen()
    assert database.revision > revision
    cast(database, "b1")
    assert ids(database) == ids(opened()) == ["b1"]
    database.close()


def test_a_file_that_cannot_be_opened_for_a_commit_is_told_in_a_sentence(folder: Path, opened: Open) -> None:
    class FullTable(WindowsDisk):
        full = False

        def around(self, name: str, arguments: tuple[Any, ...], call: Callable[[], Any]) -> Any:
            if name == "open" and self.full:
                raise OSError(24, "Too many open files")
            return super().around(name, arguments, call)

    disk = FullTable()
    database = Database(folder, disk=disk)
    with pytest.raises(NotSaved, match="Too many open files"), database.transaction():  # noqa: PT012 - at its end
        cast(database, "b1")
        disk.full = True
    disk.full = False
    cast(database, "b2")
    assert ids(opened()) == ["b2"]
    database.close()


def test_what_can_neither_be_saved_nor_taken_back_is_called_uncertain(folder: Path) -> None:
    database = Database(folder, disk=failing_at("sync_data", OSError(5, "Input/output error"), also="truncate"))
    with pytest.raises(SaveUncertain, match="look whether it is there"):
        cast(database, "b1")
    with pytest.raises(NotSaved):
        cast(database, "b2")
    database.close()


def test_a_line_that_its_writer_took_back_does_not_stay_with_those_who_saw_it(folder: Path, opened: Open) -> None:
    reader, writer, third = opened(), opened(), opened()
    cast(reader, "b0")
    path = folder / "session.journal"
    before = path.read_bytes()
    cast(third, "b1")
    for each in (reader, writer):
        assert ids(each) == ["b0", "b1"]
    os.truncate(path, len(before))  # the sync of b1 failed, say
    assert ids(reader) == ["b0"]
    cast(opened(), "b2")  # as long as the line before
    cast(writer, "b3")
    assert ids(reader) == ids(writer) == ids(opened()) == ["b0", "b2", "b3"]
    assert not writer.damage


def test_a_file_that_somebody_cut_short_is_read_anew_and_not_written_past(folder: Path, opened: Open) -> None:
    database = opened()
    cast(database, "b1")
    size = (folder / "session.journal").stat().st_size
    cast(database, "b2")
    os.truncate(folder / "session.journal", size)
    assert ids(database) == ["b1"]
    cast(database, "b3")
    assert ids(database) == ids(opened()) == ["b1", "b3"]


def failing_at(call: str, error: OSError, also: str = "") -> FailingDisk:
    class AtName(FailingDisk):
        def around(self, name: str, arguments: tuple[Any, ...], call_it: Callable[[], Any]) -> Any:
            if name == call and not self.struck:
                self.struck = name
                call_it()
                raise error
            if name == also:
                raise error
            return call_it()

    return AtName(0, error)


# What a commit costs


@pytest.mark.parametrize("stored", [10, 10_000])
def test_a_ballot_costs_one_write_one_sync_and_its_own_bytes(folder: Path, ballot: dict[str, Any], stored: int) -> None:
    disk = CountingDisk()
    with Database(folder, disk=disk) as database:
        database.table("ballots").insert_multiple(document(f"b{number}", ballot) for number in range(stored))
        database.table("ballots").insert(document("warm", ballot))
        disk.calls.clear()
        disk.written = 0
        database.table("ballots").insert(document("new", ballot))
        assert sorted(disk.calls) == ["stat", "stat", "sync_data", "write"]
        assert disk.written <= 1.1 * len(lines.encode(1, {"ballots": {"new": ballot}}).split(b" ", 3)[3])
        disk.calls.clear()
        database.table("ballots").upsert(document("b1", {"comment": "revised"}))
        assert sorted(disk.calls) == ["stat", "stat", "sync_data", "write"]


def test_a_commit_after_others_wrote_costs_two_reads_more_at_most(folder: Path, opened: Open) -> None:
    disk = CountingDisk()
    with Database(folder, disk=disk) as database:
        cast(database, "b1")
        cast(opened(), "b2")
        database.refresh()
        disk.calls.clear()
        cast(database, "b3")
        assert sorted(disk.calls) == ["read", "stat", "stat", "sync_data", "write"]


@pytest.mark.skipif(not Path("/usr/bin/strace").exists(), reason="strace")
def test_the_system_sees_at_most_six_calls_on_the_files(folder: Path, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    program = WRITER.replace("sys.stdin.readline()", "")
    subprocess.run(
        ["/usr/bin/strace", "-f", "-y", "-o", trace, sys.executable, "-c", program, str(folder), "x", "5"],
        check=True,
        capture_output=True,
    )
    calls = [line.split(maxsplit=1)[1].split("(")[0] for line in trace.read_text().splitlines() if str(folder) in line]
    ends = [number for number, call in enumerate(calls) if call == "fdatasync"]
    between = calls[ends[-2] + 1 : ends[-1] + 1]
    assert between.count("write") == between.count("fdatasync") == 1
    assert len(between) <= 6


# The seam


def test_every_mutator_of_tinydb_goes_through_the_method_we_override(database: Database) -> None:
    passed: list[str] = []

    class Guarded(JournalTable):
        def _update_table(self, updater: Callable[[Any], None]) -> None:
            passed.append("update")
            super()._update_table(updater)

    table = Guarded(database.storage, "ballots")
    mutators: dict[str, Callable[[], object]] = {
        "insert": lambda: table.insert(document("a", {"n": 1})),
        "insert_multiple": lambda: table.insert_multiple([document("b", {}), document("c", {})]),
        "update": lambda: table.update({"n": 2}, doc_ids=["a"]),
        "update_multiple": lambda: table.update_multiple([({"n": 3}, where("n").exists())]),
        "upsert": lambda: table.upsert(document("a", {"n": 4})),
        "remove": lambda: table.remove(doc_ids=["a"]),
        "truncate": table.truncate,
    }
    for name, mutate in mutators.items():
        passed.clear()
        mutate()
        assert passed, name
    readers = {"all", "clear_cache", "contains", "count", "get", "name", "search", "storage"}
    public = {
        name
        for name in vars(Table)
        if not name.startswith("_") and not name.startswith("d") and name != "query_cache_class"
    }
    assert public == readers | set(mutators), "a new method of TinyDB: see whether it goes through _update_table"


def test_a_session_is_not_put_where_there_is_no_folder(folder: Path) -> None:
    with pytest.raises(StoreError, match="no folder"):
        Database.create(folder / "a" / "b" / "c")
