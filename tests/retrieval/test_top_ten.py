"""The ten best passages by BM25 are always ranked, in an index of whatever past: against BM25 of every passage."""

import json
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.archive import Archive
from retrieval.bm25 import K1, TITLE_REPEAT, B, idf
from retrieval.index.protocol import (
    CandidateQuery,
    Counts,
    Field,
    IndexedArticle,
    IndexedPassage,
)
from retrieval.index.tantivy import Standing, TantivyIndex
from retrieval.ranking import PASSAGE
from retrieval.settings import IN_MEMORY, ArchiveSettings, CorpusSettings, RetrievalSettings
from retrieval.text.analyzer import analyzer

TOP = 10
SAME = 1e-9
ARTICLES = 990
LONGEST = 110
ROOTS = ("bako", "mirul", "tesan", "gorin", "palut", "vebos", "kudar", "zonil", "hamep", "ridok")
ENDINGS = ("t", "m", "d", "k", "p", "b")
VOCABULARY = [root + ending for root in ROOTS for ending in ENDINGS]
"""Words that share grams, so that a question's grams are found where its words are not."""

Terms = Sequence[str]


def bm25(corpus: Sequence[Terms], question: Terms) -> list[float]:
    """Of every passage, from the formula; each word of the question counts as often as it stands there."""
    average = sum(map(len, corpus)) / len(corpus) or 1.0
    weights = {
        word: idf(sum(word in terms for terms in corpus), len(corpus)) for word in set(question)
    }
    scores = []
    for terms in corpus:
        often = Counter(terms)
        norm = K1 * (1 - B + B * len(terms) / average)
        scores.append(
            sum(weights[word] * often[word] * (K1 + 1) / (often[word] + norm) for word in question)
        )
    return scores


class Kind(NamedTuple):
    """What articles are like: how unlike their lengths are (less is more), how long their titles, how often they repeat
    a word."""

    tail: float
    titles: Sequence[int]
    repeated: Sequence[int]


SKEWED = Kind(0.9, (0, 0, 1, 2, 30), (0, 0, 1, 2, 5))
KINDS = {
    "skewed": SKEWED,
    "short": Kind(3, (0,), (0,)),
    "long": Kind(0.4, (0,), (0, 0, 1, 2, 5)),
    "repeating": Kind(0.9, (0, 0, 0, 60), (0, 0, 1, 40, 80)),
}


def rows(source: random.Random, kind: Kind) -> list[dict[str, str]]:
    """Articles of one passage each."""
    commonness = [1 / (rank + 2) for rank in range(len(VOCABULARY))]
    written = []
    for number in range(ARTICLES):
        length = min(LONGEST, int(source.paretovariate(kind.tail) * source.choice((1, 3, 12))))
        words = source.choices(VOCABULARY, commonness, k=length)
        words += [source.choice(VOCABULARY)] * source.choice(kind.repeated)
        source.shuffle(words)
        written.append(
            {
                "id": f"a{number}",
                "title": " ".join(source.choices(VOCABULARY, k=source.choice(kind.titles))),
                "date": f"2020-01-0{source.randint(1, 9)}",
                "text": " ".join(words) + ".",
            }
        )
    return written


def write(folder: Path, articles: Sequence[dict[str, str]]) -> None:
    folder.mkdir(exist_ok=True)
    text = "\n".join(map(json.dumps, articles))
    (folder / "all.jsonl").write_text(text, encoding="utf-8")


def load(folder: Path, index: str = IN_MEMORY) -> Archive:
    return Archive.load(
        ArchiveSettings(
            corpus=CorpusSettings(path=folder, language="en"),
            retrieval=RetrievalSettings(index=index),
        )
    )


def questions(source: random.Random) -> list[tuple[Terms, str]]:
    """Words to look for, and one that must not be there, or none."""
    drawn = []
    for _ in range(100):
        asked = source.sample(VOCABULARY, source.choice((1, 1, 2, 2, 3, 4, 6)))
        drawn.append((asked, source.choice((*VOCABULARY, *[""] * 200))))
    return drawn


