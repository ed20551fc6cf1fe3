"""Writing notes: on the item that is talked about, or on the step where the room is."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from cxworkshop.domain import discussion, flow
from cxworkshop.domain.session import Step
from cxworkshop.tui.console.agenda import step_name
from cxworkshop.tui.keymap import with_keys

if TYPE_CHECKING:
    from textual.screen import Screen

    from cxworkshop.domain.session import Session

    _Base = Screen[None]
else:
    _Base = object


_STEP = "step:"
"""What the subject of a note begins with that is on no item."""


def _step_of(subject: str) -> Step | None:
    """The step that a note is on; None where it is on an item."""
    return Step(subject.removeprefix(_STEP)) if subject.startswith(_STEP) else None


class NotingActs(_Base):
    """What a screen on which notes are written can do; what is being typed lies in the session, as a draft."""

    session: "Session"

    _begun_before = False
    """Whether a note was begun before this console was opened, and has not been opened again."""

    def offer_begun_note(self) -> None:
        """Say that a note was begun and not taken before this console was opened; writing a note opens it again."""
        live = self.session.live
        self._begun_before = bool(live.draft)
        if live.draft:
            where = _step_of(live.draft_item)
            subject = "on an item" if where is None else f"at {step_name(where)}"
            self.notify(
                with_keys(f"A note {subject} was begun and not taken; [N:note.write] opens it again."), timeout=12
            )

    def change(self, label: str, transition: "Callable[[Session], Session]") -> bool:
        """Change the session by an act that can be undone."""
        raise NotImplementedError

    def apply(self, transition: "Callable[[Session], Session]") -> bool:
        """Change the session without a way to undo it."""
        raise NotImplementedError

    def noted_item(self) -> str:
        """Id of the item that a note would be on; empty where it would be on the step."""
        return ""

    def do_note_write(self) -> None:
        """Write a note; what is typed is on disk about once a second, and stays there when it is left by Esc."""
        from cxworkshop.tui.widgets.typing_dialogs import NoteDialog  # noqa: PLC0415 (fields are loaded when typed in)

        live = self.session.live
        subject = live.draft_item if self._begun_before and live.draft else self.noted_item() or f"step:{live.step}"
        self._begun_before = False
        step = _step_of(subject) or live.step
        item = "" if subject.startswith(_STEP) else subject

        def noted(text: str) -> "Callable[[Session], Session]":
            if item:
                return lambda session: discussion.add_note(session, item, text)
            return lambda session: discussion.add_step_note(session, step, text)

        def take(text: str | None) -> None:
            if text is None:
                return
            if text.strip() and self.change("the note", noted(text)):
                self.notify(
                    "Noted; it stands below the item." if item else with_keys("Noted; [i:step.script] shows it.")
                )
            self._keep_draft(subject, "")

        self.app.push_screen(
            NoteDialog(
                "Note on this item" if item else f"Note at {step_name(step)}",
                live.draft if live.draft_item == subject else "",
                said=self.session.content.item(item).text
                if item
                else with_keys("It goes into the report. [i:step.script] shows it here."),
                draft=f"note/{subject}",
                typed=lambda text: self._keep_draft(subject, text),
            ),
            take,
        )

    def _keep_draft(self, subject: str, text: str) -> None:
        """Keep a note that is being typed on the disk, so that a crash does not lose it.

        At once and not by a message: when the system ends the program, no message is delivered any more.
        """
        live = self.session.live
        if (text, subject if text else "") != (live.draft, live.draft_item):
            self.apply(lambda session: flow.draft(session, text, subject))
