"""Impact and effort: the second way of choosing priorities, beside dots.

The room rates each candidate twice from 1 to 5: how much it would change for customers, and how much work it would be.
The medians place it in one of four fields, and in a list.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from cxworkshop.domain.agreement import agreement, median
from cxworkshop.domain.ballots import Ballot, Tally
from cxworkshop.domain.instruments import DONT_KNOW
from cxworkshop.domain.session import Candidate, Round, Session

Dimension = Literal["impact", "effort"]
Quadrant = Literal["quick_win", "big_bet", "fill_in", "not_now"]

DIMENSIONS: tuple[Dimension, ...] = ("impact", "effort")
RATING_OPTIONS: Mapping[Dimension, tuple[str, ...]] = {
    "impact": ("Hardly any", "A little", "Some", "Much", "Very much"),
    "effort": ("Hardly any", "A little", "Some", "Much", "Very much"),
}
RATING_QUESTIONS: Mapping[Dimension, str] = {
    "impact": "Impact: how much would it change for our customers?",
    "effort": "Effort: how much work and money would it take?",
}
OPTIONS = 5
"""Options of a rating, lowest first."""

QUADRANTS: tuple[Quadrant, ...] = ("quick_win", "big_bet", "fill_in", "not_now")
"""The four fields in the order of the list."""

_MIDPOINT = (1 + OPTIONS) / 2
_APART = 50
"""Agreement below which the room is apart, as on the agreement map."""


@dataclass(frozen=True, slots=True)
class Rating:
    """What the room said of a candidate on one of the two; `median` is None where nobody gave a number."""

    counts: tuple[int, ...]
    dont_know: int = 0

    @property
    def n(self) -> int:
        """How many gave a number."""
        return sum(self.counts)

    @property
    def median(self) -> float | None:
        """The middle answer."""
        return median(self.counts)

    @property
    def apart(self) -> bool:
        """Whether the room does not agree on it."""
        agreed = agreement(self.counts)
        return agreed is not None and agreed < _APART


@dataclass(frozen=True, slots=True)
class Rated:
    """A candidate with both ratings; candidates with the same medians share the place and are tied."""

    candidate: Candidate
    impact: Rating
    effort: Rating
    place: int
    tied: bool

    @property
    def quadrant(self) -> Quadrant | None:
        """The field it lies in; None where one of the two was rated by nobody."""
        return _quadrant(self.impact.median, self.effort.median)


def rating_id(dimension: Dimension, candidate_id: str) -> str:
    """The entry of a candidate's rating in a round: `impact:<candidate>`."""
    return f"{dimension}:{candidate_id}"


def rating_of(entry: str) -> tuple[Dimension, str]:
    """Which of the two an entry of a round rates, and the id of the candidate."""
    dimension, _, candidate_id = entry.partition(":")
    return ("impact" if dimension == "impact" else "effort"), candidate_id


def candidates_in(held: Round) -> tuple[str, ...]:
    """Ids of the candidates that a round was held on, in its order; none for rounds of other kinds."""
    if held.kind == "ratings":
        return tuple(dict.fromkeys(rating_of(entry)[1] for entry in held.items))
    return held.items if held.kind == "dots" else ()


def rated(session: Session, held: Round, ballots: Sequence[Ballot]) -> tuple[Rated, ...]:
    """The candidates of a rating, best first: quick wins, big bets, fill-ins, not now; what nobody rated comes last.

    Within a field the greater impact comes first, then the lesser effort; of equals, in the order of the list.
    """
    found = [
        (
            candidate,
            _rating(held, ballots, rating_id("impact", key)),
            _rating(held, ballots, rating_id("effort", key)),
        )
        for key in candidates_in(held)
        if (candidate := session.candidates.get(key)) is not None
    ]
    ordered = sorted(found, key=lambda each: _rank(each[1].median, each[2].median))
    ranks = [_rank(impact.median, effort.median) for _, impact, effort in ordered]
    return tuple(
        Rated(candidate, impact, effort, ranks.index(rank) + 1, ranks.count(rank) > 1)
        for (candidate, impact, effort), rank in zip(ordered, ranks, strict=True)
    )


def _rating(held: Round, ballots: Sequence[Ballot], entry: str) -> Rating:
    if held.method == "hands":
        tally = held.tallies.get(entry, Tally((0,) * OPTIONS))
        return Rating(tally.counts, tally.dont_know)
    given = Counter(ballot.answers[entry] for ballot in ballots if entry in ballot.answers)
    return Rating(tuple(given[option] for option in range(1, OPTIONS + 1)), given[DONT_KNOW])


def _rank(impact: float | None, effort: float | None) -> tuple[float, ...]:
    quadrant = _quadrant(impact, effort)
    if quadrant is None or impact is None or effort is None:
        return (len(QUADRANTS), 0.0, 0.0)
    return (QUADRANTS.index(quadrant), -impact, effort)


def _quadrant(impact: float | None, effort: float | None) -> Quadrant | None:
    """Between two, the less favourable: in the middle, impact counts as low and effort as high."""
    if impact is None or effort is None:
        return None
    if impact > _MIDPOINT:
        return "quick_win" if effort < _MIDPOINT else "big_bet"
    return "fill_in" if effort < _MIDPOINT else "not_now"
