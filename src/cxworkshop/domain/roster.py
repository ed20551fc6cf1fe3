"""Who is in the room: participants, their units and levels, and whether groups are large enough to be shown."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from cxworkshop.domain.codes import draw_code
from cxworkshop.domain.errors import InvalidName, RulesAreFixed, UnknownParticipant
from cxworkshop.domain.merging import merged
from cxworkshop.domain.session import Participant, Privacy, Session
from cxworkshop.domain.text import NAME_LIMIT, clean_line, name_key

Grouping = Literal["unit", "level"]


@dataclass(frozen=True, slots=True)
class SmallGroup:
    """A unit or level with too few people to be shown by itself."""

    grouping: Grouping
    name: str
    people: int


def set_groups(session: Session, grouping: Grouping, names: Iterable[str], *, ballots_in: int) -> Session:
    """The session with its units or levels declared, in order; an empty list declares none and any may be typed.

    Raises:
        InvalidName: A name is empty or stands there twice, or people on the roster belong to one that is missing.
        RulesAreFixed: Ballots are in; groups stay as they are, so that no result is published twice.
    """
    _refuse_when_voted(ballots_in)
    cleaned = tuple(clean_line(name, NAME_LIMIT) for name in names)
    if not all(cleaned):
        raise InvalidName(f"A {grouping} needs a name.")
    twice = [name for name, count in Counter(map(name_key, cleaned)).items() if count > 1]
    if twice:
        raise InvalidName(f"The {grouping} “{twice[0]}” stands there twice; give each {grouping} one name.")
    used = {_group_of(person, grouping) for person in session.participants.values()} - {""}
    missing = sorted(used - set(cleaned)) if cleaned else []
    if missing:
        raise InvalidName(f"People on the roster belong to the {grouping} “{missing[0]}”; move or merge it first.")
    return replace(session, units=cleaned) if grouping == "unit" else replace(session, levels=cleaned)


def moved_up(session: Session, grouping: Grouping, name: str) -> Session:
    """The session with a unit or level one place further up; the first one goes to the end.

    Levels stand in order of seniority, the most senior first. Order changes nobody's group, so it may change at any
    time. Nothing changes where the name is not declared.
    """
    names = list(_declared(session, grouping))
    if name not in names:
        return session
    place = names.index(name)
    names.remove(name)
    names.insert(place - 1 if place else len(names), name)
    ordered = tuple(names)
    return replace(session, units=ordered) if grouping == "unit" else replace(session, levels=ordered)


def merge_groups(session: Session, grouping: Grouping, merged: Sequence[str], name: str, *, ballots_in: int) -> Session:
    """The session with several units or levels made one, which takes the first one's place.

    Raises:
        InvalidName: Fewer than two are merged, one of them is not declared, or the new name is taken.
        RulesAreFixed: Ballots are in.
    """
    _refuse_when_voted(ballots_in)
    if len(set(merged)) < 2 or not set(merged) <= set(_declared(session, grouping)):
        raise InvalidName(f"Choose at least two {grouping}s of the session to merge.")
    return _regrouped(session, grouping, merged, name)


def rename_group(session: Session, grouping: Grouping, present: str, name: str, *, ballots_in: int) -> Session:
    """The session with a unit or level called otherwise, on the roster too.

    Raises:
        InvalidName: It is not declared, or the new name is empty or taken.
        RulesAreFixed: Ballots are in.
    """
    _refuse_when_voted(ballots_in)
    if present not in _declared(session, grouping):
        raise InvalidName(f"“{present}” is not a {grouping} of the session any more.")
    return _regrouped(session, grouping, (present,), name)


def add_participant(session: Session, new_id: str, name: str, unit: str = "", level: str = "") -> Session:
    """The session with one more person on the roster.

    Raises:
        InvalidName: As for `add_participants`.
    """
    return add_participants(session, (Participant(new_id, name, unit, level),))


def add_participants(session: Session, people: Iterable[Participant]) -> Session:
    """The session with more people on the roster, all or none; names and groups are cleaned here.

    Raises:
        InvalidName: A name is empty or taken, a unit or level is not one of the declared ones, or the session is
            anonymous and has no roster.
    """
    if session.rules.privacy is Privacy.ANONYMOUS:
        raise InvalidName("An anonymous session has no roster; hand out codes instead.")
    taken = {name_key(person.name) for person in session.participants.values()}
    participants = dict(session.participants)
    for person in people:
        cleaned = clean_line(person.name, NAME_LIMIT)
        if not cleaned:
            raise InvalidName("A participant needs a name.")
        if name_key(cleaned) in taken:
            raise InvalidName(f"“{cleaned}” is on the roster already; add an initial to tell two people apart.")
        taken.add(name_key(cleaned))
        unit = checked_group(session, "unit", person.unit)
        participants[person.id] = Participant(person.id, cleaned, unit, checked_group(session, "level", person.level))
    return replace(session, participants=participants)


def change_participant(
    session: Session,
    person_id: str,
    name: str,
    unit: str,
    level: str,
    *,
    voted: bool,
    seen: Participant | None = None,
) -> Session:
    """The session with a person's name, unit or level corrected.

    Args:
        session: The session as it is now.
        person_id: Who it is.
        name: The name as it shall be.
        unit: The unit as it shall be, empty where it is not known.
        level: As the unit.
        voted: Whether the person has a ballot in.
        seen: The person as they were when the correction began; what is the same there stays as it is now.

    Raises:
        UnknownParticipant: Nobody has that id.
        InvalidName: As for `add_participant`.
        RulesAreFixed: The person has voted and would change groups; membership is frozen with the ballot.
    """
    present = _person(session, person_id)
    changed = Participant(
        person_id,
        clean_line(name, NAME_LIMIT),
        checked_group(session, "unit", unit),
        checked_group(session, "level", level),
        present.code,
    )
    if seen is not None:
        changed = merged(present, seen, changed)
    if voted and (changed.unit, changed.level) != (present.unit, present.level):
        raise RulesAreFixed(f"“{present.name}” has voted, so unit and level stay as they are.")
    other = find_by_name(session, changed.name)
    if not changed.name or (other is not None and other.id != person_id):
        raise InvalidName("A participant needs a name that nobody else on the roster has.")
    return replace(session, participants={**session.participants, person_id: changed})


def remove_participant(session: Session, person_id: str, *, voted: bool) -> Session:
    """The session without a person.

    Raises:
        UnknownParticipant: Nobody has that id.
        RulesAreFixed: The person has voted; the ballot has to be withdrawn first.
    """
    person = _person(session, person_id)
    if voted:
        raise RulesAreFixed(f"“{person.name}” has voted; withdraw the ballot before taking the name off the roster.")
    return replace(session, participants={key: kept for key, kept in session.participants.items() if key != person_id})


def hand_out_codes(session: Session, new_ids: Sequence[str], choose: Callable[[Sequence[str]], str]) -> Session:
    """The anonymous session with one more one-use code per id.

    Raises:
        InvalidName: The session is not anonymous.
    """
    if session.rules.privacy is not Privacy.ANONYMOUS:
        raise InvalidName("Codes are handed out in anonymous sessions only; this one has a roster.")
    codes = {person.code for person in session.participants.values()}
    added: dict[str, Participant] = {}
    for new_id in new_ids:
        code = draw_code(choose, codes.__contains__)
        codes.add(code)
        added[new_id] = Participant(new_id, code=code)
    return replace(session, participants={**session.participants, **added})


def find_by_name(session: Session, name: str) -> Participant | None:
    """The person whose name reads the same (case and compatibility forms aside), or None."""
    wanted = name_key(clean_line(name, NAME_LIMIT))
    return next((person for person in session.participants.values() if name_key(person.name) == wanted), None)


def checked_group(session: Session, grouping: Grouping, name: str) -> str:
    """A unit or level in its known spelling; empty stays empty ("not stated").

    Raises:
        InvalidName: Groups are declared and this is none of them, nor one that people of the roster have.
    """
    cleaned = clean_line(name, NAME_LIMIT)
    declared = _declared(session, grouping)
    if not cleaned or not declared:
        return cleaned
    # Whoever is not of a declared group is rare, and to look through a large roster for each of its people is slow.
    wanted = name_key(cleaned)
    found = next((group for group in declared if name_key(group) == wanted), "")
    known = declared if found else known_groups(session, grouping)
    found = found or next((group for group in known if name_key(group) == wanted), "")
    if not found:
        raise InvalidName(f"“{cleaned}” is not a {grouping} of this session; choose one of: {', '.join(known)}.")
    return found


def known_groups(session: Session, grouping: Grouping) -> tuple[str, ...]:
    """The units or levels that may be named: the declared ones, then any that people of the roster have beside them.

    Empty where none are declared: then any may be named.
    """
    declared = _declared(session, grouping)
    if not declared:
        return ()
    return one_spelling((*declared, *(_group_of(person, grouping) for person in session.participants.values())))


def one_spelling(names: Iterable[str]) -> tuple[str, ...]:
    """Names in order of appearance, in the first of their spellings; empty ones left out."""
    first: dict[str, str] = {}
    for name in names:
        if name:
            first.setdefault(name_key(name), name)
    return tuple(first.values())


def declare_groups(session: Session, units: Iterable[str], levels: Iterable[str]) -> Session:
    """The session with units and levels declared where it has none; those of its roster come first, then these."""
    people = session.participants.values()
    stated = (
        one_spelling(clean_line(name, NAME_LIMIT) for name in (*(person.unit for person in people), *units)),
        one_spelling(clean_line(name, NAME_LIMIT) for name in (*(person.level for person in people), *levels)),
    )
    return replace(session, units=session.units or stated[0], levels=session.levels or stated[1])


def small_groups(session: Session) -> tuple[SmallGroup, ...]:
    """Units and levels whose people on the roster are fewer than the minimum group; none without a roster."""
    found: list[SmallGroup] = []
    groupings: tuple[tuple[Grouping, tuple[str, ...]], ...] = (("unit", session.units), ("level", session.levels))
    if not any(person.unit or person.level for person in session.participants.values()):
        return ()
    for grouping, declared in groupings:
        sizes = Counter(_group_of(person, grouping) for person in session.participants.values())
        names = declared or tuple(sorted(set(sizes) - {""}))
        found += [
            SmallGroup(grouping, name, sizes[name]) for name in names if sizes[name] < session.rules.minimum_group
        ]
    return tuple(found)


def _person(session: Session, person_id: str) -> Participant:
    try:
        return session.participants[person_id]
    except KeyError:
        raise UnknownParticipant("That person is not on the roster any more; look at the list again.") from None


def _declared(session: Session, grouping: Grouping) -> tuple[str, ...]:
    return session.units if grouping == "unit" else session.levels


def _regrouped(session: Session, grouping: Grouping, joined: Sequence[str], name: str) -> Session:
    """The session with one or several declared groups under one name, in the place of the first of them."""
    declared = _declared(session, grouping)
    new = clean_line(name, NAME_LIMIT)
    if not new or name_key(new) in {name_key(group) for group in declared if group not in joined}:
        raise InvalidName(f"The {grouping} needs a name of its own.")
    first = next(group for group in declared if group in joined)
    names = tuple(new if group == first else group for group in declared if group == first or group not in joined)
    people = {
        key: _with_group(person, grouping, new) if _group_of(person, grouping) in joined else person
        for key, person in session.participants.items()
    }
    changed = replace(session, participants=people)
    return replace(changed, units=names) if grouping == "unit" else replace(changed, levels=names)


def _refuse_when_voted(ballots_in: int) -> None:
    if ballots_in:
        raise RulesAreFixed("Ballots are in, so units and levels stay as they are until the end of the session.")


def _group_of(person: Participant, grouping: Grouping) -> str:
    return person.unit if grouping == "unit" else person.level


def _with_group(person: Participant, grouping: Grouping, name: str) -> Participant:
    return replace(person, unit=name) if grouping == "unit" else replace(person, level=name)
