"""What a facilitator says, does and asks, as text for a screen."""

from collections.abc import Iterable

from textual.content import Content

from cxworkshop.domain.content import Prompt

_INDENT = 6


def prompt_text(prompt: Prompt) -> Content:
    """The prompt's sentences, each after Say, Do or Ask; empty where there are none."""
    parts = (("Say", prompt.say), ("Do", prompt.do), ("Ask", prompt.ask))
    return lines(
        Content.assemble((f"{word:<{_INDENT}}" if not place else " " * _INDENT, "bold $accent"), sentence)
        for word, sentences in parts
        for place, sentence in enumerate(sentences)
    )


def lines(contents: Iterable[Content]) -> Content:
    """Contents below each other, without the empty ones."""
    return Content("\n").join([content for content in contents if content])
