from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from cxworkshop.domain import rounds
from cxworkshop.domain.ballots import Ballot
from cxworkshop.domain.errors import (
    AlreadyVoted,
    AnswerOutOfRange,
    InvalidName,
    NoOpenRound,
    UnknownCode,
    UnknownParticipant,
    VoteChanged,
)
from cxworkshop.domain.session import Privacy
from cxworkshop.facilitation.acts import apply
from cxworkshop.facilitation.ports import SessionStore
from cxworkshop.facilitation.preparing import with_codes
from cxworkshop.facilitation.revealing import close_round, reopen_round, reveal_round
from cxworkshop.facilitation.voting import (
    Answers,
    Voter,
    ballot_to_change,
    cast_ballot,
    change_ballot,
    release_participant,
    terms_of,
    withdraw_ballot,
)
from examples import OpenSession

FOUR = Answers({"fix": 4, "listen": 0}, {"fix": "Ask the desk"})


@pytest.fixture
def voting(store: SessionStore) -> SessionStore:
    apply(store, rounds.open_first_round)
    return store


def test_a_ballot_is_in_the_box_and_its_owner_on_the_roll(voting: SessionStore, random: Random) -> None:
    receipt = cast_ballot(voting, "1", Voter("p0"), FOUR, random=random)
    ballot = voting.box.ballot("1", receipt.code)
    assert ballot is not None
    assert (dict(ballot.answers), ballot.unit, ballot.level, ballot.participant) == (
        {"fix": 4, "listen": 0},
        "Sales",
        "Staff",
        "",
    )
    assert voting.box.voted("1") == {"p0"}


def test_nobody_votes_twice(voting: SessionStore, random: Random) -> None:
    cast_ballot(voting, "1", Voter("p0"), FOUR, random=random)
    with pytest.raises(AlreadyVoted, match="Person 0 has voted"):
        cast_ballot(voting, "1", Voter("p0"), FOUR, random=random)
    assert voting.box.count("1") == 1


def test_a_refused_ballot_changes_nothing(voting: SessionStore, random: Random) -> None:
    with pytest.raises(AnswerOutOfRange):
        cast_ballot(voting, "1", Voter(name="Newcomer"), Answers({"fix": 9}), random=random)
    voting.refresh()
    assert voting.box.count("1") == 0
    assert len(voting.session.participants) == 6


def test_somebody_who_walks_in_is_put_on_the_roster(voting: SessionStore, random: Random) -> None:
    cast_ballot(voting, "1", Voter(name="Newcomer", unit="support"), FOUR, random=random)
    added = list(voting.session.participants.values())[-1]
    assert (added.name, added.unit) == ("Newcomer", "Support")
    with pytest.raises(InvalidName, match="from the list"):
        cast_ballot(voting, "1", Voter(name="newcomer"), FOUR, random=random)


def test_a_ballot_on_a_closed_round_is_refused_and_not_counted(voting: SessionStore, random: Random) -> None:
    close_round(voting)
    with pytest.raises(NoOpenRound, match="not counted"):
        cast_ballot(voting, "1", Voter("p0"), FOUR, random=random)
    assert voting.box.count("1") == 0


def test_the_code_leads_back_to_the_ballot_while_the_round_is_open(voting: SessionStore, random: Random) -> None:
    code = cast_ballot(voting, "1", Voter("p0"), FOUR, random=random).code
    typed = code.lower().replace("-", " ")
    assert ballot_to_change(voting, "1", typed).answers["fix"] == 4
    change_ballot(voting, "1", typed, Answers({"fix": 2}))
    changed = voting.box.ballot("1", code)
    assert changed is not None
    assert (dict(changed.answers), dict(changed.comments)) == ({"fix": 2}, {})
    assert voting.box.count("1") == 1
    close_round(voting)
    with pytest.raises(NoOpenRound):
        change_ballot(voting, "1", code, Answers({"fix": 1}))


def test_a_strange_code_leads_nowhere(voting: SessionStore) -> None:
    with pytest.raises(UnknownCode):
        change_ballot(voting, "1", "KITE-42", FOUR)


def test_a_withdrawn_ballot_is_gone_and_its_owner_may_vote_anew(voting: SessionStore, random: Random) -> None:
    code = cast_ballot(voting, "1", Voter("p0"), FOUR, random=random).code
    withdraw_ballot(voting, "1", code)
    assert (voting.box.count("1"), voting.box.voted("1")) == (0, frozenset())
    cast_ballot(voting, "1", Voter("p0"), FOUR, random=random)


def test_the_facilitator_releases_somebody_who_voted_under_the_wrong_name(voting: SessionStore, random: Random) -> None:
    cast_ballot(voting, "1", Voter("p0"), FOUR, random=random)
    release_participant(voting, "1", "p0")
    assert voting.box.count("1") == 0
    with pytest.raises(UnknownParticipant):
        release_participant(voting, "1", "p1")


