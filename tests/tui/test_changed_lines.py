"""What is painted where something changed is what a whole painting would show, and nobody else is asked."""

from collections.abc import Iterator
from random import Random

from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widgets import Static

from cxworkshop.tui.changed_lines import ChangedLines

SIZE = (50, 16)


class Told(Static):
    """Counts the lines it is asked for."""

    asked = 0

    def render_lines(self, crop: Region) -> list[Strip]:
        self.asked += crop.height
        return super().render_lines(crop)


class Frames(Screen[None]):
    """Frames within frames, a list that scrolls, and a box that lies over both."""

    def __init__(self) -> None:
        super().__init__()
        self._compositor = ChangedLines()

    def compose(self) -> ComposeResult:
        yield Static("the line at the top", id="top")
        with Horizontal(id="middle"):
            yield Told("\n".join(f"rail {row}" for row in range(12)), id="left")
            with Vertical(id="right"), VerticalScroll(id="scrolled"):
                yield Told("\n".join(f"row {row} " + "x" * 30 for row in range(30)), id="rows")
        yield Static("over", id="over")


class Framed(App[None]):
    CSS = """
    Screen { layers: below above; }
    #middle { height: 1fr; layer: below; }
    #left { width: 12; }
    #right { border: round $primary; padding: 0 2; }
    #over { layer: above; dock: right; width: 9; height: 5; offset: -6 4; background: $panel; border: heavy $accent; }
    """

    def get_default_screen(self) -> Frames:
        return Frames()


def some_regions(random: Random) -> Iterator[Region]:
    for _ in range(random.randint(1, 4)):
        x, y = random.randrange(SIZE[0]), random.randrange(SIZE[1])
        yield Region(x, y, random.randint(1, SIZE[0] - x), random.randint(1, SIZE[1] - y))


async def test_what_changed_is_painted_as_in_the_whole_picture() -> None:
    random, spans = Random(7), 0
    async with Framed().run_test(size=SIZE) as pilot:
        await pilot.pause()
        compositor = pilot.app.screen._compositor
        pilot.app.query_one("#scrolled").scroll_to(y=5, animate=False, immediate=True)
        await pilot.pause()
        whole = compositor.render_strips()
        for _ in range(150):
            compositor._dirty_regions = set(some_regions(random))
            update = compositor.render_partial_update()
            assert update is not None
            for y, x1, x2 in update.spans:
                spans += 1
                shown = ""
                for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=True):
                    if x < x2 and end > x1:
                        assert strip is not None, (y, x)
                        shown += strip.crop(max(x1 - x, 0), min(end, x2) - x).text
                assert shown == whole[y].crop(x1, x2).text
    assert spans > 1000


async def test_only_what_changed_is_asked_for_its_lines() -> None:
    async with Framed().run_test(size=SIZE) as pilot:
        await pilot.pause()
        left, rows = pilot.app.query_one("#left", Told), pilot.app.query_one("#rows", Told)
        compositor = pilot.app.screen._compositor
        for region, asked in (
            (Region(16, 3, 10, 2), (0, 2)),
            (Region(3, 5, 4, 1), (1, 0)),
            (Region(0, 3, 50, 2), (2, 2)),
        ):
            left.asked = rows.asked = 0
            compositor._dirty_regions = {region}
            compositor.render_partial_update()
            assert (left.asked, rows.asked) == asked
