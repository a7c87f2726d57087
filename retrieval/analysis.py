"""Turns an article into passages with everything that finding, ranking and quoting them needs."""

from bisect import bisect_left
from collections.abc import Iterator

from retrieval.dates import resolve
from retrieval.passages import split
from retrieval.store import StoredPassage
from retrieval.text.analyzer import Token, analyzer
from retrieval.text.language import detect
from retrieval.types import Article, Resolved, Span

DETECT = "auto"
"""The value of `corpus.language` that has each article's language detected."""

_OTHERWISE = "en"


def analyse(article: Article, language: str, first_number: int) -> Iterator[StoredPassage]:
    """Cut an article into passages and find their terms.

    Args:
        article: its own language, where its file gives one, goes before the next argument.
        language: ISO 639-1 code, or `auto` to detect it from title and text.
        first_number: of the first passage; the others follow.
    """
    code = article.language or language
    if code == DETECT:
        code = detect(f"{article.title}\n{article.text}", _OTHERWISE)
    title = tuple(analyzer(code).terms(article.title))
    resolved = resolve(article.text, article.date, code)
    for number, passage in enumerate(split(article, code), first_number):
        text = article.text[passage.start : passage.end]
        tokens = analyzer(code).tokens(text)
        spans = tuple(
            Span(span.start - passage.start, span.end - passage.start)
            for span in passage.sentences
        )
        yield StoredPassage(
            number=number,
            source=article.source,
            language=code,
            start=passage.start,
            text=text,
            sentences=spans,
            surfaces=tuple(token.surface for token in tokens),
            terms=tuple("" if token.stop else token.term for token in tokens),
            ends=tuple(bisect_left(tokens, span.end, key=_start) for span in spans),
            title=title,
            resolved=tuple(
                Resolved(
                    found.start - passage.start, found.end - passage.start, found.first, found.last
                )
                for found in resolved
                if passage.start <= found.start and found.end <= passage.end
            ),
        )


def _start(token: Token) -> int:
    return token.start
