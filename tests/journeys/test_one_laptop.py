"""One laptop for everybody: the console hands itself over, and only its facilitator gets it back."""

import pytest

from cxworkshop.domain.session import Step
from cxworkshop.tui.ballot.ending import CoverPage
from cxworkshop.tui.ballot.hand_over import HandOverScreen
from cxworkshop.tui.ballot.questions import QuestionPage
from journeys.driving import Facilitator, Person, at_console
from journeys.room import ANSWERS, ROSTER, Room
from tui.driving import NARROW, WIDE

PHRASE = "blue door"
VOTING = tuple(ANSWERS)[:6]
WAYS_OUT = ("escape", "ctrl+q", "ctrl+p", "f2", "pagedown", "pageup", "ctrl+c", "q", "g", "u", "x", "r", "f1", "escape")
"""Keys that lead somewhere in the console, or out of a program."""


@pytest.fixture
def session(room: Room) -> str:
    """The roster, without anything else prepared."""
    roster = room.folder / "people.csv"
    roster.write_text(ROSTER, encoding="utf-8")
    return room.command("new", "One laptop", "--agenda", "45", "--roster", roster)


async def hand_over(mia: Facilitator) -> None:
    await mia.sets_key_phrase(PHRASE)
    await mia.goes_on_to(Step.WELCOME)
    await mia.goes_on_to(Step.SELF_TEST)
    await mia.opens_the_vote()
    await mia.hands_over()


async def gives_up_on_the_key_phrase(person: Person) -> None:
    """Whatever dialog a key has opened, a wrong phrase does not help, and Esc leads back to the neutral page."""
    if not isinstance(person.app.screen, HandOverScreen):
        await person.presses("escape")
    await person.waits_until(lambda: isinstance(person.app.screen, HandOverScreen), "the neutral page")


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x34"])
async def test_one_laptop_carries_a_whole_sitting(room: Room, session: str, size: tuple[int, int]) -> None:
    async with at_console(room.console(session), size) as mia:
        await hand_over(mia)
        for name in VOTING:
            await mia.votes(name, ANSWERS[name])
        await mia.sees("6 of 11 are in")
        await mia.takes_back(PHRASE)
        await mia.sees("6 of 11 are in")
        await mia.closes_the_vote(missing=5)
        await mia.goes_on_to(Step.REVEAL)
        await mia.reveals()
        await mia.goes_on_to(Step.DISAGREEMENTS)
        await mia.notes("Seen from the shop floor and from the top.")
        await mia.keys_in_hands(1, 4, 1, 0, 0, 0)
        await mia.sees("Second vote")
        await mia.goes_on_to(Step.COMPARE)
        await mia.goes_on_to(Step.PLAN)
        await mia.proposes()
        # The dots are placed at the console, too, which comes back by the key phrase as before.
        await mia.opens_dots()
        await mia.hands_over()
        first = next(iter(mia.session.candidates.values())).title
        await mia.places_dots("Ana", first, first, first)
        await mia.takes_back(PHRASE)
        await mia.closes_dots()
        await mia.finds("3 dots")
        await mia.chooses_priority(first)
        await mia.adds_action("Call ten customers a week", "Ana", "2027-03-31")
        await mia.goes_on_to(Step.CLOSE)
        await mia.exports("The action plan", "plan.md")
    assert "Call ten customers a week" in (room.folder / "plan.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("key", WAYS_OUT)
async def test_no_key_leads_from_the_voters_back_to_the_console(room: Room, session: str, key: str) -> None:
    async with at_console(room.console(session), NARROW) as mia:
        await hand_over(mia)
        await mia.presses(key)
        assert mia.with_voters
        await gives_up_on_the_key_phrase(mia)
        await mia.begins_as("Ana")
        await mia.page(QuestionPage)
        await mia.presses(key)
        assert mia.with_voters
        assert mia.app.is_running
        assert mia.session.live.step is Step.SELF_TEST
        assert mia.session.open_round is not None


async def test_a_wrong_key_phrase_is_refused_in_the_dialog(room: Room, session: str) -> None:
    async with at_console(room.console(session), NARROW) as mia:
        await hand_over(mia)
        await mia.presses("k")
        await mia.dialog("key phrase")
        await mia.types("green window")
        await mia.presses("enter")
        await mia.sees("That is not the key phrase.")
        mia.sees_nothing_of("green window")
        await mia.presses("escape")
        await mia.sees("Next person, please.")
        assert mia.with_voters
        await mia.takes_back("  Blue   DOOR ")
        assert not mia.with_voters


async def test_a_ballot_left_alone_is_covered_and_goes_on_where_it_stood(room: Room, session: str) -> None:
    async with at_console(room.console(session), NARROW) as mia:
        await hand_over(mia)
        await mia.begins_as("Ana")
        await mia.page(QuestionPage)
        await mia.answers(2, 4)
        room.clock.move(seconds=31)
        await mia.page(CoverPage)
        mia.sees_nothing_of("3 of 8", "We know", "Ana")
        await mia.presses("enter")
        await mia.page(QuestionPage)
        await mia.sees("3 of 8")
