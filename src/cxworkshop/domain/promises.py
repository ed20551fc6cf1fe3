"""What people are told before they vote, and before a vote is revealed: the promise, and the rules it stands on.

The part of the catalogue of sentences that is about care for answers; the same words on screens, on paper and in files.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from cxworkshop.domain.disclosure import COMMENTS_FROM
from cxworkshop.domain.session import SMALLEST_GROUP, Privacy, Rules
from cxworkshop.domain.wording import counted


@dataclass(frozen=True, slots=True)
class Promise:
    """What people are told before they vote: what the program keeps, and what it cannot keep."""

    kept: tuple[str, ...]
    not_kept: tuple[str, ...]


def promise(rules: Rules) -> Promise:
    """The promise of a privacy mode, what it does not protect included."""
    unseen = "Nobody is shown any answer until the vote is closed and revealed."
    group = (
        f"No figure is shown of a unit or level with fewer than {rules.minimum_group} answers, "
        "nor one that gives it away."
    )
    comments = f"Comments are shown by the alphabet, never by unit or level, and only from {COMMENTS_FROM} ballots on."
    together = (
        f"{rules.minimum_group - 1} people of a group of {rules.minimum_group} who tell each other their answers can "
        "work out the answer of the last."
    )
    alike = (
        "Where a group answers alike, others may guess it from what is shown, and whoever alone answered otherwise may "
        "be sure of it; what would prove it to everybody is kept back."
    )
    telling = "What you write in a comment may show that it was you."
    code = "While the vote is open, whoever knows your code can look at your ballot and change it."
    if rules.privacy is Privacy.OPEN:
        named = "Your name stays with your answers and comments and may be shown, as everybody here has agreed."
        return Promise((unseen,), (named, code))
    if rules.privacy is Privacy.ANONYMOUS:
        nameless = "There is no list of names: the code you were handed lets you vote once, and stands on no ballot."
        handed = (
            "Until the vote is closed, somebody who breaks into the files on this computer and knows who was handed "
            "which code could see which ballot is whose."
        )
        own = (
            "While the vote is open, whoever knows the code you get after voting can look at your ballot and change it."
        )
        return Promise((nameless, unseen, group, comments), (together, alike, telling, handed, own))
    roll = "It is known who has voted, never what: at the reveal ballots lose every link to a name."
    files = (
        "Until the reveal, somebody who breaks into the files on this computer could see which ballot is whose; after "
        "it, that of somebody who is alone in both their unit and their level."
    )
    return Promise((roll, unseen, group, comments), (together, alike, telling, files, code))


def few_ballots_in_words(rules: Rules, ballots: int) -> str:
    """What it means to reveal so few ballots; empty from five on, and where names stay with ballots anyway."""
    if rules.privacy is Privacy.OPEN or not 0 < ballots < SMALLEST_GROUP:
        return ""
    if ballots > 1:
        return f"Only {ballots} people have voted: their answers can be guessed."
    if rules.privacy is Privacy.ANONYMOUS:
        return "Only 1 person has voted: whoever knows who that is will see what was answered."
    return "Only 1 person has voted, and it is known who: everybody will see what was answered."


def sealing_in_words(rules: Rules, ballots: int) -> str:
    """What sealing so many ballots does; of a few it is not said that they are nameless, since they tell of people."""
    few = few_ballots_in_words(rules, ballots)
    nameless = "" if few or rules.privacy is Privacy.OPEN else "nameless, "
    return f"{few} This seals {counted(ballots, 'ballot')}: {nameless}shuffled and final.".strip()


PRIVACY_NAMES: Mapping[Privacy, str] = {
    Privacy.CONFIDENTIAL: "confidential: who has voted is known, what is not",
    Privacy.ANONYMOUS: "anonymous: one-use codes and no list of names",
    Privacy.OPEN: "open: names stay with ballots, by everybody's consent",
}


def consensus_rule(rules: Rules) -> str:
    """The rule for consensus that was fixed before anybody saw data."""
    return (
        f"Consensus means that {rules.consensus_share:.0%} or more of the answers lie in two neighbouring options "
        "(in one where there are up to three, in a third of them where there are eight or more)."
    )
