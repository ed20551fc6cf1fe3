"""A ballot while it is being filled in: the questions of a round and what was answered so far, as a frozen value.

It lives on one screen only and is gone once it was sent; both the screen and the line mode fill it in by its rules.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from cxworkshop.domain.ballots import Ballot
from cxworkshop.domain.instruments import DONT_KNOW, Called, Item, Option, called, misnumbered
from cxworkshop.domain.ratings import RATING_OPTIONS, RATING_QUESTIONS, rating_of
from cxworkshop.domain.rounds import FEEDBACK_ITEM, FEEDBACK_OPTIONS
from cxworkshop.domain.session import Round, RoundKind, Session
from cxworkshop.facilitation.voting import Answers, Terms, terms_of

_TWO_DIGITS = 10

FEEDBACK_QUESTION = "Was this session worth your time?"


@dataclass(frozen=True, slots=True)
class Question:
    """One page of a ballot: an item with its options, or a candidate for dots (which has none)."""

    item: str
    text: str
    heading: str = ""
    help: str = ""
    options: tuple[Option, ...] = ()

    @property
    def called(self) -> tuple[Called, ...]:
        """How each option is called: the number to press or to type, and the words beside it."""
        return called(self.options)

    @property
    def numbers(self) -> tuple[int, int]:
        """The lowest and the highest number that an option is called by."""
        numbers = [each.number for each in self.called]
        return min(numbers), max(numbers)

    @property
    def zero_is_an_option(self) -> bool:
        """Whether 0 is one of the options, so that "don't know" needs another key."""
        return any(each.number == DONT_KNOW for each in self.called)

    @property
    def is_misnumbered(self) -> bool:
        """Whether a label begins with another number than the one to press."""
        return misnumbered(self.options) is not None

    def place_of(self, number: int) -> int | None:
        """The answer that a number means: an option from 1, or don't know; None where it means nothing."""
        found = (place for place, each in enumerate(self.called, start=1) if each.number == number)
        return next(found, DONT_KNOW if number == DONT_KNOW else None)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a voter has answered so far.

    `answers` holds option numbers from 1, 0 for don't know; in a vote by dots the number of dots. A question without
    an entry was left out. `position` is the page from 0; one past the last question is the summary.
    """

    kind: RoundKind
    questions: tuple[Question, ...]
    dots: int = 0
    """How many dots there are to place."""
    answers: Mapping[str, int] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
    position: int = 0
    typed: str = ""
    """The digit typed last on this page, for options of two digits."""
    from_summary: bool = False
    """The page was opened from the summary, and leads back there."""
    terms: Terms | None = None
    """What is asked and promised; None where that is not compared."""

    @property
    def question(self) -> Question:
        """The question of the present page; the last one at the summary."""
        return self.questions[min(self.position, len(self.questions) - 1)]

    @property
    def at_summary(self) -> bool:
        """Whether all questions were passed."""
        return self.position >= len(self.questions)

    @property
    def progress(self) -> str:
        """Where the voter is: "3 of 17"."""
        return f"{min(self.position + 1, len(self.questions))} of {len(self.questions)}"

    @property
    def left_out(self) -> int:
        """How many questions have no answer, don't know being one."""
        return sum(question.item not in self.answers for question in self.questions)

    @property
    def dots_left(self) -> int:
        """How many dots are not placed yet."""
        return self.dots - sum(self.answers.values())

    @property
    def chosen(self) -> int | None:
        """The answer to the present question; None where it has none."""
        return self.answers.get(self.question.item)

    def choose(self, answer: int | None) -> "Draft":
        """With an answer to the present question, or without one (left out); a number that is no option is ignored."""
        if answer is not None and not DONT_KNOW <= answer <= len(self.question.options):
            return self
        answers = {item: given for item, given in self.answers.items() if item != self.question.item}
        if answer is not None:
            answers[self.question.item] = answer
        return replace(self, answers=answers, typed="")

    def digit(self, digit: str) -> "Draft":
        """After a digit: it chooses the option of that number, 0 don't know where no option is called so.

        A digit after another may make a number of two digits on a long scale.
        """
        joined = int(self.typed + digit)
        longer = self.question.place_of(joined) if joined >= _TWO_DIGITS else None
        if longer is not None:
            return self.choose(longer)
        alone = self.question.place_of(int(digit))
        return replace(self if alone is None else self.choose(alone), typed=digit)

    def step(self, by: int) -> "Draft":
        """With the next or the previous option chosen; from no answer to the first option or the last."""
        options = len(self.question.options)
        present = self.chosen
        if present is None or present == DONT_KNOW:
            return self.choose(1 if by > 0 else options)
        return self.choose(max(1, min(present + by, options)))

    def comment(self, text: str) -> "Draft":
        """With a comment on the present question; an empty one takes it off."""
        comments = {item: given for item, given in self.comments.items() if item != self.question.item}
        if text.strip():
            comments[self.question.item] = text
        return replace(self, comments=comments)

    def put_dots(self, item: str, dots: int) -> "Draft":
        """With so many dots on a candidate, as far as there are any left."""
        present = self.answers.get(item, 0)
        wanted = max(0, min(dots, present + self.dots_left))
        answers = {other: given for other, given in self.answers.items() if other != item}
        return replace(self, answers=answers | ({item: wanted} if wanted else {}))

    def onward(self) -> "Draft":
        """The next page, or the summary where the page was opened from there."""
        if self.from_summary:
            return self.to_summary()
        return replace(self, position=min(self.position + 1, len(self.questions)), typed="")

    def back(self) -> "Draft":
        """The page before; the first one stays."""
        if self.from_summary:
            return self.to_summary()
        return replace(self, position=max(self.position - 1, 0), typed="")

    def to_summary(self) -> "Draft":
        """The summary."""
        return replace(self, position=len(self.questions), typed="", from_summary=False)

    def reopen(self, position: int) -> "Draft":
        """A page opened from the summary, to change it."""
        return replace(self, position=max(0, min(position, len(self.questions) - 1)), typed="", from_summary=True)

    def answers_to_send(self) -> Answers:
        """What goes into the ballot box."""
        return Answers(dict(self.answers), dict(self.comments), self.terms)

    def asks_as(self, other: "Draft") -> bool:
        """Whether two drafts are of the same vote: the same questions, word for word, on the same terms."""
        return (self.questions, self.dots, self.terms) == (other.questions, other.dots, other.terms)

    def promises_as(self, other: "Draft") -> bool:
        """Whether two drafts rest on the same promise."""
        mine, others = self.terms, other.terms
        if mine is None or others is None:
            return mine is others
        return (mine.privacy, mine.minimum_group) == (others.privacy, others.minimum_group)

    def renewed(self, fresh: "Draft") -> "Draft":
        """An empty draft of the vote as it is asked now, with what was answered to questions that are asked still.

        It stands at the first question that is new, else where it stood, or at the summary where that is asked no more.
        Dots that are more than there are go back.
        """
        known = {question.item for question in self.questions if question in fresh.questions}
        answers = {item: given for item, given in self.answers.items() if item in known}
        if fresh.kind == "dots" and sum(answers.values()) > fresh.dots:
            answers = {}
        comments = {item: given for item, given in self.comments.items() if item in known}
        end = len(fresh.questions)
        stood = end if self.at_summary or self.question not in fresh.questions else fresh.questions.index(self.question)
        new = (place for place, question in enumerate(fresh.questions) if question.item not in known)
        position = 0 if fresh.kind == "dots" else next(new, stood)
        return replace(fresh, answers=answers, comments=comments, position=position)


