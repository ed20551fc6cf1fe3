"""Whatever people and files say, every screen shows it: no crash, nothing a terminal obeys, the frame where it was."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, cast

import pytest
from rich.segment import Segment
from textual.app import App
from textual.color import Color

from cxworkshop.domain import flow
from cxworkshop.domain.session import STEPS, Session, Step
from cxworkshop.domain.text import clean
from cxworkshop.facilitation.acts import apply
from cxworkshop.tui.ballot.app import VoteApp
from cxworkshop.tui.console.app import ConsoleApp
from cxworkshop.tui.home.app import HomeApp
from cxworkshop.tui.projector.app import ProjectorApp
from cxworkshop.tui.projector.screen import ProjectorScreen
from cxworkshop.tui.widgets.harmless import Harmless
from tui.driving import NARROW, WIDE, press, shown
from tui.sessions import NOON, services
from tui.strange import PLAIN, RAW, TEXTS, frame, in_turn, opened, raw_in, talked_over, wide_as
from tui.test_home import given, summary

Text = Callable[[], str]
Seen = dict[str, list[tuple[int, int, str]]]

BEGINNINGS = (0, 17, 34)
"""Where in the texts a session begins, so that each text comes to other places."""

OPENING_KEYS = ("i", "question_mark", "enter", "e", "v", "s", "w", "d", "a", "n")
"""What opens a dialog at one step or another."""

DIALOGS = {
    Step.PREPARE: ("enter", "n", "g"),
    Step.WELCOME: ("i", "N"),
    Step.REVEAL: ("i",),
    Step.DISAGREEMENTS: ("q", "n", "p", "h", "v", "i"),
    Step.PLAN: ("n", "s", "a"),
    Step.CLOSE: ("v", "e", "enter"),
}
"""The keys that open something with texts in it, by step."""

REVEAL_VIEWS = ("1", "2", "3", "4", "5")
BALLOT_KEYS = (
    *("enter", "v", "v", "7", "enter"),
    *("1", "enter", "1", "enter", "enter"),
    *("1", "c", "x", "f10", "enter"),
    *("1", "enter") * 3,
    *("f1", "escape", "enter"),
)
"""Somebody who is not on the list says who they are, answers all four questions with a comment, and sends."""

_PIECES = (
    *(
        "[/",
        "[",
        "]",
        "/]",
        "[b",
        "[$primary]",
        "\\",
        "x",
        "Zed",
        "word ",
        " ",
        "\n",
        "\t",
        "\r",
        "\x1b",
        "\x1b[",
        "\x1b]0;",
    ),
    *(
        "\x07",
        "\x9b",
        "\x9d",
        "\x00",
        "\x7f",
        "\u202e",
        "\u2069",
        "\u200d",
        "\u0301",
        "👩",
        "字",
        "ש",
        "می",
        "2J",
        ";1H",
    ),
)


def plain() -> str:
    return PLAIN


def look(app: App[Any], name: str, seen: Seen) -> None:
    """Remember the frame, and see that nothing is wrong with the lines."""
    assert not raw_in(shown(app)), name
    assert not wide_as(app, app.size.width), name
    seen[name] = frame(app)


async def through_console(folder: Path, text: Text, size: tuple[int, int], opening: tuple[str, ...]) -> Seen:
    """Every step and view of the console, and at each what the opening keys open."""
    folder.mkdir()  # noqa: ASYNC240 - nothing else runs yet
    seen: Seen = {}
    app = ConsoleApp(services(folder), talked_over(folder, text))
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        for step in STEPS:
            look(app, step, seen)
            for key in REVEAL_VIEWS if step is Step.REVEAL else ():
                await press(pilot, key)
                look(app, f"{step} {key}", seen)
            for key in opening:
                await press(pilot, key)
                assert not raw_in(shown(app)), (step, key)
                while len(app.screen_stack) > 1:
                    await press(pilot, "escape")
            look(app, f"{step} at its end", seen)
            await press(pilot, "pagedown")
        app.notify(text(), title=text())
        app.screen.query("StepView").first().notify(text(), title=text(), markup=True)
        await press(pilot, "ctrl+p")
        await app.workers.wait_for_complete()
        await press(pilot, *"[/x]")
        assert not raw_in(shown(app))
    assert app.return_code is None
    return seen


async def through_ballot(folder: Path, text: Text) -> Seen:
    """A ballot from the neutral page to its thanks."""
    folder.mkdir()  # noqa: ASYNC240 - nothing else runs yet
    seen: Seen = {}
    app = VoteApp(services(folder), opened(folder, text))
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        await pilot.pause()
        for place, key in enumerate(("f1", "escape", *BALLOT_KEYS)):
            look(app, f"before key {place}", seen)
            await press(pilot, key)
        assert "your code is" in shown(app)
    return seen


async def through_projector(folder: Path, text: Text) -> Seen:
    """Everything that the room sees."""
    folder.mkdir()  # noqa: ASYNC240 - nothing else runs yet
    seen: Seen = {}
    store = talked_over(folder, text)
    app = ProjectorApp(services(folder), store)
    async with app.run_test(size=WIDE) as pilot:
        for step in STEPS:
            for view in ("stages", "map", "items", "item", "levels") if step is Step.REVEAL else ("",):
                apply(store, partial(_stand, step=step, view=view))
                cast("ProjectorScreen", app.screen).poll()
                await pilot.pause()
                look(app, f"{step} {view}", seen)
    return seen


def _stand(session: Session, step: Step, view: str) -> Session:
    live = replace(flow.go_to(session, step, NOON).live, view=view, item="q1")
    return replace(session, live=live)


async def same_frame(way: Callable[[Path, Text], Awaitable[Seen]], folder: Path, *texts: Text) -> None:
    """Go the same way with other texts: at every place the frame is what it is with plain ones."""
    folder.mkdir(exist_ok=True)  # noqa: ASYNC240 - nothing else runs yet
    usual = await way(folder / "plain", plain)
    for number, text in enumerate(texts):
        strange = await way(folder / str(number), text)
        assert strange.keys() == usual.keys()
        for name in usual:
            assert strange[name] == usual[name], f"{name}, texts {number}"


async def test_the_console_keeps_its_frame_whatever_its_texts_are(tmp_path: Path) -> None:
    way = partial(through_console, size=NARROW, opening=("enter",))
    await same_frame(way, tmp_path, in_turn(TEXTS))


async def test_what_is_opened_at_a_step_shows_whatever_its_texts_are(tmp_path: Path) -> None:
    app = ConsoleApp(services(tmp_path), talked_over(tmp_path, in_turn(TEXTS, 23)))
    async with app.run_test(size=NARROW, notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        assert app.title == ConsoleApp.TITLE, "no text of theirs is the window's title"
        for step in STEPS:
            for key in DIALOGS.get(step, ()):
                await press(pilot, key)
                assert len(app.screen_stack) > 1, (step, key)
                assert not raw_in(shown(app)), (step, key)
                assert not wide_as(app, app.size.width), (step, key)
                await press(pilot, "escape")
            await press(pilot, "pagedown")


async def test_a_ballot_keeps_its_frame_whatever_its_texts_are(tmp_path: Path) -> None:
    await same_frame(through_ballot, tmp_path, *(in_turn(TEXTS, beginning) for beginning in BEGINNINGS[:2]))


async def test_the_projector_keeps_its_frame_whatever_its_texts_are(tmp_path: Path) -> None:
    await same_frame(through_projector, tmp_path, in_turn(TEXTS, 5))


async def test_home_lists_whatever_sessions_are_called(tmp_path: Path) -> None:
    text = in_turn(TEXTS)
    listed = [summary(f"s{place}", title=text(), organisation=text()) for place in range(len(TEXTS) // 2)]
    troubles = [summary(f"t{place}", title=text(), problem=text()) for place in range(12)]
    app = HomeApp(given(tmp_path, *listed, *troubles))
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        await pilot.pause()
        seen: Seen = {}
        for place in range(3):
            look(app, str(place), seen)
            assert shown(app).splitlines()[-1].endswith("? help")
            await press(pilot, "pagedown")
        await press(pilot, "end", "enter")
        assert not raw_in(shown(app))


def test_a_painted_line_holds_nothing_that_a_terminal_obeys() -> None:
    painted = Harmless().apply([Segment("".join(RAW)), Segment("می‌خواهم 👨‍👩‍👧"), Segment("plain")], Color(0, 0, 0))
    assert [segment.text for segment in painted] == ["", "می‌خواهم 👨‍👩‍👧", "plain"]


def test_a_harmless_line_is_passed_on_as_it_is() -> None:
    line = [Segment("plain"), Segment("│ é ✓")]
    assert Harmless().apply(line, Color(0, 0, 0)) is line


@pytest.mark.campaign
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=str)
async def test_every_text_comes_to_every_place_and_every_dialog(tmp_path: Path, size: tuple[int, int]) -> None:
    way = partial(through_console, size=size, opening=OPENING_KEYS)
    await same_frame(way, tmp_path, *(in_turn(TEXTS, beginning) for beginning in range(0, len(TEXTS), 7)))


@pytest.mark.campaign
async def test_five_hundred_texts_made_by_chance(tmp_path: Path) -> None:
    chance = Random(11)
    texts = [clean("".join(chance.choices(_PIECES, k=chance.randint(1, 40)))) for _ in range(500)]
    beginnings = range(0, len(texts), 60)
    console = partial(through_console, size=NARROW, opening=("enter", "i"))
    await same_frame(console, tmp_path, *(in_turn(texts, beginning) for beginning in beginnings))
    await same_frame(through_ballot, tmp_path / "ballot", *(in_turn(texts, beginning) for beginning in beginnings))
