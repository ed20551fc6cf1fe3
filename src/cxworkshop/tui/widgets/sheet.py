"""A sheet: lines of label and value under headings, each of which can be chosen."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len
from textual import on
from textual.content import Content
from textual.css.styles import RulesMap
from textual.message import Message
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from cxworkshop.tui.widgets.marked import CURSOR, ELSEWHERE

_LABEL_COLUMN = 20
_AROUND_LABEL = 4
_WIDEST_LABEL = 48
_WIDE_ROOM = 120
_LABEL_SHARE = 45
"""Of a sheet of so many cells or more labels may have so many hundredths."""

_FEWEST_VALUE_CELLS = 12
"""So much of a value is shown however little room there is: a day."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a sheet. Texts may come from people: they are shown without markup."""

    id: str
    """Names the line; empty makes a heading, which cannot be chosen."""
    label: str
    value: str = ""
    note: str = ""
    """What is worth knowing, after the value."""
    warning: str = ""
    """What needs attention; marked with `!`."""
    refusal: str = ""
    """Why the line cannot be changed now; it is shown dim, and says so when chosen."""


class Sheet(OptionList):
    """The lines. Enter or a click posts `Chosen`; the cursor stays on its line when the lines change."""

    DEFAULT_CSS = """
    Sheet {
        height: 1fr; border: none; padding: 0; background: transparent; text-wrap: nowrap; text-overflow: ellipsis;
    }
    Sheet:focus { border: none; background-tint: $background 0%; }
    Sheet > .option-list--option-highlighted, Sheet:focus > .option-list--option-highlighted {
        /* Notes on the line keep their own dim colour, which a bright cursor would swallow. */
        background: $block-cursor-blurred-background; color: $foreground; text-style: bold;
    }
    """

    class Chosen(Message):
        """A line was chosen."""

        def __init__(self, row: Row) -> None:
            super().__init__()
            self.row = row

    def __init__(
        self,
        *,
        id: str | None = None,  # noqa: A002  as every widget names it
        label_width: int = _LABEL_COLUMN,
        widest_label: int = _WIDEST_LABEL,
    ) -> None:
        """Set up a sheet.

        Args:
            id: As of every widget.
            label_width: Cells of the column of labels.
            widest_label: How far that column may widen for a long label, or to under half of a wide window; beyond it
                labels are cut.
        """
        super().__init__(id=id)
        self._rows: tuple[Row, ...] = ()
        self._label_width = label_width
        self._widest_label = widest_label

    @property
    def rows(self) -> tuple[Row, ...]:
        """The lines shown."""
        return self._rows

    @property
    def row(self) -> Row | None:
        """The line on which the cursor stands."""
        place = self.highlighted
        return self._rows[place] if place is not None and place < len(self._rows) else None

    def show(self, rows: Sequence[Row]) -> None:
        """Put these lines on the sheet; where nothing differs nothing is painted."""
        if tuple(rows) == self._rows:
            return
        at = self.row.id if self.row is not None else ""
        before = self.highlighted
        self._rows = tuple(rows)
        longest = max((cell_len(row.label) for row in self._rows if row.id and row.value), default=0)
        width = max(self._label_width, longest + _AROUND_LABEL)
        visuals = (_RowVisual(row, width, self._widest_label) for row in self._rows)
        self.set_options([Option(visual, disabled=not row.id) for visual, row in zip(visuals, self._rows, strict=True)])
        self.highlighted = self._place_of(at, before)

    def put_cursor(self, beginning: str) -> None:
        """Put the cursor on the first line whose id begins so; where there is none it stays."""
        found = (place for place, row in enumerate(self._rows) if row.id and row.id.startswith(beginning))
        self.highlighted = next(found, self.highlighted)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        row = self._rows[event.option_index]
        if row.refusal:
            self.notify(row.refusal, title=row.label, severity="warning", markup=False)
        else:
            self.post_message(self.Chosen(row))

    def _place_of(self, row_id: str, before: int | None) -> int | None:
        """The line of an id, else the nearest one that can be chosen."""
        choosable = [place for place, row in enumerate(self._rows) if row.id]
        for place in choosable:
            if self._rows[place].id == row_id:
                return place
        return min(choosable, key=lambda place: abs(place - (before or 0)), default=None)


class _RowVisual(Visual):
    """A row that is laid out when it comes in sight: of a roll of thousands hardly any is.

    Texts of several lines stand on one.
    """

    def __init__(self, row: Row, width: int, widest: int) -> None:
        one_line = (" ".join(text.split("\n")) for text in (row.label, row.value, row.note, row.warning))
        label, value, note, warning = one_line
        self._row = replace(row, label=label, value=value, note=note, warning=warning)
        self._width = width
        self._widest = widest

    def _label_width(self, room: int) -> int:
        share = room * _LABEL_SHARE // 100 if room >= _WIDE_ROOM else 0
        return min(self._width, max(self._widest, share))

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """Lay the row out; the one at the cursor, which alone is bold as a whole, has a sign before it."""
        line = _line(self._row, self._label_width(width), at_cursor=bool(style.bold), room=width)
        return line.render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """As wide as the row is."""
        return _line(self._row, self._label_width(container_width)).get_optimal_width(rules, container_width)

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002  Textual's
        """One line: rows are not wrapped."""
        return 1


def _line(row: Row, width: int, *, at_cursor: bool = False, room: int | None = None) -> Content:
    """A line; with `room` a long value is cut, so that the warning behind it stays in sight."""
    if not row.id:
        return Content.styled(row.label, "bold $primary")
    colour = "$text-disabled" if row.refusal else "$foreground"
    label = Content(f"{CURSOR if at_cursor else ELSEWHERE}{row.label}")
    if row.value:
        # A long label must not push the value, such as the dots on an item, off the screen.
        label = label.truncate(width - 1, ellipsis=True)
    gap = " " * max(1, width - label.cell_length)
    parts: list[Content | str | tuple[str, str]] = [label.stylize(colour if not row.value else "$text-muted")]
    warning = f"  ! {row.warning}" if row.warning else ""
    if row.value:
        value = Content(row.value)
        if room is not None and warning:
            left = room - label.cell_length - len(gap) - cell_len(warning)
            value = value.truncate(max(left, _FEWEST_VALUE_CELLS), ellipsis=True)
        parts += [gap, value.stylize(colour)]
    # What needs attention comes first, since a narrow window shows the beginning of a line only.
    if warning:
        parts.append((warning, "$warning"))
    if row.note:
        parts.append((f"  {row.note}", "$text-muted"))
    return Content.assemble(*parts)
