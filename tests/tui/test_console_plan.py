"""Priorities and plan: the form of an action, what it serves, suggestions, and taking each of it back."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from textual.app import App, ComposeResult
from textual.widgets import Input, OptionList, SelectionList

from cxworkshop.domain.content import Suggestion
from cxworkshop.domain.maturity import next_stage
from cxworkshop.domain.session import Action, Candidate, Session, Step
from cxworkshop.tui.console.steps.answering import AnswerTo, answering, answers_of
from cxworkshop.tui.console.steps.plan_rows import plan_rows
from cxworkshop.tui.widgets.finding import FindDialog
from cxworkshop.tui.widgets.sheet import Row, Sheet
from tui.driving import NARROW, now, press, resize, shown, told, type_text
from tui.sessions import CONTENT, prepared
from tui.voted import console, crowd, put_ballots, voted

LISTEN = Candidate("c1", "Ask customers more often", "own", items=("q3",))
OTHER = Candidate("c2", "Name an owner", "own")


def planned(**changes: object) -> Session:
    return prepared(participants=crowd(), candidates={"c1": LISTEN, "c2": OTHER}, **changes)


async def test_the_measure_of_a_new_action_is_offered_out_of_the_vote(tmp_path: Path) -> None:
    app = console(tmp_path, voted(tmp_path, Step.PLAN, session=planned()))
    async with app.run_test(size=NARROW) as pilot:
        await press(pilot, "n", "escape", "n")
        await type_text(pilot, "Call ten customers")
        assert app.screen.query_one("#field-baseline", Input).value == "median 1, “Never”"
        await press(pilot, *["enter"] * len(app.screen.query(Input)))
        (made,) = now(app).plan
        assert (made.candidate, made.target) == ("c1", "median 3, “Sometimes”")
        assert "We ask customers what they expect" in made.measure


class OneSheet(App[None]):
    """A sheet and nothing else."""

    def compose(self) -> ComposeResult:
        yield Sheet(label_width=24)


async def test_what_is_due_late_and_missing_stays_in_sight_behind_long_names() -> None:
    title = "Let the front line settle small complaints on the spot, without asking anybody first"
    owner = "Dr. Maximiliane-Charlotte von Schwarzenberg-Hohenfels"
    late = Action("a", title, owner, date(2026, 11, 1))
    rows = plan_rows(prepared(actions={"a": late}), (), (), 0, today=date(2026, 11, 21))
    app = OneSheet()
    async with app.run_test(size=(77, 24)) as pilot:
        app.query_one(Sheet).show([*rows, Row("n:", "A note", "of two\nlines")])
        await pilot.pause()
        drawn = shown(app).splitlines()
        (action,) = (line for line in drawn if "2026-11-01 · Dr." in line)
        assert action.rstrip().endswith("! overdue")
        assert [line for line in drawn if "has no measure of success" in line]
        assert [line for line in drawn if "A note" in line and "of two lines" in line]
        await resize(pilot, 200, 40)
        assert f"{title[:80]}" in shown(app), "a wide window shows more of a title"


async def test_what_an_action_serves_can_be_replaced_and_taken_off(tmp_path: Path) -> None:
    served = Action("a", "Call", candidate="c1", obstacle="Nobody asks", resources=("Time", "Money"), strategy="cx")
    app = console(tmp_path, voted(tmp_path, Step.PLAN, session=planned(actions={"a": served})))
    async with app.run_test(size=NARROW) as pilot:
        sheet = app.screen.query_one(Sheet)
        sheet.highlighted = [row.id for row in sheet.rows].index("action:a")
        await press(pilot, "o")
        listed = app.screen.query_one(SelectionList)
        labels = [str(option.prompt) for option in listed.options]
        places = {label.partition(":")[2].strip(): place for place, label in enumerate(labels)}
        listed.highlighted = places["Name an owner"]
        assert "▐X▌ Priority: Ask customers" in shown(app)
        assert "▐ ▌ Priority: Name an owner" in shown(app)
        await press(pilot, "space", "enter")
        assert "untick the others" in shown(app)
        for name in ("Ask customers more often", "Nobody asks", "Money"):
            listed.highlighted = places[name]
            await press(pilot, "space")
        await press(pilot, "enter")
        assert now(app).actions["a"] == replace(served, candidate="c2", obstacle="", resources=("Time",), position=0)
        await press(pilot, "u")
        assert now(app).actions["a"] == served


def test_a_median_that_may_stand_for_nobody_says_so() -> None:
    session = planned()
    way = next_stage(CONTENT.models[0], 2)
    (agreed, split) = (
        next(
            row.note
            for row in plan_rows(session, [way], (), 0, today=date(2026, 11, 21), apart=apart)
            if row.id.startswith("model:")
        )
        for apart in ((), {way.model.id})
    )
    assert agreed == "the vote's median"
    assert split == "the vote's median, but the room is not aligned: Enter agrees on one"


def test_ticking_what_an_action_serves_changes_nothing() -> None:
    served = Action("a", "Call", candidate="c1", obstacle="Nobody asks", resources=("Time",), strategy="cx")
    assert answering(served, answers_of(served)) == served
    assert answering(served, [AnswerTo("resource", "Money")]) == Action("a", "Call", resources=("Money",))


async def test_a_few_suggestions_are_shown_and_the_others_found_by_a_word(tmp_path: Path) -> None:
    many = tuple(Suggestion(f"s{place}", f"Do thing {place}", themes=("Listening",)) for place in range(20))
    session = planned(content=replace(CONTENT, suggestions=many))
    app = console(tmp_path, voted(tmp_path, Step.PLAN, session=session))
    async with app.run_test(size=NARROW) as pilot:
        await press(pilot, "s")
        assert isinstance(app.screen, FindDialog)
        assert app.screen.query_one(OptionList).option_count == 5
        assert "15 more are found by typing." in shown(app)
        await type_text(pilot, "thing 1")
        await press(pilot, "down", "enter")
        assert app.screen.query_one("#field-title", Input).value == "Do thing 10"


async def test_shows_of_hands_on_impact_and_effort_make_a_ranked_list_and_can_be_taken_back(tmp_path: Path) -> None:
    app = console(tmp_path, voted(tmp_path, Step.PLAN, session=planned()))
    async with app.run_test(size=NARROW) as pilot:
        await press(pilot, "m")
        assert "have not been rated yet" in told(app)[-1]
        await press(pilot, "R")
        for hands in ("0 0 0 1 8", "0 9 0 0", "1 2 3 2 1", "0 1 2 3 3"):
            await type_text(pilot, hands)
            await press(pilot, "enter")
        assert "Give 5 numbers of hands" in shown(app)
        app.screen.query(Input)[1].value = "0 9 0 0 0"
        await press(pilot, "ctrl+s")
        assert "place 1: quick win" in shown(app)
        await press(pilot, "m")
        assert "QUICK WINS" in shown(app)
        assert "impact 5 · effort 2 · n 9" in shown(app)
        await press(pilot, "escape", "u")
        assert now(app).rounds[-1].kind == "self_test"


async def test_a_rating_by_ballots_is_closed_and_shown_at_once(tmp_path: Path) -> None:
    store = voted(tmp_path, Step.PLAN, session=planned())
    app = console(tmp_path, store)
    async with app.run_test(size=NARROW) as pilot:
        await press(pilot, "end", "r")
        put_ballots(store, [{"impact:c1": 4}])
        await press(pilot, "x")
        assert "Only 1 person has voted, and it is known who" in shown(app)
        await press(pilot, "enter")
        assert now(app).open_round is not None
        put_ballots(store, [{"impact:c1": 4, "effort:c1": 4, "impact:c2": 4, "effort:c2": 4}] * 9)
        await press(pilot, "x")
        assert "Close the rating and show it? 9 ballots are in, 7" in shown(app)
        await press(pilot, "tab", "enter")
        assert "place 1, tied: big bet" in shown(app)
        at = app.screen.query_one(Sheet)
        assert at.row == next(row for row in at.rows if row.id.startswith("candidate:")), "what came first"
        assert now(app).rounds[-1].state == "revealed"
