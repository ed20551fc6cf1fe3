"""The frame that all dialogs share."""

from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import HorizontalGroup, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from cxworkshop.tui.widgets.closing import ClosesOnce

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer | None], ClosesOnce[Answer | None]):
    """A box over the screen with a title, a body, a line for what is wrong, and buttons; Esc backs out with None.

    Subclasses give `body` and `buttons`, and dismiss with their answer.
    """

    DEFAULT_CSS = """
    Dialog { align: center middle; }
    Dialog > #dialog {
        width: 64; max-width: 96%; height: auto; max-height: 96%; padding: 0 2; background: $surface;
        border: round $border; border-subtitle-color: $text-muted;
    }
    Dialog #heading { height: auto; color: $primary; text-style: bold; }
    Dialog #said { height: auto; margin: 1 0; }
    Dialog #wrong { height: auto; color: $error; display: none; }
    Dialog #wrong.-shown { display: block; }
    Dialog #buttons { height: auto; align-horizontal: right; margin-top: 1; }
    Dialog #buttons Button { margin-left: 2; background: $panel; color: $foreground; }
    Dialog #buttons Button:focus {
        background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold;
    }
    Dialog Input, Dialog TextArea, Dialog Select { width: 1fr; }
    Dialog .field { height: auto; margin-top: 1; }
    Dialog .hint { color: $text-muted; height: auto; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back_out", "back", show=False)]

    def __init__(self, title: str, said: str = "") -> None:
        super().__init__()
        self._heading = title
        self._said = said

    def compose(self) -> ComposeResult:
        """The frame with what the subclass puts into it."""
        box = VerticalScroll(id="dialog", can_focus=False)
        # A title is read as markup and may quote a name, so it stands in the box instead.
        with box:
            yield Static(Content(self._heading), id="heading")
            if self._said:
                yield Static(Content(self._said), id="said")
            yield from self.body()
            yield Static("", id="wrong", markup=False)
            with HorizontalGroup(id="buttons"):
                yield from self.buttons()

    def body(self) -> ComposeResult:
        """What stands between the text and the buttons; nothing by default."""
        yield from ()

    def buttons(self) -> ComposeResult:
        """The buttons, left to right."""
        yield Button("Back", id="back", compact=True)

    def tell_wrong(self, sentence: str) -> None:
        """Say in the dialog why it does not go on; empty takes the sentence away."""
        wrong = self.query_one("#wrong", Static)
        wrong.update(Content(sentence))
        wrong.set_class(bool(sentence), "-shown")
        if sentence:
            wrong.scroll_visible()

    def action_back_out(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)
