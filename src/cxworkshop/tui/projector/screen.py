"""The projector's one screen: it looks at the session, follows the console, and repaints only what differs."""

from datetime import datetime
from typing import Any, cast

from textual.app import ComposeResult
from textual.containers import Center, VerticalGroup
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static

from cxworkshop.domain.session import Session
from cxworkshop.domain.wording import STEP_NAMES
from cxworkshop.facilitation.ports import Services, SessionStore
from cxworkshop.tui.acts import Act, bindings_of, find_act
from cxworkshop.tui.app import CxApp, refusal_of
from cxworkshop.tui.projector.board import Board, Countdown, CountPage
from cxworkshop.tui.projector.showing import Showing
from cxworkshop.tui.projector.views import Counting, View

BUSY_PERIOD = 1 / 20
"""Seconds between looks at the file while a round is open."""

CALM_PERIOD = 1 / 5
"""Seconds between looks at the file otherwise."""

CLOCK_PERIOD = 1.0

PROJECTOR_ACTS: tuple[Act, ...] = (
    Act("app.leave", ("q", "ctrl+q"), "leave", "Leave the projector, after a question; the session goes on.", "Keys"),
    Act("app.help", ("question_mark", "f1"), "help", "Show these keys.", "Keys"),
)
"""All that can be done here: the console is where the sitting is run."""


class ProjectorScreen(Screen[None]):
    """Head, body and countdown; all of it gone while the console blanks it."""

    BINDINGS = bindings_of(PROJECTOR_ACTS)
    DEFAULT_CSS = """
    ProjectorScreen { layout: vertical; align: center middle; }
    ProjectorScreen #head {
        height: 1; width: 100%; text-align: center; color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis;
    }
    ProjectorScreen #body { height: 1fr; width: 100%; align: center top; padding: 1 2 0 2; }
    ProjectorScreen #foot { height: auto; width: 100%; }
    ProjectorScreen #trouble { width: 100%; height: auto; text-align: center; display: none; }
    ProjectorScreen.-blank > * { display: none; }
    """

    def __init__(self, services: Services, store: SessionStore) -> None:
        super().__init__(id="projector")
        self._services = services
        self._store = store
        self._showing = Showing()
        self._view: View | None = None
        self._since: datetime = services.clock()
        self._revision = -1
        self._head = ""
        self._trouble: str | None = None
        self._poll: Timer | None = None
        self._period = 0.0

    def compose(self) -> ComposeResult:
        """One line at the head, what is shown, the countdown."""
        yield Static(id="head", markup=False)
        with VerticalGroup(id="body"):
            yield Board(id="board")
            yield CountPage()
        with Center(id="foot"):
            yield Countdown()
        yield Static(id="trouble", markup=False)

    def on_mount(self) -> None:
        """Show the session as it is, and start the clocks."""
        self._take(self._store.session)
        self.set_interval(CLOCK_PERIOD, self.tell_time)

    def poll(self) -> None:
        """Take in what others have written; where nothing is new, nothing is repainted."""
        trouble = refusal_of(self._store.refresh)
        if trouble != self._trouble:
            self._trouble = trouble
            line = self.query_one("#trouble", Static)
            line.update(Content(trouble or ""))
            line.display = trouble is not None
        if self._store.revision != self._revision:
            self._take(self._store.session)

    def tell_time(self) -> None:
        """Move the countdown on, and turn the page where one is due."""
        now = self._services.clock()
        self.query_one(Countdown).tell(self._store.session.live.timer, now)
        self.query_one(Board).turn((now - self._since).total_seconds())

    async def action_act(self, act_id: str) -> None:
        """A key was pressed."""
        await getattr(self, find_act(PROJECTOR_ACTS, act_id).handler)()

    async def do_app_leave(self) -> None:
        """Leave, after a question."""
        await self.app.action_quit()

    async def do_app_help(self) -> None:
        """The keys."""
        from cxworkshop.tui.widgets.help import HelpScreen  # noqa: PLC0415 (seldom asked for)

        self.app.push_screen(HelpScreen("Projector", cast("CxApp[Any]", self.app).keyed(PROJECTOR_ACTS)))

    def _take(self, session: Session) -> None:
        self._revision = self._store.revision
        self._look_every(CALM_PERIOD if session.open_round is None else BUSY_PERIOD)
        self.set_class(session.live.blank, "-blank")
        head = head_line(session)
        if head != self._head:
            self._head = head
            self.query_one("#head", Static).update(Content(head), layout=False)
        self.query_one(Board).hold(session.live.page)
        self._show(self._showing.view(session, self._store.box))
        self.tell_time()

    def _show(self, view: View) -> None:
        if view == self._view:
            return
        if type(view) is not type(self._view):
            self._since = self._services.clock()
        self._view = view
        board, count = self.query_one(Board), self.query_one(CountPage)
        board.display, count.display = not isinstance(view, Counting), isinstance(view, Counting)
        if isinstance(view, Counting):
            # Nothing of an earlier view stays behind while people vote.
            board.show(None)
            count.show(view)
        else:
            board.show(view)

    def _look_every(self, period: float) -> None:
        if period != self._period:
            if self._poll is not None:
                self._poll.stop()
            self._period = period
            self._poll = self.set_interval(period, self.poll)


def head_line(session: Session) -> str:
    """Organisation, title and step; a rehearsal says so first."""
    about = session.about
    mark = "PRACTICE" if about.rehearsal else ""
    return " · ".join(part for part in (mark, about.organisation, about.title, STEP_NAMES[session.live.step]) if part)
