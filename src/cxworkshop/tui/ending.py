"""Ending when the system asks for it: at shutdown, by `kill`, when the terminal window is closed."""

import asyncio
import signal
from contextlib import suppress
from typing import Any

from textual.app import App

_BY_SIGNAL = 128
"""Shells say by 128 and the signal's number that a signal ended a program."""


def end_on_signals(app: App[Any]) -> None:
    """From now on leave the application in order when the system asks, so that the terminal stays usable.

    Nothing has to be saved: what was entered is on the disk already. Called within the running application.
    """
    loop = asyncio.get_running_loop()
    for name in ("SIGTERM", "SIGHUP"):
        number: signal.Signals | None = getattr(signal, name, None)
        if number is not None:
            # Windows has no handlers of this kind, and none are set outside of the main thread.
            with suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(number, _leave, app, _BY_SIGNAL + number)


def _leave(app: App[Any], code: int) -> None:
    app.exit(return_code=code)
