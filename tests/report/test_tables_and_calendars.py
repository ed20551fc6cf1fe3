"""The plan and the results in other programs' forms: their very bytes, and that no text is obeyed in them."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from cxworkshop.domain.errors import NotRevealed, WrongUsage
from cxworkshop.domain.session import Round
from cxworkshop.domain.text import clean_line
from cxworkshop.report.calendars import NothingDated
from cxworkshop.report.press import Press
from cxworkshop.report.tables import Preset
from report.room import NOON, Words, as_they_are, box, session
from report.test_documents import HOSTILE

GOLDEN = Path(__file__).parent / "golden"
PRESS = Press(lambda: NOON)
PRESETS: Sequence[Preset] = get_args(Preset)
TEXTS = (*HOSTILE, "@SUM(A1)", "＝1+1", "/close", "/assign @boss", 'say "hi", twice', "BEGIN:VEVENT", "a;b,c\\n")


def plan(preset: Preset, words: Words = as_they_are, *, month_first: bool = False) -> str:
    return PRESS.render(session(words), box(words), "plan", "csv", preset=preset, month_first=month_first)


def grid(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def calendar(words: Words = as_they_are) -> Any:
    return Calendar.from_ical(PRESS.render(session(words), box(words), "plan", "ics"))


@pytest.mark.parametrize("preset", PRESETS)
def test_a_plan_in_csv_reads_as_expected(preset: Preset) -> None:
    assert plan(preset).encode() == (GOLDEN / f"plan-{preset}.csv").read_bytes()


def test_in_gitlab_whose_descriptions_are_markdown_no_text_notifies_anybody_or_becomes_a_picture() -> None:
    described = grid(plan("gitlab", lambda _: "ask @all ![x](https://example.org/x.png) ~bug"))[1][1]
    assert "Owner: ask @\u2060all !\\[x\\](https\\://example.org/x.png) \\~bug" in described.splitlines()


def test_results_in_csv_read_as_expected() -> None:
    assert PRESS.render(session(), box(), "report", "csv").encode() == (GOLDEN / "results.csv").read_bytes()


def test_only_spreadsheets_get_a_byte_order_mark() -> None:
    assert [preset for preset in PRESETS if plan(preset).startswith("\ufeff")] == ["generic"]


def test_the_month_may_come_first() -> None:
    assert grid(plan("asana", month_first=True))[1][-1] == "03/31/2027"


def test_results_in_csv_are_those_in_json() -> None:
    results = json.loads(PRESS.render(session(), box(), "report", "json"))["results"]
    items = {(str(result["round"]), item["id"]): item for result in results for item in result["items"]}
    rows = [dict(zip(grid(PRESS.render(session(), box(), "report", "csv"))[0], row, strict=True))
            for row in grid(PRESS.render(session(), box(), "report", "csv"))[1:]]  # fmt: skip
    assert len(rows) == sum(len(item["options"]) for item in items.values())
    for row in rows:
        item = items[row["round"], row["item"]]
        assert int(row["answers"]) == item["counts"][int(row["option"]) - 1]
        assert float(row["agreement"]) == item["agreement"]
        assert float(row["median"]) == item["median"]


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_no_text_changes_the_grid_or_is_run_as_a_formula(preset: Preset, text: str) -> None:
    _check_grid(preset, text)


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(PRESETS), st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=30))
def test_no_generated_text_does_either(preset: Preset, text: str) -> None:
    _check_grid(preset, clean_line(text) or "x")


@pytest.mark.campaign
@settings(max_examples=10_000, deadline=None)
@given(st.sampled_from(PRESETS), st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=60))
def test_ten_thousand_texts_neither(preset: Preset, text: str) -> None:
    cleaned = clean_line(text) or "x"
    _check_grid(preset, cleaned)
    _check_calendar(cleaned)


def _check_grid(preset: Preset, text: str) -> None:
    hostile = grid(plan(preset, lambda _: text))
    assert list(map(len, hostile)) == list(map(len, grid(plan(preset, lambda _: "Zed"))))
    cells = [cell for row in hostile[1:] for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))]
    assert not [line for cell in cells for line in cell.split("\n")[1:] if line.startswith("/")]


def test_a_calendar_has_what_is_due_and_the_repeat() -> None:
    events = {str(event["uid"]): event for event in calendar().walk("VEVENT")}
    due, repeat = events["a1@cxworkshop"], events["repeat@2026-11-21-cx.cxworkshop"]
    live = {uid for uid, event in events.items() if event.get("status") != "CANCELLED"}
    assert live == {"a1@cxworkshop", "repeat@2026-11-21-cx.cxworkshop"}, "what is done or dropped is not due"
    assert (due["dtstart"].dt, due["dtend"].dt) == (date(2027, 3, 31), date(2027, 4, 1))
    assert str(due["summary"]) == "Read all complaints"
    assert repeat["dtstart"].dt == date(2027, 5, 21)
    assert due["dtstamp"].dt == NOON
    assert [alarm["trigger"].dt for alarm in due.walk("VALARM")] == [timedelta(days=-14)]


def test_a_calendar_made_again_moves_its_events_instead_of_doubling_them() -> None:
    later = Press(lambda: NOON + timedelta(days=9)).render(session(), box(), "plan", "ics")
    ids = [str(event["uid"]) for event in Calendar.from_ical(later).walk("VEVENT")]
    assert ids == [str(event["uid"]) for event in calendar().walk("VEVENT")]


def test_an_action_that_was_done_goes_from_the_calendars_that_have_it() -> None:
    done = replace(session().actions["a1"], state="done")
    later = replace(session(), actions={**session().actions, "a1": done})
    events = Calendar.from_ical(PRESS.render(later, box(), "plan", "ics")).walk("VEVENT")
    (over,) = (event for event in events if str(event["uid"]) == "a1@cxworkshop")
    assert (str(over["status"]), str(over["summary"])) == ("CANCELLED", "Done: Read all complaints")
    assert not over.walk("VALARM")


def test_events_say_whose_they_are() -> None:
    events = {str(event["uid"]): event for event in calendar().walk("VEVENT")}
    whose = f"{session().about.organisation} · {session().about.title}"
    assert str(events["a1@cxworkshop"]["description"]).endswith(whose)
    assert str(events["repeat@2026-11-21-cx.cxworkshop"]["summary"]).endswith(whose)


def test_an_action_that_a_later_session_takes_up_moves_in_the_calendar_instead_of_being_doubled() -> None:
    later = replace(session(), about=replace(session().about, id="2027-05-21-cx"))
    ids = {str(event["uid"]) for event in Calendar.from_ical(PRESS.render(later, box(), "plan", "ics")).walk("VEVENT")}
    assert ids & {str(event["uid"]) for event in calendar().walk("VEVENT")} == {"a1@cxworkshop"}


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_no_text_changes_the_shape_of_a_calendar(text: str) -> None:
    _check_calendar(clean_line(text) or "x")


def _check_calendar(text: str) -> None:
    def shape(made: Any) -> list[tuple[str, tuple[str, ...]]]:
        return [(part.name, tuple(part.keys())) for part in made.walk()]

    assert shape(calendar(lambda _: text)) == shape(calendar(lambda _: "Zed"))


def test_without_a_day_there_is_no_calendar() -> None:
    bare = replace(session(), actions={}, closing=replace(session().closing, repeat=None))
    with pytest.raises(NothingDated):
        PRESS.render(bare, box(), "plan", "ics")


def test_results_in_csv_wait_for_the_reveal() -> None:
    unrevealed = replace(session(), rounds=(Round("1", "self_test", ("S1", "Q1", "Q2"), "closed"),))
    with pytest.raises(NotRevealed):
        PRESS.render(unrevealed, box(), "report", "csv")


def test_a_report_has_no_due_dates_to_turn_round() -> None:
    with pytest.raises(WrongUsage):
        PRESS.render(session(), box(), "report", "csv", month_first=True)


@pytest.mark.parametrize(("form", "preset"), [("ics", "generic"), ("csv", "jira")])
def test_some_forms_are_of_the_plan_alone(form: str, preset: Preset) -> None:
    with pytest.raises(WrongUsage):
        PRESS.render(session(), box(), "report", form, preset=preset)
