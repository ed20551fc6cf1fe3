"""A whole sitting of twelve people on the shipped content, from `new` to the exported plan, by keys alone."""

from pathlib import Path

import pytest

from cxworkshop.domain.session import Step
from journeys.driving import Facilitator, Person, Voter, at_console, at_terminal, on_the_wall, what_a_screen_holds
from journeys.room import ANSWERS, ROSTER, Room
from tui.driving import NARROW, WIDE

EXPECTED = Path(__file__).parent / "expected" / "plan.md"
Voters = tuple[Voter, Voter]
"""Whoever sits at the two voting terminals."""

COMMENT = "Nobody asked us for years."
PHRASE = "blue door"
AT_CONSOLE = "Ben"
ON_PAPER = "Hana"
AT_TERMINAL = tuple(name for name in ANSWERS if name not in (AT_CONSOLE, ON_PAPER))


@pytest.fixture
def session(room: Room) -> str:
    """Eleven of the twelve people, two levels, three units, the agenda of 45 minutes."""
    roster = room.folder / "people.csv"
    roster.write_text(ROSTER, encoding="utf-8")
    groups = ["--unit", "Sales", "--unit", "Service", "--unit", "Digital", "--level", "Leadership", "--level"]
    made: list[str | Path] = [
        "--organisation",
        "Aurora Telecom",
        "--agenda",
        "45",
        "--roster",
        roster,
        *groups,
        "Front line",
    ]
    return room.command("new", "CX maturity", *made)


async def prepare_and_welcome(mia: Facilitator) -> None:
    await mia.dates_the_sitting("2026-11-21")
    await mia.names_herself("Mia Keller")
    await mia.adds_person("Lee Novak", "Service", "Front line")
    await mia.merges_small_units("Service and Digital")
    await mia.sets_key_phrase(PHRASE)
    await mia.sees("12 in the room")
    mia.sees_nothing_of("will not be shown", PHRASE)
    await mia.goes_on_to(Step.WELCOME)
    await mia.marks_absent("cio")
    await mia.goes_on_to(Step.SELF_TEST)


async def vote(mia: Facilitator, voters: Voters, room: Person) -> None:
    """Ten at two terminals in turn, one at the console, one on paper."""
    await mia.opens_the_vote()
    codes = set()
    for count, name in enumerate(AT_TERMINAL, 1):
        comments = {"listen-act": COMMENT} if name == "Ivo" else None
        codes.add(await voters[count % 2].votes(name, ANSWERS[name], comments))
        await mia.counts_ballots(count)
        await mia.sees(f"{count} of 12 are in", "Terminal 1 free · Terminal 2 free")
        nothing_is_shown(mia)
    await room.sees("10 of 12")
    nothing_is_shown(room)
    await mia.hands_over()
    codes.add(await mia.votes(AT_CONSOLE, ANSWERS[AT_CONSOLE]))
    await mia.takes_back(PHRASE)
    await mia.opens_the_paper_pile()
    codes.add(await mia.votes(ON_PAPER, ANSWERS[ON_PAPER]))
    await mia.leaves_the_paper_pile()
    await mia.counts_ballots(12)
    await mia.sees("12 of 12 are in")
    assert len(codes) == 12
    nothing_is_shown(mia)
    nothing_is_shown(room)


def nothing_is_shown(person: Person) -> None:
    """Neither widgets nor screen of the console or the projector hold anything of an answer."""
    ballots, text = what_a_screen_holds(person.app)
    assert ballots == []
    assert COMMENT not in text
    assert "median" not in text


async def close_and_reveal(mia: Facilitator, room: Person) -> None:
    await mia.closes_the_vote()
    await mia.goes_on_to(Step.REVEAL)
    await mia.sees("The vote is closed with 12 ballots")
    nothing_is_shown(mia)
    nothing_is_shown(room)
    await mia.reveals()
    await mia.sees("Explore", "median")
    await room.sees("Explore", "median")
    await mia.presses("2")
    await mia.sees("protect")
    await mia.presses("3")
    await mia.sees("What we value")
    await room.sees("What we value")
    await mia.presses("4")
    for group in ("Sales", "Service", "Front line"):
        await mia.finds(group)
    mia.sees_nothing_of(*ANSWERS)


