"""Which published figures stand beside the room's own, and from when on."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from cxworkshop.domain import discussion, rounds
from cxworkshop.domain.comparison import figures_shown, nearest_of, show_figures
from cxworkshop.domain.content import Benchmark, RatedBy
from cxworkshop.domain.session import Session, Step
from examples import example_session


def figure(key: str, rated_by: RatedBy) -> Benchmark:
    return Benchmark(key, "They said so", "House", "Study", "Firms", rated_by, "high", "Few asked")


def test_what_people_said_of_themselves_is_nearest_and_without_it_the_first() -> None:
    scored, placed, also = figure("a", "scored"), figure("b", "self_placed"), figure("c", "self_placed")
    assert nearest_of((scored, placed, also)) == (placed, also)
    assert nearest_of((scored, figure("d", "consumers"))) == (scored,)
    assert nearest_of(()) == ()


def revealed() -> Session:
    return rounds.reveal_round(rounds.close_round(rounds.open_first_round(example_session())), ballots_in=1)


def test_before_any_talk_figures_are_shown_only_where_they_are_asked_for() -> None:
    assert not figures_shown(revealed())
    assert figures_shown(show_figures(revealed()))


@pytest.mark.parametrize(
    "talk",
    [
        lambda session: discussion.add_note(session, "fix", "It depends"),
        lambda session: discussion.settle(session, "fix"),
        lambda session: discussion.add_step_note(session, Step.DISAGREEMENTS, "Nothing to add"),
        lambda session: rounds.open_vote_again(session, ["fix"]),
    ],
)
def test_any_record_of_the_rooms_own_talk_opens_them(talk: Callable[[Session], Session]) -> None:
    assert figures_shown(talk(revealed()))


def test_a_note_at_another_step_is_no_talk_about_the_result() -> None:
    session = discussion.add_step_note(revealed(), Step.WELCOME, "Late start")
    weighed = replace(session, discussion={"fix": replace(discussion.discussion_of(session, "fix"), importance=3)})
    assert not figures_shown(weighed)
