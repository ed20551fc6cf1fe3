"""Plan and report: their very words, what they hide, and that no text can change their shape."""

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.tasklists import tasklists_plugin

from cxworkshop.domain import rounds
from cxworkshop.domain.ballots import Tally
from cxworkshop.domain.errors import NotRevealed, WrongUsage
from cxworkshop.domain.session import Action, Privacy, Session
from cxworkshop.domain.text import clean_line
from cxworkshop.report.press import Press
from cxworkshop.report.sheets import blank_sheet
from report.room import NOON, Box, Words, box, full_box, full_session, in_turn, session

GOLDEN = Path(__file__).parent / "golden"
PRESS = Press(lambda: NOON)
DOCUMENTS: tuple[Literal["plan", "report"], ...] = ("plan", "report")

HOSTILE = (
    "[/]",
    "[red]Bob[/red]",
    "[0] first point",
    "<script>alert(1)</script>",
    "<!-- x",
    "&lt;b&gt;",
    "x\n# Forged\n| a | b |",
    "[x](javascript:alert(1))",
    "![x](http://127.0.0.1:9/x.png)",
    "[ref]: http://127.0.0.1:9",
    "=1+1",
    "===",
    "---",
    "- item",
    "+ item",
    "* item",
    "1. item",
    "12) item",
    "> quote",
    "# heading #",
    "```fence",
    "~~~fence~~~",
    "`code`",
    "**bold** __bold__ *em* _em_ ~~gone~~",
    "a | b || c |",
    ":--",
    "\\",
    "\\*",
    "trailing\\",
    "http://127.0.0.1:9 https://x.y www.example.org mailto:a@b.cd",
    "<http://127.0.0.1:9>",
    "ann@example.org @everyone",
    "{{ 6*7*11 }} {% raw %}",
    "$x$ $$y$$",
    "    four spaces",
    "\ttab",
    "line\r\nline\n\nparagraph\u2028x",
    "می‌خواهم דנה 👨‍👩‍👧",
    "x" * 300,
    "<",
    "*",
    "_",
    "!",
    "-",
)


def document(which: Literal["plan", "report"], form: str = "markdown", words: Words | None = None) -> str:
    if words is None:
        return PRESS.render(session(), box(), which, form)
    return PRESS.render(session(words), box(words), which, form)


def shape(markdown: str) -> list[tuple[str, int, tuple[str, ...]]]:
    """The blocks of a document, and in each the kinds of its parts but for plain text."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    return [
        (token.type, token.level, tuple(child.type for child in token.children or () if child.type != "text"))
        for token in tokens
    ]


def text_of(markdown: str) -> str:
    """All that a reader sees, without the invisible joiners after @."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    children = (child for token in tokens for child in token.children or ())
    return "\n".join(child.content for child in children).replace("\u2060", "")


@pytest.mark.parametrize("which", DOCUMENTS)
def test_documents_read_as_expected(which: Literal["plan", "report"]) -> None:
    assert document(which) == (GOLDEN / f"{which}.md").read_text(encoding="utf-8")


def test_a_printed_ballot_reads_as_expected() -> None:
    assert blank_sheet(session(), "markdown") == (GOLDEN / "sheet.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("which", [*DOCUMENTS, "sheet"])
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_in_every_place_changes_no_shape(which: str, text: str) -> None:
    _check_shape(which, text)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([*DOCUMENTS, "sheet"]), st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=30))
def test_no_text_changes_a_shape(which: str, text: str) -> None:
    _check_shape(which, clean_line(text) or "x")


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(DOCUMENTS), st.text(alphabet=" -+*_`#>|[]()<>!\\&;:/.@1a{}%$~=", min_size=1, max_size=12))
def test_no_punctuation_changes_a_shape(which: str, text: str) -> None:
    _check_shape(which, clean_line(text) or "x")


@pytest.mark.parametrize("which", DOCUMENTS)
def test_hostile_texts_side_by_side_change_no_shape_either(which: Literal["plan", "report"]) -> None:
    for turn in range(5):
        _check_gfm(which, HOSTILE[turn:])


@pytest.mark.campaign
@settings(max_examples=10_000, deadline=None)
@given(
    st.sampled_from(DOCUMENTS),
    st.lists(st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=60), min_size=1, max_size=3),
)
def test_ten_thousand_texts_change_no_shape(which: Literal["plan", "report"], texts: list[str]) -> None:
    _check_gfm(which, [clean_line(text) or "x" for text in texts])


