"""The state of a session as the lines of its journal add up to it."""

from typing import TypeAlias

from cxworkshop.store.lines import Changes, Commit, Fields, decode, is_header

Tables: TypeAlias = dict[str, dict[str, Fields]]
"""The documents of all tables, by table and id."""


class Replay:
    """What has been read of a journal so far: the documents, how far it was read, and what was found damaged.

    Attributes:
        tables: the documents after the last whole line.
        position: bytes taken in; what comes after is a line not finished yet, or torn.
        lines: number of commits taken in.
        first: number of the first commit; above 1 in a file that sealing has made. 0 before any.
        number: number of the last commit; 0 before any.
        last: bytes of the last line taken in, newline included.
        touched: ids of the documents that were changed, in order, by table; the lists only grow.
        damage: numbers of the file's lines, counted from 1, that are not as they were written, or stand where they
            should not.
    """

    def __init__(self) -> None:
        self.tables: Tables = {}
        self.touched: dict[str, list[str]] = {}
        self.position = 0
        self.lines = 0
        self.first = 0
        self.number = 0
        self.last = b""
        self.damage: list[int] = []
        self._seen = 0

    def feed(self, data: bytes) -> None:
        """Take in what follows in the file, as far as it makes whole lines.

        A last line that fails its check is left alone, as one without an end is: it may still be in the writing, or
        be torn. One that is followed by anything is damage.

        Raises:
            NewerSession: the header tells of a later format.
        """
        start = 0
        while (end := data.find(b"\n", start)) >= 0:
            line = data[start:end]
            if self._seen == 0:
                whole = is_header(line)
            else:
                commit = decode(line)
                if commit is None and end + 1 == len(data):
                    break
                whole = commit is not None and self._follow(commit)
            self._seen += 1
            if not whole:
                self.damage.append(self._seen)
            self.last = data[start : end + 1]
            start = end + 1
        self.position += start

    def append(self, line: bytes, changes: Changes) -> None:
        """Take in a commit of our own, which needs no reading back."""
        self._follow(Commit(self.number + 1, changes))
        self._seen += 1
        self.position += len(line)
        self.last = line

    def _follow(self, commit: Commit) -> bool:
        """Take in a commit; tells whether it is the one that had to come.

        One that comes after a gap is taken in all the same: what can be read is shown. One that comes late, or twice,
        is not, since it would put an older state in the place of a newer one.
        """
        expected = commit.number == self.number + 1 or self.lines == 0
        if commit.number <= self.number:
            return False
        for name, changes in commit.changes.items():
            touched = self.touched.setdefault(name, [])
            if changes is None:
                touched.extend(self.tables.pop(name, {}))
                continue
            touched.extend(changes)
            table = self.tables.setdefault(name, {})
            for key, fields in changes.items():
                if fields is None:
                    table.pop(key, None)
                else:
                    table[key] = fields
        self.lines += 1
        self.first = self.first or commit.number
        self.number = commit.number
        return expected
