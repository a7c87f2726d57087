"""Turns an article into records and index entries: everything that finding, ranking and quoting it needs."""

from dataclasses import dataclass

import numpy as np

from retrieval.bm25 import TITLE_REPEAT
from retrieval.dates import resolve
from retrieval.index.protocol import IndexedArticle, IndexedPassage
from retrieval.passages import split
from retrieval.store import StoredArticle, StoredPassage, codes
from retrieval.text.analyzer import Token, analyzer
from retrieval.text.language import detect
from retrieval.types import Article, Resolved, Span

DETECT = "auto"
"""The value of `corpus.language` that has each article's language detected."""

OTHERWISE = "en"
"""The language of a text too short to tell."""


@dataclass(frozen=True, slots=True)
class Analysed:
    """An article as the archive takes it in.

    Args:
        language: ISO 639-1 code.
        article, passages: to be stored.
        indexed_article, indexed_passages: to be indexed.
        words: every word that counts, as written in one case: the vocabulary that spelling is repaired by.
    """

    language: str
    article: StoredArticle
    passages: tuple[StoredPassage, ...]
    indexed_article: IndexedArticle
    indexed_passages: tuple[IndexedPassage, ...]
    words: tuple[str, ...]


def analyse(article: Article, language: str, number: int, first_passage: int) -> Analysed:
    """Cut an article into passages and find their words.

    Args:
        article: its own language, where its file gives one, goes before the next argument.
        language: ISO 639-1 code, or `auto` to detect it from title and text.
        number: of the article in the archive.
        first_passage: number of its first passage; the others follow.
    """
    given = article.language or language
    spoken = detect(f"{article.title}\n{article.text}", OTHERWISE) if given == DETECT else given
    words = analyzer(spoken)
    title = words.tokens(article.title)
    title_stems = [token.stem for token in title if not token.stop]
    title_grams = words.grams(title)
    resolved = resolve(article.text, article.date, spoken)
    stored: list[StoredPassage] = []
    indexed: list[IndexedPassage] = []
    seen: list[Token] = list(title)
    reached = 0
    for place, passage in enumerate(split(article.text, spoken), first_passage):
        text = article.text[passage.start : passage.end]
        tokens = words.tokens(text)
        stems = [token.stem for token in tokens]
        content = [token.stem for token in tokens if not token.stop]
        grams = words.grams(tokens) + title_grams
        spans = tuple(
            Span(span.start - passage.start, span.end - passage.start)
            for span in passage.sentences
        )
        stored.append(
            StoredPassage(
                number=place,
                article=number,
                source=article.source,
                language=spoken,
                start=passage.start,
                gap=article.text[reached : passage.start],
                text=text,
                sentences=spans,
                lengths=passage.lengths,
                resolved=_within(resolved, passage.start, passage.end),
                content=len(content),
                stems=codes(stems),
                lemmas=codes([words.lemma(token.surface) for token in tokens]),
                starts=np.array([token.start for token in tokens], np.uint32),
                ends=np.array([token.end for token in tokens], np.uint32),
                sentence=_sentence_of(tokens, spans),
                grams=codes(grams),
            )
        )
        indexed.append(
            IndexedPassage(
                number=place,
                words=content + TITLE_REPEAT * title_stems,
                grams=grams,
                written=[token.surface for token in tokens],
            )
        )
        # The overlap with the passage before counts once.
        seen.extend(token for token in tokens if passage.start + token.start >= reached)
        reached = max(reached, passage.end)
    whole = [token.stem for token in seen if not token.stop]
    terms, counts = np.unique(codes(whole), return_counts=True)
    return Analysed(
        language=spoken,
        article=StoredArticle(
            first_passage=first_passage,
            passages=len(stored),
            length=len(whole),
            title=codes(title_stems),
            terms=terms.astype(np.uint32),
            counts=counts.astype(np.uint32),
        ),
        passages=tuple(stored),
        indexed_article=IndexedArticle(
            number=number,
            article=article.id,
            day=article.date.toordinal(),
            words=whole,
            title=title_stems,
            written=[token.surface for token in title],
        ),
        indexed_passages=tuple(indexed),
        words=tuple(token.surface for token in seen if not token.stop),
    )


def _within(resolved: tuple[Resolved, ...], start: int, end: int) -> tuple[Resolved, ...]:
    return tuple(
        Resolved(found.start - start, found.end - start, found.first, found.last)
        for found in resolved
        if start <= found.start and found.end <= end
    )


def _sentence_of(
    tokens: list[Token], spans: tuple[Span, ...]
) -> "np.ndarray[tuple[int], np.dtype[np.uint16]]":
    ends = np.array([span.end for span in spans])
    starts = np.array([token.start for token in tokens], int)
    return np.searchsorted(ends, starts, side="right").astype(np.uint16)
