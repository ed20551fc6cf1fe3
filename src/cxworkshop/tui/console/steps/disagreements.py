"""Step 5, Disagreements: the queue, one item after the other, with its script, notes, votes again and outcome."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from cxworkshop.domain import discussion, flow
from cxworkshop.domain.discussion import Queued
from cxworkshop.domain.instruments import Item
from cxworkshop.domain.published import settled_in_camps
from cxworkshop.domain.results import RoundResult
from cxworkshop.domain.session import Outcome, Session, Step
from cxworkshop.domain.wording import IMPORTANCE_NAMES, OUTCOME_NAMES, counted
from cxworkshop.facilitation.acts import apply
from cxworkshop.tui.acts import Act
from cxworkshop.tui.app import refusal_of
from cxworkshop.tui.console.item_pictures import item_picture
from cxworkshop.tui.console.kept_results import KeptResults
from cxworkshop.tui.console.steps.base import StepView
from cxworkshop.tui.console.steps.voting_again_acts import AGAIN_ACTS, VotingAgainActs, not_now, nothing_shown
from cxworkshop.tui.keymap import with_keys
from cxworkshop.tui.widgets.charts.item_page import ItemPage

_MARKS: dict[Outcome, str] = {"open": " ", "settled": "✓", "vote_again": "↻", "parked": "‖", "follow_up": "→"}
_SHORT: dict[Outcome, str] = {
    "settled": "settled",
    "vote_again": "to vote again",
    "parked": "parked",
    "follow_up": "to follow up",
}

ItemTransition = Callable[[Session, str], Session]


class DisagreementsView(VotingAgainActs, StepView):
    """One item of the queue at a time; arrows go through the queue."""

    STEP = Step.DISAGREEMENTS
    TITLE = "Disagreements"
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act(
            "item.note", ("n",), "note", "Write down what was said about this item.", priority=5, refusal=nothing_shown
        ),
        Act(
            "item.again",
            ("v",),
            "vote again",
            "Put this item to the vote again, by ballots.",
            priority=10,
            family="vote again",
            refusal=not_now,
        ),
        Act(
            "item.hands",
            ("h",),
            "hands",
            "Key in a show of hands on this item.",
            priority=15,
            family="vote again",
            refusal=not_now,
        ),
        Act(
            "item.settle",
            ("s",),
            "settled",
            "The room has settled this item.",
            priority=20,
            family="settle/park",
            refusal=nothing_shown,
        ),
        Act(
            "item.park",
            ("p",),
            "park",
            "Record both positions, so that nobody has lost.",
            priority=25,
            family="settle/park",
            refusal=nothing_shown,
        ),
        Act(
            "item.follow",
            ("f",),
            "follow up",
            "Somebody finds out after the sitting.",
            priority=56,
            refusal=nothing_shown,
        ),
        Act(
            "item.open",
            ("d",),
            "open again",
            "Take the outcome off this item; notes stay.",
            priority=57,
            refusal=nothing_shown,
        ),
        Act(
            "queue.next",
            ("right", "enter"),
            "next item",
            "The next item of the queue.",
            priority=18,
            refusal=nothing_shown,
        ),
        Act("queue.previous", ("left",), "item before", "The item before.", priority=59, refusal=nothing_shown),
        Act(
            "queue.show",
            ("q",),
            "queue",
            "The whole queue with its outcomes; choose an item.",
            priority=60,
            refusal=nothing_shown,
        ),
        Act(
            "item.weigh",
            ("w",),
            "weight",
            "Say how important this item is; the queue and its minutes follow.",
            priority=61,
            refusal=nothing_shown,
        ),
        *AGAIN_ACTS,
    )
    BINDINGS: ClassVar[list[BindingType]] = [Binding("home", "first", show=False)]
    DEFAULT_CSS = """
    DisagreementsView { overflow-y: hidden; }
    DisagreementsView > #where { height: 1; width: 1fr; }
    DisagreementsView > #where.-nothing { height: auto; }
    DisagreementsView > #voting { height: auto; padding: 0 1; display: none; color: $accent; text-style: bold; }
    DisagreementsView > #voting.-shown { display: block; }
    """

    def __init__(self, session: Session, screen: object) -> None:
        super().__init__(session, screen)  # type: ignore[arg-type]
        self._results = KeptResults()
        self._result: RoundResult | None = None
        self._queue: tuple[Queued, ...] = ()
        self._item = ""

    def compose(self) -> ComposeResult:
        """Where the room is in the queue, a vote that is under way, the item."""
        yield Static(id="where")
        yield Static(id="voting")
        yield ItemPage(id="talk")

    def first_focus(self) -> Widget:
        """The item, so that arrows scroll it."""
        return self.query_one(ItemPage)

    def paint(self, session: Session) -> None:
        """The item in focus, or the first one that is open."""
        self._result = self._results.first(session, self.box)
        where = self.query_one("#where", Static)
        where.set_class(self._result is None, "-nothing")
        if self._result is None:
            where.update(Content(nothing_shown(session) or ""))
            return
        minutes = discussion.minutes_left(session, self.clock())
        self._queue = discussion.queue(session, self._result, minutes=minutes)
        self._item = self._present(session)
        where.update(self._where(session))
        voting = self.query_one("#voting", Static)
        voting.update(Content(self._voting(session)))
        voting.set_class(bool(self._voting(session)), "-shown")
        if self._item:
            picture = item_picture(session, self.box, self._result.item(self._item), talking=True, kept=self._results)
            self.query_one(ItemPage).show(picture)
            if session.live.item != self._item:
                # The projector shows the item in focus, which is to be the one that is talked about from the first.
                self.call_later(self._focus, self._item)

    # Where the room is

    def _present(self, session: Session) -> str:
        queued = [each.item for each in self._queue]
        if session.live.item in queued:
            return session.live.item
        if self._item in queued:
            return self._item
        return next((item for item in queued if self._outcome(session, item) == "open"), queued[0] if queued else "")

    @staticmethod
    def _outcome(session: Session, item: str) -> Outcome:
        return discussion.discussion_of(session, item).outcome

    def _where(self, session: Session) -> Content:
        if not self._item:
            return Content(with_keys("There is no disagreement worth talking about. [PgDn:step.next] goes on."))
        queued = [each.item for each in self._queue]
        tally = discussion.outcomes(session.discussion, queued)
        present = self._queue[queued.index(self._item)]
        outcome = self._outcome(session, self._item)
        counts = [f"{tally[kind]} {_SHORT[kind]}" for kind in _SHORT if tally[kind]]
        state = self._due(session, present, outcome)
        left = " · ".join([f"{queued.index(self._item) + 1} of {len(queued)}", *counts])
        # In a low window the script stands below what is in sight.
        script = with_keys("   [i:step.script] what to ask") if self.low else ""
        return Content.assemble((f" {left}", "$text-muted"), "   ", (state, "bold $accent"), (script, "$text-muted"))

    def _due(self, session: Session, present: Queued, outcome: Outcome) -> str:
        """What came of an item, or is planned for it; that it is to be parked, where its voting ended in two camps."""
        if outcome in ("open", "vote_again") and settled_in_camps(session, self.box.ballots, present.item):
            return with_keys("settled in two camps: [p:item.park] parks it")
        if outcome != "open":
            return f"{_MARKS[outcome]} {OUTCOME_NAMES[outcome]}"
        if any(present.item in held.items for held in session.revealed_rounds[1:]):
            return with_keys("voted again: [s:item.settle] settles, [p:item.park] parks it")
        importance = discussion.importance_of(session, self._content_item(present.item))
        weight = f", {IMPORTANCE_NAMES[importance]}" if importance > 1 else ""
        return f"{_planned(present)}{weight}"

    def _go(self, by: int) -> None:
        queued = [each.item for each in self._queue]
        if not self._item:
            return
        at = queued.index(self._item)
        place = max(0, min(at + by, len(queued) - 1))
        if place == at and abs(by) == 1:
            self.notify(f"That is the {'last' if by > 0 else 'first'} item of the queue.")
        else:
            self._focus(queued[place])

    def _focus(self, item: str) -> None:
        self._item = item
        self.call(lambda store: apply(store, lambda session: flow.focus(session, item)))

    def do_queue_next(self) -> None:
        """The next item."""
        self._go(1)

    def do_queue_previous(self) -> None:
        """The item before."""
        self._go(-1)

    def action_first(self) -> None:
        """The first item."""
        self._go(-len(self._queue))

    def do_queue_show(self) -> None:
        """The queue as a list."""
        from cxworkshop.tui.widgets.choosing import Choice, PickDialog  # noqa: PLC0415 (met now and then)

        choices = [Choice(each.item, self._content_item(each.item).text, self._of_queued(each)) for each in self._queue]
        self.app.push_screen(
            PickDialog("What to talk about, most disagreement times weight first", choices, at=self._item),
            lambda item: self._focus(item) if item else None,
        )

    def _of_queued(self, queued: Queued) -> str:
        outcome = self._outcome(self.session, queued.item)
        weight = IMPORTANCE_NAMES[discussion.importance_of(self.session, self._content_item(queued.item))]
        due = outcome in ("open", "vote_again")
        state = f"{_MARKS[outcome]} {OUTCOME_NAMES[outcome]}".strip()
        return " · ".join(part for part in (state, weight, _planned(queued) if due else "") if part)

    def do_item_weigh(self) -> None:
        """Choose how important the item is to this room."""
        item = self._item
        if not item:
            return
        from cxworkshop.tui.widgets.choosing import Choice, PickDialog  # noqa: PLC0415 (met now and then)

        def weigh(importance: int | None) -> None:
            if importance is not None:
                self.change("the item's weight", lambda session: discussion.weigh(session, item, importance))

        self.app.push_screen(
            PickDialog(
                "How important is this item here?",
                [Choice(number, f"{number} {name}") for number, name in IMPORTANCE_NAMES.items()],
                said="Disagreement times weight makes the order of the queue and the minutes of each item.",
                at=discussion.importance_of(self.session, self._content_item(item)),
            ),
            weigh,
        )

    def _content_item(self, item: str) -> Item:
        return self.session.content.item(item)

    # Outcomes and notes

    @property
    def noted_item(self) -> str:
        """The item in focus."""
        return self._item

    @property
    def pattern(self) -> str:
        """That of the item in focus, in round 1."""
        return str(self._result.item(self._item).pattern) if self._result is not None and self._item else ""

    def do_item_note(self) -> None:
        """Write a note on the item in focus."""
        if self._item:
            self._frame.do_note_write()

    def do_item_settle(self) -> None:
        """Settled."""
        self._decide("the item settled", discussion.settle)

    def do_item_follow(self) -> None:
        """To be followed up."""
        self._decide(
            "the item to be followed up",
            discussion.follow_up,
            lambda: self.notify(with_keys("To be followed up; [n:item.note] notes who does it, and until when.")),
        )

    def do_item_open(self) -> None:
        """Open again."""
        if self._item and self._outcome(self.session, self._item) == "open":
            self.notify("This item has no outcome that could be taken off.")
            return
        self._decide("the item opened again", discussion.reopen)

    def _decide(self, label: str, transition: ItemTransition, then: Callable[[], None] | None = None) -> None:
        item = self._item
        if item:
            self.change(label, lambda session: transition(session, item), then)

    def do_item_park(self) -> None:
        """Both positions, then parked."""
        item = self._item
        if not item:
            return
        from cxworkshop.tui.widgets.typing_dialogs import Field, FormDialog  # noqa: PLC0415 (as above)

        known = discussion.discussion_of(self.session, item).positions
        fields = [
            Field(str(place), label, known[place] if place < len(known) else "")
            for place, label in enumerate(("One position", "The other position", "A third, if there is one"))
        ]

        def take(typed: dict[str, str] | None) -> None:
            if typed is not None:
                self.change("the item parked", lambda session: discussion.park(session, item, tuple(typed.values())))

        self.app.push_screen(
            FormDialog(
                "Park this item",
                fields,
                said="Stable disagreement is a finding too. Write each position so that its holders would sign it.",
                draft=f"park/{item}",
                check=lambda typed: refusal_of(lambda: discussion.park(self.session, item, tuple(typed.values()))),
            ),
            take,
        )

    # The clock

    def do_timer_toggle(self) -> None:
        """Start the minutes planned for the item; hold a countdown that runs, or let it go on."""
        timer, now = self.session.live.timer, self.clock()
        minutes = self._planned_minutes()
        if timer is not None and (timer.remaining is not None or flow.seconds_left(timer, now) > 0):
            self.change(
                "timer held" if timer.remaining is None else "timer going on",
                lambda s: flow.pause_timer(s, self.clock()),
            )
        else:
            self.change("timer started", lambda session: flow.start_timer(session, minutes * 60, self.clock()))

    def _planned_minutes(self) -> int:
        """What the agenda has for this item, or what its pattern usually takes; at least one minute."""
        planned = next((round(each.minutes) for each in self._queue if each.item == self._item), 0)
        if not planned and self._result is not None and self._item:
            pattern = self._result.item(self._item).pattern
            planned = self.session.content.prompt(f"pattern:{pattern}").minutes
        return planned or 5


def _planned(queued: Queued) -> str:
    """The minutes planned for an item, as "plan 7 minutes"; that none are left, where the session runs that late."""
    if queued.minutes <= 0:
        return "no minutes left in the agenda"
    return f"plan {counted(max(1, round(queued.minutes)), 'minute')}"
