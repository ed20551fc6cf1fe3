"""Step 2, Welcome: what became of the last plan, what to say, the promise, and who is not in the room."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widget import Widget

from cxworkshop.domain.days import distance_in_words
from cxworkshop.domain.follow_up import taken_over, unreviewed
from cxworkshop.domain.plan import set_absent
from cxworkshop.domain.promises import promise
from cxworkshop.domain.session import Action, Session, Step
from cxworkshop.domain.wording import ACTION_STATE_NAMES
from cxworkshop.tui.acts import Act
from cxworkshop.tui.console.steps.base import Transition
from cxworkshop.tui.console.steps.reviewing import ACTION_SIGNS, Reviewing
from cxworkshop.tui.keymap import with_keys
from cxworkshop.tui.widgets.hanging import HangingText, Hung
from cxworkshop.tui.widgets.prompting import PROMPT_INDENT, prompt_lines
from cxworkshop.tui.widgets.sheet import Row, Sheet

PROMISE_INDENT = 13
"""The column at which the promise begins."""


def _no_last_plan(session: Session) -> str | None:
    if taken_over(session):
        return None
    return "There are no actions of an earlier session here; Prepare chooses the session that is taken up."


class WelcomeView(Reviewing):
    """What is said at the beginning, above; the last plan's open actions and the roles the strategy needs, below."""

    STEP = Step.WELCOME
    TITLE = "Welcome"
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act(
            "role.toggle",
            ("enter", "space"),
            "change",
            "Say what became of the action at the cursor, or whether the role at the cursor is in the room.",
            priority=5,
        ),
        Act(
            "action.review",
            ("c",),
            "last plan",
            "Say what became of the next open action of the last plan.",
            priority=7,
            refusal=_no_last_plan,
        ),
        Act("absent.later", ("l",), "ask later", "Note who will be asked after the sitting.", priority=10),
    )
    DEFAULT_CSS = """
    WelcomeView { overflow-y: hidden; }
    WelcomeView #words { height: auto; max-height: 66%; }
    WelcomeView.-reviewing #words { max-height: 50%; }
    WelcomeView #words > HangingText { max-width: 100; margin-bottom: 1; }
    WelcomeView Sheet { border-top: solid $border-blurred; }
    WelcomeView Sheet:focus { border-top: solid $border-blurred; }
    """

    def compose(self) -> ComposeResult:
        """Words and roles."""
        with VerticalScroll(id="words", can_focus=False):
            yield HangingText(PROMPT_INDENT, id="prompt")
            yield HangingText(PROMISE_INDENT, id="promise")
            yield HangingText(PROMPT_INDENT, id="following")
        yield Sheet(id="roles", label_width=24)

    def first_focus(self) -> Widget:
        """The roles."""
        return self.query_one(Sheet)

    def paint(self, session: Session) -> None:
        """Words, promise and roles."""
        prompt = session.content.prompt("step:welcome")
        # The promise is read out with what is said, so that it must not stand below all that is done.
        said = replace(prompt, do=(), ask=())
        self.query_one("#prompt", HangingText).show(prompt_lines(prompt if self.low else said, brief=self.low))
        promised = Hung("Our promise", " ".join(promise(session.rules).kept))
        self.query_one("#promise", HangingText).show([promised])
        self.query_one("#following", HangingText).show([] if self.low else prompt_lines(replace(prompt, say=())))
        self.set_class(bool(taken_over(session)), "-reviewing")
        self.query_one(Sheet).show(list(_rows(session, self.clock().date())))

    @on(Sheet.Chosen)
    def _chosen(self, message: Sheet.Chosen) -> None:
        message.stop()
        kind, _, key = message.row.id.partition(":")
        if kind == "action" and key in self.session.actions:
            self.review(self.session.actions[key])
        elif kind == "role":
            self._toggle(key)
        elif kind == "later":
            self.do_absent_later()

    def do_role_toggle(self) -> None:
        """What Enter does, by Space too."""
        self.query_one(Sheet).action_select()

    def do_action_review(self) -> None:
        """The action at the cursor while nothing has been said of it, else the next such one, else the first."""
        row = self.query_one(Sheet).row
        at_cursor = (row.id if row else "").removeprefix("action:")
        waiting = unreviewed(self.session) or taken_over(self.session)
        self.review(next((action for action in waiting if action.id == at_cursor), waiting[0]))

    def do_absent_later(self) -> None:
        """Names of people, or of units, to be asked later."""

        def noted(text: str) -> Transition:
            names = tuple(text.split(","))
            return lambda session: set_absent(session, session.closing.absent_roles, names)

        present = ", ".join(self.session.closing.asked_later)
        self.ask(
            "Who will be asked later?",
            present,
            noted,
            "people to ask later noted",
            hint="Names, with commas between. “cxworkshop sheet” prints blank ballots for them.",
            draft="asked-later",
        )

    def _toggle(self, role: str) -> None:
        def toggled(session: Session) -> Session:
            absent = set(session.closing.absent_roles) ^ {role}
            order = tuple(known.id for known in session.content.roles if known.id in absent)
            return set_absent(session, order, session.closing.asked_later)

        self.change("role marked", toggled)


def _rows(session: Session, today: date) -> Iterable[Row]:
    yield from _last_plan(session, today)
    absent = session.closing.absent_roles
    yield Row("", with_keys("Who is in the room? [Enter:role.toggle] changes it"))
    for role in session.content.roles:
        brings = "; ".join(role.brings)
        if role.id in absent:
            yield Row(f"role:{role.id}", f"✗ {role.title}", "not here", f"would bring: {brings}" if brings else "")
        else:
            yield Row(f"role:{role.id}", f"✓ {role.title}", "here", brings)
    yield Row("later:", "Asked later", ", ".join(session.closing.asked_later) or "nobody noted")


def _last_plan(session: Session, today: date) -> Iterable[Row]:
    actions = taken_over(session)
    if session.last_time is None or not actions:
        return
    waiting = len(unreviewed(session))
    said = with_keys(f"{waiting} to be reviewed with [c:action.review]") if waiting else "all reviewed"
    yield Row("", f"Planned last time, {session.last_time.held.isoformat()}: {said}")
    for action in actions:
        label = f"{ACTION_SIGNS[action.state]} {action.title}"
        state = "" if action.state == "open" else ACTION_STATE_NAMES[action.state]
        told = ": ".join(part for part in (state, action.note) if part)
        value = f"{_due(action, today)} · {action.owner or 'nobody'}"
        yield Row(f"action:{action.id}", label, value, told)


def _due(action: Action, today: date) -> str:
    """The day of an action; of one that nobody has spoken of yet, how long ago it was."""
    if action.due is None:
        return "no date"
    late = action.due < today and action.state == "open"
    return f"was due {distance_in_words(action.due, today)}" if late else f"due {action.due.isoformat()}"
