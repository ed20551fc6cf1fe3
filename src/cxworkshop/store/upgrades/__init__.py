"""How sessions of older versions become sessions of this one.

A change of the stored form that a default does not cover raises `cxworkshop.domain.session.SCHEMA` by one and brings a
module here, named for the schema it starts from (`from_1.py`), with one function that is entered in `STEPS`. A step
works on plain documents and never on the values of the domain, which go on changing after it was written. A session
of every schema there ever was is kept under `tests/store/data/` and must still open.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from cxworkshop.domain.errors import DamagedSession
from cxworkshop.domain.session import SCHEMA
from cxworkshop.store.codec import SESSION, Document, Writes, schema_of

StoredTables: TypeAlias = Mapping[str, Mapping[str, Document]]
"""All documents of a session, by table and id: to be read, never to be changed."""
Upgrade: TypeAlias = Callable[[StoredTables], Writes]
"""One step: from the documents of a schema to what must be written to reach the next, the number itself aside."""

STEPS: Final[Mapping[int, Upgrade]] = MappingProxyType({})
"""The steps, by the schema they start from."""


def upgrade(tables: StoredTables, steps: Mapping[int, Upgrade] = STEPS, target: int = SCHEMA) -> Writes:
    """What must be written to bring a session to the present schema; nothing where it is there, or beyond.

    Args:
        tables: The session's documents.
        steps: The steps, by the schema they start from.
        target: The schema to reach.

    Raises:
        DamagedSession: a step is missing, or the session names no schema.
    """
    writes: Writes = {}
    schema = schema_of(tables.get(SESSION, {}).get("about", {}))
    for start in range(schema, target):
        step = steps.get(start)
        if step is None:
            raise DamagedSession(
                f"The session says that it has schema {start}, which no version of the program has written. "
                "Restore it from a backup."
            )
        _merge(writes, step(tables))
        about = writes.get(SESSION, {}).get("about") or tables[SESSION]["about"]
        _merge(writes, {SESSION: {"about": {**about, "schema": start + 1}}})
        tables = _after(tables, writes)
    return writes


def _merge(writes: Writes, more: Writes) -> None:
    for table, documents in more.items():
        writes.setdefault(table, {}).update(documents)


def _after(tables: StoredTables, writes: Writes) -> StoredTables:
    """The documents as they are once `writes` are written."""
    after: dict[str, dict[str, Any]] = {table: dict(documents) for table, documents in tables.items()}
    for table, documents in writes.items():
        for key, document in documents.items():
            if document is None:
                after.setdefault(table, {}).pop(key, None)
            else:
                after.setdefault(table, {})[key] = document
    return after
