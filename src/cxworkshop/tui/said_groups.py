"""A person's unit and level beside a name."""

from rich.cells import cell_len

from cxworkshop.tui.widgets.charts.ink import fit

_USUAL_CELLS = 36
_FEWEST_UNIT_CELLS = 8


def unit_and_level(unit: str, level: str, cells: int = _USUAL_CELLS) -> str:
    """Unit and level in one line; where both do not fit into so many cells the unit is cut, so that the level shows."""
    if unit and level and cell_len(unit) + 3 + cell_len(level) > cells:
        unit = fit(unit, max(cells - 3 - cell_len(level), _FEWEST_UNIT_CELLS)).rstrip()
    return " · ".join(filter(None, (unit, level)))
