"""Turns articles into what records and index take in, in this process or, where there are many, on all cores."""

import gc
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from multiprocessing import connection, get_context, parent_process

from retrieval.analysis import Numbered, analyse
from retrieval.contents import said
from retrieval.errors import IndexStorageError
from retrieval.index.documents import Texts
from retrieval.index.protocol import Counts
from retrieval.keys import text_hash
from retrieval.spelling import counts_for

ALONE = 200
"""Articles that are analysed before others are called in: only then can be told how many there are."""

WORTH_IT = 1_000
"""Articles to come; for fewer, starting processes takes longer than they save: each is busy for half a second first."""

MOST_WORKERS = 6
"""Processes; more would wait for the one that reads and writes. Each takes 100 to 150 MB."""

BATCH_CHARACTERS = 200_000
"""Of text that are handed over at once, about a hundred articles."""

BATCHES_EACH = 2
"""Batches on their way for each worker: one that it analyses, and the next."""

COLLECT_AFTER = 20_000
"""New objects until Python looks for garbage among them; analysis leaves none."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article, analysed.

    Args:
        number: of the article.
        language: it was analysed in.
        article: its record, but for the number of its first passage; see `store.placed`.
        passages: the records of its passages.
        texts: what the index is given of them.
        counts: how much they add to the archive.
        words: those of `Entries.words` that spelling is repaired by.
        identity, told: hashes of its id and of all that it says.
    """

    number: int
    language: str
    article: bytes
    passages: tuple[bytes, ...]
    texts: Texts
    counts: Counts
    words: tuple[str, ...]
    identity: int
    told: int


def prepare(articles: Sequence[Numbered], language: str) -> list[Prepared]:
    """Analyse articles.

    Args:
        articles: with their numbers in the archive.
        language: see `analyse`.
    """
    return [
        Prepared(
            number=number,
            language=found.article.origin.language,
            article=found.article.encode(),
            passages=tuple(passage.encode() for passage in found.passages),
            texts=found.given.texts,
            counts=found.given.counts,
            words=tuple(filter(counts_for, found.given.words)),
            identity=text_hash(article.id),
            told=said(article),
        )
        for (number, article), found in zip(articles, analyse(articles, language), strict=True)
    ]


def prepared(
    articles: Iterator[Numbered], language: str, left: Callable[[], int]
) -> Iterator[Prepared]:
    """Analyse articles; they come out in their order, and few are held at a time.

    Args:
        articles: to be analysed.
        language: see `analyse`.
        left: tells about how many are still to come.

    Raises:
        IndexStorageError: a process that analyses was ended from outside.
    """
    alone = 0
    for batch in _batches(islice(articles, ALONE)):
        yield from prepare(batch, language)
        alone += len(batch)
    workers = min(_cores(), MOST_WORKERS)
    if alone == ALONE and workers > 1 and left() >= WORTH_IT:
        yield from _on_all_cores(articles, language, workers)
    else:
        for batch in _batches(articles):
            yield from prepare(batch, language)


def _on_all_cores(articles: Iterable[Numbered], language: str, workers: int) -> Iterator[Prepared]:
    waiting: deque[Future[list[Prepared]]] = deque()
    try:
        with _pool(workers) as pool:
            for batch in _batches(articles):
                waiting.append(pool.submit(prepare, batch, language))
                if len(waiting) > BATCHES_EACH * workers:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
    except BrokenProcessPool as error:
        raise IndexStorageError(
            "a process that analyses articles was ended from outside, perhaps for want of memory; "
            "nothing is lost: make room, and load the articles again"
        ) from error


def _batches(articles: Iterable[Numbered]) -> Iterator[list[Numbered]]:
    batch: list[Numbered] = []
    characters = 0
    for numbered in articles:
        batch.append(numbered)
        characters += len(numbered[1].text)
        if characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


@contextmanager
def _pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that are begun afresh: one that is forked from a process with threads may hang."""
    pool = ProcessPoolExecutor(workers, get_context("spawn"), initializer=_begin)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _begin() -> None:
    """Make this process one that ends with the one that began it, and at no other word."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(COLLECT_AFTER)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Executors tell their processes to end; one that is killed can't, and they would wait for ever."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _cores() -> int:
    """How many cores this process may use; not every system tells."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
