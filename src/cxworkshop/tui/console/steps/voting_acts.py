"""The acts around an open vote that several steps share: handing this terminal over, keying in paper ballots."""

from typing import TYPE_CHECKING

from cxworkshop.domain.session import Session
from cxworkshop.tui.acts import Act

if TYPE_CHECKING:
    from cxworkshop.tui.console.steps.base import StepView

    _Base = StepView
else:
    _Base = object


def nothing_open(session: Session) -> str | None:
    """Why nobody can vote now, or None."""
    return None if session.open_round is not None else "No vote is open now."


HAND_OVER_ACTS: tuple[Act, ...] = (
    Act(
        "ballot.hand_over",
        ("h",),
        "hand over",
        "Hand this terminal to the voters; the key phrase takes it back.",
        priority=7,
        refusal=nothing_open,
    ),
    Act(
        "ballot.key_in",
        ("k",),
        "key in paper",
        "Key in ballots that were filled in on paper.",
        priority=15,
        refusal=nothing_open,
    ),
)
"""For the `ACTS` of a step at which people vote; `VotingActs` does them."""


class VotingActs(_Base):
    """Puts the voting pages over the console."""

    def do_ballot_hand_over(self) -> None:
        """Voters have the keyboard until the key phrase is given."""
        self._vote(paper=False)

    def do_ballot_key_in(self) -> None:
        """The facilitator keys in sheets; Esc leaves."""
        self._vote(paper=True)

    def _vote(self, *, paper: bool) -> None:
        from cxworkshop.tui.ballot.hand_over import HandOverScreen  # noqa: PLC0415 (pages are loaded when voters come)

        # What was told to the facilitator is not for the voters.
        self.app.clear_notifications()
        self.app.push_screen(HandOverScreen(self.services, self.store_for_voting, paper=paper))
