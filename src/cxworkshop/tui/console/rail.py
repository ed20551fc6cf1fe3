"""The rail of the eight steps, folded to one line where the window is narrow."""

from datetime import datetime

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from cxworkshop.domain.flow import seconds_used
from cxworkshop.domain.session import STEPS, Session, Step

_WIDTH = 20
_BAR = 16


def step_name(step: Step) -> str:
    """What a step is called, as the catalogue of sentences has it; that one is too large for the first frame."""
    return step.value.replace("_", "-").capitalize()


class Rail(Widget):
    """The steps with marks, and how much of the agenda's time is used; a click goes to a step."""

    DEFAULT_CSS = """
    Rail { width: 22; height: 1fr; border: round $border-blurred; padding: 0 1; color: $foreground; }
    .-narrow Rail, .-low Rail { width: 1fr; height: 1; border: none; background: $surface; }
    """

    class Chosen(Message):
        """A step was clicked."""

        def __init__(self, step: Step) -> None:
            super().__init__()
            self.step = step

    drawn: reactive[tuple[Step, frozenset[Step], str, int, int]] = reactive((Step.PREPARE, frozenset(), "", 0, 0))
    """The present step, those that were visited, ballots in, minutes used, minutes planned."""

    def __init__(self) -> None:
        super().__init__(id="rail")
        self._places: list[tuple[int, int, Step]] = []

    def tell(self, session: Session, ballots: int, now: datetime) -> None:
        """Take the rail from the session, the number of ballots in round 1 and the clock."""
        visited = frozenset(step for step in STEPS if seconds_used(session, step, now) > 0)
        used = sum(seconds_used(session, step, now) for step in STEPS[1:]) / 60
        count = str(ballots) if ballots else ""
        self.drawn = (session.live.step, visited, count, int(used), session.content.agenda.minutes)

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
        present, visited, *_ = self.drawn
        if step is present:
            return "▶"
        if step not in visited:
            return " "
        return "✓" if step.number < present.number else "·"

    def _column(self) -> Content:
        present, _visited, count, used, planned = self.drawn
        lines: list[Content] = []
        for step in STEPS:
            ballots = f" {count}" if step is Step.SELF_TEST and count else ""
            text = f"{self._mark(step)} {step.number} {step_name(step)}{ballots}"
            lines.append(Content.styled(text, "bold $primary" if step is present else "$foreground"))
        lines += [Content(""), Content(f"Agenda {used}/{planned} min"), Content.styled(_bar(used, planned), "$primary")]
        return Content("\n").join(lines)

    def _line(self) -> Content:
        present, _visited, count, used, planned = self.drawn
        parts: list[Content] = []
        self._places, column = [], 0
        for step in STEPS:
            ballots = f" {count}" if step is Step.SELF_TEST and count else ""
            name = f" {step_name(step)}" if step is present else ""
            entry = Content.styled(
                f"{self._mark(step).strip()}{step.number}{name}{ballots}",
                "bold $primary" if step is present else "$text-muted",
            )
            parts += [entry, Content("  ")]
            self._places.append((column, column + entry.cell_length + 2, step))
            column += entry.cell_length + 2
        agenda = Content(f"Agenda {used}/{planned} min")
        filler = " " * max(1, self.content_size.width - column - agenda.cell_length)
        return Content.assemble(*parts, filler, agenda)


def _bar(used: int, planned: int) -> str:
    filled = min(_BAR, round(_BAR * used / planned)) if planned else 0
    return "▓" * filled + "░" * (_BAR - filled)
