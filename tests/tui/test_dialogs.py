"""Dialogs: what is hard to take back needs more than Enter, Esc keeps what was typed, names are shown as they are."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Button, Static

from cxworkshop.tui.app import CxApp
from cxworkshop.tui.widgets.choosing import ChecklistDialog, Choice, ConfirmDialog, PickDialog
from cxworkshop.tui.widgets.dialog import Dialog
from cxworkshop.tui.widgets.hanging import HangingText, Hung
from cxworkshop.tui.widgets.showing import TextScreen
from cxworkshop.tui.widgets.typing_dialogs import Field, FormDialog, NoteDialog, TextDialog
from tui.driving import NARROW, WIDE, press, shown, type_text
from tui.sessions import HOSTILE, services

CHOICES = (
    Choice("a", "First", "the detail"),
    Choice("b", "Second", refusal="Not now, since it rains."),
    Choice("c", "Third"),
)


class Stage(CxApp[None]):
    """Opens dialogs and keeps what they gave."""

    def __init__(self, folder: Path) -> None:
        super().__init__(services(folder))
        self.given: list[Any] = []

    def compose(self) -> ComposeResult:
        yield Static("below")

    def ask(self, dialog: Screen[Any]) -> None:
        """Open a dialog."""
        self.push_screen(dialog, self.given.append)


async def test_a_confirmation_does_nothing_on_enter_and_goes_on_with_tab_and_enter(tmp_path: Path) -> None:
    app = Stage(tmp_path)
    async with app.run_test(size=NARROW) as pilot:
        app.ask(ConfirmDialog("Remove 3 people?", yes="Remove"))
        await press(pilot, "enter")
        app.ask(ConfirmDialog("Remove 3 people?", yes="Remove"))
        await press(pilot, "tab", "enter")
        app.ask(ConfirmDialog("Remove 3 people?", yes="Remove"))
        await press(pilot, "escape")
        assert app.given == [False, True, None]


async def test_a_confirmation_names_its_keys(tmp_path: Path) -> None:
    app = Stage(tmp_path)
    async with app.run_test(size=NARROW) as pilot:
        app.ask(ConfirmDialog("Remove 3 people?", yes="Remove"))
        await pilot.pause()
        assert "Tab and Enter: Remove. Esc: Cancel." in shown(app)


async def test_a_long_text_says_on_its_first_page_how_it_is_closed(tmp_path: Path) -> None:
    app = Stage(tmp_path)
    async with app.run_test(size=NARROW) as pilot:
        app.ask(TextScreen("Keys", Content("\n".join(str(line) for line in range(90)))))
        await pilot.pause()
        text = shown(app)
        assert "89" not in text
        assert "Esc closes" in text


async def test_a_confirmation_can_be_clicked(tmp_path: Path) -> None:
    app = Stage(tmp_path)
    async with app.run_test(size=NARROW) as pilot:
        app.ask(ConfirmDialog("Remove 3 people?", yes="Remove"))
        await pilot.pause()
        await pilot.click("#yes")
        await pilot.pause()
        assert app.given == [True]


async def test_one_is_picked_and_what_cannot_be_chosen_says_why(tmp_path: Path) -> None:
    app = Stage(tmp_path)
    async with app.run_test(size=NARROW) as pilot:
        app.ask(PickDialog("Which?", CHOICES, at="b"))
        await press(pilot, "enter")
        assert "Not now, since it rains." in shown(app)
        await press(pilot, "down", "enter")
        assert app.given == ["c"]


async def test_a_pick_is_left_by_its_button(tmp_path: Path) -> None:
    app = Stage(tmp_path)
    async with app.run_test(size=NARROW) as pilot:
        app.ask(PickDialog("Which?", CHOICES))
        await press(pilot, "tab", "enter")
        assert app.given == [None]


async def test_where_choices_are_numbered_a_digit_stands_on_its_own(tmp_path: Path) -> None:
    app = Stage(tmp_path)
    async with app.run_test(size=NARROW) as pilot:
        app.ask(PickDialog("Which?", [Choice(number, f"{number} times") for number in (1, 2, 3)]))
        await press(pilot, "3", "9", "enter")
        assert app.given == [3]


async def test_several_are_ticked_and_given_in_the_list_s_order(tmp_path: Path) -> None:
    app = Stage(tmp_path)
    async with app.run_test(size=NARROW) as pilot:
        app.ask(ChecklistDialog("Which?", CHOICES, ticked=("c",), fewest=2))
        await press(pilot, "enter")
        assert "Tick at least 2" in shown(app)
        await press(pilot, "space", "enter")
        assert app.given == [("a", "c")]
        app.ask(ChecklistDialog("Which?", CHOICES))
        await press(pilot, "tab", "enter")
        assert app.given[-1] is None


async def test_a_line_that_is_refused_keeps_the_dialog_open(tmp_path: Path) -> None:
    app = Stage(tmp_path)
    async with app.run_test(size=NARROW) as pilot:
        app.ask(TextDialog("Name", "x", check=lambda text: "Too short." if len(text) < 3 else None))
        await press(pilot, "enter")
        assert "Too short." in shown(app)
        await type_text(pilot, "long enough")
        await press(pilot, "enter")
        assert app.given == ["long enough"]


@pytest.mark.parametrize(
    ("make", "typed"),
    [
        (lambda: TextDialog("Name", draft="name"), "half a li"),
        (lambda: NoteDialog("Note", draft="note"), "half a no"),
        (lambda: FormDialog("Form", [Field("a", "A"), Field("b", "B")], draft="form"), "half a fo"),
    ],
    ids=["line", "note", "form"],
)
async def test_esc_keeps_what_was_typed_until_it_is_taken(
    tmp_path: Path, make: Callable[[], Dialog[Any]], typed: str
) -> None:
    app = Stage(tmp_path)
    async with app.run_test(size=NARROW) as pilot:
        app.ask(make())
        await pilot.pause()
        await type_text(pilot, typed)
        await press(pilot, "escape")
        assert typed not in shown(app)
        app.ask(make())
        await pilot.pause()
        assert typed in shown(app)
        app.screen.query_one("#take", Button).press()
        await pilot.pause()
        app.ask(make())
        await pilot.pause()
        assert typed not in shown(app)


async def test_a_secret_is_neither_shown_nor_kept(tmp_path: Path) -> None:
    app = Stage(tmp_path)
    async with app.run_test(size=NARROW) as pilot:
        app.ask(TextDialog("Phrase", secret=True, draft="phrase"))
        await pilot.pause()
        await type_text(pilot, "blue door")
        assert "blue" not in shown(app)
        await press(pilot, "escape")
        assert app.drafts == {}


async def test_a_note_is_taken_with_control_s(tmp_path: Path) -> None:
    app = Stage(tmp_path)
    async with app.run_test(size=NARROW) as pilot:
        app.ask(NoteDialog("Note"))
        await pilot.pause()
        await type_text(pilot, "one")
        await press(pilot, "enter")
        await type_text(pilot, "two")
        await press(pilot, "ctrl+s")
        assert app.given == ["one\ntwo"]


@pytest.mark.parametrize("leaving", ["ctrl+s", "escape"])
async def test_a_note_is_told_with_its_first_key_then_now_and_then_and_no_more_once_it_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, leaving: str
) -> None:
    monkeypatch.setattr(NoteDialog, "KEPT_EVERY", 600.0)
    grown: list[str] = []
    app = Stage(tmp_path)
    async with app.run_test(size=NARROW) as pilot:
        dialog = NoteDialog("Note", typed=grown.append)
        app.ask(dialog)
        await pilot.pause()
        await press(pilot, *"one")
        assert grown == ["o"]
        dialog._tell_typed()
        assert grown == ["o", "one"]
        dialog._tell_typed()
        await press(pilot, "s", leaving)
    assert grown == ["o", "one", "ones"]


async def test_a_note_is_told_when_the_application_ends_under_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(NoteDialog, "KEPT_EVERY", 600.0)
    grown: list[str] = []
    app = Stage(tmp_path)
    async with app.run_test(size=NARROW) as pilot:
        app.ask(NoteDialog("Note", typed=grown.append))
        await pilot.pause()
        await press(pilot, *"one")
        assert grown == ["o"]
    assert grown == ["o", "one"]


async def test_a_form_goes_from_field_to_field_and_is_taken_at_the_last(tmp_path: Path) -> None:
    app = Stage(tmp_path)
    async with app.run_test(size=NARROW) as pilot:
        app.ask(FormDialog("Form", [Field("a", "A", "1", echo=str.title), Field("b", "B", "", "hint", echo=str.title)]))
        await press(pilot, "enter")
        await type_text(pilot, "[x")
        await press(pilot, "up")
        assert "B · [X" in shown(app)
        await press(pilot, "down", "backspace", "backspace")
        await type_text(pilot, "2")
        await press(pilot, "up", "down", "enter")
        assert app.given == [{"a": "1", "b": "2"}]


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_hostile_texts_are_shown_as_they_are(tmp_path: Path, size: tuple[int, int]) -> None:
    choice = Choice("x", HOSTILE, HOSTILE, HOSTILE)
    dialogs: tuple[Dialog[Any], ...] = (
        ConfirmDialog(HOSTILE, HOSTILE, yes=HOSTILE, no=HOSTILE),
        PickDialog(HOSTILE, [choice], said=HOSTILE),
        ChecklistDialog(HOSTILE, [choice], said=HOSTILE),
        TextDialog(HOSTILE, HOSTILE, said=HOSTILE, hint=HOSTILE, suggestions=[HOSTILE], check=lambda text: text),
        NoteDialog(HOSTILE, HOSTILE, said=HOSTILE, hint=HOSTILE, check=lambda text: text),
        FormDialog(HOSTILE, [Field("a", HOSTILE, HOSTILE, HOSTILE, (HOSTILE,))], check=lambda typed: typed["a"]),
        TextScreen(HOSTILE, HangingText(8, [Hung(HOSTILE), Hung(HOSTILE, HOSTILE)])),
    )
    app = Stage(tmp_path)
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        for dialog in dialogs:
            app.ask(dialog)
            await pilot.pause()
            assert "Zed [/b] [bold]x[/italic]" in shown(app)
            await press(pilot, "enter")
            if app.screen is dialog:
                dialog.action_back_out()
            await pilot.pause()
        assert len(app.given) == len(dialogs)


async def test_sentences_stay_in_their_column_when_they_are_wrapped(tmp_path: Path) -> None:
    app = Stage(tmp_path)
    async with app.run_test(size=NARROW) as pilot:
        app.ask(TextScreen("Title", HangingText(6, [Hung("Say", "word " * 30)])))
        await pilot.pause()
        text = [line for line in shown(app).splitlines() if "word" in line]
        assert len(text) > 1
        assert len({line.index("word") for line in text}) == 1
