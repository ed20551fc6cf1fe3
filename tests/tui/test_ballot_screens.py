"""Voting at a terminal by keys, over a real store: what is asked, what is kept, and what is never seen again."""

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from textual.pilot import Pilot
from textual.widget import Widget

from cxworkshop.domain import rounds
from cxworkshop.domain.instruments import Option, Scale
from cxworkshop.domain.roster import add_participant
from cxworkshop.domain.session import Candidate, Participant, Privacy, Rules, Session
from cxworkshop.facilitation import key_phrase
from cxworkshop.facilitation.acts import apply
from cxworkshop.facilitation.revealing import close_round, drop_round, reopen_round
from cxworkshop.store.repository import SessionRepository
from cxworkshop.tui.ballot import words
from cxworkshop.tui.ballot.app import VoteApp
from cxworkshop.tui.ballot.beginning import CodePage, GroupPage, PromisePage, WhoPage
from cxworkshop.tui.ballot.ending import ChangedPage, ClosedPage, CoverPage, ThanksPage
from cxworkshop.tui.ballot.hand_over import HandOverScreen
from cxworkshop.tui.ballot.page import Page
from cxworkshop.tui.ballot.questions import CommentPage, DotsPage, QuestionPage, SummaryPage
from cxworkshop.tui.ballot.rows import Rows
from cxworkshop.tui.ballot.screen import BallotScreen
from tui.driving import burst, shown, told, type_text
from tui.sessions import CONTENT, HOSTILE, Clock, prepared, services, stored

SIZES = [(80, 24), (120, 34)]


def open_session(session: Session | None = None) -> Session:
    return rounds.open_first_round(session or prepared())


class Room:
    """A terminal with its store and clock."""

    def __init__(self, folder: Path, session: Session | None = None) -> None:
        self.store: SessionRepository = stored(folder, open_session() if session is None else session)
        self.clock = Clock()
        self.app = VoteApp(services(folder, self.clock), self.store)

    @property
    def page(self) -> Page:
        screen = self.app.screen
        assert isinstance(screen, BallotScreen), f"there is no ballot on the screen but {screen}"
        assert screen.page is not None
        return screen.page

    @property
    def at_hand_over(self) -> bool:
        return isinstance(self.app.screen, HandOverScreen)

    def seen(self) -> str:
        """Everything in the widget tree of every screen, drawn or not."""
        return "\n".join(text for screen in self.app.screen_stack for text in texts(screen))

    async def tick(self, pilot: Pilot[None]) -> None:
        screen = self.app.screen
        assert isinstance(screen, BallotScreen)
        await screen.tick()
        await pilot.pause()


def texts(root: Widget) -> list[str]:
    """The characters of a widget and of all below it."""
    found: list[str] = []
    for widget in (root, *root.query("*")):
        found += ["".join(segment.text for segment in widget.render_line(y)) for y in range(widget.size.height)]
        found += [repr(vars(widget))]
    return found


def drawn(room: Room) -> str:
    """What is on the terminal now, line by line."""
    return shown(room.app)


async def begin(pilot: Pilot[None], name: str = "ana") -> None:
    """From the hand-over page to the first question."""
    await pilot.press("enter")
    await pilot.pause()
    await type_text(pilot, name)
    await pilot.press("enter")
    await pilot.pause()
    await pilot.press("enter")
    await pilot.pause()


async def test_a_ballot_from_the_first_key_to_the_box(tmp_path: Path) -> None:
    room = Room(tmp_path)
    async with room.app.run_test(size=(80, 24)) as pilot:
        assert room.at_hand_over
        await pilot.press("enter")
        assert isinstance(room.page, WhoPage)
        await pilot.press(*"chl", "enter")
        assert isinstance(room.page, PromisePage)
        assert "fewer than 5 answers" in " ".join(drawn(room).split())
        await pilot.press("enter")
        assert isinstance(room.page, QuestionPage)
        assert "1 of 4" in drawn(room)
        await pilot.press("3", "enter", "0", "enter", "enter", "down", "down", "enter")
        assert isinstance(room.page, SummaryPage)
        assert "One question is left out." in drawn(room)
        await pilot.press("enter")
        assert isinstance(room.page, ThanksPage)
    ballots = room.store.box.ballots("1")
    assert [dict(ballot.answers) for ballot in ballots] == [{"stage": 3, "q1": 0, "q3": 2}]
    assert (ballots[0].unit, ballots[0].level) == ("Sales", "Lead")
    assert room.store.box.has_voted("1", "p2")


