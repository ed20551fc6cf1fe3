"""Exports of online forms: what each column holds, where its heading is a question and not the id of an item.

A form's export has a row for each person and a column for each question, headed by the question's words. Which column
is which item is settled once, from the words and from what was settled before, and by asking for the rest.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from cxworkshop.domain.instruments import DONT_KNOW, Item
from cxworkshop.domain.text import clean_line, name_key
from cxworkshop.intake.tables import Fault, FileRefused, quoted

LEFT_OUT = "-"
"""What a column is that is not taken in."""

WHO = ("participant", "unit", "level", "round", "code")
"""What a column can be besides an item or a comment on one."""

COMMENT = "comment:"
"""Before an item's id: the column holds comments on it."""

_NEAR = 0.72
_MOST_NEAR = 3
_NAMED = 5
_LONGEST_HEADING = 500
_LARGEST_COLUMNS = 1024 * 1024
_NUMBERED = re.compile(r"^\W*(?:q(?:uestion)?\s*)?\d{1,3}\s*[.):]\s*", re.IGNORECASE)
_ROW_OF_MATRIX = re.compile(r".*\[(.+)\]\s*$", re.DOTALL)
_NUMBER_FIRST = re.compile(r"\(?\s*(\d{1,2})\s*\)?\s*(?:[-\N{EN DASH}\N{EM DASH}=:.)]\s*)?(.*)", re.DOTALL)
_DONT_KNOW = frozenset({"dk", "?", "0", "don t know", "dont know", "i don t know", "i dont know", "do not know"})

_WHO_WORDS: Mapping[str, str] = {
    "participant": "participant",
    "id": "participant",
    "response id": "participant",
    "respondent id": "participant",
    "unit": "unit",
    "business unit": "unit",
    "department": "unit",
    "level": "level",
    "seniority": "level",
    "round": "round",
    "code": "code",
}
_NOT_ASKED = frozenset(
    """start time|completion time|last modified time|timestamp|date submitted|date started|date last action|start date
    |end date|last page|start language|seed|total time|ip address|email|e mail|e mail address|email address|username
    |name|first name|last name|collector id|custom data 1|custom data|referrer url|language|points|total points
    |quiz feedback|grade posted time""".replace("\n    ", "").split("|")
)
"""Columns that forms add by themselves. They say when, where and who, which a ballot must not carry."""


class ColumnsUnsettled(FileRefused):
    """It is not known of some columns what they hold."""

    def __init__(self, file_name: str, line: int, columns: Iterable["Column"]) -> None:
        unknown = [quoted(column.heading) for column in columns if column.holds is None]
        more = f" and {len(unknown) - _NAMED} more" if len(unknown) > _NAMED else ""
        sentence = (
            "there is no column “participant”, so it was taken for a form’s export, and it is not known what these "
            f"columns hold: {', '.join(unknown[:_NAMED])}{more}; “cxworkshop import” asks for them in a terminal, and "
            "takes a list of them with --columns"
        )
        super().__init__(file_name, [Fault(line, "", sentence)])


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a form's export."""

    heading: str
    """As it stands in the file, cleaned, on one line."""
    holds: str | None
    """An item's id, one of `WHO`, `comment:` and an item's id, or `LEFT_OUT`; None where that is not settled."""
    near: tuple[str, ...] = ()
    """Ids of items whose words are much like the heading, nearest first; where it is not settled."""


def is_form(headings: Iterable[str]) -> bool:
    """Whether the first row of a table is that of a form: it has none of the columns that our own tables must have."""
    return not {"participant", "item", "answer"} & {heading.strip().casefold() for heading in headings}


def settle(headings: Sequence[str], items: Sequence[Item], known: Mapping[str, str]) -> tuple[Column, ...]:
    """What each column holds, as far as that is beyond doubt.

    A heading says an item where it is the item's id or its words, numbering and punctuation aside, or where its words
    stand in square brackets, as in a matrix of questions. Words that are only alike are offered, never taken.

    Args:
        headings: The cells of the first row.
        items: The items that may be answered.
        known: What headings were settled to hold before, by `heading_key`; it goes before everything else. What names
            an item that is not there counts for nothing.
    """
    by_words = _by_words(items)
    ids = {item.id for item in items}
    found: list[Column] = []
    for written in headings:
        heading = clean_line(written, _LONGEST_HEADING)
        key = heading_key(heading)
        holds = known.get(key)
        if holds is None or not _is_holdable(holds, ids):
            holds = _WHO_WORDS.get(key) or (LEFT_OUT if key in _NOT_ASKED else _item_of(heading, by_words))
        near = () if holds is not None else _alike(key, by_words)
        found.append(Column(heading, holds, near))
    return tuple(found)


