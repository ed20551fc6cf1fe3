"""Two sessions of one organisation, six months apart: the last plan is reviewed, and what changed is seen."""

import json
from datetime import date

import pytest

from cxworkshop.domain.session import Step
from journeys.driving import Facilitator, at_console
from journeys.room import ROSTER, Room
from tui.driving import NARROW, WIDE, press

ACTIONS = {
    "Write down who may refund": "2027-01-15",
    "Ask ten customers a month": "2027-02-28",
    "Put the waits on the wall": "",
}


@pytest.fixture
def spring(room: Room) -> str:
    """A session of November, revealed, that everybody calls the first."""
    roster = room.folder / "people.csv"
    roster.write_text(ROSTER, encoding="utf-8")
    made = room.command(
        *("new", "CX maturity", "--organisation", "Aurora Telecom", "--agenda", "45", "--roster", roster),
        *("--level", "Leadership", "--level", "Front line"),
    )
    room.revealed(made)
    return made


async def plan_of_the_first(mia: Facilitator) -> None:
    await mia.dates_the_sitting("2026-11-21")
    await mia.presses("g")
    await mia.picks("Plan")
    await mia.stands_at(Step.PLAN)
    for title, due in ACTIONS.items():
        await mia.presses("n")
        await mia.fills_in(title, "Mia", due, "", "", "", "")
    await mia.reaches(lambda session: len(session.actions) == len(ACTIONS), "three actions")


async def taken_up(room: Room) -> str:
    """The later session, made on the home screen from the earlier one."""
    room.clock.move(days=182)
    app = room.home()
    async with app.run_test(size=NARROW) as pilot:
        await press(pilot, "a")
        await press(pilot, *["enter"] * 7)
    store = app.return_value
    assert store is not None
    room.opened.append(store)
    return store.session.about.id


async def review(mia: Facilitator) -> None:
    """What became of the plan, at Welcome, before anything new."""
    await mia.goes_on_to(Step.WELCOME)
    await mia.sees("Planned last time, 2026-11-21: 3 to be reviewed", "was due")
    for became, *typed in (
        ("done", "Two pages, signed."),
        ("goes on", "in 6 weeks", "Holidays."),
        ("dropped", ""),
    ):
        await mia.presses("c")
        await mia.picks(became)
        await mia.fills_in(*typed)
    await mia.sees("all reviewed")
    await mia.presses("u")
    await mia.sees("1 to be reviewed")
    await mia.presses("U")
    await mia.reaches(lambda session: all(each.state != "open" for each in session.actions.values()), "all reviewed")


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x34"])
async def test_the_last_plan_is_reviewed_and_the_trend_is_right(room: Room, spring: str, size: tuple[int, int]) -> None:
    async with at_console(room.console(spring), size) as mia:
        await plan_of_the_first(mia)
    autumn = await taken_up(room)
    async with at_console(room.console(autumn), size) as mia:
        assert mia.session.about.held == date(2027, 5, 22)
        assert mia.session.levels == ("Leadership", "Front line")
        await mia.finds("2026-11-21 CX maturity")
        await review(mia)
        room.revealed(autumn, raised=("barriers", "who"))
        await mia.presses("g")
        await mia.picks("Compare")
        await mia.stands_at(Step.COMPARE)
        await mia.sees("Nothing is recorded yet of a talk")
        await mia.presses("f")
        await mia.sees("Since last time, 21 November 2026", "Of 8 items asked both times: 2 better, 0 worse, 6 about")
        await mia.finds("Better than last time")
        await mia.goes_on_to(Step.PLAN)
        await mia.presses("n")
        await mia.fills_in("Open the shop on Mondays", "Ben", "2027-09-01")
        await mia.reaches(lambda session: len(session.actions) == len(ACTIONS) + 1, "a new action")
    then, now = (json.loads(room.command("results", session, "--json")) for session in (spring, autumn))
    assert "last_time" not in then
    assert now["last_time"]["session"] == spring
    compared = {item["id"]: item for item in now["last_time"]["items"]}
    for item in then["items"]:
        assert {key: compared[item["id"]][key] for key in ("n", "counts", "median", "agreement", "dont_know")} == {
            key: item[key] for key in ("n", "counts", "median", "agreement", "dont_know")
        }
        better = item["id"].endswith(("barriers", "who"))
        assert compared[item["id"]]["course"] == ("better" if better else "same")
    plan = room.document(autumn, "plan")
    assert "Of 3 actions planned last time 1 is done, 1 goes on, 1 is dropped." in plan
    assert "- [x] **Write down who may refund** — owner: Mia · Two pages, signed." in plan
    assert "- [ ] **Ask ten customers a month** — owner: Mia · due: 2027-07-03" in plan
    assert "planned since 2026-11-21, goes on" in plan
    assert "- **Put the waits on the wall** — dropped" in plan
    assert "- [ ] **Open the shop on Mondays** — owner: Ben · due: 2027-09-01" in plan
    assert "## Since last time" in room.document(autumn, "report")
    assert '<h2 id="since">Since last time</h2>' in room.document(autumn, "report", "html")
    assert "1 is done, 1 goes on, 1 is dropped." in room.document(autumn, "plan", "html")
    listed = {each["id"]: each for each in json.loads(room.command("list", "--json"))}
    assert (listed[spring]["taken_up"], listed[spring]["overdue"]) == (True, False)
    assert (listed[autumn]["last_time"], listed[autumn]["open_actions"]) == (spring, 2)
