"""Voting line by line, as a screen reader would read it."""

import errno
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from io import BytesIO, TextIOWrapper
from pathlib import Path
from random import Random

import pytest

from cxworkshop.domain import rounds
from cxworkshop.domain.errors import WrongUsage
from cxworkshop.domain.instruments import Instrument, Item, Option, Scale
from cxworkshop.domain.session import Candidate, Participant, Privacy, Rules, Session
from cxworkshop.facilitation import key_phrase
from cxworkshop.facilitation.acts import apply
from cxworkshop.facilitation.revealing import close_round, drop_round
from cxworkshop.store.disk import Disk
from cxworkshop.store.repository import SessionRepository
from cxworkshop.tui.ballot.lines import Lines
from cxworkshop.tui.ballot.plain import run_plain, vote_plain
from tui.sessions import CONTENT, HOSTILE, prepared, services, stored

FORGOTTEN = "(forgotten)"


class FillingDisk(Disk):
    """A disk that takes nothing while it is full."""

    full = False

    def write(self, descriptor: int, content: bytes) -> int:
        if self.full:
            raise OSError(errno.ENOSPC, "no space left on device")
        return super().write(descriptor, content)


def with_candidates(session: Session, *names: str) -> Session:
    return replace(session, candidates={name: Candidate(name, f"Candidate {name}", "own") for name in names})


def open_anew(store: SessionRepository, change: Callable[[Session], Session]) -> None:
    """Take the opening of the vote back and open it again after a change."""
    kind = store.session.rounds[-1].kind
    drop_round(store)
    apply(store, lambda session: (rounds.open_dots if kind == "dots" else rounds.open_first_round)(change(session)))


_MEANWHILE: dict[str, Callable[[SessionRepository], object]] = {
    "<closed>": close_round,
    "<one more>": lambda store: open_anew(store, lambda session: with_candidates(session, "c1", "c2", "c3")),
    "<open names>": lambda store: open_anew(store, lambda session: replace(session, rules=Rules(Privacy.OPEN))),
}
"""What happens in the room while the voter types send."""


class Dialogue:
    """Lines typed in turn; after the last one there are no more."""

    def __init__(self, folder: Path, session: Session | None = None) -> None:
        session = session or rounds.open_first_round(prepared())
        stored(folder, session).close()
        self._disk = FillingDisk()
        self.store = SessionRepository(folder / session.about.id, disk=self._disk)
        self.said: list[str] = []
        self.prompts: list[str] = []
        self.secrets: list[str] = []
        self._services = services(folder)
        self._before: dict[str, object] = {}

    def type(self, lines: Iterable[str]) -> "Dialogue":
        typed = iter(lines)

        def secretly(prompt: str) -> str:
            self.secrets.append(prompt)
            return read(prompt)

        def read(prompt: str) -> str:
            self.prompts.append(prompt)
            self.said.append(prompt)
            line = next(typed, None)
            if line is None:
                raise EOFError
            if line == "<control c>":
                raise KeyboardInterrupt
            if line in _MEANWHILE:
                _MEANWHILE[line](self.store)
                return "" if prompt.startswith("Press Enter to begin") else "send"
            if line in ("<full>", "<space>"):
                self._disk.full = line == "<full>"
                return "send"
            return line

        vote_plain(
            self.store,
            self._services,
            Lines(read, secretly, self.said.append, lambda: self.said.append(FORGOTTEN)),
        )
        return self

    @property
    def text(self) -> str:
        return "\n".join(self.said)


def test_a_whole_ballot(tmp_path: Path) -> None:
    dialogue = Dialogue(tmp_path).type(["", "ana", "yes", "2", "", "0", "comment", "because", "4", "send", ""])
    ballot = dialogue.store.box.ballots("1")[0]
    assert (dict(ballot.answers), dict(ballot.comments)) == ({"stage": 2, "q2": 0, "q3": 4}, {"q3": "because"})
    assert "Question 1 of 4." in dialogue.text
    assert "2 Explore" in dialogue.text
    assert "One question is left out." in dialogue.text
    assert f"Thank you, your code is {ballot.code}, please hand over." in dialogue.text


