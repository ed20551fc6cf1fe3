"""The base of all charts: a scrolling widget that paints one laid-out line at a time."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from cxworkshop.tui.widgets.charts.glyphs import ASCII, BLOCKS, Glyphs
from cxworkshop.tui.widgets.charts.ink import Ink, Line, width_of
from cxworkshop.tui.widgets.in_ascii import ASCII_CLASS

_NAMES: Mapping[Ink, str] = {ink: f"chart--{ink}" for ink in Ink}


class Chart(ScrollView):
    """A chart made of lines. A kind of chart gives `lines`; everything else is done here.

    Lines are laid out once per width and only those in sight are painted. `ascii` draws without block elements.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = set(_NAMES.values())
    DEFAULT_CSS = """
    Chart {
        height: auto;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        & > .chart--text { color: $foreground; }
        & > .chart--strong { color: $foreground; text-style: bold; }
        & > .chart--muted { color: $text-muted; }
        & > .chart--low { color: $text-warning; }
        & > .chart--middle { color: $text-muted; }
        & > .chart--high { color: $text-primary; }
        & > .chart--bar { color: $text-primary; }
        & > .chart--earlier { color: $text-muted; }
        & > .chart--mark { color: $text-accent; text-style: bold; }
    }
    """

    ascii: reactive[bool] = reactive(default=False, init=False)

    def __init__(
        self,
        *,
        ascii: bool = False,  # noqa: A002  the mode's name is the word people know
        id: str | None = None,  # noqa: A002  as every widget names it
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.set_reactive(Chart.ascii, ascii)
        self._laid_out: tuple[int, Sequence[Line]] | None = None
        self._inks: dict[Ink, Style] = {}
        self._inks_over: dict[str, dict[Ink, Style]] = {}
        """The inks as they are under a component class that is laid over a line."""
        self._inked_on: Color | None = None
        """The background on which the inks were looked up."""

    def lines(self, width: int) -> Sequence[Line]:
        """The whole chart in lines of at most `width` cells."""
        raise NotImplementedError

    @property
    def glyphs(self) -> Glyphs:
        """The characters to draw with."""
        return ASCII if self.ascii or self.app.has_class(ASCII_CLASS) else BLOCKS

    @property
    def text(self) -> str:
        """The chart as it stands, in bare characters."""
        return "\n".join("".join(part.text for part in line).rstrip() for line in self._lines())

    def redraw(self, *, layout: bool = True) -> None:
        """Lay the chart out anew, after its data changed; `layout` where its height may have changed too."""
        self._laid_out = None
        if self.is_attached:
            self._fit_height()
            # A chart that fills what room there is takes no other room with other lines, and its scroll bar watches
            # for itself whether it has to change.
            if layout and self.styles.is_auto_height:
                self.refresh(layout=True)
            else:
                self.refresh(Region(0, 0, self.scrollable_content_region.width, self.size.height))

    def watch_ascii(self) -> None:
        """Draw with the other set of glyphs."""
        self.redraw(layout=False)

    def on_resize(self) -> None:
        """Lay out for the new width."""
        self._fit_height()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002  Textual's
        """As many lines as the chart takes at this width."""
        return len(self._lines(width))

    def render_line(self, y: int) -> Strip:
        """Paint one line in sight."""
        lines = self._lines()
        row = y + self.scroll_offset.y
        return self.painted(lines[row] if row < len(lines) else ())

    def painted(self, line: Line, over: str = "") -> Strip:
        """A line in its inks, as wide as the widget; `over` names a component class that is laid on all of it."""
        inks = self._inks or self._looked_up()
        if over:
            inks = self._inks_over.get(over) or self._looked_up_over(over)
        width, cells = self.size.width, width_of(line)
        segments = [Segment(text, inks[ink]) for text, ink in line]
        if cells < width:
            segments.append(Segment(" " * (width - cells), inks[Ink.TEXT]))
        strip = Strip(segments, max(cells, width))
        return strip.adjust_cell_length(width) if cells > width else strip

    def _looked_up(self) -> dict[Ink, Style]:
        self._inks_over = {}
        self._inks = {ink: self.get_component_rich_style(name) for ink, name in _NAMES.items()}
        return self._inks

    def _looked_up_over(self, name: str) -> dict[Ink, Style]:
        over = self.get_component_rich_style(name, partial=True)
        self._inks_over[name] = {ink: style + over for ink, style in self._inks.items()}
        return self._inks_over[name]

    def notify_style_update(self) -> None:
        """Look the inks up anew: the theme may be another."""
        self._inks = {}
        super().notify_style_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint what is in sight; inks stay from frame to frame, as long as the background is the same."""
        background = self.background_colors[1]
        if background != self._inked_on:
            self._inks, self._inked_on = {}, background
        return super().render_lines(crop)

    def _lines(self, width: int | None = None) -> Sequence[Line]:
        width = width or self.scrollable_content_region.width or self.size.width
        if self._laid_out is None or self._laid_out[0] != width:
            self._laid_out = (width, self.lines(width))
        return self._laid_out[1]

    def _fit_height(self) -> None:
        width = self.scrollable_content_region.width
        if width:
            self.virtual_size = Size(width, len(self._lines(width)))
