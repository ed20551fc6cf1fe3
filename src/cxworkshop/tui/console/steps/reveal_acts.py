"""What can be done at the reveal, and why it cannot be done now."""

from cxworkshop.domain import rounds
from cxworkshop.domain.session import Round, Session
from cxworkshop.tui.acts import Act
from cxworkshop.tui.keymap import with_keys

_NOT_BEGUN = "The vote has not begun; [PgUp:step.previous] goes back to the self-test, where it is opened."


def first_round(session: Session) -> Round | None:
    """Round 1, in whatever state; None before it was opened."""
    held = rounds.self_test_rounds(session)
    return held[0] if held else None


def _not_to_close(session: Session) -> str | None:
    held = first_round(session)
    if held is None:
        return with_keys(_NOT_BEGUN)
    return None if held.state == "open" else "Round 1 is closed already."


def _not_to_reveal(session: Session) -> str | None:
    held = first_round(session)
    if held is None:
        return with_keys(_NOT_BEGUN)
    if held.state == "open":
        return with_keys("Voting is still open; [x:reveal.close] closes it, and then it can be revealed.")
    return None if held.state == "closed" else "Round 1 was revealed already."


def _not_shown(session: Session) -> str | None:
    held = first_round(session)
    if held is None or held.state == "open":
        return _not_to_reveal(session)
    return None if held.state == "revealed" else with_keys("Nothing is shown yet; [r:reveal.reveal] reveals it.")


REVEAL_ACTS: tuple[Act, ...] = (
    Act(
        "reveal.reveal",
        ("r",),
        "reveal",
        "Seal the ballots and show the results; this is final.",
        priority=5,
        refusal=_not_to_reveal,
    ),
    Act(
        "reveal.close",
        ("x",),
        "close",
        "Stop the vote; it can be undone until the reveal.",
        priority=6,
        refusal=_not_to_close,
    ),
    Act(
        "reveal.stages",
        ("1",),
        "stage",
        "Where the room places the organisation, and how far it is aligned.",
        priority=10,
        family="views",
        refusal=_not_shown,
    ),
    Act(
        "reveal.map",
        ("2",),
        "map",
        "The agreement map, with strengths and weaknesses.",
        priority=11,
        family="views",
        refusal=_not_shown,
    ),
    Act(
        "reveal.items",
        ("3",),
        "items",
        "All items with their distributions.",
        priority=12,
        family="views",
        refusal=_not_shown,
    ),
    Act(
        "reveal.item",
        ("4",),
        "one item",
        "The item at the cursor of the list, with units and levels.",
        priority=13,
        family="views",
        refusal=_not_shown,
    ),
    Act(
        "reveal.levels",
        ("5",),
        "levels",
        "How far leaders and front line are apart, item by item.",
        priority=14,
        family="views",
        refusal=_not_shown,
    ),
    Act(
        "reveal.order",
        ("o",),
        "order",
        "Most disagreement first, weakest first, or in the self-test's order.",
        priority=30,
        refusal=_not_shown,
    ),
)
