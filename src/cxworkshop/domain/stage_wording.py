"""Sentences on where the room places the organisation in a maturity model, said once for screens and documents."""

from collections.abc import Mapping

from cxworkshop.domain.agreement import median
from cxworkshop.domain.breakdowns import Breakdown, Suppressed
from cxworkshop.domain.patterns import shape_of
from cxworkshop.domain.results import AlignmentVerdict, ModelResult
from cxworkshop.domain.wording import PROVISIONAL, agreement_in_words, counted, figure

ALIGNMENT_NAMES: Mapping[AlignmentVerdict, str] = {
    "aligned": "aligned",
    "partly": "partly aligned",
    "not_aligned": "not aligned",
}

_ALIGNMENT_SENTENCES: Mapping[AlignmentVerdict, str] = {
    "aligned": "The room is aligned: it sees the organisation at one place.",
    "partly": "The room is partly aligned: most are near each other, not all.",
    "not_aligned": "The room is not aligned: it sees the organisation at different places.",
}
_ALIGNED_NEARLY = "The room is aligned: it sees the organisation at one place or the one beside it."


def model_summary(result: ModelResult) -> str:
    """The line under the stages' chart: how many placed the organisation where, and whether they are aligned."""
    n, verdict = sum(result.counts), result.alignment.verdict
    if result.median_stage is None:
        return "Nobody placed the organisation."
    parts = (
        counted(n, "answer"),
        f"median {median_stage_in_words(result)}",
        agreement_in_words(result.alignment.agreement),
        "too few to call it aligned or not" if verdict is None else ALIGNMENT_NAMES[verdict],
    )
    return " · ".join(parts)


def median_stage_in_words(result: ModelResult) -> str:
    """The median of the stages: "2, “Rising”", or "2.5, between the two camps; the lower stage is 2, “Rising”"."""
    middle, stage = median(result.counts), stage_in_words(result)
    if middle is None:
        return ""
    where = between_stages(result)
    if middle == int(middle):
        return f"{stage}, {where}" if where else stage
    return f"{figure(middle)}, {where}; the lower stage is {stage}"


def stage_in_words(result: ModelResult) -> str:
    """The stage at which the room stands, as "2, “Rising”"; empty without answers."""
    return "" if result.median_stage is None else f"{result.median_stage}, “{result.stages[result.median_stage - 1]}”"


def between_stages(result: ModelResult) -> str:
    """Between what a median lies that is no stage, or for which nobody stands; empty for one that is the room's."""
    middle = median(result.counts)
    if middle is None:
        return ""
    if shape_of(result.counts).lies_between_camps(middle):
        return "between the two camps"
    lower = int(middle)
    return "" if middle == lower else f"between “{result.stages[lower - 1]}” and “{result.stages[lower]}”"


def alignment_in_words(result: ModelResult) -> str:
    """The verdict on alignment, and what groups add to it, in sentences; empty where nobody answered."""
    if not sum(result.counts):
        return ""
    if result.alignment.verdict is None:
        return "There are too few answers to say whether the room is aligned."
    sentences = [_ALIGNMENT_SENTENCES[result.alignment.verdict]]
    if result.alignment.verdict == "aligned" and sum(map(bool, result.counts)) > 1:
        sentences = [_ALIGNED_NEARLY]
    for word, breakdown in (("Units", result.alignment.by_unit), ("Levels", result.alignment.by_level)):
        stages = sorted(set(shown_stages(breakdown).values()))
        if len(stages) > 1:
            sentences.append(
                f"{word} place it between “{result.stages[stages[0] - 1]}” and “{result.stages[stages[-1] - 1]}”."
            )
    if shape_of(result.counts).provisional:
        sentences.append(PROVISIONAL)
    return " ".join(sentences)


def shown_stages(breakdown: Breakdown) -> Mapping[str, int]:
    """The stage of each group that may be shown."""
    return {name: group.stage for name, group in breakdown.items() if not isinstance(group, Suppressed)}
