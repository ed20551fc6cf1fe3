"""Faults that no single key shows: what one part of a pack says of another, or of another pack.

Everything works on the file as parsed, part by part, so that a fault in one place hides no fault in another. What has
the wrong type is passed over here, since the schema names it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from cxworkshop.domain.maturity import MaturityModel
from cxworkshop.domain.session import STEPS
from cxworkshop.domain.text import clean_line
from cxworkshop.packs.faults import nearest
from cxworkshop.packs.schema import Raw

Found = tuple[str, str, str]
"""Key path, what is wrong, what would be right."""

Models = Mapping[str, tuple[str, ...]]
"""The names of each known model's stages."""

_SECTIONS_WITH_IDS = ("items", "models", "benchmarks", "suggestions", "roles", "strategies", "agendas")


@dataclass(frozen=True, slots=True)
class Known:
    """What other packs offer for a pack to name."""

    models: Mapping[str, MaturityModel] = field(default_factory=dict)
    strategies: frozenset[str] = frozenset()


def inconsistencies(document: Raw, known: Known) -> Iterator[Found]:
    """Everything in a pack that contradicts the rest of it, or names something that is not there."""
    yield from _repeated_ids(document)
    yield from _repeated_moments(document)
    yield from _uneven_anchors(document)
    models = {name: tuple(stage.name for stage in model.stages) for name, model in known.models.items()}
    models |= _own_models(document)
    for path, item in _tables(document, "items"):
        yield from _item_faults(document, path, item, models)
    for path, suggestion in _tables(document, "suggestions"):
        yield from _suggestion_faults(document, path, suggestion, models, known)
    for path, benchmark in _tables(document, "benchmarks"):
        yield from _benchmark_faults(path, benchmark, models)
    for path, agenda in _tables(document, "agendas"):
        yield from _agenda_faults(path, agenda)


def place(section: str, number: int, table: Any) -> str:
    """A table's place in a list of tables, counted from 1, with its id where it has one."""
    name = table.get("id") if isinstance(table, Mapping) else None
    return f"{section}[{number}] ({clean_line(name, 64)})" if isinstance(name, str) and name else f"{section}[{number}]"


def _tables(document: Raw, section: str) -> Iterator[tuple[str, Raw]]:
    tables = document.get(section)
    for number, table in enumerate(tables if isinstance(tables, list) else (), 1):
        if isinstance(table, dict):
            yield place(section, number, table), table


def _text(table: Raw, key: str) -> str:
    value = table.get(key)
    return value if isinstance(value, str) else ""


def _texts(table: Raw, key: str) -> list[str]:
    values = table.get(key)
    return [value for value in values if isinstance(value, str)] if isinstance(values, list) else []


def _own_models(document: Raw) -> dict[str, tuple[str, ...]]:
    return {
        _text(model, "id"): tuple(_text(stage, "name") for _, stage in _tables(model, "stages"))
        for _, model in _tables(document, "models")
    }


def _repeated_ids(document: Raw) -> Iterator[Found]:
    for section in _SECTIONS_WITH_IDS:
        first: dict[str, str] = {}
        for number, (path, table) in enumerate(_tables(document, section), 1):
            name = _text(table, "id")
            if name and name in first:
                yield f"{path}.id", f"repeats the id of {first[name]}", "give each its own id"
            first.setdefault(name, f"{section}[{number}]")


def _repeated_moments(document: Raw) -> Iterator[Found]:
    seen: set[str] = set()
    for path, prompt in _tables(document, "prompts"):
        moment = _text(prompt, "moment")
        if moment and moment in seen:
            yield f"{path}.moment", f'"{clean_line(moment, 40)}" has a prompt already', "put both into one prompt"
        seen.add(moment)


def _uneven_anchors(document: Raw) -> Iterator[Found]:
    for name, scale in _scales(document).items():
        options, anchors = _texts(scale, "options"), _texts(scale, "anchors")
        if anchors and len(anchors) != len(options):
            yield (
                f"scales.{clean_line(name, 64)}.anchors",
                f"has {len(anchors)} texts for {len(options)} options",
                'write one for each option, "" where none is needed',
            )
        if len({option.casefold().strip() for option in options}) < len(options):
            yield f"scales.{clean_line(name, 64)}.options", "names an option twice", "give each option its own label"


def _scales(document: Raw) -> dict[str, Raw]:
    scales = document.get("scales")
    if not isinstance(scales, dict):
        return {}
    return {name: scale for name, scale in scales.items() if isinstance(scale, dict)}


