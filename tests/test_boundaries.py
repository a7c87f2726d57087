"""One direction of imports: bot imports retrieval; retrieval knows no front end, no Telegram, no event loop."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FORBIDDEN = {
    "retrieval": {"bot", "telegram", "asyncio", "tests", "benchmarks", "tools"},
    "bot": {"tests", "benchmarks", "tools"},
}
FILES = [
    (package, file) for package in FORBIDDEN for file in sorted((ROOT / package).rglob("*.py"))
]


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name.split(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def test_files_are_found() -> None:
    assert {package for package, _ in FILES} == set(FORBIDDEN)


@pytest.mark.parametrize(
    ("package", "file"), FILES, ids=lambda value: str(getattr(value, "name", value))
)
def test_imports_go_one_way(package: str, file: Path) -> None:
    assert not FORBIDDEN[package] & set(imported(file))
