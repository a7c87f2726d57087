"""The terminal shows what Telegram would show: bold is bold, quotes stand behind a bar."""

import io
import os
import pty
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

from rich.console import Console

from bot.render import render
from bot.terminal import SAY, make_console, show
from retrieval.types import Answer, Excerpt, Outcome, Source, Span

ROOT = Path(__file__).parents[2]
QUESTION = "When did they meet?"
ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x1b]*\x1b\\")


def answer(*texts: str, outcome: Outcome = Outcome.ANSWER) -> Answer:
    source = Source("a", "Rain in Leeds", date(2020, 1, 1), "https://news.example/1")
    found = [Excerpt(source, text, text, 0, (Span(0, 4),), (), 1.0) for text in texts]
    return Answer("?", outcome, 0.9, 1, tuple(found), missing=("zyzzyva",))


def shown(given: Answer, *, terminal: bool) -> str:
    file = io.StringIO()
    console = Console(
        file=file, force_terminal=terminal, width=40, highlight=False, markup=False, emoji=False
    )
    show(console, render(given, SAY))
    return file.getvalue()


def test_a_terminal_shows_bold_words_links_and_a_bar_before_every_line_of_a_quote():
    text = "Rain fell in Leeds and went on to fall [red]for many days[/red] :smile:.\n\nThen it stopped."
    drawn = shown(answer(text), terminal=True)
    assert "\x1b[1mRain\x1b[0m" in drawn
    assert "https://news.example/1" in drawn
    lines = ANSI.sub("", drawn).splitlines()
    assert lines[:2] == ["Rain in Leeds", "1 January 2020"]
    quote = lines[2 : lines.index("")]
    assert all(line.startswith("│ ") for line in quote)
    assert all(len(line) <= 40 for line in lines)
    assert " ".join(line[2:] for line in quote).split() == text.split()
    assert lines[-1] == "Not found in these passages: zyzzyva"


def test_elsewhere_it_is_plain_text_and_no_line_is_broken():
    text = "Rain fell " * 20 + "on.\n\nThen it stopped."
    assert shown(answer(text, "Also this."), terminal=False) == (
        f"Rain in Leeds\n1 January 2020\n│ {'Rain fell ' * 20}on.\n│\n│ Then it stopped.\n\n"
        "│ Also this.\n\nNot found in these passages: zyzzyva\n"
    )


def test_a_wide_terminal_is_not_used_in_full(monkeypatch):
    monkeypatch.setenv("COLUMNS", "300")
    monkeypatch.setenv("FORCE_COLOR", "1")
    console = make_console()
    with console.capture() as captured:
        show(console, render(answer("Rain fell on Leeds. " * 40), SAY))
    lines = ANSI.sub("", captured.get()).splitlines()
    assert max(map(len, lines)) in range(80, 89)


def test_a_chat_with_a_person(tmp_path):
    (tmp_path / "config.yaml").write_text(f"corpus: {{path: {ROOT}/seeds}}\n")
    person, terminal = pty.openpty()
    variables = {
        name: value for name, value in os.environ.items() if not name.startswith("TELEGRAM")
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "bot"],
        cwd=tmp_path, env={**variables, "PYTHONPATH": str(ROOT), "TERM": "xterm"},
        stdin=terminal, stdout=terminal, stderr=terminal, start_new_session=True,
    )  # fmt: skip
    os.close(terminal)
    try:
        seen = read_until(person, "\n? ")
        assert "TELEGRAM_BOT_TOKEN is not set, so this is a chat in the terminal" in seen
        assert "one article, of 26 April 2019" in seen
        assert seen.count("\n• ") == 2
        os.write(person, f"{QUESTION}\n".encode())
        seen = read_until(person, "\n? ")
        assert "Thursday [25 Apr 2019]" in " ".join(seen.replace("│", " ").split())
        os.write(person, b"\x04")
        assert process.wait(timeout=8) == 0
    finally:
        process.kill()
        process.wait()
        os.close(person)


def read_until(person: int, wanted: str) -> str:
    seen = ""
    while wanted not in seen:
        seen = ANSI.sub("", seen + os.read(person, 65_536).decode()).replace("\r", "")
    return seen
