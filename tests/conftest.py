"""How long the tests of the screens wait."""

from collections.abc import Iterator

import pytest
from textual import _wait
from textual import screen as screens


@pytest.fixture(autouse=True, scope="session")
def _screens_come_to_rest_soon() -> Iterator[None]:
    """Paint at once, and look often whether an application is at rest.

    Textual paints 60 times a second, and its pilot looks 50 times a second, twice a key, whether all is quiet: four
    fifths of a test by keys would be that waiting.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(screens, "UPDATE_PERIOD", 1 / 200)
        patch.setattr(_wait, "SLEEP_GRANULARITY", 1 / 200)
        patch.setattr(_wait, "SLEEP_IDLE", 1 / 4000)
        yield
