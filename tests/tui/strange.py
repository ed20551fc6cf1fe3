"""Texts from anywhere, and a session that is made of them: past the edge, as in a file that somebody edited."""

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from rich.cells import cell_len
from textual.app import App

from cxworkshop.domain import rounds
from cxworkshop.domain.content import Benchmark, Content, Figure, Prompt, Role, StageShare, Strategy, Suggestion
from cxworkshop.domain.instruments import Instrument, Item, Option, Scale, Source
from cxworkshop.domain.last_time import LastTime
from cxworkshop.domain.maturity import MaturityModel, Stage
from cxworkshop.domain.session import About, Action, Candidate, Closing, Discussion, Live, Participant, Session, Step
from cxworkshop.domain.text import NAME_LIMIT, clean_line
from cxworkshop.facilitation.acts import apply
from cxworkshop.facilitation.revealing import close_round, reveal_round
from cxworkshop.store.repository import SessionRepository
from tui.driving import shown
from tui.sessions import AGENDA, NOON, prepared, stored
from tui.voted import SIXTEEN, put_ballots, usual_answers

PLAIN = "Zed"
"""What stands in every place where nothing is strange."""

TEXTS = (
    "[/x]",
    "[bold]a[/italic]",
    "[0] first",
    "[link=x unclosed [/b]",
    "[@click=app.quit]x[/]",
    "[",
    "]",
    "\\[x]\\",
    "Bob\x1b]0;other title\x07",
    "Bob\x1b]52;c;aGk=\x07",
    "\x1b[2J\x1b[H",
    "\x1b[?1049l\x1b[?25h",
    "\x1b[31mred",
    "\x1bP1$r\x1b\\",
    "\x1bc",
    "\x9b2J",
    "\x9d0;other title\x9c",
    "\x90x\x9c",
    "a\x00b",
    "\x07\x08\x0b\x0c\x0e\x0f\x7f",
    "a\rb",
    "tab\there",
    "two\nlines",
    "\u2028\u2029",
    "\u202eabc\u202c",
    "\u2066x\u2069\u200f\u061c",
    "👨‍👩‍👧‍👦 🏳️‍🌈 👩🏽‍🚀",
    "🇩🇪🇫🇷🔎",
    "❤️ ☎️ ✓ ★",
    "امید کریمی می‌خواهم",
    "שלום עולם",
    "日本語の名前は長い",
    "ｆｕｌｌｗｉｄｔｈ　＃",
    "e" + "\u0301" * 40,
    "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324\u031e\u0349",
    "\u0301 begins with a mark",
    "x" * 10_000,
    "word " * 2_000,
    "字" * 3_000,
    "\u200b\u200b\ufeff\u00ad",
    "\u200d\u200c",
    "﷽",
    "",
    " ",
    "{{ 6 * 7 }} %s {0} ${x}",
    "</script><b>&amp;",
    "$primary $text-muted",
    "\U000e0041\U000e0042",
    "\ue000 \U0010ffff",
    "-- --help",
    "x\n# Forged\n| a | b |",
    "[x](javascript:alert(1))",
    "=1+1",
    "../../etc/passwd",
)

RAW = tuple(chr(code) for code in (*range(0x20), *range(0x7F, 0xA0), *range(0x2028, 0x202F), *range(0x2066, 0x206A)))
"""What must not reach a terminal out of a text."""

_BORDERS = frozenset("│╭╮╰╯")


def in_turn(texts: Sequence[str], beginning: int = 0) -> Callable[[], str]:
    """Gives one text after the other, round and round."""
    turning = itertools.islice(itertools.cycle(texts), beginning, None)
    return lambda: next(turning)


def made_of(text: Callable[[], str]) -> Session:
    """A session in which every text is what `text` gives, with sixteen people of two units and two levels."""
    # What voters choose is looked up by its name, so these are as the edge leaves them.
    units, levels = ((group(text(), 1), group(text(), 2)), (group(text(), 3), group(text(), 4)))
    people = {
        f"p{place}": Participant(f"p{place}", f"{text()} {place}", units[place % 2], levels[place >= 5])
        for place in SIXTEEN
    }
    about = About("2026-11-21-strange", text(), NOON.date(), text(), text())
    return prepared(
        about=about,
        content=_content(text),
        units=units,
        levels=levels,
        participants=people,
        live=Live(Step.PREPARE),
        last_time=LastTime("2026-05-20-strange", text(), NOON.date()),
    )


