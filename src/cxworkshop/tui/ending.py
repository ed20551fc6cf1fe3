"""Ending when the system asks for it: at shutdown, by `kill`, when the terminal window is closed."""

import asyncio
import os
import signal
import threading
import time
from contextlib import suppress
from typing import Any

from textual.app import App

_STANDARD_INPUT = 0
_LOOK_EVERY = 1.0
"""Seconds between looks whether the terminal is still there."""
_PATIENCE = 1.0
"""Seconds given to the application to leave in order once its terminal is gone: it takes a fifth of that."""
_GONE = 1
"""The exit code when the terminal went away without a signal."""

_BY_SIGNAL = 128
"""Shells say by 128 and the signal's number that a signal ended a program."""


def end_on_signals(app: App[Any]) -> None:
    """From now on leave the application in order when the system asks, so that the terminal stays usable.

    Nothing has to be saved: what was entered is on the disk already. Called within the running application.
    """
    loop = asyncio.get_running_loop()
    for name in ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT"):
        number: signal.Signals | None = getattr(signal, name, None)
        if number is not None:
            # Windows has no handlers of this kind, and none are set outside of the main thread.
            with suppress(NotImplementedError, RuntimeError, ValueError):
                leave = _hang_up if name == "SIGHUP" else _leave
                loop.add_signal_handler(number, leave, app, _BY_SIGNAL + number)


def hold_between_events() -> None:
    """From now on be held by Ctrl+Z, and go on, between two events only.

    A handler that runs in the middle of one may wait for ever for what that event holds, such as the way to the
    terminal. Called within the running application.
    """
    loop = asyncio.get_running_loop()
    for name in ("SIGTSTP", "SIGCONT"):
        number: signal.Signals | None = getattr(signal, name, None)
        usual = None if number is None else signal.getsignal(number)
        if number is not None and callable(usual):
            with suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(number, usual, number, None)


def end_with_the_terminal(app: App[Any]) -> None:
    """From now on leave the application once its terminal is gone and no signal has said so.

    Reading from a terminal that is gone gives nothing, at once and for ever, so the program would spin; and writing to
    it may hold up the application for good, so a thread of its own looks. Called within the running application;
    without a terminal, as in tests, nothing is watched.
    """
    if not app.is_headless and os.isatty(_STANDARD_INPUT):
        loop = asyncio.get_running_loop()
        threading.Thread(target=_watch_terminal, args=(app, loop), name="terminal-watch", daemon=True).start()


def _watch_terminal(app: App[Any], loop: asyncio.AbstractEventLoop) -> None:
    while os.isatty(_STANDARD_INPUT):
        time.sleep(_LOOK_EVERY)
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(_leave, app, _GONE)
    _end_anyway(_GONE)


def _hang_up(app: App[Any], code: int) -> None:
    """Leave when the terminal went away with a signal; where the application has much to paint, nothing takes it."""
    threading.Thread(target=_end_anyway, args=(code,), name="hang-up", daemon=True).start()
    _leave(app, code)


def _leave(app: App[Any], code: int) -> None:
    app.exit(return_code=code)


def _end_anyway(code: int) -> None:
    """End an application that is held up by a terminal which takes nothing any more; all that was entered is saved."""
    time.sleep(_PATIENCE)
    os._exit(code)
