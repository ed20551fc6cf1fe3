"""The base of the eight step views.

How to write one
----------------
A step view lives in `console/steps/<step>.py`, is a subclass of `StepView`, and is entered in `steps/catalogue.py`.

* `STEP` and `TITLE` say which step it is; `ACTS` lists what can be done there (see `cxworkshop.tui.acts`).
  For an act `item.note` the view has a method `do_item_note(self)`, plain or async. Its keys, the key line, palette and
  help follow from the list. The keys of `console/common_acts.py` are taken (`u U g b i N t T + ?` among them).
* `compose` builds few widgets; `paint(session)` puts into them what the session says now. It is called once after
  mounting and again whenever the session or the ballot box has something newer; it must be cheap and keep the cursor.
* A view changes nothing itself. It posts `Change(label, transition)` for a pure function of the domain (undoable;
  the label completes "Undone: …"), or `Call(use_case, …)` for a use case that takes the store. The screen runs them,
  shows refusals, and the newer session comes back through `paint`.
* `ask` and `ask_note` ask for a text and change the session by it. Other questions go through the dialogs of
  `cxworkshop.tui.widgets`, by `self.app.push_screen(dialog, then)`: `choosing` (confirm, pick, tick) and
  `typing_dialogs` (line, note, form). `widgets.sheet` is a list of lines of label and value.
* What people typed is shown by `textual.content.Content(text)` or `markup=False` only.
"""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.containers import VerticalScroll
from textual.message import Message
from textual.reactive import var
from textual.widget import Widget

from cxworkshop.domain.flow import timetable
from cxworkshop.domain.session import Session, Step
from cxworkshop.facilitation.ports import BallotBox, Clock, Services, SessionStore
from cxworkshop.tui.acts import Act, bindings_of
from cxworkshop.tui.app import HIGH, refusal_of
from cxworkshop.tui.keymap import with_keys
from cxworkshop.tui.said_days import day_said

if TYPE_CHECKING:
    from cxworkshop.tui.console.screen import ConsoleScreen

_USUAL_MINUTES = 5

Transition = Callable[[Session], Session]

Reversal = Callable[[SessionStore, str], Any]
"""A use case on the store that takes another back; it is given the key of the round that was the last one then, so
that it leaves rounds alone that were held since."""

Making = Callable[[str], Transition]
"""Makes a transition of a typed text."""


def removed(name: str) -> str:
    """What is told after something was taken off a list without a question."""
    return f"Removed: {name.rstrip('.') or 'a code'}. " + with_keys("[u:app.undo] brings it back.")


