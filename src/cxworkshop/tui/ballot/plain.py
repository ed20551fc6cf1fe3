"""Voting line by line, for screen readers and for terminals that cannot place text: the rules of the voting pages.

Every answer is a typed line. `?` explains, `back` goes back, `comment` takes a comment, Enter leaves a question out.
Nothing is drawn, moved or cleared but the answers themselves, which are gone before the next person begins.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from cxworkshop.domain.codes import read_code, spelled
from cxworkshop.domain.errors import CxWorkshopError
from cxworkshop.domain.promises import promise
from cxworkshop.domain.roster import find_by_name, known_groups
from cxworkshop.domain.session import Participant, Privacy, Round, Session
from cxworkshop.domain.text import clean_line, search_key
from cxworkshop.facilitation import key_phrase
from cxworkshop.facilitation.ports import Services, SessionStore, TerminalDoing
from cxworkshop.facilitation.voting import ABOUT_THE_VOTER, Receipt, Voter, ballot_to_change, cast_ballot, change_ballot
from cxworkshop.tui.ballot import words
from cxworkshop.tui.ballot.draft import Draft, answer_text, draft_of
from cxworkshop.tui.ballot.lines import Lines, standard_lines
from cxworkshop.tui.ballot.plain_asking import Stopped, number_in
from cxworkshop.tui.ballot.plain_questions import HELP, Answering

_KEPT = "Your answers are kept: send tries again, stop leaves without sending."


class _Released(Exception):
    """The facilitator took the terminal back."""


def run_plain(services: Services, store: SessionStore) -> int:
    """Vote on standard input and output until the facilitator ends it; gives the exit code.

    Raises:
        WrongUsage: Standard input or output is closed.
    """
    vote_plain(store, services, standard_lines())
    return 0


def vote_plain(store: SessionStore, services: Services, lines: Lines) -> None:
    """Take one ballot after the other until the facilitator ends it, or there are no more lines.

    Args:
        store: The session; it is looked at anew before each ballot.
        services: Gives the random source for codes.
        lines: The conversation with whoever sits there.
    """
    terminal = _Terminal(store, services, lines)
    try:
        while True:
            try:
                terminal.next_person()
            except KeyboardInterrupt:
                lines.forget()
                terminal.say("Nothing was sent. Whoever ends voting on this terminal types facilitator.")
    except (EOFError, _Released):
        lines.forget()
        terminal.say("Voting on this terminal has ended.")
    finally:
        store.terminals.withdraw()


class _Terminal(Answering):
    """One terminal in line mode."""

    def __init__(self, store: SessionStore, services: Services, lines: Lines) -> None:
        super().__init__(lines)
        self._store = store
        self._random = services.random
        self._clock = services.clock
        self._waits = False

    # Between ballots

    def next_person(self) -> None:
        """Everything from the neutral lines to the code of one person."""
        trouble = self._look()
        if trouble:
            self.say("", trouble)
            self._ask_neutral("Press Enter to look again: ")
            return
        if not self._waits:
            self._announce("free")
        session = self._store.session
        held = session.open_round
        self.say("", words.sitting(session))
        if held is None:
            self.say(words.waiting_plain(session))
            self._ask_neutral("Press Enter to look again: ")
            return
        if self._waits:
            self._wait()
            return
        self.say(
            words.HAND_OVER,
            words.invitation(session, held),
            words.turnout(session, self._store.box.count(held.key)),
        )
        typed = self._ask_neutral("Press Enter to begin, or type change to change a ballot by its code: ")
        # The prompt may have stood there for an hour, and another round may be open by now.
        self._look()
        present = self._store.session.open_round
        if present is None:
            self.say(words.waiting_plain(self._store.session))
            return
        if present != held:
            self.say(words.invitation(self._store.session, present))
        self._announce("voting")
        self._take_ballot(present, typed)

    def _take_ballot(self, held: Round, typed: str) -> None:
        """One ballot, filled in or changed, as it was asked for; anything else that was typed begins none."""
        try:
            if typed == "change":
                self._change(held)
            elif not typed:
                self._fill_in(held)
        except Stopped:
            self._lines.forget()
            self.say("Nothing was sent.")
        except CxWorkshopError as refused:
            self._lines.forget()
            self.say(str(refused))

    def _wait(self) -> None:
        """Let nobody begin until the facilitator says so, at the console or by the key phrase here."""
        if not self._store.session.rules.supervised:
            self._waits = False
            return
        self._announce("waiting")
        self.say(words.WAIT)
        typed = self._ask_neutral("Press Enter when the facilitator has let you, or type next: ")
        if (typed == "next" and self._phrase_given()) or self._store.terminals.released():
            self._waits = False

    def _phrase_given(self) -> bool:
        """Ask for the key phrase, where one is set, and say so where another was typed."""
        stored = self._store.session.rules.key_phrase
        if not stored or key_phrase.matches(self._lines.ask_secretly("The key phrase: "), stored):
            return True
        self.say("That is not the key phrase.")
        return False

    def _look(self) -> str:
        """Take in what is new in the session; gives why that cannot be done, or an empty text."""
        try:
            self._store.refresh()
        except CxWorkshopError as trouble:
            return str(trouble)
        return ""

    def _announce(self, doing: TerminalDoing) -> None:
        """Let the console see whether somebody votes here; lines cannot be covered."""
        self._store.terminals.announce(doing, self._clock())

    def _ask_neutral(self, prompt: str) -> str:
        """A line between two ballots; `facilitator` ends voting here, where the key phrase is given."""
        typed = self._lines.ask(prompt).strip().casefold()
        if typed != "facilitator":
            return typed
        if self._phrase_given():
            raise _Released
        return "-"

    # One ballot

    def _fill_in(self, held: Round) -> None:
        session = self._store.session
        voter = self._voter(session, held)
        self._promise()
        earlier = self._earlier_code(session, held)
        draft = self._look_over(held, self._answer(draft_of(session, held)))
        while True:
            ready = draft.answers_to_send()
            cast = partial(cast_ballot, self._store, held.key, voter, ready, random=self._random, earlier_code=earlier)
            refused = self._send(held, cast, words.thank_you)
            if refused is None:
                return
            if isinstance(refused, ABOUT_THE_VOTER):
                voter = self._voter(self._store.session, held)
                earlier = self._earlier_code(self._store.session, held)
            draft = self._look_over(held, draft)

    def _promise(self) -> None:
        """Say what is promised."""
        promised = promise(self._store.session.rules)
        self.say("", "What is promised:", *promised.kept, "What cannot be promised:", *promised.not_kept)

    def _change(self, held: Round) -> None:
        code = self._ask(f"{words.own_code(self._store.session)}: ")
        ballot = ballot_to_change(self._store, held.key, code)
        draft = self._look_over(held, self._answer(draft_of(self._store.session, held, ballot)))
        while self._send(
            held,
            partial(change_ballot, self._store, held.key, ballot.code, draft.answers_to_send()),
            words.changed,
        ):
            draft = self._look_over(held, draft)

    def _renewed(self, held: Round, draft: Draft) -> Draft:
        """The draft with what is asked now; the same one where nothing else is, or the round is not open."""
        self._look()
        found = self._store.session.open_round
        if found is None or found.key != held.key:
            return draft
        fresh = draft_of(self._store.session, found)
        return draft if draft.asks_as(fresh) else draft.renewed(fresh)

    def _send(self, held: Round, send: Callable[[], Receipt], thanks: Callable[[str], str]) -> CxWorkshopError | None:
        """Send, and say how that went; gives what was refused where it can be tried again."""
        try:
            receipt = send()
        except CxWorkshopError as refused:
            if self._is_closed(held):
                self._lines.forget()
                self.say(words.CLOSED_PLAIN)
                return None
            self.say("", str(refused), _KEPT)
            return refused
        self._lines.forget()
        use = words.use_of_code(self._store.session, held)
        self.say(thanks(receipt.code), f"The code letter by letter: {spelled(receipt.code)}.", use)
        self._waits = self._store.session.rules.supervised
        self._ask_neutral("Press Enter when you have noted it: ")
        self._lines.forget()
        return None

    def _is_closed(self, held: Round) -> bool:
        # A session that cannot be read just now is not thereby closed.
        self._look()
        present = self._store.session.open_round
        return present is None or present.key != held.key

    # Who it is

    def _voter(self, session: Session, held: Round) -> Voter:
        if session.rules.privacy is Privacy.ANONYMOUS:
            code = read_code(self._ask("The code you were handed: "))
            return self._with_groups(session, Voter(code=code))
        while True:
            name = clean_line(self._ask("Your name: "))
            if name in ("", "?"):
                self.say("Type your name as it stands on the list, or a part of it that only you have.")
                continue
            found = _matching(session, name)
            if len(found) > 1:
                self.say(f"Several people fit that; type more: {'; '.join(each.name for each in found[:8])}.")
                continue
            if found and self._agreed(f"You are {found[0].name}. yes or no:"):
                if self._store.box.has_voted(held.key, found[0].id):
                    self.say("You have voted; type change at the beginning to change your ballot by its code.")
                    raise Stopped
                return Voter(participant=found[0].id)
            known = find_by_name(session, name) is not None
            if not known and self._agreed(f"{name} is not on the list. Add this name? yes or no:"):
                return self._with_groups(session, Voter(name=name))

    def _with_groups(self, session: Session, voter: Voter) -> Voter:
        unit = self._group("Which part of the organisation are you from?", known_groups(session, "unit"))
        level = self._group("Which level are you on?", known_groups(session, "level"))
        return replace(voter, unit=unit, level=level)

    def _group(self, question: str, names: Sequence[str]) -> str:
        if not names:
            return ""
        self.say(
            question, *(f"{place} {name}" for place, name in enumerate(names, start=1)), "0 I would rather not say"
        )
        number = self._number("Number: ", len(names))
        return names[number - 1] if number else ""

    def _earlier_code(self, session: Session, held: Round) -> str:
        asked = words.earlier_code(session, held)
        return self._ask(f"{asked}, if you have it at hand, else Enter: ").strip() if asked else ""

    def _look_over(self, held: Round, draft: Draft) -> Draft:
        """The summary, until it shall be sent."""
        while True:
            self.say("", "Your ballot:")
            for number, question in enumerate(draft.questions, start=1):
                given = draft.answers.get(question.item)
                said = str(given or 0) if draft.kind == "dots" else answer_text(question, given)
                self.say(f"{number} {question.text} – {said}")
            self.say(words.dots_left(draft.dots_left) if draft.kind == "dots" else words.left_out(draft.left_out))
            typed = self._ask("send puts it into the box; a number changes that answer: ").strip().casefold()
            if typed == "send":
                present = self._renewed(held, draft)
                if present is draft:
                    return draft
                self.say("", words.CHANGED)
                if not draft.promises_as(present):
                    self.say("", words.PROMISE_CHANGED)
                    self._promise()
                draft = self._answer(present)
            elif typed == "?":
                self.say(*HELP)
            elif 1 <= (place := number_in(typed) or 0) <= len(draft.questions):
                opened = draft.reopen(place - 1)
                draft = self._dots(opened) if draft.kind == "dots" else self._one(opened).to_summary()
            else:
                self.say("Type send, or the number of an answer.")


def _matching(session: Session, name: str) -> list[Participant]:
    """The person of that name, else everybody whose name has it in it."""
    exact = find_by_name(session, name)
    if exact is not None:
        return [exact]
    people: Mapping[str, Participant] = session.participants
    return [person for person in people.values() if search_key(name) in search_key(person.name)]
