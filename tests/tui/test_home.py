"""Home: sessions to go on with, a new one, practice, packs with their faults."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from cxworkshop.domain.session import Step
from cxworkshop.facilitation.ports import Services, SessionSummary
from cxworkshop.tui.home.app import HomeApp
from cxworkshop.tui.home.rows import home_rows
from cxworkshop.tui.home.screen import HomeScreen
from cxworkshop.tui.widgets.sheet import Sheet
from tui.conftest import Picture
from tui.driving import NARROW, WIDE, press, shown, told, type_text
from tui.sessions import HOSTILE, NOON, Catalogue, services, stored


def summary(session_id: str = "2026-11-21-aurora", **changes: object) -> SessionSummary:
    """A session as the catalogue lists it."""
    made = SessionSummary(
        session_id,
        "CX maturity",
        "Aurora Telecom",
        date(2026, 11, 21),
        Step.SELF_TEST,
        9,
        0,
        None,
        rehearsal=False,
        saved=datetime(2026, 11, 21, 9, 32, tzinfo=UTC),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def given(folder: Path, *listed: SessionSummary) -> Services:
    """Services over these sessions."""
    return replace(services(folder), catalogue=Catalogue(folder, list(listed)))


def made_in(folder: Path) -> list[str]:
    """Names of the sessions in a folder."""
    return [place.name for place in folder.iterdir()]


async def test_without_sessions_it_says_what_belongs_there_and_the_keys(tmp_path: Path) -> None:
    app = HomeApp(services(tmp_path))
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        text = shown(app)
    assert "No session yet: n begins one" in text
    assert "Enter begin" in text.splitlines()[-1]
    assert "r walks through all steps" in text
    assert "Begin with r" in text


async def test_enter_goes_on_with_the_newest_session(tmp_path: Path) -> None:
    stored(tmp_path).close()
    app = HomeApp(given(tmp_path, summary(), summary("other", title="Older")))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert "3 Self-test" in shown(app)
        assert "9 ballots · saved 09:32" in shown(app)
        await press(pilot, "enter")
    store = app.return_value
    assert store is not None
    assert store.session.about.id == "2026-11-21-aurora"
    store.close()


async def test_the_session_that_was_saved_last_is_offered_where_it_stood(tmp_path: Path) -> None:
    stored(tmp_path).close()
    later = summary("later", title="Next month", held=date(2026, 12, 21), saved=datetime(2026, 11, 2, tzinfo=UTC))
    broken = summary("broken", problem="It cannot be read.", saved=NOON)
    app = HomeApp(given(tmp_path, later, broken, summary(step=Step.DISAGREEMENTS)))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert "Enter resumes Aurora Telecom · CX maturity: step 5 Disagreements, saved 09:32." in shown(app)
        await press(pilot, "enter")
    assert app.return_value is not None
    assert app.return_value.session.about.id == "2026-11-21-aurora"
    app.return_value.close()


async def test_a_damaged_session_is_listed_with_its_reason_and_not_opened(tmp_path: Path) -> None:
    app = HomeApp(given(tmp_path, summary(problem="Line 3 of the journal is damaged.")))
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await pilot.pause()
        assert "! Line 3 of the journal is damaged." in shown(app)
        await press(pilot, "enter")
        assert app.is_running
        assert told(app)[-1] == "Line 3 of the journal is damaged."


async def test_a_damaged_session_that_can_be_opened_is_listed_with_a_warning_and_opened(tmp_path: Path) -> None:
    stored(tmp_path).close()
    app = HomeApp(given(tmp_path, summary(warning="The last change is not whole.")))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert "! The last change is not whole." in shown(app)
        await press(pilot, "enter")
    assert app.return_value is not None
    app.return_value.close()


async def test_a_session_that_is_gone_is_told_and_home_stays(tmp_path: Path) -> None:
    app = HomeApp(given(tmp_path, summary("gone")))
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await press(pilot, "enter")
        assert isinstance(app.screen, HomeScreen)
        assert "There is no session" in told(app)[-1]


async def test_a_new_session_is_made_from_the_form(tmp_path: Path) -> None:
    app = HomeApp(services(tmp_path))
    async with app.run_test(size=NARROW) as pilot:
        await press(pilot, "n", "home", "shift+end", "delete")
        await type_text(pilot, "Borealis CX")
        await press(pilot, "enter", "enter", "enter", "enter", "enter")
        await type_text(pilot, "Sales, Support")
        await press(pilot, "enter", "enter")
    store = app.return_value
    assert store is not None
    assert store.session.about.title == "Borealis CX"
    assert store.session.units == ("Sales", "Support")
    assert store.session.about.held == NOON.date()
    store.close()


async def test_a_form_that_cannot_be_taken_says_why_and_stays(tmp_path: Path) -> None:
    app = HomeApp(services(tmp_path))
    async with app.run_test(size=NARROW) as pilot:
        await press(pilot, "n", "home", "shift+end", "delete", "ctrl+s")
        assert "The session needs a title" in shown(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)
    assert not made_in(tmp_path)


async def test_practice_makes_a_session_apart_from_real_ones(tmp_path: Path) -> None:
    practice = tmp_path / "practice"
    practice.mkdir()
    app = HomeApp(replace(services(tmp_path / "real"), rehearsals=Catalogue(practice)))
    async with app.run_test(size=NARROW) as pilot:
        await press(pilot, "r")
    store = app.return_value
    assert store is not None
    assert store.session.about.rehearsal
    assert made_in(practice) == ["made"]
    store.close()


async def test_packs_are_listed_with_what_is_wrong_with_any(tmp_path: Path) -> None:
    app = HomeApp(services(tmp_path))
    async with app.run_test(size=NARROW) as pilot:
        await press(pilot, "p")
        text = shown(app)
        assert "✓ house  House survey" in text
        assert "broken.toml: items: there are none." in text


async def test_the_palette_finds_what_home_can_do(tmp_path: Path) -> None:
    app = HomeApp(services(tmp_path))
    async with app.run_test(size=NARROW) as pilot:
        await press(pilot, "ctrl+p")
        await type_text(pilot, "backup")
        await app.workers.wait_for_complete()
        await pilot.pause()
        await press(pilot, "enter", "enter")
        await pilot.pause()
        assert "Import which file?" in shown(app)


async def test_a_hostile_title_is_listed_as_it_is(tmp_path: Path) -> None:
    app = HomeApp(given(tmp_path, summary(title=HOSTILE, organisation="")))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert "Zed [/b] [bold]x[/italic]" in shown(app)


async def test_leaving_gives_nothing(tmp_path: Path) -> None:
    app = HomeApp(services(tmp_path))
    async with app.run_test(size=NARROW) as pilot:
        await press(pilot, "ctrl+q")
    assert app.return_value is None


def test_sessions_of_an_organisation_with_a_long_name_are_told_apart_by_their_titles() -> None:
    rows = home_rows([summary(organisation="Donaudampfschifffahrtsgesellschaft mbH", title="Autumn")], [], NOON)
    assert "Donaudampfs… · Autumn" in [row.label for row in rows]
    narrow = home_rows([summary(organisation="Aurora Telecom", title="Autumn")], [], NOON, 28)
    assert "Aurora… · Autumn" in [row.label for row in narrow]


def test_open_actions_and_their_next_date_are_named() -> None:
    rows = home_rows([summary(open_actions=2, next_due=date(2027, 3, 31))], [], NOON)
    assert rows[1].note == "next due 2027-03-31 · 9 ballots · 2 open actions · saved 09:32"


def test_what_is_overdue_and_a_repeat_that_has_come_are_named() -> None:
    late = summary(open_actions=1, next_due=date(2026, 3, 31), repeat=date(2026, 5, 21))
    rows = home_rows([late], [], NOON)
    assert rows[1].note.startswith("overdue since 2026-03-31, self-test again since 2026-05-21 · ")


def test_a_session_saved_on_another_day_tells_the_day() -> None:
    rows = home_rows([summary(saved=datetime(2026, 11, 3, 9, 0, tzinfo=UTC))], [], NOON)
    assert rows[1].note.endswith("saved 2026-11-03")


async def test_home_looks_as_it_should(tmp_path: Path, picture: Picture) -> None:
    app = HomeApp(given(tmp_path, summary(), summary("b", title="Spring", step=Step.CLOSE, open_actions=3)))
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        assert app.screen.query_one(Sheet).highlighted == 1
        picture(app)
