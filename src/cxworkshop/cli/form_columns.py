"""What the columns of a form's export hold: from a file, from what was settled before, or by asking."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click

from cxworkshop.cli.output import harmless, note, say
from cxworkshop.domain.instruments import Item
from cxworkshop.intake.ballots import columns_of
from cxworkshop.intake.forms import (
    COMMENT,
    LEFT_OUT,
    WHO,
    Column,
    columns_text,
    heading_key,
    read_columns,
    settled_holds,
)
from cxworkshop.store.form_columns import read_remembered, remember

_SHOWN = 70


class FormColumns:
    """The columns of one file while it is imported.

    Args:
        sessions: The folder of sessions, beside which what was settled is remembered.
        given: A file that says what columns hold, as its bytes and its name; it goes before what is remembered.

    Raises:
        FileRefused: The given file, or the remembered one, is no list of columns.
        StoreError: What is remembered cannot be read.
    """

    def __init__(self, sessions: Path, given: tuple[bytes, str] | None) -> None:
        self._sessions = sessions
        self._remembered = remembered_columns(sessions)
        self._columns: tuple[Column, ...] = ()
        self.known: Mapping[str, str] = {**self._remembered, **(read_columns(*given) if given else {})}
        """What headings hold, by their key."""

    def settle(self, data: bytes, file_name: str, items: Sequence[Item], sheet: str, *, dry_run: bool) -> None:
        """Settle what every column of a form's export holds; nothing where the file is none.

        In a terminal, what is not known is asked for. Elsewhere it stays so, and a dry run prints what is known.

        Raises:
            FileRefused: The file cannot be read.
        """
        columns = columns_of(data, file_name, items, sheet=sheet, known=self.known)
        if any(column.holds is None for column in columns):
            if sys.stdin.isatty() and sys.stderr.isatty():
                kept = "is for this trial only" if dry_run else "is remembered for its next export, once this one is in"
                note(f"Some columns of this form are not known yet. What you say {kept}.")
                columns = tuple(column if column.holds is not None else _asked(column, items) for column in columns)
            elif dry_run:
                say(columns_text(columns))
        self._columns = columns
        self.known = {**self.known, **_held(self._columns)}

    def remember(self) -> None:
        """Keep what was settled for the next export of the same form; nothing where nothing is new.

        Raises:
            StoreError: It cannot be written.
        """
        now = {**self._remembered, **_held(self._columns)}
        if now != self._remembered:
            remember_columns(self._sessions, now)


def remember_columns(sessions: Path, known: Mapping[str, str]) -> None:
    """Keep what headings hold, by their key, in place of what was kept before.

    Raises:
        StoreError: It cannot be written.
    """
    remember(sessions, columns_text([Column(heading, holds) for heading, holds in sorted(known.items())]).encode())


def remembered_columns(sessions: Path) -> Mapping[str, str]:
    """What headings were settled to hold in earlier imports, by their key; empty where there were none.

    Raises:
        FileRefused: The file in which it is kept was damaged.
        StoreError: It cannot be read.
    """
    path, data = read_remembered(sessions)
    return read_columns(data, str(path)) if data else {}


def _held(columns: Sequence[Column]) -> dict[str, str]:
    return {heading_key(column.heading): column.holds for column in columns if column.holds is not None}


def _asked(column: Column, items: Sequence[Item]) -> Column:
    """A column with what somebody at the terminal says that it holds."""
    texts = {item.id: item.text for item in items}
    click.echo(harmless(f"\nWhat does this column hold?  {column.heading}"), err=True)
    for number, item_id in enumerate(column.near, start=1):
        click.echo(harmless(f"  {number}  {item_id}  {texts[item_id][:_SHOWN]}"), err=True)
    numbers = {str(number): item_id for number, item_id in enumerate(column.near, start=1)}
    offered = "A number from above, " if numbers else "An item’s id, "
    question = f"{offered}{', '.join(WHO)}, {COMMENT}ID, or {LEFT_OUT} to leave it out"
    while True:
        typed = click.prompt(question, err=True)
        holds = settled_holds(numbers.get(typed.strip(), typed), items)
        if holds is not None:
            return replace(column, holds=holds, near=())
        note("There is no such item or column; “cxworkshop sheet” lists the items with their ids.")
