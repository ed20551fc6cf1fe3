from dataclasses import replace
from datetime import date

import pytest

from cxworkshop.domain import plan, priorities
from cxworkshop.domain.errors import InvalidName, InvalidValue, UnknownItem
from cxworkshop.domain.maturity import next_stage
from cxworkshop.domain.session import Action, ActionState, Candidate, Session
from examples import CONTENT, LADDER, TODAY, example_session


def planned(*actions: Action) -> Session:
    session = example_session()
    for action in actions:
        session = plan.add_action(session, action)
    return session


def whole(key: str, owner: str = "Ann", **more: object) -> Action:
    made = Action(key, f"Do {key}", owner, date(2027, 3, 31), "Count", first_step="Begin")
    return replace(made, **more)  # type: ignore[arg-type]


def kinds(session: Session) -> list[str]:
    return [gap.kind for gap in plan.gaps(session)]


def test_actions_keep_their_order_and_can_be_moved() -> None:
    session = planned(whole("a"), whole("b"), whole("c"))
    session = plan.move_action(session, "c", -2)
    assert [action.id for action in session.plan] == ["c", "a", "b"]
    session = plan.move_action(session, "c", 99)
    assert [action.id for action in session.plan] == ["a", "b", "c"]
    assert [action.id for action in plan.remove_action(session, "b").plan] == ["a", "c"]


def test_changing_an_action_keeps_its_place() -> None:
    session = planned(whole("a"), whole("b"))
    changed = plan.change_action(session, replace(session.actions["a"], title="Other"))
    assert [action.title for action in changed.plan] == ["Other", "Do b"]


def test_an_action_needs_words_and_names_only_what_is_there() -> None:
    with pytest.raises(InvalidName):
        planned(Action("a", "  "))
    with pytest.raises(UnknownItem):
        planned(Action("a", "Do it", items=("what",)))
    with pytest.raises(UnknownItem):
        plan.remove_action(example_session(), "a")


def test_what_a_plan_lacks_is_named_one_by_one() -> None:
    assert kinds(example_session()) == ["no_actions", "no_strategy_owner", "no_repeat"]
    session = planned(Action("a", "Do it"))
    assert kinds(session)[:4] == ["no_owner", "no_due_date", "no_measure", "no_first_step"]


def test_what_is_still_to_be_done_is_overdue_from_the_day_after() -> None:
    session = planned(whole("a"), whole("b", "Bo", state="done"))
    assert "overdue" not in [gap.kind for gap in plan.gaps(session, today=date(2027, 3, 31))]
    overdue = [gap for gap in plan.gaps(session, today=date(2027, 4, 1)) if gap.kind == "overdue"]
    assert [(gap.action, gap.sentence) for gap in overdue] == [
        ("a", "“Do a” is overdue since Wednesday 31 March 2027.")
    ]


def test_a_whole_plan_lacks_nothing() -> None:
    session = planned(whole("a"), whole("b", "Bob"))
    session = plan.set_repeat(plan.set_strategy_owner(session, "Cy"), date(2027, 5, 21))
    assert plan.gaps(session) == ()


def test_one_person_owning_half_is_named() -> None:
    session = planned(whole("a"), whole("b"), whole("c", "Bob"), whole("d", "Cy"))
    sentences = [gap.sentence for gap in plan.gaps(session) if gap.kind == "one_owner"]
    assert sentences == ["Ann owns 2 of 4 actions; share the load."]
    assert "one_owner" not in kinds(planned(whole("a"), whole("b", "Bob"), whole("c", "Cy")))


def test_an_obstacle_that_no_action_answers_is_named() -> None:
    ways = (next_stage(LADDER, 2),)
    unanswered = [gap.sentence for gap in plan.gaps(planned(whole("a")), ways) if gap.kind == "obstacle_unanswered"]
    assert unanswered == ["No action answers the obstacle to the next stage: Nobody decides"]
    taken_up = plan.action_from(CONTENT.suggestions[1], "b", CONTENT)
    assert taken_up.obstacle == "Nobody decides"
    assert "obstacle_unanswered" not in [gap.kind for gap in plan.gaps(planned(taken_up), ways)]


