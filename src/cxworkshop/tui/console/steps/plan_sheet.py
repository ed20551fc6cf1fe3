"""What the parts of step 7 share: the sheet, and where the room stands."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.widget import Widget

from cxworkshop.domain import priorities
from cxworkshop.domain.maturity import NextStage
from cxworkshop.domain.results import RoundResult
from cxworkshop.domain.session import Session, Step
from cxworkshop.tui.console.kept_results import KeptResults
from cxworkshop.tui.console.steps.base import StepView
from cxworkshop.tui.widgets.sheet import Row, Sheet

if TYPE_CHECKING:
    from cxworkshop.tui.console.screen import ConsoleScreen


class PlanSheet(StepView):
    """The sheet of priorities and plan; what can be done with its lines stands in the classes made from it."""

    STEP: ClassVar[Step] = Step.PLAN

    def __init__(self, session: Session, screen: "ConsoleScreen") -> None:
        super().__init__(session, screen)
        self.kept = KeptResults()

    def compose(self) -> ComposeResult:
        """One sheet."""
        yield Sheet(id="sheet", label_width=24)

    def first_focus(self) -> Widget:
        """The sheet."""
        return self.query_one(Sheet)

    @property
    def line(self) -> Row | None:
        """The line at the cursor."""
        return self.query_one(Sheet).row

    def result(self, session: Session) -> RoundResult | None:
        """Where the room stands; None before the reveal."""
        return self.kept.standing(session, self.box)

    def ways(self, session: Session) -> tuple[NextStage, ...]:
        """The ways to the next stages; none before the reveal."""
        result = self.result(session)
        return () if result is None else priorities.stages_ahead(session, result)
