"""What a later session takes over from the last one, and what the room says now beside then."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxworkshop.domain.ballots import Tally
from cxworkshop.domain.content import Agenda, Content
from cxworkshop.domain.errors import AlreadyReviewed, InvalidValue, UnknownItem
from cxworkshop.domain.follow_up import (
    follow,
    follow_nothing,
    last_time_of,
    open_actions_of,
    taken_over,
    trend,
    unreviewed,
)
from cxworkshop.domain.follow_up_wording import trend_summary
from cxworkshop.domain.instruments import Instrument, Item, Option, Scale
from cxworkshop.domain.last_time import EarlierAnswers, LastTime
from cxworkshop.domain.plan import add_action, change_action, gaps
from cxworkshop.domain.results import RoundResult, results_of_hands
from cxworkshop.domain.session import About, Action, ActionState, Candidate, Closing, Session

SCALE = Scale("agree", tuple(Option(label) for label in ("Never", "Rarely", "Sometimes", "Mostly", "Always")))
ITEMS = (Item("Q1", "We ask customers.", SCALE), Item("Q2", "Customers wait.", SCALE, direction="bad"))
SPRING = date(2026, 5, 4)
AUTUMN = date(2026, 11, 4)


def held(day: date, items: tuple[Item, ...] = ITEMS, version: int = 1) -> Session:
    """A session of that day."""
    content = Content((Instrument("house", "House", items, version=version),), Agenda("90", "Day", 90, (), ()))
    return Session(About(f"{day}-cx", "CX", day, "Aurora"), content)


def hands(session: Session, **counts: tuple[int, ...]) -> RoundResult:
    """Round 1 from hands."""
    return results_of_hands(1, session.content.items, {key: Tally(found) for key, found in counts.items()})


SPRING_SESSION = replace(
    held(SPRING),
    candidates={"c1": Candidate("c1", "Ask more", "weakness", items=("Q1",), chosen=True)},
    actions={
        "a1": Action("a1", "Ask ten customers", "Kim", date(2026, 8, 1), candidate="c1", position=2),
        "a2": Action("a2", "Publish the waits", items=("Q2",), position=1),
        "a3": Action("a3", "Write it down", state="done", position=3),
        "a4": Action("a4", "Hire somebody", state="moved", since=date(2025, 11, 4), position=4),
    },
    closing=Closing(stage={"six": 3}),
)
LAST = last_time_of(SPRING_SESSION, hands(SPRING_SESSION, Q1=(6, 4, 2, 0, 0), Q2=(0, 0, 2, 4, 6)))


def followed(session: Session | None = None) -> Session:
    """The autumn's session, with the spring taken up."""
    return follow(session or held(AUTUMN), LAST, open_actions_of(SPRING_SESSION))


def reviewed(session: Session, action: str, state: ActionState, note: str, due: date | None) -> Session:
    """The session saying what became of an action."""
    return change_action(session, replace(session.actions[action], state=state, note=note, due=due))


def test_what_is_left_undone_comes_along_in_its_order_with_the_items_behind_its_priority() -> None:
    listed = open_actions_of(SPRING_SESSION)
    assert [(each.id, each.state, each.since) for each in listed] == [
        ("a2", "open", SPRING),
        ("a1", "open", SPRING),
        ("a4", "open", date(2025, 11, 4)),
    ]
    assert (listed[1].items, listed[1].candidate) == (("Q1",), "")
    assert (listed[1].owner, listed[1].due) == ("Kim", date(2026, 8, 1))


def test_actions_of_last_time_stand_before_new_ones_and_can_be_let_go_of() -> None:
    session = followed(add_action(held(AUTUMN), Action("n1", "Something new")))
    assert [each.title for each in session.plan][-2:] == ["Hire somebody", "Something new"]
    assert [each.id for each in taken_over(session)] == ["a2", "a1", "a4"]
    assert session.last_time == LAST
    without = follow_nothing(session)
    assert without.last_time is None
    assert list(without.actions) == ["n1"]
    assert [each.id for each in followed(session).plan] == [each.id for each in session.plan]


def test_reviewing_says_what_became_of_an_action() -> None:
    session = reviewed(followed(), "a2", "done", " Waits are on the wall.\x1b[2J", None)
    assert session.actions["a2"].state == "done"
    assert "\x1b" not in session.actions["a2"].note
    assert [each.id for each in unreviewed(session)] == ["a1", "a4"]
    session = reviewed(session, "a1", "moved", "", date(2027, 2, 1))
    assert (session.actions["a1"].due, session.actions["a1"].title) == (date(2027, 2, 1), "Ask ten customers")
    assert [gap.action for gap in gaps(session) if gap.kind == "not_reviewed"] == ["a4"]


def test_what_was_said_of_an_action_is_not_lost_by_choosing_another_session() -> None:
    session = reviewed(followed(), "a2", "dropped", "", None)
    with pytest.raises(AlreadyReviewed, match="Publish the waits"):
        follow_nothing(session)
    with pytest.raises(AlreadyReviewed):
        followed(session)
    back = reviewed(session, "a2", "open", "Too dear.", None)
    assert follow_nothing(back).last_time is None


