"""The list of sessions, and what else can be begun from here."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from cxworkshop.facilitation.ports import Services, SessionStore
from cxworkshop.facilitation.preparing import new_session
from cxworkshop.tui.acts import FOOTER_ACTS, WIDE_FOOTER_ACTS, Act, bindings_of, find_act, key_line
from cxworkshop.tui.app import WIDE, CxApp
from cxworkshop.tui.home.resuming import last_left, resume_sentence
from cxworkshop.tui.home.rows import REHEARSAL, SESSION, home_rows, packs_text
from cxworkshop.tui.keymap import with_keys
from cxworkshop.tui.widgets.act_provider import ActProvider
from cxworkshop.tui.widgets.key_line import KeyLine
from cxworkshop.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from cxworkshop.facilitation.taking_up import Earlier

_LABEL, _NARROW_LABEL = (38, 48), (28, 28)
"""Cells of the names of sessions, usual and at most."""

HOME_ACTS: tuple[Act, ...] = (
    Act("home.resume", ("enter",), "resume", "Go on with the session at the cursor.", "Sessions", priority=5),
    Act("home.new", ("n",), "new", "Begin a session: title, organisation, date, agenda.", "Sessions", priority=10),
    Act(
        "home.again",
        ("a",),
        "again",
        "Begin a session that takes up the one at the cursor, as after six months.",
        "Sessions",
        priority=22,
    ),
    Act("home.rehearse", ("r",), "rehearse", "Walk through all steps with simulated people.", "Sessions", priority=15),
    Act(
        "home.packs",
        ("p",),
        "packs",
        "The self-tests and models there are, and what is wrong with any.",
        "Sessions",
        priority=25,
    ),
    Act("home.import", ("i",), "import", "Take in a backup, or ballots from a file.", "Sessions", priority=20),
    Act(
        "app.colours", ("f3",), "colours", "Change the colours: dark, light, or for a projector.", "Screen", priority=60
    ),
    Act(
        "app.commands",
        ("ctrl+p", "f2"),
        "commands",
        "Find anything by typing a part of its name.",
        "Help",
        priority=98,
        before_fields=True,
    ),
    Act("app.help", ("question_mark", "f1"), "help", "Every key of this screen.", "Help", priority=99),
    Act("app.leave", ("ctrl+q",), "leave", "End the program.", "Help", priority=50, before_fields=True),
)


class HomeScreen(Screen[None]):
    """Sessions to go on with, newest first."""

    COMMANDS = {ActProvider}
    BINDINGS = bindings_of(HOME_ACTS)
    DEFAULT_CSS = """
    HomeScreen { layout: vertical; }
    HomeScreen #head { height: 1; background: $panel; text-style: bold; padding: 0 1; }
    HomeScreen #welcome { height: auto; padding: 1 2; max-width: 100; }
    HomeScreen Sheet { padding: 0 2; }
    """

    def __init__(self, services: Services) -> None:
        super().__init__(id="home")
        self._services = services

    def compose(self) -> ComposeResult:
        """Name, welcome, list, keys."""
        yield Static("cxworkshop", id="head")
        yield Static(id="welcome")
        # In a narrow window a long title gives way to what is due.
        usual, self._widest_label = _LABEL if self.app.size.width >= WIDE else _NARROW_LABEL
        yield Sheet(id="sessions", label_width=usual, widest_label=self._widest_label)
        yield KeyLine()

    def on_mount(self) -> None:
        """List what there is."""
        self.paint()
        self.query_one(Sheet).focus()

    def paint(self) -> None:
        """Read the folders, and list what they hold."""
        sessions = self._base.attempt(self._services.catalogue.summaries) or ()
        rehearsals = self._base.attempt(self._services.rehearsals.summaries) or ()
        now = self._services.clock()
        left = last_left(sessions)
        welcome = (
            resume_sentence(left, now)
            if left is not None
            else "Where shall we go on?"
            if sessions or rehearsals
            else "A group sees where it stands with its customers, where it does not agree with itself, and what it "
            "will do about it. "
            + with_keys("Begin with [r:home.rehearse]: a practice session shows all eight steps in five minutes.")
        )
        self.query_one("#welcome", Static).update(Content(welcome))
        self.query_one(Sheet).show(home_rows(sessions, rehearsals, now, self._widest_label))
        if left is not None:
            # So that Enter goes on with it.
            self.query_one(Sheet).put_cursor(f"{SESSION}{left.id}")
        self._show_keys()

    def on_resize(self) -> None:
        """Show as many keys as there is room for."""
        self._show_keys()

    # Acts

    @property
    def all_acts(self) -> tuple[Act, ...]:
        """Everything that can be done here, with its keys."""
        return self._base.keyed(HOME_ACTS)

    def action_act(self, act_id: str) -> None:
        """A key of one of the acts was pressed."""
        self.do(act_id)

    def do(self, act_id: str) -> None:
        """Do one of the acts."""
        getattr(self, find_act(HOME_ACTS, act_id).handler)()

    @on(KeyLine.Pressed)
    def _key_clicked(self, message: KeyLine.Pressed) -> None:
        message.stop()
        self.action_act(message.act_id)

    @on(Sheet.Chosen)
    def _chosen(self, message: Sheet.Chosen) -> None:
        message.stop()
        row = message.row.id
        if row.startswith(SESSION):
            self._leave_with(lambda: self._services.catalogue.open(row.removeprefix(SESSION)))
        elif row.startswith(REHEARSAL):
            self._leave_with(lambda: self._services.rehearsals.open(row.removeprefix(REHEARSAL)))
        elif row == "new:":
            self.do_home_new()
        else:
            self.do_home_rehearse()

    def do_home_resume(self) -> None:
        """What Enter does in the list."""
        self.query_one(Sheet).action_select()

    def do_home_new(self) -> None:
        """Ask what the session is, and make it."""
        self._begin(None)

    def do_home_again(self) -> None:
        """Ask what the later session is, with what it has from the one at the cursor, and make it."""
        from cxworkshop.facilitation.taking_up import read_earlier  # noqa: PLC0415 (used when a session is made)

        row = self.query_one(Sheet).row
        if row is None or not row.id.startswith(SESSION):
            self.notify("Put the cursor on a session that was held; a practice session is not taken up.", markup=False)
            return
        earlier = self._base.attempt(lambda: read_earlier(self._services.catalogue, row.id.removeprefix(SESSION)))
        if earlier is not None:
            self._begin(earlier)

    def _begin(self, earlier: "Earlier | None") -> None:
        from cxworkshop.tui.home.beginning import Beginning  # noqa: PLC0415 (loaded when met)

        Beginning(self._base, self._services, self._leave_with).ask(earlier)

    def do_home_rehearse(self) -> None:
        """Practise."""
        self._leave_with(self._rehearsal)

    def do_home_packs(self) -> None:
        """The packs and their faults."""
        from cxworkshop.tui.widgets.showing import TextScreen  # noqa: PLC0415 (loaded when met)

        self.app.push_screen(TextScreen("Packs", packs_text(self._services.library.listings())))

    def do_home_import(self) -> None:
        """Ask for a file, and take it in."""
        from cxworkshop.tui.home.bringing import Bringing  # noqa: PLC0415 (loaded when met)

        sheet = self.query_one(Sheet)
        at = sheet.row.id.removeprefix(SESSION) if sheet.row is not None and sheet.row.id.startswith(SESSION) else ""
        Bringing(self._base, self._services, self._brought).ask(at)

    def _brought(self, row: str, sentence: str) -> None:
        """List anew, stand on what came in, and say what was done."""
        self.paint()
        if row:
            self.query_one(Sheet).put_cursor(row)
        self.notify(sentence, timeout=12)

    def do_app_colours(self) -> None:
        """The other theme."""
        self._base.next_theme()

    def do_app_commands(self) -> None:
        """Open the palette."""
        self.app.action_command_palette()

    def do_app_help(self) -> None:
        """Every key."""
        from cxworkshop.tui.widgets.help import HelpScreen  # noqa: PLC0415 (loaded when met)

        self.app.push_screen(HelpScreen("Home: every key", self._base.keyed(HOME_ACTS)))

    def do_app_leave(self) -> None:
        """End."""
        self.app.exit(None)

    def _leave_with(self, opening: Callable[[], SessionStore]) -> None:
        """End with an opened session, or stay and say why it cannot be opened."""
        store = self._base.attempt(opening)
        if store is not None:
            self.app.exit(store)

    def _rehearsal(self) -> SessionStore:
        from cxworkshop.facilitation.rehearsal import USUAL_PEOPLE, rehearsal  # noqa: PLC0415 (used for practice only)
        from cxworkshop.tui.home.beginning import USUAL_MINUTES  # noqa: PLC0415 (as above)

        agendas = self._services.library.agendas()
        agenda = next((agenda for agenda in agendas if agenda.minutes == USUAL_MINUTES), agendas[0])
        content = self._services.library.content(agenda.id)
        prepared = rehearsal(content, USUAL_PEOPLE, self._services.clock().date())
        return self._services.rehearsals.create(new_session(prepared, random=self._services.random))

    @on(Sheet.OptionHighlighted)
    def _show_keys(self) -> None:
        row = self.query_one(Sheet).row
        resumes = row is not None and row.id.startswith((SESSION, REHEARSAL))
        acts = [
            # Where there is no session yet, the line at the cursor begins one.
            replace(act, label="begin") if act.id == "home.resume" and not resumes else act
            for act in self._base.keyed(HOME_ACTS)
        ]
        room = WIDE_FOOTER_ACTS if self.size.width >= WIDE else FOOTER_ACTS
        self.query_one(KeyLine).show(key_line(acts, None, room))

    @property
    def _base(self) -> CxApp[Any]:
        return cast("CxApp[Any]", self.app)
