"""The frame of the console: moving through the steps, undo, what others changed, keys, help, palette, timer."""

from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from textual import events
from textual.widgets import Input

from cxworkshop.domain import flow, rounds
from cxworkshop.domain.session import STEPS, About, Candidate, Live, Session, Step
from cxworkshop.facilitation.acts import apply
from cxworkshop.facilitation.preparing import new_session
from cxworkshop.facilitation.rehearsal import rehearsal
from cxworkshop.store.repository import SessionRepository
from cxworkshop.tui.ballot.hand_over import HandOverScreen
from cxworkshop.tui.console.agenda import step_name
from cxworkshop.tui.console.app import ConsoleApp
from cxworkshop.tui.console.common_acts import COMMON_ACTS
from cxworkshop.tui.console.header import HeaderLine
from cxworkshop.tui.console.rail import Rail
from cxworkshop.tui.console.screen import ConsoleScreen
from cxworkshop.tui.console.steps.catalogue import acts_of_steps
from cxworkshop.tui.widgets.act_provider import ActProvider
from cxworkshop.tui.widgets.choosing import ConfirmDialog, PickDialog
from cxworkshop.tui.widgets.key_line import KeyLine
from cxworkshop.tui.widgets.showing import TextScreen
from cxworkshop.tui.widgets.typing_dialogs import FormDialog, NoteDialog
from tui.conftest import Picture
from tui.driving import NARROW, WIDE, burst, press, shown, told, type_text
from tui.sessions import CONTENT, HOSTILE, NOON, Clock, prepared, services, stored, vote


def console(folder: Path, session: Session | None = None, clock: Clock | None = None) -> ConsoleApp:
    """The console over a stored session."""
    return ConsoleApp(services(folder, clock), stored(folder, session))


def at(step: Step, **changes: Any) -> Session:
    """The session at a step."""
    return prepared(live=Live(step), **changes)


def another(app: ConsoleApp, folder: Path) -> SessionRepository:
    """The same session, as another process opens it."""
    return SessionRepository(folder / app.store.session.about.id)


