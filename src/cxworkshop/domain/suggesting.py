"""What is suggested for a plan: actions of the packs that fit, best fit first, and measures out of the vote."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from cxworkshop.domain.content import Suggestion
from cxworkshop.domain.instruments import Item
from cxworkshop.domain.maturity import NextStage
from cxworkshop.domain.plan import items_behind
from cxworkshop.domain.results import ItemResult, RoundResult
from cxworkshop.domain.session import Action, Candidate, Session
from cxworkshop.domain.text import clean_line, name_key
from cxworkshop.domain.wording import median_in_words

Answers = Literal["priority", "obstacle", "next_stage", "themes"]
"""What a suggestion answers: the priority asked about, what holds up the next stage or what it needs, or a theme."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """A suggestion with what it answers, and its name: an obstacle, resources or a stage, themes."""

    suggestion: Suggestion
    answers: Answers
    named: str


@dataclass(frozen=True, slots=True)
class Measure:
    """How it could be seen that an action worked: what is looked at, where it stands, where it shall stand."""

    measure: str
    baseline: str
    target: str


def suggestions_for(
    session: Session, ways: Sequence[NextStage] = (), candidate: Candidate | None = None
) -> tuple[Fitting, ...]:
    """The suggestions that fit and are not in the plan yet, each once, best fit first.

    Those for the candidate come first, then those that help over the obstacle of a present stage, then those that
    bring what the next stage needs, then those for the themes of the priorities (of all candidates, where none is
    chosen).

    Args:
        session: The session.
        ways: The next stage of each maturity model the room placed itself on.
        candidate: What an action is looked for, if anything.
    """
    chosen = [each for each in session.candidates.values() if each.chosen] or session.candidates.values()
    listed = (
        *(_for_candidate(session, ways, candidate) if candidate is not None else ()),
        *_for_ways(session, [way for way in ways if way.obstacle], "obstacle"),
        *_for_ways(session, [way for way in ways if not way.obstacle], "next_stage"),
        *_for_themes(session, _themes(session, chosen), "themes"),
    )
    taken = {action.suggestion for action in session.actions.values()}
    found: dict[str, Fitting] = {}
    for each in listed:
        if each.suggestion.id not in taken:
            found.setdefault(each.suggestion.id, each)
    return tuple(found.values())


def measure_from_vote(session: Session, action: Action, result: RoundResult | None) -> Measure | None:
    """A measure of an action out of the vote, by the weakest of the items it answers; None where there is none.

    The target lies half the scale better, at most at its end: the room shall say otherwise where it knows better.
    """
    if result is None:
        return None
    behind = {item.id for item in items_behind(session, action)}
    voted = [found for found in result.items if found.item.id in behind and found.median is not None]
    if not voted:
        return None
    weakest = min(voted, key=lambda found: found.strength or 0.0)
    return Measure(
        clean_line(f"The next self-test: {weakest.item.text}"),
        median_in_words(weakest.item, weakest.median),
        median_in_words(weakest.item, _better(weakest)),
    )


def _better(found: ItemResult) -> float:
    median, options = found.median or 1.0, len(found.item.scale)
    steps = max(1, (options - 1) // 2)
    if found.item.direction == "bad":
        return float(max(1, -(-median // 1) - steps))
    return float(min(options, median // 1 + steps))


def _for_candidate(session: Session, ways: Sequence[NextStage], candidate: Candidate) -> Iterable[Fitting]:
    held_up = [way for way in ways if way.obstacle and name_key(clean_line(way.obstacle)) == name_key(candidate.title)]
    yield from _for_ways(session, held_up, "obstacle")
    yield from _for_themes(session, _themes(session, [candidate]), "priority")


def _for_ways(session: Session, ways: Sequence[NextStage], answers: Answers) -> Iterable[Fitting]:
    for way in ways:
        following = way.model.stage(way.following or way.present).name
        named = way.obstacle or ", ".join(way.resources) or following
        for suggestion in session.content.suggestions:
            if (suggestion.model, suggestion.stage) == (way.model.id, way.present):
                yield Fitting(suggestion, answers, named)


def _for_themes(session: Session, themes: frozenset[str], answers: Answers) -> Iterable[Fitting]:
    for suggestion in session.content.suggestions:
        shared = [theme for theme in suggestion.themes if theme in themes]
        if shared:
            yield Fitting(suggestion, answers, ", ".join(shared))


def _themes(session: Session, candidates: Iterable[Candidate]) -> frozenset[str]:
    asked: set[str] = {item for candidate in candidates for item in candidate.items}
    found: Iterable[Item] = (item for item in session.content.items if item.id in asked)
    return frozenset(item.theme for item in found if item.theme)
