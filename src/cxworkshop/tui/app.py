"""What every application of the program shares: themes, the edge where refusals are shown, a calm end on faults."""

import asyncio
import gc
from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePath
from traceback import extract_tb
from typing import ClassVar, TypeVar

from rich.segment import Segments
from rich.text import Text
from textual import events
from textual._styles_cache import StylesCache
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.command import CommandPalette
from textual.filter import LineFilter
from textual.notifications import Notification, Notify, SeverityLevel
from textual.screen import Screen
from textual.theme import Theme, ThemeProvider

from cxworkshop.domain.errors import CxWorkshopError
from cxworkshop.facilitation.ports import Services
from cxworkshop.tui.acts import Act
from cxworkshop.tui.ending import end_on_signals, end_with_the_terminal, hold_between_events
from cxworkshop.tui.looks import USUAL, Looks
from cxworkshop.tui.themes import BY_WORD, THEMES
from cxworkshop.tui.widgets.harmless import Harmless
from cxworkshop.tui.widgets.in_ascii import ASCII_CLASS, InAscii

Result = TypeVar("Result")
Done = TypeVar("Done")

SMALLEST_COLUMNS = 80
SMALLEST_ROWS = 24

HIGH = 30
"""Rows from which there is room for more than what is needed."""

WIDE = 100
"""Columns from which there is room for a rail and more keys."""

_LEFT_OUT_COMMANDS = frozenset({"Screenshot", "Quit", "Keys", "Maximize", "Minimize"})
"""Built-in palette entries: pictures of ballots must not be taken, and the others stand in the registry of acts."""

_LEADING_OUT = frozenset({"quit", "command_palette"})

_HOLD = 0.01
"""Seconds between looks at a screen that is being set up."""

_LONGEST_HOLD = 2.0
"""Seconds for which a key is held at most while a screen is set up."""

_KEYS_A_TIDYING = 50
"""Keys after which what removed widgets had painted is let go of."""

_WHILE_TOO_SMALL = frozenset({"ctrl+q", "ctrl+c"})
"""The keys that are heard while the window is too small to show anything."""


_TROUBLE_FOR = 20
"""Seconds for which it is told that the session cannot be read."""

_SHORTEST_TELLING = 0.01
"""Seconds that a notification which is about to run out is still shown."""


class Told(Notification):
    """A notification that may run out while it is being put on a screen.

    Its time is asked for twice then, and a timer of less than no time would never end.
    """

    @property
    def time_left(self) -> float:
        """Seconds for which it is still shown, never none."""
        return max(_SHORTEST_TELLING, super().time_left)

    @property
    def has_expired(self) -> bool:
        """Whether its time is over."""
        return super().time_left <= 0


