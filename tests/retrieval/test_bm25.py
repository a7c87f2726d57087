"""The order is BM25's: against the formula written out by hand, and against rank-bm25 over everything."""

import math
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from retrieval.archive import Archive
from retrieval.bm25 import K1, ArchiveBM25, B, idf
from retrieval.index.protocol import (
    CandidateQuery,
    Counts,
    Field,
    IndexedArticle,
    IndexedPassage,
)
from retrieval.index.tantivy import Standing, TantivyIndex
from retrieval.ranking import PASSAGE
from retrieval.store import code
from retrieval.text.analyzer import analyzer

WORDS = ["kim", "putin", "train", "summit", "the"]
passages = st.lists(st.lists(st.sampled_from(WORDS), max_size=8), min_size=1, max_size=12)
questions = st.lists(st.sampled_from([*WORDS, "unknown"]), min_size=1, max_size=4, unique=True)


def by_hand(corpus: Sequence[Sequence[str]], question: Sequence[str]) -> list[float]:
    """Robertson's BM25 with Lucene's idf, from the formula."""
    average = sum(map(len, corpus)) / len(corpus) or 1.0
    scores = []
    for passage in corpus:
        score = 0.0
        for word in question:
            holding = sum(word in other for other in corpus)
            weight = math.log(1 + (len(corpus) - holding + 0.5) / (holding + 0.5))
            often = passage.count(word)
            length = 1 - 0.75 + 0.75 * len(passage) / average
            score += weight * often * (0.9 + 1) / (often + 0.9 * length)
        scores.append(score)
    return scores


def ours(
    corpus: Sequence[Sequence[str]], question: Sequence[str], places: Sequence[int] | None = None
) -> list[float]:
    """`ArchiveBM25` over some passages of an archive, with the whole archive's statistics."""
    chosen = range(len(corpus)) if places is None else places
    weights = {
        code(word): idf(sum(word in passage for passage in corpus), len(corpus))
        for word in question
    }
    bm25 = ArchiveBM25(
        [code(word) for word in question],
        np.array([[corpus[place].count(word) for place in chosen] for word in question], np.intp),
        [len(corpus[place]) for place in chosen],
        sum(map(len, corpus)) / len(corpus),
        weights,
    )
    return bm25.get_scores([code(word) for word in question]).tolist()


def test_the_constants_are_those_of_the_formula_below() -> None:
    assert (K1, B) == (0.9, 0.75)


@pytest.mark.parametrize(
    "corpus",
    [
        [["kim"]],
        [["kim", "putin"], ["kim"]],
        [["the", "kim"], ["the", "the", "putin"], ["the"]],
        [["the", word] for word in "abcdefghij"],
        [
            ["the"] * (place % 4) + ["kim"] * (place < 6) + ["putin"] * (place < 4)
            for place in range(10)
        ],
    ],
)
def test_small_archives(corpus: list[list[str]]) -> None:
    question = ["kim", "the", "putin"]
    assert ours(corpus, question) == pytest.approx(by_hand(corpus, question))


@given(passages, questions)
def test_any_archive(corpus: list[list[str]], question: list[str]) -> None:
    assert ours(corpus, question) == pytest.approx(by_hand(corpus, question))


@given(passages, questions, st.data())
def test_a_candidate_scores_as_if_all_had_been_given(
    corpus: list[list[str]], question: list[str], data: st.DataObject
) -> None:
    places = data.draw(st.lists(st.sampled_from(range(len(corpus))), unique=True))
    everything = by_hand(corpus, question)
    assert ours(corpus, question, places) == pytest.approx([everything[place] for place in places])


@given(passages, questions)
def test_rank_bm25_itself_agrees_where_its_idf_is_sound(
    corpus: list[list[str]], question: list[str]
) -> None:
    # Its own idf, log((N - df + 0.5) / (df + 0.5)), is replaced by a floor from half of the passages on;
    # with ours put in its place the rest of its arithmetic must be untouched.
    if not any(corpus):
        return
    theirs = BM25Okapi(corpus, k1=K1, b=B)
    theirs.idf = {
        word: idf(sum(word in passage for passage in corpus), len(corpus)) for word in theirs.idf
    }
    np.testing.assert_array_equal(ours(corpus, question), theirs.get_scores(question))


@given(passages, questions)
def test_the_index_gives_the_same_statistics(corpus: list[list[str]], question: list[str]) -> None:
    index = TantivyIndex()
    article = IndexedArticle(0, "a", 737_000, ["of", "the", "article"], ["title"])
    cut = [IndexedPassage(place, words, ()) for place, words in enumerate(corpus)]
    index.add(article, cut)
    index.commit()
    index.standing = Standing(Counts.of(article, cut), np.zeros(1, np.uint32))
    found = index.statistics(Field.WORDS)
    assert found.documents == len(corpus)
    assert found.average_length == pytest.approx(sum(map(len, corpus)) / len(corpus))
    for word in question:
        assert found.document_frequency(word) == sum(word in passage for passage in corpus)
    matching = {place for place, words in enumerate(corpus) if set(words) & set(question)}
    terms = {Field.WORDS: dict.fromkeys(question, 1.0)}
    candidates = index.candidates(CandidateQuery(terms, {}), limit=50)
    assert set(candidates.numbers) == matching
    assert candidates.total == len(matching)


@pytest.mark.parametrize("count", [1, 2, 3, 10])
def test_an_archive_ranks_by_the_formula(archive_of: Callable[..., Archive], count: int) -> None:
    texts = [
        "The kim " * (place % 3 + 1) + "putin " * (place < 4) + "train summit. " * (place % 2)
        for place in range(count)
    ]
    archive = archive_of(*texts)
    corpus = [analyzer("en").content(text) for text in texts]
    expected = by_hand(corpus, analyzer("en").content("Kim and Putin on a train"))
    ranked = archive.ranked("Kim and Putin on a train")
    found = {each.passage.number: each.parts["passage"] / PASSAGE for each in ranked}
    assert len(found) == count
    assert [found[place] for place in range(count)] == pytest.approx(expected)
    assert [each.score for each in ranked] == sorted((e.score for e in ranked), reverse=True)


def test_idf_is_above_nothing_for_any_word() -> None:
    for documents in (1, 2, 3, 10, 1_000_000):
        weights = [idf(frequency, documents) for frequency in {0, 1, documents // 2, documents}]
        assert min(weights) > 0
        assert idf(0, documents) == max(weights)