def test_a_scale_with_numbers_of_its_own_is_answered_by_them(tmp_path: Path) -> None:
    scale = Scale("likely", (Option("0 not at all"), *(Option(str(number)) for number in range(1, 10)), Option("10")))
    items = tuple(Item(f"q{place}", "How likely?", scale) for place in range(4))
    session = prepared(content=replace(CONTENT, instruments=(Instrument("i", "I", items),), models=()))
    dialogue = Dialogue(tmp_path, rounds.open_first_round(session))
    dialogue.type(["", "ana", "yes", "11", "10", "0", "d", "comment Because.", "DK", "send", ""])
    ballot = dialogue.store.box.ballots("1")[0]
    assert (dict(ballot.answers), dict(ballot.comments)) == ({"q0": 11, "q1": 1, "q2": 0, "q3": 0}, {"q3": "Because."})
    assert [line for line in dialogue.said if line in ("0 not at all", "1", "10", "d I don't know")][:4] == [
        *("0 not at all", "1", "10", "d I don't know")
    ]
    assert "Type a number from 0 to 10, d where you don't know, or ? for help." in dialogue.text


def test_the_answers_are_gone_before_the_code_and_before_the_next_person(tmp_path: Path) -> None:
    dialogue = Dialogue(tmp_path).type(["", "ana", "yes", "2", "", "", "", "send", ""])
    thanks = next(place for place, line in enumerate(dialogue.said) if line.startswith("Thank you"))
    assert dialogue.said[thanks - 1] == FORGOTTEN
    code = dialogue.store.box.ballots("1")[0].code
    after = dialogue.said[thanks + 4 :]
    assert after[0] == FORGOTTEN
    assert not any(code in line or "Explore" in line for line in after)


def test_back_help_again_and_refused_answers(tmp_path: Path) -> None:
    dialogue = Dialogue(tmp_path).type(
        ["", "ben", "yes", "?", "9", "x", "1", "back", "again", "3", "1", "1", "1", "2", "5", "send", ""]
    )
    assert dict(dialogue.store.box.ballots("1")[0].answers) == {"stage": 3, "q1": 5, "q2": 1, "q3": 1}
    assert dialogue.text.count("Type a number from 0 to 6, or ? for help.") == 2
    assert "So far: Ignore." in dialogue.text


def test_stopping_sends_nothing(tmp_path: Path) -> None:
    dialogue = Dialogue(tmp_path).type(["", "ben", "yes", "1", "stop"])
    assert "Nothing was sent." in dialogue.text
    assert dialogue.store.box.count("1") == 0


def test_nobody_votes_twice_and_a_ballot_is_changed_by_its_code(tmp_path: Path) -> None:
    dialogue = Dialogue(tmp_path).type(["", "ana", "yes", "1", "", "", "", "send", "", "", "ana", "yes"])
    assert "You have voted" in dialogue.text
    code = dialogue.store.box.ballots("1")[0].code
    dialogue.type(["change", code.lower(), "5", "", "", "", "send", ""])
    assert [dict(ballot.answers) for ballot in dialogue.store.box.ballots("1")] == [{"stage": 5}]


@pytest.mark.parametrize("stream", ["stdin", "stdout"])
def test_a_closed_stream_is_refused_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stream: str) -> None:
    # So Python finds a stream that was closed before it began.
    monkeypatch.setattr(sys, stream, None)
    with pytest.raises(WrongUsage, match="closed: run it in a terminal"):
        run_plain(services(tmp_path), stored(tmp_path))


def test_bytes_that_are_no_text_end_no_ballot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = stored(tmp_path, rounds.open_first_round(prepared()))
    typed = b"\nana\nyes\n\xff\xfe\n1\n\n\n\nsend\n\n"
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(typed), encoding="utf-8"))
    assert run_plain(services(tmp_path), store) == 0
    assert dict(store.box.ballots("1")[0].answers) == {"stage": 1}


def test_a_new_name_is_added_after_a_question_only(tmp_path: Path) -> None:
    dialogue = Dialogue(tmp_path).type(["", "Zoe", "no", "Zoe", "yes", "2", "0", "1", "", "", "", "send", ""])
    assert (dialogue.store.box.ballots("1")[0].unit, dialogue.store.box.ballots("1")[0].level) == ("Support", "")


