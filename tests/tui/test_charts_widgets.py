"""The charts as widgets: scrolling, the cursor, sorting, and which lines a move repaints."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from textual import on
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.message import Message
from textual.widget import Widget

from cxworkshop.tui.widgets.charts.agreement_map import AgreementMap, MapPoint
from cxworkshop.tui.widgets.charts.chart import Chart
from cxworkshop.tui.widgets.charts.distribution import Choice, Distribution, Pass
from cxworkshop.tui.widgets.charts.flow import FlowChart, FlowPicture
from cxworkshop.tui.widgets.charts.group_strips import Group, GroupStrips
from cxworkshop.tui.widgets.charts.item_list import ItemList, ItemRow
from cxworkshop.tui.widgets.charts.level_gaps import GapPicture, GapRow, LevelGapChart
from cxworkshop.tui.widgets.charts.stage_chart import StageChart, StagePicture
from tui.driving import resize

HOSTILE = "[/x] \x1b[31mred"
ROWS = [
    ItemRow(f"q{place}", place, f"Item {place}", (1, 2, 3, 2, 1), 50.0, "spread", 3, 61 - place, 0.5)
    for place in range(1, 61)
]


class Stage(App[None]):
    """One widget on a screen."""

    def __init__(self, widget: Widget) -> None:
        super().__init__()
        self.widget = widget

        self.told: list[Message] = []

    def compose(self) -> ComposeResult:
        yield self.widget

    @on(ItemList.Opened)
    @on(ItemList.Reordered)
    def keep(self, message: Message) -> None:
        self.told.append(message)


def painted(chart: Chart) -> list[str]:
    """What stands on the screen now."""
    return [chart.render_line(y).text.rstrip() for y in range(chart.size.height)]


@contextmanager
def repainted(chart: Chart, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The lines that a change asks to be painted again."""
    lines: list[int] = []
    refresh = chart.refresh

    def watched(*regions: Region, **settings: bool) -> Widget:
        lines.extend(line for region in regions for line in range(region.y, region.bottom))
        return refresh(*regions, **settings)

    monkeypatch.setattr(chart, "refresh", watched)
    yield lines


async def test_moving_the_cursor_repaints_two_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    chart = ItemList(ROWS, "A sentence.", order="original")
    async with Stage(chart).run_test(size=(80, 24)) as pilot:
        chart.focus()
        await pilot.pause()
        with repainted(chart, monkeypatch) as lines:
            await pilot.press("down")
        assert lines == [1, 2]
        assert painted(chart)[2].startswith("▶ 2 Item 2")


async def test_the_cursor_stays_in_sight_with_header_and_sentence() -> None:
    chart = ItemList(ROWS, "A sentence.", order="original")
    async with Stage(chart).run_test(size=(80, 24)) as pilot:
        chart.focus()
        await pilot.press("end")
        lines = painted(chart)
        assert lines[0].split()[0] == "Item"
        assert lines[-1] == " A sentence."
        assert lines[-3].startswith("▶60 Item 60")
        await pilot.press("home")
        assert painted(chart)[1].startswith("▶ 1 Item 1")


async def test_orders_go_round_and_are_told() -> None:
    chart = ItemList(ROWS)
    app = Stage(chart)
    async with app.run_test(size=(80, 24)) as pilot:
        chart.focus()
        assert chart.selected == "q60"
        chart.action_next_order()
        chart.action_next_order()
        assert chart.order == "original"
        assert chart.selected == "q1"
        await pilot.press("enter")
        await pilot.pause()
    assert [message.order for message in app.told if isinstance(message, ItemList.Reordered)] == ["lowest", "original"]
    assert [message.item for message in app.told if isinstance(message, ItemList.Opened)] == ["q1"]


async def test_two_clicks_open_the_row_under_the_mouse() -> None:
    chart = ItemList(ROWS, order="original")
    app = Stage(chart)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click(chart, offset=(10, 5), times=2)
        await pilot.pause()
    assert [message.item for message in app.told if isinstance(message, ItemList.Opened)] == ["q5"]


async def test_new_results_keep_the_item_under_the_cursor() -> None:
    chart = ItemList(ROWS, order="original")
    async with Stage(chart).run_test(size=(80, 24)) as pilot:
        chart.select("q7")
        chart.show(ROWS[3:], "Fewer.")
        await pilot.pause()
        assert chart.selected == "q7"


async def test_plain_characters_at_a_switch() -> None:
    chart = Distribution([Choice("No"), Choice("Yes")], [Pass((3, 9))], "Most say yes.")
    async with Stage(chart).run_test(size=(80, 24)) as pilot:
        assert "█" in chart.text
        chart.ascii = True
        await pilot.pause()
        assert "#" in chart.text
        assert chart.text.replace("·", "").isascii()
        assert painted(chart)[-1] == " Most say yes."


@pytest.mark.parametrize("size", [(80, 24), (110, 34)])
@pytest.mark.parametrize(
    "chart",
    [
        lambda: Distribution([Choice(HOSTILE, HOSTILE)] * 3, [Pass((1, 2, 3), HOSTILE)] * 2, HOSTILE),
        lambda: ItemList([ItemRow("a", 1, HOSTILE, (1, 2), 1.0, HOSTILE, 1, 1)], HOSTILE),
        lambda: AgreementMap([MapPoint(1, HOSTILE, 10, 0.4, "clarify")], HOSTILE),
        lambda: GroupStrips([(HOSTILE, [Group(HOSTILE, 9, 1, (9, 0), HOSTILE), Group(HOSTILE, hidden=True)])], HOSTILE),
        lambda: LevelGapChart(GapPicture(HOSTILE, HOSTILE, (GapRow(1, HOSTILE, 5, 1, 4, -3),), HOSTILE)),
        lambda: FlowChart(FlowPicture(9, 5, 2, 2, summary=HOSTILE)),
        lambda: StageChart(
            [StagePicture(HOSTILE, (Choice(HOSTILE),) * 2, Pass((1, 2)), (1,), verdict=HOSTILE, summary=HOSTILE)]
        ),
    ],
)
async def test_hostile_text_reaches_no_terminal(chart: type[Chart], size: tuple[int, int]) -> None:
    widget = chart()
    async with Stage(widget).run_test(size=size) as pilot:
        await pilot.pause()
        drawn = "\n".join(painted(widget))
        assert "\x1b" not in drawn
        assert "[/x]" in drawn


async def test_the_map_fills_the_height_it_is_given() -> None:
    chart = AgreementMap([MapPoint(1, "Owned", 90, 0.9, "protect")], "A sentence.")
    async with Stage(chart).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert painted(chart)[-1] == " A sentence."
        await resize(pilot, 110, 34)
        assert len([line for line in painted(chart) if line]) > 26