def test_a_priority_that_no_action_serves_is_named() -> None:
    chosen = Candidate("item-fix", "Fixing on the spot", "weakness", items=("fix",), chosen=True)
    session = plan.add_action(priorities.add_candidates(example_session(), [chosen]), whole("a"))
    named = [gap.sentence for gap in plan.gaps(session) if gap.kind == "priority_unanswered"]
    assert named == ["No action serves the priority: Fixing on the spot"]
    for answering in (whole("b", candidate="item-fix"), whole("b", items=("fix",))):
        assert "priority_unanswered" not in kinds(plan.add_action(session, answering))


def test_an_action_that_serves_the_obstacle_as_a_priority_answers_it() -> None:
    chosen = Candidate("obstacle-ladder-2", "Nobody decides", "obstacle", chosen=True)
    session = priorities.add_candidates(example_session(), [chosen])
    session = plan.add_action(session, whole("a", candidate=chosen.id))
    ways = (next_stage(LADDER, 2),)
    assert "obstacle_unanswered" not in [gap.kind for gap in plan.gaps(session, ways)]


def test_a_later_strategy_is_warned_of_until_the_first_one_stands() -> None:
    session = planned(whole("a", strategy="technology"), whole("b", strategy="experience"))
    assert [warning.action for warning in plan.gate_warnings(session)] == ["a"]
    assert "strategy_first" in kinds(session)
    assert plan.gate_warnings(plan.set_strategy_stands(session, stands=True)) == ()


@pytest.mark.parametrize(("state", "warned"), [("open", True), ("moved", True), ("done", False), ("dropped", False)])
def test_only_what_is_still_to_be_done_waits_for_the_first_strategy(state: ActionState, warned: bool) -> None:
    session = planned(replace(whole("a", strategy="technology"), state=state))
    assert bool(plan.gate_warnings(session)) is warned


@pytest.mark.parametrize(
    ("held", "repeat"),
    [
        (date(2026, 11, 21), date(2027, 5, 21)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2026, 6, 30), date(2026, 12, 30)),
        (date(2027, 8, 30), date(2028, 2, 29)),
    ],
)
def test_the_usual_repeat_is_six_months_on(held: date, repeat: date) -> None:
    assert plan.usual_repeat(held) == repeat


def test_the_repeat_comes_after_the_session() -> None:
    with pytest.raises(InvalidValue):
        plan.set_repeat(example_session(), TODAY)


def test_the_room_may_agree_on_another_stage_than_the_median() -> None:
    assert plan.agree_stage(example_session(), "ladder", 3).closing.stage == {"ladder": 3}
    assert plan.agree_stage(plan.agree_stage(example_session(), "ladder", 3), "ladder", None).closing.stage == {}
    with pytest.raises(InvalidValue, match="1 to 3"):
        plan.agree_stage(example_session(), "ladder", 4)


def test_the_last_stage_has_an_obstacle_to_staying() -> None:
    way = next_stage(LADDER, 3)
    assert (way.following, way.obstacle, way.resources) == (None, "Nobody renews", ("Patience",))


def test_what_two_people_changed_of_an_action_at_once_is_both_kept() -> None:
    session = planned(whole("a"))
    seen = session.actions["a"]
    owned = plan.change_action(session, replace(seen, owner="Mia"), seen=seen)
    both = plan.change_action(owned, replace(seen, measure="Calls answered"), seen=seen)
    assert (both.actions["a"].owner, both.actions["a"].measure) == ("Mia", "Calls answered")
    again = plan.change_action(both, replace(seen, owner="Ben"), seen=seen)
    assert again.actions["a"].owner == "Ben", "where both changed the same, the later is heard"


def test_an_action_is_never_put_in_the_place_of_another() -> None:
    session = plan.add_action(example_session(), Action("a1", "Write it down"))
    with pytest.raises(InvalidValue, match="already"):
        plan.add_action(session, Action("a1", "Something else"))
