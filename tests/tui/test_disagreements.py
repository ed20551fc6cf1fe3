"""Step 5 at the console: the queue, the script, notes, outcomes, and voting again."""

from dataclasses import replace
from pathlib import Path

import pytest
from textual.screen import Screen

from cxworkshop.domain import flow
from cxworkshop.domain.content import Prompt
from cxworkshop.domain.session import Rules, Session, Step
from cxworkshop.store.repository import SessionRepository
from cxworkshop.tui.ballot.hand_over import HandOverScreen
from cxworkshop.tui.console.app import ConsoleApp
from cxworkshop.tui.console.screen import ConsoleScreen
from cxworkshop.tui.widgets.typing_dialogs import NoteDialog
from tui.driving import shown, told
from tui.sessions import CONTENT, Clock, prepared
from tui.test_reveal import SIZES, words
from tui.voted import at, console, crowd, put_ballots, usual_answers, voted

PROMPT = Prompt(
    "pattern:unit_against_unit",
    first="One person from each unit; the most senior person last.",
    ask=("What have you seen in your unit that led you there?",),
    do=("Let each unit say what the other would need from it.",),
    minutes=8,
)


def session() -> Session:
    return prepared(participants=crowd(), content=replace(CONTENT, prompts=(*CONTENT.prompts, PROMPT)))


def split(folder: Path) -> SessionRepository:
    """Everybody has voted, and units oppose each other on q1."""
    return voted(folder, Step.DISAGREEMENTS, session=session())


def on_top(app: ConsoleApp) -> type[Screen[object]]:
    return type(app.screen)


def outcome(store: SessionRepository) -> str:
    return store.session.discussion["q1"].outcome


async def test_before_the_reveal_nothing_is_talked_about(tmp_path: Path) -> None:
    store = at(tmp_path, Step.DISAGREEMENTS)
    app = console(tmp_path, store)
    async with app.run_test(size=(80, 24)) as pilot:
        said = words(shown(app))
        assert "once round 1 is revealed" in said
        assert "reveal." in said, "the sentence is not cut at its end"
        await pilot.press("s", "n", "v")
        assert not store.session.discussion


@pytest.mark.parametrize("size", SIZES)
async def test_the_worst_item_comes_first_with_its_script(tmp_path: Path, size: tuple[int, int]) -> None:
    app = console(tmp_path, split(tmp_path))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        seen = words(shown(app))
        assert "1 of" in seen
        assert "Frontline people may fix a customer" in seen
        assert "Sales and Support see it" in seen
        assert "First One person from each unit" in seen
        assert "Sales 8" in seen
        assert app.store.session.live.item == "q1", "the projector shows it too"


