"""The widgets of the projector: the board of lines, the count of an open vote, the countdown."""

from collections.abc import Sequence
from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Center, HorizontalGroup, VerticalGroup
from textual.content import Content
from textual.widgets import Digits, Static

from cxworkshop.domain.flow import seconds_left
from cxworkshop.domain.session import Timer
from cxworkshop.tui.projector.drawing import head_of, lines_of, pages_of
from cxworkshop.tui.projector.views import Counting, View
from cxworkshop.tui.widgets.charts.chart import Chart
from cxworkshop.tui.widgets.charts.ink import Ink, Line, Part

TURN_SECONDS = 15
"""How long a page stands where there are several."""

WIDEST = 100
"""Columns of text at most: longer lines are hard to read from afar."""

_LAST_MINUTE = 60.0


class Board(Chart):
    """A view as lines in the middle of the screen; one longer than the screen turns its pages by itself, or is held."""

    DEFAULT_CSS = """
    Board { height: 1fr; width: 100%; max-width: 100; overflow-y: hidden; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  as every widget names it
        super().__init__(id=id)
        self._view: View | None = None
        self._turned = 0
        self._held: int | None = None

    def show(self, view: View | None) -> None:
        """Show a view, or nothing; the same one is not painted again, one of another kind begins at its first page."""
        if view != self._view:
            if type(view) is not type(self._view):
                self._turned = 0
            self._view = view
            self.redraw(layout=False)

    def hold(self, page: int | None) -> None:
        """Show a page that was chosen, counted on beyond the last; None lets pages turn by themselves."""
        if page != self._held:
            self._held = page
            self.redraw(layout=False)

    def turn(self, seconds: float) -> None:
        """Show the page that is due so many seconds after the view was first shown."""
        turned = int(seconds / TURN_SECONDS)
        if turned != self._turned:
            self._turned = turned
            if self._held is None and len(self._pages(self.size.width)) > 1:
                self.redraw(layout=False)

    def on_resize(self) -> None:
        """Lay out for the new size."""
        self._laid_out = None
        self._fit_height()

    def lines(self, width: int) -> Sequence[Line]:
        """The page that is due, in the middle of the height."""
        if self._view is None:
            return []
        pages = self._pages(width)
        place = (self._turned if self._held is None else self._held) % len(pages)
        page = [*head_of(self._view, width), *pages[place]]
        height = self.size.height or len(page)
        if len(pages) > 1:
            mark = f"page {place + 1} of {len(pages)}{', turns by itself' if self._held is None else ''}"
            page += [()] * (height - 1 - len(page))
            return [*page, (Part(f"{mark:>{width}}", Ink.MUTED),)]
        return [*([()] * ((height - len(page)) // 2)), *page]

    def _pages(self, width: int) -> list[list[Line]]:
        if self._view is None:
            return [[]]
        room = max((self.size.height or 20) - len(head_of(self._view, width)), 1)
        drawn = lines_of(self._view, width, room, self.glyphs)
        return pages_of(drawn, room) if len(drawn) <= room else pages_of(drawn, max(room - 2, 1))


class CountPage(VerticalGroup):
    """An open vote: how many are in, in large figures, and what is to be done."""

    DEFAULT_CSS = """
    CountPage { height: 1fr; width: 100%; max-width: 100; align: center middle; }
    CountPage Static { width: 100%; height: auto; text-align: center; }
    CountPage #vote { color: $accent; text-style: bold; }
    CountPage #again { text-style: bold; margin-top: 1; }
    CountPage #figures { width: auto; height: 3; margin: 1 0; }
    CountPage Digits { width: auto; text-style: bold; color: $primary; }
    CountPage #of { width: auto; padding: 1 2; }
    CountPage #sentence { text-style: bold; }
    CountPage #doing { margin-top: 1; }
    """

    def __init__(self) -> None:
        super().__init__(id="count")
        self._view: Counting | None = None

    def compose(self) -> ComposeResult:
        """Heading, figures, the same in words, and what to do."""
        yield Static(id="vote")
        yield Static(id="again")
        with Center(), HorizontalGroup(id="figures"):
            yield Digits(id="in")
            yield Static("of", id="of")
            yield Digits(id="all")
        yield Static(id="sentence")
        yield Static(id="doing")

    def show(self, view: Counting) -> None:
        """Show a vote; a ballot more changes the figure and its sentence only."""
        before, self._view = self._view, view
        if view == before:
            return
        self.query_one("#in", Digits).update(str(view.count))
        self.query_one("#sentence", Static).update(Content(view.sentence), layout=before is None)
        if before is not None and _but_for_the_count(before) == _but_for_the_count(view):
            return
        self.query_one("#vote", Static).update(Content(view.heading))
        self.query_one("#all", Digits).update(str(view.people))
        for name in ("#of", "#all"):
            self.query_one(name).display = bool(view.people)
        again = self.query_one("#again", Static)
        again.update(Content("\n").join([Content(text) for text in view.items]))
        again.display = bool(view.items)
        self.query_one("#doing", Static).update(Content("\n").join([Content(line) for line in view.doing]))


def _but_for_the_count(view: Counting) -> tuple[object, ...]:
    return view.heading, view.people, view.doing, view.items


class Countdown(HorizontalGroup):
    """The countdown in large figures; its state stands beside it as a sign and in words."""

    DEFAULT_CSS = """
    Countdown { height: 3; width: auto; display: none; }
    Countdown Digits { width: auto; text-style: bold; color: $foreground; }
    Countdown #state { width: auto; padding: 1 2; text-style: bold; color: $foreground; }
    Countdown.-ending Digits { color: $accent; }
    Countdown.-over Digits, Countdown.-over #state { color: $error; }
    """

    def __init__(self) -> None:
        super().__init__(id="countdown")
        self._told: tuple[str, str] | None = None

    def compose(self) -> ComposeResult:
        """Figures and words."""
        yield Digits(id="left")
        yield Static(id="state", markup=False)

    def tell(self, timer: Timer | None, now: datetime) -> None:
        """Move on; without a countdown nothing stands there."""
        self.display = timer is not None
        if timer is None:
            return
        told = figures_of(timer, now), state_of(timer, now)
        if told != self._told:
            self._told = told
            left = seconds_left(timer, now)
            self.set_class(0 < left <= _LAST_MINUTE, "-ending")
            self.set_class(left <= 0, "-over")
            self.query_one("#left", Digits).update(told[0])
            self.query_one("#state", Static).update(Content(told[1]))


def figures_of(timer: Timer, now: datetime) -> str:
    """Minutes and seconds left, or gone by since the end."""
    left = seconds_left(timer, now)
    whole = int(abs(left) + 0.999) if left > 0 else int(abs(left))
    return f"{whole // 60:02}:{whole % 60:02}"


def state_of(timer: Timer, now: datetime) -> str:
    """How the countdown stands, as a sign and in words."""
    left = seconds_left(timer, now)
    if timer.remaining is not None:
        return "‖ held"
    if left <= 0:
        return "■ over: time is up"
    if left <= _LAST_MINUTE:
        return "◂ last minute"
    return "▸ left"
