"""What changed between two rounds on one item: who moved, whether the room came closer, whether it has settled.

A settled item is a result even where it stays split: the voting on it can stop.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from cxworkshop.domain.agreement import agreement, median, one_vote_bound
from cxworkshop.domain.ballots import Ballot
from cxworkshop.domain.disclosure import MINIMUM_GROUP, suppress
from cxworkshop.domain.measures_over_rounds import net_change
from cxworkshop.domain.rounding import shown_agreement

Movement = Literal["closer", "apart", "unchanged"]

FEWEST_COMPARED = 5
"""Fewest answers of a round that anything is compared with: with fewer, a change is that of this one or that."""

_STABLE_BELOW = (15, 100)  # Scheibe, Skutsch & Schofer 1975
_HELD_AT_LEAST = (3, 4)
_HAIR = 1e-9
"""Rounding of a difference: one step of one person can be the bound to the last digit."""


@dataclass(frozen=True, slots=True)
class Change:
    """How an item changed from one round to another.

    Where both rounds were held by ballots, the first four fields say it of those who answered in both: `changed` of
    `matched` gave another answer, `net_change` is the change of the picture as a share of them (swaps cancel), and
    `settled` means that it is below 15 % and that three quarters or more held firm, or that one person changed. After a
    show of hands they are None; and also where one to four people answered in one of the rounds only, since their
    answers would follow. Nothing at all is said of two rounds of a session that are not `comparable`.
    """

    matched: int | None
    changed: int | None
    net_change: float | None
    settled: bool | None
    movement: Movement | None
    """Whether agreement changed by more than one person moving one step can do; None where nothing is compared."""
    agreement_points: int | None
    """Whole points of agreement gained by the room, as its two agreements are shown: rounded and subtracted."""
    median_shift: float | None
    """Options up (or, if negative, down)."""


NOT_COMPARED = Change(None, None, None, None, None, None, None)
"""What is said where a round has too few answers to be compared."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Where the people matched over two rounds went, as far as it may be shown.

    `up`, `down` and `inward` are None where fewer people than the least number could have gone that way at all, since
    one of them could be singled out then; `rows` tells for each option of the earlier round where its people went, None
    where these are too few or all went one way.
    """

    matched: int
    held: int
    """Gave the same answer again."""
    up: int | None
    down: int | None
    inward: int | None
    """Came nearer to the median of the earlier round."""
    rows: tuple[tuple[int, ...] | None, ...]


def paired_answers(before: Iterable[Ballot], after: Iterable[Ballot], item_id: str) -> tuple[tuple[int, int], ...]:
    """The answers to an item of all who chose an option in both rounds.

    They are matched by their names where ballots carry them, else by the ballots' own codes. Pairs come sorted, so that
    their order says nothing.
    """
    earlier, later = (
        {owner: ballot.answers.get(item_id, 0) for ballot in ballots if (owner := ballot.participant or ballot.code)}
        for ballots in (before, after)
    )
    both = ((earlier[owner], later[owner]) for owner in earlier.keys() & later.keys())
    return tuple(sorted((old, new) for old, new in both if old and new))


def comparable(before: Sequence[int], after: Sequence[int]) -> bool:
    """Whether two rounds on an item can be compared, by their answers per option.

    Both have five answers or more, and the later one half of the earlier one's: else it is another room that speaks.
    """
    return min(sum(before), sum(after)) >= FEWEST_COMPARED and may_replace(sum(before), sum(after))


def may_replace(answers: int, later: int) -> bool:
    """Whether a later round of so many answers can stand in place of an earlier one: half of them came again."""
    return 2 * later >= answers


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
        minimum: Fewest people who are matched, and by whom a round may differ from those; where there are fewer, what
            holds for the matched ones is kept, and the rounds are compared as wholes.
    """
    unmatched = (sum(before) - len(pairs), sum(after) - len(pairs))
    if len(pairs) < minimum or any(0 < people < minimum for people in unmatched):
        return change_by_counts(before, after)
    old = _counts((answer for answer, _ in pairs), len(before))
    new = _counts((answer for _, answer in pairs), len(after))
    changed = sum(earlier != later for earlier, later in pairs)
    return Change(
        matched=len(pairs),
        changed=changed,
        net_change=net_change(old, new),
        settled=_settled(old, new, changed),
        movement=_movement(before, after),
        agreement_points=_agreement_points(before, after),
        median_shift=_median_shift(before, after),
    )


