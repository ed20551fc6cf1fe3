from datetime import datetime, timedelta

import pytest

from cxworkshop.domain import flow
from cxworkshop.domain.errors import InvalidValue
from cxworkshop.domain.session import STEPS, Step
from examples import NOW, example_session


def later(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def test_the_steps_are_walked_forward_and_back_and_end_at_both_ends() -> None:
    session = example_session()
    for step in STEPS[1:]:
        session = flow.next_step(session, NOW)
        assert session.live.step is step
    assert flow.next_step(session, NOW).live.step is Step.CLOSE
    for step in reversed(STEPS[:-1]):
        session = flow.previous_step(session, NOW)
        assert session.live.step is step
    assert flow.previous_step(session, NOW).live.step is Step.PREPARE


def test_time_is_accounted_to_the_step_it_was_spent_at() -> None:
    session = flow.go_to(example_session(), Step.WELCOME, NOW)
    session = flow.go_to(session, Step.SELF_TEST, later(12))
    session = flow.go_to(session, Step.WELCOME, later(20))
    assert flow.seconds_used(session, Step.WELCOME, later(23)) == 15 * 60
    assert flow.seconds_used(session, Step.SELF_TEST, later(23)) == 8 * 60


def test_a_clock_set_back_never_takes_time_away() -> None:
    session = flow.go_to(example_session(), Step.WELCOME, NOW)
    assert flow.seconds_used(session, Step.WELCOME, later(-60)) == 0


def test_over_run_is_told_against_the_agenda() -> None:
    session = flow.go_to(example_session(), Step.WELCOME, NOW)
    assert flow.minutes_over(session, later(10)) == 0
    assert flow.minutes_over(session, later(13)) == pytest.approx(3)
    session = flow.go_to(session, Step.SELF_TEST, later(13))
    assert flow.minutes_over(session, later(20)) == pytest.approx(3), "what was overrun is not made up by going on"
    assert flow.minutes_over(session, later(33)) == pytest.approx(3)
    assert flow.minutes_over(session, later(35)) == pytest.approx(5)
    assert flow.minutes_over(session, later(200)) == pytest.approx(200 - 10 - 20)


def test_the_steps_ahead_get_what_is_left_in_proportion() -> None:
    session = flow.go_to(example_session(), Step.WELCOME, NOW)
    on_time = flow.timetable(session, later(5))
    assert [time.left for time in on_time[1:]] == [time.planned for time in on_time[1:]]
    assert not any(time.is_cut for time in on_time)
    late = flow.timetable(session, later(10 + 12))
    left = sum(time.left for time in late)
    assert left == pytest.approx(70 - 22)
    shares = {round(time.left / time.planned, 6) for time in late[1:] if time.planned}
    assert len(shares) == 1
    assert all(time.is_cut for time in late[1:] if time.planned > 10)
    session = flow.go_to(session, Step.PLAN, later(22))
    passed = flow.timetable(session, later(22))
    assert [time.left for time in passed if time.step.number < Step.PLAN.number] == [0] * 5
    assert not any(time.is_cut for time in passed if time.step is Step.PLAN), "what was left out makes up for it"


def test_preparing_runs_no_clock() -> None:
    assert flow.minutes_over(flow.go_to(example_session(), Step.PREPARE, NOW), later(500)) == 0


def test_a_timer_is_a_deadline_that_can_be_held_and_lengthened() -> None:
    session = flow.start_timer(example_session(), 120, NOW)
    assert session.live.timer is not None
    assert flow.seconds_left(session.live.timer, later(0.5)) == 90
    held = flow.pause_timer(session, later(1))
    assert held.live.timer is not None
    assert flow.seconds_left(held.live.timer, later(30)) == 60
    longer = flow.extend_timer(held, 60, later(30))
    running = flow.pause_timer(longer, later(30))
    assert running.live.timer is not None
    assert flow.seconds_left(running.live.timer, later(31)) == 60
    assert flow.stop_timer(running).live.timer is None


def test_a_timer_that_ran_out_starts_anew_with_the_minute_given() -> None:
    session = flow.extend_timer(flow.start_timer(example_session(), 60, NOW), 60, later(10))
    assert session.live.timer is not None
    assert flow.seconds_left(session.live.timer, later(10)) == 60


@pytest.mark.parametrize("seconds", [0, -5, 5 * 60 * 60])
def test_a_timer_out_of_range_is_refused(seconds: float) -> None:
    with pytest.raises(InvalidValue, match="four hours"):
        flow.start_timer(example_session(), seconds, NOW)


def test_a_rest_is_on_no_step_s_account_and_leaves_the_countdown_alone() -> None:
    session = flow.start_timer(flow.go_to(example_session(), Step.WELCOME, NOW), 60, NOW)
    resting = flow.rest(session, NOW + timedelta(minutes=3))
    assert resting.live.since is None
    assert flow.seconds_used(resting, Step.WELCOME, NOW + timedelta(days=7)) == 180
    again = flow.go_on(resting, NOW + timedelta(days=7))
    assert flow.seconds_used(again, Step.WELCOME, NOW + timedelta(days=7, minutes=1)) == 240
    assert again.live.timer == session.live.timer


def test_the_time_without_a_console_is_on_no_step_s_account() -> None:
    session = flow.start_timer(flow.go_to(example_session(), Step.WELCOME, NOW), 3600, NOW)
    lived, now = NOW + timedelta(minutes=3), NOW + timedelta(minutes=13)
    assert flow.unattended(session, now, lived) == timedelta(minutes=10)
    again = flow.go_on(session, now, lived)
    assert flow.seconds_used(again, Step.WELCOME, now + timedelta(minutes=1)) == 240
    assert again.live.timer == session.live.timer
    assert flow.seconds_used(flow.go_on(session, now, NOW - timedelta(hours=1)), Step.WELCOME, now) == 0


@pytest.mark.parametrize("lived", [None, NOW + timedelta(minutes=9), NOW + timedelta(days=1)])
def test_a_console_that_is_soon_back_or_of_which_nothing_is_known_lost_no_time(lived: datetime | None) -> None:
    session = flow.go_to(example_session(), Step.WELCOME, NOW)
    now = NOW + timedelta(minutes=10)
    assert flow.unattended(session, now, lived) is None
    assert flow.go_on(session, now, lived) is session


def test_a_clock_that_rests_ran_for_nobody() -> None:
    resting = flow.rest(flow.go_to(example_session(), Step.WELCOME, NOW), NOW)
    later = NOW + timedelta(days=7)
    assert flow.unattended(resting, later, NOW) is None
    assert flow.go_on(resting, later, NOW).live.since == later


def test_resting_twice_and_going_on_twice_changes_nothing_more() -> None:
    session = flow.go_to(example_session(), Step.WELCOME, NOW)
    later = NOW + timedelta(minutes=1)
    assert flow.go_on(session, later) == session
    resting = flow.rest(session, later)
    assert flow.rest(resting, NOW + timedelta(hours=1)) == resting
