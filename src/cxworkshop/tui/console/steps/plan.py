"""Step 7, Priorities and plan: candidates and dots, actions, what the next stage needs, what is missing."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widget import Widget

from cxworkshop.domain import plan, priorities, rounds
from cxworkshop.domain.content import Suggestion
from cxworkshop.domain.days import day_and_distance
from cxworkshop.domain.maturity import NextStage
from cxworkshop.domain.priorities import Dotted, counted
from cxworkshop.domain.results import RoundResult
from cxworkshop.domain.session import Action, Candidate, ResourceState, Session, Step
from cxworkshop.facilitation.acts import apply
from cxworkshop.facilitation.ids import new_id
from cxworkshop.facilitation.revealing import close_round, drop_round, reveal_round
from cxworkshop.tui.acts import Act
from cxworkshop.tui.app import refusal_of
from cxworkshop.tui.console.kept_results import KeptResults
from cxworkshop.tui.console.steps.base import StepView, Transition, removed
from cxworkshop.tui.console.steps.plan_acts import PLAN_ACTS
from cxworkshop.tui.console.steps.plan_rows import action_of, candidate_of, plan_rows, themes_of
from cxworkshop.tui.console.steps.reading import read_number
from cxworkshop.tui.console.steps.voting_acts import VotingActs, missing_in_words
from cxworkshop.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from cxworkshop.facilitation.ports import SessionStore
    from cxworkshop.tui.console.screen import ConsoleScreen

_NEXT_STATE: Mapping[ResourceState | None, ResourceState | None] = {
    None: "have",
    "have": "partly",
    "partly": "missing",
    "missing": None,
}
_NEXT_ANSWER: Mapping[bool | None, bool | None] = {None: True, True: False, False: None}
_MOST_HANDS = 10_000


class PlanView(VotingActs, StepView):
    """The sheet of priorities and plan."""

    STEP = Step.PLAN
    TITLE = "Priorities and plan"
    ACTS: ClassVar[tuple[Act, ...]] = PLAN_ACTS
    DEFAULT_CSS = """
    PlanView { overflow-y: hidden; }
    """

    def __init__(self, session: Session, screen: "ConsoleScreen") -> None:
        super().__init__(session, screen)
        self._results = KeptResults()

    def compose(self) -> ComposeResult:
        """One sheet."""
        yield Sheet(id="sheet", label_width=24)

    def first_focus(self) -> Widget:
        """The sheet."""
        return self.query_one(Sheet)

    def paint(self, session: Session) -> None:
        """Every line anew; the sheet repaints only what differs."""
        result = self._result(session)
        waiting = len(priorities.proposed(session, result)) if result is not None else 0
        held = session.open_round
        if held is not None and held.kind == "dots":
            self.border_subtitle = f"{self.box.count(held.key)} have placed their dots; c closes and shows them"
        else:
            self.border_subtitle = ""
        self.query_one(Sheet).show(plan_rows(session, self._ways(session), self._dotted(session), waiting))

    @on(Sheet.Chosen)
    def _chosen(self, message: Sheet.Chosen) -> None:
        message.stop()
        kind, _, key = message.row.id.partition(":")
        enter: dict[str, Callable[[], None]] = {
            "candidate": self.do_candidate_choose,
            "propose": self.do_candidate_propose,
            "add-action": self.do_action_add,
            "action": self._edit_at_cursor,
            "gap": self._edit_at_cursor,
            "model": lambda: self._agree_stage(key),
            "obstacle": self.do_action_suggest,
            "resource": lambda: self._rate(key),
            "gate": self._answer_gate,
        }
        enter.get(kind, lambda: None)()

    # Priorities

    def do_candidate_propose(self) -> None:
        """Take in what the session itself puts forward."""
        result = self._result(self.session)
        if result is None:
            self.notify("Candidates come from round 1, which has not been revealed; a adds one of your own.")
            return
        if not priorities.proposed(self.session, result):
            self.notify("Everything the session could put forward is on the list.")
            return
        self.change(
            "candidates put forward",
            lambda session: priorities.add_candidates(session, priorities.proposed(session, result)),
        )

    def do_candidate_add(self) -> None:
        """One of the room's own."""

        def added(text: str) -> Transition:
            made = Candidate(new_id(self.services.random), text, "own")
            return lambda session: priorities.add_candidates(session, [made])

        self.ask("What else could be worked on?", "", added, "candidate added", draft="candidate")

    def do_candidate_choose(self) -> None:
        """Make it a priority, or no longer one."""
        candidate = candidate_of(self.session, self.query_one(Sheet).row)
        if candidate is None:
            self.notify("Put the cursor on a candidate to choose it.")
            return
        chosen = not candidate.chosen
        label = "priority chosen" if chosen else "priority taken back"
        self.change(label, lambda session: priorities.choose(session, candidate.id, chosen=chosen))

    def do_dots_open(self) -> None:
        """Everybody places dots, on ballots."""
        self.call(
            lambda store: apply(store, rounds.open_dots),
            done=f"Each person places {self.session.rules.dots} dots, on any voting terminal; h hands this one over.",
            undo=("the vote by dots opened", drop_round),
        )

    def do_dots_close(self) -> None:
        """Close and show at once: dots are a choice, not an opinion to be talked about first."""
        from cxworkshop.tui.widgets.choosing import ConfirmDialog  # noqa: PLC0415 (met rarely)

        held = self.session.open_round
        count = self.box.count(held.key) if held is not None else 0
        missing = self.missing(held) if held is not None else []
        absent = f", {len(missing)} of {len(missing) + count} are missing" if missing else ""
        question = f"Close the vote by dots and show it? {count} ballots are in{absent}."
        detail = f"{missing_in_words(missing)} The ballots are sealed, which cannot be undone.".strip()
        dialog = ConfirmDialog(question, detail, yes="Close and show")
        self.app.push_screen(dialog, lambda yes: self.call(_close_and_reveal, final=True) if yes else None)

    def do_dots_hands(self) -> None:
        """Dots counted from a wall, one number a candidate."""
        from cxworkshop.tui.widgets.typing_dialogs import Field, FormDialog  # noqa: PLC0415

        fields = [Field(candidate.id, candidate.title, "0") for candidate in self.session.candidates.values()]

        def recorded(typed: Mapping[str, str]) -> Transition:
            dots = {key: int(read_number(text or "0", 0, _MOST_HANDS)) for key, text in typed.items()}
            return lambda session: rounds.record_dots(session, dots)

        dialog = FormDialog(
            "Dots counted from the wall", fields, check=lambda typed: refusal_of(lambda: recorded(typed)(self.session))
        )
        self.app.push_screen(dialog, lambda typed: self.change("dots keyed in", recorded(typed)) if typed else None)

    # The plan

    def do_action_add(self) -> None:
        """A new action, for the priority at the cursor."""
        candidate = candidate_of(self.session, self.query_one(Sheet).row)
        self._edit(Action(new_id(self.services.random), "", candidate=candidate.id if candidate else ""), new=True)

    def do_action_suggest(self) -> None:
        """Pick a suggestion and make it an action."""
        from cxworkshop.tui.widgets.choosing import Choice, PickDialog  # noqa: PLC0415

        taken = {action.suggestion for action in self.session.actions.values()}
        candidate = candidate_of(self.session, self.query_one(Sheet).row)
        content, ways = self.session.content, self._ways(self.session)
        if candidate is not None and candidate.items:
            themes = frozenset(item.theme for item in content.items if item.id in candidate.items)
            near = plan.suggestions_for(content, themes=themes)
        else:
            near = ()
        others = plan.suggestions_for(content, themes=themes_of(self.session), stages=ways)
        listed = (*near, *(each for each in others if each not in near))
        found = [suggestion for suggestion in listed if suggestion.id not in taken]
        if not found:
            self.notify("The packs have no suggestion for this; n writes an action of your own.")
            return
        choices = [
            Choice(each, each.action, f"{', '.join(each.themes) or 'for the next stage'} · {each.source}")
            for each in found
        ]
        dialog = PickDialog("Take up which suggestion?", choices)

        def take(each: Suggestion | None) -> None:
            if each is not None:
                made = plan.action_from(each, new_id(self.services.random), self.session.content)
                self._edit(replace(made, candidate=candidate.id if candidate else ""), new=True)

        self.app.push_screen(dialog, take)

    def do_action_answers(self) -> None:
        """Which priority, obstacle and strategy the action at the cursor serves."""
        from cxworkshop.tui.widgets.choosing import Choice, PickDialog  # noqa: PLC0415

        action = action_of(self.session, self.query_one(Sheet).row)
        if action is None:
            self.notify("Put the cursor on an action first.")
            return
        choices = [
            *(
                Choice(replace(action, candidate=each.id), f"Priority: {each.title}")
                for each in self.session.candidates.values()
            ),
            *(
                Choice(replace(action, obstacle=way.obstacle), f"Obstacle: {way.obstacle}", way.model.title)
                for way in self._ways(self.session)
                if way.obstacle
            ),
            *(
                Choice(replace(action, resources=(*action.resources, name)), f"Resource: {name}")
                for way in self._ways(self.session)
                for name in way.resources
                if name not in action.resources
            ),
            *(
                Choice(replace(action, strategy=each.id), f"Strategy: {each.name}", each.meaning)
                for each in self.session.content.strategies
            ),
        ]
        dialog = PickDialog("What does this action serve?", choices, said=action.title)
        self.app.push_screen(dialog, lambda made: self._take_action(made, action))

    def do_action_down(self) -> None:
        """One place down."""
        self._move(1)

    def do_action_up(self) -> None:
        """One place up."""
        self._move(-1)

    def do_line_remove(self) -> None:
        """Remove what the cursor stands on; u brings it back."""
        row = self.query_one(Sheet).row
        candidate, action = candidate_of(self.session, row), action_of(self.session, row)
        if candidate is not None:
            self.change(
                "candidate removed",
                lambda session: priorities.remove_candidate(session, candidate.id),
                lambda: self.notify(removed(candidate.title)),
            )
        elif action is not None:
            self.change(
                "action removed",
                lambda session: plan.remove_action(session, action.id),
                lambda: self.notify(removed(action.title)),
            )
        else:
            self.notify("Put the cursor on a candidate or an action to remove it.")

    def _edit_at_cursor(self) -> None:
        action = action_of(self.session, self.query_one(Sheet).row)
        if action is not None:
            self._edit(action, new=False)
        else:
            self.notify("That is named at step 8, Close.")

    def _edit(self, action: Action, *, new: bool) -> None:
        """The form of an action."""
        from cxworkshop.tui.widgets.typing_dialogs import Field, FormDialog  # noqa: PLC0415

        people = tuple(person.name for person in self.session.participants.values() if person.name)
        due = "" if action.due is None else action.due.isoformat()

        def read(text: str) -> date | None:
            # A day that has come since it was set stays, while only new ones have to be ahead.
            return action.due if text.strip() == due else self.read_day(text) if text.strip() else None

        def said(text: str) -> str:
            if action.due is not None and text.strip() == due:
                return day_and_distance(action.due, self.clock().date())
            return self.say_day(text)

        fields = [
            Field("title", "What will be done? Begin with a verb.", action.title),
            Field("owner", "Owner (one person)", action.owner, "", people),
            Field("due", "Due", due, "in 6 weeks, next friday, 31/3, end of march, Q2, 2027-03-31", echo=said),
            Field("measure", "Measure of success", action.measure),
            Field("baseline", "Today it stands at", action.baseline),
            Field("target", "It shall stand at", action.target),
            Field("first_step", "First step", action.first_step),
        ]

        def changed(typed: Mapping[str, str]) -> Transition:
            made = replace(
                action,
                title=typed["title"],
                owner=typed["owner"],
                due=read(typed["due"]),
                measure=typed["measure"],
                baseline=typed["baseline"],
                target=typed["target"],
                first_step=typed["first_step"],
            )
            if new:
                return lambda session: plan.add_action(session, made)
            return lambda session: plan.change_action(session, made, seen=action)

        def take(typed: dict[str, str] | None) -> None:
            if typed is not None:
                self.change("action added" if new else "action changed", changed(typed))

        dialog = FormDialog(
            "New action" if new else "Action",
            fields,
            draft="new-action" if new and not action.suggestion else "",
            check=lambda typed: refusal_of(lambda: changed(typed)(self.session)),
        )
        self.app.push_screen(dialog, take)

    def _take_action(self, made: Action | None, seen: Action) -> None:
        if made is not None:
            self.change("action changed", lambda session: plan.change_action(session, made, seen=seen))

    def _move(self, places: int) -> None:
        action = action_of(self.session, self.query_one(Sheet).row)
        if action is None:
            self.notify("Put the cursor on an action to move it.")
            return
        self.change("action moved", lambda session: plan.move_action(session, action.id, places))

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

    # What was voted

    def _result(self, session: Session) -> RoundResult | None:
        return self._results.standing(session, self.box)

    def _ways(self, session: Session) -> tuple[NextStage, ...]:
        result = self._result(session)
        return () if result is None else priorities.stages_ahead(session, result)

    def _dotted(self, session: Session) -> tuple[Dotted, ...]:
        held = priorities.last_dots(session)
        return () if held is None else counted(session, held, self.box.ballots(held.key))


def _close_and_reveal(store: "SessionStore") -> None:
    if store.session.open_round is not None:
        close_round(store)
    reveal_round(store)
