"""A list of entries of one or more lines with a cursor, painted line by line: options, names, candidates, answers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.message import Message
from textual.strip import Strip

from cxworkshop.tui.widgets.charts.chart import Chart
from cxworkshop.tui.widgets.charts.ink import Ink, Line, Part, fit, wrap

_IN_FULL = "… ↑ and ↓ show all of one."


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in the list: a mark such as a number, its label, more text beneath, and what stands at the right."""

    mark: str
    label: str
    detail: str = ""
    right: str = ""
    dim: bool = False
    """It cannot be chosen, and its right-hand text says why."""


class Rows(Chart):
    """Entries with a cursor. `cursor` is the entry under it, None where nothing is; the cursor is also a sign."""

    can_focus = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"chart--cursor"}
    DEFAULT_CSS = """
    Rows {
        height: auto;
        max-height: 100%;
        & > .chart--cursor { background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold; }
    }
    """

    class Picked(Message):
        """An entry was clicked."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    def __init__(self, entries: Sequence[Entry] = (), *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._entries = tuple(entries)
        self._cursor: int | None = None
        self._starts: list[int] = []

    @property
    def cursor(self) -> int | None:
        """The entry under the cursor."""
        return self._cursor

    def show(self, entries: Sequence[Entry], cursor: int | None) -> None:
        """Show entries with the cursor on one of them."""
        same = len(entries) == len(self._entries)
        self._entries = tuple(entries)
        self._cursor = cursor if cursor is not None and 0 <= cursor < len(entries) else None
        self.redraw(layout=not same)
        self.call_after_refresh(self._keep_in_sight)

    def move(self, by: int) -> None:
        """Move the cursor, from nothing to the first entry."""
        if self._entries:
            place = 0 if self._cursor is None else max(0, min(self._cursor + by, len(self._entries) - 1))
            self.show(self._entries, place)

    def lines(self, width: int) -> list[Line]:
        """All entries, each label and detail wrapped under its mark.

        Where they are too many for the height, details are cut to a line each but under the cursor, which is said.
        """
        height = self.scrollable_content_region.height
        lines = self._all_lines(width, short=False)
        if not height or len(lines) <= height:
            return lines
        cut = self._all_lines(width, short=True)
        return [*cut, (Part(" " * 3), Part(_IN_FULL, Ink.MUTED))] if len(cut) < len(lines) else cut

    def on_resize(self) -> None:
        """Lay out for the new height as well."""
        self._laid_out = None
        self._fit_height()
        self.call_after_refresh(self._keep_in_sight)

    def render_line(self, y: int) -> Strip:
        """Paint one line in sight, over the colour of the cursor where it belongs to its entry."""
        lines = self._lines()
        row = y + self.scroll_offset.y
        over = ""
        if self._cursor is not None and self._starts[self._cursor] <= row < self._starts[self._cursor + 1]:
            over = "chart--cursor"
        return self.painted(lines[row] if row < len(lines) else (), over)

    def on_click(self, event: events.Click) -> None:
        """Pick the entry under the mouse."""
        event.stop()
        row = event.y + self.scroll_offset.y
        for place in range(len(self._entries)):
            if self._starts[place] <= row < self._starts[place + 1]:
                self.post_message(self.Picked(place))

    def _all_lines(self, width: int, *, short: bool) -> list[Line]:
        marks = max((cell_len(entry.mark) for entry in self._entries), default=1)
        rights = min(max((cell_len(entry.right) for entry in self._entries), default=0), width * 2 // 5)
        self._starts = []
        lines: list[Line] = []
        for place, entry in enumerate(self._entries):
            self._starts.append(len(lines))
            cursor = place == self._cursor
            cut = short and not cursor and entry.detail
            shown = replace(entry, detail=fit(entry.detail, width - marks - 6).rstrip()) if cut else entry
            lines += self._entry_lines(shown, width, (marks, rights), cursor=cursor)
        self._starts.append(len(lines))
        return lines

    def _entry_lines(self, entry: Entry, width: int, columns: tuple[int, int], *, cursor: bool) -> list[Line]:
        marks, rights = columns
        indent = marks + 5
        room = width - indent - (rights + 2 if rights else 0) - 1
        ink = Ink.MUTED if entry.dim else Ink.TEXT
        labels = wrap(entry.label, room) or [""]
        sign = self.glyphs.cursor if cursor else " "
        first: Line = (
            Part(f" {sign} "),
            Part(fit(entry.mark, marks, "right"), Ink.STRONG),
            Part("  "),
            Part(fit(labels[0], room), ink),
        )
        beside = wrap(entry.right, rights) if rights else []
        right_ink = Ink.MUTED if entry.dim else Ink.STRONG
        if beside:
            first = (*first, Part("  "), Part(fit(beside[0], rights), right_ink))
        labels += [""] * (len(beside) - len(labels))
        more: list[Line] = [(Part(" " * indent), Part(fit(line, room) if beside else line, ink)) for line in labels[1:]]
        for place, text in enumerate(beside[1:]):
            more[place] = (*more[place], Part("  "), Part(fit(text, rights), right_ink))
        details = wrap(entry.detail, width - indent - 1) if entry.detail else []
        return [first, *more, *((Part(" " * indent), Part(line, Ink.MUTED)) for line in details)]

    def _keep_in_sight(self) -> None:
        if self._cursor is None or not self._starts or not self.is_attached:
            return
        first, after = self._starts[self._cursor], self._starts[self._cursor + 1]
        top, seen = self.scroll_offset.y, self.scrollable_content_region.height
        if first < top:
            self.scroll_to(y=first, animate=False, force=True)
        elif after > top + seen:
            self.scroll_to(y=after - seen, animate=False, force=True)
