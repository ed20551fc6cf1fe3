"""Welcome: what to say, the promise, and the roles that are not in the room."""

from pathlib import Path

from cxworkshop.domain.session import Live, Step
from cxworkshop.tui.console.app import ConsoleApp
from tui.driving import NARROW, WIDE, now, press, shown, type_text
from tui.sessions import prepared, services, stored


def console(folder: Path) -> ConsoleApp:
    """The console at Welcome."""
    return ConsoleApp(services(folder), stored(folder, prepared(live=Live(Step.WELCOME))))


async def test_what_to_say_do_and_ask_and_the_promise_are_on_the_screen(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        text = shown(app)
        await press(pilot, "i")
        script = shown(app)
    assert "Say   Customer experience is what people remember" in text
    assert "Our promise" in text
    assert "4 in the room" in text
    assert "Ask   What shall be different tomorrow?" in script


async def test_a_high_window_shows_the_whole_script_at_once(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert "Ask   What shall be different tomorrow?" in shown(app)


async def test_a_role_is_marked_as_not_here_and_back(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "down", "space")
        assert now(app).closing.absent_roles == ("cio",)
        assert "✗ CIO" in shown(app)
        await press(pilot, "enter")
        assert now(app).closing.absent_roles == ()
        await press(pilot, "u")
        assert now(app).closing.absent_roles == ("cio",)


async def test_who_is_asked_later_is_noted_in_words(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "l")
        await type_text(pilot, "Legal, the shops")
        await press(pilot, "enter")
        assert now(app).closing.asked_later == ("Legal", "the shops")
        assert "Legal, the shops" in shown(app)
