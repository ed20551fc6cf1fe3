"""The library of packs: those that came with the program, and any file named."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import cached_property
from importlib.resources import files
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import TypeVar

import cxworkshop
from cxworkshop.domain.content import Agenda, Benchmark, Content, Pack, PackListing, SelfTestChoice, Suggestion
from cxworkshop.domain.instruments import Instrument, items_of
from cxworkshop.domain.maturity import MaturityModel
from cxworkshop.domain.text import clean_line
from cxworkshop.packs.consistency import Known
from cxworkshop.packs.faults import Fault, UnfitPack, UnknownAgenda, UnknownPack, UnusablePack
from cxworkshop.packs.files import name_of, read_document
from cxworkshop.packs.load import load, models_in, pack_of, strategies_in
from cxworkshop.packs.schema import Raw

_Value = TypeVar("_Value")


class PackLibrary:
    """The packs of a folder, read when first asked for and kept; a faulty one is listed and stops nothing."""

    def __init__(self, folder: Path) -> None:
        """Look into `folder` for files named `*.toml`; nothing is read yet."""
        self._folder = folder

    def listings(self) -> Sequence[PackListing]:
        """Every pack, usable or not, in order of id; a faulty one under its file's name, with its faults."""
        return tuple(listing for listing, _ in self._shelf)

    def pack(self, id_or_file: str) -> Pack:
        """A usable pack by id or by file.

        A word that is the id of a pack in the folder means that pack; anything else is taken as a file.

        Raises:
            UnknownPack: There is neither such a pack nor such a file.
            UnusablePack: It has faults; all are in `faults`, the sentence names the first.
        """
        for listing, faults in self._shelf:
            if listing.id == id_or_file:
                if listing.pack is None:
                    raise UnusablePack(faults)
                return listing.pack
        path = Path(id_or_file)
        if "\0" in id_or_file or not (path.suffix or len(path.parts) > 1):
            raise UnknownPack(self._no_such_pack(id_or_file))
        return load(path, self.known)

    def agendas(self) -> Sequence[Agenda]:
        """The agendas of all usable packs, shortest first."""
        return sorted(chain.from_iterable(pack.agendas for pack in self._packs), key=lambda agenda: agenda.minutes)

    def content(self, agenda_id: str, packs: Sequence[str] = ()) -> Content:
        """What a session keeps.

        Args:
            agenda_id: The id of an agenda, such as "90".
            packs: Ids or files of packs whose self-tests take the place of the agenda's, in this order.

        Returns:
            The self-tests; the models they name; the benchmarks and suggestions that fit these models or the items'
            themes, or fit everywhere; all prompts, roles and strategies. What a named pack brings goes before what the
            library holds under the same id or moment.

        Raises:
            UnknownAgenda: There is no such agenda.
            UnknownPack: There is no such pack.
            UnusablePack: A named pack has faults.
            UnfitPack: A pack has no self-test or not the items an agenda names, or two packs share an item's id.
        """
        agenda = self._agenda(agenda_id)
        if packs:
            chosen = tuple({pack.id: pack for pack in map(self.pack, packs)}.values())
            agenda = replace(agenda, self_tests=tuple(SelfTestChoice(pack.id) for pack in chosen))
            instruments = tuple(map(_self_test, chosen))
        else:
            chosen = tuple(self.pack(choice.pack) for choice in agenda.self_tests)
            instruments = tuple(
                _short_form(_self_test(pack), choice.items)
                for pack, choice in zip(chosen, agenda.self_tests, strict=True)
            )
        _refuse_shared_items(instruments)
        return _content_of(instruments, agenda, (*chosen, *self._packs_besides(chosen)))

    @cached_property
    def known(self) -> Known:
        """The models and strategies of the folder's packs, which any pack may name."""
        documents = [document for document in self._documents.values() if isinstance(document, dict)]
        models: dict[str, MaturityModel] = {}
        for document in documents:
            models.update(models_in(document))
        return Known(models, frozenset[str]().union(*map(strategies_in, documents)))

    @property
    def _packs(self) -> tuple[Pack, ...]:
        return tuple(listing.pack for listing, _ in self._shelf if listing.pack is not None)

    def _packs_besides(self, chosen: Sequence[Pack]) -> Iterator[Pack]:
        ids = {pack.id for pack in chosen}
        return (pack for pack in self._packs if pack.id not in ids)

    @cached_property
    def _documents(self) -> Mapping[Path, Raw | tuple[Fault, ...]]:
        """Every file as parsed, or why it could not be."""
        found: dict[Path, Raw | tuple[Fault, ...]] = {}
        for path in sorted(self._folder.glob("*.toml")):
            try:
                found[path] = read_document(path)
            except UnusablePack as unusable:
                found[path] = unusable.faults
        return found

    @cached_property
    def _shelf(self) -> tuple[tuple[PackListing, tuple[Fault, ...]], ...]:
        """Every pack as listed, with its faults, in order of id."""
        shelf: list[tuple[PackListing, tuple[Fault, ...]]] = []
        taken: dict[str, Path] = {}
        for path, document in self._documents.items():
            pack, faults = self._opened(path, document)
            if pack is not None and pack.id in taken:
                wrong = f"repeats the id of {name_of(taken[pack.id])}"
                pack, faults = None, (Fault(name_of(path), "pack.id", wrong, "give each pack its own id"),)
            if pack is not None:
                taken[pack.id] = path
            shelf.append((_listing(path, pack, faults), faults))
        return tuple(sorted(shelf, key=lambda entry: (entry[0].id, entry[0].path)))

    def _opened(self, path: Path, document: Raw | tuple[Fault, ...]) -> tuple[Pack | None, tuple[Fault, ...]]:
        """The pack of a file, or its faults."""
        if isinstance(document, tuple):
            return None, document
        try:
            return pack_of(path, document, self.known), ()
        except UnusablePack as unusable:
            return None, unusable.faults

    def _agenda(self, agenda_id: str) -> Agenda:
        for agenda in self.agendas():
            if agenda.id == agenda_id:
                return agenda
        known = ", ".join(agenda.id for agenda in self.agendas())
        raise UnknownAgenda(f'There is no agenda "{clean_line(agenda_id, 40)}"; choose one of {known}.')

    def _no_such_pack(self, name: str) -> str:
        ids = [pack.id for pack in self._packs]
        close = get_close_matches(name[:64], ids, n=1)
        hint = f'Did you mean "{close[0]}"?' if close else "`cxworkshop packs list` names those there are."
        return f'There is no pack and no file "{clean_line(name, 80)}". {hint}'


