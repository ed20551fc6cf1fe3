"""All acts of all screens, by the places at which they can be met together: for the list of keys and its checks."""

from collections.abc import Iterator
from dataclasses import dataclass

from cxworkshop.domain.session import STEPS
from cxworkshop.domain.wording import STEP_NAMES
from cxworkshop.tui.acts import Act
from cxworkshop.tui.ballot import beginning, ending, questions
from cxworkshop.tui.ballot.frame import BALLOT_HELP
from cxworkshop.tui.ballot.hand_over import HAND_OVER_ACTS
from cxworkshop.tui.ballot.page import Page
from cxworkshop.tui.console.common_acts import COMMON_ACTS
from cxworkshop.tui.console.steps.catalogue import view_class
from cxworkshop.tui.home.screen import HOME_ACTS
from cxworkshop.tui.projector.screen import PROJECTOR_ACTS

_PAGES: tuple[type[Page], ...] = (
    beginning.WhoPage,
    beginning.GroupPage,
    beginning.CodePage,
    beginning.PromisePage,
    questions.QuestionPage,
    questions.CommentPage,
    questions.DotsPage,
    questions.SummaryPage,
    ending.ThanksPage,
    ending.CoverPage,
    ending.ChangedPage,
    ending.ClosedPage,
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where several acts can be met at once, so that no two of them may share a key."""

    name: str
    acts: tuple[Act, ...]


def places() -> tuple[Place, ...]:
    """Every place, those of the facilitator first."""
    return tuple(_places())


def every_act() -> tuple[tuple[str, Act], ...]:
    """Every act once, by its id, with the name of the first place at which it is met."""
    found: dict[str, tuple[str, Act]] = {}
    for place in (Place("Everywhere in the console", COMMON_ACTS), *places()):
        for act in place.acts:
            found.setdefault(act.id, (place.name, act))
    return tuple(found.values())


def _places() -> Iterator[Place]:
    for step in STEPS:
        yield Place(f"Console, {STEP_NAMES[step]}", (*view_class(step).ACTS, *COMMON_ACTS))
    yield Place("Home", HOME_ACTS)
    yield Place("Projector", PROJECTOR_ACTS)
    yield Place("Voting, between two ballots", HAND_OVER_ACTS)
    for page in _PAGES:
        yield Place("Voting", (*page.ACTS, BALLOT_HELP))