async def test_after_sending_nothing_of_the_ballot_is_left_anywhere(tmp_path: Path) -> None:
    room = Room(tmp_path)
    async with room.app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await pilot.press("2", "c", *"secretword", "ctrl+s")
        await pilot.pause()
        assert "secretword" in room.seen()
        await pilot.press("enter", "5", "enter", "1", "enter", "4", "enter", "enter")
        await pilot.pause()
        assert isinstance(room.page, ThanksPage)
        for left in ("secretword", "Explore", "Always", "Mostly", "Ana"):
            assert left not in room.seen()
        assert not room.app.drafts
        code = room.store.box.ballots("1")[0].code
        assert f"Thank you, your code is {code}, please hand over." in drawn(room)
        await pilot.press("space")
        await pilot.pause()
        assert room.at_hand_over
        assert code not in room.seen()
        assert "1 of 4 are in." in drawn(room)


async def test_the_next_voter_gets_a_fresh_ballot_and_those_who_voted_are_marked(tmp_path: Path) -> None:
    room = Room(tmp_path)
    async with room.app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await pilot.press("6", "enter", "enter", "enter", "enter", "enter")
        await pilot.press("space")
        await pilot.pause()
        await pilot.press("enter")
        assert "✓  Ana Šimić" in drawn(room)
        await pilot.press(*"ana", "down", "enter")
        assert "Ana Šimić has voted" in drawn(room)
        await pilot.press("backspace", "backspace", "backspace", *"ben", "enter", "enter")
        await pilot.pause()
        question = room.page
        assert isinstance(question, QuestionPage)
        assert question.query_one(Rows).cursor is None


async def test_the_code_goes_away_by_itself(tmp_path: Path) -> None:
    room = Room(tmp_path)
    async with room.app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await pilot.press("6", "enter", "enter", "enter", "enter", "enter")
        room.clock.move(seconds=19)
        await room.tick(pilot)
        assert isinstance(room.page, ThanksPage)
        await pilot.press("enter")
        assert isinstance(room.page, ThanksPage), "the Enter that sent the ballot, pressed twice, hides nothing"
        room.clock.move(seconds=21)
        await room.tick(pilot)
        assert room.at_hand_over


async def test_a_page_covers_itself_when_nobody_presses_a_key(tmp_path: Path) -> None:
    room = Room(tmp_path)
    async with room.app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await pilot.press("2", "c", *"secretword")
        room.clock.move(seconds=29)
        await pilot.press("z")
        room.clock.move(seconds=29)
        await room.tick(pilot)
        assert isinstance(room.page, CommentPage), "a typed key counts as somebody being there"
        room.clock.move(seconds=2)
        await room.tick(pilot)
        assert isinstance(room.page, CoverPage)
        assert "secretword" not in drawn(room)
        assert "Explore" not in drawn(room)
        await pilot.press("a", "3")
        assert isinstance(room.page, CoverPage)
        assert "If it is yours, press Enter to go on." in drawn(room)
        await pilot.press("enter")
        assert isinstance(room.page, CommentPage)
        assert "secretwordz" in room.seen()


async def test_a_covered_ballot_is_thrown_away_after_a_question_only(tmp_path: Path) -> None:
    room = Room(tmp_path)
    async with room.app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await pilot.press("2")
        room.clock.move(seconds=31)
        await room.tick(pilot)
        await pilot.press("y")
        assert isinstance(room.page, CoverPage)
        await pilot.press("x", "n", "enter")
        question = room.page
        assert isinstance(question, QuestionPage)
        assert question.query_one(Rows).cursor == 1
        room.clock.move(seconds=31)
        await room.tick(pilot)
        await pilot.press("x", "y")
        await pilot.pause()
        assert room.at_hand_over
    assert room.store.box.count("1") == 0


