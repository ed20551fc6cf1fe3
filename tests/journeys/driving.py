"""People at the keyboard: what a facilitator and voters do, in their words, by keys alone."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, cast

from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Button, Input, OptionList, TextArea

from cxworkshop.domain.ballots import Ballot
from cxworkshop.domain.session import Session, Step
from cxworkshop.facilitation.ports import SessionStore
from cxworkshop.tui.app import CxApp
from cxworkshop.tui.ballot.app import VoteApp
from cxworkshop.tui.ballot.beginning import PromisePage, WhoPage
from cxworkshop.tui.ballot.draft import Draft
from cxworkshop.tui.ballot.ending import ThanksPage
from cxworkshop.tui.ballot.hand_over import HandOverScreen
from cxworkshop.tui.ballot.questions import CommentPage, DotsPage, QuestionPage, SummaryPage
from cxworkshop.tui.ballot.screen import BallotScreen
from cxworkshop.tui.console.app import ConsoleApp
from cxworkshop.tui.console.screen import ConsoleScreen
from cxworkshop.tui.console.steps.disagreements import DisagreementsView
from cxworkshop.tui.projector.app import ProjectorApp
from cxworkshop.tui.widgets.dialog import Dialog
from cxworkshop.tui.widgets.sheet import Sheet
from cxworkshop.tui.widgets.showing import MarkdownScreen
from tui.driving import shown, told

PAUSES = 400
"""So often the state is looked at before a journey gives up waiting."""

PAUSE = 0.01

MOST_LINES = 80
"""So many lines a page is scrolled before a text counts as missing."""

_CHARACTERS = {"space": " "}


class Person:
    """Somebody at a keyboard."""

    def __init__(self, pilot: Pilot[Any]) -> None:
        self.pilot = pilot
        self.app = cast("CxApp[Any]", pilot.app)

    async def presses(self, *keys: str) -> None:
        """Press keys one after the other, by Textual's names of them, letting each take effect."""
        for key in keys:
            self._key(key)
            await self.settles_down()

    async def presses_in_a_rush(self, *keys: str) -> None:
        """Press keys faster than the program takes them."""
        for key in keys:
            self._key(key)
        await self.settles_down()

    async def types(self, text: str) -> None:
        """Type a text into the field that has the focus."""
        await self.presses_in_a_rush(*("space" if character == " " else character for character in text))

    def _key(self, key: str) -> None:
        name = key if key.isalnum() or len(key) > 1 else _character_to_key(key)
        character = key if len(key) == 1 else _CHARACTERS.get(key)
        self.app.post_message(events.Key(name, character).set_sender(self.app))

    async def settles_down(self) -> None:
        """Let every message that is under way arrive."""
        with self.app._context():
            for _ in range(2):
                await self.pilot._wait_for_screen()

    async def waits_until(self, reached: Callable[[], Any], what: str) -> None:
        """Look at the state until it is so, a bounded number of times."""
        for _ in range(PAUSES):
            if reached():
                return
            with self.app._context():
                await self.pilot.pause(PAUSE)
        raise AssertionError(f"never came: {what}\n{self.screen}")

    async def sees(self, *texts: str) -> None:
        """Each text stands on the screen, however its lines are broken."""
        for text in texts:
            await self.waits_until(partial(self._stands, text), text)

    def _stands(self, text: str) -> bool:
        return _joined(text) in _joined(self.screen)

    async def finds(self, text: str) -> None:
        """The text stands on the screen, or below it, where the arrows lead."""
        for _ in range(MOST_LINES):
            if self._stands(text):
                return
            await self.presses("down")
        raise AssertionError(f"not found: {text}\n{self.screen}")

    def sees_nothing_of(self, *texts: str) -> None:
        """None of the texts is on the screen."""
        for text in texts:
            assert not self._stands(text), f"{text}\n{self.screen}"

    async def is_told(self, sentence: str) -> None:
        """A notification said this."""
        await self.waits_until(
            lambda: any(sentence in said for said in told(self.app)), f"{sentence}: {told(self.app)}"
        )

    async def page(self, kind: type[Any]) -> None:
        """A page of a ballot is up."""
        await self.waits_until(
            lambda: isinstance(getattr(self.app.screen, "page", None), kind) and self.app.screen.page.is_mounted,  # type: ignore[attr-defined]
            kind.__name__,
        )
        await self.settles_down()

    async def dialog(self, heading: str = "") -> None:
        """A dialog is up."""
        await self.waits_until(
            lambda: isinstance(self.app.screen, Dialog) and heading in self.screen, f"dialog {heading!r}"
        )
        await self.settles_down()

    @property
    def screen(self) -> str:
        """The screen as lines of text."""
        return shown(self.app)

    # Voting: on a voting terminal, on a console that was handed over, or from paper

    async def begins_as(self, name: str) -> None:
        """From the neutral page to the first question, found by name."""
        await self.waits_until(lambda: isinstance(self.app.screen, HandOverScreen), "the neutral page")
        await self.presses("enter")
        await self.page(WhoPage)
        await self.types(name)
        ballot = self.app.screen
        await self.presses("enter")
        if isinstance(ballot, BallotScreen) and ballot.on_paper:
            return
        await self.page(PromisePage)
        await self.presses("enter")

    async def votes(
        self, name: str, answers: Mapping[str, int | None], comments: Mapping[str, str] | None = None
    ) -> str:
        """Fill in and send a whole ballot; gives the code of the thanks.

        Args:
            name: As much of the name as finds it.
            answers: By the end of an item's id: an option, 0 for don't know, None to leave it out.
            comments: By the end of an item's id.
        """
        await self.begins_as(name)
        await self.page(QuestionPage)
        while not self._draft.at_summary:
            key = _end_of(self._draft.question.item, answers)
            await self._answers_one(answers[key], (comments or {}).get(key, ""))
        await self.page(SummaryPage)
        return await self.sends()

    async def answers(self, *given: int | None) -> None:
        """Answer the next questions and stay on the ballot."""
        for answer in given:
            await self._answers_one(answer, "")

    async def _answers_one(self, answer: int | None, comment: str) -> None:
        position = self._draft.position
        if answer is not None:
            await self.presses(str(answer))
        if comment:
            await self.presses("c")
            await self.page(CommentPage)
            await self.types(comment)
            await self.presses("ctrl+s")
            await self.page(QuestionPage)
        await self.presses("enter")
        await self.waits_until(lambda: self._draft.position == position + 1, "the next question")

    async def places_dots(self, name: str, *candidates: str) -> str:
        """Fill in and send a ballot of dots, one dot for each candidate named, by the beginning of its words."""
        await self.begins_as(name)
        await self.page(DotsPage)
        texts = [question.text for question in self._draft.questions]
        place = 0
        for wanted in candidates:
            there = next(number for number, text in enumerate(texts) if text.startswith(wanted))
            await self.presses(*(["down"] * (there - place) or ["up"] * (place - there)))
            place = there
            await self.presses("+")
        assert not self._draft.dots_left
        await self.presses("enter")
        await self.page(SummaryPage)
        return await self.sends()

    async def sends(self) -> str:
        """Send from the summary, note the code, and hand over."""
        await self.presses("enter")
        await self.page(ThanksPage)
        await self.waits_until(lambda: _codes(self.screen), "the code")
        code = _codes(self.screen)[0]
        await self.presses("space")
        await self.waits_until(lambda: isinstance(self.app.screen, HandOverScreen), "the neutral page")
        return code

    @property
    def _draft(self) -> Draft:
        screen = self.app.screen
        assert isinstance(screen, BallotScreen), self.screen
        assert screen._draft is not None
        return screen._draft


