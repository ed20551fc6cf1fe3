"""Step 2, Welcome: what to say, the promise, and who is not in the room."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widget import Widget

from cxworkshop.domain.plan import set_absent
from cxworkshop.domain.session import Session, Step
from cxworkshop.domain.wording import promise
from cxworkshop.tui.acts import Act
from cxworkshop.tui.console.steps.base import StepView, Transition
from cxworkshop.tui.widgets.hanging import HangingText, Hung
from cxworkshop.tui.widgets.prompting import PROMPT_INDENT, prompt_lines
from cxworkshop.tui.widgets.sheet import Row, Sheet

PROMISE_INDENT = 13
"""The column at which the promise begins."""


class WelcomeView(StepView):
    """What is said at the beginning, above; the roles that the strategy needs, below."""

    STEP = Step.WELCOME
    TITLE = "Welcome"
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act(
            "role.toggle",
            ("enter", "space"),
            "here or not",
            "Mark the role at the cursor as in the room or not.",
            priority=5,
        ),
        Act("absent.later", ("l",), "ask later", "Note who will be asked after the sitting.", priority=10),
    )
    DEFAULT_CSS = """
    WelcomeView { overflow-y: hidden; }
    WelcomeView #words { height: auto; max-height: 66%; }
    WelcomeView #words > HangingText { max-width: 100; margin-bottom: 1; }
    WelcomeView Sheet { border-top: solid $border-blurred; }
    WelcomeView Sheet:focus { border-top: solid $border-blurred; }
    """

    def compose(self) -> ComposeResult:
        """Words and roles."""
        with VerticalScroll(id="words", can_focus=False):
            yield HangingText(PROMPT_INDENT, id="prompt")
            yield HangingText(PROMISE_INDENT, id="promise")
        yield Sheet(id="roles", label_width=24)

    def first_focus(self) -> Widget:
        """The roles."""
        return self.query_one(Sheet)

    def paint(self, session: Session) -> None:
        """Words, promise and roles."""
        prompt = prompt_lines(session.content.prompt("step:welcome"), brief=self.low)
        self.query_one("#prompt", HangingText).show(prompt)
        said = Hung("Our promise", " ".join(promise(session.rules).kept))
        self.query_one("#promise", HangingText).show([said])
        self.query_one(Sheet).show(list(_rows(session)))

    @on(Sheet.Chosen)
    def _chosen(self, message: Sheet.Chosen) -> None:
        message.stop()
        kind, _, key = message.row.id.partition(":")
        if kind == "role":
            self._toggle(key)
        elif kind == "later":
            self.do_absent_later()

    def do_role_toggle(self) -> None:
        """What Enter does, by Space too."""
        self.query_one(Sheet).action_select()

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


def _rows(session: Session) -> Iterable[Row]:
    absent = session.closing.absent_roles
    yield Row("", "Who is in the room? Enter changes it")
    for role in session.content.roles:
        brings = "; ".join(role.brings)
        if role.id in absent:
            yield Row(f"role:{role.id}", f"✗ {role.title}", "not here", f"would bring: {brings}" if brings else "")
        else:
            yield Row(f"role:{role.id}", f"✓ {role.title}", "here", brings)
    yield Row("later:", "Asked later", ", ".join(session.closing.asked_later) or "nobody noted")
