"""What is promised to voters, and what is said before few ballots are revealed."""

from itertools import product

import pytest

from cxworkshop.domain import promises
from cxworkshop.domain.session import Privacy, Rules


def test_every_privacy_mode_has_a_name() -> None:
    assert set(promises.PRIVACY_NAMES) == set(Privacy)


@pytest.mark.parametrize(("privacy", "minimum"), list(product(Privacy, (5, 8))))
def test_promises_say_what_is_not_protected(privacy: Privacy, minimum: int) -> None:
    promise = promises.promise(Rules(privacy=privacy, minimum_group=minimum))
    assert promise.kept
    assert promise.not_kept
    if privacy is Privacy.OPEN:
        assert "Your name stays with your answers" in promise.not_kept[0]
    else:
        assert any(f"fewer than {minimum} answers" in sentence for sentence in promise.kept)
        assert any(f"{minimum - 1} people of a group of {minimum}" in sentence for sentence in promise.not_kept)


def test_the_consensus_rule_is_said_with_its_share() -> None:
    assert promises.consensus_rule(Rules(consensus_share=0.8)).startswith("Consensus means that 80% or more")


@pytest.mark.parametrize(
    ("privacy", "ballots", "said"),
    [
        (Privacy.CONFIDENTIAL, 1, "it is known who: everybody will see"),
        (Privacy.ANONYMOUS, 1, "whoever knows who that is"),
        (Privacy.CONFIDENTIAL, 4, "their answers can be guessed"),
        (Privacy.ANONYMOUS, 2, "their answers can be guessed"),
        (Privacy.CONFIDENTIAL, 5, ""),
        (Privacy.OPEN, 1, ""),
    ],
)
def test_few_ballots_are_not_called_nameless_where_they_tell_of_people(
    privacy: Privacy, ballots: int, said: str
) -> None:
    few = promises.few_ballots_in_words(Rules(privacy=privacy), ballots)
    assert said in few
    assert bool(few) == bool(said)
    sealed = promises.sealing_in_words(Rules(privacy=privacy), ballots)
    assert few in sealed
    assert ("nameless" in sealed) == (ballots == 5)
