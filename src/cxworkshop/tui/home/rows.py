"""The lines of the home screen."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from rich.cells import cell_len
from textual.content import Content

from cxworkshop.domain.summaries import repeats_due, taken_up
from cxworkshop.domain.wording import counted, due_in_words, step_title
from cxworkshop.facilitation.ports import PackListing, SessionSummary
from cxworkshop.tui.home.resuming import saved
from cxworkshop.tui.keymap import with_keys
from cxworkshop.tui.widgets.charts.ink import fit
from cxworkshop.tui.widgets.sheet import Row

_USUAL_LABEL = 48

SESSION = "session:"
REHEARSAL = "rehearsal:"


def home_rows(
    sessions: Sequence[SessionSummary], rehearsals: Sequence[SessionSummary], now: datetime, label: int = _USUAL_LABEL
) -> list[Row]:
    """Sessions, newest first, then practice sessions; where there is none, what belongs there and the key for it.

    Args:
        sessions: Newest first.
        rehearsals: The practice sessions, newest first.
        now: For what is due.
        label: Cells that organisation and title have together; the organisation is cut where it takes too many.
    """
    rows = [Row("", "Sessions")]
    if not sessions:
        rows.append(
            Row("new:", with_keys("No session yet: [n:home.new] begins one, [i:home.import] takes in a backup"))
        )
    repeats, over = repeats_due(sessions, now.date()), taken_up(sessions)
    rows += [_row(SESSION, each, now, label, repeat_due=each.id in repeats, over=each.id in over) for each in sessions]
    rows.append(Row("", "Practice, kept apart from real sessions"))
    if not rehearsals:
        rows.append(
            Row(
                "rehearse:",
                with_keys("None yet: [r:home.rehearse] walks through all steps with simulated people, in five minutes"),
            )
        )
    rows += [_row(REHEARSAL, summary, now, label) for summary in rehearsals]
    return rows


def _row(
    prefix: str, summary: SessionSummary, now: datetime, label: int, *, repeat_due: bool = False, over: bool = False
) -> Row:
    whose = summary.organisation
    if cell_len(whose) > label * 2 // 5:
        # Sessions of one organisation are told apart by their titles.
        whose = fit(whose, label // 4).rstrip()
    name = " · ".join(part for part in (whose, summary.title) if part) or summary.id
    if summary.problem:
        return Row(f"{prefix}{summary.id}", name, warning=summary.problem, refusal=summary.problem)
    state = f"{summary.held.isoformat()}  {step_title(summary.step)}"
    if summary.warning:  # in the place of the facts, which would push it off the screen; all of it is told on opening
        return Row(f"{prefix}{summary.id}", name, state, warning=summary.warning)
    return Row(f"{prefix}{summary.id}", name, state, " · ".join(_facts(summary, now, repeat_due, over)))


def _facts(summary: SessionSummary, now: datetime, repeat_due: bool, over: bool) -> Iterable[str]:
    # What is due stands first, since a narrow window shows the beginning only.
    if due := due_in_words(summary, now.date(), repeat_due=repeat_due, taken_up=over):
        yield due
    if summary.ballots:
        yield counted(summary.ballots, "ballot")
    if summary.open_actions:
        yield counted(summary.open_actions, "open action")
    yield saved(summary, now)


def packs_text(listings: Sequence[PackListing]) -> Content:
    """Every pack with what it holds, or why it cannot be used."""
    lines: list[Content] = []
    for listing in listings:
        if listing.pack is None:
            lines.append(Content.assemble(("! ", "bold $error"), Content(listing.id).stylize("bold")))
            lines.append(Content.assemble("    ", (listing.problem, "$error")))
            continue
        holds = counted(listing.items, "item") if listing.items else "no self-test"
        lines.append(Content.assemble("✓ ", Content(listing.id).stylize("bold"), "  ", listing.title))
        credit = str(listing.pack.source)
        lines.append(Content.assemble("    ", (" · ".join(part for part in (holds, credit) if part), "$text-muted")))
    if not lines:
        lines.append(Content("No packs were found. “cxworkshop packs new FILE” writes one to begin with."))
    return Content("\n").join(lines)
