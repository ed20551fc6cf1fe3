"""Short histories of a session, and what its state must be after each of their steps."""

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cxworkshop.domain.errors import SessionMissing
from cxworkshop.store.database import Database
from cxworkshop.store.disk import Disk
from cxworkshop.store.tables import document

State = dict[str, dict[str, dict[str, Any]]]

BEGINNING: State = {"session": {"session": {"title": "CX maturity"}}, "participants": {"p1": {"voted": False}}}
SECRET = "Zed-said-this"
"""Stands in every document before a sealing, and must stand in no file after it."""


SUCCESSOR = "later"
"""The table that is written to after a crash."""
HARMLESS = {"give up", "revise", "remove", "drop", "reopen"}
"""Kinds of steps that write no secret."""


class GivenUp(Exception):
    """Raised inside a transaction that is to leave nothing behind."""


@dataclass(frozen=True)
class Step:
    """One thing done to a session.

    Attributes:
        kind: what it is.
        key: the id of the document it is done to.
        size: how much text the document holds.
    """

    kind: str
    key: str
    size: int = 0

    def fields(self) -> dict[str, Any]:
        return {"of": SECRET, "key": self.key, "text": "é\n" * self.size}

    def on(self, database: Database) -> None:
        """Do it; returning is the acknowledgement."""
        kinds: dict[str, Callable[[Database], object]] = {
            "cast": self._cast,
            "revise": self._revise,
            "remove": self._remove,
            "both": self._both,
            "several": self._several,
            "give up": self._give_up,
            "seal": self._seal,
            "drop": lambda each: each.drop_table("discussion"),
            "reopen": lambda each: each.reopen(),
            "note": lambda each: each.table("discussion").upsert(document(self.key, self.fields())),
        }
        kinds[self.kind](database)

    def _cast(self, database: Database) -> None:
        database.table("ballots").upsert(document(self.key, self.fields()))

    def _revise(self, database: Database) -> None:
        database.table("ballots").update({"revised": self.size}, doc_ids=[self.key])

    def _remove(self, database: Database) -> None:
        database.table("ballots").remove(doc_ids=[self.key])

    def _both(self, database: Database) -> None:
        with database.transaction():
            self._cast(database)
            database.table("participants").upsert(document(self.key, {"voted": True, "of": SECRET}))

    def _several(self, database: Database) -> None:
        database.table("ballots").insert_multiple(
            document(f"{self.key}-{number}", self.fields()) for number in range(self.size)
        )

    def _give_up(self, database: Database) -> None:
        with suppress(GivenUp), database.transaction():
            self._cast(database)
            raise GivenUp

    def _seal(self, database: Database) -> None:
        with database.transaction():
            database.seal(sealed(dict(database.storage.read() or {})))

    def after(self, state: State) -> State:
        """The state that follows from another one."""
        tables = {name: dict(table) for name, table in state.items()}
        ballots = tables.setdefault("ballots", {})
        fields = self.fields()
        if self.kind in {"cast", "both"}:
            ballots[self.key] = {**ballots.get(self.key, {}), **fields}
        if self.kind == "both":
            participants = tables.setdefault("participants", {})
            participants[self.key] = {**participants.get(self.key, {}), "voted": True, "of": SECRET}
        if self.kind == "revise" and self.key in ballots:
            ballots[self.key] = {**ballots[self.key], "revised": self.size}
        if self.kind == "remove":
            ballots.pop(self.key, None)
        if self.kind == "several":
            ballots.update({f"{self.key}-{number}": fields for number in range(self.size)})
        if self.kind == "note":
            tables.setdefault("discussion", {})[self.key] = fields
        if self.kind == "drop":
            tables.pop("discussion", None)
        if self.kind == "seal":
            return tidy(sealed(tables))
        return tidy(tables)


def sealed(tables: dict[str, Any]) -> State:
    """The state without whatever tells who said it."""
    return {
        name: {
            f"s{number}": {key: value for key, value in fields.items() if key not in {"of", "key"}}
            for number, fields in enumerate(sorted(table.values(), key=repr))
        }
        for name, table in tables.items()
    }


def tidy(tables: State) -> State:
    """The same without empty tables, of which it does not matter whether they are there."""
    return {name: table for name, table in tables.items() if table}


