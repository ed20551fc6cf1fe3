"""HTML out of templates: one file that loads nothing, in which every text is escaped and no markup of ours is text."""

import re
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from cxworkshop.domain.rounding import in_places, share_in_words, shown_agreement
from cxworkshop.report.charts.agreement_map import agreement_map
from cxworkshop.report.charts.bars import bars, two_rounds
from cxworkshop.report.charts.diverging import diverging, scales_of
from cxworkshop.report.charts.flow import ribbons
from cxworkshop.report.charts.groups import small_multiples
from cxworkshop.report.charts.marks import WIDTH, on_pages
from cxworkshop.report.charts.two_places import levels_beside, then_and_now

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup


def rendered_page(template: str, view: Mapping[str, Any]) -> str:
    """A document as a page, ending in one line end.

    Args:
        template: The template's file name.
        view: Plain data; every name that the template uses is there.
    """
    text = _environment().get_template(template).render(view)
    return re.sub(r"\n\s*\n+", "\n", text).strip() + "\n"


def one_line(value: object) -> object:
    """Text with every run of white space as one space; what is HTML already, and all that is no text, as it is."""
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    return " ".join(value.split())


def figure(value: float | None, places: int = 0) -> "Markup":
    """A figure with so many decimals that holds the unrounded one for programs; a dash where there is none."""
    from markupsafe import Markup  # noqa: PLC0415 - comes with the template engine

    return Markup("–") if value is None else _said(value, in_places(value, places))


def agreement(value: float | None) -> "Markup":
    """Agreement as it is shown to people, as `figure`."""
    return figure(None) if value is None else _said(value, str(shown_agreement(value)))


def share(percent: float) -> "Markup":
    """A share in percent as it is shown to people, as `figure`."""
    return _said(percent, share_in_words(percent))


def _said(value: float, words: str) -> "Markup":
    from markupsafe import Markup  # noqa: PLC0415 - comes with the template engine

    return Markup('<data value="{}">{}</data>').format(repr(value), words)


def at(place: float) -> str:
    """A place or length in a drawing, to a tenth."""
    return f"{place:.1f}".removesuffix(".0")


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FunctionLoader, StrictUndefined  # noqa: PLC0415 - only documents need it

    environment = Environment(
        loader=FunctionLoader(_part),
        undefined=StrictUndefined,
        finalize=one_line,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(figure=figure, agreement=agreement, share=share)
    environment.filters["at"] = at
    environment.globals.update(
        bars=bars,
        two_rounds=two_rounds,
        diverging=diverging,
        scales_of=scales_of,
        agreement_map=agreement_map,
        small_multiples=small_multiples,
        ribbons=ribbons,
        levels_beside=levels_beside,
        then_and_now=then_and_now,
        on_pages=on_pages,
        chart_width=at(WIDTH),
    )
    environment.globals["style"] = _style()
    environment.globals["style_hash"] = _hash(_style())
    return environment


def _part(name: str) -> str:
    return files("cxworkshop.report").joinpath("templates", name).read_text(encoding="utf-8")


@cache
def _style() -> "Markup":
    """The page's style sheet; a file of ours, which nothing of a session gets into."""
    from markupsafe import Markup  # noqa: PLC0415 - comes with the template engine

    return Markup("\n" + re.sub(r"\n\s*\n+", "\n", _part("page.css")))  # noqa: S704 - as said above


def _hash(style: str) -> str:
    """By which the page's policy knows its own style sheet, and lets no other in."""
    return f"sha256-{b64encode(sha256(style.encode()).digest()).decode()}"
