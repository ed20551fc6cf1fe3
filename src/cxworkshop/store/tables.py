"""TinyDB tables that touch only the documents they change.

TinyDB's own `Table` rebuilds a whole table for every write. All its mutators pass through `Table._update_table`;
`JournalTable` overrides that one method, so that a write costs the same whatever the table holds.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from contextlib import AbstractContextManager
from typing import Any, NoReturn, Protocol, TypeAlias, overload

from tinydb.queries import QueryLike
from tinydb.table import Document, Table

from cxworkshop.store.lines import Fields, plain

Update: TypeAlias = Mapping[str, Any] | Callable[[MutableMapping[str, Any]], None]
"""Fields to set, or a function that changes a document in place."""


def document(key: str, fields: Mapping[str, Any]) -> Document:
    """A document under an id of our own choosing; TinyDB's annotations only know numbers."""
    return Document(fields, key)  # type: ignore[arg-type]


def identical(one: Any, other: Any) -> bool:
    """Whether two values would be written as the same JSON, but for the order of keys: 1, 1.0 and true differ."""
    if type(one) is not type(other) or one != other:
        return False
    if isinstance(one, dict):
        return all(identical(item, other[key]) for key, item in one.items())
    if isinstance(one, list):
        return all(map(identical, one, other))
    return True


class Overlay(Mapping[str, Fields]):
    """A table as it will be once some changes are written, for reading."""

    def __init__(self, base: Mapping[str, Fields], changes: Mapping[str, Fields | None]) -> None:
        self._base = base
        self._changes = changes

    def __getitem__(self, key: str) -> Fields:
        fields = self._changes[key] if key in self._changes else self._base[key]
        if fields is None:
            raise KeyError(key)
        return fields

    def __contains__(self, key: object) -> bool:
        return key in self._base if key not in self._changes else self._changes[str(key)] is not None

    def __iter__(self) -> Iterator[str]:
        yield from (key for key in self._base if self._changes.get(key, self) is not None)
        yield from (key for key, fields in self._changes.items() if fields is not None and key not in self._base)

    def __len__(self) -> int:
        gained = sum(fields is not None and key not in self._base for key, fields in self._changes.items())
        lost = sum(fields is None and key in self._base for key, fields in self._changes.items())
        return len(self._base) + gained - lost


class TableView(MutableMapping[Any, Fields]):
    """A table as TinyDB's updaters may change it: a document is copied when it is touched, and only then.

    Args:
        base: the live documents, which stay as they are.
        id_class: what ids are turned into when they are listed; in the base they are text.
    """

    def __init__(self, base: Mapping[str, Fields], id_class: Callable[[str], Any] = str) -> None:
        self._base = base
        self._id_class = id_class
        self._touched: dict[str, Fields | None] = {}
        self._now = Overlay(base, self._touched)

    def __getitem__(self, key: Any) -> Fields:
        name = str(key)
        if name not in self._touched:
            self._touched[name] = plain(self._base[name])
        return self._now[name]

    def __setitem__(self, key: Any, fields: Fields) -> None:
        self._touched[str(key)] = fields

    def __delitem__(self, key: Any) -> None:
        if key not in self:
            raise KeyError(key)
        self._touched[str(key)] = None

    def __contains__(self, key: object) -> bool:
        return str(key) in self._now

    def __iter__(self) -> Iterator[Any]:
        return map(self._id_class, self._now)

    def __len__(self) -> int:
        return len(self._now)

    def clear(self) -> None:
        """Remove all documents."""
        self._touched.clear()
        self._touched.update(dict.fromkeys(self._base))

    def changes(self) -> dict[str, Fields | None]:
        """The documents that are not what they were; None for one that is gone."""
        return {
            key: fields
            for key, fields in self._touched.items()
            if not (key in self._base and identical(fields, self._base[key]))
            and not (fields is None and key not in self._base)
        }


class Recorder(Protocol):
    """What a table needs of its storage."""

    def joined(self) -> AbstractContextManager[None]:
        """Take part in the transaction that runs, or make one."""

    def steady(self) -> AbstractContextManager[Any]:
        """Keep the state from changing while it is read."""

    def record(self, table: str, changes: Mapping[str, Mapping[str, Any] | None]) -> None:
        """Note the changes of a table in the transaction that runs."""

    def read_table(self, name: str) -> Mapping[str, Fields]:
        """The live documents of a table by id."""


