"""Dealing lines out to pages."""

from hypothesis import example, given
from hypothesis import strategies as st

from cxworkshop.tui.projector.drawing import centred, pages_of
from cxworkshop.tui.widgets.charts.ink import Line, Part, text_of, width_of

LINES = st.lists(st.one_of(st.just(""), st.text("abc", min_size=1, max_size=3)), max_size=60)


def drawn(texts: list[str]) -> list[Line]:
    return [(Part(text),) if text else () for text in texts]


@given(LINES, st.integers(1, 20))
def test_no_line_is_lost_and_no_page_is_too_long(texts: list[str], height: int) -> None:
    pages = pages_of(drawn(texts), height)
    assert all(len(page) <= height for page in pages)
    assert [text for page in pages for text in text_of(page) if text] == [text for text in texts if text]


@given(LINES, st.integers(1, 20))
def test_a_block_that_fits_a_page_is_not_torn(texts: list[str], height: int) -> None:
    blocks = [block.split("\n") for block in "\n".join(texts).strip("\n").split("\n\n")]
    pages = ["\n".join(text_of(page)) for page in pages_of(drawn(texts), height)]
    for block in blocks:
        whole = "\n".join(line for line in block if line)
        if whole and len(whole.splitlines()) <= height and "" not in block:
            assert any(whole in page for page in pages)


def test_few_lines_make_one_page() -> None:
    assert len(pages_of(drawn(["a", "", "b"]), 3)) == 1
    assert len(pages_of(drawn(["a", "", "b"]), 2)) == 2
    assert pages_of([], 5) == [[]]


@example("0000000000➰➰⼀⼀", 20)
@given(st.text(max_size=300), st.integers(20, 100))
def test_a_centred_text_stays_within_its_width(text: str, width: int) -> None:
    assert all(width_of(line) <= width for line in centred(text, width))
