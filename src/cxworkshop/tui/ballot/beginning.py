"""The pages before the questions: who votes, from which unit and level, and what is promised."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input, Static

from cxworkshop.domain.promises import Promise
from cxworkshop.domain.roster import Grouping
from cxworkshop.domain.session import Participant
from cxworkshop.domain.text import NAME_LIMIT, clean_line, name_key, search_key
from cxworkshop.tui.acts import Act
from cxworkshop.tui.ballot.page import DIGITS, Page, listed, plain
from cxworkshop.tui.ballot.rows import Entry, Rows
from cxworkshop.tui.keymap import with_keys
from cxworkshop.tui.said_groups import unit_and_level
from cxworkshop.tui.widgets.line_field import LineField

_GROUP_CELLS = 26
"""Of the line of a name, so much for unit and level at 80 columns."""

_LEAVE = Act("ballot.leave", ("escape",), "back", "Go back; nothing was sent.", "Voting", priority=20)


class WhoPage(Page):
    """Who votes: a name of the roster, found by typing a part of it, or somebody who is not on it yet."""

    ACTS = (
        Act("who.take", ("enter",), "that's me", "Go on as the person under the cursor.", "Voting", priority=5),
        _LEAVE,
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
    ]

    class Known(Message):
        """A person of the roster votes."""

        def __init__(self, person: Participant) -> None:
            super().__init__()
            self.person = person

    class Walked(Message):
        """Somebody votes who is not on the roster."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, people: Sequence[Participant], voted: Collection[str], *, paper: bool = False) -> None:
        super().__init__()
        self._paper = paper
        self._people = sorted(people, key=lambda person: name_key(person.name))
        self._voted = frozenset(voted)
        self._found: list[Participant] = []
        self._typed = ""

    @property
    def acts(self) -> tuple[Act, ...]:
        """What can be done, in words for whoever is at the keyboard."""
        if not self._paper:
            return self.ACTS
        return tuple(replace(act, label="this one") if act.id == "who.take" else act for act in self.ACTS)

    def compose(self) -> ComposeResult:
        """A field and the names."""
        yield Static("Whose sheet is it?" if self._paper else "Who are you?", classes="question")
        whose = "the" if self._paper else "your"
        asked = f"Type a part of {whose} name" if self._people else f"Type {whose} name"
        yield LineField(placeholder=asked, max_length=NAME_LIMIT)
        yield from self.compose_wrong()
        yield Rows(id="names")

    def on_mount(self) -> None:
        """Show everybody."""
        self._filter("")

    def first_focus(self) -> Input:
        """The field."""
        return self.query_one(Input)

    @on(Input.Changed)
    def _typing(self, event: Input.Changed) -> None:
        self.tell_wrong("")
        self._filter(event.value)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.do_who_take()

    @on(Rows.Picked)
    def _picked(self, event: Rows.Picked) -> None:
        event.stop()
        self._take(event.place)

    def action_move(self, by: int) -> None:
        """Another name."""
        self.query_one(Rows).move(by)

    def do_who_take(self) -> None:
        """The person under the cursor."""
        cursor = self.query_one(Rows).cursor
        if cursor is None:
            self.tell_wrong("Type your name, or choose it with ↑ and ↓." if self._people else "Type your name.")
        else:
            self._take(cursor)

    def do_ballot_leave(self) -> None:
        """Back to the neutral page."""
        self.post_message(self.Left())

    def _take(self, place: int) -> None:
        if place >= len(self._found):
            self.post_message(self.Walked(self._typed))
            return
        person = self._found[place]
        if person.id in self._voted:
            self.tell_wrong(
                f"{person.name} has voted. "
                + with_keys("To change that ballot, go back with Esc and press [c:ballot.change]; its code is needed.")
            )
            return
        self.post_message(self.Known(person))

    def _filter(self, typed: str) -> None:
        self._typed = clean_line(typed, NAME_LIMIT)
        wanted = name_key(self._typed)
        sought = search_key(self._typed)
        self._found = [person for person in self._people if sought in search_key(person.name)]
        entries = [self._entry(person) for person in self._found]
        exact = any(name_key(person.name) == wanted for person in self._found)
        if wanted and not exact:
            entries.append(Entry("+", f"I am not on the list: {self._typed}"))
        # Where names were found, adding another takes an arrow key, so that nobody is on the list twice by mistake.
        offered = entries[: len(self._found)] or entries
        free = (place for place, entry in enumerate(offered) if not entry.dim)
        self.query_one(Rows).show(entries, next(free, None) if wanted else None)

    def _entry(self, person: Participant) -> Entry:
        voted = person.id in self._voted
        group = unit_and_level(person.unit, person.level, _GROUP_CELLS)
        return Entry("✓" if voted else " ", person.name, "", "has voted" if voted else group, dim=voted)


