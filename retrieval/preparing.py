"""Turns articles into what records and index take in, in this process or, where there are many, on all cores."""

import gc
import os
import signal
import sys
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from multiprocessing import connection, get_context, parent_process
from types import ModuleType
from typing import NamedTuple

from retrieval.analysis import Numbered, analyse
from retrieval.contents import said
from retrieval.cores import cores
from retrieval.errors import IndexStorageError
from retrieval.index.documents import Texts
from retrieval.index.protocol import Counts
from retrieval.keys import text_hash
from retrieval.records import Block, block
from retrieval.spelling import counts_for

ALONE = 200
"""Articles that are analysed before others are called in: only then can be told how many there are."""

WORTH_IT = 1_000
"""Articles to come; for fewer, starting processes takes longer than they save: each is busy for half a second first."""

MOST_WORKERS = 3
"""Processes; with more, all would take more than a gigabyte: each has 140 MB that it shares with no other."""

BATCH_CHARACTERS = 200_000
"""Of text that are handed over at once, about a hundred articles."""

BATCH_ARTICLES = 500
"""At most so many at once, as some have no text to speak of."""

BATCHES_EACH = 2
"""Batches on their way for each worker: one that it analyses, and the next."""

COLLECT_AFTER = 20_000
"""New objects until Python looks for garbage among them; analysis leaves none."""

MOST_WORDS = 50_000
"""Words that are counted before they are told of, 8 MB or so: ten batches of news hold as many, or a hundred."""


class PreparedArticle(NamedTuple):
    """An article, analysed; its passages are in `Prepared`.

    Attributes:
        number: of the article.
        language: it was analysed in.
        record: of the article, but for the number of its first passage; see `store.placed`.
        texts: what the index is given of it and of its passages.
        identity, told: hashes of its id and of all that it says.
    """

    number: int
    language: str
    record: bytes
    texts: Texts
    identity: int
    told: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """Articles, analysed.

    Args:
        articles: in the order of the corpus.
        passages: the records of their passages.
        counts: how much they add to the archive.
        words: that spelling is repaired by, and how often they were found since words were told of last.
    """

    articles: tuple[PreparedArticle, ...]
    passages: Block
    counts: Counts
    words: Mapping[str, int]


class Preparer:
    """Analyses articles, and counts their words until there are many: most come again and again.

    Args:
        language: see `analyse`.
    """

    def __init__(self, language: str) -> None:
        self._language = language
        self._words: Counter[str] = Counter()

    def prepare(self, articles: Sequence[Numbered]) -> Prepared:
        """Analyse articles.

        Args:
            articles: with their numbers in the archive.
        """
        done: list[PreparedArticle] = []
        passages: list[bytes] = []
        counts = Counts()
        analysed = analyse(articles, self._language)
        for (number, article), found in zip(articles, analysed, strict=True):
            done.append(
                PreparedArticle(
                    number=number,
                    language=found.article.origin.language,
                    record=found.article.encode(),
                    texts=found.given.texts,
                    identity=text_hash(article.id),
                    told=said(article),
                )
            )
            passages.extend(passage.encode() for passage in found.passages)
            self._words.update(found.given.words)
            counts = counts.plus(found.given.counts)
        words = self._told() if len(self._words) > MOST_WORDS else {}
        return Prepared(tuple(done), block(passages), counts, words)

    def rest(self) -> Prepared:
        """No article, but the words that are not told of yet."""
        return Prepared((), block(()), Counts(), self._told())

    def _told(self) -> Mapping[str, int]:
        words, self._words = self._words, Counter()
        return {word: count for word, count in words.items() if counts_for(word)}


def prepared(
    articles: Iterator[Numbered], language: str, left: Callable[[], int]
) -> Iterator[Prepared]:
    """Analyse articles, some at a time; they come out in their order, and few are held.

    Args:
        articles: to be analysed.
        language: see `analyse`.
        left: tells about how many are still to come.

    Raises:
        IndexStorageError: a process that analyses was ended from outside.
    """
    preparer = Preparer(language)
    alone = 0
    for batch in _batches(islice(articles, ALONE)):
        yield preparer.prepare(batch)
        alone += len(batch)
    workers = min(cores(), MOST_WORKERS)
    if alone == ALONE and workers > 1 and left() >= WORTH_IT:
        yield from _on_all_cores(articles, language, workers)
    else:
        yield from map(preparer.prepare, _batches(articles))
    yield preparer.rest()


def _on_all_cores(articles: Iterable[Numbered], language: str, workers: int) -> Iterator[Prepared]:
    waiting: deque[Future[Prepared]] = deque()
    try:
        with ExitStack() as stack:
            # Pools of one process each, as each has to be asked for the rest of its words.
            pools = [stack.enter_context(_pool(language)) for _ in range(workers)]
            for pool, batch in zip(cycle(pools), _batches(articles), strict=False):
                waiting.append(_submitted(pool, _prepare, batch))
                if len(waiting) > BATCHES_EACH * workers:
                    yield waiting.popleft().result()
            waiting.extend(_submitted(pool, _rest) for pool in pools)
            while waiting:
                yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise IndexStorageError(
            "a process that analyses articles could not begin, or was ended from outside, perhaps for want of "
            "memory; nothing is lost: see that there is enough, and load the articles again"
        ) from error


def _batches(articles: Iterable[Numbered]) -> Iterator[list[Numbered]]:
    batch: list[Numbered] = []
    characters = 0
    for numbered in articles:
        batch.append(numbered)
        characters += len(numbered[1].text)
        if characters >= BATCH_CHARACTERS or len(batch) >= BATCH_ARTICLES:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


@contextmanager
def _pool(language: str) -> Iterator[ProcessPoolExecutor]:
    """A process that is begun afresh: one that is forked from a process with threads may hang."""
    pool = ProcessPoolExecutor(1, get_context("spawn"), initializer=_begin, initargs=(language,))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


_beginning = threading.Lock()
"""Held while this program is put aside."""


def _submitted(
    pool: ProcessPoolExecutor, task: Callable[..., Prepared], *arguments: object
) -> Future[Prepared]:
    """Have a process do a task; the first begins it.

    It begins without the program that this one runs, of which it needs nothing. It would run that anew up to `if
    __name__ == "__main__"`; a script without this line would load its articles there again, and both wait for ever.
    """
    with _beginning:
        program = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            return pool.submit(task, *arguments)
        finally:
            sys.modules["__main__"] = program


_here: Preparer
"""What analyses in this process, if it is one of a pool."""


def _begin(language: str) -> None:
    """Make this process one that analyses, and that ends with the one that began it, at no other word."""
    global _here  # noqa: PLW0603 - what a task of a pool finds again is global
    _here = Preparer(language)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(COLLECT_AFTER)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _prepare(batch: Sequence[Numbered]) -> Prepared:
    return _here.prepare(batch)


def _rest() -> Prepared:
    return _here.rest()


def _end_with_parent() -> None:
    """Executors tell their processes to end; one that is killed can't, and they would wait for ever."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
