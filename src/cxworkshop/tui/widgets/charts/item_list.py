"""All items of a round, one a line, with a stacked bar around the middle of the scale."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, Literal

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from cxworkshop.domain.rounding import shown_agreement
from cxworkshop.tui.widgets.charts.chart import Chart
from cxworkshop.tui.widgets.charts.glyphs import BLOCKS, Glyphs, diverging
from cxworkshop.tui.widgets.charts.ink import Ink, Line, Part, fit, number, paragraph

Order = Literal["disagreement", "lowest", "original"]
ORDERS: tuple[Order, ...] = ("disagreement", "lowest", "original")
ORDER_WORDS: dict[Order, str] = {
    "disagreement": "most disagreement first",
    "lowest": "weakest first",
    "original": "in the order of the self-test",
}


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item as a line of the list."""

    id: str
    number: int
    """Its place in the self-test, from 1: the number it also has on the map."""
    text: str
    counts: tuple[int, ...]
    agreement: float | None
    pattern: str
    """The pattern in words."""
    median: float | None
    rank: int
    """Its place in the ranking by disagreement, from 1."""
    level: float | None = None
    """How good the median is, 0 to 1, read through the item's direction; None without answers."""
    low_is_good: bool = False
    tied: bool = False
    """One vote could put it before the item ranked above it."""
    near: bool = False
    """One vote could give it another pattern."""
    numbers: tuple[int, ...] = ()
    """What its options are called by; their places from 1 where nothing is given."""


def ordered(rows: Sequence[ItemRow], order: Order) -> tuple[ItemRow, ...]:
    """The rows in an order; items without answers come last among the weakest."""
    if order == "disagreement":
        return tuple(sorted(rows, key=lambda row: row.rank))
    if order == "lowest":
        return tuple(sorted(rows, key=lambda row: (row.level is None, row.level or 0.0, row.rank)))
    return tuple(sorted(rows, key=lambda row: row.number))


_FIXED = 19
"""Cells of cursor, number, marks, agreement, median and the gaps between."""

