"""The one catalogue of sentences about results and the flow: the same words on screens, in documents and for scripts.

Every function takes values and gives plain text without markup. Names and texts of people inside come as they were
cleaned; each output escapes for itself.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from cxworkshop.domain.agreement import Band
from cxworkshop.domain.breakdowns import GroupResult, Suppressed
from cxworkshop.domain.content import Benchmark, RatedBy
from cxworkshop.domain.groups import GroupTest
from cxworkshop.domain.instruments import Item
from cxworkshop.domain.level_gap import LevelGap, LevelGaps
from cxworkshop.domain.patterns import Region, Shape
from cxworkshop.domain.results import Corner, ItemResult, PatternLabel, RoundResult
from cxworkshop.domain.rounding import in_places, shown_agreement
from cxworkshop.domain.session import (
    ActionState,
    CandidateOrigin,
    Outcome,
    ResourceState,
    Step,
)
from cxworkshop.domain.summaries import SessionSummary, is_due_soon

STEP_NAMES: Mapping[Step, str] = {
    Step.PREPARE: "Prepare",
    Step.WELCOME: "Welcome",
    Step.SELF_TEST: "Self-test",
    Step.REVEAL: "Reveal",
    Step.DISAGREEMENTS: "Disagreements",
    Step.COMPARE: "Compare",
    Step.PLAN: "Plan",
    Step.CLOSE: "Close",
}

PATTERN_NAMES: Mapping[PatternLabel, str] = {
    "consensus": "consensus",
    "lone_voices": "lone voices",
    "two_camps": "two camps",
    "leaning": "leaning",
    "spread": "spread",
    "unit_against_unit": "unit against unit",
    "level_against_level": "level against level",
    "too_few": "too few answers",
}

CORNER_NAMES: Mapping[Corner, str] = {
    "protect": "protect",
    "act": "act",
    "clarify": "clarify",
    "reach": "who is not reached?",
}

CORNERS_EXPLAINED: Mapping[Corner, str] = {
    "protect": "Agreement from 50 on, and strong: protect it.",
    "act": "Agreement from 50 on, and weak: act on it.",
    "clarify": "Agreement under 50, and weak: clarify it first.",
    "reach": "Agreement under 50, and strong: ask who is not reached by it.",
}

OUTCOME_NAMES: Mapping[Outcome, str] = {
    "open": "open",
    "settled": "settled",
    "vote_again": "put to the vote again",
    "parked": "parked with its positions",
    "follow_up": "to be followed up",
}

ACTION_STATE_NAMES: Mapping[ActionState, str] = {
    "open": "open",
    "done": "done",
    "moved": "goes on",
    "dropped": "dropped",
}

IMPORTANCE_NAMES: Mapping[int, str] = {1: "of the usual weight", 2: "important", 3: "very important"}

RESOURCE_NAMES: Mapping[ResourceState, str] = {"have": "in place", "partly": "partly in place", "missing": "missing"}

ORIGIN_NAMES: Mapping[CandidateOrigin, str] = {
    "weakness": "a weakness",
    "unsettled": "not settled in the discussion",
    "obstacle": "the obstacle to the next stage",
    "own": "added by the room",
}

BAND_NAMES: Mapping[Band, str] = {"close": "close together", "mixed": "mixed", "apart": "far apart"}

RATED_BY_NAMES: Mapping[RatedBy, str] = {
    "self_placed": "people rated their own organisation",
    "scored": "scored by an assessment",
    "consumers": "rated by consumers",
    "unstated": "who rated is not stated",
}

AGREEMENT_EXPLAINED = (
    "100 = everybody gave the same answer; 0 = half the room at each end. "
    "It measures how far apart two people are who are picked at random."
)

HIDDEN_GROUP = "not shown: would tell too much"

_REGIONS: Mapping[Region, str] = {"low": "at the low end", "mid": "in the middle", "high": "at the high end"}
_LEANINGS: Mapping[Region, str] = {"low": "to the low end", "mid": "to the middle", "high": "to the high end"}


def band_in_words(band: Band | None) -> str:
    """How close the answers of a group lie; where saying so would tell them all, that it is not said."""
    return "closeness not shown" if band is None else BAND_NAMES[band]


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 ballot", "3 ballots"; `many` where an s is not enough."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def figure(value: float) -> str:
    """A figure with one decimal at most: "4", "3.5"."""
    return in_places(value, 1).removesuffix(".0")


def step_title(step: Step) -> str:
    """What a step is called, with its number: "1 Prepare"."""
    return f"{step.number} {STEP_NAMES[step]}"


# Patterns


PROVISIONAL = "Provisional: fewer than ten answered, so one answer weighs a lot."
"""What "provisional" means, where there is room to say it."""


def shape_in_words(shape: Shape) -> str:
    """The shape of a room's answers, as firmly as their number allows.

    "two camps, 6 against 6" from twenty answers on, "looks like two camps, …" below, and "provisional" below ten.
    """
    if shape.label == "too_few":
        return "too few answers for a pattern"
    words = _shape_words(shape)
    if shape.looks_like:
        words = f"looks like {words}"
    return f"{words} (provisional)" if shape.provisional else words


def pattern_in_words(result: ItemResult) -> str:
    """The pattern of an item: who is against whom where groups explain it, else the shape."""
    if result.pattern == "unit_against_unit":
        return f"{_opposed(result.unit_test, 'units')}; {shape_in_words(result.shape)}"
    if result.pattern == "level_against_level":
        return f"{_opposed(result.level_test, 'levels')}; {shape_in_words(result.shape)}"
    return shape_in_words(result.shape)


def group_remarks(result: ItemResult) -> tuple[str, ...]:
    """What is to be said with care of units and levels: that they may differ, and that some are not shown."""
    remarks = [
        f"{word.capitalize()} may differ."
        for word, test in (("units", result.unit_test), ("levels", result.level_test))
        if test.verdict == "may_differ"
    ]
    for word, breakdown, beside in (("Units", result.units, result.levels), ("Levels", result.levels, result.units)):
        hidden = [isinstance(group, Suppressed) for group in breakdown.values()]
        if hidden and all(hidden) and any(isinstance(group, GroupResult) for group in beside.values()):
            remarks.append(f"{word} are not shown: beside the others they would tell too much.")
        elif any(hidden):
            remarks.append(f"{word} are not shown where few answered or somebody’s answer would follow.")
    return tuple(remarks)


def one_vote_in_words(result: ItemResult) -> str:
    """How near the pattern is to another: "one vote from leaning or spread"; empty where it is firm."""
    if result.shape.label == "too_few" or not result.one_vote_from:
        return ""
    names = sorted(PATTERN_NAMES[label] for label in result.one_vote_from)
    return f"one vote from {' or '.join(names)}"


def _shape_words(shape: Shape) -> str:
    if shape.label == "lone_voices":
        if shape.dissent == "few":
            return counted(shape.far, "lone voice")
        relative = "that sees" if shape.looks_like else "sees"
        return f"a minority of {shape.far} {relative} it very differently"
    if shape.label == "two_camps" and shape.camps is not None:
        return f"two camps, {shape.camps.low_answers} against {shape.camps.high_answers}"
    if shape.region is not None:
        return f"{PATTERN_NAMES[shape.label]} {(_LEANINGS if shape.label == 'leaning' else _REGIONS)[shape.region]}"
    return "spread over the scale"


def _opposed(test: GroupTest, word: str) -> str:
    pair = test.pair or (test.groups if len(test.groups) == 2 else None)
    return f"{word} see it differently" if pair is None else f"{pair[0]} and {pair[1]} see it differently"


# Figures


def agreement_in_words(agreement: float | None) -> str:
    """Agreement in words, as "agreement 58", or that there is none to speak of."""
    if agreement is None:
        return "no agreement with fewer than two answers"
    return f"agreement {shown_agreement(agreement)}"


def gap_in_words(gap: float | None) -> str:
    """The mean distance of two people: "two people differ by 1.4 steps on average"; empty without one."""
    if gap is None:
        return ""
    if not gap:
        return "no two people differ"
    steps = figure(gap)
    if steps == "0":
        return "two people differ by less than 0.1 steps on average"
    return f"two people differ by {steps} {'step' if steps == '1' else 'steps'} on average"


def median_in_words(item: Item, median: float | None) -> str:
    """The median with its label: "median 4, “Mostly”", "median between “Rarely” and “Sometimes”"; empty without one."""
    if median is None:
        return ""
    said, place = figure(item.scale.called_at(median) or 0), int(median)
    if median == place:
        words = item.scale.called[place - 1].words
        return f"median {said}, “{words}”" if words else f"median {said}"
    lower, upper = (option.label for option in item.scale.options[place - 1 : place + 1])
    return f"median {said}, between “{lower}” and “{upper}”"


def middle_in_words(result: ItemResult) -> str:
    """The median of an item, as `median_in_words`; of two camps that it lies between them: it stands for nobody."""
    if result.shape.lies_between_camps(result.median):
        return f"median {figure(result.item.scale.called_at(result.median) or 0)}, between the two camps"
    return median_in_words(result.item, result.median)


def dont_know_in_words(result: ItemResult) -> str:
    """How many did not know, as "2 of 14 answered don’t know", marked where they are many; empty where nobody did."""
    if not result.dont_know:
        return ""
    words = f"{result.dont_know} of {result.n + result.dont_know} answered don’t know"
    return f"{words}, which is many" if result.many_dont_know else words


def left_out_in_words(result: ItemResult) -> str:
    """How many gave no answer, as "1 left it out"; empty where nobody did."""
    return f"{result.left_out} left it out" if result.left_out else ""


def group_answers_in_words(group: GroupResult) -> str:
    """How many of a group answered: "8", or "5 or more" where the number would tell who did not know."""
    return f"{group.least} or more" if group.n is None else str(group.n)


def item_summary(result: ItemResult) -> str:
    """The line under an item's chart: answers, median and how to read it, agreement, pattern, don't-knows."""
    parts = (
        counted(result.n, "answer"),
        middle_in_words(result),
        "high is bad here" if result.n and result.item.direction == "bad" else "",
        agreement_in_words(result.agreement) if result.n else "",
        pattern_in_words(result) if result.n else "",
        dont_know_in_words(result),
        left_out_in_words(result),
    )
    return " · ".join(part for part in parts if part)


def level_gap_in_words(gap: LevelGap, senior: str, front: str) -> str:
    """How far the two ends of the hierarchy are apart: "Lead rates it 2 steps better than Team"."""
    if not gap.steps:
        return f"{senior} and {front} see it alike"
    size = figure(abs(gap.steps))
    noun = "stage" if gap.item.item.is_stage_item else "step"
    steps = f"{size} {noun if size == '1' else noun + 's'}"
    if gap.item.item.is_stage_item:
        return f"{senior} places it {steps} {'higher' if gap.steps > 0 else 'lower'} than {front}"
    return f"{senior} rates it {steps} {'better' if gap.steps > 0 else 'worse'} than {front}"


def level_gaps_in_words(gaps: LevelGaps | None) -> str:
    """The sentences under the levels' picture; why there is nothing to see, where that is so."""
    if gaps is None:
        return "Fewer than two levels are declared, so there are no two ends of the hierarchy to compare."
    ends = f"{gaps.senior} and {gaps.front}"
    if not gaps.gaps:
        return f"Nothing is shown: {ends} did not both give enough answers to any item, or would give others away."
    apart = sum(abs(gap.steps) >= 1 for gap in gaps.gaps)
    widest = level_gap_in_words(gaps.gaps[0], gaps.senior, gaps.front)
    sentences = [f"{ends} are a step or more apart on {apart} of {counted(len(gaps.gaps), 'item')}."]
    if gaps.gaps[0].steps:
        sentences.append(f"Widest, on “{gaps.gaps[0].item.item.text.removesuffix('.')}”: {widest}.")
    if gaps.not_shown:
        sentences.append(
            f"{counted(gaps.not_shown, 'item is', 'items are')} not shown: only units are, or it would tell too much."
        )
    return " ".join(sentences)


