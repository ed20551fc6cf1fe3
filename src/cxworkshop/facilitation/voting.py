"""Casting, changing and withdrawing ballots, on any terminal of the session.

A ballot and its roll mark are one commit. What comes back is the voter's own short code, which alone leads to the
ballot again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from random import Random

from cxworkshop.domain import roster, rounds
from cxworkshop.domain.ballots import Ballot
from cxworkshop.domain.codes import draw_code, read_code
from cxworkshop.domain.errors import (
    AlreadyVoted,
    InvalidName,
    NoOpenRound,
    UnknownCode,
    UnknownParticipant,
    VoteChanged,
)
from cxworkshop.domain.session import Participant, Privacy, Round, Session
from cxworkshop.facilitation.ids import new_id
from cxworkshop.facilitation.ports import SessionStore, Transaction

ABOUT_THE_VOTER = (AlreadyVoted, InvalidName, UnknownCode, UnknownParticipant)
"""Refusals of a ballot for which it has to be asked anew who votes; the answers may stay as they are."""


@dataclass(frozen=True, slots=True)
class Voter:
    """Who stands at the terminal.

    On a roster: `participant` (an id), or `name` with `unit` and `level` for somebody who is not on it yet. In the
    anonymous mode: `code` (the one handed out) with `unit` and `level`.
    """

    participant: str = ""
    name: str = ""
    unit: str = ""
    level: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """What somebody is asked at a vote, and the rules on which the promise rests that is made to them."""

    items: tuple[str, ...]
    privacy: Privacy
    minimum_group: int
    dots: int
    """How many each places; 0 in any other vote."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a voter has chosen: option numbers from 1 (0 = don't know) by item, and comments by item."""

    options: Mapping[str, int] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
    terms: Terms | None = None
    """What the voter was asked and promised, to be compared with what holds now; None compares nothing."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the voter gets: the code that leads back to the ballot, and nothing of what was chosen."""

    code: str


def cast_ballot(
    store: SessionStore, round_key: str, voter: Voter, answers: Answers, *, random: Random, earlier_code: str = ""
) -> Receipt:
    """Put a ballot into the box of an open round.

    Args:
        store: The session.
        round_key: The round the voter saw; it must still be open.
        voter: Who votes.
        answers: What was chosen; items may be left out.
        random: Draws the code.
        earlier_code: The voter's code of an earlier round, to pair the two; empty draws a new one.

    Raises:
        NoOpenRound: The round was closed meanwhile; the ballot is not counted.
        VoteChanged: The round was opened again meanwhile with other items or rules; the ballot is not counted.
        AlreadyVoted: The voter has a ballot in this round.
        UnknownParticipant: The voter is not on the roster.
        UnknownCode: The handed-out code, or the earlier code, is not known.
        AnswerOutOfRange: An answer is none of the options.
    """
    with store.transaction() as transaction:
        held = _open_round(transaction.session, round_key)
        _refuse_other_terms(transaction.session, held, answers)
        person = _voter(transaction, voter, random)
        if transaction.box.has_voted(held.key, person.id):
            raise AlreadyVoted(
                f"{person.name or person.code} has voted in this round; the code received leads back to the ballot."
            )
        code = _code(transaction, held, earlier_code, random)
        ballot = Ballot(
            held.key,
            code,
            answers.options,
            answers.comments,
            person.unit,
            person.level,
            person.id if transaction.session.rules.privacy is Privacy.OPEN else "",
        )
        # With an earlier code, a mark that led to this ballot would lead on to one that was revealed; and with no list
        # of names, the code that was handed out must lead to none.
        linked = not earlier_code and transaction.session.rules.privacy is not Privacy.ANONYMOUS
        checked = rounds.check_ballot(transaction.session, held, ballot)
        transaction.box.put(checked, person.id, linked=linked)
    return Receipt(code)


def ballot_to_change(store: SessionStore, round_key: str, code: str) -> Ballot:
    """The ballot that a code leads to, for its owner to change while the round is open.

    A code that was handed out leads to none: it lets in, and the ballot got a code of its own.

    Raises:
        NoOpenRound: The round is not open.
        UnknownCode: No ballot of this round has that code.
    """
    _open_round(store.session, round_key)
    found = store.box.ballot(round_key, read_code(code))
    if found is None and read_code(code) in handed_out(store.session):
        raise UnknownCode(
            "That is the code you were handed; to change a ballot, its own code is needed, told after voting."
        )
    return _ballot(found)


def change_ballot(store: SessionStore, round_key: str, code: str, answers: Answers) -> Receipt:
    """Put changed answers in place of those on a ballot.

    Raises:
        NoOpenRound: The round was closed meanwhile; the ballot stays as it was.
        VoteChanged: The round was opened again meanwhile with other items or rules; the ballot stays as it was.
        UnknownCode: No ballot of this round has that code.
        AnswerOutOfRange: An answer is none of the options.
    """
    with store.transaction() as transaction:
        held = _open_round(transaction.session, round_key)
        _refuse_other_terms(transaction.session, held, answers)
        present = _ballot(transaction.box.ballot(held.key, read_code(code)))
        changed = replace(present, answers=answers.options, comments=answers.comments)
        transaction.box.put(rounds.check_ballot(transaction.session, held, changed), None)
    return Receipt(present.code)


