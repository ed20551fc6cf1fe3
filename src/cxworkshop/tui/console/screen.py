"""The console's one screen: header, rail, the body of the present step, key line.

The screen holds the newest session and is the only one that calls use cases. Views get the session and post messages.
"""

import asyncio
from inspect import isawaitable
from typing import Any, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget

from cxworkshop.domain import flow
from cxworkshop.domain.session import Session
from cxworkshop.facilitation.acts import Deed, UndoStack, UseCase, apply
from cxworkshop.facilitation.ports import Services, SessionStore
from cxworkshop.tui.acts import FOOTER_ACTS, WIDE_FOOTER_ACTS, Act, bindings_of, find_act, key_line
from cxworkshop.tui.app import WIDE, CxApp
from cxworkshop.tui.changed_lines import ChangedLines
from cxworkshop.tui.console.agenda import step_name
from cxworkshop.tui.console.coach import CoachLine, coached
from cxworkshop.tui.console.common_acts import COMMON_ACTS
from cxworkshop.tui.console.header import HeaderLine
from cxworkshop.tui.console.noting import NotingActs
from cxworkshop.tui.console.rail import ROOMY, Rail
from cxworkshop.tui.console.sitting import SittingClock
from cxworkshop.tui.console.step_acts import StepActs
from cxworkshop.tui.console.steps.base import StepView, Transition
from cxworkshop.tui.console.steps.catalogue import acts_of_steps, view_class
from cxworkshop.tui.console.terminals_line import TerminalsLine
from cxworkshop.tui.console.timing import TimerActs
from cxworkshop.tui.console.voters import VoterActs
from cxworkshop.tui.keymap import with_keys
from cxworkshop.tui.widgets.act_provider import ActProvider
from cxworkshop.tui.widgets.key_line import KeyLine

BUSY_PERIOD = 1 / 20
"""Seconds between looks at the file while a round is open."""

CALM_PERIOD = 1 / 5
"""Seconds between looks at the file otherwise."""

LONGEST_HOLD = 2.0
"""Seconds for which keys are held at most while a step is being entered."""


