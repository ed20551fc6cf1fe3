import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxworkshop.domain.outlines import course_of, fitting_tolerance, modes_of, outline_of, second_modes_of

OPPOSITE = {"J": "L", "L": "J"}


@pytest.mark.parametrize(
    ("counts", "letter"),
    [
        ((0, 0, 0, 0, 0), "F"),
        ((0, 0, 1, 0, 0), "F"),
        ((0, 0, 2, 0, 0), "A"),
        ((2, 0, 0, 0, 2), "U"),
        ((0, 0, 0, 8, 4), "A"),
        ((12, 0, 0, 0, 0), "L"),
        ((1, 2, 3, 4, 5), "J"),  # no step is large enough, but the ends are far apart
        ((6, 0, 6, 0, 6), "S"),
    ],
)
def test_the_letter_of_a_room(counts: tuple[int, ...], letter: str) -> None:
    found = outline_of(counts, fitting_tolerance(sum(counts)))
    assert found is not None
    assert found.letter == letter


def test_the_strict_letters_have_none_for_a_flat_room() -> None:
    found = outline_of((3, 3, 3), 0, strict=True)
    assert found is not None
    assert found.letter is None
    assert outline_of((3, 3), 0) is None


def test_larger_rooms_are_given_more_tolerance() -> None:
    assert [fitting_tolerance(people) for people in (0, 12, 20, 200)] == [1, 1, 1, 10]


@given(st.lists(st.integers(0, 9), min_size=3, max_size=9), st.integers(0, 2))
def test_a_mirrored_scale_mirrors_the_letter(counts: list[int], tolerance: int) -> None:
    found, mirrored = outline_of(counts, tolerance), outline_of(counts[::-1], tolerance)
    assert found is not None
    assert mirrored is not None
    assert mirrored.steps == tuple(-step for step in reversed(found.steps))
    if any(found.steps):
        assert mirrored.letter == OPPOSITE.get(found.letter or "", found.letter)


def test_modes_and_what_comes_next() -> None:
    first, second = modes_of((0, 6, 0, 6, 3)), second_modes_of((0, 6, 0, 6, 3))
    assert first is not None
    assert (first.options, first.answers, first.contiguous) == ((2, 4), 6, False)
    assert second is not None
    assert (second.options, second.answers) == ((5,), 3)
    assert modes_of((0, 0)) is None
    assert second_modes_of((0, 0)) is None
    assert second_modes_of((0, 7)) is None
    assert second_modes_of((4, 4)) is None


def test_the_nine_courses_are_numbered_from_up_to_down() -> None:
    ways = [(4, 5, 6), (4, 5, 5), (4, 5, 4), (4, 4, 5), (4, 4, 4), (4, 4, 3), (4, 3, 4), (4, 3, 3), (4, 3, 2)]
    assert [course_of(*way, tolerance=0.5).number for way in ways] == list(range(1, 10))
    assert course_of(50, 53, 60, tolerance=4).number == 4
