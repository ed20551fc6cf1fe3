"""The sitting in short: what is chosen for the first page, and how carefully it speaks."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from cxworkshop.domain import in_short
from cxworkshop.domain.ballots import Tally
from cxworkshop.domain.between_rounds import change_by_counts
from cxworkshop.domain.results import RoundResult, results_of_hands
from cxworkshop.domain.session import Action, ActionState, Discussion, Participant, Privacy, Rules, Session
from examples import BLAME, CONTENT, FIX, LADDER, LISTEN, STAGE_ITEM, example_session

AGREED, CAMPS, SPREAD = (0, 0, 0, 2, 18), (10, 0, 0, 0, 10), (4, 4, 4, 4, 4)


def voted(counts: Mapping[str, Sequence[int]], dont_know: int = 0) -> RoundResult:
    items = [item for item in CONTENT.items if item.id in counts]
    return results_of_hands(1, items, {key: Tally(tuple(given), dont_know) for key, given in counts.items()})


@pytest.fixture
def session() -> Session:
    return example_session()


def test_what_was_split_or_left_unsettled_is_named_worst_first(session: Session) -> None:
    result = voted({STAGE_ITEM.id: (10, 0, 10), FIX.id: AGREED, LISTEN.id: SPREAD, BLAME.id: CAMPS})

    def named(held: Session) -> list[str]:
        return [found.item.id for found in in_short.disagreements(held, result)]

    assert named(session) == [BLAME.id, LISTEN.id]
    assert named(replace(session, discussion={FIX.id: Discussion(FIX.id, "settled")})) == [BLAME.id, LISTEN.id]
    parked = replace(session, discussion={FIX.id: Discussion(FIX.id, "parked", (), ("a", "b"))})
    assert named(parked) == [BLAME.id, LISTEN.id, FIX.id]


def test_a_consensus_is_no_disagreement_however_low_the_agreement(session: Session) -> None:
    result = voted({FIX.id: (1, 2, 3, 10, 8), LISTEN.id: SPREAD})
    assert (result.item(FIX.id).pattern, result.item(FIX.id).corner) == ("consensus", "reach")
    assert [found.item.id for found in in_short.disagreements(session, result)] == [LISTEN.id]


def test_what_is_open_or_goes_on_is_still_to_be_done(session: Session) -> None:
    states: tuple[ActionState, ...] = ("open", "done", "moved", "dropped", "open")
    actions = {str(place): Action(str(place), "Act", position=place, state=state) for place, state in enumerate(states)}
    assert [action.id for action in in_short.to_be_done(replace(session, actions=actions))] == ["0", "2", "4"]


def test_the_stage_stands_with_its_verdict_and_what_was_agreed() -> None:
    (model,) = voted({STAGE_ITEM.id: (20, 0, 0)}).models
    assert in_short.model_in_words(LADDER, model, None) == (
        "1, “Ground”: the median of 20 answers. The room is aligned: it sees the organisation at one place."
    )
    assert in_short.model_in_words(LADDER, model, 2).startswith(
        "2, “Rung”, as agreed in discussion. The vote: 1, “Ground”: the median of 20 answers."
    )
    (nobody,) = voted({STAGE_ITEM.id: (0, 0, 0)}).models
    assert in_short.model_in_words(LADDER, nobody, None) == "Nobody placed the organisation."


def test_a_stage_voted_on_again_stands_before_the_first_vote() -> None:
    (first,), (again,) = (voted({STAGE_ITEM.id: counts}).models for counts in ((8, 12, 0), (0, 0, 20)))
    assert in_short.model_in_words(LADDER, first, None, again) == (
        "3, “Roof”: the median of 20 answers. The room is aligned: it sees the organisation at one place. "
        "That was voted again; in the first vote: median 2, “Rung”."
    )


def test_an_ending_tells_of_the_vote_and_of_the_talk() -> None:
    change = change_by_counts(CAMPS, AGREED)
    assert in_short.ending_in_words(None, None) == "no outcome was recorded"
    assert in_short.ending_in_words(Discussion("fix"), None) == "no outcome was recorded"
    assert in_short.ending_in_words(Discussion("fix", "settled"), None) == "settled"
    told = in_short.ending_in_words(Discussion("fix", "follow_up"), change)
    assert told.startswith("in another vote, the room came closer")
    assert told.endswith("; to be followed up")


def test_a_roster_is_named_where_some_of_it_did_not_vote(session: Session) -> None:
    result = voted({FIX.id: AGREED})
    assert in_short.took_part_in_words(session, result) == "20 people took part."
    known = replace(session, participants={str(one): Participant(str(one)) for one in range(24)})
    assert in_short.took_part_in_words(known, result) == "20 people took part, of 24 on the roster."
    codes = replace(known, rules=Rules(privacy=Privacy.ANONYMOUS))
    assert in_short.took_part_in_words(codes, result) == "20 people took part."


@pytest.mark.parametrize(("people", "said"), [(6, "Fewer than ten"), (12, "Fewer than twenty"), (24, "")])
def test_few_people_are_a_caution(session: Session, people: int, said: str) -> None:
    told = in_short.cautions(session, voted({FIX.id: (people // 2, people // 2, 0, 0, 0)}))
    assert told[0].startswith(said) if said else len(told) == 1
    assert told[-1].startswith("People rated their own organisation")


def test_few_answers_are_said_of_the_items_that_have_them(session: Session) -> None:
    def told(*answers: int) -> list[str]:
        counts = {item.id: (people, 0, 0, 0, 0) for item, people in zip((FIX, LISTEN, BLAME), answers, strict=True)}
        return [
            sentence for sentence in in_short.cautions(session, voted(counts)) if "fewer than t" in sentence.lower()
        ]

    ten, twenty = "fewer than ten answered, so", "fewer than twenty answered, so"
    assert [said.partition(" patterns")[0] for said in told(30, 8, 30)] == [f"On 1 item {ten}"]
    assert [said.partition(" patterns")[0] for said in told(8, 9, 30)] == [f"On 2 items {ten}"]
    assert [said.partition(" patterns")[0] for said in told(30, 12, 8)] == [f"On 1 item {ten}", f"On 1 item {twenty}"]
    assert [said.partition(" patterns")[0] for said in told(12, 12, 8)] == [f"On 1 item {ten}", f"F{twenty[1:]}"]
    assert told(30, 30, 30) == []


def test_what_is_missing_is_a_caution(session: Session) -> None:
    absent = replace(session, closing=replace(session.closing, absent_roles=("cio",)))
    told = " ".join(in_short.cautions(absent, voted({FIX.id: AGREED, LISTEN.id: (1, 0, 0, 0, 0)}, dont_know=9)))
    assert "1 item has too few answers" in told
    assert "On 2 items a quarter or more did not know" in told
    assert "so their view is missing: CIO." in told
