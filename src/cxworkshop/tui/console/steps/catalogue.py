"""Which view stands at which step; each is loaded when its step is first entered."""

from dataclasses import replace
from importlib import import_module

from cxworkshop.domain.session import STEPS, Step
from cxworkshop.tui.acts import Act
from cxworkshop.tui.console.steps.base import StepView

_VIEWS: dict[Step, tuple[str, str]] = {
    Step.PREPARE: ("prepare", "PrepareView"),
    Step.WELCOME: ("welcome", "WelcomeView"),
    Step.SELF_TEST: ("self_test", "SelfTestView"),
    Step.REVEAL: ("reveal", "RevealView"),
    Step.DISAGREEMENTS: ("disagreements", "DisagreementsView"),
    Step.COMPARE: ("compare", "CompareView"),
    Step.PLAN: ("plan", "PlanView"),
    Step.CLOSE: ("close", "CloseView"),
}


def view_class(step: Step) -> type[StepView]:
    """The view of a step."""
    module, name = _VIEWS[step]
    found: type[StepView] = getattr(import_module(f"cxworkshop.tui.console.steps.{module}"), name)
    return found


def acts_of_steps() -> tuple[Act, ...]:
    """The acts of all steps, in the order of the flow, each with the step at which it is done."""
    return tuple(replace(act, steps=(step,)) for step in STEPS for act in view_class(step).ACTS)
