"""Files that were damaged, mixed up or made to hurt: each is taken whole, or refused in words and changes nothing."""

import resource
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from types import FrameType

import pytest

from command_line import CommandLine
from workbook_files import workbook

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs an alarm")

CONTENT = Path(__file__).parents[2] / "content"
PATIENCE = 5
"""Seconds after which a file counts as one that hangs the program."""
ROOM = 300 * 1024 * 1024
"""Bytes of memory that reading any of them may take beyond those of the program."""

HURTING = (
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b'""', b"'", b"\r", b"\r\n\r\n", b"\t", b";", b",", b",,,,,,,,", b"=1+1",
    b"@SUM(A1)", b"\x1b[2J", b"\x1b]0;x\x07", "\u202e".encode(), "\u2028".encode(), "e\u0301".encode() * 30,
    b"[" * 400, b"{" * 400, b"a." * 4000, b"9" * 5000, b"-1", b"1e999", b"nan", b"inf", b"NULL", b"true", b"0x7f",
    "٣".encode(), b"5_0", b" 4 ", b"x" * 70_000, b"[[items]]\n", b"[pack]\n", b'id = "x"\n', b"#", b"participant,",
    b"\xc3\x28", b"\xed\xa0\x80", b"../../etc/passwd", b"{{ 7 * 7 }}", b"__class__",
)  # fmt: skip


def mutant(base: bytes, random: Random) -> bytes:
    """A file with a few things done to it: cut, doubled, swapped, overwritten, or with something hurtful put in."""
    data = bytearray(base)
    for _ in range(random.randint(1, 5)):
        start = random.randint(0, len(data))
        end = min(len(data), start + random.choice((1, 3, 20, 300)))
        piece = bytes(data[start:end])
        act = random.randrange(6)
        if act == 0:
            del data[start:end]
        elif act == 1:
            data[start:start] = piece * random.choice((1, 2, 40))
        elif act == 2:
            data[start:end] = random.choice(HURTING)
        elif act == 3:
            data[start:start] = random.choice(HURTING)
        elif act == 4:
            lines = bytes(data).splitlines(keepends=True)
            random.shuffle(lines)
            data = bytearray(b"".join(lines))
        else:
            data[start:end] = random.randbytes(end - start)
    return bytes(data)


@contextmanager
def within_bounds() -> Iterator[None]:
    """Fail where the program hangs or takes far too much memory."""

    def rung(number: int, frame: FrameType | None) -> None:
        pytest.fail(f"nothing came for {PATIENCE} seconds")

    before = signal.signal(signal.SIGALRM, rung)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    signal.alarm(PATIENCE)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
    unit = 1 if sys.platform == "darwin" else 1024
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory) * unit < ROOM


def tables(cli: CommandLine) -> list[bytes]:
    """A long and a wide table, a form's export as text, and one as a workbook."""
    people = [(f"Person {number}", ("Sales", "Support")[number % 2], number % 5 + 1) for number in range(12)]
    long = ["participant,unit,level,item,answer,comment,round"]
    long += [f"{name},{unit},Staff,{item},{answer},fine,1" for name, unit, answer in people for item in ("H1", "H2")]
    wide = ["participant;unit;H1;H2", *(f"{name};{unit};{answer};DK" for name, unit, answer in people)]
    form = ["ID,Email,Statement H1 holds for us.,Statement H2 holds for us."]
    form += [f"{place},a@example.org,{answer} - Agree,Agree" for place, (_, _, answer) in enumerate(people, start=1)]
    book = workbook({"Form1": [line.split(",") for line in form]})
    return [*("\n".join(lines).encode() for lines in (long, wide, form)), book]


def brought(cli: CommandLine, times: int) -> None:
    """Import mutants of tables into a session of which nothing must change where one is refused."""
    session = cli.done("new", "House", "--pack", cli.pack(("H1", "H2"))).strip()
    bases, random = tables(cli), Random(times)
    journal = cli.sessions / session / "session.journal"
    whole = journal.read_bytes()
    for number in range(times):
        path = cli.folder / ("votes.xlsx" if number % 4 == 3 else "votes.csv")
        path.write_bytes(mutant(bases[number % 4], random))
        with within_bounds():
            said = cli("import", session, path)
        assert said.code in (0, 1), (number, said)
        assert "Traceback" not in said.err
        if said.code:
            assert said.err.strip(), number
            assert journal.read_bytes() == whole, number
        journal.write_bytes(whole)


def checked(cli: CommandLine, times: int) -> None:
    """Check mutants of packs."""
    bases = [pack.read_bytes() for pack in sorted(CONTENT.glob("*.toml"))] + [cli.pack(("H1", "H2")).read_bytes()]
    random = Random(times)
    path = cli.folder / "pack.toml"
    for number in range(times):
        path.write_bytes(mutant(bases[number % len(bases)], random))
        with within_bounds():
            said = cli("packs", "check", path)
        assert said.code in (0, 1), (number, said)
        assert "Traceback" not in said.out + said.err


@pytest.mark.parametrize(("act", "times"), [(brought, 120), (checked, 60)])
def test_a_file_is_taken_or_refused_in_words(
    cli: CommandLine, act: Callable[[CommandLine, int], None], times: int
) -> None:
    act(cli, times)


@pytest.mark.campaign
@pytest.mark.parametrize(("act", "times"), [(brought, 3000), (checked, 5000)])
def test_thousands_of_files_are_taken_or_refused_in_words(
    cli: CommandLine, act: Callable[[CommandLine, int], None], times: int
) -> None:
    act(cli, times)