def draft_of(session: Session, held: Round, earlier: Ballot | None = None) -> Draft:
    """An empty draft for a round, or one with what stands on a ballot that shall be changed."""
    return Draft(
        held.kind,
        tuple(_question(session, held, item_id) for item_id in held.items),
        session.rules.dots if held.kind == "dots" else 0,
        {} if earlier is None else dict(earlier.answers),
        {} if earlier is None else dict(earlier.comments),
        terms=terms_of(session, held),
    )


def _question(session: Session, held: Round, item_id: str) -> Question:
    if held.kind == "dots":
        candidate = session.candidates.get(item_id)
        return Question(
            item_id, item_id if candidate is None else candidate.title, help=candidate.reason if candidate else ""
        )
    if held.kind == "ratings":
        dimension, candidate_id = rating_of(item_id)
        rated = session.candidates.get(candidate_id)
        options = tuple(Option(label) for label in RATING_OPTIONS[dimension])
        text = candidate_id if rated is None else rated.title
        return Question(item_id, text, RATING_QUESTIONS[dimension], options=options)
    if item_id == FEEDBACK_ITEM:
        return Question(item_id, FEEDBACK_QUESTION, options=tuple(Option(label) for label in FEEDBACK_OPTIONS))
    item = session.content.item(item_id)
    return Question(item_id, item.text, _heading(session, item), item.help, item.scale.options)


def _heading(session: Session, item: Item) -> str:
    """What self-test and theme a question belongs to."""
    instrument = next((found.title for found in session.content.instruments if item in found.items), "")
    return " · ".join(part for part in (instrument, item.theme) if part)


def answer_text(question: Question, answer: int | None) -> str:
    """An answer in words, for the voter's own eyes."""
    if answer is None:
        return "left out"
    return "don't know" if answer == DONT_KNOW else question.options[answer - 1].label
