"""The way from a question to an answer: candidates, ranking, confidence, excerpts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from retrieval.confidence import confidence, outcome
from retrieval.excerpts import excerpt, opening
from retrieval.focus import prefer_answers
from retrieval.index.protocol import CandidateQuery, Field
from retrieval.query import Query, Statistics, build_query
from retrieval.question import Question
from retrieval.ranking import ARTICLE, GRAMS, TITLE, Ranked, order, rank
from retrieval.same import choose
from retrieval.snapshot import Snapshot
from retrieval.store import StoredArticle, StoredPassage, code
from retrieval.text.analyzer import analyzer
from retrieval.types import Answer, Bounds, Excerpt, Outcome

CANDIDATES = 50
"""How many passages the index brings by its own order; of the best articles half as many more. The right one is
among 60 in 99 of 100 questions."""

CANDIDATES_BY_DAY = 200
"""How many where the newest are wanted first."""

FEW_KNOWN = 3
"""Grams help to find candidates only where the archive knows fewer words of the question, or not all of them; they
cost ten times what words cost."""

COVERED = 0.75
"""Where the newest are wanted first: passages that hold this share of what the best one holds are shown."""

KEPT_PASSAGES = 4_096
"""Decoded passages that are kept, about 8 kB each."""

KEPT_ARTICLES = 1_024
"""Decoded articles that are kept, a few kB each."""

_ABOUT_ANYTHING = frozenset(
    (
        *(
            "happen",
            "event",
            "write",
            "news",
            "new",
            "articl",
            "report",
            "publish",
            "stori",
            "occur",
        ),
        *("pas", "ocurr", "suced", "notici", "escrib", "public"),
        *("gescheh", "passier", "nachricht", "bericht", "schreib", "los"),
        *("случ", "произошл", "происход", "новост", "напис"),
    )
)
"""Stems of a question that asks for nothing but a date: what happened, what was written."""


Repairs = Mapping[tuple[int, int], str]
"""From where a word stands in the question to what is read instead."""


@dataclass(frozen=True, slots=True)
class Found:
    """What one search brought.

    Args:
        queries: the question by language.
        ranked: best first.
        total: passages that hold a word.
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
        if question.bounds and self._asks_for_a_date_only(question):
            return self._written_then(question, limit, words)
        suggestion, found, bounds = self._find(question, limit)

        def quote(candidate: Ranked) -> Excerpt:
            return excerpt(candidate, found.queries[candidate.passage.language], words)

        answer = Answer(
            question=question.text,
            outcome=found.outcome,
            confidence=found.sure,
            total=found.total,
            excerpts=choose(found.ranked, quote, limit),
            suggestion=suggestion,
            bounds=bounds,
            explicit=question.explicit,
            dropped=question.bounds if question.bounds and not bounds else Bounds(),
            unreadable=question.unreadable,
        )
        return replace(answer, missing=self._missing(found, answer, question.text))

    def ranked(self, question: Question) -> list[Ranked]:
        """The candidates for a question, best first, whatever its bounds."""
        queries = self._queries(question, question.words)
        return list(self._search(question, queries, Bounds(), CANDIDATES).ranked)

    def _find(self, question: Question, limit: int) -> tuple[str | None, Found, Bounds]:
        """Search, with spelling repaired where that is needed, and within bounds where that finds something."""
        queries = self._queries(question, question.words)
        repairs = self._repairs(queries)
        suggestion = _respell(question.text, repairs) if repairs else None
        words = _respell(question.words, repairs)
        if repairs:
            queries = self._queries(question, words)
        if not question.bounds:
            return suggestion, self._search(question, queries, Bounds(), limit), Bounds()
        timeless = self._queries(question, _respell(question.timeless, repairs))
        within = self._search(question, queries, question.bounds, limit)
        without_dates = self._search(question, timeless, question.bounds, limit)
        if not _as_good(within, without_dates):
            within = without_dates
        if question.explicit:
            return suggestion, within, question.bounds
        # Days understood from words may be what the articles speak of rather than when they were written.
        anywhere = self._search(question, queries, Bounds(), limit)
        if within.ranked and _as_good(within, anywhere):
            return suggestion, within, question.bounds
        return suggestion, anywhere, Bounds()

    def _search(
        self, question: Question, queries: Mapping[str, Query], bounds: Bounds, limit: int
    ) -> Found:
        if not queries:
            return Found(queries)
        wanted = max(CANDIDATES_BY_DAY if question.newest else CANDIDATES, 2 * limit)
        candidates = self.snapshot.index.candidates(
            _candidate_query(queries, question, bounds), wanted
        )
        ranked = self._rank(queries, map(self.passage, candidates.numbers), question.today)
        ranked = [candidate for candidate in ranked if _holds_phrases(candidate, question)]
        if not ranked:
            return Found(queries, total=candidates.total)
        sure = confidence(queries[ranked[0].passage.language], ranked)
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

    def _repairs(self, queries: Mapping[str, Query]) -> Repairs:
        """What to read in place of words that no language of the archive knows."""
        unknown: dict[tuple[int, int], str] = {}
        known: set[tuple[int, int]] = set()
        for query in queries.values():
            for wanted in query.wanted:
                place = (wanted.token.start, wanted.token.end)
                unknown[place] = wanted.token.surface
                if wanted.known or len(wanted.forms) > 1:
                    known.add(place)
        repairs = {
            place: self.snapshot.vocabulary.nearest(unknown[place])
            for place in unknown.keys() - known
        }
        return {place: nearest for place, nearest in repairs.items() if nearest is not None}

    def _asks_for_a_date_only(self, question: Question) -> bool:
        stems = {
            token.stem
            for language in self.languages
            for token in analyzer(language).tokens(question.timeless)
            if not token.stop
        }
        return stems <= _ABOUT_ANYTHING and not question.phrases and not question.titled

    def _written_then(self, question: Question, limit: int, words: int) -> Answer:
        first, last = _days(question.bounds)
        found = self.snapshot.index.newest(first, last, limit)
        articles = map(self.article, found.numbers)
        excerpts = tuple(
            opening(self.passage(article.first_passage), words)
            for article in articles
            if article.passages
        )
        return Answer(
            question=question.text,
            outcome=Outcome.ANSWER if excerpts else Outcome.NOTHING,
            confidence=1.0 if excerpts else 0.0,
            total=found.total,
            excerpts=excerpts,
            bounds=question.bounds,
            explicit=question.explicit,
            unreadable=question.unreadable,
        )

    def _missing(self, found: Found, answer: Answer, text: str) -> tuple[str, ...]:
        """The words that the passages shown don't hold; where nothing is shown, those no article holds."""
        unknown: dict[tuple[int, int], bool] = {}
        shown = (
            found.ranked[: len(answer.excerpts)] if found.outcome is not Outcome.NOTHING else ()
        )
        held = {stem for candidate in shown for stem in self._stems(candidate.passage)}
        for query in found.queries.values():
            for wanted in query.wanted:
                place = (wanted.token.start, wanted.token.end)
                here = code(wanted.token.stem) in held if shown else wanted.known
                unknown[place] = unknown.get(place, True) and not here
        # What is too common in one language of the archive may look like a word of another.
        common = {
            (token.start, token.end)
            for language in self.languages
            for token in analyzer(language).tokens(text)
            if token.stop
        }
        missing = (place for place, nowhere in unknown.items() if nowhere and place not in common)
        return tuple(dict.fromkeys(_whole_words(text, missing)))

    def _stems(self, passage: StoredPassage) -> Iterable[int]:
        return (*passage.stems.tolist(), *self.article(passage.article).title.tolist())

    def _read_passage(self, number: int) -> StoredPassage:
        return StoredPassage.decode(number, self.snapshot.passages[number])

    def _read_article(self, number: int) -> StoredArticle:
        return StoredArticle.decode(self.snapshot.articles[number])


