"""Taking in files on the home screen: a backup becomes a session, ballots go into one, and nothing by halves."""

from dataclasses import replace
from pathlib import Path

from textual.pilot import Pilot

from cxworkshop.cli.files import path_of
from cxworkshop.domain import rounds
from cxworkshop.facilitation.ports import SessionStore
from cxworkshop.store.backup import take_backup, write_backup
from cxworkshop.store.repository import SessionRepository
from cxworkshop.tui.home.app import HomeApp
from cxworkshop.tui.widgets.choosing import ConfirmDialog, PickDialog
from cxworkshop.tui.widgets.paths import completed
from cxworkshop.tui.widgets.sheet import Sheet
from tui.driving import NARROW, press, shown, told, type_text
from tui.sessions import Catalogue, prepared, services, stored
from tui.test_home import summary

BALLOTS = "participant,unit,level,item,answer\nAna Šimić,Sales,Team,q1,2\nBen,Support,Team,q1,9\n"


def home(folder: Path) -> HomeApp:
    """The home screen with one session whose vote is open."""
    stored(folder, rounds.open_first_round(prepared())).close()
    return HomeApp(replace(services(folder), catalogue=Catalogue(folder, [summary()])))


async def name_file(pilot: Pilot[SessionStore], path: Path | str) -> None:
    await press(pilot, "i")
    await type_text(pilot, str(path))
    await press(pilot, "enter")
    await pilot.pause()


async def test_a_backup_becomes_a_session_and_the_cursor_stands_on_it(tmp_path: Path) -> None:
    app = home(tmp_path)
    file = write_backup(take_backup(tmp_path / "2026-11-21-aurora"), tmp_path / "aurora.cxbackup")
    app.services.catalogue.listed.append(summary("2026-11-21-aurora-2"))  # type: ignore[attr-defined]
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        await name_file(pilot, f"'{file}'")
        assert told(app)[-1] == "Restored as 2026-11-21-aurora-2. Enter goes on with it."
        row = app.screen.query_one(Sheet).row
        assert row is not None
        assert row.id == "session:2026-11-21-aurora-2"
    SessionRepository(tmp_path / "2026-11-21-aurora-2").close()


async def test_ballots_go_into_the_session_that_is_chosen_after_a_question(tmp_path: Path) -> None:
    app = home(tmp_path)
    file = tmp_path / "ballots.csv"
    file.write_text(BALLOTS.replace(",9", ",3"), encoding="utf-8")
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        await name_file(pilot, file)
        assert isinstance(app.screen, PickDialog)
        await press(pilot, "enter")
        assert isinstance(app.screen, ConfirmDialog)
        assert "2 ballots with 2 answers would go into round 1." in shown(app)
        await press(pilot, "tab", "enter")
        await pilot.pause()
        assert told(app)[-1].startswith("2 ballots with 2 answers went into round 1.")
    store = SessionRepository(tmp_path / "2026-11-21-aurora")
    assert store.box.count("1") == 2
    store.close()


async def test_bad_rows_and_missing_files_change_nothing_and_say_why(tmp_path: Path) -> None:
    app = home(tmp_path)
    file = tmp_path / "ballots.csv"
    file.write_text(BALLOTS, encoding="utf-8")
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        await name_file(pilot, tmp_path / "nothing.csv")
        assert "cannot be read" in shown(app)
        await press(pilot, "escape", "i", "end", "ctrl+u")
        await type_text(pilot, str(file))
        await press(pilot, "enter", "enter")
        await pilot.pause()
        assert "line 3" in told(app)[-1].lower()
    store = SessionRepository(tmp_path / "2026-11-21-aurora")
    assert store.box.count("1") == 0
    store.close()


async def test_without_a_session_it_says_where_ballots_would_go(tmp_path: Path) -> None:
    app = HomeApp(services(tmp_path))
    file = tmp_path / "ballots.csv"
    file.write_text(BALLOTS, encoding="utf-8")
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        await name_file(pilot, file)
        assert "n begins one" in told(app)[-1]


def test_names_of_files_are_completed_and_read_as_they_are_dropped(tmp_path: Path) -> None:
    (tmp_path / "ballots.csv").touch()
    (tmp_path / "folder").mkdir()
    assert completed(f"{tmp_path}/ba") == f"{tmp_path}/ballots.csv"
    assert completed(f"{tmp_path}/f") == f"{tmp_path}/folder/"
    assert completed(f"{tmp_path}/x") is None
    assert completed(f"{tmp_path}/gone/x") is None
    assert path_of(' "/a b/c.csv" ') == "/a b/c.csv"
    assert path_of("/a\\ b/c.csv") == "/a b/c.csv"
    assert path_of("~/c.csv") == str(Path.home() / "c.csv")
