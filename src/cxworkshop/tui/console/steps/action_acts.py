"""The lower part of step 7: actions, made, changed, ordered and removed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from cxworkshop.domain import plan, priorities
from cxworkshop.domain.content import Suggestion
from cxworkshop.domain.days import day_and_distance
from cxworkshop.domain.session import Action
from cxworkshop.domain.suggesting import Measure, measure_from_vote, suggestions_for
from cxworkshop.facilitation.ids import new_id
from cxworkshop.tui.app import refusal_of
from cxworkshop.tui.console.steps.answering import AnswerTo, answer_choices, answering, answers_of, fitting_in_words
from cxworkshop.tui.console.steps.base import Transition, removed
from cxworkshop.tui.console.steps.plan_rows import action_of, candidate_of
from cxworkshop.tui.console.steps.plan_sheet import PlanSheet
from cxworkshop.tui.console.steps.reviewing import Reviewing
from cxworkshop.tui.keymap import with_keys

_FIRST_SUGGESTIONS = 5
"""As many as can be taken in at a glance; the others are found by typing."""


class ActionActs(PlanSheet, Reviewing):
    """Does what the acts on actions name."""

    def do_action_add(self) -> None:
        """A new action, for the priority at the cursor."""
        candidate = candidate_of(self.session, self.line)
        self._edit(Action(new_id(self.services.random), "", candidate=candidate.id if candidate else ""), new=True)

    def do_action_suggest(self) -> None:
        """Pick a suggestion and make it an action."""
        from cxworkshop.tui.widgets.choosing import Choice  # noqa: PLC0415 (dialogs are loaded when met)
        from cxworkshop.tui.widgets.finding import FindDialog  # noqa: PLC0415 (as above)

        candidate = candidate_of(self.session, self.line)
        found = suggestions_for(self.session, self.ways(self.session), candidate)
        if not found:
            self.notify(
                with_keys("The packs have no suggestion for this; [n:action.add] writes an action of your own.")
            )
            return
        choices = [Choice(each.suggestion, each.suggestion.action, fitting_in_words(each)) for each in found]
        dialog = FindDialog("Take up which suggestion?", choices, first=_FIRST_SUGGESTIONS)

        def take(each: Suggestion | None) -> None:
            if each is not None:
                made = plan.action_from(each, new_id(self.services.random), self.session.content)
                self._edit(replace(made, candidate=candidate.id if candidate else ""), new=True)

        self.app.push_screen(dialog, take)

    def do_action_answers(self) -> None:
        """Which priority, obstacle, resources and strategy the action at the cursor serves: all of it at once."""
        from cxworkshop.tui.widgets.choosing import ChecklistDialog  # noqa: PLC0415 (dialogs are loaded when met)

        action = action_of(self.session, self.line)
        if action is None:
            self.notify("Put the cursor on an action first.")
            return
        choices = answer_choices(self.session, self.ways(self.session), action)
        if not choices:
            self.notify("There are no priorities, obstacles or strategies yet that an action could serve.")
            return
        dialog = ChecklistDialog(
            "What does this action serve?",
            choices,
            ticked=answers_of(action),
            said=f"{action.title}. Space ticks, Enter takes what is ticked.",
            check=lambda ticked: refusal_of(lambda: answering(action, ticked)),
        )

        def take(ticked: tuple[AnswerTo, ...] | None) -> None:
            if ticked is not None:
                made = answering(action, ticked)
                self.change("action changed", lambda session: plan.change_action(session, made, seen=action))

        self.app.push_screen(dialog, take)

    def do_action_review(self) -> None:
        """Done, going on or dropped."""
        action = action_of(self.session, self.line)
        if action is None:
            self.notify("Put the cursor on an action to say what became of it.")
        else:
            self.review(action)

    def do_action_down(self) -> None:
        """One place down."""
        self._move(1)

    def do_action_up(self) -> None:
        """One place up."""
        self._move(-1)

    def do_line_remove(self) -> None:
        """Remove what the cursor stands on; u brings it back."""
        row = self.line
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

    def edit_at_cursor(self) -> None:
        """Open the action at the cursor, or the one that a gap is about."""
        action = action_of(self.session, self.line)
        if action is not None:
            self._edit(action, new=False)
        else:
            self.notify("That is named at step 8, Close.")

    def _edit(self, action: Action, *, new: bool) -> None:
        """The form of an action."""
        from cxworkshop.tui.widgets.typing_dialogs import Field, FormDialog  # noqa: PLC0415

        measure = self._measure(action)
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
            Field("due", "Due", due, "in 6 weeks, next friday, 31/3, end of march, Q2", echo=said),
            Field("measure", "Measure of success", measure.measure),
            Field("baseline", "Today it stands at", measure.baseline),
            Field("target", "It shall stand at", measure.target),
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
            draft=f"new-action/{action.candidate}" if new and not action.suggestion else "",
            check=lambda typed: refusal_of(lambda: changed(typed)(self.session)),
        )
        self.app.push_screen(dialog, take)

    def _measure(self, action: Action) -> Measure:
        """What stands in the form of how success is measured: out of the vote where nothing was said of it yet."""
        said = Measure(action.measure, action.baseline, action.target)
        if any((action.measure, action.baseline, action.target)):
            return said
        return measure_from_vote(self.session, action, self.result(self.session)) or said

    def _move(self, places: int) -> None:
        action = action_of(self.session, self.line)
        if action is None:
            self.notify("Put the cursor on an action to move it.")
            return
        self.change("action moved", lambda session: plan.move_action(session, action.id, places))
