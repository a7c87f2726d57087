"""The made-up news that archives of growing size are measured with."""

import math
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.scale.layouts import Files, Layout, Lines
from benchmarks.scale.news import News
from benchmarks.scale.questions import questions
from benchmarks.scale.words import COMMON_WORDS, vocabulary
from retrieval.archive import Archive
from retrieval.settings import IN_MEMORY, ArchiveSettings, CorpusSettings, RetrievalSettings

PASSAGES = 80


def read(corpus: Path) -> Archive:
    return Archive.load(
        ArchiveSettings(
            corpus=CorpusSettings(path=corpus), retrieval=RetrievalSettings(index=IN_MEMORY)
        )
    )


def texts(archive: Archive) -> dict[str, str]:
    found: dict[str, str] = {}
    for passage in archive.all_passages():
        found[passage.source.id] = found.get(passage.source.id, "") + passage.gap + passage.text
    return found


def test_the_same_seed_gives_the_same_news_and_questions() -> None:
    one, other = News(PASSAGES), News(PASSAGES)
    assert list(one) == list(other)
    assert list(questions(one, 30)) == list(questions(other, 30))


def test_another_seed_gives_others() -> None:
    news = News(PASSAGES)
    assert list(news) != list(News(PASSAGES, seed=2))
    assert list(questions(news, 30)) != list(questions(news, 30, seed=2))


def test_any_article_can_be_had_without_those_before() -> None:
    news = News(1_000)
    wanted = news.articles - 1
    assert News(1_000).article(wanted) == list(news)[wanted]


def test_articles_are_in_the_order_of_their_dates() -> None:
    days = [article.date for article in News(PASSAGES)]
    assert days == sorted(days)
    assert len({day.year for day in days}) > 5


def test_no_word_of_the_vocabulary_comes_twice() -> None:
    words = vocabulary(50_000).tolist()
    assert len(set(words)) == len(words) == 50_000


def test_words_are_as_frequent_as_zipf_has_it() -> None:
    counts = Counter(
        word for article in islice(News(2_000), 128) for word in article.text.lower().split()
    )
    often = [counts[COMMON_WORDS[rank]] for rank in (0, 9, 99)]
    assert often == sorted(often, reverse=True)
    assert math.isclose(often[0] / often[1], 10, rel_tol=0.5)


@pytest.mark.parametrize("layout", [Files(), Lines()], ids=["files", "lines"])
def test_the_archive_takes_all_of_it_and_sees_what_changes(layout: Layout, tmp_path: Path) -> None:
    news, corpus = News(PASSAGES), tmp_path / "corpus"
    layout.write(corpus, news)
    before = read(corpus)
    assert (before.articles, before.refusals, before.notes) == (news.articles, (), ())
    assert before.languages == ("en",)
    assert math.isclose(before.passages, PASSAGES, rel_tol=0.3)
    assert texts(before) == {article.id: article.text for article in news}
    layout.change(corpus, news, [3, 9], edition=1)
    after = read(corpus)
    changed = {
        identity
        for identity, text in texts(after).items()
        if text != news.article(int(identity[1:])).text
    }
    assert changed == {"n3", "n9"}


def test_the_words_of_a_question_stand_in_one_paragraph_of_its_article() -> None:
    news = News(300)
    articles = {article.id: article for article in news}
    for question in questions(news, 100):
        paragraphs = articles[question.article].text.split("\n\n")
        assert any(all(word in part for word in question.words) for part in paragraphs)
        assert all(word in question.text for word in question.words)
        assert 2 <= len(question.words) <= 6
