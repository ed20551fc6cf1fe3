"""The commands that show and write what a session came to."""

import json
from pathlib import Path
from typing import get_args

import click

from cxworkshop.cli.frame import command
from cxworkshop.cli.output import bytes_of, note, say
from cxworkshop.cli.results_table import results_table
from cxworkshop.cli.wiring import Workshop, workshop
from cxworkshop.domain.errors import WrongUsage
from cxworkshop.domain.published import results_of
from cxworkshop.facilitation.ports import DocumentForm, DocumentName, TablePreset


@command("results")
@click.argument("session")
@click.option(
    "--round",
    "round_number",
    metavar="N",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Which round; votes taken again are rounds 2 and up.",
)
@click.option("--json", "as_json", is_flag=True, help="As JSON, with unrounded figures.")
def results(session: str, round_number: int, as_json: bool) -> None:
    """Show the results of a revealed round of SESSION, as far as they may be shown."""
    with workshop().opened(session) as store:
        found = results_of(store.session, store.box.ballots, round_number)
        if as_json:
            from cxworkshop.report.results_json import results_document  # noqa: PLC0415 - loads the room of reports

            say(json.dumps(results_document(store.session, found), ensure_ascii=False, indent=2))
        else:
            say(results_table(store.session, found))


@command("export")
@click.argument("session")
@click.option(
    "--document", type=click.Choice(get_args(DocumentName)), default="plan", show_default=True, help="What to write."
)
@click.option(
    "--format", "form", type=click.Choice(get_args(DocumentForm)), default="markdown", show_default=True, help="How."
)
@click.option(
    "--preset",
    type=click.Choice(get_args(TablePreset)),
    default="generic",
    show_default=True,
    help="Whose columns a plan in CSV has.",
)
@click.option("--month-first", is_flag=True, help="Due dates in CSV as 03/31/2027.")
@click.option("--template", metavar="FILE", help="A Jinja template of your own, instead of --format.")
@click.option("--output", metavar="FILE", help="A file instead of stdout; written whole or not at all.")
@click.option("--force", is_flag=True, help="Overwrite the file where it is there.")
def export(
    session: str,
    *,
    document: DocumentName,
    form: DocumentForm,
    preset: TablePreset,
    month_first: bool,
    template: str | None,
    output: str | None,
    force: bool,
) -> None:
    """Write the plan or the report of SESSION.

    As HTML they are one file with charts, for any browser and for paper, that loads nothing from anywhere. As CSV
    the plan has a line for each action, in columns for a spreadsheet or in those that GitLab, Jira or Asana import;
    the report, a line for each item and option. As ICS the plan is a calendar of due dates and the repeat.

    A template of your own is given what --format json has, and is confined: it reaches no file and is stopped where it
    takes too much. docs/templates.md lists every name it may use.
    """
    if form != "csv" and (preset != "generic" or month_first):
        raise WrongUsage("--preset and --month-first go with --format csv.")
    if template is not None and form != "markdown":
        raise WrongUsage("--template stands in place of --format; leave one of them out.")
    parts = workshop()
    with parts.opened(session) as store:
        if template is None:
            text = parts.press.render(store.session, store.box, document, form, preset=preset, month_first=month_first)
        else:
            text = _by_template(template, parts.press.render(store.session, store.box, document, "json"))
    put_out(parts, text, output, force=force)


def _by_template(path: str, data: str) -> str:
    """What somebody's own template makes of a document in JSON."""
    from cxworkshop.report.own_templates import rendered_by  # noqa: PLC0415 - loads the room of reports

    return rendered_by(bytes_of(path), Path(path).name, data)


@command("sheet")
@click.argument("session")
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "markdown", "slips"]),
    default="csv",
    show_default=True,
    help="How; slips are the codes of an anonymous session, to be printed, cut and handed out.",
)
@click.option("--output", metavar="FILE", help="A file instead of stdout; one that is there is not overwritten.")
@click.option("--force", is_flag=True, help="Overwrite the file where it is there.")
def sheet(session: str, form: str, output: str | None, *, force: bool) -> None:
    """Write a blank ballot for people who are not in the room of SESSION: to be filled in, and taken in by import."""
    from cxworkshop.report.sheets import blank_sheet  # noqa: PLC0415 - loads the room of reports

    parts = workshop()
    with parts.opened(session) as store:
        text = blank_sheet(store.session, form)
    put_out(parts, text, output, force=force)


def put_out(parts: Workshop, text: str, output: str | None, *, force: bool = False) -> None:
    """Print a text, or write it to a file and tell where that is."""
    if output is None:
        say(text, as_it_is=True)
    else:
        note(f"Written to {parts.press.write(text, output, force=force)}")
