"""Repairs words of a question that no article holds: the nearest word of the archive's vocabulary.

Two words one edit apart share a form with at most one letter deleted from each; the forms of all words are
kept as sorted hashes. Source: W. Garbe's symmetric delete algorithm, with distances checked by rapidfuzz.
"""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from retrieval.index.damage import ReadingFiles, damaged
from retrieval.records import Records, RecordWriter
from retrieval.store import code
from retrieval.text.words import is_ideograph

SHORTEST = 5
"""Letters; shorter unknown words are left alone, as most are names."""

TWO_EDITS = 9
"""Letters; from here on two edits are tried where one finds nothing."""

WORDS_KEPT = 65_536
"""Words that are remembered with whether they count; looking one up costs a tenth of finding out."""

WORDS = "vocabulary"
"""What the records of words are called."""

_ARRAYS = "vocabulary.npz"


Forms = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of an archive as they are written, in one case.

    Args:
        words: by number.
        counts: how often each stands in the archive; 0 for one that has gone.
        forms: hashes of each word and of it with one letter deleted, ascending.
        owners: the word that each form belongs to.
    """

    words: Records
    counts: Forms
    forms: Forms
    owners: Forms

    @classmethod
    def empty(cls) -> Self:
        """Without a word."""
        nothing = np.zeros(0, np.uint32)
        return cls(Records(), nothing, nothing, nothing)

    def changed(self, changes: Iterable[tuple[str, int]], folder: Path | None) -> "Vocabulary":
        """Count words in and out.

        Args:
            changes: each word once, and how many times more than before it stands in the archive, below 0 for less.
            folder: where the words lie, and new ones are written to with all the rest; None keeps them in memory.
        """
        counts = self.counts.astype(np.int64)
        forms, owners, added = array("I"), array("I"), array("q")
        with RecordWriter(folder, WORDS, len(self.words)) as writer:
            for word, change in changes:
                if not counts_for(word):
                    continue
                known = self._number(word)
                if known is not None:
                    counts[known] += change
                    continue
                hashes = {code(form) for form in _deletions(word)}
                forms.extend(hashes)
                owners.extend(repeat(writer.next, len(hashes)))
                added.append(change)
                writer.append(word.encode("utf-8", "surrogatepass"))
            words = self.words.plus(writer.close())
        all_forms = np.concatenate([self.forms, np.array(forms, np.uint32)])
        order = np.argsort(all_forms, kind="stable")
        changed = Vocabulary(
            words,
            np.concatenate([counts, np.array(added, np.int64)]).astype(np.uint32),
            all_forms[order],
            np.concatenate([self.owners, np.array(owners, np.uint32)])[order],
        )
        if folder is not None:
            np.savez(
                folder / _ARRAYS,
                counts=changed.counts,
                forms=changed.forms,
                owners=changed.owners,
            )
        return changed

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Read what `changed` wrote.

        Raises:
            IndexDamageError: it is missing or damaged.
        """
        place = folder / _ARRAYS
        # Opened here: numpy leaves a damaged file open.
        with (
            ReadingFiles(place),
            place.open("rb") as file,
            np.load(file, allow_pickle=False) as arrays,
        ):
            read = {name: arrays[name] for name in ("counts", "forms", "owners")}
        words = Records.open(folder, WORDS)
        if len(words) != len(read["counts"]):
            raise damaged(place, "counts other words than there are")
        return cls(words, **read)

    def nearest(self, word: str) -> str | None:
        """The word to read instead of one that the archive doesn't know.

        Args:
            word: in one case.

        Returns:
            The most frequent word one edit away (insert, delete, replace, swap neighbours), those with the same
            first letter before others; for long words also two edits away, with the same first letter. None if there is
            none, and for short words, numbers and ideographs.
        """
        if not _repairable(word, SHORTEST):
            return None
        forms = _deletions(word)
        best = self._best(word, forms, 1)
        if best is None and len(word) >= TWO_EDITS:
            best = self._best(word, {twice for form in forms for twice in _deletions(form)}, 2)
        return best

    def _best(self, word: str, forms: Iterable[str], edits: int) -> str | None:
        near = [
            (number, self._word(number))
            for number in self._owners(forms)
            if int(self.counts[number])
        ]
        fit = [
            (other[0] == word[0], int(self.counts[number]), other)
            for number, other in near
            if OSA.distance(word, other, score_cutoff=edits) <= edits
            and (edits == 1 or other[0] == word[0])
        ]
        return max(fit)[2] if fit else None

    def _number(self, word: str) -> int | None:
        """The number of a word itself."""
        return next((each for each in self._owners([word]) if self._word(each) == word), None)

    def _word(self, number: int) -> str:
        return self.words[number].decode("utf-8", "surrogatepass")

    def _owners(self, forms: Iterable[str]) -> set[int]:
        """The words that have one of some forms."""
        hashes = np.array([code(form) for form in forms], np.uint32)
        first = np.searchsorted(self.forms, hashes, side="left")
        last = np.searchsorted(self.forms, hashes, side="right")
        return {
            int(number)
            for start, end in zip(first.tolist(), last.tolist(), strict=True)
            for number in self.owners[start:end]
        }


@lru_cache(WORDS_KEPT)
def counts_for(word: str) -> bool:
    """Whether a word of the archive is one that others may be repaired to."""
    return _repairable(word, SHORTEST - 1)


def _repairable(word: str, shortest: int) -> bool:
    return (
        len(word) >= shortest
        and not any(character.isdigit() for character in word)
        and not is_ideograph(word)
    )


def _deletions(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}