async def test_before_anything_was_said_an_idle_terminal_goes_back_to_the_neutral_page(tmp_path: Path) -> None:
    room = Room(tmp_path)
    async with room.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", *"an")
        room.clock.move(seconds=31)
        await room.tick(pilot)
        assert room.at_hand_over


async def test_a_ballot_is_hidden_beneath_the_help_too(tmp_path: Path) -> None:
    room = Room(tmp_path)
    async with room.app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await pilot.press("2", "question_mark")
        await pilot.pause()
        room.clock.move(seconds=31)
        ballot = room.app.screen_stack[-2]
        assert isinstance(ballot, BallotScreen)
        await ballot.tick()
        await pilot.pause()
        assert isinstance(ballot.page, CoverPage)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(room.page, CoverPage)


async def test_paper_ballots_are_keyed_in_one_after_the_other(tmp_path: Path) -> None:
    room = Room(tmp_path)
    async with room.app.run_test(size=(80, 24)) as pilot:
        room.app.push_screen(HandOverScreen(services(tmp_path, room.clock), room.store, paper=True))
        await pilot.pause()
        assert "Next sheet" in drawn(room)
        await pilot.press("enter")
        await pilot.pause()
        assert "Whose sheet is it?" in drawn(room)
        await pilot.press(*"ben", "enter")
        await pilot.pause()
        assert isinstance(room.page, QuestionPage), "the promise is for those who fill a sheet in"
        await pilot.press("1", "enter", "enter", "enter", "enter", "enter")
        await pilot.pause()
        assert "The sheet is in the box." in drawn(room)
        await pilot.press("space")
        await pilot.pause()
        assert "Next sheet" in drawn(room)
        await pilot.press("escape")
        await pilot.pause()
        assert len(room.app.screen_stack) == 1
    assert room.store.box.has_voted("1", "p1")


async def test_escaping_from_a_ballot_with_answers_covers_it_instead_of_losing_them(tmp_path: Path) -> None:
    room = Room(tmp_path)
    async with room.app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await pilot.press("2", "escape")
        assert isinstance(room.page, PromisePage)
        await pilot.press("escape")
        assert isinstance(room.page, CoverPage)


async def test_any_question_can_be_changed_from_the_summary(tmp_path: Path) -> None:
    room = Room(tmp_path)
    async with room.app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await pilot.press("1", "enter", "1", "enter", "1", "enter", "1", "enter")
        await pilot.press("down", "space")
        assert "2 of 4" in drawn(room)
        await pilot.press("5", "enter")
        assert isinstance(room.page, SummaryPage)
        await pilot.press("enter")
    assert dict(room.store.box.ballots("1")[0].answers) == {"stage": 1, "q1": 5, "q2": 1, "q3": 1}


async def test_a_ballot_is_changed_by_its_code_and_keeps_it(tmp_path: Path) -> None:
    room = Room(tmp_path)
    async with room.app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await pilot.press("1", "enter", "1", "enter", "enter", "enter", "enter", "space")
        await pilot.pause()
        code = room.store.box.ballots("1")[0].code
        await pilot.press("c")
        assert isinstance(room.page, CodePage)
        await pilot.press(*"nope-99", "enter")
        assert isinstance(room.page, CodePage)
        await pilot.press(*["backspace"] * 7, *code.lower().replace("-", " "), "enter")
        await pilot.pause()
        await pilot.press("4", "enter", "enter", "enter", "enter")
        await pilot.press("enter")
        await pilot.pause()
        assert f"Your code is still {code}" in drawn(room)
    assert [dict(ballot.answers) for ballot in room.store.box.ballots("1")] == [{"stage": 4, "q1": 1}]


async def test_somebody_who_is_not_on_the_list_says_where_from(tmp_path: Path) -> None:
    room = Room(tmp_path)
    async with room.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", *"Zoe", "enter")
        assert isinstance(room.page, GroupPage)
        await pilot.press("2", "enter")
        assert "Which level are you on?" in drawn(room)
        await pilot.press("0", "enter")
        assert isinstance(room.page, PromisePage)
        await pilot.press("enter", "1", "enter", "enter", "enter", "enter", "enter")
    ballot = room.store.box.ballots("1")[0]
    assert (ballot.unit, ballot.level) == ("Support", "")
    assert "Zoe" in [person.name for person in room.store.session.participants.values()]