def map_summary(result: RoundResult) -> str:
    """The line under the agreement map: how many items lie in each corner."""
    corners = Counter(item.corner for item in result.items if not item.item.is_stage_item)
    words: tuple[tuple[Corner, str], ...] = (
        ("protect", "to protect"),
        ("act", "to act on"),
        ("clarify", "to clarify"),
        ("reach", "to ask who is not reached"),
    )
    return " · ".join(f"{corners[corner]} {word}" for corner, word in words)


def ranking_summary(result: RoundResult) -> str:
    """The line under the list of items: how many there are and how agreement ranges over them."""
    values = [shown_agreement(item.agreement) for item in result.items if item.agreement is not None]
    low, high = min(values, default=0), max(values, default=0)
    range_words = f" · agreement {low if low == high else f'from {low} to {high}'}" if values else ""
    return f"{counted(len(result.items), 'item')} · {counted(result.ballots, 'ballot')}{range_words}"


def benchmark_in_words(benchmark: Benchmark) -> str:
    """Where a published figure comes from: publisher, title, year, n, who was asked, who rated."""
    parts = (
        benchmark.publisher,
        benchmark.title,
        "year not stated" if benchmark.year is None else str(benchmark.year),
        "n not stated" if benchmark.n is None else f"n = {benchmark.n:,}",
        benchmark.population,
        RATED_BY_NAMES[benchmark.rated_by],
    )
    return "; ".join(part for part in parts if part)


