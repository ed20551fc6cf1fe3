"""The commands that fill, close and reveal rounds without the console."""

import click

from cxworkshop.cli.frame import command
from cxworkshop.cli.output import bytes_of, note, say
from cxworkshop.cli.wiring import workshop
from cxworkshop.domain import rounds
from cxworkshop.domain.errors import TooFewBallots
from cxworkshop.domain.promises import few_ballots_in_words
from cxworkshop.domain.wording import counted
from cxworkshop.facilitation import importing, revealing
from cxworkshop.facilitation.ports import SessionStore


@command("import")
@click.argument("session")
@click.argument("file")
@click.option(
    "--round", "round_number", metavar="N", type=click.IntRange(min=1), help="Take the ballots of this round only."
)
@click.option("--sheet", metavar="NAME", default="", help="The sheet of a workbook; the first unless named.")
@click.option("--columns", metavar="FILE.toml", help="What the columns of a form's export hold; --dry-run prints one.")
@click.option("--dry-run", is_flag=True, help="Check everything and change nothing.")
def import_ballots(
    session: str, file: str, *, round_number: int | None, sheet: str, columns: str | None, dry_run: bool
) -> None:
    """Take the ballots of a FILE, CSV or XLSX, into SESSION: all of them, or none.

    One answer a row (participant,unit,level,item,answer, and comment, round and code if there are any), or one
    participant a row (participant,unit,level, and a column for each item, round and code). Answers are option numbers
    from 1, or those that the ballot shows where the labels begin with numbers of their own (0 to 10); DK, ? or, where
    no option has that number, 0 for "don't know"; blank for left out. A round is opened where the last one is closed.

    The export of an online form is taken as well: a row for each person, and columns headed by the questions. Answers
    are the options' words, their numbers, or both. What a column holds is told from its heading, or asked for in a
    terminal, and remembered beside the sessions. Times, addresses and names that forms add are left out.

    The column code holds each participant's own code, which the program gave in an earlier round (KITE-42) or a form
    gave in all of them. It pairs the rounds, so that it can be told how many changed their minds. It must not say who
    somebody is: names, addresses and personnel numbers do. Where it is blank, rounds are compared as wholes.
    """
    from cxworkshop.cli.form_columns import FormColumns  # noqa: PLC0415 - only this command reads ballots
    from cxworkshop.intake.ballots import read_ballots  # noqa: PLC0415 - as above

    parts = workshop()
    with parts.opened(session) as store:
        data, items = bytes_of(file), store.session.content.items
        settled = FormColumns(parts.folder, None if columns is None else (bytes_of(columns), columns))
        settled.settle(data, file, items, sheet, dry_run=dry_run)
        ballots = read_ballots(data, file, items, sheet=sheet, known=settled.known)
        done = importing.import_ballots(store, ballots, random=parts.random, round_number=round_number, dry_run=dry_run)
    if not dry_run:
        settled.remember()
    said = importing.import_in_words(done, dry_run=dry_run)
    say(f"{said}\nNothing was changed." if dry_run else said)


@command("close-round")
@click.argument("session")
@click.option("--reveal", is_flag=True, help="Reveal it as well, which is final; a round that is closed is revealed.")
@click.option(
    "--although-few",
    is_flag=True,
    help="Reveal fewer than five ballots, too, although people's answers follow from them.",
)
def close_round(session: str, *, reveal: bool, although_few: bool) -> None:
    """Close the open round of SESSION."""
    with workshop().opened(session) as store:
        if store.session.open_round is not None or not reveal:
            if reveal:
                _refuse_before_closing(store)
                _refuse_few(store, although_few=although_few)
            closed = revealing.close_round(store)
            ballots = store.box.count(closed.key)
            note(f"{rounds.round_title(closed)} is closed with {counted(ballots, 'ballot')}.")
        if reveal:
            _refuse_few(store, although_few=although_few)
            revealed = revealing.reveal_round(store)
            note(f"{rounds.round_title(revealed)} is revealed; its ballots are sealed.")


def _refuse_before_closing(store: SessionStore) -> None:
    """Refuse what could be closed but not revealed, while nothing has changed yet."""
    session, present = store.session, store.session.open_round
    ballots = store.box.count(present.key) if present else 0
    rounds.reveal_round(rounds.close_round(session), ballots_in=ballots)


def _refuse_few(store: SessionStore, *, although_few: bool) -> None:
    """Refuse to reveal ballots that say of single people what they answered, unless that is wished."""
    session = store.session
    last = session.rounds[-1] if session.rounds else None
    few = few_ballots_in_words(session.rules, store.box.count(last.key)) if last and last.state != "revealed" else ""
    if few and not although_few:
        raise TooFewBallots(
            f"{few} Let more people vote (reopen-round opens a closed round), or reveal it with --although-few."
        )


@command("reopen-round")
@click.argument("session")
def reopen_round(session: str) -> None:
    """Open the round of SESSION again that was closed last, as long as it is not revealed."""
    with workshop().opened(session) as store:
        reopened = revealing.reopen_round(store)
        ballots = store.box.count(reopened.key)
        note(f"{rounds.round_title(reopened)} is open again with {counted(ballots, 'ballot')}.")
