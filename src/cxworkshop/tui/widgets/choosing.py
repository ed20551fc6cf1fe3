"""Dialogs in which something is confirmed or chosen."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from rich.segment import Segment
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.strip import Strip
from textual.widgets import Button, OptionList, SelectionList, Static
from textual.widgets.option_list import Option
from textual.widgets.selection_list import Selection

from cxworkshop.tui.widgets.dialog import Dialog
from cxworkshop.tui.widgets.marked import Marked

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Choice(Generic[Value]):
    """Something that can be chosen."""

    value: Value
    label: str
    detail: str = ""
    """A second line, dimmer."""
    refusal: str = ""
    """Why it cannot be chosen now; it stays visible and says so."""


class ConfirmDialog(Dialog[bool]):
    """Asks before something that is hard to take back; gives True, or False or None where it shall not be done.

    The question names the object and how many are touched. Cancel has the focus, so going on takes Tab and Enter.
    """

    def __init__(self, question: str, detail: str = "", *, yes: str, no: str = "Cancel") -> None:
        super().__init__(question, detail)
        self._yes = yes
        self._no = no

    def body(self) -> ComposeResult:
        """How the buttons are reached by keys."""
        yield Static(f"Tab and Enter: {self._yes}. Esc: {self._no}.", classes="hint", markup=False)

    def buttons(self) -> ComposeResult:
        """Cancel first, with the focus."""
        yield Button(Content(self._no), id="no", compact=True)
        yield Button(Content(self._yes), id="yes", variant="warning", compact=True)

    def on_mount(self) -> None:
        """Cancel is the default."""
        self.query_one("#no").focus()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.dismiss(event.button.id == "yes")


class PickDialog(Dialog[Value]):
    """Picks one of a list; gives its value, or None on Esc."""

    DEFAULT_CSS = """
    PickDialog > #dialog { width: 80%; min-width: 64; max-width: 96; }
    PickDialog OptionList { height: auto; max-height: 62vh; border: none; background: $surface; padding: 0; }
    PickDialog OptionList:focus { border: none; }
    PickDialog OptionList > .option-list--option-highlighted,
    PickDialog OptionList:focus > .option-list--option-highlighted {
        /* The dim second line of an entry would be swallowed by a bright cursor. */
        background: $block-cursor-blurred-background; color: $foreground; text-style: bold;
    }
    """

    def __init__(
        self, title: str, choices: Sequence[Choice[Value]], *, said: str = "", at: Value | None = None
    ) -> None:
        super().__init__(title, said)
        self._choices = tuple(choices)
        self._at = at

    def body(self) -> ComposeResult:
        """The list."""
        yield OptionList(*(Option(Marked(prompt_of(choice))) for choice in self._choices), id="choices")

    def on_mount(self) -> None:
        """Stand on the present value."""
        values = [choice.value for choice in self._choices]
        listed = self.query_one(OptionList)
        listed.highlighted = values.index(self._at) if self._at in values else 0 if values else None
        listed.focus()

    def on_key(self, event: events.Key) -> None:
        """Stand on the choice that begins with the digit that was pressed, where choices are numbered."""
        numbered = event.character if event.character is not None and event.character.isdecimal() else ""
        for place, choice in enumerate(self._choices):
            if numbered and choice.label.startswith(f"{numbered} "):
                event.stop()
                self.query_one(OptionList).highlighted = place
                return

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        choice = self._choices[event.option_index]
        if choice.refusal:
            self.tell_wrong(choice.refusal)
        else:
            self.dismiss(choice.value)

    @on(Button.Pressed, "#back")
    def _back(self, event: Button.Pressed) -> None:
        event.stop()
        self.dismiss(None)


class Ticks(SelectionList[int]):
    """A list to tick whose boxes differ by their sign; Textual's own show the same cross in two colours."""

    def render_line(self, y: int) -> Strip:
        """Leave the box empty where nothing is ticked."""
        strip = super().render_line(y)
        place = self.scroll_offset.y + y
        if place >= self.option_count or self.get_option_at_index(place).value in self.selected:
            return strip
        left, cross, *rest = strip
        return Strip([left, Segment(" ", cross.style), *rest])


class ChecklistDialog(Dialog[tuple[Value, ...]]):
    """Ticks any of a list with Space; gives the ticked values in the list's order, or None on Esc.

    Enter on the list takes what is ticked.
    """

    DEFAULT_CSS = """
    ChecklistDialog > #dialog { width: 76; }
    ChecklistDialog SelectionList { height: auto; max-height: 14; border: none; background: $surface; padding: 0; }
    ChecklistDialog SelectionList:focus { border: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "take", "take", show=False, priority=True)]

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice[Value]],
        *,
        ticked: Collection[Value] = (),
        said: str = "",
        fewest: int = 0,
        check: Callable[[tuple[Value, ...]], str | None] | None = None,
    ) -> None:
        """Set up a list to tick.

        Args:
            title: The question.
            choices: What can be ticked.
            ticked: The values that are ticked at first.
            said: Sentences above the list; how it is ticked where there are none.
            fewest: How many have to be ticked at least.
            check: Refuses what is ticked with a sentence shown in the dialog, which stays open.
        """
        super().__init__(title, said or "Space ticks, Enter takes what is ticked.")
        self._choices = tuple(choices)
        self._ticked = tuple(ticked)
        self._fewest = fewest
        self._check = check

    def body(self) -> ComposeResult:
        """The list."""
        yield Ticks(
            *(
                Selection(prompt_of(choice), index, choice.value in self._ticked)
                for index, choice in enumerate(self._choices)
            ),
            id="choices",
        )

    def buttons(self) -> ComposeResult:
        """Back and take."""
        yield Button("Back", id="back", compact=True)
        yield Button("Take", id="take", variant="primary", compact=True)

    def on_mount(self) -> None:
        """Begin in the list."""
        self.query_one(Ticks).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter takes what is ticked, but on the Back button."""
        del parameters
        return action != "take" or not (self.focused is not None and self.focused.id == "back")

    def action_take(self) -> None:
        """Give what is ticked."""
        selected = set(self.query_one(Ticks).selected)
        if len(selected) < self._fewest:
            self.tell_wrong(f"Tick at least {self._fewest} with Space.")
            return
        taken = tuple(choice.value for index, choice in enumerate(self._choices) if index in selected)
        wrong = self._check(taken) if self._check is not None else None
        if wrong:
            self.tell_wrong(wrong)
            return
        self.dismiss(taken)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        if event.button.id == "take":
            self.action_take()
        else:
            self.dismiss(None)


def prompt_of(choice: Choice[Value]) -> Content:
    """A choice as a list shows it."""
    label = Content.styled(choice.label, "$text-disabled") if choice.refusal else Content(choice.label)
    if not choice.detail:
        return label
    return Content("\n").join([label, Content.styled(f"  {choice.detail}", "$text-muted")])