class GroupPage(Page):
    """Which unit or level somebody belongs to who is not on the roster, or votes by a code."""

    ACTS = (
        Act("group.take", ("enter",), "next", "Go on with the one under the cursor.", "Voting", priority=10),
        _LEAVE,
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *DIGITS,
        Binding("up,k", "move(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
    ]

    class Chosen(Message):
        """A unit or level was chosen; an empty name where it is not stated."""

        def __init__(self, grouping: Grouping, name: str) -> None:
            super().__init__()
            self.grouping: Grouping = grouping
            self.name = name

    def __init__(self, grouping: Grouping, names: Sequence[str]) -> None:
        super().__init__()
        self._grouping: Grouping = grouping
        self._names = tuple(names)
        self._typed = 0
        self._taken = False

    @property
    def acts(self) -> tuple[Act, ...]:
        """The digits, then the other keys."""
        digits = f"0-{len(self._names)}"
        return (
            Act("group.choose", (digits,), "choose", "Choose by number, or by ↑ and ↓.", "Voting", priority=5),
            *self.ACTS,
        )

    def compose(self) -> ComposeResult:
        """The question and the groups."""
        asked = (
            "Which part of the organisation are you from?" if self._grouping == "unit" else "Which level are you on?"
        )
        yield Static(asked, classes="question")
        yield from self.compose_wrong()
        yield Rows(id="groups")

    def on_mount(self) -> None:
        """Show the groups."""
        self.query_one(Rows).show(self._entries(), None)

    def action_digit(self, digit: str) -> None:
        """A digit chooses; where there are more than nine, a second one makes a number of two with the first."""
        joined = 10 * self._typed + int(digit)
        number = joined if self._typed and joined <= len(self._names) else int(digit)
        self._typed = number if number < 10 else 0
        if number <= len(self._names):
            self.query_one(Rows).show(self._entries(), number - 1 if number else len(self._names))

    @on(Rows.Picked)
    def _picked(self, event: Rows.Picked) -> None:
        event.stop()
        self._take(event.place)

    def action_move(self, by: int) -> None:
        """Another group."""
        self.query_one(Rows).move(by)

    def do_group_take(self) -> None:
        """The group under the cursor."""
        cursor = self.query_one(Rows).cursor
        if cursor is None:
            self.tell_wrong("Choose one with its number, or with ↑ and ↓.")
        else:
            self._take(cursor)

    def do_ballot_leave(self) -> None:
        """Back to the page before."""
        self.post_message(self.Left())

    def _take(self, place: int) -> None:
        # A second Enter must not answer the next page's question.
        if self._taken:
            return
        self._taken = True
        self.post_message(self.Chosen(self._grouping, self._names[place] if place < len(self._names) else ""))

    def _entries(self) -> list[Entry]:
        entries = [Entry(str(number), name) for number, name in enumerate(self._names, start=1)]
        return [*entries, Entry("0", "I would rather not say")]


class CodePage(Page):
    """Asks for a code: the one handed out, or the one that leads back to a ballot."""

    ACTS = (
        Act("code.take", ("enter",), "next", "Go on with this code.", "Voting", priority=10),
        _LEAVE,
    )

    class Entered(Message):
        """A code was typed."""

        def __init__(self, code: str) -> None:
            super().__init__()
            self.code = code

    def __init__(self, question: str, said: str = "") -> None:
        super().__init__()
        self._question = question
        self._said = said

    def compose(self) -> ComposeResult:
        """The question and a field."""
        yield Static(plain(self._question), classes="question")
        yield Static(plain(self._said), classes="said")
        yield LineField(placeholder="KITE-42", max_length=40)
        yield from self.compose_wrong()

    def first_focus(self) -> Input:
        """The field."""
        return self.query_one(Input)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.do_code_take()

    def do_code_take(self) -> None:
        """Go on with what was typed."""
        typed = self.query_one(Input).value.strip()
        if typed:
            self.post_message(self.Entered(typed))
        else:
            self.tell_wrong("Type the code; it looks like KITE-42.")

    def do_ballot_leave(self) -> None:
        """Back to the neutral page."""
        self.post_message(self.Left())


class PromisePage(Page):
    """What is promised of the ballot; in a later round also the code of the first one, to pair the two."""

    ACTS = (
        Act("promise.begin", ("enter",), "begin", "Go to the first question.", "Voting", priority=10),
        _LEAVE,
    )

    class Begun(Message):
        """The voter begins; `earlier_code` is empty where none was given."""

        def __init__(self, earlier_code: str) -> None:
            super().__init__()
            self.earlier_code = earlier_code

    def __init__(self, greeting: str, invitation: str, promise: Promise, asks_code: str = "") -> None:
        super().__init__()
        self._texts = (greeting, invitation)
        self._promise = promise
        self.asks_code = asks_code
        """How the code of an earlier ballot is asked for; empty where it is not."""

    def compose(self) -> ComposeResult:
        """Greeting, what is asked, the field for a code, the promise."""
        greeting, invitation = self._texts
        yield Static(plain(greeting), classes="question")
        yield Static(plain(invitation), classes="said")
        if self.asks_code:
            yield Static(
                f"{self.asks_code}, if you have it at hand: it lets the room see how many changed their "
                "mind, without showing who. Leave it empty otherwise.",
                classes="quiet",
            )
            yield LineField(placeholder="KITE-42", max_length=40)
        yield from self.compose_wrong()
        yield Static(listed("What is promised", self._promise.kept), classes="said")
        yield Static(listed("What cannot be promised", self._promise.not_kept), classes="quiet")

    def first_focus(self) -> Page | Input:
        """The field, where there is one."""
        return self.query_one(Input) if self.asks_code else self

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.do_promise_begin()

    def do_promise_begin(self) -> None:
        """Begin."""
        self.post_message(self.Begun(self.query_one(Input).value.strip() if self.asks_code else ""))

    def do_ballot_leave(self) -> None:
        """Back to the page before."""
        self.post_message(self.Left())
