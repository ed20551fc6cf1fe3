"""Plan and report as pages: their very bytes, that they load nothing, and that no text becomes markup in them."""

import json
import re
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, get_args
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxworkshop.domain.text import clean_line
from report.room import Box, Words, box, full_box, full_session, in_turn, session
from report.test_documents import HOSTILE, PRESS, document, full_document, text_of

GOLDEN = Path(__file__).parent / "golden"
Which = Literal["plan", "report"]
PAGES: tuple[Which, ...] = get_args(Which)
FULL: tuple[str, ...] = (*PAGES, "full plan", "full report")
"""The full ones are of a session with all that there can be: levels, three rounds, a last session."""

TEXTS = (
    *HOSTILE,
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title></style></svg><script>alert(1)</script>",
    "javascript:alert(1)",
    "}*{background:url(//127.0.0.1:9)}",
    "]]><!--",
    "&#x3C;b&#x3E;&amp;",
)
HTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"
SAID_IN_ATTRIBUTES = {"aria-label"}
"""Attributes that hold words of people."""


def page(which: Which, words: Words | None = None) -> str:
    return document(which, "html", words)


def page_of(which: str, form: str = "html") -> str:
    if which in PAGES:
        return document(which, form)
    return PRESS.render(full_session(), full_box(), "plan" if which == "full plan" else "report", form)


@cache
def tree(which: str) -> Element:
    """A page as a browser takes it; any mistake in it is an error."""
    parser = html5lib.HTMLParser(strict=True, tree=html5lib.getTreeBuilder("etree"))
    parsed: Element = parser.parse(page_of(which))
    return parsed


def elements(which: str, name: str) -> list[Element]:
    return list(tree(which).iter(HTML + name))


def words_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


class Shape(HTMLParser):
    """The elements of a page with their attributes but for words of people, and all its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.text: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kept = tuple((name, "" if name in SAID_IN_ATTRIBUTES else value) for name, value in attrs)
        self.tags.append((tag, kept))

    def handle_endtag(self, tag: str) -> None:
        self.tags.append((f"/{tag}", ()))

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        self.tags.append(("comment", ()))


@pytest.mark.parametrize("which", PAGES)
def test_pages_read_as_expected(which: Which) -> None:
    assert page(which) == (GOLDEN / f"{which}.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("which", FULL)
def test_pages_are_sound_and_load_nothing(which: str) -> None:
    """No script, no address but places of the page itself, and a policy that refuses all but its own style."""
    root = tree(which)
    assert root.get("lang") == "en"
    assert not {element.tag for element in root.iter()} & {HTML + name for name in ("script", "img", "link", "iframe")}
    places = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(places) == len(set(places))
    for element in root.iter():
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert name not in ("src", "srcset", "style", "action", "xlink:href", "{http://www.w3.org/1999/xlink}href")
            if name == "href":
                assert value.startswith("#")
                assert value[1:] in places
            if name == "aria-labelledby":
                assert set(value.split()) <= set(places)
    policy = next(meta.get("content", "") for meta in elements(which, "meta") if meta.get("http-equiv"))
    (style,) = elements(which, "style")
    assert "default-src 'none'" in policy
    assert f"'sha256-{b64encode(sha256((style.text or '').encode()).digest()).decode()}'" in policy
    assert not re.search(r"unsafe|url\(|@import|https?:", policy + (style.text or ""))


@pytest.mark.parametrize("which", FULL)
def test_headings_come_in_order_and_the_contents_name_the_sections(which: str) -> None:
    headings = [element for element in tree(which).iter() if re.fullmatch(HTML + "h[1-6]", str(element.tag))]
    depths = [int(heading.tag[-1]) for heading in headings]
    assert depths[0] == 1
    assert depths.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(depths))
    sections = [(f"#{heading.get('id')}", words_of(heading)) for heading in elements(which, "h2")]
    (contents,) = elements(which, "nav")
    assert [(link.get("href"), words_of(link)) for link in contents.iter(HTML + "a")] == sections


@pytest.mark.parametrize("which", FULL)
def test_every_table_has_a_caption_and_names_its_rows_and_columns(which: str) -> None:
    assert elements(which, "table")
    for table in elements(which, "table"):
        assert table[0].tag == HTML + "caption"
        assert words_of(table[0])
        assert all(head.get("scope") in ("row", "col") for head in table.iter(HTML + "th"))
        columns = len(table.findall(f"{HTML}thead/{HTML}tr/{HTML}th"))
        for row in table.findall(f"{HTML}tbody/{HTML}tr"):
            assert len(row) == columns
            assert sum(cell.get("scope") == "row" for cell in row) == 1


@pytest.mark.parametrize("which", FULL)
def test_every_chart_says_what_it_is_and_has_a_table_beneath(which: str) -> None:
    parents = {child: parent for parent in tree(which).iter() for child in parent}
    charts = list(tree(which).iter(SVG + "svg"))
    assert charts
    for chart in charts:
        title, told = chart[0], chart[1]
        assert (title.tag, told.tag) == (SVG + "title", SVG + "desc")
        assert words_of(title)
        assert words_of(told).endswith(".")
        assert (chart.get("role"), chart.get("aria-labelledby")) == ("img", f"{title.get('id')} {told.get('id')}")
        result = parents[parents[chart]]
        assert result.get("class", "").startswith("result")
        assert words_of(next(result.iter(HTML + "caption"))) == words_of(title)


@pytest.mark.parametrize("which", FULL)
def test_a_page_says_all_that_the_markdown_says(which: str) -> None:
    def words(text: str) -> set[str]:
        return set(re.findall(r"\w+", text.lower()))

    lost = words(text_of(page_of(which, "markdown"))) - words(" ".join(tree(which).itertext()))
    assert lost <= {"x", "position"}, "boxes are ticked, and positions numbered, by the browser"


def rows_under(caption: str) -> list[list[str]]:
    """The cells of the report's table of this caption; a rounded figure as the one it holds."""
    captioned = {words_of(table[0]): table for table in elements("report", "table")}

    def told(cell: Element) -> str:
        data = cell.find(HTML + "data")
        return words_of(cell) if data is None else data.get("value", "")

    return [[told(cell) for cell in row] for row in captioned[caption].findall(f"{HTML}tbody/{HTML}tr")]


