"""The line that shows what each voting terminal is doing while a vote is open, never what was chosen nor by whom."""

from collections.abc import Sequence
from datetime import datetime

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from cxworkshop.domain.terminals import TerminalDoing, TerminalStatus
from cxworkshop.tui.keymap import with_keys

_DOING: dict[TerminalDoing, str] = {
    "free": "free",
    "voting": "somebody is voting",
    "covered": "covered",
    "waiting": "waits for [y:voter.next]",
}
_BRIEFLY: dict[TerminalDoing, str] = {
    "free": "free",
    "voting": "voting",
    "covered": "covered",
    "waiting": "waits for [y:voter.next]",
}
_MINUTES_FROM = 120


class TerminalsLine(Widget):
    """One line, redrawn only when a character of it changes, and not there while there is no terminal."""

    DEFAULT_CSS = """
    TerminalsLine { height: 1; width: 1fr; padding: 0 2; color: $text-muted; display: none; }
    TerminalsLine.-shown { display: block; }
    """

    texts: reactive[tuple[str, str]] = reactive(("", ""))
    """The line in full, and the shorter one for where that does not fit."""

    _told: tuple[Sequence[TerminalStatus], int] = ((), 0)
    """What the line was made of, and in which second."""

    def tell(self, terminals: Sequence[TerminalStatus], now: datetime) -> None:
        """Take the line from the terminals that are alive; made anew once a second where they do the same."""
        told = (terminals, int(now.timestamp()))
        if told == self._told:
            return
        self._told = told
        self.texts = (in_full(terminals, now), in_brief(terminals, now))
        self.set_class(bool(terminals), "-shown")

    def render(self) -> Content:
        """The line in full where there is room for it."""
        full, brief = (Content(text) for text in self.texts)
        width = self.content_size.width
        return full if full.cell_length <= width else brief.truncate(width, ellipsis=True)


def named(terminal: TerminalStatus) -> str:
    """What a terminal is called: "Terminal 2"."""
    return "A console, handed over" if terminal.console else f"Terminal {terminal.number}"


def in_full(terminals: Sequence[TerminalStatus], now: datetime) -> str:
    """Every terminal with what it is doing: "Terminal 1 free · Terminal 2 somebody is voting"."""
    return " · ".join(
        _of_console(status, now) if status.console else f"Terminal {status.number} {_of(status, now)}"
        for status in terminals
    )


def in_brief(terminals: Sequence[TerminalStatus], now: datetime) -> str:
    """The numbers of the terminals that are doing the same: "Terminals: 1 3–8 free · 2 voting"."""
    said = []
    for doing, words in _BRIEFLY.items():
        name = with_keys(words)
        alike = [status for status in terminals if status.doing == doing and not status.console]
        if alike:
            longest = min(status.since for status in alike)
            since = f" since {_time(longest, now)}" if doing == "covered" else ""
            said.append(f"{_numbers([status.number for status in alike])} {name}{since}")
    consoles = [_of_console(status, now) for status in terminals if status.console]
    return " · ".join([*([f"Terminals: {' · '.join(said)}"] if said else []), *consoles])


def _of(status: TerminalStatus, now: datetime) -> str:
    since = f" since {_time(status.since, now)}" if status.doing == "covered" else ""
    return f"{with_keys(_DOING[status.doing])}{since}"


def _of_console(status: TerminalStatus, now: datetime) -> str:
    """A console that was handed over, with what goes on there where something does."""
    which = "this console, handed over" if status.here else "a console, handed over"
    return which if status.doing == "free" else f"{which}, {_of(status, now)}"


def _time(since: datetime, now: datetime) -> str:
    seconds = max(0, int((now - since).total_seconds()))
    return f"{seconds} s" if seconds < _MINUTES_FROM else f"{seconds // 60} min"


def _numbers(numbers: Sequence[int]) -> str:
    """Numbers in order, with three or more in a row as a range: "1 3–8"."""
    rows: list[list[int]] = []
    for number in numbers:
        if rows and number == rows[-1][-1] + 1:
            rows[-1].append(number)
        else:
            rows.append([number])
    return " ".join(f"{row[0]}–{row[-1]}" if len(row) > 2 else " ".join(map(str, row)) for row in rows)
