"""How far the building of the index is: a bar on a terminal, lines in a log, nothing where it is quick."""

import io

import pytest
from rich.console import Console

from bot import console_texts, loading
from retrieval.settings import ArchiveSettings, CorpusSettings, RetrievalSettings

ARTICLES = 30


@pytest.fixture
def settings(tmp_path) -> ArchiveSettings:
    folder = tmp_path / "news"
    folder.mkdir()
    for number in range(ARTICLES):
        article = f"date 2020-01-01 Rain {number}\n\nIt rained in Leeds.\n"
        (folder / f"{number}.txt").write_text(article)
    return ArchiveSettings(
        corpus=CorpusSettings(path=folder), retrieval=RetrievalSettings(index=":memory:")
    )


def written(settings: ArchiveSettings, **console: object) -> str:
    file = io.StringIO()
    assert loading.load(settings, Console(file=file, width=100, **console)).articles == ARTICLES
    return file.getvalue()


def test_a_terminal_shows_a_bar_with_the_number_of_articles_and_takes_it_away(
    settings, monkeypatch
):
    monkeypatch.setenv("TERM", "xterm")
    shown = written(settings, force_terminal=True)
    assert console_texts.INDEXING in shown
    assert f"{ARTICLES}/{ARTICLES}" in shown
    assert "0/?" not in shown, "how many there are is not known at first"
    assert shown.endswith("\x1b[1A\x1b[2K"), "the line is cleared in the end"


@pytest.mark.parametrize("terminal", [True, False])
def test_elsewhere_it_is_logged_now_and_then(settings, monkeypatch, log, terminal):
    monkeypatch.setenv("TERM", "dumb")
    assert written(settings, force_terminal=terminal) == ""
    assert log.getvalue() == "", "it was quick"
    monkeypatch.setattr(loading, "EVERY", 0.0)
    assert written(settings, force_terminal=terminal) == ""
    lines = log.getvalue().splitlines()
    assert len(lines) == ARTICLES
    assert "building the index" in lines[0]
    assert "articles=1" in lines[0]
    assert f"of={ARTICLES}" in lines[0]
    assert "seconds_left=0" in lines[-1]
