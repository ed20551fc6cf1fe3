"""The pages on which questions are answered: options, dots, a comment, and the summary before sending."""

from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static, TextArea

from cxworkshop.domain.instruments import DONT_KNOW
from cxworkshop.tui.acts import Act
from cxworkshop.tui.ballot import words
from cxworkshop.tui.ballot.draft import Draft, answer_text
from cxworkshop.tui.ballot.page import DIGITS, Page, plain
from cxworkshop.tui.ballot.rows import Entry, Rows
from cxworkshop.tui.keymap import with_keys

_NEXT = Act(
    "answer.next", ("enter",), "next", "Go on; with nothing chosen the question is left out.", "Voting", priority=10
)
_BACK = Act(
    "answer.back", ("left", "backspace", "escape"), "back", "Go back to the page before.", "Voting", priority=20
)
_UNKNOWN = Act("answer.unknown", ("0", "d"), "don't know", "Say that you don't know.", "Voting", priority=30)
_COMMENT = Act(
    "answer.comment", ("c",), "comment", "Write a comment on this question, if you like.", "Voting", priority=40
)


class AnsweringPage(Page):
    """A page that answers; it holds the newest draft itself, so that keys faster than the screen lose nothing."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft

    def show(self, draft: Draft) -> None:
        """Show a draft."""
        raise NotImplementedError

    def turn(self, draft: Draft) -> None:
        """Show the draft as it is now, and tell the screen.

        Once the summary was asked for, keys are for nobody: the voter has not seen what they would change.
        """
        if self._draft.at_summary:
            return
        self._draft = draft
        if not draft.at_summary:
            self.show(draft)
        self.post_message(self.Turned(draft))


class QuestionPage(AnsweringPage):
    """One question: its text, the options with their anchors, and the progress.

    Digits and arrows choose, Enter goes on. With nothing chosen Enter leaves the question out.
    """

    ACTS = (
        _NEXT,
        _BACK,
        _UNKNOWN,
        _COMMENT,
        Act("answer.clear", ("delete", "x"), "leave out", "Take your answer off this question.", "Voting", priority=50),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *DIGITS,
        Binding("up,k", "choose(-1)", show=False),
        Binding("down,j", "choose(1)", show=False),
    ]
    DEFAULT_CSS = """
    QuestionPage #comment { margin-top: 1; }
    """

    @property
    def acts(self) -> tuple[Act, ...]:
        """The digits of this question's scale, then the other keys."""
        question = self._draft.question
        lowest, highest = question.numbers
        choose = Act(
            "answer.choose",
            (f"{lowest}-{highest}",),
            "choose",
            "Choose an option by its number, or by ↑ and ↓.",
            "Voting",
            priority=5,
        )
        others = [act for act in self.ACTS if act is not _COMMENT or self._commentable]
        return (choose, *(_not_by_zero(act) if question.zero_is_an_option else act for act in others))

    def compose(self) -> ComposeResult:
        """Heading, question, options, comment."""
        yield Static(classes="quiet", id="heading")
        yield Static(classes="question", id="question")
        yield Static(classes="quiet said", id="help")
        yield Rows(id="options")
        yield Static(classes="quiet", id="comment")

    def on_mount(self) -> None:
        """Show the question."""
        self.show(self._draft)

    def show(self, draft: Draft) -> None:
        """Show a question with its answer so far."""
        self._draft = draft
        question = draft.question
        self.query_one("#heading", Static).update(plain(question.heading))
        self.query_one("#question", Static).update(plain(question.text))
        explained = self.query_one("#help", Static)
        helps = [question.help, *([words.NUMBER_AT_THE_LEFT] if question.is_misnumbered else ())]
        explained.update(plain("\n".join(filter(None, helps))))
        explained.display = any(helps)
        comment = draft.comments.get(question.item, "")
        noted = self.query_one("#comment", Static)
        noted.update(plain(f"Your comment: {comment}"))
        noted.display = bool(comment)
        options = zip(question.called, question.options, strict=True)
        unknown = with_keys("[d:answer.unknown]") if question.zero_is_an_option else "0"
        entries = [
            *(Entry(str(each.number), each.words, option.anchor) for each, option in options),
            Entry(unknown, "I don't know"),
        ]
        chosen = draft.chosen
        cursor = None if chosen is None else len(question.options) if chosen == DONT_KNOW else chosen - 1
        self.query_one("#options", Rows).show(entries, cursor)

    def action_digit(self, digit: str) -> None:
        """A digit chooses."""
        self.turn(self._draft.digit(digit))

    @on(Rows.Picked)
    def _picked(self, event: Rows.Picked) -> None:
        event.stop()
        options = len(self._draft.question.options)
        self.turn(self._draft.choose(DONT_KNOW if event.place == options else event.place + 1))

    def action_choose(self, by: int) -> None:
        """The next or the previous option."""
        self.turn(self._draft.step(by))

    def do_answer_unknown(self) -> None:
        """Don't know."""
        self.turn(self._draft.choose(DONT_KNOW))

    def do_answer_clear(self) -> None:
        """No answer."""
        self.turn(self._draft.choose(None))

    def do_answer_next(self) -> None:
        """The next page."""
        self.turn(self._draft.onward())

    def do_answer_back(self) -> None:
        """The page before; from the first one out of the questions."""
        if self._draft.position == 0 and not self._draft.from_summary:
            self.post_message(self.Left())
        else:
            self.turn(self._draft.back())

    @property
    def _commentable(self) -> bool:
        """Whether a comment would be read by anybody: those on ratings stand in no result."""
        return self._draft.kind != "ratings"

    def do_answer_comment(self) -> None:
        """Write a comment."""
        if self._commentable:
            self.post_message(self.CommentWanted())


