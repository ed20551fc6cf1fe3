"""What the console does about those who vote: their terminals, who is let in next, and simulated people."""

from typing import TYPE_CHECKING, Any

from cxworkshop.domain.session import Step
from cxworkshop.tui.console.terminals_line import TerminalsLine, named

if TYPE_CHECKING:
    from textual.screen import Screen

    from cxworkshop.domain.session import Session
    from cxworkshop.facilitation.ports import Services, SessionStore, TerminalStatus
    from cxworkshop.tui.app import CxApp

    _Base = Screen[None]
else:
    _Base = object

SIMULATED_PERIOD = 0.4
"""Seconds between the votes of simulated people in a practice session."""

PEOPLE_A_TICK = 40
"""So many simulated people make one more of them vote at a time."""


class VoterActs(_Base):
    """A screen from which a vote is looked after; of what is voted it knows the number of ballots alone."""

    services: "Services"
    store: "SessionStore"
    session: "Session"

    @property
    def app_base(self) -> "CxApp[Any]":
        """The application, as the edge where refusals are shown."""
        raise NotImplementedError

    def let_simulated_people_vote(self) -> None:
        """From now on let simulated people vote whenever a round is open, in a practice session."""
        if self.session.about.rehearsal:
            self.set_interval(SIMULATED_PERIOD, self.simulate)

    def ballots_now(self) -> int:
        """So many ballots are in the first vote's box."""
        first = next((held for held in self.session.rounds if held.kind == "self_test"), None)
        return self.store.box.count(first.key) if first is not None else 0

    def tell_terminals(self) -> None:
        """Show what the voting terminals are doing, wherever a vote is open or about to be."""
        votes = self.session.open_round is not None or self.session.live.step is Step.SELF_TEST
        terminals = self.store.terminals.present() if votes else ()
        self.query_one(TerminalsLine).tell(terminals, self.services.clock())

    def simulate(self) -> None:
        """In a practice session let the next simulated people vote."""
        if self.session.open_round is None:
            return
        from cxworkshop.facilitation.rehearsal import vote_next  # noqa: PLC0415 (practice only)

        for _ in range(1 + len(self.session.participants) // PEOPLE_A_TICK):
            if not self.app_base.attempt(lambda: vote_next(self.store, random=self.services.random)):
                return

    def do_voter_next(self) -> None:
        """Let the next person begin where one waits; where several do, the one that has waited longest is on top."""
        terminals = self.store.terminals
        waiting = sorted((each for each in terminals.present() if each.doing == "waiting"), key=lambda each: each.since)
        if len(waiting) > 1:
            from cxworkshop.tui.widgets.choosing import Choice, PickDialog  # noqa: PLC0415 (met where several wait)

            choices = [Choice(each, named(each)) for each in waiting]
            self.app.push_screen(PickDialog("Where may the next person begin?", choices), self._release)
        elif waiting:
            self._release(waiting[0])
        else:
            self.notify("No terminal is waiting: somebody is voting, or the next person may begin already.")

    def _release(self, terminal: "TerminalStatus | None") -> None:
        if terminal is not None:
            self.store.terminals.release(terminal)
            self.notify(f"{named(terminal)}: the next person may begin.")
