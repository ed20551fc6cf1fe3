"""A practice session with simulated people, so that a new facilitator can walk all eight steps alone.

What the simulated people answer is made so that each thing worth practising turns up: an agreed strength and weakness,
two camps, a lone voice, one unit against the other, and leaders who see it differently from the front line. The same
people give the same answers to the same items, whenever and in whatever order they vote.
"""

from collections.abc import Callable
from datetime import date
from random import Random

from cxworkshop.domain.content import Content
from cxworkshop.domain.errors import InvalidValue
from cxworkshop.domain.instruments import DONT_KNOW, Item
from cxworkshop.domain.ratings import OPTIONS
from cxworkshop.domain.session import Participant, Round, Rules, Session
from cxworkshop.facilitation.ports import SessionStore
from cxworkshop.facilitation.preparing import Person, Preparation
from cxworkshop.facilitation.voting import Answers, Voter, cast_ballot

FEWEST_PEOPLE = 4
MOST_PEOPLE = 1000
USUAL_PEOPLE = 16
UNITS = ("Sales", "Support")
LEVELS = ("Leadership", "Front line")

_NAME = "Practice person"

Stance = Callable[[int, int, bool, bool, Random], int]
"""From scale size, place on the roster, "in the second unit", "a leader" and a random source to an option."""


def rehearsal(content: Content, people: int, held: date) -> Preparation:
    """The preparation of a practice session.

    Args:
        content: Agenda, self-tests and the rest.
        people: How many simulated people are in the room.
        held: The day of the sitting.

    Raises:
        InvalidValue: Fewer than 4 or more than 1,000 people.
    """
    if not FEWEST_PEOPLE <= people <= MOST_PEOPLE:
        raise InvalidValue(f"A rehearsal takes {FEWEST_PEOPLE} to {MOST_PEOPLE} simulated people.")
    digits = len(str(people))
    return Preparation(
        title="Rehearsal",
        held=held,
        content=content,
        organisation="Practice organisation",
        units=UNITS,
        levels=LEVELS,
        rules=Rules(),
        people=tuple(
            Person(f"{_NAME} {number + 1:0{digits}d}", UNITS[number % 2], LEVELS[0 if _leads(number, people) else 1])
            for number in range(people)
        ),
        rehearsal=True,
    )


def vote_next(store: SessionStore, *, random: Random) -> str | None:
    """Let the next simulated person vote in the open round; gives the name, or None where nobody is left to vote.

    Args:
        store: A practice session; in any other nobody is simulated.
        random: Draws the code.

    Raises:
        CxWorkshopError: The round was closed at that very moment.
    """
    session = store.session
    held = session.open_round
    if held is None or not session.about.rehearsal:
        return None
    voted = store.box.voted(held.key)
    for person in session.participants.values():
        if person.name.startswith(_NAME) and person.id not in voted:
            cast_ballot(store, held.key, Voter(person.id), answers_of(session, held, person), random=random)
            return person.name
    return None


def answers_of(session: Session, held: Round, person: Participant) -> Answers:
    """What a simulated person answers in a round."""
    if held.kind == "dots":
        return Answers(_dots(session, held, person))
    if held.kind == "ratings":
        return Answers({entry: _rating(entry, person) for entry in held.items})
    if held.kind == "feedback":
        return Answers({held.items[0]: Random(f"{person.id} feedback").choice((3, 4, 4, 5))})
    items = [item for item in session.content.items if item.id in held.items]
    return Answers({item.id: _answer(session, held, person, item) for item in items})


def _answer(session: Session, held: Round, person: Participant, item: Item) -> int:
    random = Random(f"{person.id} {item.id} {held.key}")
    options = len(item.scale)
    place = list(session.participants).index(person.id)
    if held.number > 1:
        return _near(_middle(options) + 1, options, random)
    if random.random() < 0.03:
        return DONT_KNOW
    answer = _stance(session, item)(options, place, person.unit == UNITS[1], person.level == LEVELS[0], random)
    return answer if item.direction == "good" else options + 1 - answer


def _stance(session: Session, item: Item) -> Stance:
    """How the room stands to an item: the first items show one pattern each, the others are ordinary."""
    alike = [found.id for found in session.content.items if found.is_stage_item == item.is_stage_item]
    place = alike.index(item.id)
    if item.is_stage_item:
        return (_early_stage, _leaders_higher)[place % 2]
    special: tuple[Stance, ...] = (
        _agreed_high,
        _two_camps,
        _unit_against_unit,
        _leaders_higher,
        _lone_voice,
        _agreed_low,
        _spread,
    )
    return special[place] if place < len(special) else _ordinary(item)


def _agreed_high(options: int, _place: int, _second: bool, _leader: bool, random: Random) -> int:
    return options - (random.random() < 0.3)


def _agreed_low(options: int, _place: int, _second: bool, _leader: bool, random: Random) -> int:
    return min(options, 1 + (random.random() < 0.4))


def _two_camps(options: int, place: int, _second: bool, _leader: bool, random: Random) -> int:
    step = int(random.random() < 0.3)
    return 1 + step if place // 2 % 2 else options - step


def _lone_voice(options: int, place: int, _second: bool, _leader: bool, random: Random) -> int:
    return 1 if place == 2 else options - (random.random() < 0.5)


def _unit_against_unit(options: int, _place: int, second: bool, _leader: bool, random: Random) -> int:
    step = int(random.random() < 0.4)
    return 1 + step if second else options - step


def _leaders_higher(options: int, _place: int, _second: bool, leader: bool, random: Random) -> int:
    step = int(random.random() < 0.3)
    return options - 1 + step if leader else min(options, 2 - step)


def _early_stage(options: int, _place: int, _second: bool, _leader: bool, random: Random) -> int:
    return min(options, random.choice((2, 2, 2, 3, 3, 1)))


def _spread(options: int, _place: int, _second: bool, _leader: bool, random: Random) -> int:
    return random.randint(1, options)


def _ordinary(item: Item) -> Stance:
    def stance(options: int, _place: int, _second: bool, _leader: bool, random: Random) -> int:
        return _near(Random(item.id).randint(2, max(2, options - 1)), options, random)

    return stance


def _dots(session: Session, held: Round, person: Participant) -> dict[str, int]:
    """The dots of a person: candidates nearer to the top of the list draw more."""
    random = Random(f"{person.id} {held.key}")
    weights = [len(held.items) - place for place in range(len(held.items))]
    placed: dict[str, int] = {}
    for candidate in random.choices(held.items, weights, k=session.rules.dots):
        placed[candidate] = placed.get(candidate, 0) + 1
    return placed


def _rating(entry: str, person: Participant) -> int:
    """A rating of a person, near to what the room thinks of the candidate."""
    return _near(Random(entry).randint(1, OPTIONS), OPTIONS, Random(f"{person.id} {entry}"))


def _near(option: int, options: int, random: Random) -> int:
    return max(1, min(options, option + random.choice((-1, 0, 0, 1))))


def _middle(options: int) -> int:
    return (options + 1) // 2


def _leads(number: int, people: int) -> bool:
    """Whether a person is a leader: about a third of the room, in both units alike."""
    return number < max(2, round(people * 0.36))
