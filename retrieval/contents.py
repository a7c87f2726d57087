"""Remembers which articles an archive holds and what they said, so that two archives can be compared."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from retrieval.errors import CorpusError, IndexStorageError
from retrieval.types import Article

FILE = "contents.npy"

HASH_BYTES = 8
"""64 bits: among ten million articles a change goes unnoticed once in two million million."""

Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Changes:
    """How many articles came, said something else, and went, from one archive to the next."""

    added: int
    changed: int
    removed: int

    def __bool__(self) -> bool:
        """Whether anything did."""
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True)
class Contents:
    """The articles of an archive.

    Args:
        ids: a hash of each article's id, ascending.
        texts: a hash of all that each article says, in the same order.
    """

    ids: Hashes
    texts: Hashes

    @classmethod
    def of(cls, articles: Iterable[Article]) -> Self:
        """The contents of a corpus."""
        rows = np.array(
            [(_hash(article.id), _hash(_said(article))) for article in articles], np.uint64
        ).reshape(-1, 2)
        rows = rows[np.argsort(rows[:, 0], kind="stable")]
        return cls(rows[:, 0].copy(), rows[:, 1].copy())

    @classmethod
    def open(cls, folder: Path) -> Self:
        """What `save` wrote.

        Raises:
            IndexStorageError: it is missing or damaged.
        """
        file = folder / FILE
        try:
            ids, texts = np.load(file, allow_pickle=False)
        except (OSError, ValueError) as error:
            raise IndexStorageError(f"{file} can't be read: {error}") from error
        return cls(ids, texts)

    def save(self, folder: Path) -> None:
        """Write it into a folder."""
        np.save(folder / FILE, np.stack([self.ids, self.texts]), allow_pickle=False)

    def since(self, earlier: "Contents") -> Changes:
        """What has changed since an earlier archive."""
        _, now, then = np.intersect1d(self.ids, earlier.ids, return_indices=True)
        return Changes(
            added=len(self.ids) - len(now),
            changed=int(np.count_nonzero(self.texts[now] != earlier.texts[then])),
            removed=len(earlier.ids) - len(then),
        )

    def check_loss(self, earlier: "Contents", most_lost: float) -> None:
        """Refuse to lose most articles of an earlier archive at once: the folder may be the wrong one, or half full.

        Args:
            earlier: what is there now.
            most_lost: the share of its articles that may go, 0 to 1.

        Raises:
            CorpusError: more would.
        """
        removed = self.since(earlier).removed
        if removed > most_lost * len(earlier.ids):
            raise CorpusError(
                f"{removed:,} of {len(earlier.ids):,} articles would disappear; the folder of articles may be "
                "incomplete. If that is meant, force the reload"
            )


def _said(article: Article) -> str:
    return "\0".join(
        (
            article.title,
            article.date.isoformat(),
            article.url or "",
            article.language or "",
            article.text,
        )
    )


def _hash(text: str) -> int:
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=HASH_BYTES)
    return int.from_bytes(digest.digest(), "little")
