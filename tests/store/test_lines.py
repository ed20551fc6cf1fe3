"""Lines of a journal, and what may stand in them."""

from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import Any
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxworkshop.domain.errors import NewerSession, NotStorable
from cxworkshop.store.lines import DEEPEST, Commit, Head, decode, decode_head, encode, encode_head, plain

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.dictionaries(TEXT, JSON, max_size=3)
CHANGES = st.dictionaries(TEXT, st.none() | st.dictionaries(TEXT, st.none() | FIELDS, max_size=3), max_size=3)
NUMBERS = st.integers(min_value=1, max_value=10**9)


@given(NUMBERS, CHANGES)
def test_what_was_written_down_is_read_back(number: int, changes: dict[str, Any]) -> None:
    line = encode(number, changes)
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")
    assert decode(line[:-1]) == Commit(number, changes)


@given(NUMBERS, CHANGES, st.data())
def test_a_line_with_anything_changed_is_not_whole(number: int, changes: dict[str, Any], data: st.DataObject) -> None:
    line = bytearray(encode(number, changes)[:-1])
    at = data.draw(st.integers(0, len(line) - 1))
    line[at] ^= data.draw(st.integers(1, 255))
    assert decode(bytes(line)) is None
    assert decode(bytes(line[:at])) is None


@given(JSON)
def test_plain_values_are_copied_as_they_are(value: Any) -> None:
    assert plain(value) == value
    assert repr(plain(value)) == repr(value)


@pytest.mark.parametrize("text", [b"", b" ", b"x", b"zzzzzzzz 1 2 {}", b"00000000 1 2 {}"])
def test_what_never_was_a_line_is_not_whole(text: bytes) -> None:
    assert decode(text) is None


@pytest.mark.parametrize("rest", [b"1 2 []", b"1 9 {}", b"x 2 {}", b'1 8 {"a":[]}', b"1 2 {]", b"1 {}", b"1 x {}"])
def test_a_line_of_another_shape_is_not_whole_even_with_the_right_checksum(rest: bytes) -> None:
    assert decode(b"%08x %b" % (crc32(rest), rest)) is None


class Level(StrEnum):
    MANAGER = "Manager"


class Stage(IntEnum):
    FIRST = 1


class Share(float):
    pass


def test_relatives_of_what_json_knows_become_what_json_gives_back() -> None:
    found = plain(
        MappingProxyType(
            {"level": Level.MANAGER, "stage": Stage.FIRST, "share": Share(0.5), "marks": (1, (2, {"a": ()}))}
        )
    )
    assert found == {"level": "Manager", "stage": 1, "share": 0.5, "marks": [1, [2, {"a": []}]]}
    assert [type(each) for each in found.values()] == [str, int, float, list]
    assert type(found) is dict


def nested(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ({1: "a"}, "keys"),
        ({"a": {None: 1}}, "keys"),
        (float("nan"), "nan"),
        ([float("-inf")], "inf"),
        (Share("nan"), "nan"),
        ({1, 2}, "holds"),
        ({"a": b"bytes"}, "bytes"),
        (nested(DEEPEST + 1), "deeper"),
    ],
)
def test_what_has_no_form_in_a_file_is_refused(value: object, reason: str) -> None:
    with pytest.raises(NotStorable, match=reason):
        plain(value)


def test_the_deepest_that_is_allowed_is_read_back() -> None:
    changes = {"ballots": {"b1": {"deep": nested(DEEPEST)}}}
    assert decode(encode(1, changes)[:-1]) == Commit(1, changes)


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(NotStorable):
        encode(1, {"ballots": {"b1": {"comment": "\ud800"}}})


@given(NUMBERS, NUMBERS)
def test_a_head_is_read_back(first: int, last: int) -> None:
    line = encode_head(Head(first, last))
    assert line.endswith(b"\n")
    assert decode_head(line[:-1]) == Head(first, last)
    assert decode_head(line) is None


def test_a_head_with_anything_changed_is_none_or_of_another_version() -> None:
    line = encode_head(Head(14, 31))[:-1]
    for at in range(len(line)):
        assert decode_head(line[:at]) is None
        for change in range(1, 256):
            changed = bytearray(line)
            changed[at] ^= change
            try:
                assert decode_head(bytes(changed)) is None
            except NewerSession:
                assert at == line.index(b" ") + 1 or chr(changed[at]).isdigit()


@pytest.mark.parametrize("line", [b"cxworkshop-journal", b"cxworkshop-journal 0", b"cxworkshop-journal 1", b""])
def test_what_never_was_a_head_is_none(line: bytes) -> None:
    assert decode_head(line) is None


@pytest.mark.parametrize("line", [b"cxworkshop-journal 7", b"cxworkshop-journal 12 of another make"])
def test_a_later_head_is_told_whatever_it_looks_like(line: bytes) -> None:
    with pytest.raises(NewerSession):
        decode_head(line)
