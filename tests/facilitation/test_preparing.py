from dataclasses import replace
from random import Random

import pytest

from cxworkshop.domain import preparation, rounds
from cxworkshop.domain.errors import InvalidName, InvalidValue, RulesAreFixed
from cxworkshop.domain.session import Candidate, Privacy, Rules
from cxworkshop.facilitation import key_phrase
from cxworkshop.facilitation.preparing import Person, Preparation, new_session, with_roster
from examples import CONTENT, TODAY, example_session


def test_a_session_is_made_whole_or_refused(random: Random) -> None:
    prepared = Preparation(" Spring\n check ", TODAY, CONTENT, units=("Sales",), people=(Person("Ann", "sales"),))
    session = new_session(prepared, random=random)
    assert session.about.title == "Spring check"
    assert [person.unit for person in session.participants.values()] == ["Sales"]
    with pytest.raises(InvalidName):
        new_session(Preparation("", TODAY, CONTENT), random=random)


def test_units_and_levels_of_a_roster_are_declared_in_its_order_where_none_are(random: Random) -> None:
    people = (Person("Ann", "Support", "Lead"), Person("Bo", "Sales", "Staff"), Person("Cy", "SUPPORT"), Person("Di"))
    session = new_session(Preparation("X", TODAY, CONTENT, people=people), random=random)
    assert (session.units, session.levels) == (("Support", "Sales"), ("Lead", "Staff"))
    assert [person.unit for person in session.participants.values()] == ["Support", "Sales", "Support", ""]
    strict = Preparation("X", TODAY, CONTENT, units=("Sales",), people=people)
    with pytest.raises(InvalidName, match="“Support” is not a unit"):
        new_session(strict, random=random)
    assert with_roster(session, (), random=random) == session


@pytest.mark.parametrize(
    "rules",
    [Rules(minimum_group=4), Rules(minimum_group=51), Rules(consensus_share=0.5), Rules(votes_again=9), Rules(dots=0)],
)
def test_rules_out_of_range_are_refused(rules: Rules, random: Random) -> None:
    with pytest.raises(InvalidValue):
        new_session(Preparation("X", TODAY, CONTENT, rules=rules), random=random)


def test_rules_are_fixed_with_the_first_ballot_but_dots_and_phrase_are_not() -> None:
    session = example_session()
    with pytest.raises(RulesAreFixed):
        preparation.set_rules(session, Rules(minimum_group=8), ballots_in=1)
    with pytest.raises(RulesAreFixed):
        preparation.set_rules(session, Rules(privacy=Privacy.OPEN), ballots_in=1)
    assert preparation.set_rules(session, Rules(dots=5), ballots_in=1).rules.dots == 5
    assert preparation.set_rules(session, Rules(minimum_group=8), ballots_in=0).rules.minimum_group == 8


@pytest.mark.parametrize("rules", [Rules(minimum_group=8), Rules(privacy=Privacy.OPEN), Rules(votes_again=2)])
def test_what_voters_were_promised_is_fixed_from_the_opening_on_until_it_is_taken_back(rules: Rules) -> None:
    opened = rounds.open_first_round(example_session(6))
    with pytest.raises(RulesAreFixed, match="take its opening back"):
        preparation.set_rules(opened, rules, ballots_in=0)
    assert preparation.set_rules(opened, Rules(dots=5, supervised=True), ballots_in=0).rules.dots == 5
    assert preparation.set_rules(rounds.drop_round(opened, ballots_in=0), rules, ballots_in=0).rules == rules


def test_everybody_has_as_many_dots_as_the_others_of_the_same_vote() -> None:
    candidates = {name: Candidate(name, name, "own") for name in ("c1", "c2")}
    held = rounds.open_dots(replace(example_session(6), candidates=candidates))
    for waiting in (held, rounds.close_round(held)):
        with pytest.raises(RulesAreFixed, match="placing their dots"):
            preparation.set_rules(waiting, Rules(dots=20), ballots_in=2)
    shown = rounds.reveal_round(rounds.close_round(held), ballots_in=2)
    assert preparation.set_rules(shown, Rules(dots=5), ballots_in=2).rules.dots == 5


def test_a_roster_is_not_turned_into_codes_unawares() -> None:
    with pytest.raises(RulesAreFixed, match="roster"):
        preparation.set_rules(example_session(2), Rules(privacy=Privacy.ANONYMOUS), ballots_in=0)


def test_the_key_phrase_is_kept_as_a_hash_and_matched_kindly(random: Random) -> None:
    stored = key_phrase.hashed("Blue  Harbour", random=random)
    assert "blue" not in stored.lower()
    assert key_phrase.matches("blue harbour", stored)
    assert not key_phrase.matches("blue", stored)
    assert key_phrase.hashed("Blue Harbour", random=random) != stored
    assert key_phrase.matches("anything", key_phrase.hashed("  ", random=random))
