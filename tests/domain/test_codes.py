from random import Random

import pytest

from cxworkshop.domain.codes import WORDS, draw_code, read_code, spelled


def test_codes_are_a_word_and_a_number_that_can_be_spoken() -> None:
    word, _, number = draw_code(Random(1).choice, lambda _code: False).partition("-")
    assert word in WORDS
    assert len(number) == 2
    assert number.isdigit()


def test_no_code_is_drawn_twice_even_when_short_ones_run_out() -> None:
    taken: set[str] = set()
    random = Random(2)
    for _ in range(3000):
        code = draw_code(random.choice, taken.__contains__)
        assert code not in taken
        taken.add(code)


def test_longer_numbers_come_when_every_short_code_is_taken() -> None:
    code = draw_code(Random(3).choice, lambda code: len(code.partition("-")[2]) < 3)
    assert len(code.partition("-")[2]) == 3


@pytest.mark.parametrize("typed", ["kite 42", "KITE42", " Kite-42 ", "kite_42"])
def test_codes_are_read_as_people_type_them(typed: str) -> None:
    assert read_code(typed) == "KITE-42"


def test_what_is_no_code_comes_back_and_leads_nowhere() -> None:
    assert read_code("  whatever ") == "WHATEVER"
    assert read_code("") == ""


def test_no_word_is_twice_on_the_list() -> None:
    assert len(WORDS) == len(set(WORDS))


def test_no_digit_of_a_code_can_be_read_as_a_letter_and_codes_can_be_spelled() -> None:
    random = Random(4)
    assert not {"0", "1"} & set("".join(draw_code(random.choice, lambda _code: False) for _ in range(200)))
    assert spelled("KITE-42") == "K, I, T, E, 4, 2"
