"""Trying the keys."""

from pathlib import Path

from cxworkshop.tui.key_check import KeyCheckApp, wanted_keys
from tui.driving import NARROW, press, shown
from tui.sessions import services


async def test_keys_that_come_are_ticked_and_none_does_anything_else(tmp_path: Path) -> None:
    app = KeyCheckApp(services(tmp_path))
    async with app.run_test(size=NARROW) as pilot:
        await press(pilot, "ctrl+q", "ctrl+p", "f1")
        assert "✓ ^q" in shown(app)
        assert "✓ ^p" in shown(app)
        assert "· PgDn" in shown(app)
        assert "Last heard: F1" in shown(app)
        await press(pilot, "escape", "escape")
        assert not app.is_running
    assert {"ctrl+q", "f1", "escape"} <= app.checked.heard


async def test_it_ends_by_itself_once_every_key_came(tmp_path: Path) -> None:
    app = KeyCheckApp(services(tmp_path))
    async with app.run_test(size=NARROW) as pilot:
        await press(pilot, *wanted_keys())
        assert not app.is_running
    assert frozenset(wanted_keys()) <= app.checked.heard