async def test_a_long_list_of_units_takes_two_digits(tmp_path: Path) -> None:
    units = tuple(f"Unit {number}" for number in range(1, 13))
    room = Room(tmp_path, open_session(prepared(units=units, levels=())))
    async with room.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", *"Zoe", "enter", "1", "2", "enter")
        await pilot.press("enter", "1", *["enter"] * 6)
    assert [ballot.unit for ballot in room.store.box.ballots("1")] == ["Unit 12"]


async def test_who_it_is_is_asked_anew_where_that_was_refused_and_the_answers_stay(tmp_path: Path) -> None:
    room = Room(tmp_path, open_session(prepared(units=(), levels=())))
    async with room.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", *"Zoe", "enter", "enter", "3", "enter", "2", "enter", "enter", "enter")
        assert isinstance(room.page, SummaryPage)
        apply(room.store, lambda session: add_participant(session, "zoe", "zoe"))
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(room.page, WhoPage)
        assert "choose the name from the list" in told(room.app)[-1]
        await pilot.press(*"zo", "enter", "enter")
        assert isinstance(room.page, SummaryPage)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(room.page, ThanksPage)
    assert [dict(ballot.answers) for ballot in room.store.box.ballots("1")] == [{"stage": 3, "q1": 2}]
    assert room.store.box.voted("1") == {"zoe"}


async def test_an_anonymous_vote_by_a_code_that_counts_once(tmp_path: Path) -> None:
    codes = {"p1": Participant("p1", code="KITE-42"), "p2": Participant("p2", code="FOX-77")}
    session = prepared(rules=Rules(privacy=Privacy.ANONYMOUS), participants=codes)
    room = Room(tmp_path, open_session(session))
    async with room.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        assert isinstance(room.page, CodePage)
        await pilot.press(*"lion11", "enter")
        assert "was not handed out" in drawn(room)
        await pilot.press(*["backspace"] * 6, *"kite42", "enter", "1", "enter", "1", "enter")
        assert "There is no list of names" in drawn(room)
        await pilot.press("enter", "2", "enter", "enter", "enter", "enter", "enter")
        await pilot.pause()
        assert "It is not the code you were handed" in drawn(room)
        own = room.store.box.ballots("1")[0].code
        assert f"your code is {own}" in drawn(room)
        await pilot.press("space")
        await pilot.press("enter", *"KITE-42", "enter")
        assert "This code has voted." in drawn(room)
        await pilot.press("escape", "c", *"KITE-42", "enter")
        assert isinstance(room.page, CodePage), "the code that was handed out opens no ballot"
        await pilot.press(*["backspace"] * 7, *own, "enter")
        await pilot.pause()
        assert isinstance(room.page, QuestionPage)
    assert own not in ("KITE-42", "FOX-77")


async def test_a_round_closed_in_the_middle_says_so_and_goes_on_when_it_opens_again(tmp_path: Path) -> None:
    room = Room(tmp_path)
    other = SessionRepository(tmp_path / room.store.session.about.id)
    async with room.app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await pilot.press("2", "enter", "3")
        close_round(other)
        await room.tick(pilot)
        assert isinstance(room.page, ClosedPage)
        assert "so it was not counted" in " ".join(drawn(room).split())
        reopen_round(other)
        await room.tick(pilot)
        assert "2 of 4" in drawn(room)
        await pilot.press("enter", "enter", "enter")
        assert isinstance(room.page, SummaryPage)
        close_round(other)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(room.page, ClosedPage), "a round closed at the very moment of sending"
        room.clock.move(seconds=31)
        reopen_round(other)
        await room.tick(pilot)
        assert isinstance(room.page, CoverPage), "somebody else may sit there by now"
        assert "If it is not, press x" in " ".join(drawn(room).split())
        close_round(other)
        await room.tick(pilot)
        await pilot.press("space", "escape", "x", "n")
        assert isinstance(room.page, ClosedPage), "no ballot is thrown away unasked"
        await pilot.press("x", "y")
        await pilot.pause()
        assert "The vote is over." in drawn(room)
        assert "begin" not in drawn(room)
        await pilot.press("enter")
        assert room.at_hand_over
        reopen_round(other)
        screen = room.app.screen
        assert isinstance(screen, HandOverScreen)
        screen.look()
        await pilot.pause()
        assert "Enter begin" in drawn(room)
    assert other.box.count("1") == 0
    other.close()


