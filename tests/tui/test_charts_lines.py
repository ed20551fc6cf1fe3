"""The charts as the characters they are made of, at the widths of a small and of a large terminal."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from cxworkshop.domain.breakdowns import GroupResult
from cxworkshop.domain.instruments import Item, Option, Scale
from cxworkshop.tui.widgets.charts.agreement_map import MapPoint, legend_lines, map_lines, placed, sheet_lines
from cxworkshop.tui.widgets.charts.distribution import Choice, Pass, distribution_lines, tail
from cxworkshop.tui.widgets.charts.flow import FlowPicture, flow_lines
from cxworkshop.tui.widgets.charts.glyphs import ASCII, BLOCKS, bar, diverging, strip_of
from cxworkshop.tui.widgets.charts.group_strips import NOT_SHOWN, Group, group_lines, groupings_lines
from cxworkshop.tui.widgets.charts.ink import fit, text_of, width_of, wrap
from cxworkshop.tui.widgets.charts.item_list import ItemRow, header_line, ordered, row_line
from cxworkshop.tui.widgets.charts.level_gaps import GapPicture, GapRow, gap_lines
from cxworkshop.tui.widgets.charts.pictures import choices_of, groupings_of, groups_of
from cxworkshop.tui.widgets.charts.stage_chart import StagePicture, stage_lines

HOSTILE = "[/x] \x1b[31mred\x1b]0;title\x07"
OFTEN = [Choice(label) for label in ("Never", "Rarely", "Sometimes", "Mostly", "Always")]
SPLIT = Pass((5, 2, 0, 4, 5), "Round 1")
AFTER = Pass((1, 2, 1, 8, 4), "Round 2")


def row(number: int = 1, text: str = "An item", counts: tuple[int, ...] = (5, 2, 0, 4, 5), rank: int = 1) -> ItemRow:
    return ItemRow(f"q{number}", number, text, counts, 8.0, "two camps", 3.5, rank, 0.625)


class TestDistribution:
    def test_reads_at_80_columns(self) -> None:
        assert text_of(distribution_lines(OFTEN, [SPLIT], 80)) == [
            " 1 Never      ████████████████████████████████████████ 5",
            " 2 Rarely     ████████████████ 2",
            " 3 Sometimes  ▏ 0",
            " 4 Mostly     ████████████████████████████████ 4",
            " 5 Always     ████████████████████████████████████████ 5",
        ]

    def test_two_rounds_stand_beside_each_other_in_two_patterns(self) -> None:
        assert text_of(distribution_lines(OFTEN, [SPLIT, AFTER], 80)) == [
            "              Round 1 · 16                     Round 2 · 16",
            " 1 Never      ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒ 5             ███▋ 1",
            " 2 Rarely     ▒▒▒▒▒▒▒ 2                        ███████▎ 2",
            " 3 Sometimes   0                               ███▋ 1",
            " 4 Mostly     ▒▒▒▒▒▒▒▒▒▒▒▒▒▒ 4                 █████████████████████████████ 8",
            " 5 Always     ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒ 5             ██████████████▌ 4",
        ]

    def test_without_block_elements(self) -> None:
        drawn = text_of(distribution_lines(OFTEN, [SPLIT], 80, ASCII))
        assert drawn[1] == " 2 Rarely     ################ 2"
        assert all(line.isascii() for line in drawn)

    def test_anchors_stand_at_the_right_where_there_is_room(self) -> None:
        choices = [Choice("Ad hoc", "nobody owns it"), Choice("Owned", "one person answers for it")]
        assert text_of(distribution_lines(choices, [Pass((3, 9))], 110))[1].endswith(" 9    one person answers for it")

    def test_the_rooms_stage_is_marked_in_words(self) -> None:
        drawn = text_of(distribution_lines(OFTEN, [SPLIT], 80, medians=(3,), median_word="the room"))
        assert [line.endswith("◀ the room") for line in drawn] == [False, False, True, False, False]

    def test_options_are_called_by_the_numbers_of_their_scale(self) -> None:
        item = Item("q", "How likely?", Scale("s", (Option("0 never"), Option("1"), Option("2 surely"))))
        drawn = text_of(distribution_lines(choices_of(item), [Pass((1, 2, 3))], 60))
        assert [line.split()[0] for line in drawn] == ["0", "1", "2"]
        (group,) = groups_of(item, {"Sales": GroupResult(8, 2.5, "mixed")})
        assert group.median == 1.5

    def test_levels_stand_in_the_order_in_which_they_are_declared(self) -> None:
        item = Item("q", "How likely?", Scale("s", (Option("No"), Option("Yes"))))
        same = GroupResult(8, 2.0, "close")
        (_, (_, levels)) = groupings_of(item, {"A": same}, {"Boss": same, "Chief": same}, ["Chief", "Boss"])
        assert [group.name for group in levels] == ["Chief", "Boss"]

    def test_labels_take_the_room_that_short_bars_leave(self) -> None:
        choices = [Choice("Stimme überhaupt nicht zu"), Choice("Stimme voll und ganz zu")]
        assert "Stimme überhaupt nicht zu" in text_of(distribution_lines(choices, [Pass((3, 9))], 50))[0]

    def test_what_was_not_an_answer_is_counted_beneath(self) -> None:
        assert tail(Pass((1, 0), dont_know=2, left_out=1)) == "1 answer · 2 don't know · 1 left out"

    @given(
        counts=st.lists(st.integers(0, 60), min_size=2, max_size=11),
        labels=st.text(max_size=30),
        width=st.integers(40, 160),
        twice=st.booleans(),
    )
    def test_never_wider_than_the_room_there_is(self, counts: list[int], labels: str, width: int, twice: bool) -> None:
        choices = [Choice(labels, "anchor") for _ in counts]
        lines = distribution_lines(choices, [Pass(tuple(counts))] * (2 if twice else 1), width)
        assert max(width_of(line) for line in lines) <= width


class TestBars:
    def test_one_vote_in_a_thousand_still_shows(self) -> None:
        assert bar(0.001, 20, BLOCKS).strip()
        assert bar(0.001, 20, ASCII) == "#"

    def test_nothing_in_a_strip_is_lower_than_one_vote(self) -> None:
        assert strip_of((0, 1, 100), BLOCKS) == "▁▂█"

    def test_sides_of_a_stacked_bar_differ_by_form_and_carry_numbers(self) -> None:
        assert diverging((5, 2, 0, 4, 5), 16, BLOCKS) == ("         1▒▒▒▒2▒", "4███5████       ")

    def test_options_are_called_by_the_numbers_of_their_scale(self) -> None:
        drawn = "".join(diverging((4, 0, 4), 8, BLOCKS, (0, 1, 2)))
        assert [sign for sign in drawn if sign.isdigit()] == ["0", "2"]

    def test_the_middle_option_lies_across_the_middle(self) -> None:
        assert diverging((0, 0, 8, 0, 0), 8, BLOCKS) == ("    3░░░", "░░░░    ")

    @given(counts=st.lists(st.integers(0, 200), min_size=2, max_size=11), half=st.integers(4, 30))
    def test_halves_keep_their_width(self, counts: list[int], half: int) -> None:
        assert [len(side) for side in diverging(tuple(counts), half, BLOCKS)] == [half, half]


class TestItemList:
    def test_reads_at_80_columns(self) -> None:
        text = "Frontline people may fix a customer's problem on the spot"
        assert text_of([header_line(78), row_line(row(text=text), 78, cursor=True)]) == [
            "    Item                          low        high  agr  pattern            med",
            "▶ 1 Frontline people may fix a…       1▒2│4█5█       8  two camps          3.5",
        ]

    def test_reads_at_110_columns(self) -> None:
        text = "Frontline people may fix a customer's problem on the spot"
        assert text_of([row_line(row(text=text), 110)]) == [
            f"  1 Frontline people may fix a customer's problem o…{' ':9}1▒▒▒2▒│4██5███{' ':10}8  {'two camps':18} 3.5"
        ]

    def test_orders(self) -> None:
        rows = [
            ItemRow("a", 1, "", (), 90, "", 5, 3, 1.0),
            ItemRow("b", 2, "", (), 10, "", 3, 1, 0.5),
            ItemRow("c", 3, "", (), 60, "", 1, 2, 0.0),
            ItemRow("d", 4, "", (), None, "", None, 4, None),
        ]
        assert [each.id for each in ordered(rows, "disagreement")] == ["b", "c", "a", "d"]
        assert [each.id for each in ordered(rows, "lowest")] == ["c", "b", "a", "d"]
        assert [each.id for each in ordered(rows, "original")] == ["a", "b", "c", "d"]

    def test_an_item_without_answers_shows_dashes(self) -> None:
        empty = ItemRow("a", 1, "Nobody said", (0, 0), None, "too few", None, 1)
        assert text_of([row_line(empty, 80)])[0].split()[-4:] == ["–", "too", "few", "–"]


class TestGroups:
    def test_hidden_and_small_groups_say_so_in_words(self) -> None:
        groups = [
            Group("Sales", 8, 5, (0, 0, 0, 3, 5), "close"),
            Group("Support", 6, 1.5, None, "mixed"),
            Group("Finance", hidden=True),
        ]
        assert text_of(group_lines("Units", groups, 78)) == [
            " Units",
            "  Sales     8  ▁▁▁▅█  median 5 · close",
            "  Support   6  ·····  median 1.5 · mixed",
            f"  Finance  {NOT_SHOWN}",
        ]

    @pytest.mark.parametrize("options", [5, 11])
    @pytest.mark.parametrize("width", [77, 97])
    def test_names_give_way_and_no_figure_does(self, width: int, options: int) -> None:
        long = "Geschäftsleitung und erweiterte Führung"
        units = [Group(f"{long} {place}", 16, 3.5, None, "mixed", at_least=True) for place in range(3)]
        levels = [Group(f"{long} Nord", 8, 1.5, (1,) * options, "apart")]
        drawn = text_of(groupings_lines([("By unit", units), ("By level", levels)], width, options=options))
        assert max(map(cell_len, drawn)) <= width
        said = " ".join(drawn)
        assert (said.count("median 3.5"), said.count("median 1.5"), said.count("16+")) == (3, 1, 4)
        assert said.count("· apar") == said.count("· apart")
        assert said.count("· mix") == said.count("· mixed")

    def test_names_take_the_room_that_is_free(self) -> None:
        groups = [Group("Vertrieb und Kundengewinnung Süd", 8, 4, (0, 0, 0, 8, 0), "close")]
        assert "Vertrieb und Kundengewinnung Süd" in text_of(group_lines("Units", groups, 78))[1]

    def test_no_groups_take_no_line(self) -> None:
        assert group_lines("Units", [], 80) == []

    def test_how_close_a_group_is_stands_wherever_its_line_has_room(self) -> None:
        split = [Group("Sales", 6, 3, None, "far apart")]
        (line,) = text_of(group_lines("", split, 40))
        assert line.endswith("median 3 · far apart"), "a 3 that nobody gave is not to stand alone"
        (narrow,) = text_of(group_lines("", split, 39))
        assert narrow.endswith("median 3")


class TestStages:
    def test_the_whole_picture(self) -> None:
        stages = (Choice("Ignore"), Choice("Explore"), Choice("Mobilize"))
        picture = StagePicture(
            "Six stages",
            stages,
            Pass((2, 7, 3), dont_know=1),
            (2,),
            "stage",
            "Partly aligned: units do not place us alike.",
            (("Units", (Group("Sales", 7, 2, None, "close"),)),),
            "Most of the room sees the organisation at Explore.",
        )
        assert text_of(stage_lines(picture, 80)) == [
            " Six stages",
            " 1 Ignore    ███████████▍ 2",
            " 2 Explore   ████████████████████████████████████████ 7   ◀ the room",
            " 3 Mobilize  █████████████████▏ 3",
            " Partly aligned: units do not place us alike.",
            " Units",
            "  Sales   7  ···  median 2 · close",
            "  ··· no bars: too telling",
            " Most of the room sees the organisation at Explore.",
        ]


POINTS = [
    MapPoint(1, "Owned", 90, 0.9, "protect"),
    MapPoint(2, "Measured", 95, 0.1, "act"),
    MapPoint(3, "Fixed on the spot", 8, 0.625, "reach"),
    MapPoint(4, "Known needs", 20, 0.25, "clarify"),
]


class TestMap:
    def test_every_item_stands_in_its_named_corner(self) -> None:
        assert text_of(map_lines(POINTS, 45, 11)) == [
            " 100 │ ACT                  │ PROTECT",
            "     │    2                 │                 1",
            "     │                      │",
            "     │                      │",
            "     │                      │",
            "  50 │──────────────────────┼──────────────────────",
            "     │ CLARIFY              │ WHO IS NOT REACHED?",
            "     │                      │",
            "     │           4          │",
            "     │                      │     3",
            "   0 │                      │",
            "     └─────────────────────────────────────────────",
            "      weak                                   strong",
        ]

    def test_a_sheet_of_80_columns_holds_map_and_legend(self) -> None:
        lines = text_of(sheet_lines(POINTS, 78, 14))
        assert max(len(line) for line in lines) <= 78
        assert all(any(str(point.number) in line and point.text in line for line in lines) for point in POINTS)

    def test_what_the_legend_cannot_hold_is_counted(self) -> None:
        many = [MapPoint(number, "item", 90, 0.9, "protect") for number in range(1, 31)]
        assert text_of(legend_lines(many, 30, 10))[-1] == "   and 22 more"

    def test_the_legend_says_of_each_corner_what_it_means(self) -> None:
        assert text_of(legend_lines([MapPoint(1, "item", 30, 0.9, "reach")], 35, 10))[0].endswith("split and strong")

    @given(
        st.lists(
            st.tuples(st.floats(0, 100), st.floats(0, 1), st.sampled_from(("protect", "act", "clarify", "reach"))),
            max_size=40,
        )
    )
    def test_numbers_never_cover_each_other_nor_leave_their_corner(
        self, given_points: list[tuple[float, float, str]]
    ) -> None:
        points = [
            MapPoint(number, "", agreement, level, corner)  # type: ignore[arg-type]
            for number, (agreement, level, corner) in enumerate(given_points, start=1)
        ]
        columns, rows = 45, 13
        spots = placed(points, columns, rows)
        cells = [(column + offset, line) for (column, line), text in spots.items() for offset in range(len(text))]
        assert len(cells) == len(set(cells))
        corners = {str(point.number): point.corner for point in points}
        for (column, line), text in spots.items():
            assert (column > columns // 2) == (corners[text] in ("protect", "reach"))
            assert (line < rows // 2) == (corners[text] in ("protect", "act"))


class TestText:
    def test_hostile_text_is_inert(self) -> None:
        lines = [
            *distribution_lines([Choice(HOSTILE, HOSTILE)] * 2, [Pass((1, 2))], 100),
            row_line(row(text=HOSTILE), 100),
            *group_lines(HOSTILE, [Group(HOSTILE, 9, 1, (9, 0))], 100),
            *legend_lines([MapPoint(1, HOSTILE, 1, 1, "reach")], 60, 9),
        ]
        drawn = "\n".join(text_of(lines))
        assert "\x1b" not in drawn
        assert "\x07" not in drawn
        assert "[/x] ␛[31mred" in drawn

    @pytest.mark.parametrize("text", ["plain", "日本語のとても長い名前", "נִקּוּד", "👩‍👩‍👧 family", "a" * 50])
    def test_a_field_has_its_width_whatever_stands_in_it(self, text: str) -> None:
        assert cell_len(fit(text, 12)) == 12
        assert cell_len(fit(text, 12, "right")) == 12

    @given(st.text(max_size=200), st.integers(8, 60))
    def test_wrapped_lines_fit(self, text: str, width: int) -> None:
        assert all(cell_len(line) <= width for line in wrap(text, width))


class TestFlow:
    PICTURE = FlowPicture(16, 9, 4, 3, ((3, 0, 2, 1, 0), None, None, None, (0, 0, 1, 2, 3)), "Nine held firm.")

    def test_says_who_held_firm_and_where_the_others_went(self) -> None:
        assert text_of(flow_lines(self.PICTURE, 80)) == [
            " ═════════════════▲▲▲▲▲▲▲▲▼▼▼▼▼▼   ═ 9 held firm · ▲ 4 moved up · ▼ 3 moved down",
            " of 6 at 1   ═ 3 stayed · ▲ 2 to 3 · ▲ 1 to 4",
            " of 6 at 5   ═ 3 stayed · ▼ 2 to 4 · ▼ 1 to 3",
            " Nine held firm.",
        ]

    def test_directions_that_may_not_be_told_are_one(self) -> None:
        called = text_of(flow_lines(replace(self.PICTURE, numbers=(0, 1, 2, 3, 4)), 78))
        assert [line for line in called if "of 6 at 0" in line and "to 2" in line]
        drawn = text_of(flow_lines(FlowPicture(16, 9, 4, None), 78, ASCII))
        assert drawn[0].endswith("= 9 held firm · * 7 moved")
        assert "═" not in drawn[0]

    @given(width=st.integers(30, 120))
    def test_never_wider_than_the_room_there_is(self, width: int) -> None:
        lines = flow_lines(FlowPicture(99, 98, None, None, self.PICTURE.rows, self.PICTURE.summary), width)
        assert max(map(width_of, lines)) <= width


def test_ties_and_near_patterns_are_marked_in_the_list() -> None:
    tied = replace(row(), tied=True, near=True)
    line = text_of([row_line(tied, 100)])[0]
    assert "=   8  two camps        ~ 3.5" in line
    assert "=" not in text_of([row_line(tied, 100, worst_first=False)])[0]


class TestLevelGaps:
    PICTURE = GapPicture(
        "Lead",
        "Team",
        (GapRow(3, "We listen", 5, 4, 1.5, 2.5), GapRow(1, "Nobody owns it", 5, 2, 2, 0, low_is_good=True)),
        "Apart on one of two items.",
    )

    def test_both_ends_stand_on_the_scale(self) -> None:
        assert text_of(gap_lines(self.PICTURE, 60)) == [
            " Apart on one of two items.",
            " ● Lead   ○ Team   ◉ both                  medians     gap",
            "  3  We listen                 ·○────● ·   4 | 1.5    +2.5",
            "  1▼ Nobody owns it            · ◉ · · ·    2 | 2        0",
        ]

    def test_without_block_elements(self) -> None:
        drawn = text_of(gap_lines(self.PICTURE, 60, ASCII))
        assert all(line.isascii() for line in drawn)
        assert ".F----L ." in drawn[2]

    def test_nothing_to_show_is_said(self) -> None:
        assert text_of(gap_lines(GapPicture(summary="Nothing is shown."), 60)) == [" Nothing is shown."]
