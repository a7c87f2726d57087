"""The way from a question to an answer: candidates, ranking, confidence, excerpts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from retrieval.demands import listing_query
from retrieval.excerpts import excerpt, opening
from retrieval.following import Sought, seek
from retrieval.missing import missing_words
from retrieval.page import MOST_EXCERPTS, MOST_LISTED, Page
from retrieval.question import Question, parse
from retrieval.ranking import Ranked
from retrieval.respelling import find_repairs, respell
from retrieval.same import choose
from retrieval.searching import Found, Reading, Searching
from retrieval.snapshot import Snapshot
from retrieval.store import StoredPassage
from retrieval.text.analyzer import question_tokens
from retrieval.text.phrasing import about_anything
from retrieval.types import Answer, Bounds, Emptiness, Excerpt, Order, Outcome

LISTED_AT_ONCE = 32
"""Articles that are asked of the index at once for a list."""


class Answering:
    """Answers questions from one snapshot. Safe to use from many threads.

    Args:
        snapshot: what the archive stands on.
        languages: ISO 639-1 codes of its articles.
    """

    def __init__(self, snapshot: Snapshot, languages: Sequence[str]) -> None:
        self.searching = Searching(snapshot, languages)
        self._index = snapshot.index
        self._vocabulary = snapshot.vocabulary
        self._languages = languages

    def answer(
        self,
        question: Question,
        page: Page,
        wished: Order | None = None,
        earlier: Question | None = None,
    ) -> Answer:
        """Answer a question in quotations.

        Args:
            question: as it was read.
            page: which excerpts are wanted.
            wished: what to sort them by; what the question itself asks for, unless given.
            earlier: the question that it may follow.
        """
        newest = question.newest if wished is None else wished is Order.NEWEST
        dated = bool(question.bounds) or question.newest
        listing = (dated or newest) and self._is_about_anything(question)
        # "What happened last week?" is complete; "and last week?", or "what happened?", may follow another question.
        complete = earlier is None or (dated and self._says_what_happened(question))
        if listing and complete:
            return self.listed(question, page)
        reading, suggestion = self._read(question)
        if earlier is None:
            sought = self._sought(reading, page, newest=newest)
        else:
            before, _ = self._read(earlier)
            sought = seek(self.searching, _sorted(reading, newest=False), before, page.limit)
            if listing and not sought.follows:
                return self.listed(question, page)
            if newest:
                # Which of the two ways to read it was decided best first, so that it is the same in either order.
                again = self._sought(sought.reading, page, newest=True)
                sought = replace(again, follows=sought.follows)
        return replace(
            self._quoted(sought, page),
            question=question.text,
            suggestion=suggestion,
            follows=earlier.text if earlier is not None and sought.follows else None,
        )

    def _read(self, question: Question) -> tuple[Reading, str | None]:
        """Weigh a question's words, repaired where no article holds them; and the repaired text, if it was."""
        reading = self.searching.read(question)
        repairs = find_repairs(question.words, reading.queries, self._languages, self._vocabulary)
        if not repairs:
            return reading, None
        suggestion = respell(question.text, repairs)
        repaired = parse(suggestion, self._languages, question.today)
        return self.searching.read(repaired), suggestion

    def _sought(self, reading: Reading, page: Page, *, newest: bool) -> Sought:
        ordered = _sorted(reading, newest=newest)
        return Sought(ordered, self.searching.find(ordered, page.limit), follows=False)

    def _quoted(self, sought: Sought, page: Page) -> Answer:
        question, found = sought.reading.question, sought.found
        candidates = {candidate.passage.number: candidate for candidate in found.ranked}

        def quote(passage: StoredPassage) -> Excerpt:
            return excerpt(candidates[passage.number], found.queries[passage.language], page.words)

        passages = (candidate.passage for candidate in found.ranked)
        chosen = choose(passages, quote, page, page.reach(MOST_EXCERPTS))
        nothing = found.outcome is Outcome.NOTHING
        held = None
        if chosen.passages and not nothing:
            held = {stem for passage in chosen.passages for stem in self._stems(passage)}
        return Answer(
            question=question.text,
            outcome=found.outcome,
            confidence=found.sure,
            total=found.total,
            excerpts=chosen.excerpts,
            bounds=found.bounds,
            explicit=question.explicit,
            dropped=question.bounds if question.bounds and not found.bounds else Bounds(),
            unreadable=question.unreadable,
            why=_why(question, found) if nothing else None,
            missing=missing_words(question.timeless, found.queries, self._languages, held),
            skipped=page.skip,
            more=chosen.more,
            order=Order.NEWEST if question.newest else Order.BEST,
        )

    def listed(self, question: Question, page: Page) -> Answer:
        """List what was written on the days of a question, newest first."""
        query = listing_query(question, self._languages)
        first = self._index.newest(query, LISTED_AT_ONCE)

        def openings() -> Iterator[StoredPassage]:
            numbers, passed = first.numbers, 0
            while numbers:
                articles = map(self.searching.article, numbers)
                yield from (
                    self.searching.passage(each.first_passage)
                    for each in articles
                    if each.passages
                )
                passed += len(numbers)
                numbers = self._index.newest(query, LISTED_AT_ONCE, passed).numbers

        chosen = choose(
            openings(),
            lambda passage: opening(passage, page.words),
            page,
            page.reach(MOST_LISTED),
        )
        return Answer(
            question=question.text,
            outcome=Outcome.ANSWER if first.total else Outcome.NOTHING,
            confidence=1.0 if first.total else 0.0,
            total=first.total,
            excerpts=chosen.excerpts,
            bounds=question.bounds,
            explicit=question.explicit,
            unreadable=question.unreadable,
            why=None if first.total else Emptiness.NO_ARTICLE,
            skipped=page.skip,
            more=chosen.more,
            order=Order.NEWEST,
            listing=True,
        )

    def ranked(self, question: Question) -> list[Ranked]:
        """The candidates for a question, best first, whatever its bounds."""
        reading = self.searching.read(question)
        return list(self.searching.search(question, reading.queries, Bounds(), 0).ranked)

    def _is_about_anything(self, question: Question) -> bool:
        """Whether a question, but for its days, asks for nothing in particular, in one of the languages."""
        if question.phrases or question.titled:
            return False
        return any(
            _counting(question.timeless, language) <= _counting(about_anything(language), language)
            for language in self._languages
        )

    def _says_what_happened(self, question: Question) -> bool:
        """Whether a question about anything says so ("what happened"), rather than being a mere date."""
        return any(
            {token.stem for token in question_tokens(question.timeless, language)}
            & {token.stem for token in question_tokens(about_anything(language), language)}
            for language in self._languages
        )

    def _stems(self, passage: StoredPassage) -> Iterable[int]:
        title = self.searching.article(passage.article).title
        return (*passage.stem_set, *title.tolist())


def _counting(text: str, language: str) -> set[str]:
    return {token.stem for token in question_tokens(text, language) if not token.stop}


def _sorted(reading: Reading, *, newest: bool) -> Reading:
    return replace(reading, question=replace(reading.question, newest=newest))


def _why(question: Question, found: Found) -> Emptiness:
    if not found.queries:
        return Emptiness.NO_WORD
    if question.conditions and not found.ranked:
        return Emptiness.CONDITIONS
    return Emptiness.NOT_HELD
