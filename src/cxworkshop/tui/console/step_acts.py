"""The acts that lead from step to step, and what is said at one."""

from typing import TYPE_CHECKING

from cxworkshop.domain import discussion, flow
from cxworkshop.domain.session import STEPS, Step
from cxworkshop.tui.console.agenda import over_words, step_name, step_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

    from cxworkshop.domain.session import Session
    from cxworkshop.facilitation.ports import Services
    from cxworkshop.tui.console.steps.base import StepView

    _Base = Screen[None]
else:
    _Base = object


class StepActs(_Base):
    """A screen that stands at one of the eight steps."""

    services: "Services"
    session: "Session"
    view: "StepView | None"

    def apply(self, transition: "Callable[[Session], Session]") -> bool:
        """Change the session without a way to undo it."""
        raise NotImplementedError

    def go_to(self, step: Step) -> None:
        """Stand at a step."""
        if step is self.session.live.step:
            return
        # What was told names keys of the step that is left.
        self.app.clear_notifications()

        def gone(session: "Session") -> "Session":
            begun = discussion.begin(session) if step is Step.DISAGREEMENTS else session
            return flow.go_to(begun, step, self.services.clock())

        self.apply(gone)

    def do_step_next(self) -> None:
        """Go on."""
        self.go_to(STEPS[min(self.session.live.step.number, len(STEPS) - 1)])

    def do_step_previous(self) -> None:
        """Go back."""
        self.go_to(STEPS[max(self.session.live.step.number - 2, 0)])

    def do_step_go(self) -> None:
        """Choose a step."""
        from cxworkshop.tui.widgets.choosing import Choice, PickDialog  # noqa: PLC0415

        now, present = self.services.clock(), self.session.live.step
        words = {time.step: step_words(time, present) for time in flow.timetable(self.session, now)}
        choices = [Choice(step, f"{step.number} {step_name(step)}", words.get(step, "")) for step in STEPS]
        dialog = PickDialog("Go to which step?", choices, said=over_words(self.session, now), at=present)
        self.app.push_screen(dialog, self._go_if_chosen)

    def do_step_script(self) -> None:
        """All of the prompt of the step."""
        from cxworkshop.tui.console.script import script_lines  # noqa: PLC0415 (loaded when met)
        from cxworkshop.tui.widgets.hanging import HangingText  # noqa: PLC0415 (as above)
        from cxworkshop.tui.widgets.prompting import PROMPT_INDENT  # noqa: PLC0415 (as above)
        from cxworkshop.tui.widgets.showing import TextScreen  # noqa: PLC0415 (as above)

        said = script_lines(self.session, self.view.pattern if self.view is not None else "")
        if not said:
            self.notify("The packs of this session say nothing for this step.")
            return
        title = f"{step_name(self.session.live.step)}: what to say"
        self.app.push_screen(TextScreen(title, HangingText(PROMPT_INDENT, said)))

    def _go_if_chosen(self, step: Step | None) -> None:
        if step is not None:
            self.go_to(step)