class JournalTable(Table):
    """A TinyDB table over a journal.

    It is used as any TinyDB table is, with four differences: ids are text and chosen by the caller (insert and upsert
    take `document(id, fields)`), nothing is cached, what is read belongs to the caller, who may change it without
    changing the state, and a document that is removed and put in again in one transaction keeps its place. Conditions,
    however, are handed the live documents, and must only look.
    """

    document_id_class = str  # type: ignore[assignment]
    _storage: Recorder  # type: ignore[assignment]

    def __init__(self, storage: Any, name: str, cache_size: int = 0, persist_empty: bool = False) -> None:
        super().__init__(storage, name, cache_size=cache_size)
        if persist_empty:
            with self._storage.joined():
                self._storage.record(name, {})

    def _get_next_id(self) -> NoReturn:
        raise ValueError("Give every document an id: two processes that count would choose the same one.")

    def _read_table(self) -> Mapping[str, Fields]:  # type: ignore[override]
        return self._storage.read_table(self.name)

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        with self._storage.joined():
            view = TableView(self._read_table(), self.document_id_class)
            updater(view)
            if changes := view.changes():
                self._storage.record(self.name, changes)

    def search(self, cond: QueryLike) -> list[Document]:
        """All documents that meet a condition, as copies."""
        with self._storage.steady():
            return [self._own(found) for found in super().search(cond)]

    def count(self, cond: QueryLike) -> int:
        """How many documents meet a condition."""
        with self._storage.steady():
            return len(super().search(cond))

    def __iter__(self) -> Iterator[Document]:
        with self._storage.steady():
            return iter([self._own(found) for found in super().__iter__()])

    @overload  # type: ignore[override]
    def get(
        self, cond: QueryLike | None = None, doc_id: str | None = None, doc_ids: None = None
    ) -> Document | None: ...
    @overload
    def get(self, cond: QueryLike | None = None, doc_id: None = None, *, doc_ids: Iterable[str]) -> list[Document]: ...
    def get(
        self, cond: QueryLike | None = None, doc_id: str | None = None, doc_ids: Iterable[str] | None = None
    ) -> Document | list[Document] | None:
        """One document by id or condition, None where there is none; or those of several ids. They are copies."""
        with self._storage.steady():
            found: Any = super().get(cond, doc_id, doc_ids)  # type: ignore[arg-type]
            return [self._own(each) for each in found] if isinstance(found, list) else found and self._own(found)

    def contains(self, cond: QueryLike | None = None, doc_id: str | None = None) -> bool:  # type: ignore[override]
        """Whether there is a document with this id, or one that meets the condition."""
        with self._storage.steady():
            return super().get(cond, doc_id) is not None  # type: ignore[arg-type]

    def update(  # type: ignore[override]
        self, fields: Update, cond: QueryLike | None = None, doc_ids: Iterable[str] | None = None
    ) -> list[Any]:
        """Set fields of documents, by ids, by condition, or of all; returns the ids of those there are."""
        with self._storage.joined():
            ids = self._meeting(cond) if doc_ids is None and cond is not None else doc_ids
            return super().update(fields, doc_ids=ids)  # type: ignore[arg-type]

    def upsert(self, document: Mapping[str, Any], cond: QueryLike | None = None) -> list[Any]:
        """Update the document of this id, or those that meet the condition; insert it where there are none."""
        if not isinstance(document, self.document_class):
            with self._storage.joined():
                return super().upsert(document, cond)

        def updater(table: TableView) -> None:
            if document.doc_id in table:
                table[document.doc_id].update(document)
            else:
                table[document.doc_id] = dict(document)
                self._next_id = None

        self._update_table(updater)
        return [document.doc_id]

    def remove(self, cond: QueryLike | None = None, doc_ids: Iterable[str] | None = None) -> list[Any]:  # type: ignore[override]
        """Remove documents by ids or by condition; returns the ids of those there were."""
        with self._storage.joined():
            ids = self._meeting(cond) if doc_ids is None and cond is not None else doc_ids
            return super().remove(doc_ids=ids)  # type: ignore[arg-type]

    def _meeting(self, cond: QueryLike) -> list[Any]:
        """The ids of the documents that meet a condition, found without copying any."""
        return [self.document_id_class(key) for key, fields in self._read_table().items() if cond(fields)]

    def _own(self, found: Document) -> Document:
        return self.document_class(plain(found), found.doc_id)