class Voter(Person):
    """Whoever sits at a voting terminal."""


class Facilitator(Person):
    """Whoever runs the console."""

    app: ConsoleApp

    @property
    def store(self) -> SessionStore:
        """The console's store."""
        return self.app.store

    @property
    def session(self) -> Session:
        """The session as the console shows it."""
        return self._console.session

    @property
    def _console(self) -> ConsoleScreen:
        return self.app.console_screen

    @property
    def with_voters(self) -> bool:
        """Whether the voters' pages stand over the console."""
        return any(isinstance(screen, HandOverScreen) and screen.guarded for screen in self.app.screen_stack)

    # Moving

    async def goes_on_to(self, step: Step) -> None:
        """The next step."""
        await self.presses("pagedown")
        await self.stands_at(step)

    async def goes_back_to(self, step: Step) -> None:
        """The step before."""
        await self.presses("pageup")
        await self.stands_at(step)

    async def stands_at(self, step: Step) -> None:
        """The step's view is up and takes keys."""
        await self.waits_until(
            lambda: self._console.view is not None and type(self._console.view).STEP is step and self._in_view(),
            f"step {step.value}",
        )
        await self.settles_down()

    def _in_view(self) -> bool:
        view, focused = self._console.view, self._console.focused
        return view is not None and focused is not None and view in focused.ancestors_with_self

    # Sheets and dialogs

    async def puts_cursor_on(self, row: str) -> None:
        """Move the cursor of the sheet to the line whose id begins so."""
        sheet = self._console.query_one(Sheet)
        await self.waits_until(lambda: any(line.id.startswith(row) for line in sheet.rows), row)
        choosable = [line.id for line in sheet.rows if line.id]
        wanted = next(place for place, line in enumerate(choosable) if line.startswith(row))
        present = choosable.index(sheet.row.id) if sheet.row is not None else 0
        await self.presses(*(["down"] * (wanted - present) or ["up"] * (present - wanted)))
        assert sheet.row is not None
        assert sheet.row.id.startswith(row), (sheet.row.id, row)

    async def chooses_line(self, row: str) -> None:
        """Press Enter on a line of the sheet."""
        await self.puts_cursor_on(row)
        await self.presses("enter")

    async def fills_in(self, *texts: str) -> None:
        """Type one text into each field of the dialog, in place of what stands there; the last Enter takes it."""
        await self.dialog()
        dialog = self.app.screen
        fields = list(dialog.query(Input))
        for place, field in enumerate(fields):
            await self.waits_until(partial(field.__getattribute__, "has_focus"), f"field {place}")
            if place < len(texts) and texts[place] != field.value:
                await self.presses("end", "ctrl+u")
                await self.types(texts[place])
            await self.presses("enter")
        await self.waits_until(lambda: self.app.screen is not dialog, "the dialog taken")
        await self.settles_down()

    async def writes(self, text: str) -> None:
        """Type into the note that is open, and take it."""
        await self.dialog()
        assert self.app.screen.query(TextArea)
        await self.types(text)
        await self.presses("ctrl+s")
        await self.waits_until(lambda: not isinstance(self.app.screen, Dialog), "the note taken")
        await self.settles_down()

    async def picks(self, text: str) -> None:
        """Choose the entry of the list in the dialog that holds this text."""
        await self.dialog()
        listed = self.app.screen.query_one(OptionList)
        prompts = [str(listed.get_option_at_index(place).prompt) for place in range(listed.option_count)]
        wanted = next((place for place, prompt in enumerate(prompts) if text in prompt), None)
        assert wanted is not None, prompts
        present = listed.highlighted or 0
        await self.presses(*(["down"] * (wanted - present) or ["up"] * (present - wanted)))
        await self.presses("enter")

    async def confirms(self, question: str) -> None:
        """Say yes to a question, which takes more than Enter."""
        await self.dialog(question)
        await self.presses("tab", "enter")
        await self.waits_until(lambda: not isinstance(self.app.screen, Dialog), "the question answered")
        await self.settles_down()

    async def cancels(self, question: str) -> None:
        """Enter on a question, which cancels it."""
        await self.dialog(question)
        assert isinstance(self.app.screen.focused, Button)
        await self.presses("enter")
        await self.waits_until(lambda: not isinstance(self.app.screen, Dialog), "the question gone")

    async def reaches(self, reached: Callable[[Session], Any], what: str) -> None:
        """The session is so."""
        await self.waits_until(lambda: reached(self.session), what)
        await self.settles_down()

    # Prepare

    async def dates_the_sitting(self, day: str) -> None:
        """Give the date of the sitting."""
        await self.chooses_line("held:")
        await self.fills_in(day)

    async def names_herself(self, name: str) -> None:
        """Say who facilitates."""
        await self.chooses_line("about:facilitator")
        await self.fills_in(name)

    async def adds_person(self, name: str, unit: str, level: str) -> None:
        """Put somebody on the roster."""
        count = len(self.session.participants)
        await self.puts_cursor_on("person:")
        await self.presses("n")
        await self.fills_in(name, unit, level)
        await self.reaches(lambda session: len(session.participants) == count + 1, "one person more")

    async def merges_small_units(self, name: str) -> None:
        """Make the units that are too small one."""
        await self.puts_cursor_on("unit:")
        await self.presses("m")
        await self.dialog("Merge which")
        await self.presses("enter")
        await self.fills_in(name)
        await self.reaches(lambda session: name in session.units, "units merged")

    async def sets_key_phrase(self, phrase: str) -> None:
        """Set what takes the console back."""
        await self.chooses_line("phrase:")
        await self.fills_in(phrase)
        await self.reaches(lambda session: session.rules.key_phrase, "key phrase")

    # Welcome

    async def marks_absent(self, role: str) -> None:
        """Mark a role as not in the room."""
        await self.chooses_line(f"role:{role}")
        await self.reaches(lambda session: role in session.closing.absent_roles, "role absent")

    # Self-test and reveal

    async def opens_the_vote(self) -> None:
        """Open round 1."""
        await self.presses("o")
        await self.reaches(lambda session: session.open_round, "vote open")

    async def counts_ballots(self, count: int) -> None:
        """So many are in, on the screen and in the box."""
        held = self.session.rounds[-1]
        await self.waits_until(lambda: self.store.box.count(held.key) == count, f"{count} ballots")
        await self.settles_down()

    async def hands_over(self) -> None:
        """Give the keyboard to the voters."""
        await self.presses("h" if self.session.live.step is not Step.DISAGREEMENTS else "o")
        await self.waits_until(lambda: self.with_voters, "handed over")
        await self.settles_down()

    async def takes_back(self, phrase: str) -> None:
        """Take the keyboard back by the key phrase."""
        await self.presses("k")
        await self.fills_in(phrase)
        await self.waits_until(lambda: self.app.screen is self._console, "the console")
        await self.settles_down()

    async def opens_the_paper_pile(self) -> None:
        """Begin keying in sheets."""
        await self.presses("k")
        await self.waits_until(lambda: isinstance(self.app.screen, HandOverScreen), "sheets")
        await self.settles_down()

    async def leaves_the_paper_pile(self) -> None:
        """Done with sheets."""
        await self.presses("escape")
        await self.waits_until(lambda: self.app.screen is self._console, "the console")

    async def closes_the_vote(self, missing: int = 0) -> None:
        """Stop the open vote at this step, though so many are missing."""
        await self.presses("x")
        if missing:
            await self.confirms(f"Close the vote with {missing} of")
        await self.reaches(lambda session: session.open_round is None, "vote closed")

    async def reveals(self) -> None:
        """Reveal, and confirm it."""
        await self.presses("r")
        await self.confirms("Reveal")
        await self.reaches(lambda session: session.rounds[-1].state == "revealed", "revealed")

    # Disagreements

    async def turns_to(self, item: str) -> None:
        """Go through the queue to an item, by the end of its id."""
        view = self._console.view
        assert isinstance(view, DisagreementsView)
        queued = [each.item for each in view._queue]
        wanted = next(place for place, each in enumerate(queued) if each.endswith(item))
        by = wanted - queued.index(view._item)
        await self.presses(*(["right"] * by or ["left"] * -by))
        await self.waits_until(lambda: view._item == queued[wanted], item)

    async def notes(self, text: str) -> None:
        """Write a note on the present item."""
        await self.presses("n")
        await self.writes(text)

    async def settles(self) -> None:
        """The room has settled the present item."""
        await self.presses("s")
        await self.settles_down()

    async def parks(self, *positions: str) -> None:
        """Record the positions on the present item."""
        await self.presses("p")
        await self.fills_in(*positions)

    async def puts_to_the_vote_again(self) -> None:
        """Open a vote again on the present item."""
        await self.presses("v")
        await self.confirms("Put this item to the vote again?")
        await self.reaches(lambda session: session.open_round, "vote again open")

    async def keys_in_hands(self, *hands: int) -> None:
        """A show of hands on the present item."""
        count = len(self.session.rounds)
        await self.presses("h")
        await self.fills_in(*(str(number) for number in hands))
        await self.reaches(lambda session: len(session.rounds) == count + 1, "hands recorded")

    # Plan

    async def proposes(self) -> None:
        """Take in what the session puts forward."""
        await self.presses("p")
        await self.reaches(lambda session: session.candidates, "candidates")

    async def opens_dots(self) -> None:
        """Let people place dots."""
        await self.presses("v")
        await self.reaches(lambda session: session.open_round, "dots open")

    async def closes_dots(self) -> None:
        """Close and show the dots."""
        await self.presses("x")
        await self.confirms("Close the vote by dots")
        await self.reaches(lambda session: session.rounds[-1].state == "revealed", "dots shown")

    async def chooses_priority(self, beginning: str) -> None:
        """Make a candidate a priority, found by the beginning of its words."""
        found = next(each for each in self.session.candidates.values() if each.title.startswith(beginning))
        await self.puts_cursor_on(f"candidate:{found.id}")
        await self.presses("space")
        await self.reaches(lambda session: session.candidates[found.id].chosen, "chosen")

    async def takes_up_suggestion(self, text: str, owner: str, due: str) -> None:
        """Make an action of a suggestion, for the priority at the cursor."""
        count = len(self.session.actions)
        await self.presses("s")
        await self.picks(text)
        await self.dialog("New action")
        title = self.app.screen.query(Input).first().value
        await self.fills_in(title, owner, due)
        await self.reaches(lambda session: len(session.actions) == count + 1, "one action more")

    async def adds_action(self, *texts: str) -> None:
        """Write an action: what, owner, due, measure, today, target, first step."""
        count = len(self.session.actions)
        await self.presses("n")
        await self.dialog("New action")
        await self.fills_in(*texts)
        await self.reaches(lambda session: len(session.actions) == count + 1, "one action more")

    async def says_strategy_stands(self) -> None:
        """Answer the gate: the first strategy is written and owned."""
        await self.chooses_line("gate:")
        await self.reaches(lambda session: session.closing.strategy_stands, "gate answered")

    # Close

    async def names_strategy_owner(self, name: str) -> None:
        """Say who owns the strategy."""
        await self.chooses_line("owner:")
        await self.fills_in(name)

    async def dates_the_repeat(self, day: str) -> None:
        """Say when the self-test is taken again."""
        await self.chooses_line("repeat:")
        await self.fills_in(day)
        await self.reaches(lambda session: session.closing.repeat, "repeat")

    async def asks_for_feedback(self) -> None:
        """Open the closing question."""
        await self.presses("f")
        await self.reaches(lambda session: session.open_round, "closing question open")

    async def shows_feedback(self) -> None:
        """Seal and show it, and confirm that."""
        await self.presses("r")
        await self.confirms("Show")
        await self.reaches(lambda session: session.rounds[-1].state == "revealed", "feedback shown")

    async def previews(self, document: str) -> None:
        """Read a document as it will be written."""
        await self.presses("v")
        await self.picks(document)
        await self.waits_until(lambda: isinstance(self.app.screen, MarkdownScreen), "the preview")
        await self.settles_down()

    async def puts_away(self) -> None:
        """Close what is being read."""
        await self.presses("escape")
        await self.waits_until(lambda: self.app.screen is self._console, "the console")

    async def exports(self, document: str, path: str) -> None:
        """Write a document to a file."""
        await self.presses("e")
        await self.picks(document)
        await self.fills_in(path)
        await self.is_told("Written")


