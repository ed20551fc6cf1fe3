"""Where the room places the organisation on a maturity model, and how far units and levels see it alike."""

from collections.abc import Sequence
from dataclasses import dataclass

from cxworkshop.tui.widgets.charts.chart import Chart
from cxworkshop.tui.widgets.charts.distribution import Choice, Pass, distribution_lines, tail
from cxworkshop.tui.widgets.charts.glyphs import BLOCKS, Glyphs
from cxworkshop.tui.widgets.charts.group_strips import Group, groupings_lines
from cxworkshop.tui.widgets.charts.ink import Ink, Line, Part, fit, paragraph

_NO_MODEL = "No question on a stage of maturity was asked here; the map and the items show what was."


@dataclass(frozen=True, slots=True)
class StagePicture:
    """One maturity model as the room sees it.

    `medians` are the stages (from 1) at which the room is marked (see `ModelResult.middle_stages`); `verdict` says in
    words how far the answers line up, `summary` is the sentence beneath.
    """

    title: str
    stages: tuple[Choice, ...]
    votes: Pass
    medians: tuple[int, ...] = ()
    stage_word: str = "stage"
    verdict: str = ""
    groups: tuple[tuple[str, tuple[Group, ...]], ...] = ()
    """Title of each breakdown with its groups."""
    summary: str = ""


def stage_lines(picture: StagePicture, width: int, glyphs: Glyphs = BLOCKS) -> list[Line]:
    """The model's title, one bar per stage with the room's median marked, the verdict, the groups, the sentence."""
    lines: list[Line] = [(Part(" " + fit(picture.title, width - 1).rstrip(), Ink.STRONG),)]
    lines += distribution_lines(
        picture.stages, [picture.votes], width, glyphs, medians=picture.medians, median_word="the room"
    )
    if picture.verdict:
        lines += paragraph(picture.verdict, width, ink=Ink.MARK)
    lines += groupings_lines(picture.groups, width, glyphs, options=len(picture.stages))
    lines += paragraph(picture.summary or tail(picture.votes) + ".", width)
    return lines


class StageChart(Chart):
    """The stage distribution of every maturity model the room voted on, one beneath the other."""

    can_focus = True

    def __init__(
        self,
        pictures: Sequence[StagePicture] = (),
        *,
        ascii: bool = False,  # noqa: A002  as in the base
        id: str | None = None,  # noqa: A002  as every widget names it
        classes: str | None = None,
    ) -> None:
        super().__init__(ascii=ascii, id=id, classes=classes)
        self._pictures = tuple(pictures)

    def show(self, pictures: Sequence[StagePicture]) -> None:
        """Show other models, or newer counts; the same pictures are not painted again."""
        if tuple(pictures) == self._pictures:
            return
        self._pictures = tuple(pictures)
        self.redraw()

    def lines(self, width: int) -> list[Line]:
        """All models with an empty line between; where there is none, that none was asked for."""
        if not self._pictures:
            return paragraph(_NO_MODEL, width)
        lines: list[Line] = []
        for picture in self._pictures:
            if lines:
                lines.append(())
            lines += stage_lines(picture, width, self.glyphs)
        return lines
