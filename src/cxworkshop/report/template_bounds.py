"""How much a person's own template may make, and how what it prints is escaped: the filters of the sandbox."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from jinja2 import Environment, pass_environment
from jinja2.exceptions import SecurityError
from jinja2.filters import do_format, make_attrgetter
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup, escape

from cxworkshop.domain.rounding import share_in_words
from cxworkshop.report.markdown import agreement, figure, md
from cxworkshop.report.tables import inert

LARGEST_TEXT = 8 * 1024 * 1024
"""The most characters that a template may write, or make of a text on the way."""

LONGEST_COUNT = 100_000
"""How far `range` counts."""

LARGEST_POWER = 64
"""The highest power that a number is raised to."""

_KINDS = re.compile(r"\.(\w+?)(?:\.(?:j2|jinja2?))?$")
_WIDE = re.compile(r"%[^a-zA-Z%]*(?:\d{4}|\*)")
_QUOTED = re.compile(r'[",;\t\r\n]')

Escape = Callable[[object], Markup]
"""Marks a text as right for its kind of file, escaping it first where it is not marked already."""


class Refused(SecurityError):
    """Something that templates may not do, or not that much of; the message is ours."""


def escape_for(name: str) -> Escape:
    """The escape for the kind of file that a template's name ends in; where that is not known, text stays as it is."""
    found = _KINDS.search(name.lower())
    return _ESCAPES.get(found[1] if found else "", Markup)


def filters_for(escaped: Escape) -> Mapping[str, Callable[..., Any]]:
    """Our own filters, and those of Jinja's that could make a text too long or mix escapes, made anew."""

    @pass_environment
    def join(
        environment: Environment, values: Iterable[Any], separator: object = "", attribute: str | int | None = None
    ) -> str:
        got = values if attribute is None else map(make_attrgetter(environment, attribute), values)
        return joined(escaped, got, separator)

    def replace(value: object, old: object, new: object) -> str:
        marked = isinstance(value, Markup) or isinstance(new, Markup)
        text, put = (str(escaped(value)), str(escaped(new))) if marked else (str(value), str(new))
        refuse_longer(len(text) + text.count(str(old)) * len(put))
        made = text.replace(str(old), put)
        return Markup(made) if marked else made  # noqa: S704 - of marked parts

    return {
        "markdown": _as_markdown,
        "html": escape,
        "csv": _as_cell,
        "figure": figure,
        "agreement": agreement,
        "share": share_in_words,
        "escape": escaped,
        "e": escaped,
        "format": _format,
        "join": join,
        "replace": replace,
        "tojson": _as_json,
    }


def joined(escaped: Escape, parts: Iterable[object], separator: object = "") -> str:
    """Texts and numbers put together; once one of them is marked as escaped, all are escaped."""
    listed = list(parts)
    marked = any(isinstance(part, Markup) for part in (separator, *listed))
    texts = [str(escaped(part)) if marked else str(part) for part in listed]
    between = str(escaped(separator)) if marked else str(separator)
    refuse_longer(sum(map(len, texts)) + len(between) * len(texts))
    made = between.join(texts)
    return Markup(made) if marked else made  # noqa: S704 - of marked parts


def count(*bounds: int) -> range:
    """Jinja's `range`, within bounds."""
    counted = range(*bounds)
    if len(counted) > LONGEST_COUNT:
        raise Refused(f"range counts to {LONGEST_COUNT:,} at most.")
    return counted


def refuse_growth(operator: str, left: object, right: object) -> None:
    """Refuse a sum, product, power or format whose outcome would be beyond bounds."""
    sizes = [len(side) for side in (left, right) if isinstance(side, str | list | tuple)]
    if operator == "+" and len(sizes) == 2:
        refuse_longer(sum(sizes))
    elif operator == "*" and len(sizes) == 1:
        times = next((side for side in (left, right) if isinstance(side, int)), 1)
        refuse_longer(sizes[0] * times)
    elif operator == "**" and (not isinstance(right, int | float) or abs(right) > LARGEST_POWER):
        raise Refused(f"powers go to {LARGEST_POWER} at most.")
    elif operator == "%" and isinstance(left, str):
        _refuse_wide(left)


def refuse_longer(length: int) -> None:
    """Refuse a text or list of such a length where that is beyond bounds."""
    if length > LARGEST_TEXT:
        raise Refused(f"it makes a text of more than {LARGEST_TEXT // 1024**2} million characters.")


def _format(value: object, *arguments: object, **named: object) -> str:
    _refuse_wide(str(value))
    return do_format(str(value), *arguments, **named)


def _refuse_wide(text: str) -> None:
    if _WIDE.search(text):
        raise Refused("a number is to be written wider than templates may write one.")


def _escaping(escape_text: Callable[[str], object]) -> Escape:
    def escaped(value: object) -> Markup:
        return value if isinstance(value, Markup) else Markup(escape_text(str(value)))  # noqa: S704 - escaped here

    return escaped


def _cell(text: str) -> str:
    """A cell of CSV: never run as a formula, and quoted where it has to be."""
    harmless = str(inert(text))
    return '"' + harmless.replace('"', '""') + '"' if _QUOTED.search(harmless) else harmless


def _as_json(value: object) -> Markup:
    return htmlsafe_json_dumps(value)


_as_markdown, _as_cell = _escaping(md), _escaping(_cell)
_ESCAPES: Mapping[str, Escape] = {
    **dict.fromkeys(("md", "markdown"), _as_markdown),
    **dict.fromkeys(("html", "htm", "xml", "svg"), escape),
    "csv": _as_cell,
}
