"""What an index finds depends on the articles it holds: not on what it held before, nor on when each was added."""

import random
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

import numpy as np
import pytest

from retrieval.analysis import Entries
from retrieval.index import finding
from retrieval.index.dead import Dead, Undertaker
from retrieval.index.protocol import CandidateQuery, Counts, Field, IndexedArticle, IndexedPassage
from retrieval.index.tantivy import Standing, TantivyIndex

WORDS = [f"w{number}" for number in range(12)]
PEOPLE = ['"o\u2019brien"', "a\\b", "e\u0301", "z\u200bz"]
"""Words that have to be told in escapes."""


def written(number: int, source: random.Random, longest: int) -> Entries:
    """An article of one passage, of words that many others hold too."""
    words = source.choices(WORDS, range(len(WORDS), 0, -1), k=source.randint(1, longest))
    words += source.sample(PEOPLE, source.randint(0, 2))
    title = source.choices(WORDS, k=source.randint(0, 2))
    grams = [word[:2] for word in words]
    day = 737_000 + source.randint(0, 3)
    return Entries(
        IndexedArticle(number, f"a{number}", day, words + title, title),
        (IndexedPassage(number, words + 2 * title, grams),),
        (),
    )


def holding(
    entries: Sequence[Entries], gone: Iterable[Entries], rounds: int, folder: Path | None
) -> TantivyIndex:
    """An index of some articles, added in their order in so many rounds, and of others that were removed again."""
    index = TantivyIndex(folder)
    undertaker = Undertaker(Dead())
    former = list(gone)
    for part in range(rounds):
        for each in former[part::rounds]:
            index.add(each.article, each.passages)
        for each in entries[part::rounds]:
            index.add(each.article, each.passages)
        index.commit()
    for each in former:
        index.remove(each.article.number)
        undertaker.bury(each)
    if former:
        index.commit()

    def of(articles: AbstractSet[int], passages: AbstractSet[int]) -> list[Entries]:
        return [each for each in former if each.article.number in articles | passages]

    counts = Counts()
    for each in entries:
        counts = counts.plus(Counts.of(each.article, each.passages))
    places = np.arange(5_000, dtype=np.uint32)
    index.balance(counts)
    dead = undertaker.forget_merged(index.counts_on, of)
    index.standing = Standing(counts, places, dead)
    assert index.documents == 2 * len(entries)
    return index


@pytest.mark.parametrize("seed", range(4))
def test_two_indexes_of_the_same_articles_find_the_same(tmp_path: Path, seed: int) -> None:
    source = random.Random(seed)
    entries = [written(number, source, longest=8) for number in range(300)]
    gone = [written(number, source, longest=60) for number in range(300, 420)]
    fresh = holding(entries, (), 1, None)
    shuffled = list(entries)
    source.shuffle(shuffled)
    others = [holding(shuffled, gone, 1, None), holding(shuffled, gone, 4, tmp_path)]
    assert others[0].standing.dead, "a test of removed articles that still count"
    for _ in range(25):
        terms = {
            word: source.choice((1.0, 0.7))
            for word in source.sample(WORDS + PEOPLE, source.randint(1, 5))
        }
        grams = {word[:2]: 0.3 for word in terms} if source.random() < 0.5 else {}
        query = CandidateQuery(
            terms={Field.WORDS: terms, Field.GRAMS: grams},
            article_terms={Field.ARTICLE: terms, Field.TITLE: terms},
            excluded=source.sample(WORDS, source.choice((0, 0, 1))),
            first_day=source.choice((None, 737_002)),
        )
        for limit in (5, 20, 40):
            expected = fresh.candidates(query, limit)
            for other in others:
                assert other.candidates(query, limit) == expected
        newest = fresh.newest(query, 10, 5)
        assert [other.newest(query, 10, 5) for other in others] == [newest, newest]
    for field in Field:
        statistics = fresh.statistics(field)
        for other in others:
            ours = other.statistics(field)
            assert ours.average_length == statistics.average_length
            for word in (*WORDS, *PEOPLE, *(word[:2] for word in WORDS)):
                assert ours.document_frequency(word) == statistics.document_frequency(word)


def test_where_too_many_passages_match_alike_the_same_ones_are_looked_at(tmp_path: Path) -> None:
    source = random.Random(9)
    entries = [written(number, source, longest=3) for number in range(4_000)]
    gone = [written(number, source, longest=30) for number in range(4_000, 4_300)]
    shuffled = list(entries)
    source.shuffle(shuffled)
    indexes = [holding(entries, (), 1, None), holding(shuffled, gone, 3, tmp_path)]
    query = CandidateQuery(terms={Field.WORDS: dict.fromkeys(WORDS, 1.0)}, article_terms={})
    fresh, other = (index.candidates(query, 40) for index in indexes)
    assert fresh.total > 3_000
    # Nothing that scores above 0 is ruled out.
    looked_at = {*fresh.numbers, *fresh.reaching(0.0)}
    assert looked_at == {*other.numbers, *other.reaching(0.0)}
    assert finding.FURTHEST <= len(looked_at) < fresh.total
