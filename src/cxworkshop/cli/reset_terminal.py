"""Giving a terminal back as a shell expects it, after a program that was killed left it otherwise."""

import os
import sys
from contextlib import suppress

_STEPS = (
    "\x1b7",  # where the cursor is, since leaving an alternate screen goes back to what was kept last
    "\x1b[?2026l",  # frames are no longer held back
    "\x1b[?1049l",  # the alternate screen
    "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1005l\x1b[?1006l\x1b[?1015l\x1b[?1016l",  # the mouse
    "\x1b[?1004l",  # reports of focus
    "\x1b[?2048l",  # reports of size
    "\x1b[?2004l",  # marks around a paste
    "\x1b[<99u\x1b[=0u\x1b[>4;0m",  # every level of the kitty protocol, and xterm's own
    "\x1b[?1l\x1b>",  # arrows and keypad
    "\x1b[4l\x1b[?7h",  # no inserting, lines wrap
    "\x1b(B\x0f",  # letters, not lines
    "\x1b[0m\x1b[?25h",  # plain colours, a cursor to be seen
    "\x1b[23;0t\x1b]2;\x1b\\",  # the title as it was, or none
)
RESET = "".join(_STEPS)
"""What is written, in this order; each of it does nothing where all is well."""


def reset_terminal() -> bool:
    """Bring the terminal of this process back to what a shell expects; tells whether there is one.

    The typed lines are edited and echoed again too, as by `stty sane`.
    """
    descriptor = _own_terminal()
    if descriptor is None:
        return False
    with os.fdopen(descriptor, "r+b", buffering=0) as terminal:
        terminal.write(RESET.encode())
        if sys.platform != "win32":
            _edit_lines(descriptor)
    return True


def _own_terminal() -> int | None:
    """A descriptor of the terminal of this process, to be closed; None where it has none."""
    for standard in (2, 1, 0):
        with suppress(OSError):
            if os.isatty(standard):
                return os.dup(standard)
    with suppress(OSError):
        return os.open("CONOUT$" if os.name == "nt" else os.ctermid(), os.O_RDWR)
    return None


if sys.platform != "win32":
    import termios

    def _edit_lines(descriptor: int) -> None:
        with suppress(termios.error):
            kept = termios.tcgetattr(descriptor)
            kept[0] |= termios.BRKINT | termios.ICRNL | termios.IXON
            kept[0] &= ~(termios.IGNBRK | termios.INLCR | termios.IGNCR | termios.ISTRIP)
            kept[1] |= termios.OPOST | termios.ONLCR
            kept[3] |= termios.ISIG | termios.ICANON | termios.IEXTEN | termios.ECHO | termios.ECHOE | termios.ECHOK
            termios.tcsetattr(descriptor, termios.TCSAFLUSH, kept)
