"""Naming every fault of a pack, each with its place and what would be right."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from cxworkshop.domain.instruments import Option, misnumbered
from cxworkshop.domain.text import clean_line
from cxworkshop.packs.consistency import Found, Known, inconsistencies, place
from cxworkshop.packs.faults import Fault, UnusablePack, nearest
from cxworkshop.packs.files import name_of, read_document
from cxworkshop.packs.schema import PackFile, PackTable, Raw

MOST_FAULTS = 100
"""The most faults named of one file; a file with more is no attempt at a pack."""

_CONTENT = tuple(section for section in PackFile.model_fields if section not in ("pack", "scales"))

_KINDS = {
    "string_type": "a text in quotes",
    "int_type": "a whole number without quotes",
    "float_type": "a number without quotes",
    "bool_type": "true or false",
    "list_type": "a list in [square brackets]",
    "dict_type": "a table",
    "model_type": "a table",
    "model_attributes_type": "a table",
}


def check(path: Path, known: Known | None = None) -> tuple[Fault, ...]:
    """Every fault of a pack file, in the order of the file's sections.

    Args:
        path: The file.
        known: The models and strategies of other packs; the shipped ones unless given.

    Returns:
        The faults, at most `MOST_FAULTS` of them; empty where the pack is fine. It never raises for what a file holds.
    """
    try:
        document = read_document(path)
    except UnusablePack as unusable:
        return unusable.faults
    if known is None:
        from cxworkshop.packs.library import shipped_library  # noqa: PLC0415 - the library checks its own packs with this

        known = shipped_library().known
    try:
        sound(path, document, known)
    except UnusablePack as unusable:
        return unusable.faults
    return ()


def remarks(path: Path) -> tuple[Fault, ...]:
    """What the author of a sound pack may not have meant, as faults that do not keep the pack from being used.

    Args:
        path: A file in which `check` finds no fault.

    Raises:
        UnusablePack: The file cannot be read.
    """
    file = PackFile.model_validate(read_document(path))
    labels = {f"scales.{name}.options": scale.options for name, scale in file.scales.items()}
    stages = {f"models[{number}] ({model.id}).stages": model.stages for number, model in enumerate(file.models, 1)}
    labels |= {key: [stage.name for stage in tables] for key, tables in stages.items()}
    found = ((key, misnumbered(tuple(map(Option, options)))) for key, options in labels.items())
    return tuple(
        Fault(
            name_of(path),
            key,
            f'"{option.label}" begins with another number than {number}, by which people answer it',
            "let the labels count up or down by one from the first to the last, or begin with no number",
        )
        for key, misleading in found
        if misleading is not None
        for option, number in (misleading,)
    )


def sound(path: Path, document: Raw, known: Known) -> PackFile:
    """A pack file that was read already, known to be free of faults.

    Raises:
        UnusablePack: It has faults; every one of them is in `faults`.
    """
    found: list[Found] = []
    file = None
    try:
        file = PackFile.model_validate(document)
    except ValidationError as error:
        details = error.errors(include_url=False)[:MOST_FAULTS]
        found += [_explained(detail, document) for detail in details]
    for inconsistency in inconsistencies(document, known):
        if len(found) >= MOST_FAULTS:
            break
        found.append(inconsistency)
    if not found and not any(document.get(section) for section in _CONTENT):
        found.append(("", "holds nothing to vote on or to show", "add [[items]] with a scale, or any other section"))
    if file is None or found:
        raise UnusablePack(tuple(Fault(name_of(path), *parts) for parts in dict.fromkeys(found)))
    return file


def _explained(detail: ErrorDetails, document: Raw) -> Found:
    """A validation error in an author's words."""
    location, kind, context = detail["loc"], detail["type"], detail.get("ctx", {})
    path = _path(location, document)
    if kind == "extra_forbidden":
        return path, "is not a key known here", _meant_by(str(location[-1]), location[:-1])
    field = _fields(location[:-1]).get(str(location[-1])) if location else None
    if kind == "missing":
        return path, "is missing", f"add {field.description}" if field and field.description else "add it"
    if kind == "unfit":
        return path, str(context["wrong"]), str(context["right"])
    if kind in _KINDS:
        return path, f"is {_shown(detail['input'])}", f"write {_KINDS[kind]}"
    return path, *_out_of_bounds(kind, context, detail["input"])


def _meant_by(word: str, table: Sequence[int | str]) -> str:
    """Which key an author may have meant who wrote an unknown one into a table."""
    in_pack_table = get_close_matches(word[:64], PackTable.model_fields, n=1, cutoff=0.75)
    if not table and in_pack_table:
        return f'did you mean "{in_pack_table[0]}" in the table [pack]?'
    return nearest(word, list(_fields(table)))


def _out_of_bounds(kind: str, context: Mapping[str, Any], value: Any) -> tuple[str, str]:
    match kind:
        case "literal_error":
            return f"is {_shown(value)}", f"write {context['expected']}".replace("'", '"')
        case "greater_than_equal":
            return f"is {_shown(value)}", f"write a number of at least {context['ge']}"
        case "less_than_equal":
            return f"is {_shown(value)}", f"write a number of at most {context['le']}"
        case "too_short":
            return f"is {_entries(context['actual_length'])} long", f"give it at least {context['min_length']}"
        case "too_long":
            return f"is {_entries(len(value))} long", f"give it at most {context['max_length']}"
        case _:
            return f"is {_shown(value)}, which does not fit", "see the guide to writing packs for this key"


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count} entries"


def _shown(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return f'the text "{clean_line(value, 40)}"'
        case int() | float():
            return f"the number {str(value)[:40]}"
        case list():
            return "a list"
        case dict():
            return "a table"
        case _:
            return f"a {type(value).__name__}"


def _path(location: Sequence[int | str], document: Raw) -> str:
    """The key path of a location, lists counted from 1 and tables of the outer lists named by their ids."""
    path, here = "", document
    for number, part in enumerate(location):
        here_next = _within(here, part)
        if isinstance(part, int):
            name = place("", part + 1, here_next) if number == 1 else f"[{part + 1}]"
            path += name
        elif part != "[key]":
            path += ("." if path else "") + clean_line(part, 64)
        here = here_next
    return path


def _within(value: Any, part: int | str) -> Any:
    try:
        return value[part]
    except (KeyError, IndexError, TypeError):
        return None


def _fields(location: Sequence[int | str]) -> Mapping[str, FieldInfo]:
    """The keys that are known in the table at a location; empty where that is no table of fixed keys."""
    model: Any = PackFile
    for part in location:
        if isinstance(model, type) and issubclass(model, BaseModel):
            field = model.model_fields.get(str(part))
            model = field.annotation if field else None
        else:
            model = get_args(model)[-1] if get_origin(model) in (list, dict) else None
        model = next((option for option in _options(model) if option is not type(None)), None)
    return model.model_fields if isinstance(model, type) and issubclass(model, BaseModel) else {}


def _options(annotation: Any) -> Iterator[Any]:
    """The members of a union, or the annotation itself."""
    if get_origin(annotation) in (list, dict) or isinstance(annotation, type):
        yield annotation
    else:
        yield from get_args(annotation) or (annotation,)
