"""The rail of the eight steps, folded to one line where the window is narrow."""

from dataclasses import dataclass
from datetime import datetime

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from cxworkshop.domain.flow import seconds_used, timetable
from cxworkshop.domain.session import STEPS, Session, Step
from cxworkshop.tui.console.agenda import next_words, over_words, step_minutes, step_name
from cxworkshop.tui.widgets.charts.ink import wrap

ROOMY = 106
"""Columns of the window from which each step's minutes have room."""

_BAR = 16


@dataclass(frozen=True, slots=True)
class RailPicture:
    """All that the rail shows."""

    present: Step = Step.PREPARE
    visited: frozenset[Step] = frozenset()
    ballots: str = ""
    """Ballots in, in round 1; empty before the first."""
    minutes: tuple[str, ...] = ("",) * len(STEPS)
    """Of each step, as `step_minutes` writes them."""
    used: int = 0
    planned: int = 0
    over: str = ""
    """That the sitting runs late, in words."""
    following: tuple[str, str] = ("", "")
    """The next step and the first words to say there."""


class Rail(Widget):
    """The steps with marks and minutes, how much of the agenda is used, and the next step's first words.

    A click goes to a step. Each part gives way where there is no room for it.
    """

    DEFAULT_CSS = """
    Rail { width: 22; height: 1fr; border: round $border-blurred; padding: 0 1; color: $foreground; }
    Rail.-roomy { width: 28; }
    .-narrow Rail, .-low Rail { width: 1fr; height: 1; border: none; background: $surface; }
    """

    class Chosen(Message):
        """A step was clicked."""

        def __init__(self, step: Step) -> None:
            super().__init__()
            self.step = step

    drawn: reactive[RailPicture] = reactive(RailPicture())

    def __init__(self) -> None:
        super().__init__(id="rail")
        self._places: list[tuple[int, int, Step]] = []

    def tell(self, session: Session, ballots: int, now: datetime) -> None:
        """Take the rail from the session, the number of ballots in round 1 and the clock."""
        times, present = timetable(session, now), session.live.step
        self.drawn = RailPicture(
            present,
            frozenset(step for step in STEPS if seconds_used(session, step, now) > 0),
            str(ballots) if ballots else "",
            ("", *(step_minutes(time, present) for time in times)),
            int(sum(time.used for time in times)),
            session.content.agenda.minutes,
            over_words(session, now),
            next_words(session),
        )

    @property
    def folded(self) -> bool:
        """Whether it is one line."""
        return self.size.height <= 1

    def render(self) -> Content:
        """Eight lines and the agenda, or all in one line."""
        return self._line() if self.folded else self._column()

    def on_click(self, event: events.Click) -> None:
        """Go to the step under the pointer."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        if not self.folded and offset.y < len(STEPS):
            self.post_message(self.Chosen(STEPS[offset.y]))
        for start, end, step in self._places if self.folded else ():
            if start <= offset.x < end:
                self.post_message(self.Chosen(step))

    def _mark(self, step: Step) -> str:
        if step is self.drawn.present:
            return "▶"
        if step not in self.drawn.visited:
            return " "
        return "✓" if step.number < self.drawn.present.number else "·"

    def _named(self, step: Step) -> str:
        ballots = f" {self.drawn.ballots}" if step is Step.SELF_TEST and self.drawn.ballots else ""
        return f"{step_name(step)}{ballots}"

    def _column(self) -> Content:
        drawn, width = self.drawn, self.content_size.width
        lines: list[Content] = []
        for step, minutes in zip(STEPS, drawn.minutes, strict=True):
            text = f"{self._mark(step)} {step.number} {self._named(step)}"
            if self.has_class("-roomy"):
                text += minutes.rjust(width - len(text) if len(text) + len(minutes) < width else 0)
            lines.append(Content.styled(text, "bold $primary" if step is drawn.present else "$foreground"))
        agenda = f"Agenda {drawn.used}/{drawn.planned} min"
        lines += [Content(""), Content(agenda), Content.styled(_bar(drawn.used, drawn.planned), "$primary")]
        lines += [Content.styled(line, "bold $accent") for line in wrap(drawn.over, width)]
        return Content("\n").join([*lines, *self._following(self.content_size.height - len(lines))])

    def _following(self, room: int) -> list[Content]:
        """The next step's first words, in so many lines; none where they do not all fit."""
        name, words = self.drawn.following
        said = [Content(line) for line in wrap(words, self.content_size.width)] if words else []
        if not said or len(said) + 2 > room:
            return []
        return [Content(""), Content.styled(f"Next, {name}:", "$text-muted"), *said]

    def _line(self) -> Content:
        drawn = self.drawn
        parts: list[Content] = []
        self._places, column = [], 0
        for step, minutes in zip(STEPS, drawn.minutes, strict=True):
            ballots = f" {drawn.ballots}" if step is Step.SELF_TEST and drawn.ballots else ""
            here = step is drawn.present
            name = f" {' · '.join(filter(None, (self._named(step), minutes)))}" if here else ballots
            entry = Content.styled(
                f"{self._mark(step).strip()}{step.number}{name}",
                "bold $primary" if step is drawn.present else "$text-muted",
            )
            parts += [entry, Content("  ")]
            self._places.append((column, column + entry.cell_length + 2, step))
            column += entry.cell_length + 2
        agenda = Content(f"Agenda {drawn.used}/{drawn.planned} min")
        filler = " " * max(1, self.content_size.width - column - agenda.cell_length)
        return Content.assemble(*parts, filler, agenda)


def _bar(used: int, planned: int) -> str:
    filled = min(_BAR, round(_BAR * used / planned)) if planned else 0
    return "▓" * filled + "░" * (_BAR - filled)
