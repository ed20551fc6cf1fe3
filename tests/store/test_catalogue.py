import stat
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxworkshop.domain.errors import FolderUnusable, NotStorable, UnknownSession
from cxworkshop.domain.session import SCHEMA, Action, Live, Round, Session, Step
from cxworkshop.facilitation.ports import SessionCatalogue
from cxworkshop.store.catalogue import FolderCatalogue, session_id
from cxworkshop.store.database import Database
from store.samples import ballot, new_session, rich_session, voting_session


@pytest.fixture
def catalogue(tmp_path: Path) -> FolderCatalogue:
    return FolderCatalogue(tmp_path / "sessions")


def create(catalogue: SessionCatalogue, *sessions: Session) -> list[str]:
    made = [catalogue.create(session) for session in sessions]
    for store in made:
        store.close()
    return [store.session.about.id for store in made]


def finished(title: str, held: date) -> Session:
    return replace(new_session(title, held), live=Live(Step.CLOSE))


# Names


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Aurora Telecom · CX maturity!", "aurora-telecom-cx-maturity"),
        ("  Čeští zákazníci & Straße №5 ", "cesti-zakaznici-strasse-no5"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\Windows\\..\\x", "c-windows-x"),
        ("CON", "con"),
        ("نشست مشتری", "session"),
        ("…", "session"),
        ("x" * 300, "x" * 48),
        ("word " * 30, "-".join(["word"] * 9)),
    ],
)
def test_an_id_is_the_date_and_the_title_in_plain_letters(title: str, slug: str) -> None:
    assert session_id(date(2026, 11, 21), title) == f"2026-11-21-{slug}"


@given(st.text(), st.dates())
def test_an_id_is_safe_as_a_folder_on_any_system(title: str, held: date) -> None:
    made = session_id(held, title)
    assert made.startswith(f"{held.isoformat()}-")
    assert all(character.isascii() and (character.isalnum() or character == "-") for character in made)
    assert made == made.lower()
    assert len(made) <= 60
    assert not made.endswith("-")


# Making


def test_a_new_session_gets_its_own_private_folder(catalogue: FolderCatalogue) -> None:
    store = catalogue.create(new_session())
    assert store.session.about.id == "2026-11-21-aurora-telecom-cx"
    folder = catalogue.folder / store.session.about.id
    assert stat.S_IMODE(folder.stat().st_mode) == stat.S_IMODE(catalogue.folder.stat().st_mode) == 0o700
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in folder.iterdir())
    assert replace(store.session, about=replace(store.session.about, id="")) == new_session()


def test_names_that_are_taken_are_counted_on(catalogue: FolderCatalogue) -> None:
    (catalogue.folder / "2026-11-21-aurora-telecom-cx-3").mkdir(parents=True)
    assert create(catalogue, *[new_session()] * 3) == [
        "2026-11-21-aurora-telecom-cx",
        "2026-11-21-aurora-telecom-cx-2",
        "2026-11-21-aurora-telecom-cx-4",
    ]


@pytest.mark.parametrize(
    ("wanted", "given_id"),
    [
        ("2026-01-02-kept", "2026-01-02-kept"),
        ("../2026-01-02-out", "2026-11-21-aurora-telecom-cx"),
        ("2026-01-02-Not Safe", "2026-11-21-aurora-telecom-cx"),
        ("/tmp/2026-01-02-out", "2026-11-21-aurora-telecom-cx"),
    ],
)
def test_an_id_that_came_along_is_kept_only_where_it_is_one(
    catalogue: FolderCatalogue, wanted: str, given_id: str
) -> None:
    session = new_session()
    assert create(catalogue, replace(session, about=replace(session.about, id=wanted))) == [given_id]
    assert [path.name for path in catalogue.folder.iterdir()] == [given_id]


def test_a_session_that_cannot_be_stored_leaves_no_folder(catalogue: FolderCatalogue) -> None:
    with pytest.raises(NotStorable):
        catalogue.create(new_session("half a \ud800 pair"))
    assert list(catalogue.folder.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FolderUnusable, match="--sessions DIR"):
        FolderCatalogue(tmp_path / "file").create(new_session())
    with pytest.raises(FolderUnusable, match="--sessions DIR"):
        FolderCatalogue(tmp_path / "file").summaries()


def test_a_name_that_the_system_does_not_take_is_refused_in_a_sentence(catalogue: FolderCatalogue) -> None:
    session = new_session()
    with pytest.raises(FolderUnusable, match="too long"):
        catalogue.create(replace(session, about=replace(session.about, id=f"2026-01-01-{'x' * 300}")))


# The list


def test_no_folder_is_no_sessions(catalogue: FolderCatalogue) -> None:
    assert catalogue.summaries() == ()
    assert not catalogue.folder.exists()
    with pytest.raises(UnknownSession, match=r"none yet: .* from there: .* `--sessions DIR`"):
        catalogue.find("2026")
    with pytest.raises(UnknownSession, match="none yet"):
        catalogue.the_open_one()


