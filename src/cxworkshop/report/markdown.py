"""Markdown out of templates: whatever a template prints is escaped, so no text can change a document's shape."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from cxworkshop.domain.rounding import in_places, share_in_words, shown_agreement

if TYPE_CHECKING:
    from jinja2 import Environment

_ACTIVE = re.compile(r"([\\`*_\[\]<>~#$&{}])")
_LINE_START = re.compile(r"^([-+=:]|\d{1,9}(?=[.)](?:\s|$)))")
_ADDRESS = re.compile(r"(?i)\b(https?|ftp|mailto|xmpp)(?=:)|\b(www)(?=\.)")
_MENTION = re.compile(r"(?<![\w.+-])@(?=\w)")
_WORD_JOINER = "\u2060"


class Escaped(str):
    """Text that is Markdown already."""

    __slots__ = ()


def md(value: object) -> object:
    """Text escaped for a place inside a line of Markdown; figures and what is escaped already stay as they are.

    Line ends become spaces. Punctuation that Markdown or its dialects act on gets a backslash, at a line's start also
    what would begin a list or an underline. Web addresses do not become links, and `@name` notifies nobody: an
    invisible joiner parts the sign from the name.
    """
    if not isinstance(value, str) or isinstance(value, Escaped):
        return value
    text = " ".join(value.split())
    # An entity, since some readers take a line that ends in a bar for a row of a table, backslash or not.
    text = _ACTIVE.sub(r"\\\1", text).replace("|", "&#124;")
    text = _ADDRESS.sub(lambda found: found[0] + "\\", text)
    text = _LINE_START.sub(lambda found: found[0] + "\\" if found[0][0].isdigit() else "\\" + found[0], text)
    return Escaped(_MENTION.sub("@" + _WORD_JOINER, text))


def figure(value: float | None, places: int = 2) -> Escaped:
    """A figure with so many decimals, as part of a table; a dash where there is none."""
    return Escaped("–" if value is None else in_places(value, places))


def agreement(value: float | None) -> Escaped:
    """Agreement as it is shown to people; a dash where there is none."""
    return Escaped("–" if value is None else shown_agreement(value))


def share(percent: float) -> object:
    """A share in percent as it is shown to people."""
    return md(share_in_words(percent))


def rendered(template: str, view: Mapping[str, Any]) -> str:
    """A document from one of our templates, ending in one line end.

    Args:
        template: The template's file name.
        view: Plain data; every name that the template uses is there.
    """
    text = _environment().get_template(template).render(view)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


@cache
def _environment() -> "Environment":
    """The templates' environment. Autoescape is for HTML; here `finalize` escapes everything that is printed."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined  # noqa: PLC0415 - only documents need it

    environment = Environment(
        loader=FunctionLoader(_template),
        undefined=StrictUndefined,
        finalize=md,
        autoescape=False,  # noqa: S701 - as said above
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["md"] = md
    environment.filters.update(figure=figure, agreement=agreement, share=share)
    return environment


def _template(name: str) -> str:
    return files("cxworkshop.report").joinpath("templates", name).read_text(encoding="utf-8")
