"""Every mistake of a facilitator and of voters: nothing is lost, and each time it is said why."""

from dataclasses import replace

import pytest

from cxworkshop.domain.session import STEPS, Step
from cxworkshop.tui.ballot.beginning import CodePage, WhoPage
from cxworkshop.tui.ballot.ending import ClosedPage, ThanksPage
from cxworkshop.tui.ballot.questions import CommentPage, QuestionPage, SummaryPage
from journeys.driving import Facilitator, at_console, at_terminal
from journeys.room import ANSWERS, ROSTER, Room
from tui.driving import NARROW, WIDE

FIRST = ("Ana", "Ben", "Chloé")


@pytest.fixture
def session(room: Room) -> str:
    """Eleven people on the agenda of 45 minutes."""
    roster = room.folder / "people.csv"
    roster.write_text(ROSTER, encoding="utf-8")
    return room.command("new", "Mistakes", "--agenda", "45", "--roster", roster)


async def begin(mia: Facilitator) -> None:
    await mia.goes_on_to(Step.WELCOME)
    await mia.goes_on_to(Step.SELF_TEST)
    await mia.opens_the_vote()


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x34"])
async def test_a_facilitator_who_makes_every_mistake(room: Room, session: str, size: tuple[int, int]) -> None:
    async with at_console(room.console(session), size) as mia, at_terminal(room.terminal(session)) as voter:
        # Acts of other steps and keys of nothing do nothing.
        await mia.presses("r", "x", "z", "7", "escape", "tab", "f5")
        assert not mia.session.rounds
        await mia.presses("pageup")
        await mia.is_told("This is the first step.")
        # Straight to the reveal, before anybody has voted.
        for step in (Step.WELCOME, Step.SELF_TEST, Step.REVEAL):
            await mia.goes_on_to(step)
        await mia.presses("r")
        await mia.is_told("The vote has not begun")
        await mia.goes_on_to(Step.DISAGREEMENTS)
        await mia.presses("s")
        await mia.is_told("once round 1 is revealed")
        # Opening, taking it back, and opening again.
        await mia.goes_back_to(Step.REVEAL)
        await mia.goes_back_to(Step.SELF_TEST)
        await mia.opens_the_vote()
        await mia.presses("u")
        await mia.reaches(lambda session: not session.rounds, "opening undone")
        await mia.opens_the_vote()
        await mia.presses("o")
        await mia.is_told("open already")
        for name in FIRST:
            await voter.votes(name, ANSWERS[name])
        await mia.counts_ballots(3)
        # Closing early: cancelled, then done, then taken back twice.
        await mia.presses("x")
        await mia.cancels("Close the vote with 8 of 11 missing?")
        assert mia.session.open_round is not None
        for undoing in ("u", "r"):
            await mia.presses("x")
            await mia.confirms("Close the vote with 8 of 11 missing?")
            await mia.reaches(lambda session: session.open_round is None, "closed")
            await mia.presses(undoing)
            await mia.reaches(lambda session: session.open_round, "open again")
        await mia.counts_ballots(3)
        # The reveal with the vote still open is refused; closed, it is cancelled.
        await mia.goes_on_to(Step.REVEAL)
        await mia.presses("r")
        await mia.is_told("Voting is still open")
        await mia.closes_the_vote(missing=8)
        await mia.presses("r")
        await mia.sees("Only 3 people have voted")
        await mia.cancels("Reveal 3 ballots?")
        assert mia.session.rounds[-1].state == "closed"
        # Leaving in the middle.
        await mia.presses("ctrl+q")
        await mia.waits_until(lambda: not mia.app.is_running or mia.app._exit, "the end")
    async with at_console(room.console(session), size) as again:
        await again.sees("The vote is closed with 3 ballots")
        assert again.session.live.step is Step.REVEAL
        await again.reveals()
        await again.presses("u")
        await again.is_told("There is nothing to undo.")
        assert again.session.rounds[-1].state == "revealed"
        assert len(again.store.box.ballots("1")) == 3


async def test_leaving_while_voting_is_open_asks_and_goes_on_where_it_stood(room: Room, session: str) -> None:
    async with at_console(room.console(session)) as mia, at_terminal(room.terminal(session)) as voter:
        await begin(mia)
        await voter.votes("Ana", ANSWERS["Ana"])
        await mia.counts_ballots(1)
        await mia.presses("ctrl+q")
        await mia.cancels("Leave while voting is open?")
        await mia.presses("ctrl+q")
        await mia.dialog("Leave while voting is open?")
        await mia.presses("tab", "enter")
        await mia.waits_until(lambda: mia.app._exit, "the end")
        await voter.votes("Ben", ANSWERS["Ben"])
    async with at_console(room.console(session)) as again:
        assert again.session.live.step is Step.SELF_TEST
        await again.sees("2 of 11 are in")


