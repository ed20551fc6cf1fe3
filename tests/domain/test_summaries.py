"""What is due of sessions that were held."""

from dataclasses import replace
from datetime import UTC, date, datetime

from cxworkshop.domain.session import Step
from cxworkshop.domain.summaries import SessionSummary, followers, repeats_due, taken_up
from cxworkshop.domain.wording import due_in_words

TODAY = date(2027, 6, 1)
SAVED = datetime(2026, 11, 21, 12, tzinfo=UTC)
HELD = SessionSummary(
    *("autumn", "CX day", "Aurora", date(2026, 11, 21), Step.CLOSE, 12, 2, None),
    rehearsal=False,
    saved=SAVED,
    repeat=date(2027, 5, 21),
)


def test_a_repeat_is_due_once_its_day_has_come() -> None:
    assert repeats_due([HELD], TODAY) == {"autumn"}
    assert repeats_due([HELD], date(2027, 5, 21)) == {"autumn"}
    assert not repeats_due([HELD], date(2027, 5, 20))
    assert not repeats_due([replace(HELD, repeat=None)], TODAY)


def test_a_later_session_of_the_same_organisation_answers_it() -> None:
    later = replace(HELD, id="spring", organisation="  AURORA ", held=date(2027, 5, 25), repeat=None)
    other = replace(later, id="other", organisation="Borealis")
    assert not repeats_due([HELD, later], TODAY)
    assert repeats_due([HELD, other], TODAY) == {"autumn"}


def test_sessions_without_an_organisation_stand_alone_and_rehearsals_are_never_due() -> None:
    alone = replace(HELD, organisation="")
    later = replace(alone, id="spring", held=date(2027, 5, 25), repeat=None)
    assert repeats_due([alone, later], TODAY) == {"autumn"}
    assert not repeats_due([replace(HELD, rehearsal=True), replace(HELD, id="x", problem="damaged")], TODAY)


def test_what_is_due_in_words() -> None:
    assert not due_in_words(HELD, TODAY, repeat_due=False)
    assert due_in_words(HELD, TODAY, repeat_due=True) == "self-test again since 2027-05-21"
    late = replace(HELD, next_due=date(2027, 5, 31))
    assert due_in_words(late, TODAY, repeat_due=False) == "overdue since 2027-05-31"


def test_a_later_session_that_is_only_prepared_answers_no_repeat() -> None:
    prepared = replace(HELD, id="spring", held=date(2027, 6, 1), ballots=0, step=Step.PREPARE, repeat=None)
    assert repeats_due([HELD, prepared], TODAY) == {"autumn"}


def test_what_a_later_session_has_taken_up_is_due_there() -> None:
    late = replace(HELD, next_due=date(2027, 5, 31))
    later = replace(HELD, id="spring", held=date(2027, 5, 25), last_time="autumn")
    assert taken_up([late, later]) == {"autumn"}
    assert taken_up([late, replace(later, problem="damaged")]) == frozenset()
    assert due_in_words(late, TODAY, repeat_due=False, taken_up=True) == "taken up by a later session"


def test_a_session_whose_folder_was_renamed_is_still_known_to_be_taken_up() -> None:
    renamed = replace(HELD, id="autumn-old", made_as="autumn")
    later = replace(HELD, id="spring", last_time="autumn")
    assert taken_up([renamed, later]) == {"autumn-old"}
    assert followers([renamed, replace(later, id="spring-old", made_as="spring")], "autumn") == {"spring-old"}


def test_whoever_takes_up_a_session_over_others_cannot_be_taken_up_by_it() -> None:
    chain = [HELD, replace(HELD, id="spring", last_time="autumn"), replace(HELD, id="summer", last_time="spring")]
    assert followers(chain, "autumn") == {"spring", "summer"}
    assert followers(chain, "summer") == frozenset()
    assert followers([replace(HELD, last_time="autumn")], "autumn") == {"autumn"}


def test_an_action_is_due_soon_from_two_weeks_before() -> None:
    assert due_in_words(replace(HELD, next_due=TODAY), TODAY, repeat_due=False) == "due soon: 2027-06-01"
    assert due_in_words(replace(HELD, next_due=date(2027, 6, 15)), TODAY, repeat_due=False) == "due soon: 2027-06-15"
    assert due_in_words(replace(HELD, next_due=date(2027, 6, 16)), TODAY, repeat_due=False) == "next due 2027-06-16"
