"""The session: one workshop sitting, from preparation to closing, as a frozen value.

Ballots are not part of it: they stay in the ballot box, where only counts are seen until the reveal.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from cxworkshop.domain.ballots import Tally
from cxworkshop.domain.content import Content
from cxworkshop.domain.last_time import LastTime

SCHEMA = 1
"""Version of the stored form of a session."""

SMALLEST_GROUP = 5
"""The fewest valid answers behind any number of a breakdown; it may be raised, never lowered."""


class Step(StrEnum):
    """The eight steps, in order."""

    PREPARE = "prepare"
    WELCOME = "welcome"
    SELF_TEST = "self_test"
    REVEAL = "reveal"
    DISAGREEMENTS = "disagreements"
    COMPARE = "compare"
    PLAN = "plan"
    CLOSE = "close"

    @property
    def number(self) -> int:
        """Its place in the flow, from 1."""
        return STEPS.index(self) + 1


STEPS: tuple[Step, ...] = tuple(Step)


class Privacy(StrEnum):
    """What is known of who voted what; fixed before the first ballot."""

    CONFIDENTIAL = "confidential"
    """Who has voted is known; at the reveal ballots lose every link to a name."""
    ANONYMOUS = "anonymous"
    """No list of names: codes are handed out, one a head, that let in once a vote and lead to no ballot."""
    OPEN = "open"
    """Names stay with ballots and may be shown, by everybody's consent."""


@dataclass(frozen=True, slots=True)
class About:
    """What the sitting is."""

    id: str
    """The folder's name: `<yyyy-mm-dd>-<slug>`."""
    title: str
    held: date
    organisation: str = ""
    facilitator: str = ""
    rehearsal: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """What is agreed before anybody sees data."""

    privacy: Privacy = Privacy.CONFIDENTIAL
    minimum_group: int = SMALLEST_GROUP
    consensus_share: float = 0.75
    """Share of answers within neighbouring options that counts as consensus."""
    votes_again: int = 1
    """How often an item may be put to the vote again."""
    dots: int = 3
    """Dots each participant places."""
    supervised: bool = False
    """After each ballot a terminal waits until the facilitator lets the next person begin."""
    key_phrase: str = ""
    """Salted hash of the phrase that takes the console back; empty where none is set."""


@dataclass(frozen=True, slots=True)
class Participant:
    """A person in the room. In the anonymous mode a participant is a one-use code and has no name."""

    id: str
    name: str = ""
    unit: str = ""
    level: str = ""
    code: str = ""
    """The handed-out code, in the anonymous mode only: it lets in, and stands on no ballot."""


RoundKind = Literal["self_test", "dots", "ratings", "feedback"]
RoundState = Literal["open", "closed", "revealed"]
RoundMethod = Literal["ballots", "hands"]


@dataclass(frozen=True, slots=True)
class Round:
    """One pass of voting.

    Round 1 covers all items, later self-test rounds the items put to the vote again. Dots, ratings of impact and
    effort, and the closing feedback are rounds of their own kind with the same ballot box.
    """

    key: str
    """`1`, `2`, … for self-test rounds; `dots-1`, `ratings-1`, …; `feedback-1`."""
    kind: RoundKind
    items: tuple[str, ...]
    state: RoundState = "open"
    method: RoundMethod = "ballots"
    tallies: Mapping[str, Tally] = field(default_factory=dict)
    """Per item, for a show of hands; for hands placing dots, `counts` is the one number of dots."""

    @property
    def number(self) -> int:
        """The number within its kind, from 1."""
        return int(self.key.rpartition("-")[2])


@dataclass(frozen=True, slots=True)
class Timer:
    """A countdown, kept as a deadline so that it survives a restart; paused, it keeps what remains."""

    deadline: datetime | None = None
    remaining: float | None = None
    """Seconds left while paused."""


@dataclass(frozen=True, slots=True)
class Live:
    """Where the sitting stands now, shared by every terminal."""

    step: Step = Step.PREPARE
    item: str = ""
    """The item in focus, at the reveal and in the disagreements."""
    timer: Timer | None = None
    blank: bool = False
    """The projector is blanked."""
    draft: str = ""
    """A note being typed, kept so that a crash does not lose it."""
    draft_item: str = ""
    """The item that the note being typed is on."""
    used: Mapping[str, float] = field(default_factory=dict)
    """Seconds spent per step until `since`."""
    since: datetime | None = None
    """When the present step was entered."""
    view: str = ""
    """What of the reveal is looked at: `stages`, `map`, `items`, `item` or `levels`; empty before one was chosen."""
    figures: bool = False
    """Published figures are shown, although the room has not talked about its own result."""
    page: int | None = None
    """The projector's page that was chosen, from 0, counted on beyond the last; None where its pages turn alone."""