async def test_a_second_ballot_of_the_same_person_is_refused_in_a_sentence(room: Room, session: str) -> None:
    async with at_console(room.console(session)) as mia, at_terminal(room.terminal(session)) as voter:
        await begin(mia)
        await voter.votes("Ana", ANSWERS["Ana"])
        await voter.presses("enter")
        await voter.page(WhoPage)
        await voter.types("Ana Šimić")
        await voter.presses("down", "enter")
        await voter.sees("Ana Šimić has voted", "press c")
        await mia.counts_ballots(1)


async def test_two_terminals_at_once_take_one_ballot_of_a_person_who_tries_both(room: Room, session: str) -> None:
    async with (
        at_console(room.console(session)) as mia,
        at_terminal(room.terminal(session)) as left,
        at_terminal(room.terminal(session)) as right,
    ):
        await begin(mia)
        # Two people fill in their ballots at the same time, page by page.
        for voter, name in ((left, "Ana"), (right, "Ben")):
            await voter.begins_as(name)
            await voter.page(QuestionPage)
        for first, second in zip(ANSWERS["Ana"].values(), ANSWERS["Ben"].values(), strict=True):
            await left.answers(first)
            await right.answers(second)
        assert await left.sends() != await right.sends()
        await mia.counts_ballots(2)
        # One person begins at both; whichever sends second is told so, and the first ballot stands.
        for voter in (left, right):
            await voter.begins_as("Chloé")
            await voter.page(QuestionPage)
            await voter.answers(*ANSWERS["Chloé"].values())
            await voter.page(SummaryPage)
        await left.sends()
        await right.presses("enter")
        await right.is_told("voted")
        await mia.counts_ballots(3)


async def test_a_ballot_begun_before_the_closing_is_kept_for_the_reopening(room: Room, session: str) -> None:
    async with at_console(room.console(session)) as mia, at_terminal(room.terminal(session)) as voter:
        await begin(mia)
        await voter.begins_as("Ana")
        await voter.page(QuestionPage)
        await voter.answers(2, 4, 5)
        await mia.presses("x")
        await mia.confirms("Close the vote without a ballot?")
        await voter.page(ClosedPage)
        await voter.sees("The vote is closed.", "not counted")
        voter.sees_nothing_of("4 of 8")
        await mia.presses("u")
        await mia.reaches(lambda session: session.open_round, "open again")
        await voter.page(QuestionPage)
        await voter.sees("4 of 8")
        await voter.answers(*list(ANSWERS["Ana"].values())[3:])
        await voter.page(SummaryPage)
        await voter.sends()
        await mia.counts_ballots(1)


async def test_voting_on_a_closed_round_gets_the_waiting_page(room: Room, session: str) -> None:
    async with at_console(room.console(session)) as mia, at_terminal(room.terminal(session)) as voter:
        await voter.sees("No vote is open yet.")
        await voter.presses("enter")
        await voter.sees("No vote is open yet.")
        await begin(mia)
        await voter.sees("Press Enter to begin.")


async def test_a_ballot_is_changed_by_its_code_and_a_wrong_code_is_refused(room: Room, session: str) -> None:
    async with at_console(room.console(session)) as mia, at_terminal(room.terminal(session)) as voter:
        await begin(mia)
        code = await voter.votes("Ana", ANSWERS["Ana"])
        await voter.presses("c")
        await voter.page(CodePage)
        await voter.types("WRONG-99")
        await voter.presses("enter")
        await voter.is_told("code")
        await voter.presses(*["backspace"] * 8)
        await voter.types(code.lower())
        await voter.presses("enter")
        await voter.page(QuestionPage)
        await voter.answers(5, *[None] * 7)
        await voter.page(SummaryPage)
        assert await voter.sends() == code
        await mia.counts_ballots(1)
        assert mia.store.box.ballot("1", code).answers["temkin-stage"] == 5  # type: ignore[union-attr]


