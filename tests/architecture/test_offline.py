"""The program needs no network."""

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "cxworkshop"
_OF_NETWORKS = {"socket", "ssl", "http", "urllib", "ftplib", "smtplib", "xmlrpc", "requests", "httpx", "aiohttp"}


def _imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_no_part_of_the_program_speaks_to_a_network() -> None:
    files = list(SOURCE.rglob("*.py"))
    assert files
    speaking = [
        (file.name, module) for file in files for module in _imported(file) if module.partition(".")[0] in _OF_NETWORKS
    ]
    assert speaking == []
