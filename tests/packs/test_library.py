"""The library lists every pack, hands out those that are sound, and composes what a session keeps."""

from pathlib import Path

import pytest

from cxworkshop.domain.instruments import Option
from cxworkshop.facilitation import ports
from cxworkshop.packs.faults import UnfitPack, UnknownAgenda, UnknownPack, UnusablePack
from cxworkshop.packs.library import PackLibrary, shipped_library
from packs.pack_files import HEAD, ITEM, MODEL, written

AGENDA = """
[[agendas]]
id = "20"
title = "Twenty"
minutes = 20
steps = [{ step = "reveal", minutes = 20 }]
self_tests = [{ pack = "tiny" }]
"""


def test_it_is_the_library_that_the_use_cases_ask_for(tmp_path: Path) -> None:
    library: ports.PackLibrary = PackLibrary(tmp_path)

    assert list(library.listings()) == []


def test_a_faulty_pack_is_listed_with_its_reason_and_stops_nothing(tmp_path: Path) -> None:
    written(tmp_path, HEAD + ITEM)
    written(tmp_path, "title =", "broken.toml")

    broken, tiny = PackLibrary(tmp_path).listings()

    assert (tiny.id, tiny.title, tiny.items, tiny.problem) == ("tiny", "Tiny", 1, "")
    assert (broken.id, broken.pack) == ("broken", None)
    assert "broken.toml" in broken.problem
    assert "line 1" in broken.problem
    with pytest.raises(UnusablePack, match="line 1"):
        PackLibrary(tmp_path).pack("broken")


def test_the_second_pack_of_the_same_id_is_unusable(tmp_path: Path) -> None:
    written(tmp_path, HEAD + ITEM, "a.toml")
    written(tmp_path, HEAD + ITEM, "b.toml")

    problems = {listing.id: listing.problem for listing in PackLibrary(tmp_path).listings()}

    assert problems["tiny"] == ""
    assert "repeats the id" in problems["b"]


def test_a_pack_is_found_by_id_and_by_file(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + ITEM)

    assert PackLibrary(tmp_path).pack("tiny") == shipped_library().pack(str(path))


def test_an_unknown_pack_is_refused_with_a_hint(tmp_path: Path) -> None:
    with pytest.raises(UnknownPack, match="fauscette-practice-areas"):
        shipped_library().pack("fauscette-practice-area")
    with pytest.raises(UnusablePack, match="no such file"):
        shipped_library().pack(str(tmp_path / "none.toml"))
    with pytest.raises(UnknownPack):
        shipped_library().pack("a\0b")
    with pytest.raises(UnknownPack):
        shipped_library().pack("x" * 5000)
    with pytest.raises(UnusablePack, match="name too long"):
        shipped_library().pack("x" * 5000 + ".toml")


def test_the_sentence_on_a_faulty_pack_is_short_and_carries_every_fault(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + ITEM * 9)

    with pytest.raises(UnusablePack) as refused:
        shipped_library().pack(str(path))

    assert len(refused.value.faults) == 8
    assert "5 more" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_stage_item_takes_its_scale_from_the_model(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + MODEL + ITEM.replace('scale = "agree"', 'model = "ladder"'))

    instrument = PackLibrary(tmp_path).pack(str(path)).instrument

    assert instrument is not None
    assert instrument.items[0].scale.options == (Option("Low", "Nothing yet."), Option("High"))
    assert instrument.items[0].is_stage_item


def test_an_item_may_bring_its_own_anchors(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + ITEM + 'anchors = ["Nobody", "", "All"]')

    instrument = PackLibrary(tmp_path).pack(str(path)).instrument

    assert instrument is not None
    assert instrument.items[0].scale.options == (Option("No", "Nobody"), Option("Partly"), Option("Yes", "All"))


def test_named_packs_take_the_place_of_the_agendas_self_tests(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + ITEM + MODEL)

    content = shipped_library().content("90", [str(path), "lantz-four-phases"])

    assert [instrument.id for instrument in content.instruments] == ["tiny", "lantz-four-phases"]
    assert [choice.pack for choice in content.agenda.self_tests] == ["tiny", "lantz-four-phases"]
    assert [model.id for model in content.models] == ["lantz-four-phases"]
    assert content.agenda.minutes == 90
    assert content.prompts


def test_a_named_pack_goes_before_the_library_where_both_say_something(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + ITEM + '[[prompts]]\nmoment = "step:reveal"\nsay = ["Look."]')

    content = shipped_library().content("90", [str(path)])

    assert content.prompt("step:reveal").say == ("Look.",)
    assert content.prompt("step:welcome").say != ()
    assert len({prompt.moment for prompt in content.prompts}) == len(content.prompts)


def test_only_what_fits_the_self_tests_is_kept(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + ITEM + 'theme = "Delivery"')

    content = shipped_library().content("90", [str(path)])

    assert content.suggestions
    assert all("Delivery" in suggestion.themes for suggestion in content.suggestions)
    assert content.models == ()


def test_content_is_refused_in_plain_words(tmp_path: Path) -> None:
    library = shipped_library()
    with pytest.raises(UnknownAgenda, match="45, 90, 180"):
        library.content("60")
    with pytest.raises(UnknownPack):
        library.content("90", ["nothing-of-that-name"])
    with pytest.raises(UnfitPack, match='"benchmarks" has no self-test'):
        library.content("90", ["benchmarks"])
    one, two = (
        written(tmp_path, HEAD + ITEM, "one.toml"),
        written(tmp_path, HEAD.replace("tiny", "two") + ITEM, "two.toml"),
    )
    with pytest.raises(UnfitPack, match='share the item id "Q1"'):
        library.content("90", [str(one), str(two)])


def test_an_agenda_that_asks_for_what_is_not_there_is_refused(tmp_path: Path) -> None:
    written(tmp_path, HEAD + ITEM + AGENDA.replace('pack = "tiny"', 'pack = "tiny", items = ["Q2"]'))

    with pytest.raises(UnfitPack, match="Q2"):
        PackLibrary(tmp_path).content("20")


def test_naming_a_pack_twice_asks_its_items_once(tmp_path: Path) -> None:
    path = str(written(tmp_path, HEAD + ITEM))

    assert len(shipped_library().content("45", [path, path]).items) == 1