@asynccontextmanager
async def at_console(app: ConsoleApp, size: tuple[int, int] = (120, 34)) -> AsyncIterator[Facilitator]:
    """Somebody at a console."""
    async with app.run_test(size=size, notifications=True) as pilot:
        facilitator = Facilitator(pilot)
        await facilitator.stands_at(app.store.session.live.step)
        yield facilitator


@asynccontextmanager
async def at_terminal(app: VoteApp, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Voter]:
    """Somebody at a voting terminal."""
    async with app.run_test(size=size, notifications=True) as pilot:
        voter = Voter(pilot)
        await voter.settles_down()
        yield voter


@asynccontextmanager
async def on_the_wall(app: ProjectorApp, size: tuple[int, int] = (120, 34)) -> AsyncIterator[Person]:
    """The room, looking at the projector."""
    async with app.run_test(size=size, notifications=True) as pilot:
        room = Person(pilot)
        await room.settles_down()
        yield room


def what_a_screen_holds(app: CxApp[Any]) -> tuple[list[object], str]:
    """Every ballot or draft that the widgets of all screens can reach, and all text they show."""
    widgets = [node for screen in app.screen_stack for node in screen.walk_children(with_self=True)]
    seen: set[int] = set()
    found: list[object] = []
    for widget in widgets:
        _reach(list(vars(widget).values()), seen, found)
    texts = [line for screen in app.screen_stack for line in _lines(cast("Widget", screen))]
    return found, "\n".join(texts)