def heading_key(heading: str) -> str:
    """The form in which headings are compared: letters and digits, folded, without a number in front."""
    return _words(_NUMBERED.sub("", heading)) or _words(heading)


def _words(text: str) -> str:
    """Letters and digits alone, folded, with single spaces."""
    return " ".join(re.findall(r"\w+", name_key(text)))


def settled_holds(written: str, items: Iterable[Item]) -> str | None:
    """What somebody typed that a column holds, in the form in which it is kept; None where there is no such thing."""
    ids = {item.id.casefold(): item.id for item in items}
    typed = written.strip()
    if typed == LEFT_OUT or typed.casefold() in WHO:
        return typed.casefold()
    if typed.casefold().startswith(COMMENT):
        commented = ids.get(typed[len(COMMENT) :].strip().casefold())
        return None if commented is None else COMMENT + commented
    return ids.get(typed.casefold())


def option_of(cell: str, item: Item) -> int | None:
    """The option that a cell of a form names, from 1; `DONT_KNOW` for "don't know", None where it names none.

    It may be the number by which the option is called, its label, or both: `4`, `Agree`, `4 - Agree`, `(4) Agree`.
    """
    called = item.scale.called
    labels = {_words(each.words): place for place, each in enumerate(called, start=1) if each.words}
    labels |= {_words(option.label): place for place, option in enumerate(item.scale.options, start=1)}
    words = _words(cell)
    # Labels first: some are numbers themselves, or say that something is not known.
    if words in labels:
        return labels[words]
    match = _NUMBER_FIRST.fullmatch(cell.strip())
    number, rest = (None, "") if match is None else (item.scale.place_of(int(match[1])), _words(match[2]))
    if number is not None:
        return number if not rest or labels.get(rest) == number else None
    return DONT_KNOW if words in _DONT_KNOW or cell.strip() == "?" else None


def _is_holdable(holds: str, ids: set[str]) -> bool:
    return holds == LEFT_OUT or holds in WHO or holds.removeprefix(COMMENT) in ids


def _by_words(items: Iterable[Item]) -> dict[str, str | None]:
    """Ids of items by their words and ids; None where two items have the same words."""
    found: dict[str, str | None] = {}
    for item in items:
        for key in {heading_key(item.text), _words(item.id)}:
            found[key] = None if key in found else item.id
    return found


def _item_of(heading: str, by_words: Mapping[str, str | None]) -> str | None:
    row = _ROW_OF_MATRIX.fullmatch(heading)
    return by_words.get(heading_key(heading)) or (by_words.get(heading_key(row[1])) if row else None)


def _alike(key: str, by_words: Mapping[str, str | None]) -> tuple[str, ...]:
    near = get_close_matches(key, by_words, n=_MOST_NEAR, cutoff=_NEAR)
    return tuple(dict.fromkeys(found for name in near if (found := by_words[name]) is not None))


def columns_text(columns: Iterable[Column]) -> str:
    """Columns as a TOML file that `read_columns` takes: a line each, with what is not settled left empty."""
    import tomlkit  # noqa: PLC0415 - only what is written down needs it

    table = tomlkit.table()
    for column in columns:
        table[column.heading] = column.holds or ""
        if column.near:
            table[column.heading].comment(f"perhaps {', '.join(column.near)}")
    document = tomlkit.document()
    document["columns"] = table
    return tomlkit.dumps(document)


def read_columns(data: bytes, file_name: str) -> Mapping[str, str]:
    """What headings were settled to hold, by `heading_key`, from a file as `columns_text` writes it.

    Lines left empty are passed over.

    Raises:
        FileRefused: It is no such file.
    """

    def refused(sentence: str) -> FileRefused:
        return FileRefused(file_name, [Fault(0, "", sentence)])

    if len(data) > _LARGEST_COLUMNS:
        raise refused("it is larger than 1 MB, so it is no list of columns")
    try:
        table = tomllib.loads(data.decode("utf-8-sig")).get("columns")
    except (ValueError, RecursionError):
        raise refused("it is not TOML in UTF-8; --dry-run prints one to begin with") from None
    if not isinstance(table, dict) or not all(isinstance(holds, str) for holds in table.values()):
        raise refused('below [columns] it needs lines such as "the heading" = "the item’s id"')
    return {heading_key(heading): holds for heading, holds in table.items() if holds.strip()}
