"""The coach of a practice session: what to do next, in one line, by what has been done already.

A sentence names keys by the ids of their acts, in square brackets, so that it stays true where keys were changed.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from cxworkshop.domain.comparison import figures_shown
from cxworkshop.domain.ratings import candidates_in
from cxworkshop.domain.session import Session, Step
from cxworkshop.tui.acts import Act, find_act

LONGEST = 68
"""Cells that a sentence takes at most, so that it fits beside its word into the narrowest window."""

_NAMED = re.compile(r"\[([a-z._]+)\]")


class CoachLine(Widget):
    """One line above the keys; not there outside practice, or where the coach was switched off."""

    DEFAULT_CSS = """
    CoachLine { height: 1; width: 1fr; padding: 0 1; background: $surface; color: $foreground; display: none; }
    CoachLine.-shown { display: block; }
    """

    said: reactive[str] = reactive("")

    def tell(self, sentence: str) -> None:
        """Say a sentence; empty says nothing and takes the line away."""
        self.said = sentence
        self.set_class(bool(sentence), "-shown")

    def render(self) -> Content:
        """The coach's word and the sentence."""
        line = Content.assemble((" Coach ", "bold $accent"), " ", self.said)
        return line.truncate(self.content_size.width, ellipsis=True)


def coached(session: Session, ballots: int, acts: Sequence[Act]) -> str:
    """What the coach says now, with the keys as they are on this keyboard.

    Args:
        session: The practice session.
        ballots: Ballots in the round that was opened last.
        acts: The acts at the present step.
    """
    return _NAMED.sub(lambda named: find_act(acts, named[1]).key_text, advice(session, ballots))


def named_acts(sentence: str) -> list[str]:
    """Ids of the acts that a sentence of `advice` names."""
    return _NAMED.findall(sentence)


def advice(session: Session, ballots: int) -> str:
    """What to do next, with ids of acts for their keys."""
    return next(sentence for fits, sentence in _AT[session.live.step](session, ballots) if fits)


Advices = Iterator[tuple[bool, str]]
"""Sentences, each with whether it fits; the first that does is said."""


def _state(session: Session, kind: str) -> str:
    """How the last round stands where it is of a kind and not revealed; else empty."""
    held = session.rounds[-1] if session.rounds else None
    return held.state if held is not None and held.kind == kind and held.state != "revealed" else ""


def _prepare(session: Session, _ballots: int) -> Advices:
    yield bool(session.rounds), "What was agreed stands. Now press [step.next] to go on."
    yield True, "Look around: Enter changes a line. Now press [step.next] to go on."


def _welcome(_session: Session, _ballots: int) -> Advices:
    yield True, "Read the Say lines aloud; [step.script] has all. Now press [step.next]."


def _self_test(session: Session, ballots: int) -> Advices:
    open_now = _state(session, "self_test") == "open"
    waiting = ballots < len(session.participants)
    yield not session.rounds, "Now press [round.open] to open the vote; practice people vote alone."
    yield open_now and waiting, "You see how many are in, never what. Wait until all of them are."
    yield open_now, "All are in. Now press [round.close] to close; [app.undo] takes that back."
    yield _state(session, "self_test") == "closed", "Closed, not yet shown. Now press [step.next] for the reveal."
    yield True, "This vote was revealed. Now press [step.next] to go on."


def _reveal(session: Session, _ballots: int) -> Advices:
    first = "" if session.revealed_rounds else _state(session, "self_test")
    view = session.live.view
    yield not session.rounds, "Nothing was voted yet. Now press [step.previous] to go back."
    yield first == "open", "The vote is open still. Now press [reveal.close] to close it."
    yield first == "closed", "Now press [reveal.reveal], then Tab and Enter: all see it at once."
    yield view == "map", "Four corners, each with its advice. Now press [reveal.items]: the items."
    yield view == "items", "Worst first; Enter opens one. Now press [step.next] to talk about them."
    yield view == "item", "The list is under [reveal.items]. Now press [step.next] to talk about them."
    yield view == "levels", "How leaders and others see it. Now press [step.next] to go on."
    yield True, "The figure that all wait for. Now press [reveal.map] for the map."