def _not_by_zero(act: Act) -> Act:
    """An act as it is done where 0 is an answer."""
    return replace(act, keys=act.keys[1:]) if act is _UNKNOWN else act


class CommentPage(Page):
    """A comment on one question. It stands in the draft with every key, so that covering the page loses nothing."""

    ACTS = (
        Act(
            "comment.take",
            ("ctrl+s", "f10"),
            "done",
            "Keep the comment and go back to the question.",
            "Voting",
            priority=10,
        ),
        Act(
            "comment.leave",
            ("escape",),
            "back",
            "Go back to the question; what was typed is kept.",
            "Voting",
            priority=20,
        ),
    )

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft

    def compose(self) -> ComposeResult:
        """The question and a field."""
        yield Static(plain(self._draft.question.text), classes="question")
        yield Static(
            "A comment, if you like. It is shown among others, by the alphabet, never by unit or level.",
            classes="quiet said",
        )
        yield TextArea(self._draft.comments.get(self._draft.question.item, ""), tab_behavior="focus", soft_wrap=True)

    def on_mount(self) -> None:
        """Go on writing at the end of what stands there."""
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)

    def first_focus(self) -> TextArea:
        """The field."""
        return self.query_one(TextArea)

    @on(TextArea.Changed)
    def _changed(self, event: TextArea.Changed) -> None:
        self._draft = self._draft.comment(event.text_area.text)

    @property
    def draft(self) -> Draft:
        """The draft with what was typed so far, the newest characters too."""
        return self._draft.comment(self.query_one(TextArea).text)

    def do_comment_take(self) -> None:
        """Back to the question."""
        self.post_message(self.Turned(self.draft))

    do_comment_leave = do_comment_take


