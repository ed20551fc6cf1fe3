"""Notes and the script: both are at hand at every step."""

from dataclasses import replace
from pathlib import Path

import pytest

from cxworkshop.domain.content import Prompt
from cxworkshop.domain.session import Live, Step
from cxworkshop.store.repository import SessionRepository
from cxworkshop.tui.console.app import ConsoleApp
from cxworkshop.tui.widgets.typing_dialogs import NoteDialog
from tui.driving import NARROW, WIDE, now, press, shown, told, type_text
from tui.sessions import CONTENT, prepared, services, stored
from tui.voted import crowd, voted


def at(folder: Path, step: Step) -> ConsoleApp:
    """The console at a step."""
    return ConsoleApp(services(folder), stored(folder, prepared(live=Live(step))))


@pytest.mark.parametrize("step", [Step.PREPARE, Step.PLAN])
async def test_a_note_is_one_key_away_and_is_shown_with_the_script(tmp_path: Path, step: Step) -> None:
    app = at(tmp_path, step)
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        await press(pilot, "N")
        await type_text(pilot, "Ask [b]Finance[/b] first")
        await press(pilot, "ctrl+s", "i")
        assert "· Ask [b]Finance[/b] first" in " ".join(shown(app).split())
        await press(pilot, "escape", "u")
        assert now(app).closing.notes == {}
        assert told(app)[-1].startswith("Undone: the note.")
        await press(pilot, "U")
        assert now(app).closing.notes == {step: ("Ask [b]Finance[/b] first",)}


async def test_a_note_at_a_step_that_was_being_typed_comes_back_after_the_end(tmp_path: Path) -> None:
    app = at(tmp_path, Step.COMPARE)
    async with app.run_test(size=NARROW) as pilot:
        await press(pilot, "N")
        await type_text(pilot, "half a thought")
    again = ConsoleApp(services(tmp_path), SessionRepository(tmp_path / now(app).about.id))
    async with again.run_test(size=NARROW, notifications=True) as pilot:
        await pilot.pause()
        assert told(again) == ["A note at Compare was begun and not taken; N opens it again."]
        await press(pilot, "pagedown", "N")
        assert isinstance(again.screen, NoteDialog)
        await press(pilot, "ctrl+s")
        assert now(again).closing.notes == {"compare": ("half a thought",)}
        assert not now(again).live.draft


async def test_the_script_ends_with_how_the_next_step_begins(tmp_path: Path) -> None:
    app = at(tmp_path, Step.WELCOME)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "i")
        assert "Next, Self-test Say Answer alone, from what you have seen." in " ".join(
            shown(app).replace("│", " ").split()
        )


async def test_the_script_begins_with_the_pattern_of_the_item_that_is_talked_about(tmp_path: Path) -> None:
    held = prepared(participants=crowd())
    prompts = (
        Prompt("pattern:unit_against_unit", ask=("What have you seen?",), first="One from each end."),
        *CONTENT.prompts,
    )
    store = voted(tmp_path, Step.DISAGREEMENTS, session=replace(held, content=replace(held.content, prompts=prompts)))
    app = ConsoleApp(services(tmp_path), store)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        assert "i what to ask" in shown(app)
        await press(pilot, "i")
        assert "This item First One from each end. Ask What have you seen?" in " ".join(
            shown(app).replace("│", " ").split()
        )