@pytest.mark.campaign
@settings(max_examples=10_000, deadline=None)
@given(
    st.sampled_from(DOCUMENTS),
    st.lists(
        st.text(alphabet=" -+*_`#>|[]()<>!\\&;:/.@1ax{}%$~=\"'^", min_size=1, max_size=12), min_size=1, max_size=3
    ),
)
def test_ten_thousand_rows_of_punctuation_neither(which: Literal["plan", "report"], texts: list[str]) -> None:
    _check_gfm(which, [clean_line(text) or "x" for text in texts])


def full_document(which: Literal["plan", "report"], form: str, words: Words) -> str:
    """A document of the session that has everything."""
    return PRESS.render(full_session(words), full_box(words), which, form)


@cache
def _github() -> MarkdownIt:
    reader = MarkdownIt("gfm-like").use(tasklists_plugin)
    assert reader.linkify is not None
    # Bare names become no links on GitHub; "www." and "http:" are looked for apart.
    reader.linkify.set({"fuzzy_link": False, "fuzzy_email": False})
    return reader


def gfm(markdown: str) -> list[tuple[str, int, str, tuple[str, ...]]]:
    """The blocks of a document as GitHub reads it, with its task lists and links of bare addresses."""
    return [
        (
            token.type,
            token.level,
            str(token.attrGet("class") or ""),
            # The box of a task is the one HTML that reading makes.
            tuple(
                child.content if child.type == "html_inline" else child.type
                for child in token.children or ()
                if child.type != "text"
            ),
        )
        for token in _github().parse(markdown)
    ]


@cache
def _benign_gfm(which: Literal["plan", "report"]) -> list[tuple[str, int, str, tuple[str, ...]]]:
    found = gfm(full_document(which, "markdown", in_turn(["Zed"])))
    boxes = sum("task-list-item" in attribute for _, _, attribute, _ in found)
    assert boxes == (5 if which == "plan" else 0), "a box for every action that is not dropped"
    return found


def _check_gfm(which: Literal["plan", "report"], texts: Sequence[str]) -> None:
    assert gfm(full_document(which, "markdown", in_turn(texts))) == _benign_gfm(which)


def _check_shape(which: str, text: str) -> None:
    def rendered(words: Words) -> str:
        if which == "sheet":
            return blank_sheet(session(words), "markdown")
        return document("plan" if which == "plan" else "report", words=words)

    def hostile(words: str) -> str:
        return f"{text} {words}" if words in ("North", "South", "Tiny") else text

    def benign(words: str) -> str:
        return f"Zed {words}" if words in ("North", "South", "Tiny") else "Zed"

    markdown = rendered(hostile)
    assert shape(markdown) == shape(rendered(benign))
    assert " ".join(text.split()) in text_of(markdown)
    assert "462" not in markdown


def test_text_is_readable_where_nothing_needs_escaping() -> None:
    plain = "Zoë O'Brien-Łukasz, 3.5 % (about), 2027-03-31: why? Yes! “so”"
    assert plain in document("plan", words=lambda words: plain)


def test_names_and_addresses_become_neither_mentions_nor_links() -> None:
    markdown = document("plan", words=lambda words: "@ann http://x.y www.x.y")
    assert "@ann" not in markdown
    assert "http://" not in markdown
    assert "www.x" not in markdown


def test_hidden_groups_have_no_figures() -> None:
    assert document("report").count("| Tiny | not shown | – | – |") == 3
    report = json.loads(document("report", "json"))
    tiny = [found for found in _dictionaries(report) if found.get("name") == "Tiny"]
    assert len(tiny) == 4
    assert all(group == {"name": "Tiny", "shown": False} for group in tiny)
    assert all(item["units"]["Tiny"] == {"suppressed": True} for item in report["results"][0]["items"])


@pytest.mark.parametrize("which", DOCUMENTS)
@pytest.mark.parametrize("form", ["markdown", "json"])
def test_the_order_of_ballots_leaves_no_trace(which: Literal["plan", "report"], form: str) -> None:
    ballots = list(box().held["1"])
    expected = document(which, form)
    for seed in range(5):
        Random(seed).shuffle(ballots)
        assert PRESS.render(session(), Box({**box().held, "1": ballots}), which, form) == expected


@pytest.mark.parametrize("which", DOCUMENTS)
@pytest.mark.parametrize("form", ["markdown", "json"])
def test_codes_never_leave(which: Literal["plan", "report"], form: str) -> None:
    codes = {ballot.code for ballot in box().held["1"]}
    text = document(which, form)
    assert not any(f'"{code}"' in text or f" {code} " in text for code in codes)


def test_comments_are_kept_back_below_five_ballots() -> None:
    four = Box({"1": box().held["1"][:4]})
    assert "We never call back" not in PRESS.render(session(), four, "report", "markdown")
    assert "We never call back" not in PRESS.render(session(), four, "report", "json")
    five = Box({"1": box().held["1"][:5]})
    assert "We never call back" in PRESS.render(session(), five, "report", "markdown")