def _candidate_query(
    queries: Mapping[str, Query], question: Question, bounds: Bounds
) -> CandidateQuery:
    """Every term of every language, weighed as the ranking weighs its field."""
    words: dict[str, float] = {}
    grams: dict[str, float] = {}
    for query in queries.values():
        words |= dict(zip(query.terms, query.shares.tolist(), strict=True))
        known = sum(wanted.known for wanted in query.wanted)
        if known < FEW_KNOWN or known < len(query.wanted):
            grams |= dict.fromkeys(query.grams, GRAMS * query.damping)
    first, last = _days(bounds)

    def stems(text: str) -> list[list[str]]:
        return [analyzer(language).content(text) for language in queries]

    return CandidateQuery(
        terms={Field.WORDS: words, Field.GRAMS: grams},
        article_terms={
            Field.ARTICLE: {term: ARTICLE * share for term, share in words.items()},
            Field.TITLE: {term: TITLE * share for term, share in words.items()},
        },
        phrases=[stems(phrase) for phrase in question.phrases],
        titled=[stems(words) for words in question.titled],
        excluded=[stem for word in question.excluded for way in stems(word) for stem in way],
        first_day=first,
        last_day=last,
    )


def _holds_phrases(candidate: Ranked, question: Question) -> bool:
    """Whether the passage has every phrase word for word, stop words included."""
    passage = candidate.passage
    words = analyzer(passage.language)
    held = passage.lemmas.tolist()
    for phrase in question.phrases:
        wanted = [code(words.lemma(token.surface)) for token in words.tokens(phrase)]
        starts = (
            (place for place, lemma in enumerate(held) if lemma == wanted[0]) if wanted else ()
        )
        if wanted and not any(held[place : place + len(wanted)] == wanted for place in starts):
            return False
    return True


def _whole_words(text: str, places: Iterable[tuple[int, int]]) -> Iterable[str]:
    """What stands at some places; ideographs side by side are one word to a reader."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if merged and start <= merged[-1][1] and not text[start].isspace():
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return (text[start:end] for start, end in merged)


def _respell(text: str, repairs: Repairs) -> str:
    """Put repaired words in their places, where the text has not been blanked out there."""
    for start, end in sorted(repairs, reverse=True):
        written = text[start:end]
        if written.strip():
            text = text[:start] + _like(repairs[start, end], written) + text[end:]
    return text


def _like(word: str, written: str) -> str:
    return word.capitalize() if written[:1].isupper() else word


def _as_good(one: Found, other: Found) -> bool:
    ranks = list(Outcome)
    return ranks.index(one.outcome) <= ranks.index(other.outcome)


def _days(bounds: Bounds) -> tuple[int | None, int | None]:
    return (
        None if bounds.after is None else bounds.after.toordinal(),
        None if bounds.before is None else bounds.before.toordinal(),
    )


def _newest(ranked: Ranked) -> tuple[int, tuple[float, int, str, int]]:
    return -ranked.passage.source.date.toordinal(), order(ranked)
