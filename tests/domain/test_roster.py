from random import Random

import pytest

from cxworkshop.domain import roster
from cxworkshop.domain.errors import InvalidName, RulesAreFixed, UnknownParticipant
from cxworkshop.domain.session import Participant, Privacy, Rules
from examples import example_session


def test_people_are_added_with_groups_in_their_declared_spelling() -> None:
    session = roster.add_participant(example_session(), "a", " Ann  Example ", "sales", "STAFF")
    assert session.participants["a"] == Participant("a", "Ann Example", "Sales", "Staff")


@pytest.mark.parametrize("name", ["", "   ", "person 0", "ＰＥＲＳＯＮ 0"])
def test_nobody_is_nameless_or_twice_on_the_roster(name: str) -> None:
    with pytest.raises(InvalidName):
        roster.add_participant(example_session(2), "x", name)


def test_a_group_that_is_not_declared_is_refused_by_naming_those_that_are() -> None:
    with pytest.raises(InvalidName, match="Sales, Support"):
        roster.add_participant(example_session(), "a", "Ann", "Marketing")


def test_many_are_added_or_none() -> None:
    people = [Participant("a", "Ann"), Participant("b", "ann")]
    with pytest.raises(InvalidName):
        roster.add_participants(example_session(), people)


def test_membership_is_frozen_with_the_ballot_but_a_name_may_be_corrected() -> None:
    session = example_session(2)
    assert (
        roster.change_participant(session, "p0", "Anna", "Sales", "Staff", voted=True).participants["p0"].name == "Anna"
    )
    with pytest.raises(RulesAreFixed):
        roster.change_participant(session, "p0", "Anna", "Support", "Staff", voted=True)
    with pytest.raises(RulesAreFixed):
        roster.remove_participant(session, "p0", voted=True)
    assert "p0" not in roster.remove_participant(session, "p0", voted=False).participants


def test_somebody_who_left_the_roster_is_named_as_such() -> None:
    with pytest.raises(UnknownParticipant):
        roster.remove_participant(example_session(), "gone", voted=False)


def test_merging_moves_people_and_takes_the_first_place() -> None:
    session = roster.set_groups(example_session(), "unit", ["Sales", "Support", "IT"], ballots_in=0)
    session = roster.add_participant(session, "a", "Ann", "IT")
    merged = roster.merge_groups(session, "unit", ["Sales", "IT"], "Sales and IT", ballots_in=0)
    assert merged.units == ("Sales and IT", "Support")
    assert merged.participants["a"].unit == "Sales and IT"


def test_renaming_takes_the_people_along() -> None:
    session = roster.rename_group(example_session(2), "unit", "Sales", "Selling", ballots_in=0)
    assert session.units == ("Selling", "Support")
    assert session.participants["p0"].unit == "Selling"
    with pytest.raises(InvalidName, match="name of its own"):
        roster.rename_group(session, "unit", "Selling", "support", ballots_in=0)
    with pytest.raises(InvalidName, match="any more"):
        roster.rename_group(session, "unit", "Sales", "X", ballots_in=0)


def test_groups_stay_once_ballots_are_in() -> None:
    with pytest.raises(RulesAreFixed):
        roster.set_groups(example_session(), "level", ["All"], ballots_in=1)
    with pytest.raises(RulesAreFixed):
        roster.merge_groups(example_session(), "unit", ["Sales", "Support"], "Both", ballots_in=1)


def test_a_group_with_people_cannot_be_dropped_by_leaving_it_out() -> None:
    with pytest.raises(InvalidName, match="Support"):
        roster.set_groups(example_session(2), "unit", ["Sales"], ballots_in=0)


def test_groups_too_small_to_be_shown_are_named() -> None:
    small = roster.small_groups(example_session(12))
    assert [(group.grouping, group.name, group.people) for group in small] == [("level", "Leadership", 0)]
    assert roster.small_groups(example_session()) == ()


def test_codes_are_handed_out_in_anonymous_sessions_only() -> None:
    anonymous = example_session(rules=Rules(privacy=Privacy.ANONYMOUS))
    session = roster.hand_out_codes(anonymous, ["a", "b", "c"], Random(1).choice)
    assert len({person.code for person in session.participants.values()}) == 3
    assert {person.name for person in session.participants.values()} == {""}
    with pytest.raises(InvalidName):
        roster.hand_out_codes(example_session(), ["a"], Random(1).choice)
    with pytest.raises(InvalidName):
        roster.add_participant(anonymous, "a", "Ann")


def test_levels_are_moved_into_the_order_of_seniority() -> None:
    session = roster.set_groups(example_session(), "level", ["Staff", "Board", "Leads"], ballots_in=0)
    assert roster.moved_up(session, "level", "Board").levels == ("Board", "Staff", "Leads")
    assert roster.moved_up(session, "level", "Staff").levels == ("Board", "Leads", "Staff")
    assert roster.moved_up(session, "level", "Nobody") == session