@dataclass(frozen=True)
class History:
    """Steps, each with the state after it; `states[0]` is that of the beginning."""

    steps: tuple[Step, ...]
    states: tuple[State, ...] = field(init=False)

    def __post_init__(self) -> None:
        states = [BEGINNING]
        for step in self.steps:
            states.append(step.after(states[-1]))
        object.__setattr__(self, "states", tuple(states))

    def run(self, folder: Path, disk: Disk, acknowledge: Callable[[int], None]) -> None:
        """Make the session and go through the steps, telling how many are done after each, 0 for the making."""
        database = Database.create(folder, BEGINNING, disk=disk)
        acknowledge(0)
        for number, step in enumerate(self.steps, 1):
            step.on(database)
            acknowledge(number)
        database.close()

    def is_nameless(self, number: int, begun: int) -> bool:
        """Whether nothing with the secret in it can be on the disk: it was sealed, and none was written since.

        Args:
            number: the state the session is in.
            begun: how many steps were begun; the last may have left torn bytes.
        """
        kinds = [step.kind for step in self.steps[:number]]
        while kinds and kinds[-1] in HARMLESS:
            kinds.pop()
        under_way = {step.kind for step in self.steps[number:begun]}
        return bool(kinds) and kinds[-1] == "seal" and under_way <= {*HARMLESS, "seal"}

    def allowed(self, acknowledged: int) -> list[int]:
        """The states a crash may leave: all that was acknowledged, and at most the one step under way beside it."""
        return [number for number in (acknowledged, acknowledged + 1) if 0 <= number < len(self.states)]


def history(seed: int, length: int = 8) -> History:
    """A random history: the same for the same seed. There is at least one sealing in it."""
    chance = random.Random(seed)
    kinds = ["cast", "cast", "revise", "remove", "both", "several", "give up", "seal", "drop", "note"]
    steps = [
        Step(
            chance.choice(kinds),
            chance.choice("abcd") + ("" if chance.random() < 0.7 else str(number)),
            chance.randrange(30),
        )
        for number in range(length)
    ]
    steps = [
        Step("several", f"{step.key}{number}", step.size % 5) if step.kind == "several" else step
        for number, step in enumerate(steps)
    ]
    steps[chance.randrange(length // 2, length)] = Step("seal", "x")
    return History(tuple(steps))


def state_of(folder: Path, disk: Disk | None = None) -> tuple[State, bool] | None:
    """What a newcomer finds: the state and whether it may be written; None where there is no session."""
    try:
        database = Database(folder, disk=disk)
    except SessionMissing:
        return None
    tables = {name: {str(found.doc_id): dict(found) for found in database.table(name)} for name in database.tables()}
    writable = not database.read_only
    database.close()
    return tidy(tables), writable


def complaint(done: History, acknowledged: int, folder: Path, disk: Disk | None = None) -> str:
    """What is wrong with the session after a crash, as a newcomer finds it; empty where nothing is.

    Args:
        done: what was being done.
        acknowledged: how many steps were; -1 if not even the making was.
        folder: where the session is.
        disk: how to look at it.
    """
    found = state_of(folder, disk)
    if found is None:
        return "" if acknowledged < 0 else "the session is gone"
    state, writable = found
    if not writable:
        return "the session may only be read"
    state.pop(SUCCESSOR, None)
    numbers = [number for number in done.allowed(acknowledged) if done.states[number] == state]
    return "" if numbers else f"after {acknowledged} of {done.steps}: {state}"


def complaint_of_successor(done: History, acknowledged: int, folder: Path, disk: Disk | None = None) -> str:
    """What is wrong after somebody else has written on; empty where nothing is."""
    before = state_of(folder, disk)
    if before is None:
        return ""
    database = Database(folder, disk=disk)
    database.table(SUCCESSOR).insert(document("later", {"text": "goes on"}))
    database.close()
    after = state_of(folder, disk)
    if after is None or after[0] != {**before[0], SUCCESSOR: {"later": {"text": "goes on"}}}:
        return f"{before} became {after}"
    nameless = all(
        done.is_nameless(number, acknowledged + 1)
        for number in done.allowed(acknowledged)
        if done.states[number] == before[0]
    )
    for name in (disk or Disk()).names(folder) if nameless else []:
        if SECRET.encode() in content(folder / name, disk or Disk()):
            return f"older bytes are left in {name}"
    return ""


def content(path: Path, disk: Disk) -> bytes:
    """All bytes of a file, read through a disk."""
    descriptor = disk.open(path, 0)
    try:
        return disk.read(descriptor, 1 << 24, 0)
    finally:
        disk.close(descriptor)
