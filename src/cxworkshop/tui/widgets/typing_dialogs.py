"""Dialogs in which something is typed. Esc backs out and keeps what was typed for when the dialog opens again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalGroup
from textual.content import Content
from textual.suggester import Suggester, SuggestFromList
from textual.timer import Timer
from textual.widgets import Button, Input, Static, TextArea

from cxworkshop.domain.text import LINE_LIMIT
from cxworkshop.tui.app import CxApp
from cxworkshop.tui.widgets.dialog import Answer, Dialog
from cxworkshop.tui.widgets.line_field import LineField

Check = Callable[[str], str | None]
"""Tells why a text cannot be taken, in a sentence, or None where it can."""

Echo = Callable[[str], str]
"""Says back how a text is understood, or why it is not; empty says nothing."""

ECHO_AFTER = 0.25
"""Seconds without a key after which what was typed is said back; leaving the field does so at once."""


def accept_all(text: str) -> str | None:
    """Takes any text."""
    del text
    return None


def _suggester(suggestions: Sequence[str] | Suggester) -> Suggester | None:
    if isinstance(suggestions, Suggester):
        return suggestions
    return SuggestFromList(suggestions, case_sensitive=False) if suggestions else None


class TypingDialog(Dialog[Answer]):
    """What typing dialogs share: buttons to take and to go back, and the drafts."""

    def __init__(self, title: str, said: str, draft: str) -> None:
        super().__init__(title, said)
        self._draft = draft

    def buttons(self) -> ComposeResult:
        """Take and back: what was typed was meant, so that the key after the last field takes it."""
        yield Button("Take", id="take", variant="primary", compact=True)
        yield Button("Back", id="back", compact=True)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        if event.button.id == "take":
            self.action_take()
        else:
            self.action_back_out()

    def action_take(self) -> None:
        """Take what was typed, or say what is wrong with it."""
        raise NotImplementedError

    def drafted(self, part: str, otherwise: str) -> str:
        """What was typed last time and not taken."""
        app = self.app
        if not self._draft or not isinstance(app, CxApp):
            return otherwise
        return app.drafts.get(f"{self._draft}/{part}", otherwise)

    def keep(self, typed: Mapping[str, str]) -> None:
        """Keep what was typed."""
        app = self.app
        if self._draft and isinstance(app, CxApp):
            app.drafts.update({f"{self._draft}/{part}": text for part, text in typed.items()})

    def let_go(self) -> None:
        """Forget the draft; it was taken."""
        app = self.app
        if isinstance(app, CxApp):
            for name in [name for name in app.drafts if name.startswith(f"{self._draft}/")]:
                del app.drafts[name]


class TextDialog(TypingDialog[str]):
    """Asks for one line; Enter takes it. Gives the text as typed, or None on Esc.

    The text is not cleaned here: that is the transition's work.
    """

    def __init__(
        self,
        title: str,
        value: str = "",
        *,
        said: str = "",
        hint: str = "",
        suggestions: Sequence[str] | Suggester = (),
        secret: bool = False,
        draft: str = "",
        check: Check = accept_all,
        echo: Echo | None = None,
    ) -> None:
        """Set up a dialog.

        Args:
            title: The question.
            value: What stands in the field at first.
            said: Sentences above the field.
            hint: An example of what to type, below the field.
            suggestions: Texts offered while typing, or what finds them; → takes one.
            secret: Show dots for characters.
            draft: Name under which typed text is kept after Esc; empty keeps none.
            check: Refuses a text with a sentence shown in the dialog, which stays open.
            echo: Says below the field how what was typed is understood.
        """
        super().__init__(title, said, draft)
        self._echo = echo
        self._echoing: Timer | None = None
        self._value = value
        self._hint = hint
        self._suggestions = suggestions
        self._secret = secret
        self._check = check

    def body(self) -> ComposeResult:
        """The field and its hint."""
        yield LineField(
            self.drafted("text", self._value),
            password=self._secret,
            max_length=LINE_LIMIT,
            suggester=_suggester(self._suggestions),
            id="text",
        )
        if self._echo is not None:
            yield Static("", id="echo", markup=False)
        if self._hint:
            yield Static(Content(self._hint), classes="hint")

    def on_mount(self) -> None:
        """Begin in the field."""
        self.query_one(Input).focus()
        self._say_back()

    @on(Input.Changed)
    def _echo_soon(self, event: Input.Changed) -> None:
        event.stop()
        if self._echoing is not None:
            self._echoing.stop()
        if self._echo is not None:
            self._echoing = self.set_timer(ECHO_AFTER, self._say_back)

    def _say_back(self) -> None:
        if self._echo is not None and self.is_current:
            self.query_one("#echo", Static).update(Content(self._echo(self.query_one(Input).value)))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_take()

    def action_take(self) -> None:
        """Take the text, or say what is wrong with it."""
        text = self.query_one(Input).value
        wrong = self._check(text)
        if wrong:
            self.tell_wrong(wrong)
            return
        self.let_go()
        self.dismiss(text)

    def action_back_out(self) -> None:
        """Leave, keeping what was typed; never a secret."""
        if not self._secret:
            self.keep({"text": self.query_one(Input).value})
        self.dismiss(None)


class NoteDialog(TypingDialog[str]):
    """Asks for a text of several lines; Ctrl+S or F10 takes it. Gives it as typed, or None on Esc."""

    DEFAULT_CSS = """
    NoteDialog TextArea { height: 10; }
    """
    KEPT_EVERY: ClassVar[float] = 1.0
    """Seconds between two times at which a note that is being typed is given away to be kept."""
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s,f10", "take", "take", show=False)]

    def __init__(
        self,
        title: str,
        value: str = "",
        *,
        said: str = "",
        hint: str = "",
        draft: str = "",
        check: Check = accept_all,
        typed: Callable[[str], None] | None = None,
    ) -> None:
        """Set up a dialog.

        Args:
            title: The question.
            value: What stands in the field at first.
            said: Sentences above the field.
            hint: An example of what to type, below the field.
            draft: Name under which typed text is kept after Esc; empty keeps none.
            check: Refuses a text with a sentence shown in the dialog, which stays open.
            typed: Called with the text as it grows, to keep it on disk: with the first key, then about once a second
                while there are more, and when the application ends under the dialog.
        """
        super().__init__(title, said, draft)
        self._value = value
        self._hint = hint
        self._check = check
        self._typed = typed
        self._text = self._told = value
        self._resting = False

    def body(self) -> ComposeResult:
        """The field and how to leave it."""
        yield TextArea(self.drafted("text", self._value), tab_behavior="focus", soft_wrap=True, id="text")
        yield Static(Content(" ".join(filter(None, (self._hint, "Ctrl+S takes it, Esc backs out.")))), classes="hint")

    def on_mount(self) -> None:
        """Begin in the field, at its end."""
        area = self.query_one(TextArea)
        area.focus()
        area.move_cursor(area.document.end)

    @on(TextArea.Changed)
    def _changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self._text = event.text_area.text
        if not self._resting:
            self._tell_typed()

    def on_unmount(self) -> None:
        """Give away the last keys, where the dialog is neither taken nor backed out of."""
        if self._typed is not None and self._text != self._told:
            self._typed(self._text)

    def _tell_typed(self) -> None:
        """Give away what was typed since the last time, if anything, and rest for a while."""
        self._resting = self._typed is not None and self._text != self._told
        if self._typed is not None and self._resting:
            self._told = self._text
            self._typed(self._text)
            self.set_timer(self.KEPT_EVERY, self._tell_typed)

    def action_take(self) -> None:
        """Take the text, or say what is wrong with it."""
        text = self.query_one(TextArea).text
        wrong = self._check(text)
        if wrong:
            self.tell_wrong(wrong)
            return
        self.let_go()
        self._typed = None
        self.dismiss(text)

    def action_back_out(self) -> None:
        """Leave, keeping what was typed."""
        self.keep({"text": self.query_one(TextArea).text})
        self._typed = None
        self.dismiss(None)


@dataclass(frozen=True, slots=True)
class Field:
    """A line of a form."""

    id: str
    label: str
    value: str = ""
    hint: str = ""
    """An example, shown in the empty field."""
    suggestions: tuple[str, ...] = ()
    """Texts offered while typing; → takes one."""
    echo: Echo | None = None
    """Says beside the label how what was typed is understood."""


class FormDialog(TypingDialog[dict[str, str]]):
    """Asks for several lines; Enter goes to the next field and takes the form at the last.

    Gives what was typed by the fields' ids, or None on Esc.
    """

    DEFAULT_CSS = """
    FormDialog > #dialog { width: 80%; min-width: 64; max-width: 96; }
    FormDialog .field { margin-top: 0; }
    FormDialog Input { border: none; height: 1; padding: 0 1; background: $panel; }
    FormDialog Input:focus { background: $primary 25%; border: none; }
    FormDialog .field > Static { color: $text-muted; height: auto; }
    FormDialog .field:focus-within > Static { color: $primary; text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("ctrl+s,f10", "take", "take", show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        *,
        said: str = "",
        draft: str = "",
        check: Callable[[Mapping[str, str]], str | None] | None = None,
    ) -> None:
        """Set up a form.

        Args:
            title: What the form is for.
            fields: Its lines.
            said: Sentences above them.
            draft: Name under which typed text is kept after Esc; empty keeps none.
            check: Refuses the form with a sentence shown in the dialog, which stays open.
        """
        super().__init__(title, said, draft)
        self._fields = tuple(fields)
        self._check = check
        self._echoing: Timer | None = None

    def body(self) -> ComposeResult:
        """A label and a field for each line."""
        for field in self._fields:
            with VerticalGroup(classes="field"):
                yield Static(Content(field.label), id=f"label-{field.id}")
                yield LineField(
                    self.drafted(field.id, field.value),
                    placeholder=field.hint,
                    max_length=LINE_LIMIT,
                    suggester=SuggestFromList(field.suggestions, case_sensitive=False) if field.suggestions else None,
                    id=f"field-{field.id}",
                )
        yield Static("Enter goes to the next field, Ctrl+S takes the whole, Esc backs out.", classes="hint")

    def on_mount(self) -> None:
        """Begin in the first field, with what the form is for in sight, however long it is."""
        self.query(Input).first().focus()
        self._echo_all()
        # Focusing scrolls to the field once the form is laid out.
        self.call_after_refresh(lambda: self.call_after_refresh(self._to_the_top))

    def _to_the_top(self) -> None:
        if self.focused is self.query(Input).first():
            self.query_one("#dialog").scroll_home(animate=False)

    @on(Input.Changed)
    def _echo_soon(self, event: Input.Changed) -> None:
        event.stop()
        if self._echoing is not None:
            self._echoing.stop()
        if any(field.echo for field in self._fields):
            self._echoing = self.set_timer(ECHO_AFTER, self._echo_all)

    @on(Input.Blurred)
    def _echo_all(self) -> None:
        """Say beside each label how what stands in its field is understood."""
        for field in self._fields if self.is_current else ():
            if field.echo is not None:
                said = field.echo(self.query_one(f"#field-{field.id}", Input).value)
                label = Content(f"{field.label} · {said}" if said else field.label)
                self.query_one(f"#label-{field.id}", Static).update(label)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.input.id == f"field-{self._fields[-1].id}":
            self.action_take()
        else:
            self.focus_next(Input)

    def action_take(self) -> None:
        """Take the form, or say what is wrong with it."""
        typed = self._typed()
        wrong = self._check(typed) if self._check is not None else None
        if wrong:
            self.tell_wrong(wrong)
            return
        self.let_go()
        self.dismiss(typed)

    def action_back_out(self) -> None:
        """Leave, keeping what was typed."""
        self.keep(self._typed())
        self.dismiss(None)

    def _typed(self) -> dict[str, str]:
        return {field.id: self.query_one(f"#field-{field.id}", Input).value for field in self._fields}
