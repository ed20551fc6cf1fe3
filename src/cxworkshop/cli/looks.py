"""How the screens of the running command look: options first, then the environment, then the file of settings."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from cxworkshop.tui.looks import Looks

THEMES = ("dark", "light", "projector")
"""The words for the colours."""

_ASCII = "cxworkshop.ascii"
_THEME = "cxworkshop.theme"


def looks_options() -> list[click.Parameter]:
    """The options of every command that shows a screen; `wished_looks` reads what they said."""
    return [
        click.Option(
            ["--theme"],
            type=click.Choice(THEMES),
            expose_value=False,
            callback=_keep(_THEME),
            help="The colours; F3 changes them later.",
        ),
        click.Option(
            ["--ascii"],
            is_flag=True,
            expose_value=False,
            callback=_keep(_ASCII),
            help="Draw lines, bars and marks with ASCII only.",
        ),
    ]


def wished_looks() -> "Looks":
    """What the user of the running command wishes.

    Raises:
        CxWorkshopError: The file of settings, or the keys in it, cannot be used.
    """
    from cxworkshop.cli.characters import why_ascii  # noqa: PLC0415 - only commands that show a screen
    from cxworkshop.cli.settings import UnusableSettings, read_settings, settings_file  # noqa: PLC0415 - as above
    from cxworkshop.tui.keymap import UnusableKeys, keymap_of  # noqa: PLC0415 - loads Textual
    from cxworkshop.tui.looks import Looks  # noqa: PLC0415 - as above

    said = click.get_current_context().meta
    path = settings_file()
    settings = read_settings(path)
    asked = why_ascii(os.environ, settings.ascii)
    try:
        keys = keymap_of(settings.keys)
    except UnusableKeys as refused:
        raise UnusableSettings(f"In {path}: {refused} “cxworkshop keys {path}” checks it.") from refused
    return Looks(said.get(_THEME) or settings.theme, bool(said.get(_ASCII) or asked), keys)


def _keep(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    def keep(context: click.Context, _parameter: click.Parameter, value: Any) -> None:
        if value:
            context.meta[name] = value

    return keep
