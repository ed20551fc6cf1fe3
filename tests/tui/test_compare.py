"""Compare: figures come after the talk, nearest kind first, partial distributions as bands."""

from dataclasses import replace
from pathlib import Path

from cxworkshop.domain.ballots import Ballot
from cxworkshop.domain.comparison import ModelComparison
from cxworkshop.domain.content import Benchmark, StageShare
from cxworkshop.domain.results import results_of_ballots
from cxworkshop.domain.session import Step
from cxworkshop.tui.console.steps.compare import model_lines, share_lines
from cxworkshop.tui.projector.drawing import pages_of
from cxworkshop.tui.widgets.charts.glyphs import BLOCKS
from cxworkshop.tui.widgets.charts.ink import Ink, text_of, width_of
from tui.driving import NARROW, now, press, shown, told
from tui.sessions import CONTENT, prepared
from tui.voted import console, crowd, voted

PLACED = Benchmark("placed", "Half called themselves early.", "House", "Study", "Firms", "self_placed", "high", "Few.")
SCORED = replace(PLACED, id="scored", statement="Most scored low.", rated_by="scored", year=2019, n=212)
PARTIAL = replace(
    SCORED,
    stage_names=("One", "Two", "Three", "Four"),
    shares=(StageShare(("One", "Two"), 79), StageShare(("Four",), 2)),
)


def test_a_share_over_several_stages_is_one_band_and_what_is_missing_says_so() -> None:
    lines = share_lines(PARTIAL, 72, BLOCKS)
    first, second, third, fourth = text_of(lines)
    assert (first.split(), second.split()[:2], second.split()[-3:]) == (
        ["One", "┐"],
        ["Two", "┘"],
        ["79", "%", "together"],
    )
    assert third.split() == ["Three", "not", "published"]
    assert "2 %" in fourth
    assert first.index("┐") == second.index("┘")
    assert all(width_of(line) <= 72 for line in lines)


def test_equal_shares_have_equal_bars_whatever_stands_behind_them() -> None:
    halves = replace(PLACED, stage_names=("One", "Two"), shares=(StageShare(("Two",), 50),))
    item = CONTENT.item("stage")
    asked = replace(item, scale=replace(item.scale, options=item.scale.options[:2]))
    result = results_of_ballots(1, [asked], [Ballot("1", f"C{place}", {"stage": 1 + place % 2}) for place in range(8)])
    compared = ModelComparison(result.models[0], (halves,))
    lines = model_lines(compared, CONTENT.models[0], 74, BLOCKS)
    bars = [len(part.text) for line in lines for part in line if part.ink in (Ink.BAR, Ink.EARLIER)]
    assert len(bars) == 3
    assert max(bars) - min(bars) <= 1, "half a cell is drawn in the room's own bars only"
    assert any("the room" in text for text in text_of(lines))


def test_no_page_of_the_projector_ends_with_a_heading() -> None:
    item = CONTENT.item("stage")
    result = results_of_ballots(1, [item], [Ballot("1", f"C{place}", {"stage": 1}) for place in range(8)])
    lines = model_lines(ModelComparison(result.models[0], (PLACED, SCORED)), CONTENT.models[0], 74, BLOCKS)
    heading = "   Got in another way, or on other stages:"
    assert heading in text_of(lines)
    assert [text_of(page)[-1] for height in range(6, 24) for page in pages_of(lines, height)].count(heading) == 0


async def test_figures_wait_for_the_talk_and_other_kinds_are_folded(tmp_path: Path) -> None:
    figures = tuple(replace(each, models=("six",)) for each in (PLACED, SCORED))
    session = prepared(participants=crowd(), content=replace(CONTENT, benchmarks=figures))
    app = console(tmp_path, voted(tmp_path, Step.COMPARE, session=session))
    async with app.run_test(size=NARROW) as pilot:
        await press(pilot)
        assert "Half called themselves early." not in shown(app)
        assert "f shows the published figures all the same" in " ".join(shown(app).replace("│", "").split())
        await press(pilot, "f")
        assert now(app).live.figures
        assert "Half called themselves early." in shown(app)
        assert "1 more figure, got in another way" in shown(app)
        await press(pilot, "f")
        await press(pilot, "end")
        assert "Most scored low." in shown(app)
        assert "n = 212" in shown(app)
        await press(pilot, "u")
        assert not now(app).live.figures


async def test_where_no_other_figure_is_known_that_is_said(tmp_path: Path) -> None:
    session = prepared(participants=crowd(), content=replace(CONTENT, benchmarks=()))
    app = console(tmp_path, voted(tmp_path, Step.COMPARE, session=session))
    async with app.run_test(size=NARROW) as pilot:
        await press(pilot, "f", "f")
        assert told(app)[-1] == "There are no other published figures on what was voted on here."
