"""All that a facilitator says, does and asks at a step, and what was noted there."""

from cxworkshop.domain.content import Prompt
from cxworkshop.domain.promises import promise
from cxworkshop.domain.session import Session, Step
from cxworkshop.tui.console.agenda import next_words
from cxworkshop.tui.widgets.hanging import Hung
from cxworkshop.tui.widgets.prompting import prompt_lines


def script_lines(session: Session, pattern: str = "") -> list[Hung]:
    """The script of the present step: on the pattern that is on the screen first, then of the step, then the notes.

    Args:
        session: The session.
        pattern: The pattern of the item that the room talks about, as packs name it; empty where there is none.
    """
    step = session.live.step
    on_pattern = _spoken(session.content.prompt(f"pattern:{pattern}")) if pattern else []
    at_step = prompt_lines(session.content.prompt(f"step:{step}"))
    lines = [*_headed("This item", on_pattern), *(_headed("This step", at_step) if on_pattern else at_step)]
    if step is Step.WELCOME:
        promised = promise(session.rules)
        lines += _headed("Our promise", [Hung("", said) for said in promised.kept])
        lines += _headed("What cannot be promised", [Hung("", said) for said in promised.not_kept])
    noted = session.closing.notes.get(step, ())
    lines += _headed("Notes at this step", [Hung("·", note) for note in noted])
    following, words = next_words(session)
    return [*lines, *_headed(f"Next, {following}", [Hung("Say", words)] if words else [])]


def _spoken(prompt: Prompt) -> list[Hung]:
    return [*([Hung("First", prompt.first)] if prompt.first else []), *prompt_lines(prompt)]


def _headed(heading: str, lines: list[Hung]) -> list[Hung]:
    return [Hung(heading), *lines] if lines else []
