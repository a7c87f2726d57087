"""Finds passages and articles in an index: the best, the newest, and all that may be among the best ten."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import accumulate

import numpy as np
import tantivy
from numpy.typing import NDArray

from retrieval.index.bounds import Bound
from retrieval.index.documents import ARTICLE, DAY, LENGTH, NUMBER
from retrieval.index.protocol import CandidateQuery, Candidates, Field
from retrieval.index.queries import Queries, Weights, all_of, with_more
from retrieval.index.scoring import ROUNDING, Scoring
from retrieval.index.view import Found, Hit, View

ARTICLES = 15
"""How many of the best articles have their best passages among the candidates."""

SPARE = 16
"""How many more are asked for than wanted, to see where those that score like the last of them end."""

AHEAD = 120
"""How many more passages are asked for than wanted, as some of them may be among the best ten by BM25: at 100,000
passages that is proven by the best 160 in 99 of 100 questions. They cost 0.03 ms."""

DEEPER = 4
"""How many times as many are asked for where those were too few."""

FURTHEST = 2_560
"""How many passages are looked at at most to find the best ten by BM25; to score so many takes some 30 ms. Only where
a great many passages match nearly alike are there more that may be among them."""

GRAM_POSTINGS = 300_000
"""Passages that are looked through for grams at most, one that holds several counted as often: the rarest come first.
At a million passages common ones took 10 ms of some questions, and brought little; at 100,000 all are looked for."""

MOST_TIED = 200
"""If more score like the last one that is wanted, the newest of all that match are taken instead: to score one anew
takes a tenth of a millisecond."""

Places = NDArray[np.uint32]
"""By an article's number, how many come before it in the corpus."""

Addresses = list[tantivy.DocAddress]
"""Where documents lie in the index."""

Narrow = Callable[[tantivy.Query], tantivy.Query]
"""Adds conditions to a query."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What tantivy is asked.

    Args:
        weights: the terms, and how much each counts.
        any_of: any of these.
        wanted: likewise, where all holds that must hold besides.
    """

    weights: Weights
    any_of: tantivy.Query
    wanted: tantivy.Query


