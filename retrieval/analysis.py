"""Turns an article into records and index entries: everything that finding, ranking and quoting it needs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.bm25 import TITLE_REPEAT
from retrieval.dates import resolve
from retrieval.index.protocol import IndexedArticle, IndexedPassage
from retrieval.passages import split
from retrieval.store import Origin, Places, Shown, StoredArticle, StoredPassage, codes
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
        article, passages: to be stored.
        entries: to be indexed.
    """

    article: StoredArticle
    passages: tuple[StoredPassage, ...]
    entries: "Entries"


@dataclass(frozen=True, slots=True)
class Entries:
    """What the index and the vocabulary are given of an article.

    Args:
        article, passages: to be indexed.
        words: every word that counts, as written in one case: the vocabulary that spelling is repaired by.
    """

    article: IndexedArticle
    passages: tuple[IndexedPassage, ...]
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
    origin = Origin(article.id, article.title, article.date.toordinal(), spoken)
    words = analyzer(spoken)
    resolved = resolve(article.text, article.date, spoken)
    cut = list(split(article.text, spoken))
    tokens = [words.tokens(article.text[passage.start : passage.end]) for passage in cut]
    entries = _entries(
        origin, number, first_passage, [(passage.start, passage.end) for passage in cut], tokens
    )
    stored: list[StoredPassage] = []
    reached = 0
    for passage, found, indexed in zip(cut, tokens, entries.passages, strict=True):
        spans = tuple(
            Span(span.start - passage.start, span.end - passage.start)
            for span in passage.sentences
        )
        surfaces, stems, starts, ends, stops = zip(*found, strict=True) if found else ((),) * 5
        stored.append(
            StoredPassage(
                number=indexed.number,
                article=number,
                day=article.date.toordinal(),
                language=spoken,
                sentence_count=len(spans),
                content=len(found) - sum(stops),
                stems=codes(stems),
                lemmas=codes(words.lemmas(surfaces)),
                starts=np.array(starts, np.uint32),
                ends=np.array(ends, np.uint32),
                sentence=_sentence_of(starts, spans),
                grams=codes(indexed.grams),
                _shown=Shown(
                    source=article.source,
                    start=passage.start,
                    gap=article.text[reached : passage.start],
                    text=article.text[passage.start : passage.end],
                    sentences=spans,
                    lengths=passage.lengths,
                    resolved=_within(resolved, passage.start, passage.end),
                ).encode(),
            )
        )
        reached = max(reached, passage.end)
    terms, counts = np.unique(codes(entries.article.words), return_counts=True)
    return Analysed(
        article=StoredArticle(
            first_passage=first_passage,
            passages=len(stored),
            length=len(entries.article.words),
            title=codes(entries.article.title),
            terms=terms.astype(np.uint32),
            counts=counts.astype(np.uint32),
            told=origin.encode(),
        ),
        passages=tuple(stored),
        entries=entries,
    )


def entries_of(number: int, article: StoredArticle, passages: Sequence[StoredPassage]) -> Entries:
    """What the index and the vocabulary were given of an article that is stored, to be taken back."""
    words = analyzer(article.origin.language)
    return _entries(
        article.origin,
        number,
        article.first_passage,
        [(passage.start, passage.start + len(passage.text)) for passage in passages],
        [words.tokens(passage.text) for passage in passages],
    )


def _entries(
    origin: Origin,
    number: int,
    first_passage: int,
    bounds: Sequence[tuple[int, int]],
    tokens: Sequence[list[Token]],
) -> Entries:
    """The entries of an article, from the tokens of its passages and where those begin and end in its text."""
    words = analyzer(origin.language)
    title = words.tokens(origin.title)
    title_stems = [token.stem for token in title if not token.stop]
    title_grams = words.grams(title)
    passages: list[IndexedPassage] = []
    seen: list[Token] = list(title)
    reached = 0
    for place, ((start, end), found) in enumerate(zip(bounds, tokens, strict=True), first_passage):
        content = [token.stem for token in found if not token.stop]
        passages.append(
            IndexedPassage(
                number=place,
                words=content + TITLE_REPEAT * title_stems,
                grams=words.grams(found) + title_grams,
                written=[token.surface for token in found],
            )
        )
        # The overlap with the passage before counts once.
        seen.extend(token for token in found if start + token.start >= reached)
        reached = max(reached, end)
    return Entries(
        IndexedArticle(
            number=number,
            article=origin.id,
            day=origin.day,
            words=[token.stem for token in seen if not token.stop],
            title=title_stems,
            written=[token.surface for token in title],
        ),
        tuple(passages),
        tuple(token.surface for token in seen if not token.stop),
    )


def _within(resolved: tuple[Resolved, ...], start: int, end: int) -> tuple[Resolved, ...]:
    return tuple(
        Resolved(found.start - start, found.end - start, found.first, found.last)
        for found in resolved
        if start <= found.start and found.end <= end
    )


def _sentence_of(starts: Sequence[int], spans: tuple[Span, ...]) -> Places:
    """The sentence that each word stands in, by where they start."""
    ends = np.array([span.end for span in spans])
    return np.searchsorted(ends, np.array(starts, int), side="right").astype(np.uint16)
