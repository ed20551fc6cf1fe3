"""Taking in ballots from a file: paper keyed in elsewhere, or a form's export."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import NoReturn

from cxworkshop.domain import roster, rounds
from cxworkshop.domain.ballots import Ballot, ImportedBallot
from cxworkshop.domain.codes import read_code
from cxworkshop.domain.errors import AlreadyVoted, InvalidName, InvalidValue, NoOpenRound, UnknownCode
from cxworkshop.domain.published import refuse_settled_camps
from cxworkshop.domain.roster import Grouping
from cxworkshop.domain.session import Participant, Privacy, Round, Session
from cxworkshop.domain.text import name_key
from cxworkshop.domain.wording import counted, groups_taken_in_words
from cxworkshop.facilitation.ids import new_id
from cxworkshop.facilitation.ports import SessionStore, Transaction
from cxworkshop.facilitation.voting import handed_out, new_code


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What an import did, or would do."""

    round: int
    ballots: int
    answers: int
    new_participants: int
    new_units: tuple[str, ...]
    new_levels: tuple[str, ...]
    paired: int = 0
    """Ballots whose code leads to a ballot of an earlier round."""
    source: str = "the file"
    """Where new units and levels are from."""


def import_in_words(done: ImportSummary, *, dry_run: bool = False) -> str:
    """What an import did, or would do, a sentence a line."""
    taken = f"{counted(done.ballots, 'ballot')} with {counted(done.answers, 'answer')}"
    lines = [f"{taken} {'would go' if dry_run else 'went'} into round {done.round}."]
    if done.new_participants:
        lines.append(f"New on the roster: {counted(done.new_participants, 'person', 'people')}.")
    if done.paired:
        lines.append(f"Paired with an earlier round by their codes: {done.paired} of {done.ballots}.")
    lines += groups_taken_in_words(done.new_units, done.new_levels, done.source)
    return "\n".join(lines)


class _DryRun(Exception):
    """Leaves the transaction of a dry run without a trace."""


def import_ballots(
    store: SessionStore,
    imported: Sequence[ImportedBallot],
    *,
    random: Random,
    round_number: int | None = None,
    dry_run: bool = False,
) -> ImportSummary:
    """Put a file's ballots into the open round, opening the next one where the last is closed: all or none.

    Where the session has declared no units or levels, those of its roster and of the file are; people who are not on
    the roster are added to it.

    Args:
        store: The session.
        imported: The ballots, as read from the file.
        random: Draws ids and codes.
        round_number: Take only the ballots of this round; needed where the file mixes rounds.
        dry_run: Check everything and change nothing.

    Raises:
        InvalidValue: The file mixes rounds and none is named, it has no ballots of the round, the round is not the
            one to be filled, or a code is somebody's name or stands beside two people.
        NoOpenRound: The named round was closed.
        AlreadyVoted: Somebody has a ballot in the round, or a code has.
        InvalidName: A unit or level is not a declared one.
        UnknownCode: The session is anonymous and a code was not handed out.
        CxWorkshopError: An answer does not fit its item.
    """
    chosen = _of_one_round(imported, round_number)
    summary: list[ImportSummary] = []
    try:
        with store.transaction() as transaction:
            summary.append(_import(transaction, chosen, round_number or chosen[0].round, random))
            if dry_run:
                _leave_without_trace()
    except _DryRun:
        pass
    return summary[0]


def _leave_without_trace() -> NoReturn:
    raise _DryRun


def _of_one_round(imported: Sequence[ImportedBallot], number: int | None) -> Sequence[ImportedBallot]:
    found = sorted({ballot.round for ballot in imported if ballot.round is not None})
    if number is None and len(found) > 1:
        listed = ", ".join(map(str, found))
        raise InvalidValue(f"The file holds ballots of rounds {listed}; say which one with --round.")
    chosen = [ballot for ballot in imported if number is None or ballot.round in (None, number)]
    if not chosen:
        where = "" if number is None else f" of round {number}"
        raise InvalidValue(f"The file holds no ballots{where}.")
    return chosen


