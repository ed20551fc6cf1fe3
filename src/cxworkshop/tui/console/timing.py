"""The acts of the console's countdown."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from cxworkshop.domain import flow
from cxworkshop.domain.errors import InvalidValue
from cxworkshop.tui.app import refusal_of

if TYPE_CHECKING:
    from textual.screen import Screen

    from cxworkshop.domain.session import Session
    from cxworkshop.facilitation.ports import Services

    _Base = Screen[None]
else:
    _Base = object

USUAL_MINUTES = 5.0


class TimerActs(_Base):
    """What a screen with a countdown can do; the countdown itself lies in the session, as a deadline."""

    services: "Services"
    session: "Session"

    def change(self, label: str, transition: "Callable[[Session], Session]") -> bool:
        """Change the session by an act that can be undone."""
        raise NotImplementedError

    def suggested_minutes(self) -> float:
        """Minutes offered for a new countdown."""
        return USUAL_MINUTES

    def do_timer_toggle(self) -> None:
        """Start, hold or go on."""
        timer = self.session.live.timer
        if timer is not None and (timer.remaining is not None or flow.seconds_left(timer, self.services.clock()) > 0):
            held = timer.remaining is None
            self.change(
                "timer held" if held else "timer going on",
                lambda session: flow.pause_timer(session, self.services.clock()),
            )
            return
        from cxworkshop.tui.widgets.typing_dialogs import TextDialog  # noqa: PLC0415

        self.app.push_screen(
            TextDialog(
                "How long?",
                f"{self.suggested_minutes():g}",
                hint="Minutes, or minutes and seconds: 5 or 2:30.",
                check=lambda text: refusal_of(lambda: read_minutes(text)),
            ),
            self._start,
        )

    def do_timer_more(self) -> None:
        """One minute more."""
        self.change("a minute added", lambda session: flow.extend_timer(session, 60, self.services.clock()))

    def do_timer_stop(self) -> None:
        """No countdown."""
        self.change("timer taken off", flow.stop_timer)

    def _start(self, text: str | None) -> None:
        if text is not None:
            seconds = read_minutes(text)
            self.change("timer started", lambda session: flow.start_timer(session, seconds, self.services.clock()))


def read_minutes(text: str) -> float:
    """Seconds meant by `5`, `2.5` or `2:30`.

    Raises:
        InvalidValue: It is none of these, or not between one second and four hours.
    """
    minutes, _, seconds = text.strip().replace(",", ".").partition(":")
    try:
        meant = float(minutes or 0) * 60 + float(seconds or 0)
    except ValueError:
        meant = 0.0
    if not 1 <= meant <= flow.LONGEST_TIMER:
        raise InvalidValue("Give minutes, or minutes and seconds, up to four hours: 5 or 2:30.")
    return meant
