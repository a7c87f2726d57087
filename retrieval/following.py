"""Joins a question with the one that it follows ("when was that?"), and decides whether the two are to be read so.

The follow-up's own words come first. Among the passages that hold as much of them, the earlier question decides; where
the follow-up has no words of its own, the earlier one's are looked for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from retrieval import matches
from retrieval.index.protocol import Field
from retrieval.missing import Place, common_words
from retrieval.query import Query
from retrieval.question import Question
from retrieval.ranking import Ranked
from retrieval.searching import Found, Queries, Reading, Searching, as_good
from retrieval.store import StoredPassage
from retrieval.text.analyzer import analyzer
from retrieval.text.phrasing import about_anything
from retrieval.text.words import WORD, word_size
from retrieval.types import Outcome

CONTEXT = 0.4
"""What the words of an earlier question count for in a passage, where the follow-up is a single word; in longer ones
they share it. In titles and in articles as wholes they count in full: the passage that answers is mostly another, its
article the same (S@1 of four sets -6 to -8 points with 0.4 in passages and articles alike)."""

ARTICLE_HELD = 1 / 2
"""Share of the earlier question's words that an article must hold to be chosen by them. It halves the questions that
are answered worse after one about another article."""

SHORT = 1.5
"""Words. Only so short a follow-up ("and Trump?") has the earlier question choose among passages of one article too;
longer ones say enough (otherwise 7 of 5,500 were answered better and 11 worse)."""

HELD = 1 / 3
"""Share of the earlier question's words that a passage must hold to be so chosen."""

SAME = 1e-9
"""Shares this close are equal."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What was searched for, and what was found.

    Args:
        reading: the question; with the earlier one's words, if it follows that.
        found: what the search brought, best first.
        follows: whether it is read together with the earlier one.
    """

    reading: Reading
    found: Found
    follows: bool


def seek(searching: Searching, reading: Reading, earlier: Reading, limit: int) -> Sought:
    """Search for a question, and for it together with an earlier one; take the better.

    Args:
        searching: of the archive.
        reading: the question; both are searched for in the order that it wishes.
        earlier: the question that it may follow.
        limit: excerpts wanted.
    """
    alone = Sought(reading, searching.find(reading, limit), follows=False)
    if not earlier.queries or not WORD.search(reading.question.text):
        return alone
    own = _own_words(reading, searching.languages)
    joined = _together(reading, earlier) if own.about else _instead(searching, reading, earlier)
    both = Sought(joined, searching.find(joined, limit), follows=True)
    if own.about:
        better = _gains(searching, alone.found, both.found, own.about)
    else:
        # "Which article was published in 1937?" says nothing in particular, and may be answered by itself.
        better = not (own.general and alone.found.outcome is Outcome.ANSWER)
    return both if better and both.found.outcome is not Outcome.NOTHING else alone


@dataclass(frozen=True, slots=True)
class _OwnWords:
    """Where the words of a question stand that count.

    Args:
        about: those that say what it is about.
        general: those of a question about anything: what happened, articles, news.
    """

    about: frozenset[Place]
    general: frozenset[Place]


def _own_words(reading: Reading, languages: Sequence[str]) -> _OwnWords:
    """A word that is common, or general, in one language of the archive is so in all."""
    common = set(common_words(reading.question.timeless, languages))
    counting: set[Place] = set()
    general: set[Place] = set()
    for language, query in reading.timeless.items():
        anything = set(analyzer(language).content(about_anything(language)))
        for wanted in query.wanted:
            place = (wanted.token.start, wanted.token.end)
            counting.add(place)
            if wanted.token.stem in anything:
                general.add(place)
    return _OwnWords(
        frozenset(counting - common - general), frozenset(counting & general - common)
    )


def _gains(searching: Searching, alone: Found, both: Found, own: frozenset[Place]) -> bool:
    """Whether the best passage of both holds as much of the follow-up, and the earlier question chose it."""
    if not both.ranked or not as_good(both, alone):
        return False
    best = both.ranked[0]
    share = _share(best, both.queries, own)
    least = _share(alone.ranked[0], alone.queries, own) if alone.ranked else 0.0
    if not share or share < least - SAME:
        return False
    if not alone.ranked or alone.ranked[0].passage.article != best.passage.article:
        return _article_share(searching, best, both.queries) >= ARTICLE_HELD
    if _size(best, both.queries, own) > SHORT or _context(best, both.queries) < HELD:
        return False
    # The same passage is no gain if the follow-up's own words single it out.
    bare = alone.ranked[0].passage
    return best.passage.number != bare.number or any(
        _share(other, alone.queries, own) >= least - SAME
        for other in alone.ranked[1:]
        if not _overlap(other.passage, bare)
    )


