"""Step 4 at the console: what the reveal means before it, and the four views after it."""

from dataclasses import replace
from pathlib import Path

import pytest

from cxworkshop.domain.instruments import Option, Scale
from cxworkshop.domain.session import Participant, Rules, Step
from cxworkshop.store.repository import SessionRepository
from cxworkshop.tui.console.steps.reveal import RevealView, reveal_question
from tui.driving import shown
from tui.sessions import CONTENT, HOSTILE, prepared
from tui.voted import at, console, crowd, voted

SIZES = [(80, 24), (120, 34)]


def words(text: str) -> str:
    """A screen's words without its frame, so that a sentence is found across lines."""
    return " ".join(text.replace("│", " ").split())


def state(store: SessionRepository) -> str:
    return store.session.rounds[0].state


async def test_before_the_vote_there_is_nothing_to_reveal(tmp_path: Path) -> None:
    store = at(tmp_path, Step.REVEAL)
    async with console(tmp_path, store).run_test(size=(80, 24)) as pilot:
        assert "the vote has not begun" in words(shown(pilot.app))
        await pilot.press("r")
        assert not store.session.rounds


async def test_closing_and_revealing_say_what_they_mean(tmp_path: Path) -> None:
    store = voted(tmp_path, Step.REVEAL, state="open")
    app = console(tmp_path, store)
    async with app.run_test(size=(80, 24)) as pilot:
        before = words(shown(app))
        assert "Voting is still open: 16 ballots are in." in before
        assert "Closing stops the vote. It can be undone (u)" in before
        assert "It cannot be undone." in before
        assert "Explore" not in before
        await pilot.press("r")
        assert state(store) == "open", "an open round is never revealed"
        await pilot.press("x")
        await pilot.pause()
        assert state(store) == "closed"
        await pilot.press("u")
        await pilot.pause()
        assert state(store) == "open"


