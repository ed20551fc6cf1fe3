"""The lower part of step 7: actions, made, changed, ordered and removed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from cxworkshop.domain import plan, priorities
from cxworkshop.domain.content import Suggestion
from cxworkshop.domain.days import day_and_distance
from cxworkshop.domain.session import Action
from cxworkshop.facilitation.ids import new_id
from cxworkshop.tui.app import refusal_of
from cxworkshop.tui.console.steps.base import Transition, removed
from cxworkshop.tui.console.steps.plan_rows import action_of, candidate_of, themes_of
from cxworkshop.tui.console.steps.plan_sheet import PlanSheet


class ActionActs(PlanSheet):
    """Does what the acts on actions name."""

    def do_action_add(self) -> None:
        """A new action, for the priority at the cursor."""
        candidate = candidate_of(self.session, self.line)
        self._edit(Action(new_id(self.services.random), "", candidate=candidate.id if candidate else ""), new=True)

    def do_action_suggest(self) -> None:
        """Pick a suggestion and make it an action."""
        from cxworkshop.tui.widgets.choosing import Choice, PickDialog  # noqa: PLC0415

        taken = {action.suggestion for action in self.session.actions.values()}
        candidate = candidate_of(self.session, self.line)
        content, ways = self.session.content, self.ways(self.session)
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

        action = action_of(self.session, self.line)
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
                for way in self.ways(self.session)
                if way.obstacle
            ),
            *(
                Choice(replace(action, resources=(*action.resources, name)), f"Resource: {name}")
                for way in self.ways(self.session)
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
        action = action_of(self.session, self.line)
        if action is None:
            self.notify("Put the cursor on an action to move it.")
            return
        self.change("action moved", lambda session: plan.move_action(session, action.id, places))
