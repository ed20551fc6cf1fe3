"""At every step and in any window the line at the foot is whole: the next key is on the screen, and so is help."""

import pytest

from cxworkshop.domain.session import STEPS
from journeys.driving import at_console
from journeys.room import ROSTER, Room


@pytest.mark.parametrize("columns", [80, 99, 100, 110, 120])
async def test_the_line_of_keys_is_never_cut_off(room: Room, columns: int) -> None:
    roster = room.folder / "people.csv"
    roster.write_text(ROSTER, encoding="utf-8")
    session = room.command("new", "Any window", "--agenda", "45", "--roster", roster)
    room.revealed(session)
    async with at_console(room.console(session), (columns, 30)) as mia:
        for step in STEPS[1:]:
            await mia.goes_on_to(step)
            keys = mia.screen.splitlines()[-1]
            assert keys.endswith(" ? help"), keys
            assert step is STEPS[-1] or "PgDn next step" in keys, keys
            assert len(keys) < columns