def _own_rows(query: Query, own: frozenset[Place]) -> list[int]:
    return [
        row
        for row, wanted in enumerate(query.wanted[: query.asked])
        if (wanted.token.start, wanted.token.end) in own
    ]


def _size(ranked: Ranked, queries: Queries, own: frozenset[Place]) -> float:
    """How many words a question's own words are as long as."""
    query = queries[ranked.passage.language]
    return sum(word_size(query.wanted[row].token.surface) for row in _own_rows(query, own))


def _share(ranked: Ranked, queries: Queries, own: frozenset[Place]) -> float:
    """What share of a question's own words a passage holds, by weight; its title does not count."""
    query = queries[ranked.passage.language]
    rows = _own_rows(query, own)
    weights = query.word_weights[rows]
    held = ranked.held[:, rows].max(axis=0, initial=0.0)
    return float(held @ weights / weights.sum()) if rows else 0.0


def _context(ranked: Ranked, queries: Queries) -> float:
    """What share of the earlier question's words a passage and its title hold, by weight."""
    query = queries[ranked.passage.language]
    weights = query.word_weights[query.asked :]
    held = ranked.words_held[query.asked :]
    return float(held @ weights / weights.sum()) if len(weights) else 0.0


def _article_share(searching: Searching, ranked: Ranked, queries: Queries) -> float:
    """What share of the earlier question's words an article holds, by weight."""
    query = queries[ranked.passage.language]
    article = searching.article(ranked.passage.article)
    present = matches.tally([article], query.codes)[:, 0] > 0
    weights = query.word_weights[query.asked :]
    held = query.word_presence(present)[query.asked :]
    return float(held @ weights / weights.sum()) if len(weights) else 0.0


def _overlap(one: StoredPassage, other: StoredPassage) -> bool:
    return (
        one.article == other.article
        and one.start < other.start + len(other.text)
        and other.start < one.start + len(one.text)
    )


def _conditions(question: Question, earlier: Question) -> Question:
    """The follow-up, within the days of the earlier question where it names none itself."""
    if question.bounds or question.undated:
        return question
    return replace(question, bounds=earlier.bounds)


def _instead(searching: Searching, reading: Reading, earlier: Reading) -> Reading:
    """The words of the earlier question, with what the follow-up demands."""
    asked, before = reading.question, earlier.question
    question = replace(
        _conditions(asked, before),
        text=before.text,
        words=before.timeless if asked.bounds else before.words,
        timeless=before.timeless,
    )
    return searching.read(question, (asked.text, before.text))


def _together(reading: Reading, earlier: Reading) -> Reading:
    """The words of the follow-up, and behind them those of the earlier question, but for its dates."""
    question = _conditions(reading.question, earlier.question)
    queries = _joined(reading.queries, earlier.timeless)
    if reading.timeless is reading.queries:
        return Reading(question, queries, queries)
    return Reading(question, queries, _joined(reading.timeless, earlier.timeless))


def _joined(own: Queries, earlier: Queries) -> Queries:
    return {
        language: join(query, earlier[language]) if language in earlier else query
        for language, query in own.items()
    }


def join(own: Query, earlier: Query) -> Query:
    """A question's words in one language, and behind them those of an earlier one that it doesn't hold itself."""
    known = set(own.terms)
    share = CONTEXT / max(1.0, own.size)
    new = {
        place: len(own.wanted) + at
        for at, place in enumerate(
            place for place, word in enumerate(earlier.wanted) if word.token.stem not in known
        )
    }
    if not new:
        return own
    rows = [
        row
        for row, (term, place) in enumerate(zip(earlier.terms, earlier.word.tolist(), strict=True))
        if place in new and term not in known
    ]
    behind = (
        replace(word, weight=word.weight * share, emphasis=share)
        for word in (earlier.wanted[place] for place in new)
    )
    places = np.array([new[place] for place in earlier.word[rows].tolist()], np.intp)
    return replace(
        own,
        wanted=(*own.wanted, *behind),
        terms=(*own.terms, *(earlier.terms[row] for row in rows)),
        codes=np.concatenate([own.codes, earlier.codes[rows]]),
        word=np.concatenate([own.word, places]),
        shares=np.concatenate([own.shares, earlier.shares[rows]]),
        weights={
            field: {
                **_times(earlier.weights[field], share if field is Field.WORDS else 1.0),
                **weights,
            }
            for field, weights in own.weights.items()
        },
    )


def _times(weights: Mapping[int, float], share: float) -> Mapping[int, float]:
    return {term: weight * share for term, weight in weights.items()}
