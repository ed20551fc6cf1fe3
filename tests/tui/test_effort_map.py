"""The map of impact and effort reads without colour, in a low window too."""

from cxworkshop.tui.widgets.charts.effort_map import FIELD_WORDS, RatedPoint, placed, rated_lines
from cxworkshop.tui.widgets.charts.glyphs import ASCII, BLOCKS
from cxworkshop.tui.widgets.charts.ink import text_of, width_of

POINTS = (
    RatedPoint(1, tied=True, title="Answer the phone", impact=5, effort=1, answers=9, quadrant="quick_win"),
    RatedPoint(1, tied=True, title="Call back", impact=5, effort=1, answers=9, quadrant="quick_win", chosen=True),
    RatedPoint(3, tied=False, title="One system", impact=4.5, effort=5, answers=9, quadrant="big_bet"),
    RatedPoint(4, tied=False, title="New logo", impact=3, effort=3, answers=8, quadrant="not_now"),
    RatedPoint(5, tied=False, title="Unheard", impact=None, effort=None, answers=0, quadrant=None),
)


def test_every_rated_candidate_stands_in_its_own_field_even_where_two_are_alike() -> None:
    spots = placed(POINTS, 27, 15)
    assert sorted(spots.values()) == ["1", "2", "3", "4"]
    assert len(spots) == 4
    where = {label: spot for spot, label in spots.items()}
    assert all(where[label][0] < 13 and where[label][1] < 7 for label in ("1", "2"))
    assert where["3"][0] > 13
    assert where["3"][1] < 7
    assert where["4"][0] > 13
    assert where["4"][1] > 7


def test_fields_ties_and_figures_are_written_out() -> None:
    for glyphs in (BLOCKS, ASCII):
        lines = rated_lines(POINTS, 72, 17, glyphs)
        assert all(width_of(line) <= 72 for line in lines)
        text = "\n".join(text_of(lines))
        assert all(text.count(word) >= 1 for word in FIELD_WORDS.values())
        assert "impact 5 · effort 1 · n 9 · tied" in text
        assert "NOT RATED" in text
        assert "Call back ★" in text
