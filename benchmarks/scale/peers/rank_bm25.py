"""rank-bm25 as it comes. It keeps nothing on disk: opening it is building it."""

from collections.abc import Sequence
from importlib.metadata import version as version_of
from pathlib import Path

from rank_bm25 import BM25Okapi

from benchmarks.scale.peers.asking import TOP, Search, passages_of

_WHERE = "where"
"""Names the file of passages."""


def version() -> str:
    """Of the library."""
    return version_of("rank-bm25")


def build(passages: Path, folder: Path) -> None:
    """Build it, and note where the passages are, to build it again."""
    folder.mkdir()
    (folder / _WHERE).write_text(str(passages.resolve()), encoding="utf-8")
    opened(folder)


def opened(folder: Path) -> Search:
    """Built anew."""
    passages = Path((folder / _WHERE).read_text(encoding="utf-8"))
    bm25: BM25Okapi[str, list[str]] = BM25Okapi(list(passages_of(passages)))
    numbers = range(bm25.corpus_size)

    def search(terms: Sequence[str]) -> list[int]:
        return bm25.get_top_n(terms, numbers, TOP)

    return search
