"""Which stretch of the list of excerpts is wanted; every page is cut from the same list."""

from dataclasses import dataclass

MOST_EXCERPTS = 20
"""Excerpts that can be paged through. As many candidates are ranked for every page up to here, so that a page is a
slice of one list whatever its size; a single page that is larger is given all that it asks for."""

MOST_LISTED = 100
"""The same for a list of what was written on some days, whose order no ranking decides."""


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of the list of excerpts.

    Args:
        limit: excerpts on it at most, from 1.
        words: the length of an excerpt at most, but for a single longer sentence.
        skip: excerpts before it, from 0.
    """

    limit: int
    words: int
    skip: int = 0

    def reach(self, most: int) -> int:
        """How many excerpts there can be, this page and others of its size together."""
        return max(most, self.limit)