class ConsoleScreen(StepActs, VoterActs, SittingClock, NotingActs, TimerActs, Screen[None]):
    """The frame around the step views."""

    COMMANDS = {ActProvider}
    AUTO_FOCUS = ""
    BINDINGS = bindings_of(COMMON_ACTS)

    DEFAULT_CSS = """
    ConsoleScreen { layout: vertical; }
    ConsoleScreen #middle { layout: horizontal; height: 1fr; }
    ConsoleScreen.-narrow #middle, ConsoleScreen.-low #middle { layout: vertical; }
    ConsoleScreen StepView {
        width: 1fr; height: 1fr; padding: 0 2; border: round $border-blurred; border-title-color: $primary;
        border-title-style: bold; border-subtitle-color: $accent; border-subtitle-style: bold;
    }
    ConsoleScreen StepView:focus { border: round $border; }
    """

    def __init__(self, services: Services, store: SessionStore) -> None:
        super().__init__(id="console")
        self._compositor = ChangedLines()
        self.services = services
        self.store = store
        self.session = store.session
        self.view: StepView | None = None
        self._undo = UndoStack()
        self._poll: Timer | None = None
        self._period = 0.0
        self._entering = False
        self._entered = asyncio.Event()
        self._entered.set()
        self._revision = store.revision
        self._coaching = store.session.about.rehearsal

    def compose(self) -> ComposeResult:
        """Header, rail, body, key line."""
        yield HeaderLine()
        with Container(id="middle"):
            yield Rail()
            self.view = view_class(self.session.live.step)(self.session, self)
            yield self.view
        yield TerminalsLine()
        yield CoachLine()
        yield KeyLine()

    def on_mount(self) -> None:
        """Start the clocks, and tell what was found damaged on opening."""
        self._look_every(self._wanted_period())
        for warning in self.store.warnings:
            self.notify(warning, severity="warning", timeout=12)
        self.offer_begun_note()
        self.let_simulated_people_vote()
        self._show_frame()
        self._focus_view()
        self.start_clocks()

    # What is newer

    def on_resize(self) -> None:
        """Show as many keys as there is room for."""
        if self.is_mounted:
            self.query_one(Rail).set_class(self.size.width >= ROOMY, "-roomy")
            self.take(self.store.session)

    def on_screen_resume(self) -> None:
        """Show what was voted while the terminal was handed over."""
        if self.is_mounted:
            self.take(self.store.session)

    def poll(self) -> None:
        """Take in what others have written; where nothing is new, nothing is repainted."""
        self.app_base.look(self.store.refresh)
        if self.store.revision != self._revision:
            self.take(self.store.session)
            if self.is_sitting:
                # Another console that is left stops the clock; the sitting goes on here.
                self.go_on()
        self.tell_terminals()

    def take(self, session: Session) -> None:
        """Let this be the session, and repaint what shows it.

        Where another console went to another step while something is asked or typed here, this one follows afterwards,
        so that nobody's words are pulled away.
        """
        self._revision = self.store.revision
        self.session = session
        self._look_every(self._wanted_period())
        if self.view is not None and type(self.view).STEP is session.live.step:
            self.view.session = session
        elif self.is_current:
            self._entered.clear()
            self.run_worker(self._enter())
        self._show_frame()

    # Acts

    @property
    def acts(self) -> tuple[Act, ...]:
        """What can be done here: at the present step, then everywhere."""
        return self.app_base.keyed((*(self.view.ACTS if self.view else ()), *COMMON_ACTS))

    @property
    def all_acts(self) -> tuple[Act, ...]:
        """Everything that can be done in the console, those of the present step first."""
        here = self.acts
        known = {act.id for act in here}
        return (*here, *(act for act in self.app_base.keyed(acts_of_steps()) if act.id not in known))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the paging keys to text fields while one has the focus."""
        if action == "act" and parameters and str(parameters[0]) in ("step.next", "step.previous"):
            return not self.typing
        return True

    async def action_act(self, act_id: str) -> None:
        """A key of one of the common acts was pressed."""
        await self.do(act_id)

    @on(KeyLine.Pressed)
    async def do_act(self, message: KeyLine.Pressed) -> None:
        """An act of the step was clicked."""
        message.stop()
        await self.do(message.act_id)

    async def do(self, act_id: str) -> None:
        """Do an act of the registry, or say why it cannot be done now."""
        act = next((here for here in self.acts if here.id == act_id), None)
        if act is None or not act.applies(self.session.live.step):
            act = act or find_act(self.all_acts, act_id)
            steps = ", ".join(f"{step.number} {step_name(step)}" for step in act.steps)
            self.notify(
                with_keys(f"That is done at step {steps}; [g:step.go] goes there.")
                if steps
                else with_keys("That is done at another step; [g:step.go] goes there.")
            )
            return
        reason = act.refusal(self.session)
        if reason is not None:
            self.notify(reason, title=act.label, severity="warning")
            return
        holder: Widget | Screen[None] = self.view if self.view is not None and hasattr(self.view, act.handler) else self
        given = getattr(holder, act.handler)()
        if isawaitable(given):
            await given

    def do_screen_blank(self) -> None:
        """Blank the projector or show it again."""
        blank = not self.session.live.blank
        self.change("projector blanked" if blank else "projector shown", lambda s: flow.blank(s, blank=blank))
        self.notify("The projector is blank." if blank else "The projector shows again.")

    def do_page_next(self) -> None:
        """Hold the projector's pages, or turn to the next one."""
        self.apply(lambda session: flow.turn_page(session, 1))

    def do_page_previous(self) -> None:
        """Turn the projector back by a page."""
        self.apply(lambda session: flow.turn_page(session, -1))

    def do_app_colours(self) -> None:
        """The other theme."""
        self.app_base.next_theme()

    def do_app_commands(self) -> None:
        """Open the palette."""
        self.app.action_command_palette()

    def do_app_help(self) -> None:
        """Every key, by heading."""
        from cxworkshop.tui.widgets.help import HelpScreen  # noqa: PLC0415

        self.app.push_screen(HelpScreen(f"{step_name(self.session.live.step)}: every key", self.acts))

    async def do_app_leave(self) -> None:
        """Leave, after a question while a round is open."""
        await self.app.action_quit()

    def do_app_undo(self) -> None:
        """Take back the newest act."""
        label = self.app_base.attempt(lambda: self._undo.undo(self.store))
        if label is not None:
            self.take(self.store.session)
            self.notify(f"Undone: {label}. " + with_keys("[U:app.redo] does it again."))

    def do_app_redo(self) -> None:
        """Do again what was taken back last."""
        label = self.app_base.attempt(lambda: self._undo.redo(self.store))
        if label is not None:
            self.take(self.store.session)
            self.notify(f"Done again: {label}.")

    def noted_item(self) -> str:
        """The item in focus in the view of the step."""
        return self.view.noted_item if self.view is not None else ""

    def suggested_minutes(self) -> float:
        """What the view of the step suggests for a countdown."""
        return self.view.suggested_minutes() if self.view is not None else super().suggested_minutes()

    # Changes

    def apply(self, transition: Transition) -> bool:
        """Change the session without a way to undo it: for the place in the flow and what is typed."""
        changed = self.app_base.attempt(lambda: apply(self.store, transition))
        if changed is not None:
            self.take(self.store.session)
        return changed is not None

    def change(self, label: str, transition: Transition) -> bool:
        """Change the session by an act of the facilitator that can be undone; tells whether it was done."""
        changed = self.app_base.attempt(lambda: self._undo.perform(self.store, label, transition))
        if changed is None:
            return False
        self.take(self.store.session)
        return True

    @on(StepView.Change)
    def _on_change(self, message: StepView.Change) -> None:
        message.stop()
        if self.change(message.label, message.transition) and message.then is not None:
            message.then()

    @on(StepView.Call)
    def _on_call(self, message: StepView.Call) -> None:
        message.stop()
        given = self._run(message.use_case)
        if given is None:
            return
        if message.final:
            self._undo.forget()
            # What was told before, such as how to reveal, would now stand over the results.
            self.app.clear_notifications()
        elif message.undo is not None:
            label, reversal = message.undo
            last = self.store.session.rounds[-1].key if self.store.session.rounds else ""
            self._undo.remember(Deed(label, lambda store: reversal(store, last), message.use_case))
        self.take(self.store.session)
        if message.done:
            self.notify(message.done)
        if message.then is not None:
            message.then(given[0])

    def _run(self, use_case: UseCase) -> tuple[Any] | None:
        """What a use case gave, in a tuple since it may give None; None where it was refused."""
        return self.app_base.attempt(lambda: (use_case(self.store),))

    # The frame

    @on(Rail.Chosen)
    def _on_rail(self, message: Rail.Chosen) -> None:
        message.stop()
        self.go_to(message.step)

    async def _enter(self) -> None:
        """Put the view of the present step in place of another; steps passed meanwhile are skipped."""
        if self._entering:
            return
        self._entering = True
        try:
            await self._exchange_views()
        finally:
            self._entering = False
            self._entered.set()

    async def _exchange_views(self) -> None:
        while self.view is None or type(self.view).STEP is not self.session.live.step:
            leaving, self.view = self.view, None
            # Painting a widget that was removed may end the program, since its styles are gone: lay out anew first.
            with self.app.batch_update():
                if leaving is not None:
                    await leaving.remove()
                view = view_class(self.session.live.step)(self.session, self)
                await self.query_one("#middle").mount(view)
                self.refresh(layout=True)
            self.view = view
        self._show_frame()
        self._focus_view()

    async def has_entered(self) -> None:
        """Wait until the view of the present step can be worked with, so that keys pressed meanwhile are for it.

        A view that never comes must not hold the keyboard for ever, since the way out is a key too.
        """
        if not self._entered.is_set():
            await asyncio.wait([asyncio.create_task(self._entered.wait())], timeout=LONGEST_HOLD)

    def do_coach_toggle(self) -> None:
        """Let the coach speak, or be silent."""
        self._coaching = not self._coaching
        self._show_frame()

    def _coach(self) -> None:
        """Say in a practice session what to do next."""
        held = self.session.rounds[-1] if self._coaching and self.session.rounds else None
        ballots = self.store.box.count(held.key) if held is not None else 0
        self.query_one(CoachLine).tell(coached(self.session, ballots, self.acts) if self._coaching else "")

    def _show_frame(self) -> None:
        self.tell_time()
        step = self.session.live.step
        if self.view is None or step is not type(self.view).STEP:
            return
        self._coach()
        refused = frozenset(act.id for act in self.acts if act.refusal(self.session) is not None)
        nothing_done = (("app.undo", self._undo.acts), ("app.redo", self._undo.undone))
        refused |= {act_id for act_id, deeds in nothing_done if not deeds}
        room = WIDE_FOOTER_ACTS if self.size.width >= WIDE else FOOTER_ACTS
        self.query_one(KeyLine).show(key_line(self.acts, step, room, refused), refused)

    def _focus_view(self) -> None:
        if self.view is not None and self.focused is None:
            self.set_focus(self.view.first_focus())

    def watch_focused(self, focused: Widget | None) -> None:
        """Keep the keys of the step alive: something in the body always has the focus."""
        if focused is None and self.is_mounted and self.view is not None and self.view.is_attached:
            self.call_later(self._focus_view)

    @property
    def typing(self) -> bool:
        """Whether a text field has the focus."""
        focused = self.focused
        return focused is not None and focused.check_consume_key("a", "a")

    def _wanted_period(self) -> float:
        return BUSY_PERIOD if self.session.open_round is not None else CALM_PERIOD

    def _look_every(self, period: float) -> None:
        if period != self._period:
            if self._poll is not None:
                self._poll.stop()
            self._period = period
            self._poll = self.set_interval(period, self.poll)

    @property
    def app_base(self) -> CxApp[Any]:
        """The application, as the edge where refusals are shown."""
        return cast("CxApp[Any]", self.app)
