"""Keeps count of removed documents that tantivy counts on until it merges the segment that they lie in.

A removed document still counts as long as the dictionary of its segment holds the term that it alone has; so that can
be asked, and what is still counted is subtracted.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from retrieval.analysis import Entries
from retrieval.index.damage import ReadingFiles
from retrieval.index.documents import PART, WHOLE, own, shorten
from retrieval.index.protocol import Field
from retrieval.keys import text_hash

FILE = "dead.npz"

Numbers = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Frequencies:
    """In how many dead documents each term of a field stands.

    Args:
        terms: hashes of the terms, ascending.
        counts: in how many.
    """

    terms: Numbers
    counts: Numbers

    def __getitem__(self, term: str) -> int:
        """In how many a term stands."""
        if not len(self.terms):
            return 0
        wanted = text_hash(term)
        place = int(np.searchsorted(self.terms, np.uint64(wanted)))
        if place == len(self.terms) or int(self.terms[place]) != wanted:
            return 0
        return int(self.counts[place])


NONE = Frequencies(np.zeros(0, np.uint64), np.zeros(0, np.uint64))


@dataclass(frozen=True, slots=True)
class Dead:
    """What is dead and still counted.

    Args:
        frequencies: by field.
        articles, passages: numbers of the documents; an article and its passages may go apart.
    """

    frequencies: Mapping[Field, Frequencies] = field(default_factory=dict)
    articles: frozenset[int] = frozenset()
    passages: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.articles or self.passages)

    def frequency(self, of: Field, term: str) -> int:
        """In how many dead documents a term, as tantivy has it, stands."""
        return self.frequencies.get(of, NONE)[term]

    def save(self, folder: Path) -> None:
        """Write it into a folder."""
        found = [self.frequencies.get(of, NONE) for of in Field]
        np.savez(
            folder / FILE,
            articles=np.array(sorted(self.articles), np.uint64),
            passages=np.array(sorted(self.passages), np.uint64),
            ends=np.cumsum([len(each.terms) for each in found]),
            terms=np.concatenate([each.terms for each in found]),
            counts=np.concatenate([each.counts for each in found]),
        )

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Read what `save` wrote.

        Raises:
            IndexDamageError: it is missing or damaged.
        """
        place = folder / FILE
        # Opened here: numpy leaves a damaged file open.
        with (
            ReadingFiles(place),
            place.open("rb") as file,
            np.load(file, allow_pickle=False) as arrays,
        ):
            articles = frozenset(arrays["articles"].tolist())
            passages = frozenset(arrays["passages"].tolist())
            starts = arrays["ends"][:-1]
            terms, counts = (np.split(arrays[name], starts) for name in ("terms", "counts"))
            frequencies = dict(zip(Field, map(Frequencies, terms, counts), strict=True))
        return cls(frequencies, articles, passages)


class Undertaker:
    """Brings what is dead up to date, after articles were removed and segments merged.

    Args:
        before: what was dead before.
    """

    def __init__(self, before: Dead) -> None:
        self._articles, self._passages = set(before.articles), set(before.passages)
        self._terms: dict[Field, Counter[int]] = {
            of: Counter(
                dict(zip(found.terms.tolist(), found.counts.tolist(), strict=True))
                if (found := before.frequencies.get(of))
                else {}
            )
            for of in Field
        }

    @property
    def documents(self) -> int:
        """How many are dead."""
        return len(self._articles) + len(self._passages)

    def bury(self, entries: Entries) -> None:
        """Take in an article that was removed."""
        self._articles.add(entries.article.number)
        self._passages.update(passage.number for passage in entries.passages)
        for of, terms in _documents(entries, self._articles, self._passages):
            self._count(of, terms, 1)

    def forget_merged(
        self,
        counted: Callable[[str], bool],
        entries_of: Callable[[AbstractSet[int], AbstractSet[int]], Iterable[Entries]],
    ) -> Dead:
        """Leave out what is no longer counted.

        Args:
            counted: whether a document still is, by the term that it alone has.
            entries_of: the entries of articles, named by their own numbers or by those of their passages.

        Returns:
            What is left.
        """
        articles = {each for each in self._articles if not counted(own(WHOLE, each))}
        passages = {each for each in self._passages if not counted(own(PART, each))}
        for entries in entries_of(articles, passages):
            for of, terms in _documents(entries, articles, passages):
                self._count(of, terms, -1)
        self._articles -= articles
        self._passages -= passages
        return Dead(
            {of: _sorted(counter) for of, counter in self._terms.items()},
            frozenset(self._articles),
            frozenset(self._passages),
        )

    def _count(self, of: Field, terms: Sequence[str], sign: int) -> None:
        counter = self._terms[of]
        for term in set(map(shorten, terms)):
            counter[text_hash(term)] += sign


def _documents(
    entries: Entries, articles: AbstractSet[int], passages: AbstractSet[int]
) -> Iterator[tuple[Field, Sequence[str]]]:
    """The fields of those documents of an article that are among some."""
    if entries.article.number in articles:
        yield Field.ARTICLE, entries.article.words
        yield Field.TITLE, entries.article.title
    for passage in entries.passages:
        if passage.number in passages:
            yield Field.WORDS, passage.words
            yield Field.GRAMS, passage.grams


def _sorted(counter: Counter[int]) -> Frequencies:
    kept = {term: count for term, count in counter.items() if count}
    terms = np.fromiter(kept, np.uint64, len(kept))
    order = np.argsort(terms)
    return Frequencies(terms[order], np.fromiter(kept.values(), np.uint64, len(kept))[order])
