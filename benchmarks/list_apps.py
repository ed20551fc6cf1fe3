"""The same 40 items in four apps, which `reveal_list.py` starts: `python list_apps.py <static|list|statics|table>`.

`j` and `k` move the cursor, `u` shows the figures after one more ballot.
"""

import sys
from collections.abc import Callable, Iterator
from itertools import cycle
from random import Random
from typing import Any, ClassVar

from sittings import forty_items
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import DataTable, Static

from cxworkshop.domain.agreement import agreement, median
from cxworkshop.tui.themes import DARK
from cxworkshop.tui.widgets.charts.glyphs import BLOCKS
from cxworkshop.tui.widgets.charts.ink import Line
from cxworkshop.tui.widgets.charts.item_list import ItemList, ItemRow, row_line

_ITEMS = forty_items()
_WIDTH = 118
_BALLOTS = 30


def states() -> Iterator[tuple[ItemRow, ...]]:
    """The rows after one ballot, and one more, over and over."""
    random = Random(1)
    first = [[random.randint(0, _BALLOTS // 3) for _ in item.scale.options] for item in _ITEMS]
    rows = []
    for _ in range(4):
        for counts in first:
            counts[random.randrange(len(counts))] += 1
        rows.append(tuple(_row(place, counts) for place, counts in enumerate(first)))
    return cycle(rows)


def _row(place: int, counts: list[int]) -> ItemRow:
    item = _ITEMS[place]
    closeness = agreement(tuple(counts))
    return ItemRow(
        item.id, place + 1, item.text, tuple(counts), closeness, "spread out", median(tuple(counts)), place + 1
    )


class Listed(App[None]):
    """What the four have in common."""

    ANIMATION_LEVEL = "none"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("u", "update"), Binding("j", "move(1)"), Binding("k", "move(-1)")]

    def __init__(self) -> None:
        super().__init__()
        self.register_theme(DARK)
        self.theme = DARK.name
        self.states = states()
        self.rows = next(self.states)
        self.cursor = 0

    def action_update(self) -> None:
        """One more ballot."""
        self.rows = next(self.states)
        self.show(self.cursor)

    def action_move(self, by: int) -> None:
        """The next item."""
        before, self.cursor = self.cursor, (self.cursor + by) % len(self.rows)
        self.move(before)

    def show(self, cursor: int) -> None:
        """Show other rows."""
        raise NotImplementedError

    def move(self, before: int) -> None:
        """Show the cursor elsewhere."""
        raise NotImplementedError


class OneStatic(Listed):
    """The floor: a number in one Static."""

    def compose(self) -> ComposeResult:
        """A number."""
        self.number = 0
        yield Static("0", id="number")

    def show(self, cursor: int) -> None:
        """Another number."""
        del cursor
        self.number += 1
        self.query_one("#number", Static).update(Content(str(self.number)), layout=False)

    def move(self, before: int) -> None:
        """As above."""
        self.show(before)


class OwnList(Listed):
    """Our list, which moves its cursor itself."""

    def compose(self) -> ComposeResult:
        """The list."""
        yield ItemList(self.rows, "Agreement: 100 = all alike, 0 = half at each end.")

    def show(self, cursor: int) -> None:
        """Other rows."""
        del cursor
        self.query_one(ItemList).show(self.rows, "Agreement: 100 = all alike, 0 = half at each end.")


class ManyStatics(Listed):
    """A Static for every item."""

    CSS = "Static { height: 1; }"

    def compose(self) -> ComposeResult:
        """Forty Statics."""
        with VerticalScroll(can_focus=False):
            for place in range(len(self.rows)):
                yield Static(self._content(place), id=f"row-{place}")

    def show(self, cursor: int) -> None:
        """All of them anew."""
        del cursor
        for place in range(len(self.rows)):
            self._update(place)

    def move(self, before: int) -> None:
        """Two of them anew."""
        self._update(before)
        self._update(self.cursor)

    def _update(self, place: int) -> None:
        self.query_one(f"#row-{place}", Static).update(self._content(place))

    def _content(self, place: int) -> Content:
        line = row_line(self.rows[place], _WIDTH, BLOCKS, cursor=place == self.cursor)
        return Content.assemble(*((part.text, "bold" if place == self.cursor else "") for part in line))


class Table(Listed):
    """A DataTable with a column per part of a line."""

    def compose(self) -> ComposeResult:
        """The table."""
        yield DataTable[Content](cursor_type="row")

    def on_mount(self) -> None:
        """Fill it."""
        table = self._table
        self.columns = table.add_columns(*(str(place) for place, _ in enumerate(self._line(0))))
        self.keys = [table.add_row(*self._cells(place)) for place in range(len(self.rows))]

    def show(self, cursor: int) -> None:
        """Every cell anew."""
        del cursor
        for place, key in enumerate(self.keys):
            for column, cell in zip(self.columns, self._cells(place), strict=True):
                self._table.update_cell(key, column, cell)

    def move(self, before: int) -> None:
        """Its own cursor."""
        del before
        self._table.move_cursor(row=self.cursor)

    @property
    def _table(self) -> DataTable[Content]:
        return self.query_one(DataTable)

    def _line(self, place: int) -> Line:
        return row_line(self.rows[place], _WIDTH, BLOCKS)

    def _cells(self, place: int) -> list[Content]:
        return [Content(part.text) for part in self._line(place)]


APPS: dict[str, Callable[[], App[Any]]] = {
    "static": OneStatic,
    "list": OwnList,
    "statics": ManyStatics,
    "table": Table,
}

if __name__ == "__main__":
    APPS[sys.argv[1]]().run()
