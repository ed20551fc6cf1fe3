"""Self-test: opening, counting without telling, closing with a question, handing the terminal over."""

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from cxworkshop.domain import rounds
from cxworkshop.domain.session import Live, Participant, Privacy, Rules, Session, Step
from cxworkshop.facilitation.key_phrase import hashed
from cxworkshop.facilitation.revealing import close_round, reveal_round
from cxworkshop.facilitation.voting import Answers, Voter, cast_ballot
from cxworkshop.tui.ballot.hand_over import HandOverScreen
from cxworkshop.tui.console.app import ConsoleApp
from cxworkshop.tui.console.screen import ConsoleScreen
from cxworkshop.tui.console.steps.self_test import count_sentence
from cxworkshop.tui.console.steps.voting_acts import close_question
from cxworkshop.tui.widgets.choosing import ConfirmDialog
from tui.driving import NARROW, WIDE, now, press, shown, told, type_text
from tui.sessions import prepared, services, stored, vote


def waiting(**changes: object) -> Session:
    """The session at Self-test, before the vote."""
    return replace(prepared(live=Live(Step.SELF_TEST)), **changes)  # type: ignore[arg-type]


def console(folder: Path, session: Session) -> ConsoleApp:
    """The console over a stored session."""
    return ConsoleApp(services(folder), stored(folder, session))


async def test_the_vote_is_opened_and_taken_back_by_keys(tmp_path: Path) -> None:
    app = console(tmp_path, waiting())
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await press(pilot, "h")
        assert told(app)[-1] == "No vote is open now; o opens it."
        await press(pilot, "o")
        assert now(app).open_round is not None
        assert "0 of 4 are in" in shown(app)
        await press(pilot, "u")
        assert now(app).rounds == ()
        assert told(app)
        await press(pilot, "pageup")
        assert not told(app), "what was told names keys of the step that was left"


async def test_it_shows_who_is_in_and_never_what(tmp_path: Path) -> None:
    app = console(tmp_path, rounds.open_first_round(waiting()))
    vote(app.store, "p1", q1=4, stage=6)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        text = shown(app)
    assert "1 of 4 are in" in text
    assert "✓ Ben" in text
    assert "· Ana Šimić" in text
    assert "Mostly" not in text
    assert "Embed" not in text
    assert "KITE" not in text


async def test_a_long_roll_follows_the_count_and_shows_who_is_in(tmp_path: Path) -> None:
    people = {f"p{place}": Participant(f"p{place}", f"Person {place}", "Sales", "Team") for place in range(300)}
    app = console(tmp_path, rounds.open_first_round(waiting(participants=people)))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert "Not in yet (300)" in shown(app)
        vote(app.store, "p0", q1=4)
        assert isinstance(app.screen, ConsoleScreen)
        app.screen.poll()
        await pilot.pause()
        text = shown(app)
        await press(pilot, "end")
        end = shown(app)
    assert "1 of 300 are in" in text
    assert "Not in yet (299)" in text
    assert "· Person 0 " not in text
    assert "· Person 1 " in text, "the list stays where it was, though the one at the cursor has voted"
    assert "✓ Person 0 " in end


async def test_with_all_in_closing_is_offered_and_needs_no_question(tmp_path: Path) -> None:
    app = console(tmp_path, rounds.open_first_round(waiting()))
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await pilot.pause()
        for person in now(app).participants:
            vote(app.store, person, q1=3)
        app.console_screen.poll()
        await pilot.pause()
        assert "4 of 4 are in – all are in. Reveal? x closes the vote, then PgDn and r" in shown(app)
        await press(pilot, "x")
        assert now(app).rounds[0].state == "closed"
        await press(pilot, "u")
        assert now(app).rounds[0].state == "open"
        assert told(app)[-1] == "Undone: the closing of the vote. U does it again."
        await press(pilot, "U")
        assert now(app).rounds[0].state == "closed"
        assert told(app)[-1] == "Done again: the closing of the vote."


async def test_people_who_walk_in_are_counted_but_never_called_all(tmp_path: Path) -> None:
    app = console(tmp_path, rounds.open_first_round(waiting(participants={})))
    async with app.run_test(size=NARROW) as pilot:
        for count, name in enumerate(("Ana", "Ben"), 1):
            cast_ballot(app.store, "1", Voter(name=name), Answers({"q1": 3}), random=Random(count))
            app.console_screen.poll()
            await pilot.pause()
            text = shown(app)
            assert ("1 is in", "2 are in")[count - 1] in text
            assert "all are in" not in text