def test_a_summary_says_where_a_session_stands(catalogue: FolderCatalogue) -> None:
    session = rich_session()
    open_action = Action("a3", "Soon", due=date(2027, 2, 1), state="moved")
    store = catalogue.create(replace(session, actions={**session.actions, "a3": open_action}))
    with store.transaction() as transaction:
        transaction.box.put(ballot("KITE-42"), "p-ana")
        transaction.box.put(ballot("KITE-42", "11"), "p-ana")
    (summary,) = catalogue.summaries()
    assert (summary.id, summary.title, summary.organisation) == ("2026-11-21-aurora", "Aurora", "Aurora Telecom")
    assert (summary.held, summary.step, summary.ballots) == (date(2026, 11, 21), Step.PLAN, 1)
    assert (summary.open_actions, summary.next_due) == (2, date(2027, 2, 1))
    assert summary.repeat == session.closing.repeat
    assert summary.repeat is not None
    assert (summary.rehearsal, summary.takes_ballots, summary.problem) == (False, True, "")
    journal = catalogue.folder / summary.id / "session.journal"
    assert summary.saved == datetime.fromtimestamp(journal.stat().st_mtime, UTC)


def test_sessions_are_listed_newest_first(catalogue: FolderCatalogue) -> None:
    create(catalogue, *(new_session("x", date(2026, month, 1)) for month in (5, 11, 2)))
    assert [summary.held.month for summary in catalogue.summaries()] == [11, 5, 2]


def test_the_list_follows_what_is_written(catalogue: FolderCatalogue) -> None:
    store = catalogue.create(voting_session())
    assert catalogue.summaries()[0].ballots == 0
    with store.transaction() as transaction:
        transaction.box.put(ballot("KITE-42"), "p-ana")
    assert catalogue.summaries()[0].ballots == 1
    with store.transaction() as transaction:
        transaction.seal()
    assert catalogue.summaries()[0].ballots == 1


def test_what_is_no_session_is_not_listed(catalogue: FolderCatalogue) -> None:
    (known,) = create(catalogue, new_session())
    (catalogue.folder / "README.md").write_text("# Sessions\n")
    (catalogue.folder / "2026-01-01-empty").mkdir()
    assert [summary.id for summary in catalogue.summaries()] == [known]


def damage(catalogue: FolderCatalogue, session_id: str, kind: str) -> None:
    folder = catalogue.folder / session_id
    journal = folder / "session.journal"
    if kind == "garbage":
        journal.write_bytes(b"\x00" * 500 + b"\n")
    elif kind == "empty":
        journal.write_bytes(b"")
    elif kind == "not text":
        journal.write_bytes(journal.read_bytes()[:40] + b"\xff\xfe" * 900)
    else:
        database = Database(folder)
        fields: dict[str, dict[str, object]] = {
            "newer": {"schema": SCHEMA + 1, "held": 5},
            "odd": {"schema": "one"},
            "typed": {"held": "x"},
        }
        database.table("session").update(fields[kind], doc_ids=["about"])
        database.close()


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("garbage", "backup"),
        ("empty", ""),
        ("not text", ""),
        ("newer", f"schema {SCHEMA + 1}"),
        ("odd", "schema"),
        ("typed", "“about” is damaged"),
    ],
)
def test_a_session_that_cannot_be_opened_is_listed_with_its_problem(
    catalogue: FolderCatalogue, kind: str, words: str
) -> None:
    broken, fine = create(catalogue, new_session("broken", date(2026, 12, 1)), new_session("fine"))
    damage(catalogue, broken, kind)
    first, second = catalogue.summaries()
    assert (first.id, first.title, first.held) == (broken, broken, date(2026, 12, 1))
    assert first.problem
    assert words in first.problem
    assert (second.id, second.problem) == (fine, "")
    assert catalogue.the_open_one() == fine


def test_a_session_that_can_be_opened_in_spite_of_damage_is_listed_with_a_warning(catalogue: FolderCatalogue) -> None:
    cut, torn, fine = create(
        catalogue, *(new_session(title, date(2026, 11, day)) for title, day in zip("abc", (3, 2, 1), strict=True))
    )
    journal = catalogue.folder / cut / "session.journal"
    journal.write_bytes(b"".join(journal.read_bytes().splitlines(keepends=True)[:-1]))
    with (catalogue.folder / torn / "session.journal").open("ab") as file:
        file.write(b"1234abcd 99 ")
    listed = {summary.id: summary for summary in catalogue.summaries()}
    assert "damaged at line" in listed[cut].warning
    assert "not whole" in listed[torn].warning
    assert listed[fine].warning == ""
    assert [listed[each].problem for each in (cut, torn, fine)] == ["", "", ""]
    assert listed[cut].title == "a"


def test_what_is_missing_in_a_damaged_file_is_put_down_to_the_damage(catalogue: FolderCatalogue) -> None:
    (cut,) = create(catalogue, new_session())
    journal = catalogue.folder / cut / "session.journal"
    journal.write_bytes(b"".join(journal.read_bytes().splitlines(keepends=True)[:3]))
    (summary,) = catalogue.summaries()
    assert "damaged at line 4" in summary.problem
    assert summary.warning == ""


