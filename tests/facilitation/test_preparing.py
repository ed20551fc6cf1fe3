from random import Random

import pytest

from cxworkshop.domain import preparation
from cxworkshop.domain.errors import InvalidName, InvalidValue, RulesAreFixed
from cxworkshop.domain.session import Privacy, Rules
from cxworkshop.facilitation import key_phrase
from cxworkshop.facilitation.preparing import Person, Preparation, new_session
from examples import CONTENT, TODAY, example_session


def test_a_session_is_made_whole_or_refused(random: Random) -> None:
    prepared = Preparation(" Spring\n check ", TODAY, CONTENT, units=("Sales",), people=(Person("Ann", "sales"),))
    session = new_session(prepared, random=random)
    assert session.about.title == "Spring check"
    assert [person.unit for person in session.participants.values()] == ["Sales"]
    with pytest.raises(InvalidName):
        new_session(Preparation("", TODAY, CONTENT), random=random)


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
