"""Maturity models: ordered stages, each with what tells it apart and what stands before the next."""

from dataclasses import dataclass

from cxworkshop.domain.instruments import Source


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a maturity model.

    `obstacle` is what keeps an organisation from the next stage, `challenge` the work of this stage, `resources` what
    that work needs; each is empty where the source does not state it.
    """

    name: str
    summary: str = ""
    signs: tuple[str, ...] = ()
    obstacle: str = ""
    challenge: str = ""
    resources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MaturityModel:
    """Ordered stages from one source, lowest first."""

    id: str
    title: str
    stage_word: str
    """What the source calls a stage: "stage" or "phase"."""
    stages: tuple[Stage, ...]
    source: Source = Source()

    def stage(self, number: int) -> Stage:
        """The stage of a number, counted from 1.

        Raises:
            IndexError: There is no such stage.
        """
        if not 1 <= number <= len(self.stages):
            raise IndexError(number)
        return self.stages[number - 1]


@dataclass(frozen=True, slots=True)
class NextStage:
    """The way from where the room placed itself to the stage after it."""

    model: MaturityModel
    present: int
    following: int | None
    """The number of the next stage; None in the last stage, where the obstacle is to staying there."""

    @property
    def obstacle(self) -> str:
        """What stands in the way, in the present stage's words; empty where the source names none."""
        return self.model.stage(self.present).obstacle

    @property
    def challenge(self) -> str:
        """The key challenge of the stage to be reached (of the present one in the last stage)."""
        return self.model.stage(self.following or self.present).challenge

    @property
    def resources(self) -> tuple[str, ...]:
        """What the stage to be reached needs (the present one in the last stage)."""
        return self.model.stage(self.following or self.present).resources


def next_stage(model: MaturityModel, present: int) -> NextStage:
    """The step from a present stage (from 1) to the one after it."""
    return NextStage(model, present, present + 1 if present < len(model.stages) else None)