async def test_the_reveal_asks_names_the_ballots_and_can_be_refused(tmp_path: Path) -> None:
    store = voted(tmp_path, Step.REVEAL, state="closed")
    app = console(tmp_path, store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("r")
        await pilot.pause()
        asked = words(shown(app))
        assert "Reveal 16 ballots?" in asked
        assert "This seals 16 ballots" in asked
        await pilot.press("enter")
        await pilot.pause()
        assert state(store) == "closed", "Cancel has the focus"
        await pilot.press("r")
        await pilot.pause()
        await pilot.press("tab", "enter")
        await pilot.pause()
        assert state(store) == "revealed"
        seen = words(shown(app))
        assert "2 Explore" in seen
        assert "◀ the room" in seen
        await pilot.press("u")
        assert state(store) == "revealed"


async def test_a_reveal_with_people_missing_says_how_many(tmp_path: Path) -> None:
    people = crowd() | {"late": Participant("late", "Late", "Sales", "Team")}
    store = voted(tmp_path, Step.REVEAL, state="closed", session=prepared(participants=people))
    app = console(tmp_path, store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("r")
        await pilot.pause()
        assert "1 person has not voted" in words(shown(app))


@pytest.mark.parametrize("size", SIZES)
async def test_from_the_whole_to_one_item(tmp_path: Path, size: tuple[int, int]) -> None:
    store = voted(tmp_path, Step.REVEAL)
    app = console(tmp_path, store)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        stages = words(shown(app))
        assert "Six stages" in stages
        assert "The room is aligned" in stages
        await pilot.press("2")
        mapped = words(shown(app))
        assert "ACT · agreed and weak" in mapped
        assert "Weaknesses: 4 We ask customers what they expect" in mapped
        assert "Strengths: 3 Nobody owns the customer" in mapped, "a low answer is the good one there"
        await pilot.press("tab")
        listed = shown(app)
        first = next(line for line in listed.splitlines() if "▶ 2" in line)
        assert "units differ?" in first
        await pilot.press("enter")
        await pilot.pause()
        one = words(shown(app))
        assert "Sales and Support see it" in one
        assert "Sales 8" in one
        assert store.session.live.item == "q1"
        await pilot.press("right")
        await pilot.pause()
        assert store.session.live.item != "q1"
        await pilot.press("escape")
        assert "Item" in shown(app)


async def test_the_list_changes_its_order(tmp_path: Path) -> None:
    store = voted(tmp_path, Step.REVEAL)
    app = console(tmp_path, store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "o")
        await pilot.pause()
        assert store.session.live.view == "map", "nobody is thrown out of another view"
        await pilot.press("3", "enter", "o")
        await pilot.pause()
        assert "weakest first" in words(shown(app))
        assert "Frontline people may fix" in words(shown(app)), "the item that is looked at stays"
        await pilot.press("o", "o", "escape", "o")
        assert "weakest first" in words(shown(app))
        await pilot.press("o")
        lines = shown(app).splitlines()
        assert any("▶ 1 Where do we stand?" in line for line in lines)


async def test_comments_are_shown_in_an_order_that_tells_nothing(tmp_path: Path) -> None:
    app = console(tmp_path, voted(tmp_path, Step.REVEAL))
    async with app.run_test(size=(120, 60)) as pilot:
        await pilot.press("3", "enter")
        await pilot.pause()
        comments = [line.split("·")[-1].strip(" │") for line in shown(app).splitlines() if "because" in line]
        assert len(comments) == 16
        assert comments == sorted(comments)


async def test_another_terminal_s_reveal_shows_by_itself(tmp_path: Path) -> None:
    from cxworkshop.facilitation.revealing import reveal_round

    store = voted(tmp_path, Step.REVEAL, state="closed")
    app = console(tmp_path, store)
    async with app.run_test(size=(80, 24)) as pilot:
        other = SessionRepository(tmp_path / store.session.about.id)
        reveal_round(other)
        other.close()
        app.console_screen.poll()
        await pilot.pause()
        assert "2 Explore" in words(shown(app))
        assert isinstance(app.console_screen.view, RevealView)
        await pilot.press("3")
        assert "▶ 2" in shown(app)


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_texts_are_shown_and_obeyed_by_nobody(tmp_path: Path, size: tuple[int, int]) -> None:
    hostile = HOSTILE + " \x1b[31m"
    scale = Scale("x", tuple(Option(hostile, hostile) for _ in range(6)))
    house = CONTENT.instruments[0]
    items = tuple(replace(item, text=hostile, theme=hostile, scale=scale) for item in house.items)
    models = tuple(replace(model, title=hostile) for model in CONTENT.models)
    people = {key: replace(person, unit=hostile + person.unit) for key, person in crowd().items()}
    session = prepared(
        participants=people,
        units=(),
        content=replace(CONTENT, models=models, instruments=(replace(house, items=items),)),
    )
    app = console(tmp_path, voted(tmp_path, Step.REVEAL, session=session))
    async with app.run_test(size=size, notifications=True) as pilot:
        for key in ("1", "2", "3", "4"):
            await pilot.press(key)
            await pilot.pause()
            assert "\x1b" not in shown(app)
            assert "Zed [/b]" in shown(app)


@pytest.mark.parametrize("size", SIZES)
async def test_leaders_and_front_line_stand_beside_each_other(tmp_path: Path, size: tuple[int, int]) -> None:
    store = voted(tmp_path, Step.REVEAL, session=prepared(participants=crowd(), levels=("Lead", "Team")))
    app = console(tmp_path, store)
    async with app.run_test(size=size) as pilot:
        await pilot.press("5")
        await pilot.pause()
        seen = words(shown(app))
        assert "● Lead ○ Team" in seen
        assert "Lead and Team are a step or more apart on" in seen
        assert store.session.live.view == "levels"
        assert max(map(len, shown(app).splitlines())) <= size[0]


async def test_without_two_levels_the_view_says_why_it_is_empty(tmp_path: Path) -> None:
    store = voted(tmp_path, Step.REVEAL, session=prepared(participants=crowd(), levels=()))
    app = console(tmp_path, store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5")
        await pilot.pause()
        assert "Fewer than two levels are declared" in words(shown(app))


def test_a_question_that_reveals_few_ballots_says_how_more_people_can_vote() -> None:
    question, meant = reveal_question(Rules(), 1, 5)
    assert question == "Reveal 1 ballot?"
    assert meant.startswith("Only 1 person has voted, and it is known who")
    assert "open the vote again: r at Self-test" in meant
    assert "open the vote again" not in reveal_question(Rules(), 6, 0)[1]
