"""The clock of the sitting: when it runs, what it does not count, and what is shown of it."""

from typing import TYPE_CHECKING

from cxworkshop.domain import flow
from cxworkshop.domain.wording import counted
from cxworkshop.tui.console.header import HeaderLine
from cxworkshop.tui.console.rail import Rail

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

    from cxworkshop.domain.session import Session, Timer
    from cxworkshop.facilitation.ports import Services, SessionStore

    _Base = Screen[None]
else:
    _Base = object

SIGN_OF_LIFE = 20.0
"""Seconds between signs that the console is running, as a file's time: no commit, and not waited for."""

CLOCK_PERIOD = 1.0

BEGINNING = 0.5
"""Seconds after the first frame at which the clock of the sitting begins."""


class SittingClock(_Base):
    """A screen that lets the clock of the sitting run, and stops it when it is left."""

    services: "Services"
    store: "SessionStore"
    session: "Session"

    _rung: "Timer | None" = None
    _began = False
    _resting = False

    def apply(self, transition: "Callable[[Session], Session]") -> bool:
        """Change the session without a way to undo it."""
        raise NotImplementedError

    def ballots_now(self) -> int:
        """So many ballots are in the first vote's box."""
        raise NotImplementedError

    def start_clocks(self) -> None:
        """Show the time from now on, and let the clock of the sitting begin a little later."""
        self.set_interval(CLOCK_PERIOD, self.tell_time)
        self.set_timer(BEGINNING, self.begin)

    @property
    def is_sitting(self) -> bool:
        """Whether the clock runs from this console: from its beginning until it is left."""
        return self._began and not self._resting

    def begin(self) -> None:
        """Let the clock of the sitting run, less what it ran without a console; the first frame does not wait."""
        self._began = True
        if self.store.read_only:
            return
        now, lived = self.services.clock(), self.store.terminals.console_lived()
        gone = flow.unattended(self.session, now, lived)
        if gone:
            minutes = counted(round(gone.total_seconds() / 60), "minute")
            self.notify(f"The console was gone for {minutes}; the agenda does not count them.", timeout=12)
            self.apply(lambda session: flow.go_on(session, now, lived))
        self.go_on()
        self.show_life()
        self.set_interval(SIGN_OF_LIFE, self.show_life)

    def go_on(self) -> None:
        """Let the clock of the sitting run, where it does not run yet."""
        if self.session.live.since is None and not self.store.read_only:
            self.apply(lambda session: flow.go_on(session, self.services.clock()))

    def show_life(self) -> None:
        """Leave the sign by which the next console knows how long this one was there."""
        self.store.terminals.console_lives(self.services.clock())

    def rest(self) -> None:
        """Stop the clock of the sitting, so that a pause between two openings of the console is not counted."""
        self._resting = True
        if not self.store.read_only:
            self.apply(lambda session: flow.rest(session, self.services.clock()))

    def tell_time(self) -> None:
        """Move the clock, the countdown and the agenda on; the end of a countdown is heard once."""
        now = self.services.clock()
        timer = self.session.live.timer
        over = timer is not None and flow.seconds_left(timer, now) <= 0
        if over and timer != self._rung:
            self.app.bell()
        self._rung = timer if over else None
        self.query_one(HeaderLine).tell(self.session, now)
        self.query_one(Rail).tell(self.session, self.ballots_now(), now)
