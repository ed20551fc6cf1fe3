"""The acts around an open vote that several steps share: handing this terminal over, keying in paper ballots."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cxworkshop.domain.ratings import candidates_in
from cxworkshop.domain.rounds import vote_title
from cxworkshop.domain.session import Round, Session, Step
from cxworkshop.domain.wording import step_title
from cxworkshop.facilitation.ports import SessionStore
from cxworkshop.facilitation.revealing import close_round, drop_round, reopen_round
from cxworkshop.tui.acts import Act
from cxworkshop.tui.keymap import with_keys

if TYPE_CHECKING:
    from cxworkshop.tui.console.steps.base import StepView

    _Base = StepView
else:
    _Base = object


_NAMES_SHOWN = 8


def nothing_open(session: Session) -> str | None:
    """Why nobody can vote now, or None."""
    if session.open_round is not None:
        return None
    if session.live.step is Step.SELF_TEST and not session.rounds:
        return with_keys("No vote is open now; [o:round.open] opens it.")
    return "No vote is open now."


def step_of(held: Round) -> Step:
    """The step at which a round is opened, closed and revealed."""
    if held.kind == "self_test":
        return Step.SELF_TEST if held.number == 1 else Step.DISAGREEMENTS
    return Step.PLAN if candidates_in(held) else Step.CLOSE


def something_open(session: Session) -> str | None:
    """Why no vote can be opened now, and where the open one is closed; None where none is open."""
    held = session.open_round
    if held is None:
        return None
    step = step_of(held)
    if step is session.live.step:
        return f"{vote_title(session, held)} is open; close it first."
    return with_keys(
        f"{vote_title(session, held)} is open; close it first, at step {step_title(step)} ([g:step.go] goes there)."
    )


def turnout(session: Session, ballots: int) -> str:
    """How many ballots are in, and of how many where somebody is missing.

    Where nobody is, all may have come without having been expected: then "1 of 1" would say too much.
    """
    expected = len(session.participants)
    if ballots < expected:
        return f"{ballots} of {expected} are in"
    return f"{ballots} {'is' if ballots == 1 else 'are'} in"


def close_question(missing: Sequence[str], count: int) -> tuple[str, str]:
    """The question before closing early, and what it means; names at most a few.

    Args:
        missing: Names of those who are not in; empty ones for codes, which are counted only.
        count: Ballots that are in.
    """
    if not count:
        return "Close the vote without a ballot?", with_keys(
            "No ballot is in. There is nothing to reveal then; [u:app.undo] opens it again."
        )
    meant = with_keys("Their ballots will not be counted. [u:app.undo] opens the vote again until the reveal.")
    return (
        f"Close the vote with {len(missing)} of {len(missing) + count} missing?",
        f"{missing_in_words(missing)} {meant}".strip(),
    )


def missing_in_words(missing: Sequence[str]) -> str:
    """Who is not in, by at most a few names; empty where nobody is missing, or codes are."""
    more = f" and {len(missing) - _NAMES_SHOWN} more" if len(missing) > _NAMES_SHOWN else ""
    return f"Missing: {', '.join(missing[:_NAMES_SHOWN])}{more}." if any(missing) else ""


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

    def close_vote(self, done: str) -> None:
        """Close the open vote, after a question where somebody is missing; `done` is told once it is closed."""
        held = self.session.open_round
        if held is None:
            return
        missing = self.missing(held)
        count = self.box.count(held.key)

        def close() -> None:
            said = done if count else with_keys("The vote is closed; [u:app.undo] opens it again.")
            self.call(close_round, done=said, undo=("the closing of the vote", reopen_round))

        if not missing and count:
            close()
            return
        if not count and step_of(held) is not Step.SELF_TEST:
            self.take_vote_back()
            return
        from cxworkshop.tui.widgets.choosing import ConfirmDialog  # noqa: PLC0415 (met only where somebody is missing)

        question, detail = close_question(missing, count)
        dialog = ConfirmDialog(question, detail, yes="Close the vote")
        self.app.push_screen(dialog, lambda sure: close() if sure else None)

    def take_vote_back(self) -> None:
        """Take back a vote without a ballot, after a question: it could be neither shown nor stand before another."""
        from cxworkshop.tui.widgets.choosing import ConfirmDialog  # noqa: PLC0415 (met rarely)

        question = "Take this vote back?"
        detail = "No ballot is in, so there is nothing to show. It will be as if it had not been opened."
        dialog = ConfirmDialog(question, detail, yes="Take it back")
        done = "The vote is taken back; it can be opened again."
        self.app.push_screen(dialog, lambda sure: self.call(_drop_last, done=done) if sure else None)

    def missing(self, held: Round) -> list[str]:
        """Names of those on the roster who are not in; empty ones for codes."""
        voted = self.box.voted(held.key)
        return [person.name for key, person in self.session.participants.items() if key not in voted]

    def _vote(self, *, paper: bool) -> None:
        from cxworkshop.tui.ballot.hand_over import HandOverScreen  # noqa: PLC0415 (pages are loaded when voters come)

        # What was told to the facilitator is not for the voters.
        self.app.clear_notifications()
        self.app.push_screen(HandOverScreen(self.services, self.store_for_voting, paper=paper))


def _drop_last(store: SessionStore) -> None:
    if store.session.open_round is None:
        reopen_round(store)
    drop_round(store)
