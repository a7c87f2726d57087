"""The way from a question to an answer: candidates, ranking, confidence, excerpts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from retrieval.confidence import UNSURE, answers_fully, confidence, outcome
from retrieval.demands import candidate_query, listing_query
from retrieval.excerpts import excerpt, opening
from retrieval.focus import prefer_answers
from retrieval.index.protocol import Field
from retrieval.missing import missing_words
from retrieval.query import Query, Statistics, build_query
from retrieval.question import Question, parse
from retrieval.ranking import Ranked, order, rank
from retrieval.respelling import find_repairs, respell
from retrieval.same import LOOKED_AT_BEYOND, choose
from retrieval.snapshot import Snapshot
from retrieval.store import StoredArticle, StoredPassage
from retrieval.text.analyzer import analyzer
from retrieval.text.phrasing import about_anything
from retrieval.types import Answer, Bounds, Emptiness, Excerpt, Outcome

CANDIDATES = 40
"""How many passages the index brings by its own order; of the best articles half as many more. The right one is
among 60 in 99 of 100 questions, and 25 gave the same answers on archives of up to 3,000 passages."""

CANDIDATES_BY_DAY = 200
"""How many where the newest are wanted first."""

COVERED = 0.75
"""Where the newest are wanted first: passages that hold this share of what the best one holds are shown."""

KEPT_PASSAGES = 4_096
"""Decoded passages that are kept, about 8 kB each."""

KEPT_ARTICLES = 1_024
"""Decoded articles that are kept, a few kB each."""


@dataclass(frozen=True, slots=True)
class Found:
    """What one search brought.

    Args:
        queries: the question by language.
        ranked: best first.
        total: passages that hold a word and meet the question's conditions.
        sure: the confidence, 0 to 1.
    """

    queries: Mapping[str, Query]
    ranked: Sequence[Ranked] = ()
    total: int = 0
    sure: float = 0.0

    @property
    def outcome(self) -> Outcome:
        """What to call it."""
        return outcome(self.sure)


@dataclass
class Answering:
    """Answers questions from one snapshot. Safe to use from many threads.

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
        self.passage = lru_cache(KEPT_PASSAGES)(self._read_passage)
        self.article = lru_cache(KEPT_ARTICLES)(self._read_article)

    def answer(self, question: Question, limit: int, words: int) -> Answer:
        """Answer a question in quotations.

        Args:
            question: as it was read.
            limit: excerpts at most.
            words: the length of an excerpt, at most, except for a single longer sentence.
        """
        if (question.bounds or question.newest) and self._is_about_anything(question):
            return self._written_then(question, limit, words)
        queries = self._queries(question, question.words)
        suggestion = self._respelled(question, queries)
        if suggestion is None:
            read = question
        else:
            read = parse(suggestion, self.languages, question.today)
            queries = self._queries(read, read.words)
        found, bounds = self._find(read, queries, limit)

        def quote(place: int) -> Excerpt:
            candidate = found.ranked[place]
            return excerpt(candidate, found.queries[candidate.passage.language], words)

        passages = [candidate.passage for candidate in found.ranked]
        excerpts, shown = choose(passages, quote, limit)
        nothing = found.outcome is Outcome.NOTHING
        held = None if nothing else {stem for passage in shown for stem in self._stems(passage)}
        return Answer(
            question=question.text,
            outcome=found.outcome,
            confidence=found.sure,
            total=found.total,
            excerpts=excerpts,
            suggestion=suggestion,
            bounds=bounds,
            explicit=read.explicit,
            dropped=read.bounds if read.bounds and not bounds else Bounds(),
            unreadable=read.unreadable,
            why=_why(read, found) if nothing else None,
            missing=missing_words(read.timeless, found.queries, held),
        )

    def ranked(self, question: Question) -> list[Ranked]:
        """The candidates for a question, best first, whatever its bounds."""
        queries = self._queries(question, question.words)
        return list(self._search(question, queries, Bounds(), CANDIDATES).ranked)

    def _respelled(self, question: Question, queries: Mapping[str, Query]) -> str | None:
        """The question with its spelling repaired; None where nothing is to be repaired."""
        repairs = find_repairs(question.words, queries, self.snapshot.vocabulary)
        return respell(question.text, repairs) if repairs else None

    def _find(
        self, question: Question, queries: Mapping[str, Query], limit: int
    ) -> tuple[Found, Bounds]:
        """Search; within the days that are asked for, where that finds as good an answer."""
        if not question.bounds:
            return self._search(question, queries, Bounds(), limit), Bounds()
        within = self._search(question, queries, question.bounds, limit)
        if question.timeless != question.words:
            timeless = self._queries(question, question.timeless)
            without_dates = self._search(question, timeless, question.bounds, limit)
            if not _as_good(within, without_dates):
                within = without_dates
        if question.explicit:
            return within, question.bounds
        # Days understood from words may be what the articles speak of rather than when they were written.
        anywhere = self._search(question, queries, Bounds(), limit)
        if within.ranked and _as_good(within, anywhere):
            return within, question.bounds
        if anywhere.outcome is Outcome.NOTHING:
            timeless = self._queries(question, question.timeless)
            anywhere = self._search(question, timeless, Bounds(), limit)
            anywhere = replace(anywhere, sure=anywhere.sure * UNSURE)
        return anywhere, Bounds()

    def _search(
        self, question: Question, queries: Mapping[str, Query], bounds: Bounds, limit: int
    ) -> Found:
        if not queries:
            return Found(queries)
        wanted = max(CANDIDATES_BY_DAY if question.newest else CANDIDATES, 2 * limit)
        candidates = self.snapshot.index.candidates(
            candidate_query(queries, question, bounds), wanted
        )
        ranked = self._rank(queries, map(self.passage, candidates.numbers), question.today)
        if not ranked:
            return Found(queries, total=candidates.total)
        query = queries[ranked[0].passage.language]
        sure = confidence(query, ranked)
        if not answers_fully(query, ranked, question.text):
            sure *= UNSURE
        if question.newest:
            least = COVERED * max(candidate.coverage for candidate in ranked)
            ranked = sorted(
                (candidate for candidate in ranked if candidate.coverage >= least), key=_newest
            )
        return Found(queries, ranked, candidates.total, sure)

    def _queries(self, question: Question, words: str) -> dict[str, Query]:
        built = {
            language: build_query(
                analyzer(language).tokens(words), question.text, language, self.statistics
            )
            for language in self.languages
        }
        return {language: query for language, query in built.items() if query is not None}

    def _rank(
        self, queries: Mapping[str, Query], passages: Iterable[StoredPassage], today: date
    ) -> list[Ranked]:
        by_language: dict[str, list[StoredPassage]] = {}
        for passage in passages:
            by_language.setdefault(passage.language, []).append(passage)
        ranked: list[Ranked] = []
        for language, alike in by_language.items():
            if language not in queries:
                continue
            known = {number: self.article(number) for number in {each.article for each in alike}}
            articles = [known[passage.article] for passage in alike]
            scored = rank(queries[language], alike, articles, self.statistics, today)
            ranked.extend(prefer_answers(scored, queries[language]))
        # Passages that hold grams only, and no word of the question, are no answer to it.
        return sorted((candidate for candidate in ranked if candidate.coverage > 0), key=order)

    def _is_about_anything(self, question: Question) -> bool:
        """Whether a question, but for its days, asks for nothing in particular, in one of the languages."""
        if question.phrases or question.titled:
            return False
        return any(
            set(analyzer(language).content(question.timeless))
            <= set(analyzer(language).content(about_anything(language)))
            for language in self.languages
        )

    def _written_then(self, question: Question, limit: int, words: int) -> Answer:
        """List what was written on the days of a question, newest first."""
        query = listing_query(question, self.languages)
        found = self.snapshot.index.newest(query, limit + LOOKED_AT_BEYOND)
        articles = [self.article(number) for number in found.numbers]
        passages = [
            self.passage(article.first_passage) for article in articles if article.passages
        ]
        excerpts, _ = choose(passages, lambda place: opening(passages[place], words), limit)
        return Answer(
            question=question.text,
            outcome=Outcome.ANSWER if excerpts else Outcome.NOTHING,
            confidence=1.0 if excerpts else 0.0,
            total=found.total,
            excerpts=excerpts,
            bounds=question.bounds,
            explicit=question.explicit,
            unreadable=question.unreadable,
            why=None if excerpts else Emptiness.NO_ARTICLE,
        )

    def _stems(self, passage: StoredPassage) -> Iterable[int]:
        return (*passage.stem_set, *self.article(passage.article).title.tolist())

    def _read_passage(self, number: int) -> StoredPassage:
        return StoredPassage.decode(number, self.snapshot.passages[number])

    def _read_article(self, number: int) -> StoredArticle:
        return StoredArticle.decode(self.snapshot.articles[number])


def _why(question: Question, found: Found) -> Emptiness:
    if not found.queries:
        return Emptiness.NO_WORD
    if question.conditions and not found.ranked:
        return Emptiness.CONDITIONS
    return Emptiness.NOT_HELD


def _as_good(one: Found, other: Found) -> bool:
    ranks = list(Outcome)
    return ranks.index(one.outcome) <= ranks.index(other.outcome)


def _newest(ranked: Ranked) -> tuple[int, tuple[float, int, str, int]]:
    return -ranked.passage.source.date.toordinal(), order(ranked)