def test_closing_forgets_whose_ballot_is_whose_even_when_it_is_taken_back(voting: SessionStore, random: Random) -> None:
    code = cast_ballot(voting, "1", Voter("p0"), FOUR, random=random).code
    close_round(voting)
    reopen_round(voting)
    assert voting.box.ballot_of("1", "p0") is None
    with pytest.raises(UnknownParticipant):
        release_participant(voting, "1", "p0")
    with pytest.raises(AlreadyVoted):
        cast_ballot(voting, "1", Voter("p0"), FOUR, random=random)
    assert change_ballot(voting, "1", code, Answers({"fix": 1})).code == code


def test_after_the_reveal_no_file_links_a_name_to_a_code(voting: SessionStore, random: Random, folder: Path) -> None:
    codes = [cast_ballot(voting, "1", Voter(f"p{number}"), FOUR, random=random).code for number in range(6)]
    close_round(voting)
    reveal_round(voting)
    for path in folder.rglob("*"):
        for line in path.read_bytes().splitlines() if path.is_file() else []:
            for document in line.split(b"}"):
                linked = any(code.encode() in document for code in codes)
                assert not (linked and any(f'"p{number}"'.encode() in document for number in range(6)))
                assert not (linked and b'"participant":"p' in document)


def test_anonymous_voters_come_with_codes_and_leave_no_name(make_store: OpenSession, random: Random) -> None:
    store = make_store(privacy=Privacy.ANONYMOUS)
    apply(store, lambda session: with_codes(session, 3, random=random))
    apply(store, rounds.open_first_round)
    codes = [person.code for person in store.session.participants.values()]
    receipt = cast_ballot(store, "1", Voter(code=codes[0].lower(), unit="sales"), FOUR, random=random)
    assert receipt.code not in codes
    assert store.box.voted("1") == {next(iter(store.session.participants))}
    ballot = store.box.ballot("1", receipt.code)
    assert ballot is not None
    assert ballot.unit == "Sales"
    with pytest.raises(AlreadyVoted):
        cast_ballot(store, "1", Voter(code=codes[0]), FOUR, random=random)
    with pytest.raises(UnknownCode):
        cast_ballot(store, "1", Voter(code="KITE-42"), FOUR, random=random)


@pytest.fixture
def coded(make_store: OpenSession, random: Random) -> SessionStore:
    """An anonymous session with six codes, that takes ballots."""
    store = make_store(privacy=Privacy.ANONYMOUS)
    apply(store, lambda session: with_codes(session, 6, random=random))
    apply(store, rounds.open_first_round)
    return store


def test_a_code_that_was_handed_out_leads_to_no_ballot(coded: SessionStore, random: Random) -> None:
    handed = [person.code for person in coded.session.participants.values()]
    own = cast_ballot(coded, "1", Voter(code=handed[0]), FOUR, random=random).code
    for code in handed:
        with pytest.raises(UnknownCode):
            change_ballot(coded, "1", code, Answers({"fix": 1}))
    with pytest.raises(UnknownCode, match="its own code is needed"):
        ballot_to_change(coded, "1", handed[0])
    assert ballot_to_change(coded, "1", own).answers["fix"] == 4
    for person_id in coded.session.participants:
        assert coded.box.ballot_of("1", person_id) is None
        with pytest.raises(UnknownParticipant):
            release_participant(coded, "1", person_id)
    with pytest.raises(UnknownParticipant, match="changed but not withdrawn"):
        withdraw_ballot(coded, "1", own)


def test_a_ballot_of_before_that_lies_under_the_code_handed_out_stays_its_owners(
    coded: SessionStore, random: Random
) -> None:
    key, person = next(iter(coded.session.participants.items()))
    with coded.transaction() as transaction:
        transaction.box.put(Ballot("1", person.code, {"fix": 4}), key)
    with pytest.raises(AlreadyVoted):
        cast_ballot(coded, "1", Voter(code=person.code), FOUR, random=random)
    assert change_ballot(coded, "1", person.code, Answers({"fix": 2})).code == person.code
    close_round(coded)
    reveal_round(coded)
    assert [dict(ballot.answers) for ballot in coded.box.ballots("1")] == [{"fix": 2}]


def test_once_a_vote_by_codes_is_closed_no_line_has_a_ballot_beside_who_was_let_in(
    coded: SessionStore, random: Random, folder: Path
) -> None:
    people = dict(coded.session.participants)
    own = [cast_ballot(coded, "1", Voter(code=each.code), FOUR, random=random).code for each in people.values()]
    close_round(coded)
    known = [*people, *(each.code for each in people.values())]
    lines = [line for path in folder.rglob("*") if path.is_file() for line in path.read_text().splitlines()]
    of_ballots = [line for line in lines if any(f"1:{code}" in line for code in own)]
    assert len(of_ballots) == 6
    assert not any(name in line for line in of_ballots for name in known)
    ballots = [code for line in of_ballots for code in own if code in line]
    assert ballots == sorted(own), "the order in which they came in would say whose is whose"


