"""Numbers the words that an analyzer has met, so that what is known of a word is looked up and not found again."""

import threading
from collections.abc import Callable

WORDS_KEPT = 65_536
"""Words that are remembered with their stems; looking one up costs a tenth of finding it."""

UNKNOWN = -1
"""No word has this number."""


class Lexicon:
    """What is known of words, each under a number. Safe to share between threads.

    Args:
        stem: gives the stem of a word in one case.
        stops: words that are too common to count for anything.

    Attributes:
        written: words as texts have them, and the number of what they are in one case.
        surfaces: words in one case, by their numbers.
        stems: of each, what is indexed.
        stops: whether it is too common to count.
    """

    def __init__(self, stem: Callable[[str], str], stops: frozenset[str]) -> None:
        self.written: dict[str, int] = {}
        self.surfaces: list[str] = []
        self.stems: list[str] = []
        self.stops: list[bool] = []
        self._stem = stem
        self._stop_words = stops
        self._numbers: dict[str, int] = {}
        self._lock = threading.Lock()

    @property
    def full(self) -> bool:
        """Whether so many words are known that it should be begun anew."""
        return max(len(self.written), len(self.surfaces)) >= WORDS_KEPT

    def number(self, surface: str) -> int:
        """The number of a word in one case."""
        found = self._numbers.get(surface)
        if found is not None:
            return found
        stem = self._stem(surface)
        with self._lock:
            found = self._numbers.setdefault(surface, len(self.surfaces))
            if found == len(self.surfaces):
                self.stems.append(stem)
                self.stops.append(surface in self._stop_words)
                self.surfaces.append(surface)
        return found

    def learn(self, written: str, surface: str) -> int:
        """Remember what a word is in one case, whatever stands around it; gives its number."""
        found = self.written[written] = self.number(surface)
        return found
