"""What may stand in a pack file, key by key.

The descriptions are shown to authors when a key is missing, so each says what to write there.
"""

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from cxworkshop.domain.content import Confidence, RatedBy, Side
from cxworkshop.domain.instruments import LARGEST_SCALE, SMALLEST_SCALE, Direction
from cxworkshop.domain.session import STEPS
from cxworkshop.domain.text import LINE_LIMIT, NAME_LIMIT, NOTE_LIMIT, clean, clean_line
from cxworkshop.packs.faults import nearest

PATTERNS = (
    "consensus",
    "lone_voices",
    "two_camps",
    "leaning",
    "spread",
    "unit_against_unit",
    "level_against_level",
    "too_few",
)
"""Every label that the pattern of an item may have."""

MOMENTS = (*(f"step:{step}" for step in STEPS), *(f"pattern:{label}" for label in PATTERNS))
"""Every moment that a prompt may belong to."""

LONGEST_ID = 64
"""The most characters of an id."""

_ID = re.compile(rf"[A-Za-z0-9][A-Za-z0-9._-]{{0,{LONGEST_ID - 1}}}")


def is_id(text: str) -> bool:
    """Whether a text can be an id: letters, digits, dots, hyphens and underscores, beginning with a letter or digit."""
    return _ID.fullmatch(text) is not None


def unfit(wrong: str, right: str) -> PydanticCustomError:
    """A validation error that carries both halves of a fault."""
    return PydanticCustomError("unfit", "{wrong}", {"wrong": wrong, "right": right})


def _id(text: str) -> str:
    if not is_id(text):
        raise unfit(
            f'"{clean_line(text, 40)}" is not an id', "use 1 to 64 letters, digits, dots, hyphens or underscores"
        )
    return text


def _filled(text: str, limit: int) -> str:
    if not text:
        raise unfit("is empty", "write a text, or leave the key out if it is optional")
    return _short(text, limit)


def _short(text: str, limit: int) -> str:
    if len(text) > limit:
        raise unfit(f"has {len(text)} characters", f"write at most {limit}")
    return text


def _moment(text: str) -> str:
    if text not in MOMENTS:
        raise unfit(f'"{clean_line(text, 40)}" is no moment of a workshop', nearest(text, MOMENTS))
    return text


def _step(text: str) -> str:
    if text not in STEPS:
        raise unfit(f'"{clean_line(text, 40)}" is not a step', nearest(text, STEPS))
    return text


_WHOLE = 10_000  # nothing is cut while cleaning, so that a text that is too long is refused instead of shortened


def _told(**keys: Any) -> Any:
    """What editors are told of a text, which the validator beside it makes sure of."""
    return Field(json_schema_extra=keys)


Id = Annotated[str, AfterValidator(_id), _told(pattern=f"^{_ID.pattern}$")]
Name = Annotated[
    str,
    AfterValidator(lambda text: _filled(clean_line(text, _WHOLE), NAME_LIMIT)),
    _told(minLength=1, maxLength=NAME_LIMIT),
]
Line = Annotated[
    str,
    AfterValidator(lambda text: _filled(clean_line(text, _WHOLE), LINE_LIMIT)),
    _told(minLength=1, maxLength=LINE_LIMIT),
]
MaybeName = Annotated[
    str, AfterValidator(lambda text: _short(clean_line(text, _WHOLE), NAME_LIMIT)), _told(maxLength=NAME_LIMIT)
]
MaybeLine = Annotated[
    str, AfterValidator(lambda text: _short(clean_line(text, _WHOLE), LINE_LIMIT)), _told(maxLength=LINE_LIMIT)
]
MaybeText = Annotated[
    str, AfterValidator(lambda text: _short(clean(text, _WHOLE), NOTE_LIMIT)), _told(maxLength=NOTE_LIMIT)
]
Moment = Annotated[str, AfterValidator(_moment), _told(enum=MOMENTS)]
StepName = Annotated[str, AfterValidator(_step), _told(enum=tuple(STEPS))]
Year = Annotated[int, Field(ge=1900, le=2100, description="the year as a number, such as 2026")]
Qualifier = Literal["", "under", "over", "about"]


