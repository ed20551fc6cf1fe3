import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxworkshop.domain.agreement import agreement, median
from cxworkshop.domain.ballots import Ballot
from cxworkshop.domain.between_rounds import (
    Change,
    Flow,
    change_by_ballots,
    change_by_counts,
    comparable,
    flow_by_ballots,
    paired_answers,
)
from cxworkshop.domain.rounding import shown_agreement
from domain.reference_cases import expected, rows, tallied

PAIRS = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=5, max_size=30)


def change(pairs: list[tuple[int, int]], options: int = 5) -> Change:
    """The change in a room in which everybody answered in both rounds."""
    before, after = zip(*pairs, strict=True)
    return change_by_ballots(tallied(list(before), options), tallied(list(after), options), pairs)


def test_the_change_between_two_real_rounds_is_that_of_r() -> None:
    ballots: dict[str, dict[str, dict[str, int]]] = {"1": {}, "2": {}}
    for row in rows("uppsala_speaks"):
        ballots[row["round"]].setdefault(row["participant"], {})[row["item"]] = int(row["answer"])
    first, second = (
        [Ballot(number, who, answers) for who, answers in ballots[number].items()] for number in ("1", "2")
    )
    wanted = expected("uppsala_speaks")
    for item, figures in wanted["between_rounds"].items():
        pairs = paired_answers(first, second, item)
        before, after = (tuple(wanted["rounds"][number]["items"][item]["overall"]["counts"]) for number in "12")
        found = change_by_ballots(before, after, pairs)
        assert found.matched == figures["n_matched"]
        assert found.changed == round((1 - figures["share_unchanged"]) * 48)
        assert found.net_change == pytest.approx(figures["scheibe_net_change"], abs=1e-9)
        assert found.settled == (figures["scheibe_net_change"] < 0.15 and figures["share_unchanged"] >= 0.75)


def test_only_people_who_chose_an_option_in_both_rounds_are_matched() -> None:
    before = [
        Ballot("1", "KITE-42", {"Q": 5}),
        Ballot("1", "MOON-17", {"Q": 2}),
        Ballot("1", "LAKE-23", {"Q": 3}),
        Ballot("1", "", {"Q": 3}),
    ]
    after = [
        Ballot("2", "MOON-17", {"Q": 4}),
        Ballot("2", "KITE-42", {"Q": 3}),
        Ballot("2", "LAKE-23", {"Q": 0}),
        Ballot("2", "", {"Q": 3}),
    ]
    assert paired_answers(before, after, "Q") == ((2, 4), (5, 3))
    assert paired_answers(before, after, "R") == ()


@pytest.mark.parametrize(
    ("pairs", "changed", "settled"),
    [
        ([(3, 3)] * 12, 0, True),
        ([(3, 3)] * 5 + [(1, 5)], 1, True),  # one of six is more than 15 %, but one person
        ([(3, 3)] * 4 + [(1, 5)] * 2, 2, False),
        ([(2, 2)] * 4 + [(1, 5)] * 3 + [(5, 1)] * 3, 6, False),  # the picture is as it was, but most went elsewhere
        ([(2, 2)] * 6 + [(1, 5), (5, 1)], 2, True),  # a quarter swapped
        ([(2, 2)] * 8 + [(1, 5), (5, 1), (3, 4)], 3, False),
        ([(3, 3)] * 17 + [(3, 4)] * 3, 3, False),  # exactly 15 %
        ([(3, 3)] * 18 + [(3, 4)] * 3, 3, True),
    ],
)
def test_an_item_is_settled_where_picture_and_people_stay_or_one_person_moves(
    pairs: list[tuple[int, int]], changed: int, settled: bool
) -> None:
    found = change(pairs)
    assert (found.matched, found.changed, found.settled) == (len(pairs), changed, settled)


def test_the_room_comes_closer_or_further_apart_only_beyond_one_vote() -> None:
    assert change([(1, 3)] * 6 + [(5, 4)] * 6).movement == "closer"
    assert change([(3, 1)] * 6 + [(4, 5)] * 6).movement == "apart"
    for people in range(5, 40):  # the first step out of full agreement is the bound itself
        assert change([(1, 1)] * (people - 1) + [(1, 2)]).movement == "unchanged"
    one_step = change([(3, 3)] * 11 + [(3, 4)])
    assert one_step.movement == "unchanged"
    assert one_step.agreement_points is not None
    assert one_step.agreement_points < 0


@pytest.mark.parametrize(
    ("before", "after", "compared"),
    [
        (4, 4, False),
        (5, 4, False),
        (4, 5, False),
        (5, 5, True),
        (12, 1, False),
        (12, 5, False),
        (12, 6, True),
        (5, 40, True),
    ],
)
def test_a_round_of_few_answers_is_not_compared(before: int, after: int, compared: bool) -> None:
    assert comparable((0, before), (after, 0)) == compared


def test_a_show_of_hands_says_nothing_of_single_people() -> None:
    found = change_by_counts((6, 0, 0, 0, 6), (0, 0, 2, 8, 0))
    assert (found.matched, found.changed, found.net_change, found.settled) == (None, None, None, None)
    assert (found.movement, found.median_shift) == ("closer", 1)


