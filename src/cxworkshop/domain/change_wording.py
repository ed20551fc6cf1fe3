"""Sentences on what another vote on an item has changed, said once for screens and documents."""

from cxworkshop.domain.between_rounds import Change, Flow
from cxworkshop.domain.wording import figure


def change_in_words(change: Change) -> str:
    """What changed between two rounds: who moved, whether the room came closer, whether it has settled."""
    parts = []
    if change.matched is not None and change.changed is not None:
        parts.append(f"{change.changed} of {change.matched} changed their answer")
    if change.movement is not None and change.agreement_points is not None:
        points = f"{change.agreement_points:+d}"
        parts.append(
            {
                "closer": f"the room came closer ({points})",
                "apart": f"the room moved further apart ({points})",
                "unchanged": "agreement is as it was",
            }[change.movement]
        )
    if change.median_shift:
        direction = "up" if change.median_shift > 0 else "down"
        size = figure(abs(change.median_shift))
        parts.append(f"the median went {direction} by {size} {'step' if size == '1' else 'steps'}")
    if change.settled:
        parts.append("settled")
    return "; ".join(parts) or "too few answers to compare"


def flow_in_words(flow: Flow) -> str:
    """Who moved between two rounds: "9 of 16 held firm; 4 moved up and 3 down; 6 came nearer to the middle answer."."""
    sentence = f"{flow.held} of {flow.matched} held firm"
    moved = flow.matched - flow.held
    if moved and flow.up is not None and flow.down is not None:
        sentence += f"; {flow.up} moved up and {flow.down} down"
    elif moved:
        sentence += f"; {moved} moved"
    if moved and flow.inward is not None:
        sentence += f"; {flow.inward} came nearer to the middle answer of round 1"
    return f"{sentence}."


WITHOUT_FLOW = "The rounds are compared as wholes: who moved where is not known, or would tell too much."


SETTLED_IN_CAMPS = "Settled in two camps: a stable disagreement is a result, and the voting on this item ends."
