from cxworkshop.domain import wording
from cxworkshop.domain.ballots import Ballot
from cxworkshop.domain.instruments import Direction, Item, Option, Scale
from cxworkshop.domain.level_gap import LevelGaps, level_gaps
from cxworkshop.domain.results import RoundResult, results_of_ballots

AGREE = Scale("agree", tuple(Option(label) for label in ("Never", "Rarely", "Sometimes", "Mostly", "Always")))


def item(name: str, direction: Direction = "good", model: str = "") -> Item:
    return Item(name, f"The statement {name}", AGREE, direction=direction, model=model)


def result(*items: Item, lead: dict[str, int], team: dict[str, int], leads: int = 6) -> RoundResult:
    """Leads who all give one set of answers, and ten of the team who give another."""
    ballots = [
        *(Ballot("1", f"L{place}", lead, level="Lead") for place in range(leads)),
        *(Ballot("1", f"T{place}", team, level="Team") for place in range(10)),
    ]
    return results_of_ballots(1, items, ballots)


def found(*items: Item, lead: dict[str, int], team: dict[str, int]) -> LevelGaps:
    gaps = level_gaps(("Lead", "Team"), result(*items, lead=lead, team=team))
    assert gaps is not None
    return gaps


def test_the_widest_gap_comes_first_whichever_way_it_goes() -> None:
    gaps = found(item("A"), item("B"), item("C"), lead={"A": 4, "B": 1, "C": 3}, team={"A": 3, "B": 4, "C": 3})
    assert [(gap.item.item.id, gap.steps) for gap in gaps.gaps] == [("B", -3), ("A", 1), ("C", 0)]


def test_where_a_low_answer_is_good_the_lower_one_is_the_better() -> None:
    gaps = found(item("A", "bad"), lead={"A": 1}, team={"A": 3})
    assert gaps.gaps[0].steps == 2
    assert wording.level_gap_in_words(gaps.gaps[0], "Lead", "Team") == "Lead rates it 2 steps better than Team"


def test_a_level_that_is_not_shown_gives_no_gap() -> None:
    gaps = level_gaps(("Lead", "Team"), result(item("A"), lead={"A": 5}, team={"A": 1}, leads=4))
    assert gaps == LevelGaps("Lead", "Team", (), 1)
    assert wording.level_gaps_in_words(gaps).startswith("Nothing is shown: Lead and Team did not both")


def test_the_ends_are_the_first_and_the_last_level_as_declared() -> None:
    gaps = level_gaps(("Board", "Lead", "Team"), result(item("A"), lead={"A": 5}, team={"A": 1}))
    assert gaps is not None
    assert (gaps.senior, gaps.front, gaps.gaps) == ("Board", "Team", ())


def test_one_level_or_none_has_no_gap() -> None:
    assert level_gaps(("Lead",), result(item("A"), lead={"A": 5}, team={"A": 1})) is None
    assert "Fewer than two levels" in wording.level_gaps_in_words(None)


def test_the_sentence_counts_and_names_the_widest() -> None:
    gaps = found(item("A"), item("S", model="six"), lead={"A": 3, "S": 4}, team={"A": 3, "S": 2})
    assert wording.level_gaps_in_words(gaps) == (
        "Lead and Team are a step or more apart on 1 of 2 items. "
        "Widest, on “The statement S”: Lead places it 2 stages higher than Team."
    )


def test_gaps_on_scales_of_different_length_are_compared_by_their_share() -> None:
    short = Item("A", "Short", Scale("three", AGREE.options[:3]))
    gaps = found(item("B"), short, lead={"A": 3, "B": 4}, team={"A": 1, "B": 1})
    assert [(gap.item.item.id, gap.steps) for gap in gaps.gaps] == [("A", 2), ("B", 3)]
