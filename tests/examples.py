"""Small, plainly made-up content and sessions that tests of several rooms share."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from cxworkshop.domain.content import Agenda, AgendaStep, Content, Role, SelfTestChoice, Strategy, Suggestion
from cxworkshop.domain.instruments import Instrument, Item, Option, Scale
from cxworkshop.domain.maturity import MaturityModel, Stage
from cxworkshop.domain.session import About, Participant, Rules, Session
from cxworkshop.facilitation.ports import SessionStore

OpenSession = Callable[..., SessionStore]
"""Makes and opens a stored session."""

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 21)

AGREE = Scale("agree", tuple(map(Option, ("Never", "Rarely", "Sometimes", "Mostly", "Always"))))

LADDER = MaturityModel(
    "ladder",
    "Example ladder",
    "stage",
    (
        Stage("Ground", "Nothing yet.", obstacle="Nobody asks", challenge="Ask", resources=("Time",)),
        Stage("Rung", "Something.", obstacle="Nobody decides", challenge="Decide", resources=("Budget", "A team")),
        Stage("Roof", "Everything.", obstacle="Nobody renews", challenge="Renew", resources=("Patience",)),
    ),
)

STAGE_ITEM = Item(
    "ladder-stage",
    "Where do we stand?",
    Scale("ladder", tuple(Option(stage.name, stage.summary) for stage in LADDER.stages)),
    model="ladder",
)
FIX = Item("fix", "Frontline people may fix a problem on the spot.", AGREE, theme="Culture", importance=2)
LISTEN = Item("listen", "We ask customers and act on it.", AGREE, theme="Measure")
BLAME = Item("blame", "Departments blame each other.", AGREE, theme="Culture", direction="bad")

AGENDA = Agenda(
    "90",
    "Ninety minutes",
    90,
    (AgendaStep("welcome", 10), AgendaStep("self_test", 20), AgendaStep("reveal", 10), AgendaStep("disagreements", 30)),
    (SelfTestChoice("example"),),
)

CONTENT = Content(
    instruments=(Instrument("example", "Example test", (STAGE_ITEM, FIX, LISTEN, BLAME)),),
    agenda=AGENDA,
    models=(LADDER,),
    suggestions=(
        Suggestion("ask", "Ask ten customers", "Book the calls", "Calls held", themes=("Measure",)),
        Suggestion("decide", "Name one who decides", "Agree on who", "Named", model="ladder", stage=2),
        Suggestion("tool", "Buy the tool", themes=("Culture",), strategy="technology"),
    ),
    roles=(Role("sales", "Head of sales", "business"), Role("cio", "CIO", "technology")),
    strategies=(Strategy("experience", "customer experience", 1), Strategy("technology", "technology", 4)),
)


def example_session(people: int = 0, rules: Rules = Rules()) -> Session:  # noqa: B008 - a frozen value
    """A session in preparation; `people` participants p0, p1, … alternate between Sales and Support."""
    participants = {
        f"p{number}": Participant(f"p{number}", f"Person {number}", ("Sales", "Support")[number % 2], "Staff")
        for number in range(people)
    }
    return Session(
        About("2026-11-21-example", "Example", TODAY, "Example organisation"),
        CONTENT,
        rules,
        units=("Sales", "Support"),
        levels=("Leadership", "Staff"),
        participants=participants,
    )
