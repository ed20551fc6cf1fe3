"""Offering names of files while one is typed."""

from pathlib import Path

from textual.suggester import Suggester


class PathSuggester(Suggester):
    """Completes the beginning of a path by the first file or folder, in order of name, that begins so."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """The whole path; None where nothing begins so, or the folder cannot be read."""
        return completed(value)


def completed(typed: str) -> str | None:
    """The first path that begins as typed, a folder with a slash; None where there is none."""
    folder, slash, begun = typed.rpartition("/")
    if not begun:
        return None
    try:
        place = Path(f"{folder}{slash}").expanduser() if slash else Path()
        found = sorted(each for each in place.iterdir() if each.name.startswith(begun))
        ending = "/" if found and found[0].is_dir() else ""
    except (OSError, RuntimeError, ValueError):
        return None
    return f"{folder}{slash}{found[0].name}{ending}" if found else None