# Units and levels


def groups_taken_in_words(units: Sequence[str], levels: Sequence[str], source: str) -> list[str]:
    """What was declared out of a file or a roster, a sentence a line; none where nothing was."""
    named = (("Units", units), ("Levels", levels))
    lines = [f"{grouping} taken from {source}: {', '.join(names)}." for grouping, names in named if names]
    if len(levels) > 1:
        lines.append("The first level counts as the most senior, the last as the front line; Prepare can move one up.")
    return lines


def due_in_words(summary: SessionSummary, today: date, *, repeat_due: bool, taken_up: bool = False) -> str:
    """What of a session is due, from its open actions and its repeat; empty where nothing has a day.

    Args:
        summary: The session.
        today: The day it is looked at.
        repeat_due: Whether it is one of `repeats_due`.
        taken_up: Whether a later session has taken its open actions over, so that they are due there.
    """
    parts = []
    if taken_up and summary.open_actions:
        parts.append("taken up by a later session")
    elif summary.next_due is not None:
        late = summary.next_due < today
        word = "overdue since" if late else "due soon:" if is_due_soon(summary, today) else "next due"
        parts.append(f"{word} {summary.next_due.isoformat()}")
    if repeat_due and summary.repeat is not None:
        parts.append(f"self-test again since {summary.repeat.isoformat()}")
    return ", ".join(parts)
