"""The pages around a ballot that show nothing of it: the thanks, the cover, and the end of voting."""

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Static

from cxworkshop.tui.acts import Act
from cxworkshop.tui.ballot import words
from cxworkshop.tui.ballot.page import Page, plain
from cxworkshop.tui.keymap import with_keys

_ARMED_AFTER = 1.0
"""Seconds before Enter leaves the thanks: the Enter that sent the ballot, pressed twice, must not hide the code."""


class NeutralPage(Page):
    """A page in the middle of the screen."""

    DEFAULT_CSS = """
    NeutralPage { align: center middle; }
    NeutralPage > Static { text-align: center; max-width: 72; }
    NeutralPage .loud { text-style: bold; color: $accent; margin-bottom: 1; }
    """


class ThanksPage(NeutralPage):
    """The code and what it is good for, and nothing else."""

    COVERED = False
    ACTS = (
        Act(
            "thanks.leave",
            ("space",),
            "hand over",
            "Take the code off the screen for the next person.",
            "Voting",
            priority=5,
        ),
    )
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "leave_when_armed", show=False)]

    class Done(Message):
        """The voter has taken note of the code."""

    def __init__(self, sentence: str, use: str = "") -> None:
        super().__init__()
        self._sentence = sentence
        self._use = use
        self._armed = False

    def compose(self) -> ComposeResult:
        """The thanks with the code, and what it is good for."""
        yield Static(plain(self._sentence), classes="loud")
        if self._use:
            yield Static(plain(self._use))

    def on_mount(self) -> None:
        """Let Enter leave the page a little later."""
        self.set_timer(_ARMED_AFTER, self._arm)

    def action_leave_when_armed(self) -> None:
        """Leave by Enter."""
        if self._armed:
            self.do_thanks_leave()

    def do_thanks_leave(self) -> None:
        """Leave."""
        self.post_message(self.Done())

    def _arm(self) -> None:
        self._armed = True


class UnfinishedPage(NeutralPage):
    """Stands in place of a ballot that was begun and not sent. It is thrown away after a question only."""

    COVERED = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("y", "discard", show=False), Binding("n", "keep", show=False)]

    class Discarded(Message):
        """The ballot shall be thrown away."""

    def __init__(self) -> None:
        super().__init__()
        self._asking = False

    @property
    def way(self) -> str:
        """What can be done, in a sentence."""
        raise NotImplementedError

    def ask(self) -> None:
        """Ask whether the ballot shall be thrown away."""
        self._asking = True
        self.query_one("#way", Static).update(
            "Throw this ballot away? Nothing of it was sent. y throws it away, n keeps it."
        )

    def action_discard(self) -> None:
        """Throw it away, where that was asked."""
        if self._asking:
            self.post_message(self.Discarded())

    def action_keep(self) -> None:
        """Keep it."""
        self._asking = False
        self.query_one("#way", Static).update(self.way)


class CoverPage(UnfinishedPage):
    """Hides a ballot that nobody is filling in. It stays until somebody goes on or throws the ballot away."""

    ACTS = (
        Act("cover.lift", ("enter",), "go on", "Show the ballot again.", "Voting", priority=5),
        Act("cover.discard", ("x",), "throw away", "Throw this ballot away, after a question.", "Voting", priority=10),
    )

    class Lifted(Message):
        """The ballot shall be shown again."""

    def __init__(self, *, idle: bool) -> None:
        """Set up the page.

        Args:
            idle: Whether the ballot was covered since nobody pressed a key, and not by its voter.
        """
        super().__init__()
        self._idle = idle

    @property
    def way(self) -> str:
        """On for its voter, and away for anybody else."""
        return with_keys(
            "If it is yours, press [Enter:cover.lift] to go on. "
            "If it is not, press [x:cover.discard]: it is thrown away unseen, and you begin your own."
        )

    def compose(self) -> ComposeResult:
        """That it is covered, and the way on."""
        yield Static(words.COVERED_UNASKED if self._idle else words.COVERED, classes="said", markup=False)
        yield Static(self.way, id="way", markup=False)

    def on_key(self, event: events.Key) -> None:
        """Any other key points to the way on."""
        if event.key not in ("enter", "x", "y", "n"):
            self.query_one("#way").add_class("loud")

    def do_cover_lift(self) -> None:
        """Show the ballot again, or take the question back."""
        if self._asking:
            self.action_keep()
        else:
            self.post_message(self.Lifted())

    def do_cover_discard(self) -> None:
        """Ask first."""
        self.ask()


class ChangedPage(NeutralPage):
    """The vote was opened again with other questions or rules while the ballot was being filled in."""

    ACTS = (Act("changed.go_on", ("enter",), "go on", "Look at what is asked now.", "Voting", priority=5),)

    class Read(Message):
        """The voter has taken note of it; `promised` where the promise is another, too."""

        def __init__(self, *, promised: bool) -> None:
            super().__init__()
            self.promised = promised

    def __init__(self, *, asked: bool, promised: bool) -> None:
        """Set up the page.

        Args:
            asked: Whether something else is asked.
            promised: Whether something else is promised.
        """
        super().__init__()
        self._changes = (asked, promised)

    def anew(self) -> "ChangedPage":
        """The page once more, after it was covered."""
        asked, promised = self._changes
        return ChangedPage(asked=asked, promised=promised)

    def compose(self) -> ComposeResult:
        """What happened, and the way on."""
        yield Static("The vote has changed.", classes="loud", markup=False)
        for said, holds in zip((words.CHANGED, words.PROMISE_CHANGED), self._changes, strict=True):
            if holds:
                yield Static(said, classes="said", markup=False)
        yield Static(with_keys("Press [Enter:changed.go_on] to go on."), markup=False)

    def do_changed_go_on(self) -> None:
        """Go on."""
        self.post_message(self.Read(promised=self._changes[1]))


class ClosedPage(UnfinishedPage):
    """Voting ended while the ballot was being filled in."""

    ACTS = (
        Act(
            "closed.leave",
            ("x",),
            "throw away",
            "Leave this ballot, which was not counted; one with answers after a question.",
            "Voting",
            priority=5,
        ),
    )

    def __init__(self, *, asks: bool) -> None:
        """Set up the page.

        Args:
            asks: Whether anything was answered, so that it is asked before the ballot is left.
        """
        super().__init__()
        self._asks = asks

    @property
    def way(self) -> str:
        """How the ballot is left."""
        return with_keys("Wait, or press [x:closed.leave] to leave this ballot.")

    def compose(self) -> ComposeResult:
        """What happened and what can be done."""
        yield Static("The vote is closed.", classes="loud", markup=False)
        yield Static(words.CLOSED, classes="said", markup=False)
        yield Static(self.way, id="way", markup=False)

    def do_closed_leave(self) -> None:
        """Leave, after a question where something would be lost."""
        if self._asks:
            self.ask()
        else:
            self.post_message(self.Left())
