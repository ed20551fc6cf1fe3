"""Wherever somebody types, a window that grows small and large again keeps the focus, the text and the screen."""

from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.widgets import Input, TextArea

from cxworkshop.domain.session import STEPS, Step
from cxworkshop.tui.ballot.app import VoteApp
from cxworkshop.tui.home.app import HomeApp
from tui.driving import NARROW, WIDE, press, resize, shown
from tui.sessions import services, stored
from tui.test_ballot_screens import open_session
from tui.voted import console, voted

SMALL = ((40, 10), (1, 1), (80, 23))


def held(app: App[Any]) -> tuple[str, object, str]:
    """The screen in front, what has the focus, and what is typed in it."""
    focused = app.screen.focused
    typed = focused.value if isinstance(focused, Input) else focused.text if isinstance(focused, TextArea) else ""
    return type(app.screen).__name__, focused, typed


async def drag(app: App[Any], pilot: Any) -> None:
    """Make the window small, in steps, and large again: everything is as it was."""
    before = held(app)
    size = (app.size.width, app.size.height)
    for columns, rows in SMALL:
        await resize(pilot, columns, rows)
    assert "80 × 24" in shown(app)
    assert f"{SMALL[-1][0]} × {SMALL[-1][1]}" in shown(app)
    await resize(pilot, *size)
    assert held(app) == before
    assert "80 × 24" not in shown(app)


@pytest.mark.parametrize("size", [NARROW, pytest.param(WIDE, marks=pytest.mark.campaign)], ids=str)
async def test_at_every_step_and_in_what_is_typed_there(tmp_path: Path, size: tuple[int, int]) -> None:
    app = console(tmp_path, voted(tmp_path, Step.PREPARE))
    typing = {Step.PREPARE: "enter", Step.DISAGREEMENTS: "n", Step.PLAN: "n", Step.CLOSE: "enter"}
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for step in STEPS:
            if step not in typing:
                await drag(app, pilot)
            else:
                await press(pilot, typing[step], *"half")
                assert held(app)[2].endswith("half"), step
                await drag(app, pilot)
                await press(pilot, "escape")
            await press(pilot, "pagedown")
        await press(pilot, "ctrl+p", *"tim")
        await app.workers.wait_for_complete()
        await drag(app, pilot)


async def test_in_a_ballot(tmp_path: Path) -> None:
    app = VoteApp(services(tmp_path), stored(tmp_path, open_session()))
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        await drag(app, pilot)
        await press(pilot, "enter", *"xyz")
        assert held(app)[2] == "xyz"
        await drag(app, pilot)
        await press(pilot, "enter", "1", "enter", "1", "enter")
        await drag(app, pilot)
        await press(pilot, "enter", "2")
        await drag(app, pilot)
        await press(pilot, "c", *"because")
        assert held(app)[2] == "because"
        await drag(app, pilot)


async def test_in_the_form_of_a_new_session(tmp_path: Path) -> None:
    app = HomeApp(services(tmp_path))
    async with app.run_test(size=NARROW) as pilot:
        await drag(app, pilot)
        await press(pilot, "n", "end", *"half")
        assert held(app)[2].endswith("half")
        await drag(app, pilot)
