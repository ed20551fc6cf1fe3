"""What the doctor finds: one line per thing looked at, with a verdict and what to change."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from textwrap import wrap
from typing import Any, Literal

Verdict = Literal["ok", "look at this", "will not work"]

_VERDICT_COLUMN = 15
_SUBJECT_COLUMN = 11
_WIDEST = 100
"""So that a line can be read in one glance."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    `said` is what was found; `change` is what to do about it, empty where there is nothing to do.
    """

    subject: str
    verdict: Verdict
    said: str
    change: str = ""


def worst(findings: Sequence[Finding]) -> Verdict:
    """The gravest of several verdicts; ok where there are none."""
    found = {finding.verdict for finding in findings}
    return "will not work" if "will not work" in found else "look at this" if "look at this" in found else "ok"


def as_lines(findings: Sequence[Finding], width: int = _WIDEST) -> Iterator[str]:
    """The findings as people read them: verdict, subject, what was found, and below it what to change."""
    width = max(2 * (_VERDICT_COLUMN + _SUBJECT_COLUMN), min(width, _WIDEST))
    indent = " " * (_VERDICT_COLUMN + _SUBJECT_COLUMN)
    for finding in findings:
        head = f"{finding.verdict:{_VERDICT_COLUMN}}{finding.subject:{_SUBJECT_COLUMN}}"
        yield from wrap(finding.said, width, initial_indent=head, subsequent_indent=indent)
        if finding.change:
            yield from wrap(finding.change, width, initial_indent=indent + "-> ", subsequent_indent=indent + "   ")


def as_plain(findings: Sequence[Finding]) -> dict[str, Any]:
    """The findings for scripts: verdicts with underscores, like every label in JSON."""
    plain = [{**asdict(finding), "verdict": finding.verdict.replace(" ", "_")} for finding in findings]
    return {"schema": 1, "verdict": worst(findings).replace(" ", "_"), "findings": plain}