Outcome = Literal["open", "settled", "vote_again", "parked", "follow_up"]


@dataclass(frozen=True, slots=True)
class Discussion:
    """What came of talking about an item."""

    item: str
    outcome: Outcome = "open"
    notes: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    """Both (or all) positions, recorded when an item is parked."""
    importance: int | None = None
    """1 to 3 where the facilitator has weighed the item otherwise than its pack."""


CandidateOrigin = Literal["weakness", "unsettled", "obstacle", "own"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something the group could choose to work on."""

    id: str
    title: str
    origin: CandidateOrigin
    reason: str = ""
    """Why it is on the list, in a sentence."""
    items: tuple[str, ...] = ()
    chosen: bool = False
    """It became a priority."""


ActionState = Literal["open", "done", "moved", "dropped"]


@dataclass(frozen=True, slots=True)
class Action:
    """What will be done, by whom and until when."""

    id: str
    title: str
    owner: str = ""
    due: date | None = None
    measure: str = ""
    baseline: str = ""
    target: str = ""
    first_step: str = ""
    items: tuple[str, ...] = ()
    candidate: str = ""
    """The priority it serves."""
    obstacle: str = ""
    """The obstacle it answers, in words."""
    resources: tuple[str, ...] = ()
    strategy: str = ""
    suggestion: str = ""
    """Id of the suggestion it was taken from."""
    position: int = 0
    """Its place in the plan."""
    state: ActionState = "open"
    note: str = ""
    since: date | None = None
    """The day of the session that first planned it, where it was taken over from an earlier one."""

    @property
    def undone(self) -> bool:
        """Whether it is still to be done."""
        return self.state in ("open", "moved")


ResourceState = Literal["have", "partly", "missing"]


@dataclass(frozen=True, slots=True)
class Closing:
    """What the room leaves with besides the actions."""

    strategy_owner: str = ""
    repeat: date | None = None
    absent_roles: tuple[str, ...] = ()
    """Ids of roles that are not in the room."""
    asked_later: tuple[str, ...] = ()
    """Who will be asked later, in words."""
    resources: Mapping[str, ResourceState] = field(default_factory=dict)
    """The room's rating of what the next stage needs, by resource."""
    stage: Mapping[str, int] = field(default_factory=dict)
    """Stage agreed in discussion per maturity model, where it differs from the vote's median."""
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What was noted on no item in particular, by step."""
    strategy_stands: bool | None = None
    """Whether the customer experience strategy is written and owned: what the gate asks; None before it was asked."""


@dataclass(frozen=True, slots=True)
class Session:
    """One workshop sitting; every change makes a new value."""

    about: About
    content: Content
    rules: Rules = Rules()
    units: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    participants: Mapping[str, Participant] = field(default_factory=dict)
    rounds: tuple[Round, ...] = ()
    live: Live = Live()
    discussion: Mapping[str, Discussion] = field(default_factory=dict)
    candidates: Mapping[str, Candidate] = field(default_factory=dict)
    actions: Mapping[str, Action] = field(default_factory=dict)
    closing: Closing = Closing()
    last_time: LastTime | None = None
    """The last session of the same organisation, to take up again; None where there is none."""

    def round(self, key: str) -> Round:
        """The round of a key.

        Raises:
            KeyError: There is no such round.
        """
        for found in self.rounds:
            if found.key == key:
                return found
        raise KeyError(key)

    @property
    def open_round(self) -> Round | None:
        """The round that takes ballots now, if any."""
        return next((found for found in self.rounds if found.state == "open"), None)

    @property
    def revealed_rounds(self) -> tuple[Round, ...]:
        """Self-test rounds whose results may be seen, in order."""
        return tuple(found for found in self.rounds if found.kind == "self_test" and found.state == "revealed")

    def with_round(self, changed: Round) -> "Session":
        """The session with one round replaced, or added where its key is new."""
        kept = tuple(changed if found.key == changed.key else found for found in self.rounds)
        return replace(self, rounds=kept if changed in kept else (*kept, changed))

    @property
    def plan(self) -> tuple[Action, ...]:
        """The actions in the order of the plan."""
        return tuple(sorted(self.actions.values(), key=lambda action: (action.position, action.id)))
