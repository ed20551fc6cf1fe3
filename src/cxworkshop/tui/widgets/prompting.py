"""What a facilitator says, does and asks, as text for a screen."""

from collections.abc import Iterator

from cxworkshop.domain.content import Prompt
from cxworkshop.tui.keymap import with_keys
from cxworkshop.tui.widgets.hanging import Hung

PROMPT_INDENT = 6
"""The column at which the sentences of a prompt begin."""

BRIEF = 2
"""So many sentences stand in a low window."""


def prompt_lines(prompt: Prompt, *, brief: bool = False) -> list[Hung]:
    """The prompt's sentences, each after Say, Do or Ask; empty where there are none.

    Args:
        prompt: What the packs give for a moment.
        brief: Only the first sentences to say, and the key that shows the others.
    """
    lines = list(_hung(prompt))
    if not brief or len(lines) <= BRIEF:
        return lines
    return [*lines[:BRIEF], Hung("", with_keys("… [i:step.script] shows all that is said, done and asked here."))]


def _hung(prompt: Prompt) -> Iterator[Hung]:
    for word, sentences in (("Say", prompt.say), ("Do", prompt.do), ("Ask", prompt.ask)):
        for place, sentence in enumerate(sentences):
            yield Hung("" if place else word, sentence)
