"""What all applications share: refusals told, faults ended calmly, small windows, plain notifications."""

from pathlib import Path

import pytest
from textual.app import ComposeResult
from textual.widgets import Input

from cxworkshop.domain.errors import CxWorkshopError
from cxworkshop.tui.app import CxApp, fatal_sentence, refusal_of
from cxworkshop.tui.themes import THEMES
from cxworkshop.tui.widgets.too_small import TooSmallScreen
from tui.driving import NARROW, press, shown, told, type_text
from tui.sessions import HOSTILE, services


class FieldApp(CxApp[None]):
    """One field."""

    def compose(self) -> ComposeResult:
        yield Input()


def refuse() -> None:
    raise CxWorkshopError("That cannot be; do this instead.")


async def test_a_refusal_is_told_and_gives_nothing(tmp_path: Path) -> None:
    app = FieldApp(services(tmp_path))
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        assert app.attempt(refuse) is None
        assert app.attempt(lambda: 3) == 3
        await pilot.pause()
        assert told(app) == ["That cannot be; do this instead."]


def test_a_refusal_can_be_asked_for_without_doing_anything() -> None:
    assert refusal_of(refuse) == "That cannot be; do this instead."
    assert refusal_of(lambda: None) is None


async def test_notifications_show_hostile_names_as_they_are(tmp_path: Path) -> None:
    app = FieldApp(services(tmp_path))
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        app.notify(HOSTILE)
        app.screen.query_one(Input).notify(HOSTILE, title=HOSTILE)
        await pilot.pause()
        assert "[/b]" in shown(app)


async def test_anything_else_ends_the_program_without_showing_a_value(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    app = FieldApp(services(tmp_path))

    def fault() -> None:
        secret_answer = "ana voted five"
        raise RuntimeError(secret_answer)

    async def run() -> None:
        async with app.run_test(size=NARROW) as pilot:
            app.call_later(fault)
            await pilot.pause()

    with pytest.raises(RuntimeError):
        await run()
    assert app.return_code == 1
    written = "".join(capsys.readouterr())
    assert "ana voted five" not in written
    assert "secret_answer" not in written


def test_the_sentence_of_a_fault_names_its_place_and_says_what_to_do() -> None:
    with pytest.raises(CxWorkshopError) as raised:
        refuse()
    raised.value.args = ("Ana voted five",)
    sentence = fatal_sentence(raised.value)
    assert "CxWorkshopError, test_app.py line" in sentence
    assert "Ana" not in sentence
    assert "start it again" in sentence


async def test_a_small_window_says_what_is_needed_and_keeps_what_was_typed(tmp_path: Path) -> None:
    app = FieldApp(services(tmp_path))
    async with app.run_test(size=NARROW) as pilot:
        await type_text(pilot, "half a name")
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        assert isinstance(app.screen, TooSmallScreen)
        assert "80 × 24" in shown(app)
        assert "60 × 20" in shown(app)
        await pilot.resize_terminal(90, 30)
        await pilot.pause()
        field = app.screen.query_one(Input)
        assert field.value == "half a name"
        assert field.has_focus


async def test_a_window_that_is_small_from_the_start_says_so(tmp_path: Path) -> None:
    app = FieldApp(services(tmp_path))
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, TooSmallScreen)


async def test_control_c_ends_nothing(tmp_path: Path) -> None:
    app = FieldApp(services(tmp_path))
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        app.screen.set_focus(None)
        await press(pilot, "ctrl+c")
        assert app.is_running
        assert "Nothing was ended" in told(app)[-1]


async def test_the_palette_offers_no_picture_of_the_screen(tmp_path: Path) -> None:
    app = FieldApp(services(tmp_path))
    async with app.run_test(size=NARROW):
        titles = {command.title for command in app.get_system_commands(app.screen)}
    assert "Theme" in titles
    assert "Screenshot" not in titles


async def test_colours_change_between_our_own_themes(tmp_path: Path) -> None:
    app = FieldApp(services(tmp_path))
    async with app.run_test(size=NARROW):
        met = [app.theme]
        for _theme in THEMES:
            app.next_theme()
            met.append(app.theme)
    assert met == [*(theme.name for theme in THEMES), THEMES[0].name]
