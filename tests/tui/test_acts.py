"""The registry of acts: keys every terminal sends, no key twice, and every act can be done."""

import importlib
import itertools
import pkgutil

import pytest
from textual.binding import Binding, BindingType

from cxworkshop import tui
from cxworkshop.domain import flow, plan, priorities, rounds
from cxworkshop.domain.session import STEPS, Action, Candidate, Privacy, Rules, Session, Step
from cxworkshop.tui.acts import (
    END_ACTS,
    FOOTER_ACTS,
    WIDE_FOOTER_ACTS,
    Act,
    find_act,
    grouped,
    is_safe_key,
    key_line,
    key_text,
)
from cxworkshop.tui.app import WIDE
from cxworkshop.tui.console.common_acts import COMMON_ACTS
from cxworkshop.tui.console.screen import ConsoleScreen
from cxworkshop.tui.console.steps.catalogue import acts_of_steps, view_class
from cxworkshop.tui.every_act import Place, places
from cxworkshop.tui.home.screen import HOME_ACTS, HomeScreen
from cxworkshop.tui.widgets.help import help_lines
from cxworkshop.tui.widgets.key_line import fitting
from tui.sessions import NOON, prepared

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


def revealed(session: Session) -> Session:
    """The session with its open round closed and revealed."""
    return rounds.reveal_round(rounds.close_round(session), ballots_in=4)


def states() -> dict[str, Session]:
    """How a session stands through the sitting, by what happened last."""
    fresh = prepared()
    opened = rounds.open_first_round(fresh)
    shown = revealed(opened)
    again = rounds.open_vote_again(shown, ["q1"])
    listed = priorities.add_candidates(shown, [Candidate("a", "Speed", "own"), Candidate("b", "Trust", "own")])
    dots = rounds.open_dots(listed)
    dotted = revealed(dots)
    planned = plan.add_action(dotted, Action("x", "Answer the phone"))
    asked = rounds.open_feedback(planned)
    return {
        "fresh": fresh,
        "anonymous": prepared(rules=Rules(Privacy.ANONYMOUS), participants={}),
        "vote open": opened,
        "vote closed": rounds.close_round(opened),
        "vote shown": shown,
        "again open": again,
        "again closed": rounds.close_round(again),
        "again shown": revealed(again),
        "candidates": listed,
        "dots open": dots,
        "dots shown": dotted,
        "planned": planned,
        "question open": asked,
        "question closed": rounds.close_round(asked),
        "question shown": revealed(asked),
    }


STATES = states()


def line_at(state: str, step: Step, columns: int) -> tuple[tuple[Act, ...], frozenset[str]]:
    """What stands on the key line, and what is refused."""
    acts = (*view_class(step).ACTS, *COMMON_ACTS)
    session = flow.go_to(STATES[state], step, NOON)
    refused = frozenset(act.id for act in acts if act.refusal(session) is not None)
    room = WIDE_FOOTER_ACTS if columns >= WIDE else FOOTER_ACTS
    return fitting(key_line(acts, step, room, refused), columns), refused


def as_shown(act: Act) -> str:
    return f"{act.key_text} {act.label}"


@pytest.mark.parametrize("columns", [80, 100, 120, 200])
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("step", STEPS)
def test_the_key_line_always_has_the_next_step_and_help_and_no_more_than_fits(
    step: Step, state: str, columns: int
) -> None:
    line, refused = line_at(state, step, columns)
    texts = [as_shown(act) for act in line]
    assert ("PgDn next step" in texts) == (step is not Step.CLOSE)
    assert texts[-1] == "? help"
    assert 1 + len("  ".join(texts)) <= columns
    assert len(line) <= FOOTER_ACTS or columns >= WIDE
    others = [act.id in refused for act in line if act.id not in END_ACTS]
    assert others == sorted(others), "what can be done now comes before what is refused"
    assert len(others) >= FOOTER_ACTS - 2


