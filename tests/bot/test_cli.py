"""The command line, from its words to its output and exit code."""

import errno
import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot import console_texts, texts
from bot.cli import main

ROOT = Path(__file__).parents[2]
SEEDS = str(ROOT / "seeds")
QUESTION = "When did they meet?"
NONSENSE = "Who won the 1998 World Cup?"
KEYS = {
    "question", "outcome", "answered", "confidence", "total", "suggestion", "missing", "dates", "dropped",
    "unreadable", "why", "excerpts", "milliseconds",
}  # fmt: skip
EXCERPT_KEYS = {
    "article", "title", "date", "url", "passage", "text", "highlights", "days", "periods", "also", "score",
}  # fmt: skip

pytestmark = pytest.mark.usefixtures("clean_logging")


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty working folder and no token."""
    monkeypatch.chdir(tmp_path)
    for name in ("TELEGRAM_BOT_TOKEN", "TELEGRAM_API_URL"):
        monkeypatch.delenv(name, raising=False)


def run(*words: str, given: str | bytes = "") -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(main, words, input=given)


def ask(*words: str, given: str | bytes = "") -> Result:
    return run("ask", "--corpus", SEEDS, *words, given=given)


def process(*words: str, **variables: str) -> "subprocess.Popen[bytes]":
    """Run the command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "bot", *words],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error", **variables},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_an_answer_is_printed_and_exits_with_0():
    result = ask(QUESTION)
    assert result.exit_code == 0
    title, day, *quotes = result.output.splitlines()
    assert (title, day) == ("Kim, Putin vow to seek closer ties", "26 April 2019")
    assert quotes[0].startswith("│ VLADIVOSTOK: North Korea’s Kim Jong Un")
    assert "for the first time on Thursday [25 Apr 2019], in talks" in quotes[0]
    assert all(line == line.rstrip() for line in quotes)
    assert result.stderr == ""


def test_a_question_needs_no_quotes():
    assert ask(*QUESTION.split()).output == ask(QUESTION).output


@pytest.mark.parametrize("question", [NONSENSE, "", "   ", "?!", "zyzzyva", "\udcff\udcfe"])
def test_nothing_found_exits_with_1(question):
    result = ask(question)
    assert result.exit_code == 1
    assert result.output.startswith((texts.NOTHING, texts.EMPTY_QUESTION, texts.WEAK))
    assert json.loads(ask("--json", question).output)["answered"] is False


def test_json_has_the_fields_that_others_build_on():
    line = ask("--json", QUESTION).output
    assert line.count("\n") == 1
    answer = json.loads(line)
    assert set(answer) == KEYS
    assert (answer["question"], answer["outcome"]) == (QUESTION, "answer")
    assert answer["answered"] is True
    assert 0 < answer["confidence"] <= 1
    assert answer["total"] >= len(answer["excerpts"]) >= 1
    assert answer["suggestion"] is None
    assert answer["missing"] == []
    assert answer["dates"] == {"after": None, "before": None}
    assert answer["milliseconds"] > 0
    file = next((ROOT / "seeds").glob("*.txt"))
    written = file.read_text(encoding="utf-8")
    for excerpt in answer["excerpts"]:
        assert set(excerpt) == EXCERPT_KEYS
        assert excerpt["article"] == file.stem
        assert (excerpt["title"], excerpt["date"]) == (
            "Kim, Putin vow to seek closer ties",
            "2019-04-26",
        )
        assert excerpt["url"] is None
        assert excerpt["text"] in excerpt["passage"]
        assert excerpt["text"] in written
        assert excerpt["highlights"] == sorted(excerpt["highlights"])
    first = answer["excerpts"][0]
    assert [first["text"][start:end] for start, end in first["highlights"]] == ["met", "meeting"]
    assert first["days"] == [[*first["days"][0][:2], "2019-04-25"]]
    start, end, _ = first["days"][0]
    assert first["text"][start:end].endswith("Thursday")
    scores = [excerpt["score"] for excerpt in answer["excerpts"]]
    assert scores == sorted(scores, reverse=True)


def test_periods_are_told_apart_from_days():
    answer = json.loads(ask("--json", "What broke down in Hanoi in February?").output)
    periods = [
        (excerpt["text"][start:end], first, last)
        for excerpt in answer["excerpts"]
        for start, end, first, last in excerpt["periods"]
    ]
    assert any((first, last) == ("2019-02-01", "2019-02-28") for _, first, last in periods)


def test_missing_words_are_named():
    answer = json.loads(ask("--json", "zyzzyva Kim").output)
    assert answer["missing"] == ["zyzzyva"]


