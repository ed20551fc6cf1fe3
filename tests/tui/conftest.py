"""Pictures of screens, and the folder of a test's sessions."""

from collections.abc import Callable
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from textual.app import App

Picture = Callable[[App[Any]], None]


class SvgExtension(SingleFileSnapshotExtension):
    """One SVG file per picture, so that a change can be looked at."""

    file_extension = "svg"
    _write_mode = WriteMode.TEXT


@pytest.fixture
def picture(snapshot: SnapshotAssertion) -> Picture:
    """Compares the present screen with its picture; `pytest --snapshot-update` takes new ones."""
    expected = snapshot.use_extension(SvgExtension)

    def compare(app: App[Any]) -> None:
        assert app.export_screenshot(simplify=True) == expected

    return compare
