import re
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from cxworkshop.domain import rounds
from cxworkshop.domain.ballots import ImportedBallot
from cxworkshop.domain.errors import (
    AlreadyVoted,
    InvalidName,
    InvalidValue,
    NoOpenRound,
    RoundNotRevealed,
    UnknownCode,
)
from cxworkshop.domain.published import change_since_first, results_of
from cxworkshop.domain.session import Privacy
from cxworkshop.facilitation.acts import apply
from cxworkshop.facilitation.importing import import_ballots, import_in_words
from cxworkshop.facilitation.ports import SessionStore
from cxworkshop.facilitation.preparing import ballots_in, with_codes
from cxworkshop.facilitation.revealing import close_round, reveal_round
from cxworkshop.facilitation.voting import Answers, Voter, cast_ballot
from examples import OpenSession


def ballot(
    name: str, fix: int, unit: str = "Sales", *, number: int | None = None, line: int = 2, code: str = ""
) -> ImportedBallot:
    return ImportedBallot(name, unit, "Staff", number, {"fix": fix}, {}, line, code)


def test_ballots_from_a_file_open_round_one_and_fill_it(store: SessionStore, random: Random) -> None:
    summary = import_ballots(store, [ballot("Ann", 1), ballot("person 1", 5, "Support")], random=random)
    assert (summary.round, summary.ballots, summary.answers, summary.new_participants) == (1, 2, 2, 1)
    assert store.session.open_round is not None
    assert store.box.count("1") == 2


def test_a_dry_run_checks_everything_and_leaves_no_trace(store: SessionStore, random: Random) -> None:
    before = store.session
    assert import_ballots(store, [ballot("Ann", 1)], random=random, dry_run=True).ballots == 1
    assert store.session == before
    with pytest.raises(InvalidName):
        import_ballots(store, [ballot("Ann", 1, "Marketing")], random=random, dry_run=True)


def test_one_bad_ballot_refuses_them_all(store: SessionStore, random: Random) -> None:
    before = store.session
    with pytest.raises(InvalidName, match=r"Line 9, column unit: “Marketing” .* Sales, Support"):
        import_ballots(store, [ballot("Ann", 1), ballot("Bob", 1, "Marketing", line=9)], random=random)
    assert (store.session, store.box.count("1")) == (before, 0)


def test_nobody_is_moved_to_another_unit_by_a_file(store: SessionStore, random: Random) -> None:
    person = store.session.participants["p1"]
    other = next(unit for unit in store.session.units if unit != person.unit)
    with pytest.raises(
        InvalidName, match=f"Line 4, column unit: “{other}” stands here and “{person.unit}” on the roster"
    ):
        import_ballots(store, [ballot(person.name, 1, other, line=4)], random=random)
    import_ballots(store, [ballot(person.name, 1, "")], random=random)
    assert [each.unit for each in store.box.ballots("1")] == [person.unit]


def test_somebody_with_a_ballot_is_refused_by_line(store: SessionStore, random: Random) -> None:
    apply(store, rounds.open_first_round)
    cast_ballot(store, "1", Voter("p1"), Answers({"fix": 2}), random=random)
    with pytest.raises(AlreadyVoted, match=r"Line 7: Person 1"):
        import_ballots(store, [ballot("Person 1", 1, "Support", line=7)], random=random)


def test_a_file_that_mixes_rounds_needs_the_round(store: SessionStore, random: Random) -> None:
    mixed = [ballot("Ann", 1, number=1), ballot("Ann", 2, number=2)]
    with pytest.raises(InvalidValue, match="--round"):
        import_ballots(store, mixed, random=random)
    import_ballots(store, mixed, random=random, round_number=1)
    with pytest.raises(InvalidValue, match="Round 1 is open"):
        import_ballots(store, mixed, random=random, round_number=2)
    close_round(store)
    reveal_round(store)
    import_ballots(store, mixed, random=random, round_number=2)
    close_round(store)
    reveal_round(store)
    assert results_of(store.session, store.box.ballots, 1).item("fix").counts == (1, 0, 0, 0, 0)
    assert results_of(store.session, store.box.ballots, 2).item("fix").counts == (0, 1, 0, 0, 0)
    assert store.session.rounds[-1].items == ("fix",)