class Table(BaseModel):
    """A TOML table that holds nothing but the keys named here."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class SourceTable(Table):
    """Where content comes from."""

    author: MaybeLine = ""
    title: MaybeLine = ""
    publisher: MaybeLine = ""
    year: Year | None = None
    url: MaybeLine = ""


class PackTable(Table):
    """What the file is."""

    id: Id = Field(description='an id of its own, such as id = "house-survey"')
    title: Line = Field(description='a title, such as title = "House survey"')
    version: int = Field(ge=1, description="a whole number that grows with each change, such as version = 1")
    summary: MaybeText = ""
    introduction: MaybeText = ""
    source: SourceTable = SourceTable()


class ScaleTable(Table):
    """Ordered options, lowest first, and where useful a sentence that anchors each."""

    options: list[Name] = Field(
        min_length=SMALLEST_SCALE,
        max_length=LARGEST_SCALE,
        description=f"a list of {SMALLEST_SCALE} to {LARGEST_SCALE} options in quotes, lowest first; where all begin "
        "with a number that counts up or down by one, people answer by it, else by the place from 1",
    )
    anchors: list[MaybeLine] = []


class ItemTable(Table):
    """One statement or question. A stage item names a model in place of a scale."""

    id: Id = Field(description='an id of its own, such as id = "Q01"')
    text: Line = Field(description="the statement or question that people rate")
    scale: Id = ""
    anchors: list[MaybeLine] = []
    theme: MaybeName = ""
    direction: Direction = "good"
    importance: int = Field(default=1, ge=1, le=3)
    help: MaybeText = ""
    model: Id = ""
    sign_of: Id = ""
    stage: int | None = Field(default=None, ge=1, le=LARGEST_SCALE)


class StageTable(Table):
    """One stage of a maturity model."""

    name: Name = Field(description="the stage's name in its source")
    summary: MaybeLine = ""
    signs: list[Line] = []
    obstacle: MaybeLine = ""
    challenge: MaybeLine = ""
    resources: list[Line] = []


class ModelTable(Table):
    """A maturity model: ordered stages, lowest first."""

    id: Id = Field(description="an id of its own; the pack's id will do")
    title: Line = Field(description="the model's title")
    stage_word: Name = "stage"
    source: SourceTable | None = None
    stages: list[StageTable] = Field(
        min_length=SMALLEST_SCALE,
        max_length=LARGEST_SCALE,
        description=f"{SMALLEST_SCALE} to {LARGEST_SCALE} tables [[models.stages]], lowest first",
    )


class FigureTable(Table):
    """One published number."""

    label: Line = Field(description="what the number counts")
    value: float = Field(allow_inf_nan=False, description="the number as printed")
    unit: MaybeName = "%"
    qualifier: Qualifier = ""


class ShareTable(Table):
    """A share of organisations in one stage, or in several together."""

    stages: list[Name] = Field(min_length=1, description="the stages, in the publisher's own words")
    percent: float = Field(ge=0, le=100, description="the share in percent")
    qualifier: Qualifier = ""


class BenchmarkTable(Table):
    """A published figure with where it comes from and what to be careful about."""

    id: Id = Field(description="an id of its own")
    statement: Line = Field(description="what was found, in a sentence")
    publisher: Line = Field(description="who published it")
    title: Line = Field(description="the title of the publication")
    population: Line = Field(description="whom the figures are about")
    rated_by: RatedBy = Field(description='who rated: "self_placed", "scored", "consumers" or "unstated"')
    confidence: Confidence = Field(description='how sure the figure is: "high", "medium" or "low"')
    caution: MaybeText = Field(description='what to be careful about; "" where nothing is known')
    year: Year | None = None
    n: int | None = Field(default=None, ge=1)
    url: MaybeLine = ""
    figures: list[FigureTable] = []
    shares: list[ShareTable] = []
    stage_names: list[Name] = []
    models: list[Id] = []
    same_stages: bool = False
    themes: list[Name] = []


class PromptTable(Table):
    """What the facilitator says, does and asks at a step or on a pattern."""

    moment: Moment = Field(description='when it is for, such as "step:reveal" or "pattern:two_camps"')
    say: list[Line] = []
    do: list[Line] = []
    ask: list[Line] = []
    first: MaybeLine = ""
    minutes: int = Field(default=0, ge=0, le=60)


class SuggestionTable(Table):
    """An action worth considering, and what it answers."""

    id: Id = Field(description="an id of its own")
    action: Line = Field(description="what to do, in a sentence")
    first_step: MaybeLine = ""
    measure: MaybeLine = ""
    themes: list[Name] = []
    model: Id = ""
    stage: int | None = Field(default=None, ge=1, le=LARGEST_SCALE)
    strategy: Id = ""
    source: SourceTable | None = None


class RoleTable(Table):
    """Somebody whom the strategy needs in the room."""

    id: Id = Field(description="an id of its own")
    title: Name = Field(description="what the role is called")
    side: Side = Field(description='"business", "technology" or "design"')
    brings: list[Line] = []
    source: SourceTable | None = None


class StrategyTable(Table):
    """One of the strategies that are built in order."""

    id: Id = Field(description="an id of its own")
    name: Name = Field(description="what the strategy is called")
    order: int = Field(ge=1, le=20, description="its place in the order, from 1")
    meaning: MaybeLine = ""
    source: SourceTable | None = None


class AgendaStepTable(Table):
    """How many minutes a step gets."""

    step: StepName = Field(description="one of " + ", ".join(STEPS))
    minutes: int = Field(ge=0, le=600, description="its minutes")


class SelfTestTable(Table):
    """A self-test that fits into the time: a pack's whole, or some of its items."""

    pack: Id = Field(description="the id of a pack with a self-test")
    items: list[Id] = []


class AgendaTable(Table):
    """A plan of the sitting's time."""

    id: Id = Field(description='an id of its own, such as id = "90"')
    title: Line = Field(description="a title")
    minutes: int = Field(ge=1, le=600, description="the minutes of the whole sitting")
    steps: list[AgendaStepTable] = Field(min_length=1, description='tables such as { step = "reveal", minutes = 10 }')
    self_tests: list[SelfTestTable] = Field(min_length=1, description='tables such as { pack = "house-survey" }')


class PackFile(Table):
    """A whole pack file."""

    pack: PackTable = Field(description="a table [pack] with id, title and version")
    scales: dict[Id, ScaleTable] = {}
    items: list[ItemTable] = []
    models: list[ModelTable] = []
    benchmarks: list[BenchmarkTable] = []
    prompts: list[PromptTable] = []
    suggestions: list[SuggestionTable] = []
    roles: list[RoleTable] = []
    strategies: list[StrategyTable] = []
    agendas: list[AgendaTable] = []


Raw = dict[str, Any]
"""A TOML table as parsed, before it is known to be right."""
