"""Where an article stands, as the whole corpus is read; and what one file would bring."""

import gzip

import pytest

from retrieval.errors import CorpusError
from retrieval.reading import DEFAULT_LIMITS, places, read_corpus
from retrieval.reading.places import find_article, stands_at, survey

LINE = '{{"title": "{0}", "date": "2020-01-01", "text": "{0}."}}\n'


@pytest.fixture
def corpus(read, folder):
    """Articles with ids of all sorts: of names, of paths, of lines, their own."""
    files = {
        "a.txt": "date 2020-01-01 A\n\nA.",
        "b/a.txt": "date 2020-01-02 B\n\nB.",
        "c.jsonl": LINE.format("C") + "\nbad\n" + LINE.format("D"),
        "d.md": "---\ntitle: E\ndate: 2020-01-03\nid: a-3\n---\nE.",
    }
    read(files)
    return folder


def test_each_article_is_found_where_it_stands(corpus):
    found = {}
    for article in read_corpus(corpus).articles:
        standing = find_article(corpus, DEFAULT_LIMITS, article.id.__eq__)
        assert standing.article == article
        assert standing.path == corpus / standing.name
        assert stands_at(standing.path, standing.name, standing.line, article, DEFAULT_LIMITS)
        found[article.id] = (standing.name, standing.line)
    assert found == {
        "a": ("a.txt", None),
        "b/a": ("b/a.txt", None),
        "c-1": ("c.jsonl", 1),
        "c-4": ("c.jsonl", 4),
        "a-3": ("d.md", None),
    }
    assert find_article(corpus, DEFAULT_LIMITS, "c-3".__eq__) is None


def test_what_says_something_else_is_not_it(corpus):
    c = find_article(corpus, DEFAULT_LIMITS, "c-1".__eq__)
    for line in (None, 3, 4, 9):
        assert not stands_at(c.path, c.name, line, c.article, DEFAULT_LIMITS)


def test_a_single_file_and_none(corpus):
    file = corpus / "c.jsonl"
    assert find_article(file, DEFAULT_LIMITS, "c-4".__eq__).line == 4
    with pytest.raises(CorpusError):
        find_article(corpus / "gone", DEFAULT_LIMITS, "a".__eq__)


def test_a_survey_counts_what_a_file_would_bring_under_a_name(corpus):
    brought = survey(corpus / "c.jsonl", "other.jsonl", DEFAULT_LIMITS)
    assert brought.articles == 2
    assert [str(one)[:13] for one in brought.refusals] == ["other.jsonl:3"]
    assert survey(corpus / "a.txt", "a.pdf", DEFAULT_LIMITS).articles == 0


def test_a_survey_ends_where_a_file_unpacks_to_too_much(folder, monkeypatch):
    monkeypatch.setattr(places, "MOST_UNPACKED_MEGABYTES", 1)
    file = folder / "bomb"
    file.write_bytes(gzip.compress(LINE.format("x" * 10_000).encode() * 200))
    brought = survey(file, "bomb.jsonl.gz", DEFAULT_LIMITS)
    assert brought.articles < 60
    assert "more than 1 MB unpacked" in brought.refusals[-1].reason
