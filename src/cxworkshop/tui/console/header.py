"""The line at the head of the console: what sitting this is, who is in the room, the timer and the clock."""

from datetime import datetime

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from cxworkshop.domain.flow import minutes_over, seconds_left
from cxworkshop.domain.session import Privacy, Session, Timer

_LAST_MINUTE = 60.0
_WORTH_SAYING = 1.0


class HeaderLine(Widget):
    """One line, redrawn only when a character of it changes."""

    DEFAULT_CSS = """
    HeaderLine { height: 1; width: 1fr; background: $panel; color: $foreground; }
    """

    parts: reactive[tuple[str, str, str]] = reactive(("", "", ""))
    """What stands left, in the middle and right."""

    def tell(self, session: Session, now: datetime) -> None:
        """Take the line from the session and the clock."""
        self.parts = (
            title_line(session),
            "  ".join(filter(None, (headcount(session), timer_text(session.live.timer, now)))),
            clock_text(session, now),
        )

    def render(self) -> Content:
        """The three parts; a title too long for the line is cut with an ellipsis."""
        left, middle, right = (Content(part) for part in self.parts)
        room = self.size.width - middle.cell_length - right.cell_length - 6
        left = left.truncate(max(room, 8), ellipsis=True)
        gap = max(self.size.width - left.cell_length - middle.cell_length - right.cell_length - 2, 2)
        before = gap // 2
        return Content.assemble(
            " ", left.stylize("bold"), " " * before, middle.stylize("bold $accent"), " " * (gap - before), right, " "
        )


def title_line(session: Session) -> str:
    """Organisation, title and date; a rehearsal says so first."""
    about = session.about
    mark = "PRACTICE" if about.rehearsal else ""
    return " · ".join(part for part in (mark, about.organisation, about.title, about.held.isoformat()) if part)


def headcount(session: Session) -> str:
    """How many people are known of."""
    count = len(session.participants)
    if not count:
        return ""
    return f"{count} codes handed out" if session.rules.privacy is Privacy.ANONYMOUS else f"{count} in the room"


def timer_text(timer: Timer | None, now: datetime) -> str:
    """The countdown in words and signs, so that its end shows without colour; empty without one."""
    if timer is None:
        return ""
    left = seconds_left(timer, now)
    shown = _minutes(abs(left))
    if timer.remaining is not None:
        return f"‖ {shown} held"
    if left <= 0:
        return f"■ time is up, {shown} over"
    if left <= _LAST_MINUTE:
        return f"◂ {shown} last minute"
    return f"▸ {shown}"


def clock_text(session: Session, now: datetime) -> str:
    """The time of day, and how far the sitting is behind its agenda, where that is a minute or more."""
    over = minutes_over(session, now)
    behind = f" · {over:.0f} min over" if over >= _WORTH_SAYING else ""
    return f"{now:%H:%M}{behind}"


def _minutes(seconds: float) -> str:
    whole = int(seconds + 0.999) if seconds > 0 else 0
    return f"{whole // 60:02}:{whole % 60:02}"
