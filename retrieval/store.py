"""What ranking and quoting need of passages and articles, as records that one read brings back."""

import json
import struct
import zlib
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.types import Resolved, Source, Span

Codes = NDArray[np.uint32]
Places = NDArray[np.uint16]

CODES_KEPT = 65_536
"""Codes that are remembered; looking one up costs a quarter of computing it."""

SIGNATURE_BITS = 1_024
"""Ten times as many as a passage has different words, so that few share a bit."""

_HEAD = struct.Struct("<III")
_ARTICLE_HEAD = struct.Struct("<QIIII")


@lru_cache(CODES_KEPT)
def code(term: str) -> int:
    """A term as 32 bits that stay the same from run to run; two terms in four thousand million share one."""
    return zlib.crc32(term.encode("utf-8", "surrogatepass"))


def codes(terms: Sequence[str]) -> Codes:
    """Terms as an array of codes."""
    return np.fromiter(map(code, terms), np.uint32, len(terms))


@dataclass(frozen=True)
class StoredPassage:
    """A stretch of whole sentences, ready to be ranked and quoted.

    Args:
        number: its place in the archive, from 0.
        article: the number of its article.
        source: what is shown of the article.
        language: ISO 639-1 code it was analysed in.
        start: where it begins in the article's text.
        gap: the white space before it that lies in no passage.
        text: exactly as the article has it.
        sentences: spans in `text`.
        lengths: words in each sentence, see `count_words`.
        resolved: relative dates in `text`, and the days they mean.
        content: how many of its words are not stop words.
        stems: codes of its words' stems in order, stop words included.
        lemmas: codes of its words in their dictionary form, as far as it is known.
        starts, ends: where each word stands in `text`.
        sentence: the sentence that each word stands in.
        grams: codes of the character grams of passage and title.
    """

    number: int
    article: int
    source: Source
    language: str
    start: int
    gap: str
    text: str
    sentences: tuple[Span, ...]
    lengths: tuple[float, ...]
    resolved: tuple[Resolved, ...]
    content: int
    stems: Codes
    lemmas: Codes
    starts: Codes
    ends: Codes
    sentence: Places
    grams: Codes

    def encode(self) -> bytes:
        """As a record."""
        source = self.source
        fields = [
            self.article,
            (source.id, source.heading, source.date.toordinal(), source.url),
            self.language,
            self.start,
            self.gap,
            self.text,
            [position for span in self.sentences for position in (span.start, span.end)],
            [
                (found.start, found.end, found.first.toordinal(), found.last.toordinal())
                for found in self.resolved
            ],
            self.content,
            self.lengths,
        ]
        head = json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()
        return b"".join(
            [
                _HEAD.pack(len(head), len(self.stems), len(self.grams)),
                head,
                self.stems.tobytes(),
                self.lemmas.tobytes(),
                self.starts.tobytes(),
                self.ends.tobytes(),
                self.grams.tobytes(),
                self.sentence.tobytes(),
            ]
        )

    @classmethod
    def decode(cls, number: int, record: bytes) -> "StoredPassage":
        """What `encode` made."""
        size, words, grams = _HEAD.unpack_from(record)
        at = _HEAD.size + size
        fields = json.loads(record[_HEAD.size : at])
        article, source, language, start, gap, text, bounds, resolved, content, lengths = fields
        identity, heading, day, url = source
        return cls(
            number=number,
            article=article,
            source=Source(identity, heading, date.fromordinal(day), url),
            language=language,
            start=start,
            gap=gap,
            text=text,
            sentences=tuple(map(Span, bounds[::2], bounds[1::2])),
            resolved=tuple(
                Resolved(begin, end, date.fromordinal(first), date.fromordinal(last))
                for begin, end, first, last in resolved
            ),
            content=content,
            lengths=tuple(lengths),
            stems=np.frombuffer(record, np.uint32, words, at),
            lemmas=np.frombuffer(record, np.uint32, words, at + 4 * words),
            starts=np.frombuffer(record, np.uint32, words, at + 8 * words),
            ends=np.frombuffer(record, np.uint32, words, at + 12 * words),
            grams=np.frombuffer(record, np.uint32, grams, at + 16 * words),
            sentence=np.frombuffer(record, np.uint16, words, at + 16 * words + 4 * grams),
        )

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
        held: list[set[int]] = [set() for _ in self.sentences]
        for at, lemma in enumerate(self.lemmas.tolist()):
            if lemma in wanted:
                held[self.sentence[at]].add(lemma)
        return held

    @cached_property
    def sentence_lengths(self) -> NDArray[np.intp]:
        """Words in each sentence."""
        return np.bincount(self.sentence, minlength=len(self.sentences))


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
        return json.dumps(self, ensure_ascii=False, separators=(",", ":")).encode()


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """What ranking needs of an article as a whole, title included.

    Args:
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

    def tally(self, wanted: Codes) -> dict[int, int]:
        """How often the article holds each of some terms; those that it doesn't hold are left out."""
        terms, counts = self.terms, self.counts
        last = len(terms) - 1
        if last < 0:
            return {}
        places = np.minimum(terms.searchsorted(wanted), last)
        found = terms[places] == wanted
        if not found.any():
            return {}
        return dict(zip(wanted[found].tolist(), counts[places[found]].tolist(), strict=True))