def _item_faults(document: Raw, path: str, item: Raw, models: Models) -> Iterator[Found]:
    scale, model, sign_of, stage = _text(item, "scale"), _text(item, "model"), _text(item, "sign_of"), item.get("stage")
    scales = _scales(document)
    if model and scale:
        yield (
            f"{path}.scale",
            "stands beside a model",
            "leave it out: a stage item takes its scale from the model's stages",
        )
    elif scale and scale not in scales:
        yield f"{path}.scale", f'"{clean_line(scale, 64)}" is not a scale of this pack', nearest(scale, list(scales))
    elif not scale and not model and "scale" not in item and "model" not in item:
        yield f"{path}.scale", "is missing", "name one of the [scales], or a model whose stage is asked for"
    anchors = _texts(item, "anchors")
    expected = len(models.get(model, ()) if model else _texts(scales.get(scale, {}), "options"))
    if anchors and expected and len(anchors) != expected:
        yield f"{path}.anchors", f"has {len(anchors)} texts for {expected} options", "write one for each option"
    yield from _model_faults(f"{path}.model", model, models)
    yield from _model_faults(f"{path}.sign_of", sign_of, models)
    if model and (sign_of or stage is not None):
        yield f"{path}.model", "stands beside sign_of or stage", "an item asks for a stage or rates a sign, not both"
    if sign_of and stage is None:
        yield f"{path}.stage", "is missing", "say which stage of the model this is a sign of, from 1"
    yield from _stage_faults(f"{path}.stage", stage, sign_of, models, "sign_of")


def _model_faults(path: str, model: str, models: Models) -> Iterator[Found]:
    if model and model not in models:
        yield path, f'"{clean_line(model, 64)}" is not a known model', nearest(model, list(models))


def _stage_faults(path: str, stage: Any, model: str, models: Models, named_by: str) -> Iterator[Found]:
    if not isinstance(stage, int) or isinstance(stage, bool):
        return
    if not model:
        yield path, "says a stage of no model", f"name the model in {named_by}"
    elif model in models and not 1 <= stage <= len(models[model]):
        yield path, f"is {stage}", f"{model} has the stages 1 to {len(models[model])}"


def _suggestion_faults(document: Raw, path: str, suggestion: Raw, models: Models, known: Known) -> Iterator[Found]:
    model, strategy = _text(suggestion, "model"), _text(suggestion, "strategy")
    yield from _model_faults(f"{path}.model", model, models)
    yield from _stage_faults(f"{path}.stage", suggestion.get("stage"), model, models, "model")
    strategies = known.strategies | {_text(table, "id") for _, table in _tables(document, "strategies")}
    if strategy and strategy not in strategies:
        wrong = f'"{clean_line(strategy, 64)}" is not a known strategy'
        yield f"{path}.strategy", wrong, nearest(strategy, list(strategies))


def _benchmark_faults(path: str, benchmark: Raw, models: Models) -> Iterator[Found]:
    for model in _texts(benchmark, "models"):
        yield from _model_faults(f"{path}.models", model, models)
        same = benchmark.get("same_stages") is True
        if same and model in models and tuple(_texts(benchmark, "stage_names")) != models[model]:
            wrong = f"is true, but stage_names are not the stages of {clean_line(model, 64)}"
            yield f"{path}.same_stages", wrong, "write the same names, or false"
    names = _texts(benchmark, "stage_names")
    for number, (_, share) in enumerate(_tables(benchmark, "shares"), 1):
        for stage in _texts(share, "stages"):
            if stage not in names:
                wrong = f'"{clean_line(stage, 64)}" is not among stage_names'
                yield f"{path}.shares[{number}].stages", wrong, nearest(stage, names)


def _agenda_faults(path: str, agenda: Raw) -> Iterator[Found]:
    steps = [(_text(step, "step"), step.get("minutes")) for _, step in _tables(agenda, "steps")]
    names = [name for name, _ in steps if name in STEPS]
    if names != [step for step in STEPS if step in names]:
        yield f"{path}.steps", "are out of order or repeated", "keep each step once, in the order " + ", ".join(STEPS)
    minutes = [given for _, given in steps if isinstance(given, int)]
    whole = agenda.get("minutes")
    if isinstance(whole, int) and minutes and sum(minutes) != whole:
        yield f"{path}.minutes", f"is {whole}, but the steps make {sum(minutes)}", "let both be the same"
