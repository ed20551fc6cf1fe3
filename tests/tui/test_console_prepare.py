"""Prepare: every line of the sheet can be changed by keys, bad input changes nothing, rules are fixed with a ballot."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cxworkshop.domain import rounds
from cxworkshop.domain.errors import InvalidValue
from cxworkshop.domain.session import Privacy, Rules, Session
from cxworkshop.facilitation.key_phrase import matches
from cxworkshop.tui.console.app import ConsoleApp
from cxworkshop.tui.console.steps.prepare_rows import prepare_rows, row_ids
from cxworkshop.tui.console.steps.reading import read_number
from cxworkshop.tui.widgets.dialog import Dialog
from cxworkshop.tui.widgets.sheet import Sheet
from tui.driving import NARROW, WIDE, now, press, shown, told, type_text
from tui.sessions import CONTENT, people, prepared, services, stored, vote
from workbook_files import workbook


def console(folder: Path, session: Session | None = None) -> ConsoleApp:
    """The console over a stored session."""
    return ConsoleApp(services(folder), stored(folder, session))


def go_to_line(app: ConsoleApp, line: str) -> None:
    """Put the cursor on a line of the sheet."""
    sheet = app.screen.query_one(Sheet)
    sheet.highlighted = [row.id for row in sheet.rows].index(line)


async def change_line(app: ConsoleApp, pilot: object, line: str, text: str) -> None:
    """Open a line's dialog, replace what stands there and take it."""
    from textual.pilot import Pilot

    assert isinstance(pilot, Pilot)
    await pilot.pause()
    go_to_line(app, line)
    await press(pilot, "enter", "home", "shift+end", "delete")
    await type_text(pilot, text)
    await press(pilot, "enter")


