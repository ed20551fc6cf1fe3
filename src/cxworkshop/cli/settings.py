"""What a user settled once for all sittings: colours, characters, dates and keys, in one file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cxworkshop.cli.looks import THEMES
from cxworkshop.domain.errors import CxWorkshopError

_LARGEST = 64 * 1024
_KNOWN = ("theme", "ascii", "date_order", "keys")
_DATE_ORDERS = {"day first": True, "month first": False}


class UnusableSettings(CxWorkshopError):
    """The file of settings cannot be used."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the file says; `keys` are Textual's names of keys by the id of an act, not looked at yet."""

    theme: str = ""
    ascii: bool | None = None
    day_first: bool | None = None
    """How `4/5` is read; None leaves it to the locale."""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def settings_file() -> Path:
    """Where the file lies; it need not exist."""
    from platformdirs import user_config_path  # noqa: PLC0415 - only the screens ask

    return user_config_path("cxworkshop", appauthor=False) / "settings.toml"


def read_settings(path: Path, *, must_exist: bool = False) -> Settings:
    """The settings in a file; none where there is no file.

    Raises:
        UnusableSettings: The file cannot be read, is no TOML, or says something that is not known.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except FileNotFoundError:
        if must_exist:
            raise UnusableSettings(f"There is no file {path}.") from None
        return Settings()
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or "it has no usable name"
        raise UnusableSettings(f"The settings in {path} cannot be read: {reason}.") from error
    if len(data) > _LARGEST:
        raise UnusableSettings(f"{path} is too large for a file of settings.")
    from tomllib import loads  # noqa: PLC0415 - most users have no such file, and screens open sooner without it

    try:
        return _settings(loads(data.decode("utf-8-sig")))
    except (RecursionError, ValueError) as error:
        raise UnusableSettings(f"The settings in {path} are no TOML: {error}. Mend the file or rename it.") from error
    except UnusableSettings as refused:
        raise UnusableSettings(f"In {path}: {refused} Mend the file or rename it.") from refused


def _settings(table: Mapping[str, Any]) -> Settings:
    for name in table:
        if name not in _KNOWN:
            raise UnusableSettings(f"“{name}” is not known; known are {', '.join(_KNOWN)}.")
    theme, in_ascii, keys = table.get("theme", ""), table.get("ascii"), table.get("keys", {})
    if theme and theme not in THEMES:
        raise UnusableSettings(f"theme is one of {', '.join(THEMES)}.")
    if in_ascii is not None and not isinstance(in_ascii, bool):
        raise UnusableSettings("ascii is true or false.")
    if not isinstance(keys, Mapping):
        raise UnusableSettings("keys is a table of acts and their keys.")
    order = table.get("date_order")
    if order is not None and not (isinstance(order, str) and order in _DATE_ORDERS):
        raise UnusableSettings(f"date_order is one of {', '.join(_DATE_ORDERS)}.")
    day_first = None if order is None else _DATE_ORDERS[order]
    return Settings(theme, in_ascii, day_first, {name: _keys(name, given) for name, given in keys.items()})


def _keys(name: str, given: Any) -> tuple[str, ...]:
    listed = [given] if isinstance(given, str) else given
    if not isinstance(listed, list) or not all(isinstance(key, str) for key in listed):
        raise UnusableSettings(f'the keys of “{name}” are a list of names, as in "{name}" = ["f5"].')
    return tuple(listed)
