"""A session with something in every part, for the tests of the store."""

from dataclasses import replace
from datetime import UTC, date, datetime

from cxworkshop.domain.ballots import Ballot, Tally
from cxworkshop.domain.content import (
    Agenda,
    AgendaStep,
    Benchmark,
    Content,
    Figure,
    Prompt,
    Role,
    SelfTestChoice,
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
    Live,
    Participant,
    Privacy,
    Round,
    Rules,
    Session,
    Step,
    Timer,
)

AGREE = Scale("agree", tuple(Option(label) for label in ("Never", "Rarely", "Sometimes", "Mostly", "Always")))
HOUSE = Instrument(
    "house",
    "House survey",
    (
        Item("Q01", "Frontline people may fix a customer’s problem on the spot.", AGREE, theme="Culture"),
        Item("Q02", "Nobody owns the journey.", AGREE, direction="bad", importance=2, stage=1, sign_of="six"),
    ),
    source=Source("A. Author", "A title", year=2026),
)
CONTENT = Content(
    instruments=(HOUSE,),
    agenda=Agenda("short", "Short", 45, (AgendaStep("welcome", 5),), (SelfTestChoice("house", ("Q01",)),)),
    models=(MaturityModel("six", "Six stages", "stage", (Stage("First", signs=("a sign",)), Stage("Second"))),),
    benchmarks=(
        Benchmark(
            "b1",
            "Few are there.",
            "Publisher",
            "Study",
            "firms",
            "scored",
            "medium",
            "Small.",
            n=206,
            figures=(Figure("excellent", 4.0, qualifier="about"),),
            shares=(StageShare(("First", "Second"), 12.5),),
        ),
    ),
    prompts=(Prompt("pattern:two_camps", ask=("What led you there?",), minutes=6),),
    suggestions=(Suggestion("s1", "Do it", themes=("Culture",)),),
    roles=(Role("cio", "CIO", "technology", ("systems",)),),
    strategies=(Strategy("cx", "Customer experience", 1),),
)

PEOPLE = {
    "p-ana": Participant("p-ana", "Ana Šimić", "Sales", "Team"),
    "p-omid": Participant("p-omid", "امید", "Support", "Lead"),
}


def new_session(title: str = "Aurora Telecom CX", held: date = date(2026, 11, 21)) -> Session:
    """A session that was only just made."""
    return Session(About("", title, held), CONTENT)


def voting_session(privacy: Privacy = Privacy.CONFIDENTIAL) -> Session:
    """A session whose first round takes ballots."""
    return replace(
        new_session(),
        rules=Rules(privacy=privacy),
        units=("Sales", "Support"),
        levels=("Team", "Lead"),
        participants=dict(PEOPLE),
        rounds=(Round("1", "self_test", ("Q01", "Q02")),),
        live=Live(Step.SELF_TEST),
    )


def rich_session() -> Session:
    """A session with something in every part."""
    return replace(
        voting_session(),
        about=About("2026-11-21-aurora", "Aurora", date(2026, 11, 21), "Aurora Telecom", "Kim"),
        rounds=(
            Round("1", "self_test", ("Q01", "Q02"), "revealed"),
            Round("2", "self_test", ("Q01",), "closed", "hands", {"Q01": Tally((1, 0, 2, 0, 3), 1)}),
            Round("dots-1", "dots", ("c1",)),
        ),
        live=Live(
            Step.PLAN,
            "Q01",
            Timer(datetime(2026, 11, 21, 9, 42, tzinfo=UTC)),
            blank=True,
            draft="half a no",
            used={"prepare": 12.5},
            since=datetime(2026, 11, 21, 9, 30, tzinfo=UTC),
        ),
        discussion={"Q01": Discussion("Q01", "parked", ("a note\nof two lines",), ("yes", "no"))},
        candidates={"c1": Candidate("c1", "Own the journey", "weakness", items=("Q02",), chosen=True)},
        actions={
            "a1": Action(
                "a1", "Name an owner", "Ana", date(2027, 3, 31), items=("Q02",), resources=("time",), position=1
            ),
            "a2": Action("a2", "Old one", due=date(2027, 1, 15), state="done", since=date(2026, 5, 1)),
        },
        closing=Closing(
            "Kim", date(2027, 5, 21), ("cio",), resources={"budget": "partly"}, stage={"six": 2}, strategy_stands=False
        ),
        last_time=LastTime(
            "2026-05-01-a",
            "Spring",
            date(2026, 5, 1),
            9,
            {"Q01": EarlierAnswers("Said", ("No", "Yes"), (4, 5), 1, "bad", "house", 2)},
        ),
    )


def ballot(code: str, round_key: str = "1", answer: int = 4, **more: str) -> Ballot:
    """A ballot with a comment."""
    return Ballot(round_key, code, {"Q01": answer, "Q02": 0}, {"Q01": f"said by {code}"}, **more)