async def test_keys_that_come_faster_than_pages_lose_no_answer(room: Room, session: str) -> None:
    async with at_console(room.console(session)) as mia, at_terminal(room.terminal(session)) as voter:
        await begin(mia)
        await voter.begins_as("Ana")
        await voter.page(QuestionPage)
        await voter.presses_in_a_rush("3", "enter", "4", "enter", "5", "enter", "2", "enter")
        await voter.sees("5 of 8")
        assert list(voter._draft.answers.values()) == [3, 4, 5, 2]
        await voter.presses("c")
        await voter.page(CommentPage)
        await voter.presses_in_a_rush(*"Quick", "ctrl+s")
        await voter.page(QuestionPage)
        await voter.sees("Your comment: Quick")
        # What comes after the last question is for nobody: nothing is changed or sent unseen.
        await voter.presses_in_a_rush("1", "enter", "1", "enter", "1", "enter", "2", "enter", "5", "enter", "enter")
        await voter.page(SummaryPage)
        assert list(voter._draft.answers.values()) == [3, 4, 5, 2, 1, 1, 1, 2]
        await mia.counts_ballots(0)
        # Sending twice sends once, and the code stays on the screen.
        await voter.presses_in_a_rush("enter", "enter", "right", "left")
        await voter.page(ThanksPage)
        await voter.sees("Thank you, your code is")
        await mia.counts_ballots(1)


async def test_a_note_that_is_being_typed_survives_the_end_of_the_console(room: Room, session: str) -> None:
    room.revealed(session)
    async with at_console(room.console(session)) as mia:
        for step in (Step.WELCOME, Step.SELF_TEST, Step.REVEAL, Step.DISAGREEMENTS):
            await mia.goes_on_to(step)
        await mia.presses("right")
        await mia.reaches(lambda session: session.live.item, "an item in focus")
        await mia.presses("n")
        await mia.dialog("Note on this item")
        await mia.types("half a tho")
        item = mia.session.live.item
    async with at_console(room.console(session)) as again:
        assert again.session.live.item == item
        await again.presses("n")
        await again.sees("half a tho")
        await again.writes("ught")
        await again.reaches(lambda session: session.discussion[item].notes == ("half a thought",), "noted")
        assert again.session.live.draft == ""


async def test_comments_can_be_written_and_left_again_and_again(room: Room, session: str) -> None:
    # A field that is taken off the screen must never be painted again: that would end the terminal.
    async with at_console(room.console(session)) as mia, at_terminal(room.terminal(session)) as voter:
        await begin(mia)
        await voter.begins_as("Ana")
        await voter.page(QuestionPage)
        for time in range(20):
            await voter.presses("c")
            await voter.page(CommentPage)
            await voter.types(f"{time} ")
            await voter.presses("ctrl+s")
            await voter.page(QuestionPage)
        await voter.sees("18 19")


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x34"])
async def test_going_back_to_the_very_beginning_destroys_nothing(
    room: Room, session: str, size: tuple[int, int]
) -> None:
    room.revealed(session)
    async with at_console(room.console(session), size) as mia:
        for step in STEPS[1:5]:
            await mia.goes_on_to(step)
        await mia.notes("Sales means the website.")
        await mia.settles()
        await mia.goes_on_to(Step.COMPARE)
        await mia.presses("N")
        await mia.writes("Ask Finance for their figures.")
        before = mia.session
        for step in reversed(STEPS[:5]):
            await mia.goes_back_to(step)
        # Wrong keys on the way: what was voted on can neither be changed nor be opened again.
        await mia.presses("down", "d", "u", "U")
        for step in STEPS[1:6]:
            await mia.goes_on_to(step)
            await mia.presses("o", "x", "escape")
        assert replace(mia.session, live=before.live) == before
        await mia.presses("i")
        await mia.sees("Ask Finance for their figures.")


async def test_a_console_that_is_lost_in_the_middle_of_a_vote_loses_no_ballot(room: Room, session: str) -> None:
    async with at_terminal(room.terminal(session)) as voter:
        async with at_console(room.console(session)) as mia:
            await begin(mia)
            await voter.votes("Ana", ANSWERS["Ana"])
            await mia.presses("t")
            await mia.fills_in("10")
        # The laptop with the console is gone; people go on voting.
        await voter.votes("Ben", ANSWERS["Ben"])
        room.clock.move(minutes=4)
        async with at_console(room.console(session)) as again:
            await again.sees("2 of 11 are in", "06:00")
            await voter.votes("Chloé", ANSWERS["Chloé"])
            await again.counts_ballots(3)
            await again.sees("3 of 11 are in")