def _import(
    transaction: Transaction, imported: Sequence[ImportedBallot], number: int | None, random: Random
) -> ImportSummary:
    before = transaction.session
    session = _with_groups(before, imported)
    _check_groups(session, imported)
    session, held = _round_to_fill(session, imported, number)
    if held.number > 1 and before.open_round is None:
        refuse_settled_camps(before, transaction.box.ballots, held.items)
    session = _with_people(session, imported, random)
    _check_codes(session, imported)
    transaction.save(session)
    people = _people_by_name(session)
    paired = _put_all(
        transaction, held, [(people[_person_key(session, ballot)], ballot) for ballot in imported], random
    )
    return ImportSummary(
        held.number,
        len(imported),
        sum(len(ballot.answers) for ballot in imported),
        len(session.participants) - len(before.participants),
        tuple(unit for unit in session.units if unit not in before.units),
        tuple(level for level in session.levels if level not in before.levels),
        paired,
        "the roster and the file"
        if any(each.unit or each.level for each in before.participants.values())
        else "the file",
    )


def _round_to_fill(session: Session, imported: Sequence[ImportedBallot], number: int | None) -> tuple[Session, Round]:
    present = session.open_round
    if present is not None:
        if present.kind != "self_test":
            raise InvalidValue(f"{rounds.round_title(present)} is open; close it before importing ballots.")
        if number is not None and number != present.number:
            raise InvalidValue(f"Round {present.number} is open, so ballots of round {number} cannot be taken in now.")
        return session, present
    held = rounds.self_test_rounds(session)
    following = held[-1].number + 1 if held else 1
    if number is not None and number < following:
        raise NoOpenRound(f"Round {number} is closed, so its ballots are final; reopen it before the reveal.")
    if number is not None and number > following:
        raise InvalidValue(f"Round {following} comes next, so ballots of round {number} cannot be taken in yet.")
    if not held:
        opened = rounds.open_first_round(session)
    else:
        named = {item for ballot in imported for item in ballot.answers}
        opened = rounds.open_vote_again(session, [item for item in held[0].items if item in named])
    return opened, opened.rounds[-1]


def _with_groups(session: Session, imported: Sequence[ImportedBallot]) -> Session:
    """The session with units and levels of its roster and the file declared, where it has declared none."""
    return roster.declare_groups(session, (ballot.unit for ballot in imported), (ballot.level for ballot in imported))


def _check_groups(session: Session, imported: Sequence[ImportedBallot]) -> None:
    """Refuse a unit or level that is not declared, by line and column."""
    groupings: tuple[Grouping, ...] = ("unit", "level")
    for column in groupings:
        groups = roster.known_groups(session, column)
        known = {name_key(name) for name in groups}
        for ballot in imported:
            name = ballot.unit if column == "unit" else ballot.level
            if groups and name and name_key(name) not in known:
                raise InvalidName(
                    f"Line {ballot.line}, column {column}: “{name}” is not a {column} of this session; "
                    f"choose one of: {', '.join(groups)}."
                )


def _with_people(session: Session, imported: Sequence[ImportedBallot], random: Random) -> Session:
    known = _people_by_name(session)
    if session.rules.privacy is Privacy.ANONYMOUS:
        for ballot in imported:
            if name_key(read_code(ballot.participant)) not in known:
                # The file's text is not repeated: it may be a name, which this session must not learn.
                raise UnknownCode(
                    f"Line {ballot.line}: an anonymous session takes only codes that were handed out, "
                    "in place of names; draw them in Prepare."
                )
        return session
    new = {
        key: Participant(new_id(random), ballot.participant, ballot.unit, ballot.level)
        for ballot in imported
        if (key := name_key(ballot.participant)) not in known
    }
    return roster.add_participants(session, new.values()) if new else session


def _people_by_name(session: Session) -> dict[str, Participant]:
    return {name_key(person.name or person.code): person for person in session.participants.values()}


def _person_key(session: Session, ballot: ImportedBallot) -> str:
    anonymous = session.rules.privacy is Privacy.ANONYMOUS
    return name_key(read_code(ballot.participant) if anonymous else ballot.participant)


