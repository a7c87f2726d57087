"""What the command line says of itself: help, versions, completion, and in what colours."""

import io
import logging
import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot import console_texts
from bot.cli import main
from bot.logs import set_up_logging

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.usefixtures("clean_logging")


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty working folder and no token."""
    monkeypatch.chdir(tmp_path)
    for name in ("TELEGRAM_BOT_TOKEN", "TELEGRAM_API_URL"):
        monkeypatch.delenv(name, raising=False)


def run(*words: str) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(main, words)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--help"], ["ask", "chat", "check", "run", "every answer is a quotation"]),
        (
            ["ask", "--help"],
            ["--json", "--limit", "--config", "--corpus", "--index", "standard input"],
        ),
        (["check", "--help"], ["Exits with 0 if all is well"]),
        (["run", "-h"], ["until SIGTERM or Ctrl-C"]),
        (["chat", "-h"], ["one question a line"]),
    ],
)
def test_help(words, told):
    result = run(*words)
    assert result.exit_code == 0
    assert all(word in " ".join(result.output.split()) for word in told)


def test_help_names_each_command_in_a_line_that_is_not_cut_off():
    assert "..." not in run("--help").output.replace("ARGS]...", "")


def test_help_names_first_what_most_people_need():
    lines = run("--help").output.split("Commands:\n")[1].splitlines()
    assert [line.split()[0] for line in lines[:4]] == ["run", "chat", "ask", "check"]
    assert "    2  bad usage, settings or token, or nothing that could be used" in lines


@pytest.mark.parametrize("command", ["run", "chat", "ask", "check"])
def test_help_has_examples_that_can_be_copied_and_says_what_the_exit_code_means(command):
    lines = run(command, "--help").output.splitlines()
    examples = lines[lines.index("  Examples:") + 1 : lines.index("", lines.index("  Examples:"))]
    assert examples
    assert all(line.startswith("    ") and f"python -m bot {command}" in line for line in examples)
    assert any("Exits with 0" in line for line in lines)


def test_a_mistyped_command_gets_the_nearest_one_suggested():
    result = run("chekc")
    assert result.exit_code == 2
    assert "No such command 'chekc'. Did you mean 'check'?" in result.stderr


def test_without_a_command_a_failure_says_where_help_is():
    result = run()
    assert result.exit_code == 2
    assert result.stderr.splitlines()[1:] == [f"dateline: {console_texts.HELP_HINT}"]


def test_version_names_what_a_report_of_a_fault_needs():
    first, second = run("--version").output.splitlines()
    assert first.startswith("dateline ")
    assert second.startswith(f"Python {platform.python_version()}, python-telegram-bot 22.")
    assert "tantivy 0." in second


def test_bash_completes_commands_options_and_nothing_that_is_hidden(tmp_path):
    script = run("completion", "bash").output
    dateline = tmp_path / "dateline"
    dateline.write_text(
        f"#!{sys.executable}\nimport sys\nsys.argv[0] = 'dateline'\nfrom bot.cli import main\nmain()\n"
    )
    dateline.chmod(0o755)

    def completed(*words: str) -> list[str]:
        typed = " ".join(words)
        ask = f'COMP_WORDS=({typed} ""); COMP_CWORD={len(words)}; '
        if not words[-1].isalpha():
            ask = f"COMP_WORDS=({typed}); COMP_CWORD={len(words) - 1}; "
        ran = subprocess.run(
            [
                "bash",
                "-c",
                f'{script}\n{ask}_dateline_completion dateline\nprintf "%s\\n" "${{COMPREPLY[@]}}"',
            ],
            env={
                **os.environ,
                "PATH": f"{tmp_path}:{os.environ['PATH']}",
                "PYTHONPATH": str(ROOT),
            },
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        return ran.stdout.split()

    assert completed("dateline") == [
        name for name in main.commands if not main.commands[name].hidden
    ]
    assert completed("dateline", "completion") == ["bash", "zsh", "fish"]
    assert completed("dateline", "ask", "--li") == ["--limit"]


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_get_a_script_too(shell):
    result = run("completion", shell)
    assert result.exit_code == 0
    assert "_DATELINE_COMPLETE" in result.output


def test_no_colours_where_they_are_not_wanted(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    def logged(**variables: str) -> str:
        with monkeypatch.context() as changed:
            changed.delenv("NO_COLOR", raising=False)
            changed.setenv("TERM", "xterm")
            for name, value in variables.items():
                changed.setenv(name, value)
            terminal = Terminal()
            set_up_logging("info", stream=terminal)
            logging.getLogger("dateline").info("rain")
            return terminal.getvalue()

    assert "\x1b[" in logged()
    assert "\x1b[" not in logged(NO_COLOR="1")
    assert "\x1b[" not in logged(TERM="dumb")
