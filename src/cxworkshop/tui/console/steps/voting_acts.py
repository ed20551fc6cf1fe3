"""The acts around an open vote that several steps share: handing this terminal over, keying in paper ballots."""

from typing import TYPE_CHECKING

from cxworkshop.domain.rounds import round_title
from cxworkshop.domain.session import Round, Session, Step
from cxworkshop.domain.wording import step_title
from cxworkshop.tui.acts import Act

if TYPE_CHECKING:
    from cxworkshop.tui.console.steps.base import StepView

    _Base = StepView
else:
    _Base = object


def nothing_open(session: Session) -> str | None:
    """Why nobody can vote now, or None."""
    return None if session.open_round is not None else "No vote is open now."


def step_of(held: Round) -> Step:
    """The step at which a round is opened, closed and revealed."""
    if held.kind == "self_test":
        return Step.SELF_TEST if held.number == 1 else Step.DISAGREEMENTS
    return Step.PLAN if held.kind == "dots" else Step.CLOSE


def something_open(session: Session) -> str | None:
    """Why no vote can be opened now, and where the open one is closed; None where none is open."""
    held = session.open_round
    if held is None:
        return None
    step = step_of(held)
    if step is session.live.step:
        return f"{round_title(held)} is open; close it first."
    return f"{round_title(held)} is open; close it first, at step {step_title(step)} (g goes there)."


def turnout(session: Session, ballots: int) -> str:
    """How many ballots are in, and of how many where somebody is missing.

    Where nobody is, all may have come without having been expected: then "1 of 1" would say too much.
    """
    expected = len(session.participants)
    if ballots < expected:
        return f"{ballots} of {expected} are in"
    return f"{ballots} {'is' if ballots == 1 else 'are'} in"


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
