"""What all pages of a ballot share: acts as keys, one message for every change of the draft, plain text only."""

from collections.abc import Iterable
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from cxworkshop.domain.text import clean
from cxworkshop.tui.acts import Act, bindings_of
from cxworkshop.tui.ballot.draft import Draft

DIGITS: tuple[Binding, ...] = tuple(Binding(digit, f"digit('{digit}')", show=False) for digit in "0123456789")
"""Digits as bindings calling `action_digit`: keys handled as events would overtake an Enter pressed before them."""


def plain(text: str) -> Content:
    """Text from anywhere as content: no markup, nothing a terminal would obey."""
    return Content(clean(text))


def listed(heading: str, sentences: Iterable[str]) -> Content:
    """A heading with sentences beneath, each with a mark of its own."""
    lines = [Content.styled(heading, "bold"), *(Content(f"· {clean(sentence)}") for sentence in sentences)]
    return Content("\n").join(lines)


class Page(VerticalScroll, can_focus=True, inherit_bindings=False):
    """One page of a ballot. Its keys come from `ACTS`; act `answer.back` is done by `do_answer_back`.

    Pages change nothing themselves: they post what the voter did, and the screen shows them the newer draft.
    """

    ACTS: ClassVar[tuple[Act, ...]] = ()
    COVERED: ClassVar[bool] = True
    """The page is hidden when nobody presses a key for a while."""

    DEFAULT_CSS = """
    Page { height: 1fr; padding: 1 3 0 3; }
    Page > Static { height: auto; width: 1fr; max-width: 100; }
    Page > Rows { max-width: 100; height: 1fr; min-height: 6; }
    Page .question { text-style: bold; margin-bottom: 1; }
    Page .quiet { color: $text-muted; }
    Page .said { margin-bottom: 1; }
    Page .wrong { color: $error; display: none; }
    Page .wrong.-shown { display: block; }
    Page Input { max-width: 60; margin-bottom: 1; }
    Page TextArea { height: 1fr; max-width: 100; max-height: 12; }
    """

    class Turned(Message):
        """The voter answered something or went to another page: the draft as it is then."""

        def __init__(self, draft: Draft) -> None:
            super().__init__()
            self.draft = draft

    class Left(Message):
        """The voter went back from the first page of a part."""

    class Sent(Message):
        """The voter wants the ballot to be sent."""

    class CommentWanted(Message):
        """The voter wants to write a comment on the present question."""

    def __init_subclass__(cls, **options: Any) -> None:
        cls.BINDINGS = [*cls.__dict__.get("BINDINGS", ()), *bindings_of(cls.ACTS)]
        super().__init_subclass__(**options)

    @property
    def acts(self) -> tuple[Act, ...]:
        """What the key line and the help say of this page."""
        return self.ACTS

    def action_act(self, act_id: str) -> None:
        """A key of one of the acts was pressed, or it was clicked on the key line."""
        act = next((found for found in self.ACTS if found.id == act_id), None)
        if act is not None:
            getattr(self, act.handler)()

    def compose_wrong(self) -> ComposeResult:
        """The line on which the page says why it does not go on."""
        yield Static("", classes="wrong", markup=False)

    def tell_wrong(self, sentence: str) -> None:
        """Say on the page why it does not go on; empty takes the sentence away."""
        line = self.query_one(".wrong", Static)
        line.update(plain(sentence))
        line.set_class(bool(sentence), "-shown")

    def first_focus(self) -> "Page | Any":
        """What gets the focus."""
        return self
