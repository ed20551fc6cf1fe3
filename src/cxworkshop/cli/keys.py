"""The command that lists the keys in the form in which they can be changed."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cxworkshop.cli.frame import command
from cxworkshop.cli.output import note, say
from cxworkshop.cli.settings import read_settings, settings_file

if TYPE_CHECKING:
    from cxworkshop.tui.keymap import Keymap

_HEAD = """\
# The keys of all screens. To change some, keep their lines under [keys] in
#   {path}
# Names of keys: letters, digits, f1 to f10, plus, minus, slash, ctrl+ with a letter other than h, i, m.
# Ctrl+P always opens the list of acts, and Ctrl+Q always leaves."""


@command("keys")
@click.argument("file", required=False)
def keys(file: str | None) -> None:
    """List every act with its keys, in the form in which the file of settings changes them.

    With FILE, check that file and list the keys as it makes them.
    """
    path = settings_file() if file is None else Path(file)
    settings = read_settings(path, must_exist=file is not None)
    from cxworkshop.tui.keymap import keymap_of  # noqa: PLC0415 - loads the screens

    keymap = keymap_of(settings.keys)
    say(_listed(path, keymap))
    if file is not None:
        changed = len(keymap.changes)
        note(f"{file} can be used: it gives {changed} {'act' if changed == 1 else 'acts'} other keys.")


def _listed(path: Path, keymap: "Keymap") -> str:
    from cxworkshop.tui.every_act import every_act  # noqa: PLC0415 - loads the screens

    lines = [_HEAD.format(path=path), "", "[keys]"]
    heading = ""
    for place, act in every_act():
        if place != heading:
            heading = place
            lines += ["", f"# {place}"]
        keyed = keymap.keyed([act])[0]
        line = f"{json.dumps(act.id)} = {json.dumps(list(keyed.keys))}"
        lines.append(f"{line:44} # {act.label}: {act.tooltip}")
    return "\n".join(lines)