def test_a_closed_round_takes_no_more(store: SessionStore, random: Random) -> None:
    import_ballots(store, [ballot("Ann", 1)], random=random)
    close_round(store)
    with pytest.raises(NoOpenRound, match="Round 1 is closed"):
        import_ballots(store, [ballot("Bob", 1)], random=random, round_number=1)
    with pytest.raises(InvalidValue, match="Round 2 comes next"):
        import_ballots(store, [ballot("Bob", 1)], random=random, round_number=3)


def test_units_of_the_file_are_taken_where_none_are_declared(make_store: OpenSession, random: Random) -> None:
    store = make_store(people=0)
    apply(store, lambda session: replace(session, units=(), levels=()))
    summary = import_ballots(store, [ballot("Ann", 1, "North"), ballot("Bob", 2, "NORTH")], random=random)
    assert (summary.new_units, summary.new_levels) == (("North",), ("Staff",))
    assert {each.unit for each in store.box.ballots("1")} == {"North"}


def test_a_file_that_declares_units_leaves_none_of_the_roster_out(store: SessionStore, random: Random) -> None:
    apply(store, lambda session: replace(session, units=(), levels=()))
    summary = import_ballots(store, [ballot("Fay", 1, "Field")], random=random)
    assert summary.new_units == ("Sales", "Support", "Field")
    assert "Units taken from the roster and the file: Sales, Support, Field." in import_in_words(summary)
    import_ballots(store, [ballot("Person 1", 2, "Support", line=3)], random=random)
    assert store.box.count("1") == 2


def test_a_unit_that_people_of_the_roster_have_is_one_though_it_is_not_declared(
    store: SessionStore, random: Random
) -> None:
    apply(store, lambda session: replace(session, units=("Sales",)))
    import_ballots(store, [ballot("Person 1", 1, "support"), ballot("Gil", 2, "Support")], random=random)
    assert {each.unit for each in store.box.ballots("1")} == {"Support"}
    with pytest.raises(InvalidName, match="choose one of: Sales, Support"):
        import_ballots(store, [ballot("Hal", 1, "Marketing")], random=random)


def test_anonymous_files_bring_handed_out_codes_and_nothing_else(make_store: OpenSession, random: Random) -> None:
    store = make_store(privacy=Privacy.ANONYMOUS)
    apply(store, lambda session: with_codes(session, 2, random=random))
    code = next(iter(store.session.participants.values())).code
    import_ballots(store, [ballot(code.lower().replace("-", " "), 3)], random=random)
    handed = {person.code for person in store.session.participants.values()}
    assert not handed & {each.code for each in store.box.ballots("1")}
    assert store.box.voted("1") == {next(iter(store.session.participants))}
    assert ballots_in(store) == 1
    with pytest.raises(AlreadyVoted, match="Line 2"):
        import_ballots(store, [ballot(code, 3)], random=random)
    for name in ("Annabel Smith", "ANNA-01"):
        with pytest.raises(UnknownCode, match="Line 2") as refused:
            import_ballots(store, [ballot(name, 3)], random=random)
        assert name not in str(refused.value)
    assert store.box.count("1") == 1


