"""Impact and effort in four fields, over the console."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding

from cxworkshop.domain.ratings import Rated
from cxworkshop.tui.widgets.charts.effort_map import EffortMap, points_of
from cxworkshop.tui.widgets.dialog import Dialog

_READ = "Numbers are those of the list; = is tied. In the middle, impact counts as low and effort as high."


class RatedScreen(Dialog[None]):
    """Shows the map with the ranked list; Esc or Enter closes it."""

    DEFAULT_CSS = """
    RatedScreen > #dialog { width: 110; height: 96%; border-subtitle-color: $text-muted; }
    RatedScreen #buttons { display: none; }
    """
    BINDINGS = [Binding("enter,q,m", "back_out", show=False)]

    def __init__(self, rated: Sequence[Rated]) -> None:
        super().__init__("Impact and effort")
        self._rated = tuple(rated)

    def body(self) -> ComposeResult:
        """Map and list."""
        yield EffortMap(points_of(self._rated), _READ, id="map")

    def on_mount(self) -> None:
        """Let the arrows scroll the list."""
        self.query_one("#dialog").border_subtitle = "↑ ↓ scroll · Esc closes"
        self.query_one(EffortMap).focus()