class CxApp(App[Result]):
    """The base of all applications.

    `drafts` keeps what was typed into a dialog that was left by Esc, by the dialog's `draft` name.
    Notifications take plain text. `attempt` is the one edge at which a refusal becomes a notification; anything else
    that is raised ends the program with one sentence and exit code 1, never with the values of variables.
    """

    ENABLE_COMMAND_PALETTE = True
    ANIMATION_LEVEL: ClassVar[str] = "none"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (HIGH, "-high")]
    NOTIFICATION_TIMEOUT = 4
    NEEDED_SIZE: ClassVar[tuple[int, int]] = (SMALLEST_COLUMNS, SMALLEST_ROWS)
    """Columns and rows below which the application asks for a larger window."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+p", "command_palette", "commands", show=False, priority=True),
    ]

    CSS = """
    Screen { background: $background; color: $foreground; }
    Screen.-too-small { overflow: hidden; }
    Screen.-too-small Toast { display: none; }
    /* Whatever is told, the lines with the next key stay free: keys, coach and terminals; in a dialog its buttons. */
    /* With room for a scrollbar their height would be reckoned for longer lines, and the last one be cut off. */
    ToastRack { margin-bottom: 3; padding-right: 1; scrollbar-size-vertical: 0; }
    Toast { padding: 0 1; }
    Dialog ToastRack { dock: top; margin-bottom: 0; }
    /* The list of what was found lies over everything, the note on the window's size too. */
    CommandPalette.-too-small CommandList, CommandPalette.-too-small #--results { visibility: hidden; }
    """

    USUAL_THEME: ClassVar[Theme] = THEMES[0]
    """The colours where its user wishes no others."""

    def __init__(self, services: Services, looks: Looks = USUAL) -> None:
        super().__init__()
        self.services = services
        self.looks = looks
        self.drafts: dict[str, str] = {}
        self._pressed = 0
        self._unreadable = ""
        self.animation_level = "none"
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = BY_WORD.get(looks.theme, self.USUAL_THEME).name
        self._last_filters = (Harmless(), *((InAscii(),) if looks.ascii else ()))
        self.set_class(looks.ascii, ASCII_CLASS)

    def on_mount(self) -> None:
        """Take the keys its user wishes, and leave the terminal usable whatever ends the program."""
        if self.looks.keys.changes:
            self.set_keymap(self.looks.keys.for_textual)
        end_on_signals(self)
        hold_between_events()
        end_with_the_terminal(self)
        self.screen_change_signal.subscribe(self, self._cover_when_mounted)
        self.app_resume_signal.subscribe(self, self._paint_anew)

    def on_ready(self) -> None:
        """Let memory be tidied from here on; what was loaded for the first frame stays and is not looked at again.

        The command line holds the tidying back while everything is loaded, which makes the first frame a tenth faster.
        """
        gc.freeze()
        gc.enable()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While voters have the keyboard (a screen is `guarded`), no key leads out of their pages."""
        if action in _LEADING_OUT and self.voters_have_it:
            return False
        return super().check_action(action, parameters)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What every painted line goes through on its way to the terminal."""
        return (*super().get_line_filters(), *self._last_filters)

    def keyed(self, acts: Iterable[Act]) -> tuple[Act, ...]:
        """The acts with the keys by which its user does them: what key line, palette and help are made of."""
        return self.looks.keys.keyed(acts)

    def attempt(self, act: Callable[[], Done]) -> Done | None:
        """Do something that may be refused.

        Returns:
            What `act` gave, or None where it was refused, after telling why; a refusal changed nothing.
        """
        try:
            return act()
        except CxWorkshopError as refused:
            self.notify(str(refused), title="Not done", severity="warning")
            return None

    def look(self, refresh: Callable[[], bool]) -> bool:
        """Whether anything is new in the session; that it cannot be read is told once, until it can be again."""
        news: list[bool] = []
        trouble = refusal_of(lambda: news.append(refresh())) or ""
        if trouble and trouble != self._unreadable:
            self.notify(trouble, title="The session cannot be read", severity="error", timeout=_TROUBLE_FOR)
        self._unreadable = trouble
        return any(news)

    def next_theme(self) -> None:
        """Change to the next theme of ours."""
        names = [theme.name for theme in THEMES]
        self.theme = names[(names.index(self.theme) + 1) % len(names)] if self.theme in names else names[0]

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Tell something in a corner of the screen.

        It is plain text whatever a widget asks for, since names of people may be part of any sentence.
        """
        del markup
        lasting = self.NOTIFICATION_TIMEOUT if timeout is None else timeout
        self.post_message(Notify(Told(message, title, severity, lasting, markup=False)))

    def on_notify(self, event: Notify) -> None:
        """Let what is told again take the place of itself, so that a key held down fills no screen."""
        told = event.notification
        for same in [each for each in self._notifications if (each.message, each.title) == (told.message, told.title)]:
            self._unnotify(same, refresh=False)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette's general commands, without those that stand in the registry of acts or would copy a screen."""
        for command in super().get_system_commands(screen):
            if command.title not in _LEFT_OUT_COMMANDS:
                yield command

    def action_help_quit(self) -> None:
        """Control with c ends nothing: somebody copying text must not end the room's session."""
        leaving = "" if self.voters_have_it else " Ctrl+Q leaves; everything entered so far is saved."
        self.notify(f"Nothing was ended.{leaving}")

    def copy_to_clipboard(self, text: str) -> None:
        """Keep a text for pasting; while voters have the keyboard nobody outside of the program is given it."""
        if self.voters_have_it:
            self._clipboard = text
        else:
            super().copy_to_clipboard(text)

    @property
    def voters_have_it(self) -> bool:
        """Whether voters have the keyboard, so that a screen is `guarded`."""
        return any(getattr(screen, "guarded", False) for screen in self.screen_stack)

    @property
    def too_small(self) -> bool:
        """Whether the window is smaller than what is needed."""
        columns, rows = self.NEEDED_SIZE
        return self.size.width < columns or self.size.height < rows

    def action_command_palette(self) -> None:
        """Open the palette, unless it is open or the application has none."""
        from cxworkshop.tui.widgets.palette import Palette  # noqa: PLC0415 (loaded when met)

        if self.ENABLE_COMMAND_PALETTE and not any(isinstance(screen, CommandPalette) for screen in self.screen_stack):
            self.push_screen(Palette(id="--command-palette"))

    def search_themes(self) -> None:
        """Open the list of themes."""
        from cxworkshop.tui.widgets.palette import Palette  # noqa: PLC0415 (loaded when met)

        self.push_screen(Palette(providers=[ThemeProvider], placeholder="Search for themes…"))

    async def on_event(self, event: events.Event) -> None:
        """Pass an event on; while nothing can be seen, nothing can be pressed but the way out."""
        pressed = isinstance(event, (events.InputEvent, events.Paste)) and not event.is_forwarded
        if pressed and self.too_small and not (isinstance(event, events.Key) and event.key in _WHILE_TOO_SMALL):
            return
        if pressed:
            self._pressed += 1
            if self._pressed % _KEYS_A_TIDYING == 0:
                forget_removed_widgets()
            await self._stands()
        await super().on_event(event)

    async def _stands(self) -> None:
        """Wait until what a key opened can take the next key; it may come in the same instant.

        A screen that never stands must not hold the keyboard for ever, since the way out is a key too.
        """
        waited = 0.0
        while self.screen_stack and not self.screen.is_mounted and waited < _LONGEST_HOLD:
            await asyncio.sleep(_HOLD)
            waited += _HOLD

    def _paint_anew(self, _app: App[object]) -> None:
        """Paint everything after the program was held and let go on: the terminal shows nothing of it any more."""
        self.refresh(layout=True)

    def on_resize(self) -> None:
        """Ask for a larger window while this one is too small."""
        # The application takes over the new size only after this handler.
        self.call_later(self._ask_for_room)

    def _ask_for_room(self) -> None:
        """Cover the screen in front while the window is too small, and uncover all once it is not."""
        if self.too_small:
            self.capture_mouse(None)
            self._cover_when_mounted(self.screen)
        else:
            for screen in self.screen_stack:
                screen.call_later(self._uncover, screen)

    def _cover_when_mounted(self, screen: Screen[object]) -> None:
        # A screen works off its messages once it stands.
        if self.too_small:
            screen.call_later(self._cover, screen)

    async def _cover(self, screen: Screen[object]) -> None:
        from cxworkshop.tui.widgets.too_small import cover  # noqa: PLC0415 (met rarely)

        # Windows are dragged: what was true when this was asked for may be over.
        if self.too_small and screen.is_attached:
            await cover(screen, *self.NEEDED_SIZE)

    async def _uncover(self, screen: Screen[object]) -> None:
        from cxworkshop.tui.widgets.too_small import noted  # noqa: PLC0415 (met rarely)

        if not self.too_small:
            for note in noted(screen):
                await note.lift()

    def _fatal_error(self) -> None:
        """End with one sentence, where Textual would print a traceback with the values of variables."""
        self.bell()
        # A fault often brings others with it; the first one tells enough.
        if not self._exit_renderables:
            sentence = Text(fatal_sentence(self._exception))
            self._exit_renderables.append(Segments(self.console.render(sentence, self.console.options)))
        self._close_messages_no_wait()