def flow_by_ballots(
    before: Sequence[int], after: Sequence[int], pairs: Sequence[tuple[int, int]], minimum: int = MINIMUM_GROUP
) -> Flow | None:
    """Where people went between two rounds by ballots; arguments as for `change_by_ballots`.

    None where fewer than `minimum` people are matched, or where some, but fewer than `minimum`, answered once only.
    """
    unmatched = (sum(before) - len(pairs), sum(after) - len(pairs))
    if len(pairs) < minimum or any(0 < people < minimum for people in unmatched):
        return None
    options = len(before)
    middle = median(_counts((old for old, _ in pairs), options)) or 0.0

    def went(able: Sequence[tuple[int, int]], count: int) -> int | None:
        return None if 0 < len(able) < minimum else count

    return Flow(
        matched=len(pairs),
        held=sum(old == new for old, new in pairs),
        up=went([pair for pair in pairs if pair[0] < options], sum(new > old for old, new in pairs)),
        down=went([pair for pair in pairs if pair[0] > 1], sum(new < old for old, new in pairs)),
        inward=went(
            [pair for pair in pairs if abs(pair[0] - middle) >= 1],
            sum(abs(new - middle) < abs(old - middle) for old, new in pairs),
        ),
        rows=_rows(pairs, options, minimum),
    )


def _rows(pairs: Sequence[tuple[int, int]], options: int, minimum: int) -> tuple[tuple[int, ...] | None, ...]:
    """Where the people of each option went; none at all where those of one, or the rest together, all went one way."""
    went = {
        str(option): _counts((new for old, new in pairs if old == option), options) for option in range(1, options + 1)
    }
    sizes = {option: sum(counts) for option, counts in went.items()}
    shown = suppress(sizes, minimum).shown
    pooled = [went[option] for option in went if option not in shown and sizes[option]]
    parts = [*(went[option] for option in shown), *([tuple(map(sum, zip(*pooled, strict=True)))] if pooled else [])]
    alike = any(max(counts) == sum(counts) for counts in parts)
    return tuple(went[option] if option in shown and not alike else None for option in went)


def change_by_counts(before: Sequence[int], after: Sequence[int]) -> Change:
    """What changed between two votes of which only the counts are known, as after a show of hands."""
    return Change(
        matched=None,
        changed=None,
        net_change=None,
        settled=None,
        movement=_movement(before, after),
        agreement_points=_agreement_points(before, after),
        median_shift=_median_shift(before, after),
    )


def _settled(before: Sequence[int], after: Sequence[int], changed: int) -> bool:
    """Whether the picture is as it was and most people held firm: where many swap sides, the next vote may differ."""
    people = sum(before)
    moved = sum(abs(later - earlier) for earlier, later in zip(before, after, strict=True))
    same_picture = moved * _STABLE_BELOW[1] < 2 * people * _STABLE_BELOW[0]
    most_held = (people - changed) * _HELD_AT_LEAST[1] >= people * _HELD_AT_LEAST[0]
    return changed <= 1 or (most_held and (moved <= 2 or same_picture))


def _counts(answers: Iterable[int], options: int) -> tuple[int, ...]:
    """How often each option was chosen."""
    given = list(answers)
    return tuple(given.count(option) for option in range(1, options + 1))


def _agreement_points(before: Sequence[int], after: Sequence[int]) -> int | None:
    old, new = agreement(before), agreement(after)
    return None if old is None or new is None else shown_agreement(new) - shown_agreement(old)


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
