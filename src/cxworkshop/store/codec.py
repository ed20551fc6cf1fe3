"""A session as documents and back: which part lies in which table, under which id.

Values become documents through msgspec, which reads the fields and types from the dataclasses of the domain; so a field
added there, with a default, is stored without a word here. Reading checks every type.

====================  ================================================  ===========================
table                 id                                                document
====================  ================================================  ===========================
``session``           name of a section (`SECTIONS`)                    that section
``participants``      id of the participant                             `Participant`
``discussion``        id of the item                                    `Discussion`
``priorities``        id of the candidate                               `Candidate`
``actions``           id of the action                                  `Action`
``ballots``           ``<round>:<code>``                                `Ballot`
``roll``              ``<round>:<participant id>``                      nothing, or the ballot's code
====================  ================================================  ===========================
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, TypeAlias, TypeVar

import msgspec

from cxworkshop.domain.ballots import Ballot
from cxworkshop.domain.content import Content
from cxworkshop.domain.errors import DamagedSession, NotStorable
from cxworkshop.domain.last_time import LastTime
from cxworkshop.domain.session import (
    SCHEMA,
    About,
    Action,
    Candidate,
    Closing,
    Discussion,
    Live,
    Participant,
    Round,
    RoundKind,
    Rules,
    Session,
)

Document: TypeAlias = Mapping[str, Any]
"""One document as JSON knows it."""
Writes: TypeAlias = dict[str, dict[str, Document | None]]
"""Documents to write, by table and id; None for one to remove."""

SESSION: Final = "session"
PARTICIPANTS: Final = "participants"
BALLOTS: Final = "ballots"
ROLL: Final = "roll"
DISCUSSION: Final = "discussion"
PRIORITIES: Final = "priorities"
ACTIONS: Final = "actions"

TABLES: Final = (SESSION, PARTICIPANTS, BALLOTS, ROLL, DISCUSSION, PRIORITIES, ACTIONS)
"""Every table of a session."""

COLLECTIONS: Final[Mapping[str, tuple[str, type]]] = MappingProxyType(
    {
        PARTICIPANTS: ("participants", Participant),
        DISCUSSION: ("discussion", Discussion),
        PRIORITIES: ("candidates", Candidate),
        ACTIONS: ("actions", Action),
    }
)
"""Tables with one document per value: the field of `Session` that holds them, and the type of a value."""

_VALUES: Final[Mapping[str, type]] = MappingProxyType(
    {"about": About, "rules": Rules, "content": Content, "live": Live, "closing": Closing}
)
SECTIONS: Final = (*_VALUES, "rounds", "groups", "last_time")
"""Ids of the documents of the table `session`. `about` also carries the schema, `groups` the units and levels."""

_ROUND_KEYS: Final[Mapping[RoundKind, re.Pattern[str]]] = MappingProxyType(
    {
        "self_test": re.compile("[1-9][0-9]{0,5}"),
        "dots": re.compile("dots-[1-9][0-9]{0,5}"),
        "ratings": re.compile("ratings-[1-9][0-9]{0,5}"),
        "feedback": re.compile("feedback-[1-9][0-9]{0,5}"),
    }
)

_Value = TypeVar("_Value")


def encode_ballot(ballot: Ballot) -> Document:
    """A ballot as a document.

    Raises:
        NotStorable: a field holds something of the wrong type.
    """
    document: Document = _encode(ballot, Ballot)
    return document


def decode_ballot(document: Document) -> Ballot:
    """A ballot from its document.

    Raises:
        DamagedSession: it is not the document of a ballot.
    """
    return _decode(document, Ballot, "a ballot")


def decode_ballots(documents: Sequence[Document]) -> list[Ballot]:
    """Ballots from their documents, in the same order.

    Raises:
        DamagedSession: one of them is not the document of a ballot.
    """
    return _decode(documents, list[Ballot], "a ballot")


def decode_members(table: str, documents: Mapping[str, Document]) -> dict[str, Any]:
    """The values of one of the `COLLECTIONS` from their documents, by id.

    All at once takes a third of the time that one after the other does.

    Raises:
        DamagedSession: one of the documents is not one of that table's.
    """
    kind = COLLECTIONS[table][1]
    try:
        return dict(zip(documents, msgspec.convert([*documents.values()], list[kind]), strict=True))  # type: ignore[valid-type]
    except msgspec.ValidationError:
        return {key: _decode(document, kind, f"“{key}” among the {table}") for key, document in documents.items()}


def decode_section(name: str, document: Document) -> dict[str, Any]:
    """The fields of `Session` that a section gives.

    Raises:
        DamagedSession: the document is not that section's.
    """
    where = f"the part “{name}”"
    if name == "rounds":
        return {"rounds": _rounds(document.get("rounds"), where)}
    if name == "groups":
        return {field: _decode(document.get(field), tuple[str, ...], where) for field in ("units", "levels")}
    if name == "last_time":
        last = document.get("last_time")
        return {"last_time": None if last is None else _decode(last, LastTime, where)}
    return {name: _decode(document, _VALUES[name], where)}


def encode_section(name: str, session: Session) -> Document:
    """A section of a session as a document.

    Raises:
        NotStorable: a field holds something of the wrong type.
    """
    if name == "rounds":
        return {"rounds": _encode(session.rounds, tuple[Round, ...])}
    if name == "groups":
        return {field: _encode(getattr(session, field), tuple[str, ...]) for field in ("units", "levels")}
    if name == "last_time":
        return {"last_time": _encode(session.last_time, LastTime | None)}
    document = _encode(getattr(session, name), _VALUES[name])
    return {"schema": SCHEMA, **document} if name == "about" else document


def schema_of(about: Document) -> int:
    """The schema that a session's section `about` was written under.

    Raises:
        DamagedSession: it names none.
    """
    schema = about.get("schema")
    if isinstance(schema, int) and not isinstance(schema, bool) and schema >= 0:
        return schema
    raise DamagedSession(_damaged("the part “about”", "it names no schema"))


def writes_for(before: Session | None, after: Session) -> Writes:
    """What has to be written so that a stored session `before` becomes `after`.

    Parts are told apart by identity first, then by equality, so that what a transition left alone costs nothing: the
    content, by far the largest, is neither compared nor encoded again.

    Args:
        before: The session as it is stored; None where nothing is.
        after: The session as it shall be.

    Returns:
        The documents that differ, by table and id; a table without a difference is left out.

    Raises:
        NotStorable: a field holds something of the wrong type.
    """
    writes: Writes = {}
    if before is after:
        return writes
    sections = {name: encode_section(name, after) for name in SECTIONS if _section_differs(name, before, after)}
    if sections:
        writes[SESSION] = dict(sections)
    for table, (field, kind) in COLLECTIONS.items():
        old = {} if before is None else getattr(before, field)
        documents = dict(_member_writes(old, getattr(after, field), kind))
        if documents:
            writes[table] = documents
    return writes


def _section_differs(name: str, before: Session | None, after: Session) -> bool:
    if before is None:
        return True
    fields = ("units", "levels") if name == "groups" else (name,)
    return any(_differ(getattr(before, field), getattr(after, field)) for field in fields)


def _member_writes(old: Mapping[str, Any], new: Mapping[str, Any], kind: type) -> Iterator[tuple[str, Document | None]]:
    """The documents of a collection that differ; None for those that are gone."""
    if old is new:
        return
    for key in old:
        if key not in new:
            yield key, None
    for key, value in new.items():
        if key not in old or _differ(old[key], value):
            yield key, _encode(value, kind)


def _differ(old: object, new: object) -> bool:
    return old is not new and old != new


def _plain(value: object) -> object:
    """What msgspec does not know by itself: mappings other than dict."""
    if isinstance(value, Mapping):
        return dict(value)
    raise NotImplementedError


def _encode(value: object, kind: Any) -> Any:
    """A value as a document, read back once: what could not be opened again is refused before it is written."""
    try:
        document = msgspec.to_builtins(value, enc_hook=_plain)
        msgspec.convert(document, kind)
    except (TypeError, NotImplementedError, msgspec.ValidationError) as error:
        raise NotStorable(f"This cannot be saved, because a part of it is not what it should be: {error}.") from error
    return document


def _rounds(document: object, where: str) -> tuple[Round, ...]:
    """Rounds with the keys that number them, each once: ballots are found by them."""
    found = _decode(document, tuple[Round, ...], where)
    wrong = next((held.key for held in found if not _ROUND_KEYS[held.kind].fullmatch(held.key)), None)
    if wrong is not None:
        raise DamagedSession(_damaged(where, f"“{wrong}” is no key of a round"))
    if len({held.key for held in found}) < len(found):
        raise DamagedSession(_damaged(where, "two rounds have the same key"))
    return found


def _decode(document: Any, kind: type[_Value], where: str) -> _Value:
    try:
        return msgspec.convert(document, kind)
    except msgspec.ValidationError as error:
        raise DamagedSession(_damaged(where, str(error))) from error


def _damaged(where: str, detail: str) -> str:
    return (
        f"The session cannot be read, because {where} is damaged ({detail}). Restore it from a backup, "
        "or keep the folder as it is and ask whoever looks after the program."
    )
