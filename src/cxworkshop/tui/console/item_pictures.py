"""What the console shows of one item: results of all its rounds, the script of its pattern, notes and comments."""

from cxworkshop.domain.between_rounds import Flow
from cxworkshop.domain.change_wording import SETTLED_IN_CAMPS, WITHOUT_FLOW, change_in_words, flow_in_words
from cxworkshop.domain.content import Prompt
from cxworkshop.domain.discussion import discussion_of
from cxworkshop.domain.instruments import Item
from cxworkshop.domain.published import change_since_first, comments_on, flow_since_first, settled_in_camps
from cxworkshop.domain.results import ItemResult
from cxworkshop.domain.rounding import shown_agreement
from cxworkshop.domain.rounds import vote_on_item
from cxworkshop.domain.session import Session
from cxworkshop.domain.wording import (
    OUTCOME_NAMES,
    PROVISIONAL,
    agreement_in_words,
    dont_know_in_words,
    gap_in_words,
    group_remarks,
    middle_in_words,
    one_vote_in_words,
    pattern_in_words,
)
from cxworkshop.facilitation.ports import BallotBox
from cxworkshop.tui.console.kept_results import KeptResults
from cxworkshop.tui.widgets.charts.flow import FlowPicture
from cxworkshop.tui.widgets.charts.item_page import ItemPicture
from cxworkshop.tui.widgets.charts.pictures import choices_of, groupings_of, pass_of

_MOST_QUESTIONS = 3


def item_picture(
    session: Session,
    box: BallotBox,
    result: ItemResult,
    *,
    talking: bool = False,
    kept: KeptResults | None = None,
) -> ItemPicture:
    """An item as the room sees it.

    Args:
        session: The session as it is now.
        box: The ballot box; contents of revealed rounds only are read.
        result: The item's result in round 1, which never changes.
        talking: The room talks about it, so the script of its pattern and the notes are shown too.
        kept: Where a screen keeps results between paintings; None works those of later rounds out anew.
    """
    later = _later(session, box, result.item.id, kept or KeptResults())
    passes = (
        pass_of(result, "First vote" if later else ""),
        *(pass_of(found, _vote(session, number, result.item.id)) for number, found in later),
    )
    flow = flow_since_first(session, box.ballots, result, later[0]) if later else None
    return ItemPicture(
        result.item.text,
        choices_of(result.item),
        passes,
        groupings_of(result.item, result.units, result.levels, session.levels, of_round="first vote" if later else ""),
        _verdicts(result, later[0][1] if later else None),
        (
            *(_since_first(session, box, result, later[0], told=flow is not None) if later else ()),
            *group_remarks(result),
            *_asides(result),
        ),
        _script(session.content.prompt(f"pattern:{result.pattern}")) if talking else (),
        _listed(session, box, result.item.id, talking=talking),
        _sentence(result, "First vote: " if later else ""),
        None if flow is None else _flow_picture(flow, result.item),
    )


def _vote(session: Session, number: int, item_id: str) -> str:
    """Which vote on the item a round was: "Second vote"."""
    return vote_on_item(session, number, item_id).capitalize()


def _flow_picture(flow: Flow, item: Item) -> FlowPicture:
    numbers = tuple(each.number for each in item.scale.called)
    return FlowPicture(flow.matched, flow.held, flow.up, flow.down, flow.rows, flow_in_words(flow), numbers)


def _since_first(
    session: Session, box: BallotBox, first: ItemResult, later: tuple[int, ItemResult], *, told: bool
) -> tuple[str, ...]:
    """What changed since round 1, and where the voting on the item ends."""
    change = change_since_first(session, box.ballots, first, later)
    ends = settled_in_camps(session, box.ballots, first.item.id)
    return (
        f"Since the first vote: {change_in_words(change)}.",
        *(() if told else (WITHOUT_FLOW,)),
        *((SETTLED_IN_CAMPS,) if ends else ()),
    )


def _later(session: Session, box: BallotBox, item_id: str, kept: KeptResults) -> tuple[tuple[int, ItemResult], ...]:
    """The newest result of an item in a round after the first, with the round's number, if there is one."""
    numbers = [held.number for held in session.revealed_rounds[1:] if item_id in held.items]
    return tuple((number, kept.of(session, box, number).item(item_id)) for number in numbers[-1:])


def _verdicts(first: ItemResult, later: ItemResult | None) -> tuple[str, ...]:
    """Agreement and pattern, of the newest round where there was a later one."""
    said = first if later is None else later
    if not said.n:
        return ("Nobody gave an answer.",)
    before = "" if later is None else f", before {'–' if first.agreement is None else shown_agreement(first.agreement)}"
    pattern = pattern_in_words(said)
    return (f"{agreement_in_words(said.agreement)}{before}", pattern[:1].upper() + pattern[1:])


def _asides(result: ItemResult) -> tuple[str, ...]:
    asides = (
        dont_know_in_words(result) if result.many_dont_know else "",
        one_vote_in_words(result),
        PROVISIONAL if result.shape.provisional else "",
        "A low answer is the good one here." if result.item.direction == "bad" else "",
    )
    return tuple(aside for aside in asides if aside)


def _sentence(result: ItemResult, before: str) -> str:
    parts = (middle_in_words(result), gap_in_words(result.mean_pair_gap))
    sentence = before + "; ".join(part for part in parts if part)
    return f"{sentence[:1].upper()}{sentence[1:]}." if sentence != before else ""


def _script(prompt: Prompt) -> tuple[tuple[str, str], ...]:
    """Who speaks first, what to ask, what to do."""
    script = [("First", prompt.first)] if prompt.first else []
    script += [("Ask" if not place else "", asked) for place, asked in enumerate(prompt.ask[:_MOST_QUESTIONS])]
    script += [("Do" if not place else "", done) for place, done in enumerate(prompt.do)]
    return tuple(script)


def _listed(
    session: Session, box: BallotBox, item_id: str, *, talking: bool
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    listed: list[tuple[str, tuple[str, ...]]] = []
    discussion = discussion_of(session, item_id)
    if talking and discussion.positions:
        listed.append((f"{OUTCOME_NAMES[discussion.outcome].capitalize()}:", discussion.positions))
    if talking and discussion.notes:
        listed.append(("Notes", discussion.notes))
    comments = comments_on(session, box.ballots, item_id)
    if comments:
        listed.append(("Comments from the ballots", comments))
    return tuple(listed)
