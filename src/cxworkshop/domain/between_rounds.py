"""What changed between two rounds on one item: who moved, whether the room came closer, whether it has settled.

A settled item is a result even where it stays split: the voting on it can stop.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from cxworkshop.domain.agreement import agreement, median, one_vote_bound
from cxworkshop.domain.ballots import Ballot
from cxworkshop.domain.disclosure import MINIMUM_GROUP
from cxworkshop.domain.measures import net_change

Movement = Literal["closer", "apart", "unchanged"]

_STABLE_BELOW = (15, 100)  # Scheibe, Skutsch & Schofer 1975
_HAIR = 1e-9
"""Rounding of a difference: one step of one person can be the bound to the last digit."""


@dataclass(frozen=True, slots=True)
class Change:
    """How an item changed from one round to another.

    Where both rounds were held by ballots, the first four fields say it of those who answered in both: `changed` of
    `matched` gave another answer, `net_change` is the change of the picture as a share of them (swaps cancel), and
    `settled` means that it is below 15 % or one person. After a show of hands they are None; and also where one to four
    people answered in one of the rounds only, since their answers would follow.
    """

    matched: int | None
    changed: int | None
    net_change: float | None
    settled: bool | None
    movement: Movement | None
    """Whether agreement changed by more than one person moving one step can do; None below two answers."""
    agreement_change: float | None
    """Points of agreement gained."""
    median_shift: float | None
    """Options up (or, if negative, down)."""


def paired_answers(before: Iterable[Ballot], after: Iterable[Ballot], item_id: str) -> tuple[tuple[int, int], ...]:
    """The answers to an item of all who chose an option in both rounds, matched by the ballots' own codes.

    Pairs come sorted, so that their order says nothing.
    """
    earlier = {ballot.code: ballot.answers.get(item_id, 0) for ballot in before if ballot.code}
    later = {ballot.code: ballot.answers.get(item_id, 0) for ballot in after if ballot.code}
    both = ((earlier[code], later[code]) for code in earlier.keys() & later.keys())
    return tuple(sorted((old, new) for old, new in both if old and new))


def change_by_ballots(
    before: Sequence[int],
    after: Sequence[int],
    pairs: Sequence[tuple[int, int]],
    minimum: int = MINIMUM_GROUP,
) -> Change:
    """What changed between two rounds by ballots.

    Args:
        before: Answers per option of the whole earlier round.
        after: The same of the later round.
        pairs: Answers, before and after, of those who answered in both.
        minimum: Fewest people by whom a round may differ from those matched; where there are fewer, but some, what
            holds for the matched ones is kept, and the rounds are compared as wholes.
    """
    unmatched = (sum(before) - len(pairs), sum(after) - len(pairs))
    if not pairs or any(0 < people < minimum for people in unmatched):
        return change_by_counts(before, after)
    old = _counts((answer for answer, _ in pairs), len(before))
    new = _counts((answer for _, answer in pairs), len(after))
    moved = sum(abs(later - earlier) for earlier, later in zip(old, new, strict=True))
    return Change(
        matched=len(pairs),
        changed=sum(earlier != later for earlier, later in pairs),
        net_change=net_change(old, new),
        settled=moved <= 2 or moved * _STABLE_BELOW[1] < 2 * len(pairs) * _STABLE_BELOW[0],
        movement=_movement(old, new),
        agreement_change=_agreement_change(old, new),
        median_shift=_median_shift(old, new),
    )


def change_by_counts(before: Sequence[int], after: Sequence[int]) -> Change:
    """What changed between two rounds of which only the counts are known, as after a show of hands."""
    return Change(
        matched=None,
        changed=None,
        net_change=None,
        settled=None,
        movement=_movement(before, after),
        agreement_change=_agreement_change(before, after),
        median_shift=_median_shift(before, after),
    )


def _counts(answers: Iterable[int], options: int) -> tuple[int, ...]:
    """How often each option was chosen."""
    given = list(answers)
    return tuple(given.count(option) for option in range(1, options + 1))


def _agreement_change(before: Sequence[int], after: Sequence[int]) -> float | None:
    old, new = agreement(before), agreement(after)
    return None if old is None or new is None else new - old


def _movement(before: Sequence[int], after: Sequence[int]) -> Movement | None:
    change = _agreement_change(before, after)
    if change is None:
        return None
    bound = max(one_vote_bound(sum(counts), len(counts)) for counts in (before, after))
    if abs(change) <= bound + _HAIR:
        return "unchanged"
    return "closer" if change > 0 else "apart"


def _median_shift(before: Sequence[int], after: Sequence[int]) -> float | None:
    old, new = median(before), median(after)
    return None if old is None or new is None else new - old