async def test_closing_early_names_who_is_missing_and_does_nothing_by_default(tmp_path: Path) -> None:
    app = console(tmp_path, rounds.open_first_round(waiting()))
    vote(app.store, "p0", q1=3)
    async with app.run_test(size=NARROW) as pilot:
        await press(pilot, "x")
        assert isinstance(app.screen, ConfirmDialog)
        text = shown(app)
        assert "Close the vote with 3 of 4 missing?" in text
        assert "Ben" in text
        await press(pilot, "enter")
        assert now(app).open_round is not None
        await press(pilot, "x", "tab", "enter")
        assert now(app).rounds[0].state == "closed"


async def test_a_closed_vote_can_be_reopened_until_the_reveal(tmp_path: Path) -> None:
    app = console(tmp_path, rounds.open_first_round(waiting()))
    vote(app.store, "p0", q1=3)
    close_round(app.store)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await press(pilot, "r")
        assert now(app).open_round is not None
        close_round(app.store)
        reveal_round(app.store)
        app.console_screen.poll()
        await press(pilot, "r")
        assert "stays as it is" in told(app)[-1]


async def test_a_ballot_is_taken_out_unseen_after_a_question(tmp_path: Path) -> None:
    app = console(tmp_path, rounds.open_first_round(waiting()))
    vote(app.store, "p0", q1=3)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await press(pilot, "home", "w")
        assert told(app)[-1] == "Put the cursor on somebody who has voted."
        await press(pilot, "end", "w")
        assert "Take out the ballot of Ana Šimić?" in shown(app)
        await press(pilot, "tab", "enter")
        assert app.store.box.count("1") == 0


async def test_the_terminal_is_handed_over_and_taken_back_by_the_key_phrase_only(tmp_path: Path) -> None:
    session = rounds.open_first_round(waiting())
    phrase = hashed("blue door", random=services(tmp_path).random)
    app = console(tmp_path, replace(session, rules=replace(session.rules, key_phrase=phrase)))
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await press(pilot, "h")
        assert isinstance(app.screen, HandOverScreen)
        for key in ("ctrl+q", "ctrl+p", "f2", "pagedown", "u", "x", "g"):
            await press(pilot, key)
            assert isinstance(app.screen, HandOverScreen), key
        assert now(app).open_round is not None
        await press(pilot, "k")
        await type_text(pilot, "red door")
        await press(pilot, "enter")
        assert "not the key phrase" in shown(app)
        await press(pilot, "shift+home", "delete")
        await type_text(pilot, "blue door")
        await press(pilot, "enter")
        assert isinstance(app.screen, ConsoleScreen)


async def test_a_ballot_cast_while_handed_over_is_counted_on_return(tmp_path: Path) -> None:
    app = console(tmp_path, rounds.open_first_round(waiting()))
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "k")
        assert isinstance(app.screen, HandOverScreen)
        vote(app.store, "p2", q1=1)
        await press(pilot, "escape")
        await pilot.pause()
        assert isinstance(app.screen, ConsoleScreen)
        assert "1 of 4 are in" in shown(app)


async def test_an_anonymous_vote_keeps_no_roll_and_shows_codes_to_hand_out(tmp_path: Path) -> None:
    holders = {f"c{n}": Participant(f"c{n}", code=f"KITE-4{n}") for n in range(3)}
    session = waiting(rules=Rules(Privacy.ANONYMOUS), participants=holders)
    app = console(tmp_path, rounds.open_first_round(session))
    vote(app.store, "c1", q1=1)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert "No roll is kept" in shown(app)
        assert "KITE" not in shown(app)
        await press(pilot, "c")
        assert "KITE-42" in shown(app)


def test_the_line_for_the_room_before_during_and_after_the_vote() -> None:
    session = waiting()
    opened = rounds.open_first_round(session)
    nameless = replace(opened, participants={})
    assert count_sentence(session, None, 0) == "The vote has not begun: 4 items, 4 people"
    assert count_sentence(opened, opened.rounds[0], 3) == "3 of 4 are in"
    assert count_sentence(nameless, opened.rounds[0], 1) == "1 is in"
    closed = rounds.close_round(opened)
    assert count_sentence(closed, closed.rounds[0], 1) == "Round 1 is closed with 1 ballot – PgDn goes on to the reveal"
    assert count_sentence(closed, closed.rounds[0], 0) == "Round 1 is closed without a ballot – r opens it again"


@pytest.mark.parametrize(
    ("missing", "count", "question"),
    [
        (["Ana"], 11, "Close the vote with 1 of 12 missing?"),
        ([], 0, "Close the vote without a ballot?"),
        ([""] * 3, 9, "Close the vote with 3 of 12 missing?"),
    ],
)
def test_the_question_before_closing_counts_who_is_missing(missing: list[str], count: int, question: str) -> None:
    asked, detail = close_question(missing, count)
    assert asked == question
    assert ("Ana" in detail) == (missing == ["Ana"])
