"""The projector: what the room sees at each step, what it never sees, and that it changes nothing."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Digits

from cxworkshop.domain import discussion, flow, plan, priorities, rounds
from cxworkshop.domain.ballots import Ballot, Tally
from cxworkshop.domain.comparison import show_figures
from cxworkshop.domain.promises import promise
from cxworkshop.domain.results import ItemResult, ModelResult, RoundResult
from cxworkshop.domain.session import Action, Candidate, Privacy, Rules, Session, Step
from cxworkshop.facilitation.acts import apply
from cxworkshop.facilitation.revealing import close_round, reveal_round
from cxworkshop.store.fresh import JOURNAL_NAME
from cxworkshop.store.repository import SessionRepository
from cxworkshop.tui.console.app import ConsoleApp
from cxworkshop.tui.projector.app import ProjectorApp
from cxworkshop.tui.projector.board import TURN_SECONDS, Board, CountPage
from cxworkshop.tui.projector.drawing import lines_of
from cxworkshop.tui.projector.screen import BUSY_PERIOD, CALM_PERIOD, ProjectorScreen
from cxworkshop.tui.projector.showing import plan_view
from cxworkshop.tui.themes import PROJECTOR
from cxworkshop.tui.widgets.charts.agreement_map import MapPoint
from cxworkshop.tui.widgets.charts.distribution import Pass
from cxworkshop.tui.widgets.charts.glyphs import BLOCKS
from cxworkshop.tui.widgets.charts.ink import text_of
from cxworkshop.tui.widgets.charts.item_list import ItemRow
from cxworkshop.tui.widgets.charts.item_page import ItemPicture
from cxworkshop.tui.widgets.charts.stage_chart import StagePicture
from tui.driving import resize, shown
from tui.sessions import CONTENT, HOSTILE, Clock, prepared, services, vote
from tui.voted import at, crowd, put_ballots, voted

SIZES = [(80, 24), (120, 34)]
REVEALING = (Ballot, Tally, ItemResult, ModelResult, RoundResult, Pass, MapPoint, ItemRow, ItemPicture, StagePicture)
"""What says something of answers."""

COMMENT = "because"
"""Stands in every ballot."""


def projector(folder: Path, store: SessionRepository, clock: Clock | None = None) -> ProjectorApp:
    return ProjectorApp(services(folder, clock), store)


def another(folder: Path, store: SessionRepository) -> SessionRepository:
    """The same session as another process has it."""
    return SessionRepository(folder / store.session.about.id)


def words(app: ProjectorApp) -> str:
    """What stands on the screen, as one line."""
    return " ".join(shown(app).split())


def figures(app: ProjectorApp) -> list[str]:
    """The large figures in sight."""
    return [digits.value for digits in app.screen.query(Digits) if digits.region.height and digits.display]


def screen(app: ProjectorApp) -> ProjectorScreen:
    found = app.screen_stack[0]
    assert isinstance(found, ProjectorScreen)
    return found


async def follow(app: ProjectorApp, pilot: Any) -> None:
    """What the poll does, without waiting for it."""
    screen(app).poll()
    await pilot.pause()


def everything_given(app: ProjectorApp) -> Iterator[object]:
    """All values that hang on the widget tree: attributes, values in them, and so on down.

    The store is the one thing left out, since the ballots lie behind it.
    """
    seen: set[int] = set()
    waiting: list[object] = [*app.screen.walk_children(with_self=True)]
    while waiting:
        found = waiting.pop()
        if id(found) in seen or isinstance(found, SessionRepository | str | int | float | type):
            continue
        seen.add(id(found))
        yield found
        if isinstance(found, dict):
            waiting += [*found.keys(), *found.values()]
        elif isinstance(found, list | tuple | set | frozenset):
            waiting += found
        elif is_dataclass(found):
            waiting += [getattr(found, field.name) for field in fields(found)]
        elif type(found).__module__.startswith("cxworkshop.tui.projector"):
            waiting += vars(found).values()


def secrets(app: ProjectorApp) -> list[object]:
    return [found for found in everything_given(app) if isinstance(found, REVEALING)]


# Before the reveal


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("step", [Step.PREPARE, Step.WELCOME])
async def test_at_first_the_room_sees_what_the_sitting_is(tmp_path: Path, step: Step, size: tuple[int, int]) -> None:
    app = projector(tmp_path, at(tmp_path, step))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        said = words(app)
        assert "CX maturity" in said
        assert "Aurora Telecom · 21 November 2026" in said
        assert "16 people in the room" in said
        for sentence in CONTENT.prompt("step:welcome").say[:2]:
            assert sentence in said
        assert "Person" not in said


@pytest.mark.parametrize("privacy", list(Privacy))
async def test_the_promise_is_that_of_the_privacy_mode(tmp_path: Path, privacy: Privacy) -> None:
    rules = Rules(privacy)
    app = projector(tmp_path, at(tmp_path, Step.WELCOME, prepared(participants=crowd(), rules=rules)))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        said = words(app).replace("· ", "")
        for sentence in (*promise(rules).kept, *promise(rules).not_kept):
            assert sentence in said


@pytest.mark.parametrize("size", SIZES)
async def test_the_count_is_large_and_follows_every_ballot(tmp_path: Path, size: tuple[int, int]) -> None:
    store = at(tmp_path, Step.SELF_TEST, prepared())
    apply(store, rounds.open_first_round)
    app, terminal = projector(tmp_path, store), another(tmp_path, store)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert figures(app) == ["0", "4"]
        assert "0 of 4 are in" in words(app)
        vote(terminal, "p1", q1=5)
        vote(terminal, "p2", q1=1)
        await follow(app, pilot)
        assert figures(app) == ["2", "4"]
        assert "2 of 4 are in" in words(app)
        assert "Answer alone" in words(app)
    terminal.close()


async def test_a_ballot_more_repaints_the_count_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = at(tmp_path, Step.SELF_TEST, prepared())
    apply(store, rounds.open_first_round)
    app = projector(tmp_path, store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        refreshed: list[str | None] = []
        for widget in app.screen.walk_children():
            monkeypatch.setattr(widget, "refresh", lambda *_a, _id=widget.id, **_k: refreshed.append(_id))
        await follow(app, pilot)
        assert refreshed == []
        vote(store, "p1", q1=5)
        await follow(app, pilot)
        assert set(refreshed) <= {"in", "sentence"}
        assert "in" in refreshed


async def test_without_a_roster_the_count_stands_alone(tmp_path: Path) -> None:
    store = at(tmp_path, Step.SELF_TEST, prepared(participants={}))
    apply(store, rounds.open_first_round)
    app = projector(tmp_path, store)
    async with app.run_test(size=(80, 24)) as pilot:
        vote(store, "guest", q1=5)
        await follow(app, pilot)
        assert figures(app) == ["1"]
        assert "1 is in" in words(app)


@pytest.mark.parametrize("state", ["open", "closed"])
@pytest.mark.parametrize("step", list(Step))
async def test_before_the_reveal_the_widget_tree_holds_nothing_of_the_answers(
    tmp_path: Path, step: Step, state: str
) -> None:
    store = voted(tmp_path, step, state=state)
    app = projector(tmp_path, store)
    async with app.run_test(size=(120, 34)) as pilot:
        await pilot.pause()
        assert secrets(app) == []
        said = words(app).replace("Disagreements", "")
        for word in (COMMENT, "median", "agreement", "Explore", "Sometimes", "Person 1", "KITE"):
            assert word not in said


async def test_the_walk_finds_answers_once_they_are_revealed(tmp_path: Path) -> None:
    app = projector(tmp_path, voted(tmp_path, Step.REVEAL))
    async with app.run_test(size=(120, 34)) as pilot:
        await pilot.pause()
        assert any(isinstance(found, StagePicture) for found in secrets(app))


async def test_between_closing_and_reveal_the_room_is_told_what_comes(tmp_path: Path) -> None:
    app = projector(tmp_path, voted(tmp_path, Step.REVEAL, state="closed"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "The vote is closed 16 ballots in all. The reveal comes next." in words(app)


# After the reveal


@pytest.mark.parametrize("size", SIZES)
async def test_the_reveal_comes_at_once_and_begins_with_the_stage(tmp_path: Path, size: tuple[int, int]) -> None:
    store = voted(tmp_path, Step.REVEAL, state="closed")
    app, console = projector(tmp_path, store), another(tmp_path, store)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        reveal_round(console)
        await follow(app, pilot)
        said = words(app)
        assert "Six stages" in said
        assert "2 Explore" in said
        assert "The room is aligned" in said
    console.close()


@pytest.mark.parametrize("size", SIZES)
async def test_the_room_looks_at_what_the_console_looks_at(tmp_path: Path, size: tuple[int, int]) -> None:
    store = voted(tmp_path, Step.REVEAL)
    app = projector(tmp_path, another(tmp_path, store))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        apply(store, lambda session: flow.look(session, "map"))
        await follow(app, pilot)
        assert "PROTECT" in words(app)
        apply(store, lambda session: flow.look(session, "items"))
        await follow(app, pilot)
        assert "4 items · 16 ballots" in words(app)
        apply(store, lambda session: flow.look(flow.focus(session, "q1"), "item"))
        await follow(app, pilot)
        said = words(app)
        assert "Frontline people may fix a customer’s problem on the spot." in said
        assert "Sales 8" in said
        assert COMMENT not in said


async def test_a_focused_item_is_shown_before_any_view_was_chosen(tmp_path: Path) -> None:
    store = voted(tmp_path, Step.REVEAL)
    apply(store, lambda session: flow.focus(session, "q2"))
    app = projector(tmp_path, store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Nobody owns the customer’s journey." in words(app)


async def test_the_console_takes_the_projector_along(tmp_path: Path) -> None:
    store = voted(tmp_path, Step.REVEAL)
    console = ConsoleApp(services(tmp_path), store)
    async with console.run_test(size=(120, 34)) as pilot:
        await pilot.pause()
        await pilot.press("2")
        await pilot.pause()
        assert store.session.live.view == "map"
        await pilot.press("3", "enter")
        await pilot.pause()
        assert (store.session.live.view, store.session.live.item) == ("item", "q1")
        await pilot.press("b")
        await pilot.pause()
        assert store.session.live.blank


@pytest.mark.parametrize("size", SIZES)
async def test_an_item_is_talked_about_with_the_vote_again_beside_the_first(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    store = voted(tmp_path, Step.DISAGREEMENTS)
    apply(store, lambda session: discussion.add_note(flow.focus(session, "q1"), "q1", "a note of the facilitator’s"))
    app = projector(tmp_path, store)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        said = words(app)
        assert "Frontline people may fix a customer’s problem on the spot." in said
        assert "looks like two camps, 8 against 8" in said
        assert "agreement 13" in said
        assert "facilitator" not in said
        assert COMMENT not in said
        assert "By unit" not in said
        apply(store, lambda session: rounds.open_vote_again(session, ["q1"]))
        put_ballots(store, [{"q1": 4}] * 7)
        await follow(app, pilot)
        assert figures(app) == ["7", "16"]
        assert secrets(app) == []
        assert "Frontline people" in words(app)
        put_ballots(store, [{"q1": 4}] * 16)
        close_round(store)
        reveal_round(store)
        await follow(app, pilot)
        again = words(app)
        assert "First vote · 16" in again
        assert "Second vote · 16" in again
        assert "Since the first vote: " in again


@pytest.mark.parametrize("size", SIZES)
async def test_figures_of_others_stand_beside_the_rooms(tmp_path: Path, size: tuple[int, int]) -> None:
    store = voted(tmp_path, Step.COMPARE)
    app = projector(tmp_path, store)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert "This room" not in words(app)
        apply(store, show_figures)
        await follow(app, pilot)
        assert "This room (16 answers)" in words(app)


def with_candidates(session: Session) -> Session:
    listed = [Candidate("c1", "Own the journey", "own", "secret reason"), Candidate("c2", "Ask customers", "own")]
    return priorities.add_candidates(session, listed)


def test_a_rating_orders_the_priorities_once_it_is_revealed(tmp_path: Path) -> None:
    store = voted(tmp_path, Step.PLAN)
    apply(store, with_candidates)
    apply(store, rounds.open_ratings)
    put_ballots(store, [{"impact:c2": 5, "effort:c2": 1, "impact:c1": 4, "effort:c1": 5}] * 9)
    close_round(store)
    assert [(each.title, each.said) for each in plan_view(store.session, store.box).priorities] == [
        ("Own the journey", ""),
        ("Ask customers", ""),
    ]
    reveal_round(store)
    view = plan_view(store.session, store.box)
    assert [(each.title, each.said) for each in view.priorities] == [
        ("Ask customers", "place 1: quick win"),
        ("Own the journey", "place 2: big bet"),
    ]
    assert [(point.title, point.quadrant) for point in view.rated] == [
        ("Ask customers", "quick_win"),
        ("Own the journey", "big_bet"),
    ]
    drawn = "\n".join(text_of(lines_of(view, 100, 24, BLOCKS)))
    assert "QUICK WINS" in drawn
    assert "impact 5 · effort 1 · n 9" in drawn
    apply(store, lambda session: plan.add_action(session, Action("a", "Ask ten customers")))
    assert "Ask customers  " in "\n".join(text_of(lines_of(plan_view(store.session, store.box), 100, 24, BLOCKS)))


@pytest.mark.parametrize("size", SIZES)
async def test_dots_are_counted_first_and_shown_once_revealed(tmp_path: Path, size: tuple[int, int]) -> None:
    store = voted(tmp_path, Step.PLAN)
    apply(store, with_candidates)
    apply(store, rounds.open_dots)
    put_ballots(store, [{"c1": 1, "c2": 2}] * 9)
    app = projector(tmp_path, store)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert figures(app) == ["9", "16"]
        assert "9 of 16 have placed their dots" in words(app)
        assert "18" not in words(app)
        close_round(store)
        await follow(app, pilot)
        assert "Own the journey" in words(app)
        assert "dots" not in words(app)
        reveal_round(store)
        await follow(app, pilot)
        assert "Ask customers 18 dots, place 1" in words(app)
        apply(store, lambda session: priorities.choose(session, "c2", chosen=True))
        action = Action("a1", "Ask ten customers", "Ana", date(2027, 3, 31), "Ten calls", first_step="Book them")
        apply(store, lambda session: plan.add_action(session, action))
        await follow(app, pilot)
        said = words(app)
        assert "★ Ask customers 18 dots, place 1" in said
        assert "1 Ask ten customers owner: Ana · due: 2027-03-31" in said
        assert "measure: Ten calls" in said
        assert "first step: Book them" in said
        assert "Own the journey" not in said


@pytest.mark.parametrize("size", SIZES)
async def test_at_the_close_stand_plan_repeat_and_the_last_answer(tmp_path: Path, size: tuple[int, int]) -> None:
    store = voted(tmp_path, Step.CLOSE)
    apply(store, lambda session: plan.add_action(session, Action("a1", "Ask ten customers", "Ana")))
    apply(store, lambda session: plan.set_repeat(plan.set_strategy_owner(session, "Mia"), date(2027, 5, 21)))
    app = projector(tmp_path, store)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        said = words(app)
        assert "21 May 2027" in said
        assert "owned by: Mia" in said
        assert "Ask ten customers" in said
        apply(store, rounds.open_feedback)
        put_ballots(store, [{rounds.FEEDBACK_ITEM: 4}] * 5)
        await follow(app, pilot)
        assert figures(app) == ["5", "16"]
        close_round(store)
        await follow(app, pilot)
        assert "Very much worth it" not in words(app)
        reveal_round(store)
        await follow(app, pilot)
        assert "Very much worth it" in words(app)
        assert "5 answers" in words(app)


# The countdown


async def test_the_countdown_says_its_end_in_figures_words_and_a_sign(tmp_path: Path) -> None:
    clock, store = Clock(), voted(tmp_path, Step.DISAGREEMENTS)
    apply(store, lambda session: flow.start_timer(session, 370, clock()))
    app = projector(tmp_path, store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert figures(app) == ["06:10"]
        assert "▸ left" in words(app)
        for seconds, left, state in ((311, "00:59", "◂ last minute"), (59, "00:00", "■ over"), (75, "01:15", "■ over")):
            clock.move(seconds=seconds)
            screen(app).tell_time()
            await pilot.pause()
            assert figures(app) == [left]
            assert state in words(app)
        apply(store, lambda session: flow.pause_timer(flow.start_timer(session, 90, clock()), clock()))
        await follow(app, pilot)
        assert figures(app) == ["01:30"]
        assert "‖ held" in words(app)
        apply(store, flow.stop_timer)
        await follow(app, pilot)
        assert figures(app) == []


# Blank, keys, following


async def test_a_blanked_projector_is_plain_and_comes_back(tmp_path: Path) -> None:
    store = voted(tmp_path, Step.REVEAL)
    app = projector(tmp_path, store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        apply(store, lambda session: flow.start_timer(flow.blank(session, blank=True), 60, Clock()()))
        await follow(app, pilot)
        screen(app).tell_time()
        await pilot.pause()
        assert shown(app).strip() == ""
        apply(store, lambda session: flow.blank(session, blank=False))
        await follow(app, pilot)
        assert "Six stages" in words(app)


async def test_no_key_changes_anything_and_leaving_is_asked_for(tmp_path: Path) -> None:
    store = voted(tmp_path, Step.REVEAL, state="closed")
    journal = tmp_path / store.session.about.id / JOURNAL_NAME
    before = journal.read_bytes()
    app = projector(tmp_path, store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(
            *"abcdefghrtux1234567890", "pagedown", "pageup", "enter", "space", "escape", "ctrl+c", "ctrl+p"
        )
        await pilot.pause()
        assert app.screen is screen(app)
        await pilot.press("question_mark")
        await pilot.pause()
        assert "Leave the projector" in words(app)
        await pilot.press("escape", "q")
        await pilot.pause()
        assert "Leave the projector?" in words(app)
        await pilot.press("enter")
        await pilot.pause()
        assert app.screen is screen(app)
        await pilot.press("ctrl+q")
        await pilot.pause()
        await pilot.press("tab", "enter")
        await pilot.pause()
        assert not app.is_running or app._exit
    assert journal.read_bytes() == before


async def test_it_looks_twenty_times_a_second_while_a_vote_is_open(tmp_path: Path) -> None:
    store = at(tmp_path, Step.SELF_TEST)
    app = projector(tmp_path, store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert screen(app)._period == CALM_PERIOD == 1 / 5
        apply(store, rounds.open_first_round)
        await follow(app, pilot)
        assert screen(app)._period == BUSY_PERIOD == 1 / 20


async def test_it_follows_by_itself(tmp_path: Path) -> None:
    store = at(tmp_path, Step.WELCOME, prepared())
    app, console = projector(tmp_path, store), another(tmp_path, store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        apply(console, lambda session: flow.go_to(rounds.open_first_round(session), Step.SELF_TEST, Clock()()))
        for _ in range(200):
            if "0 of 4 are in" in words(app):
                break
            await pilot.pause(BUSY_PERIOD)
        assert "0 of 4 are in" in words(app)
    console.close()


async def test_a_session_that_is_gone_is_told_once_and_taken_up_again(tmp_path: Path) -> None:
    store = at(tmp_path, Step.WELCOME)
    folder, aside = tmp_path / store.session.about.id, tmp_path / "aside"
    app = projector(tmp_path, store)
    async with app.run_test(size=(80, 24)) as pilot:
        folder.rename(aside)
        await follow(app, pilot)
        await follow(app, pilot)
        assert words(app).count("There is no session in") == 1
        assert "CX maturity" in words(app)
        aside.rename(folder)
        await follow(app, pilot)
        assert "There is no session in" not in words(app)


# The picture


@pytest.mark.parametrize("step", list(Step))
async def test_text_stays_within_a_hundred_columns_in_the_middle(tmp_path: Path, step: Step) -> None:
    app = projector(tmp_path, voted(tmp_path, step))
    async with app.run_test(size=(160, 45)) as pilot:
        await pilot.pause()
        for line in shown(app).splitlines():
            assert not line[:30].strip(), line
            assert len(line) <= 130, line
        assert app.theme == PROJECTOR.name


async def held_page(app: ProjectorApp, pilot: Pilot[None], clock: Clock) -> str:
    """What a projector shows of its pages a good while later."""
    clock.move(seconds=3 * TURN_SECONDS)
    screen(app).poll()
    screen(app).tell_time()
    await pilot.pause()
    return words(app)


async def test_what_is_longer_than_the_screen_turns_its_pages(tmp_path: Path) -> None:
    clock, store = Clock(), at(tmp_path, Step.PLAN)
    for number in range(9):
        action = Action(f"a{number}", f"Deed number {number}", "Ana", first_step="Begin")
        apply(store, lambda session, action=action: plan.add_action(session, action))  # type: ignore[misc]
    app = projector(tmp_path, store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        seen = set()
        for _ in range(3):
            said = words(app)
            assert "turns by itself" in said
            seen |= {number for number in range(9) if f"Deed number {number}" in said}
            clock.move(seconds=TURN_SECONDS)
            screen(app).tell_time()
            await pilot.pause()
        assert seen == set(range(9))
        apply(store, lambda session: flow.turn_page(session, 1))
        first = await held_page(app, pilot, clock)
        assert "page 1 of" in first
        assert "turns by itself" not in first
        apply(store, lambda session: flow.turn_page(session, 1))
        assert "page 2 of" in await held_page(app, pilot, clock)
        for _ in range(2):
            apply(store, lambda session: flow.turn_page(session, -1))
        assert "Deed number 8" in await held_page(app, pilot, clock), "before the first page comes the last"


async def test_hostile_text_is_only_text(tmp_path: Path) -> None:
    session = prepared(participants=crowd())
    session = replace(session, about=replace(session.about, title=HOSTILE, organisation=HOSTILE))
    store = voted(tmp_path, Step.WELCOME, session=session)
    apply(store, lambda present: plan.add_action(present, Action("a1", HOSTILE, HOSTILE, measure=HOSTILE)))
    apply(store, lambda present: plan.set_strategy_owner(present, HOSTILE))
    apply(store, lambda present: priorities.add_candidates(present, [Candidate("c", HOSTILE, "own")]))
    app = projector(tmp_path, store)
    async with app.run_test(size=(120, 34)) as pilot:
        for step in Step:
            apply(store, lambda present, step=step: flow.go_to(present, step, Clock()()))  # type: ignore[misc]
            await follow(app, pilot)
            assert "[bold]x[/italic]" in words(app)


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_a_resize_keeps_the_picture(tmp_path: Path, size: tuple[int, int]) -> None:
    app = projector(tmp_path, voted(tmp_path, Step.REVEAL))
    async with app.run_test(size=(120, 34)) as pilot:
        await pilot.pause()
        await resize(pilot, *size)
        assert "2 Explore" in words(app)
        assert app.screen.query_one(Board).display
        assert not app.screen.query_one(CountPage).display