def test_limit():
    many = json.loads(ask("--json", "--limit", "10", "Kim Putin Trump").output)["excerpts"]
    assert len(many) > 3
    assert (
        len(json.loads(ask("--json", "--limit", "1", "Kim Putin Trump").output)["excerpts"]) == 1
    )
    assert len(json.loads(ask("--json", "Kim Putin Trump").output)["excerpts"]) == 3
    for wrong in ("0", "-1", "x"):
        result = ask("--limit", wrong, QUESTION)
        assert result.exit_code == 2
        assert "--limit" in result.stderr


def test_many_questions_are_answered_one_a_line_blank_ones_too():
    given = f"{QUESTION}\n\n{NONSENSE}\r\n  \nWhat did they eat?"
    result = ask("--json", "-", given=given)
    assert result.exit_code == 0
    answers = [json.loads(line) for line in result.output.splitlines()]
    assert [answer["question"] for answer in answers] == [
        QUESTION, "", NONSENSE, "  ", "What did they eat?",
    ]  # fmt: skip
    assert [answer["answered"] for answer in answers] == [True, False, False, False, True]
    result = ask("-", given=given)
    assert result.exit_code == 0
    assert result.output.count("Kim, Putin vow") == 2
    assert result.output.count(texts.EMPTY_QUESTION) == 2


def test_no_question_at_all_on_standard_input():
    assert ask("-").exit_code == ask("--json", "-").exit_code == 0
    assert ask("-").output == ""


def test_what_is_not_utf8_is_answered_all_the_same():
    given = b"\xff\xfe Kim\n\xed\xa0\x80\n" + QUESTION.encode() + b"\n"
    result = ask("--json", "-", given=given)
    assert [json.loads(line)["answered"] for line in result.output.splitlines()][1:] == [
        False,
        True,
    ]


def test_each_line_is_flushed_before_the_next_is_read():
    with process("ask", "--corpus", SEEDS, "--json", "-") as running:
        for question in (QUESTION, "", "What did they eat?"):
            running.stdin.write(f"{question}\n".encode())
            running.stdin.flush()
            assert json.loads(running.stdout.readline())["question"] == question
        output, errors = running.communicate(timeout=10)
    assert (output, errors, running.returncode) == (b"", b"", 0)


def test_a_reader_that_goes_away_is_no_drama():
    with process("ask", "--corpus", SEEDS, "--json", "-") as running:
        running.stdin.write(f"{QUESTION}\n".encode() * 50)
        running.stdin.flush()
        running.stdout.readline()
        running.stdout.close()
        running.stdin.close()
        errors = running.stderr.read()
        running.wait(timeout=10)
    assert b"Traceback" not in errors


def test_a_terminal_of_another_encoding_shows_what_it_can():
    with process("ask", "--corpus", SEEDS, QUESTION, PYTHONIOENCODING="ascii") as running:
        output, errors = running.communicate(timeout=10)
    assert b"? VLADIVOSTOK: North Korea?s" in output
    assert (errors, running.returncode) == (b"", 0)


def test_json_is_utf8_whatever_the_terminal(monkeypatch):
    runner = CliRunner(charset="ascii")
    result = runner.invoke(main, ["ask", "--corpus", SEEDS, "--json", QUESTION])
    assert "North Korea’s" in json.loads(result.stdout_bytes)["excerpts"][0]["text"]


def test_settings_come_from_a_file(tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text("Title: Rain\nDate: 2020-01-01\n\nIt rained in Leeds.\n")
    (tmp_path / "my.yaml").write_text("corpus: {path: news}\nretrieval: {index: kept}\n")
    assert "It rained in Leeds." in run("ask", "--config", "my.yaml", "Where did it rain?").output
    assert (tmp_path / "kept").is_dir()
    assert run("ask", "--config", "my.yaml", "--corpus", SEEDS, "Leeds rain").exit_code == 1
    one = run("ask", "--corpus", "news/a.txt", "--index", "other", "Where did it rain?")
    assert "It rained in Leeds." in one.output
    assert (tmp_path / "other").is_dir()
    assert not (tmp_path / "var").exists()


def test_settings_come_from_the_working_folder_without_a_word(tmp_path):
    (tmp_path / "config.yaml").write_text(f"corpus: {{path: {SEEDS}}}\n")
    assert run("ask", QUESTION).exit_code == 0
    assert (tmp_path / "var" / "index").is_dir()


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["ask", "--config", "gone.yaml", "x"], "gone.yaml: no such file; name another with --config"),
        (["ask", "--corpus", "gone", "x"], "--corpus: gone: no such folder or file; expected the folder of articles"),
        (["ask", "x"], "no config.yaml here: corpus.path: seeds: no such folder or file; expected the folder of articles"),  # noqa: E501
        (["check", "--corpus", "gone"], "--corpus: gone: no such folder or file; expected the folder of articles"),
        (["run", "--corpus", SEEDS], "TELEGRAM_BOT_TOKEN is not set; put it into the environment or into .env, or name a file that holds it in TELEGRAM_BOT_TOKEN_FILE"),  # noqa: E501
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_line_on_standard_error(words, reason):
    result = run(*words)
    assert result.exit_code == 2
    assert result.stderr == f"dateline: {reason}\n"
    assert result.stdout == ""


