"""What the README claims is so: its commands, its sample question and output, its formats."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import picture

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SESSIONS = re.findall(r"```\n\$ python (.+)\n((?:.*\n)+?)```", README)


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder such as a newcomer has: articles and settings, and nothing that a bot has left in var/."""
    folder = tmp_path_factory.mktemp("clone")
    for name in ("bot", "retrieval", "seeds", "config.yaml"):
        (folder / name).symlink_to(ROOT / name)
    return folder


def run(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith("TELEGRAM_")
    }
    return subprocess.run(
        arguments,
        check=False,
        cwd=cwd,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
    )


def test_sessions_are_found() -> None:
    assert len(SESSIONS) >= 2


@pytest.mark.parametrize(("command", "output"), SESSIONS, ids=[command for command, _ in SESSIONS])
def test_a_session_prints_what_it_shows(command: str, output: str, clone: Path) -> None:
    arguments = [part.strip('"') for part in re.findall(r'"[^"]*"|\S+', command)]
    assert run(sys.executable, *arguments, "--index", ":memory:", cwd=clone).stdout == output


def test_every_make_target_named_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"`?make ([a-z]+)", README))
    assert {"run", "test", "help"} <= named
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in named)


def test_every_command_of_the_table_exists() -> None:
    commands = set(re.findall(r"\| `python -m bot ([a-z]+)", README))
    usage = run(sys.executable, "-m", "bot", "--help").stdout
    assert commands == {"run", "chat", "ask", "check", "backup", "completion"}
    assert all(re.search(rf"^  {command} ", usage, re.MULTILINE) for command in commands)


def test_every_link_to_a_file_leads_somewhere() -> None:
    targets = re.findall(r"\]\(((?!http)[^)#]+)", README)
    assert targets
    assert all((ROOT / target).exists() for target in targets)


def test_the_picture_is_of_the_answer_as_it_is() -> None:
    assert picture.draw() == (ROOT / picture.PICTURE).read_text(encoding="utf-8")


def test_the_formats_it_names_are_read(tmp_path: Path, clone: Path) -> None:
    (tmp_path / "one.txt").write_text(
        "date 2019-04-26 The title\n\nThe whale sang.\n", encoding="utf-8"
    )
    (tmp_path / "two.txt").write_text(
        "Title: T\nDate: 2019-04-26\nURL: https://x.org/\n\nIt rained.\n", encoding="utf-8"
    )
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "three.md").write_text(
        "---\ntitle: T\ndate: 2019-04-26\n---\n\nIt snowed.\n", encoding="utf-8"
    )
    (tmp_path / "four.jsonl").write_text(
        '{"title": "T", "date": "2019-04-26", "text": "It hailed."}\n', encoding="utf-8"
    )
    checked = run(sys.executable, "-m", "bot", "check", "--corpus", str(tmp_path), cwd=clone)
    assert "4 articles, all of 26 April 2019" in checked.stdout
    assert checked.returncode == 0