def group(text: str, number: int) -> str:
    """The name of a unit or level."""
    return clean_line(f"{number} {text}", NAME_LIMIT)


def _content(text: Callable[[], str]) -> Content:
    source = Source(text(), text(), text(), 2026)
    agree = Scale("agree", tuple(Option(f"{text()}{place}", text()) for place in range(5)))
    stages = tuple(f"{text()}{place}" for place in range(6))
    six = Scale("six", tuple(Option(name, text()) for name in stages))
    items = (
        Item("stage", text(), six, theme=text(), help=text(), model="six"),
        Item("q1", text(), agree, theme=text(), help=text()),
        Item("q2", text(), agree, theme=text(), direction="bad"),
        Item("q3", text(), agree, theme=text()),
    )
    model = MaturityModel(
        "six",
        text(),
        "stage",
        tuple(Stage(name, text(), (text(),), text(), text(), (text(),)) for name in stages),
        source,
    )
    moments = [f"step:{step}" for step in Step] + [
        "pattern:unit_against_unit",
        "pattern:two_camps",
        "pattern:consensus",
    ]
    return Content(
        (Instrument("house", text(), items, source=source),),
        replace(AGENDA, title=text()),
        (model,),
        (
            Benchmark(
                *("b1", text(), text(), text(), text(), "self_placed", "high", text()),
                figures=(Figure(text(), 41.0),),
                shares=(StageShare((stages[0],), 20.0),),
                stage_names=stages,
                models=("six",),
                same_stages=True,
            ),
        ),
        tuple(Prompt(moment, (text(),), (text(),), (text(),), text()) for moment in moments),
        (Suggestion("s1", text(), text(), text(), model="six", stage=2),),
        (Role("lead", text(), "business", (text(),)), Role("cio", text(), "technology", (text(),))),
        (Strategy("cx", text(), 1, text()),),
    )


def opened(folder: Path, text: Callable[[], str]) -> SessionRepository:
    """A store in which people vote on strange questions."""
    store = stored(folder, made_of(text))
    apply(store, rounds.open_first_round)
    return store


def talked_over(folder: Path, text: Callable[[], str]) -> SessionRepository:
    """A store after the whole sitting: voted, discussed, planned."""
    store = opened(folder, text)
    put_ballots(store, usual_answers(), text())
    close_round(store)
    reveal_round(store)

    def talk(session: Session) -> Session:
        discussion = {
            "q1": Discussion("q1", "parked", (text(), text()), (text(), text())),
            "q2": Discussion("q2", "open", (text(),)),
        }
        candidates = {
            name: Candidate(name, text(), "own", text(), ("q1",), chosen=name == "a") for name in ("a", "b", "c")
        }
        actions = {
            name: Action(
                *(name, text(), text(), NOON.date(), text(), text(), text(), text()),
                items=("q1",),
                candidate="a",
                obstacle=text(),
                resources=(text(),),
                note=text(),
                since=NOON.date() if name == "y" else None,
            )
            for name in ("x", "y")
        }
        closing = Closing(text(), NOON.date(), ("lead",), (text(),))
        return replace(session, discussion=discussion, candidates=candidates, actions=actions, closing=closing)

    apply(store, talk)
    return store


def frame(app: App[object]) -> list[tuple[int, int, str]]:
    """The corners and sides of the outermost boxes by line and cell, and the line of keys."""
    lines = shown(app).splitlines()
    found = []
    for row, line in enumerate(lines):
        cells = [(cell_len(line[:place]), sign) for place, sign in enumerate(line) if sign in _BORDERS]
        found += [(row, column, sign) for column, sign in (*cells[:1], *cells[-1:])]
    return [*found, *((len(lines), 0, line) for line in lines[-1:] if line.endswith("help"))]


def raw_in(shown_text: str) -> set[str]:
    """What a terminal would obey, of what is on a screen."""
    return set(shown_text.replace("\n", "")) & set(RAW)


def wide_as(app: App[Any], columns: int) -> Iterable[str]:
    """The lines of the screen that are wider than the window."""
    return [line for line in shown(app).splitlines() if cell_len(line) > columns]
