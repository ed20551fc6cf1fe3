"""What all applications share: refusals told, faults ended calmly, small windows, plain notifications."""

from pathlib import Path
from time import time

import pytest
from textual._styles_cache import StylesCache
from textual.app import ComposeResult
from textual.command import CommandInput
from textual.widgets import Input

from cxworkshop.domain.errors import CxWorkshopError
from cxworkshop.domain.text import LINE_LIMIT
from cxworkshop.tui.app import CxApp, Told, fatal_sentence, refusal_of
from cxworkshop.tui.themes import THEMES
from cxworkshop.tui.widgets.choosing import ConfirmDialog
from cxworkshop.tui.widgets.typing_dialogs import TextDialog
from tui.driving import NARROW, burst, press, resize, shown, told, type_text
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


async def test_every_word_of_what_is_told_can_be_read(tmp_path: Path) -> None:
    app = FieldApp(services(tmp_path))
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        for count in range(1, 40):
            words = [("a", "bcd", "of votes", "g goes there")[place * count % 4] for place in range(count)]
            app.clear_notifications()
            app.notify(" ".join([*words, "END."]), title="last question")
            await pilot.pause()
            assert "END." in shown(app), words


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
        for columns, rows in ((60, 20), (1, 1), (60, 20)):
            await resize(pilot, columns, rows)
        assert "80 × 24" in shown(app)
        assert "60 × 20" in shown(app)
        assert "half a name" not in shown(app)
        await resize(pilot, 90, 30)
        assert "80 × 24" not in shown(app)
        field = app.screen.query_one(Input)
        assert field.value == "half a name"
        assert field.has_focus


async def test_a_notification_does_not_lie_over_what_a_small_window_says(tmp_path: Path) -> None:
    app = FieldApp(services(tmp_path))
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        app.notify("The projector is blank. " * 8)
        await resize(pilot, 40, 10)
        assert "80 × 24" in shown(app)
        assert "projector" not in shown(app)
        await resize(pilot, *NARROW)
        assert "projector" in shown(app)


async def test_nothing_is_pressed_while_nothing_can_be_seen(tmp_path: Path) -> None:
    app = FieldApp(services(tmp_path))
    async with app.run_test(size=NARROW) as pilot:
        await resize(pilot, 40, 10)
        await press(pilot, "x", "ctrl+p", "tab")
        await type_text(pilot, "pasted")
        await resize(pilot, *NARROW)
        assert len(app.screen_stack) == 1
        assert app.screen.query_one(Input).value == ""
        await press(pilot, "y")
        assert app.screen.query_one(Input).value == "y"


async def test_a_small_window_can_be_left(tmp_path: Path) -> None:
    app = FieldApp(services(tmp_path))
    async with app.run_test(size=NARROW) as pilot:
        await resize(pilot, 40, 10)
        await press(pilot, "ctrl+q")
        assert not app.is_running


async def test_a_dialog_goes_on_where_it_was_when_the_window_is_large_again(tmp_path: Path) -> None:
    app, answers = FieldApp(services(tmp_path)), list[str | None]()
    async with app.run_test(size=NARROW) as pilot:
        app.push_screen(TextDialog("Name"), answers.append)
        await pilot.pause()
        await type_text(pilot, "half")
        for _time in range(2):
            await resize(pilot, 40, 10)
            await press(pilot, "escape")
            assert "80 × 24" in shown(app)
            await resize(pilot, *NARROW)
        await press(pilot, "x", "enter")
        assert answers == ["halfx"]
        assert len(app.screen_stack) == 1
        await resize(pilot, 40, 10)
        await resize(pilot, *NARROW)
        assert len(app.screen_stack) == 1


