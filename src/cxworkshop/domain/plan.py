"""The plan: actions that somebody owns, what they answer, and what a good plan still lacks."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from cxworkshop.domain.content import Content, Strategy, Suggestion
from cxworkshop.domain.days import day_in_full
from cxworkshop.domain.errors import InvalidName, InvalidValue, UnknownItem
from cxworkshop.domain.instruments import Item
from cxworkshop.domain.maturity import NextStage
from cxworkshop.domain.merging import merged
from cxworkshop.domain.session import Action, ResourceState, Session
from cxworkshop.domain.text import NAME_LIMIT, NOTE_LIMIT, clean, clean_line, name_key

REPEAT_MONTHS = 6
"""A self-test is taken again after six months (Temkin 2013)."""

GapKind = Literal[
    "no_actions",
    "no_owner",
    "no_due_date",
    "overdue",
    "no_measure",
    "no_first_step",
    "one_owner",
    "not_reviewed",
    "priority_unanswered",
    "obstacle_unanswered",
    "strategy_first",
    "no_strategy_owner",
    "no_repeat",
]


@dataclass(frozen=True, slots=True)
class Gap:
    """Something a good plan has and this one lacks; `action` is the id of the action concerned, if it is one."""

    kind: GapKind
    sentence: str
    action: str = ""
    lack: str = ""
    """What the action lacks, to stand beside its title; empty where the sentence is about something else."""


@dataclass(frozen=True, slots=True)
class GateWarning:
    """An action of a later strategy while the first one does not stand yet: a warning, never a bar."""

    action: str
    strategy: Strategy
    sentence: str


def add_action(session: Session, action: Action) -> Session:
    """The session with one more action at the end of its plan.

    Raises:
        InvalidName: The action has no words.
        InvalidValue: The plan has an action of its id, which would be lost.
        UnknownItem: It names an item, candidate or strategy that the session does not have.
    """
    if action.id in session.actions:
        raise InvalidValue("That action is in the plan already; change it there.")
    last = max((present.position for present in session.actions.values()), default=0)
    checked = replace(_checked(session, action), position=last + 1)
    return replace(session, actions={**session.actions, checked.id: checked})


def change_action(session: Session, action: Action, *, seen: Action | None = None) -> Session:
    """The session with an action in place of the one of the same id; its place in the plan stays.

    Args:
        session: The session as it is now.
        action: The action as it shall be.
        seen: What it was made from; fields that are the same there stay as others have set them meanwhile.

    Raises:
        InvalidName: The action has no words.
        UnknownItem: The plan has no such action, or it names something the session does not have.
    """
    present = _action(session, action.id)
    changed = action if seen is None else merged(present, seen, action)
    checked = replace(_checked(session, changed, present), position=present.position)
    return replace(session, actions={**session.actions, action.id: checked})


def remove_action(session: Session, action_id: str) -> Session:
    """The session without an action.

    Raises:
        UnknownItem: The plan has no such action.
    """
    _action(session, action_id)
    return replace(session, actions={key: kept for key, kept in session.actions.items() if key != action_id})


def move_action(session: Session, action_id: str, places: int) -> Session:
    """The session with an action moved down the plan (up, where negative), as far as there is room.

    Raises:
        UnknownItem: The plan has no such action.
    """
    moved = _action(session, action_id)
    others = [action for action in session.plan if action.id != action_id]
    at = [action.id for action in session.plan].index(action_id)
    others.insert(max(0, min(len(others), at + places)), moved)
    ordered = {action.id: replace(action, position=place) for place, action in enumerate(others, 1)}
    return replace(session, actions=ordered)


def action_from(
    suggestion: Suggestion, new_id: str, content: Content, *, items: tuple[str, ...] = (), candidate: str = ""
) -> Action:
    """An action that takes up a suggestion, with the obstacle it helps over; owner and date are still to be named."""
    obstacle = ""
    if suggestion.model and suggestion.stage is not None:
        obstacle = content.model(suggestion.model).stage(suggestion.stage).obstacle
    return Action(
        new_id,
        suggestion.action,
        measure=suggestion.measure,
        first_step=suggestion.first_step,
        items=items,
        candidate=candidate,
        obstacle=obstacle,
        strategy=suggestion.strategy,
        suggestion=suggestion.id,
    )


def gate_warnings(session: Session) -> tuple[GateWarning, ...]:
    """Actions that belong to a later strategy, unless the room has said that the first one stands.

    The order of strategies (customer experience first, then engagement, modernization and technology) is TSIA's.
    """
    if session.closing.strategy_stands or not session.content.strategies:
        return ()
    ordered = sorted(session.content.strategies, key=lambda strategy: strategy.order)
    later = {strategy.id: strategy for strategy in ordered[1:]}
    return tuple(
        GateWarning(
            action.id,
            later[action.strategy],
            f"This belongs to the {later[action.strategy].name} strategy, which builds on a "
            f"{ordered[0].name} strategy that stands.",
        )
        for action in session.plan
        if action.strategy in later and action.undone
    )


def gaps(session: Session, ways: tuple[NextStage, ...] = (), *, today: date | None = None) -> tuple[Gap, ...]:
    """What a good plan has and this one lacks, in the order in which a facilitator would ask for it.

    Args:
        session: The session; only actions that are still to be done count.
        ways: The next stage of each maturity model the room placed itself on.
        today: The day on which it is looked at; without it nothing is overdue.
    """
    actions = [action for action in session.plan if action.undone]
    if not actions:
        found = [Gap("no_actions", "The plan has no actions yet.")]
    else:
        found = [gap for action in actions for gap in _action_gaps(action, today)]
        found += _one_owner(actions)
        found += _not_reviewed(actions)
        found += _priorities_unanswered(session, actions)
        found += _unanswered(session, actions, ways)
        found += [Gap("strategy_first", warning.sentence, warning.action) for warning in gate_warnings(session)]
    if not session.closing.strategy_owner:
        found.append(Gap("no_strategy_owner", "Nobody is named who owns the customer experience strategy."))
    if session.closing.repeat is None:
        found.append(Gap("no_repeat", "There is no date yet for taking the self-test again."))
    return tuple(found)


def set_strategy_owner(session: Session, owner: str) -> Session:
    """The session naming who owns the strategy; empty text names nobody."""
    return replace(session, closing=replace(session.closing, strategy_owner=clean_line(owner, NAME_LIMIT)))


def set_strategy_stands(session: Session, stands: bool | None) -> Session:
    """The session with the gate's answer: whether the customer experience strategy is written and owned."""
    return replace(session, closing=replace(session.closing, strategy_stands=stands))


