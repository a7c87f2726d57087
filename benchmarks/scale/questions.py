"""Questions about made-up news, each about one article: who, when, where, how many, what, why."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.scale.news import News, NewsArticle
from benchmarks.scale.words import COMMON_WORDS

WORDS = (2, 3, 4)
"""How many words of a sentence a question holds, besides a name of its paragraph."""

COMMON_AT_MOST = 1
"""How many of them are among the commonest of the language."""

SHORTEST = 4
"""Letters of a common word in a question, as shorter ones count for nothing."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and what it was made of.

    Args:
        text: as it is asked.
        article: the id of the article that it is about.
        words: those of one paragraph of it that the question holds.
    """

    text: str
    article: str
    words: tuple[str, ...]


_COMMON = frozenset(COMMON_WORDS)
_SENTENCE_END = re.compile(r"(?<=[.”]) (?=[A-Z“])")
_WORD = re.compile(r"(?<![\w“])[a-z]+(?!\w)")


def questions(news: News, count: int, seed: int = 1) -> Iterator[Question]:
    """About articles drawn at random, as many as are wanted.

    Args:
        news: the corpus.
        count: how many.
        seed: another gives other questions.
    """
    source = random.Random(seed)  # noqa: S311 - a draw, not a secret
    while count:
        article = news.article(source.randrange(news.articles))
        paragraph = source.choice(article.text.split("\n\n"))
        drawn = _drawn(source, source.choice(_SENTENCE_END.split(paragraph)))
        if drawn:
            yield _asked(source, article, paragraph, drawn)
            count -= 1


def _drawn(source: random.Random, sentence: str) -> Sequence[str]:
    """Words of a sentence, in its order: rarer ones, and perhaps a common one."""
    words = list(dict.fromkeys(_WORD.findall(sentence)))
    rare = [word for word in words if word not in _COMMON]
    common = [word for word in words if word in _COMMON and len(word) >= SHORTEST]
    wanted = source.choice(WORDS)
    chosen = source.sample(common, min(len(common), source.randint(0, COMMON_AT_MOST)))
    if len(rare) < wanted - len(chosen):
        return []
    chosen += source.sample(rare, wanted - len(chosen))
    return sorted(chosen, key=words.index)


def _asked(
    source: random.Random, article: NewsArticle, paragraph: str, drawn: Sequence[str]
) -> Question:
    """Put as a question of a kind that the paragraph can answer."""
    person = next((name for name in article.cast.people if name in paragraph), None)
    place = next((name for name in article.cast.places if name in paragraph), None)
    first, rest = drawn[0], " ".join(drawn[1:])
    shapes = [(f"What was {first} about {rest}?", ""), (f"Why was the {first} {rest}?", "")]
    if person:
        shapes += [
            (f"When did {person} {first} {rest}?", person),
            (f"Where was {person} with {first} and {rest}?", person),
        ]
    if place:
        shapes += [(f"Who was {first} with {rest} in {place}?", place)]
    if any(letter.isdigit() for letter in paragraph):
        shapes += [(f"How many {first} had {rest}?", "")]
    text, name = source.choice(shapes)
    return Question(text, article.id, (*drawn, *name.split()))