async def test_somebody_who_comes_first_is_asked_for_the_name_not_for_a_part_of_it(tmp_path: Path) -> None:
    room = Room(tmp_path, open_session(prepared(participants={})))
    async with room.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "enter")
        assert "Type your name" in drawn(room)
        assert "part of" not in drawn(room)
        assert "↑" not in drawn(room)


@pytest.mark.parametrize(
    ("session", "paired"),
    [
        (rounds.open_first_round(prepared()), True),
        (rounds.open_feedback(prepared()), False),
        (rounds.open_first_round(prepared(rules=Rules(Privacy.ANONYMOUS))), True),
    ],
)
def test_the_thanks_say_what_the_code_is_good_for(session: Session, paired: bool) -> None:
    said = words.use_of_code(session, session.rounds[0])
    assert "leads back to your ballot while the vote is open" in said
    assert ("second vote" in said) == paired


async def test_the_thanks_page_says_what_the_code_is_good_for(tmp_path: Path) -> None:
    room = Room(tmp_path)
    async with room.app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await pilot.press("3", "enter", "0", "enter", "enter", "down", "down", "enter", "enter")
        await pilot.pause()
        assert isinstance(room.page, ThanksPage)
        assert "pairs it with a second vote." in " ".join(drawn(room).split())


async def test_waiting_for_the_facilitator_to_open_the_vote(tmp_path: Path) -> None:
    room = Room(tmp_path, prepared())
    async with room.app.run_test(size=(80, 24)) as pilot:
        assert "No vote is open yet." in drawn(room)
        await pilot.press("enter")
        assert room.at_hand_over
        other = SessionRepository(tmp_path / room.store.session.about.id)
        apply(other, rounds.open_first_round)
        other.close()
        screen = room.app.screen
        assert isinstance(screen, HandOverScreen)
        screen.look()
        await pilot.pause()
        assert "Next person, please." in drawn(room)


async def test_dots_by_keys(tmp_path: Path) -> None:
    candidates = {name: Candidate(name, f"Candidate {name}", "own", "a reason") for name in ("c1", "c2", "c3")}
    room = Room(tmp_path, rounds.open_dots(prepared(candidates=candidates)))
    async with room.app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        assert isinstance(room.page, DotsPage)
        await pilot.press("plus", "down", "5")
        assert "All dots are placed." in drawn(room)
        await pilot.press("minus", "down", "space", "enter")
        assert isinstance(room.page, SummaryPage)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(room.page, ThanksPage)
    assert dict(room.store.box.ballots("dots-1")[0].answers) == {"c1": 1, "c2": 1, "c3": 1}


async def test_the_closing_question(tmp_path: Path) -> None:
    room = Room(tmp_path, rounds.open_feedback(prepared()))
    async with room.app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        assert "Was this session worth your time?" in drawn(room)
        await pilot.press("4", "enter", "enter")
    assert dict(room.store.box.ballots("feedback-1")[0].answers) == {"feedback": 4}


async def test_a_vote_again_asks_for_the_earlier_code(tmp_path: Path) -> None:
    first = open_session()
    done = replace(first, rounds=(replace(first.rounds[0], state="revealed"),))
    room = Room(tmp_path, rounds.open_vote_again(done, ["q1"]))
    async with room.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", *"ben", "enter")
        assert "Your code of the first round" in drawn(room)
        await pilot.press(*"fox99", "enter")
        assert "No earlier ballot has that code" in drawn(room)
        await pilot.press(*["backspace"] * 5, "enter", "2", "enter", "enter")
        await pilot.pause()
        assert isinstance(room.page, ThanksPage)
    assert room.store.box.count("2") == 1


async def test_the_terminal_is_given_back_by_the_key_phrase_only(tmp_path: Path) -> None:
    rules = Rules(key_phrase=key_phrase.hashed("blue door", random=Random(1)))
    room = Room(tmp_path, open_session(prepared(rules=rules)))
    async with room.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+q")
        await pilot.press(*"red", "enter")
        await pilot.pause()
        assert "That is not the key phrase." in drawn(room)
        assert room.app.is_running
        await pilot.press("escape")
        await pilot.pause()
        await begin(pilot)
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert isinstance(room.page, QuestionPage)
        await pilot.press("escape", "escape", "escape")
        await pilot.pause()
        await pilot.press("k", *"Blue  door", "enter")
        await pilot.pause()
    assert room.app.return_code == 0


