import json
from dataclasses import replace
from datetime import UTC
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxworkshop.domain.ballots import Ballot
from cxworkshop.domain.errors import DamagedSession, NotStorable
from cxworkshop.domain.session import (
    SCHEMA,
    About,
    Action,
    Candidate,
    Closing,
    Discussion,
    Live,
    Participant,
    Round,
    Rules,
    Session,
    Timer,
)
from cxworkshop.store import codec
from store.samples import CONTENT, ballot, new_session, rich_session

FINITE = st.floats(allow_nan=False, allow_infinity=False)
MOMENT = st.datetimes(timezones=st.just(UTC))


def keyed(kind: type, key: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.lists(st.from_type(kind), max_size=3).map(lambda values: {getattr(value, key): value for value in values})


def numbered(held: list[Round]) -> tuple[Round, ...]:
    prefix = {"self_test": ""}
    return tuple(
        replace(each, key=f"{prefix.get(each.kind, f'{each.kind}-')}{place}") for place, each in enumerate(held, 1)
    )


def sessions() -> st.SearchStrategy[Session]:
    return st.builds(
        Session,
        about=st.from_type(About),
        content=st.just(CONTENT),
        rules=st.builds(Rules, consensus_share=FINITE),
        units=st.from_type(tuple[str, ...]),
        levels=st.from_type(tuple[str, ...]),
        participants=keyed(Participant, "id"),
        rounds=st.lists(st.from_type(Round), max_size=2).map(numbered),
        live=st.builds(
            Live,
            timer=st.none() | st.builds(Timer, st.none() | MOMENT, st.none() | FINITE),
            used=st.dictionaries(st.text(), FINITE, max_size=3),
            since=st.none() | MOMENT,
        ),
        discussion=keyed(Discussion, "item"),
        candidates=keyed(Candidate, "id"),
        actions=keyed(Action, "id"),
        closing=st.from_type(Closing),
    )


def on_paper(document: Any) -> Any:
    """What becomes of a document in the journal."""
    return json.loads(json.dumps(document, allow_nan=False))


def apply(tables: dict[str, dict[str, Any]], writes: codec.Writes) -> None:
    for table, documents in writes.items():
        for key, document in documents.items():
            if document is None:
                del tables[table][key]
            else:
                tables.setdefault(table, {})[key] = on_paper(document)


def read(tables: dict[str, dict[str, Any]]) -> Session:
    fields: dict[str, Any] = {}
    for name in codec.SECTIONS:
        fields |= codec.decode_section(name, tables[codec.SESSION][name])
    for table, (field, _) in codec.COLLECTIONS.items():
        members = tables.get(table, {})
        fields[field] = codec.decode_members(table, members)
    return Session(**fields)


@settings(deadline=None, max_examples=60)
@given(sessions(), sessions())
def test_what_was_written_is_read_back_and_any_change_of_it_too(first: Session, second: Session) -> None:
    tables: dict[str, dict[str, Any]] = {}
    apply(tables, codec.writes_for(None, first))
    assert read(tables) == first
    apply(tables, codec.writes_for(first, second))
    assert read(tables) == second


@settings(deadline=None, max_examples=60)
@given(st.from_type(Ballot))
def test_a_ballot_is_read_back_as_it_was_cast(cast: Ballot) -> None:
    assert codec.decode_ballot(on_paper(codec.encode_ballot(cast))) == cast


def test_a_rich_session_is_read_back_with_its_order() -> None:
    tables: dict[str, dict[str, Any]] = {}
    session = rich_session()
    apply(tables, codec.writes_for(None, session))
    assert read(tables) == session
    assert list(read(tables).participants) == list(session.participants)
    assert tables["session"]["about"]["schema"] == SCHEMA


def test_only_what_differs_is_written() -> None:
    session = rich_session()
    equal_but_other = replace(session, actions=dict(session.actions), closing=replace(session.closing))
    assert codec.writes_for(session, equal_but_other) == {}

    changed = replace(
        session,
        live=replace(session.live, blank=False),
        participants={"p-ana": session.participants["p-ana"]},
        actions={**session.actions, "a2": replace(session.actions["a2"], state="dropped")},
    )
    writes = codec.writes_for(session, changed)
    assert {table: set(documents) for table, documents in writes.items()} == {
        "session": {"live"},
        "participants": {"p-omid"},
        "actions": {"a2"},
    }
    assert writes["participants"]["p-omid"] is None


@pytest.mark.parametrize(
    ("section", "document"),
    [
        ("about", {"schema": 1, "id": "x", "title": "t", "held": "yesterday"}),
        ("about", {"schema": 1}),
        ("rounds", {}),
        ("rounds", {"rounds": [{"key": "1", "kind": "ballot box", "items": []}]}),
        ("rounds", {"rounds": [{"key": "", "kind": "self_test", "items": []}]}),
        ("rounds", {"rounds": [{"key": "one", "kind": "self_test", "items": []}]}),
        ("rounds", {"rounds": [{"key": "1", "kind": "dots", "items": []}]}),
        ("rounds", {"rounds": [{"key": "1", "kind": "self_test", "items": []}] * 2}),
        ("groups", {"units": ["a"], "levels": "b"}),
        ("content", {"instruments": []}),
        ("live", {"step": "lunch"}),
        ("rules", {"minimum_group": "5"}),
    ],
)
def test_a_damaged_section_is_named(section: str, document: dict[str, Any]) -> None:
    with pytest.raises(DamagedSession, match=f"“{section}”"):
        codec.decode_section(section, document)


def test_a_damaged_ballot_is_refused_without_telling_what_it_says() -> None:
    with pytest.raises(DamagedSession, match="a ballot") as refusal:
        codec.decode_ballot({**codec.encode_ballot(ballot("KITE-42")), "answers": {"Q01": "secret"}})
    assert "KITE" not in str(refusal.value)
    assert "secret" not in str(refusal.value)


def test_what_could_not_be_opened_again_is_refused_before_it_is_written() -> None:
    session = new_session()
    for wrong in (
        replace(session, units=(1,)),  # type: ignore[arg-type]
        replace(session, live=Live(step="lunch")),  # type: ignore[arg-type]
        replace(session, actions={"a": Action("a", "x", due=object())}),  # type: ignore[arg-type]
    ):
        with pytest.raises(NotStorable, match="cannot be saved"):
            codec.writes_for(session, wrong)
    with pytest.raises(NotStorable):
        codec.encode_ballot(Ballot("1", "KITE-42", {"Q01": "4"}))  # type: ignore[dict-item]


@pytest.mark.parametrize("about", [{}, {"schema": None}, {"schema": "1"}, {"schema": True}, {"schema": -1}])
def test_a_session_without_a_schema_is_damaged(about: dict[str, Any]) -> None:
    with pytest.raises(DamagedSession, match="schema"):
        codec.schema_of(about)


def test_the_schema_of_a_new_session_is_the_present_one() -> None:
    assert codec.schema_of(codec.encode_section("about", new_session())) == SCHEMA
