"""A small session with something of everything, in which every text that people or packs bring can be replaced."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from cxworkshop.domain.ballots import Ballot, Tally
from cxworkshop.domain.content import (
    Agenda,
    Benchmark,
    Content,
    Figure,
    Role,
    StageShare,
    Strategy,
    Suggestion,
)
from cxworkshop.domain.instruments import Instrument, Item, Option, Scale, Source
from cxworkshop.domain.last_time import EarlierAnswers, LastTime
from cxworkshop.domain.maturity import MaturityModel, Stage
from cxworkshop.domain.session import (
    About,
    Action,
    Candidate,
    Closing,
    Discussion,
    Round,
    Session,
    Step,
)

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)

Words = Callable[[str], str]
"""From the words that a place has to the words that are put there."""


def as_they_are(words: str) -> str:
    """The words themselves."""
    return words


def in_turn(texts: Sequence[str]) -> Words:
    """Other texts in other places, the same one wherever the same words stand.

    Words on whose being alike or whose order it hangs what a document says keep that: names of people and groups,
    obstacles, themes.
    """
    compared = ("North", "South", "Tiny", "Ann", "Bo", "Cy", "Listening", "Acting")

    def put(words: str) -> str:
        if words in compared or words.startswith("Obstacle"):
            return f"{texts[0]} {words}"
        return texts[sum(map(ord, words)) % len(texts)]

    return put


@dataclass
class Box:
    """Ballots in memory."""

    held: dict[str, Sequence[Ballot]] = field(default_factory=dict)

    def ballots(self, round_key: str) -> Sequence[Ballot]:
        """The ballots of a round."""
        return self.held.get(round_key, ())


def source(words: Words) -> Source:
    return Source(words("Ada Author"), words("Growing up"), words("A House"), 2020)


def content(words: Words) -> Content:
    stages = tuple(
        Stage(words(name), words("Summary"), (), words(f"Obstacle of {name}"), words("Challenge"), (words("People"),))
        for name in ("Start", "Middle", "End")
    )
    ladder = MaturityModel("ladder", words("Ladder"), "stage", stages, source(words))
    steps = Scale("steps", tuple(Option(stage.name, stage.summary) for stage in stages))
    agree = Scale("agree", tuple(Option(words(label), words("Anchor")) for label in ("Never", "Rarely", "Often")))
    items = (
        Item("S1", words("Where are we?"), steps, model="ladder", help=words("Look around.")),
        Item("Q1", words("We listen."), agree, theme=words("Listening")),
        Item("Q2", words("We act."), agree, theme=words("Acting"), direction="bad"),
    )
    benchmark = Benchmark(
        "b1",
        words("Few are good."),
        words("A House"),
        words("A study"),
        words("Companies"),
        "self_placed",
        "high",
        words("Read with care."),
        2021,
        300,
        figures=(Figure(words("Good"), 4.0, qualifier="under"),),
        shares=(StageShare((words("First"), words("Second")), 70.0),),
        models=("ladder",),
    )
    return Content(
        (Instrument("test", words("A test"), items, words("Answer alone."), source(words)),),
        Agenda("90", "Ninety", 90, (), ()),
        (ladder,),
        (benchmark,),
        suggestions=(Suggestion("s1", words("Listen more"), source=source(words)),),
        roles=(Role("cio", words("The CIO"), "technology", (words("Systems"),), source(words)),),
        strategies=(Strategy("cx", words("Customer experience"), 1), Strategy("tech", words("Technology"), 2)),
    )


def session(words: Words = as_they_are, *, rehearsal: bool = False) -> Session:
    actions = (
        Action(
            "a1",
            words("Read all complaints"),
            words("Ann"),
            date(2027, 3, 31),
            words("Complaints answered"),
            words("40 a day"),
            words("10 a day"),
            words("Fetch them"),
            ("Q1",),
            "c1",
            words("Obstacle of Start"),
            (words("Time"),),
            "tech",
            "s1",
            1,
            note=words("By Easter"),
        ),
        Action("a2", words("Buy nothing"), position=2, state="done"),
        Action("a3", words("Paint the wall"), position=3, state="dropped", note=words("No wall")),
    )
    return Session(
        About("2026-11-21-cx", words("CX day"), date(2026, 11, 21), words("Aurora"), words("Fay"), rehearsal),
        content(words),
        rounds=(
            Round("1", "self_test", ("S1", "Q1", "Q2"), "revealed"),
            Round("2", "self_test", ("Q1",), "revealed", "hands", {"Q1": Tally((2, 2, 8))}),
            Round("dots-1", "dots", ("c1", "c2"), "revealed", "hands", {"c1": Tally((9,)), "c2": Tally((1,))}),
            Round("feedback-1", "feedback", ("feedback",), "revealed"),
        ),
        units=(words("North"), words("South")),
        discussion={
            "Q1": Discussion("Q1", "parked", (words("A note"),), (words("One view"), words("Another view"))),
            "Q2": Discussion("Q2", "settled"),
        },
        candidates={
            "c1": Candidate("c1", words("Listening"), "weakness", words("It is low."), ("Q1",), chosen=True),
            "c2": Candidate("c2", words("Acting"), "own"),
        },
        actions={action.id: action for action in actions},
        closing=Closing(
            words("Olga"), date(2027, 5, 21), ("cio",), (words("The night shift"),), {words("People"): "partly"}
        ),
    )


def box(words: Words = as_they_are) -> Box:
    """Twelve ballots of two units and a unit too small to be shown."""
    answers = [(1, 1, 1)] * 6 + [(2, 3, 2)] * 6
    comments = {0: {"Q1": words("We never call back")}, 7: {"Q1": words("All fine")}}
    groups = [*("North",) * 5, *("South",) * 5, "Tiny", "Tiny"]
    ballots = [
        Ballot("1", f"C{place}", dict(zip(("S1", "Q1", "Q2"), row, strict=True)), comments.get(place, {}), words(unit))
        for place, (row, unit) in enumerate(zip(answers, groups, strict=True))
    ]
    said = {2: {"feedback": words("Good, but long")}}
    feedback = [Ballot("feedback-1", f"F{place}", {"feedback": 4}, said.get(place, {})) for place in range(5)]
    return Box({"1": ballots, "feedback-1": feedback})


_RATED = Round(
    "ratings-1",
    "ratings",
    ("impact:c1", "effort:c1"),
    "revealed",
    "hands",
    {"impact:c1": Tally((0, 0, 0, 4, 5)), "effort:c1": Tally((2, 7, 0, 0, 0))},
)


def full_session(words: Words = as_they_are) -> Session:
    """The session with what it lacks: levels, another round by ballots, notes by step, and a last session."""
    room = session(words)
    return replace(
        room,
        levels=("Board", "Staff"),
        rounds=(*room.rounds, Round("3", "self_test", ("Q2",), "revealed"), _RATED),
        actions={
            **room.actions,
            "a4": Action("a4", words("Ask"), words("Bo"), position=4, since=date(2026, 5, 1)),
            "a5": Action("a5", words("Go on"), words("Cy"), position=5, state="moved", since=date(2026, 5, 1)),
            "a6": Action("a6", words("Over"), position=6, state="done", note=words("In May"), since=date(2026, 5, 1)),
            "a7": Action("a7", words("Not"), position=7, state="dropped", note=words("No"), since=date(2026, 5, 1)),
        },
        closing=replace(
            room.closing, notes={Step.COMPARE: (words("Look again"),)}, stage={"ladder": 2}, strategy_stands=False
        ),
        last_time=_last_time(room, words),
    )


def full_box(words: Words = as_they_are) -> Box:
    """Two people for each of the twelve ballots, one of the board and one of the staff."""
    people = [
        replace(ballot, code=f"{ballot.code}-{level}", level=level)
        for ballot in box(words).held["1"]
        for level in ("Board", "Staff")
    ]
    again = [Ballot("3", ballot.code, {"Q2": 2}, unit=ballot.unit, level=ballot.level) for ballot in people]
    return Box({**box(words).held, "1": people, "3": again})


def _last_time(room: Session, words: Words) -> LastTime:
    """A last session that asked two items alike and one in other words."""
    answers = {
        item.id: EarlierAnswers(
            item.text if place else "Asked otherwise.",
            tuple(option.label for option in item.scale.options),
            tuple(range(len(item.scale))),
            direction=item.direction,
        )
        for place, item in enumerate(room.content.items)
    }
    return LastTime("2026-05-01-cx", words("Spring"), date(2026, 5, 1), 6, answers)
