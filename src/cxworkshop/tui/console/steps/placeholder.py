"""A step whose view is not there yet."""

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from cxworkshop.domain.session import Step
from cxworkshop.tui.console.steps.base import StepView


def placeholder(step: Step) -> type[StepView]:
    """A view that only names its step."""

    class PlaceholderView(StepView):
        STEP = step
        TITLE = step.value.replace("_", " ").capitalize()

        def compose(self) -> ComposeResult:
            yield Static(Content("Nothing here yet."))

    return PlaceholderView
