"""Made-up news of any size, the same at every run: topics with names, places and words of their own, and dates.

An article has a head of its words, paragraphs and sentences; which words come how often follows Zipf's law, how many
different ones there are Heaps' law.
"""

import calendar
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.scale.words import (
    COMMON_WORDS,
    FIRST_NAMES,
    ORGANISATIONS,
    place,
    surname,
    vocabulary,
    vocabulary_size,
)

PASSAGES_PER_ARTICLE = 5.16
"""As `retrieval.passages` cuts these articles, on average."""

WORDS_PER_ARTICLE = 426

PARAGRAPHS = (3, 9)
SENTENCES = (2, 6)
SENTENCE_WORDS = (8, 30)
TITLE_WORDS = (2, 5)
"""From the first number on, up to the second and without it."""

TOPICAL = 0.25
"""Share of the words that are the topic's own."""

ARTICLES_PER_TOPIC = 60
TOPIC_WORDS = 150
PEOPLE, PLACES, BODIES = 12, 6, 4
"""Of a topic."""

CAST_PEOPLE, CAST_PLACES = 3, 2
"""Of one article."""

FIRST_DAY, LAST_DAY = date(2015, 1, 1), date(2024, 12, 31)

BLOCK = 64
"""Articles that are drawn at once."""

WEEKDAYS = tuple(calendar.day_name)
MONTHS = tuple(calendar.month_name)[1:]

SHAPES = (
    "{who} {one} {other} on {weekday}.",
    "{opened} {who} {other} in {where}.",
    "In {where}, {one} {other}.",
    "“{opened} {other},” said {who} on {weekday}.",
    "{opened} {number:,} {other}.",
    "{opened} {other} in {month} {year}.",
    "{opened}, {other}, according to the {body}.",
    "The {body} {one} {share} percent {other}, {who} said.",
    "{opened} {other}.",
)
"""Of sentences, each as likely as the others."""

LARGEST_NUMBER = 5_000

Ranks = NDArray[np.int64]

_COMMON = frozenset(COMMON_WORDS)


class Cast(NamedTuple):
    """Whom and what an article names: people, places, and one organisation."""

    people: Sequence[str]
    places: Sequence[str]
    body: str


@dataclass(frozen=True, slots=True)
class NewsArticle:
    """One article."""

    id: str
    title: str
    date: date
    text: str
    cast: Cast


@dataclass(frozen=True, slots=True)
class _Topic:
    words: Ranks
    people: tuple[str, ...]
    places: tuple[str, ...]
    bodies: tuple[str, ...]


class News:
    """A corpus that is made up as it is read.

    Args:
        passages: about how many the archive will cut it into.
        seed: another gives another corpus.
    """

    def __init__(self, passages: int, seed: int = 1) -> None:
        self.articles = max(1, round(passages / PASSAGES_PER_ARTICLE))
        self._seed = seed
        self._words = vocabulary(vocabulary_size(self.articles * WORDS_PER_ARTICLE))
        self._topics = max(4, self.articles // ARTICLES_PER_TOPIC)
        self._topic = lru_cache(maxsize=None)(self._make_topic)
        self._block = lru_cache(maxsize=4)(self._make_block)

    def article(self, number: int) -> NewsArticle:
        """One of them, counted from 0."""
        return self._block(number // BLOCK)[number % BLOCK]

    def __iter__(self) -> Iterator[NewsArticle]:
        """All of them, the oldest first."""
        for block in range(math.ceil(self.articles / BLOCK)):
            yield from self._make_block(block)

    def _make_block(self, block: int) -> Sequence[NewsArticle]:
        source = np.random.default_rng((self._seed, block))
        numbers = range(block * BLOCK, min(self.articles, (block + 1) * BLOCK))
        return [self._make(source, number) for number in numbers]

    def _make_topic(self, number: int) -> _Topic:
        source = np.random.default_rng((self._seed, number, 1))
        floor, size = len(COMMON_WORDS), len(self._words)
        ranks = floor * (size / floor) ** source.random(TOPIC_WORDS)
        towns = tuple(place(source) for _ in range(PLACES))
        first = source.integers(len(FIRST_NAMES), size=PEOPLE).tolist()
        kinds = source.integers(len(ORGANISATIONS), size=BODIES).tolist()
        return _Topic(
            words=ranks.astype(np.int64),
            people=tuple(f"{FIRST_NAMES[each]} {surname(source)}" for each in first),
            places=towns,
            bodies=tuple(f"{surname(source)} {ORGANISATIONS[each]}" for each in kinds),
        )

    def _make(self, source: np.random.Generator, number: int) -> NewsArticle:
        # Some topics are in the news often and others seldom, by Zipf's law again.
        topic = self._topic(int(self._topics ** source.random()) - 1)
        cast = Cast(
            _some(source, topic.people, CAST_PEOPLE),
            _some(source, topic.places, CAST_PLACES),
            *_some(source, topic.bodies, 1),
        )
        span = (LAST_DAY - FIRST_DAY).days
        day = FIRST_DAY + timedelta(days=number * span // self.articles)
        paragraphs = source.integers(*SENTENCES, size=int(source.integers(*PARAGRAPHS))).tolist()
        lengths = source.integers(*SENTENCE_WORDS, size=sum(paragraphs)).tolist()
        title_words = int(source.integers(*TITLE_WORDS))
        words = self._draw(source, topic, sum(lengths))
        draws = source.integers(1 << 20, size=len(lengths)).tolist()
        sentences = [
            _sentence(part, draw, day, cast)
            for part, draw in zip(_parts(words, lengths), draws, strict=True)
        ]
        text = "\n\n".join(map(" ".join, _parts(sentences, paragraphs)))
        rare = [word for word in dict.fromkeys(words) if word not in _COMMON]
        title = f"{cast.people[0].split()[1]} {' '.join(rare[:title_words])} in {cast.places[0]}"
        return NewsArticle(f"n{number}", title, day, text, cast)

    def _draw(self, source: np.random.Generator, topic: _Topic, count: int) -> list[str]:
        ranks = (len(self._words) ** source.random(count)).astype(np.int64) - 1
        own = source.random(count) < TOPICAL
        chosen = (len(topic.words) * source.random(count) ** 2).astype(np.int64)
        drawn: list[str] = self._words[np.where(own, topic.words[chosen], ranks)].tolist()
        return drawn


def _some(source: np.random.Generator, names: Sequence[str], count: int) -> Sequence[str]:
    return [names[each] for each in source.permutation(len(names))[:count].tolist()]


def _parts(whole: Sequence[str], sizes: Iterable[int]) -> Iterator[Sequence[str]]:
    """A list cut into stretches of these sizes."""
    at = 0
    for size in sizes:
        yield whole[at : at + size]
        at += size


def _sentence(words: Sequence[str], draw: int, day: date, cast: Cast) -> str:
    """Words as a sentence of one of several shapes; `draw` is a large random number that all choices come from."""
    draw, shape = divmod(draw, len(SHAPES))
    half = len(words) // 2
    one = " ".join(words[:half])
    return SHAPES[shape].format(
        one=one,
        opened=one[0].upper() + one[1:],
        other=" ".join(words[half:]),
        who=cast.people[draw % len(cast.people)],
        where=cast.places[draw % len(cast.places)],
        body=cast.body,
        weekday=WEEKDAYS[draw % len(WEEKDAYS)],
        month=MONTHS[draw % len(MONTHS)],
        year=day.year - draw % 5,
        number=draw % LARGEST_NUMBER,
        share=draw % 100,
    )
