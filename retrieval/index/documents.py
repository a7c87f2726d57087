"""What tantivy is given of an article and of its passages: fields, and the documents that fill them."""

from collections.abc import Iterator, Mapping, Sequence

import tantivy

from retrieval.index.protocol import Field, IndexedArticle, IndexedPassage
from retrieval.keys import article_key

LONGEST_TERM_BYTES = 1_000
"""Longer terms are cut; tantivy drops those past 65,530 bytes without a word."""

NUMBER = "number"
ARTICLE = "article_number"
PART_OF = "part_of"
OWN = "own"
PASSAGE_TITLE = "passage_title"
WRITTEN = "written"
WRITTEN_TITLE = "written_title"
KIND = "kind"
WHOLE = "article"
PART = "passage"
BALLAST = "=ballast"
"""The kind of the documents that only weigh, and their only word; no analyzer gives it."""

KEY = "key"
DAY = "day"


def schema() -> tantivy.Schema:
    """The fields of an index."""
    builder = tantivy.SchemaBuilder()
    for field in Field:
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    for exact in (WRITTEN, WRITTEN_TITLE, PASSAGE_TITLE):
        builder.add_text_field(exact, tokenizer_name="whitespace", index_option="position")
    # Numbers to find or delete by are texts: tantivy deletes nothing by a term of an unsigned field.
    for whole in (KIND, KEY, PART_OF, OWN):
        builder.add_text_field(whole, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field(NUMBER, fast=True)
    builder.add_unsigned_field(ARTICLE, fast=True)
    # A day is its ordinal number: dates in tantivy reach from 1677 to 2262 only.
    builder.add_integer_field(DAY, indexed=True, fast=True)
    return builder.build()


def documents_of(
    article: IndexedArticle, passages: Sequence[IndexedPassage]
) -> Iterator[tantivy.Document]:
    """An article as a whole, then each of its passages."""
    whole = _document(
        article, article.number, {Field.ARTICLE: article.words, Field.TITLE: article.title}
    )
    whole.add_text(KIND, WHOLE)
    whole.add_text(OWN, own(WHOLE, article.number))
    whole.add_text(KEY, article_key(article.article))
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
        part.add_text(OWN, own(PART, passage.number))
        yield part


def ballast_of(tokens: Mapping[Field, int]) -> tantivy.Document:
    """A document that is never found, with so many words in each field, so that averages come out as they should."""
    document = tantivy.Document()
    for field, count in tokens.items():
        document.add_text(field, " ".join([BALLAST] * count))
    document.add_text(KIND, BALLAST)
    return document


def own(kind: str, number: int) -> str:
    """A term that no other document has."""
    return f"{kind} {number}"


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
    document.add_text(PART_OF, str(article.number))
    document.add_unsigned(NUMBER, number)
    document.add_unsigned(ARTICLE, article.number)
    document.add_integer(DAY, article.day)
    return document
