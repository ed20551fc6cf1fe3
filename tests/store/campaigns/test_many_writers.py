"""Many processes vote at once while some of them are killed."""

import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from cxworkshop.store.database import Database
from store.campaigns.history import BEGINNING

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")

WRITER = """
import os, sys
from pathlib import Path
from cxworkshop.store.database import Database
from cxworkshop.store.tables import document

folder, name, book = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
database = Database(folder)
acknowledged = os.open(book, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
number = 0
while not (folder / "stop").exists():
    key = f"{name}-{number}"
    with database.transaction():
        roll = database.table("participants").get(doc_id="p1")
        database.table("participants").update({"cast": roll.get("cast", 0) + 1}, doc_ids=["p1"])
        database.table("ballots").insert(document(key, {"of": name, "n": number, "text": "x" * (number % 700)}))
    os.write(acknowledged, f"{key}\\n".encode())
    number += 1
"""


def campaign(place: Path, writers: int, seconds: float, seed: int) -> tuple[int, int]:
    """Let them vote and kill one after the other, at even intervals; tells how many ballots and kills there were."""
    folder = place / "session"
    Database.create(folder, BEGINNING).close()
    chance = random.Random(seed)
    running: dict[str, subprocess.Popen[bytes]] = {}
    started = 0

    def start() -> None:
        nonlocal started
        name = f"w{started}"
        started += 1
        running[name] = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(WRITER), str(folder), name, str(place / name)]
        )

    for _ in range(writers):
        start()
    killed: set[str] = set()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(min(1.0, seconds / 4) * chance.uniform(0.5, 1.5))
        victim = chance.choice(sorted(running))
        process = running.pop(victim)
        process.send_signal(signal.SIGKILL)
        process.wait()
        killed.add(victim)
        start()
    (folder / "stop").touch()
    for process in running.values():
        assert process.wait(timeout=60) == 0
    (folder / "stop").unlink()
    return check(folder, place, [f"w{number}" for number in range(started)], killed), len(killed)


def check(folder: Path, place: Path, names: list[str], killed: set[str]) -> int:
    """What was acknowledged is there, each once; beside it at most one ballot of each writer that was killed."""
    database = Database(folder)
    assert not database.read_only
    present: dict[str, list[int]] = {name: [] for name in names}
    for found in database.table("ballots"):
        assert found["text"] == "x" * (found["n"] % 700)
        present[found["of"]].append(found["n"])
    for name in names:
        book = place / name
        kept = book.read_text().splitlines() if book.exists() else []
        count = len([line for line in kept if line.startswith(f"{name}-")])
        assert sorted(present[name]) == list(range(len(present[name]))), name
        assert count <= len(present[name]) <= count + (name in killed), name
    total = sum(map(len, present.values()))
    roll = database.table("participants").get(doc_id="p1")
    assert roll is not None
    assert roll["cast"] == total, "ballot and roll go together"
    database.close()
    return total


def test_nothing_is_lost_among_writers_that_are_killed(tmp_path: Path) -> None:
    ballots, kills = campaign(tmp_path, 4, 2, 1)
    assert ballots > 50
    assert kills >= 3


@pytest.mark.campaign
def test_nothing_is_lost_among_sixteen_writers_with_a_kill_a_second(tmp_path: Path) -> None:
    ballots, kills = campaign(tmp_path, 16, 30, 2)
    assert ballots > 1000
    assert kills >= 20
