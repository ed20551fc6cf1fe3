"""Every command with the module it stands in and its line in the help: all that is known before one is called."""

from collections.abc import Mapping
from typing import NamedTuple


class Entry(NamedTuple):
    """Where a command stands, as module and name in `cxworkshop.cli`, and what it does in a line."""

    module: str
    name: str
    line: str


COMMANDS: Mapping[str, Entry] = {
    "rehearse": Entry("practice", "rehearse", "Practise with simulated people, apart from real sessions."),
    "new": Entry("sessions", "new", "Prepare a session; prints its id."),
    "list": Entry("sessions", "list_sessions", "List the sessions."),
    "run": Entry("terminals", "run", "Open the facilitator's console."),
    "vote": Entry("terminals", "vote", "Make this terminal a shared voting terminal."),
    "screen": Entry("projector", "screen", "Show the room what it may see, on the projector."),
    "sheet": Entry("documents", "sheet", "Write a blank ballot for people who are not in the room."),
    "import": Entry("rounds", "import_ballots", "Take in ballots from a CSV file."),
    "close-round": Entry("rounds", "close_round", "Close the open round, and reveal it if asked to."),
    "reopen-round": Entry("rounds", "reopen_round", "Take the closing of a round back, before its reveal."),
    "results": Entry("documents", "results", "Show the results of a revealed round."),
    "export": Entry("documents", "export", "Write the plan or the report."),
    "backup": Entry("backups", "backup", "Write a whole session to a file."),
    "restore": Entry("backups", "restore", "Make a session of a backup; prints its id."),
    "packs": Entry("packs", "packs", "List, show, check and begin content packs."),
    "keys": Entry("keys", "keys", "List every act with its keys, and check a file with other ones."),
    "doctor": Entry("doctor", "doctor", "Say what will work in the room, and restore a broken terminal."),
}
"""By the word typed, in the order of a session."""