def test_answers_outlive_a_refusal_at_sending(tmp_path: Path) -> None:
    dialogue = Dialogue(tmp_path).type(["", "ana", "yes", "2", "", "", "", "<full>", "2", "5", "send", "<space>", ""])
    assert dialogue.text.count("Your answers are kept") == 2
    ballots = dialogue.store.box.ballots("1")
    assert [dict(ballot.answers) for ballot in ballots] == [{"stage": 2, "q1": 5}]
    assert f"your code is {ballots[0].code}" in dialogue.text
    dialogue.type(["change", ballots[0].code, "3", "", "", "", "<full>", "<space>", ""])
    assert [dict(ballot.answers) for ballot in dialogue.store.box.ballots("1")] == [{"stage": 3, "q1": 5}]


def test_a_ballot_that_cannot_be_sent_can_be_left(tmp_path: Path) -> None:
    dialogue = Dialogue(tmp_path).type(["", "ana", "yes", "2", "", "", "", "<full>", "stop"])
    assert "Nothing was sent." in dialogue.text
    assert dialogue.prompts[-1].startswith("Press Enter to begin")


def test_numbers_of_any_length_are_answered(tmp_path: Path) -> None:
    long = "1" * 5000
    dialogue = Dialogue(tmp_path).type(
        ["", "Zoe", "yes", long, "1", long, "1", long, "1", "", "", "", long, "send", ""]
    )
    assert dict(dialogue.store.box.ballots("1")[0].answers) == {"stage": 1}
    assert "Type send, or the number of an answer." in dialogue.text


def test_an_unknown_code_in_an_anonymous_vote_is_asked_for_anew_at_the_end(tmp_path: Path) -> None:
    codes = {"p1": Participant("p1", code="KITE-42")}
    session = rounds.open_first_round(
        prepared(rules=Rules(privacy=Privacy.ANONYMOUS), participants=codes, units=(), levels=())
    )
    dialogue = Dialogue(tmp_path, session).type(["", "fox 11", "1", "", "", "", "send", "kite42", "send", ""])
    assert "That code was not handed out" in dialogue.text
    assert [dict(ballot.answers) for ballot in dialogue.store.box.ballots("1")] == [{"stage": 1}]


def test_what_is_neither_yes_nor_no_is_asked_again(tmp_path: Path) -> None:
    dialogue = Dialogue(tmp_path).type(["", "Zoe", "٣", "yes", "1", "1", "1", "", "", "", "send", ""])
    assert "Type yes or no." in dialogue.text
    assert dialogue.prompts.count("Your name: ") == 1


def test_dots(tmp_path: Path) -> None:
    dialogue = Dialogue(tmp_path, rounds.open_dots(with_candidates(prepared(), "c1", "c2", "c3")))
    dialogue.type(["", "ana", "yes", "2", "7", "7" * 5000, "back", "1", "", "2", "send", ""])
    assert dict(dialogue.store.box.ballots("dots-1")[0].answers) == {"c1": 1, "c3": 2}


def test_a_vote_opened_again_with_other_candidates_is_read_out_before_it_is_sent(tmp_path: Path) -> None:
    dialogue = Dialogue(tmp_path, rounds.open_dots(with_candidates(prepared(), "c1", "c2")))
    dialogue.type(["", "ana", "yes", "2", "1", "<one more>", "1", "", "1", "send", ""])
    assert "What is voted on was changed" in dialogue.text
    assert "3 of 3: Candidate c3" in dialogue.text
    assert [dict(each.answers) for each in dialogue.store.box.ballots("dots-1")] == [{"c1": 1, "c2": 1, "c3": 1}]


def test_a_promise_that_holds_no_longer_is_made_anew_before_anything_is_sent(tmp_path: Path) -> None:
    dialogue = Dialogue(tmp_path).type(["", "ana", "yes", "1", "", "", "", "<open names>", "stop"])
    changed = dialogue.text.index("the promise is shown anew")
    assert "Your name stays with your answers" in dialogue.text[changed:]
    assert "Your name stays with your answers" not in dialogue.text[:changed]
    assert dialogue.store.box.count("1") == 0