def shipped_folder() -> Path:
    """The folder of the packs that came with the program.

    Raises:
        UnknownPack: The program was installed without its packs.
    """
    installed = Path(str(files(cxworkshop))) / "content"
    if installed.is_dir():
        return installed
    for parent in Path(cxworkshop.__file__).resolve().parents:
        if (parent / "content").is_dir() and (parent / "pyproject.toml").is_file():
            return parent / "content"
    raise UnknownPack("The packs that belong to the program are missing; install cxworkshop again.")


def shipped_library() -> PackLibrary:
    """The library of the packs that came with the program."""
    return PackLibrary(shipped_folder())


def _listing(path: Path, pack: Pack | None, faults: tuple[Fault, ...]) -> PackListing:
    if pack is None:
        stem = clean_line(path.stem)
        return PackListing(stem, stem, name_of(path), 0, None, str(UnusablePack(faults)))
    items = len(pack.instrument.items) if pack.instrument else 0
    return PackListing(pack.id, pack.title, name_of(path), items, pack)


def _self_test(pack: Pack) -> Instrument:
    if pack.instrument is None:
        raise UnfitPack(f'The pack "{pack.id}" has no self-test; choose one that has items.')
    return pack.instrument


def _short_form(instrument: Instrument, chosen: Sequence[str]) -> Instrument:
    """The instrument with only the chosen items, in its own order; whole where none are chosen."""
    missing = sorted(set(chosen) - {item.id for item in instrument.items})
    if missing:
        raise UnfitPack(f'The pack "{instrument.id}" has no item {", ".join(missing)}, which the agenda asks for.')
    kept = tuple(item for item in instrument.items if item.id in chosen or not chosen)
    return replace(instrument, items=kept)


def _refuse_shared_items(instruments: Iterable[Instrument]) -> None:
    owner: dict[str, str] = {}
    for instrument in instruments:
        for item in instrument.items:
            if item.id in owner:
                both = f'"{owner[item.id]}" and "{instrument.id}"'
                raise UnfitPack(f'The packs {both} share the item id "{item.id}"; use one of them, or rename the item.')
            owner[item.id] = instrument.id


def _content_of(instruments: tuple[Instrument, ...], agenda: Agenda, packs: Sequence[Pack]) -> Content:
    items = items_of(instruments)
    used = {name for item in items for name in (item.model, item.sign_of) if name}
    themes = {item.theme for item in items if item.theme}
    return Content(
        instruments=instruments,
        agenda=agenda,
        models=tuple(model for model in _once((pack.models for pack in packs), attrgetter("id")) if model.id in used),
        benchmarks=tuple(
            each
            for each in _once((pack.benchmarks for pack in packs), attrgetter("id"))
            if _benchmark_fits(each, used, themes)
        ),
        prompts=tuple(_once((pack.prompts for pack in packs), attrgetter("moment"))),
        suggestions=tuple(
            each
            for each in _once((pack.suggestions for pack in packs), attrgetter("id"))
            if _suggestion_fits(each, used, themes)
        ),
        roles=tuple(_once((pack.roles for pack in packs), attrgetter("id"))),
        strategies=tuple(
            sorted(_once((pack.strategies for pack in packs), attrgetter("id")), key=lambda strategy: strategy.order)
        ),
    )


def _once(groups: Iterable[Iterable[_Value]], key: Callable[[_Value], str]) -> Iterator[_Value]:
    """The values of all groups, the first of each key only."""
    seen: set[str] = set()
    for value in chain.from_iterable(groups):
        if key(value) not in seen:
            seen.add(key(value))
            yield value


def _benchmark_fits(benchmark: Benchmark, models: set[str], themes: set[str]) -> bool:
    everywhere = not benchmark.models and not benchmark.themes
    return everywhere or not models.isdisjoint(benchmark.models) or not themes.isdisjoint(benchmark.themes)


def _suggestion_fits(suggestion: Suggestion, models: set[str], themes: set[str]) -> bool:
    everywhere = not suggestion.model and not suggestion.themes
    return everywhere or suggestion.model in models or not themes.isdisjoint(suggestion.themes)