async def test_title_organisation_date_and_facilitator_are_changed_by_keys(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await change_line(app, pilot, "about:title", "New title")
        await change_line(app, pilot, "about:organisation", "Borealis")
        await change_line(app, pilot, "held:", "2026-12-01")
        await change_line(app, pilot, "about:facilitator", "Noor")
        about = now(app).about
    assert (about.title, about.organisation, about.facilitator) == ("New title", "Borealis", "Noor")
    assert about.held == date(2026, 12, 1)


async def test_an_empty_title_is_refused_in_the_dialog_which_stays_open(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=NARROW) as pilot:
        await change_line(app, pilot, "about:title", "")
        assert isinstance(app.screen, Dialog)
        assert "needs a title" in shown(app)
        await press(pilot, "escape")
        assert now(app).about.title == "CX maturity"


async def test_the_agenda_brings_its_self_tests(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        go_to_line(app, "agenda:")
        await press(pilot, "enter", "down", "enter")
        assert now(app).content.agenda.id == "long"
        await press(pilot, "u")
        assert now(app).content.agenda.id == "short"


async def test_self_tests_are_ticked(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await pilot.pause()
        go_to_line(app, "tests:")
        await press(pilot, "enter", "space", "enter")
        assert "Tick at least 1" in shown(app)


async def test_a_self_test_of_a_file_stays_beside_those_of_the_library(tmp_path: Path) -> None:
    own = replace(
        CONTENT.instruments[0], id="ours", title="Our survey", items=(replace(CONTENT.items[1], id="ours-1"),)
    )
    app = console(tmp_path, prepared(content=replace(CONTENT, instruments=(own,))))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        go_to_line(app, "tests:")
        await press(pilot, "enter")
        assert "Our survey" in shown(app)
        await press(pilot, "space", "enter")
        assert [each.id for each in now(app).content.instruments] == ["house", "ours"]
        await press(pilot, "enter", "space", "enter")
        assert [each.id for each in now(app).content.instruments] == ["ours"]


async def test_the_privacy_mode_is_chosen_from_three_with_their_meaning(tmp_path: Path) -> None:
    app = console(tmp_path, prepared(participants={}))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        go_to_line(app, "privacy:")
        await press(pilot, "enter")
        assert "one-use code" in shown(app)
        await press(pilot, "down", "enter")
        assert now(app).rules.privacy is Privacy.ANONYMOUS
        await press(pilot, "c", "home", "shift+end", "delete", "3", "enter")
        assert len({person.code for person in now(app).participants.values()}) == 3


async def test_the_smallest_group_may_be_raised_and_never_lowered(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await change_line(app, pilot, "rule:minimum_group", "4")
        assert "may be raised from 5" in shown(app)
        await press(pilot, "escape")
        await change_line(app, pilot, "rule:minimum_group", "6")
        await change_line(app, pilot, "rule:consensus_share", "80 %")
        assert now(app).rules.minimum_group == 6
        assert now(app).rules.consensus_share == pytest.approx(0.8)


async def test_the_key_phrase_is_kept_as_a_hash_only(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        go_to_line(app, "phrase:")
        await press(pilot, "enter")
        await type_text(pilot, "blue door")
        assert "blue door" not in shown(app)
        await press(pilot, "enter")
        stored_phrase = now(app).rules.key_phrase
        assert "blue" not in stored_phrase
        assert matches("Blue door", stored_phrase)


async def test_units_are_added_renamed_merged_and_removed(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        go_to_line(app, "unit:Sales")
        await press(pilot, "n")
        await type_text(pilot, "Product, Legal")
        await press(pilot, "enter")
        assert now(app).units == ("Sales", "Support", "Product", "Legal")
        await change_line(app, pilot, "unit:Sales", "Shops")
        assert now(app).units[0] == "Shops"
        assert now(app).participants["p0"].unit == "Shops"
        go_to_line(app, "unit:Legal")
        await press(pilot, "d")
        assert now(app).units == ("Shops", "Support", "Product")
        go_to_line(app, "unit:Product")
        await press(pilot, "m", "enter", "enter")
        assert now(app).units == ("Shops and Support and Product",)
        await press(pilot, "u")
        assert now(app).units == ("Shops", "Support", "Product")


async def test_a_unit_with_people_is_not_removed_and_says_why(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await pilot.pause()
        go_to_line(app, "unit:Sales")
        await press(pilot, "d")
        assert now(app).units == ("Sales", "Support")
        assert "Sales" in told(app)[-1]


async def test_people_are_added_changed_and_removed(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await pilot.pause()
        go_to_line(app, "person:p0")
        await press(pilot, "n")
        await type_text(pilot, "Zoe")
        await press(pilot, "enter")
        await type_text(pilot, "sales")
        await press(pilot, "enter", "enter")
        added = list(now(app).participants.values())[-1]
        assert (added.name, added.unit, added.level) == ("Zoe", "Sales", "")
        go_to_line(app, "person:p0")
        await press(pilot, "d")
        assert "p0" not in now(app).participants
        assert told(app)[-1] == "Removed: Ana Šimić. u brings it back."
        await press(pilot, "u")
        assert "p0" in now(app).participants


async def test_a_person_of_an_unknown_unit_is_refused_and_what_was_typed_is_kept(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        go_to_line(app, "person:p0")
        await press(pilot, "n")
        await type_text(pilot, "Zoe")
        await press(pilot, "down")
        await type_text(pilot, "Kitchen")
        await press(pilot, "enter", "enter")
        assert "choose one of: Sales, Support" in shown(app).replace("\n", " ").replace("  ", "") or isinstance(
            app.screen, Dialog
        )
        await press(pilot, "escape", "n")
        assert "Zoe" in shown(app)
        assert len(now(app).participants) == 4


async def test_a_pasted_list_comes_in_whole_or_not_at_all(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "p")
        await type_text(pilot, "Zoe; Sales; Lead")
        await press(pilot, "enter")
        await type_text(pilot, "Ben; Support")
        await press(pilot, "ctrl+s")
        assert "on the roster already" in shown(app)
        assert len(now(app).participants) == 4
        await press(pilot, "home", "shift+end", "delete")
        await type_text(pilot, "Yan")
        await press(pilot, "ctrl+s")
        names = [person.name for person in now(app).participants.values()]
        assert names[-2:] == ["Zoe", "Yan"]


async def test_people_of_a_file_come_in_whole_or_not_at_all_and_can_be_taken_back(tmp_path: Path) -> None:
    roster = tmp_path / "people.csv"
    roster.write_text("unit;name;level\nSales;Zoe;Lead\nSales;;Team\n", encoding="utf-8")
    app = console(tmp_path, prepared(units=()))
    async with app.run_test(size=NARROW) as pilot:
        await press(pilot, "f")
        await type_text(pilot, str(roster))
        await press(pilot, "enter")
        assert "line 3, column name: the name is missing" in " ".join(shown(app).replace("│", " ").split())
        roster.write_bytes(workbook({"People": [["Name", "Unit"], ["Zoe", "Sales"], ["Yan", None]]}))
        await press(pilot, "enter")
        assert [person.name for person in now(app).participants.values()][-2:] == ["Zoe", "Yan"]
        assert now(app).units == ("Sales", "Support")
        assert told(app)[-1] == "Units taken from the roster: Sales, Support."
        await press(pilot, "u")
        assert (len(now(app).participants), now(app).units) == (4, ())


async def test_groups_that_are_too_small_are_marked_with_a_way_out(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert "! under 5: will not be shown; m merges" in shown(app)
        assert "Levels, the most senior first" in shown(app)
        senior = now(app).levels[-1]
        go_to_line(app, f"level:{senior}")
        await press(pilot, "o")
        assert now(app).levels[-2] == senior
        assert re.search(rf"{senior}.*most senior", shown(app))


async def test_once_a_ballot_is_in_the_rules_are_dim_and_say_why(tmp_path: Path) -> None:
    app = console(tmp_path, rounds.open_first_round(prepared()))
    vote(app.store, "p0", q1=2)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await pilot.pause()
        go_to_line(app, "privacy:")
        await press(pilot, "enter")
        assert "Ballots are in" in told(app)[-1]
        go_to_line(app, "agenda:")
        await press(pilot, "enter")
        assert "Voting has begun" in told(app)[-1]
        assert not isinstance(app.screen, Dialog)


async def test_esc_keeps_what_was_typed_for_the_next_time(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        go_to_line(app, "unit:Sales")
        await press(pilot, "n")
        await type_text(pilot, "Prod")
        await press(pilot, "escape", "n")
        assert "Prod" in shown(app)
        await press(pilot, "enter", "n")
        assert now(app).units[-1] == "Prod"
        assert "│ Prod" not in shown(app)


def test_every_empty_list_says_what_belongs_there_and_the_key() -> None:
    empty = replace(prepared(), units=(), levels=(), participants={})
    labels = " / ".join(row.label for row in prepare_rows(empty, voted=False))
    assert labels.count("n adds one") == 3


def test_the_sheet_of_an_anonymous_session_has_codes_and_no_people() -> None:
    session = prepared(rules=Rules(Privacy.ANONYMOUS), participants=people())
    ids = row_ids(prepare_rows(session, voted=False))
    assert "add:codes" in ids
    assert not [row for row in ids if row.startswith("person:")]


@pytest.mark.parametrize(("text", "number"), [("5", 5), ("75 %", 75), ("2,5", 2.5), (" 7 ", 7)])
def test_numbers_are_read_as_people_write_them(text: str, number: float) -> None:
    assert read_number(text, 0, 100) == number


@pytest.mark.parametrize("text", ["", "five", "101", "-1", "1e2", "٥", "nan"])
def test_what_is_no_number_in_range_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue, match="from 0 to 100"):
        read_number(text, 0, 100)
