from pathlib import Path
from random import Random

import pytest

from cxworkshop.domain import rounds
from cxworkshop.domain.content import Agenda, Content
from cxworkshop.domain.errors import InvalidValue
from cxworkshop.domain.instruments import Instrument, Item
from cxworkshop.domain.published import results_of
from cxworkshop.facilitation.acts import apply
from cxworkshop.facilitation.ports import SessionStore
from cxworkshop.facilitation.preparing import new_session
from cxworkshop.facilitation.rehearsal import rehearsal, vote_next
from cxworkshop.facilitation.revealing import close_round, reveal_round
from cxworkshop.store.catalogue import FolderCatalogue
from examples import AGREE, STAGE_ITEM, TODAY

ITEMS = tuple(Item(f"item-{number}", f"Statement {number}.", AGREE) for number in range(9))
CONTENT = Content((Instrument("many", "Many", (STAGE_ITEM, *ITEMS)),), Agenda("x", "X", 30, (), ()))


def rehearsed(folder: Path, people: int, seed: int) -> SessionStore:
    random = Random(seed)
    store = FolderCatalogue(folder).create(new_session(rehearsal(CONTENT, people, TODAY), random=random))
    apply(store, rounds.open_first_round)
    while vote_next(store, random=random):
        pass
    close_round(store)
    reveal_round(store)
    return store


def test_everything_worth_practising_turns_up(tmp_path: Path) -> None:
    for seed in range(3):
        store = rehearsed(tmp_path / str(seed), 16, seed)
        result = results_of(store.session, store.box.ballots)
        patterns = {found.item.id: found.pattern for found in result.items}
        assert patterns["item-0"] == "consensus"
        assert patterns["item-1"] == "two_camps"
        assert patterns["item-2"] == "unit_against_unit"
        assert patterns["item-3"] == "level_against_level"
        assert patterns["item-4"] == "lone_voices"
        assert patterns["item-5"] == "consensus"
        store.close()


def test_the_same_seed_gives_the_same_room(tmp_path: Path) -> None:
    first, second = (rehearsed(tmp_path / name, 8, 3) for name in ("a", "b"))
    assert first.box.ballots("1") == second.box.ballots("1")
    first.close()
    second.close()


@pytest.mark.parametrize("people", [0, 3, 1001])
def test_a_room_of_no_use_is_refused(people: int) -> None:
    with pytest.raises(InvalidValue, match="4 to 1000"):
        rehearsal(CONTENT, people, TODAY)


def test_in_a_real_session_nobody_is_simulated(store: SessionStore, random: Random) -> None:
    apply(store, rounds.open_first_round)
    assert vote_next(store, random=random) is None
    assert store.box.count("1") == 0