async def test_what_a_clock_opens_and_leaves_in_a_small_window_is_covered_too(tmp_path: Path) -> None:
    app = FieldApp(services(tmp_path))
    async with app.run_test(size=NARROW) as pilot:
        await resize(pilot, 40, 10)
        dialog = ConfirmDialog("Time is up", yes="Go on")
        await app.push_screen(dialog)
        await pilot.pause()
        assert "80 × 24" in shown(app)
        assert "Time is up" not in shown(app)
        await resize(pilot, *NARROW)
        assert "Time is up" in shown(app)
        await resize(pilot, 40, 10)
        dialog.dismiss(None)
        await pilot.pause()
        assert "80 × 24" in shown(app)
        await resize(pilot, *NARROW)
        assert "80 × 24" not in shown(app)
        assert app.screen.query_one(Input).has_focus


async def test_a_window_that_is_small_from_the_start_says_so(tmp_path: Path) -> None:
    app = FieldApp(services(tmp_path))
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        assert "80 × 24" in shown(app)


@pytest.mark.parametrize("after", ["pageup", "pagedown", "up", "end", "shift+end", "enter", "escape", "ctrl+p"])
async def test_a_key_may_follow_the_palette_s_at_once(tmp_path: Path, after: str) -> None:
    app = FieldApp(services(tmp_path))
    async with app.run_test(size=NARROW) as pilot:
        burst(app, "ctrl+p", after, after)
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        # A command may have opened a list of its own.
        await press(pilot, "escape", "escape")
        assert len(app.screen_stack) == 1


@pytest.mark.parametrize("keys", [("enter",) * 3, ("escape",) * 3, ("enter", "escape", "enter")], ids=" ".join)
async def test_keys_that_come_together_close_a_palette_once(tmp_path: Path, keys: tuple[str, ...]) -> None:
    app = FieldApp(services(tmp_path))
    async with app.run_test(size=NARROW) as pilot:
        app.push_screen(ConfirmDialog("Sure?", yes="Yes"))
        await press(pilot, "ctrl+p")
        await app.workers.wait_for_complete()
        await pilot.pause()
        burst(app, *keys)
        await pilot.pause()
        await pilot.pause()
        assert app.return_code is None


async def test_no_second_palette_opens_over_a_first_one_that_a_small_window_hid(tmp_path: Path) -> None:
    app = FieldApp(services(tmp_path))
    async with app.run_test(size=NARROW) as pilot:
        await press(pilot, "ctrl+p")
        await resize(pilot, 40, 10)
        await press(pilot, "ctrl+p")
        await resize(pilot, *NARROW)
        await press(pilot, "escape")
        assert len(app.screen_stack) == 1


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


async def test_what_removed_widgets_had_painted_is_let_go_of(tmp_path: Path) -> None:
    app = FieldApp(services(tmp_path))
    async with app.run_test(size=NARROW) as pilot:
        for _dialog in range(3):
            app.push_screen(TextDialog("Name"))
            await press(pilot, "a", "escape")
        kept = StylesCache.get_inner_outer.cache_info().currsize
        assert kept > 0, "Textual keeps nothing any more: take the tidying out"
        await press(pilot, *["x"] * 50)
        assert StylesCache.get_inner_outer.cache_info().currsize < kept


def test_what_is_told_never_has_less_than_no_time_left() -> None:
    # A timer of less than no time would hold up the application for ever.
    late = Told("Saved.", timeout=5, raised_at=time() - 5.004)
    assert late.has_expired
    assert late.time_left > 0


async def test_whatever_is_told_is_of_that_kind(tmp_path: Path) -> None:
    app = FieldApp(services(tmp_path))
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        app.notify("Saved.")
        await pilot.pause()
        assert [type(each) for each in app._notifications] == [Told]


async def test_what_is_told_again_takes_the_place_of_itself(tmp_path: Path) -> None:
    app = FieldApp(services(tmp_path))
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        for said in ("This is the first step.", "Something else.", "This is the first step."):
            app.notify(said)
        await pilot.pause()
        assert told(app) == ["Something else.", "This is the first step."]
        await press(pilot, "ctrl+p")
        assert app.screen.query_one(CommandInput).max_length == LINE_LIMIT
