"""Where sessions live, and what may be wrong with the place."""

import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from cxworkshop.domain.errors import FolderUnusable
from cxworkshop.store.disk import Disk

VARIABLE = "CXWORKSHOP_SESSIONS"
"""The environment variable that names the sessions folder."""

README = "README.md"
_README_TITLE = "# Sessions"

_PRIVATE = 0o700
_MOUNTS = Path("/proc/mounts")
_SYNCED = (
    (re.compile(r"dropbox( \(.*\))?"), "Dropbox"),
    (re.compile(r"onedrive( ?-.*)?"), "OneDrive"),
    (re.compile(r"icloud ?drive|mobile documents|com~apple~clouddocs"), "iCloud"),
    (re.compile(r"google ?drive.*|googledrive-.*"), "Google Drive"),
    (re.compile(r"nextcloud|owncloud"), "Nextcloud"),
    (re.compile(r"cloudstorage"), "a cloud service"),
)
_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "ncpfs", "afs", "ceph", "9p", "davfs", "webdav"}
    | {"fuse.sshfs", "fuse.rclone", "fuse.glusterfs", "fuse.s3fs", "fuse.gcsfuse", "fuse.onedriver"}
)
_LISTED_BY_MOUNT = re.compile(r"(.+?) on (.+) \((\w+)[,)].*")
"""A line of what `mount` prints on macOS: `//kim@server/team on /Volumes/team (smbfs, nodev)`."""


def sessions_folder(
    option: Path | None, environment: Mapping[str, str], cwd: Path, user_data: Path | None = None
) -> Path:
    """The folder of sessions; it need not exist yet.

    Args:
        option: What `--sessions` said; it wins.
        environment: Where `CXWORKSHOP_SESSIONS` is looked up; empty counts as not set.
        cwd: The folder the program was started in. Its `sessions` is taken where it holds the README of this project.
        user_data: The program's folder for user data; None for the platform's usual one.

    Returns:
        An absolute path.
    """
    named = option or (Path(environment[VARIABLE]) if environment.get(VARIABLE) else None)
    if named is not None:
        return cwd / named.expanduser()
    checkout = cwd / "sessions"
    if _holds_our_readme(checkout):
        return checkout
    return (user_data or user_data_folder()) / "sessions"


def rehearsals_folder(user_data: Path | None = None) -> Path:
    """The folder of rehearsals: always in the user data folder, apart from real sessions."""
    return (user_data or user_data_folder()) / "rehearsals"


def user_data_folder() -> Path:
    """The platform's usual folder for the program's data; it need not exist yet."""
    from platformdirs import user_data_path  # noqa: PLC0415 - most commands are told where to look

    return user_data_path("cxworkshop", appauthor=False)


def make_private(folder: Path, disk: Disk | None = None) -> Path:
    """Make a folder that only the user may enter, parents included, to stay; one that exists is left as it is.

    Args:
        folder: The folder.
        disk: The calls on files; others than the real ones for tests.

    Raises:
        FolderUnusable: it cannot be made, or something else has its name.
    """
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    try:
        for place in reversed(missing):
            place.mkdir(mode=_PRIVATE, exist_ok=True)
            with suppress(PermissionError):  # a folder may be one to write in and not to look at
                (disk or Disk()).sync_folder(place.parent)
    except OSError as error:
        raise unusable(folder, error) from error
    if not folder.is_dir():
        raise FolderUnusable(f"{folder} is not a folder. Name another place with --sessions DIR.")
    return folder


def unusable(folder: Path, error: OSError) -> FolderUnusable:
    """The refusal for a folder that the system does not let the program use."""
    reason = error.strerror or type(error).__name__
    return FolderUnusable(
        f"The sessions folder {folder} cannot be used: {reason}. "
        "Give yourself the right to write there, or name another place with --sessions DIR."
    )


def folder_warnings(folder: Path, mounts: str | None = None) -> tuple[str, ...]:
    """Sentences of caution about a place that is copied elsewhere or lies on another machine; empty where it is fine.

    Args:
        folder: The sessions folder.
        mounts: The system's table of mounts in the form of `/proc/mounts`; None to ask the system.
    """
    place = folder.resolve()
    table = _read_mounts() if mounts is None else mounts
    service = _syncing_service(folder) or _syncing_service(place)
    found: list[str] = []
    if service:
        found.append(
            f"The sessions folder {folder} is copied elsewhere by {service}: ballots would leave this machine, and "
            "copies stay after the reveal. Name a folder that is not synchronised with --sessions DIR."
        )
    # On Windows a drive letter that stands for a share resolves to the share.
    shared = any(str(each).startswith("\\\\") for each in (folder, place))
    if shared or _file_system(place, table) in _NETWORK:
        found.append(
            f"The sessions folder {folder} is on another machine, where locks are not reliable: with several terminals "
            "ballots could be lost. Name a folder on this machine with --sessions DIR."
        )
    return tuple(found)


def _holds_our_readme(folder: Path) -> bool:
    try:
        with (folder / README).open(encoding="utf-8") as file:
            return file.readline().strip() == _README_TITLE
    except (OSError, UnicodeDecodeError):
        return False


def _syncing_service(folder: Path) -> str:
    """The service that copies a folder elsewhere, told by the usual names of such folders; empty where none is."""
    for part in folder.parts:
        for pattern, name in _SYNCED:
            if pattern.fullmatch(part.casefold()):
                return name
    return ""


def _file_system(place: Path, mounts: str) -> str:
    """The type of the file system a place lies on: that of the longest mount point above it, the last one of equals."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = Path(re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), fields[1]))
        if len(point.parts) >= best and place.is_relative_to(point):
            best, kind = len(point.parts), fields[2]
    return kind


def _read_mounts(path: Path = _MOUNTS) -> str:
    """The table of mounts; empty on systems that have no such thing."""
    if sys.platform == "darwin":
        return mounts_as_listed(_mount_prints())
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def mounts_as_listed(printed: str) -> str:
    """What `mount` prints on macOS in the form of `/proc/mounts`; lines of another form are left out."""
    found = (_LISTED_BY_MOUNT.fullmatch(line) for line in printed.splitlines())
    return "\n".join(
        " ".join(part.replace("\\", "\\134").replace(" ", "\\040") for part in line.groups()) for line in found if line
    )


def _mount_prints() -> str:
    import subprocess  # noqa: PLC0415 - on macOS only

    try:
        return subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=False, timeout=2).stdout
    except (OSError, subprocess.SubprocessError):
        return ""
