"""The shape of an item's answers in one word, and how near it is to another word.

The rules are conventions of this product, tuned by simulation; the published thresholds they lean on are named where
they stand. `counts` holds the number of answers per option, option 1 first.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

ShapeLabel = Literal["too_few", "consensus", "lone_voices", "two_camps", "leaning", "spread"]
Region = Literal["low", "mid", "high"]
Dissent = Literal["few", "minority"]

CONSENSUS_SHARE = 0.75
"""The share of answers in the window that makes a consensus, unless a session fixed another: the median threshold of
100 Delphi studies (Diamond et al. 2014)."""

FEWEST_ANSWERS = 4
_FEWEST_FIRM = 10
_FEWEST_PLAIN = 20
_MINORITY_PERCENT = 15  # COMET's limit for the opposite third
_MOST_LONE_VOICES = 3
_HAIR = 1e-9


@dataclass(frozen=True, slots=True)
class Camps:
    """Two camps: options `low` and below in one, options `high` and above in the other, a valley between."""

    low: int
    high: int
    low_answers: int
    between_answers: int
    high_answers: int


@dataclass(frozen=True, slots=True)
class Shape:
    """What the answers of a room look like.

    `region` says in which third of the scale the median lies, for consensus, lone voices and leaning. `window` is the
    run of neighbouring options (first, last) with most answers, `in_window` how many it holds, `far` how many answers
    lie well outside it. `dissent` tells lone voices apart: "few" (one to three isolated people) or "minority".
    `provisional` is true below ten answers, `looks_like` below twenty: say "looks like". All but the label and
    `answers` are empty with too few answers.
    """

    label: ShapeLabel
    answers: int
    region: Region | None = None
    provisional: bool | None = None
    looks_like: bool | None = None
    dissent: Dissent | None = None
    far: int = 0
    window: tuple[int, int] | None = None
    in_window: int = 0
    camps: Camps | None = None

    def lies_between_camps(self, middle: float | None) -> bool:
        """Whether a median lies between two camps, so that it stands for nobody; not where there is none."""
        return middle is not None and self.camps is not None and self.camps.low < middle < self.camps.high


def window_width(options: int) -> int:
    """How many neighbouring options count as one opinion: 1 up to three options, 2 up to seven, a third above."""
    if options <= 3:
        return 1
    return 2 if options <= 7 else _rounded_third(options)


def far_steps(options: int) -> int:
    """From how many steps outside the window an answer is far: a third of the scale's steps, at least two."""
    return max(2, _rounded_third(options - 1))


def _rounded_third(number: int) -> int:
    """A third, rounded half up (halves cannot occur)."""
    return (2 * number + 3) // 6


def region_of(place: float, options: int) -> Region:
    """In which third of a scale an option number, or a median between two, lies: 1-2, 3 and 4-5 of five options."""
    steps = 3 * (place - 1)
    if steps <= options - 1:
        return "low"
    return "high" if steps >= 2 * (options - 1) else "mid"


def shape_of(counts: Sequence[int], consensus_share: float = CONSENSUS_SHARE) -> Shape:
    """The shape of a room's answers: too few, consensus, lone voices, two camps, leaning or spread.

    Args:
        counts: Answers per option, option 1 first; two options or more.
        consensus_share: The share of answers that has to lie in the window, above 0 and up to 1.
    """
    return _shape_of(tuple(counts), consensus_share)


@lru_cache(maxsize=4096)
def _shape_of(counts: tuple[int, ...], consensus_share: float) -> Shape:
    """`shape_of`, kept because neighbouring shapes are asked for again and again."""
    answers, options = sum(counts), len(counts)
    if answers < FEWEST_ANSWERS:
        return Shape("too_few", answers)
    doubled_median = _doubled_median(counts, answers)
    region = region_of(doubled_median / 2, options)
    first, last = _window(counts, doubled_median)
    in_window = sum(counts[first - 1 : last])
    far_options = tuple(_far_options(counts, (first, last), region))
    far = sum(counts[option - 1] for option in far_options)

    def shape(label: ShapeLabel, *, dissent: Dissent | None = None, camps: Camps | None = None) -> Shape:
        placed = None if label in ("two_camps", "spread") else region
        provisional, looks_like = answers < _FEWEST_FIRM, answers < _FEWEST_PLAIN
        return Shape(label, answers, placed, provisional, looks_like, dissent, far, (first, last), in_window, camps)

    # A share such as 0.7 or 2/3 is not exact in binary, so a hair below the next whole person is that person.
    if in_window >= math.ceil(consensus_share * answers - _HAIR):
        if far >= 2 and far * 100 >= _MINORITY_PERCENT * answers:
            return shape("lone_voices", dissent="minority")
        if 1 <= far <= _MOST_LONE_VOICES and _isolated(counts, (first, last), far_options):
            return shape("lone_voices", dissent="few")
        if answers > FEWEST_ANSWERS or in_window == answers:
            return shape("consensus")
    camps = _camps(counts, answers)
    if camps is not None:
        return shape("two_camps", camps=camps)
    doubled_deviation = sum(count * abs(2 * option - doubled_median) for option, count in enumerate(counts, start=1))
    # Practical agreement by Burke et al. (1999): the mean deviation from the median is at most K/6.
    return shape("leaning" if 3 * doubled_deviation <= answers * options else "spread")


