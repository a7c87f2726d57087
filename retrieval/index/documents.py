"""What tantivy is given of an article and of its passages: fields, and the documents that fill them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

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
LENGTH = "length"
"""How many terms the words of a passage are; tantivy rounds it."""


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
    builder.add_unsigned_field(LENGTH, fast=True)
    # A day is its ordinal number: dates in tantivy reach from 1677 to 2262 only.
    builder.add_integer_field(DAY, indexed=True, fast=True)
    return builder.build()


class Texts(NamedTuple):
    """What documents are made of, the terms of each field in one text: it is handed from process to process.

    Attributes:
        number, day: of the article.
        key: of the article, see `article_key`.
        article: the fields of the article as a whole.
        passages: those of each passage.
    """

    number: int
    day: int
    key: str
    article: Mapping[str, str]
    passages: Sequence[Mapping[str, str]]


def texts_of(article: IndexedArticle, passages: Sequence[IndexedPassage]) -> Texts:
    """The texts of an article and of its passages."""
    title = _joined(article.title)
    title_written = _joined(article.written)
    return Texts(
        article.number,
        article.day,
        article_key(article.article),
        {Field.ARTICLE.value: _joined(article.words), Field.TITLE.value: title},
        [
            passage_texts(
                words=_joined(passage.words),
                grams=_joined(passage.grams),
                written=_joined(passage.written),
                title=title,
                title_written=title_written,
            )
            for passage in passages
        ],
    )


def passage_texts(
    *, words: str, grams: str, written: str, title: str, title_written: str
) -> Mapping[str, str]:
    """The fields of a passage.

    Args:
        words: its terms with blanks between them, see `IndexedPassage`.
        grams: likewise.
        written: likewise.
        title: those of its article's title that count.
        title_written: all of them.
    """
    return {
        Field.WORDS.value: words,
        Field.GRAMS.value: grams,
        WRITTEN: written,
        PASSAGE_TITLE: title,
        WRITTEN_TITLE: title_written,
    }


def documents_of(texts: Texts, numbers: Iterable[int]) -> Iterator[tantivy.Document]:
    """An article as a whole, then each of its passages.

    Args:
        texts: of all of them.
        numbers: of the passages.
    """
    whole = _document(texts, texts.number, texts.article)
    whole.add_text(KIND, WHOLE)
    whole.add_text(OWN, own(WHOLE, texts.number))
    whole.add_text(KEY, texts.key)
    yield whole
    for number, fields in zip(numbers, texts.passages, strict=False):
        part = _document(texts, number, fields)
        part.add_text(KIND, PART)
        part.add_text(OWN, own(PART, number))
        words = fields[Field.WORDS.value]
        part.add_unsigned(LENGTH, words.count(" ") + 1 if words else 0)
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


def _joined(terms: Sequence[str]) -> str:
    if max(map(len, terms), default=0) * 4 > LONGEST_TERM_BYTES:
        terms = [shorten(term) for term in terms]
    return " ".join(terms)


def _document(texts: Texts, number: int, fields: Mapping[str, str]) -> tantivy.Document:
    document = tantivy.Document()
    for field, text in fields.items():
        document.add_text(field, text)
    document.add_text(PART_OF, str(texts.number))
    document.add_unsigned(NUMBER, number)
    document.add_unsigned(ARTICLE, texts.number)
    document.add_integer(DAY, texts.day)
    return document
