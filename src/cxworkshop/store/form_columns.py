"""What the columns of forms hold, remembered beside the sessions in one small file, private as they are."""

from pathlib import Path

from cxworkshop.domain.errors import NotSaved, StoreError
from cxworkshop.store.disk import Disk
from cxworkshop.store.fresh import write_fresh

FILE_NAME = "form-columns.toml"
_FRESH_NAME = FILE_NAME + ".new"
_MOST_BYTES = 1024 * 1024 + 1


def read_remembered(sessions: Path) -> tuple[Path, bytes]:
    """The file's path and bytes; no bytes where there is no such file.

    Raises:
        StoreError: It cannot be read.
    """
    path = sessions / FILE_NAME
    try:
        with path.open("rb") as file:
            return path, file.read(_MOST_BYTES)
    except FileNotFoundError:
        return path, b""
    except OSError as error:
        raise StoreError(f"{path} cannot be read ({error.strerror}). Mend or remove it, and try again.") from error


def remember(sessions: Path, content: bytes, disk: Disk | None = None) -> None:
    """Put the file in the place of the one before, whole or not at all.

    Raises:
        NotSaved: The disk refuses; the file before stays.
    """
    disk = disk or Disk()
    fresh = sessions / _FRESH_NAME
    try:
        write_fresh(fresh, content, disk)
        disk.replace(fresh, sessions / FILE_NAME)
        disk.sync_folder(sessions)
    except OSError as error:
        raise NotSaved(
            f"The ballots are in, but what the columns hold could not be remembered in {sessions} ({error.strerror}). "
            "It will be asked for again."
        ) from error
