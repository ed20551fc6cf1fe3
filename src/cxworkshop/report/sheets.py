"""Blank ballots for people who are not in the room: to be filled in by hand, or as a file that can be imported."""

import csv
import io
from collections.abc import Mapping
from typing import Any

from cxworkshop.domain import promises
from cxworkshop.domain.errors import CxWorkshopError, WrongUsage
from cxworkshop.domain.instruments import Instrument, Item
from cxworkshop.domain.session import Privacy, Session
from cxworkshop.report.markdown import rendered


class NoCodes(CxWorkshopError):
    """There are no codes that could be handed out."""


def blank_sheet(session: Session, form: str) -> str:
    """A blank ballot over the items of the open self-test round, else over all items.

    Args:
        session: The session.
        form: `csv`: a header with a column for each item, under which each person takes a line; `csv-long`: a line for
            each item, to be copied for each person; both can be imported once filled in. `markdown`: to be printed,
            with every item and its options, numbered as on a terminal, the promise, and whom to return it to.
            `slips`: the codes of an anonymous session, to be printed, cut and handed out.

    Raises:
        WrongUsage: There is no such form.
        NoCodes: Slips are asked for, and there are no codes.
    """
    items = _items(session)
    if form == "csv":
        return _table([["participant", "unit", "level", *(item.id for item in items)]])
    if form == "csv-long":
        header = ["participant", "unit", "level", "item", "answer", "comment"]
        return _table([header, *(["", "", "", item.id, "", ""] for item in items)])
    if form == "markdown":
        return rendered("sheet.md.j2", _view(session, items))
    if form == "slips":
        return rendered("slips.md.j2", _slips(session))
    raise WrongUsage(f"“{form}” is not a form of blank ballots; there are csv, csv-long, markdown and slips.")


def _slips(session: Session) -> dict[str, Any]:
    """The codes to hand out, with what sitting they are of."""
    codes = [person.code for person in session.participants.values() if person.code]
    if session.rules.privacy is not Privacy.ANONYMOUS or not codes:
        raise NoCodes("There are no codes to hand out: only an anonymous session has them, once they are made there.")
    about = session.about
    return {
        "rehearsal": about.rehearsal,
        "title": about.title,
        "organisation": about.organisation,
        "held": about.held.isoformat(),
        "codes": codes,
    }


def _items(session: Session) -> tuple[Item, ...]:
    present = session.open_round
    if present is None or present.kind != "self_test":
        return session.content.items
    return tuple(item for item in session.content.items if item.id in present.items)


def _table(rows: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _view(session: Session, items: tuple[Item, ...]) -> dict[str, Any]:
    promise = promises.promise(session.rules)
    numbers = {item.id: number for number, item in enumerate(items, start=1)}
    return {
        "rehearsal": session.about.rehearsal,
        "title": session.about.title,
        "organisation": session.about.organisation,
        "held": session.about.held.isoformat(),
        "return_to": session.about.facilitator or "the facilitator",
        "kept": list(promise.kept),
        "not_kept": list(promise.not_kept),
        "units": list(session.units),
        "levels": list(session.levels),
        "instruments": [_instrument(instrument, numbers) for instrument in session.content.instruments],
    }


def _instrument(instrument: Instrument, numbers: Mapping[str, int]) -> dict[str, Any]:
    return {
        "title": instrument.title,
        "introduction": instrument.introduction,
        "questions": [
            {
                "number": numbers[item.id],
                "text": item.text,
                "help": item.help,
                "options": [
                    {"number": each.number, "label": each.words, "anchor": option.anchor}
                    for each, option in zip(item.scale.called, item.scale.options, strict=True)
                ],
            }
            for item in instrument.items
            if item.id in numbers
        ],
    }
