"""What ranking and quoting need of passages and articles, as records that one read brings back."""

import json
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import repeat
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from retrieval.types import Resolved, Source, Span

Codes = NDArray[np.uint32]
Places = NDArray[np.uint16]

CODES_KEPT = 65_536
"""Codes that are remembered; looking one up costs an eighth of computing it."""

SIGNATURE_BITS = 1_024
"""Ten times as many as a passage has different words, so that few share a bit."""

_HEAD = struct.Struct("<QIIIIII")
_ARTICLE_HEAD = struct.Struct("<QIIII")
_FIRST_PASSAGE = struct.Struct("<Q")
_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class _Remembered(dict[str, int]):
    """Codes by term; one that is not there is computed."""

    def __missing__(self, term: str) -> int:
        if len(self) >= CODES_KEPT:
            self.clear()
        found = self[term] = zlib.crc32(term.encode("utf-8", "surrogatepass"))
        return found


_remembered = _Remembered()


def code(term: str) -> int:
    """A term as 32 bits that stay the same from run to run; two terms in four thousand million share one."""
    return _remembered[term]


def codes(terms: Sequence[str]) -> Codes:
    """Terms as an array of codes."""
    return np.array(list(map(_remembered.__getitem__, terms)), np.uint32)


def fresh_codes(terms: Iterable[str]) -> Iterator[int]:
    """The codes of terms; unlike those of `codes`, they are not remembered."""
    return map(zlib.crc32, map(str.encode, terms, repeat("utf-8"), repeat("surrogatepass")))


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of a passage; ranking does without it.

    Args:
        source: the article.
        start: where the passage begins in the article's text.
        gap: the white space before it that lies in no passage.
        text: exactly as the article has it.
        sentences: spans in `text`.
        lengths: words in each sentence, see `count_words`.
        resolved: relative dates in `text`, and the days they mean.
    """

    source: Source
    start: int
    gap: str
    text: str
    sentences: tuple[Span, ...]
    lengths: tuple[float, ...]
    resolved: tuple[Resolved, ...]

    def encode(self) -> bytes:
        """As JSON."""
        source = self.source
        fields = [
            (source.id, source.heading, source.date.toordinal(), source.url),
            self.start,
            self.gap,
            self.text,
            [position for span in self.sentences for position in (span.start, span.end)],
            self.lengths,
            [
                (found.start, found.end, found.first.toordinal(), found.last.toordinal())
                for found in self.resolved
            ],
        ]
        return _as_json(fields).encode()

    @classmethod
    def decode(cls, data: bytes) -> Self:
        """What `encode` made."""
        source, start, gap, text, bounds, lengths, resolved = json.loads(data)
        identity, heading, day, url = source
        return cls(
            source=Source(identity, heading, date.fromordinal(day), url),
            start=start,
            gap=gap,
            text=text,
            sentences=tuple(map(Span, bounds[::2], bounds[1::2])),
            lengths=tuple(lengths),
            resolved=tuple(
                Resolved(begin, end, date.fromordinal(first), date.fromordinal(last))
                for begin, end, first, last in resolved
            ),
        )


@dataclass(frozen=True)
class StoredPassage:
    """A stretch of whole sentences, ready to be ranked and quoted.

    Of sixty passages that are ranked, a few are shown: what only they need is read when it is asked for.

    Args:
        number: its place in the archive, from 0.
        article: the number of its article.
        day: the article's date, as `date.toordinal` has it.
        language: ISO 639-1 code it was analysed in.
        content: how many of its words are not stop words.
        sentence_count: how many sentences it has.
        stems: codes of its words' stems in order, stop words included.
        lemmas: codes of its words in their dictionary form, as far as it is known.
        starts, ends: where each word stands in `text`.
        sentence: the sentence that each word stands in.
        grams: codes of the character grams of passage and title.
    """

    number: int
    article: int
    day: int
    language: str
    content: int
    sentence_count: int
    stems: Codes
    lemmas: Codes
    starts: Codes
    ends: Codes
    sentence: Places
    grams: Codes
    _shown: bytes = field(repr=False)

    def encode(self) -> bytes:
        """As a record."""
        language = self.language.encode()
        head = _HEAD.pack(
            self.article,
            self.day,
            self.content,
            self.sentence_count,
            len(self.stems),
            len(self.grams),
            len(language),
        )
        arrays = (self.stems, self.lemmas, self.starts, self.ends, self.grams, self.sentence)
        return b"".join([head, *(array.tobytes() for array in arrays), language, self._shown])

    @classmethod
    def decode(cls, number: int, record: bytes) -> Self:
        """What `encode` made."""
        article, day, content, sentence_count, words, grams, named = _HEAD.unpack_from(record)
        # One array of all codes, cut into pieces, takes less time than five of their own.
        codes = np.frombuffer(record, np.uint32, 4 * words + grams, _HEAD.size)
        at = _HEAD.size + codes.nbytes
        shown = at + 2 * words + named
        # A dataclass that is frozen sets its fields one by one, which takes longer than all else here.
        passage = cls.__new__(cls)
        passage.__dict__.update(
            number=number,
            article=article,
            day=day,
            language=record[shown - named : shown].decode(),
            content=content,
            sentence_count=sentence_count,
            stems=codes[:words],
            lemmas=codes[words : 2 * words],
            starts=codes[2 * words : 3 * words],
            ends=codes[3 * words : 4 * words],
            sentence=np.frombuffer(record, np.uint16, words, at),
            grams=codes[4 * words :],
            _shown=record[shown:],
        )
        return passage

    @cached_property
    def shown(self) -> Shown:
        """What is shown of it."""
        return Shown.decode(self._shown)

    @property
    def source(self) -> Source:
        """What is shown of the article."""
        return self.shown.source

    @property
    def start(self) -> int:
        """Where it begins in the article's text."""
        return self.shown.start

    @property
    def gap(self) -> str:
        """The white space before it that lies in no passage."""
        return self.shown.gap

    @property
    def text(self) -> str:
        """Exactly as the article has it."""
        return self.shown.text

    @property
    def sentences(self) -> tuple[Span, ...]:
        """Spans in `text`."""
        return self.shown.sentences

    @property
    def lengths(self) -> tuple[float, ...]:
        """Words in each sentence, see `count_words`."""
        return self.shown.lengths

    @property
    def resolved(self) -> tuple[Resolved, ...]:
        """Relative dates in `text`, and the days they mean."""
        return self.shown.resolved

    @cached_property
    def stem_set(self) -> frozenset[int]:
        """The codes of its stems, each once."""
        return frozenset(self.stems.tolist())

    @cached_property
    def signature(self) -> int:
        """As many bits as `SIGNATURE_BITS`, of which each stem sets one: unlike passages are told apart by it."""
        bits = np.zeros(SIGNATURE_BITS, np.bool_)
        bits[self.stems % SIGNATURE_BITS] = True
        return int.from_bytes(np.packbits(bits).tobytes(), "little")

    def lemmas_found(self, wanted: AbstractSet[int]) -> list[set[int]]:
        """Which of some codes of dictionary forms each sentence holds."""
        held: list[set[int]] = [set() for _ in range(self.sentence_count)]
        for at, lemma in enumerate(self.lemmas.tolist()):
            if lemma in wanted:
                held[self.sentence[at]].add(lemma)
        return held


