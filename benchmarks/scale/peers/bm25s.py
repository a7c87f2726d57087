"""bm25s by numba where that is, in Lucene's variant of BM25; its index is mapped from the disk."""

from array import array
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import bm25s
import numpy as np

from benchmarks.scale.peers.asking import TOP, Search, passages_of

BACKEND = "numba" if find_spec("numba") else "numpy"


def version() -> str:
    """Of the library, and what it computes by."""
    return f"{bm25s.__version__} ({BACKEND})"


def build(passages: Path, folder: Path) -> None:
    """Index passages whose terms are given as numbers, which takes the least memory."""
    known: dict[str, int] = {}
    rows = [
        array("I", (known.setdefault(term, len(known)) for term in terms))
        for terms in passages_of(passages)
    ]
    index = bm25s.BM25(method="lucene", k1=1.2, b=0.75, backend=BACKEND)
    index.index((rows, known), show_progress=False)
    index.save(str(folder))


def opened(folder: Path) -> Search:
    """What was built."""
    index = bm25s.BM25.load(str(folder), mmap=True)

    def search(terms: Sequence[str]) -> list[int]:
        found, _ = index.retrieve([list(terms)], k=TOP, show_progress=False)
        return list(map(int, np.asarray(found)[0]))

    return search