def drawn_under(title: str) -> list[int]:
    """The counts that the bars of the report's chart of this title stand for."""
    (chart,) = (chart for chart in tree("report").iter(SVG + "svg") if words_of(chart[0]) == title)
    return [int(words_of(bar).rpartition(": ")[2]) for bar in chart.iter(SVG + "rect")]


def test_every_figure_is_that_of_the_results() -> None:
    first, second = json.loads(document("report", "json"))["results"]
    stage, *items = first["items"]
    asked_again = second["items"][0]
    for item, name in [(stage, "Where the room placed us: Ladder"), *((each, None) for each in items)]:
        shown = rows_under(name or f"How the room answered: {item['text'].removesuffix('.')}")
        assert [int(row[2]) for row in shown] == item["counts"]
        assert [float(row[3]) for row in shown] == [100 * count / item["n"] for count in item["counts"]]
        assert drawn_under(name or f"How the room answered: {item['text'].removesuffix('.')}") == item["counts"]
    beside = rows_under("All answers beside each other, items 2 to 3: A test")
    for item, row in zip(items, beside, strict=True):
        assert [int(cell) for cell in row[2:-2]] == item["counts"]
        assert [float(row[-2]), float(row[-1])] == [item["median"], item["agreement"]]
    placed = rows_under("The agreement map")
    assert [(float(row[2]), float(row[3])) for row in placed] == [(item["median"], item["agreement"]) for item in items]
    assert [int(row[3]) for row in rows_under("First vote and second vote: We listen")] == asked_again["counts"]
    measured = rows_under("Measures of each item")
    for item, row in zip(first["items"], measured, strict=True):
        assert [int(row[1]), int(row[2])] == [item["n"], item["dont_know"]]
        assert [float(row[3]), float(row[5])] == [item["median"], item["agreement"] / 100]
    ranked = next(each for each in elements("report", "ol") if "too close to the one above" in words_of(each))
    agreements = {item["id"]: item["agreement"] for item in first["items"]}
    assert [float(data.get("value", "")) for data in ranked.iter(HTML + "data")] == [
        agreements[item] for item in first["ranking"]
    ]