_PATTERN = 17
"""Cells of the pattern in words."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """Widths of the columns, in cells."""

    text: int
    half: int
    pattern: int

    @classmethod
    def within(cls, width: int) -> "_Columns":
        rest = max(width - _FIXED - _PATTERN, 24)
        half = max(6, min(14, rest * 18 // 100))
        return cls(max(rest - 2 * half, 8), half, _PATTERN)


def header_line(width: int) -> Line:
    """What the columns are."""
    columns = _Columns.within(width)
    bars = fit("low", columns.half) + " " + fit("high", columns.half, "right")
    title = f"    {fit('Item', columns.text)}  {bars} {'agr':>4}  {fit('pattern', columns.pattern)} {'med':>4}"
    return (Part(title, Ink.MUTED),)


@lru_cache(maxsize=512)
def row_line(
    row: ItemRow, width: int, glyphs: Glyphs = BLOCKS, *, cursor: bool = False, worst_first: bool = True
) -> Line:
    """One item: number, text, bar, agreement, pattern and median.

    A mark after the number says that a low answer is the good one, one after the pattern that one vote could change it,
    and, in the order of the ranking (`worst_first`), one before the agreement that it is too close to that above.
    Kept from one painting to the next: another order of the list or a move of the cursor changes few lines.
    """
    columns = _Columns.within(width)
    low, high = diverging(row.counts, columns.half, glyphs, row.numbers)
    agreement = "–" if row.agreement is None else str(shown_agreement(row.agreement))
    return (
        Part(glyphs.cursor if cursor else " ", Ink.MARK),
        Part(f"{row.number:>2}", Ink.STRONG),
        Part(glyphs.mirrored if row.low_is_good else " ", Ink.MUTED),
        Part(fit(row.text, columns.text) + "  "),
        Part(low, Ink.LOW),
        Part(glyphs.axis, Ink.MUTED),
        Part(high, Ink.HIGH),
        Part(f"{glyphs.tied if row.tied and worst_first else ' '}{agreement:>4}  ", Ink.STRONG),
        Part(fit(row.pattern, columns.pattern)),
        Part(f"{glyphs.near if row.near else ' '}{number(row.median):>4}", Ink.STRONG),
    )


class ItemList(Chart):
    """The items of a round, to go through and to open one; the header and the sentence beneath stay in sight.

    A move of the cursor repaints two lines.
    """

    can_focus = True
    COMPONENT_CLASSES: ClassVar[set[str]] = {"chart--cursor"}
    DEFAULT_CSS = """
    ItemList {
        height: 1fr;
        & > .chart--cursor { background: $surface-lighten-2; text-style: bold; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("home", "go(0)", "First", show=False),
        Binding("end", "go(-1)", "Last", show=False),
        Binding("enter", "open", "Open the item", show=False),
    ]

    class Opened(Message):
        """An item was chosen."""

        def __init__(self, item: str) -> None:
            super().__init__()
            self.item = item

    class Reordered(Message):
        """The list has another order."""

        def __init__(self, order: Order) -> None:
            super().__init__()
            self.order = order

    def __init__(
        self,
        rows: Sequence[ItemRow] = (),
        summary: str = "",
        *,
        order: Order = "disagreement",
        ascii: bool = False,  # noqa: A002  as in the base
        id: str | None = None,  # noqa: A002  as every widget names it
        classes: str | None = None,
    ) -> None:
        super().__init__(ascii=ascii, id=id, classes=classes)
        self._order: Order = order
        self._rows = ordered(rows, order)
        self._summary = summary
        self._kept_beneath: tuple[str, int, list[Line]] | None = None
        self._measures: tuple[int, int] | None = None
        """Width and first line beneath, while a frame is painted."""
        self._cursor = 0

    @property
    def order(self) -> Order:
        """The order of the rows."""
        return self._order

    @property
    def selected(self) -> str:
        """The id of the item under the cursor; empty without rows."""
        return self._rows[self._cursor].id if self._rows else ""

    def show(self, rows: Sequence[ItemRow], summary: str = "") -> None:
        """Show other rows, keeping the order and, where it is still there, the item under the cursor."""
        if (ordered(rows, self._order), summary) == (self._rows, self._summary):
            return
        selected = self.selected
        self._rows, self._summary = ordered(rows, self._order), summary
        self._cursor = next((place for place, row in enumerate(self._rows) if row.id == selected), 0)
        self.redraw()

    def sort(self, order: Order) -> None:
        """Put the rows into an order and the cursor on the first."""
        self._order, self._rows, self._cursor = order, ordered(self._rows, order), 0
        self.redraw(layout=False)
        if self.scroll_offset.y:
            self.scroll_to(y=0, animate=False, force=True)
        self.post_message(self.Reordered(order))

    def select(self, item: str) -> None:
        """Put the cursor on an item; an unknown one is passed over."""
        place = next((place for place, row in enumerate(self._rows) if row.id == item), None)
        if place is not None:
            self._go(place)

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self._go(max(0, min(self._cursor + by, len(self._rows) - 1)))

    def action_go(self, place: int) -> None:
        """Move the cursor to a row, -1 being the last."""
        self._go(place % len(self._rows) if self._rows else 0)

    def action_open(self) -> None:
        """Open the item under the cursor."""
        if self._rows:
            self.post_message(self.Opened(self.selected))

    def action_next_order(self) -> None:
        """Change to the next order."""
        self.sort(ORDERS[(ORDERS.index(self._order) + 1) % len(ORDERS)])

    def on_click(self, event: events.Click) -> None:
        """Move to the row under the mouse; a second click opens it."""
        row = event.y - 1 + self.scroll_offset.y
        if 0 < event.y < self._bottom and row < len(self._rows):
            self._go(row)
            if event.chain > 1:
                self.action_open()

    def lines(self, width: int) -> list[Line]:
        """Header, rows and sentence, as when nothing had to be scrolled."""
        rows = [self._row_line(place, width) for place in range(len(self._rows))]
        return [header_line(width), *rows, *self._beneath(width)]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002  Textual's
        """As many lines as there are rows, and header and sentence."""
        return 1 + len(self._rows) + len(self._beneath(width))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint what is in sight, measuring once for all lines."""
        self._measures = self._width, self._bottom
        try:
            return super().render_lines(crop)
        finally:
            self._measures = None

    def render_line(self, y: int) -> Strip:
        """Paint the header, the sentence, or the row that is scrolled to this place."""
        width, bottom = self._measures or (self._width, self._bottom)
        if y == 0:
            return self.painted(header_line(width))
        if y >= bottom:
            return self.painted(self._beneath(width)[y - bottom])
        place = y - 1 + self.scroll_offset.y
        if place >= len(self._rows):
            return self.painted(())
        cursor = place == self._cursor
        line = self._row_line(place, width)
        return self.painted(line, "chart--cursor" if cursor and self.has_focus else "")

    def _row_line(self, place: int, width: int) -> Line:
        worst_first = self._order == "disagreement"
        cursor = place == self._cursor
        return row_line(self._rows[place], width, self.glyphs, cursor=cursor, worst_first=worst_first)

    @property
    def _width(self) -> int:
        return self.scrollable_content_region.width or self.size.width

    @property
    def _bottom(self) -> int:
        """The first line of the sentence beneath."""
        return max(1, self.size.height - len(self._beneath(self._width)))

    def _beneath(self, width: int) -> list[Line]:
        """The lines of the sentence, kept since every line that is painted asks where they begin."""
        if self._kept_beneath is None or self._kept_beneath[:2] != (self._summary, width):
            lines: list[Line] = [(), *paragraph(self._summary, width)] if self._summary else []
            self._kept_beneath = (self._summary, width, lines)
        return self._kept_beneath[2]

    def _fit_height(self) -> None:
        width = self._width
        if width:
            self.virtual_size = Size(width, self.get_content_height(self.size, self.size, width))

    def _go(self, place: int) -> None:
        if place == self._cursor or not self._rows:
            return
        before, self._cursor = self._cursor, place
        self._laid_out = None
        top, seen = self.scroll_offset.y, self._bottom - 1
        # The bar at the side stays as it is, unless the list is scrolled.
        width = self._width
        if abs(place - before) == 1:
            self.refresh(Region(0, min(before, place) + 1 - top, width, 2))
        else:
            self.refresh(*(Region(0, row + 1 - top, width, 1) for row in (before, place)))
        if place < top:
            self.scroll_to(y=place, animate=False, force=True)
        elif place >= top + seen:
            self.scroll_to(y=place - seen + 1, animate=False, force=True)
