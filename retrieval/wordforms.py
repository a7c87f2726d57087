"""Hashes words, and what is left of each with one letter deleted, many at once.

A word is hashed as a sum over its letters. So the hash of one without a letter is the sum of those before it and of
those behind it, a place further on: it takes no more time than the hash of the whole.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Forms = NDArray[np.uint32]
Sums = NDArray[np.uint64]
Bounds = NDArray[np.intp]

_STEP = np.uint64(0x9E3779B97F4A7C15)
"""Letters count as digits of a number to this base, modulo 2 to the 64; any odd number with mixed bits will do."""

_UNSTEP = np.uint64(pow(int(_STEP), -1, 2**64))
"""Takes one place back what stood behind a letter that is deleted."""

_MIX = np.uint64(0xFF51AFD7ED558CCD)
"""Mixes bits; from A. Appleby's MurmurHash3."""

_HALF = 32
"""Bits."""


def hashes(words: Sequence[str]) -> Forms:
    """A hash of each word, the same in every run."""
    letters, starts, ends = _spelled(words)
    sums = _summed(letters, _powers(starts, ends))
    return _mixed(sums[ends] - sums[starts])


def forms_of(words: Sequence[str]) -> tuple[Forms, Forms]:
    """Hashes of each word and of it with one letter deleted, as `hashes` has them, and which word each is of."""
    letters, starts, ends = _spelled(words)
    powers = _powers(starts, ends)
    sums = _summed(letters, powers)
    owners = np.repeat(np.arange(len(words)), ends - starts)
    # Without either of two like neighbours a word is the same.
    deleted = np.flatnonzero((letters[1:] != letters[:-1]) | (owners[1:] != owners[:-1])) + 1
    deleted = np.concatenate([np.zeros(min(1, len(letters)), np.intp), deleted])
    of = owners[deleted]
    before = sums[deleted] - sums[starts[of]]
    behind = sums[ends[of]] - sums[deleted + 1]
    forms = _mixed(np.concatenate([sums[ends] - sums[starts], before + behind * _UNSTEP]))
    return forms, np.concatenate([np.arange(len(words)), of]).astype(np.uint32)


def _spelled(words: Sequence[str]) -> tuple[Sums, Bounds, Bounds]:
    """The letters of words one after the other, and where each word begins and ends."""
    letters = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), np.uint32)
    ends = np.cumsum(np.fromiter(map(len, words), np.intp, len(words)))
    return letters.astype(np.uint64), ends - np.diff(ends, prepend=0), ends


def _powers(starts: Bounds, ends: Bounds) -> Sums:
    """What each letter is multiplied by, by its place in its word."""
    lengths = ends - starts
    longest = int(lengths.max(initial=0))
    powers: Sums = np.multiply.accumulate(np.full(longest, _STEP))
    return powers[np.arange(int(lengths.sum())) - np.repeat(starts, lengths)]


def _summed(letters: Sums, powers: Sums) -> Sums:
    """Sums up to each letter, of all words: what one has of its own is a difference."""
    return np.concatenate([np.zeros(1, np.uint64), np.cumsum(letters * powers)])


def _mixed(sums: Sums) -> Forms:
    """Sums of letters as hashes whose bits all depend on all of theirs."""
    for _ in range(2):
        sums = (sums ^ (sums >> np.uint64(_HALF))) * _MIX
    return (sums >> np.uint64(_HALF)).astype(np.uint32)
