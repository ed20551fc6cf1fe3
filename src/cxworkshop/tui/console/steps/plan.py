"""Step 7, Priorities and plan: candidates and dots, actions, what the next stage needs, what is missing."""

from collections.abc import Callable, Mapping
from typing import ClassVar

from textual import on

from cxworkshop.domain import plan, priorities
from cxworkshop.domain.priorities import counted
from cxworkshop.domain.ratings import candidates_in, rated
from cxworkshop.domain.session import ResourceState, Session
from cxworkshop.tui.acts import Act
from cxworkshop.tui.console.steps.action_acts import ActionActs
from cxworkshop.tui.console.steps.plan_acts import PLAN_ACTS
from cxworkshop.tui.console.steps.plan_rows import Voted, plan_rows
from cxworkshop.tui.console.steps.priority_acts import PriorityActs
from cxworkshop.tui.keymap import with_keys
from cxworkshop.tui.widgets.sheet import Sheet

_NEXT_STATE: Mapping[ResourceState | None, ResourceState | None] = {
    None: "have",
    "have": "partly",
    "partly": "missing",
    "missing": None,
}
_NEXT_ANSWER: Mapping[bool | None, bool | None] = {None: True, True: False, False: None}


class PlanView(PriorityActs, ActionActs):
    """The sheet of priorities and plan."""

    TITLE = "Priorities and plan"
    ACTS: ClassVar[tuple[Act, ...]] = PLAN_ACTS
    DEFAULT_CSS = """
    PlanView { overflow-y: hidden; }
    """

    def paint(self, session: Session) -> None:
        """Every line anew; the sheet repaints only what differs."""
        result = self.result(session)
        waiting = len(priorities.proposed(session, result)) if result is not None else 0
        held = session.open_round
        if held is not None and candidates_in(held):
            count = self.box.count(held.key)
            done = "placed their dots" if held.kind == "dots" else "rated"
            known = len(session.participants)
            alone = f"{count} {'person has' if count == 1 else 'people have'}"
            who = f"{count} of {known} have" if known > count else alone
            self.border_subtitle = with_keys(f"{who} {done}; [x:vote.close] closes and shows it")
        else:
            self.border_subtitle = ""
        models = () if result is None else result.models
        apart = {found.id for found in models if found.alignment.verdict == "not_aligned"}
        self.query_one(Sheet).show(
            plan_rows(
                session, self.ways(session), self._voted(session), waiting, today=self.clock().date(), apart=apart
            )
        )

    @on(Sheet.Chosen)
    def _chosen(self, message: Sheet.Chosen) -> None:
        message.stop()
        kind, _, key = message.row.id.partition(":")
        enter: dict[str, Callable[[], None]] = {
            "candidate": self.do_candidate_choose,
            "propose": self.do_candidate_propose,
            "add-action": self.do_action_add,
            "action": self.edit_at_cursor,
            "gap": self.edit_at_cursor,
            "model": lambda: self._agree_stage(key),
            "obstacle": self.do_action_suggest,
            "resource": lambda: self._rate(key),
            "gate": self._answer_gate,
        }
        enter.get(kind, lambda: None)()

    # The next stage

    def _agree_stage(self, model_id: str) -> None:
        from cxworkshop.tui.widgets.choosing import Choice, PickDialog  # noqa: PLC0415

        model = self.session.content.model(model_id)
        choices: list[Choice[int]] = [Choice(0, "The vote's median")]
        choices += [
            Choice(place, f"{place} {stage.name}", stage.summary) for place, stage in enumerate(model.stages, 1)
        ]
        at = self.session.closing.stage.get(model_id, 0)
        dialog = PickDialog(f"Where do we stand? {model.title}", choices, at=at)

        def take(stage: int | None) -> None:
            if stage is not None:
                self.change("stage agreed", lambda session: plan.agree_stage(session, model_id, stage or None))

        self.app.push_screen(dialog, take)

    def _rate(self, resource: str) -> None:
        following = _NEXT_STATE[self.session.closing.resources.get(resource)]
        self.change("resource rated", lambda session: plan.rate_resource(session, resource, following))

    def _answer_gate(self) -> None:
        following = _NEXT_ANSWER[self.session.closing.strategy_stands]
        self.change("answer on the strategy", lambda session: plan.set_strategy_stands(session, following))

    def _voted(self, session: Session) -> Voted:
        held = priorities.last_vote(session)
        if held is None:
            return ()
        ballots = self.box.ballots(held.key)
        return rated(session, held, ballots) if held.kind == "ratings" else counted(session, held, ballots)
