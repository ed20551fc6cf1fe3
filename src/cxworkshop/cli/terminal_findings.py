"""What the doctor finds out about the terminal: its streams, size, colours, characters, clipboard and keys."""

import os
from collections.abc import Callable, Mapping, Sequence

from cxworkshop.cli.characters import VARIABLE, why_ascii
from cxworkshop.cli.findings import Finding
from cxworkshop.cli.terminals import CANNOT_PLACE_TEXT, NEEDED_COLUMNS, NEEDED_ROWS

_CLIPBOARD_TOOLS = (
    ("pbcopy", ""),
    ("wl-copy", "WAYLAND_DISPLAY"),
    ("xclip", "DISPLAY"),
    ("xsel", "DISPLAY"),
    ("clip.exe", ""),
)
"""Programs that copy, with the variable that has to be set for them to work."""

_REMOTE = ("SSH_CONNECTION", "SSH_TTY")

_DEPTHS = {"truecolor": "16 million colours", "256": "256 colours", "standard": "16 colours", "windows": "16 colours"}


def streams(terminals: Mapping[str, bool], term: str, *, posix: bool = os.name == "posix") -> Finding:
    """Whether there is a terminal at all.

    Args:
        terminals: For stdin, stdout and stderr whether each is one; stdout may be redirected to keep the findings.
        term: What TERM says.
        posix: Whether the system goes by TERM.
    """
    if not terminals["stdin"] or not terminals["stderr"]:
        missing = " and ".join(name for name in ("stdin", "stderr") if not terminals[name])
        return Finding(
            "terminal",
            "will not work",
            f"No terminal at {missing}, so no screen can be shown.",
            "Run it by hand in a terminal window; without one there are vote --plain and the commands for scripts.",
        )
    if term in CANNOT_PLACE_TEXT:
        return Finding(
            "terminal",
            "will not work",
            f"TERM={term} cannot place text on the screen.",
            "Use another terminal window; people can vote here with: cxworkshop vote --plain",
        )
    if posix and not term:
        return Finding(
            "terminal",
            "look at this",
            "TERM is not set; screens are drawn as for xterm.",
            "If they look broken: export TERM=xterm-256color",
        )
    redirected = "" if terminals["stdout"] else " (stdout is redirected just now; screens need it too)"
    return Finding("terminal", "ok", f"{term or 'Windows console'}{redirected}")


def size(columns: int, rows: int) -> Finding:
    """Whether the screens fit in."""
    said = f"{columns} columns by {rows} rows; {NEEDED_COLUMNS} by {NEEDED_ROWS} are needed."
    if columns < NEEDED_COLUMNS or rows < NEEDED_ROWS:
        return Finding("size", "will not work", said, "Make the window larger, or its letters smaller.")
    return Finding("size", "ok", said)


def colours(environment: Mapping[str, str]) -> Finding:
    """How many colours the screens will have."""
    if environment.get("NO_COLOR"):
        return Finding("colours", "ok", "NO_COLOR is set: greys only. Nothing is told by colour alone.")
    from rich.console import Console  # noqa: PLC0415 - no other command asks

    depth = Console(force_terminal=True, _environ=environment).color_system
    if depth is None:
        return Finding("colours", "look at this", "None.", "Nothing is told by colour alone; F3 changes the theme.")
    if depth == "truecolor":
        return Finding("colours", "ok", f"{_DEPTHS[depth]}.")
    return Finding(
        "colours",
        "ok" if depth == "256" else "look at this",
        f"{_DEPTHS[depth]}; the nearest ones are taken.",
        "If your terminal knows more: export COLORTERM=truecolor",
    )


def characters(environment: Mapping[str, str]) -> Finding:
    """Whether lines and blocks are drawn, or ASCII in their place."""
    reason = why_ascii(environment)
    if not reason:
        return Finding(
            "characters",
            "ok",
            "Lines, blocks and marks: ─│█▒░✓. If you cannot see these, use --ascii.",
        )
    return Finding(
        "characters",
        "look at this" if environment.get(VARIABLE) is None else "ok",
        f"ASCII only, because {reason}.",
        f"If your terminal shows ─│█✓: export {VARIABLE}=0",
    )


def clipboard(environment: Mapping[str, str], which: Callable[[str], str | None]) -> Finding:
    """By what way a copied text would reach the clipboard; whether it arrives is never claimed.

    Args:
        environment: The environment.
        which: Finds a program, as `shutil.which`.
    """
    remote = any(environment.get(name) for name in _REMOTE)
    tools = [
        tool
        for tool, needs in _CLIPBOARD_TOOLS
        if not remote and (not needs or environment.get(needs)) and which(tool) is not None
    ]
    beside = f" This machine has {tools[0]}, for what you copy by hand." if tools else ""
    return Finding(
        "clipboard",
        "look at this",
        "Selected text is handed to the terminal (OSC 52), which does not say whether it took it." + beside,
        "Try it once: select, Ctrl+C, paste elsewhere. If nothing comes, hold Shift (on a Mac Option) while selecting.",
    )


def keys(wanted: Sequence[str], heard: frozenset[str]) -> Finding:
    """Which keys came as themselves when they were pressed.

    Args:
        wanted: The keys as printed on a keyboard.
        heard: Those of them that came.
    """
    missing = [key for key in wanted if key not in heard]
    if not missing:
        return Finding("keys", "ok", f"All {len(wanted)} came as themselves.")
    return Finding(
        "keys",
        "look at this",
        f"{len(wanted) - len(missing)} of {len(wanted)} came as themselves; not {', '.join(missing)}.",
        "Your terminal or window manager may keep them for itself. Ctrl+P finds every act by name, and "
        "“cxworkshop keys” says how to give an act another key.",
    )
