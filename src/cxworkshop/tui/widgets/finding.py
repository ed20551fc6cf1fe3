"""A dialog that picks one of a long list: the first few at once, the others by typing a word of theirs."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from cxworkshop.domain.text import LINE_LIMIT
from cxworkshop.tui.widgets.choosing import Choice, Value, prompt_of
from cxworkshop.tui.widgets.dialog import Dialog
from cxworkshop.tui.widgets.line_field import LineField
from cxworkshop.tui.widgets.marked import Marked


class FindDialog(Dialog[Value]):
    """Picks one of many; gives its value, or None on Esc. The field has the keys, the arrows move in the list."""

    DEFAULT_CSS = """
    FindDialog > #dialog { width: 76; }
    FindDialog Input { border: none; height: 1; padding: 0 1; background: $panel; }
    FindDialog Input:focus { border: none; background: $primary 25%; }
    FindDialog OptionList {
        height: auto; max-height: 14; border: none; background: $surface; padding: 0; margin-top: 1;
    }
    FindDialog OptionList > .option-list--option-highlighted {
        background: $block-cursor-blurred-background; color: $foreground; text-style: bold;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move('cursor_down')", show=False, priority=True),
        Binding("up", "move('cursor_up')", show=False, priority=True),
        Binding("pagedown", "move('page_down')", show=False, priority=True),
        Binding("pageup", "move('page_up')", show=False, priority=True),
    ]

    def __init__(self, title: str, choices: Sequence[Choice[Value]], *, first: int, said: str = "") -> None:
        """Set up a list.

        Args:
            title: The question.
            choices: Everything that can be picked, best first.
            first: How many are shown before a word is typed.
            said: Sentences above the field.
        """
        super().__init__(title, said)
        self._choices = tuple(choices)
        self._first = first
        self._shown: tuple[Choice[Value], ...] = ()

    def body(self) -> ComposeResult:
        """The field, the list, and how many there are besides."""
        yield LineField(placeholder="Type a word to look among all of them", max_length=LINE_LIMIT, id="word")
        choices = OptionList(id="choices")
        choices.can_focus = False
        yield choices
        yield Static("", id="more", classes="hint", markup=False)

    def on_mount(self) -> None:
        """Begin in the field, with the first few."""
        self.query_one(LineField).focus()
        self._show("")

    @on(LineField.Changed)
    def _changed(self, event: LineField.Changed) -> None:
        event.stop()
        self._show(event.value)

    def _show(self, typed: str) -> None:
        words = typed.casefold().split()
        found = [
            choice
            for choice in self._choices
            if all(word in f"{choice.label} {choice.detail}".casefold() for word in words)
        ]
        self._shown = tuple(found if words else found[: self._first])
        listed = self.query_one(OptionList)
        listed.set_options(Option(Marked(prompt_of(choice))) for choice in self._shown)
        listed.highlighted = 0 if self._shown else None
        left = len(self._choices) - len(self._shown)
        said = f"{left} more are found by typing." if left and not words else ""
        self.query_one("#more", Static).update(Content(said if found else "Nothing has these words."))

    def action_move(self, how: str) -> None:
        """Move in the list."""
        getattr(self.query_one(OptionList), f"action_{how}")()

    @on(LineField.Submitted)
    def _submitted(self, event: LineField.Submitted) -> None:
        event.stop()
        place = self.query_one(OptionList).highlighted
        if place is not None:
            self.dismiss(self._shown[place].value)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(self._shown[event.option_index].value)

    @on(Button.Pressed, "#back")
    def _back(self, event: Button.Pressed) -> None:
        event.stop()
        self.dismiss(None)
