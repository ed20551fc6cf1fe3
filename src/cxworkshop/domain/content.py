"""What packs bring to a session: self-tests, maturity models, benchmarks, prompts, suggestions, roles and agendas."""

from dataclasses import dataclass
from typing import Literal

from cxworkshop.domain.instruments import Instrument, Item, Source, items_of
from cxworkshop.domain.maturity import MaturityModel

RatedBy = Literal["self_placed", "scored", "consumers", "unstated"]
"""Who gave the ratings behind a published figure: people placing themselves, an assessment's score, or consumers."""

Confidence = Literal["high", "medium", "low"]
Side = Literal["business", "technology", "design"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One published number of a benchmark; `value` is as printed, in `unit`."""

    label: str
    value: float
    unit: str = "%"
    qualifier: Literal["", "under", "over", "about"] = ""


@dataclass(frozen=True, slots=True)
class StageShare:
    """A share of organisations placed in one stage or in several stages together.

    `stages` are the publisher's own names; a share over several stages is drawn as one band, never as invented bars.
    """

    stages: tuple[str, ...]
    percent: float
    qualifier: Literal["", "under", "over", "about"] = ""


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A published figure with where it comes from and what to be careful about."""

    id: str
    statement: str
    publisher: str
    title: str
    population: str
    rated_by: RatedBy
    confidence: Confidence
    caution: str
    year: int | None = None
    n: int | None = None
    url: str = ""
    figures: tuple[Figure, ...] = ()
    shares: tuple[StageShare, ...] = ()
    stage_names: tuple[str, ...] = ()
    """All stages of the publisher's model in order, where it has one."""
    models: tuple[str, ...] = ()
    """Ids of the maturity models it may stand beside; `same_stages` tells whether the stages are the very same."""
    same_stages: bool = False
    themes: tuple[str, ...] = ()
    """Themes of items it may stand beside."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """What the facilitator says, does and asks at a step or on a pattern.

    `moment` is `step:<step>` or `pattern:<label>`, for example `step:reveal` or `pattern:two_camps`.
    """

    moment: str
    say: tuple[str, ...] = ()
    do: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    first: str = ""
    """Who speaks first, on a pattern."""
    minutes: int = 0
    """Minutes to plan for one item of this pattern; 0 where it does not apply."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An action worth considering, in our own words, and what it answers.

    It may answer themes of items, the obstacle of a stage of a model, or resources such a stage needs.
    """

    id: str
    action: str
    first_step: str = ""
    measure: str = ""
    themes: tuple[str, ...] = ()
    model: str = ""
    stage: int | None = None
    """The stage (from 1) whose obstacle it helps over."""
    strategy: str = ""
    """Id of the strategy it belongs to; empty counts as the first."""
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody the strategy needs in the room, and what that side brings."""

    id: str
    title: str
    side: Side
    brings: tuple[str, ...] = ()
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class Strategy:
    """One of the strategies an organisation builds in order; a later one waits for the first to stand."""

    id: str
    name: str
    order: int
    meaning: str = ""
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class SelfTestChoice:
    """A self-test on an agenda: a pack's instrument, whole or only some of its items."""

    pack: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AgendaStep:
    """How many minutes an agenda gives to a step."""

    step: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Agenda:
    """A plan of the sitting's time, with the self-tests that fit into it."""

    id: str
    title: str
    minutes: int
    steps: tuple[AgendaStep, ...]
    self_tests: tuple[SelfTestChoice, ...]

    def minutes_of(self, step: str) -> int:
        """Minutes planned for a step; 0 for a step the agenda leaves out."""
        return sum(planned.minutes for planned in self.steps if planned.step == step)


@dataclass(frozen=True, slots=True)
class Pack:
    """One content file: at most one self-test, and whatever else its source or topic gives."""

    id: str
    title: str
    version: int
    source: Source = Source()
    summary: str = ""
    instrument: Instrument | None = None
    models: tuple[MaturityModel, ...] = ()
    benchmarks: tuple[Benchmark, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    roles: tuple[Role, ...] = ()
    strategies: tuple[Strategy, ...] = ()
    agendas: tuple[Agenda, ...] = ()


@dataclass(frozen=True, slots=True)
class PackListing:
    """A pack as the library found it."""

    id: str
    title: str
    path: str
    items: int
    pack: Pack | None
    problem: str = ""
    """Why it is unusable, in a sentence; empty where it is fine."""


@dataclass(frozen=True, slots=True)
class Content:
    """The copy of pack content that a session keeps, so that it reads the same in two years."""

    instruments: tuple[Instrument, ...]
    agenda: Agenda
    models: tuple[MaturityModel, ...] = ()
    benchmarks: tuple[Benchmark, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    roles: tuple[Role, ...] = ()
    strategies: tuple[Strategy, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """All items of the chosen self-tests, in voting order."""
        return items_of(self.instruments)

    def item(self, item_id: str) -> Item:
        """The item of an id.

        Raises:
            KeyError: The session has no such item.
        """
        for item in self.items:
            if item.id == item_id:
                return item
        raise KeyError(item_id)

    def model(self, model_id: str) -> MaturityModel:
        """The maturity model of an id.

        Raises:
            KeyError: The session has no such model.
        """
        for model in self.models:
            if model.id == model_id:
                return model
        raise KeyError(model_id)

    def prompt(self, moment: str) -> Prompt:
        """What to say at a moment; an empty prompt where the packs say nothing of it."""
        for prompt in self.prompts:
            if prompt.moment == moment:
                return prompt
        return Prompt(moment)