class Finding:
    """Finds what is in one view of an index. Safe to use from many threads.

    Args:
        view: what is visible.
        queries: of the index.
        scoring: what tantivy's scores are, and what they should be.
        places: by an article's number, how many come before it in the corpus.
    """

    def __init__(self, view: View, queries: Queries, scoring: Scoring, places: Places) -> None:
        self._view = view
        self._queries = queries
        self._scoring = scoring
        self._places = places

    def candidates(self, query: CandidateQuery, limit: int) -> Candidates:
        """Find the passages that match best, in the corpus's order; see the protocol."""

        def limited(any_of: tantivy.Query) -> tantivy.Query:
            return self._queries.limited(any_of, query)

        def within(any_of: tantivy.Query) -> tantivy.Query:
            return self._queries.within(any_of, query.first_day, query.last_day)

        words = self._asked({Field.WORDS: query.terms.get(Field.WORDS, {})}, limited)
        first = self._view.search(words.wanted, limit + AHEAD)
        found = self._best(words, limit, first.hits)
        terms = words
        grams = self._rarest(query.terms.get(Field.GRAMS, {}))
        if grams:
            terms = self._asked({**words.weights, Field.GRAMS: grams}, limited)
            # What holds no gram was looked for already, and what holds no word is no answer.
            only = self._queries.any_of(self._scoring.boosted({Field.GRAMS: grams}))
            both = limited(all_of([words.any_of, only]))
            found += self._best(replace(terms, wanted=both), limit)
        articles = _addresses(self._best(self._asked(query.article_terms, within), ARTICLES))
        parts = self._queries.parts_of(self._view.values(NUMBER, articles))
        inside = _Asked(terms.weights, terms.any_of, limited(all_of([parts, terms.any_of])))
        found += self._best(inside, max(1, limit // 2))
        # Sums of floats depend on the order that they are added in, so it has to be the same each time.
        numbers, places = self._in_corpus(_addresses(found))
        ordered = numbers[np.lexsort((numbers, places))]
        return Candidates(
            tuple(dict.fromkeys(ordered.tolist())),
            first.count,
            partial(self._reaching, words, limited, first, limit),
        )

    def newest(self, query: CandidateQuery, limit: int, skip: int = 0) -> Candidates:
        """The newest articles of a query's days; see the protocol."""
        articles = self._queries.articles_without(query.excluded)
        wanted = self._queries.within(articles, query.first_day, query.last_day)
        found, total = self._newest(wanted, skip + limit)
        return Candidates(self._view.values(NUMBER, found[skip:]), total)

    def _rarest(self, grams: Mapping[str, float]) -> Mapping[str, float]:
        """Those of some grams that are looked for."""
        frequencies = {gram: self._scoring.frequency(Field.GRAMS, gram) for gram in grams}
        if sum(frequencies.values()) <= GRAM_POSTINGS:
            return grams
        rarest = sorted(grams, key=lambda gram: (frequencies[gram], gram))
        sums = list(accumulate(frequencies[gram] for gram in rarest))
        return {gram: grams[gram] for gram in rarest[: bisect_right(sums, GRAM_POSTINGS)]}

    def _asked(self, weights: Weights, narrow: Narrow) -> _Asked:
        any_of = self._queries.any_of(self._scoring.boosted(weights))
        return _Asked(weights, any_of, narrow(any_of))

    def _demanding(
        self, asked: _Asked, demanded: Weights, besides: Weights, narrow: Narrow
    ) -> _Asked:
        """The same, in documents that hold one of the terms that are demanded; tantivy finds these faster if few."""
        one_of, others = (
            self._queries.any_of(self._scoring.boosted(each)) for each in (demanded, besides)
        )
        return replace(asked, wanted=narrow(with_more(one_of, others)))

    def _reaching(
        self, words: _Asked, narrow: Narrow, found: Found, limit: int, least: float
    ) -> Sequence[int]:
        """The passages that BM25 of the words may give a score, or more; see `Candidates`.

        Args:
            words: what is asked.
            narrow: what else must hold.
            found: the first that were found.
            limit: how many of them are candidates.
            least: the score.
        """
        hits = found.hits
        if len(hits) <= limit:
            return ()
        bound = Bound.of(self._scoring, words.weights[Field.WORDS])
        # Another query may add up the same in another order.
        surely = hits[limit - 1][0] * (1 + 2 * self._scoring.off) * (1 + ROUNDING)
        if len(hits) < found.count and bound.any_length(hits[-1][0]) >= least:
            needed = bound.needed(least)
            weights = words.weights[Field.WORDS]
            demanded = {Field.WORDS: {term: weights[term] for term in weights if term in needed}}
            besides = {
                Field.WORDS: {term: weights[term] for term in weights if term not in needed}
            }
            if besides[Field.WORDS]:
                words = self._demanding(words, demanded, besides, narrow)
            hits = self._deeper(words, len(hits), lambda score: bound.any_length(score) >= least)
        begin = bisect_left(hits, -surely, key=lambda hit: -hit[0])
        end = bisect_right(hits, -least, key=lambda hit: -bound.any_length(hit[0]))
        maybe = hits[begin:end]
        lengths = np.array(self._view.values(LENGTH, _addresses(maybe)), float)
        most = bound.with_lengths(np.array([score for score, _ in maybe]), lengths)
        reached = [maybe[place] for place in (most >= least).nonzero()[0].tolist()]
        return self._view.values(NUMBER, _addresses(reached))

    def _deeper(self, asked: _Asked, size: int, enough: Callable[[float], bool]) -> list[Hit]:
        """What scores best, down to where a score is not enough; see `FURTHEST`."""
        while size < FURTHEST:
            size = min(FURTHEST, DEEPER * size)
            hits = self._view.best(asked.wanted, size)
            if len(hits) < size or not enough(hits[-1][0]):
                return hits
        # Which are the last of so many depends on the past, unless those that score alike are told apart.
        return self._best(asked, max(size, FURTHEST))

    def _best(self, asked: _Asked, limit: int, hits: list[Hit] | None = None) -> list[Hit]:
        """What scores best, of what scores alike the newer, then the earlier in the corpus; with that score at least.

        Args:
            asked: what must hold, and the terms.
            limit: how many at most; twice as many where too many score alike, some of them twice.
            hits: the first that match, by `SPARE` more than the limit at least; looked for unless given.
        """
        if hits is None:
            hits = self._view.best(asked.wanted, limit + SPARE)
        if len(hits) <= limit:
            return hits
        margin = 2 * self._scoring.off
        low, high = hits[limit - 1][0] * (1 - margin), hits[limit - 1][0] * (1 + margin)
        if hits[-1][0] >= low:
            hits = self._view.best(asked.wanted, limit + MOST_TIED)
        sure = [hit for hit in hits if hit[0] > high]
        tied = [(score, address) for score, address in hits if low <= score <= high]
        missing = limit - len(sure)
        if len(tied) == missing:
            return sure + tied
        if len(tied) > MOST_TIED:
            newest = self._newest(asked.wanted, limit)[0]
            return sure + [(high, address) for address in newest]
        exact: list[float] = []
        # Scores that agree to the last bit are those of documents that match alike.
        one_of = dict(tied)
        if len(one_of) > 1:
            anew = {
                score: self._scoring.exact(asked.weights, self._view.explained(asked.any_of, each))
                for score, each in one_of.items()
            }
            exact = [anew[score] for score, _ in tied]
        arranged = self._arranged(_addresses(tied), exact)[:missing]
        return sure + [(high, address) for address in arranged]

    def _newest(self, wanted: tantivy.Query, limit: int) -> tuple[Addresses, int]:
        """The newest that match, of one day in the corpus's order; and how many match."""
        result = self._view.search(wanted, limit, newest=True)
        found = [address for _, address in result.hits]
        if result.count > len(found):
            # Of the last day any may have come; which are the first can be told from all of it.
            day = self._view.last_day(result)
            within = self._queries.within(wanted, day, day)
            whole = self._view.search(within, self._view.search(within, 1).count)
            found = [address for each, address in result.hits if each > day]
            found += [address for _, address in whole.hits]
        return self._arranged(found)[:limit], result.count

    def _arranged(self, addresses: Addresses, scores: Sequence[float] = ()) -> Addresses:
        """By score if there are any, then the newer, then the earlier in the corpus."""
        keys = [*self._in_corpus(addresses), -np.array(self._view.values(DAY, addresses))]
        if scores:
            keys.append(-np.array(scores))
        return [addresses[place] for place in np.lexsort(keys).tolist()]

    def _in_corpus(self, addresses: Addresses) -> "tuple[NDArray[np.int64], NDArray[np.int64]]":
        """What the order of documents in the corpus goes by: their numbers, and before them their articles' places."""
        numbers = np.array(self._view.values(NUMBER, addresses), np.int64)
        articles = np.array(self._view.values(ARTICLE, addresses), np.int64)
        with self._view.reading:
            return numbers, self._places[articles].astype(np.int64)


def _addresses(hits: list[Hit]) -> Addresses:
    return [address for _, address in hits]
