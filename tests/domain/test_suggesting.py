from dataclasses import replace

import pytest

from cxworkshop.domain import plan, priorities, rounds
from cxworkshop.domain.ballots import Ballot
from cxworkshop.domain.content import Suggestion
from cxworkshop.domain.maturity import next_stage
from cxworkshop.domain.published import results_of
from cxworkshop.domain.session import Action, Candidate, Session
from cxworkshop.domain.suggesting import measure_from_vote, suggestions_for
from examples import CONTENT, LADDER, example_session

WAY = next_stage(LADDER, 2)
MEANS = Suggestion("means", "Ask for a budget", model="phases", stage=1)
PHASES = replace(
    LADDER,
    id="phases",
    stages=tuple(replace(stage, obstacle="") for stage in LADDER.stages),
)


def session_with(*candidates: Candidate, suggestions: tuple[Suggestion, ...] = CONTENT.suggestions) -> Session:
    session = replace(example_session(), content=replace(CONTENT, models=(LADDER, PHASES), suggestions=suggestions))
    return priorities.add_candidates(session, candidates)


def test_what_helps_over_the_obstacle_comes_first_then_what_the_stage_needs_then_themes() -> None:
    session = session_with(
        Candidate("c", "Listen more", "own", items=("listen",)), suggestions=(*CONTENT.suggestions, MEANS)
    )
    found = suggestions_for(session, (next_stage(PHASES, 1), WAY))
    assert [(each.suggestion.id, each.answers, each.named) for each in found] == [
        ("decide", "obstacle", "Nobody decides"),
        ("means", "next_stage", "Budget, A team"),
        ("ask", "themes", "Measure"),
    ]


def test_what_fits_the_candidate_comes_before_all_others() -> None:
    culture = Candidate("c", "Blame less", "own", items=("blame",))
    obstacle = Candidate("o", "Nobody decides", "obstacle")
    session = session_with(culture, obstacle)
    assert [each.suggestion.id for each in suggestions_for(session, (WAY,), culture)] == ["tool", "decide"]
    assert [each.suggestion.id for each in suggestions_for(session, (WAY,), obstacle)] == ["decide", "tool"]


def test_what_is_in_the_plan_is_not_suggested_again() -> None:
    session = session_with(Candidate("c", "Listen more", "own", items=("listen",)))
    session = plan.add_action(session, plan.action_from(CONTENT.suggestions[1], "a", CONTENT))
    assert [each.suggestion.id for each in suggestions_for(session, (WAY,))] == ["ask"]


@pytest.mark.parametrize(
    ("item", "answers", "baseline", "target"),
    [
        ("listen", [2, 2, 2], "median 2, “Rarely”", "median 4, “Mostly”"),
        ("listen", [2, 3], "median 2.5, between “Rarely” and “Sometimes”", "median 4, “Mostly”"),
        ("listen", [4], "median 4, “Mostly”", "median 5, “Always”"),
        ("listen", [5], "median 5, “Always”", "median 5, “Always”"),
        ("blame", [4, 4], "median 4, “Mostly”", "median 2, “Rarely”"),
        ("blame", [3, 4], "median 3.5, between “Sometimes” and “Mostly”", "median 2, “Rarely”"),
    ],
)
def test_the_vote_gives_baseline_and_target(item: str, answers: list[int], baseline: str, target: str) -> None:
    session = rounds.reveal_round(rounds.close_round(rounds.open_first_round(example_session())), ballots_in=1)
    ballots = [Ballot("1", f"C-{place}", {item: answer}) for place, answer in enumerate(answers)]
    result = results_of(session, lambda _key: ballots)
    found = measure_from_vote(session, Action("a", "Act", items=("listen", "blame")), result)
    assert found is not None
    assert (found.baseline, found.target) == (baseline, target)
    assert session.content.item(item).text in found.measure


def test_without_an_item_or_a_vote_no_measure_is_invented() -> None:
    session = example_session()
    assert measure_from_vote(session, Action("a", "Act", items=("listen",)), None) is None
    session = rounds.reveal_round(rounds.close_round(rounds.open_first_round(session)), ballots_in=1)
    result = results_of(session, lambda _key: [Ballot("1", "C", {"fix": 2})])
    assert measure_from_vote(session, Action("a", "Act"), result) is None
    assert measure_from_vote(session, Action("a", "Act", items=("listen",)), result) is None