def test_who_begins_gets_the_vote_that_is_open_then(tmp_path: Path) -> None:
    dialogue = Dialogue(tmp_path, rounds.open_dots(with_candidates(prepared(), "c1", "c2")))
    dialogue.type(["<one more>", "ana", "yes", "", "", "3", "send", "", "<closed>"])
    assert [dict(each.answers) for each in dialogue.store.box.ballots("dots-1")] == [{"c3": 3}]
    assert "What is voted on was changed" not in dialogue.text
    assert dialogue.text.endswith("Voting on this terminal has ended.")
    assert "The vote is over" in dialogue.text


def test_a_vote_that_closes_before_sending_says_that_it_was_not_counted(tmp_path: Path) -> None:
    dialogue = Dialogue(tmp_path).type(["", "ana", "yes", "1", "", "", "", "<closed>"])
    assert "so it was not counted" in dialogue.text
    assert dialogue.store.box.count("1") == 0


def test_the_terminal_is_given_back_by_the_key_phrase(tmp_path: Path) -> None:
    rules = Rules(key_phrase=key_phrase.hashed("blue door", random=Random(1)))
    dialogue = Dialogue(tmp_path, rounds.open_first_round(prepared(rules=rules)))
    dialogue.type(["facilitator", "red", "facilitator", "Blue door", "never read"])
    assert dialogue.secrets == ["The key phrase: "] * 2
    assert dialogue.said[-1] == "Voting on this terminal has ended."


def test_control_c_gives_a_voter_neither_the_answers_nor_the_terminal(tmp_path: Path) -> None:
    dialogue = Dialogue(tmp_path).type(["", "ana", "yes", "4", "<control c>", "", "ben", "yes", *"1111", "send", ""])
    sent = next(place for place, line in enumerate(dialogue.said) if line.startswith("Nothing was sent."))
    assert dialogue.said[sent - 1] == FORGOTTEN
    assert [dict(ballot.answers) for ballot in dialogue.store.box.ballots("1")] == [
        dict.fromkeys(("stage", "q1", "q2", "q3"), 1)
    ]


def test_a_comment_may_stand_behind_its_word(tmp_path: Path) -> None:
    dialogue = Dialogue(tmp_path).type(["", "ana", "yes", "2", "Comment We start things", "", "", "", "send", ""])
    assert list(dialogue.store.box.ballots("1")[0].comments.values()) == ["We start things"]


def test_the_answers_are_gone_when_there_are_no_more_lines(tmp_path: Path) -> None:
    dialogue = Dialogue(tmp_path).type(["", "ana", "yes", "4"])
    assert dialogue.said[-2:] == [FORGOTTEN, "Voting on this terminal has ended."]


def test_waiting_for_a_vote(tmp_path: Path) -> None:
    dialogue = Dialogue(tmp_path, prepared()).type([""])
    assert dialogue.text.count("No vote is open yet") == 2


def test_after_a_vote_it_is_said_to_be_over(tmp_path: Path) -> None:
    dialogue = Dialogue(tmp_path, rounds.close_round(rounds.open_first_round(prepared()))).type([""])
    assert "The vote is over" in dialogue.text
    assert "No vote is open yet" not in dialogue.text


def test_hostile_names_reach_no_terminal(tmp_path: Path) -> None:
    hostile = f"{HOSTILE}\x1b]0;x\x07"
    people = {"p1": Participant("p1", hostile, hostile, hostile)}
    session = rounds.open_first_round(prepared(participants=people, units=(hostile,), levels=()))
    dialogue = Dialogue(tmp_path, session).type(["", "zed", "yes", "1", "", "", "", "send", "", "", "new", "yes", "1"])
    assert "\x1b" not in dialogue.text
    assert "[/b]" in dialogue.text


def test_a_name_typed_without_its_marks_is_found(tmp_path: Path) -> None:
    dialogue = Dialogue(tmp_path).type(["", "chloe", "yes", "2", "", "", "", "send", ""])
    assert "You are Chloé. yes or no: " in dialogue.prompts
    assert len(dialogue.store.session.participants) == 4
