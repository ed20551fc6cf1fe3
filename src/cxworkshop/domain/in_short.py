"""A sitting in short: what stands on the first page of the report, chosen and put into sentences."""

from collections.abc import Iterable, Sequence

from cxworkshop.domain.agreement import median
from cxworkshop.domain.between_rounds import Change
from cxworkshop.domain.breakdowns import Suppressed
from cxworkshop.domain.change_wording import change_in_words
from cxworkshop.domain.follow_up import trend
from cxworkshop.domain.follow_up_wording import review_in_words, trend_summary
from cxworkshop.domain.maturity import MaturityModel
from cxworkshop.domain.results import ItemResult, ModelResult, RoundResult
from cxworkshop.domain.session import Action, Discussion, Privacy, Session
from cxworkshop.domain.stage_wording import alignment_in_words, between_stages, median_stage_in_words, stage_in_words
from cxworkshop.domain.wording import OUTCOME_NAMES, counted, figure

MOST_NAMED = 3
"""How many strengths, weaknesses and priorities are named."""

MOST_DISAGREEMENTS = 5
MOST_ACTIONS = 5

_SPLIT = ("two_camps", "spread", "unit_against_unit", "level_against_level")
_UNSETTLED = ("parked", "follow_up")


def disagreements(session: Session, result: RoundResult) -> tuple[ItemResult, ...]:
    """The items on which the room was split or that it left unsettled, most disagreement first; without stage items."""
    return tuple(
        found
        for found in map(result.item, result.ranking)
        if not found.item.is_stage_item and (_is_split(found) or _is_unsettled(session, found))
    )


def to_be_done(session: Session) -> tuple[Action, ...]:
    """The actions that are still to be done, those that go on since last time too, in the order of the plan."""
    return tuple(action for action in session.plan if action.undone)


def took_part_in_words(session: Session, result: RoundResult) -> str:
    """How many voted, as "12 people took part, of 16 on the roster.", where there is a roster."""
    roster = 0 if session.rules.privacy is Privacy.ANONYMOUS else len(session.participants)
    words = f"{counted(result.ballots, 'person', 'people')} took part"
    return f"{words}, of {roster} on the roster." if roster > result.ballots else f"{words}."


def model_in_words(
    model: MaturityModel, result: ModelResult, agreed: int | None, again: ModelResult | None = None
) -> str:
    """Where the room stands on a maturity model, and whether it is aligned; the stage agreed in discussion first.

    Args:
        model: The maturity model.
        result: Where the room placed the organisation in round 1.
        agreed: The stage agreed in discussion, if any.
        again: Where it did so in a later vote that stands in that one's place.
    """
    voted = _voted_in_words(result)
    if again is not None:
        first = "nobody placed it" if result.median_stage is None else f"median {median_stage_in_words(result)}"
        voted = f"{_voted_in_words(again)} That was voted again; in the first vote: {first}."
    if agreed is None:
        return voted
    return f"{agreed}, “{model.stage(agreed).name}”, as agreed in discussion. The vote: {voted}"


def _voted_in_words(result: ModelResult) -> str:
    """The stage of a vote, of how many answers it is the median, and whether the room is aligned."""
    middle = median(result.counts)
    if middle is None:
        return "Nobody placed the organisation."
    why = f"the median of {counted(sum(result.counts), 'answer')}"
    if middle != result.median_stage:
        why = f"the lower stage at {why}, {figure(middle)}"
    between = between_stages(result)
    return f"{stage_in_words(result)}: {why}{f', {between}' if between else ''}. {alignment_in_words(result)}"


def last_time_in_words(session: Session, result: RoundResult) -> tuple[str, ...]:
    """What changed since the last session and what became of its plan; empty where none is taken up."""
    found = trend(session, result)
    changed = "" if found is None else f"Beside {found.last.title}, {found.last.held}: {trend_summary(found)}"
    return tuple(sentence for sentence in (changed, review_in_words(session)) if sentence)


def ending_in_words(present: Discussion | None, change: Change | None) -> str:
    """How a disagreement ended: what a vote taken again changed, and what came of talking about it.

    Args:
        present: What came of the discussion; None where there was none.
        change: What the last vote taken again changed; None where there was none.
    """
    parts = [] if change is None else [f"in another vote, {change_in_words(change)}"]
    if present is not None and present.outcome != "open":
        parts.append(OUTCOME_NAMES[present.outcome])
    return "; ".join(parts) or "no outcome was recorded"


def cautions(session: Session, result: RoundResult) -> tuple[str, ...]:
    """What cannot be concluded from the vote, and why, in sentences."""
    return tuple(sentence for sentence in _cautions(session, result) if sentence)


def _cautions(session: Session, result: RoundResult) -> Iterable[str]:
    answered = [found for found in result.items if found.shape.label != "too_few"]
    yield from _few(answered)
    too_few = len(result.items) - len(answered)
    if too_few:
        yield f"{counted(too_few, 'item has', 'items have')} too few answers to say anything."
    silent = sum(found.many_dont_know for found in result.items)
    if silent:
        yield f"On {counted(silent, 'item')} a quarter or more did not know: what they would have said is not known."
    if any(isinstance(group, Suppressed) for found in result.items for group in _groups(found)):
        yield "Units or levels are not shown where few answered or somebody’s answer would follow."
    absent = [role.title for role in session.content.roles if role.id in session.closing.absent_roles]
    if absent:
        yield f"Not in the room, so their view is missing: {', '.join(absent)}."
    yield "People rated their own organisation; whether customers see it so, this vote cannot tell."


def _few(answered: Sequence[ItemResult]) -> Iterable[str]:
    """That few answered, where patterns are to be read with care; of which items, where not of all."""
    provisional = sum(bool(found.shape.provisional) for found in answered)
    looks_like = sum(bool(found.shape.looks_like) for found in answered) - provisional
    if provisional:
        yield _of_items(provisional, len(answered), "ten", "provisional: one vote more could change them")
    if looks_like:
        others = looks_like if provisional + looks_like < len(answered) else len(answered)
        yield _of_items(others, len(answered), "twenty", "told as what they look like: a few votes could change them")


def _of_items(few: int, all_items: int, number: str, so: str) -> str:
    if few == all_items:
        return f"Fewer than {number} answered, so patterns are {so}."
    return f"On {counted(few, 'item')} fewer than {number} answered, so patterns there are {so}."


def _groups(found: ItemResult) -> Iterable[object]:
    return (*found.units.values(), *found.levels.values())


def _is_split(found: ItemResult) -> bool:
    """Whether the room is told that it is split; a consensus is none, however low the agreement of those outside it."""
    return found.pattern in _SPLIT or (found.pattern != "consensus" and found.corner in ("clarify", "reach"))


def _is_unsettled(session: Session, found: ItemResult) -> bool:
    present = session.discussion.get(found.item.id)
    return present is not None and present.outcome in _UNSETTLED
