"""The questions of a ballot line by line: options by their numbers, dots, comments."""

from cxworkshop.domain.instruments import DONT_KNOW
from cxworkshop.tui.ballot import words
from cxworkshop.tui.ballot.draft import Draft, Question, answer_text
from cxworkshop.tui.ballot.plain_asking import Asking, number_in

_UNKNOWN_WORDS = frozenset({"d", "dk"})
"""What says that somebody doesn't know, whatever the numbers of a scale are."""

HELP = (
    "Type the number of your answer and press Enter. 0 means that you don't know; where 0 is an answer, type d.",
    "Enter alone leaves the question out. back goes to the question before. again repeats the question.",
    "comment lets you write a comment; what stands behind the word is one already.",
    "stop leaves the ballot; nothing of it is sent.",
)


class Answering(Asking):
    """Fills in a draft question by question."""

    def _answer(self, draft: Draft) -> Draft:
        self.say("", "Type ? for help at any time.")
        while not draft.at_summary:
            draft = self._dots(draft) if draft.kind == "dots" else self._one(draft)
        return draft

    def _one(self, draft: Draft) -> Draft:
        """One question, until it is answered, left out or left."""
        self._tell(draft)
        while True:
            line = self._ask("Your answer: ").strip()
            typed = line.casefold()
            word, _, behind = line.partition(" ")
            if not typed:
                return draft.onward()
            if typed == "back":
                return draft.back()
            if word.casefold() == "comment" and draft.kind != "ratings":
                draft = draft.comment(behind.strip() or self._lines.ask("Your comment: "))
                self.say("The comment is kept. Now your answer.")
            elif typed == "again":
                self._tell(draft)
            elif (answer := _answer_in(typed, draft.question)) is not None:
                return draft.choose(answer).onward()
            elif typed == "?":
                self.say(*HELP)
            else:
                self.say(_what_to_type(draft.question))

    def _tell(self, draft: Draft) -> None:
        question = draft.question
        self.say("", f"Question {draft.progress}.", question.text)
        if question.help:
            self.say(question.help)
        mark = ":" if question.is_misnumbered else ""
        if mark:
            self.say(words.NUMBER_IN_FRONT)
        for each, option in zip(question.called, question.options, strict=True):
            line = f"{each.number}{mark} {each.words}".rstrip()
            self.say(line + (f": {option.anchor}" if option.anchor else ""))
        self.say(f"{'d' if question.zero_is_an_option else 0}{mark} I don't know")
        if draft.chosen is not None:
            self.say(f"So far: {answer_text(question, draft.chosen)}.")

    def _dots(self, draft: Draft) -> Draft:
        """All candidates, one after the other."""
        self.say("", "Where should we begin? Give each candidate a number of dots; Enter gives none.")
        place = 0
        while place < len(draft.questions):
            question = draft.questions[place]
            self.say("", words.dots_left(draft.dots_left), f"{place + 1} of {len(draft.questions)}: {question.text}")
            typed = self._ask("Dots: ").strip().casefold()
            if typed == "back":
                place = max(place - 1, 0)
            elif not typed:
                place += 1
            elif (dots := number_in(typed)) is not None and self._fits(draft, question, dots):
                draft = draft.put_dots(question.item, dots)
                place += 1
            else:
                self.say("Type a number of dots that are left, Enter for none, or back.")
        return draft.to_summary()

    @staticmethod
    def _fits(draft: Draft, question: Question, dots: int) -> bool:
        return dots <= draft.dots_left + draft.answers.get(question.item, 0)


def _answer_in(typed: str, question: Question) -> int | None:
    """The answer that was typed: an option from 1, or don't know; None where it is none."""
    if typed in _UNKNOWN_WORDS:
        return DONT_KNOW
    number = number_in(typed)
    return None if number is None else question.place_of(number)


def _what_to_type(question: Question) -> str:
    lowest, highest = question.numbers
    if question.zero_is_an_option:
        return f"Type a number from {lowest} to {highest}, d where you don't know, or ? for help."
    return f"Type a number from {min(lowest, DONT_KNOW)} to {highest}, or ? for help."
