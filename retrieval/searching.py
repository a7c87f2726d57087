"""Searches one snapshot for a question: candidates from the index, ranked, and how sure the best of them is."""

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache, partial
from itertools import chain

from retrieval.confidence import UNSURE, answers_fully, confidence, outcome
from retrieval.demands import candidate_query
from retrieval.focus import prefer_answers
from retrieval.index.protocol import Candidates, Field
from retrieval.query import Query, Statistics, build_query
from retrieval.question import NO_BOUNDS, Question
from retrieval.ranking import PASSAGE, Order, Ranked, order, order_of, passage_part, rank
from retrieval.snapshot import Snapshot
from retrieval.store import StoredArticle, StoredPassage
from retrieval.text.analyzer import question_tokens
from retrieval.types import Bounds, Outcome

CANDIDATES = 40
"""How many passages the index brings by its own order; of the best articles half as many more. The right one is
among 60 in 99 of 100 questions, and 25 gave the same answers on archives of up to 3,000 passages."""

CERTAIN = 10
"""So many of the best passages by BM25 (rank-bm25's, of passage and title) are ranked, whatever the index's order."""

ROUNDING = 1e-9
"""How far a score may be off for adding up in 64 bits, as a share of it."""

CANDIDATES_BY_DAY = 200
"""How many where the newest are wanted first."""

COVERED = 0.75
"""Where the newest are wanted first: passages that hold this share of what the best one holds are shown."""

KEPT_PASSAGES = 4_096
"""Decoded passages that are kept, about 8 kB each."""

KEPT_ARTICLES = 1_024
"""Decoded articles that are kept, a few kB each."""

Queries = Mapping[str, Query]
"""A question by language."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as it is searched for.

    Args:
        question: the conditions, the days and the wished order.
        queries: its words.
        timeless: its words without those that its days were understood from; the same object where there are none.
    """

    question: Question
    queries: Queries
    timeless: Queries


@dataclass(frozen=True, slots=True)
class Found:
    """What one search brought.

    Args:
        queries: the question by language.
        ranked: best first.
        total: passages that hold a word and meet the question's conditions.
        sure: the confidence, 0 to 1.
        bounds: the days it was limited to.
    """

    queries: Queries
    ranked: Sequence[Ranked] = ()
    total: int = 0
    sure: float = 0.0
    bounds: Bounds = NO_BOUNDS

    @property
    def outcome(self) -> Outcome:
        """What to call it."""
        return outcome(self.sure)