class Origin(NamedTuple):
    """What an article's entries in the index were made from, beside its passages.

    Attributes:
        id: of the article.
        title: may be empty.
        day: its date as a proleptic ordinal.
        language: ISO 639-1 code it was analysed in.
    """

    id: str
    title: str
    day: int
    language: str

    def encode(self) -> bytes:
        """As a record has it."""
        return _as_json(self).encode()


class StoredArticle(NamedTuple):
    """What ranking needs of an article as a whole, title included.

    Attributes:
        first_passage, passages: the number of its first passage, and how many it has.
        length: how many of its words are not stop words.
        title: codes of the title's stems, without stop words.
        terms: codes of the stems it holds, without stop words, each once, ascending.
        counts: how often it holds each.
        told: `origin` as a record has it; it is seldom asked for.
    """

    first_passage: int
    passages: int
    length: int
    title: Codes
    terms: Codes
    counts: Codes
    told: bytes

    @property
    def origin(self) -> Origin:
        """The rest of it, for when it goes."""
        return Origin(*json.loads(self.told))

    def encode(self) -> bytes:
        """As a record."""
        head = _ARTICLE_HEAD.pack(
            self.first_passage, self.passages, self.length, len(self.title), len(self.terms)
        )
        return b"".join(
            [head, self.title.tobytes(), self.terms.tobytes(), self.counts.tobytes(), self.told]
        )

    @classmethod
    def decode(cls, record: bytes) -> "StoredArticle":
        """What `encode` made."""
        first_passage, passages, length, title, terms = _ARTICLE_HEAD.unpack_from(record)
        at = _ARTICLE_HEAD.size
        return cls(
            first_passage=first_passage,
            passages=passages,
            length=length,
            title=np.frombuffer(record, np.uint32, title, at),
            terms=np.frombuffer(record, np.uint32, terms, at + 4 * title),
            counts=np.frombuffer(record, np.uint32, terms, at + 4 * (title + terms)),
            told=record[at + 4 * (title + 2 * terms) :],
        )


def placed(record: bytes, first_passage: int) -> bytes:
    """The record of an article whose passages begin at a number that was not known when it was made."""
    return _FIRST_PASSAGE.pack(first_passage) + record[_FIRST_PASSAGE.size :]
