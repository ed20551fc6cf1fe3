"""The command that says what will work in the room, before people are in it."""

import json
import os
import shutil
import sys
from collections.abc import Iterator

import click

from cxworkshop.cli import place_findings, terminal_findings
from cxworkshop.cli.findings import Finding, as_lines, as_plain, worst
from cxworkshop.cli.frame import command
from cxworkshop.cli.output import note, say
from cxworkshop.cli.reset_terminal import reset_terminal
from cxworkshop.cli.terminals import UnfitTerminal, require_terminal
from cxworkshop.cli.wiring import Workshop, workshop

_SUMMARIES = {
    "ok": "All is well.",
    "look at this": "It will work; look at what is marked.",
    "will not work": "Some of it will not work here.",
}


@command("doctor")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option("--keys", "press_keys", is_flag=True, help="Also try the keys: you press each of them once.")
@click.option(
    "--reset-terminal", "reset", is_flag=True, help="Only restore a terminal that a killed program left broken."
)
def doctor(*, as_json: bool, press_keys: bool, reset: bool) -> int:
    """Look at terminal, colours, folder, lock, disk and clock, and say what to change.

    The exit code is 1 where something will not work.
    """
    if reset:
        return _restore()
    parts = workshop()
    heard = _pressed(parts) if press_keys else None
    findings = (*_terminal(heard), *_machine(parts))
    gravest = worst(findings)
    if as_json:
        say(json.dumps(as_plain(findings), ensure_ascii=False, indent=2))
    else:
        say("\n".join(as_lines(findings, _size()[0])))
        note(_SUMMARIES[gravest])
    return 1 if gravest == "will not work" else 0


def _restore() -> int:
    if not reset_terminal():
        raise UnfitTerminal("There is no terminal to restore: run it by hand in the broken window.")
    note("The terminal is restored. If letters still look wrong, close the window and open another.")
    return 0


def _terminal(heard: tuple[tuple[str, ...], frozenset[str]] | None) -> Iterator[Finding]:
    terminals = {
        name: stream is not None and stream.isatty()
        for name, stream in (("stdin", sys.stdin), ("stdout", sys.stdout), ("stderr", sys.stderr))
    }
    there = terminal_findings.streams(terminals, os.environ.get("TERM", ""))
    yield there
    if there.verdict != "will not work":
        yield terminal_findings.size(*_size())
        yield terminal_findings.colours(os.environ)
        yield terminal_findings.characters(os.environ)
        yield terminal_findings.clipboard(os.environ, shutil.which)
    if heard is not None:
        yield terminal_findings.keys(*heard)


def _size() -> tuple[int, int]:
    """As the screens take it; that of stderr where stdout is redirected."""
    try:
        columns, rows = os.get_terminal_size(sys.stderr.fileno())
    except (OSError, ValueError, AttributeError):
        columns, rows = 0, 0
    # Some terminals do not say.
    return (columns, rows) if columns and rows else shutil.get_terminal_size()


def _machine(parts: Workshop) -> Iterator[Finding]:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - no other command asks

    from cxworkshop.store.place import examine_place  # noqa: PLC0415 - as above

    def version_of(name: str) -> str | None:
        try:
            return version(name)
        except PackageNotFoundError:
            return None

    place = examine_place(parts.folder)
    yield from place_findings.folder(place)
    yield place_findings.lock(place)
    yield place_findings.disk(place)
    yield place_findings.clock(parts.clock())
    yield place_findings.libraries(version_of)


def _pressed(parts: Workshop) -> tuple[tuple[str, ...], frozenset[str]]:
    require_terminal()
    from cxworkshop.tui.key_check import run_key_check  # noqa: PLC0415 - loads Textual

    return run_key_check(parts.services)
