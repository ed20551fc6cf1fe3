"""Saying what became of an action: at Welcome of those from last time, in the plan of any."""

from collections.abc import Mapping
from dataclasses import replace

from cxworkshop.domain.errors import InvalidValue
from cxworkshop.domain.plan import change_action
from cxworkshop.domain.session import Action, ActionState
from cxworkshop.domain.wording import ACTION_STATE_NAMES
from cxworkshop.tui.app import refusal_of
from cxworkshop.tui.console.steps.base import StepView, Transition

ACTION_SIGNS: Mapping[ActionState, str] = {"open": "☐", "done": "☑", "moved": "→", "dropped": "✕"}

_MEANINGS: Mapping[ActionState, str] = {
    "done": "It was carried out.",
    "moved": "It goes on in this plan, with a new day.",
    "dropped": "It is not pursued any more.",
    "open": "Nothing has been said of it.",
}
_NOTES: Mapping[ActionState, str] = {
    "done": "What came of it?",
    "moved": "What held it up?",
    "dropped": "Why is it dropped?",
}


class Reviewing(StepView):
    """Asks what became of an action, then for a word on it."""

    def review(self, action: Action) -> None:
        """Ask for the state, then for the note, and for the new day of an action that goes on."""
        from cxworkshop.tui.widgets.choosing import Choice, PickDialog  # noqa: PLC0415 (dialogs are loaded when met)

        choices = [
            Choice(state, f"{ACTION_SIGNS[state]} {ACTION_STATE_NAMES[state]}", meaning)
            for state, meaning in _MEANINGS.items()
        ]
        dialog = PickDialog(
            f"What became of it? {action.title}", choices, at=None if action.state == "open" else action.state
        )
        self.app.push_screen(dialog, lambda state: None if state is None else self._note(action, state))

    def _note(self, action: Action, state: ActionState) -> None:
        if state == "open":
            self.change(_label(action, state), _changed(action, replace(action, state=state)))
            return
        from cxworkshop.tui.widgets.typing_dialogs import Field, FormDialog  # noqa: PLC0415 (as above)

        # What was noted last time is no answer to what came of it since; it stands there to be read.
        said = "" if action.state == "open" else action.note
        fields = [Field("note", f"{_NOTES[state]} (may stay empty)", said, action.note)]
        if state == "moved":
            ahead = action.due is not None and action.due > self.clock().date()
            due = action.due.isoformat() if action.due is not None and ahead else ""
            hint = "in 6 weeks, next friday, 31/3, end of march"
            fields.insert(0, Field("due", "Due from now on", due, hint, echo=self.say_day))

        def reviewed(typed: Mapping[str, str]) -> Transition:
            day = action.due
            if "due" in typed and not typed["due"].strip() and action.due is not None:
                raise InvalidValue(f"It was due on {action.due.isoformat()}; say when it is due from now on.")
            if "due" in typed:
                day = self.read_day(typed["due"]) if typed["due"].strip() else None
            return _changed(action, replace(action, state=state, note=typed["note"], due=day))

        dialog = FormDialog(
            f"{ACTION_STATE_NAMES[state].capitalize()}: {action.title}",
            fields,
            check=lambda typed: refusal_of(lambda: reviewed(typed)(self.session)),
        )
        self.app.push_screen(
            dialog, lambda typed: None if typed is None else self.change(_label(action, state), reviewed(typed))
        )


def _changed(seen: Action, made: Action) -> Transition:
    """The change of an action from what was seen of it; what others have set meanwhile stays."""
    return lambda session: change_action(session, made, seen=seen)


def _label(action: Action, state: ActionState) -> str:
    """As it completes "Undone: …"."""
    return f"“{action.title}” marked as {ACTION_STATE_NAMES[state]}"