def test_comments_on_the_sitting_are_kept_back_below_five_ballots_too() -> None:
    closing = box().held["feedback-1"]
    for form in ("markdown", "html", "json"):
        assert "Good, but long" in PRESS.render(session(), box(), "report", form)
        assert "Good, but long" not in PRESS.render(
            session(), Box({**box().held, "feedback-1": closing[:4]}), "report", form
        )


def _before_the_reveal() -> list[Session]:
    closed = replace(session().rounds[0], state="closed")
    still_open = replace(session().rounds[0], state="open")
    return [replace(session(), rounds=rounds) for rounds in ((), (closed,), (still_open,))]


@pytest.mark.parametrize("unrevealed", _before_the_reveal(), ids=["none", "closed", "open"])
def test_before_the_reveal_nothing_of_the_vote_is_told(unrevealed: Session) -> None:
    with pytest.raises(NotRevealed):
        PRESS.render(unrevealed, box(), "report", "markdown")
    empty = Box({"1": []})
    for form in ("markdown", "json"):
        assert PRESS.render(unrevealed, box(), "plan", form) == PRESS.render(unrevealed, empty, "plan", form)


def test_a_rehearsal_says_so_at_the_top() -> None:
    practice = session(rehearsal=True)
    for which in DOCUMENTS:
        assert "REHEARSAL" in PRESS.render(practice, box(), which, "markdown").splitlines()[0]
        assert json.loads(PRESS.render(practice, box(), which, "json"))["rehearsal"] is True
    assert "REHEARSAL" in blank_sheet(practice, "markdown").splitlines()[0]


def test_an_empty_session_has_a_plan_all_the_same() -> None:
    bare = replace(
        session(),
        rounds=(),
        discussion={},
        candidates={},
        actions={},
        closing=replace(session().closing, strategy_owner="", repeat=None),
    )
    markdown = PRESS.render(bare, Box(), "plan", "markdown")
    assert "There are no actions yet." in markdown
    assert "No priorities were chosen." in markdown
    assert "The vote has not been revealed" in markdown


@pytest.mark.parametrize(("which", "form"), [("plan", "pdf"), ("poem", "markdown")])
def test_unknown_documents_and_forms_are_refused(which: Any, form: str) -> None:
    with pytest.raises(WrongUsage, match="there are"):
        PRESS.render(session(), box(), which, form)


@pytest.mark.parametrize("privacy", list(Privacy))
def test_every_privacy_mode_stands_in_the_report(privacy: Privacy) -> None:
    changed = replace(session(), rules=replace(session().rules, privacy=privacy))
    assert f"Privacy mode: {privacy.value}" in PRESS.render(changed, box(), "report", "markdown")


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_the_first_page_names_a_few_and_how_many_more_there_are(form: str) -> None:
    many = {str(place): Action(str(place), f"Act {place}", position=place) for place in range(7)}
    report = PRESS.render(replace(session(), actions=many), box(), "report", form)
    assert "Act 4" in report
    assert "Act 5" not in report
    assert "And 2 more, in the plan." in report


def test_the_plan_ranks_priorities_by_impact_and_effort_where_that_was_the_last_vote() -> None:
    tallies = {"impact:c1": Tally((0, 0, 1, 2, 0)), "effort:c1": Tally((0, 1, 1, 1, 0)), "impact:c2": Tally((0,) * 5)}
    plan = PRESS.render(rounds.record_ratings(session(), tallies), box(), "plan", "markdown")
    assert "**Listening** — 9 dots — place 1: big bet; impact 4, effort 3 (3 answers)" in plan
    assert "Acting — 1 dot — not rated" in plan
    tied = rounds.record_ratings(
        session(), tallies | {"impact:c2": Tally((0, 0, 0, 3, 0)), "effort:c2": Tally((0, 0, 3, 0, 0))}
    )
    assert PRESS.render(tied, box(), "plan", "markdown").count("place 1, tied: big bet") == 2


def test_json_documents_name_their_form_and_the_results() -> None:
    report = json.loads(document("report", "json"))
    assert report["schema"] == 1
    assert report["session"] == "2026-11-21-cx"
    assert [result["round"] for result in report["results"]] == [1, 2]
    plan = json.loads(document("plan", "json"))
    assert plan["document"] == "plan"
    assert [action["owner"] for action in plan["actions"]] == ["Ann", "", ""]


def _dictionaries(value: Any) -> list[dict[str, Any]]:
    """Every dictionary in a JSON document."""
    if isinstance(value, dict):
        return [value, *(found for part in value.values() for found in _dictionaries(part))]
    if isinstance(value, list):
        return [found for part in value for found in _dictionaries(part)]
    return []
