"""Repairs words of a question that no article holds: the nearest word of the archive's vocabulary.

Two words one edit apart share a form with at most one letter deleted from each; the forms of all words are
kept as sorted hashes. Source: W. Garbe's symmetric delete algorithm, with distances checked by rapidfuzz.
"""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Self

import numpy as np
from rapidfuzz.distance import OSA

from retrieval.index.damage import ReadingFiles, damaged
from retrieval.records import Records, RecordWriter, block
from retrieval.text.words import is_ideograph
from retrieval.wordforms import Bounds, Forms, forms_of, hashes

SHORTEST = 5
"""Letters; shorter unknown words are left alone, as most are names."""

LONGEST = 40
"""Letters; longer words are no words that somebody mistyped, and have forms by the ten thousand."""

TWO_EDITS = 9
"""Letters; from here on two edits are tried where one finds nothing."""

WORDS = "vocabulary"
"""What the records of words are called."""

_ARRAYS = "vocabulary.npz"


AT_ONCE = 50_000
"""Words whose forms are hashed together; that takes 30 MB."""


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
            changes: each word once, of those that `counts_for` holds of, and how many times more than before it
                stands in the archive, below 0 for less.
            folder: where the words lie, and new ones are written to with all the rest; None keeps them in memory.
        """
        counts = self.counts.astype(np.int64)
        added = array("q")
        forms, owners = [self.forms], [self.owners]
        left = iter(changes)
        with RecordWriter(folder, WORDS, len(self.words)) as writer:
            while some := list(islice(left, AT_ONCE)):
                known = self._numbers([word for word, _ in some])
                new: list[str] = []
                for (word, change), number in zip(some, known, strict=True):
                    if number is not None:
                        counts[number] += change
                    else:
                        new.append(word)
                        added.append(change)
                new_forms, new_owners = forms_of(new)
                forms.append(new_forms)
                owners.append(new_owners + np.uint32(writer.next))
                writer.extend(block(word.encode("utf-8", "surrogatepass") for word in new))
            words = self.words.plus(writer.close())
        all_forms = np.concatenate(forms)
        order = np.argsort(all_forms, kind="stable")
        changed = Vocabulary(
            words,
            np.concatenate([counts, np.array(added, np.int64)]).astype(np.uint32),
            all_forms[order],
            np.concatenate(owners)[order],
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
            none, and for short words, very long ones, numbers and ideographs.
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

    def _numbers(self, words: Sequence[str]) -> list[int | None]:
        """The number of each of some words, None of one that is not there."""
        first, last = self._ranges(hashes(words))
        found: list[int | None] = [None] * len(words)
        for place in np.flatnonzero(first < last).tolist():
            owners = self.owners[first[place] : last[place]].tolist()
            found[place] = next(
                (each for each in owners if self._word(each) == words[place]), None
            )
        return found

    def _word(self, number: int) -> str:
        return self.words[number].decode("utf-8", "surrogatepass")

    def _owners(self, forms: Iterable[str]) -> set[int]:
        """The words that have one of some forms."""
        first, last = self._ranges(hashes(list(forms)))
        return {
            int(number)
            for start, end in zip(first.tolist(), last.tolist(), strict=True)
            for number in self.owners[start:end]
        }

    def _ranges(self, wanted: Forms) -> tuple[Bounds, Bounds]:
        """Where the forms with each of some hashes begin and end."""
        first = np.searchsorted(self.forms, wanted, side="left")
        return first, np.searchsorted(self.forms, wanted, side="right")


def counts_for(word: str) -> bool:
    """Whether a word of the archive is one that others may be repaired to."""
    return _repairable(word, SHORTEST - 1)


def _repairable(word: str, shortest: int) -> bool:
    return (
        shortest <= len(word) <= LONGEST
        and (word.isalpha() or not any(map(str.isdigit, word)))
        and not is_ideograph(word)
    )


def _deletions(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}