@pytest.mark.parametrize("step", STEPS)
def test_a_wider_window_shows_more_keys(step: Step) -> None:
    counts = [len(line_at("fresh", step, columns)[0]) for columns in (80, 100, 120, 160)]
    assert counts == sorted(counts)
    assert counts[-1] > counts[0]


@pytest.mark.parametrize(
    ("state", "step", "keys"),
    [
        ("fresh", Step.SELF_TEST, ["o open"]),
        ("vote open", Step.SELF_TEST, ["x close", "h hand over"]),
        ("vote closed", Step.SELF_TEST, ["r reopen"]),
        ("vote open", Step.REVEAL, ["x close"]),
        ("vote closed", Step.REVEAL, ["r reveal"]),
        ("vote shown", Step.REVEAL, ["1-5 views", "o order"]),
        ("vote shown", Step.DISAGREEMENTS, ["n note", "→ next item", "v/h vote again", "s/p settle/park"]),
        ("again open", Step.DISAGREEMENTS, ["x close vote", "→ next item"]),
        ("again closed", Step.DISAGREEMENTS, ["r reveal vote", "→ next item"]),
        ("vote shown", Step.PLAN, ["p propose", "a add candidate"]),
        ("candidates", Step.PLAN, ["v vote by dots", "Space choose"]),
        ("dots open", Step.PLAN, ["x close vote", "h hand over"]),
        ("dots shown", Step.PLAN, ["Space choose", "n new action"]),
        ("planned", Step.CLOSE, ["f last question", "e export"]),
        ("question open", Step.CLOSE, ["x close vote", "h hand over"]),
        ("question closed", Step.CLOSE, ["r result"]),
    ],
)
def test_the_next_thing_to_do_is_on_the_narrow_key_line(state: str, step: Step, keys: list[str]) -> None:
    line = [as_shown(act) for act in line_at(state, step, 80)[0]]
    assert [key for key in keys if key not in line] == [], line


def every_binding() -> list[tuple[str, str]]:
    """Every key bound by any class of the screens, with the class."""
    found = []
    for module in pkgutil.walk_packages(tui.__path__, "cxworkshop.tui."):
        for name, member in vars(importlib.import_module(module.name)).items():
            if isinstance(member, type) and member.__module__ == module.name:
                bindings = member.__dict__.get("BINDINGS", ())
                found += [(name, key) for binding in bindings for key in _keys_of(binding)]
    return found


def _keys_of(binding: BindingType) -> list[str]:
    keys = binding.key if isinstance(binding, Binding) else binding[0]
    return [key.strip() for key in keys.split(",")]


def test_no_class_of_the_screens_binds_a_key_that_a_terminal_may_swallow() -> None:
    found = every_binding()
    assert len(found) > 100
    # Every terminal has a key of its own for going back from field to field.
    assert [(name, key) for name, key in found if not is_safe_key(key) and key != "shift+tab"] == []


@pytest.mark.parametrize("place", places(), ids=lambda place: place.name)
def test_every_act_of_every_screen_stands_in_its_help_with_its_keys(place: Place) -> None:
    text = "\n".join(f"{hung.lead} {hung.text}" for hung in help_lines(place.acts))
    for act in place.acts:
        assert act.tooltip in text
        assert all(key_text(key) in text for key in act.keys)


def test_acts_of_a_family_share_an_entry_which_does_the_first_that_can_be_done() -> None:
    acts = (
        Act("a.one", ("1",), "one", "One.", priority=1, family="pages", refusal=never),
        Act("a.two", ("2",), "two", "Two.", priority=2, family="pages"),
        Act("a.three", ("3",), "three", "Three.", priority=3, family="pages"),
        Act("a.up", ("K",), "up", "Up.", priority=4, family="move"),
        Act("a.down", ("J",), "down", "Down.", priority=5, family="move"),
    )
    line = key_line(acts, None, refused={"a.one"})
    assert [(act.id, as_shown(act)) for act in line] == [("a.two", "1-3 pages"), ("a.up", "K/J move")]


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