def test_a_review_leaves_what_another_console_has_changed_meanwhile() -> None:
    session = followed()
    seen = session.actions["a1"]
    session = change_action(session, replace(seen, due=date(2027, 5, 1), owner="Sam"))
    session = change_action(session, replace(seen, state="done", note="Signed."), seen=seen)
    found = session.actions["a1"]
    assert (found.state, found.note, found.due, found.owner) == ("done", "Signed.", date(2027, 5, 1), "Sam")


def test_what_was_noted_on_an_action_last_time_comes_along_and_is_no_review_of_this_time() -> None:
    autumn = reviewed(followed(), "a1", "moved", "Holidays.", date(2027, 2, 1))
    spring = follow(held(date(2027, 5, 4)), last_time_of(autumn, None), open_actions_of(autumn))
    assert spring.actions["a1"].note == "Holidays."
    assert follow_nothing(spring).last_time is None


def test_a_session_takes_up_earlier_ones_only() -> None:
    with pytest.raises(InvalidValue, match="itself"):
        follow(held(SPRING), LAST, ())
    with pytest.raises(InvalidValue, match="2026-05-04"):
        follow(held(date(2026, 1, 1)), LAST, ())


def test_an_action_whose_item_is_not_asked_any_more_can_still_be_changed() -> None:
    session = followed(held(AUTUMN, ITEMS[:1]))
    changed = change_action(session, replace(session.actions["a2"], owner="Sam"))
    assert changed.actions["a2"].owner == "Sam"
    with pytest.raises(UnknownItem):
        change_action(session, replace(session.actions["a1"], items=("Q2",)))


def test_the_course_is_read_through_the_items_direction() -> None:
    session = followed()
    found = trend(session, hands(session, Q1=(0, 0, 2, 4, 6), Q2=(0, 0, 2, 4, 6)))
    assert found is not None
    first, second = found.items
    assert (first.course, first.median_then, first.now.median, sum(first.then.counts)) == ("better", 1.5, 4.5, 12)
    assert first.change.movement == "unchanged"
    assert second.course == "same"
    assert not second.changed
    worse = trend(session, hands(session, Q1=(0, 0, 0, 0, 12), Q2=(6, 4, 2, 0, 0)))
    assert worse is not None
    assert [each.course for each in worse.items] == ["better", "better"]
    assert worse.items[0].change.movement == "closer"


def test_a_change_that_one_person_can_make_is_none() -> None:
    session = follow(
        held(AUTUMN), replace(LAST, answers={"Q1": replace(LAST.answers["Q1"], counts=(0, 3, 2, 0, 0))}), ()
    )
    found = trend(session, hands(session, Q1=(0, 2, 3, 0, 0)))
    assert found is not None
    assert (found.items[0].now.median, found.items[0].median_then, found.items[0].course) == (3.0, 2.0, "same")


def test_only_the_same_question_is_compared() -> None:
    again = (replace(ITEMS[0], text="We listen to customers."), Item("Q3", "New", SCALE))
    session = followed(held(AUTUMN, again, version=2))
    found = trend(session, hands(session, Q1=(1, 1, 1, 1, 1), Q3=(1, 1, 1, 1, 1)))
    assert found is not None
    assert not found.items
    assert [item.id for item in found.other_words] == ["Q1"]
    assert (found.new, found.gone) == (1, 1)


def test_without_results_of_last_time_there_is_nothing_to_compare() -> None:
    session = held(AUTUMN)
    first = hands(session, Q1=(1, 1, 1, 1, 1))
    assert trend(session, first) is None
    unrevealed = last_time_of(SPRING_SESSION, None)
    assert (unrevealed.ballots, unrevealed.answers) == (0, {})
    assert trend(follow(session, unrevealed, ()), first) is None
    silent = trend(followed(), hands(session, Q1=(0, 0, 0, 0, 0)))
    assert silent is not None
    assert "0 about the same, 1 with no answers to compare" in trend_summary(silent)
    assert silent.items[0].course is None


@given(st.lists(st.integers(0, 6), min_size=5, max_size=5), st.lists(st.integers(0, 6), min_size=5, max_size=5))
def test_turned_round_in_time_a_course_is_turned_round(then: list[int], now: list[int]) -> None:
    def course(before: list[int], after: list[int]) -> str | None:
        earlier = EarlierAnswers(ITEMS[0].text, tuple(option.label for option in SCALE.options), tuple(before))
        session = follow(held(AUTUMN), LastTime("last", "Last", SPRING, 1, {"Q1": earlier}), ())
        found = trend(session, hands(session, Q1=tuple(after)))
        assert found is not None
        return found.items[0].course

    opposite = {"better": "worse", "worse": "better", "same": "same", None: None}
    assert course(now, then) == opposite[course(then, now)]
