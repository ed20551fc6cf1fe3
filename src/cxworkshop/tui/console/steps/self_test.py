"""Step 3, Self-test: opening the vote, seeing who is in but never what, and closing it."""

from contextlib import nullcontext
from dataclasses import replace
from typing import Any, ClassVar, cast

from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from cxworkshop.domain import rounds
from cxworkshop.domain.session import Participant, Privacy, Round, Session, Step
from cxworkshop.domain.wording import counted
from cxworkshop.facilitation.acts import apply
from cxworkshop.facilitation.ports import SessionStore
from cxworkshop.facilitation.revealing import close_round, drop_round, reopen_round
from cxworkshop.facilitation.voting import release_participant
from cxworkshop.tui.acts import Act
from cxworkshop.tui.app import CxApp
from cxworkshop.tui.console.steps.base import StepView
from cxworkshop.tui.console.steps.voting_acts import (
    HAND_OVER_ACTS,
    VotingActs,
    nothing_open,
    something_open,
    step_of,
    turnout,
)
from cxworkshop.tui.keymap import with_keys
from cxworkshop.tui.said_groups import unit_and_level
from cxworkshop.tui.widgets.hanging import HangingText
from cxworkshop.tui.widgets.prompting import PROMPT_INDENT, prompt_lines
from cxworkshop.tui.widgets.sheet import Row, Sheet

_LONG_TOLD = 12
"""Seconds for which is told what came in."""

_NO_CODES = "Codes are for the anonymous mode; the line Privacy at Prepare chooses it, until the first ballot is in."

_MANY_PEOPLE = 200
"""People from which the roll follows the count instead of holding it up."""


def _held_already(session: Session) -> str | None:
    if session.open_round is not None:
        return f"{rounds.vote_title(session, session.open_round)} is open already."
    if rounds.self_test_rounds(session):
        return "Round 1 was held. Single items are put to the vote again at Disagreements."
    return None


def _nothing_to_reopen(session: Session) -> str | None:
    if session.rounds and session.rounds[-1].state == "closed":
        return None
    return "There is no closed round to reopen; what was revealed stays as it is."


def _not_anonymous(session: Session) -> str | None:
    return None if session.rules.privacy is Privacy.ANONYMOUS else _NO_CODES


class SelfTestView(VotingActs, StepView):
    """How many are in, and who; the acts around the vote."""

    STEP = Step.SELF_TEST
    TITLE = "Self-test"
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("round.open", ("o",), "open", "Open the vote on all items.", priority=5, refusal=_held_already),
        *HAND_OVER_ACTS,
        Act(
            "round.close",
            ("x",),
            "close",
            "Stop the vote; it can be undone until the reveal.",
            priority=10,
            refusal=nothing_open,
        ),
        Act(
            "ballots.import",
            ("f",),
            "from a file",
            "Take in ballots from a file: CSV, XLSX, or the export of an online form.",
            priority=33,
        ),
        Act(
            "codes.show",
            ("c",),
            "codes",
            "Show the codes to hand out, in the anonymous mode.",
            priority=30,
            refusal=_not_anonymous,
        ),
        Act(
            "ballot.release",
            ("w",),
            "let vote anew",
            "Take out the ballot of the person at the cursor, unseen, so that they can vote anew.",
            priority=35,
            refusal=nothing_open,
        ),
        Act(
            "round.reopen",
            ("r",),
            "reopen",
            "Take the closing back, until the reveal.",
            priority=36,
            refusal=_nothing_to_reopen,
        ),
    )
    DEFAULT_CSS = """
    SelfTestView { overflow-y: hidden; }
    SelfTestView > HangingText { max-width: 100; margin: 1 0; }
    SelfTestView #count {
        height: auto; text-style: bold; color: $accent; text-align: center; padding: 1 0; background: $surface;
    }
    """

    _roll_waits = False
    """Whether the roll is going to be shown after the count."""

    _awaited = ""
    """Key of the round in which somebody known was seen missing: only then "all are in" means something."""

    def compose(self) -> ComposeResult:
        """The count, what to say, and the roll."""
        yield Static(id="count")
        yield HangingText(PROMPT_INDENT, id="prompt")
        yield Sheet(id="roll", label_width=34)

    def first_focus(self) -> Widget:
        """The roll."""
        return self.query_one(Sheet)

    def paint(self, session: Session) -> None:
        """Count and roll; never what anybody voted."""
        held = present_round(session)
        count = self.box.count(held.key) if held is not None else 0
        if held is not None and count < len(session.participants):
            self._awaited = held.key
        awaited = held is not None and held.key == self._awaited
        said = count_sentence(session, held, count, awaited=awaited)
        self.query_one("#count", Static).update(Content(said), layout=False)
        wanted = held is None or held.state == "open"
        prompt = prompt_lines(session.content.prompt("step:self_test"), brief=self.low) if wanted else []
        self.query_one("#prompt", HangingText).show(prompt)
        if len(session.participants) <= _MANY_PEOPLE:
            self._show_roll()
        elif not self._roll_waits:
            # A long roll takes longer than the time between two looks at the file; the count must not wait for it.
            self._roll_waits = True
            self.call_after_refresh(self._show_roll)

    def _show_roll(self) -> None:
        """Show who is in, as it is now."""
        self._roll_waits = False
        if not self.is_attached:
            return
        held = present_round(self.session)
        voted = self.box.voted(held.key) if held is not None else frozenset()
        self.query_one(Sheet).show(roll_rows(self.session, held, voted))

    def do_ballots_import(self) -> None:
        """Ask for a file of ballots, and take it in, all or nothing."""
        from cxworkshop.tui.ballot_files import FILE_HINT, TakingIn  # noqa: PLC0415 (not for the first frame)
        from cxworkshop.tui.widgets.paths import PathSuggester  # noqa: PLC0415 (as above)
        from cxworkshop.tui.widgets.typing_dialogs import TextDialog  # noqa: PLC0415 (dialogs are loaded when met)

        def told(sentence: str) -> None:
            self.notify(sentence, timeout=_LONG_TOLD, markup=False)

        taking = TakingIn(
            cast("CxApp[Any]", self.app),
            self.services,
            lambda: nullcontext(self.store_for_voting),
            "this session",
            told,
        )
        dialog = TextDialog(
            "Take ballots from which file?",
            said="CSV, XLSX, or the export of an online form: all of it, or nothing.",
            hint=FILE_HINT,
            suggestions=PathSuggester(),
            draft="import-file",
        )
        self.app.push_screen(dialog, lambda typed: taking.take(typed) if typed else None)

    def do_round_open(self) -> None:
        """Open round 1; taken back by u while it has no ballots."""
        self.call(
            _opened,
            done=with_keys("The vote is open. Other terminals can vote now; [h:ballot.hand_over] hands this one over."),
            undo=("the opening of the vote", drop_round),
        )

    def do_round_close(self) -> None:
        """Close, after a question where somebody is missing; another vote is closed at its own step."""
        held = self.session.open_round
        if held is not None and step_of(held) is not Step.SELF_TEST:
            self.notify(something_open(self.session) or "")
            return
        self.close_vote(
            with_keys("The vote is closed. [PgDn:step.next] goes on to the reveal; [u:app.undo] opens it again.")
        )

    def do_round_reopen(self) -> None:
        """Take ballots again."""
        self.call(reopen_round, done="The vote is open again.", undo=("the reopening of the vote", close_round))

    def do_ballot_release(self) -> None:
        """Take a ballot out unseen, after a question."""
        held, row = self.session.open_round, self.query_one(Sheet).row
        person = self.session.participants.get(row.id.partition(":")[2]) if row is not None else None
        if held is None or person is None or not self.box.has_voted(held.key, person.id):
            self.notify("Put the cursor on somebody who has voted.", markup=False)
            return
        from cxworkshop.tui.widgets.choosing import ConfirmDialog  # noqa: PLC0415 (as above)

        self.app.push_screen(
            ConfirmDialog(
                f"Take out the ballot of {person.name or person.code}?",
                "The 1 ballot is removed unseen and cannot be brought back; the person can then vote anew.",
                yes="Take it out",
            ),
            lambda sure: (
                self.call(
                    lambda store: release_participant(store, held.key, person.id), done="The ballot was taken out."
                )
                if sure
                else None
            ),
        )

    def do_codes_show(self) -> None:
        """The codes, in no order that tells anything."""
        from cxworkshop.tui.widgets.showing import TextScreen  # noqa: PLC0415 (met in one mode only)

        codes = sorted(person.code for person in self.session.participants.values())
        text = "\n".join(codes) if codes else with_keys("No codes are drawn yet; at Prepare [c:codes.more] draws them.")
        self.app.push_screen(TextScreen("Codes to hand out, one a head", Content(text)))


