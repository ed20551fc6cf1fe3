"""A small session with something of everything, in which every text that people or packs bring can be replaced."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
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
from cxworkshop.domain.maturity import MaturityModel, Stage
from cxworkshop.domain.session import (
    About,
    Action,
    Candidate,
    Closing,
    Discussion,
    Round,
    Session,
)

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)

Words = Callable[[str], str]
"""From the words that a place has to the words that are put there."""


def as_they_are(words: str) -> str:
    """The words themselves."""
    return words


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
    feedback = [Ballot("feedback-1", f"F{place}", {"feedback": 4}) for place in range(3)]
    return Box({"1": ballots, "feedback-1": feedback})