def _reach(values: Sequence[object], seen: set[int], found: list[object]) -> None:
    for value in values:
        if id(value) in seen or isinstance(value, (str, int, float, bytes, Session)):
            continue
        seen.add(id(value))
        if isinstance(value, (Ballot, Draft)):
            found.append(value)
        elif isinstance(value, Mapping):
            _reach(list(value.values()), seen, found)
        elif isinstance(value, (list, tuple, set, frozenset)):
            _reach(list(value), seen, found)
        elif type(value).__module__.startswith("cxworkshop.tui") and hasattr(value, "__dict__"):
            _reach(list(vars(value).values()), seen, found)


def _lines(screen: Widget) -> list[str]:
    return ["".join(segment.text for segment in strip) for strip in screen._compositor.render_strips()]  # type: ignore[attr-defined]


def _end_of(item: str, answers: Mapping[str, object]) -> str:
    return next(key for key in answers if item.endswith(key))


def _codes(text: str) -> list[str]:
    return [word for word in (part.strip(",.;") for part in text.split()) if _is_code(word)]


def _is_code(word: str) -> bool:
    return "-" in word and word.replace("-", "").isalnum() and word.isupper() and word[-1].isdigit()


def _joined(text: str) -> str:
    return " ".join("".join(" " if character in "│╭╰╮╯─┃▎" else character for character in text).split())
