"""The frame of a voter's screen: a head, one page at a time, the key line, and when somebody last did something."""

from collections.abc import Callable
from dataclasses import replace
from math import inf
from typing import Any, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.widgets import Input, Static, TextArea

from cxworkshop.domain.session import Round
from cxworkshop.facilitation.ports import Services, SessionStore
from cxworkshop.tui.acts import Act, bindings_of, key_line
from cxworkshop.tui.app import CxApp
from cxworkshop.tui.ballot.page import Page, plain
from cxworkshop.tui.widgets.closing import ClosesOnce
from cxworkshop.tui.widgets.key_line import KeyLine

BALLOT_HELP = Act("app.help", ("question_mark", "f1"), "help", "Every key of this page.", "Help", priority=99)


_HELP_WHILE_TYPING = replace(BALLOT_HELP, keys=BALLOT_HELP.keys[::-1])
"""The same where the question mark goes into a field."""


class PagedScreen(ClosesOnce[bool]):
    """One page of a round at a time; the page before is gone from the tree with all that it showed."""

    ALLOW_SELECT = False
    BINDINGS = bindings_of([BALLOT_HELP])
    DEFAULT_CSS = """
    PagedScreen { layout: vertical; }
    PagedScreen #head { height: 1; layout: horizontal; background: $panel; }
    PagedScreen #head Static { width: 1fr; text-wrap: nowrap; text-overflow: ellipsis; }
    PagedScreen #head #progress { width: auto; text-align: right; }
    PagedScreen #page { height: 1fr; }
    """

    def __init__(self, services: Services, store: SessionStore, held: Round) -> None:
        super().__init__()
        self._services = services
        self._store = store
        self._held = held
        self._touched = services.clock()
        self.page: Page | None = None

    def compose(self) -> ComposeResult:
        """Head, page, keys."""
        about = self._store.session.about
        with Container(id="head"):
            mark = "PRACTICE · " if about.rehearsal else ""
            yield Static(Content.assemble(f" {mark}", plain(about.organisation or about.title)))
            yield Static(id="progress")
        yield Container(id="page")
        yield KeyLine()

    @property
    def progress(self) -> str:
        """Where the voter is, for the head; never what was answered."""
        return ""

    @property
    def idle(self) -> float:
        """Seconds since somebody last did something; endless where the clock was set back, so that a page is hidden."""
        passed = (self._services.clock() - self._touched).total_seconds()
        return passed if passed >= 0 else inf

    def touch(self) -> None:
        """Somebody is there."""
        self._touched = self._services.clock()

    def on_key(self) -> None:
        """A key was pressed."""
        self.touch()

    def on_click(self) -> None:
        """The mouse was used."""
        self.touch()

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _typed(self) -> None:
        self.touch()

    async def turn_to(self, page: Page) -> None:
        """Put a page in place of the present one."""
        holder = self.query_one("#page")
        self.set_focus(None)
        # A field that was removed must not be painted, since its styles are gone: lay out anew before any painting.
        with self.app.batch_update():
            await holder.remove_children()
            self.page = page
            await holder.mount(page)
            self.refresh(layout=True)
        self.set_focus(page.first_focus())
        self.show_frame()

    def show_frame(self) -> None:
        """Head and key line of the present page."""
        self.query_one("#progress", Static).update(f"{self.progress} ")
        if self.page is not None:
            self.query_one(KeyLine).show(key_line(self._keyed(self.page), None))

    @on(KeyLine.Pressed)
    def _key_clicked(self, message: KeyLine.Pressed) -> None:
        message.stop()
        self.touch()
        if message.act_id == BALLOT_HELP.id:
            self.action_act(message.act_id)
        elif self.page is not None:
            self.page.action_act(message.act_id)

    def action_act(self, act_id: str) -> None:
        """Show every key of the page."""
        from cxworkshop.tui.widgets.help import HelpScreen  # noqa: PLC0415 (met rarely)

        if act_id == BALLOT_HELP.id and self.page is not None:
            self.app.push_screen(HelpScreen("Voting: every key", self._keyed(self.page)))

    def _keyed(self, page: Page) -> tuple[Act, ...]:
        """What can be done on a page, with its keys."""
        types = isinstance(page.first_focus(), (Input, TextArea))
        return cast("CxApp[Any]", self.app).keyed((*page.acts, _HELP_WHILE_TYPING if types else BALLOT_HELP))

    def look(self) -> None:
        """Take in what is new in the session."""
        cast("CxApp[Any]", self.app).look(self._store.refresh)

    def attempt(self, act: Callable[[], Any]) -> Any:
        """What a use case gave; None where it was refused, after telling why."""
        return cast("CxApp[Any]", self.app).attempt(act)