def test_hidden_groups_have_no_figures() -> None:
    for caption in ("By unit: Ladder", "By unit: We listen", "By unit: We act"):
        rows = rows_under(caption)
        assert ["Tiny", "not shown", "–", "–"] in rows
        assert ["North", "not shown", "–", "–"] in rows


@cache
def benign(which: Which) -> list[Any]:
    return Shape(page(which, lambda words: f"Zed {words}" if words in ("North", "South", "Tiny") else "Zed")).tags


def check_shape(which: Which, text: str) -> None:
    found = Shape(page(which, lambda words: f"{text} {words}" if words in ("North", "South", "Tiny") else text))
    assert found.tags == benign(which)
    assert " ".join(text.split()) in "".join(found.text)
    assert "462" not in "".join(found.text)


@pytest.mark.parametrize("which", PAGES)
def test_hostile_text_in_every_place_becomes_no_markup(which: Which) -> None:
    for text in TEXTS:
        check_shape(which, text)


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(PAGES), st.text(alphabet=" <>/\"'=&;!-a1{}:%#\\`", min_size=1, max_size=16))
def test_no_punctuation_becomes_markup(which: Which, text: str) -> None:
    check_shape(which, clean_line(text) or "x")


@cache
def benign_full(which: Which) -> list[Any]:
    return Shape(full_document(which, "html", in_turn(["Zed"]))).tags


def check_full(which: Which, texts: Sequence[str]) -> None:
    assert Shape(full_document(which, "html", in_turn(texts))).tags == benign_full(which)


@pytest.mark.parametrize("which", PAGES)
def test_hostile_texts_side_by_side_become_no_markup_either(which: Which) -> None:
    for turn in range(5):
        check_full(which, TEXTS[turn:])


@pytest.mark.campaign
@settings(max_examples=10_000, deadline=None)
@given(
    st.sampled_from(PAGES),
    st.lists(st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=60), min_size=1, max_size=3),
)
def test_ten_thousand_texts_become_no_markup(which: Which, texts: list[str]) -> None:
    check_full(which, [clean_line(text) or "x" for text in texts])


@pytest.mark.parametrize("which", PAGES)
def test_a_page_of_hostile_text_is_as_sound_as_any(which: Which) -> None:
    turn = iter(TEXTS * 40)
    parser = html5lib.HTMLParser(strict=True)
    parser.parse(page(which, lambda words: f"{next(turn)} {words}" if words != "Tiny" else words))


def test_a_page_with_little_to_say_is_as_sound_as_any() -> None:
    """Nobody answered, nothing was planned; or nothing was revealed, in a rehearsal."""
    bare = replace(session(), discussion={}, candidates={}, actions={})
    silent = Box({"1": [replace(ballot, answers={}) for ballot in box().held["1"]]})
    unrevealed = replace(session(rehearsal=True), rounds=())
    for room, which in (((bare, silent), "plan"), ((bare, silent), "report"), ((unrevealed, Box()), "plan")):
        text = PRESS.render(*room, "plan" if which == "plan" else "report", "html")
        html5lib.HTMLParser(strict=True).parse(text)
        assert ("REHEARSAL" in text) == room[0].about.rehearsal


def colours(style: str) -> dict[str, dict[str, str]]:
    """The named colours of the two looks."""
    light, dark = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block)) for block in _looks(style))
    return {"light": light, "dark": dark}


def _looks(style: str) -> Iterator[str]:
    found = re.findall(r":root \{(.*?)\}", style, flags=re.DOTALL)
    assert len(found) == 2
    yield from found


def contrast(first: str, second: str) -> float:
    """WCAG 2's ratio of two colours."""

    def luminance(colour: str) -> float:
        parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("look", ["light", "dark"])
def test_text_stands_out_in_both_looks(look: str) -> None:
    (style,) = elements("plan", "style")
    named = colours(style.text or "")[look]
    for text in ("ink", "quiet", "link"):
        assert contrast(named[text], named["paper"]) >= 4.5, text
    for piece in ("lowest", "low", "middle", "high", "highest"):
        assert contrast(named[f"on-{piece}"], named[piece]) >= 4.5, piece
    assert contrast(named["bar"], named["paper"]) >= 3, "what is drawn"