async def test_a_note_left_by_esc_waits_on_the_disk_at_its_own_item(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(NoteDialog, "KEPT_EVERY", 0.001)
    store = split(tmp_path)
    app = console(tmp_path, store)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("n")
        await pilot.pause()
        await pilot.press(*"Hotels")
        await pilot.pause(0.05)
        await pilot.press("escape")
        await pilot.pause()
        item = store.session.live.draft_item
        assert (store.session.live.draft, item) == ("Hotels", "q1")
    changed = flow.draft(store.session, "", item)
    assert (changed.live.draft, changed.live.draft_item) == ("", "")


async def test_a_note_is_kept_while_it_is_typed_and_taken_back_by_undo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(NoteDialog, "KEPT_EVERY", 0.001)
    store = split(tmp_path)
    app = console(tmp_path, store)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("n")
        await pilot.pause()
        await pilot.press(*"Hotels")
        await pilot.pause(0.05)
        assert store.session.live.draft == "Hotels"
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert store.session.discussion["q1"].notes == ("Hotels",)
        assert store.session.live.draft == ""
        assert "· Hotels" in shown(app)
        assert told(app)[-1] == "Noted; it stands below the item."
        await pilot.press("u")
        await pilot.pause()
        assert not store.session.discussion.get("q1") or not store.session.discussion["q1"].notes


async def test_outcomes_are_marked_and_the_queue_stays_in_place(tmp_path: Path) -> None:
    store = split(tmp_path)
    app = console(tmp_path, store)
    async with app.run_test(size=(120, 34)) as pilot:
        await pilot.press("s")
        await pilot.pause()
        assert outcome(store) == "settled"
        assert "1 settled" in words(shown(app))
        assert "✓ settled" in words(shown(app))
        await pilot.press("f")
        await pilot.pause()
        assert outcome(store) == "follow_up"
        await pilot.press("d")
        await pilot.pause()
        assert outcome(store) == "open"


async def test_parking_wants_both_positions(tmp_path: Path) -> None:
    store = split(tmp_path)
    app = console(tmp_path, store)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("p")
        await pilot.pause()
        await pilot.press(*"yes", "enter", "enter", "enter")
        await pilot.pause()
        assert "Record both positions" in words(shown(app))
        assert "q1" not in store.session.discussion
        await pilot.press("up", *"no", "ctrl+s")
        await pilot.pause()
        assert outcome(store) == "parked"
        assert store.session.discussion["q1"].positions == ("yes", "no")
        assert "· yes" in shown(app)


async def test_a_show_of_hands_stands_beside_round_1(tmp_path: Path) -> None:
    store = split(tmp_path)
    app = console(tmp_path, store)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("h")
        await pilot.pause()
        await pilot.press("x", "ctrl+s")
        await pilot.pause()
        assert "whole number" in words(shown(app))
        await pilot.press("backspace", "1", "down", "2", "down", "down", "9", "down", "5", "ctrl+s")
        await pilot.pause()
        assert "That is 17 hands, and 16 people voted." in words(shown(app))
        assert [held.method for held in store.session.rounds] == ["ballots"]
        await pilot.press("up", "8", "ctrl+s")
        await pilot.pause()
        seen = words(shown(app))
        assert "First vote · 16 Second vote · 16" in seen
        assert "Since the first vote: the room came closer" in seen
        assert store.session.rounds[0].state == "revealed"
        assert store.session.rounds[1].method == "hands"


@pytest.mark.parametrize("size", SIZES)
async def test_a_vote_again_by_ballots(tmp_path: Path, size: tuple[int, int]) -> None:
    store = split(tmp_path)
    app = console(tmp_path, store)
    async with app.run_test(size=size) as pilot:
        await pilot.press("v")
        await pilot.pause()
        assert "What was voted before stays" in words(shown(app))
        await pilot.press("enter")
        await pilot.pause()
        assert store.session.open_round is None, "a slip of the finger opens no vote"
        await pilot.press("v")
        await pilot.pause()
        await pilot.press("tab", "enter")
        await pilot.pause()
        assert store.session.open_round is not None
        assert store.session.open_round.items == ("q1",)
        assert "Voting again: 0 of 16 are in." in words(shown(app))
        await pilot.press("o")
        await pilot.pause()
        assert on_top(app) is HandOverScreen
        await pilot.press("ctrl+q", "ctrl+p", "pagedown", "u")
        await pilot.pause()
        assert on_top(app) is HandOverScreen, "nothing leads out but the key phrase"
        assert store.session.open_round is not None
        await pilot.press("k", "tab", "enter")
        await pilot.pause()
        assert on_top(app) is ConsoleScreen
        put_ballots(store, [{"q1": 4 + place % 4 // 2} for place in range(16)])
        await pilot.press("x")
        await pilot.pause()
        assert "r reveals it" in words(shown(app))
        await pilot.press("right", "v", "h")
        await pilot.pause()
        assert len(store.session.rounds) == 2, "the vote that was closed is revealed before another is opened"
        await pilot.press("left")
        await pilot.pause()
        assert "Second vote" not in shown(app)
        await pilot.press("r")
        await pilot.pause()
        await pilot.press("tab", "enter")
        await pilot.pause()
        seen = words(shown(app))
        assert "Second vote · 16" in seen
        assert "of 16 changed their answer" in seen
        assert "voted again: s settles, p parks it" in seen
        await pilot.press("v")
        await pilot.pause()
        assert store.session.open_round is None, "an item is voted on again once"


async def test_a_vote_again_opened_by_mistake_is_taken_back(tmp_path: Path) -> None:
    store = split(tmp_path)
    app = console(tmp_path, store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("v")
        await pilot.pause()
        await pilot.press("tab", "enter")
        await pilot.pause()
        assert store.session.open_round is not None
        await pilot.press("u")
        await pilot.pause()
        assert store.session.open_round is None
        assert len(store.session.rounds) == 1
        await pilot.press("v")
        await pilot.pause()
        await pilot.press("tab", "enter")
        await pilot.pause()
        assert outcome(store) == "vote_again"
        await pilot.press("x")
        await pilot.pause()
        await pilot.press("tab", "enter")
        await pilot.pause()
        assert (len(store.session.rounds), outcome(store)) == (1, "open"), "as if it had not been opened"


async def test_the_timer_starts_with_the_minutes_planned_for_the_item(tmp_path: Path) -> None:
    store = split(tmp_path)
    clock = Clock()
    app = console(tmp_path, store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("t")
        await pilot.pause()
        timer = store.session.live.timer
        assert timer is not None
        assert timer.deadline is not None
        assert (timer.deadline - clock()).total_seconds() >= 60
        await pilot.press("t")
        await pilot.pause()
        held = store.session.live.timer
        assert held is not None
        assert held.remaining is not None


async def test_the_queue_is_gone_through_by_arrows_and_by_its_list(tmp_path: Path) -> None:
    store = split(tmp_path)
    app = console(tmp_path, store)
    async with app.run_test(size=(120, 34)) as pilot:
        await pilot.press("q")
        await pilot.pause()
        assert "What to talk about, most disagreement times weight first" in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("right", "left")
        await pilot.pause()
        assert store.session.live.item == "q1"
        await pilot.press("left", "d")
        await pilot.pause()
        assert told(app)[-2:] == [
            "That is the first item of the queue.",
            "This item has no outcome that could be taken off.",
        ]


async def test_the_plan_for_an_item_shrinks_when_the_session_runs_late(tmp_path: Path) -> None:
    store = split(tmp_path)
    clock = Clock()
    app = console(tmp_path, store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "plan 12 minutes" in words(shown(app))
        clock.move(minutes=28)
        await pilot.press("f", "d")
        await pilot.pause()
        assert "plan 4 minutes" in words(shown(app))
        clock.move(minutes=8)
        await pilot.press("f", "d")
        await pilot.pause()
        assert "no minutes left in the agenda" in words(shown(app))


async def test_the_facilitator_weighs_an_item_and_the_queue_says_so(tmp_path: Path) -> None:
    store = split(tmp_path)
    app = console(tmp_path, store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("w")
        await pilot.pause()
        assert "2 important" in words(shown(app))
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        assert store.session.discussion["q1"].importance == 3
        await pilot.press("q")
        await pilot.pause()
        assert "open · very important · plan" in words(shown(app))
        await pilot.press("escape", "u")
        await pilot.pause()
        assert "q1" not in store.session.discussion or store.session.discussion["q1"].importance is None


async def test_two_camps_that_have_settled_end_the_voting(tmp_path: Path) -> None:
    store = voted(tmp_path, Step.DISAGREEMENTS, session=replace(session(), rules=Rules(votes_again=3)))
    app = console(tmp_path, store)
    async with app.run_test(size=(120, 50)) as pilot:
        await pilot.press("v")
        await pilot.pause()
        await pilot.press("tab", "enter")
        await pilot.pause()
        put_ballots(store, [{"q1": answers["q1"]} for answers in usual_answers()])
        await pilot.press("x")
        await pilot.pause()
        await pilot.press("r")
        await pilot.pause()
        await pilot.press("tab", "enter")
        await pilot.pause()
        seen = words(shown(app))
        assert "16 of 16 held firm." in seen
        assert "Settled in two camps" in seen
        assert "settled in two camps: p parks it" in seen
        await pilot.press("v")
        await pilot.pause()
        assert store.session.open_round is None
        await pilot.press("h")
        await pilot.pause()
        assert "Hands for each option" not in shown(app)
