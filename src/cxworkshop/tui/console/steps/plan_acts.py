"""What can be done at step 7, Priorities and plan."""

from cxworkshop.domain.priorities import last_ratings
from cxworkshop.domain.ratings import candidates_in
from cxworkshop.domain.session import Session
from cxworkshop.tui.acts import Act
from cxworkshop.tui.console.steps.voting_acts import HAND_OVER_ACTS, something_open
from cxworkshop.tui.keymap import with_keys


def _no_vote_open(session: Session) -> str | None:
    waiting = any(candidates_in(held) and held.state != "revealed" for held in session.rounds[-1:])
    return (
        None
        if waiting
        else with_keys("No vote on the candidates is open; [v:dots.open] opens one by dots, [r:ratings.open] a rating.")
    )


def _not_rated(session: Session) -> str | None:
    if last_ratings(session) is not None:
        return None
    return with_keys(
        "Impact and effort have not been rated yet; [r:ratings.open] opens the rating, [R:ratings.hands] takes hands."
    )


def _too_few_candidates(session: Session) -> str | None:
    if len(session.candidates) < 2:
        return with_keys(
            "A vote needs at least two candidates; [p:candidate.propose] or [a:candidate.add] puts some on the list."
        )
    return something_open(session)


def _no_candidates(session: Session) -> str | None:
    if session.candidates:
        return None
    return with_keys("There are no candidates yet; [p:candidate.propose] or [a:candidate.add] puts some on the list.")


def _no_actions(session: Session) -> str | None:
    return None if session.actions else with_keys("There are no actions yet; [n:action.add] adds one.")


PLAN_ACTS: tuple[Act, ...] = (
    Act("action.add", ("n",), "new action", "Write an action; it serves the priority at the cursor.", priority=10),
    Act("action.suggest", ("s",), "suggest", "Take up a suggestion for a weakness or an obstacle.", priority=15),
    Act("candidate.propose", ("p",), "propose", "Put weaknesses, unsettled items, obstacles on the list.", priority=20),
    Act(
        "dots.open",
        ("v",),
        "vote by dots",
        "Let everybody place dots on ballots.",
        priority=5,
        refusal=_too_few_candidates,
    ),
    Act(
        "vote.close",
        ("x",),
        "close vote",
        "Close the vote by dots, or the rating, and show it.",
        priority=3,
        refusal=_no_vote_open,
    ),
    Act(
        "dots.hands",
        ("w",),
        "dots on the wall",
        "Key in dots that were counted from a wall.",
        priority=60,
        refusal=_too_few_candidates,
    ),
    Act(
        "ratings.open",
        ("r",),
        "impact/effort",
        "Let everybody rate impact and effort of each candidate, in place of dots or after them.",
        priority=25,
        refusal=_too_few_candidates,
    ),
    Act(
        "ratings.hands",
        ("R",),
        "rate by hands",
        "Key in shows of hands on impact and effort.",
        priority=63,
        refusal=_too_few_candidates,
    ),
    Act(
        "ratings.map",
        ("m",),
        "four fields",
        "Show the candidates by impact and effort: quick wins, big bets, fill-ins, not now.",
        priority=26,
        refusal=_not_rated,
    ),
    Act("candidate.add", ("a",), "add candidate", "Put something of the room's own on the list.", priority=30),
    Act(
        "candidate.choose",
        ("space",),
        "choose",
        "Make the candidate at the cursor a priority, or no longer.",
        priority=6,
        refusal=_no_candidates,
    ),
    Act(
        "action.answers",
        ("o",),
        "what it answers",
        "Say which priority, obstacle or strategy an action serves.",
        priority=45,
        refusal=_no_actions,
    ),
    Act(
        "action.review",
        ("c",),
        "done or not",
        "Say whether the action at the cursor is done, goes on or is dropped.",
        priority=40,
        refusal=_no_actions,
    ),
    Act(
        "action.down",
        ("J",),
        "move down",
        "Move the action at the cursor down the plan.",
        priority=61,
        refusal=_no_actions,
    ),
    Act("action.up", ("K",), "move up", "Move the action at the cursor up the plan.", priority=62, refusal=_no_actions),
    Act("line.remove", ("d", "delete"), "remove", "Remove the candidate or action at the cursor.", priority=50),
    *HAND_OVER_ACTS,
)