def test_a_list_reads_again_only_the_sessions_that_changed(catalogue: FolderCatalogue) -> None:
    stores = [catalogue.create(new_session(title)) for title in ("a", "b")]
    before = {summary.id: summary for summary in catalogue.summaries()}
    with stores[0].transaction() as transaction:
        transaction.save(replace(transaction.session, live=Live(Step.WELCOME)))
    after = {summary.id: summary for summary in catalogue.summaries()}
    assert after["2026-11-21-a"].step is Step.WELCOME
    assert after["2026-11-21-b"] is before["2026-11-21-b"]


def test_what_is_known_of_a_broken_session_is_its_folder(catalogue: FolderCatalogue) -> None:
    (broken,) = create(catalogue, new_session())
    damage(catalogue, broken, "garbage")
    (catalogue.folder / broken).rename(catalogue.folder / "mine")
    (summary,) = catalogue.summaries()
    assert (summary.id, summary.held) == ("mine", summary.saved.date())


def test_a_session_that_vanishes_while_the_list_is_read_is_listed_with_its_problem(catalogue: FolderCatalogue) -> None:
    assert "cannot be read" in catalogue._summary("2026-01-01-gone").problem


# Finding


def three(catalogue: FolderCatalogue) -> Sequence[str]:
    return create(
        catalogue,
        new_session("Aurora", date(2026, 5, 1)),
        new_session("Aurora north", date(2026, 5, 1)),
        new_session("Borealis", date(2026, 6, 1)),
    )


def test_a_session_is_found_by_its_id_or_the_beginning_of_it(catalogue: FolderCatalogue) -> None:
    aurora, north, borealis = three(catalogue)
    assert catalogue.find(aurora) == aurora  # though it is the beginning of another
    assert catalogue.find("2026-05-01-aurora-n") == north
    assert catalogue.find(" 2026-06 ") == borealis
    assert catalogue.find("2026-06-01-BOR") == borealis


def test_a_beginning_of_several_names_them(catalogue: FolderCatalogue) -> None:
    aurora, north, _ = three(catalogue)
    with pytest.raises(UnknownSession, match=f"{aurora}, {north}.*more"):
        catalogue.find("2026-05")


@pytest.mark.parametrize("typed", ["2026-06-01-borealiss", "borealis", "2026-06-01_borealis"])
def test_a_name_nearly_right_is_answered_with_what_is_near(catalogue: FolderCatalogue, typed: str) -> None:
    three(catalogue)
    with pytest.raises(UnknownSession, match="Near to it: 2026-06-01-borealis"):
        catalogue.find(typed)


@pytest.mark.parametrize("typed", ["", "   ", "..", "../other", "/", "*", "zzz"])
def test_a_name_that_is_none_is_answered_with_what_there_is(catalogue: FolderCatalogue, typed: str) -> None:
    three(catalogue)
    with pytest.raises(UnknownSession, match="There is: 2026-06-01-borealis"):
        catalogue.find(typed)


@pytest.mark.parametrize("name", ["../outside/2026-01-01-x", "2026-01-01-x/../../outside", "/etc", "..", "."])
def test_a_name_never_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    outside = FolderCatalogue(tmp_path / "outside")
    create(outside, new_session("x", date(2026, 1, 1)))
    inside = FolderCatalogue(tmp_path / "inside")
    create(inside, new_session("x", date(2026, 1, 1)))
    with pytest.raises(UnknownSession):
        inside.open(name)
    with pytest.raises(UnknownSession):
        inside.find(name)


def test_a_session_whose_name_uses_other_letters_is_found_all_the_same(catalogue: FolderCatalogue) -> None:
    (made,) = create(catalogue, new_session())
    name = unicodedata.normalize("NFC", "2026-Übung")
    (catalogue.folder / made).rename(catalogue.folder / name)
    assert catalogue.find("2026-üb") == name
    assert catalogue.open(name).session.about.title == "Aurora Telecom CX"


# The open one


def test_the_session_that_takes_ballots_is_the_open_one(catalogue: FolderCatalogue) -> None:
    _, voting = create(catalogue, new_session("preparing"), voting_session())
    assert catalogue.the_open_one() == voting


def test_else_the_only_one_not_at_its_close_is(catalogue: FolderCatalogue) -> None:
    closed = replace(finished("b", date(2026, 1, 2)), rounds=(Round("1", "self_test", (), "revealed"),))
    _, _, preparing = create(catalogue, finished("a", date(2026, 1, 1)), closed, new_session())
    assert catalogue.the_open_one() == preparing


def test_several_open_ones_are_named(catalogue: FolderCatalogue) -> None:
    first, second = create(catalogue, voting_session(), voting_session())
    with pytest.raises(UnknownSession, match=f"{second}, {first}|{first}, {second}"):
        catalogue.the_open_one()


def test_where_all_are_closed_none_is_open(catalogue: FolderCatalogue) -> None:
    (closed,) = create(catalogue, finished("a", date(2026, 1, 1)))
    with pytest.raises(UnknownSession, match=f"is open. There is: {closed}"):
        catalogue.the_open_one()
