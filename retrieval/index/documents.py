"""What tantivy is given of an article and of its passages: fields, and the documents that fill them."""

from collections.abc import Iterator, Mapping, Sequence

import tantivy

from retrieval.index.protocol import Field, IndexedArticle, IndexedPassage
from retrieval.keys import article_key

LONGEST_TERM_BYTES = 1_000
"""Longer terms are cut; tantivy drops those past 65,530 bytes without a word."""

NUMBER_BITS = 40
"""Bits of an article's number in what articles are sorted by: a day, then the number."""

NUMBER = "number"
PART_OF = "part_of"
PASSAGE_TITLE = "passage_title"
WRITTEN = "written"
WRITTEN_TITLE = "written_title"
KIND = "kind"
WHOLE = "article"
PART = "passage"
ID = "id"
KEY = "key"
DAY = "day"
NEWNESS = "newness"


def schema() -> tantivy.Schema:
    """The fields of an index."""
    builder = tantivy.SchemaBuilder()
    for field in Field:
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    for exact in (WRITTEN, WRITTEN_TITLE, PASSAGE_TITLE):
        builder.add_text_field(exact, tokenizer_name="whitespace", index_option="position")
    for whole in (KIND, ID, KEY):
        builder.add_text_field(whole, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field(NUMBER, fast=True)
    builder.add_unsigned_field(PART_OF, indexed=True)
    # A day is its ordinal number: dates in tantivy reach from 1677 to 2262 only.
    builder.add_integer_field(DAY, indexed=True, fast=True)
    builder.add_integer_field(NEWNESS, fast=True)
    return builder.build()


def documents_of(
    article: IndexedArticle, passages: Sequence[IndexedPassage]
) -> Iterator[tantivy.Document]:
    """An article as a whole, then each of its passages."""
    whole = _document(
        article, article.number, {Field.ARTICLE: article.words, Field.TITLE: article.title}
    )
    whole.add_text(KIND, WHOLE)
    whole.add_text(KEY, article_key(article.article))
    # The larger, the newer; of one day the lower number. No two are equal, so pages never overlap.
    whole.add_integer(NEWNESS, ((article.day + 1) << NUMBER_BITS) - article.number)
    yield whole
    for passage in passages:
        fields = {
            Field.WORDS: passage.words,
            Field.GRAMS: passage.grams,
            WRITTEN: passage.written,
            PASSAGE_TITLE: article.title,
            WRITTEN_TITLE: article.written,
        }
        part = _document(article, passage.number, fields)
        part.add_text(KIND, PART)
        part.add_unsigned(PART_OF, article.number)
        yield part


def shorten(term: str) -> str:
    """A term as tantivy takes it."""
    if len(term) * 4 <= LONGEST_TERM_BYTES:
        return term
    return term.encode()[:LONGEST_TERM_BYTES].decode(errors="ignore")


def _document(
    article: IndexedArticle, number: int, fields: Mapping[str, Sequence[str]]
) -> tantivy.Document:
    document = tantivy.Document()
    for field, terms in fields.items():
        document.add_text(field, " ".join(map(shorten, terms)))
    document.add_text(ID, article.article)
    document.add_unsigned(NUMBER, number)
    document.add_integer(DAY, article.day)
    return document
