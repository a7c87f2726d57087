"""Puts candidate passages in order: rank-bm25's exact scores, then how close together the words stand.

What each part gives, and on which question sets it was measured, stands in `docs/ranking.md`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from retrieval import matches
from retrieval.bm25 import ARTICLE_B, ARTICLE_K1, K1, TITLE_REPEAT, ArchiveBM25, B, Counts
from retrieval.index.protocol import Field
from retrieval.query import Floats, Query, Statistics
from retrieval.store import StoredArticle, StoredPassage

PASSAGE = 0.6
"""BM25 of passage and title."""

TITLE = 1.0
"""BM25 of the title alone."""

ARTICLE = 1.0
"""BM25 of the whole article."""

GRAMS = 0.3
"""BM25 of character grams, damped."""

ADJACENT = 0.4
"""Weight of the question's neighbouring words found side by side, damped."""

SPAN = 0.5
"""Weight of the words found, the closer together the more, damped."""

SENTENCE = 0.3
"""Weight of the words in the best sentence, short sentences preferred, damped."""

RECENCY = 3.0
"""Added for an article of the day of asking, less for older ones: news is asked about while it is new. Measured on
dated news with the day of asking known (right article first 0.615 -> 0.64)."""

RECENCY_DAYS = 30.0
"""Days after which it has fallen to a third (1 / e)."""

SENTENCE_WORDS = 22.0
"""A sentence's usual length, for its length normalisation."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage and what its place among the others follows from.

    Args:
        passage: the passage.
        score: what the order goes by.
        parts: what the score is the sum of, by name.
        coverage: the share of the question's weight that passage and title hold, 0 to 1.
        sentences: the share that each sentence holds.
        held: what share of each word each sentence holds; shape (sentences, words).
        words_held: what share of each word passage and title hold.
        answers: whether a sentence that matches holds the kind of thing that was asked for.
    """

    passage: StoredPassage
    score: float
    parts: Mapping[str, float]
    coverage: float
    sentences: Floats
    held: Floats
    words_held: Floats
    answers: bool = False


def rank(
    query: Query,
    passages: Sequence[StoredPassage],
    articles: Sequence[StoredArticle],
    statistics: Statistics,
    today: date,
) -> list[Ranked]:
    """Score candidates of one language, best first; ties go to the newer article, then to the earlier passage.

    Args:
        query: the question in that language.
        passages: as the index found them; their order does not matter.
        articles: that of each passage.
        statistics: of each field, over the whole archive.
        today: the day of asking.
    """
    if not passages:
        return []
    rows = len(passages)
    words = matches.Words(passages)
    hits = words.find(query.codes)
    in_title = matches.find([article.title for article in articles], query.codes)
    in_body = matches.words_found(hits, rows, query)
    held = np.maximum(in_body, matches.words_found(in_title, rows, query))
    held_by_sentence = matches.words_found_by_sentence(hits, words, query)
    by_sentence = held_by_sentence @ query.word_weights
    weight = in_body @ query.word_weights
    parts = {
        **_bm25_parts(query, passages, articles, statistics, hits, in_title),
        "adjacent": ADJACENT * query.damping * matches.adjacency(hits, words, query),
        "span": SPAN * query.damping * weight * matches.closeness(hits, rows),
        "sentence": SENTENCE * query.damping * _best_sentence(by_sentence, words),
        "recency": _recency(passages, today),
    }
    rows_of_parts = np.stack(list(parts.values()), axis=1).tolist()
    coverage = (held @ query.word_weights / query.total).tolist()
    shares = by_sentence / query.total
    ranked = [
        Ranked(
            passage=passage,
            score=sum(rows_of_parts[row]),
            parts=dict(zip(parts, rows_of_parts[row], strict=True)),
            coverage=coverage[row],
            sentences=shares[row, : passage.sentence_count],
            held=held_by_sentence[row, : passage.sentence_count],
            words_held=held[row],
        )
        for row, passage in enumerate(passages)
    ]
    return sorted(ranked, key=order)


class _Place:
    """Where a passage stands in the corpus: by its article's id, then by its number; looked up for equals only."""

    __slots__ = ("passage",)

    def __init__(self, passage: StoredPassage) -> None:
        self.passage = passage

    def __lt__(self, other: "_Place") -> bool:
        one, two = self.passage, other.passage
        return (one.source.id, one.number) < (two.source.id, two.number)


