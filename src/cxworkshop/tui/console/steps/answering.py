"""What an action serves, as a list to tick: a priority, an obstacle, resources, a strategy."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from cxworkshop.domain.errors import InvalidValue
from cxworkshop.domain.maturity import NextStage
from cxworkshop.domain.session import Action, Session
from cxworkshop.domain.suggesting import Fitting
from cxworkshop.domain.text import clean_line, name_key
from cxworkshop.tui.widgets.choosing import Choice

_Kind = Literal["priority", "obstacle", "resource", "strategy"]


class AnswerTo(NamedTuple):
    """Something that an action can serve; `key` is an id, or the words of an obstacle or a resource."""

    kind: _Kind
    key: str


_ONE_OF_EACH: tuple[tuple[_Kind, str], ...] = (
    ("priority", "An action serves one priority; untick the others."),
    ("obstacle", "An action answers one obstacle; untick the others."),
    ("strategy", "An action belongs to one strategy; untick the others."),
)


def answers_of(action: Action) -> tuple[AnswerTo, ...]:
    """What an action serves now."""
    found = (
        AnswerTo("priority", action.candidate),
        AnswerTo("obstacle", action.obstacle),
        *(AnswerTo("resource", name) for name in action.resources),
        AnswerTo("strategy", action.strategy),
    )
    return tuple(answer for answer in found if answer.key)


def answer_choices(session: Session, ways: Sequence[NextStage], action: Action) -> list[Choice[AnswerTo]]:
    """Everything an action of the session could serve, chosen priorities first, and what it serves beyond that."""
    candidates = sorted(session.candidates.values(), key=lambda each: not each.chosen)
    labels: dict[AnswerTo, tuple[str, str]] = {
        **{AnswerTo("priority", each.id): (f"Priority: {each.title}", "") for each in candidates},
        **{
            AnswerTo("obstacle", _as_stored(way.obstacle, action)): (f"Obstacle: {way.obstacle}", way.model.title)
            for way in ways
            if way.obstacle
        },
        **{AnswerTo("resource", name): (f"Resource: {name}", "") for way in ways for name in way.resources},
        **{
            AnswerTo("strategy", each.id): (f"Strategy: {each.name}", each.meaning)
            for each in session.content.strategies
        },
    }
    for answer in answers_of(action):
        labels.setdefault(answer, (f"{answer.kind.capitalize()}: {answer.key}", ""))
    return [Choice(answer, label, detail) for answer, (label, detail) in labels.items()]


def answering(action: Action, ticked: Collection[AnswerTo]) -> Action:
    """The action serving what is ticked, and nothing else.

    Raises:
        InvalidValue: More than one priority, obstacle or strategy is ticked.
    """
    for kind, refusal in _ONE_OF_EACH:
        if sum(answer.kind == kind for answer in ticked) > 1:
            raise InvalidValue(refusal)
    served = {answer.kind: answer.key for answer in ticked}
    return replace(
        action,
        candidate=served.get("priority", ""),
        obstacle=served.get("obstacle", ""),
        resources=tuple(answer.key for answer in ticked if answer.kind == "resource"),
        strategy=served.get("strategy", ""),
    )


def fitting_in_words(fitting: Fitting) -> str:
    """What a suggestion answers, and where it is from."""
    source = fitting.suggestion.source
    words = {
        "priority": f"For this priority: {fitting.named}",
        "obstacle": "For the obstacle to the next stage",
        "next_stage": f"For the next stage: {fitting.named}",
        "themes": f"Practice area: {fitting.named}",
    }
    return " · ".join(
        part for part in (words[fitting.answers], source.author or source.publisher or source.title) if part
    )


def _as_stored(obstacle: str, action: Action) -> str:
    """An obstacle in the action's own words where these are the same but for their spaces and case."""
    cleaned = clean_line(obstacle)
    return action.obstacle if name_key(cleaned) == name_key(action.obstacle) else cleaned
