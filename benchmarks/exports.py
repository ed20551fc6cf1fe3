"""Exports: how long a command takes to write the full report, and how much memory, beside what it cannot do without.

1,000 ballots on 40 items with 8 units and 4 levels. Each form of the report is exported by a command of its own, in
turn with `results --json` on the same session, which opens it and works out everything that is shown, and with a bare
interpreter that loads the template engine. Memory is the most that was resident at any moment, as the system counts.

    python benchmarks/exports.py [--quick]

Exit code 1 where a bar is missed. Needs Linux or macOS.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

from figures import Report, ratios
from sittings import make_sitting
from terminal import PROGRAM, environment

SECONDS_BAR = 1.0
"""On the class of machine named in the README of the benchmarks."""

MEGABYTES_BAR = 150.0
BALLOTS = 1_000

FORMS = ("markdown", "html", "json", "csv")
_RESULTS, _ENGINE = "results --json", "bare interpreter with Jinja"

# A small process starts each command and waits for it: what the system counts as a process's most memory begins with
# that of the one that started it.
_MEASURE = """
import json, os, subprocess, sys, time
started = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, code, used = os.wait4(process.pid, 0)
process.returncode = code
print(json.dumps([time.perf_counter() - started, used.ru_maxrss, code]))
"""
_UNIT = 1024**2 if sys.platform == "darwin" else 1024
_TEMPLATE = """# {{ title }}

{% for instrument in instruments %}
{% for item in instrument.items %}
## {{ item.text }}

{{ item.summary }}
{% for option in item.options %}
- {{ option.label }}: {{ option.count }}
{% endfor %}
{% endfor %}
{% endfor %}
"""


class Taken(NamedTuple):
    """What a command took."""

    seconds: float
    megabytes: float


def taken_by(command: Sequence[str], surroundings: Mapping[str, str]) -> Taken:
    """Run a command to its end; refuses one that fails."""
    ended = subprocess.run(
        [sys.executable, "-I", "-S", "-c", _MEASURE, *command], env=surroundings, stdout=subprocess.PIPE, check=True
    )
    seconds, most, code = json.loads(ended.stdout)
    if code:
        raise RuntimeError(f"{command} failed")
    return Taken(seconds, most / _UNIT)


def main() -> int:
    """Measure, print, and hold the figures to their bars."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="few repeats: to see that it runs, not to judge by")
    options = parser.parse_args()
    times = 3 if options.quick else 15
    report = Report(f"Exports: report of {BALLOTS:,} ballots, 40 items, 8 units, 4 levels, {times} times in turn")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        template = folder / "own.md.j2"
        template.write_text(_TEMPLATE, encoding="utf-8")
        sessions = folder / "sessions"
        sessions.mkdir()
        sitting = make_sitting(sessions, BALLOTS, "revealed")
        export = [str(PROGRAM), "export", sitting.id, "--document", "report"]
        commands = {
            **{form: [*export, "--format", form] for form in FORMS},
            "a template of one's own": [*export, "--template", str(template)],
            _RESULTS: [str(PROGRAM), "results", sitting.id, "--json"],
            _ENGINE: [sys.executable, "-c", "import jinja2"],
        }
        taken = _in_turn(commands, environment(sessions), times)
    report.heading("seconds")
    for form, found in taken.items():
        bar = None if form in (_RESULTS, _ENGINE) else SECONDS_BAR
        report.line(form, [each.seconds for each in found], unit="s", bar=bar)
    for floor in (_RESULTS, _ENGINE):
        report.heading(f"seconds ÷ those of {floor}")
        for form in (*FORMS, "a template of one's own"):
            report.line(form, ratios(*([each.seconds for each in taken[which]] for which in (form, floor))))
    report.heading("the most memory")
    for form, found in taken.items():
        bar = None if form in (_RESULTS, _ENGINE) else MEGABYTES_BAR
        report.line(form, [each.megabytes for each in found], unit="MB", bar=bar)
    return report.end()


def _in_turn(
    commands: Mapping[str, Sequence[str]], surroundings: Mapping[str, str], times: int
) -> dict[str, list[Taken]]:
    """What each command took, run in an order drawn anew for each turn; a turn before them warms the caches."""
    taken: dict[str, list[Taken]] = {name: [] for name in commands}
    random, order = Random(times), list(commands)
    for turn in range(times + 1):
        random.shuffle(order)
        for name in order:
            found = taken_by(commands[name], surroundings)
            if turn:
                taken[name].append(found)
    return taken


if __name__ == "__main__":
    sys.exit(main())
