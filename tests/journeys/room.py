"""The room before a journey begins: a folder, a clock that stands still, chance that repeats, twelve people."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from click.testing import CliRunner

from cxworkshop.cli.frame import cxworkshop
from cxworkshop.cli.wiring import Workshop
from cxworkshop.facilitation.ports import SessionStore
from cxworkshop.tui.ballot.app import VoteApp
from cxworkshop.tui.console.app import ConsoleApp
from cxworkshop.tui.home.app import HomeApp
from cxworkshop.tui.projector.app import ProjectorApp

NINE = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)

ROSTER = """name,unit,level
Ana Šimić,Sales,Leadership
Ben Okafor,Sales,Leadership
Chloé Martin,Sales,Front line
David Roth,Sales,Front line
Eve Larsen,Sales,Front line
Finn O'Hara,Sales,Front line
Gus Weber,Service,Leadership
Hana Sato,Service,Leadership
Ivo Brandt,Service,Front line
امید کریمی,Digital,Leadership
Kim Young,Digital,Front line
"""
"""Eleven people; the twelfth is added in the console. Service and Digital are too small to be shown."""


@dataclass
class StandingClock:
    """A clock that moves only when it is told to."""

    now: datetime = NINE

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        """Let time pass."""
        self.now += timedelta(**by)


@dataclass
class Room:
    """A folder of sessions and everything that opens one: consoles and voting terminals are equals in it."""

    folder: Path
    clock: StandingClock = field(default_factory=StandingClock)
    opened: list[SessionStore] = field(default_factory=list)

    def command(self, *words: str | Path) -> str:
        """Call the program as a shell does; gives what it printed."""
        done = CliRunner().invoke(cxworkshop, ["--sessions", str(self.folder / "sessions"), *map(str, words)])
        assert done.exit_code == 0, (done.output, done.exception)
        return done.stdout.strip()

    def console(self, session: str) -> ConsoleApp:
        """A console on a session, as a new process would open it."""
        parts = self._parts(1 + len(self.opened))
        return ConsoleApp(parts.services, self._open(parts, session))

    def terminal(self, session: str) -> VoteApp:
        """A voting terminal on a session, as a new process would open it."""
        parts = self._parts(2 + len(self.opened))
        return VoteApp(parts.services, self._open(parts, session))

    def projector(self, session: str) -> ProjectorApp:
        """The screen on the wall, as a new process would open it."""
        parts = self._parts(2 + len(self.opened))
        return ProjectorApp(parts.services, self._open(parts, session))

    def home(self) -> HomeApp:
        """The home screen, as a new process would show it."""
        return HomeApp(self._parts(2 + len(self.opened)).services)

    def revealed(self, session: str, raised: Collection[str] = ()) -> None:
        """Ballots of eleven people come from a file; the round is closed and revealed by command.

        Args:
            session: Its id.
            raised: Ends of the ids of items that everybody answers two options higher.
        """
        rows = ["participant,unit,level,item,answer"]
        for line in ROSTER.splitlines()[1:]:
            given = next(answers for name, answers in ANSWERS.items() if line.startswith(name))
            for item in self._items(session):
                question = next(question for question in QUESTIONS if item.endswith(question))
                answer = given[question]
                if answer and question in raised:
                    answer = min(answer + 2, 5)
                rows.append(f"{line},{item},{'' if answer is None else answer or 'DK'}")
        ballots = self.folder / "ballots.csv"
        ballots.write_text("\n".join(rows), encoding="utf-8")
        self.command("import", session, ballots)
        self.command("close-round", session, "--reveal")

    def _items(self, session: str) -> list[str]:
        store = self._open(self._parts(0), session)
        return [item.id for item in store.session.content.items]

    def document(self, session: str, document: str, form: str = "markdown") -> str:
        """A document as the command line gives it."""
        return self.command("export", session, "--document", document, "--format", form)

    def close(self) -> None:
        """Let go of every session."""
        for store in self.opened:
            store.close()

    def _parts(self, seed: int) -> Workshop:
        parts = Workshop(self.folder / "sessions", Random(seed))
        parts.clock = self.clock
        return parts

    def _open(self, parts: Workshop, session: str) -> SessionStore:
        self.opened.append(parts.catalogue.open(session))
        return self.opened[-1]


Answers = Mapping[str, Any]
"""What one person answers, by the end of an item's id: an option, 0 for don't know, None to leave it out."""

QUESTIONS = ("stage", "who", "expectations", "organization", "culture", "listen-act", "measure", "barriers")
"""The ends of the ids of the eight items of the 45-minute agenda, in its order."""

_GIVEN: Mapping[str, tuple[int | None, ...]] = {
    "Ana": (2, 4, 5, 2, 4, 1, 1, 2),
    "Ben": (3, 4, 4, 2, 5, 2, 5, 3),
    "Chloé": (2, 5, 5, 2, 2, 1, 1, 2),
    "David": (2, 4, 4, 1, 1, 2, 5, 2),
    "Eve": (1, 4, 5, 2, 2, 1, 0, 2),
    "Finn": (2, 4, 5, 2, 2, 2, 4, None),
    "Gus": (2, 4, 1, 2, 4, 2, 1, 3),
    "Hana": (3, 5, 2, 5, 4, 1, 5, 2),
    "Ivo": (2, 4, 1, 2, 1, 1, 1, 2),
    "امید": (2, 4, 2, 1, 5, 2, 5, 3),
    "Kim": (2, 4, 1, 2, 2, 1, 2, 2),
    "Lee": (3, 4, 2, 2, 2, 2, 5, 2),
}

ANSWERS: Mapping[str, Answers] = {name: dict(zip(QUESTIONS, given, strict=True)) for name, given in _GIVEN.items()}
"""What the twelve answer: units apart on expectations, levels apart on culture, two camps on measuring, one lone voice
on the organisation; Eve does not know something, Finn leaves something out."""
