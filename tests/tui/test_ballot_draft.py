"""A ballot while it is filled in, apart from any screen."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxworkshop.domain import rounds
from cxworkshop.domain.ballots import Ballot
from cxworkshop.domain.instruments import Option
from cxworkshop.domain.session import Candidate
from cxworkshop.tui.ballot.draft import FEEDBACK_QUESTION, Draft, Question, answer_text, draft_of
from tui.sessions import prepared


def draft(options: int = 5, questions: int = 3) -> Draft:
    scale = tuple(Option(f"option {number}") for number in range(1, options + 1))
    return Draft(
        "self_test", tuple(Question(f"q{place}", f"Question {place}", options=scale) for place in range(questions))
    )


def typed(start: Draft, keys: str) -> Draft:
    for key in keys:
        start = start.digit(key)
    return start


@pytest.mark.parametrize(
    ("options", "keys", "chosen"),
    [
        (5, "3", 3),
        (5, "0", 0),
        (5, "7", None),
        (5, "10", 0),
        (10, "1", 1),
        (10, "10", 10),
        (10, "11", 1),
        (11, "11", 11),
        (11, "110", 0),
        (11, "20", 0),
        (11, "119", 9),
    ],
)
def test_digits_choose_and_long_scales_take_two(options: int, keys: str, chosen: int | None) -> None:
    assert typed(draft(options), keys).chosen == chosen


@pytest.mark.parametrize(("keys", "chosen"), [("0", 1), ("1", 2), ("7", 8), ("10", 11), ("11", 2), ("010", 11)])
def test_digits_choose_by_the_numbers_that_labels_begin_with(keys: str, chosen: int) -> None:
    scale = tuple(Option(f"{number} points") for number in range(11))
    assert typed(Draft("self_test", (Question("q", "How likely?", options=scale),)), keys).chosen == chosen


def test_going_on_without_an_answer_leaves_the_question_out() -> None:
    passed = draft().onward().choose(0).onward()
    assert (passed.progress, passed.left_out, passed.answers) == ("3 of 3", 2, {"q1": 0})
    assert passed.onward().at_summary


def test_a_question_opened_from_the_summary_leads_back_to_it() -> None:
    opened = draft().to_summary().reopen(1)
    assert opened.progress == "2 of 3"
    assert opened.choose(4).onward().at_summary
    assert opened.back().at_summary


def test_arrows_walk_through_the_options_and_stop_at_the_ends() -> None:
    first = draft().step(1)
    assert (first.chosen, first.step(-1).chosen, first.step(1).chosen) == (1, 1, 2)
    assert draft().step(-1).chosen == 5
    assert draft().choose(0).step(1).chosen == 1


def test_an_empty_comment_takes_the_comment_off() -> None:
    noted = draft().comment("because")
    assert noted.answers_to_send().comments == {"q0": "because"}
    assert not noted.comment("  ").comments


@given(st.lists(st.tuples(st.sampled_from(["a", "b", "c"]), st.integers(-2, 12)), max_size=20))
def test_dots_never_outnumber_those_given_out(puts: list[tuple[str, int]]) -> None:
    present = Draft("dots", tuple(Question(name, name) for name in "abc"), dots=3)
    for name, dots in puts:
        present = present.put_dots(name, dots)
        assert present.dots_left >= 0
        assert all(count > 0 for count in present.answers.values())


def test_the_questions_of_each_kind_of_round() -> None:
    session = rounds.open_first_round(prepared())
    first = draft_of(session, session.rounds[0])
    assert first.questions[0].heading == "House survey · Stage"
    assert [option.label for option in first.questions[0].options][:2] == ["Ignore", "Explore"]
    candidates = {"c1": Candidate("c1", "Own the journey", "own", "weak"), "c2": Candidate("c2", "Listen", "own")}
    dotted = rounds.open_dots(replace(prepared(), candidates=candidates))
    assert draft_of(dotted, dotted.rounds[0]).dots_left == 3
    rated = rounds.open_ratings(replace(prepared(), candidates=candidates))
    pages = draft_of(rated, rated.rounds[0]).questions
    assert [(page.text, page.heading.partition(":")[0], len(page.options)) for page in pages] == [
        ("Own the journey", "Impact", 5),
        ("Own the journey", "Effort", 5),
        ("Listen", "Impact", 5),
        ("Listen", "Effort", 5),
    ]
    asked = rounds.open_feedback(prepared())
    assert draft_of(asked, asked.rounds[0]).question.text == FEEDBACK_QUESTION


def test_a_ballot_to_change_comes_back_as_it_was() -> None:
    session = rounds.open_first_round(prepared())
    again = draft_of(session, session.rounds[0], Ballot("1", "KITE-42", {"q1": 2}, {"q1": "why"}))
    assert (dict(again.answers), dict(again.comments), again.position) == ({"q1": 2}, {"q1": "why"}, 0)


def test_answers_in_words() -> None:
    question = draft().question
    assert [answer_text(question, given_answer) for given_answer in (None, 0, 2)] == [
        "left out",
        "don't know",
        "option 2",
    ]


def test_a_draft_is_renewed_with_what_is_asked_now_and_keeps_what_is_asked_still() -> None:
    filled = replace(draft(questions=3), answers={"q0": 2, "q1": 3}, comments={"q1": "why"}, position=2)
    reworded = replace(filled.questions[0], text="In other words")
    fresh = replace(draft(questions=5), questions=(reworded, *draft(questions=5).questions[1:]))
    assert not filled.asks_as(fresh)
    renewed = filled.renewed(fresh)
    assert renewed.asks_as(fresh)
    assert (renewed.answers, renewed.comments, renewed.position) == ({"q1": 3}, {"q1": "why"}, 0)
    fewer = filled.renewed(draft(questions=1))
    assert (fewer.answers, fewer.comments, fewer.at_summary) == ({"q0": 2}, {}, True)
    assert replace(filled, position=1).renewed(draft(questions=3)).position == 1


def test_dots_go_back_where_there_are_fewer_by_now_and_stay_where_they_fit() -> None:
    def of(*names: str, dots: int) -> Draft:
        return Draft("dots", tuple(Question(name, name) for name in names), dots)

    placed = of("a", "b", dots=5).put_dots("a", 4).put_dots("b", 1)
    assert placed.renewed(of("a", "c", dots=5)).answers == {"a": 4}
    assert placed.renewed(of("a", "b", dots=3)).dots_left == 3