def test_rounds_of_an_anonymous_session_are_paired_by_the_ballots_own_codes(
    coded: SessionStore, random: Random
) -> None:
    handed = [person.code for person in coded.session.participants.values()]
    own = cast_ballot(coded, "1", Voter(code=handed[0]), FOUR, random=random).code
    close_round(coded)
    reveal_round(coded)
    apply(coded, lambda session: rounds.open_vote_again(session, ["fix"]))
    again = Answers({"fix": 5})
    with pytest.raises(UnknownCode):
        cast_ballot(coded, "2", Voter(code=handed[0]), again, random=random, earlier_code=handed[0])
    assert cast_ballot(coded, "2", Voter(code=handed[0]), again, random=random, earlier_code=own).code == own
    assert cast_ballot(coded, "2", Voter(code=handed[1]), again, random=random).code not in {own, *handed}


def test_open_ballots_keep_their_names(make_store: OpenSession, random: Random) -> None:
    store = make_store(privacy=Privacy.OPEN)
    apply(store, rounds.open_first_round)
    cast_ballot(store, "1", Voter("p0"), FOUR, random=random)
    close_round(store)
    reveal_round(store)
    assert [ballot.participant for ballot in store.box.ballots("1")] == ["p0"]


def test_an_earlier_code_pairs_two_rounds(voting: SessionStore, random: Random) -> None:
    code = cast_ballot(voting, "1", Voter("p0"), FOUR, random=random).code
    close_round(voting)
    reveal_round(voting)
    apply(voting, lambda session: rounds.open_vote_again(session, ["fix"]))
    again = Answers({"fix": 5})
    with pytest.raises(UnknownCode):
        cast_ballot(voting, "2", Voter("p0"), again, random=random, earlier_code="KITE-42")
    assert cast_ballot(voting, "2", Voter("p0"), again, random=random, earlier_code=code).code == code
    with pytest.raises(AlreadyVoted):
        cast_ballot(voting, "2", Voter("p1"), again, random=random, earlier_code=code)
    first = voting.box.ballot("1", code)
    assert first is not None
    assert first.answers["fix"] == 4
    assert voting.box.has_voted("2", "p0")
    assert voting.box.ballot_of("2", "p0") is None, "a name must not lead to a ballot that was revealed"


def test_a_second_terminal_sees_the_state_as_it_is_now(voting: SessionStore, random: Random, folder: Path) -> None:
    from cxworkshop.store.catalogue import FolderCatalogue

    other = FolderCatalogue(folder).open(voting.session.about.id)
    cast_ballot(voting, "1", Voter("p0"), FOUR, random=random)
    with pytest.raises(AlreadyVoted):
        cast_ballot(other, "1", Voter("p0"), FOUR, random=random)
    close_round(voting)
    with pytest.raises(NoOpenRound):
        cast_ballot(other, "1", Voter("p1"), FOUR, random=random)
    other.close()


def test_closing_a_vote_again_leaves_no_link_to_the_revealed_ballot(
    voting: SessionStore, random: Random, folder: Path
) -> None:
    code = cast_ballot(voting, "1", Voter("p0"), FOUR, random=random).code
    close_round(voting)
    reveal_round(voting)
    apply(voting, lambda session: rounds.open_vote_again(session, ["fix"]))
    cast_ballot(voting, "2", Voter("p0"), Answers({"fix": 5}), random=random, earlier_code=code)
    close_round(voting)
    lines = [line for path in folder.rglob("*") if path.is_file() for line in path.read_bytes().splitlines()]
    assert not any(f'"2:p0":{{"code":"{code}"'.encode() in line for line in lines)
    assert voting.box.ballot("2", code) is not None


def test_a_ballot_of_a_reopened_round_is_changed_rather_than_withdrawn(voting: SessionStore, random: Random) -> None:
    code = cast_ballot(voting, "1", Voter("p0"), FOUR, random=random).code
    close_round(voting)
    reopen_round(voting)
    with pytest.raises(UnknownParticipant, match="changed but not withdrawn"):
        withdraw_ballot(voting, "1", code)
    assert voting.box.count("1") == 1


@pytest.mark.parametrize("other", [{"items": ("fix", "listen")}, {"privacy": Privacy.OPEN}, {"minimum_group": 8}])
def test_a_ballot_on_other_terms_than_hold_now_is_refused_and_not_counted(
    voting: SessionStore, random: Random, other: dict[str, Any]
) -> None:
    store, terms = voting, terms_of(voting.session, voting.session.rounds[0])
    seen = Answers({"fix": 4}, terms=replace(terms, **other))
    with pytest.raises(VoteChanged, match="nothing was sent"):
        cast_ballot(store, "1", Voter("p0"), seen, random=random)
    assert (store.box.count("1"), store.box.voted("1")) == (0, frozenset())
    code = cast_ballot(store, "1", Voter("p0"), replace(seen, terms=terms), random=random).code
    with pytest.raises(VoteChanged):
        change_ballot(store, "1", code, replace(seen, options={"fix": 1}))
    assert [dict(ballot.answers) for ballot in store.box.ballots("1")] == [{"fix": 4}]
