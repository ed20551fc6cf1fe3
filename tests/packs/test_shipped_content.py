"""The packs that come with the program: sound, complete, and true to what the sources give."""

from pathlib import Path
from typing import get_args

import pytest

from cxworkshop.domain.content import Content
from cxworkshop.domain.maturity import MaturityModel
from cxworkshop.domain.patterns import ShapeLabel
from cxworkshop.domain.session import STEPS
from cxworkshop.packs.check import check
from cxworkshop.packs.library import PackLibrary, shipped_folder, shipped_library
from cxworkshop.packs.schema import PATTERNS

FILES = sorted(shipped_folder().glob("*.toml"))


@pytest.fixture(scope="module")
def library() -> PackLibrary:
    return shipped_library()


@pytest.fixture(scope="module")
def everything(library: PackLibrary) -> Content:
    return library.content("180")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_shipped_pack_passes_the_check(path: Path) -> None:
    assert check(path) == ()


def test_every_shipped_pack_is_listed_under_its_file_name(library: PackLibrary) -> None:
    assert [listing.id for listing in library.listings()] == sorted(path.stem for path in FILES)
    assert not any(listing.problem for listing in library.listings())


@pytest.mark.parametrize(
    ("agenda", "instruments", "items"),
    [
        ("45", ["temkin-six-stages", "fauscette-practice-areas"], 8),
        ("90", ["temkin-six-stages", "tsia-five-phases", "fauscette-practice-areas"], 19),
        (
            "180",
            [
                "temkin-six-stages",
                "tsia-five-phases",
                "lantz-four-phases",
                "cmswire-cx-strategy",
                "fauscette-practice-areas",
            ],
            91,
        ),
    ],
)
def test_each_agenda_has_its_self_tests(library: PackLibrary, agenda: str, instruments: list[str], items: int) -> None:
    content = library.content(agenda)

    assert [instrument.id for instrument in content.instruments] == instruments
    assert len(content.items) == items
    assert content.agenda.minutes == int(agenda)
    assert tuple(planned.step for planned in content.agenda.steps) == STEPS


def test_agendas_come_shortest_first(library: PackLibrary) -> None:
    assert [agenda.id for agenda in library.agendas()] == ["45", "90", "180"]


def _model(content: Content, model_id: str, names: list[str]) -> MaturityModel:
    model = content.model(model_id)
    assert [stage.name for stage in model.stages] == names
    assert all(stage.summary and stage.signs for stage in model.stages)
    return model


def test_temkins_six_stages_name_the_obstacle_of_each(everything: Content) -> None:
    names = ["Ignore", "Explore", "Mobilize", "Operationalize", "Align", "Embed"]
    model = _model(everything, "temkin-six-stages", names)

    assert all(stage.obstacle for stage in model.stages)
    assert "middle managers" in model.stage(4).obstacle
    assert (model.source.author, model.source.year) == ("Bruce Temkin", 2013)


def test_tsias_five_phases_have_five_indicators_each_and_an_item_for_every_one(everything: Content) -> None:
    names = ["No Phase", "Realization", "Standardization", "Recognition", "Strategic"]
    model = _model(everything, "tsia-five-phases", names)
    signs = [item for item in everything.items if item.sign_of == model.id]

    assert [len(stage.signs) for stage in model.stages] == [5, 5, 5, 5, 5]
    assert [item.stage for item in signs] == [1] * 5 + [2] * 5 + [3] * 5 + [4] * 5 + [5] * 5
    assert {item.direction for item in signs if item.stage == 1} == {"bad"}
    assert {item.direction for item in signs if item.stage != 1} == {"good"}


def test_lantzs_four_phases_name_challenge_and_resources_of_each(everything: Content) -> None:
    names = ["Idea Planters", "Advice Givers", "Change Starters", "Transformers"]
    model = _model(everything, "lantz-four-phases", names)

    assert all(stage.challenge for stage in model.stages)
    assert [len(stage.resources) for stage in model.stages] == [3, 2, 4, 3]


def test_each_model_has_one_stage_item_and_signs_of_every_stage_to_rate(everything: Content) -> None:
    assert {item.id for item in everything.items if item.is_stage_item} == {"temkin-stage", "tsia-phase", "lantz-phase"}
    for model in everything.models:
        rated = {item.stage for item in everything.items if item.sign_of == model.id}
        assert rated == set(range(1, len(model.stages) + 1))


def test_cmswires_self_test_holds_all_its_parts(library: PackLibrary) -> None:
    instrument = library.pack("cmswire-cx-strategy").instrument
    assert instrument is not None
    ids = [item.id.removeprefix("cmswire-") for item in instrument.items]

    functions, way, components = ids[:3], ids[3:6], ids[6:12]
    assert functions == ["vision", "full-view", "feedback"]
    assert way == ["awareness", "adoption", "retention"]
    assert components == ["alignment", "research", "blueprint", "method", "design", "roadmap"]
    assert ids[14:] == [
        *("segments", "relevant", "priorities", "behaviour"),
        *("care", "meet-them", "reimagine", "agile"),
    ]


