"""A paste of 200 kB into every kind of field: taken as far as it fits, said where it does not; nothing ends."""

from pathlib import Path

import pytest
from textual.widgets import Input, TextArea

from cxworkshop.domain.session import Step
from cxworkshop.domain.text import LINE_LIMIT, NAME_LIMIT, NOTE_LIMIT
from cxworkshop.tui.ballot.app import VoteApp
from cxworkshop.tui.widgets.line_field import LineField
from tui.driving import NARROW, now, press, shown, told, type_text
from tui.sessions import services, stored
from tui.test_app import FieldApp
from tui.test_ballot_screens import open_session
from tui.voted import console, voted

LONG = "A word or two. " * 14_000


async def test_a_line_takes_what_fits_and_says_so(tmp_path: Path) -> None:
    app = console(tmp_path, stored(tmp_path))
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        await press(pilot, "enter")
        field = app.screen.query_one(Input)
        await type_text(pilot, LONG)
        assert len(field.value) == LINE_LIMIT
        assert "first 300 of 210,000 characters" in told(app)[-1]
        await type_text(pilot, "x")
        assert len(field.value) == LINE_LIMIT
        await press(pilot, "enter")
        assert now(app).about.title.startswith("A word or two. A word")


async def test_a_line_takes_a_paste_that_fits_without_a_word(tmp_path: Path) -> None:
    app = FieldApp(services(tmp_path))
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        field = LineField(max_length=5, value="abc", select_on_focus=False)
        await app.screen.mount(field)
        field.focus()
        await type_text(pilot, "de\nf")
        assert field.value == "abcde"
        assert not told(app)


async def test_a_note_is_typed_on_after_a_long_paste(tmp_path: Path) -> None:
    app = console(tmp_path, voted(tmp_path, Step.DISAGREEMENTS))
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        await press(pilot, "n")
        await type_text(pilot, LONG)
        assert len(app.screen.query_one(TextArea).text) > NOTE_LIMIT
        await press(pilot, "x", "ctrl+s")
        notes = [note for found in now(app).discussion.values() for note in found.notes]
        assert [len(note) for note in notes] == [NOTE_LIMIT]


@pytest.mark.parametrize("keys", [("p",), ("end", "n"), ("ctrl+p",)], ids=str)
async def test_lists_names_and_the_palette_stay_alive(tmp_path: Path, keys: tuple[str, ...]) -> None:
    app = console(tmp_path, stored(tmp_path))
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        await press(pilot, *keys)
        await type_text(pilot, LONG)
        await press(pilot, "x", "ctrl+s", "escape", "escape", "escape")
        assert len(app.screen_stack) == 1
        await press(pilot, "pagedown")
        assert now(app).live.step is Step.WELCOME


async def test_a_voter_s_name_and_comment_are_cut_and_kept(tmp_path: Path) -> None:
    app = VoteApp(services(tmp_path), stored(tmp_path, open_session()))
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        await press(pilot, "enter")
        await type_text(pilot, LONG)
        assert len(app.screen.query_one(Input).value) == NAME_LIMIT
        await press(pilot, "enter", "1", "enter", "1", "enter", "enter", "1", "c")
        await type_text(pilot, LONG)
        await press(pilot, "f10")
        assert "Your comment: A word" in shown(app)
