"""Turns articles into records and index entries: everything that finding, ranking and quoting them needs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

import numpy as np

from retrieval.bm25 import TITLE_REPEAT
from retrieval.columns import Columns
from retrieval.dates import resolve
from retrieval.index.documents import Texts, passage_texts
from retrieval.index.protocol import Counts, Field, IndexedArticle, IndexedPassage
from retrieval.keys import article_key
from retrieval.passages import Passage, split
from retrieval.store import Origin, Places, Shown, StoredArticle, StoredPassage
from retrieval.text.language import detect
from retrieval.types import Article, Resolved, Span

DETECT = "auto"
"""The value of `corpus.language` that has each article's language detected."""

OTHERWISE = "en"
"""The language of a text too short to tell."""

Numbered = tuple[int, Article]
"""An article and its number in the archive."""

Stretch = tuple[int, int]
"""From one place to another."""


@dataclass(frozen=True, slots=True)
class Given:
    """What index and vocabulary are given of an article.

    Args:
        texts: to be indexed.
        counts: how much that adds to the archive.
        words: every word that counts, as written in one case: the vocabulary that spelling is repaired by.
    """

    texts: Texts
    counts: Counts
    words: list[str]


@dataclass(frozen=True, slots=True)
class Analysed:
    """An article as the archive takes it in.

    Args:
        article, passages: to be stored; passages are numbered from 0.
        given: to be indexed.
    """

    article: StoredArticle
    passages: tuple[StoredPassage, ...]
    given: Given


@dataclass(frozen=True, slots=True)
class Entries:
    """What index and vocabulary were given of an article, term by term.

    Args:
        article, passages: what was indexed.
        words: see `Given`.
    """

    article: IndexedArticle
    passages: tuple[IndexedPassage, ...]
    words: list[str]


def analyse(articles: Sequence[Numbered], language: str) -> list[Analysed]:
    """Cut articles into passages and find their words.

    Args:
        articles: to be analysed; many at once take less time.
        language: ISO 639-1 code, or `auto` to detect it from title and text; an article's own goes before it.

    Returns:
        In the order of the articles.
    """
    spoken = [_language_of(article, language) for _, article in articles]
    analysed: dict[int, Analysed] = {}
    for each in dict.fromkeys(spoken):
        alike = [numbered for numbered, used in zip(articles, spoken, strict=True) if used == each]
        analysed |= zip((number for number, _ in alike), _alike(alike, each), strict=True)
    return [analysed[number] for number, _ in articles]


def entries_of(number: int, article: StoredArticle, passages: Sequence[StoredPassage]) -> Entries:
    """What index and vocabulary were given of an article that is stored, to be taken back."""
    origin = article.origin
    columns = Columns(origin.language, [origin.title, *(passage.text for passage in passages)])
    bounds = [(passage.start, passage.start + len(passage.text)) for passage in passages]
    given = _given(_Stretches.of(columns, 0, bounds), origin, number)
    whole, parts = given.texts.article, given.texts.passages
    return Entries(
        IndexedArticle(
            number=number,
            article=origin.id,
            day=origin.day,
            words=whole[Field.ARTICLE].split(),
            title=whole[Field.TITLE].split(),
        ),
        tuple(
            IndexedPassage(
                number=place,
                words=fields[Field.WORDS].split(),
                grams=fields[Field.GRAMS].split(),
            )
            for place, fields in enumerate(parts, article.first_passage)
        ),
        given.words,
    )


def _language_of(article: Article, language: str) -> str:
    given = article.language or language
    return detect(f"{article.title}\n{article.text}", OTHERWISE) if given == DETECT else given


def _alike(articles: Sequence[Numbered], language: str) -> Iterator[Analysed]:
    """Analyse articles of one language."""
    cuts = [list(split(article.text, language)) for _, article in articles]
    texts: list[str] = []
    ends: list[list[int]] = []
    for (_, article), cut in zip(articles, cuts, strict=True):
        texts += (article.title, *(article.text[each.start : each.end] for each in cut))
        ends.append([len(article.title)])
        ends += ([span.end - each.start for span in each.sentences] for each in cut)
    columns = Columns(language, texts)
    sentence = columns.pieces(ends)
    text = 0
    for (number, article), cut in zip(articles, cuts, strict=True):
        bounds = [(passage.start, passage.end) for passage in cut]
        words = _Stretches.of(columns, text, bounds)
        origin = Origin(article.id, article.title, article.date.toordinal(), language)
        yield Analysed(
            _article(words, origin),
            tuple(_passages(words, origin, number, article, cut, sentence)),
            _given(words, origin, number),
        )
        text += 1 + len(cut)


