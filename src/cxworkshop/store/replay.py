"""The state of a session as the lines of its journal add up to it."""

from typing import TypeAlias

from cxworkshop.store.lines import Changes, Commit, Fields, decode, decode_head

Tables: TypeAlias = dict[str, dict[str, Fields]]
"""The documents of all tables, by table and id."""

_HOLE = b"\0"
"""What a file holds where nothing was written. No line has one: JSON writes it as an escape."""


def is_left_alone(end: bytes) -> bool:
    """Whether the end of a journal is neither taken in nor called damaged: no line yet, or a last one with a hole."""
    at = end.find(b"\n")
    return at < 0 or (at + 1 == len(end) and _HOLE in end and decode(end[:at]) is None)


class Replay:
    """What has been read of a journal so far: the documents, how far it was read, and what was found damaged.

    Attributes:
        tables: the documents after the last whole line.
        position: bytes taken in; what comes after is a line not finished yet, or torn.
        lines: number of commits taken in.
        first: number of the first commit, as the head or else the first line has it; above 1 in a file that sealing has
            made. 0 before any.
        number: number of the last commit; that before the first where there is none yet.
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
        self._promised = 0

    @property
    def missing(self) -> int:
        """How many lines of those that came into being with the file are not there: above 0, it was cut off."""
        return max(0, self._promised - self._seen)

    @property
    def bad_lines(self) -> tuple[int, ...]:
        """The numbers of the damaged lines, and of the first that is missing where the file was cut off."""
        return (*self.damage, *((self._seen + 1,) if self.missing else ()))

    def feed(self, data: bytes) -> None:
        """Take in what follows in the file, as far as it makes whole lines.

        What comes after the last newline is left alone: it may still be in the writing, or be torn. So is a last line
        that fails its check and shows a hole, which is how a file system shows what a power cut kept it from writing;
        nothing tells whether that line was ever confirmed. Every other line that fails its check is damage, also the
        last one, since no write that was cut short leaves the end of a line without a hole before it.

        Raises:
            NewerSession: the head tells of a later format.
        """
        start = before = 0
        while (end := data.find(b"\n", start)) >= 0:
            line = data[start:end]
            if self._seen == 0:
                whole = self._begin(line)
            else:
                commit = decode(line)
                is_end = end + 1 == len(data) and not self.missing
                if commit is None and is_end and is_left_alone(data[start:]):
                    break
                whole = commit is not None and self._follow(commit)
            self._seen += 1
            if not whole:
                self.damage.append(self._seen)
            before, start = start, end + 1
        if start:
            self.last = data[before:start]
        self.position += start

    def _begin(self, line: bytes) -> bool:
        """Take in the first line; tells whether it is a head."""
        head = decode_head(line)
        if head is None:
            return False
        self.first, self.number = head.first, head.first - 1
        self._promised = head.last - head.first + 2
        return True

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
        expected = commit.number == self.number + 1 or not self.first
        if commit.number <= self.number:
            return False
        for name, changes in commit.changes.items():
            touched = self.touched.setdefault(name, [])
            if changes is None:
                touched.extend(self.tables.pop(name, ()))
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
