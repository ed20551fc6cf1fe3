# ruff: noqa: INP001 - a script, not a package
"""Takes the pictures in docs/pictures from the program itself: `python docs/take_pictures.py`; `--check` only compares.

A rehearsal with a fixed seed and a clock that stands still is walked through by keys, so the pictures are the same each
time. They load nothing from elsewhere: the font is whichever fixed-width one the reader has.
"""

import asyncio
import re
import sys
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from textual.app import App

from cxworkshop.cli.wiring import Workshop
from cxworkshop.domain import flow, plan, priorities, rounds
from cxworkshop.domain.published import results_of
from cxworkshop.domain.session import Action, Session, Step
from cxworkshop.facilitation import preparing, rehearsal
from cxworkshop.facilitation.acts import apply
from cxworkshop.facilitation.ports import Services, SessionStore
from cxworkshop.facilitation.revealing import close_round, reveal_round
from cxworkshop.tui.ballot.app import VoteApp
from cxworkshop.tui.console.app import ConsoleApp

FOLDER = Path(__file__).with_name("pictures")
GUIDE = Path(__file__).with_name("writing-packs.md")
SIZE = (110, 34)
NINE = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
PEOPLE = 24
SEED = 7

_WHOLE_PACK = re.compile(r"```toml\n(.*?)```", re.DOTALL)
_FROM_ELSEWHERE = re.compile(r"\s*(@font-face \{.*?\}|<!-- Generated with Rich .*?-->)\n", re.DOTALL)


def clock() -> datetime:
    """A clock that stands still."""
    return NINE


async def picture(app: App[None], *keys: str) -> str:
    """What an application shows after some keys, as SVG."""
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        await pilot.pause()
        drawn = app.export_screenshot(title="cxworkshop", simplify=True)
    return _FROM_ELSEWHERE.sub("\n", drawn).rstrip() + "\n"


async def pictures(folder: Path) -> Mapping[str, str]:
    """Every picture by its name, from a rehearsal made in a folder.

    Args:
        folder: Where the rehearsal may lie; it is used up.
    """
    parts = Workshop(folder, Random(SEED))  # noqa: S311 - simulated people need no secrecy
    parts.clock = clock
    prepared = replace(
        rehearsal.rehearsal(parts.library.content("90"), PEOPLE, NINE.date()), organisation="Aurora Telecom"
    )
    session = preparing.new_session(replace(prepared, title="CX maturity"), random=parts.random)
    services = parts.services
    taken: dict[str, str] = {}
    with closing(parts.catalogue.create(session)) as store:
        _vote(store, services, Step.SELF_TEST)
        close_round(store)
        reveal_round(store)
        _stand_at(store, Step.REVEAL)
        taken["reveal"] = await picture(ConsoleApp(services, store))
        taken["map"] = await picture(ConsoleApp(services, store), "2")
        _stand_at(store, Step.DISAGREEMENTS)
        taken["disagreements"] = await picture(ConsoleApp(services, store))
        _plan(store, services)
        taken["plan"] = await picture(ConsoleApp(services, store))
    fresh = preparing.new_session(prepared, random=parts.random)
    with closing(parts.catalogue.create(fresh)) as store:
        _stand_at(store, Step.SELF_TEST)
        apply(store, rounds.open_first_round)
        who = _typed(next(iter(store.session.participants.values())).name)
        keys = ("enter", *who, "enter", "enter", "2", "enter", "2", "enter", "4")
        taken["ballot"] = await picture(VoteApp(services, store), *keys)
    return taken | await _of_the_guides_pack(folder, parts)


async def _of_the_guides_pack(folder: Path, parts: Workshop) -> Mapping[str, str]:
    """What the pack of the guide for authors becomes on a ballot: the question for a stage, and one of a scale."""
    file = folder / "house-survey.toml"
    file.write_text(_WHOLE_PACK.findall(GUIDE.read_text(encoding="utf-8"))[0], encoding="utf-8")
    content = parts.library.content("45", (str(file),))
    session = preparing.new_session(rehearsal.rehearsal(content, PEOPLE, NINE.date()), random=parts.random)
    taken: dict[str, str] = {}
    with closing(parts.catalogue.create(session)) as store:
        _stand_at(store, Step.SELF_TEST)
        apply(store, rounds.open_first_round)
        who = _typed(next(iter(store.session.participants.values())).name)
        begun = ("enter", *who, *("enter",) * 2)
        for name, before in (("pack-stages", 2), ("pack-ballot", 3)):
            taken[name] = await picture(VoteApp(parts.services, store), *begun, *("1", "enter") * before, "2")
    return taken


def _typed(text: str) -> list[str]:
    return ["space" if character == " " else character for character in text]


def _stand_at(store: SessionStore, step: Step) -> None:
    apply(store, lambda session: flow.go_to(session, step, NINE))


def _vote(store: SessionStore, services: Services, step: Step) -> None:
    """Open round 1 and let everybody vote."""
    _stand_at(store, step)
    apply(store, rounds.open_first_round)
    while rehearsal.vote_next(store, random=services.random):
        pass


def _plan(store: SessionStore, services: Services) -> None:
    """Candidates, dots, two priorities and three actions."""
    _stand_at(store, Step.PLAN)
    result = results_of(store.session, store.box.ballots)
    apply(store, lambda session: priorities.add_candidates(session, priorities.proposed(session, result)))
    apply(store, rounds.open_dots)
    while rehearsal.vote_next(store, random=services.random):
        pass
    close_round(store)
    reveal_round(store)
    chosen = list(store.session.candidates)[:2]
    for candidate in chosen:
        apply(store, partial(priorities.choose, candidate_id=candidate, chosen=True))
    for action in _actions(store.session, chosen):
        apply(store, partial(plan.add_action, action=action))


def _actions(session: Session, chosen: list[str]) -> list[Action]:
    people = [person.name for person in session.participants.values()]
    return [
        Action(
            "a1", "Meet monthly with all heads", people[0], date(2026, 12, 18), "Meetings held", candidate=chosen[0]
        ),
        Action("a2", "Let the front line refund up to 50 euros", people[5], date(2027, 1, 15), "Solved at once"),
        Action("a3", "Ask ten customers a week", people[9], date(2027, 3, 31), "Calls held", candidate=chosen[1]),
    ]


def main() -> int:
    """Write the pictures, or with `--check` tell which are not current; gives the exit code."""
    with TemporaryDirectory() as folder:
        taken = asyncio.run(pictures(Path(folder)))
    if "--check" in sys.argv[1:]:
        old = [name for name, svg in taken.items() if _present(name) != svg]
        if old:
            sys.stderr.write(f"Not current: {', '.join(old)}; run python docs/take_pictures.py and look at them.\n")
        return 1 if old else 0
    FOLDER.mkdir(exist_ok=True)
    for name, svg in taken.items():
        (FOLDER / f"{name}.svg").write_text(svg, encoding="utf-8", newline="\n")
    return 0


def _present(name: str) -> str:
    path = FOLDER / f"{name}.svg"
    return path.read_text(encoding="utf-8") if path.exists() else ""


if __name__ == "__main__":
    sys.exit(main())
