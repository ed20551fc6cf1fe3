"""Painting no more of a screen than what changed."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.strip import Strip

Rendered = tuple[Region, Region, list[Strip]]


class ChangedLines(Compositor):
    """A compositor that asks only widgets that can be seen where something changed, and only for those lines.

    Textual's asks every widget in sight for all of its lines, whichever changed, and lets what is not needed fall. On a
    screen of frames within frames that costs more than the change itself.
    """

    def __init__(self) -> None:
        super().__init__()
        self._changed: Sequence[Region] = ()
        """What is being painted; empty where it is everything."""

    def render_partial_update(self) -> ChopsUpdate | None:
        """Paint the regions that changed."""
        self._changed = tuple(self._dirty_regions)
        try:
            return super().render_partial_update()
        finally:
            self._changed = ()

    def _get_renders(self, crop: Region | None = None) -> Iterable[Rendered]:
        whole = self.size.region if crop is None else crop
        for band in _bands([region.intersection(whole) for region in self._changed or (whole,)]):
            yield from self._renders_of(band)

    def _renders_of(self, band: Region) -> Iterator[Rendered]:
        """What can be seen in a band of lines, front first, until nothing behind can be seen any more.

        Lines are given as wide as their widgets are, since they are cut at the edges of widgets afterwards; what is
        then behind something beside the band is not sent to the terminal.
        """
        lines = Region(0, band.y, self.size.width, band.height)
        hidden = _Columns(*band.column_span)
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            if not seen.overlaps(band) or hidden.hold(*seen.column_span):
                continue
            seen = seen.intersection(lines)
            yield region, seen, widget.render_lines(seen.translate(-region.offset))
            if seen.height == band.height and hidden.add(*seen.column_span):
                return


def _bands(regions: Sequence[Region]) -> Iterator[Region]:
    """The regions as bands of lines that do not overlap: each as high as the same regions reach."""
    edges = sorted({edge for region in regions for edge in region.line_span})
    for top, bottom in pairwise(edges):
        across = [region for region in regions if region.y <= top and region.bottom >= bottom]
        if across:
            left, right = min(region.x for region in across), max(region.right for region in across)
            yield Region(left, top, right - left, bottom - top)


class _Columns:
    """Which columns of a band are hidden by what was painted in front."""

    def __init__(self, first: int, end: int) -> None:
        self._first, self._end = first, end
        self._spans: list[tuple[int, int]] = []

    def hold(self, first: int, end: int) -> bool:
        """Whether nothing in these columns of the band can be seen any more."""
        first, end = max(first, self._first), min(end, self._end)
        return any(left <= first and end <= right for left, right in self._spans)

    def add(self, first: int, end: int) -> bool:
        """Hide columns; tells whether all of the band's are hidden."""
        for left, right in tuple(self._spans):
            if left <= end and first <= right:
                self._spans.remove((left, right))
                first, end = min(first, left), max(end, right)
        self._spans.append((first, end))
        return self.hold(self._first, self._end)
