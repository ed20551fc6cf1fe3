"""The appendix's figures against those of R, and what it keeps back."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations_with_replacement, product

import pytest

from cxworkshop.domain.ballots import Ballot
from cxworkshop.domain.between_rounds import NOT_COMPARED
from cxworkshop.domain.content import Content
from cxworkshop.domain.instruments import Instrument, Item, Option, Scale
from cxworkshop.domain.intraclass import TwoWay
from cxworkshop.domain.measures_over_items import Concordance
from cxworkshop.domain.outlines import Modes
from cxworkshop.domain.published import BallotsOf, change_since_first, flow_since_first, results_of
from cxworkshop.domain.results import RoundResult
from cxworkshop.domain.room_statistics import further_measures_of, measures_of, panels_of, rounds_of, scales_of
from cxworkshop.domain.session import Round, Session
from domain.reference_cases import ROOMS, expected
from domain.test_results import ballots_of_room
from examples import CONTENT, FIX, LISTEN, example_session


def held(room: str) -> tuple[Session, BallotsOf]:
    """A real room as a session with all its rounds revealed, its units and levels left out."""
    ballots = {number: ballots_of_room(room, number)[1] for number in expected(room)["rounds"]}
    items, _ = ballots_of_room(room, "1")
    codes = {
        number: [replace(ballot, code=f"C{place}", unit="", level="") for place, ballot in enumerate(own)]
        for number, own in ballots.items()
    }
    return with_rounds(Instrument("room", "Room", tuple(items)), codes)


def with_rounds(instrument: Instrument, ballots: dict[str, list[Ballot]]) -> tuple[Session, BallotsOf]:
    content: Content = replace(CONTENT, instruments=(instrument,))
    ids = tuple(item.id for item in instrument.items)
    rounds = tuple(Round(number, "self_test", ids, "revealed") for number in ballots)
    return replace(example_session(), content=content, rounds=rounds), ballots.__getitem__


@pytest.mark.parametrize("room", ROOMS)
def test_measures_over_items_are_those_of_r(room: str) -> None:
    session, ballots_of = held(room)
    for number, wanted in expected(room)["rounds"].items():
        (found,) = scales_of(session, ballots_of, results_of(session, ballots_of, int(number)))
        assert found.items == len(wanted["items"])
        assert found.alpha == pytest.approx(wanted["krippendorff_alpha_ordinal"], abs=1e-6)
        complete = wanted["kendall_W_ties"]["complete_participants"]
        if complete < len(ballots_of(number)):
            assert (room, complete, found.concordance) == ("tafe_small", 21, None)  # three of 24 left something out
        else:
            assert found.concordance is not None
            assert found.concordance.w == pytest.approx(wanted["kendall_W_ties"]["W"], abs=1e-6)
            assert found.concordance.people == complete


@pytest.mark.parametrize("room", ROOMS)
def test_measures_of_an_item_are_those_of_r(room: str) -> None:
    session, ballots_of = held(room)
    wanted = expected(room)["rounds"]["1"]["items"]
    for result in results_of(session, ballots_of).items:
        found, figures = measures_of(result), wanted[result.item.id]["overall"]
        assert found.deviation == pytest.approx(figures["ad_md"], abs=1e-6)
        assert found.practical == (figures["ad_md"] <= len(result.counts) / 6)
        assert found.van_der_eijk == pytest.approx(figures["van_der_eijk_A"], abs=1e-6)
        assert found.tastle_wierman == pytest.approx(figures["consensus_TW"], abs=1e-6)
        assert found.leik == pytest.approx(figures["leik_D"], abs=1e-6)
        assert found.r_wg == pytest.approx(max(0, figures["rwg"]), abs=1e-6)


def test_the_tests_between_rounds_are_those_of_r() -> None:
    session, ballots_of = held("uppsala_speaks")
    later = results_of(session, ballots_of, 2)
    for first in results_of(session, ballots_of).items:
        (found,) = rounds_of(session, ballots_of, first, [(2, later.item(first.item.id))])
        wanted = expected("uppsala_speaks")["between_rounds"][first.item.id]
        assert found.unchanged == pytest.approx(wanted["share_unchanged"], abs=1e-9)
        if all(before or after for before, after in zip(first.counts, later.item(first.item.id).counts, strict=True)):
            # R's irr closes the gap of an option that nobody chose, which changes the weights.
            assert found.kappa == pytest.approx(wanted["kappa_quadratic"], abs=1e-6)
        assert found.wilcoxon is not None
        assert found.wilcoxon.p == pytest.approx(wanted["wilcoxon_p_exact"], rel=1e-6)


def test_little_is_said_of_few_people() -> None:
    """Four people of nine answered all; one of ten answered in round 2 only."""
    first = [
        Ballot("1", f"C{place}", {"fix": 1 + place % 5, "listen": 1 + place % 3 if place < 4 else 0})
        for place in range(9)
    ]
    second = [Ballot("2", f"C{place}", {"fix": 3}) for place in range(10)]
    session, ballots_of = with_rounds(Instrument("two", "Two", (FIX, LISTEN)), {"1": first, "2": second})
    result = results_of(session, ballots_of)
    (found,) = scales_of(session, ballots_of, result)
    assert found.concordance is None
    later = results_of(session, ballots_of, 2).item("fix")
    assert rounds_of(session, ballots_of, result.item("fix"), [(2, later)]) == ()


@pytest.mark.parametrize(("people", "compared"), [(1, False), (5, False), (6, True)])
def test_nothing_is_compared_with_a_vote_of_less_than_half_the_room(people: int, compared: bool) -> None:
    ballots = {
        number: [Ballot(number, f"{number}{place}", {"fix": answer}) for place in range(own)]
        for number, own, answer in (("1", 12, 5), ("2", people, 1))
    }
    session, ballots_of = with_rounds(Instrument("one", "One", (FIX,)), ballots)
    first, later = (results_of(session, ballots_of, number).item("fix") for number in (1, 2))
    found = change_since_first(session, ballots_of, first, (2, later))
    assert (found.median_shift == -4) == compared
    assert (found == NOT_COMPARED) == (not compared)
    assert flow_since_first(session, ballots_of, first, (2, later)) is None, "nobody is matched"


def test_what_goes_by_whole_ballots_is_kept_back_where_a_few_left_something_out() -> None:
    def told(silent: int) -> tuple[bool, bool]:
        ballots = [
            Ballot("1", f"C{place}", {"fix": 1 + place % 5, "listen": 0 if place < silent else 1 + place % 3})
            for place in range(12)
        ]
        session, ballots_of = with_rounds(Instrument("two", "Two", (FIX, LISTEN)), {"1": ballots})
        (found,) = scales_of(session, ballots_of, results_of(session, ballots_of))
        assert found.alpha is not None
        assert found.between_items is not None
        return found.concordance is not None, found.absolute is not None

    assert [told(silent) for silent in (0, 1, 4, 5, 7, 8)] == [
        (True, True),
        (False, False),
        (False, False),
        (True, True),
        (True, True),
        (False, False),
    ]


def two_of_two() -> tuple[Item, Item]:
    one = replace(FIX, id="one", scale=Scale("two", (Option("No"), Option("Yes"))), direction="good")
    return one, replace(one, id="other")


Told = tuple[Concordance | None, TwoWay | None]
"""What is told of whole ballots."""


def of_whole_ballots(people: Sequence[tuple[str, str, tuple[int, ...]]]) -> tuple[RoundResult, Told]:
    """Two yes/no items answered by people of a unit and a level."""
    ballots = [
        Ballot("1", f"C{place}", {"one": answers[0], "other": answers[1]}, unit=unit, level=level)
        for place, (unit, level, answers) in enumerate(people)
    ]
    session, ballots_of = with_rounds(Instrument("two", "Two", two_of_two()), {"1": ballots})
    result = results_of(session, ballots_of)
    (found,) = scales_of(session, ballots_of, result)
    return result, (found.concordance, found.absolute)


def test_what_goes_by_whole_ballots_is_kept_back_beside_figures_of_groups() -> None:
    answers = [(1, 1), (2, 2), (2, 1), (2, 2), (2, 2), (2, 2), (1, 1), (1, 1), (1, 2), (1, 1)]
    places = [("A", "X")] * 4 + [("A", "Y"), ("B", "X")] + [("B", "Y")] * 4
    for by_unit, by_level in ((1, 1), (1, 0), (0, 1), (0, 0)):
        people = [(unit * by_unit, level * by_level, own) for (unit, level), own in zip(places, answers, strict=True)]
        result, told = of_whole_ballots(people)
        assert result.item("one").n == 10
        assert [each is not None for each in told] == [not by_unit and not by_level] * 2
    few = [(unit, "", own) for unit, own in zip("ABCDE" * 2, answers, strict=True)]
    assert of_whole_ballots(few)[1][0] is not None, "two of each unit: no figure of a unit is shown anywhere"


@pytest.mark.campaign
def test_nobody_is_known_by_units_levels_and_whole_ballots_together() -> None:
    """Every room of four meetings of a unit and a level, and all of which the same is told."""
    cells = {("A", "X"): 4, ("A", "Y"): 1, ("B", "X"): 1, ("B", "Y"): 4}
    pairs = list(product((1, 2), repeat=2))
    alike: dict[str, list[tuple[tuple[tuple[int, ...], ...], ...]]] = {}
    for room in product(*(combinations_with_replacement(pairs, size) for size in cells.values())):
        people = [(*cell, own) for cell, answers in zip(cells, room, strict=True) for own in answers]
        alike.setdefault(repr(of_whole_ballots(people)), []).append(room)
    for rooms in alike.values():
        for number in (0, 1):
            if len({own[number] for answers in rooms[0] for own in answers}) > 1:
                for place in range(len(cells)):
                    said = {frozenset(own[number] for own in room[place]) for room in rooms}
                    assert len(said) > 1 or len(next(iter(said))) > 1, (rooms[0], number, place)


def test_the_course_of_agreement_over_three_votes() -> None:
    votes = {"1": (1, 5), "2": (1, 2), "3": (1, 2)}
    ballots = {
        number: [Ballot(number, f"C{place}", {"fix": either[place % 2]}) for place in range(12)]
        for number, either in votes.items()
    }
    session, ballots_of = with_rounds(Instrument("one", "One", (FIX,)), ballots)
    later = [(number, results_of(session, ballots_of, number).item("fix")) for number in (2, 3)]
    second, third = rounds_of(session, ballots_of, results_of(session, ballots_of).item("fix"), later)
    assert second.course is None
    assert third.course is not None
    assert third.course.number == 2  # up, then flat
    assert third.net_change == pytest.approx(0.5)


def test_rand_reads_nine_points_only() -> None:
    nine = replace(FIX, id="nine", scale=Scale("nine", tuple(Option(str(number)) for number in range(1, 10))))
    ballots = [Ballot("1", f"C{place}", {"fix": 3, "nine": 7 + place % 3}) for place in range(9)]
    session, ballots_of = with_rounds(Instrument("two", "Two", (FIX, nine)), {"1": ballots})
    result = results_of(session, ballots_of)
    (panel,) = panels_of(result)
    assert panel.result.item.id == "nine"
    assert panel.rule is not None
    assert panel.rule.agreement
    found = further_measures_of(result.item("fix"))
    assert (found.modes, found.second_modes, found.letter) == (Modes((3,), 9, contiguous=True), None, "A")
