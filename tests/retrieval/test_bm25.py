"""The order is BM25's: against the formula written out by hand, and against rank-bm25 over everything."""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from retrieval.bm25 import K1, ArchiveBM25, B, idf
from retrieval.index.protocol import CandidateQuery, Field, FieldStatistics, IndexedPassage
from retrieval.index.tantivy import TantivyIndex

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


def statistics(corpus: Sequence[Sequence[str]]) -> FieldStatistics:
    frequency = Counter(word for passage in corpus for word in set(passage))
    return FieldStatistics(
        len(corpus), sum(map(len, corpus)) / len(corpus), lambda word: frequency[word]
    )


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
    assert ArchiveBM25(corpus, statistics(corpus)).scores(question) == pytest.approx(
        by_hand(corpus, question)
    )


@given(passages, questions)
def test_any_archive(corpus: list[list[str]], question: list[str]) -> None:
    found = ArchiveBM25(corpus, statistics(corpus)).scores(question)
    assert found == pytest.approx(by_hand(corpus, question))


@given(passages, questions, st.data())
def test_a_candidate_scores_as_if_all_had_been_given(
    corpus: list[list[str]], question: list[str], data: st.DataObject
) -> None:
    places = data.draw(st.lists(st.sampled_from(range(len(corpus))), unique=True))
    some = ArchiveBM25([corpus[place] for place in places], statistics(corpus)).scores(question)
    everything = by_hand(corpus, question)
    assert some == pytest.approx([everything[place] for place in places])


@given(passages, questions)
def test_words_outside_the_question_need_not_be_given(
    corpus: list[list[str]], question: list[str]
) -> None:
    thinned = [[word for word in passage if word in question] for passage in corpus]
    lengths = [len(passage) for passage in corpus]
    scores = ArchiveBM25(thinned, statistics(corpus), lengths).scores(question)
    assert scores == pytest.approx(by_hand(corpus, question))


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
    np.testing.assert_allclose(
        ArchiveBM25(corpus, statistics(corpus)).scores(question), theirs.get_scores(question)
    )


@given(passages, questions)
def test_the_index_gives_the_same_statistics(corpus: list[list[str]], question: list[str]) -> None:
    index = TantivyIndex()
    index.add(
        IndexedPassage(place, f"a{place}", 737_000, words, ())
        for place, words in enumerate(corpus)
    )
    index.commit()
    found = index.statistics(Field.WORDS)
    expected = statistics(corpus)
    assert found.documents == expected.documents
    assert found.average_length == pytest.approx(expected.average_length)
    assert all(
        found.document_frequency(word) == expected.document_frequency(word) for word in question
    )
    matching = {place for place, words in enumerate(corpus) if set(words) & set(question)}
    candidates = index.candidates(CandidateQuery(tuple(question), {Field.WORDS: 1.0}), limit=50)
    assert set(candidates.numbers) == matching
    assert candidates.total == len(matching)


def test_idf_is_above_nothing_for_any_word() -> None:
    for documents in (1, 2, 3, 10, 1_000_000):
        weights = [idf(frequency, documents) for frequency in {0, 1, documents // 2, documents}]
        assert min(weights) > 0
        assert idf(0, documents) == max(weights)