def _check_codes(session: Session, imported: Sequence[ImportedBallot]) -> None:
    """Refuse codes that would say whose a ballot is, or that two people share."""
    names = {name_key(person.name) for person in session.participants.values() if person.name}
    handed = handed_out(session)
    lines: dict[str, int] = {}
    for ballot in imported:
        if not ballot.code:
            continue
        if read_code(ballot.code) in handed:
            raise InvalidValue(
                f"Line {ballot.line}, column code: this code was handed out, so it would say whose the ballot is; it "
                "belongs into the column participant."
            )
        if name_key(ballot.code) in names or "@" in ballot.code:
            raise InvalidValue(
                f"Line {ballot.line}, column code: this is a name on the roster or an address, so it would say whose "
                "the ballot is; use codes that only their owners know, or leave the column out."
            )
        first = lines.setdefault(read_code(ballot.code), ballot.line)
        if first != ballot.line:
            raise InvalidValue(
                f"Line {ballot.line}, column code: it reads the same as the code on line {first}; every participant "
                "needs a code of their own."
            )


def _put_all(
    transaction: Transaction, held: Round, imported: Iterable[tuple[Participant, ImportedBallot]], random: Random
) -> int:
    """Put ballots into the box; gives how many of them have a code that leads to an earlier round.

    Those are put in by their codes and their roll marks by ids, so that not even the order of the two says which
    name belongs to a ballot that was revealed. Where there is no list of names, all marks go by ids and lead nowhere.
    """
    anonymous = transaction.session.rules.privacy is Privacy.ANONYMOUS
    handed = handed_out(transaction.session)
    paired: list[Ballot] = []
    apart: set[str] = set()
    for person, given in imported:
        if person.id in apart or transaction.box.has_voted(held.key, person.id):
            who = person.name or person.code
            raise AlreadyVoted(f"Line {given.line}: {who} has a ballot in round {held.number} already.")
        made = _ballot_of(transaction, held, person, given, lambda: new_code(transaction, handed, random))
        earlier = (found for found in transaction.session.rounds if found.key != held.key)
        if given.code and any(transaction.box.ballot(found.key, made.code) for found in earlier):
            paired.append(made)
            apart.add(person.id)
        elif anonymous:
            transaction.box.put(made, None)
            apart.add(person.id)
        else:
            transaction.box.put(made, person.id)
    for ballot in sorted(paired, key=lambda each: each.code):
        transaction.box.put(ballot, None)
    for person_id in sorted(apart):
        transaction.box.mark(held.key, person_id)
    return len(paired)


def _ballot_of(
    transaction: Transaction, held: Round, person: Participant, ballot: ImportedBallot, draw: Callable[[], str]
) -> Ballot:
    session = transaction.session
    given = read_code(ballot.code) if ballot.code else ""
    if given and transaction.box.ballot(held.key, given) is not None:
        raise AlreadyVoted(
            f"Line {ballot.line}, column code: there is a ballot with this code in round {held.number} already."
        )
    unit = _group_of(session, "unit", ballot.unit, person.unit, ballot.line)
    level = _group_of(session, "level", ballot.level, person.level, ballot.line)
    code = given or draw()
    owner = person.id if session.rules.privacy is Privacy.OPEN else ""
    made = Ballot(held.key, code, ballot.answers, ballot.comments, unit, level, owner)
    return rounds.check_ballot(session, held, made)


def _group_of(session: Session, grouping: Grouping, written: str, known: str, line: int) -> str:
    """The unit or level of a ballot's owner: as the roster has it, else as the file says.

    Raises:
        InvalidName: The two differ; who belongs where is told in every breakdown, so it must be settled first.
    """
    found = roster.checked_group(session, grouping, written)
    if found and known and name_key(found) != name_key(known):
        raise InvalidName(
            f"Line {line}, column {grouping}: “{found}” stands here and “{known}” on the roster; make them the same, "
            "or leave the cell empty to take the roster's."
        )
    return known or found
