"""Remembers which articles an archive holds and what they said, so that two archives can be compared."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from retrieval.errors import CorpusError
from retrieval.index.damage import ReadingFiles
from retrieval.keys import text_hash
from retrieval.types import Article

FILE = "contents.npy"

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
    def empty(cls) -> Self:
        """Of no article."""
        return cls(np.zeros(0, np.uint64), np.zeros(0, np.uint64))

    def changed(self, gone: Sequence[int], come: Sequence[int], told: Sequence[int]) -> Self:
        """The contents after some articles went and others came.

        Args:
            gone: hashes of the ids of those that went.
            come: hashes of the ids of those that came.
            told: `said` of each of those.
        """
        left = ~np.isin(self.ids, np.array(gone, np.uint64))
        ids = np.concatenate([self.ids[left], np.array(come, np.uint64)])
        texts = np.concatenate([self.texts[left], np.array(told, np.uint64)])
        order = np.argsort(ids, kind="stable")
        return type(self)(ids[order], texts[order])

    def digest(self, base: str) -> str:
        """Tells it from other contents, and from the same on another base, in hexadecimal digits."""
        digest = sha256(base.encode())
        digest.update(self.ids.tobytes())
        digest.update(self.texts.tobytes())
        return digest.hexdigest()

    @classmethod
    def open(cls, folder: Path) -> Self:
        """What `save` wrote.

        Raises:
            IndexDamageError: it is missing or damaged.
        """
        file = folder / FILE
        with ReadingFiles(file):
            ids, texts = np.load(file, allow_pickle=False)
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


def said(article: Article) -> int:
    """A hash of all that an article says, but for its id."""
    return text_hash(
        "\0".join(
            (
                article.title,
                article.date.isoformat(),
                article.url or "",
                article.language or "",
                article.text,
            )
        )
    )