@pytest.mark.parametrize("words", [["ask"], ["sing"], ["ask", "--nonsense", "x"], ["--nonsense"]])
def test_bad_usage(words):
    result = run(*words)
    assert result.exit_code == 2
    assert "Usage: " in result.stderr
    assert result.stdout == ""


def test_an_index_that_cannot_be_written():
    result = run("ask", "--corpus", SEEDS, "--index", "/proc/dateline/index", "x")
    assert result.exit_code == 2
    assert result.stderr.startswith("dateline: ")
    assert "Traceback" not in result.stderr


def test_a_file_that_may_not_be_used_is_named(monkeypatch):
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", "/srv/news/one.txt")

    monkeypatch.setattr("bot.loading.Archive.load", refused)
    result = run("ask", "--corpus", SEEDS, "x")
    assert result.exit_code == 2
    assert result.stderr == (
        "dateline: /srv/news/one.txt: can't be used: Permission denied; let the bot's user read and write it\n"
    )


def test_check_says_that_all_is_well(tmp_path):
    result = run("check", "--corpus", SEEDS)
    assert result.exit_code == 0
    assert list(tmp_path.iterdir()) == []
    assert result.output == f"settings: good\ncorpus: {SEEDS}: one article, of 26 April 2019\n"


def test_check_says_that_what_is_taken_out_would_lie_among_the_articles(tmp_path):
    (tmp_path / "config.yaml").write_text("corpus: {path: news, removed: news/gone}\n")
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text("date 2020-01-01 Rain\n\nIt rained.\n")
    result = run("check")
    assert result.exit_code == 2
    assert result.stderr == (
        "dateline: corpus.removed: news/gone lies in the folder of articles; choose another folder\n"
    )


def test_check_lists_what_would_be_refused_and_why(tmp_path):
    folder = tmp_path / "news"
    (folder / "deep").mkdir(parents=True)
    (folder / "good.txt").write_text("Title: Rain\nDate: 2020-01-01\n\nIt rained.\n")
    (folder / "bad.txt").write_text("Title: Rain\nDate: 2020-02-31\n\nIt rained.\n")
    (folder / "deep" / "none.txt").write_text("Just words.\n")
    (folder / "deep" / "empty.md").write_text("")
    (folder / "binary.txt.gz").write_bytes(gzip.compress(bytes(range(256)) * 9))
    result = run("check", "--corpus", "news")
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert lines[:2] == ["settings: good", "corpus: news: one article, of 1 January 2020"]
    refused = [line for line in lines if line.startswith("refused: ")]
    assert len(refused) == 4
    for place in ("bad.txt:2: ", "binary.txt.gz", "deep/empty.md: ", "deep/none.txt"):
        assert any(line.startswith(f"refused: {place}") for line in refused)
    assert "no such day" in next(line for line in refused if "bad.txt" in line)


def test_check_of_nothing_that_can_be_used(tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    result = run("check", "--corpus", "news")
    assert result.exit_code == 2
    assert result.stderr == (
        "dateline: news: no article that can be used; put .txt, .md or .jsonl files there\n"
    )
    (folder / "bad.txt").write_text("words\n")
    result = run("check", "--corpus", "news")
    assert result.exit_code == 2
    assert "refused: bad.txt" in result.stdout
    asked = run("ask", "--corpus", "news", "x")
    assert asked.exit_code == 2
    assert "bad.txt" in asked.stderr


def test_a_file_name_that_is_no_text_can_be_listed(tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / os.fsdecode(b"\xff.txt")).write_text("words\n")
    (folder / "good.txt").write_text("Title: Rain\nDate: 2020-01-01\n\nIt rained.\n")
    result = run("check", "--corpus", "news")
    assert result.exit_code == 1
    assert "refused: " in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)


@pytest.mark.parametrize("command", [[], ["chat"]])
def test_without_a_terminal_each_line_is_a_question(command, tmp_path):
    (tmp_path / "config.yaml").write_text(f"corpus: {{path: {SEEDS}}}\n")
    result = run(*command, given=f"{QUESTION}\n\n{NONSENSE}\n")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    if not command:
        assert lines.pop(0) == console_texts.TERMINAL_INSTEAD
    assert lines[0] == "Kim, Putin vow to seek closer ties"
    assert texts.NOTHING in lines
    assert texts.EMPTY_QUESTION not in lines
    assert result.stderr == ""
