"""What the room may see, as values: one kind per thing that can stand on the projector.

The widgets of the projector are given these values and nothing else, so that what is not in here cannot be shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from cxworkshop.domain.comparison import ModelComparison, ThemeComparison
from cxworkshop.domain.follow_up import Trend
from cxworkshop.domain.maturity import MaturityModel
from cxworkshop.tui.widgets.charts.agreement_map import MapPoint
from cxworkshop.tui.widgets.charts.effort_map import RatedPoint
from cxworkshop.tui.widgets.charts.item_list import ItemRow
from cxworkshop.tui.widgets.charts.item_page import ItemPicture
from cxworkshop.tui.widgets.charts.level_gaps import GapPicture
from cxworkshop.tui.widgets.charts.stage_chart import StagePicture


@dataclass(frozen=True, slots=True)
class Welcome:
    """The sitting: what it is, who is here, what customer experience means, what is promised."""

    title: str
    about: str
    """Organisation and date."""
    headcount: str
    sentences: tuple[str, ...]
    kept: tuple[str, ...]
    """The promise."""
    not_kept: tuple[str, ...]
    """What no program can promise."""
    last_plan: "tuple[PlannedAction, ...]" = ()
    """The actions of the last session, with what became of them."""
    last_held: date | None = None
    """The day of the last session."""


@dataclass(frozen=True, slots=True)
class Counting:
    """An open vote: how many are in, and what is to be done; nothing of what was voted."""

    heading: str
    count: int
    people: int
    """How many can be in; 0 where that is not known."""
    sentence: str
    """The same in words."""
    doing: tuple[str, ...]
    items: tuple[str, ...] = ()
    """What is put to the vote again."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Nothing to see yet, and what comes next."""

    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stages:
    """Where the room places the organisation."""

    pictures: tuple[StagePicture, ...]


@dataclass(frozen=True, slots=True)
class Map:
    """The agreement map."""

    points: tuple[MapPoint, ...]
    summary: str


@dataclass(frozen=True, slots=True)
class Levels:
    """How far the two ends of the hierarchy are apart."""

    picture: GapPicture


@dataclass(frozen=True, slots=True)
class Items:
    """All items of round 1, most disagreement first."""

    rows: tuple[ItemRow, ...]
    summary: str


@dataclass(frozen=True, slots=True)
class OneItem:
    """One item: its distribution and what it says."""

    picture: ItemPicture
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Published figures beside the room."""

    models: tuple[ModelComparison, ...]
    themes: tuple[ThemeComparison, ...]
    known: Mapping[str, MaturityModel]
    trend: Trend | None = None
    """What changed since the last session."""


@dataclass(frozen=True, slots=True)
class Priority:
    """Something the room could work on; `said` is what the newest vote on it said, empty before that is shown."""

    title: str
    chosen: bool
    said: str = ""


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """What will be done."""

    title: str
    owner: str
    due: date | None
    measure: str
    first_step: str
    state: str
    """A sign and a word, for one that is no longer open."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Priorities, and the plan's actions; `rated` is the map of impact and effort, where that is the newest vote."""

    priorities: tuple[Priority, ...]
    actions: tuple[PlannedAction, ...]
    rated: tuple[RatedPoint, ...] = ()


@dataclass(frozen=True, slots=True)
class Closing:
    """What the room leaves with; `feedback` counts the answers to the last question, once they are shown."""

    actions: tuple[PlannedAction, ...]
    strategy_owner: str
    repeat: date | None
    options: tuple[str, ...] = ()
    feedback: tuple[int, ...] = ()


View: TypeAlias = Welcome | Counting | Waiting | Stages | Map | Levels | Items | OneItem | Comparison | Plan | Closing
