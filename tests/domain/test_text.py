import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxworkshop.domain.text import NAME_LIMIT, clean, clean_line, same_name, search_key


@pytest.mark.parametrize(
    "text",
    [
        "Zoë Müller",
        "می‌خواهم",
        "שלום",
        "👩‍👩‍👧‍👦",
        "❤️",
        "❤️‍🔥",
        "🏳️‍🌈",
        "👩🏽‍🚀",
        "ක්‍ෂ",
        "क्‍ष",
        "ه‍ب",
        "null",
        "0012",
        "Ann [/b] [link=x",
        "a_b*c`d",
    ],
)
def test_what_people_really_write_comes_through(text: str) -> None:
    assert clean_line(text) == unicodedata.normalize("NFC", text)
    assert clean(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b]0;x\x07b", "a␛]0;x␇b"),
        ("a\x00b", "a␀b"),
        ("a\x7fb", "a␡b"),
        ("a\x9bb", r"a\u009bb"),
        ("Ann\u202etxt", r"Ann\u202etxt"),
        ("A\u200bnn", r"A\u200bnn"),
        ("a\ud800b", r"a\ud800b"),
        ("tag\U000e0041", r"tag\ue0041"),
    ],
)
def test_what_a_terminal_would_obey_is_made_visible(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_a_line_folds_white_space_and_a_text_keeps_its_lines() -> None:
    assert clean_line("  one\n\ttwo  three ") == "one two three"
    assert clean("one\r\ntwo\rthree\n") == "one\ntwo\nthree"


def test_joiners_that_only_hide_are_dropped() -> None:
    assert clean_line("\u200dAnn\u200c") == "Ann"
    assert clean_line("Ann \u200d Bob") == "Ann  Bob"
    assert clean_line("Ann\u200dBob 字\u200d字 x\u200d👩") == "AnnBob 字字 x👩"
    assert clean_line("a\u200c\u200d") == "a"


def test_a_pile_of_marks_is_cut_to_eight() -> None:
    assert clean_line("e" + "\u0335" * 50) == "e" + "\u0335" * 8


def test_long_text_is_cut_with_a_sign_that_it_was() -> None:
    assert clean_line("x" * 200, NAME_LIMIT) == "x" * (NAME_LIMIT - 1) + "…"


def test_names_are_compared_as_a_room_reads_them() -> None:
    assert same_name("ANN  example", "Ann Example")
    assert same_name("Ａnn", "Ann")
    assert not same_name("Ann", "Anne")


@pytest.mark.parametrize("unseen", ["\u200b", "\u200f", "\u2060", "\ufeff", "\u00ad"])
def test_a_name_with_a_sign_that_nobody_sees_is_the_same_name(unseen: str) -> None:
    assert same_name(clean_line(f"Zoe{unseen}"), "Zoe")
    assert same_name(clean_line(f"{unseen}Zo{unseen}e"), "zoe")


@given(st.text())
def test_cleaning_is_stable_and_leaves_nothing_a_terminal_obeys(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert not any(
        unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in once if character != "\n"
    )
    assert "\n" not in clean_line(text)
    once.encode()


@pytest.mark.parametrize(
    ("typed", "name"), [("chloe", "Chloé"), ("simic", "Ana Šimić"), ("CHLOÉ", "chloé"), ("امید", "امید")]
)
def test_names_are_found_without_their_marks(typed: str, name: str) -> None:
    assert search_key(typed) in search_key(name)
    assert search_key("x") not in search_key(name)
