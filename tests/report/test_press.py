"""Writing files: whole or not at all, never over another without being told to."""

import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cxworkshop.report.press import CouldNotWrite, Press

PRESS = Press(lambda: datetime(2026, 11, 22, tzinfo=UTC))


def names(folder: Path) -> list[str]:
    return sorted(found.name for found in folder.iterdir())


def test_a_new_file_is_written_in_utf8_and_its_full_path_told(tmp_path: Path) -> None:
    written = PRESS.write("Zoë\n", str(tmp_path / "plan.md"), force=False)
    assert written == str((tmp_path / "plan.md").resolve())
    assert (tmp_path / "plan.md").read_bytes() == "Zoë\n".encode()
    assert names(tmp_path) == ["plan.md"]


def test_a_relative_path_and_the_home_folder_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert PRESS.write("x", "a.md", force=False) == str((tmp_path / "a.md").resolve())
    assert PRESS.write("x", "~/b.md", force=False) == str((tmp_path / "b.md").resolve())


def test_a_file_that_is_there_is_left_alone_without_force(tmp_path: Path) -> None:
    (tmp_path / "plan.md").write_bytes(b"old\r\n")
    with pytest.raises(CouldNotWrite, match="there already"):
        PRESS.write("new", str(tmp_path / "plan.md"), force=False)
    assert (tmp_path / "plan.md").read_bytes() == b"old\r\n"
    assert names(tmp_path) == ["plan.md"]


def test_force_overwrites_it_whole(tmp_path: Path) -> None:
    (tmp_path / "plan.md").write_text("a much longer old text")
    PRESS.write("new", str(tmp_path / "plan.md"), force=True)
    assert (tmp_path / "plan.md").read_text() == "new"
    assert names(tmp_path) == ["plan.md"]


def test_what_a_killed_export_left_behind_goes_with_the_next_and_nothing_else_does(tmp_path: Path) -> None:
    for name, age in (
        (".cxworkshop-0123456789ab", 7200),
        (".cxworkshop-ba9876543210", 60),
        (".cxworkshop-notes", 7200),
    ):
        (tmp_path / name).write_text("half")
        then = (tmp_path / name).stat().st_mtime - age
        os.utime(tmp_path / name, (then, then))
    PRESS.write("x", str(tmp_path / "plan.md"), force=False)
    assert names(tmp_path) == [".cxworkshop-ba9876543210", ".cxworkshop-notes", "plan.md"]


@pytest.mark.skipif(os.name != "posix", reason="modes")
def test_a_file_that_is_overwritten_stays_as_private_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "plan.md").write_text("old")
    (tmp_path / "plan.md").chmod(0o600)
    PRESS.write("new", str(tmp_path / "plan.md"), force=True)
    assert stat.S_IMODE((tmp_path / "plan.md").stat().st_mode) == 0o600


def test_without_a_name_nothing_is_written() -> None:
    with pytest.raises(CouldNotWrite, match="No file is named"):
        PRESS.write("new", " ", force=True)


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.md").write_text("old")
    (tmp_path / "link.md").symlink_to("real.md")
    PRESS.write("new", str(tmp_path / "link.md"), force=True)
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "real.md").read_text() == "new"


@pytest.mark.parametrize("force", [False, True])
def test_what_is_no_plain_file_is_refused(tmp_path: Path, force: bool) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "file").write_text("x")
    before = names(tmp_path)
    for name in ("folder", "pipe", "loop", "file/inside.md", "missing/plan.md", "x" * 300, "a\0b", ""):
        with pytest.raises(CouldNotWrite) as refused:
            PRESS.write("new", str(tmp_path / name) if name else "", force=force)
        assert str(refused.value).endswith(".")
    assert names(tmp_path) == before
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_a_read_only_file_is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "plan.md"
    target.write_text("old")
    target.chmod(0o400)
    with pytest.raises(CouldNotWrite, match="read-only"):
        PRESS.write("new", str(target), force=True)
    assert target.read_text() == "old"


@pytest.mark.parametrize("force", [False, True])
def test_a_full_disk_leaves_the_old_file_and_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, force: bool
) -> None:
    if force:
        (tmp_path / "plan.md").write_text("old")
    before = names(tmp_path)

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CouldNotWrite, match="the disk is full"):
        PRESS.write("new", str(tmp_path / "plan.md"), force=force)
    assert names(tmp_path) == before
    assert not force or (tmp_path / "plan.md").read_text() == "old"
