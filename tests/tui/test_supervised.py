"""Voters let in one by one: after each ballot a terminal waits until the facilitator releases it."""

from pathlib import Path

from textual.pilot import Pilot

from cxworkshop.domain import rounds
from cxworkshop.domain.session import Live, Rules, Session, Step
from cxworkshop.facilitation import key_phrase
from cxworkshop.facilitation.ports import SessionStore
from cxworkshop.store.repository import SessionRepository
from cxworkshop.tui.ballot.app import VoteApp
from cxworkshop.tui.ballot.ending import ThanksPage
from cxworkshop.tui.ballot.hand_over import HandOverScreen
from cxworkshop.tui.ballot.lines import Lines
from cxworkshop.tui.ballot.plain import vote_plain
from cxworkshop.tui.ballot.screen import BallotScreen
from cxworkshop.tui.console.app import ConsoleApp
from cxworkshop.tui.widgets.choosing import PickDialog
from tui.driving import NARROW, burst, now, press, shown, told, type_text
from tui.sessions import NOON, prepared, services, stored

ASKS = "Please wait. The facilitator lets the next person begin."


def supervised(phrase: str = "") -> Session:
    """Round 1 open, and voters let in one by one."""
    rules = Rules(
        supervised=True, key_phrase=key_phrase.hashed(phrase, random=services(Path()).random) if phrase else ""
    )
    return rounds.open_first_round(prepared(live=Live(Step.SELF_TEST), rules=rules))


async def vote(pilot: Pilot[None], name: str) -> None:
    """Send a ballot that leaves all out, and leave its thanks."""
    await press(pilot, "enter")
    await type_text(pilot, name)
    await press(pilot, "enter", "enter", *["enter"] * 4, "enter")
    assert isinstance(pilot.app.screen, BallotScreen)
    assert isinstance(pilot.app.screen.page, ThanksPage)
    await press(pilot, "space")


def released(store: SessionStore) -> None:
    """What the console does for the one terminal that waits."""
    store.terminals.release(next(each for each in store.terminals.present() if each.doing == "waiting"))


async def test_the_next_person_waits_until_the_console_lets_them_begin(tmp_path: Path) -> None:
    store = stored(tmp_path, supervised())
    app = VoteApp(services(tmp_path), store)
    console = SessionRepository(tmp_path / store.session.about.id)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        assert "Press Enter to begin." in shown(app), "the first voter is let in by whoever opens the terminal"
        await vote(pilot, "Ana")
        assert ASKS in shown(app)
        assert "begin" not in shown(app).splitlines()[-1].split("next voter")[0]
        await press(pilot, "enter", "c")
        assert isinstance(app.screen, HandOverScreen), "nobody begins meanwhile"
        released(console)
        app.screen.look()
        await pilot.pause()
        assert "Press Enter to begin." in shown(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, BallotScreen)
        await press(pilot, "escape")
        assert "Press Enter to begin." in shown(app), "who sent nothing keeps nobody waiting"
    console.close()


async def test_the_key_phrase_lets_the_next_person_begin_at_the_terminal(tmp_path: Path) -> None:
    app = VoteApp(services(tmp_path), stored(tmp_path, supervised("blue door")))
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        await vote(pilot, "Ana")
        await press(pilot, "n")
        await type_text(pilot, "red door")
        await press(pilot, "enter")
        assert "That is not the key phrase." in shown(app)
        await press(pilot, "escape", "n")
        await type_text(pilot, "blue door")
        await press(pilot, "enter")
        await pilot.pause()
        assert "Press Enter to begin." in shown(app)


async def test_a_key_pressed_right_behind_the_thanks_begins_no_other_ballot(tmp_path: Path) -> None:
    app = VoteApp(services(tmp_path), stored(tmp_path, supervised()))
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        await press(pilot, "enter")
        await type_text(pilot, "Ana")
        await press(pilot, *["enter"] * 7)
        burst(app, "space", "enter", "enter")
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, HandOverScreen)
        assert ASKS in shown(app)


async def test_the_console_shows_who_waits_and_lets_them_begin_with_one_key(tmp_path: Path) -> None:
    app = ConsoleApp(services(tmp_path), stored(tmp_path, supervised()))
    folder = tmp_path / now(app).about.id
    one, two = SessionRepository(folder), SessionRepository(folder)
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        await press(pilot, "y")
        assert told(app)[-1].startswith("No terminal is waiting")
        app.clear_notifications()
        one.terminals.announce("voting", NOON)
        two.terminals.announce("waiting", NOON)
        app.console_screen.poll()
        await pilot.pause()
        assert "Terminal 2 waits for y" in shown(app)
        await press(pilot, "y")
        assert two.terminals.released()
        assert told(app)[-1] == "Terminal 2: the next person may begin."
        one.terminals.announce("waiting", NOON)
        await press(pilot, "y")
        assert isinstance(app.screen, PickDialog)
        await press(pilot, "down", "enter")
        assert (one.terminals.released(), two.terminals.released()) == (False, True)
    one.close()
    two.close()


async def test_the_rule_is_set_at_prepare_also_while_ballots_are_in(tmp_path: Path) -> None:
    app = ConsoleApp(services(tmp_path), stored(tmp_path))
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        await press(pilot, "y")
        assert told(app)[-1].startswith("Voters follow one another by themselves")
        await press(pilot, *["down"] * 12)
        assert "Next voter" in shown(app)
        await press(pilot, "enter")
        assert now(app).rules.supervised
        assert "waits for you" in shown(app)


def test_line_by_line_the_next_person_waits_too(tmp_path: Path) -> None:
    store = stored(tmp_path, supervised())
    console = SessionRepository(tmp_path / store.session.about.id)
    said: list[str] = []
    ballot = ["", "ana", "yes", "", "", "", "", "send", ""]
    lines = iter([*ballot, "", "<release>", "change", "stop", "facilitator"])

    def read(prompt: str) -> str:
        said.append(prompt)
        line = next(lines)
        if line == "<release>":
            released(console)
            return ""
        return line

    vote_plain(store, services(tmp_path), Lines(read, read, said.append, lambda: None))
    assert said.count(ASKS) == 2
    assert said.count("Press Enter when the facilitator has let you, or type next: ") == 2
    assert "Your code: " in said
    assert any(line.startswith("The code letter by letter: ") for line in said)
    console.close()