def set_repeat(session: Session, day: date | None) -> Session:
    """The session with the day of the repeat.

    Raises:
        InvalidValue: The day is not after the sitting.
    """
    if day is not None and day <= session.about.held:
        raise InvalidValue("The repeat has to come after this session; six months is usual.")
    return replace(session, closing=replace(session.closing, repeat=day))


def usual_repeat(held: date) -> date:
    """The same day six months on, or the last day of that month where it is shorter."""
    month = held.month - 1 + REPEAT_MONTHS
    year, month = held.year + month // 12, month % 12 + 1
    following = date(year + month // 12, month % 12 + 1, 1)
    last = (following - date.resolution).day
    return date(year, month, min(held.day, last))


def set_absent(session: Session, roles: tuple[str, ...], asked_later: tuple[str, ...]) -> Session:
    """The session with the roles that are not in the room, and who will be asked later, in words.

    Raises:
        UnknownItem: A role is not in the session's content.
    """
    if strange := set(roles) - {role.id for role in session.content.roles}:
        raise UnknownItem(f"“{min(strange)}” is not a role of this session.")
    later = tuple(line for text in asked_later if (line := clean_line(text)))
    return replace(session, closing=replace(session.closing, absent_roles=roles, asked_later=later))


def rate_resource(session: Session, resource: str, state: ResourceState | None) -> Session:
    """The session with the room's rating of a resource the next stage needs; None takes the rating off."""
    resources = {name: rated for name, rated in session.closing.resources.items() if name != resource}
    if state is not None:
        resources[resource] = state
    return replace(session, closing=replace(session.closing, resources=resources))


def agree_stage(session: Session, model_id: str, stage: int | None) -> Session:
    """The session with the stage the room agreed on in discussion; None goes back to the vote's median.

    Raises:
        UnknownItem: There is no such model.
        InvalidValue: The model has no such stage.
    """
    try:
        model = session.content.model(model_id)
    except KeyError:
        raise UnknownItem(f"“{model_id}” is not a maturity model of this session.") from None
    stages = {key: agreed for key, agreed in session.closing.stage.items() if key != model_id}
    if stage is not None:
        if not 1 <= stage <= len(model.stages):
            raise InvalidValue(f"{model.title} has the stages 1 to {len(model.stages)}.")
        stages[model_id] = stage
    return replace(session, closing=replace(session.closing, stage=stages))


def items_behind(session: Session, action: Action) -> tuple[Item, ...]:
    """The items an action answers: its own, and those of the priority it serves."""
    candidate = session.candidates.get(action.candidate)
    wanted = {*action.items, *(candidate.items if candidate else ())}
    return tuple(item for item in session.content.items if item.id in wanted)


def _checked(session: Session, action: Action, present: Action | None = None) -> Action:
    """An action with its texts cleaned; what it names has to be there, but for what an action taken over came with."""
    title = clean_line(action.title)
    if not title:
        raise InvalidName("Say in a few words what will be done, beginning with a verb.")
    known = {item.id for item in session.content.items}
    brought = set(present.items) if present is not None else set()
    if strange := set(action.items) - known - brought:
        raise UnknownItem(f"“{min(strange)}” is not an item of this session.")
    if action.candidate and action.candidate not in session.candidates:
        raise UnknownItem("The priority this action serves is not on the list any more.")
    strategies = {strategy.id for strategy in session.content.strategies}
    if (
        action.strategy
        and action.strategy not in strategies
        and (present is None or action.strategy != present.strategy)
    ):
        raise UnknownItem(f"“{action.strategy}” is not a strategy of this session.")
    return replace(
        action,
        title=title,
        owner=clean_line(action.owner, NAME_LIMIT),
        measure=clean_line(action.measure),
        baseline=clean_line(action.baseline),
        target=clean_line(action.target),
        first_step=clean_line(action.first_step),
        obstacle=clean_line(action.obstacle),
        resources=tuple(line for text in action.resources if (line := clean_line(text))),
        note=clean(action.note, NOTE_LIMIT),
    )


def _action(session: Session, action_id: str) -> Action:
    try:
        return session.actions[action_id]
    except KeyError:
        raise UnknownItem("That action is not in the plan any more; look at the plan again.") from None


def _action_gaps(action: Action, today: date | None) -> list[Gap]:
    overdue = action.due is not None and today is not None and action.due < today
    since = "" if action.due is None else f"is overdue since {day_in_full(action.due)}"
    wanted: tuple[tuple[GapKind, bool, str], ...] = (
        ("no_owner", bool(action.owner), "has no owner"),
        ("no_due_date", action.due is not None, "has no due date"),
        ("overdue", not overdue, since),
        ("no_measure", bool(action.measure), "has no measure of success"),
        ("no_first_step", bool(action.first_step), "has no first step"),
    )
    return [Gap(kind, f"“{action.title}” {lack}.", action.id, lack) for kind, there, lack in wanted if not there]


def _one_owner(actions: list[Action]) -> list[Gap]:
    owners = Counter(name_key(action.owner) for action in actions if action.owner)
    if len(actions) < 3 or not owners:
        return []
    key, count = owners.most_common(1)[0]
    if 2 * count < len(actions) or count < 2:
        return []
    name = next(action.owner for action in actions if name_key(action.owner) == key)
    return [Gap("one_owner", f"{name} owns {count} of {len(actions)} actions; share the load.")]


def _not_reviewed(actions: list[Action]) -> list[Gap]:
    return [
        Gap("not_reviewed", f"Nobody has said yet what became of “{action.title}”, planned last time.", action.id)
        for action in actions
        if action.since is not None and action.state == "open"
    ]


def _priorities_unanswered(session: Session, actions: list[Action]) -> list[Gap]:
    served = {action.candidate for action in actions}
    behind = {item for action in actions for item in action.items}
    return [
        Gap("priority_unanswered", f"No action serves the priority: {candidate.title}")
        for candidate in session.candidates.values()
        if candidate.chosen and candidate.id not in served and not behind.intersection(candidate.items)
    ]


def _unanswered(session: Session, actions: list[Action], ways: tuple[NextStage, ...]) -> list[Gap]:
    answered = {name_key(action.obstacle) for action in actions}
    served = [session.candidates.get(action.candidate) for action in actions]
    answered |= {name_key(found.title) for found in served if found is not None and found.origin == "obstacle"}
    return [
        Gap("obstacle_unanswered", f"No action answers the obstacle to the next stage: {way.obstacle}")
        for way in ways
        if way.obstacle and name_key(clean_line(way.obstacle)) not in answered
    ]
