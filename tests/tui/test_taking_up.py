"""Taking up an earlier session: chosen at Prepare or when a session is begun, shown at Compare and on the projector."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from cxworkshop.domain.last_time import LastTime
from cxworkshop.domain.session import About, Action, Live, Session, Step
from cxworkshop.facilitation.taking_up import earlier_sessions, read_earlier
from cxworkshop.store.catalogue import FolderCatalogue
from cxworkshop.tui.console.app import ConsoleApp
from cxworkshop.tui.home.app import HomeApp
from cxworkshop.tui.projector.showing import welcome
from cxworkshop.tui.widgets.sheet import Sheet
from tui.driving import NARROW, WIDE, now, press, shown, told, type_text
from tui.sessions import HOSTILE, prepared, services, stored
from tui.voted import voted

SPRING = About("2026-05-04-spring", "Spring [/b]", date(2026, 5, 4), "Aurora Telecom", "Mia")


def spring(folder: Path, **changes: object) -> str:
    """An earlier session with votes and an action."""
    actions = {"a1": Action("a1", HOSTILE, "Ben", date(2026, 8, 1), position=1)}
    session = replace(prepared(), about=SPRING, actions=actions, **changes)  # type: ignore[arg-type]
    voted(folder, Step.CLOSE, session=session).close()
    return SPRING.id


def console(folder: Path, session: Session | None = None) -> ConsoleApp:
    """A console over a real folder of sessions."""
    return ConsoleApp(replace(services(folder), catalogue=FolderCatalogue(folder)), stored(folder, session))


async def test_prepare_chooses_the_last_session_and_lets_go_of_it(tmp_path: Path) -> None:
    spring(tmp_path)
    app = console(tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        sheet = app.screen.query_one(Sheet)
        sheet.highlighted = [row.id for row in sheet.rows].index("last:")
        await press(pilot, "enter")
        assert "2026-05-04 · Aurora Telecom · Spring [/b]" in shown(app)
        await press(pilot, "enter")
        last = now(app).last_time
        assert last is not None
        assert (last.id, last.held, set(last.answers)) == (SPRING.id, SPRING.held, {"stage", "q1", "q2", "q3"})
        assert [action.since for action in now(app).plan] == [SPRING.held]
        assert "1 open action" in shown(app)
        await press(pilot, "u")
        assert now(app).last_time is None
        assert not now(app).actions
        await press(pilot, "U", "enter", "down", "enter")
        assert now(app).last_time is None


def test_a_session_that_takes_up_this_one_is_not_offered(tmp_path: Path) -> None:
    spring(tmp_path, last_time=LastTime(prepared().about.id, "CX", SPRING.held))
    other = replace(prepared(), about=replace(prepared().about, id="2026-11-21-other"))
    catalogue = FolderCatalogue(tmp_path)
    assert [each.id for each in earlier_sessions(catalogue, other)] == [SPRING.id]
    assert not earlier_sessions(catalogue, prepared())


async def test_without_an_earlier_session_prepare_says_so(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await pilot.pause()
        sheet = app.screen.query_one(Sheet)
        sheet.highlighted = [row.id for row in sheet.rows].index("last:")
        await press(pilot, "enter")
        assert "There is no earlier session" in told(app)[-1]


async def test_a_new_session_of_the_same_organisation_is_offered_the_last_one(tmp_path: Path) -> None:
    spring(tmp_path)
    app = HomeApp(replace(services(tmp_path), catalogue=FolderCatalogue(tmp_path)))
    async with app.run_test(size=NARROW) as pilot:
        await press(pilot, "n", "enter")
        await type_text(pilot, "aurora TELECOM")
        await press(pilot, *["enter"] * 6)
        assert "Take up the session of 2026-05-04" in shown(app)
        await press(pilot, "tab", "enter")
    store = app.return_value
    assert store is not None
    last = store.session.last_time
    assert last is not None
    assert last.id == SPRING.id
    store.close()


async def test_a_unit_with_a_comma_in_its_name_stays_one_unit(tmp_path: Path) -> None:
    stored(tmp_path, replace(prepared(), about=SPRING, units=("Sales, north", "Support"), participants={})).close()
    app = HomeApp(replace(services(tmp_path), catalogue=FolderCatalogue(tmp_path)))
    async with app.run_test(size=NARROW) as pilot:
        await press(pilot, "a", *["enter"] * 7)
    store = app.return_value
    assert store is not None
    assert store.session.units == ("Sales, north", "Support")
    store.close()


async def test_what_is_damaged_in_the_last_session_is_told_before_it_is_taken_up(tmp_path: Path) -> None:
    journal = tmp_path / spring(tmp_path) / "session.journal"
    journal.write_bytes(journal.read_bytes()[:-1])
    app = HomeApp(replace(services(tmp_path), catalogue=FolderCatalogue(tmp_path)))
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        await press(pilot, "a")
        assert ["damaged" in said for said in told(app)] == [True]
        app.clear_notifications()
        await press(pilot, "escape", "n", "enter")
        await type_text(pilot, "Aurora Telecom")
        await press(pilot, *["enter"] * 6)
        assert ["damaged" in said for said in told(app)] == [True]


async def test_welcome_begins_with_the_last_plan_on_every_screen(tmp_path: Path) -> None:
    earlier = read_earlier(FolderCatalogue(tmp_path), spring(tmp_path))
    actions = {action.id: action for action in earlier.actions}
    session = prepared(live=Live(Step.WELCOME), last_time=earlier.last, actions=actions)
    assert [action.title for action in welcome(session).last_plan] == [HOSTILE]
    assert not welcome(replace(session, live=Live(Step.PREPARE))).last_plan
    app = console(tmp_path, session)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        assert "was due 16 weeks ago" in shown(app)
        await press(pilot, "enter", "enter")
        assert "What came of it?" in shown(app)
        await type_text(pilot, "Signed.")
        await press(pilot, "enter")
        assert (now(app).actions["a1"].state, now(app).actions["a1"].note) == ("done", "Signed.")
        assert "all reviewed" in shown(app)