async def test_a_clock_that_is_set_back_hides_what_is_shown(tmp_path: Path) -> None:
    room = Room(tmp_path)
    async with room.app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await pilot.press("2")
        room.clock.move(seconds=-3600)
        await room.tick(pilot)
        assert isinstance(room.page, CoverPage)


async def test_a_folder_that_is_away_for_a_while_ends_no_terminal_and_is_told_once(tmp_path: Path) -> None:
    room = Room(tmp_path)
    folder = tmp_path / room.store.session.about.id
    async with room.app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("enter")
        folder.rename(tmp_path / "away")
        await pilot.press("escape", "enter", "escape", "enter", *"ana", "enter", "enter")
        for _ in range(3):
            await room.tick(pilot)
        await pilot.press("2", "enter")
        assert [notice.title for notice in room.app._notifications] == ["The session cannot be read"]
        (tmp_path / "away").rename(folder)
        await room.tick(pilot)
        await pilot.press("3", *["enter"] * 4)
        await pilot.pause()
        assert isinstance(room.page, ThanksPage)


async def test_a_copied_comment_cannot_be_pasted_by_the_next_voter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = Room(tmp_path)
    async with room.app.run_test(size=(80, 24)) as pilot:
        to_terminal: list[str] = []
        monkeypatch.setattr(room.app._driver, "write", to_terminal.append)
        await begin(pilot)
        await pilot.press("c", *"secret", "f7", "ctrl+c")
        await pilot.pause()
        assert room.app.clipboard == "secret"
        await pilot.press("ctrl+s", "enter", "enter", "enter", "enter", "enter")
        await pilot.pause()
        assert isinstance(room.page, ThanksPage)
        assert room.app.clipboard == ""
        assert not any("]52;" in text for text in to_terminal), "nothing outside of the program is given it"


async def test_a_scale_from_0_to_10_is_answered_by_its_own_numbers(tmp_path: Path) -> None:
    scale = Scale("long", tuple(Option(f"{number} points") for number in range(11)))
    house = CONTENT.instruments[0]
    items = tuple(item if item.id == "stage" else replace(item, scale=scale) for item in house.items)
    content = replace(CONTENT, instruments=(replace(house, items=items),))
    room = Room(tmp_path, open_session(prepared(content=content)))
    async with room.app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await pilot.press("enter", "1", "0")
        await pilot.pause()
        assert "▶ 10  points" in drawn(room)
        assert all(said in drawn(room) for said in ("0-10", "choose", " d  I don't know"))
        await pilot.press("enter", "0", "enter", "d", "enter", "enter")
    assert dict(room.store.box.ballots("1")[0].answers) == {"q1": 11, "q2": 1, "q3": 0}


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_names_and_texts_are_shown_and_obeyed_by_nobody(tmp_path: Path, size: tuple[int, int]) -> None:
    hostile = HOSTILE + " \x1b[31m"
    scale = Scale("x", (Option(hostile, hostile), Option(hostile)))
    house = CONTENT.instruments[0]
    items = tuple(replace(item, text=hostile, help=hostile, theme=hostile, scale=scale) for item in house.items)
    session = prepared(
        about=replace(prepared().about, organisation=hostile, title=hostile),
        content=replace(CONTENT, instruments=(replace(house, items=items, title=hostile),)),
        participants={"p1": Participant("p1", hostile, hostile, hostile)},
    )
    room = Room(tmp_path, open_session(session))
    async with room.app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        for keys in (["enter"], ["down", "enter"], ["enter"], ["1"], ["c"], ["escape"], ["enter"] * 4):
            await pilot.press(*keys)
            await pilot.pause()
            assert "\x1b" not in drawn(room)
            assert "[/b]" in drawn(room)


