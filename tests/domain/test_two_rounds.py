"""An attack on two rounds beside each other, by somebody who knows the rules: every two votes that show the same."""

from collections.abc import Iterator, Sequence
from itertools import combinations_with_replacement, product

import pytest

from cxworkshop.domain.ballots import Ballot
from cxworkshop.domain.between_rounds import change_by_ballots, change_by_counts, flow_by_ballots
from cxworkshop.domain.breakdowns import GroupResult
from cxworkshop.domain.disclosure import MINIMUM_GROUP
from cxworkshop.domain.instruments import Item, Option, Scale
from cxworkshop.domain.later_rounds import beside_earlier, tells_of_nobody
from cxworkshop.domain.measures_over_rounds import weighted_kappa, wilcoxon
from cxworkshop.domain.results import results_of_ballots

Pairs = tuple[tuple[int, int], ...]
"""What the people of a unit answered in both rounds."""

Counts = tuple[tuple[int, ...], ...]
"""Answers per option of each unit."""


class Shown:
    """All that is shown of two rounds on one item, each by the number of how it looks."""

    def __init__(self, options: int) -> None:
        self.options = options
        self.item = Item("Q", "We listen.", Scale("own", tuple(Option(str(number)) for number in range(options))))
        self.both_shown = 0
        self._looks: dict[object, int] = {}
        self._first: dict[object, int] = {}
        self._later: dict[object, tuple[int, bool]] = {}
        self._moved: dict[object, int] = {}

    def of(self, votes: tuple[Pairs, ...], before: Counts, after: Counts) -> tuple[int, int, int]:
        """Round 1, round 2 beside it, and who moved between them."""
        if before not in self._first:
            first = results_of_ballots(1, [self.item], self.ballots(votes, 0)).item("Q")
            self._first[before] = self._look(first)
        moved = [sum(old != new for old, new in unit) for unit in votes]
        changed = sum(moved) if min(moved) >= MINIMUM_GROUP else None  # below that nothing of groups is shown
        if (before, after, changed) not in self._later:
            self._later[before, after, changed] = self._of_later(votes)
        later, told = self._later[before, after, changed]
        pairs = tuple(sorted(pair for unit in votes for pair in unit))
        if (pairs, told) not in self._moved:
            self._moved[pairs, told] = self._look(self._of_people(pairs, told=told))
        return self._first[before], later, self._moved[pairs, told]

    def ballots(self, votes: tuple[Pairs, ...], number: int) -> list[Ballot]:
        people = [(f"unit {unit}", pair) for unit, pairs in enumerate(votes) for pair in pairs]
        return [
            Ballot(str(number + 1), str(who), {"Q": pair[number]}, unit=unit) for who, (unit, pair) in enumerate(people)
        ]

    def _of_later(self, votes: tuple[Pairs, ...]) -> tuple[int, bool]:
        before, after = self.ballots(votes, 0), self.ballots(votes, 1)
        second = beside_earlier(results_of_ballots(2, [self.item], after), after, [before]).item("Q")
        self.both_shown += any(isinstance(group, GroupResult) for group in second.units.values())
        return self._look(second), tells_of_nobody(self.item, [before, after])

    def _of_people(self, pairs: Pairs, *, told: bool) -> object:
        before, after = (counted([pair[number] for pair in pairs], self.options) for number in (0, 1))
        if not told:
            return change_by_counts(before, after)
        change, flow = change_by_ballots(before, after, pairs), flow_by_ballots(before, after, pairs)
        return change, flow, weighted_kappa(pairs), wilcoxon(pairs)

    def _look(self, found: object) -> int:
        return self._looks.setdefault(repr(found), len(self._looks))


def counted(answers: Sequence[int], options: int) -> tuple[int, ...]:
    return tuple(map(answers.count, range(1, options + 1)))


def every_vote(sizes: Sequence[int], options: int) -> Iterator[tuple[tuple[Pairs, ...], Counts, Counts]]:
    """Everything that units can answer in two rounds, who of a unit answers what aside."""
    pairs = list(product(range(1, options + 1), repeat=2))
    units = {
        size: [
            (own, *(counted([pair[number] for pair in own], options) for number in (0, 1)))
            for own in combinations_with_replacement(pairs, size)
        ]
        for size in set(sizes)
    }
    for votes in product(*(units[size] for size in sizes)):
        given, before, after = zip(*votes, strict=True)
        yield given, before, after


@pytest.mark.parametrize(
    ("sizes", "options"),
    [
        ((5, 6), 2),
        pytest.param((6, 6), 2, marks=pytest.mark.campaign),
        pytest.param((5, 5, 5), 2, marks=pytest.mark.campaign),
        pytest.param((5, 5), 3, marks=pytest.mark.campaign),
    ],
)
def test_no_unit_is_known_to_answer_alike_by_two_rounds_together(sizes: tuple[int, ...], options: int) -> None:
    shown = Shown(options)
    said: dict[tuple[int, int, int], list[int]] = {}
    for votes, before, after in every_vote(sizes, options):
        # What a unit said, as a bit for each answer that all of it gave and one for more than one.
        bits = [
            1 << unit.index(max(unit)) if max(unit) == sum(unit) and sum(map(any, zip(*held, strict=True))) > 1 else 3
            for held in (before, after)
            for unit in held
        ]
        look = shown.of(votes, before, after)
        said[look] = [one | other for one, other in zip(said.get(look, bits), bits, strict=True)]
    assert shown.both_shown, "nothing was tried"
    told = [look for look, bits in said.items() if any(not each & (each - 1) for each in bits)]
    assert not told, f"{len(told)} of {len(said)}"


def test_who_moved_is_not_told_where_a_unit_answers_nearly_alike() -> None:
    """A's median of 3.5 needs all three 4s, so that one who changed of twelve would give all six of B away."""
    unmoved, moved = ((3, 3),) * 5, ((2, 3),)
    first = ((3, 3),) * 3 + ((4, 4),) * 3
    shown = Shown(5)
    ballots = [shown.ballots((first, moved + unmoved), number) for number in (0, 1)]
    assert not tells_of_nobody(shown.item, ballots)
    mixed = [
        shown.ballots((first, (*moved, (4, 5), (4, 3), *unmoved[:3], (2, 2), (5, 5))), number) for number in (0, 1)
    ]
    assert tells_of_nobody(shown.item, mixed)
    of_one_unit = [shown.ballots((first + moved + unmoved,), number) for number in (0, 1)]
    assert tells_of_nobody(shown.item, of_one_unit), "no unit is shown, so nothing of it can be compared"


def test_who_moved_is_not_told_of_one_unit_alone() -> None:
    """Of a unit only the median is shown: nobody is to learn its answers of round 1 because it alone came again."""
    shown = Shown(5)
    first, second = ((3, 3), (2, 2), (4, 4)) * 2, ((1, 1), (3, 3), (5, 5)) * 2
    ballots = [shown.ballots((first, second), number) for number in (0, 1)]
    assert tells_of_nobody(shown.item, ballots)
    assert not tells_of_nobody(shown.item, [ballots[0], ballots[1][:6]])
    assert tells_of_nobody(shown.item, [[], ballots[1]])
