"""The neutral page between two voters. It shows nothing of any ballot and lets the next person begin."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from cxworkshop.domain.session import Round
from cxworkshop.facilitation import key_phrase
from cxworkshop.facilitation.ports import Services, SessionStore, TerminalDoing
from cxworkshop.tui.acts import Act, bindings_of, key_line
from cxworkshop.tui.app import CxApp
from cxworkshop.tui.ballot import words
from cxworkshop.tui.ballot.page import plain
from cxworkshop.tui.keymap import with_keys
from cxworkshop.tui.widgets.closing import ClosesOnce
from cxworkshop.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from cxworkshop.tui.ballot.screen import Manner

LOOK_PERIOD = 0.2
"""Seconds between looks at the session while waiting for a vote to be opened."""


HAND_OVER_ACTS = (
    Act("ballot.start", ("enter",), "begin", "Fill in a ballot.", "Voting", priority=5),
    Act("ballot.change", ("c",), "change mine", "Change a ballot by its code.", "Voting", priority=10),
    Act(
        "voter.next",
        ("n",),
        "next voter",
        "Let the next person begin, by the key phrase, where the rules want it.",
        "Voting",
        priority=15,
    ),
    Act(
        "terminal.release",
        ("k", "escape"),
        "facilitator",
        "Take the terminal back, by the key phrase.",
        "Voting",
        priority=20,
    ),
    Act("app.help", ("question_mark", "f1"), "help", "Every key of this page.", "Help", priority=99),
)

_VOTING = frozenset(("ballot.start", "ballot.change"))
"""Ids of the acts for which a vote has to be open."""

_WHILE_WAITING = frozenset(("voter.next",))
"""Ids of the acts for which the terminal has to wait for the facilitator."""

_NONE: frozenset[str] = frozenset()


class HandOverScreen(ClosesOnce[None]):
    """The page a voting terminal shows between ballots; it is left by its facilitator only.

    Pushed by the console it hands the terminal to the voters and is dismissed with None once the key phrase was given;
    in `paper` mode sheets are keyed in by the facilitator, and Esc leaves. Where the rules want it, it waits after each
    ballot until the facilitator lets the next person begin, at the console or by the key phrase.
    """

    ACTS = HAND_OVER_ACTS
    BINDINGS = bindings_of(HAND_OVER_ACTS)
    DEFAULT_CSS = """
    HandOverScreen { align: center middle; }
    HandOverScreen #middle { width: 76; height: 1fr; align: center middle; }
    HandOverScreen #middle Static { width: 1fr; text-align: center; height: auto; margin-bottom: 1; }
    HandOverScreen #call { text-style: bold; color: $accent; }
    HandOverScreen .quiet { color: $text-muted; }
    """

    def __init__(self, services: Services, store: SessionStore, *, paper: bool = False) -> None:
        super().__init__()
        self._services = services
        self._store = store
        self._paper = paper
        self._waits = False
        self._shown: dict[str, str] = {}

    @property
    def guarded(self) -> bool:
        """Whether voters are at the keyboard, so that nothing may lead out of these pages but the key phrase."""
        return not self._paper

    def compose(self) -> ComposeResult:
        """The sitting's name, the call for the next person, how many are in."""
        with Vertical(id="middle"):
            yield Static(plain(words.sitting(self._store.session)))
            yield Static(id="call")
            yield Static(id="invitation")
            yield Static(id="turnout", classes="quiet")
        yield KeyLine()

    def on_mount(self) -> None:
        """Show whether a vote is open, and keep looking."""
        self._show()
        self._announce("free")
        self.set_interval(LOOK_PERIOD, self.look)

    def look(self) -> None:
        """Take in what is new."""
        if self.is_current:
            newer = self._look_at_session()
            if self._waits and (not self._supervised or self._store.terminals.released()):
                self._let_begin()
            elif newer:
                self._show()

    def on_screen_resume(self) -> None:
        """Count anew after a ballot."""
        self._show()
        self._announce("waiting" if self._waits else "free")

    @property
    def _supervised(self) -> bool:
        """Whether the next person waits for the facilitator."""
        return self._store.session.rules.supervised and not self._paper

    def _after_ballot(self, sent: bool | None) -> None:
        """Wait for the facilitator after a ballot, where the rules want it."""
        self._waits = bool(sent) and self._supervised
        self.on_screen_resume()

    def _let_begin(self) -> None:
        self._waits = False
        self.on_screen_resume()

    @property
    def _held(self) -> Round | None:
        return self._store.session.open_round

    def _show(self) -> None:
        held, session = self._held, self._store.session
        if held is None:
            texts = (words.waiting(session), "", "")
        else:
            call = (
                with_keys("Next sheet: [Enter:ballot.start].")
                if self._paper
                else with_keys(f"{words.HAND_OVER} Press [Enter:ballot.start] to begin.")
            )
            call = words.WAIT if self._waits else call
            texts = (call, words.invitation(session, held), words.turnout(session, self._store.box.count(held.key)))
        for name, text in zip(("call", "invitation", "turnout"), texts, strict=True):
            before = self._shown.get(name, "")
            if text != before:
                # Every terminal counts every ballot: a line that stays one line needs no page laid out anew.
                layout = not (name == "turnout" and before and text)
                self.query_one(f"#{name}", Static).update(plain(text), layout=layout)
                self._shown[name] = text
        # Before the first vote it is said by what key it will begin; after one nobody is called to begin.
        over = held is None and bool(session.rounds)
        left_out = (_VOTING if over or self._waits else _NONE) | (_NONE if self._waits and held else _WHILE_WAITING)
        acts = [act for act in self._keyed if act.id not in left_out]
        self.query_one(KeyLine).show(key_line(acts, None), _NONE if held else _VOTING)

    @on(KeyLine.Pressed)
    def _key_clicked(self, message: KeyLine.Pressed) -> None:
        message.stop()
        self.action_act(message.act_id)

    def action_act(self, act_id: str) -> None:
        """A key of one of the acts was pressed."""
        if act_id == "terminal.release":
            self._ask_phrase("End voting on this terminal?", "End here", self.release_terminal)
        elif act_id == "voter.next":
            if self._waits:
                self._ask_phrase("Let the next person begin?", "Let begin", self._let_begin)
            else:
                self.notify(
                    "Nobody waits here: the next person may begin."
                    if self._held
                    else words.waiting(self._store.session)
                )
        elif act_id == "app.help":
            from cxworkshop.tui.widgets.help import HelpScreen  # noqa: PLC0415 (met rarely)

            self.app.push_screen(HelpScreen("Voting: every key", self._keyed))
        else:
            self._begin("change" if act_id == "ballot.change" else "paper" if self._paper else "terminal")

    def _begin(self, manner: "Manner") -> None:
        """A fresh screen for the next voter."""
        self._look_at_session()
        held = self._held
        if held is None or self._waits:
            self.notify(words.WAIT if held else words.waiting(self._store.session))
            return
        # Before and not after the ballot, so that a key pressed right behind it begins no other one.
        self._waits = self._supervised
        from cxworkshop.tui.ballot.screen import BallotScreen  # noqa: PLC0415 (the neutral page is up without it)

        self.app.push_screen(
            BallotScreen(self._services, self._store, held, manner, self._announce), self._after_ballot
        )

    def _ask_phrase(self, question: str, yes: str, then: Callable[[], None]) -> None:
        """Do something after the key phrase was given, or where none is set after a question."""
        if self._paper:
            then()
            return
        stored = self._store.session.rules.key_phrase
        if stored:
            from cxworkshop.tui.widgets.typing_dialogs import TextDialog  # noqa: PLC0415 (met rarely)

            def check(typed: str) -> str | None:
                return None if key_phrase.matches(typed, stored) else "That is not the key phrase."

            self.app.push_screen(
                TextDialog("The facilitator's key phrase", secret=True, check=check),
                lambda typed: None if typed is None else then(),
            )
            return
        from cxworkshop.tui.widgets.choosing import ConfirmDialog  # noqa: PLC0415 (met rarely)

        self.app.push_screen(
            ConfirmDialog(
                question,
                "No key phrase is set, so this question is all that guards it. The vote itself stays as it is.",
                yes=yes,
            ),
            lambda sure: then() if sure else None,
        )

    def release_terminal(self) -> None:
        """Give the terminal back: to the console below, or by ending the application."""
        self._store.terminals.withdraw()
        if self._over_console:
            self.dismiss(None)
        else:
            self.app.exit()

    @property
    def _over_console(self) -> bool:
        """Whether a console lies below these pages."""
        return self.app.screen_stack[0] is not self

    def _announce(self, doing: TerminalDoing) -> None:
        """Let the console see what goes on here; a facilitator who keys in paper is no voting terminal."""
        if not self._paper:
            self._store.terminals.announce(doing, self._services.clock(), console=self._over_console)

    @property
    def _keyed(self) -> tuple[Act, ...]:
        """What can be done here, with its keys."""
        return cast("CxApp[Any]", self.app).keyed(self.ACTS)

    def _look_at_session(self) -> bool:
        """Take in what is new; tells whether anything is."""
        return cast("CxApp[Any]", self.app).look(self._store.refresh)
