"""From a pack file to the values of the domain."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from cxworkshop.domain.content import (
    Agenda,
    AgendaStep,
    Benchmark,
    Figure,
    Pack,
    Prompt,
    Role,
    SelfTestChoice,
    StageShare,
    Strategy,
    Suggestion,
)
from cxworkshop.domain.instruments import Instrument, Item, Option, Scale, Source
from cxworkshop.domain.maturity import MaturityModel, Stage
from cxworkshop.packs.check import sound
from cxworkshop.packs.consistency import Known
from cxworkshop.packs.files import read_document
from cxworkshop.packs.schema import (
    AgendaTable,
    BenchmarkTable,
    ItemTable,
    ModelTable,
    PackFile,
    Raw,
    ScaleTable,
    SourceTable,
    SuggestionTable,
)


def load(path: Path, known: Known) -> Pack:
    """Read a pack.

    Args:
        path: The file.
        known: The models and strategies of other packs, which this one may name.

    Raises:
        UnusablePack: The file has faults; all of them are in `faults`.
    """
    return pack_of(path, read_document(path), known)


def pack_of(path: Path, document: Raw, known: Known) -> Pack:
    """The pack of a file that was read already.

    Raises:
        UnusablePack: It has faults; all of them are in `faults`.
    """
    file = sound(path, document, known)
    source = _source(file.pack.source)
    models = tuple(_model(model, source) for model in file.models)
    return Pack(
        id=file.pack.id,
        title=file.pack.title,
        version=file.pack.version,
        source=source,
        summary=file.pack.summary,
        instrument=_instrument(file, source, {**known.models, **{model.id: model for model in models}}),
        models=models,
        benchmarks=tuple(map(_benchmark, file.benchmarks)),
        prompts=tuple(
            Prompt(each.moment, tuple(each.say), tuple(each.do), tuple(each.ask), each.first, each.minutes)
            for each in file.prompts
        ),
        suggestions=tuple(_suggestion(each, source) for each in file.suggestions),
        roles=tuple(
            Role(each.id, each.title, each.side, tuple(each.brings), _source(each.source, source))
            for each in file.roles
        ),
        strategies=tuple(
            Strategy(each.id, each.name, each.order, each.meaning, _source(each.source, source))
            for each in sorted(file.strategies, key=lambda strategy: strategy.order)
        ),
        agendas=tuple(map(_agenda, file.agendas)),
    )


def models_in(document: Raw) -> Mapping[str, MaturityModel]:
    """The maturity models of a file that are sound by themselves, whatever else the file holds."""
    found: dict[str, MaturityModel] = {}
    tables = document.get("models")
    for table in tables if isinstance(tables, list) else ():
        try:
            model = _model(ModelTable.model_validate(table), Source())
        except ValidationError:
            continue
        found[model.id] = model
    return found


def strategies_in(document: Raw) -> frozenset[str]:
    """The ids of a file's strategies, whatever else the file holds."""
    tables = document.get("strategies")
    named = (table.get("id") for table in (tables if isinstance(tables, list) else ()) if isinstance(table, dict))
    return frozenset(name for name in named if isinstance(name, str))


def _source(table: SourceTable | None, otherwise: Source | None = None) -> Source:
    if table is None:
        return otherwise or Source()
    return Source(table.author, table.title, table.publisher, table.year, table.url)


def _model(table: ModelTable, source: Source) -> MaturityModel:
    stages = tuple(
        Stage(each.name, each.summary, tuple(each.signs), each.obstacle, each.challenge, tuple(each.resources))
        for each in table.stages
    )
    return MaturityModel(table.id, table.title, table.stage_word, stages, _source(table.source, source))


def _instrument(file: PackFile, source: Source, models: Mapping[str, MaturityModel]) -> Instrument | None:
    if not file.items:
        return None
    return Instrument(
        id=file.pack.id,
        title=file.pack.title,
        items=tuple(_item(item, file.scales, models) for item in file.items),
        introduction=file.pack.introduction,
        source=source,
        version=file.pack.version,
    )


def _item(table: ItemTable, scales: Mapping[str, ScaleTable], models: Mapping[str, MaturityModel]) -> Item:
    if table.model:
        scale = stage_scale(models[table.model])
    else:
        options, anchors = (
            scales[table.scale].options,
            scales[table.scale].anchors or [""] * len(scales[table.scale].options),
        )
        scale = Scale(table.scale, tuple(map(Option, options, anchors)))
    if table.anchors:
        named = tuple(Option(option.label, anchor) for option, anchor in zip(scale.options, table.anchors, strict=True))
        scale = replace(scale, options=named)
    return Item(
        id=table.id,
        text=table.text,
        scale=scale,
        theme=table.theme,
        direction=table.direction,
        importance=table.importance,
        help=table.help,
        model=table.model,
        stage=table.stage,
        sign_of=table.sign_of,
    )


def stage_scale(model: MaturityModel) -> Scale:
    """The scale of a model's stage item: its stages by name, each anchored by its summary."""
    return Scale(model.id, tuple(Option(stage.name, stage.summary) for stage in model.stages))


def _benchmark(table: BenchmarkTable) -> Benchmark:
    values: dict[str, Any] = table.model_dump()
    values["figures"] = tuple(Figure(**figure) for figure in values["figures"])
    values["shares"] = tuple(StageShare(**{**share, "stages": tuple(share["stages"])}) for share in values["shares"])
    for key in ("stage_names", "models", "themes"):
        values[key] = tuple(values[key])
    return Benchmark(**values)


def _suggestion(table: SuggestionTable, source: Source) -> Suggestion:
    values = table.model_dump(exclude={"source"})
    return Suggestion(**{**values, "themes": tuple(table.themes)}, source=_source(table.source, source))


def _agenda(table: AgendaTable) -> Agenda:
    return Agenda(
        id=table.id,
        title=table.title,
        minutes=table.minutes,
        steps=tuple(AgendaStep(each.step, each.minutes) for each in table.steps),
        self_tests=tuple(SelfTestChoice(each.pack, tuple(each.items)) for each in table.self_tests),
    )
