"""Writes the expected documents anew; look at every difference before you keep it."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

sys.path.insert(0, str(Path(__file__).parents[1]))

from cxworkshop.report.press import Press
from cxworkshop.report.sheets import blank_sheet
from cxworkshop.report.tables import Preset
from report.room import NOON, box, session

GOLDEN = Path(__file__).parent / "golden"


def expected() -> Iterator[tuple[str, str]]:
    """Every expected document by the name of its file."""
    press = Press(lambda: NOON)
    for form, ending in (("markdown", "md"), ("html", "html")):
        yield f"plan.{ending}", press.render(session(), box(), "plan", form)
        yield f"report.{ending}", press.render(session(), box(), "report", form)
    for preset in get_args(Preset):
        yield f"plan-{preset}.csv", press.render(session(), box(), "plan", "csv", preset=preset)
    yield "results.csv", press.render(session(), box(), "report", "csv")
    yield "sheet.md", blank_sheet(session(), "markdown")


if __name__ == "__main__":
    for name, text in expected():
        (GOLDEN / name).write_bytes(text.encode())
