"""Voting again on the item in focus, by ballots or by show of hands: the acts of it in the disagreements."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cxworkshop.domain import rounds
from cxworkshop.domain.ballots import Tally
from cxworkshop.domain.errors import InvalidValue
from cxworkshop.domain.session import Round, Session
from cxworkshop.domain.wording import counted
from cxworkshop.facilitation.revealing import reveal_round
from cxworkshop.facilitation.voting_again import show_of_hands, vote_again
from cxworkshop.tui.acts import Act
from cxworkshop.tui.app import refusal_of
from cxworkshop.tui.console.steps.reading import doubted_once
from cxworkshop.tui.console.steps.voting_acts import VotingActs, something_open
from cxworkshop.tui.keymap import with_keys

if TYPE_CHECKING:
    from cxworkshop.tui.console.steps.base import StepView

    class _Base(VotingActs, StepView):
        pass
else:
    _Base = VotingActs

_DONT_KNOW = "dont_know"


def vote_again_round(session: Session) -> Round | None:
    """The round of a vote again that is open or waits for its reveal; None otherwise."""
    held = session.rounds[-1] if session.rounds else None
    pending = held is not None and held.kind == "self_test" and held.number > 1 and held.state != "revealed"
    return held if pending else None


def nothing_shown(session: Session) -> str | None:
    """Why there is nothing to talk about yet, or None."""
    if session.revealed_rounds:
        return None
    return with_keys("The disagreements show once round 1 is revealed; [PgUp:step.previous] goes back to the reveal.")


def not_now(session: Session) -> str | None:
    """Why no vote again can be opened now, or None."""
    held = vote_again_round(session)
    if session.open_round is not None and session.open_round != held:
        return something_open(session)
    if session.open_round is not None:
        return with_keys(f"{rounds.vote_title(session, session.open_round)} is open; [x:again.close] closes it.")
    if held is not None:
        return with_keys("A vote again waits for its reveal: [r:again.reveal] reveals it, [u:app.undo] opens it again.")
    return nothing_shown(session)


def _nothing_to_close(session: Session) -> str | None:
    held = vote_again_round(session)
    if held is not None and held.state == "open":
        return None
    return nothing_shown(session) or with_keys("No vote again is open; [v:item.again] opens one.")


def _nothing_to_reveal(session: Session) -> str | None:
    held = vote_again_round(session)
    if held is None and not session.revealed_rounds:
        return nothing_shown(session)
    if held is None:
        return with_keys("There is no vote again to reveal; [v:item.again] opens one.")
    return None if held.state == "closed" else with_keys("The vote again is still open; [x:again.close] closes it.")


AGAIN_ACTS: tuple[Act, ...] = (
    Act(
        "again.hand_over",
        ("o",),
        "hand over",
        "Hand this terminal to the voters of the vote again.",
        priority=1,
        refusal=_nothing_to_close,
    ),
    Act(
        "again.close",
        ("x",),
        "close vote",
        "Close the vote again; that can be undone until its reveal.",
        priority=2,
        refusal=_nothing_to_close,
    ),
    Act(
        "again.reveal",
        ("r",),
        "reveal vote",
        "Seal the ballots of the vote again and show them.",
        priority=3,
        refusal=_nothing_to_reveal,
    ),
)
"""While a vote again is under way."""


class VotingAgainActs(_Base):
    """Opens, closes and reveals votes again; the view says which item is in focus."""

    _item: str

    def _voting(self, session: Session) -> str:
        held = vote_again_round(session)
        if held is None:
            return ""
        count = self.box.count(held.key)
        if held.state == "closed":
            return with_keys(
                f"The vote again is closed with {counted(count, 'ballot')}: "
                "[r:again.reveal] reveals it, [u:app.undo] opens it again."
            )
        people = len(session.participants)
        turnout = f"{count} of {people} are in" if people else f"{counted(count, 'ballot')} in"
        if people and count >= people:
            return with_keys(
                f"Voting again: {turnout} – all are in. Reveal? [x:again.close] closes the vote, then [r:again.reveal]."
            )
        return with_keys(
            f"Voting again: {turnout}. [o:again.hand_over] hands this terminal over, [x:again.close] closes the vote."
        )

    def do_item_again(self) -> None:
        """Open a round on this item."""
        item = self._item
        if not item:
            return
        refused = refusal_of(lambda: vote_again(self.box, [item])(self.session))
        if refused is not None:
            self.notify(refused, title="Not done", severity="warning")
            return
        from cxworkshop.tui.widgets.choosing import ConfirmDialog  # noqa: PLC0415 (met now and then)

        self.app.push_screen(
            ConfirmDialog(
                "Put this item to the vote again?",
                f"{self.session.content.item(item).text}\n\nWhat was voted before stays and is shown beside it. "
                + with_keys("Has something new come up? If not, [p:item.park] parks it with both positions."),
                yes="Vote again",
            ),
            lambda sure: self.change("the vote again", vote_again(self.box, [item])) if sure else None,
        )

    def do_again_hand_over(self) -> None:
        """Voters have the keyboard until the key phrase is given."""
        self.do_ballot_hand_over()

    def do_again_close(self) -> None:
        """Close the vote again."""
        self.close_vote(with_keys("The vote is closed. [r:again.reveal] reveals it; [u:app.undo] opens it again."))

    def do_again_reveal(self) -> None:
        """Reveal the vote again, after a question."""
        held = vote_again_round(self.session)
        if held is None:
            return
        if not self.box.count(held.key):
            self.take_vote_back()
            return
        from cxworkshop.tui.console.steps.reveal import reveal_question  # noqa: PLC0415 (met once in a vote)
        from cxworkshop.tui.widgets.choosing import ConfirmDialog  # noqa: PLC0415 (as above)

        missing = len(self.session.participants.keys() - self.box.voted(held.key))
        question, detail = reveal_question(self.session.rules, self.box.count(held.key), missing)
        self.app.push_screen(
            ConfirmDialog(question, detail, yes="Reveal"),
            lambda sure: self.call(reveal_round, final=True) if sure else None,
        )

    def do_item_hands(self) -> None:
        """Key in how many hands each option got."""
        item = self._item
        if not item:
            return
        scale = self.session.content.item(item).scale
        options = scale.options
        one_hand = Tally((1, *(0 for _ in options[1:])))
        refused = refusal_of(lambda: show_of_hands(self.box, {item: one_hand})(self.session))
        if refused is not None:
            # Before anybody counts hands.
            self.notify(refused, title="Not done", severity="warning")
            return
        from cxworkshop.tui.widgets.typing_dialogs import Field, FormDialog  # noqa: PLC0415 (as above)

        named = [f"{each.number} {each.words}".rstrip() for each in scale.called]
        fields = [Field(str(place), label) for place, label in enumerate(named, start=1)]

        doubt = doubted_once(lambda typed: self._more_hands_than_people(read_tally(typed, len(options))))

        def take(typed: dict[str, str] | None) -> None:
            if typed is not None:
                tally = read_tally(typed, len(options))
                self.change("the show of hands", show_of_hands(self.box, {item: tally}))

        self.app.push_screen(
            FormDialog(
                "Hands for each option",
                [*fields, Field(_DONT_KNOW, "Don't know")],
                said="All at the same time; count, then key in. An empty field counts as none.",
                draft=f"hands/{item}",
                check=lambda typed: (
                    refusal_of(lambda: show_of_hands(self.box, {item: read_tally(typed, len(options))})(self.session))
                    or doubt(typed)
                ),
            ),
            take,
        )

    def _more_hands_than_people(self, tally: Tally) -> str | None:
        """That more hands were counted than there are people, who may raise one each; None where it is not so."""
        hands = sum(tally.counts) + tally.dont_know
        people = max(len(self.session.participants), self.box.count(self.session.rounds[0].key))
        return f"That is {hands} hands, and {counted(people, 'person', 'people')} voted." if hands > people else None


def read_tally(typed: Mapping[str, str], options: int) -> Tally:
    """Hands per option as they were typed; an empty field is none.

    Raises:
        InvalidValue: A field is no number of people.
    """
    numbers: list[int] = []
    for name in (*(str(place) for place in range(1, options + 1)), _DONT_KNOW):
        text = typed.get(name, "").strip() or "0"
        if not (text.isascii() and text.isdigit() and len(text) <= 4):
            raise InvalidValue("Give the number of hands as a whole number; an empty field counts as none.")
        numbers.append(int(text))
    return Tally(tuple(numbers[:-1]), numbers[-1])
