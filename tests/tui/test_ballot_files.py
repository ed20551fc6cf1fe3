"""Taking in a form's export at the console: what its columns hold is asked once, and remembered."""

from pathlib import Path

from cxworkshop.domain import rounds
from cxworkshop.domain.session import Live, Step
from cxworkshop.tui.console.app import ConsoleApp
from cxworkshop.tui.widgets.choosing import ConfirmDialog
from tui.driving import NARROW, press, shown, told, type_text
from tui.sessions import ITEMS, prepared, services, stored
from workbook_files import workbook

ODD = "Do you ever ask people? [/b]"
ROWS = [("Ana Šimić", "Sales", "Mostly", "2026-11-21 09:00"), ("Ben", "Support", "4", "2026-11-21 09:01")]


def form(folder: Path) -> Path:
    """An export with one question in other words, and a column that nobody needs."""
    path = folder / "form.xlsx"
    path.write_bytes(workbook({"Form1": [("ID", "Department", ODD, "When was that?"), *ROWS]}))
    return path


async def test_what_columns_hold_is_asked_one_by_one_and_remembered(tmp_path: Path) -> None:
    opened = rounds.open_first_round(prepared(live=Live(Step.SELF_TEST)))
    app = ConsoleApp(services(tmp_path), stored(tmp_path, opened))
    path = form(tmp_path)
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        await press(pilot, "f")
        await type_text(pilot, str(path))
        await press(pilot, "enter")
        assert "What does this column hold? Do you ever ask people? [/b]" in shown(app)
        assert "1 more after this one" in shown(app)
        await type_text(pilot, "expect")
        await press(pilot, "enter")
        assert "When was that?" in shown(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, ConfirmDialog)
        assert "2 ballots with 2 answers would go into round 1." in shown(app)
        assert not app.store.box.count("1")
        await press(pilot, "tab", "enter")
        assert told(app)[-1].startswith("2 ballots with 2 answers went into round 1.")
        assert app.store.box.count("1") == 2
    known = app.services.files.columns(str(path), ITEMS)
    assert [column.holds for column in known] == ["participant", "unit", "q3", "-"]
    app.store.close()


async def test_backing_out_takes_nothing_in(tmp_path: Path) -> None:
    opened = rounds.open_first_round(prepared(live=Live(Step.SELF_TEST)))
    app = ConsoleApp(services(tmp_path), stored(tmp_path, opened))
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        await press(pilot, "f")
        await type_text(pilot, str(form(tmp_path)))
        await press(pilot, "enter", "escape")
        assert not app.store.box.count("1")
        assert app.services.files.columns(str(form(tmp_path)), ITEMS)[2].holds is None
        await press(pilot, "f")
        await type_text(pilot, str(tmp_path / "nothing.csv"))
        await press(pilot, "enter")
        assert "nothing.csv" in told(app)[-1]
    app.store.close()
