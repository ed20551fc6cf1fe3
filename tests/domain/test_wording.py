"""The sentences that a room reads, held to what they must say and what they must not."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxworkshop.domain import change_wording, stage_wording, wording
from cxworkshop.domain.ballots import Ballot, Tally
from cxworkshop.domain.between_rounds import change_by_ballots, change_by_counts
from cxworkshop.domain.content import Benchmark
from cxworkshop.domain.instruments import Item, Option, Scale
from cxworkshop.domain.results import ItemResult, ModelResult, RoundResult, results_of_ballots, results_of_hands
from cxworkshop.domain.session import Step

LABELS = ("Never", "Rarely", "Sometimes", "Mostly", "Always", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven")


def item(name: str = "Q", options: int = 5, model: str = "") -> Item:
    return Item(name, "A statement", Scale("s", tuple(map(Option, LABELS[:options]))), model=model)


def by_hands(counts: Sequence[int], dont_know: int = 0) -> ItemResult:
    return results_of_hands(1, [item(options=len(counts))], {"Q": Tally(tuple(counts), dont_know)}).items[0]


def by_groups(*groups: tuple[str, str, Sequence[int]], model: str = "") -> RoundResult:
    ballots = [
        Ballot("1", f"{unit}{level}{place}", {"Q": answer}, unit=unit, level=level)
        for unit, level, answers in groups
        for place, answer in enumerate(answers)
    ]
    return results_of_ballots(1, [item(model=model)], ballots)


@pytest.mark.parametrize(
    ("median", "words"),
    [(8.0, "median 7"), (11.0, "median 10, “surely”"), (1.5, "median 0.5, between “0 never” and “1”")],
)
def test_a_median_is_told_in_the_numbers_by_which_people_answered(median: float, words: str) -> None:
    labels = ("0 never", *(str(number) for number in range(1, 10)), "10 surely")
    assert wording.median_in_words(Item("Q", "How likely?", Scale("s", tuple(map(Option, labels)))), median) == words


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((1, 0, 1, 0, 0), "too few answers for a pattern"),
        ((0, 0, 0, 0, 12), "looks like consensus at the high end"),
        ((0, 0, 0, 0, 20), "consensus at the high end"),
        ((0, 5, 5, 0, 0), "looks like consensus in the middle"),
        ((1, 0, 0, 8, 3), "looks like 1 lone voice"),
        ((1, 0, 0, 3, 0), "looks like 1 lone voice (provisional)"),
        ((0, 3, 0, 9, 0), "looks like a minority of 3 that sees it very differently"),
        ((2, 3, 6, 12, 1), "a minority of 5 sees it very differently"),
        ((6, 0, 0, 0, 6), "looks like two camps, 6 against 6"),
        ((0, 6, 0, 14, 0), "two camps, 6 against 14"),
        ((2, 2, 1, 2, 2), "looks like spread over the scale (provisional)"),
        ((12, 10, 5, 2, 1), "leaning to the low end"),
    ],
)
def test_patterns_are_said_as_firmly_as_their_number_allows(counts: Sequence[int], words: str) -> None:
    assert wording.pattern_in_words(by_hands(counts)) == words


def test_groups_that_explain_a_pattern_are_named_with_the_shape_beside() -> None:
    units = by_groups(("Sales", "", [5] * 9 + [4]), ("Support", "", [1] * 9 + [2])).items[0]
    assert wording.pattern_in_words(units) == "Sales and Support see it differently; two camps, 10 against 10"
    levels = by_groups(("", "Head", [5] * 9 + [4]), ("", "Staff", [1] * 9 + [2])).items[0]
    assert wording.pattern_in_words(levels).startswith("Head and Staff see it differently")


def test_hidden_groups_are_never_named() -> None:
    found = by_groups(("Sales", "", [5] * 9), ("Support", "", [1] * 9), ("Tiny", "", [3, 3]), ("Wee", "", [2, 2, 2]))
    remarks = wording.group_remarks(found.items[0])
    assert remarks == ("Units are not shown where few answered or somebody’s answer would follow.",)
    said = " ".join((wording.item_summary(found.items[0]), *remarks))
    assert "Tiny" not in said
    assert "Wee" not in said


def test_nearness_to_another_pattern() -> None:
    assert wording.one_vote_in_words(by_hands((0, 0, 0, 0, 20))) == ""
    assert wording.one_vote_in_words(by_hands((2, 2, 1, 2, 2))).startswith("one vote from ")


def test_the_line_under_a_chart() -> None:
    assert wording.item_summary(by_hands((6, 0, 0, 0, 6), dont_know=2)) == (
        "12 answers · median 3, between the two camps · agreement 0 · looks like two camps, 6 against 6 · "
        "2 of 14 answered don’t know"
    )
    assert "median 4.5, between “Mostly” and “Always”" in wording.item_summary(by_hands((0, 0, 0, 2, 2)))
    assert "5 of 17 answered don’t know, which is many" in wording.item_summary(by_hands((6, 0, 0, 0, 6), 5))
    assert wording.item_summary(by_hands((1, 0, 0, 0, 0))).startswith("1 answer · ")
    assert wording.item_summary(by_hands((0, 0, 0, 0, 0), 1)) == "0 answers · 1 of 1 answered don’t know, which is many"


def test_items_on_which_high_is_bad_say_so() -> None:
    sign = replace(item(), direction="bad")
    found = results_of_hands(1, [sign], {"Q": Tally((6, 6, 0, 0, 0))}).items[0]
    assert "median 1.5, between “Never” and “Rarely” · high is bad here · " in wording.item_summary(found)


def test_left_out_is_said_of_ballots() -> None:
    ballots = [Ballot("1", str(number), {"Q": 4} if number else {}) for number in range(5)]
    assert wording.item_summary(results_of_ballots(1, [item()], ballots).items[0]).endswith("1 left it out")


def test_how_far_two_people_are_apart() -> None:
    assert wording.gap_in_words(by_hands((0, 6, 6, 0, 0)).mean_pair_gap) == "two people differ by 0.5 steps on average"
    assert wording.gap_in_words(1.0) == "two people differ by 1 step on average"
    assert wording.gap_in_words(0.04) == "two people differ by less than 0.1 steps on average"
    assert wording.gap_in_words(0.0) == "no two people differ"
    assert wording.gap_in_words(None) == ""


def test_alignment_in_words() -> None:
    apart = by_groups(("Sales", "", [1] * 10), ("Support", "", [5] * 10), model="ladder").models[0]
    assert stage_wording.alignment_in_words(apart) == (
        "The room is not aligned: it sees the organisation at different places. "
        "Units place it between “Never” and “Always”."
    )
    assert stage_wording.model_summary(apart).endswith("· not aligned")
    together = by_groups(("", "", [2] * 12), model="ladder").models[0]
    assert stage_wording.model_summary(together) == "12 answers · median 2, “Rarely” · agreement 100 · aligned"
    assert wording.PROVISIONAL not in stage_wording.alignment_in_words(together)
    few = by_groups(("", "", [2] * 9), model="ladder").models[0]
    assert stage_wording.alignment_in_words(few).endswith(wording.PROVISIONAL)
    nobody = by_groups(("", "", [0, 0]), model="ladder").models[0]
    assert stage_wording.model_summary(nobody) == "Nobody placed the organisation."


def test_the_map_and_the_list_in_a_line() -> None:
    found = by_groups(("", "", [5] * 12))
    assert wording.map_summary(found) == "1 to protect · 0 to act on · 0 to clarify · 0 to ask who is not reached"
    assert wording.ranking_summary(found) == "1 item · 12 ballots · agreement 100"


def test_what_changed_between_rounds() -> None:
    pairs = [(1, 4)] * 5 + [(4, 4)] * 5
    assert change_wording.change_in_words(change_by_ballots((5, 0, 0, 5, 0), (0, 0, 0, 10, 0), pairs)) == (
        "5 of 10 changed their answer; the room came closer (+75); the median went up by 1.5 steps"
    )
    same = change_by_ballots((5, 0, 0, 5, 0), (5, 0, 0, 5, 0), [(1, 1)] * 5 + [(4, 4)] * 5)
    assert change_wording.change_in_words(same) == "0 of 10 changed their answer; agreement is as it was; settled"
    assert change_wording.change_in_words(change_by_counts((0, 0), (0, 0))) == "too few answers to compare"


def test_steps_are_numbered_and_every_word_list_is_whole() -> None:
    assert [wording.step_title(step) for step in Step][:3] == ["1 Prepare", "2 Welcome", "3 Self-test"]
    assert len(wording.STEP_NAMES) == len(Step)


def test_benchmarks_say_who_was_asked_and_who_rated() -> None:
    full = Benchmark("b", "…", "House", "Study", "CX practitioners", "scored", "high", "…", 2024, 1234)
    assert wording.benchmark_in_words(full) == (
        "House; Study; 2024; n = 1,234; CX practitioners; scored by an assessment"
    )
    bare = Benchmark("b", "…", "House", "Study", "", "unstated", "low", "…")
    assert wording.benchmark_in_words(bare) == ("House; Study; year not stated; n not stated; who rated is not stated")


@given(st.lists(st.integers(0, 30), min_size=2, max_size=11), st.integers(0, 5))
def test_every_room_can_be_put_in_words(counts: list[int], dont_know: int) -> None:
    line = wording.item_summary(by_hands(counts, dont_know))
    assert line.startswith(wording.counted(sum(counts), "answer"))
    assert "None" not in line
    if 0 < sum(counts) < 20:
        assert "looks like" in line or "too few" in line


def test_a_median_between_stages_is_said_to_be_that() -> None:
    def stages(*counts: int) -> ModelResult:
        return results_of_hands(1, [item(model="ladder")], {"Q": Tally(counts)}).models[0]

    assert stage_wording.median_stage_in_words(stages(0, 12, 0, 0, 0)) == "2, “Rarely”"
    assert stage_wording.median_stage_in_words(stages(0, 6, 6, 0, 0)) == (
        "2.5, between “Rarely” and “Sometimes”; the lower stage is 2, “Rarely”"
    )
    assert stage_wording.median_stage_in_words(stages(1, 5, 1, 5, 0)) == (
        "2.5, between the two camps; the lower stage is 2, “Rarely”"
    )
    assert stage_wording.median_stage_in_words(stages(6, 0, 0, 0, 6)) == "3, “Sometimes”, between the two camps"
    assert stage_wording.median_stage_in_words(stages(0, 0, 0, 0, 0)) == ""


@pytest.mark.parametrize("counts", [(1, 0, 0, 0, 0), (0, 1, 0, 0, 1), (1, 1, 1, 0, 0)])
def test_three_people_are_not_called_aligned_or_partly_so(counts: tuple[int, ...]) -> None:
    (found,) = results_of_hands(1, [item(model="ladder")], {"Q": Tally(counts)}).models
    assert found.alignment.verdict is None
    assert stage_wording.alignment_in_words(found) == "There are too few answers to say whether the room is aligned."
    assert stage_wording.model_summary(found).endswith("too few to call it aligned or not")
    (nobody,) = results_of_hands(1, [item(model="ladder")], {"Q": Tally((0, 0, 0, 0, 0), 6)}).models
    assert stage_wording.alignment_in_words(nobody) == ""


def test_a_room_on_two_stages_beside_each_other_is_not_said_to_be_at_one() -> None:
    one, two = (
        results_of_hands(1, [item(model="ladder")], {"Q": Tally(counts)}).models[0]
        for counts in ((0, 12, 0, 0, 0), (0, 6, 6, 0, 0))
    )
    assert stage_wording.alignment_in_words(one) == "The room is aligned: it sees the organisation at one place."
    assert stage_wording.alignment_in_words(two).endswith("the organisation at one place or the one beside it.")


def test_the_range_of_one_agreement_is_one_figure() -> None:
    assert wording.ranking_summary(results_of_hands(1, [item()], {"Q": Tally((6, 0, 0, 0, 6))})).endswith("agreement 0")