def _opened(store: SessionStore) -> Session:
    return apply(store, rounds.open_first_round)


def present_round(session: Session) -> Round | None:
    """The latest self-test round, or None before the first."""
    held = rounds.self_test_rounds(session)
    return held[-1] if held else None


def count_sentence(session: Session, held: Round | None, count: int, *, awaited: bool = False) -> str:
    """The one line the room sees: how many are in.

    Args:
        session: The session.
        held: The round, or None before the first.
        count: How many ballots are in.
        awaited: Those on the roll were expected; without a roster it grows by each person who votes.
    """
    people, items = len(session.participants), len(session.content.items)
    if held is None:
        who = f"{people} people" if people else "people give their names when voting"
        return f"The vote has not begun: {items} items, {who}"
    if held.state == "open":
        if awaited and count >= people:
            return with_keys(
                f"{count} of {people} are in – all are in. Reveal? "
                "[x:round.close] closes the vote, then [PgDn:step.next] and [r:reveal.reveal]"
            )
        return turnout(session, count)
    ballots = counted(count, "ballot")
    title = rounds.vote_title(session, held)
    if held.state == "closed" and not count:
        return with_keys(f"{title} is closed without a ballot – [r:round.reopen] opens it again")
    if held.state == "closed":
        return with_keys(f"{title} is closed with {ballots} – [PgDn:step.next] goes on to the reveal")
    return f"{title} was revealed with {ballots}"


def roll_rows(session: Session, held: Round | None, voted: frozenset[str]) -> list[Row]:
    """Who is in; in the anonymous mode nothing of anybody."""
    if session.rules.privacy is Privacy.ANONYMOUS:
        return [Row("", with_keys("No roll is kept in the anonymous mode; [c:codes.show] shows the codes to hand out"))]
    if not session.participants:
        return [Row("", "Nobody is on the roster; people give their names when they vote")]
    people = session.participants.values()
    if held is None:
        return [Row("", "Who will vote"), *(_person_row(person, " ") for person in people)]
    missing = [_person_row(person, "·") for person in people if person.id not in voted]
    # Of another id, so that the cursor stays among those who are missing when somebody there has voted.
    present = [replace(_person_row(person, "✓"), id=f"in:{person.id}") for person in people if person.id in voted]
    rows = [Row("", f"Not in yet ({len(missing)})"), *missing] if missing else []
    return [*rows, Row("", f"In ({len(present)})"), *present] if present else rows


def _person_row(person: Participant, mark: str) -> Row:
    return Row(f"person:{person.id}", f"{mark} {person.name}", unit_and_level(person.unit, person.level))
