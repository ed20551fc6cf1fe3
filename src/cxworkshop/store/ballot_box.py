"""The ballot box: ballots under their codes, and the roll of who has voted.

A ballot lies under `<round>:<code>`, a roll mark under `<round>:<participant id>`. While the round is open a mark leads
on to the ballot; closing the round takes that away from all of its marks.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

from tinydb import where

from cxworkshop.domain.ballots import Ballot
from cxworkshop.store.codec import BALLOTS, ROLL, Document, decode_ballot, encode_ballot
from cxworkshop.store.database import Database
from cxworkshop.store.tables import document

_CODE = "code"


class StoredBallotBox:
    """The ballots of a session, for reading.

    Args:
        database: The session's database. Every reading takes in what others have written; within a transaction it shows
            the state of its beginning with the changes made since.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def count(self, round_key: str) -> int:
        """How many ballots are in."""
        return len(self._names(BALLOTS, round_key))

    def voted(self, round_key: str) -> frozenset[str]:
        """Ids of the participants who have voted."""
        return self._names(ROLL, round_key)

    def has_voted(self, round_key: str, participant_id: str) -> bool:
        """Whether a participant's roll mark is set."""
        return self._database.table(ROLL).contains(doc_id=_id(round_key, participant_id))

    def ballot(self, round_key: str, code: str) -> Ballot | None:
        """The ballot that a code leads to.

        Raises:
            DamagedSession: it cannot be read.
        """
        found = self._database.table(BALLOTS).get(doc_id=_id(round_key, code))
        return None if found is None else decode_ballot(found)

    def ballot_of(self, round_key: str, participant_id: str) -> Ballot | None:
        """A participant's ballot: known until the round is closed first, and always where ballots carry names.

        Raises:
            DamagedSession: it cannot be read.
        """
        mark = self._database.table(ROLL).get(doc_id=_id(round_key, participant_id))
        if mark is None:
            return None
        if mark.get(_CODE):
            return self.ballot(round_key, mark[_CODE])
        named = (where("round") == round_key) & (where("participant") == participant_id)
        found = self._database.table(BALLOTS).get(named)
        return None if found is None else decode_ballot(found)

    def ballots(self, round_key: str) -> Sequence[Ballot]:
        """All ballots in the order of their codes, which are random and so tell nothing of who voted when.

        Raises:
            DamagedSession: one cannot be read.
        """
        found = self._database.table(BALLOTS).search(where("round") == round_key)
        return tuple(sorted(map(decode_ballot, found), key=lambda ballot: ballot.code))

    def _names(self, table: str, round_key: str) -> frozenset[str]:
        """What follows the round in the ids of a table, told from the ids alone."""
        prefix = _id(round_key, "")
        with self._database.reading():
            ids = (self._database.storage.read() or {}).get(table, ())
            return frozenset(each[len(prefix) :] for each in ids if each.startswith(prefix))


class OpenBallotBox(StoredBallotBox):
    """The ballot box within a transaction, where ballots are put in and taken out."""

    def put(self, ballot: Ballot, participant_id: str | None) -> None:
        """Put a ballot in, or in place of the one with the same round and code, and set the roll mark.

        Args:
            ballot: The ballot.
            participant_id: Whose mark to set; None to leave the roll alone.

        Raises:
            NotStorable: a field holds something of the wrong type.
        """
        self._database.table(BALLOTS).upsert(document(_id(ballot.round, ballot.code), encode_ballot(ballot)))
        if participant_id is not None:
            self._database.table(ROLL).upsert(document(_id(ballot.round, participant_id), {_CODE: ballot.code}))

    def remove(self, round_key: str, code: str, participant_id: str | None) -> None:
        """Take a ballot out and the roll mark off; nothing where they are not there."""
        self._remove(BALLOTS, _id(round_key, code))
        if participant_id is not None:
            self._remove(ROLL, _id(round_key, participant_id))

    def unlink(self, round_key: str) -> None:
        """Forget which ballot is whose, leaving the roll marks, and write both anew in an order that tells nothing.

        What was written before stays in the file until the sealing.
        """
        for table, change in ((ROLL, partial(_without, _CODE)), (BALLOTS, dict)):
            ids = sorted(_id(round_key, name) for name in self._names(table, round_key))
            rows = self._database.table(table)
            found = rows.get(doc_ids=ids)
            rows.remove(doc_ids=ids)
            rows.insert_multiple(document(str(row.doc_id), change(row)) for row in found)

    def _remove(self, table: str, doc_id: str) -> None:
        rows = self._database.table(table)
        if rows.contains(doc_id=doc_id):
            rows.remove(doc_ids=[doc_id])


class RememberingBallotBox(StoredBallotBox):
    """The ballot box for screens that ask again and again: an answer is kept until its table changes."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._kept: dict[tuple[str, str], tuple[tuple[Any, int], Any]] = {}

    def ballots(self, round_key: str) -> Sequence[Ballot]:
        """All ballots in the order of their codes; the same object until one changes."""
        found: Sequence[Ballot] = self._remembered(BALLOTS, "ballots", round_key)
        return found

    def forget(self) -> None:
        """Drop all that is kept: after a transaction that came to nothing, of which answers may have told already."""
        self._kept = {}

    def _names(self, table: str, round_key: str) -> frozenset[str]:
        found: frozenset[str] = self._remembered(table, "names", round_key)
        return found

    def _remembered(self, table: str, what: str, round_key: str) -> Any:
        key = (f"{table} {what}", round_key)
        with self._database.reading():
            version = self._database.storage.journal.version(table)
            kept = self._kept.get(key)
            if kept is not None and kept[0][0] is version[0] and kept[0][1] == version[1]:
                return kept[1]
            answer = super().ballots(round_key) if what == "ballots" else super()._names(table, round_key)
            self._kept[key] = (version, answer)
            return answer


def _id(round_key: str, name: str) -> str:
    return f"{round_key}:{name}"


def round_of(doc_id: str) -> str:
    """The round's key in the id of a ballot or roll mark."""
    return doc_id.partition(":")[0]


def unlinked(mark: Document) -> Document:
    """A roll mark that no longer leads to a ballot."""
    return _without(_CODE, mark)


def _without(field: str, fields: Document) -> Document:
    return {name: value for name, value in fields.items() if name != field}
