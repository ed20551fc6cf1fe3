"""People's own templates: each is rendered in a process of its own, which is ended where it takes too long.

Why so, and what holds the templates: decision 23.
"""

import json
import subprocess
import sys
from typing import Any

from cxworkshop.domain.errors import CxWorkshopError
from cxworkshop.report.template_process import FAULTY

SECONDS = 4
"""How long a template may take."""

LARGEST_TEMPLATE = 256 * 1024
"""The most bytes of a template."""

_BEGINNING = (
    "import sys; seconds = int(sys.argv[1]); sys.path[:] = sys.argv[2:]; "
    "from cxworkshop.report.template_process import main; main(seconds)"
)


class FaultyTemplate(CxWorkshopError):
    """A template of somebody's own cannot be rendered; nothing was written."""


def rendered_by(template: bytes, name: str, data: str, *, seconds: int = SECONDS) -> str:
    """What somebody's own template makes of a document.

    Args:
        template: What the template's file holds, in UTF-8.
        name: The file's name, whose ending says what is escaped.
        data: The document in the form of JSON: all that the template is given.
        seconds: How long it may take.

    Raises:
        FaultyTemplate: It is no template, or one that asks for what is not there, may not be had, or takes too much.
    """
    given = {"name": name, "template": _text_of(template, name), "data": json.loads(data)}
    try:
        ended = subprocess.run(  # noqa: S603 - our own program, and no shell
            # Isolated from surroundings and user's modules, and told where this very program lies.
            [sys.executable, "-I", "-c", _BEGINNING, str(seconds), *filter(None, sys.path)],
            input=json.dumps(given).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise FaultyTemplate(
            f"{name} was stopped after {seconds} s; does a loop of it go on without an end? Nothing was written."
        ) from None
    except OSError as error:
        raise FaultyTemplate(f"{name} was not rendered: no process could be started for it.") from error
    if ended.returncode == FAULTY:
        raise FaultyTemplate(_complaint(name, json.loads(ended.stdout)))
    if ended.returncode:
        raise FaultyTemplate(f"{name} was not rendered: it takes more than a template may. Nothing was written.")
    return ended.stdout.decode()


def _text_of(template: bytes, name: str) -> str:
    if len(template) > LARGEST_TEMPLATE:
        raise FaultyTemplate(f"{name} is too large for a template; {LARGEST_TEMPLATE // 1024} kB is the most.")
    try:
        return template.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FaultyTemplate(f"{name} is not text in UTF-8; save it as such.") from None


def _complaint(name: str, found: dict[str, Any]) -> str:
    line = "" if found["line"] is None else f", line {found['line']}"
    return f"{name}{line}: {found['sentence']} Nothing was written."