def _disagreements(session: Session, ballots: int) -> Advices:
    state = _state(session, "self_test")
    decided = [each.item for each in session.discussion.values() if each.outcome != "open"]
    yield not session.revealed_rounds, "This comes after the reveal. Now press [step.previous] to go back."
    yield state == "open" and ballots < len(session.participants), "They vote again on this item; wait for them."
    yield state == "open", "All are in. Now press [again.close] to close the vote."
    yield state == "closed", "Now press [again.reveal], then Tab and Enter, to see both rounds."
    yield _voted_again(session), "Both votes are shown: [item.settle] settles it, [item.park] parks both positions."
    yield not session.discussion, "Ask what the script says. Now press [item.note] for what was said."
    yield not decided, "[item.settle] if it is settled, [item.park] parks it, [item.again] votes again."
    yield session.live.item in (*decided, ""), "Now press [queue.next] for the next; [step.next] when time is up."
    yield True, "[timer.toggle] starts the item's minutes; [step.next] goes on when time is up."


def _voted_again(session: Session) -> bool:
    """Whether the last vote was a second one, of an item in focus that still waits for its outcome."""
    item, held = session.live.item, session.rounds[-1] if session.rounds else None
    again = held is not None and held.kind == "self_test" and held.number > 1 and item in held.items
    return again and (item not in session.discussion or session.discussion[item].outcome == "open")


def _compare(session: Session, _ballots: int) -> Advices:
    yield not session.revealed_rounds, "This comes after the reveal. Now press [step.previous] to go back."
    yield not figures_shown(session), "Talk first: [step.previous] goes back, [figures.show] shows them anyway."
    yield True, "Others' figures come last, to lead nobody. Now press [step.next]."


def _plan(session: Session, ballots: int) -> Advices:
    dots, ratings = _state(session, "dots"), _state(session, "ratings")
    voted = any(candidates_in(held) for held in session.rounds)
    chosen = any(candidate.chosen for candidate in session.candidates.values())
    yield not session.revealed_rounds, "A plan answers what was voted. [step.previous] goes back."
    yield bool(dots) and ballots < len(session.participants), "They place their dots; wait until all have."
    yield bool(dots), "All dots are in. Now press [vote.close] to close and show them."
    yield bool(ratings) and ballots < len(session.participants), "They rate the candidates; wait until all have."
    yield bool(ratings), "All ratings are in. Now press [vote.close] to close and show them."
    yield not session.candidates, "Now press [candidate.propose]: what was voted makes the list."
    yield len(session.candidates) > 1 and not voted, "Now press [dots.open]: all place dots on what matters most."
    yield not chosen, "Now press [candidate.choose] on the first one, to make it a priority."
    yield not session.actions, "Now press [action.suggest] for a suggestion, or [action.add] for your own."
    yield True, "One owner and a date each. Now press [step.next] for the last step."


def _close(session: Session, ballots: int) -> Advices:
    state = _state(session, "feedback")
    closing = session.closing
    yield state == "open" and ballots < len(session.participants), "They answer the last question; wait for them."
    yield state == "open", "All are in. Now press [feedback.close] to close it."
    yield state == "closed", "Now press [feedback.show] for the answers."
    yield not closing.strategy_owner or closing.repeat is None, "Enter on a line: name an owner, and the next day."
    yield True, "[document.export] writes the plan to a file; [app.leave] ends the practice."


_AT: dict[Step, Callable[[Session, int], Advices]] = {
    Step.PREPARE: _prepare,
    Step.WELCOME: _welcome,
    Step.SELF_TEST: _self_test,
    Step.REVEAL: _reveal,
    Step.DISAGREEMENTS: _disagreements,
    Step.COMPARE: _compare,
    Step.PLAN: _plan,
    Step.CLOSE: _close,
}