class StepView(VerticalScroll, can_focus=True, inherit_bindings=True):
    """The body of the console at one step."""

    STEP: ClassVar[Step]
    TITLE: ClassVar[str] = ""
    """The heading in the body's frame, in our own words."""
    ACTS: ClassVar[tuple[Act, ...]] = ()

    session: var[Session] = var[Session](cast("Session", None), init=False, always_update=True)
    """The newest session; set by the screen."""

    class Change(Message):
        """Asks the screen to change the session by a transition of the domain; it can be undone."""

        def __init__(self, label: str, transition: Transition, then: Callable[[], None] | None = None) -> None:
            """Name a change.

            Args:
                label: What is done, as it completes "Undone: …".
                transition: From the session as it is then to the changed one.
                then: Called after it was done, not where it was refused.
            """
            super().__init__()
            self.label = label
            self.transition = transition
            self.then = then

    class Call(Message):
        """Asks the screen to run a use case on the store."""

        def __init__(
            self,
            use_case: Callable[[SessionStore], Any],
            *,
            done: str = "",
            then: Callable[[Any], None] | None = None,
            undo: tuple[str, Reversal] | None = None,
            final: bool = False,
        ) -> None:
            """Name a use case.

            Args:
                use_case: What is run with the store.
                done: Told in a notification once it was done; empty tells nothing.
                then: Called with what it gave, not where it was refused.
                undo: Label and reversal that take it back, where that can be done.
                final: Nothing done before it can be undone any more (the reveal).
            """
            super().__init__()
            self.use_case = use_case
            self.done = done
            self.then = then
            self.undo = undo
            self.final = final

    def __init_subclass__(cls, **options: Any) -> None:
        # The keys of a step are made from its acts, so that nobody writes them twice.
        cls.BINDINGS = [*cls.__dict__.get("BINDINGS", ()), *bindings_of(cls.ACTS)]
        super().__init_subclass__(**options)

    def __init__(self, session: Session, screen: "ConsoleScreen") -> None:
        super().__init__(id=f"step-{type(self).STEP.value.replace('_', '-')}")
        self.set_reactive(StepView.session, session)
        self._frame = screen

    @property
    def box(self) -> BallotBox:
        """The ballot box, for counts and rolls; contents only of revealed rounds."""
        return self._frame.store.box

    @property
    def store_for_voting(self) -> SessionStore:
        """The store, to be handed on to the screens on which people vote; for nothing else."""
        return self._frame.store

    @property
    def ballots_in(self) -> int:
        """Ballots in over all rounds; read it inside a transition, so that it is as of the transaction."""
        from cxworkshop.facilitation.preparing import ballots_in  # noqa: PLC0415 (not needed for the first frame)

        return ballots_in(self._frame.store) if self._frame.session.rounds else 0

    @property
    def services(self) -> Services:
        """What the application was given from outside."""
        return self._frame.services

    @property
    def clock(self) -> Clock:
        """The present time, with a time zone."""
        return self._frame.services.clock

    @property
    def low(self) -> bool:
        """Whether the window has too few rows for more than what is needed."""
        return self.app.size.height < HIGH

    def paint(self, session: Session) -> None:
        """Put what the session says into the widgets; nothing by default."""

    @property
    def noted_item(self) -> str:
        """Id of the item that a note written now is on; empty where it is on the step."""
        return ""

    @property
    def pattern(self) -> str:
        """The pattern of the item that the room talks about, as packs name it; empty where there is none."""
        return ""

    def suggested_minutes(self) -> float:
        """Minutes offered for a new countdown: what is left to the step by the agenda, else five."""
        left = next((time.left for time in timetable(self.session, self.clock()) if time.step is self.STEP), 0.0)
        return float(round(left) or _USUAL_MINUTES)

    def first_focus(self) -> Widget:
        """What gets the focus on entering; the view itself by default, so that arrows scroll it."""
        return self

    def on_mount(self) -> None:
        """Paint for the first time."""
        self.border_title = self.TITLE
        self.paint(self.session)

    def watch_session(self, session: Session) -> None:
        """Paint what is newer."""
        if self.is_mounted and session is not None:
            self.paint(session)

    def change(self, label: str, transition: Transition, then: Callable[[], None] | None = None) -> None:
        """Post a `Change`."""
        self._tell(self.Change(label, transition, then))

    def call(
        self,
        use_case: Callable[[SessionStore], Any],
        *,
        done: str = "",
        then: Callable[[Any], None] | None = None,
        undo: tuple[str, Reversal] | None = None,
        final: bool = False,
    ) -> None:
        """Post a `Call`."""
        self._tell(self.Call(use_case, done=done, then=then, undo=undo, final=final))

    def _tell(self, message: Message) -> None:
        # An answer may come when another console has gone on and this view is gone: it counts all the same.
        (self if self.is_attached else self._frame).post_message(message)

    def ask(
        self,
        title: str,
        value: str,
        making: Making,
        label: str,
        *,
        said: str = "",
        hint: str = "",
        draft: str = "",
        echo: Callable[[str], str] | None = None,
    ) -> None:
        """Ask for one line and change the session by it; a refusal is said in the dialog, which stays open.

        Args:
            title: The question.
            value: What stands in the field at first.
            making: Makes a transition of what was typed; it and the transition may refuse.
            label: What is done, as it completes "Undone: …".
            said: Sentences above the field.
            hint: An example below it.
            draft: Name under which typed text is kept after Esc; the question, unless it is given.
            echo: Says below the field how what was typed is understood.
        """
        from cxworkshop.tui.widgets.typing_dialogs import TextDialog  # noqa: PLC0415 (fields are loaded when typed in)

        kept = draft or f"ask/{title}"
        dialog = TextDialog(title, value, said=said, hint=hint, draft=kept, check=self._tried(making), echo=echo)
        self.app.push_screen(dialog, lambda text: None if text is None else self.change(label, making(text)))

    def ask_note(
        self,
        title: str,
        value: str,
        making: Making,
        label: str,
        *,
        said: str = "",
        hint: str = "",
        draft: str = "",
        then: Callable[[], None] | None = None,
    ) -> None:
        """As `ask`, for a text of several lines; `then` is called after it was done."""
        from cxworkshop.tui.widgets.typing_dialogs import NoteDialog  # noqa: PLC0415 (as in `ask`)

        dialog = NoteDialog(title, value, said=said, hint=hint, draft=draft, check=self._tried(making))
        self.app.push_screen(dialog, lambda text: None if text is None else self.change(label, making(text), then))

    def read_day(self, text: str) -> date:
        """A day as somebody typed it, from today on.

        Raises:
            CxWorkshopError: It is not understood, or past.
        """
        return self.services.dates(text, self.clock().date())

    def say_day(self, text: str) -> str:
        """How a typed day is understood, or why it is not; empty where nothing was typed."""
        return day_said(text, self.services)

    def _tried(self, making: Making) -> Callable[[str], str | None]:
        return lambda text: refusal_of(lambda: making(text)(self.session))

    async def action_act(self, act_id: str) -> None:
        """A key of one of the acts was pressed; done at once, so that no key after it overtakes."""
        await self._frame.do(act_id)
