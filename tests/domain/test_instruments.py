"""By which numbers the options of a scale are called, where people answer."""

import pytest

from cxworkshop.domain.instruments import Option, Scale, called, misnumbered

LIKELY = ("0 not at all likely", *(str(number) for number in range(1, 10)), "10 extremely likely")


def options(*labels: str) -> tuple[Option, ...]:
    return tuple(map(Option, labels))


@pytest.mark.parametrize(
    ("labels", "numbers", "words"),
    [
        (LIKELY, tuple(range(11)), ("not at all likely", *[""] * 9, "extremely likely")),
        (("6 – poor", "5", "(4)", "3: fair"), (6, 5, 4, 3), ("poor", "", "", "fair")),
        (("1. Never", "2) Often"), (1, 2), ("Never", "Often")),
        (("Never", "Often", "Always"), (1, 2, 3), ("Never", "Often", "Always")),
        (("1-2 times", "2-3 times"), (1, 2), ("1-2 times", "2-3 times")),
        (("0.5", "1.5"), (1, 2), ("0.5", "1.5")),
        (("0", "10", "20"), (1, 2, 3), ("0", "10", "20")),
        (("3rd", "4th"), (1, 2), ("3rd", "4th")),
        (("-1", "0", "1"), (1, 2, 3), ("-1", "0", "1")),
        (("0", "1", "more"), (1, 2, 3), ("0", "1", "more")),
    ],
)
def test_options_are_called_by_the_numbers_of_their_labels_where_these_count_on_and_else_by_their_places(
    labels: tuple[str, ...], numbers: tuple[int, ...], words: tuple[str, ...]
) -> None:
    found = called(options(*labels))
    assert (tuple(each.number for each in found), tuple(each.words for each in found)) == (numbers, words)


@pytest.mark.parametrize(
    ("labels", "misleading"),
    [
        (LIKELY, None),
        (("Never", "1-2 times", "more"), ("1-2 times", 2)),
        (("-1", "0", "1"), ("0", 2)),
        (("1-2 times", "2-3 times"), None),
        (("No", "Yes"), None),
    ],
)
def test_a_label_that_begins_with_another_number_is_told(
    labels: tuple[str, ...], misleading: tuple[str, int] | None
) -> None:
    found = misnumbered(options(*labels))
    assert (None if found is None else (found[0].label, found[1])) == misleading


def test_what_is_stored_are_places_and_a_median_is_told_in_the_scales_own_numbers() -> None:
    likely, grade = Scale("likely", options(*LIKELY)), Scale("grade", options("6", "5", "4"))
    assert (likely.place_of(10), likely.place_of(0), likely.place_of(11)) == (11, 1, None)
    assert (likely.called_at(8.5), grade.called_at(1.5)) == (7.5, 5.5)