Order = tuple[float, int, _Place]


def order(ranked: Ranked) -> Order:
    """What results are sorted by."""
    return order_of(ranked.score, ranked.passage)


def order_of(score: float, passage: StoredPassage) -> Order:
    """What passages are sorted by that have some score."""
    return (-score, -passage.day, _Place(passage))


def _bm25_parts(
    query: Query,
    passages: Sequence[StoredPassage],
    articles: Sequence[StoredArticle],
    statistics: Statistics,
    hits: matches.Hits,
    in_title: matches.Hits,
) -> dict[str, Floats]:
    titles = matches.count(in_title, len(passages), query.codes)
    title_lengths = [len(article.title) for article in articles]
    return {
        "passage": _passage_part(query, passages, title_lengths, statistics, hits, titles),
        "title": TITLE * _bm25(Field.TITLE, query, titles, title_lengths, statistics),
        "article": ARTICLE * _article_scores(query, articles, statistics),
        "grams": GRAMS * query.damping * _gram_scores(query, passages, statistics),
    }


def _bm25(
    field: Field, query: Query, counts: Counts, lengths: Sequence[int], statistics: Statistics
) -> Floats:
    """BM25 of the words of a query in one field."""
    terms = query.codes.tolist()
    average = statistics[field].average_length
    k1, b = (ARTICLE_K1, ARTICLE_B) if field is Field.ARTICLE else (K1, B)
    bm25 = ArchiveBM25(terms, counts, lengths, average, query.weights[field], k1=k1, b=b)
    return bm25.get_scores(terms)


def _article_scores(
    query: Query, articles: Sequence[StoredArticle], statistics: Statistics
) -> Floats:
    # Passages of one article share it.
    each = {id(article): article for article in articles}
    places = {key: place for place, key in enumerate(each)}
    different = list(each.values())
    scores = _bm25(
        Field.ARTICLE,
        query,
        matches.tally(different, query.codes),
        [article.length for article in different],
        statistics,
    )
    return scores[[places[id(article)] for article in articles]]


def _gram_scores(
    query: Query, passages: Sequence[StoredPassage], statistics: Statistics
) -> Floats:
    terms = query.gram_codes.tolist()
    hits = matches.find([passage.grams for passage in passages], query.gram_codes)
    counts = matches.count(hits, len(passages), query.gram_codes)
    lengths = [len(passage.grams) for passage in passages]
    average = statistics[Field.GRAMS].average_length
    return ArchiveBM25(terms, counts, lengths, average, query.gram_weights).get_scores(terms)


def passage_part(
    query: Query,
    passages: Sequence[StoredPassage],
    articles: Sequence[StoredArticle],
    statistics: Statistics,
) -> Floats:
    """What `rank` gives passages as the part "passage" of their scores, and nothing else of it.

    Args:
        query: the question, in the language of all of them.
        passages: any.
        articles: that of each passage.
        statistics: of each field, over the whole archive.
    """
    hits = matches.find([passage.stems for passage in passages], query.codes)
    in_title = matches.find([article.title for article in articles], query.codes)
    titles = matches.count(in_title, len(passages), query.codes)
    title_lengths = [len(article.title) for article in articles]
    return _passage_part(query, passages, title_lengths, statistics, hits, titles)


def _passage_part(
    query: Query,
    passages: Sequence[StoredPassage],
    title_lengths: Sequence[int],
    statistics: Statistics,
    hits: matches.Hits,
    titles: Counts,
) -> Floats:
    counts = matches.count(hits, len(passages), query.codes) + TITLE_REPEAT * titles
    lengths = [
        passage.content + TITLE_REPEAT * title
        for passage, title in zip(passages, title_lengths, strict=True)
    ]
    return PASSAGE * _bm25(Field.WORDS, query, counts, lengths, statistics)


def _recency(passages: Sequence[StoredPassage], today: date) -> Floats:
    asked = today.toordinal()
    ages = np.array([max(0, asked - passage.day) for passage in passages])
    return np.asarray(RECENCY * np.exp(-ages / RECENCY_DAYS))


def _best_sentence(by_sentence: Floats, words: matches.Words) -> Floats:
    """The weight in each passage's best sentence, with BM25's saturation for a single occurrence."""
    norm = K1 * (1 - B + B * words.sentence_lengths() / SENTENCE_WORDS)
    return np.asarray((by_sentence * (K1 + 1) / (1 + norm)).max(axis=1))
