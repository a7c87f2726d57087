"""Turns what is looked for into tantivy's queries."""

from collections.abc import Mapping, Sequence

import tantivy

from retrieval.index.documents import (
    DAY,
    KEY,
    KIND,
    PART_OF,
    PASSAGE_TITLE,
    WHOLE,
    WRITTEN,
    WRITTEN_TITLE,
    shorten,
)
from retrieval.index.protocol import CandidateQuery, Field

Weights = Mapping[Field, Mapping[str, float]]
"""By field, terms and how much each counts."""


class Queries:
    """Makes the queries of one index.

    Args:
        schema: its fields.
    """

    def __init__(self, schema: tantivy.Schema) -> None:
        self._schema = schema

    def any_of(self, weights: Weights) -> tantivy.Query:
        """Any of some terms, scored by BM25, with what each is multiplied by."""
        return tantivy.Query.boolean_query(
            [
                (
                    tantivy.Occur.Should,
                    tantivy.Query.boost_query(
                        tantivy.Query.term_query(self._schema, field, shorten(term), "freq"),
                        weight,
                    ),
                )
                for field, terms in weights.items()
                for term, weight in terms.items()
            ]
        )

    def parts_of(self, articles: Sequence[int]) -> tantivy.Query:
        """The passages of some articles; it scores nothing."""
        named = [(tantivy.Occur.Should, self._term(PART_OF, str(number))) for number in articles]
        return tantivy.Query.const_score_query(tantivy.Query.boolean_query(named), 0.0)

    def within(
        self, wanted: tantivy.Query, first_day: int | None, last_day: int | None
    ) -> tantivy.Query:
        """Limited to some days."""
        if first_day is None and last_day is None:
            return wanted
        days = tantivy.Query.range_query(
            self._schema, DAY, tantivy.FieldType.Integer, first_day, last_day
        )
        return all_of([wanted, tantivy.Query.const_score_query(days, 0.0)])

    def limited(self, wanted: tantivy.Query, query: CandidateQuery) -> tantivy.Query:
        """Limited to all that a query demands of a passage."""
        inside = self.within(wanted, query.first_day, query.last_day)
        clauses = [(tantivy.Occur.Must, inside)]
        must, must_not = tantivy.Occur.Must, tantivy.Occur.MustNot
        exact = (WRITTEN, WRITTEN_TITLE)
        clauses += [(must, self._phrase(exact, demand)) for demand in query.phrases]
        clauses += [(must, self._phrase((PASSAGE_TITLE,), demand)) for demand in query.titled]
        clauses += [(must_not, self._phrase(exact, phrase)) for phrase in query.excluded_phrases]
        clauses += [(must_not, self._term(Field.WORDS, stem)) for stem in query.excluded]
        # What stands alone tantivy searches a fifth faster than the only one of several clauses.
        return tantivy.Query.boolean_query(clauses) if len(clauses) > 1 else inside

    def articles_without(self, excluded: Sequence[str]) -> tantivy.Query:
        """The articles, as wholes, that hold none of some stems; it scores nothing."""
        whole = tantivy.Query.const_score_query(self._term(KIND, WHOLE), 0.0)
        clauses = [(tantivy.Occur.Must, whole)]
        clauses += [(tantivy.Occur.MustNot, self._term(Field.ARTICLE, stem)) for stem in excluded]
        return tantivy.Query.boolean_query(clauses)

    def keyed(self, key: str) -> tantivy.Query:
        """The article with a key."""
        return self._term(KEY, key)

    def _phrase(self, fields: Sequence[str], ways: Sequence[Sequence[str]]) -> tantivy.Query:
        """Words side by side in one of the fields, in one of the ways they may be read."""
        either = [
            (tantivy.Occur.Should, self._side_by_side(field, words))
            for field in fields
            for words in ways
            if words
        ]
        return tantivy.Query.const_score_query(tantivy.Query.boolean_query(either), 0.0)

    def _side_by_side(self, field: str, words: Sequence[str]) -> tantivy.Query:
        if len(words) == 1:
            return self._term(field, words[0])
        terms: list[str | tuple[int, str]] = [shorten(word) for word in words]
        return tantivy.Query.phrase_query(self._schema, field, terms)

    def _term(self, field: str, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, shorten(term), "basic")


def all_of(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    """All of some queries; their scores are added."""
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, query) for query in queries])


def with_more(demanded: tantivy.Query, besides: tantivy.Query) -> tantivy.Query:
    """What one query finds; what the other gives it is added to its score."""
    return tantivy.Query.boolean_query(
        [(tantivy.Occur.Must, demanded), (tantivy.Occur.Should, besides)]
    )