async def test_paging_moves_through_all_steps_and_back_and_the_place_is_saved(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        for step in STEPS[1:]:
            await press(pilot, "pagedown")
            assert app.store.session.live.step is step
        await press(pilot, "pageup")
        assert another(app, tmp_path).session.live.step is Step.PLAN


@pytest.mark.parametrize(
    ("start", "pages"),
    [
        (Step.CLOSE, ("pageup",)),
        (Step.CLOSE, ("pageup", "pageup", "pagedown")),
        (Step.DISAGREEMENTS, ("pagedown", "pagedown")),
    ],
)
async def test_a_key_pressed_right_after_a_page_turn_acts_on_the_step_that_is_entered(
    tmp_path: Path, start: Step, pages: tuple[str, ...]
) -> None:
    app = console(tmp_path, at(start))
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        for key in (*pages, "n"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await pilot.pause()
        await pilot.pause()
        assert app.store.session.live.step is Step.PLAN
        assert isinstance(app.screen, FormDialog)


async def test_the_first_step_says_that_there_is_none_before(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await press(pilot, "pageup")
        assert told(app) == ["This is the first step."]
        assert app.store.session.live.step is Step.PREPARE


async def test_paging_keys_belong_to_a_field_while_one_is_typed_in(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "p")
        await type_text(pilot, "Ana")
        await press(pilot, "pagedown")
        assert app.store.session.live.step is Step.PREPARE


async def test_a_step_can_be_chosen_from_a_list_and_by_mouse(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "g", "down", "down", "enter")
        assert shown(app).count("▶ 3 Self-test") == 1
        await pilot.click(Rail, offset=(4, 2))
        await pilot.pause()
        assert app.store.session.live.step == Step.WELCOME


async def test_the_folded_rail_can_be_clicked(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        await pilot.click(Rail, offset=(14, 0))
        await pilot.pause()
        assert app.store.session.live.step is Step.WELCOME


async def test_a_key_pressed_right_before_a_page_turn_acts_on_the_step_that_is_left(tmp_path: Path) -> None:
    app = console(tmp_path, at(Step.SELF_TEST))
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        for key in ("o", "pagedown", "pagedown"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        for _ in range(4):
            await pilot.pause()
        assert app.store.session.open_round is not None
        assert app.store.session.live.step is Step.DISAGREEMENTS


async def test_only_steps_that_were_entered_are_ticked(tmp_path: Path) -> None:
    clock = Clock()
    app = console(tmp_path, prepared(live=Live(Step.PREPARE, since=clock())), clock)
    async with app.run_test(size=WIDE) as pilot:
        clock.move(minutes=1)
        app.console_screen.go_to(Step.REVEAL)
        await pilot.pause()
        text = shown(app)
        assert "✓ 1 Prepare" in text
        assert text.count("✓") == 1
        clock.move(minutes=1)
        app.console_screen.go_to(Step.WELCOME)
        await pilot.pause()
        assert "· 4 Reveal" in shown(app)


async def test_what_is_open_elsewhere_is_told_with_the_step_at_which_it_is_closed(tmp_path: Path) -> None:
    candidates = {key: Candidate(key, key, "own") for key in ("Speed", "Trust")}
    session = rounds.open_first_round(at(Step.PLAN, candidates=candidates))
    app = console(tmp_path, session)
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        await press(pilot, "v")
        assert told(app)[-1] == "Round 1 is open; close it first, at step 3 Self-test (g goes there)."


async def test_dots_are_placed_where_the_terminal_is_handed_over_at_the_plan(tmp_path: Path) -> None:
    candidates = {key: Candidate(key, key, "own") for key in ("Speed", "Trust")}
    app = console(tmp_path, at(Step.PLAN, candidates=candidates))
    async with app.run_test(size=NARROW) as pilot:
        await press(pilot, "v", "h")
        assert isinstance(app.screen, HandOverScreen)


async def test_every_step_opens_at_both_sizes_and_names_itself(tmp_path: Path) -> None:
    for place, size in enumerate((WIDE, NARROW)):
        folder = tmp_path / str(place)
        folder.mkdir()
        app = console(folder)
        async with app.run_test(size=size) as pilot:
            for step in STEPS:
                await pilot.pause()
                text = shown(app)
                assert step_name(step) in text
                assert "help" in text.splitlines()[-1]
                await press(pilot, "pagedown")


def test_steps_are_called_as_in_the_catalogue_of_sentences() -> None:
    from cxworkshop.domain.wording import STEP_NAMES

    assert {step: step_name(step) for step in STEPS} == dict(STEP_NAMES)


async def test_undo_takes_back_the_newest_act_and_says_which(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await press(pilot, "b")
        assert app.store.session.live.blank
        await press(pilot, "u")
        assert not app.store.session.live.blank
        assert told(app)[-1] == "Undone: projector blanked. U does it again."
        await press(pilot, "U")
        assert app.store.session.live.blank
        assert told(app)[-1] == "Done again: projector blanked."
        await press(pilot, "u")
        await press(pilot, "u")
        assert told(app)[-1] == "There is nothing to undo."


async def test_what_another_terminal_changed_is_shown(tmp_path: Path) -> None:
    app = console(tmp_path, at(Step.SELF_TEST))
    async with app.run_test(size=WIDE) as pilot:
        other = another(app, tmp_path)
        apply(other, rounds.open_first_round)
        vote(other, "p0", q1=2)
        screen = app.console_screen
        screen.poll()
        await pilot.pause()
        assert "1 of 4 are in" in shown(app)
        assert "✓ Ana Šimić" in shown(app)


async def test_where_nothing_is_new_nothing_is_painted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = console(tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        screen = app.console_screen
        painted: list[Session] = []
        await pilot.pause()
        assert screen.view is not None
        monkeypatch.setattr(screen.view, "paint", painted.append)
        screen.poll()
        screen.poll()
        await pilot.pause()
        assert painted == []


async def test_help_lists_every_key_of_the_step(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "question_mark")
        assert isinstance(app.screen, TextScreen)
        text = shown(app)
        assert "Make two or more units" in text
        await press(pilot, "escape")
        assert isinstance(app.screen, ConsoleScreen)
        await press(pilot, "f1")
        assert isinstance(app.screen, TextScreen)


async def test_the_palette_finds_acts_by_their_sentence_and_does_them(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "ctrl+p")
        await type_text(pilot, "blank the projector")
        await app.workers.wait_for_complete()
        await pilot.pause()
        await press(pilot, "enter", "enter")
        await pilot.pause()
        assert app.store.session.live.blank


async def test_what_the_palette_finds_is_done_once_however_often_enter_is_pressed(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "ctrl+p")
        await type_text(pilot, "note")
        await press(pilot)
        burst(app, "enter", "enter", "enter", "enter")
        for _ in range(4):
            await press(pilot)
        assert [type(screen) for screen in app.screen_stack].count(NoteDialog) == 1


async def test_the_palette_names_every_act_of_every_step(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        provider = ActProvider(app.console_screen)
        offered = {hit.text async for hit in provider.discover()}
        known = {act.id for act in app.console_screen.all_acts}
    every = (*COMMON_ACTS, *acts_of_steps())
    assert known == {act.id for act in every}
    for act in every:
        assert any(text is not None and text.startswith(act.label[:1].upper() + act.label[1:]) for text in offered)


async def test_an_act_of_another_step_says_where_it_is_done(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await app.console_screen.do("round.close")
        await pilot.pause()
        assert told(app) == ["That is done at step 3 Self-test; g goes there."]


async def test_a_click_on_the_key_line_does_the_act(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        column = shown(app).splitlines()[-1].index("? help")
        await pilot.click(KeyLine, offset=(column, 0))
        await pilot.pause()
        assert isinstance(app.screen, TextScreen)


async def test_the_timer_runs_is_held_and_is_kept_as_a_deadline(tmp_path: Path) -> None:
    clock = Clock()
    app = console(tmp_path, clock=clock)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "t")
        await type_text(pilot, "")
        await press(pilot, "enter")
        assert "▸ 05:00" in app.screen.query_one(HeaderLine).parts[1]
        clock.move(minutes=4, seconds=30)
        app.console_screen.tell_time()
        assert "00:30 last minute" in app.screen.query_one(HeaderLine).parts[1]
        await press(pilot, "t")
        assert "held" in app.screen.query_one(HeaderLine).parts[1]
        await press(pilot, "plus")
        assert "01:30" in app.screen.query_one(HeaderLine).parts[1]
        assert another(app, tmp_path).session.live.timer is not None
        await press(pilot, "T")
        assert app.store.session.live.timer is None


async def test_a_timer_that_makes_no_sense_is_refused_in_the_dialog(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "t", "end")
        await type_text(pilot, "x")
        await press(pilot, "enter")
        assert "5 or 2:30" in shown(app)
        assert app.store.session.live.timer is None


async def test_the_end_of_the_countdown_shows_in_words_and_is_heard_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    heard: list[str] = []
    session = flow.start_timer(prepared(live=Live(since=clock())), 60, clock())
    app = console(tmp_path, session, clock)
    async with app.run_test(size=WIDE):
        monkeypatch.setattr(app, "bell", lambda: heard.append("bell"))
        clock.move(seconds=75)
        app.console_screen.tell_time()
        app.console_screen.tell_time()
        assert "time is up, 00:15 over" in app.screen.query_one(HeaderLine).parts[1]
        assert heard == ["bell"]


async def test_a_countdown_is_offered_with_what_the_agenda_gives_to_the_step(tmp_path: Path) -> None:
    app = console(tmp_path, at(Step.COMPARE))
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "t")
        assert app.screen.query_one(Input).value == "3"


async def test_a_key_can_be_changed_by_the_act_s_id(tmp_path: Path) -> None:
    app = console(tmp_path)
    app.set_keymap({"screen.blank": "z"})
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "b")
        assert not app.store.session.live.blank
        await press(pilot, "z")
        assert app.store.session.live.blank


async def test_the_header_says_how_far_the_sitting_is_behind(tmp_path: Path) -> None:
    clock = Clock()
    app = console(tmp_path, clock=clock)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "pagedown")
        clock.move(minutes=8)
        app.console_screen.tell_time()
        assert app.screen.query_one(HeaderLine).parts[2] == "09:50 · 3 min over"


async def test_leaving_with_an_open_vote_asks_and_says_that_nothing_is_lost(tmp_path: Path) -> None:
    app = console(tmp_path, rounds.open_first_round(at(Step.SELF_TEST)))
    async with app.run_test(size=NARROW) as pilot:
        await press(pilot, "ctrl+q")
        assert isinstance(app.screen, ConfirmDialog)
        assert "0 ballots are in and saved" in shown(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, ConsoleScreen)
        await press(pilot, "ctrl+q", "tab", "enter")
    assert not app.is_running


async def test_leaving_without_a_vote_leaves_and_stops_the_clock_of_the_sitting(tmp_path: Path) -> None:
    clock = Clock()
    app = console(tmp_path, prepared(live=Live(Step.WELCOME, since=clock())), clock)
    async with app.run_test(size=NARROW) as pilot:
        clock.move(minutes=3)
        await press(pilot, "ctrl+q")
    live = another(app, tmp_path).session.live
    assert live.since is None
    assert live.used == {Step.WELCOME: 180}


async def test_the_clock_of_the_sitting_begins_with_the_console(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=NARROW):
        app.console_screen.begin()
        assert app.store.session.live.since == NOON


async def test_the_time_for_which_a_console_that_died_was_gone_is_not_counted(tmp_path: Path) -> None:
    clock = Clock()
    app = console(tmp_path, prepared(live=Live(Step.WELCOME, since=clock())), clock)
    clock.move(minutes=4)
    another(app, tmp_path).terminals.console_lives(clock())
    clock.move(minutes=10)
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        app.console_screen.begin()
        await pilot.pause()
        assert any("gone for 10 minutes" in each for each in told(app))
        live = app.store.session.live
        assert live.used == {Step.WELCOME: 240}
        assert live.since == clock()
        assert app.store.terminals.console_lived() == clock()


async def test_a_folder_that_is_gone_is_told_once(tmp_path: Path) -> None:
    app = console(tmp_path, rounds.open_first_round(prepared()))
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        await pilot.pause()
        (tmp_path / app.store.session.about.id).rename(tmp_path / "moved")
        for _ in range(3):
            app.console_screen.poll()
            app.console_screen.tell_time()
        await pilot.pause()
        assert len(told(app)) == 1
        assert app.is_running


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_hostile_names_are_shown_as_they_are(tmp_path: Path, size: tuple[int, int]) -> None:
    session = prepared()
    people = {key: replace(person, name=f"{HOSTILE}{key}") for key, person in session.participants.items()}
    about = About("x", HOSTILE, session.about.held, HOSTILE, HOSTILE)
    app = console(tmp_path, replace(session, participants=people, about=about, units=(HOSTILE,)))
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        for _step in STEPS:
            await pilot.pause()
            await press(pilot, "pagedown")
        assert app.is_running


async def test_a_rehearsal_says_that_it_is_practice_and_its_people_vote(tmp_path: Path) -> None:
    practice = new_session(rehearsal(CONTENT, 4, NOON.date()), random=Random(1))
    session = replace(practice, about=replace(practice.about, id="practice"), live=Live(Step.SELF_TEST))
    app = console(tmp_path, rounds.open_first_round(session))
    async with app.run_test(size=WIDE) as pilot:
        assert app.screen.query_one(HeaderLine).parts[0].startswith("PRACTICE")
        for _ in range(4):
            app.console_screen.simulate()
        app.console_screen.poll()
        await pilot.pause()
        assert "4 of 4 are in" in shown(app)


async def test_keys_of_the_step_work_after_a_click_beside_everything(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        await pilot.click(HeaderLine)
        await pilot.pause()
        await press(pilot, "g")
        assert isinstance(app.screen, PickDialog)


async def test_the_frame_looks_as_it_should(tmp_path: Path, picture: Picture) -> None:
    app = console(tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        picture(app)


async def test_the_folded_frame_looks_as_it_should(tmp_path: Path, picture: Picture) -> None:
    app = console(tmp_path, at(Step.WELCOME))
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        picture(app)