def one_vote_from(counts: Sequence[int], consensus_share: float = CONSENSUS_SHARE) -> frozenset[ShapeLabel]:
    """The other labels that the room would get if one person had answered one step higher or lower."""
    here = _shape_of(tuple(counts), consensus_share).label
    return frozenset(_shape_of(moved, consensus_share).label for moved in one_step_moves(tuple(counts))) - {here}


def one_step_moves(counts: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """All counts that differ by one person on a neighbouring option; at most 2(K-1) of them."""
    for left in range(len(counts) - 1):
        for source, target in ((left, left + 1), (left + 1, left)):
            if counts[source]:
                moved = list(counts)
                moved[source] -= 1
                moved[target] += 1
                yield tuple(moved)


def _doubled_median(counts: Sequence[int], answers: int) -> int:
    """Twice the median option number, which is whole."""
    lower, upper, below = 0, 0, 0
    for option, count in enumerate(counts, start=1):
        below += count
        if not lower and below > (answers - 1) // 2:
            lower = option
        if below > answers // 2:
            upper = option
            break
    return lower + upper


def _window(counts: Sequence[int], doubled_median: int) -> tuple[int, int]:
    """The neighbouring options with most answers; of equals the one nearest the median, then the lower one."""
    width = window_width(len(counts))
    return min(
        ((first, first + width - 1) for first in range(1, len(counts) - width + 2)),
        key=lambda run: (-sum(counts[run[0] - 1 : run[1]]), abs(run[0] + run[1] - doubled_median), run[0]),
    )


def _far_options(counts: Sequence[int], window: tuple[int, int], region: Region) -> Iterator[int]:
    """The answered options well outside the window, or in the third opposite to the median's."""
    options, steps = len(counts), far_steps(len(counts))
    opposite = {"low": "high", "high": "low"}.get(region)
    for option, count in enumerate(counts, start=1):
        if not count or window[0] <= option <= window[1]:
            continue
        outside = window[0] - option if option < window[0] else option - window[1]
        if outside >= steps or region_of(option, options) == opposite:
            yield option


def _isolated(counts: Sequence[int], window: tuple[int, int], far_options: Sequence[int]) -> bool:
    """Whether an empty option lies between some far answer and the window."""
    return any(
        0 in (counts[option : window[0] - 1] if option < window[0] else counts[window[1] : option - 1])
        for option in far_options
    )


def _camps(counts: Sequence[int], answers: int) -> Camps | None:
    """The two camps of a room, if it has any; of several the most even, then the emptiest between, then the widest.

    A side needs a quarter of the answers, which is what can block a consensus of three quarters, and two people.
    """
    options = len(counts)
    fewest = max(2, -(-answers // 4))
    best: tuple[int, int, int] | None = None
    found: Camps | None = None
    lows = [low for low in range(1, options) if sum(counts[:low]) >= fewest]
    highs = [high for high in range(2, options + 1) if sum(counts[high - 1 :]) >= fewest]
    for low in lows:
        for high in highs:
            if high < low + far_steps(options):
                continue
            camps = _camps_at(counts, low, high)
            rank = (min(camps.low_answers, camps.high_answers), -camps.between_answers, high - low)
            if _valley(counts, camps) and (best is None or rank > best):
                best, found = rank, camps
    return found


def _camps_at(counts: Sequence[int], low: int, high: int) -> Camps:
    """The answers up to `low`, between, and from `high` on."""
    return Camps(low, high, sum(counts[:low]), sum(counts[low : high - 1]), sum(counts[high - 1 :]))


def _valley(counts: Sequence[int], camps: Camps) -> bool:
    """Whether no option between the camps holds more than a third of the lower peak, nor comes within a vote of it."""
    between = max(counts[camps.low : camps.high - 1])
    low_peak, high_peak = max(counts[: camps.low]), max(counts[camps.high - 1 :])
    if camps.low_answers == camps.high_answers:
        peak = min(low_peak, high_peak)
    else:
        peak = low_peak if camps.low_answers < camps.high_answers else high_peak
    return 3 * between <= peak and between <= peak - 2