def withdraw_ballot(store: SessionStore, round_key: str, code: str) -> None:
    """Take a ballot out at its owner's wish, so that the person may vote anew.

    Raises:
        NoOpenRound: The round is not open.
        UnknownCode: No ballot of this round has that code.
        UnknownParticipant: Whose it is is not known any more: the round was closed in between, the ballot has the code
            of an earlier round, or there is no list of names.
    """
    with store.transaction() as transaction:
        held = _open_round(transaction.session, round_key)
        present = _ballot(transaction.box.ballot(held.key, read_code(code)))
        owner = next((key for key in transaction.box.voted(held.key) if _owns(transaction, held, key, present)), None)
        if owner is None:
            raise UnknownParticipant("It is not known whose ballot this is, so it can be changed but not withdrawn.")
        transaction.box.remove(held.key, present.code, owner)


def release_participant(store: SessionStore, round_key: str, participant_id: str) -> None:
    """Take out a participant's ballot unseen, so that the person can vote anew: the facilitator's way out of a mix-up.

    Raises:
        NoOpenRound: The round is not open.
        UnknownParticipant: The person has not voted, or the round was closed in between and the link is forgotten.
    """
    with store.transaction() as transaction:
        held = _open_round(transaction.session, round_key)
        present = transaction.box.ballot_of(held.key, participant_id)
        if present is None:
            raise UnknownParticipant("There is no ballot that is known to be this person's; the code would lead to it.")
        transaction.box.remove(held.key, present.code, participant_id)


def _open_round(session: Session, round_key: str) -> Round:
    held = session.open_round
    if held is None or held.key != round_key:
        raise NoOpenRound("Voting in this round is over, so the ballot is not counted; ask the facilitator.")
    return held


def terms_of(session: Session, held: Round) -> Terms:
    """What is asked in a round, and the rules behind the promise, as they are now."""
    rules = session.rules
    return Terms(held.items, rules.privacy, rules.minimum_group, rules.dots if held.kind == "dots" else 0)


def _refuse_other_terms(session: Session, held: Round, answers: Answers) -> None:
    """An opening that is taken back leaves its key to the next one, which may ask or promise something else."""
    if answers.terms is not None and answers.terms != terms_of(session, held):
        raise VoteChanged("What is voted on has changed since you began, so nothing was sent; look it over again.")


def _voter(transaction: Transaction, voter: Voter, random: Random) -> Participant:
    session = transaction.session
    if session.rules.privacy is Privacy.ANONYMOUS:
        return _code_holder(transaction, voter)
    if voter.participant:
        try:
            return session.participants[voter.participant]
        except KeyError:
            raise UnknownParticipant("That person is not on the roster any more; choose the name again.") from None
    known = roster.find_by_name(session, voter.name)
    if known is not None:
        raise InvalidName(f"“{known.name}” is on the roster already; choose the name from the list.")
    person_id = new_id(random)
    added = roster.add_participant(session, person_id, voter.name, voter.unit, voter.level)
    transaction.save(added)
    return added.participants[person_id]


def _code_holder(transaction: Transaction, voter: Voter) -> Participant:
    session = transaction.session
    code = read_code(voter.code)
    holder = next((person for person in session.participants.values() if person.code == code), None)
    if holder is None:
        raise UnknownCode("That code was not handed out in this session; look at the slip again.")
    unit = roster.checked_group(session, "unit", voter.unit)
    level = roster.checked_group(session, "level", voter.level)
    return replace(holder, unit=unit, level=level)


def new_code(transaction: Transaction, handed: frozenset[str], random: Random) -> str:
    """A code for a ballot that no other has, in any round, and that is none of those handed out."""
    rounds_held = transaction.session.rounds
    return draw_code(
        random.choice,
        lambda code: code in handed or any(transaction.box.ballot(found.key, code) for found in rounds_held),
    )


def handed_out(session: Session) -> frozenset[str]:
    """The codes that let people in, in the anonymous mode; none in the others."""
    if session.rules.privacy is not Privacy.ANONYMOUS:
        return frozenset()
    return frozenset(person.code for person in session.participants.values() if person.code)


def _code(transaction: Transaction, held: Round, earlier_code: str, random: Random) -> str:
    session = transaction.session
    earlier = [found for found in session.rounds if found.key != held.key]
    if earlier_code:
        code = read_code(earlier_code)
        if not any(transaction.box.ballot(found.key, code) for found in earlier):
            raise UnknownCode("No earlier ballot has that code; leave it empty if you do not remember it.")
        if transaction.box.ballot(held.key, code) is not None:
            raise AlreadyVoted("A ballot with that code is in already.")
        return code
    return new_code(transaction, handed_out(session), random)


def _ballot(found: Ballot | None) -> Ballot:
    if found is None:
        raise UnknownCode("No ballot of this round has that code; it looks like KITE-42.")
    return found


def _owns(transaction: Transaction, held: Round, participant_id: str, ballot: Ballot) -> bool:
    owned = transaction.box.ballot_of(held.key, participant_id)
    return owned is not None and owned.code == ballot.code
