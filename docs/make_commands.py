# ruff: noqa: INP001 - a script, not a package
"""Writes docs/commands.md from the commands themselves: `python docs/make_commands.py`; `--check` only compares."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from cxworkshop.cli.frame import cxworkshop

PAGE = Path(__file__).with_name("commands.md")

_HEAD = """\
# Commands

Written by `docs/make_commands.py` from the program's own help; a test holds it current.

Exit codes: 0 done, 1 refused (one plain sentence on stderr), 2 wrong usage. stdout carries data, stderr the rest.
Completion in bash (`zsh_source` and `fish_source` for the other shells):
`eval "$(_CXWORKSHOP_COMPLETE=bash_source cxworkshop)"`.
"""


def page() -> str:
    """The whole page as Markdown."""
    return "\n".join([_HEAD, *_chapters("cxworkshop", cxworkshop, None)])


def _chapters(path: str, command: click.Command, parent: click.Context | None) -> Iterator[str]:
    context = command.context_class(
        command, info_name=path.rpartition(" ")[2], parent=parent, terminal_width=100, max_content_width=100
    )
    yield f"## {path}\n\n```text\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group):
        for word in command.list_commands(context):
            inner = command.get_command(context, word)
            if inner is not None:
                yield from _chapters(f"{path} {word}", inner, context)


def main() -> int:
    """Write the page, or with `--check` tell by the exit code whether it is current."""
    text = page()
    if "--check" in sys.argv[1:]:
        return 0 if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == text else 1
    PAGE.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
