"""What the columns of forms hold, kept beside the sessions: whole, private, and nothing left of a failed write."""

from pathlib import Path

import pytest

from cxworkshop.domain.errors import NotSaved
from cxworkshop.store.disk import Disk
from cxworkshop.store.form_columns import FILE_NAME, read_remembered, remember


class RefusingDisk(Disk):
    """A disk that takes the bytes and cannot keep them."""

    def sync_file(self, descriptor: int) -> None:
        raise OSError(28, "No space left on device")


def test_nothing_is_remembered_at_first(tmp_path: Path) -> None:
    assert read_remembered(tmp_path) == (tmp_path / FILE_NAME, b"")


def test_a_refused_write_keeps_what_was_there_and_leaves_nothing_behind(tmp_path: Path) -> None:
    remember(tmp_path, b"before")
    with pytest.raises(NotSaved, match="The ballots are in"):
        remember(tmp_path, b"after", RefusingDisk())
    assert read_remembered(tmp_path)[1] == b"before"
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]
