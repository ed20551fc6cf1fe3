"""The few calls on files that the store makes, as one object.

Everything that can fail or be cut short by a crash goes through a `Disk`, so that a test can hand in one that fails,
stops or remembers at any call.
"""

import errno
import os
from pathlib import Path

if os.name == "posix":
    import fcntl

CREATE_NEW = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
"""Flags that open a file which must not exist yet."""
CREATE_OR_APPEND = os.O_CREAT | os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0)
"""Flags that open a file at its end, making it where it is missing."""
READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)
"""Flags that open a file to be read."""
READ_AND_APPEND = os.O_RDWR | os.O_APPEND | getattr(os, "O_BINARY", 0)
"""Flags that open a file to be read anywhere and written at its end."""

_FULL_SYNC: int | None = getattr(fcntl, "F_FULLFSYNC", None) if os.name == "posix" else None
_PRIVATE_FILE = 0o600
_PRIVATE_FOLDER = 0o700


class Disk:
    """The real disk. Every method raises `OSError` as the system call under it does."""

    keeps_open = os.name == "posix"
    """Whether a file may stay open while another process replaces it by rename; Windows refuses that."""

    def open(self, path: Path, flags: int) -> int:
        """Open a file, private to the user where it is made new, and return its descriptor."""
        return os.open(path, flags, _PRIVATE_FILE)

    def close(self, descriptor: int) -> None:
        """Close a descriptor."""
        os.close(descriptor)

    def stat(self, target: Path | int) -> os.stat_result:
        """Tell identity and size of a path or an open descriptor."""
        return os.stat(target)  # noqa: PTH116 - a descriptor is not a path

    def read(self, descriptor: int, size: int, offset: int) -> bytes:
        """Read up to `size` bytes from `offset` on; fewer at the end of the file."""
        if hasattr(os, "pread"):
            return os.pread(descriptor, size, offset)
        os.lseek(descriptor, offset, os.SEEK_SET)
        return os.read(descriptor, size)

    def write(self, descriptor: int, data: bytes) -> int:
        """Write in one call and return how many bytes were taken."""
        return os.write(descriptor, data)

    def sync_data(self, descriptor: int) -> None:
        """Return once the bytes of a file, and its size, are on the medium."""
        if _FULL_SYNC is None and hasattr(os, "fdatasync"):
            os.fdatasync(descriptor)
        else:
            _wait_for_medium(descriptor)

    def sync_file(self, descriptor: int) -> None:
        """Return once a file, with all that is known about it, is on the medium."""
        _wait_for_medium(descriptor)

    def sync_folder(self, folder: Path) -> None:
        """Return once the names in a folder are on the medium; Windows offers nothing for this."""
        if os.name != "posix":
            return
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            _wait_for_medium(descriptor)
        finally:
            os.close(descriptor)

    def truncate(self, descriptor: int, size: int) -> None:
        """Cut an open file down to `size` bytes."""
        os.ftruncate(descriptor, size)

    def replace(self, source: Path, target: Path) -> None:
        """Give `source` the name `target`, in the place of whatever had it."""
        source.replace(target)

    def unlink(self, path: Path) -> None:
        """Remove a file."""
        path.unlink()

    def names(self, folder: Path) -> list[str]:
        """List the names in a folder."""
        return [entry.name for entry in folder.iterdir()]

    def make_folder(self, folder: Path) -> None:
        """Make a folder that is private to the user; its parent must exist."""
        folder.mkdir(mode=_PRIVATE_FOLDER)


def _wait_for_medium(descriptor: int) -> None:
    """Return once everything of an open file or folder is on the medium.

    On macOS `fsync` only reaches the drive's own memory; F_FULLFSYNC goes on to the medium, and is not offered by every
    file system.
    """
    if _FULL_SYNC is not None:
        try:
            fcntl.fcntl(descriptor, _FULL_SYNC)
        except OSError as error:
            if error.errno not in {errno.ENOTSUP, errno.EINVAL, errno.ENOTTY}:
                raise
        else:
            return
    os.fsync(descriptor)
