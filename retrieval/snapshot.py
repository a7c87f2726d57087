"""What an archive stands on: an index, the records of passages and articles, and what is known of them together."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Self

import numpy as np

from retrieval.catalogue import NOWHERE
from retrieval.contents import Contents
from retrieval.index.damage import ReadingFiles, damaged
from retrieval.index.dead import Dead
from retrieval.index.finding import Places
from retrieval.index.protocol import Counts
from retrieval.index.tantivy import Standing, TantivyIndex
from retrieval.records import Records
from retrieval.settings import StrictModel
from retrieval.spelling import Vocabulary
from retrieval.types import Note, Refusal

PASSAGES = "passages"
ARTICLES = "articles"

_MANIFEST = "manifest.json"
_PLACES = "places.npy"


class Manifest(StrictModel):
    """What an archive holds, kept beside its index.

    Args:
        base: tells how it was read and analysed.
        fingerprint: tells that, and what the files looked like.
        generation: tells what the articles say.
        first, last: the oldest and the newest day.
        languages: the commonest first.
        refusals: what could not be used.
        notes: what is worth knowing about what was used.
        counts: how much there is.
        given: how many numbers passages and articles have been given; those of removed ones are not given again.
        newest: the first passages of the newest articles, newest first.
    """

    base: str
    fingerprint: str
    generation: str
    first: date
    last: date
    languages: tuple[str, ...]
    refusals: tuple[Refusal, ...]
    notes: tuple[Note, ...]
    counts: Counts
    given: tuple[int, int]
    newest: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An index, the records of its passages and articles, and what they were made of.

    Numbers of passages and articles are never given twice, so those of what was removed are left out. The passages of
    an article follow each other.
    """

    manifest: Manifest
    index: TantivyIndex
    passages: Records
    articles: Records
    vocabulary: Vocabulary
    contents: Contents

    @property
    def places(self) -> Places:
        """By an article's number, how many come before it in the corpus; `NOWHERE` where there is none."""
        return self.index.standing.places

    def check_held(self, article: int) -> None:
        """Make sure that an article was not removed: tantivy's own list of what was is a file that may be damaged.

        Raises:
            IndexDamageError: it was.
        """
        places = self.places
        if article >= len(places) or places[article] == NOWHERE:
            raise damaged(f"article {article}", "was removed, and is found all the same")

    @property
    def dead(self) -> Dead:
        """What tantivy counts though it was removed."""
        return self.index.standing.dead

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open what `save` completed.

        Raises:
            IndexDamageError: it is missing or damaged.
        """
        with ReadingFiles(folder):
            text = (folder / _MANIFEST).read_text(encoding="utf-8")
            manifest = Manifest.model_validate_json(text, strict=False)
            places = np.load(folder / _PLACES, allow_pickle=False)
        index = TantivyIndex(folder)
        index.standing = Standing(manifest.counts, places, Dead.open(folder))
        contents = Contents.open(folder)
        passages, articles = Records.open(folder, PASSAGES), Records.open(folder, ARTICLES)
        counts = manifest.counts
        held = (index.documents, len(contents.ids), (len(passages), len(articles)))
        if held != (counts.passages + counts.articles, counts.articles, manifest.given):
            raise damaged(folder, "holds other articles than it should")
        return cls(manifest, index, passages, articles, Vocabulary.open(folder), contents)

    def save(self, folder: Path) -> None:
        """Write what is not in the folder already; the manifest comes last."""
        self.contents.save(folder)
        self.dead.save(folder)
        np.save(folder / _PLACES, self.places, allow_pickle=False)
        text = self.manifest.model_dump_json()
        (folder / _MANIFEST).write_text(text, encoding="utf-8")