async def talk(mia: Facilitator, voters: Voters, room: Person) -> None:
    """One item settled with a note, one parked, one voted again by ballots, one by hands."""
    await mia.goes_on_to(Step.DISAGREEMENTS)
    await mia.turns_to("culture")
    await mia.notes("Leaders meant the values on the wall; the others meant Mondays.")
    await mia.settles()
    await mia.sees("1 settled")
    await mia.turns_to("measure")
    await mia.parks("We measure what matters", "Our figures change nothing")
    await mia.sees("1 parked")
    await mia.finds("Our figures change nothing")
    await mia.turns_to("expectations")
    await mia.puts_to_the_vote_again()
    for count, name in enumerate(AT_TERMINAL, 1):
        await voters[count % 2].votes(name, {"expectations": 3 if count % 3 else 2})
        await mia.counts_ballots(count)
    await mia.sees("10 of 12 are in")
    await room.sees("10 of 12")
    mia.sees_nothing_of("Second vote")
    await mia.closes_the_vote(missing=2)
    await mia.reveals()
    await mia.sees("First vote", "Second vote")
    await room.sees("First vote", "Second vote")
    await mia.turns_to("organization")
    await mia.keys_in_hands(1, 9, 2, 0, 0, 0)
    await mia.sees("First vote", "Second vote")
    mia.sees_nothing_of("Round 3", "Third vote")


async def compare_and_prioritise(mia: Facilitator, voters: Voters) -> None:
    """Published figures, then candidates, and three dots from each person."""
    await mia.goes_on_to(Step.COMPARE)
    await mia.finds("This room (12 answers)")
    await mia.goes_on_to(Step.PLAN)
    await mia.proposes()
    await mia.opens_dots()
    for count, name in enumerate(ANSWERS, 1):
        third = "Bringing the key executives" if count % 2 else "We measure"
        await voters[count % 2].places_dots(name, "We listen to customers", "We find out what keeps", third)
        await mia.counts_ballots(count)
    mia.sees_nothing_of("12 dots")
    await mia.closes_dots()
    await mia.finds("12 dots")
    await mia.chooses_priority("We listen to customers")
    await mia.chooses_priority("We find out what keeps")


async def plan(mia: Facilitator) -> None:
    """An action from a suggestion, one of the room's own, and the gate."""
    await mia.puts_cursor_on("candidate:item-fauscette-listen-act")
    await mia.takes_up_suggestion("Let whoever hears", "Hana Sato", "in 6 weeks")
    await mia.puts_cursor_on("candidate:item-fauscette-barriers")
    await mia.adds_action(
        "Let front-line people refund up to 50 euros",
        "Ben Okafor",
        "2027-03-31",
        "Refunds decided on the spot",
        "1 in 10",
        "9 in 10",
        "Agree on the limit with Finance",
    )
    await mia.says_strategy_stands()


async def close(mia: Facilitator, voter: Voter, room: Person) -> None:
    """Owner, repeat, the last question, and the plan on the way out."""
    await mia.goes_on_to(Step.CLOSE)
    await mia.names_strategy_owner("Gus Weber")
    await mia.dates_the_repeat("in 6 months")
    await room.sees("21 May 2027")
    await mia.asks_for_feedback()
    for name, answer in zip(ANSWERS, (4, 5, 3, 5, 4, 4), strict=False):
        await voter.votes(name, {"": answer})
    await mia.counts_ballots(6)
    await mia.closes_the_vote(missing=6)
    await mia.shows_feedback()
    await mia.previews("The action plan")
    await mia.sees("Action plan: Aurora Telecom")
    await mia.puts_away()
    await mia.exports("The action plan", "plan.md")


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x34"])
async def test_a_whole_workshop_leaves_with_its_plan(room: Room, session: str, size: tuple[int, int]) -> None:
    async with (
        at_console(room.console(session), size) as mia,
        at_terminal(room.terminal(session)) as left,
        at_terminal(room.terminal(session), WIDE) as right,
        on_the_wall(room.projector(session), size) as wall,
    ):
        voters = (left, right)
        await prepare_and_welcome(mia)
        await wall.sees("CX maturity")
        await vote(mia, voters, wall)
        await close_and_reveal(mia, wall)
        await talk(mia, voters, wall)
        await compare_and_prioritise(mia, voters)
        await plan(mia)
        await close(mia, left, wall)
    written = (room.folder / "plan.md").read_text(encoding="utf-8")
    assert written == EXPECTED.read_text(encoding="utf-8")
    by_command = room.document(session, "plan").splitlines()
    assert by_command[3:] == written.splitlines()[3:], "the command line writes the same plan, but for today's date"