def assert_holds_the_top_ten(
    archive: Archive, articles: Sequence[dict[str, str]], asked: Sequence[tuple[Terms, str]]
) -> None:
    words = analyzer("en")
    titles = {article["id"]: article["title"] for article in articles}
    passages = list(archive.all_passages())
    corpus = [
        words.content(passage.text) + TITLE_REPEAT * words.content(titles[passage.source.id])
        for passage in passages
    ]
    for given_words, excluded in asked:
        text = " ".join(given_words) + (f" -{excluded}" if excluded else "")
        ranked = {each.passage.number: each for each in archive.ranked(text)}
        stems = set(words.content(excluded))
        scores = {
            passage.number: score
            for passage, terms, score in zip(
                passages, corpus, bm25(corpus, words.content(" ".join(given_words))), strict=True
            )
            if score and not stems & set(terms)
        }
        for number, each in ranked.items():
            assert each.parts["passage"] / PASSAGE == pytest.approx(scores[number])
        best = sorted(scores.values(), reverse=True)[:TOP]
        held = sorted((scores[number] for number in ranked), reverse=True)[:TOP]
        assert held == pytest.approx(best), text


@pytest.mark.parametrize("kind", KINDS)
def test_the_ten_best_passages_are_ranked(tmp_path: Path, kind: str) -> None:
    source = random.Random(1)
    articles = rows(source, KINDS[kind])
    write(tmp_path / "corpus", articles)
    assert_holds_the_top_ten(load(tmp_path / "corpus"), articles, questions(source))


def test_the_ten_best_are_ranked_after_articles_went_and_came(tmp_path: Path) -> None:
    source = random.Random(11)
    corpus, index = tmp_path / "corpus", str(tmp_path / "index")
    articles = rows(source, SKEWED)
    # What goes has long texts and titles: lengths and frequencies are then far from what tantivy counts.
    articles.sort(key=lambda row: len(row["text"]) + len(row["title"]))
    for kept in (articles, articles[:-60], [*articles[60:-60], *articles[-30:]]):
        write(corpus, kept)
        live = load(corpus, index)
    asked = questions(source)
    assert_holds_the_top_ten(live, kept, asked)
    at_once = load(corpus)
    for words, _ in asked:
        ours, theirs = live.ranked(" ".join(words)), at_once.ranked(" ".join(words))
        assert [(each.passage.source.id, each.score) for each in ours] == [
            (each.passage.source.id, each.score) for each in theirs
        ]


lengths = st.integers(1, 300)


@given(st.integers(0, 9_999), lengths, lengths, st.integers(1, 4), st.integers(0, 300))
@settings(max_examples=25, deadline=None)
def test_all_that_may_reach_a_score_are_told(
    seed: int, longest: int, often: int, asked: int, articles: int
) -> None:
    """Whatever the lengths, and however many articles weigh on tantivy's averages beside the passages."""
    source = random.Random(seed)
    words = ["kim", "putin", "train", "summit"]
    corpus = [
        [
            *source.choices([*words, *"abcdefgh"], k=source.randint(1, longest)),
            *[source.choice(words)] * source.choice((0, 0, 0, source.randint(1, often))),
        ]
        for _ in range(300)
    ]
    index = TantivyIndex()
    whole = IndexedArticle(0, "a", 737_000, ["kim"], [])
    cut = [IndexedPassage(number, terms, ()) for number, terms in enumerate(corpus)]
    index.add(whole, cut)
    counts = Counts.of(whole, cut)
    for number in range(1, articles):
        other = IndexedArticle(number, f"b{number}", 737_000, ["kim"], [])
        index.add(other, ())
        counts = counts.plus(Counts.of(other, ()))
    index.commit()
    index.standing = Standing(counts, np.zeros(max(1, articles), np.uint32))
    question = words[:asked]
    scores = bm25(corpus, question)
    terms = {Field.WORDS: dict.fromkeys(question, 1.0)}
    candidates = index.candidates(CandidateQuery(terms, {}), limit=TOP)
    for least in sorted(scores, reverse=True)[:: len(scores) // 20]:
        held = {*candidates.numbers, *candidates.reaching(least * (1 - SAME))}
        wanted = {number for number, score in enumerate(scores) if score and score >= least}
        assert wanted <= held
