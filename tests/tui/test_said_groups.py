"""A person's unit and level beside a name."""

import pytest

from cxworkshop.tui.said_groups import unit_and_level


@pytest.mark.parametrize(
    ("unit", "level", "said"),
    [
        ("Sales", "Lead", "Sales · Lead"),
        ("", "Lead", "Lead"),
        ("Sales", "", "Sales"),
        ("Vertrieb und Kundengewinnung", "Führungskräfte", "Vertrieb… · Führungskräfte"),
    ],
)
def test_the_level_shows_however_long_the_unit_is(unit: str, level: str, said: str) -> None:
    assert unit_and_level(unit, level, 26) == said
