"""The ballot box: ballots under their codes, and the roll of who has voted.

A ballot lies under `<round>:<code>`, a roll mark under `<round>:<participant id>`. While the round is open a mark leads
on to the ballot; closing the round takes that away from all of its marks.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from operator import attrgetter

from tinydb import where

from cxworkshop.domain.ballots import Ballot
from cxworkshop.store.codec import BALLOTS, ROLL, Document, decode_ballot, decode_ballots, encode_ballot
from cxworkshop.store.database import Database
from cxworkshop.store.reading import Version, same_version
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
        return frozenset(self._names(ROLL, round_key))

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
        prefix = _id(round_key, "")
        with self._database.reading():
            # Decoding makes new values of the live documents; copies, as a search gives them, would take as long again.
            live = self._database.storage.read_table(BALLOTS)
            found = decode_ballots([fields for key, fields in live.items() if key.startswith(prefix)])
        return tuple(sorted(found, key=attrgetter("code")))

    def _names(self, table: str, round_key: str) -> AbstractSet[str]:
        """What follows the round in the ids of a table, told from the ids alone."""
        prefix = _id(round_key, "")
        with self._database.reading():
            ids = (self._database.storage.read() or {}).get(table, ())
            return frozenset(each[len(prefix) :] for each in ids if each.startswith(prefix))


class OpenBallotBox(StoredBallotBox):
    """The ballot box within a transaction, where ballots are put in and taken out."""

    def put(self, ballot: Ballot, participant_id: str | None, *, linked: bool = True) -> None:
        """Put a ballot in, or in place of the one with the same round and code, and set the roll mark.

        Args:
            ballot: The ballot.
            participant_id: Whose mark to set; None to leave the roll alone.
            linked: Whether the mark leads on to the ballot.

        Raises:
            NotStorable: a field holds something of the wrong type.
        """
        self._put(BALLOTS, _id(ballot.round, ballot.code), encode_ballot(ballot))
        if participant_id is not None and linked:
            self._put(ROLL, _id(ballot.round, participant_id), {_CODE: ballot.code})
        elif participant_id is not None:
            self.mark(ballot.round, participant_id)

    def mark(self, round_key: str, participant_id: str) -> None:
        """Set a roll mark that leads to no ballot."""
        self._put(ROLL, _id(round_key, participant_id), {})

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

    def _put(self, table: str, doc_id: str, fields: Document) -> None:
        """As upsert, which always tries to update first; most ballots are new, and a try costs as much as the deed."""
        rows = self._database.table(table)
        if rows.contains(doc_id=doc_id):
            rows.update(fields, doc_ids=[doc_id])
        else:
            rows.insert(document(doc_id, fields))

    def _remove(self, table: str, doc_id: str) -> None:
        rows = self._database.table(table)
        if rows.contains(doc_id=doc_id):
            rows.remove(doc_ids=[doc_id])


class RememberingBallotBox(StoredBallotBox):
    """The ballot box for screens that ask again and again.

    Who has voted is kept up to date id by id, so that a count costs the same with ten ballots and with ten thousand;
    ballots are kept until one changes. Both are as of the last commit: a transaction has a box of its own. Where the
    session cannot be read for a while, everything is as it was read last; that it cannot be read is told by refreshing.
    """

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._kept_names: dict[str, tuple[Version, dict[str, set[str]]]] = {}
        self._kept_ballots: dict[str, tuple[Version, Sequence[Ballot]]] = {}

    def has_voted(self, round_key: str, participant_id: str) -> bool:
        """Whether a participant's roll mark is set."""
        with self._database.last_read():
            return super().has_voted(round_key, participant_id)

    def ballot(self, round_key: str, code: str) -> Ballot | None:
        """The ballot that a code leads to."""
        with self._database.last_read():
            return super().ballot(round_key, code)

    def ballot_of(self, round_key: str, participant_id: str) -> Ballot | None:
        """A participant's ballot, as in the other box."""
        with self._database.last_read():
            return super().ballot_of(round_key, participant_id)

    def ballots(self, round_key: str) -> Sequence[Ballot]:
        """All ballots in the order of their codes; the same object until one changes."""
        with self._database.last_read():
            version = self._database.storage.journal.version(BALLOTS)
            kept = self._kept_ballots.get(round_key)
            if kept is None or not same_version(kept[0], version):
                kept = self._kept_ballots[round_key] = (version, super().ballots(round_key))
            return kept[1]

    def forget(self) -> None:
        """Drop the ballots that are kept: they may have been read in a transaction that came to nothing."""
        self._kept_ballots = {}

    def _names(self, table: str, round_key: str) -> AbstractSet[str]:
        journal = self._database.storage.journal
        with self._database.last_read():
            version = journal.version(table)
            known, rounds = self._kept_names.get(table, (None, {}))
            if not same_version(known, version):
                start = known[1] if known is not None and known[0] is version[0] else 0
                rounds = rounds if start else {}
                documents = journal.tables.get(table, {})
                for doc_id in journal.changed_since(table, start):
                    key, _, name = doc_id.partition(":")
                    names = rounds.setdefault(key, set())
                    (names.add if doc_id in documents else names.discard)(name)
                self._kept_names[table] = (version, rounds)
            return rounds.get(round_key, frozenset())


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
