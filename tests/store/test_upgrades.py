from types import MappingProxyType
from typing import Any

import pytest

from cxworkshop.domain.errors import DamagedSession
from cxworkshop.domain.session import SCHEMA
from cxworkshop.store.codec import Writes
from cxworkshop.store.upgrades import STEPS, StoredTables, Upgrade, upgrade


def split_name(tables: StoredTables) -> Writes:
    """A made-up step: `name` becomes `title`, and people without a table get one."""
    about = dict(tables["session"]["about"])
    about["title"] = about.pop("name")
    people = about.pop("people")
    return {"session": {"about": about}, "participants": {person: {"id": person} for person in people}}


def drop_dots(tables: StoredTables) -> Writes:
    """A made-up step that sees what the one before it has written."""
    return {"participants": {key: None for key in tables["participants"] if key == "bo"}, "roll": {}}


STEPS_OF_OLD: MappingProxyType[int, Upgrade] = MappingProxyType({0: split_name, 1: drop_dots})


def schema_0() -> dict[str, dict[str, dict[str, Any]]]:
    return {"session": {"about": {"schema": 0, "name": "Aurora", "people": ["ana", "bo"]}, "live": {"step": "close"}}}


def test_steps_follow_each_other_up_to_the_present_schema() -> None:
    assert upgrade(schema_0(), STEPS_OF_OLD, target=1) == {
        "session": {"about": {"schema": 1, "title": "Aurora"}},
        "participants": {"ana": {"id": "ana"}, "bo": {"id": "bo"}},
    }
    assert upgrade(schema_0(), STEPS_OF_OLD, target=2) == {
        "session": {"about": {"schema": 2, "title": "Aurora"}},
        "participants": {"ana": {"id": "ana"}, "bo": None},
        "roll": {},
    }


def test_an_upgrade_leaves_what_it_was_given_alone() -> None:
    tables = schema_0()
    upgrade(tables, STEPS_OF_OLD, target=2)
    assert tables == schema_0()


@pytest.mark.parametrize("schema", [SCHEMA, SCHEMA + 5])
def test_a_present_or_newer_session_is_left_as_it_is(schema: int) -> None:
    assert upgrade({"session": {"about": {"schema": schema}}}) == {}


@pytest.mark.parametrize("tables", [{}, {"session": {}}, {"session": {"about": {"schema": 0}}}])
def test_a_session_of_a_schema_that_never_was_is_damaged(tables: StoredTables) -> None:
    with pytest.raises(DamagedSession, match="schema"):
        upgrade(tables)


def test_there_is_a_step_from_every_schema_so_far() -> None:
    assert sorted(STEPS) == list(range(1, SCHEMA))