@pytest.mark.parametrize("size", SIZES)
async def test_no_answer_stands_in_the_head_or_on_the_key_line(tmp_path: Path, size: tuple[int, int]) -> None:
    long = replace(
        prepared().about, organisation="Donaudampfschifffahrtsgesellschaft Beteiligungsverwaltung mbH & Co. KG" * 2
    )
    room = Room(tmp_path, open_session(prepared(about=long)))
    async with room.app.run_test(size=size) as pilot:
        await begin(pilot)
        before = drawn(room).splitlines()
        assert before[0].split("1 of 4")[0].rstrip().endswith("…")
        await pilot.press("4")
        after = drawn(room).splitlines()
        assert (before[0], before[-1]) == (after[0], after[-1])
        assert room.app.title == "cxworkshop vote"


@pytest.mark.parametrize("key", ["enter", "space"])
async def test_keys_that_come_together_leave_a_ballot_once(tmp_path: Path, key: str) -> None:
    room = Room(tmp_path)
    async with room.app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await pilot.press(*("enter",) * 5)
        assert isinstance(room.page, ThanksPage)
        burst(room.app, *(key,) * 4)
        await pilot.pause()
        await pilot.pause()
        assert any(isinstance(screen, HandOverScreen) for screen in room.app.screen_stack)
        assert room.app.is_running
        if room.at_hand_over:
            await pilot.press("enter")
            await pilot.pause()
            assert isinstance(room.page, WhoPage)
            burst(room.app, *("escape",) * 2)
            await pilot.pause()
            await pilot.pause()
            assert room.at_hand_over


async def test_options_that_are_cut_say_how_they_are_read_in_full(tmp_path: Path) -> None:
    anchor = "What this stage looks like in a company such as ours, told at some length, so that it takes two lines."
    scale = Scale("long", tuple(Option(f"Stage {number}", anchor) for number in range(1, 7)))
    house = CONTENT.instruments[0]
    items = tuple(replace(item, scale=scale, model="") for item in house.items)
    content = replace(CONTENT, instruments=(replace(house, items=items),))
    room = Room(tmp_path, open_session(prepared(content=content)))
    async with room.app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        assert "↑ and ↓ show all of one" in shown(room.app)
        assert "takes two lines." not in shown(room.app)
        await pilot.press("down")
        await pilot.pause()
        assert "takes two lines." in shown(room.app)


async def test_a_promise_that_holds_no_longer_is_made_anew_before_anything_is_sent(tmp_path: Path) -> None:
    room = Room(tmp_path)
    async with room.app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await pilot.press("2", "enter", "3")
        drop_round(room.store)
        apply(room.store, lambda session: open_session(replace(session, rules=Rules(Privacy.OPEN))))
        await room.tick(pilot)
        assert isinstance(room.page, ChangedPage)
        assert "the promise is shown anew" in " ".join(drawn(room).split())
        assert "What is voted on was changed" not in drawn(room)
        await pilot.press("enter")
        assert isinstance(room.page, PromisePage)
        assert "Your name stays with your answers" in drawn(room)
        await pilot.press("enter")
        assert isinstance(room.page, QuestionPage)
        assert "2 of 4" in drawn(room)
    assert room.store.box.count("1") == 0


async def test_a_vote_opened_again_with_other_candidates_is_shown_before_anything_is_sent(tmp_path: Path) -> None:
    def listed(*names: str) -> dict[str, Candidate]:
        return {name: Candidate(name, f"Candidate {name}", "own") for name in names}

    room = Room(tmp_path, rounds.open_dots(prepared(candidates=listed("c1", "c2"))))
    async with room.app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await pilot.press("2", "enter")
        assert isinstance(room.page, SummaryPage)
        drop_round(room.store)
        apply(room.store, lambda session: rounds.open_dots(replace(session, candidates=listed("c1", "c2", "c3"))))
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(room.page, ChangedPage)
        assert "What is voted on was changed" in " ".join(drawn(room).split())
        await pilot.press("enter")
        assert isinstance(room.page, DotsPage)
        assert "One dot is left." in drawn(room)
        assert "Candidate c3" in drawn(room)
        await pilot.press("down", "down", "plus", "enter", "enter")
    assert [dict(ballot.answers) for ballot in room.store.box.ballots("dots-1")] == [{"c1": 2, "c3": 1}]