class DotsPage(AnsweringPage):
    """Placing dots on candidates: arrows move, plus and minus or a digit place them."""

    ACTS = (
        Act(
            "dots.more", ("plus", "space", "right"), "dot", "Put one more dot on this candidate.", "Voting", priority=5
        ),
        Act("dots.fewer", ("minus", "delete"), "take off", "Take one dot off this candidate.", "Voting", priority=6),
        Act("answer.next", ("enter",), "next", "Look it over before sending.", "Voting", priority=10),
        _BACK,
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *DIGITS,
        Binding("up,k", "move(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
    ]

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self._place = 0

    def compose(self) -> ComposeResult:
        """How many are left, and the candidates."""
        yield Static("Where should we begin? Place your dots; several may go on one candidate.", classes="question")
        yield Static(id="left", classes="said")
        yield Rows(id="candidates")

    def on_mount(self) -> None:
        """Show the candidates."""
        self.show(self._draft)

    def show(self, draft: Draft) -> None:
        """Show the dots placed so far."""
        self._draft = draft
        self.query_one("#left", Static).update(plain(words.dots_left(draft.dots_left)))
        entries = [
            Entry(str(place), question.text, question.help, _dots(draft.answers.get(question.item, 0)))
            for place, question in enumerate(draft.questions, start=1)
        ]
        self.query_one(Rows).show(entries, self._place)

    def action_digit(self, digit: str) -> None:
        """A digit puts so many dots on the candidate under the cursor."""
        self._put(int(digit))

    @on(Rows.Picked)
    def _picked(self, event: Rows.Picked) -> None:
        event.stop()
        self._place = event.place
        self._put(self._present + 1)

    def action_move(self, by: int) -> None:
        """Another candidate."""
        self._place = max(0, min(self._place + by, len(self._draft.questions) - 1))
        self.show(self._draft)

    def do_dots_more(self) -> None:
        """One dot more."""
        self._put(self._present + 1)

    def do_dots_fewer(self) -> None:
        """One dot fewer."""
        self._put(self._present - 1)

    def do_answer_next(self) -> None:
        """The summary."""
        self.turn(self._draft.to_summary())

    def do_answer_back(self) -> None:
        """Out of the questions."""
        self.post_message(self.Left())

    @property
    def _present(self) -> int:
        return self._draft.answers.get(self._draft.questions[self._place].item, 0)

    def _put(self, dots: int) -> None:
        self.turn(self._draft.put_dots(self._draft.questions[self._place].item, dots))


def _dots(count: int) -> str:
    return f"{'●' * count} {count}" if count else ""


class SummaryPage(Page):
    """Everything before it is sent, for the voter's eyes only; any question can be opened again."""

    ACTS = (
        Act("ballot.send", ("enter",), "send", "Put the ballot into the box.", "Voting", priority=5),
        Act("ballot.open", ("space", "right"), "change", "Change the answer under the cursor.", "Voting", priority=10),
        _BACK,
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
    ]

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft

    def compose(self) -> ComposeResult:
        """What is left out, and the answers."""
        yield Static("Is this what you want to send?", classes="question")
        yield Static(plain(self._said()), classes="said")
        yield Rows(id="answers")
        yield from self.compose_wrong()

    def on_mount(self) -> None:
        """Show the answers, with the cursor on the first one left out."""
        missing = (
            place for place, question in enumerate(self._draft.questions) if question.item not in self._draft.answers
        )
        first = next(missing, 0) if self._draft.kind != "dots" else 0
        self.query_one(Rows).show([self._entry(place) for place in range(len(self._draft.questions))], first)

    @on(Rows.Picked)
    def _picked(self, event: Rows.Picked) -> None:
        event.stop()
        self._open(event.place)

    def action_move(self, by: int) -> None:
        """Another answer."""
        self.query_one(Rows).move(by)

    def do_ballot_send(self) -> None:
        """Send."""
        self.post_message(self.Sent())

    def do_ballot_open(self) -> None:
        """Change the answer under the cursor."""
        self._open(self.query_one(Rows).cursor or 0)

    def do_answer_back(self) -> None:
        """The last page of questions."""
        self.post_message(self.Turned(self._draft.back() if self._draft.kind != "dots" else self._draft.reopen(0)))

    def _open(self, place: int) -> None:
        self.post_message(self.Turned(self._draft.reopen(place)))

    def _entry(self, place: int) -> Entry:
        question = self._draft.questions[place]
        given = self._draft.answers.get(question.item)
        right = _dots(given or 0) if self._draft.kind == "dots" else answer_text(question, given)
        noted = "with a comment" if question.item in self._draft.comments else ""
        return Entry(str(place + 1), question.text, noted, right)

    def _said(self) -> str:
        if self._draft.kind == "dots":
            return words.dots_left(self._draft.dots_left)
        return words.left_out(self._draft.left_out)
