"""Hostile files end in one plain fault, quickly, and nothing in them is obeyed."""

import os
import time
from pathlib import Path

import pytest

from cxworkshop.packs.check import check
from cxworkshop.packs.consistency import Known
from cxworkshop.packs.files import DEEPEST_NESTING, LARGEST_FILE, read_document
from packs.pack_files import HEAD, ITEM, written

HOSTILE = {
    "brackets": "a = " + "[" * 50_000 + "]" * 50_000,
    "open brackets": "a = " + "[" * 100_000,
    "braces": "a = " + "{a=" * 30_000 + "1" + "}" * 30_000,
    "dotted key": ".".join(["a"] * 50_000) + " = 1",
    "dotted header": "[" + ".".join(["a"] * 50_000) + "]",
    "quoted dotted key": ".".join(['"a"'] * 20_000) + " = 1",
    "long number": "a = " + "9" * 100_000,
    "long number with underscores": "a = " + "9_" * 50_000 + "9",
    "open strings": 'a = """' * 30_000 + "\\",
    "control characters": 'a = "\x00\x1b]0;title\x07"',
    "an id that is a command": '[pack]\nid = "$(touch /tmp/pack-ran)"\ntitle = "\\u001b[2J"\nversion = 1',
    "an alias pyramid": "a: &a [x, x]\nb: [*a, *a]\n",
    "nothing": "",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_ends_in_a_plain_fault_within_seconds(tmp_path: Path, name: str) -> None:
    begun = time.perf_counter()

    faults = check(written(tmp_path, HOSTILE[name]), Known())

    assert faults
    assert all(str(fault).isprintable() and len(str(fault)) < 1000 for fault in faults)
    assert time.perf_counter() - begun < 3


@pytest.mark.parametrize("suffix", [".yaml", ".json", ".zip", "", ".toml.gz"])
def test_only_toml_files_are_packs(tmp_path: Path, suffix: str) -> None:
    (fault,) = check(written(tmp_path, HEAD + ITEM, f"pack{suffix}"), Known())

    assert "TOML" in fault.right


def test_a_byte_order_mark_and_windows_line_ends_are_accepted(tmp_path: Path) -> None:
    path = tmp_path / "tiny.toml"
    path.write_bytes(b"\xef\xbb\xbf" + (HEAD + ITEM).replace("\n", "\r\n").encode())

    assert check(path, Known()) == ()


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1", "cp1252"])
def test_other_encodings_are_refused_by_line(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "tiny.toml"
    path.write_bytes((HEAD + ITEM.replace("We listen.", "Où, café?")).encode(encoding))

    (fault,) = check(path, Known())

    assert fault.wrong == "is not UTF-8"
    assert fault.key.startswith("line ")


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    just = HEAD + ITEM
    fits = written(tmp_path, just + "#" * (LARGEST_FILE - len(just)))
    assert check(fits, Known()) == ()

    (fault,) = check(written(tmp_path, just + "#" * (LARGEST_FILE - len(just) + 1)), Known())
    assert fault.right == "a pack has at most 256 kB"


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()

    assert "no such file" in check(tmp_path / "none.toml", Known())[0].wrong
    assert "not a regular file" in check(tmp_path / "folder.toml", Known())[0].wrong
    assert check(Path("a\0b.toml"), Known())


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_and_a_link_are_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    (tmp_path / "link.toml").symlink_to("/dev/zero")

    for name in ("pipe.toml", "link.toml"):
        assert "not a regular file" in check(tmp_path / name, Known())[0].wrong


def test_nesting_within_strings_and_comments_does_not_count(tmp_path: Path) -> None:
    brackets = "[{" * DEEPEST_NESTING * 2
    text = (
        f'# {brackets}\na = "{brackets}"\nb = \'{brackets}\'\nc = \'\'\'\n{brackets}\'\'\'\nd = """\\"{brackets}"""\n'
    )

    document = read_document(written(tmp_path, text))

    assert document["a"] == document["b"] == document["c"] == brackets


def test_texts_are_cleaned_at_this_edge(tmp_path: Path) -> None:
    from cxworkshop.packs.load import load

    text = (HEAD + ITEM).replace("We listen.", "\\u001b[31mWe \\u202elisten. می\u200cخواهم")

    pack = load(written(tmp_path, text), Known())

    assert pack.instrument is not None
    assert pack.instrument.items[0].text == "␛[31mWe \\u202elisten. می\u200cخواهم"