@dataclass
class Searching:
    """Searches one snapshot. Safe to use from many threads.

    Args:
        snapshot: what the archive stands on.
        languages: ISO 639-1 codes of its articles.
    """

    snapshot: Snapshot
    languages: Sequence[str]
    statistics: Statistics = field(init=False)
    passage: Callable[[int], StoredPassage] = field(init=False)
    article: Callable[[int], StoredArticle] = field(init=False)

    def __post_init__(self) -> None:
        index = self.snapshot.index
        self.statistics = {of: index.statistics(of) for of in Field}
        # Of the snapshot, not of this object, which would hold itself, its files and its caches after a reload.
        self.passage = lru_cache(KEPT_PASSAGES)(partial(_read_passage, self.snapshot))
        self.article = lru_cache(KEPT_ARTICLES)(partial(_read_article, self.snapshot))

    def read(self, question: Question, asks: Sequence[str] = ()) -> Reading:
        """Weigh the words of a question in every language of the archive.

        Args:
            question: the words, and all else.
            asks: texts that may say what kind of thing is asked for, the first that does; the question's, unless given.
        """
        asks = asks or (question.text,)
        queries = self._queries(question.words, asks)
        if question.timeless == question.words:
            return Reading(question, queries, queries)
        return Reading(question, queries, self._queries(question.timeless, asks))

    def find(self, reading: Reading, limit: int) -> Found:
        """Search; within the days that are asked for, where that finds as good an answer.

        Args:
            reading: the question.
            limit: excerpts wanted; a great many are given more candidates.
        """
        question, queries = reading.question, reading.queries
        if not question.bounds:
            return self.search(question, queries, Bounds(), limit)
        within = self.search(question, queries, question.bounds, limit)
        if reading.timeless is not queries:
            without_dates = self.search(question, reading.timeless, question.bounds, limit)
            if not as_good(within, without_dates):
                within = without_dates
        if question.explicit:
            return within
        # Days understood from words may be what the articles speak of rather than when they were written.
        anywhere = self.search(question, queries, Bounds(), limit)
        if within.ranked and as_good(within, anywhere):
            return within
        if anywhere.outcome is Outcome.NOTHING:
            anywhere = self.search(question, reading.timeless, Bounds(), limit)
            anywhere = replace(anywhere, sure=anywhere.sure * UNSURE)
        return anywhere

    def search(self, question: Question, queries: Queries, bounds: Bounds, limit: int) -> Found:
        """Search within some days, for the words of `queries` and the conditions of a question."""
        if not queries:
            return Found(queries, bounds=bounds)
        wanted = max(CANDIDATES_BY_DAY if question.newest else CANDIDATES, 2 * limit)
        candidates = self.snapshot.index.candidates(
            candidate_query(queries, question, bounds), wanted
        )
        ranked = self._rank(queries, candidates, question.today)
        if not ranked:
            return Found(queries, total=candidates.total, bounds=bounds)
        query = queries[ranked[0].passage.language]
        sure = confidence(query, ranked)
        if not answers_fully(query, ranked, question.text):
            sure *= UNSURE
        if question.newest:
            least = COVERED * max(candidate.coverage for candidate in ranked)
            ranked = sorted(
                (candidate for candidate in ranked if candidate.coverage >= least), key=_newest
            )
        return Found(queries, ranked, candidates.total, sure, bounds)

    def _queries(self, words: str, asks: Sequence[str]) -> Queries:
        built = {
            language: build_query(
                question_tokens(words, language), asks, language, self.statistics
            )
            for language in self.languages
        }
        return {language: query for language, query in built.items() if query is not None}

    def _rank(self, queries: Queries, candidates: Candidates, today: date) -> list[Ranked]:
        scored = self._scored(queries, candidates.numbers, today)
        missed = self._missed(queries, candidates, [each for _, alike in scored for each in alike])
        if missed:
            scored = self._scored(queries, [*candidates.numbers, *missed], today)
        preferred = [prefer_answers(alike, query) for query, alike in scored]
        ranked = heapq.merge(*preferred, key=order) if len(preferred) > 1 else chain(*preferred)
        # Passages that hold grams only, and no word of the question, are no answer to it.
        return [candidate for candidate in ranked if candidate.coverage > 0]

    def _scored(
        self, queries: Queries, numbers: Iterable[int], today: date
    ) -> list[tuple[Query, list[Ranked]]]:
        """Passages by the language of the question that they are read in, best first."""
        return [
            (query, rank(query, passages, articles, self.statistics, today))
            for query, passages, articles in self._alike(queries, numbers)
        ]

    def _missed(
        self, queries: Queries, candidates: Candidates, scored: Sequence[Ranked]
    ) -> list[int]:
        """Those of the ten best passages by BM25 that are not among the candidates, if any are."""
        best = heapq.nlargest(CERTAIN, (each.parts["passage"] for each in scored))
        least = best[-1] if len(best) == CERTAIN else 0.0
        reaching = candidates.reaching(least / PASSAGE * (1 - ROUNDING))
        further = set(reaching).difference(candidates.numbers)
        missed: list[tuple[float, StoredPassage]] = []
        for query, passages, articles in self._alike(queries, further):
            scores = passage_part(query, passages, articles, self.statistics).tolist()
            missed += [each for each in zip(scores, passages, strict=True) if each[0] > least]
        missed.sort(key=lambda each: order_of(*each))
        return [passage.number for _, passage in missed[:CERTAIN]]

    def _alike(
        self, queries: Queries, numbers: Iterable[int]
    ) -> Iterator[tuple[Query, list[StoredPassage], list[StoredArticle]]]:
        """Passages with their articles, by the language of the question that they are read in."""
        by_language: dict[str, list[StoredPassage]] = {}
        for passage in map(self.passage, numbers):
            by_language.setdefault(passage.language, []).append(passage)
        for language, alike in by_language.items():
            if language in queries:
                numbered = {each.article for each in alike}
                known = {number: self.article(number) for number in numbered}
                yield queries[language], alike, [known[passage.article] for passage in alike]


def _read_passage(snapshot: Snapshot, number: int) -> StoredPassage:
    passage = StoredPassage.decode(number, snapshot.passages[number])
    snapshot.check_held(passage.article)
    return passage


def _read_article(snapshot: Snapshot, number: int) -> StoredArticle:
    snapshot.check_held(number)
    return StoredArticle.decode(snapshot.articles[number])


def as_good(one: Found, other: Found) -> bool:
    """Whether one search came out at least as well as another."""
    ranks = list(Outcome)
    return ranks.index(one.outcome) <= ranks.index(other.outcome)


def _newest(ranked: Ranked) -> tuple[int, Order]:
    return -ranked.passage.day, order(ranked)
