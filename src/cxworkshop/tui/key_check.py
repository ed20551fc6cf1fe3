"""Pressing every key once, to see which of them a terminal passes on as themselves."""

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from cxworkshop.facilitation.ports import Services
from cxworkshop.tui.acts import key_text
from cxworkshop.tui.app import CxApp
from cxworkshop.tui.every_act import places

_END = "escape"
_ALWAYS_USED = ("tab", "backspace", "up", "down", "left", "right", "home", "end")
_HEAD = (
    "Press each of these keys once, in any order. What comes as itself is ticked.\n"
    "Esc twice ends; a key that stays unticked is kept back by the terminal or the window manager."
)
_COLUMN = 14
_PER_LINE = 5


class KeyCheckScreen(Screen[None]):
    """The keys, ticked as they come."""

    DEFAULT_CSS = """
    KeyCheckScreen { padding: 1 2; }
    KeyCheckScreen Static { height: auto; margin-bottom: 1; }
    """

    def __init__(self, wanted: tuple[str, ...]) -> None:
        super().__init__()
        self._wanted = wanted
        self._last = ""
        self.heard: frozenset[str] = frozenset()

    def compose(self) -> ComposeResult:
        """What to do, the keys, the last one."""
        yield Static(_HEAD, markup=False)
        yield Static(id="keys", markup=False)
        yield Static(id="last", markup=False)

    def on_mount(self) -> None:
        """Show the keys."""
        self._show("")

    def on_key(self, event: events.Key) -> None:
        """A key came."""
        event.stop()
        event.prevent_default()
        if event.key == self._last == _END or frozenset(self._wanted) <= self.heard | {event.key}:
            self.heard |= {event.key}
            self.app.exit()
            return
        self._last = event.key
        self.heard |= {event.key}
        self._show(key_text(event.key))

    def _show(self, last: str) -> None:
        entries = [f"{'✓' if key in self.heard else '·'} {key_text(key)}".ljust(_COLUMN) for key in self._wanted]
        lines = ["".join(entries[start : start + _PER_LINE]) for start in range(0, len(entries), _PER_LINE)]
        self.query_one("#keys", Static).update(Content("\n".join(lines)))
        self.query_one("#last", Static).update(Content(f"Last heard: {last}" if last else ""))


class KeyCheckApp(CxApp[None]):
    """One screen, and no key that does anything else."""

    TITLE = "cxworkshop doctor"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self.checked = KeyCheckScreen(wanted_keys())

    def get_default_screen(self) -> Screen[None]:
        """The keys are the only screen."""
        return self.checked

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let every key through to the screen."""
        del action, parameters
        return False


def wanted_keys() -> tuple[str, ...]:
    """The keys of all acts, and those that move and edit, by Textual's names; plain letters and digits are sure."""
    used = {key: None for place in places() for act in place.acts for key in act.keys}
    return tuple(key for key in dict.fromkeys((*_ALWAYS_USED, *used)) if len(key) > 1)


def run_key_check(services: Services) -> tuple[tuple[str, ...], frozenset[str]]:
    """Let somebody press the keys.

    Returns:
        The keys as printed on a keyboard, and those of them that came.
    """
    app = KeyCheckApp(services)
    app.run()
    return tuple(map(key_text, wanted_keys())), frozenset(map(key_text, app.checked.heard))
