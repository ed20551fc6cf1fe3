"""Sentences on impact and effort, said once for screens and documents."""

from collections.abc import Mapping

from cxworkshop.domain.ratings import Quadrant, Rated
from cxworkshop.domain.wording import counted, figure

QUADRANT_NAMES: Mapping[Quadrant, str] = {
    "quick_win": "quick win",
    "big_bet": "big bet",
    "fill_in": "fill-in",
    "not_now": "not now",
}

QUADRANTS_EXPLAINED: Mapping[Quadrant, str] = {
    "quick_win": "much impact, little effort",
    "big_bet": "much impact, much effort",
    "fill_in": "little impact, little effort",
    "not_now": "little impact, much effort",
}


def rated_in_words(rated: Rated) -> str:
    """A candidate's ratings: "impact 4, effort 2 (12 answers)", and on what the room is apart.

    Where the numbers of answers differ they come in the order of the ratings; where only one was rated, it is said.
    """
    if rated.quadrant is None:
        told = [(name, rating) for name, rating in (("impact", rated.impact), ("effort", rated.effort)) if rating.n]
        missing = "effort" if told and told[0][0] == "impact" else "impact"
        parts = [f"{name} {figure(rating.median or 0.0)} ({counted(rating.n, 'answer')})" for name, rating in told]
        return ", ".join((*parts, f"{missing} not rated")) if parts else "not rated"
    first, second = rated.impact.n, rated.effort.n
    answers = counted(first, "answer") if first == second else f"{first} and {second} answers"
    impact, effort = figure(rated.impact.median or 0.0), figure(rated.effort.median or 0.0)
    words = f"impact {impact}, effort {effort} ({answers})"
    apart = [name for name, rating in (("impact", rated.impact), ("effort", rated.effort)) if rating.apart]
    return f"{words}; the room is apart on {' and '.join(apart)}" if apart else words


def place_in_words(rated: Rated) -> str:
    """Where a candidate lies: "place 2, tied: big bet"; without both ratings, that it has no place."""
    if rated.quadrant is None:
        return "without a place" if rated.impact.n or rated.effort.n else "not rated"
    return f"place {rated.place}{', tied' if rated.tied else ''}: {QUADRANT_NAMES[rated.quadrant]}"
