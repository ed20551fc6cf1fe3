"""One participant votes on eight terminals in the same moment: one ballot is in, and the others are told so."""

import subprocess
import sys
import textwrap
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from random import Random
from threading import Barrier, Thread

import pytest

from cxworkshop.domain.errors import AlreadyVoted
from cxworkshop.domain.session import Participant, Session
from cxworkshop.facilitation.voting import Answers, Voter, cast_ballot
from cxworkshop.store.catalogue import FolderCatalogue
from cxworkshop.store.repository import SessionRepository
from store.samples import voting_session

TERMINALS = 8


def voting(people: int) -> Session:
    """A session with an open round and so many people."""
    named = {f"p{number}": Participant(f"p{number}", f"Person {number}") for number in range(people)}
    return replace(voting_session(), participants=named)


def race(folder: Path, person: str, seed: int) -> tuple[list[str], int]:
    """One race of threads, each with the session opened for itself; the codes given, and how many were refused."""
    start = Barrier(TERMINALS)
    codes: list[str] = []
    refused: list[str] = []

    def vote(place: int) -> None:
        with closing(SessionRepository(folder)) as store:
            start.wait(30)
            try:
                receipt = cast_ballot(store, "1", Voter(participant=person), Answers(), random=Random(seed + place))
            except AlreadyVoted as error:
                refused.append(str(error))
            else:
                codes.append(receipt.code)

    terminals = [Thread(target=vote, args=(place,)) for place in range(TERMINALS)]
    for terminal in terminals:
        terminal.start()
    for terminal in terminals:
        terminal.join(60)
    return codes, len(refused)


def made(place: Path, people: int) -> Path:
    """The folder of a session that is open for voting."""
    with closing(FolderCatalogue(place).create(voting(people))) as store:
        return place / store.session.about.id


def campaign(place: Path, races: int) -> None:
    """Races of one person after the other; after each there is one more ballot, under the one code that was given."""
    folder = made(place, races)
    with closing(SessionRepository(folder)) as watching:
        for number in range(races):
            codes, refused = race(folder, f"p{number}", TERMINALS * number)
            assert (len(codes), refused) == (1, TERMINALS - 1), number
            watching.refresh()
            assert watching.box.count("1") == number + 1
            assert watching.box.ballot("1", codes[0]) is not None
            assert watching.box.has_voted("1", f"p{number}")
        assert watching.warnings == ()


def test_a_person_on_eight_terminals_at_once_has_one_ballot(tmp_path: Path) -> None:
    campaign(tmp_path, 8)


@pytest.mark.campaign
def test_two_hundred_people_on_eight_terminals_at_once_have_one_ballot_each(tmp_path: Path) -> None:
    campaign(tmp_path, 200)


PROCESS = """
import sys
from pathlib import Path
from random import Random
from cxworkshop.domain.errors import AlreadyVoted
from cxworkshop.facilitation.voting import Answers, Voter, cast_ballot
from cxworkshop.store.repository import SessionRepository

store = SessionRepository(Path(sys.argv[1]))
for line in sys.stdin:
    try:
        cast_ballot(store, "1", Voter(participant=line.strip()), Answers(), random=Random(int(sys.argv[2])))
    except AlreadyVoted:
        print("refused", flush=True)
    else:
        print("cast", flush=True)
"""


def races_of_processes(place: Path, races: int) -> None:
    """The same among processes, each of which holds the session open from race to race."""
    folder = made(place, races)
    terminals = [
        subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(PROCESS), str(folder), str(number)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(TERMINALS)
    ]
    try:
        for number in range(races):
            said = []
            for terminal in terminals:
                assert terminal.stdin is not None
                terminal.stdin.write(f"p{number}\n")
                terminal.stdin.flush()
            for terminal in terminals:
                assert terminal.stdout is not None
                said.append(terminal.stdout.readline().strip())
            assert sorted(said) == ["cast", *["refused"] * (TERMINALS - 1)], number
    finally:
        for terminal in terminals:
            with suppress(BrokenPipeError), terminal:
                terminal.kill()
    with closing(SessionRepository(folder)) as watching:
        assert watching.box.count("1") == races
        assert len(watching.box.voted("1")) == races


def test_a_person_on_eight_terminals_of_their_own_process_has_one_ballot(tmp_path: Path) -> None:
    races_of_processes(tmp_path, 8)


@pytest.mark.campaign
def test_two_hundred_people_on_eight_processes_have_one_ballot_each(tmp_path: Path) -> None:
    races_of_processes(tmp_path, 200)