def test_fauscettes_areas_follow_the_understanding_of_the_customer(library: PackLibrary) -> None:
    instrument = library.pack("fauscette-practice-areas").instrument
    assert instrument is not None
    ids = [item.id.removeprefix("fauscette-") for item in instrument.items]

    assert ids[:4] == ["who", "expectations", "how-to-act", "when"]
    assert ids[4:] == [
        *("organization", "culture", "listen-act", "sales", "influence", "proactive", "delivery"),
        *("mobile", "one-to-one", "identify", "measure", "technology", "barriers"),
    ]
    areas = {item.id: item.importance for item in instrument.items[4:]}
    assert [item for item, importance in areas.items() if importance == 3] == ["fauscette-listen-act"]
    for item in instrument.items:
        assert len(item.scale) == 5
        assert len({option.anchor for option in item.scale.options} - {""}) == 5


def test_every_option_of_the_rating_scales_is_anchored(everything: Content) -> None:
    for item in everything.items:
        assert all(option.anchor for option in item.scale.options), item.id


def test_the_roles_of_all_three_sides_bring_something(everything: Content) -> None:
    sides = {
        side: [role.id for role in everything.roles if role.side == side]
        for side in ("business", "technology", "design")
    }

    assert sides == {
        "business": ["cx-lead", "sales", "marketing"],
        "technology": ["cio", "applications", "web"],
        "design": ["strategist", "designer", "product-owner"],
    }
    assert all(role.brings for role in everything.roles)


def test_customer_experience_is_the_first_of_the_strategies(everything: Content) -> None:
    assert [strategy.id for strategy in everything.strategies] == [
        *("customer-experience", "engagement", "modernization", "technology"),
    ]


def test_every_item_has_a_theme_with_suggestions_unless_its_stage_gives_them(everything: Content) -> None:
    themes = {theme for suggestion in everything.suggestions for theme in suggestion.themes}

    for item in everything.items:
        assert item.theme
        assert item.theme in themes or item.is_stage_item, item.id


def test_there_are_suggestions_for_the_obstacle_of_every_stage(everything: Content) -> None:
    for model in everything.models:
        answered = {suggestion.stage for suggestion in everything.suggestions if suggestion.model == model.id}
        assert answered == set(range(1, len(model.stages) + 1)), model.id
    for suggestion in everything.suggestions:
        assert suggestion.first_step
        assert suggestion.measure


def test_every_theme_of_a_benchmark_or_suggestion_is_one_of_the_items(everything: Content) -> None:
    of_items = {item.theme for item in everything.items}

    assert {theme for benchmark in everything.benchmarks for theme in benchmark.themes} <= of_items
    assert {theme for suggestion in everything.suggestions for theme in suggestion.themes} <= of_items


def test_there_is_a_prompt_for_every_step_and_every_pattern(everything: Content) -> None:
    for step in STEPS:
        prompt = everything.prompt(f"step:{step}")
        assert prompt.do, step
        assert prompt.ask, step
    for pattern in PATTERNS:
        prompt = everything.prompt(f"pattern:{pattern}")
        assert all((prompt.say, prompt.do, prompt.ask, prompt.first, prompt.minutes)), pattern
    assert set(get_args(ShapeLabel)) < set(PATTERNS)


def test_the_costliest_patterns_get_the_most_minutes(everything: Content) -> None:
    minutes = {pattern: everything.prompt(f"pattern:{pattern}").minutes for pattern in PATTERNS}

    assert minutes["two_camps"] > minutes["spread"] > minutes["leaning"] > minutes["consensus"]


def test_published_figures_carry_what_a_reader_has_to_know(everything: Content) -> None:
    figures = {benchmark.id: benchmark for benchmark in everything.benchmarks}

    assert len(figures) >= 30
    for benchmark in figures.values():
        assert benchmark.statement
        assert benchmark.population
        assert benchmark.figures or benchmark.shares
        assert benchmark.confidence in ("high", "medium")
    assert figures["tsia-no-formal-strategy-2017"].figures[0].value == 41


def test_a_consumer_rating_is_never_shown_as_a_share_in_a_stage(everything: Content) -> None:
    excellent = next(each for each in everything.benchmarks if each.id == "temkin-excellent-2013")

    assert (excellent.n, excellent.figures[0].value, excellent.rated_by) == (206, 4, "consumers")
    assert not any(each.shares for each in everything.benchmarks if each.rated_by == "consumers")


def test_values_that_somebody_subtracted_are_left_out(everything: Content) -> None:
    stages = next(each for each in everything.benchmarks if each.id == "xm-stages-2024")

    assert {share.stages: share.percent for share in stages.shares} == {
        ("Investigate",): 41,
        ("Initiate",): 30,
        ("Mobilize",): 18,
        ("Embed",): 2,
    }


def test_ids_are_unique_over_all_packs(library: PackLibrary) -> None:
    packs = [library.pack(listing.id) for listing in library.listings()]
    for section in ("benchmarks", "suggestions", "roles", "strategies", "models", "agendas"):
        ids = [each.id for pack in packs for each in getattr(pack, section)]
        assert len(ids) == len(set(ids)), section
