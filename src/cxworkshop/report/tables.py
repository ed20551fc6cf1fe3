"""Documents as CSV: the plan in the columns of several tools, and the results for a spreadsheet."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Literal, TypeAlias

from cxworkshop.report.markdown import md
from cxworkshop.report.views import Plain

Preset = Literal["generic", "gitlab", "jira", "asana"]
"""Whose columns a plan is given in."""

_Table: TypeAlias = tuple[Sequence[str], list[Sequence[object]]]
_BYTE_ORDER_MARK = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")
_MONTH_FIRST = "%m/%d/%Y"
_DETAILS = (
    ("Owner", "owner"),
    ("Measure", "measure"),
    ("Today", "baseline"),
    ("Target", "target"),
    ("First step", "first_step"),
    ("Serves", "serves"),
    ("Obstacle", "obstacle"),
    ("Note", "note"),
)
_GENERIC = ("id", "action", "owner", "due", "state", "measure", "baseline", "target", "first_step")
_GENERIC_MORE = ("serves", "obstacle", "resources", "strategy", "note", "evidence")


def plan_table(view: Plain, preset: Preset, *, month_first: bool = False) -> str:
    """The actions of a plan, a line each, in the columns that a tool imports.

    `generic` has every field and a byte order mark, as spreadsheets want it; the others have what their tool takes:
    GitLab and Jira issues, Asana tasks. Actions that are done or were dropped are left out of these three. Owners
    become assignees only where they are e-mail addresses, since these tools know people by nothing else; they stand
    in the description in any case.

    Args:
        view: The plan as `plan_view` gives it.
        preset: Whose columns.
        month_first: Write due dates as 03/31/2027 instead of 2027-03-31.
    """
    actions = view["actions"]
    if preset == "generic":
        header: Sequence[str] = (*_GENERIC, *_GENERIC_MORE)
        rows = [_generic(action, month_first=month_first) for action in actions]
        return _BYTE_ORDER_MARK + _csv(header, rows)
    undone = [action for action in actions if action["state"] not in ("done", "dropped")]
    return _csv(*_TOOLS[preset](undone, view, month_first=month_first))


def results_table(results: Iterable[Mapping[str, Any]]) -> str:
    """The results of rounds, each as `results_document` gives it: a line for each item and option.

    Figures of an item stand on all its lines, unrounded; what is not defined is empty. It is the whole room's: groups
    are in the JSON, where what is kept back of them has a place to be said.
    """
    header = (
        *("round", "instrument", "item", "text", "option", "label", "answers"),
        *("n", "dont_know", "left_out", "median", "q1", "q3", "agreement", "pattern"),
    )
    rows = [
        (
            *(result["round"], item["instrument"], item["id"], item["text"], place, label, item["counts"][place - 1]),
            *(item["n"], item["dont_know"], item["left_out"], item["median"], *(item["iqr"] or (None, None))),
            *(item["agreement"], item["pattern"]["label"]),
        )
        for result in results
        for item in result["items"]
        for place, label in enumerate(item["options"], start=1)
    ]
    return _BYTE_ORDER_MARK + _csv(header, rows)


def _generic(action: Plain, *, month_first: bool) -> Sequence[object]:
    evidence = "; ".join(found["text"] for found in action["evidence"])
    told = {
        **action,
        "action": action["title"],
        "due": _day(action["due"], month_first=month_first),
        "state": action["state"] or "open",
        "resources": "; ".join(action["resources"]),
        "evidence": evidence,
    }
    return [told[key] for key in (*_GENERIC, *_GENERIC_MORE)]


def _gitlab(actions: Sequence[Plain], view: Plain, *, month_first: bool) -> _Table:
    del view
    rows: list[Sequence[object]] = [
        (action["title"], _described(action, md), _day(action["due"], month_first=month_first), "")
        for action in actions
    ]
    return ("title", "description", "due_date", "milestone"), rows


def _jira(actions: Sequence[Plain], view: Plain, *, month_first: bool) -> _Table:
    del view
    rows: list[Sequence[object]] = [
        (
            *(action["title"], _described(action), _address(action), _day(action["due"], month_first=month_first)),
            *("customer-experience", action["strategy"].replace(" ", "-"), "Medium"),
        )
        for action in actions
    ]
    return ("Summary", "Description", "Assignee", "Due Date", "Labels", "Labels", "Priority"), rows


def _asana(actions: Sequence[Plain], view: Plain, *, month_first: bool) -> _Table:
    section = view["title"]
    rows: list[Sequence[object]] = [
        (
            *(action["title"], _described(action), section, _address(action), "", ""),
            _day(action["due"], month_first=month_first),
        )
        for action in actions
    ]
    return ("Name", "Description", "Section", "Assignee", "Collaborators", "Start Date", "Due Date"), rows


_TOOLS = {"gitlab": _gitlab, "jira": _jira, "asana": _asana}


def _described(action: Plain, escaped: Callable[[str], object] = str) -> str:
    """What an action says besides its title, a line each; each begins with its word, so that no tool obeys a text.

    `escaped` makes of a text what shows as that text in the tool.
    """
    told = [(word, str(action[key])) for word, key in _DETAILS if action[key]]
    told += [("Evidence", found["text"]) for found in action["evidence"]]
    return "\n".join(f"{word}: {escaped(' '.join(text.split()))}" for word, text in told)


def _address(action: Plain) -> str:
    owner: str = action["owner"]
    return owner if "@" in owner and " " not in owner else ""


def _day(written: str, *, month_first: bool) -> str:
    return date.fromisoformat(written).strftime(_MONTH_FIRST) if written and month_first else written


def _csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([inert(cell) for cell in row] for row in rows)
    return text.getvalue()


def inert(cell: object) -> object:
    """A cell that no spreadsheet runs as a formula: a text that looks like one is marked as text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
