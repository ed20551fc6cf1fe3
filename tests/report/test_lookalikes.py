"""Every document of two rooms that look alike: two people of different units exchange places, and all is the same.

The two answered alike but for one item, of which the same is shown in both rooms. So whatever a document took past
disclosure control, from the ballots themselves, would differ.
"""

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cxworkshop.cli.results_table import results_table
from cxworkshop.domain.ballots import Ballot
from cxworkshop.domain.published import results_of
from cxworkshop.domain.session import Round, Session
from cxworkshop.report.press import Press
from cxworkshop.report.results_json import results_document
from examples import CONTENT, example_session
from report.room import Box

PRESS = Press(lambda: datetime(2026, 11, 22, 12, tzinfo=UTC))
UNITS = ("North", "South", "West", "Tiny", "Few")
LEVELS = ("Board", "Staff")


def room(chance: random.Random) -> list[Ballot]:
    """About thirty people; the first of South answers as the first of North, but for one item."""
    ballots = [
        Ballot(
            "1",
            f"KITE-{unit}-{place}",
            {item.id: chance.choice((0, *range(1, len(item.scale) + 1), 2, 2, 2, 2)) for item in CONTENT.items},
            unit=unit,
            level=chance.choice(LEVELS) if place else "Staff",
        )
        for unit, size in zip(UNITS, (8, 9, chance.randint(6, 9), 3, 2), strict=True)
        for place in range(size)
    ]
    one, other = (next(place for place, own in enumerate(ballots) if own.unit == unit) for unit in ("North", "South"))
    differs = CONTENT.items[chance.randrange(len(CONTENT.items))].id
    ballots[one] = replace(ballots[one], answers={**ballots[other].answers, differs: 1})
    ballots[other] = replace(ballots[other], answers={**ballots[other].answers, differs: 2})
    return ballots


def with_places_exchanged(ballots: list[Ballot]) -> list[Ballot]:
    one, other = (next(place for place, own in enumerate(ballots) if own.unit == unit) for unit in ("North", "South"))
    after = list(ballots)
    after[one] = replace(ballots[one], answers=ballots[other].answers)
    after[other] = replace(ballots[other], answers=ballots[one].answers)
    return after


def documents(session: Session, ballots: list[Ballot]) -> Iterator[str]:
    """Everything that can be exported of a session."""
    box = Box({"1": ballots})
    result = results_of(session, box.ballots)
    yield json.dumps(results_document(session, result))
    yield results_table(session, result)
    for document in ("plan", "report"):
        for form in ("json", "markdown", "html", "csv"):
            yield PRESS.render(session, box, document, form)


def check_lookalikes(chance: random.Random, count: int) -> None:
    session = replace(
        example_session(),
        units=UNITS,
        levels=LEVELS,
        participants={},
        rounds=(Round("1", "self_test", tuple(item.id for item in CONTENT.items), "revealed"),),
    )
    found = 0
    for _ in range(20 * count):
        before = room(chance)
        after = with_places_exchanged(before)
        if results_of(session, Box({"1": before}).ballots) != results_of(session, Box({"1": after}).ballots):
            continue
        found += 1
        for one, other in zip(documents(session, before), documents(session, after), strict=True):
            assert one == other
        if found == count:
            return
    pytest.fail("too few rooms look alike")


def test_all_documents_of_rooms_that_look_alike_are_the_same() -> None:
    check_lookalikes(random.Random("documents"), 3)


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(10))
def test_all_documents_of_a_thousand_rooms_that_look_alike_are_the_same(seed: int) -> None:
    check_lookalikes(random.Random(f"documents {seed}"), 100)
