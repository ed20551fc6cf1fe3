"""The commands about content packs."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from cxworkshop.cli.documents import put_out
from cxworkshop.cli.edge import DONE, REFUSED
from cxworkshop.cli.frame import Group
from cxworkshop.cli.output import note, say
from cxworkshop.cli.table_of_contents import COMMANDS
from cxworkshop.cli.wiring import workshop
from cxworkshop.domain.content import Pack, PackListing
from cxworkshop.domain.errors import CxWorkshopError
from cxworkshop.domain.instruments import Item
from cxworkshop.domain.wording import counted


class UnfitName(CxWorkshopError):
    """A file's name does not fit what it is to hold."""


@click.group("packs", cls=Group, short_help=COMMANDS["packs"].line)
def packs() -> None:
    """List, show, check and begin content packs: self-tests, maturity models, prompts, agendas."""


@packs.command("list")
def list_packs() -> None:
    """List the packs that came with the program, and why one is unusable."""
    listings = workshop().library.listings()
    width = max((len(listing.id) for listing in listings), default=0)
    say("\n".join(f"{listing.id:{width}}  {_state(listing)}" for listing in listings))


@packs.command("show")
@click.argument("pack", metavar="ID|FILE")
def show(pack: str) -> None:
    """Show what a pack holds."""
    say("\n".join(_shown(workshop().library.pack(pack))))


@packs.command("check")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
def check(files: Sequence[str]) -> int:
    """Name every fault of pack files, with its place and what would be right.

    What can be used, but may not be what was meant, is told as well and is no fault.
    """
    from cxworkshop.packs.check import check as faults_in  # noqa: PLC0415 - loads what no other command needs
    from cxworkshop.packs.check import remarks  # noqa: PLC0415 - as above

    known = workshop().library.known
    faults = {file: faults_in(Path(file), known) for file in files}
    for file, found in faults.items():
        if found:
            say("\n".join(map(str, found)))
        else:
            note("\n".join([f"{file}: no faults.", *map(str, remarks(Path(file)))]))
    return REFUSED if any(faults.values()) else DONE


@packs.command("new")
@click.argument("file")
@click.option("--force", is_flag=True, help="Overwrite the file where it is there.")
def new_pack(file: str, *, force: bool) -> None:
    """Begin a pack: write a commented FILE that passes the check, ready to be filled in."""
    from cxworkshop.packs.scaffold import id_from, scaffold  # noqa: PLC0415 - loads what no other command needs

    path = Path(file)
    if path.suffix.lower() != ".toml":
        raise UnfitName(f"{file} cannot be a pack: packs are TOML files whose name ends in .toml.")
    pack_id = id_from(path.stem)
    text = scaffold(pack_id, pack_id.replace("-", " ").capitalize())
    put_out(workshop(), text, file, force=force)


@packs.command("schema")
def schema() -> None:
    """Print the JSON Schema of pack files, from which editors complete keys."""
    from cxworkshop.packs.editors import json_schema  # noqa: PLC0415 - loads what no other command needs

    say(json.dumps(json_schema(), indent=2, ensure_ascii=False))


def _state(listing: PackListing) -> str:
    if listing.pack is None:
        return f"unusable: {listing.problem}"
    items = counted(listing.items, "item") if listing.items else "no self-test"
    return f"{items:12}  {listing.title}"


def _shown(pack: Pack) -> Iterator[str]:
    yield f"{pack.title} ({pack.id}, version {pack.version})"
    if str(pack.source):
        yield f"Source: {pack.source}"
    if pack.summary:
        yield from ("", pack.summary)
    if pack.instrument is not None:
        yield from ("", f"Self-test, {counted(len(pack.instrument.items), 'item')}:")
        yield from map(_item, pack.instrument.items)
    for model in pack.models:
        yield from ("", f"Maturity model {model.id}: {model.title}")
        yield from (f"  {number} {stage.name}" for number, stage in enumerate(model.stages, 1))
    for agenda in pack.agendas:
        yield from ("", f"Agenda {agenda.id}: {agenda.title}, {agenda.minutes} minutes")
    others = [
        counted(len(held), one, many)
        for one, many, held in (
            ("benchmark", "", pack.benchmarks),
            ("prompt", "", pack.prompts),
            ("suggestion", "", pack.suggestions),
            ("role", "", pack.roles),
            ("strategy", "strategies", pack.strategies),
        )
        if held
    ]
    if others:
        yield from ("", f"Also: {', '.join(others)}.")


def _item(item: Item) -> str:
    numbers = [each.number for each in item.scale.called]
    answered = "" if numbers[0] == 1 else f", answered by {numbers[0]} to {numbers[-1]}"
    return f"  {item.id}  {item.text}  [{len(item.scale)} options{answered}]"
