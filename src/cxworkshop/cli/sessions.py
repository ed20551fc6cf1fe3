"""The commands that make and list sessions."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import click

from cxworkshop.cli.frame import command
from cxworkshop.cli.output import bytes_of, note, say
from cxworkshop.cli.wiring import Workshop, workshop
from cxworkshop.domain.session import SMALLEST_GROUP, Privacy, Rules
from cxworkshop.domain.summaries import SessionSummary, is_due_soon, repeats_due, taken_up
from cxworkshop.domain.text import LINE_LIMIT, clean_line, name_key
from cxworkshop.domain.wording import due_in_words, groups_taken_in_words, step_title
from cxworkshop.facilitation import preparing
from cxworkshop.facilitation.preparing import Person, Preparation
from cxworkshop.facilitation.taking_up import read_earlier


@command("new")
@click.argument("title")
@click.option("--organisation", metavar="O", default="", help="Whose customer experience it is.")
@click.option("--agenda", type=click.Choice(["45", "90", "180"]), show_default="90", help="Minutes of the sitting.")
@click.option(
    "--pack",
    "packs",
    metavar="ID|FILE",
    multiple=True,
    help="A pack whose self-test takes the place of the agenda's; may be given several times.",
)
@click.option("--unit", "units", metavar="U", multiple=True, help="A business unit; may be given several times.")
@click.option(
    "--level", "levels", metavar="L", multiple=True, help="A level of seniority, most senior first; several times."
)
@click.option(
    "--privacy",
    type=click.Choice([mode.value for mode in Privacy]),
    show_default=Privacy.CONFIDENTIAL.value,
    help="What is known of who voted what.",
)
@click.option(
    "--min-group",
    "minimum_group",
    metavar="N",
    type=int,
    show_default=str(SMALLEST_GROUP),
    help="The fewest answers behind any figure of a unit or level; may be raised, not lowered.",
)
@click.option(
    "--roster",
    metavar="FILE.csv",
    help="Who is in the room: name, unit, level. Where no units or levels are given, the file's are declared in its "
    "order; levels stand most senior first.",
)
@click.option(
    "--follows",
    metavar="SESSION",
    help="The last session of the same organisation, to take up: its open actions are reviewed, its results compared. "
    "What is not given here (organisation, self-tests, units, levels, rules) is as it was there.",
)
def new(
    title: str,
    *,
    organisation: str,
    agenda: str | None,
    packs: Sequence[str],
    units: Sequence[str],
    levels: Sequence[str],
    privacy: str | None,
    minimum_group: int | None,
    roster: str | None,
    follows: str | None,
) -> None:
    """Prepare a session called TITLE for today, and print its id.

    Everything else can be changed in the console: what voters are promised until a vote is open, units and levels until
    the first ballot is in.
    """
    parts = workshop()
    earlier = None if follows is None else read_earlier(parts.catalogue, parts.catalogue.find(follows))
    before = None if earlier is None else earlier.session
    usual = Rules() if earlier is None else earlier.rules
    prepared = Preparation(
        title,
        parts.clock().date(),
        before.content if before and not agenda and not packs else parts.library.content(agenda or "90", packs),
        organisation=organisation or (before.about.organisation if before else ""),
        units=tuple(units) or (before.units if before else ()),
        levels=tuple(levels) or (before.levels if before else ()),
        rules=replace(
            usual,
            privacy=Privacy(privacy) if privacy else usual.privacy,
            minimum_group=usual.minimum_group if minimum_group is None else minimum_group,
        ),
        people=_people(roster),
        earlier=earlier,
    )
    session = preparing.new_session(prepared, random=parts.random)
    taken = (session.units if not prepared.units else (), session.levels if not prepared.levels else ())
    for sentence in groups_taken_in_words(*taken, "the roster"):
        note(sentence)
    if earlier is None:
        parts.warn_of_folder()
    else:  # what is to be said of the folder is among what is said of a session in it
        for warning in earlier.warnings:
            note(warning)
        if name_key(session.about.organisation) != name_key(earlier.session.about.organisation):
            note(f"{earlier.last.id} is of another organisation: {earlier.session.about.organisation or 'none named'}.")
    if len(clean_line(title, LINE_LIMIT)) > len(session.about.title):
        note(f"The title was longer than a title may be, and was cut: “{session.about.title}”")
    store = parts.catalogue.create(session)
    store.close()
    say(store.session.about.id)


def _people(roster: str | None) -> tuple[Person, ...]:
    if roster is None:
        return ()
    from cxworkshop.intake.rosters import read_roster  # noqa: PLC0415 - most sessions come without a file

    return tuple(Person(*person) for person in read_roster(bytes_of(roster), roster))


@command("list")
@click.option("--json", "as_json", is_flag=True, help="As a JSON list.")
def list_sessions(as_json: bool) -> None:
    """List the sessions, newest first, with what is due, and what cannot be opened and why.

    What is damaged or torn in a session that can be opened is told on stderr.
    """
    parts = workshop()
    found, today = parts.catalogue.summaries(), parts.clock().date()
    for summary in found:
        if summary.warning:
            note(f"{summary.id}: {summary.warning}")
    if as_json:
        repeats, over = repeats_due(found, today), taken_up(found)
        listed = [_plain(each, today, repeat_due=each.id in repeats, over=each.id in over) for each in found]
        say(json.dumps(listed, ensure_ascii=False, indent=2))
    elif found:
        say(_table(found, today))
    else:
        _tell_of_none(parts)


def _plain(summary: SessionSummary, today: date, *, repeat_due: bool, over: bool) -> dict[str, Any]:
    next_due = None if over else summary.next_due
    return {
        "id": summary.id,
        "title": summary.title,
        "organisation": summary.organisation,
        "date": summary.held.isoformat(),
        "step": summary.step.value,
        "takes_ballots": summary.takes_ballots,
        "ballots": summary.ballots,
        "open_actions": summary.open_actions,
        "next_due": summary.next_due.isoformat() if summary.next_due else None,
        "overdue": next_due is not None and next_due < today,
        "due_soon": not over and is_due_soon(summary, today),
        "taken_up": over,
        "last_time": summary.last_time or None,
        "repeat": summary.repeat.isoformat() if summary.repeat else None,
        "repeat_due": repeat_due,
        "rehearsal": summary.rehearsal,
        "saved": summary.saved.isoformat(timespec="seconds"),
        "problem": summary.problem or None,
        "warning": summary.warning or None,
    }


def _table(found: Sequence[SessionSummary], today: date) -> str:
    repeats, over = repeats_due(found, today), taken_up(found)
    width = max(len(summary.id) for summary in found)
    lines = [f"{'id':{width}}  step             ballots  open actions  title"]
    for summary in found:
        if summary.problem:
            lines.append(f"{summary.id:{width}}  cannot be opened: {summary.problem}")
            continue
        step = step_title(summary.step)
        whose = f" · {summary.organisation}" if summary.organisation else ""
        figures = f"{step:15}  {summary.ballots:7}  {summary.open_actions:12}"
        due = due_in_words(summary, today, repeat_due=summary.id in repeats, taken_up=summary.id in over)
        lines.append(f"{summary.id:{width}}  {figures}  {summary.title}{whose}{f'  ({due})' if due else ''}")
    return "\n".join(lines)


def _tell_of_none(parts: Workshop) -> None:
    place = parts.folder
    note(
        f"There are no sessions in {place} yet; make one with: cxworkshop new TITLE. Those of a checkout are found "
        "only from there: go to its folder by cd, or name its folder of sessions by --sessions DIR."
    )
