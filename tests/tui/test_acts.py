"""The registry of acts: keys every terminal sends, no key twice, and every act can be done."""

import itertools

import pytest

from cxworkshop.domain.session import STEPS, Session, Step
from cxworkshop.tui.acts import (
    FOOTER_ACTS,
    WIDE_FOOTER_ACTS,
    Act,
    find_act,
    grouped,
    is_safe_key,
    key_line,
    key_text,
)
from cxworkshop.tui.console.common_acts import COMMON_ACTS
from cxworkshop.tui.console.screen import ConsoleScreen
from cxworkshop.tui.console.steps.catalogue import acts_of_steps, view_class
from cxworkshop.tui.home.screen import HOME_ACTS, HomeScreen

EVERY_ACT = (*COMMON_ACTS, *acts_of_steps(), *HOME_ACTS)


def never(session: Session) -> str | None:
    """An act that cannot be done."""
    del session
    return "not now"


@pytest.mark.parametrize("act", EVERY_ACT, ids=lambda act: act.id)
def test_every_key_is_sent_as_itself_by_every_terminal(act: Act) -> None:
    assert act.keys
    assert all(is_safe_key(key) for key in act.keys), act.keys


@pytest.mark.parametrize("act", EVERY_ACT, ids=lambda act: act.id)
def test_every_act_says_in_a_sentence_what_it_does(act: Act) -> None:
    assert act.tooltip.endswith(".")
    assert 1 <= len(act.label) <= 16


@pytest.mark.parametrize("step", STEPS)
def test_no_key_has_two_meanings_at_a_step(step: Step) -> None:
    acts = (*view_class(step).ACTS, *COMMON_ACTS)
    keys = list(itertools.chain.from_iterable(act.keys for act in acts))
    assert sorted(keys) == sorted(set(keys))
    assert len({act.id for act in acts}) == len(acts)


@pytest.mark.parametrize("step", STEPS)
def test_every_act_of_a_step_has_its_method(step: Step) -> None:
    view = view_class(step)
    assert [act.id for act in view.ACTS if not hasattr(view, act.handler)] == []


def test_every_common_act_has_its_method() -> None:
    assert [act.id for act in COMMON_ACTS if not hasattr(ConsoleScreen, act.handler)] == []
    assert [act.id for act in HOME_ACTS if not hasattr(HomeScreen, act.handler)] == []


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(("room", "columns"), [(FOOTER_ACTS, 80), (WIDE_FOOTER_ACTS, 120)])
def test_the_key_line_fits_and_ends_with_help(step: Step, room: int, columns: int) -> None:
    line = key_line((*view_class(step).ACTS, *COMMON_ACTS), step, room)
    assert len(line) <= room
    assert line[-1].id == "app.help"
    assert sum(len(act.key_text) + 1 + len(act.label) + 2 for act in line) + 1 <= columns


def test_acts_refused_now_give_way_on_the_key_line_to_those_that_can_be_done() -> None:
    acts = (
        Act("a.first", ("a",), "first", "First.", priority=1, refusal=never),
        Act("a.second", ("b",), "second", "Second.", priority=2),
        Act("app.help", ("f1",), "help", "Help.", priority=99),
    )
    assert [act.id for act in key_line(acts, None, 6, {"a.first"})] == ["a.second", "a.first", "app.help"]


def test_an_act_of_another_step_is_not_on_the_key_line() -> None:
    act = Act("a.only", ("a",), "only", "Only there.", steps=(Step.PLAN,))
    assert key_line([act], Step.PLAN) == (act,)
    assert key_line([act], Step.CLOSE) == ()


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("pagedown", "PgDn"),
        ("ctrl+p", "^p"),
        ("question_mark", "?"),
        ("f1", "F1"),
        ("n", "n"),
        ("T", "T"),
        ("plus", "+"),
    ],
)
def test_keys_are_named_as_on_a_keyboard(key: str, text: str) -> None:
    assert key_text(key) == text


@pytest.mark.parametrize("key", ["ctrl+h", "ctrl+i", "ctrl+m", "f11", "alt+x", "ctrl+shift+p", "super+c", "ctrl+enter"])
def test_keys_that_terminals_swallow_are_unsafe(key: str) -> None:
    assert not is_safe_key(key)


def test_help_lists_acts_under_their_headings_in_order() -> None:
    one = Act("a.one", ("a",), "one", "One.", "First")
    two = Act("a.two", ("b",), "two", "Two.", "Second")
    three = Act("a.three", ("c",), "three", "Three.", "First")
    assert grouped([one, two, three]) == (("First", (one, three)), ("Second", (two,)))


def test_an_unknown_act_is_a_fault() -> None:
    with pytest.raises(KeyError):
        find_act(COMMON_ACTS, "no.such")
