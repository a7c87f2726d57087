"""Repairs words of a question that no article holds: the nearest word of the archive's vocabulary.

Two words one edit apart share a form with at most one letter deleted from each; the forms of all words are
kept as sorted hashes. Source: W. Garbe's symmetric delete algorithm, with distances checked by rapidfuzz.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from rapidfuzz.distance import OSA

from retrieval.errors import IndexStorageError
from retrieval.records import Records, RecordWriter
from retrieval.store import Codes, code
from retrieval.text.words import is_ideograph

SHORTEST = 5
"""Letters; shorter unknown words are left alone, as most are names."""

TWO_EDITS = 9
"""Letters; from here on two edits are tried where one finds nothing."""

_WORDS = "vocabulary"
_ARRAYS = "vocabulary.npz"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of an archive as they are written, in one case.

    Args:
        words: by number.
        counts: how often each stands in the archive.
        forms: hashes of each word and of it with one letter deleted, ascending.
        owners: the word that each form belongs to.
    """

    words: Records
    counts: Codes
    forms: Codes
    owners: Codes

    @classmethod
    def build(cls, counts: Mapping[str, int], folder: Path | None) -> "Vocabulary":
        """Take words in, and write them to a folder unless it is None."""
        kept = {word: count for word, count in counts.items() if _repairable(word, SHORTEST - 1)}
        writer = RecordWriter(folder, _WORDS)
        forms: list[int] = []
        owners: list[int] = []
        for number, word in enumerate(kept):
            writer.append(word.encode("utf-8", "surrogatepass"))
            hashes = {code(form) for form in _deletions(word)}
            forms.extend(hashes)
            owners.extend([number] * len(hashes))
        order = np.argsort(np.array(forms, np.uint32), kind="stable")
        arrays = {
            "counts": np.fromiter(kept.values(), np.uint32, len(kept)),
            "forms": np.array(forms, np.uint32)[order],
            "owners": np.array(owners, np.uint32)[order],
        }
        writer.close()
        if folder is None:
            return cls(Records(*writer.finish()), **arrays)
        np.savez(
            folder / _ARRAYS,
            counts=arrays["counts"],
            forms=arrays["forms"],
            owners=arrays["owners"],
        )
        return cls.open(folder)

    @classmethod
    def open(cls, folder: Path) -> "Vocabulary":
        """Read what `build` wrote.

        Raises:
            IndexStorageError: it is missing or damaged.
        """
        try:
            with np.load(folder / _ARRAYS) as arrays:
                read = {name: arrays[name] for name in ("counts", "forms", "owners")}
        except (OSError, EOFError, ValueError, KeyError, BadZipFile) as error:
            raise IndexStorageError(f"{folder / _ARRAYS} can't be read: {error}") from error
        return cls(Records.open(folder, _WORDS), **read)

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
        hashes = np.array([code(form) for form in forms], np.uint32)
        first = np.searchsorted(self.forms, hashes, side="left")
        last = np.searchsorted(self.forms, hashes, side="right")
        numbers = {
            int(number)
            for start, end in zip(first.tolist(), last.tolist(), strict=True)
            for number in self.owners[start:end]
        }
        near = [
            (number, self.words[number].decode("utf-8", "surrogatepass")) for number in numbers
        ]
        fit = [
            (other[0] == word[0], int(self.counts[number]), other)
            for number, other in near
            if OSA.distance(word, other, score_cutoff=edits) <= edits
            and (edits == 1 or other[0] == word[0])
        ]
        return max(fit)[2] if fit else None


def _repairable(word: str, shortest: int) -> bool:
    return (
        len(word) >= shortest
        and not any(character.isdigit() for character in word)
        and not is_ideograph(word)
    )


def _deletions(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}