def test_files_of_an_anonymous_session_vote_once_a_code_and_are_paired_by_other_codes(
    make_store: OpenSession, random: Random
) -> None:
    store = make_store(privacy=Privacy.ANONYMOUS)
    apply(store, lambda session: with_codes(session, 2, random=random))
    one, other = (person.code for person in store.session.participants.values())
    with pytest.raises(AlreadyVoted, match="Line 3"):
        import_ballots(store, [ballot(one, 1), ballot(one.replace("-", ""), 2, line=3)], random=random)
    with pytest.raises(InvalidValue, match="this code was handed out"):
        import_ballots(store, [ballot(one, 1, code=other)], random=random)
    file = [ballot(one, 1, code="form 22"), ballot(other, 2, line=3, code="form 33")]
    assert import_ballots(store, file, random=random).paired == 0
    close_round(store)
    reveal_round(store)
    assert import_ballots(store, file, random=random).paired == 2
    assert all(store.box.ballot_of("2", key) is None for key in store.session.participants)


def test_a_closed_round_that_was_not_revealed_takes_no_more_and_opens_no_other(
    store: SessionStore, random: Random
) -> None:
    import_ballots(store, [ballot("Ann", 1)], random=random)
    close_round(store)
    with pytest.raises(RoundNotRevealed, match="reveal it or reopen it"):
        import_ballots(store, [ballot("Bob", 1)], random=random)
    assert store.box.count("1") == 1


def of_a_form(answers: list[int]) -> list[ImportedBallot]:
    return [ballot(f"Guest {place}", fix, code=f"form {place}", line=place) for place, fix in enumerate(answers)]


def test_codes_of_a_form_pair_the_rounds(store: SessionStore, random: Random) -> None:
    assert import_ballots(store, of_a_form([1, 2] * 4), random=random).paired == 0
    close_round(store)
    reveal_round(store)
    summary = import_ballots(store, of_a_form([2, 2] * 4), random=random)
    assert (summary.ballots, summary.paired) == (8, 8)
    close_round(store)
    reveal_round(store)
    before, after = (results_of(store.session, store.box.ballots, number).item("fix") for number in (1, 2))
    change = change_since_first(store.session, store.box.ballots, before, (2, after))
    assert (change.matched, change.changed) == (8, 4)


def test_no_line_of_the_journal_puts_a_name_beside_a_revealed_ballot(
    store: SessionStore, random: Random, folder: Path
) -> None:
    import_ballots(store, of_a_form([1, 2, 3, 4, 5] * 4), random=random)
    close_round(store)
    reveal_round(store)
    import_ballots(store, of_a_form([5, 4, 3, 2, 1] * 4), random=random)
    people = [person.id for person in store.session.participants.values() if person.name.startswith("Guest")]
    assert not any(store.box.ballot_of("2", person) for person in people)
    written = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file()).decode()
    codes = re.findall(r'"2:(FORM-\d+)":', written)
    marks = [mark for mark in re.findall(r'"2:([^"]+)":', written) if mark in people]
    assert (len(codes), len(marks)) == (20, 20)
    assert codes == sorted(codes)
    assert marks == sorted(marks)


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (("KITE-42", "kite 42"), "line 2"),
        (("person 3", ""), "say whose"),
        (("Ann", ""), "say whose"),
        (("ann@example.org", ""), "say whose"),
    ],
)
def test_codes_that_name_somebody_or_are_shared_are_refused(
    store: SessionStore, random: Random, codes: tuple[str, str], said: str
) -> None:
    names = enumerate(zip(("Ann", "Bob"), codes, strict=True), start=2)
    files = [ballot(name, 1, code=code, line=line) for line, (name, code) in names]
    before = store.session
    with pytest.raises(InvalidValue, match=rf"Line \d, column code: .*{said}"):
        import_ballots(store, files, random=random)
    assert (store.session, store.box.count("1")) == (before, 0)


def test_a_code_has_one_ballot_in_a_round(store: SessionStore, random: Random) -> None:
    import_ballots(store, [ballot("Ann", 1, code="KITE-42")], random=random)
    with pytest.raises(AlreadyVoted, match="Line 5, column code"):
        import_ballots(store, [ballot("Bob", 1, code="KITE-42", line=5)], random=random)
