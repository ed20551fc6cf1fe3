"""How screens look where somebody wishes it otherwise: ASCII only, another theme."""

from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from cxworkshop.domain.session import STEPS, Step
from cxworkshop.tui.app import CxApp
from cxworkshop.tui.ballot.app import VoteApp
from cxworkshop.tui.console.app import ConsoleApp
from cxworkshop.tui.home.app import HomeApp
from cxworkshop.tui.looks import Looks
from cxworkshop.tui.projector.app import ProjectorApp
from cxworkshop.tui.themes import BY_WORD, DARK, PROJECTOR
from cxworkshop.tui.widgets.in_ascii import IN_ASCII
from tui.driving import NARROW, WIDE, press, resize, shown
from tui.sessions import services, stored
from tui.voted import at, voted

IN_PLAIN = Looks(ascii=True)


def beyond_ascii(app: CxApp[Any]) -> set[str]:
    """What stands on the screen and is no ASCII."""
    return {character for character in shown(app) if not character.isascii()}


def test_every_sign_keeps_its_width_and_becomes_ascii() -> None:
    for code, plain in IN_ASCII.items():
        assert plain.isascii()
        assert cell_len(plain) == cell_len(chr(code)), (chr(code), plain)


def test_letters_of_people_are_left_alone() -> None:
    for text in ("Šimić", "امید، کریمی", "שלום", "日本語", "👩‍👩‍👧 🏳️‍🌈", "é"):
        assert text.translate(IN_ASCII) == text


async def test_the_console_is_drawn_in_ascii_at_every_step_with_its_dialogs(tmp_path: Path) -> None:
    app = ConsoleApp(services(tmp_path), voted(tmp_path, Step.PREPARE), IN_PLAIN)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await pilot.pause()
        for step in STEPS:
            if step is Step.REVEAL:
                for view in "12345":
                    await press(pilot, view)
                    assert not beyond_ascii(app), view
            assert not beyond_ascii(app), step
            await press(pilot, "pagedown")
        await resize(pilot, *NARROW)
        assert not beyond_ascii(app)
        await press(pilot, "question_mark")
        assert not beyond_ascii(app)
        await press(pilot, "escape", "t")
        assert not beyond_ascii(app)
        await press(pilot, "escape", "b", "ctrl+p")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert not beyond_ascii(app)
        await press(pilot, "escape")
        await resize(pilot, 40, 10)
        assert "80 x 24" in shown(app)


async def test_a_ballot_is_filled_in_in_ascii(tmp_path: Path) -> None:
    app = VoteApp(services(tmp_path), voted(tmp_path, Step.SELF_TEST, state="open"), IN_PLAIN)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        assert not beyond_ascii(app)
        for keys in (("enter",), ("enter",), ("enter",), ("1",), ("k",), ("escape",), ("enter",), ("f1",)):
            await press(pilot, *keys)
            assert not beyond_ascii(app), keys


@pytest.mark.parametrize("step", [Step.WELCOME, Step.REVEAL, Step.DISAGREEMENTS, Step.PLAN])
async def test_the_projector_is_drawn_in_ascii(tmp_path: Path, step: Step) -> None:
    store = at(tmp_path, step) if step is Step.WELCOME else voted(tmp_path, step)
    app = ProjectorApp(services(tmp_path), store, IN_PLAIN)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert not beyond_ascii(app)


async def test_home_is_drawn_in_ascii(tmp_path: Path) -> None:
    app = HomeApp(services(tmp_path), IN_PLAIN)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        assert not beyond_ascii(app)
        await press(pilot, "p")
        assert not beyond_ascii(app)


def test_a_theme_may_be_wished_and_else_each_application_has_its_own(tmp_path: Path) -> None:
    store = stored(tmp_path)
    for word, theme in BY_WORD.items():
        assert ConsoleApp(services(tmp_path), store, Looks(word)).theme == theme.name
        assert ProjectorApp(services(tmp_path), store, Looks(word)).theme == theme.name
    assert ConsoleApp(services(tmp_path), store).theme == DARK.name
    assert ProjectorApp(services(tmp_path), store).theme == PROJECTOR.name
