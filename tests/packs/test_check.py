"""Every fault of a pack is named with its file, its key, what is wrong and what would be right."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cxworkshop.packs.check import MOST_FAULTS, check, remarks
from cxworkshop.packs.consistency import Known
from packs.pack_files import HEAD, ITEM, MODEL, written

ALONE = Known()
BENCHMARK = """
[[benchmarks]]
id = "b"
statement = "Half do."
publisher = "P"
title = "T"
population = "All"
rated_by = "scored"
confidence = "high"
caution = ""
"""
AGENDA = """
[[agendas]]
id = "20"
title = "Twenty"
minutes = 20
steps = [{ step = "reveal", minutes = 5 }, { step = "plan", minutes = 15 }]
self_tests = [{ pack = "tiny" }]
"""

FAULTS = [
    pytest.param(MODEL, "pack", "is missing", "[pack]", id="no [pack] table"),
    pytest.param(HEAD.replace('title = "Tiny"', "") + ITEM, "pack.title", "is missing", "title =", id="no title"),
    pytest.param(
        HEAD.replace('title = "Tiny"', 'title = " "') + ITEM, "pack.title", "empty", "write", id="blank title"
    ),
    pytest.param(HEAD + ITEM + 'them = "x"', "items[1] (Q1).them", "not a key", '"theme"', id="misspelt key"),
    pytest.param(
        'title = "Tiny"' + HEAD + ITEM, "title", "not a key", "in the table [pack]", id="key of [pack] outside it"
    ),
    pytest.param(
        HEAD.replace('"tiny"', '"a b"') + ITEM, "pack.id", '"a b" is not an id', "letters", id="id with a space"
    ),
    pytest.param(
        HEAD.replace("= 1", '= "1"') + ITEM, "pack.version", 'the text "1"', "whole number", id="version as text"
    ),
    pytest.param(HEAD.replace("= 1", "= 0") + ITEM, "pack.version", "0", "at least 1", id="version 0"),
    pytest.param(HEAD, "", "nothing", "items", id="nothing but a title"),
    pytest.param(HEAD + ITEM + ITEM, "items[2] (Q1).id", "repeats the id of items[1]", "own id", id="id twice"),
    pytest.param(HEAD + ITEM.replace("agree", "agre"), "items[1] (Q1).scale", '"agre"', '"agree"', id="unknown scale"),
    pytest.param(HEAD + ITEM.replace('scale = "agree"', ""), "items[1] (Q1).scale", "missing", "model", id="no scale"),
    pytest.param(HEAD + ITEM + "importance = 4", "items[1] (Q1).importance", "4", "at most 3", id="importance"),
    pytest.param(
        HEAD + ITEM + 'direction = "up"', "items[1] (Q1).direction", '"up"', '"good" or "bad"', id="direction"
    ),
    pytest.param(
        HEAD + ITEM + 'anchors = ["a"]', "items[1] (Q1).anchors", "1 texts for 3", "each", id="item's anchors"
    ),
    pytest.param(
        HEAD + ITEM.replace("We listen.", "x" * 301),
        "items[1] (Q1).text",
        "301 characters",
        "at most 300",
        id="long text",
    ),
    pytest.param(
        HEAD.replace('["No", "Partly", "Yes"]', '["No"]') + ITEM,
        "scales.agree.options",
        "1 entry",
        "2",
        id="short scale",
    ),
    pytest.param(
        HEAD.replace('["No", "Partly", "Yes"]', str([f"o{n}" for n in range(12)])) + ITEM,
        "scales.agree.options",
        "12 entries",
        "at most 11",
        id="long scale",
    ),
    pytest.param(
        HEAD.replace('"Partly"', '"no"') + ITEM, "scales.agree.options", "twice", "own label", id="option twice"
    ),
    pytest.param(HEAD + 'anchors = [""]' + ITEM, "scales.agree.anchors", "1 texts for 3", "each", id="scale's anchors"),
    pytest.param(
        HEAD + MODEL + ITEM.replace('scale = "agree"', 'model = "laddr"'),
        "items[1] (Q1).model",
        '"laddr"',
        '"ladder"',
        id="unknown model",
    ),
    pytest.param(
        HEAD + MODEL + ITEM + 'model = "ladder"',
        "items[1] (Q1).scale",
        "beside a model",
        "leave it out",
        id="two scales",
    ),
    pytest.param(
        HEAD + MODEL + ITEM + 'sign_of = "ladder"\nstage = 3',
        "items[1] (Q1).stage",
        "is 3",
        "stages 1 to 2",
        id="stage out of the model",
    ),
    pytest.param(
        HEAD + MODEL + ITEM + 'sign_of = "ladder"', "items[1] (Q1).stage", "missing", "from 1", id="sign of no stage"
    ),
    pytest.param(HEAD + ITEM + "stage = 1", "items[1] (Q1).stage", "no model", "sign_of", id="stage of no model"),
    pytest.param(
        HEAD + ITEM + MODEL.replace('name = "High"', ""),
        "models[1] (ladder).stages[2].name",
        "missing",
        "name",
        id="stage",
    ),
    pytest.param(
        HEAD + '[[prompts]]\nmoment = "pattern:two_camp"',
        "prompts[1].moment",
        "two_camp",
        '"pattern:two_camps"',
        id="unknown pattern",
    ),
    pytest.param(
        HEAD + '[[prompts]]\nmoment = "step:welcom"', "prompts[1].moment", "welcom", '"step:welcome"', id="unknown step"
    ),
    pytest.param(
        HEAD + '[[prompts]]\nmoment = "step:plan"\n' * 2,
        "prompts[2].moment",
        "already",
        "one prompt",
        id="prompt twice",
    ),
    pytest.param(
        HEAD + '[[suggestions]]\nid = "s"\naction = "Do."\nstrategy = "tech"',
        "suggestions[1] (s).strategy",
        '"tech"',
        "none",
        id="unknown strategy",
    ),
    pytest.param(
        HEAD + BENCHMARK.replace('"scored"', '"guessed"'),
        "benchmarks[1] (b).rated_by",
        "guessed",
        "scored",
        id="rated by",
    ),
    pytest.param(
        HEAD + BENCHMARK + 'stage_names = ["Low"]\nshares = [{ stages = ["Lo"], percent = 4 }]',
        "benchmarks[1] (b).shares[1].stages",
        '"Lo"',
        '"Low"',
        id="share of an unknown stage",
    ),
    pytest.param(
        HEAD + MODEL + BENCHMARK + 'models = ["ladder"]\nsame_stages = true\nstage_names = ["Low"]',
        "benchmarks[1] (b).same_stages",
        "not the stages of ladder",
        "same names",
        id="stages that are not the same",
    ),
    pytest.param(HEAD + AGENDA.replace("= 20", "= 25"), "agendas[1] (20).minutes", "25", "same", id="agenda's minutes"),
    pytest.param(
        HEAD + AGENDA.replace('"plan"', '"welcome"'),
        "agendas[1] (20).steps",
        "out of order",
        "welcome",
        id="agenda's order",
    ),
    pytest.param(
        HEAD + AGENDA.replace('"plan"', '"plann"'),
        "agendas[1] (20).steps[2].step",
        "plann",
        '"plan"',
        id="agenda's step",
    ),
    pytest.param("title = ", "line 1, the end", "is not TOML", "correct", id="not TOML"),
    pytest.param(HEAD + "x = nine\n", "line 9, column 5", "is not TOML", "correct", id="not TOML further down"),
]


@pytest.mark.parametrize(("text", "key", "wrong", "right"), FAULTS)
def test_a_fault_names_file_key_what_is_wrong_and_what_would_be_right(
    tmp_path: Path, text: str, key: str, wrong: str, right: str
) -> None:
    path = written(tmp_path, text)

    faults = check(path, ALONE)

    assert [fault.key for fault in faults] == [key]
    assert faults[0].file == str(path)
    assert wrong in faults[0].wrong
    assert right in faults[0].right
    line = str(faults[0])
    assert line.startswith(f"{path}: {key}")
    assert "\n" not in line


def test_a_sound_pack_has_no_faults(tmp_path: Path) -> None:
    assert check(written(tmp_path, HEAD + ITEM + MODEL + BENCHMARK + AGENDA), ALONE) == ()


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    text = 'titel = "x"' + HEAD.replace("version = 1", "") + ITEM.replace("agree", "disagree") + "colour = 1" + ITEM

    keys = {fault.key for fault in check(written(tmp_path, text), ALONE)}

    assert keys == {"titel", "pack.version", "items[1] (Q1).scale", "items[1] (Q1).colour", "items[2] (Q1).id"}


def test_a_pack_may_name_models_and_strategies_of_the_shipped_packs(tmp_path: Path) -> None:
    text = (
        HEAD
        + ITEM
        + 'sign_of = "temkin-six-stages"\nstage = 6\n'
        + '[[suggestions]]\nid = "s"\naction = "Do."\nstrategy = "engagement"\n'
    )

    assert check(written(tmp_path, text)) == ()
    assert len(check(written(tmp_path, text), ALONE)) == 2


def test_a_file_of_nothing_but_faults_is_answered_quickly_and_in_bounds(tmp_path: Path) -> None:
    path = written(tmp_path, "\n".join(f"key{number} = 1" for number in range(20_000)))

    assert len(check(path, ALONE)) == MOST_FAULTS


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    position=st.integers(0, len(HEAD + ITEM + MODEL)),
    length=st.integers(0, 30),
    junk=st.text(alphabet='[]{}="\n#.,\\0aé\u202e\x00', max_size=6),
)
def test_no_damage_to_a_pack_ends_in_a_traceback(tmp_path: Path, position: int, length: int, junk: str) -> None:
    whole = HEAD + ITEM + MODEL
    path = written(tmp_path, whole[:position] + junk + whole[position + length :])

    for fault in check(path, ALONE):
        assert str(fault).isprintable()


def test_labels_that_begin_with_other_numbers_than_they_are_answered_by_are_told_and_no_fault(tmp_path: Path) -> None:
    often = HEAD.replace('"No", "Partly", "Yes"', '"Never", "1-2 times", "More"') + ITEM
    pack = written(tmp_path, often)
    assert not check(pack, ALONE)
    (said,) = remarks(pack)
    assert (said.key, said.wrong[:39]) == ("scales.agree.options", '"1-2 times" begins with another number ')
    assert not remarks(written(tmp_path, HEAD.replace('"No", "Partly", "Yes"', '"0 No", "1", "2 Yes"') + ITEM))
