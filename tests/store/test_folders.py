import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cxworkshop.domain.errors import FolderUnusable
from cxworkshop.store.folders import (
    _read_mounts,
    folder_warnings,
    make_private,
    mounts_as_listed,
    rehearsals_folder,
    sessions_folder,
)
from store.disks import WatchedDisk

REPOSITORY = Path(__file__).resolve().parents[2]


def test_the_option_wins_over_the_variable_and_both_over_the_checkout(tmp_path: Path) -> None:
    environment = {"CXWORKSHOP_SESSIONS": "/from/environment"}
    assert sessions_folder(Path("mine"), environment, tmp_path) == tmp_path / "mine"
    assert sessions_folder(None, environment, REPOSITORY) == Path("/from/environment")


def test_a_checkout_is_known_by_our_readme(tmp_path: Path) -> None:
    assert sessions_folder(None, {}, REPOSITORY, tmp_path) == REPOSITORY / "sessions"


@pytest.mark.parametrize("readme", [None, "# Sessions of the summer school jazz band\n", "\xff"])
def test_another_folder_of_that_name_is_left_alone(tmp_path: Path, readme: str | None) -> None:
    (tmp_path / "sessions").mkdir()
    if readme is not None:
        (tmp_path / "sessions" / "README.md").write_text(readme, encoding="latin-1")
    assert sessions_folder(None, {"CXWORKSHOP_SESSIONS": ""}, tmp_path, tmp_path / "data") == tmp_path / "data/sessions"


def test_rehearsals_stay_in_the_user_data_folder_apart_from_sessions(tmp_path: Path) -> None:
    assert rehearsals_folder(tmp_path) == tmp_path / "rehearsals"
    assert rehearsals_folder().parent == sessions_folder(None, {}, tmp_path).parent


def test_folders_are_made_private_and_existing_ones_left_as_they_are(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    made = make_private(tmp_path / "a" / "b")
    assert stat.S_IMODE(made.stat().st_mode) == stat.S_IMODE(made.parent.stat().st_mode) == 0o700
    make_private(made)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_a_folder_that_was_made_is_there_to_stay(tmp_path: Path) -> None:
    synced: list[Path] = []

    class Listening(WatchedDisk):
        def around(self, name: str, arguments: tuple[Any, ...], call: Callable[[], Any]) -> Any:
            synced.extend(arguments if name == "sync_folder" else ())
            return call()

    make_private(tmp_path / "a" / "b", Listening())
    assert synced == [tmp_path, tmp_path / "a"]


def test_a_place_that_is_no_folder_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(FolderUnusable, match=r"not a folder.*--sessions"):
        make_private(tmp_path / "file")
    with pytest.raises(FolderUnusable, match=r"cannot be used.*--sessions"):
        make_private(tmp_path / "file" / "below")


MOUNTS = """\
/dev/vda1 / ext4 rw 0 0
server:/export /mnt/team\\040drive nfs4 rw 0 0
//server/share /mnt/win cifs rw 0 0
/dev/sdb1 /mnt/win/local ext4 rw 0 0
/dev/sdc1 /mnt ext4 rw 0 0
broken line
"""


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("/home/kim/Dropbox/work/sessions", "Dropbox"),
        ("/home/kim/Dropbox (Aurora)/sessions", "Dropbox"),
        ("/c/Users/kim/OneDrive - Aurora/sessions", "OneDrive"),
        ("/Users/kim/Library/Mobile Documents/com~apple~CloudDocs", "iCloud"),
        ("/Users/kim/Library/CloudStorage/Box", "a cloud service"),
        ("/mnt/team drive/sessions", "another machine"),
        ("/mnt/win/sessions", "another machine"),
        ("\\\\server\\share\\sessions", "another machine"),
        ("/Users/kim/iCloudDrive/sessions", "iCloud"),
        ("/home/kim/Nextcloud/sessions", "Nextcloud"),
    ],
)
def test_a_synced_or_remote_place_is_warned_of(place: str, words: str) -> None:
    (warning,) = folder_warnings(Path(place), MOUNTS)
    assert words in warning
    assert "--sessions DIR" in warning


@pytest.mark.parametrize("place", ["/home/kim/sessions", "/mnt/win/local/sessions", "/home/kim/dropbox-notes"])
def test_an_ordinary_place_is_not(place: str) -> None:
    assert folder_warnings(Path(place), MOUNTS) == ()


def test_what_macos_lists_is_read_as_a_table_of_mounts() -> None:
    printed = """\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
map auto_home on /System/Volumes/Data/home (autofs, automounted, nobrowse)
//kim@server/team on /Volumes/team drive (smbfs, nodev, nosuid, mounted by kim)
server:/export on /Volumes/export (nfs)
"""
    table = mounts_as_listed(printed)
    for place in ("/Volumes/team drive/sessions", "/Volumes/export/sessions"):
        assert "another machine" in folder_warnings(Path(place), table)[0]
    assert folder_warnings(Path("/Users/kim/sessions"), table) == ()


def test_the_machines_own_table_of_mounts_is_read(tmp_path: Path) -> None:
    assert folder_warnings(tmp_path) == ()


def test_a_system_without_a_table_of_mounts_is_warned_of_nothing(tmp_path: Path) -> None:
    assert folder_warnings(Path("/home/kim/sessions"), _read_mounts(tmp_path / "mounts")) == ()