@dataclass(frozen=True, slots=True)
class _Stretches:
    """Which of some columns' words are those of an article, from one to another.

    Args:
        columns: the words of its title and of its passages, and others.
        title, passages: where they stand there.
        whole: those of the article, of which the overlaps of passages count once.
    """

    columns: Columns
    title: Stretch
    passages: Sequence[Stretch]
    whole: Sequence[Stretch]

    @classmethod
    def of(cls, columns: Columns, text: int, bounds: Sequence[Stretch]) -> "_Stretches":
        """Those of the article whose title is a text of the columns, and whose passages follow it.

        Args:
            columns: the words.
            text: number of the title among the texts.
            bounds: where each passage begins and ends in the article's text.
        """
        title, *passages = pairwise(columns.bounds[text : text + len(bounds) + 2])
        whole, reached = [title], 0
        for (first, last), (start, end) in zip(passages, bounds, strict=True):
            again = 0
            if start < reached:
                again = int(columns.starts[first:last].searchsorted(reached - start))
            whole.append((first + again, last))
            reached = max(reached, end)
        return cls(columns, title, passages, whole)


def _article(words: _Stretches, origin: Origin) -> StoredArticle:
    codes = [words.columns.content_codes(*each) for each in words.whole]
    terms, counts = np.unique(np.concatenate(codes), return_counts=True)
    return StoredArticle(
        first_passage=0,
        passages=len(words.passages),
        length=sum(map(len, codes)),
        title=codes[0],
        terms=terms,
        counts=counts.astype(np.uint32),
        told=origin.encode(),
    )


def _passages(
    words: _Stretches,
    origin: Origin,
    number: int,
    article: Article,
    cut: Sequence[Passage],
    sentence: Places,
) -> Iterator[StoredPassage]:
    columns = words.columns
    resolved = resolve(article.text, article.date, origin.language)
    title_grams = columns.grams(*words.title).codes
    reached = 0
    for place, (passage, (first, last)) in enumerate(zip(cut, words.passages, strict=True)):
        held = slice(first, last)
        yield StoredPassage(
            number=place,
            article=number,
            day=origin.day,
            language=origin.language,
            sentence_count=len(passage.sentences),
            content=len(columns.content_codes(first, last)),
            stems=columns.stems[held],
            lemmas=columns.lemmas[held],
            starts=columns.starts[held],
            ends=columns.ends[held],
            sentence=sentence[held],
            grams=np.concatenate([columns.grams(first, last).codes, title_grams]),
            _shown=Shown(
                source=article.source,
                start=passage.start,
                gap=article.text[reached : passage.start],
                text=article.text[passage.start : passage.end],
                sentences=tuple(
                    Span(span.start - passage.start, span.end - passage.start)
                    for span in passage.sentences
                ),
                lengths=passage.lengths,
                resolved=_within(resolved, passage.start, passage.end),
            ).encode(),
        )
        reached = max(reached, passage.end)


def _given(words: _Stretches, origin: Origin, number: int) -> Given:
    columns = words.columns
    title = columns.content(*words.title)
    title_text, repeated = " ".join(title), TITLE_REPEAT * title
    title_grams = columns.grams(*words.title)
    written = " ".join(columns.written(*words.title))
    passages: list[Mapping[str, str]] = []
    lengths = dict.fromkeys(Field, 0)
    for stretch in words.passages:
        content, grams = columns.content(*stretch), columns.grams(*stretch)
        passages.append(
            passage_texts(
                words=" ".join(content + repeated),
                grams=" ".join(grams.texts + title_grams.texts),
                written=" ".join(columns.written(*stretch)),
                title=title_text,
                title_written=written,
            )
        )
        lengths[Field.WORDS] += len(content) + len(repeated)
        lengths[Field.GRAMS] += len(grams.codes) + len(title_grams.codes)
    whole = list(chain.from_iterable(columns.content(*each) for each in words.whole))
    lengths |= {Field.TITLE: len(title), Field.ARTICLE: len(whole)}
    return Given(
        Texts(
            number,
            origin.day,
            article_key(origin.id),
            {Field.ARTICLE.value: " ".join(whole), Field.TITLE.value: title_text},
            passages,
        ),
        Counts(len(passages), 1, lengths),
        list(chain.from_iterable(columns.surfaces(*each) for each in words.whole)),
    )


def _within(resolved: tuple[Resolved, ...], start: int, end: int) -> tuple[Resolved, ...]:
    return tuple(
        Resolved(found.start - start, found.end - start, found.first, found.last)
        for found in resolved
        if start <= found.start and found.end <= end
    )
