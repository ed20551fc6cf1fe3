"""Driving an application by keys, and reading its screen."""

from typing import Any

from textual import events
from textual.app import App
from textual.pilot import Pilot

from cxworkshop.domain.session import Session
from cxworkshop.tui.console.app import ConsoleApp

WIDE = (120, 34)
NARROW = (80, 24)

RESIZES_WITHIN = 100
"""So often it is looked whether the screen is laid out in its new size, which a timer does."""


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys one after the other, letting each take effect."""
    await pilot.press(*keys)
    await pilot.pause()


def burst(app: App[Any], *keys: str) -> None:
    """Press keys together, as a terminal sends them that was busy: each comes before the one before took effect."""
    for key in keys:
        app.post_message(events.Key(key, key if len(key) == 1 else None))


async def resize(pilot: Pilot[Any], columns: int, rows: int) -> None:
    """Make the window this large."""
    await pilot.resize_terminal(columns, rows)
    for _ in range(RESIZES_WITHIN):
        if pilot.app.screen._compositor.size == (columns, rows):
            break
        await pilot.pause()
    await pilot.pause()


async def type_text(pilot: Pilot[Any], text: str) -> None:
    """Put a text into the field that has the focus, as a paste does."""
    pilot.app.post_message(events.Paste(text))
    await pilot.pause()


def now(app: ConsoleApp) -> Session:
    """The session as the store has it."""
    return app.store.session


def shown(app: App[Any]) -> str:
    """The screen as lines of text."""
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())


def told(app: App[Any]) -> list[str]:
    """What notifications said, oldest first."""
    return [notification.message for notification in app._notifications]
