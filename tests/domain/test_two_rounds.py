"""An attack on two rounds beside each other, by somebody who knows the rules: every two votes that show the same."""

from collections import defaultdict
from itertools import combinations_with_replacement, product

import pytest

from cxworkshop.domain.ballots import Ballot
from cxworkshop.domain.between_rounds import change_by_ballots, flow_by_ballots, paired_answers
from cxworkshop.domain.breakdowns import GroupResult
from cxworkshop.domain.instruments import Item, Option, Scale
from cxworkshop.domain.results import ItemResult, beside_earlier, results_of_ballots

ITEM = Item("Q", "We listen.", Scale("two", (Option("No"), Option("Yes"))))

Votes = tuple[tuple[tuple[int, int], ...], ...]
"""Of each unit, what its people answered in both rounds."""


def of_two_rounds(votes: Votes) -> tuple[ItemResult, ItemResult, object]:
    people = [(f"unit {unit}", pair) for unit, pairs in enumerate(votes) for pair in pairs]
    before, after = (
        [Ballot(str(number + 1), str(who), {"Q": pair[number]}, unit=unit) for who, (unit, pair) in enumerate(people)]
        for number in (0, 1)
    )
    first = results_of_ballots(1, [ITEM], before).item("Q")
    second = beside_earlier(results_of_ballots(2, [ITEM], after), after, [before]).item("Q")
    pairs = paired_answers(before, after, "Q")
    between = (
        change_by_ballots(first.counts, second.counts, pairs),
        flow_by_ballots(first.counts, second.counts, pairs),
    )
    return first, second, between


@pytest.mark.parametrize(
    "sizes",
    [(5, 6), pytest.param((5, 5), marks=pytest.mark.campaign), pytest.param((6, 6), marks=pytest.mark.campaign)],
)
def test_no_unit_is_known_to_answer_alike_by_two_rounds_together(sizes: tuple[int, int]) -> None:
    pairs = [(before, after) for before in (1, 2) for after in (1, 2)]
    alike: dict[str, list[Votes]] = defaultdict(list)
    both_shown = 0
    for votes in product(*(combinations_with_replacement(pairs, size) for size in sizes)):
        found = of_two_rounds(votes)
        both_shown += all(any(isinstance(group, GroupResult) for group in each.units.values()) for each in found[:2])
        alike[repr(found)].append(votes)
    assert both_shown, "nothing was tried"
    for same in alike.values():
        for number in (0, 1):
            if len({pair[number] for unit in same[0] for pair in unit}) > 1:
                for unit in range(len(sizes)):
                    answers = {frozenset(pair[number] for pair in votes[unit]) for votes in same}
                    assert len(answers) > 1 or len(next(iter(answers))) > 1, (same, number, unit)