def forget_removed_widgets() -> None:
    """Let go of what removed widgets had painted.

    Textual keeps the painted lines of the last thousand widgets, those of pages long gone among them, as keys of a
    cache of two colours each: tens of megabytes in an hour of voting. The colours are worked out again in no time.
    """
    StylesCache.get_inner_outer.cache_clear()


def refusal_of(act: Callable[[], object]) -> str | None:
    """Why something would be refused, in a sentence, or None where it would not: for dialogs that stay open.

    Args:
        act: A pure function, such as a transition tried on the session as it is shown.
    """
    try:
        act()
    except CxWorkshopError as refused:
        return str(refused)
    return None


def fatal_sentence(error: BaseException | None) -> str:
    """What is printed when the program has a fault of its own: its place in the code, no value of any variable."""
    place = ""
    frames = extract_tb(error.__traceback__) if error is not None else []
    if error is not None and frames:
        place = f" ({type(error).__name__}, {PurePath(frames[-1].filename).name} line {frames[-1].lineno})"
    return (
        f"The program stopped because of a fault of its own{place}. "
        "What was entered is saved: start it again and go on where you were."
    )


def run_app(app: CxApp[Result]) -> tuple[Result | None, int]:
    """Run an application.

    Returns:
        What it gave, and the exit code for the shell: 0, or 1 after a fault.
    """
    given = app.run()
    return given, app.return_code or 0