@pytest.mark.parametrize(("absent", "kept"), [(0, False), (1, True), (4, True), (5, False)])
def test_nothing_is_said_of_the_matched_where_a_few_answered_once_only(absent: int, kept: bool) -> None:
    pairs = [(4, 4)] * 10
    found = change_by_ballots((absent, 0, 0, 10, 0), (0, 0, 0, 10, 0), pairs)
    assert (found.matched is None) == kept
    other_way = change_by_ballots((0, 0, 0, 10, 0), (absent, 0, 0, 10, 0), pairs)
    assert (other_way.changed is None) == kept
    if kept:
        assert found == change_by_counts((absent, 0, 0, 10, 0), (0, 0, 0, 10, 0))


def test_agreement_and_median_are_compared_as_they_stand_beside_each_other() -> None:
    """Six people stayed with their answer; of the others six left, and six came who say otherwise."""
    found = change_by_ballots((6, 0, 0, 0, 6), (0, 0, 0, 6, 6), [(5, 5)] * 6)
    assert (found.matched, found.changed) == (6, 0)
    assert found.agreement_points == shown_agreement(agreement((0, 0, 0, 6, 6)) or 0)
    assert (found.movement, found.median_shift) == ("closer", 1.5)


@pytest.mark.parametrize("matched", [1, 4])
def test_nothing_is_said_of_one_to_four_who_answered_both_times(matched: int) -> None:
    found = change_by_ballots((0, 12), (5 + matched, 0), [(2, 1)] * matched)
    assert (found.matched, found.changed, found.settled) == (None, None, None)


@given(PAIRS)
def test_a_round_taken_back_takes_its_change_back(pairs: list[tuple[int, int]]) -> None:
    forth, back = change(pairs), change([(after, before) for before, after in pairs])
    assert (back.changed, back.settled, back.net_change) == (forth.changed, forth.settled, forth.net_change)
    assert back.median_shift == -(forth.median_shift or 0)
    mirror = {"closer": "apart", "apart": "closer", "unchanged": "unchanged", None: None}
    assert back.movement == mirror[forth.movement]


@given(PAIRS)
def test_change_is_the_difference_of_the_two_rounds(pairs: list[tuple[int, int]]) -> None:
    before, after = (tallied(list(side), 5) for side in zip(*pairs, strict=True))
    found = change(pairs)
    assert found.changed is not None
    assert found.net_change is not None
    assert found.net_change <= found.changed / len(pairs) + 1e-12
    assert found.median_shift == (median(after) or 0) - (median(before) or 0)
    assert found.agreement_points == shown_agreement(agreement(after) or 0) - shown_agreement(agreement(before) or 0)


def flow(pairs: list[tuple[int, int]], options: int = 5) -> Flow | None:
    """The flow in a room in which everybody answered in both rounds."""
    before, after = (tallied(list(side), options) for side in zip(*pairs, strict=True))
    return flow_by_ballots(before, after, pairs)


def test_the_flow_tells_who_held_firm_and_where_the_others_went() -> None:
    found = flow([(1, 1)] * 4 + [(1, 3)] * 3 + [(5, 5)] * 4 + [(5, 4)] * 2 + [(3, 3)] * 4 + [(3, 2)])
    assert found is not None
    assert (found.matched, found.held, found.up, found.down, found.inward) == (18, 12, 3, 3, 5)
    assert found.rows[0] == (4, 0, 3, 0, 0)
    assert found.rows[4] == (0, 0, 0, 2, 4)


def test_nobody_is_followed_whom_few_share_an_answer_with() -> None:
    found = flow([(1, 1)] * 9 + [(1, 2)] * 2 + [(5, 4)])
    assert found is not None
    assert found.down is None, "only one person could go down"
    assert found.up == 2
    assert found.rows == (None,) * 5


def test_options_whose_people_all_went_one_way_are_not_told() -> None:
    found = flow([(1, 1)] * 4 + [(1, 3)] * 3 + [(5, 4)] * 6)
    assert found is not None
    assert found.rows == (None,) * 5


@pytest.mark.parametrize(("matched", "absent"), [(4, 0), (10, 1), (10, 4)])
def test_there_is_no_flow_of_few_people_or_where_a_few_answered_once_only(matched: int, absent: int) -> None:
    assert flow_by_ballots((absent, 0, matched), (0, 0, matched), [(3, 3)] * matched) is None


@given(PAIRS)
def test_what_the_flow_tells_adds_up(pairs: list[tuple[int, int]]) -> None:
    found = flow(pairs)
    assert (found is None) == (len(pairs) < 5)
    if found is not None:
        moved = found.matched - found.held
        assert moved == flow_moved(pairs)
        if found.up is not None and found.down is not None:
            assert found.up + found.down == moved
        for option, row in enumerate(found.rows, start=1):
            assert row is None or row == tallied([new for old, new in pairs if old == option], 5)
            assert row is None or (sum(row) >= 5 and max(row) < sum(row))


def flow_moved(pairs: list[tuple[int, int]]) -> int:
    return sum(old != new for old, new in pairs)
