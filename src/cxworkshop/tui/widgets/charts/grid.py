"""A picture as a grid of characters: labels that keep out of each other's way, and rows as parts."""

from collections.abc import Iterator, Sequence

from cxworkshop.tui.widgets.charts.ink import Ink, Part


def nearest_free(
    taken: dict[tuple[int, int], str], wish: tuple[int, int], label: str, edges: tuple[int, int, int, int]
) -> tuple[int, int] | None:
    """The free place for a label that is nearest to a wish, within edges (left, right, top, bottom); None without one.

    Places are (column, row); what stands in them already is in `taken`.
    """
    left, right, top, bottom = edges
    spots = ((column, row) for row in range(top, bottom + 1) for column in range(left, right + 1))
    free = (spot for spot in spots if _is_free(taken, spot, label))
    return min(free, key=lambda spot: (abs(spot[0] - wish[0]) + 4 * abs(spot[1] - wish[1]), spot), default=None)


def _is_free(taken: dict[tuple[int, int], str], spot: tuple[int, int], label: str) -> bool:
    column, row = spot
    return all(
        other_row != row or column + len(label) < other or other + len(text) < column
        for (other, other_row), text in taken.items()
    )


def write(grid: list[list[str]], inks: list[list[Ink]], place: tuple[int, int], text: str, ink: Ink) -> None:
    """Put a text into a grid of characters and its inks, from a place on, as far as there is room."""
    column, row = place
    for offset, character in enumerate(text):
        if column + offset < len(grid[row]):
            grid[row][column + offset] = character
            inks[row][column + offset] = ink


def runs(characters: Sequence[str], inks: Sequence[Ink]) -> Iterator[Part]:
    """A row of a grid as parts of one ink each."""
    start = 0
    for end in range(1, len(characters) + 1):
        if end == len(characters) or inks[end] != inks[start]:
            yield Part("".join(characters[start:end]), inks[start])
            start = end
