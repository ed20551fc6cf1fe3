"""Parts that the screens are given but seldom need at once: each loads its room when it is first used.

The console shows its first frame before anybody asks for a pack or a document, and the libraries behind these take as
long to load as a third of Textual.
"""

from collections.abc import Callable, Sequence
from functools import cached_property

from cxworkshop.domain.content import Agenda, Content, Pack, PackListing
from cxworkshop.domain.session import Session
from cxworkshop.facilitation.ports import (
    BallotBox,
    DocumentForm,
    DocumentName,
    DocumentPress,
    PackLibrary,
    TablePreset,
)


class LibraryOnDemand:
    """A library of packs that is opened when it is first asked for something."""

    def __init__(self, open_library: Callable[[], PackLibrary]) -> None:
        self._open = open_library

    @cached_property
    def _library(self) -> PackLibrary:
        return self._open()

    def listings(self) -> Sequence[PackListing]:
        """Every pack, usable or not, in order of id."""
        return self._library.listings()

    def pack(self, id_or_file: str) -> Pack:
        """A usable pack by id or by file."""
        return self._library.pack(id_or_file)

    def agendas(self) -> Sequence[Agenda]:
        """The agendas, shortest first."""
        return self._library.agendas()

    def content(self, agenda_id: str, packs: Sequence[str] = ()) -> Content:
        """What a session keeps: the agenda's self-tests, or those of `packs` in their place."""
        return self._library.content(agenda_id, packs)


class PressOnDemand:
    """A press that is set up when the first document is asked for."""

    def __init__(self, open_press: Callable[[], DocumentPress]) -> None:
        self._open = open_press

    @cached_property
    def _press(self) -> DocumentPress:
        return self._open()

    def render(
        self,
        session: Session,
        box: BallotBox,
        document: DocumentName,
        form: DocumentForm,
        *,
        preset: TablePreset = "generic",
        month_first: bool = False,
    ) -> str:
        """A document as text."""
        return self._press.render(session, box, document, form, preset=preset, month_first=month_first)

    def write(self, text: str, path: str, *, force: bool) -> str:
        """Write a text to a file, whole or not at all; gives the full path."""
        return self._press.write(text, path, force=force)
