"""Reading a session out of its tables, decoding again only what has changed since the last time."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from cxworkshop.domain.errors import DamagedSession, NewerSession
from cxworkshop.domain.session import SCHEMA, Session
from cxworkshop.store.codec import COLLECTIONS, SECTIONS, SESSION, Document, decode_members, decode_section, schema_of
from cxworkshop.store.journal import Journal
from cxworkshop.store.replay import Tables

_NEEDED = ("about", "content")


def newer_sentence(schema: int) -> str:
    """What to say about a session of a schema that is not known here."""
    return (
        f"This session has schema {schema}, and this version of cxworkshop knows up to schema {SCHEMA}, so it can be "
        "looked at only. Update cxworkshop to work on it."
    )


Version: TypeAlias = tuple[Tables, int]
"""A mark of a table's state, as `Journal.version` gives it."""


def same_version(one: Version | None, other: Version | None) -> bool:
    """Whether two marks stand for the same state of a table; none of them stands for no state at all."""
    return one is not None and other is not None and one[0] is other[0] and one[1] == other[1]


class SessionReading:
    """The session that a journal's documents make up.

    A table that no commit has touched is not looked at. A document that is the same object as before is not decoded, as
    the journal puts a new object in the place of a changed one. To read a session on after a ballot was cast costs the
    same with ten participants and with ten thousand.
    """

    def __init__(self) -> None:
        self.schema = SCHEMA
        """The schema the session was last written under."""
        self._session: Session | None = None
        self._versions: dict[str, Version] = {}
        self._sections: dict[str, Document] = {}
        self._members: dict[str, tuple[dict[str, Document], dict[str, Any]]] = {
            table: ({}, {}) for table in COLLECTIONS
        }

    def read(self, journal: Journal) -> Session:
        """The session as the journal has it now, the very same object where nothing of it has changed.

        Raises:
            DamagedSession: a document is not what it should be, or one that is needed is missing.
            NewerSession: as before, in a session of a later schema.
        """
        with journal.state:
            versions = {table: journal.version(table) for table in (SESSION, *COLLECTIONS)}
            stale = [
                table for table, version in versions.items() if not same_version(version, self._versions.get(table))
            ]
            if self._session is not None and not stale:
                return self._session
            changed: dict[str, Any] = {}
            for table in stale:
                documents = journal.tables.get(table, {})
                changed |= self._read_sections(documents) if table == SESSION else self._read_members(table, documents)
            self._session = Session(**changed) if self._session is None else replace(self._session, **changed)
            self._versions = versions
            return self._session

    def _read_sections(self, documents: Mapping[str, Document]) -> dict[str, Any]:
        self._look_at_schema(documents)
        changed: dict[str, Any] = {}
        for name in SECTIONS:
            document = documents.get(name)
            if document is None:
                # The rest has defaults, so that what is left of a damaged file can be looked at.
                continue
            if self._sections.get(name) is not document:
                changed |= self._decoded(name, document)
                self._sections[name] = document
        return changed

    def _look_at_schema(self, documents: Mapping[str, Document]) -> None:
        missing = [name for name in _NEEDED if name not in documents]
        if missing:
            raise DamagedSession(
                f"The session cannot be read, because its part “{missing[0]}” is missing. Restore it from a backup, "
                "or keep the folder as it is and ask whoever looks after the program."
            )
        self.schema = schema_of(documents["about"])

    def _decoded(self, name: str, document: Document) -> dict[str, Any]:
        try:
            return decode_section(name, document)
        except DamagedSession as error:
            raise self._explained(error) from error

    def _read_members(self, table: str, documents: Mapping[str, Document]) -> dict[str, Any]:
        before, values = self._members[table]
        new = {key: document for key, document in documents.items() if before.get(key) is not document}
        try:
            decoded = decode_members(table, new)
        except DamagedSession as error:
            raise self._explained(error) from error
        values = {key: decoded[key] if key in decoded else values[key] for key in documents}
        self._members[table] = dict(documents), values
        field, _ = COLLECTIONS[table]
        return {field: values}

    def _explained(self, error: DamagedSession) -> DamagedSession | NewerSession:
        """What cannot be decoded in a session of a later schema is not damaged, only unknown."""
        return NewerSession(newer_sentence(self.schema)) if self.schema > SCHEMA else error
