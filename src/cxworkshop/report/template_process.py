"""The process in which one of people's own templates is rendered: started with nothing, ended after it.

What it is given stands on stdin as JSON (`name`, `template`, `data`), what it made on stdout: the text where it ends
with 0, JSON with `line` and `sentence` where it ends with `FAULTY`.
"""

import json
import sys

FAULTY = 3
"""The exit code where the template is at fault."""

LARGEST_MEMORY = 256 * 1024 * 1024
"""Bytes of memory that the process may take, where the system holds processes to such a limit."""


def main(seconds: int) -> None:
    """Render what stdin says; whoever started this ends it after so many seconds, as it does itself a little later."""
    given = json.loads(sys.stdin.buffer.read())
    from cxworkshop.report.sandbox import Faulty, rendered  # noqa: PLC0415 - loaded before the limits hold

    _limit(seconds)
    code = 0
    try:
        made = rendered(given["template"], given["name"], given["data"])
    except Faulty as faulty:
        made, code = json.dumps({"line": faulty.line, "sentence": str(faulty)}), FAULTY
    sys.stdout.buffer.write(made.encode(errors="replace"))
    sys.stdout.buffer.flush()
    sys.exit(code)


def _limit(seconds: int) -> None:
    """Hold this process to its limits and let it write no file, as far as the system knows such limits."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    limits = (
        (resource.RLIMIT_AS, LARGEST_MEMORY),
        (resource.RLIMIT_CPU, seconds + 1),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    )
    for which, most in limits:
        try:
            resource.setrlimit(which, (most, most))
        except (ValueError, OSError):
            continue  # a system that knows the limit and does not take it, or a lower one that holds already
